"""Names on a page: its headline, and the outlet it is published by.

A name of the site that stands only in the page's title counts where something confirms it: its
address, its feed, the link to its front page, its copyright line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher", "copyright-holder")
_MAX_NAME_CHARS = 80
_MAX_HEADINGS, _MAX_LINKS, _MAX_NOTICES = 10, 400, 20

_SITE_GAP = re.compile(r"\s+[|–—\-•·»]\s+")
_COLON = re.compile(r":\s+")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?,?\s*(?:by\s+)?([^.|©\n]{2,80})",
    re.IGNORECASE,
)
_NOTICES = "//body//text()[contains(., '©') or contains(., '(C) ') or contains(., 'opyright')]"
_FEED = re.compile(r"\s*[»›|–-]\s*.*\Z")
_HANDLE = re.compile(r"@?\w{1,30}\Z")
_MIN_SHARED_CHARS = 12
_HEADLINE_WORDS = 4


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


def page_outlet(root: Element, linked: Values, meta: Meta, url: str | None) -> Stated | None:
    """Return the outlet: by JSON-LD, meta elements, title, copyright line, or host."""
    publisher = text_of(linked.get("publisher"))
    if publisher and not web_address(publisher):
        return Stated(value=short(publisher), origin="json-ld")
    name = first_of(meta, _OUTLETS)
    if name and not web_address(name):
        return Stated(value=short(name), origin="meta")
    return _shown_outlet(root, meta, url) or _outlet_by_address(meta, url)


def _shown_outlet(root: Element, meta: Meta, url: str | None) -> Stated | None:
    """Return the part of the page's title that something else on the page says too."""
    parts = _title_parts(root)
    names = {_letters(name) for name in _site_names(root, meta)} - {""}
    host = _letters(_host(url))
    for part in parts[::-1]:
        letters = _letters(part)
        if letters in names or (len(letters) >= 5 and letters in host):
            return Stated(value=short(part), origin="document")
    owner = next(_owners(root), None)
    if owner:
        return Stated(value=short(owner), origin="copyright", sure=False)
    return _last_part(root, parts)


def _last_part(root: Element, parts: list[str]) -> Stated | None:
    """Return the last part of the page's title, if the headline is before it."""
    if len(parts) < 2 or len(parts[-1]) > _MAX_NAME_CHARS:
        return None
    shown = [_letters(words_of(element)) for element in islice(root.iter("h1"), _MAX_HEADINGS)]
    first = _letters(parts[0])
    is_headline = (
        any(heading.startswith(first) for heading in shown)
        if shown
        else (len(parts[0].split()) >= _HEADLINE_WORDS > len(parts[-1].split()))
    )
    return Stated(value=short(parts[-1]), origin="document", sure=False) if is_headline else None


def _title_parts(root: Element) -> list[str]:
    """Return what the page's title is made of: "Council votes – Orme Courier" is two parts."""
    in_head = _title_element(root) or ""
    parts = _SITE_GAP.split(in_head)
    if len(parts) == 1:
        parts = _COLON.split(in_head, maxsplit=1)[::-1]
    return [part.strip() for part in parts if part.strip()]


def _title_element(root: Element) -> str | None:
    titles = (words_of(element) for element in root.iter("title"))
    return next((title for title in titles if title), None)


def _site_names(root: Element, meta: Meta) -> Iterator[str]:
    """Yield what the page calls its site: in links to feeds and the front page, in notices."""
    for link in islice(root.iter("link"), _MAX_LINKS):
        if "alternate" in (link.get("rel") or "") and "xml" in (link.get("type") or ""):
            yield _FEED.sub("", link.get("title") or "")
    for link in islice(root.iter("a"), _MAX_LINKS):
        if link.get("rel") == "home" or urlsplit_path(link.get("href")) == "/":
            yield words_of(link)
            yield from (image.get("alt") or "" for image in link.iter("img"))
    for image in islice(root.iter("img"), _MAX_LINKS):
        if "logo" in f"{image.get('class')} {image.get('src')}".lower():
            yield image.get("alt") or ""
    yield from _owners(root)
    yield from (handle.lstrip("@") for handle in meta.get("twitter:site", []))
    yield from meta.get("source", [])


def urlsplit_path(address: str | None) -> str:
    """Return the path of an address; nothing if there is none."""
    try:
        return urlsplit(address or "").path
    except ValueError:
        return ""


def _owners(root: Element) -> Iterator[str]:
    """Yield the names in copyright lines."""
    notices = (text for text in root.xpath(_NOTICES)[:_MAX_NOTICES])
    for notice in notices:
        if notice.getparent().tag not in ("script", "style"):
            found = _COPYRIGHT.search(" ".join(notice[:300].split()))
            if found and (name := _SITE_GAP.split(found[1])[0].strip(" ,;–-")):
                yield name


def _outlet_by_address(meta: Meta, url: str | None) -> Stated | None:
    handle = first_of(meta, ("apple-mobile-web-app-title", "twitter:site"))
    if handle and not _HANDLE.match(handle):
        return Stated(value=short(handle), origin="meta", sure=False)
    host = _host(url)
    if host:
        return Stated(value=host, origin="url", sure=False)
    return Stated(value=handle.lstrip("@"), origin="meta", sure=False) if handle else None


def _host(url: str | None) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def page_title(root: Element, linked: Values, meta: Meta, outlet: Stated | None) -> str | None:
    """Return the headline: as the page shows it, where its head agrees, else as its head has it."""
    named = [text_of(linked.get("headline")), first_of(meta, TITLES), _title_element(root)]
    known = [name for name in named if name]
    headings = islice(root.iter("h1"), _MAX_HEADINGS)
    shown = [heading for element in headings if (heading := words_of(element))]
    lower = [words_of(element) for element in islice(root.iter("h2"), _MAX_HEADINGS)]
    for heading in shown or lower:
        if any(_agree(heading, name) or _is_in(heading, name) for name in known if heading):
            return short(heading)
    for name in known:
        for part in (name, *_beginnings(name)):
            if any(_is_in(part, heading) for heading in shown):
                return short(part)
    title = next(iter(known + shown), None)
    if title is None or (outlet and _letters(title) == _letters(outlet.value)):
        return short(shown[0]) if shown else None
    return short(without_site(title, outlet))


def _beginnings(title: str) -> list[str]:
    """Return the title without its last part, without its last two, and so on."""
    return [title[: gap.start()] for gap in list(_SITE_GAP.finditer(title))[::-1]]


def _is_in(part: str, heading: str) -> bool:
    """Say whether a heading, which may have the section before it, ends with a title."""
    return len(_letters(part)) >= _MIN_SHARED_CHARS and _letters(heading).endswith(_letters(part))


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
    name = _letters(outlet.value) if outlet else ""
    gaps = [*_SITE_GAP.finditer(title), *_COLON.finditer(title)]
    for gap in gaps:
        if name and _is_name(_letters(title[gap.end() :]), name):
            return title[: gap.start()]
    for gap in gaps:
        if name and _is_name(_letters(title[: gap.start()]), name):
            return title[gap.end() :]
    return title


def _is_name(letters: str, name: str) -> bool:
    return letters == name or (len(letters) >= 4 and name.startswith(letters))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
