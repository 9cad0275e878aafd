"""What the fields of a record or the columns of a table say about an article.

Field names are compared without case, hyphens and underscores, so that "pubDate" and "pub_date" are
one name. What no name is known for becomes metadata; a date that could mean two days is not taken.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from corpus.decoding import clean_text
from corpus.errors import UnreadableArticle
from corpus.extracted import Extracted, Stated
from corpus.markdown import PlainText
from corpus.types import Mark, Span

ONLY_A_SUMMARY = "This is only a summary: the source does not hold the whole text."

_SHORT_TEXT_CHARS = 500
_MAX_METADATA = 32

_NAMES = {
    "text": "maintext articlebody fulltext contenthtml contentencoded body bodytext contenttext "
    "content text articletext article document pagecontent story plaintext paragraphs contents "
    "context",
    "summary": "leadparagraph summary abstract standfirst description snippet excerpt trailtext",
    "title": "title headline webtitle articletitle newstitle subject",
    "published": "published datepublished publisheddate publicationdate webpublicationdate "
    "publishedat pubdate datepublish publishdate publishtime publishedtime publishedon "
    "firstpublicationdate dategmt date datetime pubtime createdat created timestamp seendate",
    "updated": "updated datemodified modified modifiedgmt lastmodified updatedat datemodify "
    "updateddate lastupdated modifieddate",
    "url": "canonicalurl url articleurl weburl link permalink sourceurl newsurl href "
    "mainentityofpage source",
    "outlet": "outlet publication publicationname newspaper sitename publisher source sourcename "
    "provider mediaoutlet newssource website site",
    "domain": "sourcedomain domain hostname",
    "authors": "authors author byline creator writer writers authorname",
    "id": "id guid uuid articleid docid newsid",
    "language": "language lang inlanguage languagecode",
}
# A record may say by these when it was stored, not when it was published.
_UNSURE_DATES = ("createdat", "created", "timestamp", "seendate")
_AS_GIVEN = {"published": "date as given", "updated": "update as given"}
_CANDIDATES = {role: names.split() for role, names in _NAMES.items()}
# Records put an article's fields one level down: Guardian, Elasticsearch, JSON:API, LangChain …
_TEXT_NAMES, _TITLE_NAMES = (frozenset(_CANDIDATES[role]) for role in ("text", "title"))
_ENVELOPES = ("fields", "source", "attributes", "article", "document", "metadata", "meta", "row")
# Where a value that is an object has its plain value: WordPress, NYT, schema.org, SQuAD …
_PARTS = ("rendered", "context", "content", "text", "html", "plain", "body", "value", "main")
_NAME_PARTS = ("name", "original", "title", "main", "rendered", "content")
_URLS = ("@id", "canonical", "url", "href")
_PROSE_TYPES = {"sanitized_html", "paragraph", "text", "p", "html", "heading", "header"}

_SEPARATORS = re.compile(r"[\W_]+")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|figure|blockquote|table|section"
    r"|article|html|body|pre|hr)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|quot|apos|lt|gt|[lr][ds]quo|[mn]dash|hellip|#\d{1,7}|#x\w{1,6});"
)
_CUT_OFF = re.compile(r"\[\+\d{1,9} chars\]\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_AUTHOR_BREAK = re.compile(r"\s*[;|\n]\s*|\s+(?:and|&)\s+")
_POST = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|chief|staff|news|desk|producer|analyst"
    r"|press|photographer|contributor|bureau|agency|author|professor|university|for|of)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """Where an article's parts stand in a record: paths such as "body.plain" or "parts.0.text".

    A part without a path is looked for under the names that are usual for it.
    """

    text: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: str | None = None
    id: str | None = None
    language: str | None = None


def article_from_fields(record: Mapping[str, Any], paths: FieldMap | None = None) -> Extracted:
    """Make an article of a record's fields.

    Raises:
        UnreadableArticle: No field has text in it; the message names the fields there are.

    >>> article_from_fields({"headline": "Gates close", "body": "They closed."}).title
    'Gates close'
    """
    found = _Fields(record, paths or FieldMap())
    plain = _body(found)
    as_given: dict[str, str] = {}
    dates = {role: _date(found, role, as_given) for role in ("published", "updated")}
    title, name = found.line("title", _NAME_PARTS), found.line("id", _PARTS)
    if isinstance(record.get("paragraphs"), list) and title:
        # SQuAD: one article for each title, as in "University_of_Notre_Dame".
        name, title = name or title, title.rpartition("/")[2].replace("_", " ")
    elif "context" in record and "question" in record:
        name = None  # the question's
    cut_off = _CUT_OFF.search(plain.text)
    warning = (f'The text is cut off: it ends with "{cut_off[0]}".',) if cut_off else ()
    return Extracted(
        text=plain.text,
        headings=plain.headings,
        marks=(Mark(Span(*cut_off.span()), "note of the source"),) if cut_off else (),
        title=title,
        outlet=_outlet(found),
        published=dates["published"],
        updated=dates["updated"] if dates["updated"] != dates["published"] else None,
        authors=next((names for _, v in found.take("authors") if (names := author_names(v))), ()),
        url=next((url for _, v in found.take("url") if (url := web_address(_one(v, _URLS)))), None),
        language=language_tag(found.line("language", _PARTS)),
        id=name,
        metadata=dict(found.rest()) | as_given,
        warnings=plain.warnings + warning,
    )


def has_text(record: Mapping[str, Any], paths: FieldMap | None = None) -> bool:
    """Say whether a record has a field that is known to hold an article's text."""
    taken = _Fields(record, paths or FieldMap()).take("text")
    return any(part for _, value in taken for part in _parts(value))


