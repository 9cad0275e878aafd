"""How names, titles and addresses on a page are read, taken apart and compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlsplit

from corpus.decoding import replace_controls
from corpus.formats.pages.tree import Element

Meta = dict[str, list[str]]

MAX_FACT_CHARS = 500
MAX_URL_CHARS = 2000
TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
MAX_HEADINGS = 10

COLON = re.compile(r":\s+")
_GAP = re.compile(r"\s+(?:[–—\-•·⋅∙∣/>~]|::|--)\s+|\s*[|｜]+\s*|\s+[«»‹›]+\s+")
_QUOTED = re.compile(r"«[^«»]*»|‹[^‹›]*›|»[^«»]*«")
# A browser's tab may begin with the number of what is new.
_COUNTER = re.compile(r"\A\(\d{1,3}\+?\)\s+")


def site_gaps(title: str) -> list[re.Match[str]]:
    """Return where a title is parted from the site's name, if it is; not at quotation marks.

    >>> [gap[0] for gap in site_gaps("Vote « News « Orme")], site_gaps("« Non » : le maire")
    ([' « ', ' « '], [])
    """
    quoted = [found.span() for found in _QUOTED.finditer(title)]
    gaps = (gap for gap in _GAP.finditer(title) if gap.start() and gap.end() < len(title))
    return [
        gap
        for gap in gaps
        if ("«" not in gap[0] and "»" not in gap[0])
        or not any(start <= gap.end() and gap.start() <= end for start, end in quoted)
    ]


def title_parts(title: str) -> list[str]:
    """Return the parts of a title between its gaps: "Council votes – Orme Courier" has two."""
    bounds = [0, *(place for gap in site_gaps(title) for place in gap.span()), len(title)]
    parts = (title[start:end].strip() for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    return [part for part in parts if part]


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


def path_of(address: str | None) -> str:
    """Return the path of an address with what is asked of it; nothing if there is none.

    >>> path_of("https://orme.example/"), path_of("/?p=81")
    ('/', '/?p=81')
    """
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_elsewhere(element: Element) -> bool:
    """Say whether an element belongs to a comment, to a menu or to a list of other articles."""
    return any(
        node.tag in ("aside", "nav", "footer", "li")
        or "comment" in (node.get("itemprop") or "").lower()
        for node in element.iterancestors()
    )


def letters(text: str) -> str:
    """Return the letters and digits of a text, to compare names."""
    return "".join(char for char in text.casefold() if char.isalnum())


def title_element(root: Element) -> str | None:
    """Return what the title element says."""
    title = next((said for element in root.iter("title") if (said := words_of(element))), None)
    counter = _COUNTER.match(title) if title else None
    # "(500) Days of Summer" is counted nowhere: the heading begins so, too.
    headings = islice(root.iter("h1"), MAX_HEADINGS) if counter else ()
    if (
        title is None
        or counter is None
        or any(words_of(h).startswith(counter[0]) for h in headings)
    ):
        return title
    return title[counter.end() :]
