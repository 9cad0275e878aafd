"""What a page says about its article: title, outlet, authors, times, address and language.

Each fact comes from the most reliable place that has it: JSON-LD, then meta elements, then the
words around the headline. A date is never taken from a footer, a list of links or a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus.extracted import Stated
from corpus.facts.addresses import day_in_address
from corpus.facts.calendar_words import is_day_first
from corpus.facts.language import language_of
from corpus.formats.pages.authors import page_authors
from corpus.formats.pages.dates import is_later, is_same_day, iso_moment
from corpus.formats.pages.headlines import page_title
from corpus.formats.pages.json import Values, find_article, text_of, texts_of
from corpus.formats.pages.names import (
    TITLES,
    first_of,
    is_elsewhere,
    short,
    web_address,
    words_of,
)
from corpus.formats.pages.outlets import page_outlet
from corpus.formats.pages.tree import Element

_MAX_CONTENT_CHARS = 2000
_MAX_ELEMENTS = 2000

_PUBLISHED = (
    "article:published_time og:article:published_time datepublished date_published "
    "parsely-pub-date sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime "
    "article.published publish-date publish_date publication_date publication-date publicationdate "
    "pubdate dc.date.issued dcterms.issued dc.date dcterms.date dcterms.created dc.date.created "
    "citation_publication_date datecreated article:published article_date_original "
    "og:published_time originalpublicationdate rnews:datepublished date"
).split()  # fmt: skip
_UPDATED = (
    "article:modified_time og:updated_time datemodified date_modified article.updated lastmod "
    "last-modified dcterms.modified dc.date.modified article:modified revised og:modified_time"
).split()
_PARAGRAPHS = 20
_LANGUAGES = ("og:locale", "content-language", "dc.language", "language")
_SECTIONS = ("article:section", "parsely-section", "section")

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?\Z", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Facts:
    """What a page states. `stated_text` is the article's text as its metadata has it."""

    title: str | None = None
    outlet: Stated | None = None
    authors: tuple[str, ...] = ()
    published: Stated | None = None
    updated: Stated | None = None
    url: str | None = None
    language: str | None = None
    day_first: bool | None = None
    """How the page writes days in digits, as far as its language tells."""

    stated_text: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)


def page_facts(root: Element, *, saved_from: str | None = None) -> Facts:
    """Read what a page's head and its marked-up words say about its article.

    Args:
        root: The `html` element.
        saved_from: The address a browser wrote into the page as it saved it.
    """
    meta = _meta(root)
    url = _own_url(root, meta)
    named = first_of(meta, TITLES) or _heading(root)
    linked = find_article(root, url=url, title=named)
    url = url or web_address(text_of(linked.get("mainEntityOfPage"))) or saved_from
    outlet = page_outlet(root, linked, meta, url)
    published, conflict = _published(root, linked, meta, url)
    facts = Facts(
        title=page_title(root, linked, meta, outlet),
        outlet=outlet,
        authors=page_authors(root, linked, meta, outlet),
        published=published,
        updated=_updated(root, linked, meta, published),
        url=url,
        language=next(iter(_languages(root, linked, meta)), None),
        day_first=_day_first(root, linked, meta),
        stated_text=text_of_body(linked),
    )
    found = {
        "date conflict": conflict,
        "description": first_of(meta, ("og:description", "description")),
        "section": text_of(linked.get("articleSection")) or first_of(meta, _SECTIONS),
    }
    facts.metadata = {key: short(value) for key, value in found.items() if value}
    return facts


def text_of_body(linked: Values) -> str | None:
    """Return the article's text in JSON-LD, line breaks kept."""
    body = linked.get("articleBody")
    return body if isinstance(body, str) and body.strip() else None


def _meta(root: Element) -> dict[str, list[str]]:
    """Return the contents of the meta elements by their lower-case names."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                meta.setdefault(name, []).append(content[:_MAX_CONTENT_CHARS])
    return meta


def _heading(root: Element) -> str | None:
    headings = [words_of(element) for element in root.iter("h1")]
    return next((heading for heading in headings if heading), None)


def _own_url(root: Element, meta: dict[str, list[str]]) -> str | None:
    links = [
        e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower()
    ]
    found = [web_address(address) for address in (*links, *meta.get("og:url", []))]
    return next((address for address in found if address), None)


def _published(
    root: Element, linked: Values, meta: dict[str, list[str]], url: str | None
) -> tuple[Stated | None, str | None]:
    """Return the time of publication, and what speaks against it."""
    stated = _moment(texts_of(linked.get("datePublished")), "json-ld")
    in_meta = _moment((meta[name][0] for name in _PUBLISHED if name in meta), "meta")
    shown = _moment(_marked_times(root, "datePublished"), "meta")
    best = stated or in_meta or shown
    if best is None and url:
        day = day_in_address(url)
        best = Stated(value=day, origin="url", sure=False) if day else None
    if stated and in_meta and not is_same_day(stated.value, in_meta.value):
        return best, f"JSON-LD says {stated.value}, meta elements {in_meta.value}"
    return best, None


def _updated(
    root: Element, linked: Values, meta: dict[str, list[str]], published: Stated | None
) -> Stated | None:
    stated = _moment(texts_of(linked.get("dateModified")), "json-ld")
    in_meta = _moment((meta[name][0] for name in _UPDATED if name in meta), "meta")
    best = stated or in_meta or _moment(_marked_times(root, "dateModified"), "meta")
    if best is None or published is None:
        return best
    return best if is_later(best.value, published.value) else None


def _moment(values: Iterable[str], origin: str) -> Stated | None:
    moments = (iso_moment(value) for value in values)
    found = next((moment for moment in moments if moment), None)
    return Stated(value=found, origin=origin) if found else None


def _marked_times(root: Element, name: str) -> Iterator[str]:
    """Yield the values of elements with this itemprop, those of comments and links aside."""
    for element in root.xpath("//*[@itemprop]")[:_MAX_ELEMENTS]:
        if name in (element.get("itemprop") or "").split() and not is_elsewhere(element):
            for key in ("datetime", "content", "title"):
                if iso_moment(value := element.get(key) or ""):
                    yield value
            yield words_of(element)


def _languages(root: Element, linked: Values, meta: dict[str, list[str]]) -> Iterator[str]:
    """Yield the languages that the page states, without their countries."""
    found = (_LANGUAGE.match(tag.strip()) for tag in _language_tags(root, linked, meta))
    return (match[1].lower() for match in found if match)


def _day_first(root: Element, linked: Values, meta: dict[str, list[str]]) -> bool | None:
    tag = next(iter(_language_tags(root, linked, meta)), "")
    prose = " ".join(words_of(paragraph) for paragraph in islice(root.iter("p"), _PARAGRAPHS))
    return is_day_first(tag.strip(), language_of(prose))


def _language_tags(root: Element, linked: Values, meta: dict[str, list[str]]) -> list[str]:
    stated: Sequence[str | None] = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang"),
        first_of(meta, _LANGUAGES),
        text_of(linked.get("inLanguage")),
    )
    return [tag for tag in stated if tag]
