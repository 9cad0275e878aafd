"""What the fields of a record or the columns of a table say about an article.

Field names are compared without case, hyphens and underscores, so that "pubDate" and "pub_date" are
one name. What no name is known for becomes metadata; a date that could mean two days is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.errors import UnreadableArticle
from corpus.extracted import Extracted, Stated
from corpus.field_map import FieldMap
from corpus.field_paths import (
    CANDIDATES,
    NAME_PARTS,
    PARTS,
    TEXT_NAMES,
    URLS,
    at,
    is_envelope,
    is_given,
    one,
    parts_of,
    plain_name,
)
from corpus.field_values import (
    _SHORT_TEXT_CHARS,
    _TAG,
    author_names,
    language_tag,
    plain_text,
    read_date,
    short_text,
    web_address,
)
from corpus.markdown import PlainText
from corpus.types import Mark, Span

ONLY_A_SUMMARY = "This is only a summary: the source does not hold the whole text."
_MAX_METADATA = 32
# A record may say by these when it was stored, not when it was published.
_UNSURE_DATES = ("createdat", "created", "timestamp", "seendate")
_AS_GIVEN = {"published": "date as given", "updated": "update as given"}
_CUT_OFF = re.compile(r"\[\+\d{1,9} chars\]\Z")


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
    title, name = found.line("title", NAME_PARTS), found.line("id", PARTS)
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
        url=next((url for _, v in found.take("url") if (url := web_address(one(v, URLS)))), None),
        language=language_tag(found.line("language", PARTS)),
        id=name,
        metadata=dict(found.rest()) | as_given,
        warnings=plain.warnings + warning,
    )


def has_text(record: Mapping[str, Any], paths: FieldMap | None = None) -> bool:
    """Say whether a record has a field that is known to hold an article's text."""
    taken = _Fields(record, paths or FieldMap()).take("text")
    return any(part for _, value in taken for part in parts_of(value))


def known_column(columns: list[str], paths: FieldMap | None) -> bool:
    """Say whether one of a table's columns is known to hold text or a summary."""
    if paths is not None and paths.text is not None:
        return paths.text in columns
    return any(
        plain_name(column) in CANDIDATES["text"] + CANDIDATES["summary"] for column in columns
    )


class _Fields:
    """The fields of a record by their plain names; what is taken is gone."""

    def __init__(self, record: Mapping[str, Any], paths: FieldMap) -> None:
        self._record = record
        self._paths = paths
        self._left: dict[str, tuple[str, Any]] = {}
        inner = [value for key, value in record.items() if is_envelope(key, value)]
        for level in (record, *inner):
            for key, value in level.items():
                if is_given(value) and not (level is record and is_envelope(key, value)):
                    self._left.setdefault(plain_name(key), (key, value))

    def take(self, role: str) -> Iterator[tuple[str, Any]]:
        """Yield what may be a part, best first, with its plain name; the last yielded is gone."""
        path = getattr(self._paths, role, None)
        for name in [plain_name(path)] if path else CANDIDATES[role]:
            entry = self._left.pop(name, ("", None))
            value = at(self._record, path) if path else entry[1]
            if is_given(value):
                yield name, value
                self._left[name] = entry  # it was of no use

    def line(self, role: str, keys: Sequence[str]) -> str | None:
        """Return the first of a part's values that is a short text."""
        return next((line for _, v in self.take(role) if (line := short_text(one(v, keys)))), None)

    def names(self) -> list[str]:
        """Return the names of what was not taken."""
        return [key for key, _ in self._left.values()]

    def rest(self) -> Iterator[tuple[str, str]]:
        """Yield what was not taken and is short, as names and texts."""
        left = [entry for name, entry in self._left.items() if name not in TEXT_NAMES]
        for key, value in left[:_MAX_METADATA]:
            values = value[:20] if isinstance(value, list) else [value]
            line = ", ".join(text for part in values if (text := short_text(part)))
            if 0 < len(line) <= _SHORT_TEXT_CHARS:
                yield short_text(key, 64) or "field", line


def _body(found: _Fields) -> PlainText:
    for role, warnings in (("text", ()), ("summary", (ONLY_A_SUMMARY,))):
        for _, value in found.take(role):
            parts = list(parts_of(value))
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
        given = one(value, PARTS)
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
            name = short_text(one(value, NAME_PARTS))
            if name and "/" not in name:
                name = name.removeprefix("www.")
                return Stated(value=name, origin="field", sure=role == "outlet")
    return None
