"""Records to SQLite rows and back: the only place that knows the order of columns."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.json_form import Flat
from corpus.types import Article, Mark, Passage, Span

Row = tuple[Any, ...]

ARTICLE_COLUMNS = "id, title, text, source, published, outlet, metadata, headings, marks"
PASSAGE_COLUMNS = "start, end, heading, sentences, text_crc"
SPACE_COLUMNS = "encoder, fingerprint, dim, chunker, id"
SNAPSHOT_COLUMNS = (
    "generation, space, name, dense_name, dense_generation, dense_sha256, lexical_sha256,"
    " passages, recall"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage with its vector's bytes, on its way into the store."""

    passage: Passage
    vector: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary(Flat):
    """One line of a list of articles."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    source: str
    chars: int
    passages: int
    story_id: str
    """The id of the oldest article that carries the same report; its own, if no other does."""
    copies: int
    """How many other articles carry the same report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy(Flat):
    """Another article that carries the same report, and how the two compare.

    `shared` is the part of the shorter one's prose that stands in the longer one, 0 to 1. It and
    `explanation` are None where the two are copies only by way of a third.
    """

    article_id: str
    title: str
    outlet: str | None
    published: str | None
    shared: float | None
    explanation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A model whose vectors are stored, and how texts are cut for it."""

    encoder: str
    fingerprint: str
    dim: int
    chunker: str
    id: int = 0
    """Given by the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """Names the files that a generation is searched with and what their bytes must hash to."""

    generation: int
    space: int
    name: str
    dense_name: str
    """Names the vectors' file: this snapshot's own, or one before's that still serves."""
    dense_generation: int
    """The generation that the vectors' file was made from."""
    dense_sha256: str
    lexical_sha256: str
    passages: int
    """How many are searched."""
    recall: float
    """Which share of the ten nearest the vectors' file finds, measured when it was made."""


def article_values(article: Article) -> Row:
    """Return the values of ARTICLE_COLUMNS."""
    return (
        article.id,
        article.title,
        article.text,
        article.source,
        article.published,
        article.outlet,
        json.dumps(dict(article.metadata)),
        _spans_to_json(article.headings),
        json.dumps([(m.span.start, m.span.end, m.reason) for m in article.marks]),
    )


def article_from(row: Row) -> Article:
    """Return the article of a row of ARTICLE_COLUMNS.

    Raises:
        ValueError, TypeError: the row is not what was written.
    """
    article_id, title, text, source, published, outlet, metadata, headings, marks = row
    facts = json.loads(metadata)
    if not isinstance(facts, dict):
        raise ValueError(f"the metadata of {article_id!r} is no object")
    return Article(
        id=article_id,
        title=title,
        text=text,
        source=source,
        published=published,
        outlet=outlet,
        metadata=facts,
        headings=_spans_from_json(headings),
        marks=marks_from(marks),
    )


def marks_from(stored: str) -> tuple[Mark, ...]:
    """Return the marks of an article as they are stored.

    Raises:
        ValueError, TypeError: that is not what was written.
    """
    return tuple(Mark(Span(start, end), reason) for start, end, reason in json.loads(stored))


def passage_values(passage: Passage) -> Row:
    """Return the values of PASSAGE_COLUMNS."""
    values = (
        passage.span.start,
        passage.span.end,
        passage.heading,
        _spans_to_json(passage.sentences),
    )
    return (*values, row_checksum((*values, passage.text)))


def passage_from(passage_id: int, article_id: str, row: Row, article_text: str) -> Passage:
    """Return the passage of a row of PASSAGE_COLUMNS; its text is its article's.

    Raises:
        ValueError, TypeError: the row or the text is not what was written.
    """
    start, end, heading, sentences, text_crc = row
    text = article_text[start:end]
    if row_checksum((*row[:-1], text)) != text_crc:
        raise ValueError(f"passage {passage_id} is not what was indexed")
    return Passage(
        id=passage_id,
        article_id=article_id,
        span=Span(start, end),
        text=text,
        heading=heading,
        sentences=_spans_from_json(sentences),
    )


def checksum(data: bytes) -> int:
    """Return the CRC-32 of bytes: SQLite keeps none of its own."""
    return zlib.crc32(data)


def row_checksum(values: Row) -> int:
    """Return the CRC-32 of what stands in columns."""
    return checksum(json.dumps(values).encode())


def _spans_to_json(spans: Sequence[Span]) -> str:
    return json.dumps([(span.start, span.end) for span in spans], separators=(",", ":"))


def _spans_from_json(spans: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(spans))
