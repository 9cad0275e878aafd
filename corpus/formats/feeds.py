"""Feeds to articles (RSS 0.9x, 1.0, 2.0 and Atom), and sitemaps to the addresses they list.

A feed is decoded here, so that what is checked is what is parsed, and its entities are never
expanded. A sitemap holds no article: its addresses must be fetched, which is for `corpus.fetching`.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.facts.names import is_name
from corpus.facts.outlets import has_outlet_word
from corpus.field_values import (
    author_names,
    language_tag,
    plain_text,
    read_date,
    short_text,
    web_address,
)
from corpus.fields import ONLY_A_SUMMARY
from corpus.formats.feed_limits import MAX_ENTRIES, check_markup, first_entries
from corpus.formats.properties import said
from corpus.formats.sitemaps import MAX_FEED_BYTES, SITEMAPS, checked_text, root_of

# A summary has a paragraph or two; a feed with longer ones has put the articles there.
_LONGEST_SUMMARY_CHARS = 2000
_BROKEN = "The feed is no well-formed XML: check its entries."
_CREATOR = re.compile(r"<dc:creator>\s{0,9}(?:<!\[CDATA\[)?([^<>\]]{1,200})")
_MAX_AUTHORS = 20
_TITLE_BREAK = re.compile(r"\s+[-–—|»>·:]\s+|:\s+")


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Yield the entries of a feed, in order.

    The feed's title is the outlet; of entries without their whole text the summary is taken, with a
    warning.

    Args:
        file: It is read as a whole.
        name: Its name, for messages.

    Raises:
        UnreadableArticle: It is a sitemap, no feed, too large, declares entities, or has markup
            that no feed has.
    """
    text = checked_text(file.read(MAX_FEED_BYTES + 1), name)
    if (kind := root_of(text)) in SITEMAPS:
        raise UnreadableArticle(
            f"{name} is a sitemap: it lists the addresses of articles and holds none of them. Add "
            "its own address with --allow-network, so that they are fetched."
        )
    if kind is None:
        raise UnreadableArticle(
            f"{name} is no feed and no sitemap. Save the articles as HTML or text and add those."
        )
    text, n_left_out = first_entries(text)
    check_markup(text, name)
    feed = _parse(text, name)
    if not feed["entries"]:
        raise UnreadableArticle(f"{name} is a feed without entries. Add it when it has some.")
    for_all = _authors_for_all(text, feed)
    for number, entry in enumerate(feed["entries"], 1):
        found = _article(entry, f"entry {number}", feed, for_all)
        if feed["bozo"] and number == 1 and isinstance(found, Extracted):
            found = replace(found, warnings=(*found.warnings, _BROKEN))
        yield found
    if n_left_out:
        reason = f"the other {n_left_out:,} entries were left out: a feed may have {MAX_ENTRIES:,}."
        yield BadRecord(where=f"after entry {MAX_ENTRIES}", reason=reason)


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
        raise UnreadableArticle(
            f"{name} is a broken feed: {said(error)}. Save the articles as HTML and add those."
        ) from error


def _article(entry: Any, where: str, feed: Any, authors: tuple[str, ...]) -> Extracted | BadRecord:
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
        authors=_authors(entry) or authors,
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
    given = dict.get(entry, "authors") or []
    if not any(given) and (line := short_text(dict.get(entry, "author"))):
        given = [{"name": line}]
    names: list[str] = []
    for author in given[:_MAX_AUTHORS]:
        said = f"{dict.get(author, 'email') or ''}{dict.get(author, 'name') or ''}"
        if "@" not in said:
            names += author_names([author])
        elif "(" in said:  # "desk@orme.example (Ines Varga)", as RSS wants it
            names += author_names(said.rpartition("(")[2].rstrip(") "))
    return tuple(dict.fromkeys(names))


def _authors_for_all(text: str, feed: Any) -> tuple[str, ...]:
    """Return the authors of entries that name none: Atom says so; in RSS, a person of the channel.

    The managing editor of a channel answers for it, and writes nothing.
    """
    if (feed["version"] or "").startswith("atom"):
        return author_names(dict.get(feed["feed"], "authors") or [])
    head = text[:at] if (at := text.find("<item")) >= 0 else ""
    names = author_names(html.unescape(" and ".join(_CREATOR.findall(head)[:_MAX_AUTHORS])))
    return tuple(name for name in names if is_name(name) and not has_outlet_word(name))


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
