"""The outlet of a page: by JSON-LD, meta elements, the page's title, its owner, its masthead.

A name of the site that stands only in the page's title counts where something confirms it: its
address, its feed, the link to its front page, its logo, its copyright line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from corpus.extracted import Stated
from corpus.facts.outlets import has_outlet_word
from corpus.facts.text_outlets import holder_of
from corpus.formats.pages.json import Values, is_article_type, site_names, text_of
from corpus.formats.pages.names import (
    COLON,
    MAX_HEADINGS,
    Meta,
    first_of,
    is_elsewhere,
    letters,
    path_of,
    short,
    site_gaps,
    title_element,
    title_parts,
    web_address,
    words_of,
)
from corpus.formats.pages.tree import Element
from corpus.formats.pages.visible import UNSEEN

_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher", "copyright-holder")
_MAX_NAME_CHARS = 80
_MAX_LINKS, _MAX_NOTICES = 400, 20
_NOTICES = (
    "//body//text()[contains(., '©') or contains(., '(C) ') or contains(., '(c) ') or "
    "contains(., 'opyright')]"
)
_MAX_NOTICE_CHARS = 300
_FEED = re.compile(r"\s*[»›|–-]\s*.*\Z")
_HANDLE = re.compile(r"@?\w{1,30}\Z")
_HEADLINE_WORDS = 4
_LEAST_LETTERS = 5
_EDITION_LETTERS = 8  # what an edition adds to a name at most: "Lite", "Online"

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,10}", re.I)
_PLACEHOLDERS = frozenset(
    "home homepage startseite accueil inicio website site mysite mywebsite blog myblog untitled"
    " default index".split()
)
_SMALL = frozenset("of the and de la le du des von der die das".split())
_MASTHEAD_PIECES, _MASTHEAD_WORDS = 4, 6


def page_outlet(root: Element, linked: Values, meta: Meta, url: str | None) -> Stated | None:
    """Return the outlet: by JSON-LD, meta elements, title, copyright line, masthead or host.

    What stands in its place is passed over: an address, the name of the software, "Home".
    """
    stated = [("json-ld", text_of(linked.get("publisher"))), ("meta", first_of(meta, _OUTLETS))]
    stated += [("json-ld", name) for name in site_names(root)[:1]]
    stated += [("meta", name) for name in islice(_marked_publishers(root), 1)]
    named = [(origin, name) for origin, name in stated if name and not web_address(name)]
    for origin, name in named:
        if not _DOMAIN.fullmatch(name) and not _is_placeholder(name, meta):
            return Stated(value=short(_without_slogan(name, root)), origin=origin)
    domain = next((pair for pair in named if _DOMAIN.fullmatch(pair[1])), None)
    shown = _shown_outlet(root, meta, domain[1] if domain else _host(url))
    if domain and (shown is None or letters(shown.value) not in _labels(domain[1])):
        return Stated(value=short(domain[1]), origin=domain[0])
    return shown or _outlet_by_address(meta, url)


def _marked_publishers(root: Element) -> Iterator[str]:
    """Yield the names of publishers that are marked up among the words of the page."""
    names = (element for element in root.iter() if element.get("itemprop") == "name")
    inside = (name for name in names if _is_of_publisher(name))
    for element in islice(inside, _MAX_NOTICES):
        if not is_elsewhere(element) and (name := element.get("content") or words_of(element)):
            yield name


def _is_of_publisher(name: Element) -> bool:
    """Say whether a name is that of the article's publisher; a book under review has one, too."""
    around = list(name.iterancestors())
    places = [n for n, node in enumerate(around) if node.get("itemprop") == "publisher"]
    owners = (
        [node for node in around[places[0] + 1 :] if "itemscope" in node.attrib] if places else []
    )
    kind = owners[0].get("itemtype") if owners else None
    return bool(places) and (not kind or is_article_type(kind))


def _is_placeholder(name: str, meta: Meta) -> bool:
    """Say whether a name is the software's, which signs as the generator, or none at all."""
    software = {letters(made_by.split()[0]) for made_by in meta.get("generator", [])}
    return letters(name) in software | _PLACEHOLDERS


def _without_slogan(name: str, root: Element) -> str:
    """Return the first part of the site's name if the page's title calls the site just that."""
    parts = title_parts(name)
    in_title = {letters(part) for part in title_parts(title_element(root) or "")}
    is_called = len(parts) > 1 and letters(parts[0]) in in_title and letters(name) not in in_title
    return parts[0] if is_called else name


def _shown_outlet(root: Element, meta: Meta, host: str) -> Stated | None:
    """Return the part of the page's title that something else on the page says too."""
    parts = _title_parts(root)
    names = {key: name for name in _site_names(root, meta) if (key := letters(name))}
    spelt_out = (names[label] for label in _labels(host) if " " in names.get(label, ""))
    if name := next(spelt_out, None):
        return Stated(value=short(name), origin="document")
    host = letters(host)
    for part in parts[::-1]:
        if name := _confirmed(part, names, host):
            return Stated(value=short(name), origin="document")
    if owner := next(_owners(root), None):
        return Stated(value=short(owner), origin="copyright", sure=False)
    if name := _masthead(root, host):
        return Stated(value=short(name), origin="document", sure=False)
    return _last_part(root, parts)


