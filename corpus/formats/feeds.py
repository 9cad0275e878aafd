"""Feeds to articles (RSS 0.9x, 1.0, 2.0 and Atom), and sitemaps to the addresses they list.

A feed is decoded here, so that what is checked is what is parsed, and its entities are never
expanded. A sitemap holds no article: its addresses must be fetched, which is for `corpus.fetch`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.fields import (
    ONLY_A_SUMMARY,
    author_names,
    language_tag,
    plain_text,
    read_date,
    short_text,
    web_address,
)

MAX_FEED_BYTES = 10 * 1024 * 1024
MAX_SITEMAP_ENTRIES = 50_000
"""What the protocol of sitemaps allows."""

# A summary has a paragraph or two; a feed with longer ones has put the articles there.
_LONGEST_SUMMARY_CHARS = 2000
_HEAD_CHARS = 100_000
_SITEMAPS, _FEEDS = ("urlset", "sitemapindex"), ("rss", "RDF", "feed")
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|RDF|feed|urlset|sitemapindex)[\s>/]")
_XML_HEAD = re.compile(r"\A\s{0,99}<\?xml[^<>]{0,400}\?>")
_BROKEN = "The feed is no well-formed XML: check its entries."
_IN_BRACKETS = re.compile(r"\(([^()]{1,200})\)")
_PICTURES = re.compile(r"image|video")
_TITLE_BREAK = re.compile(r"\s+[-–—|»>·:]\s+|:\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """An address in a sitemap, and what the sitemap says of it; dates are ISO 8601.

    `is_sitemap` marks the entries of a sitemap index: the address is another sitemap's.
    """

    loc: str
    lastmod: str | None = None
    title: str | None = None
    publication: str | None = None
    published: str | None = None
    is_sitemap: bool = False


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Yield the entries of a feed, in order.

    The feed's title is the outlet; of entries without their whole text the summary is taken, with a
    warning.

    Args:
        file: It is read as a whole.
        name: Its name, for messages.

    Raises:
        UnreadableArticle: It is a sitemap, no feed, too large, or declares entities.
    """
    text = _read(file.read(MAX_FEED_BYTES + 1), name)
    if (kind := _kind(text)) in _SITEMAPS:
        raise UnreadableArticle(
            f"{name} is a sitemap: it lists the addresses of articles and holds none of them. Add "
            "its own address with --allow-network, so that they are fetched."
        )
    if kind is None:
        raise UnreadableArticle(
            f"{name} is no feed and no sitemap. Save the articles as HTML or text and add those."
        )
    feed = _parse(text, name)
    if not feed["entries"]:
        raise UnreadableArticle(f"{name} is a feed without entries. Add it when it has some.")
    for number, entry in enumerate(feed["entries"], 1):
        found = _article(entry, f"entry {number}", feed)
        if feed["bozo"] and number == 1 and isinstance(found, Extracted):
            found = replace(found, warnings=(*found.warnings, _BROKEN))
        yield found


def feed_urls(data: bytes, name: str = "The feed", *, base: str = "") -> list[str]:
    """Return the addresses of a feed's entries, in order, each once; `base` completes paths.

    Raises:
        UnreadableArticle: It is no feed, too large, or declares entities.
    """
    text = _read(data, name)
    if _kind(text) not in _FEEDS:
        raise UnreadableArticle(f"{name} is no feed: it has no <rss>, no <feed> and no <rdf:RDF>.")
    links = (one.get("link") or one.get("guid", "") for one in _elements(text))
    found = (web_address(link, base if "/" in link else "") for link in links)
    return list(dict.fromkeys(address for address in found if address))


def sitemap_urls(data: bytes, name: str = "The sitemap") -> list[SitemapEntry]:
    """Return the addresses in a sitemap, a news sitemap or a sitemap index, in order, each once.

    Raises:
        UnreadableArticle: It is no sitemap, too large, or declares entities.
    """
    text = _read(data, name)
    kind = _kind(text)
    if kind not in _SITEMAPS:
        raise UnreadableArticle(f"{name} is no sitemap: it has no <urlset> and no <sitemapindex>.")
    found: dict[str, SitemapEntry] = {}
    for values in islice(_elements(text), MAX_SITEMAP_ENTRIES):
        if address := web_address(values.get("loc")):
            entry = SitemapEntry(
                loc=address,
                lastmod=read_date(values.get("lastmod")),
                title=short_text(values.get("title")),
                publication=short_text(values.get("name")),
                published=read_date(values.get("publication_date")),
                is_sitemap=kind == "sitemapindex",
            )
            found.setdefault(address, entry)
    return list(found.values())


def is_sitemap(data: bytes) -> bool:
    """Say whether data is a sitemap or a sitemap index, as far as its first element tells."""
    return _kind(data[:_HEAD_CHARS].replace(b"\0", b"").decode("latin-1")) in _SITEMAPS


def _kind(text: str) -> str | None:
    root = _ROOT.search(text[:_HEAD_CHARS])
    return root[1] if root else None


