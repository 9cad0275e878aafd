"""The records articles are made of: spans, articles, passages.

Every offset in pullquote is a half-open range of *code points* in ``Article.text``, the string
that is stored and never changed after loading. A passage is a verbatim slice of it, so going from
passage to article is one addition, and nothing is ever found again by searching.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from corpus.json_form import OFFSET_UNIT, Flat, Members

MAX_ARTICLE_ID_CHARS = 200
VERSION_CHARS = 12
_NEEDED = ("id", "title", "text", "source")


def is_text(text: str) -> bool:
    r"""Say whether SQLite and a tokenizer can take a string: no NUL, no lone surrogate.

    >>> is_text("Ünïcode"), is_text("a\0b")
    (True, False)
    """
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


@dataclass(frozen=True, slots=True, order=True)
class Span(Flat):
    """A half-open range ``[start, end)`` of code points; never empty.

    >>> Span(6, 11).of("Hello world")
    'world'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """Return the slice of `text` that this span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """Return the same range, moved by `by` code points."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Say whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end

    def trimmed(self, text: str) -> Span | None:
        """Return this span of `text` without white space at its ends; None if nothing is left.

        >>> Span(0, 5).trimmed(" ab  ")
        Span(start=1, end=3)
        """
        piece = self.of(text)
        start = self.start + len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        return Span(start, end) if start < end else None


REPEATED = "repeated in many articles"
"""Reason of marks that depend on what other articles hold; they are no part of a digest."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of an article's text that is not the article's own, and why it is set aside.

    `span` is in article coordinates. `reason` is for people, as in "menu" or "copyright notice".
    """

    span: Span
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {**self.span.to_dict(), "reason": self.reason}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the mark that `to_dict` was made from; raises what `Article.from_dict` does."""
        return cls(Span.from_dict(stored), Members(stored, "a mark").one("reason", str))


def unmarked(text: str, marks: Sequence[Mark]) -> Iterator[Span]:
    """Yield, in order, the stretches of a text that no mark covers."""
    start = 0
    for mark in marks:
        if start < mark.span.start:
            yield Span(start, mark.span.start)
        start = mark.span.end
    if start < len(text):
        yield Span(start, len(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    r"""One article. `text` is what offsets count in: "\n" newlines, otherwise as extracted.

    `id` is stable: chosen by the source (front matter) or derived from the path. `published` is
    an ISO 8601 date or date-time, or None where the source does not say: never guessed. `headings`
    are the spans of section headings in `text`: they are context, not quotable sentences. `marks`
    are page furniture, in order and apart from each other: kept in `text`, but neither indexed nor
    quoted.
    """

    id: str
    title: str
    text: str
    source: str
    published: str | None = None
    outlet: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or len(self.id) > MAX_ARTICLE_ID_CHARS or not self.id.isprintable():
            raise ValueError(
                f"article id must be 1 to {MAX_ARTICLE_ID_CHARS} printable characters: {self.id!r}"
            )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, text and all."""
        return {
            **{name: getattr(self, name) for name in (*_NEEDED, "published", "outlet")},
            "metadata": dict(self.metadata),
            "headings": [heading.to_dict() for heading in self.headings],
            "marks": [mark.to_dict() for mark in self.marks],
            "offset_unit": OFFSET_UNIT,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the article that `to_dict` was made from.

        Only ``id``, ``title``, ``text`` and ``source`` must be there.

        Raises:
            ValueError: it is not the JSON form of an article; the error names the member.
        """
        members = Members(stored, "an article")
        return cls(
            **{name: members.one(name, str) for name in _NEEDED},
            published=members.maybe("published", str),
            outlet=members.maybe("outlet", str),
            metadata=members.named_texts("metadata"),
            headings=members.records("headings", Span.from_dict),
            marks=members.records("marks", Mark.from_dict),
        )

    def stretches(self) -> Iterator[Span]:
        """Yield, in order, the stretches of `text` that are the article's own.

        >>> article = Article(id="a", title="", text="Menu. It rained.", source="a.txt",
        ...                   marks=(Mark(Span(0, 6), "menu"),))
        >>> [span.of(article.text) for span in article.stretches()]
        ['It rained.']
        """
        return unmarked(self.text, self.marks)

    def stretch_around(self, span: Span) -> Span:
        """Return the stretch that a span stands in; the span itself if it lies across a mark."""
        return next((s for s in self.stretches() if s.contains(span)), span)

    @property
    def version(self) -> str:
        """The beginning of the digest: enough to tell the versions of one article apart."""
        return self.digest[:VERSION_CHARS]

    @property
    def digest(self) -> str:
        """SHA-256 over everything but the id and source: equal digests need no new encoding."""
        content = [
            self.title,
            self.text,
            self.published,
            self.outlet,
            sorted(self.metadata.items()),
            [(h.start, h.end) for h in self.headings],
            [(m.span.start, m.span.end, m.reason) for m in self.marks if m.reason != REPEATED],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A chunk: whole sentences of one article, the unit that is encoded and retrieved.

    ``text == article.text[span.start:span.end]``. `sentences` are in article coordinates and tile
    the passage. `heading` (title and section) is encoded and shown with it, but not counted in
    offsets. `id` is given by the store, never reused; 0 means not stored yet.
    """

    id: int = 0
    article_id: str
    span: Span
    text: str
    heading: str
    sentences: tuple[Span, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; offsets are code points of the article's text."""
        return {
            **{name: getattr(self, name) for name in ("id", "article_id", "text", "heading")},
            **self.span.to_dict(),
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "offset_unit": OFFSET_UNIT,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the passage that `to_dict` was made from.

        Raises:
            ValueError: it is not the JSON form of a passage; the error names the member.
        """
        members = Members(stored, "a passage")
        return cls(
            id=members.one("id", int),
            **{name: members.one(name, str) for name in ("article_id", "text", "heading")},
            span=Span.from_dict(stored),
            sentences=members.records("sentences", Span.from_dict),
        )

    def slice(self, span: Span) -> str:
        """Return the text of `span`, which is in article coordinates and inside this passage."""
        if not self.span.contains(span):
            raise ValueError(f"{span} is not inside the passage {self.span}")
        return self.text[span.start - self.span.start : span.end - self.span.start]

    def around(self, span: Span) -> Span:
        """Return the whole sentences that `span` touches, as one span; itself if there is none."""
        touched = [sentence for sentence in self.sentences if sentence.overlaps(span)]
        return Span(touched[0].start, touched[-1].end) if touched else span
