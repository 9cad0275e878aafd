"""JSON and JSON lines to articles: news exports, data sets, what an API answered.

A .json file holds an article, a list of them, or an object with such a list; in JSON lines each
line is one. A line that cannot be read never costs another.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any, BinaryIO

from corpus.decoding import decode_text
from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.field_map import FieldMap
from corpus.field_values import short_text
from corpus.fields import article_from_fields, has_text

MAX_LINE_BYTES = 10 * 1024 * 1024
"""Of one line, and of a .json file, which is read as a whole."""

MAX_DEPTH = 64
"""News exports nest four or five levels."""
_LINE_SUFFIXES = (".jsonl", ".ndjson")
# Guardian and NYT: response.results, response.docs; Elasticsearch: hits.hits.
_LISTS = (
    "articles items data results documents docs stories entries rows hits response feed value "
    "@graph content"
).split()
_MAX_LIST_LEVELS = 3
_BLANK = b" \t\r\n\xef\xbb\xbf"
_Found = Iterator[Extracted | BadRecord]
_TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels."


def extract(file: BinaryIO, name: str, fields: FieldMap | None = None) -> _Found:
    """Yield the articles of a JSON file, in order.

    Args:
        file: It is read line by line if it holds JSON lines, else as a whole.
        name: Its name, for messages; .jsonl and .ndjson are JSON lines.
        fields: Where the parts of an article stand, if not under the usual names.

    Raises:
        UnreadableArticle: It is no JSON, nests deeper than `MAX_DEPTH`, or is no list of articles.
    """
    lines = ((number, line) for number, line in _lines(file) if line.strip(_BLANK))
    number, first = next(lines, (0, b""))
    if _begins_lines(first, name):
        all_found = _from_lines(chain([(number, first)] if first else [], lines), fields)
    else:
        data = first + file.read(MAX_LINE_BYTES + 1 - len(first))
        all_found = _from_whole(data, name, fields)
    found = None
    for found in all_found:
        yield found
    if found is None:
        raise UnreadableArticle(f"{name} holds no articles. Add them, or remove it.")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield lines with their numbers; of one that is too long, its beginning."""
    for number in count(1):
        line = file.readline(MAX_LINE_BYTES + 1)
        if not line:
            return
        yield number, line
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES)


def _begins_lines(first: bytes, name: str) -> bool:
    """Say whether a file has one value a line, whatever it is called."""
    is_named_so = name.lower().endswith(_LINE_SUFFIXES)
    if not first or len(first) > MAX_LINE_BYTES:
        return is_named_so
    try:
        _load(first)
    except ValueError:
        begins_list = first.strip(_BLANK).startswith(b"[") or first.strip(_BLANK) == b"{"
        return is_named_so and not begins_list
    return True


def _from_lines(lines: Iterator[tuple[int, bytes]], fields: FieldMap | None) -> _Found:
    seen = ""
    for number, line in lines:
        where = f"line {number}"
        if len(line) > MAX_LINE_BYTES:
            limit = MAX_LINE_BYTES // 1024 // 1024
            yield BadRecord(where=where, reason=f"is longer than {limit} MB and was not read.")
            continue
        try:
            loaded = _load(line)
        except ValueError as error:
            yield BadRecord(where=where, reason=str(error))
            continue
        # Data sets of questions give a text again for each of them.
        asks = isinstance(loaded.value, dict) and {"question", "context"} <= loaded.value.keys()
        for found in _articles(loaded, where, fields):
            if isinstance(found, BadRecord) or not asks or found.text != seen:
                yield found
            seen = found.text if isinstance(found, Extracted) else seen