def _read(data: bytes, name: str) -> str:
    """Decode XML as its head says; refuse what declares entities.

    Raises:
        UnreadableArticle: It is too large, binary, or declares entities.
    """
    if len(data) > MAX_FEED_BYTES:
        limit = MAX_FEED_BYTES // 1024 // 1024
        raise UnreadableArticle(f"{name} has more than {limit} MB. Split it into smaller files.")
    from corpus.formats.pages.tree import decode_page

    text = _XML_HEAD.sub("", decode_page(data, name).text, count=1).lstrip()
    if "<!ENTITY" in text and _declares_entities(text):
        raise UnreadableArticle(
            f"{name} declares entities of its own, which can make a small file huge. Remove the "
            "<!ENTITY …> declarations."
        )
    return text


def _declares_entities(text: str) -> bool:
    """Say whether entities are declared, or the XML is broken where that cannot be told."""
    from xml.sax import SAXParseException, handler

    from defusedxml import EntitiesForbidden, sax

    try:
        sax.parseString(text.encode(), handler.ContentHandler(), forbid_external=False)
    except (EntitiesForbidden, SAXParseException):
        return True
    return False


def _parse(text: str, name: str) -> Any:
    import feedparser

    try:
        # Given a name or an address, the library would open it; a stream, it only reads.
        return feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # the library promises to raise nothing, but has had faults
        raise UnreadableArticle(f"{name} is a broken feed: {str(error)[:100]}.") from error


def _article(entry: Any, where: str, feed: Any) -> Extracted | BadRecord:
    contents = [content.get("value") or "" for content in dict.get(entry, "content") or []]
    whole = next((content for content in contents if content.strip()), "")
    plain = plain_text(whole or dict.get(entry, "summary") or "")
    if not plain.text:
        return BadRecord(where=where, reason="has no text, only a title or an address.")
    is_summary = not whole and len(plain.text) <= _LONGEST_SUMMARY_CHARS
    dates = {key: dict.get(entry, key) for key in ("published", "updated")}
    if (feed["version"] or "").startswith("rss") and not dates["published"]:
        dates["published"] = dates["updated"]  # dc:date; RSS knows no other
    if dates["updated"] == dates["published"]:
        del dates["updated"]  # a feed must give it, changed or not
    return Extracted(
        text=plain.text,
        headings=plain.headings,
        title=short_text(dict.get(entry, "title")),
        outlet=_outlet(entry, feed["feed"]),
        published=_stated(read_date(dates["published"])),
        updated=_stated(read_date(dates.get("updated"))),
        authors=_authors(entry),
        url=_address(entry, feed["feed"]),
        language=language_tag(dict.get(entry, "language") or dict.get(feed["feed"], "language")),
        id=short_text(dict.get(entry, "id")),
        metadata=dict(_metadata(entry, dates)),
        warnings=plain.warnings + (ONLY_A_SUMMARY,) * is_summary,
    )


def _metadata(entry: Any, dates: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, name in (("published", "date as given"), ("updated", "update as given")):
        given = short_text(dates.get(key))
        if given and read_date(given) is None:
            yield name, given
    terms = [short_text(tag.get("term"), 60) for tag in (dict.get(entry, "tags") or [])[:20]]
    if keywords := ", ".join(term for term in terms if term):
        yield "keywords", keywords


def _stated(value: str | None) -> Stated | None:
    return Stated(value=value, origin="feed") if value else None


def _authors(entry: Any) -> tuple[str, ...]:
    given = short_text(dict.get(entry, "author")) or ""
    if "@" in given:  # "desk@orme.example (Ines Varga)", as RSS wants it
        name = _IN_BRACKETS.search(given)
        return author_names(name[1]) if name else ()
    return author_names(dict.get(entry, "authors") or [])


def _address(entry: Any, feed: Any) -> str | None:
    """Return an entry's address; a path is completed with the address of the feed's site."""
    link = dict.get(entry, "feedburner_origlink") or dict.get(entry, "link") or ""
    is_path = link.startswith(("/", "./", "?"))
    return web_address(link, (dict.get(feed, "link") or "") if is_path else "")


def _outlet(entry: Any, feed: Any) -> Stated | None:
    """Return the outlet an entry names, else the part of the feed's title that is its site's name.

    "Orme Courier - World" from ormecourier.example is the Orme Courier. Where no part of a title is
    in the site's address, the whole title is taken, and is not sure.
    """
    if source := short_text(dict.get(dict.get(entry, "source") or {}, "title")):
        return Stated(value=source, origin="feed")
    title = short_text(dict.get(feed, "title"))
    if title is None:
        return None
    site = _letters(urlsplit(web_address(dict.get(feed, "link")) or "").netloc)
    parts = _TITLE_BREAK.split(title)
    named = [part for part in parts if _letters(part) and _letters(part) in site]
    if named:
        return Stated(value=max(named, key=len), origin="feed")
    return Stated(value=title, origin="feed", sure=len(parts) == 1)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _elements(text: str) -> Iterator[Mapping[str, str]]:
    """Yield what each entry of a sitemap or a feed says, by the plain names of its elements."""
    from lxml import etree

    values: dict[str, str] = {}
    for event, element in etree.iterparse(
        io.BytesIO(text.encode()),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
    ):
        space, _, tag = element.tag.replace(":", "}").rpartition("}")
        if tag in ("url", "sitemap", "item", "entry"):
            if event == "end":
                yield values
                element.clear()
            values = {}
        elif event == "start" or _PICTURES.search(space):
            continue  # pictures have a loc and a title too
        elif tag != "link" or element.get("rel", "alternate") == "alternate":
            values.setdefault(tag, (element.text or element.get("href", "")).strip())