def _labels(host: str) -> list[str]:
    """Return the parts of a host's name, which may be a name in one word: ormecourier.com."""
    return [letters(label) for label in host.split(".")]


def _confirmed(part: str, names: dict[str, str], host: str) -> str | None:
    """Return the name that a part of the title is: itself, or that of which it is an edition."""
    key = letters(part)
    if key in names or (len(key) >= _LEAST_LETTERS and key in host):
        return part
    for known, name in names.items():
        n_more = len(key) - len(known)
        is_longer = len(known) >= _LEAST_LETTERS and 0 < n_more <= _EDITION_LETTERS
        if is_longer and key.startswith(known):
            return name
    return None


def _last_part(root: Element, parts: list[str]) -> Stated | None:
    """Return the last part of the page's title, if the headline is before it."""
    if len(parts) < 2 or len(parts[-1]) > _MAX_NAME_CHARS:
        return None
    # "Print: Council votes" has no outlet in front.
    if not site_gaps(title_element(root) or "") and not has_outlet_word(parts[-1]):
        return None
    shown = [letters(words_of(element)) for element in islice(root.iter("h1"), MAX_HEADINGS)]
    if letters(title_element(root) or "") in shown and not has_outlet_word(parts[-1]):
        return None  # "Orme - the town that would not sleep"
    is_headline = (
        any(heading.startswith(letters(parts[0])) for heading in shown)
        if shown
        else (len(parts[0].split()) >= _HEADLINE_WORDS > len(parts[-1].split()))
    )
    return Stated(value=short(parts[-1]), origin="document", sure=False) if is_headline else None


def _title_parts(root: Element) -> list[str]:
    """Return what the page's title is made of: "Council votes – Orme Courier" is two parts.

    What stands before a colon comes last: it may be the site's name, and mostly is not.
    """
    in_head = title_element(root) or ""
    parts = title_parts(in_head)
    return parts if len(parts) > 1 else COLON.split(in_head, maxsplit=1)[::-1]


def _site_names(root: Element, meta: Meta) -> Iterator[str]:
    """Yield what the page calls its site: in links to feeds and the front page, in notices."""
    for link in islice(root.iter("link"), _MAX_LINKS):
        if "alternate" in (link.get("rel") or "") and "xml" in (link.get("type") or ""):
            yield _FEED.sub("", link.get("title") or "")
    for link in islice(root.iter("a"), _MAX_LINKS):
        if link.get("rel") == "home" or path_of(link.get("href")) == "/":
            yield words_of(link)
            yield from (image.get("alt") or "" for image in link.iter("img"))
    for image in islice(root.iter("img"), _MAX_LINKS):
        if "logo" in f"{image.get('class')} {image.get('src')}".lower():
            yield image.get("alt") or ""
    headings = {letters(words_of(element)) for element in islice(root.iter("h1"), MAX_HEADINGS)}
    first = next((alt for image in root.iter("img") if (alt := image.get("alt") or "")), "")
    if letters(first) not in headings:  # a picture of the masthead
        yield first
    yield from _owners(root)
    yield from (handle.lstrip("@") for handle in meta.get("twitter:site", []))
    yield from meta.get("source", [])
    yield from meta.get("author", [])


def _owners(root: Element) -> Iterator[str]:
    """Yield the names in copyright lines."""
    for notice in root.xpath(_NOTICES)[:_MAX_NOTICES]:
        if notice.getparent().tag not in ("script", "style"):
            owner = holder_of(" ".join(notice[:_MAX_NOTICE_CHARS].split()))
            if owner:
                yield owner


def _masthead(root: Element, host: str) -> str | None:
    """Return a name among the first words of a page: the host's, or one like a newspaper's."""
    for words in islice(_first_words(root), _MASTHEAD_PIECES):
        key = letters(words)
        if len(key) >= _LEAST_LETTERS and key in host:
            return words
        if has_outlet_word(words) and _is_title_like(words):
            return words
    return None


def _is_title_like(words: str) -> bool:
    """Say whether words are written like a newspaper's name, and are no menu's, like "News"."""
    named = words.split()
    return len(named) > 1 and all(word[0].isupper() or word in _SMALL for word in named)


def _first_words(root: Element) -> Iterator[str]:
    """Yield what is said before the headline, but for links into the site."""
    body = next(root.iter("body"), None)
    nodes: Iterator[Any] = islice(body.iter(), _MAX_LINKS) if body is not None else iter(())
    for node in nodes:
        if node.tag == "h1":
            return
        if node.tag in UNSEEN or (node.tag == "a" and path_of(node.get("href")) != "/"):
            continue
        words = " ".join((node.text or "").split())
        if words and len(words.split()) <= _MASTHEAD_WORDS:
            yield words


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