def _from_whole(data: bytes, name: str, fields: FieldMap | None) -> _Found:
    if len(data) > MAX_LINE_BYTES:
        raise UnreadableArticle(
            f"{name} has more than {MAX_LINE_BYTES // 1024 // 1024} MB. Write it as JSON lines, "
            "with one article a line, in a .jsonl file: that has no such limit."
        )
    if not data:
        return
    try:
        loaded = _load(data)
    except ValueError as error:
        raise UnreadableArticle(f"{name} {error} Correct it, or export it again.") from error
    yield from _articles(loaded, "", fields)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A JSON value, and what is odd about it."""

    value: Any
    warnings: tuple[str, ...]


def _load(data: bytes) -> _Loaded:
    """Read a JSON value strictly.

    Raises:
        ValueError: It is none; the message says why, as the rest of a sentence.
    """
    repeated: list[str] = []
    try:
        decoded = decode_text(data, "The record")
        value = _parse(decoded.text, repeated)
    except UnreadableArticle as error:
        raise ValueError(f"is no JSON: {error}") from error
    if not _is_shallow(value):
        raise ValueError(_TOO_DEEP)
    twice = tuple(f'The key "{key}" stands twice; the last one counts.' for key in repeated)
    return _Loaded(value, decoded.warnings + twice)


def _parse(text: str, repeated: list[str]) -> Any:
    def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs) and not repeated:
            repeated.append(Counter(key for key, _ in pairs).most_common(1)[0][0][:40])
        return made

    try:
        return json.loads(
            text, object_pairs_hook=make_object, parse_constant=_refuse, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON: {error.msg} at character {error.pos + 1}.") from error
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    except _NotJson:
        raise
    except ValueError as error:  # an integer with thousands of digits
        raise ValueError("has a number that is too large.") from error


class _NotJson(ValueError):
    """A value that this reader refuses and Python's would take."""


def _refuse(name: str) -> Any:
    raise _NotJson(f"has the value {name}, which is no JSON.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _NotJson(f"has a number that is too large: {text[:40]}.")
    return number


def _is_shallow(value: Any) -> bool:
    """Say whether a value nests no deeper than `MAX_DEPTH`, level by level."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        inner = (one.values() if isinstance(one, dict) else one for one in level)
        level = [one for many in inner if many for one in many if isinstance(one, (dict, list))]
        if not level:
            return True
    return False


def _articles(loaded: _Loaded, line: str, fields: FieldMap | None) -> _Found:
    items = _items(loaded.value, fields)
    outlet = _feed_title(loaded.value)
    for number, item in enumerate(items, 1):
        record = f"record {number}" if len(items) > 1 or not line else ""
        where = ", ".join(filter(None, (line, record)))
        if not isinstance(item, (dict, str)):
            yield BadRecord(where=where, reason="is no object with fields.")
            continue
        try:
            found = article_from_fields(item if isinstance(item, dict) else {"text": item}, fields)
        except UnreadableArticle as error:
            yield BadRecord(where=where, reason=str(error))
            continue
        warnings = loaded.warnings + found.warnings
        yield replace(found, outlet=found.outlet or outlet, warnings=warnings)


def _items(value: Any, fields: FieldMap | None) -> list[Any]:
    """Return the list of articles that a value is, holds, or is the only one of."""
    for _ in range(_MAX_LIST_LEVELS):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict):
            break
        if columns := _from_columns(value):
            return columns
        if has_text(value, fields):
            break
        inner = (value[key] for key in _LISTS if isinstance(value.get(key), (list, dict)))
        value = next(inner, None) or value
    return value if isinstance(value, list) else [value]


def _from_columns(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records of a table that was written column by column, as pandas does."""
    columns = list(value.values())
    if not columns or not all(isinstance(column, dict) and "0" in column for column in columns):
        return []
    return [{name: column.get(row) for name, column in value.items()} for row in columns[0]]


def _feed_title(value: Any) -> Stated | None:
    """Return the title of a JSON feed, which is the name of its outlet."""
    if not isinstance(value, dict) or "jsonfeed.org" not in str(value.get("version"))[:100]:
        return None
    title = short_text(value.get("title"))
    return Stated(value=title, origin="feed") if title else None