def known_column(columns: list[str], paths: FieldMap | None) -> bool:
    """Say whether one of a table's columns is known to hold text or a summary."""
    if paths is not None and paths.text is not None:
        return paths.text in columns
    return any(
        _plain_name(column) in _CANDIDATES["text"] + _CANDIDATES["summary"] for column in columns
    )


def plain_text(text: str) -> PlainText:
    r"""Return a value as plain text: HTML without its tags, anything else as it stands.

    >>> plain_text("<h2>Gates</h2><p>Closed &amp; dry.</p>").text
    'Gates\n\nClosed & dry.'
    """
    if not _TAG.search(text):
        text = html.unescape(text) if _ENTITY.search(text) else text
        return PlainText(text=clean_text(text)[0].strip())
    from corpus.formats.blocks import block_text
    from corpus.formats.pages.tree import read_page

    page = read_page(clean_text(text)[0].encode(), "The text")
    found = block_text(page.root)
    return PlainText(text=found.text, headings=found.headings, warnings=page.warnings)


def short_text(value: object, max_chars: int = _SHORT_TEXT_CHARS) -> str | None:
    """Return a value as one line; None if it is no text or number, is empty, or longer."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)[: 20 * max_chars]
    line = " ".join((plain_text(text).text if "<" in text or "&" in text else text).split())
    return clean_text(line)[0] if 0 < len(line) <= max_chars else None


def web_address(value: object, base: str = "") -> str | None:
    """Return a value that is the address of a web page, completed by `base`; None if it is none."""
    try:
        text = urljoin(base, value.strip()) if isinstance(value, str) else ""
        parts = urlsplit(text)
    except ValueError:
        return None
    is_one = parts.scheme in ("http", "https") and parts.netloc and text.isprintable()
    return text if is_one and " " not in text and len(text) <= 2000 else None


def language_tag(value: object) -> str | None:
    """Return a value such as "en_GB" as a tag, "en-GB"; None if it is none."""
    text = value.strip() if isinstance(value, str) else ""
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else None


def read_date(value: object) -> str | None:
    """Return a date in one of the usual spellings as ISO 8601, with the zone that it gives.

    A number is taken for seconds or milliseconds since 1970 if that is between 1990 and 2100. What
    could be two days, as "03/04/2018", is None, and so is 1970-01-01, which stands for no date.

    >>> read_date("Fri, 01 Jun 2018 09:30:00 +0200"), read_date(1527845400), read_date("03/04/2018")
    ('2018-06-01T09:30:00+02:00', '2018-06-01T09:30:00+00:00', None)
    """
    text = " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""
    if re.fullmatch(r"\d{9,10}(\.\d{1,9})?|\d{12,13}", text):
        return _from_epoch(float(text))
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", text):
        return text if 1600 <= int(text[:4]) < 2200 else None
    if re.fullmatch(r"\d{14}", text):
        text = f"{text[:8]}T{text[8:]}"
    iso = _from_iso(re.sub(r" ?(?:UTC|GMT)$|(?<=\d) (?=[+-]\d\d:?\d\d$)", _zone, text))
    return iso if iso is None or (iso[:10] != "1970-01-01" and iso[:4] >= "1600") else None


def _zone(end: re.Match[str]) -> str:
    return "Z" if end[0].strip() else ""


def _from_epoch(number: float) -> str | None:
    seconds = number / 1000 if number >= 1e11 else number
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="seconds") if 1990 <= moment.year < 2100 else None


def _from_iso(text: str) -> str | None:
    try:
        is_day = len(text) <= len("2018-06-01")
        return (date if is_day else datetime).fromisoformat(text).isoformat()
    except ValueError:
        from corpus.facts.written_dates import month_and_year, written_dates

        found = {written.iso for written in written_dates(text)}
        return found.pop() if len(found) == 1 else None if found else month_and_year(text)


class _Fields:
    """The fields of a record by their plain names; what is taken is gone."""

    def __init__(self, record: Mapping[str, Any], paths: FieldMap) -> None:
        self._record = record
        self._paths = paths
        self._left: dict[str, tuple[str, Any]] = {}
        inner = [value for key, value in record.items() if _is_envelope(key, value)]
        for level in (record, *inner):
            for key, value in level.items():
                if _is_given(value) and not (level is record and _is_envelope(key, value)):
                    self._left.setdefault(_plain_name(key), (key, value))

    def take(self, role: str) -> Iterator[tuple[str, Any]]:
        """Yield what may be a part, best first, with its plain name; the last yielded is gone."""
        path = getattr(self._paths, role, None)
        for name in [_plain_name(path)] if path else _CANDIDATES[role]:
            entry = self._left.pop(name, ("", None))
            value = _at(self._record, path) if path else entry[1]
            if _is_given(value):
                yield name, value
                self._left[name] = entry  # it was of no use

    def line(self, role: str, keys: Sequence[str]) -> str | None:
        """Return the first of a part's values that is a short text."""
        return next((line for _, v in self.take(role) if (line := short_text(_one(v, keys)))), None)

    def names(self) -> list[str]:
        """Return the names of what was not taken."""
        return [key for key, _ in self._left.values()]

    def rest(self) -> Iterator[tuple[str, str]]:
        """Yield what was not taken and is short, as names and texts."""
        left = [entry for name, entry in self._left.items() if name not in _TEXT_NAMES]
        for key, value in left[:_MAX_METADATA]:
            values = value[:20] if isinstance(value, list) else [value]
            line = ", ".join(text for part in values if (text := short_text(part)))
            if 0 < len(line) <= _SHORT_TEXT_CHARS:
                yield short_text(key, 64) or "field", line


