"""Where a value stands in a record: under which names, how deep, in which envelope."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

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
CANDIDATES = {role: names.split() for role, names in _NAMES.items()}
TEXT_NAMES, TITLE_NAMES = (frozenset(CANDIDATES[role]) for role in ("text", "title"))
# Records put an article's fields one level down: Guardian, Elasticsearch, JSON:API, LangChain …
ENVELOPES = ("fields", "source", "attributes", "article", "document", "metadata", "meta", "row")
# Where a value that is an object has its plain value: WordPress, NYT, schema.org, SQuAD …
PARTS = ("rendered", "context", "content", "text", "html", "plain", "body", "value", "main")
NAME_PARTS = ("name", "original", "title", "main", "rendered", "content")
URLS = ("@id", "canonical", "url", "href")
_PROSE_TYPES = {"sanitized_html", "paragraph", "text", "p", "html", "heading", "header"}
_SEPARATORS = re.compile(r"[\W_]+")


def parts_of(value: object) -> Iterator[str]:
    """Yield the texts a value is made of: itself, those in a list, or its plain value."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict) and not _is_prose(part):
            continue
        text = one(part, PARTS)
        if isinstance(text, str) and text.strip():
            yield text


def _is_prose(part: Mapping[str, Any]) -> bool:
    """Say whether an object is a part of a text, not its title or date, nor an article."""
    kind = part.get("type", "text")
    return isinstance(kind, str) and kind in _PROSE_TYPES and not part.keys() & TITLE_NAMES


def one(value: object, keys: Sequence[str]) -> object:
    """Return the plain value of an object with one of these keys; anything else as it is."""
    value = value[0] if isinstance(value, list) and value else value
    return (
        next((value[key] for key in keys if key in value), None)
        if isinstance(value, dict)
        else value
    )


def at(record: object, path: str) -> Any:
    """Return what a dotted path leads to."""
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


def plain_name(key: str) -> str:
    """Return a name without case and separators."""
    return _SEPARATORS.sub("", key[:100]).lower()


def is_envelope(key: str, value: object) -> bool:
    """Say whether a value is an object that holds the article's own fields."""
    name = plain_name(key)
    if name not in ENVELOPES or not isinstance(value, dict):
        return False
    inner = {plain_name(one) for one in value}
    if name in ("source", "article", "document", "row"):
        return bool(inner & TEXT_NAMES) and (name == "source" or bool(inner & TITLE_NAMES))
    return True


def is_given(value: object) -> bool:
    """Say whether a value says anything."""
    if isinstance(value, float):
        return math.isfinite(value)
    return value is not None and value not in ("", [], {})
