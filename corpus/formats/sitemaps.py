"""Sitemaps and feeds as lists of addresses: what is there to fetch?"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from corpus.errors import UnreadableArticle
from corpus.field_values import read_date, short_text, web_address

MAX_FEED_BYTES = 10 * 1024 * 1024
_PICTURES = re.compile(r"image|video")
SITEMAPS, FEEDS = ("urlset", "sitemapindex"), ("rss", "RDF", "feed")
MAX_SITEMAP_ENTRIES = 50_000
"""What the protocol of sitemaps allows."""
_HEAD_CHARS = 100_000
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|RDF|feed|urlset|sitemapindex)[\s>/]")
_XML_HEAD = re.compile(r"\A\s{0,99}<\?xml[^<>]{0,400}\?>")


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


def feed_urls(data: bytes, name: str = "The feed", *, base: str = "") -> list[str]:
    """Return the addresses of a feed's entries, in order, each once; `base` completes paths.

    Raises:
        UnreadableArticle: It is no feed, too large, or declares entities.
    """
    text = checked_text(data, name)
    if root_of(text) not in FEEDS:
        raise UnreadableArticle(f"{name} is no feed: it has no <rss>, no <feed> and no <rdf:RDF>.")
    links = (one.get("link") or one.get("guid", "") for one in _elements(text))
    found = (web_address(link, base if "/" in link else "") for link in links)
    return list(dict.fromkeys(address for address in found if address))


def sitemap_urls(data: bytes, name: str = "The sitemap") -> list[SitemapEntry]:
    """Return the addresses in a sitemap, a news sitemap or a sitemap index, in order, each once.

    Raises:
        UnreadableArticle: It is no sitemap, too large, or declares entities.
    """
    text = checked_text(data, name)
    kind = root_of(text)
    if kind not in SITEMAPS:
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
    return root_of(data[:_HEAD_CHARS].replace(b"\0", b"").decode("latin-1")) in SITEMAPS


def root_of(text: str) -> str | None:
    """Return the name of a feed's or sitemap's root element, if it is one."""
    root = _ROOT.search(text[:_HEAD_CHARS])
    return root[1] if root else None


def checked_text(data: bytes, name: str) -> str:
    """Decode XML as its head says; refuse what declares entities.

    Raises:
        UnreadableArticle: It is too large, binary, or declares entities.
    """
    if len(data) > MAX_FEED_BYTES:
        limit = MAX_FEED_BYTES // 1024 // 1024
        raise UnreadableArticle(f"{name} has more than {limit} MB. Split it into smaller files.")
    from corpus.formats.pages.tree import decode_page

    text = _XML_HEAD.sub("", decode_page(data, name).text, count=1).lstrip()
    if "<!ENTITY" in text and declares_entities(text):
        raise UnreadableArticle(
            f"{name} declares entities of its own, which can make a small file huge. Remove the "
            "<!ENTITY …> declarations."
        )
    return text


def declares_entities(text: str) -> bool:
    """Say whether entities are declared, or the XML is broken where that cannot be told."""
    from xml.sax import SAXParseException, handler

    from defusedxml import EntitiesForbidden, sax

    try:
        sax.parseString(text.encode(), handler.ContentHandler(), forbid_external=False)
    except (EntitiesForbidden, SAXParseException):
        return True
    return False


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
