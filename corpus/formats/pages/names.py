"""Names on a page: its headline, and how names, titles and addresses are read and compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlsplit

from corpus.decoding import replace_controls
from corpus.extracted import Stated
from corpus.formats.pages.json import Values, text_of
from corpus.formats.pages.tree import Element

Meta = dict[str, list[str]]

MAX_FACT_CHARS = 500
MAX_URL_CHARS = 2000
TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
MAX_HEADINGS = 10

SITE_GAP = re.compile(r"\s+(?:[|–—\-•·»/>]|::)\s+")
COLON = re.compile(r":\s+")
_MIN_SHARED_CHARS = 12
_MUCH = 0.4
_EDITION_LETTERS = 8


def first_of(meta: Meta, names: Iterable[str]) -> str | None:
    """Return the first content of the first of these meta elements that there is."""
    return next((meta[name][0] for name in names if name in meta), None)


def words_of(element: Element) -> str:
    """Return what an element says, on one line."""
    return " ".join("".join(islice(element.itertext(), 200)).split())[: 2 * MAX_FACT_CHARS]


def short(value: str) -> str:
    """Return a fact as it is kept: one line, no control characters, not endless."""
    return replace_controls(" ".join(value.split())[:MAX_FACT_CHARS])[0]


def web_address(address: str | None) -> str | None:
    """Return an address if it is one of the web."""
    address = (address or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable()
    return address if is_web and len(address) <= MAX_URL_CHARS and " " not in address else None


def is_elsewhere(element: Element) -> bool:
    """Say whether an element belongs to a comment, to a menu or to a list of other articles."""
    return any(
        node.tag in ("aside", "nav", "footer", "li")
        or "comment" in (node.get("itemprop") or "").lower()
        for node in element.iterancestors()
    )


def page_title(root: Element, linked: Values, meta: Meta, outlet: Stated | None) -> str | None:
    """Return the headline: as the page shows it, where its head agrees, else as its head has it."""
    named = [text_of(linked.get("headline")), first_of(meta, TITLES), title_element(root)]
    known = [name for name in named if name]
    headings = islice(root.iter("h1"), MAX_HEADINGS)
    shown = [heading for element in headings if (heading := words_of(element))]
    lower = [words_of(element) for element in islice(root.iter("h2"), MAX_HEADINGS)]
    for heading in shown or lower:
        if any(_agree(heading, name) or _is_in(heading, name) for name in known if heading):
            return short(heading)
    if found := _shared_part(known, shown):
        return short(found)
    title = next(iter(known + shown), None)
    if title is None or (outlet and letters(title) == letters(outlet.value)):
        return short(shown[0]) if shown else None
    return short(without_site(title, outlet))


def _beginnings(title: str) -> list[str]:
    """Return the title without its last part, without its last two, and so on."""
    return [title[: gap.start()] for gap in list(SITE_GAP.finditer(title))[::-1]]


def _is_in(part: str, heading: str) -> bool:
    """Say whether a heading, which may have the section before it, ends with a title."""
    return len(letters(part)) >= _MIN_SHARED_CHARS and letters(heading).endswith(letters(part))


def _shared_part(known: list[str], shown: list[str]) -> str | None:
    """Return what a name in the head and a heading have in common, if it may be a title."""
    for name in known:
        for part in (name, *_beginnings(name)):
            if any(_is_in(part, heading) for heading in shown):
                return part
    return next((h for h in shown if any(_is_much_of(h, name) for name in known)), None)


def _is_much_of(heading: str, name: str) -> bool:
    """Say whether a name in the head is a heading with more around it: "[Lite] …", "… | Orme"."""
    part, whole = letters(heading), letters(name)
    return len(part) >= max(_MIN_SHARED_CHARS, _MUCH * len(whole)) and part in whole


def _agree(heading: str, name: str) -> bool:
    """Say whether a heading is what a name in the head begins with."""
    first, second = heading.casefold(), name.casefold()
    if not second.startswith(first):
        return False
    rest = second[len(first) :]
    return not rest or (len(first) >= _MIN_SHARED_CHARS and not rest[0].isalnum())


def without_site(title: str, outlet: Stated | None) -> str:
    """Cut the site's name off a title.

    >>> without_site("Council votes - Orme Courier", Stated(value="Orme Courier", origin="meta"))
    'Council votes'
    """
    name = letters(outlet.value) if outlet else ""
    gaps = [*SITE_GAP.finditer(title), *COLON.finditer(title)]
    for gap in gaps:
        if name and _is_name(letters(title[gap.end() :]), name):
            return title[: gap.start()]
    for gap in gaps:
        if name and _is_name(letters(title[: gap.start()]), name):
            return title[gap.end() :]
    return title


def _is_name(said: str, name: str) -> bool:
    """Say whether a part of a title is the site's name, short, or with its edition after it."""
    if said == name or (len(said) >= 4 and name.startswith(said)):
        return True
    return said.startswith(name) and len(said) <= len(name) + _EDITION_LETTERS


def letters(text: str) -> str:
    """Return the letters and digits of a text, to compare names."""
    return "".join(char for char in text.casefold() if char.isalnum())


def title_element(root: Element) -> str | None:
    """Return what the title element says."""
    titles = (words_of(element) for element in root.iter("title"))
    return next((title for title in titles if title), None)
