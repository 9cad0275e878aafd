"""Tables to articles: .csv and .tsv files with a row of column names and an article a row.

The file is read row by row, so that it may be large. A row that cannot be read costs no other, but
for a quotation mark that is never closed: that costs what it swallows, and is told.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any, BinaryIO

from corpus.decoding import decode_text
from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.field_map import FieldMap
from corpus.fields import article_from_fields, known_column

MAX_LINE_CHARS = 10 * 1024 * 1024
MAX_FIELD_CHARS = 1_000_000
"""A long article has 100,000; with this much, a quotation mark was not closed."""

_SAMPLE_BYTES = 10 * 1024 * 1024
_SAMPLE_LINES = 200
_DELIMITERS = ",;\t|"


def extract(
    file: BinaryIO, name: str, fields: FieldMap | None = None
) -> Iterator[Extracted | BadRecord]:
    """Yield the articles of a table, in order; rows without anything in them are skipped.

    Args:
        file: In any encoding, which is told from its first 10 MB. It is left open.
        name: Its name, for messages; in .tsv files tabs are between the cells.
        fields: Which columns hold the parts of an article, if not those with the usual names.

    Raises:
        UnreadableArticle: It is empty, binary, or has no column for the text.
    """
    sample = file.read(_SAMPLE_BYTES)
    if len(sample) == _SAMPLE_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    decoded = decode_text(sample, name)
    file.seek(0)
    text = io.TextIOWrapper(file, decoded.encoding, errors="replace", newline="")
    try:
        warnings = decoded.warnings
        for found in _articles(_lines(text), name, fields):
            if isinstance(found, Extracted):
                found = replace(found, warnings=warnings + found.warnings)
                warnings = ()
            yield found
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield lines; of one that is too long, its beginning, which is no good row."""
    line = text.readline(MAX_LINE_CHARS).removeprefix("\ufeff")
    while line:
        yield line
        while len(line) == MAX_LINE_CHARS and not line.endswith(("\n", "\r")):
            line = text.readline(MAX_LINE_CHARS)
        line = text.readline(MAX_LINE_CHARS)


def _articles(
    lines: Iterator[str], name: str, fields: FieldMap | None
) -> Iterator[Extracted | BadRecord]:
    columns, rows = _open_table(lines, name)
    if not known_column(columns, fields):
        raise UnreadableArticle(
            f"{name} has no column that is known to hold the text. Its first row is "
            f'"{", ".join(columns)[:200]}". Give the columns names such as title, text, published '
            "and url in the first row, or say which column holds the text."
        )
    for where, row in rows:
        if isinstance(row, BadRecord):
            yield row
        elif len(row) > len(columns) and any(map(str.strip, row[len(columns) :])):
            reason = f"has {len(row)} cells, more than the {len(columns)} columns."
            yield BadRecord(where=where, reason=reason)
        elif any(map(str.strip, row)):
            yield _article(dict(zip(columns, row, strict=False)), where, fields)


def _article(cells: dict[str, str], where: str, fields: FieldMap | None) -> Extracted | BadRecord:
    named = {name: cell for name, cell in cells.items() if name and not name.startswith("Unnamed:")}
    try:
        return article_from_fields(named, fields)
    except UnreadableArticle as error:
        return BadRecord(where=where, reason=str(error))


def _open_table(
    lines: Iterator[str], name: str
) -> tuple[list[str], Iterator[tuple[str, list[str] | BadRecord]]]:
    """Return the names of the columns, and the rows after them with the lines they begin at."""
    sample = list(islice(lines, _SAMPLE_LINES))
    head = next((line for line in sample if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    if name.lower().endswith(".tsv"):
        delimiter = "\t"
    is_unquoted = delimiter == "\t" and _is_unquoted(sample)
    csv.field_size_limit(MAX_FIELD_CHARS)
    dialect: type[csv.Dialect] = _Unquoted if is_unquoted else csv.excel
    rows = _rows(csv.reader(chain(sample, lines), dialect, delimiter=delimiter))
    columns = next((row for _, row in rows if isinstance(row, list) and any(row)), [])
    return [column.strip() for column in columns], rows


def _rows(reader: Any) -> Iterator[tuple[str, list[str] | BadRecord]]:
    while True:
        where = f"line {reader.line_num + 1}"
        try:
            yield where, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"cannot be read: {error}. Is a quotation mark not closed?"
            yield where, BadRecord(where=where, reason=reason)


class _Unquoted(csv.excel):
    quoting = csv.QUOTE_NONE


def _is_unquoted(lines: list[str]) -> bool:
    """Say whether quotation marks are just text: every line is whole, some cell has only one."""
    rows = [line.rstrip("\r\n").split("\t") for line in lines if line.strip()]
    if len({len(row) for row in rows}) != 1:
        return False
    cells = (cell for row in rows for cell in row if cell.startswith('"'))
    return any(len(cell) == 1 or not cell.endswith('"') for cell in cells)