def _body(found: _Fields) -> PlainText:
    for role, warnings in (("text", ()), ("summary", (ONLY_A_SUMMARY,))):
        for _, value in found.take(role):
            parts = list(_parts(value))
            between = "<p>" if any(map(_TAG.search, parts)) else "\n\n"
            plain = plain_text(between.join(parts))
            if plain.text:
                return replace(plain, warnings=plain.warnings + warnings)
    names = ", ".join(short_text(name, 40) or "…" for name in found.names()[:12])
    raise UnreadableArticle(
        f"has no text: none of its fields is known to hold it ({names or 'it has none'}). "
        "Name the field that does."
    )


def _date(found: _Fields, role: str, metadata: dict[str, str]) -> Stated | None:
    for name, value in found.take(role):
        given = _one(value, _PARTS)
        iso = read_date(given)
        if iso is None:
            metadata[_AS_GIVEN[role]] = short_text(given) or "unreadable"
            return None
        if name.endswith(("gmt", "utc")) and len(iso) == len("2018-06-01T09:30:00"):
            iso += "+00:00"
        return Stated(value=iso, origin="field", sure=name not in _UNSURE_DATES)
    return None


def _outlet(found: _Fields) -> Stated | None:
    for role in ("outlet", "domain"):
        for _, value in found.take(role):
            name = short_text(_one(value, _NAME_PARTS))
            if name and "/" not in name:
                name = name.removeprefix("www.")
                return Stated(value=name, origin="field", sure=role == "outlet")
    return None


def author_names(value: object) -> tuple[str, ...]:
    """Return the names in a byline, a list of authors or the text of such a list.

    >>> author_names("By Ines Varga and Tom Lowe"), author_names([{"name": "Ines Varga"}])
    (('Ines Varga', 'Tom Lowe'), ('Ines Varga',))
    """
    names: list[str] = []
    for part in value[:20] if isinstance(value, list) else [value]:
        line = short_text(_one(part, _NAME_PARTS)) or ""
        listed = [one or two for one, two in _QUOTED.findall(line)] if line[:1] == "[" else [line]
        for text in listed:
            for name in _AUTHOR_BREAK.split(_BY.sub("", text, count=1).strip()):
                names += name.split(", ") if _is_list_of_names(name) else [name]
    return tuple(dict.fromkeys(name for name in names if any(map(str.isalpha, name))))


def _is_list_of_names(text: str) -> bool:
    """Tell "Ines Varga, Tom Lowe" from "Ines Varga, Political Editor"."""
    return not _POST.search(text) and all(
        len(name.split()) in (2, 3) and name.istitle() for name in text.split(", ")
    )


def _parts(value: object) -> Iterator[str]:
    """Yield the texts a value is made of: itself, those in a list, or its plain value."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict) and not _is_prose(part):
            continue
        text = _one(part, _PARTS)
        if isinstance(text, str) and text.strip():
            yield text


def _is_prose(part: Mapping[str, Any]) -> bool:
    """Say whether an object is a part of a text, not its title or date, nor an article."""
    kind = part.get("type", "text")
    return isinstance(kind, str) and kind in _PROSE_TYPES and not part.keys() & _TITLE_NAMES


def _one(value: object, keys: Sequence[str]) -> object:
    """Return the plain value of an object with one of these keys; anything else as it is."""
    value = value[0] if isinstance(value, list) and value else value
    return (
        next((value[key] for key in keys if key in value), None)
        if isinstance(value, dict)
        else value
    )


def _at(record: object, path: str) -> Any:
    value: Any = record
    if isinstance(record, Mapping) and path in record:
        return record[path]
    for key in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key[:9]) < len(value):
            value = value[int(key[:9])]
        else:
            return None
    return value


def _plain_name(key: str) -> str:
    return _SEPARATORS.sub("", key[:100]).lower()


def _is_envelope(key: str, value: object) -> bool:
    """Say whether a value is an object that holds the article's own fields."""
    name = _plain_name(key)
    if name not in _ENVELOPES or not isinstance(value, dict):
        return False
    inner = {_plain_name(one) for one in value}
    if name in ("source", "article", "document", "row"):
        return bool(inner & _TEXT_NAMES) and (name == "source" or bool(inner & _TITLE_NAMES))
    return True


def _is_given(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is not None and value not in ("", [], {})
