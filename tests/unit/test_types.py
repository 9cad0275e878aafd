"""Spans, articles, passages."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from corpus import Article, Mark, Passage, Span
from corpus.types import MAX_ARTICLE_ID_CHARS
from tests.fakes import make_article, passage


@pytest.mark.parametrize(
    ("start", "end"),
    [(3, 3), (4, 3), (-1, 3), (-3, -1)],
    ids=["empty", "backwards", "from before the text", "before the text"],
)
def test_what_covers_nothing_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("other", "overlaps", "contains"),
    [
        (Span(0, 2), False, False),
        (Span(0, 3), True, False),
        (Span(2, 5), True, True),
        (Span(3, 4), True, True),
        (Span(4, 6), True, False),
        (Span(5, 6), False, False),
        (Span(1, 9), True, False),
    ],
    ids=["ends at it", "into it", "equal", "inside", "out of it", "begins at its end", "around it"],
)
def test_a_span_knows_how_it_lies_to_another(other: Span, overlaps: bool, contains: bool) -> None:
    span = Span(2, 5)
    assert span.overlaps(other) is other.overlaps(span) is overlaps
    assert span.contains(other) is contains


def test_a_span_counts_code_points_not_bytes_or_utf_16_units() -> None:
    assert Span(1, 3).of("😀né😀") == "né"


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("  ab  ", Span(0, 6), Span(2, 4)),
        ("x ab y", Span(1, 5), Span(2, 4)),
        ("ab", Span(0, 2), Span(0, 2)),
        ("\u00a0\u2003a\n", Span(0, 4), Span(2, 3)),
        ("a \t\n b", Span(1, 5), None),
    ],
    ids=["both ends", "inside a text", "nothing to trim", "Unicode spaces", "only white space"],
)
def test_a_trimmed_span_has_no_white_space_at_its_ends(
    text: str, span: Span, expected: Span | None
) -> None:
    assert span.trimmed(text) == expected


def test_spans_are_ordered_by_start_then_end() -> None:
    spans = [Span(2, 3), Span(1, 9), Span(1, 4)]
    assert sorted(spans) == [Span(1, 4), Span(1, 9), Span(2, 3)]


def test_a_shifted_span_keeps_its_length() -> None:
    assert Span(2, 5).shift(10) == Span(12, 15)
    with pytest.raises(ValueError, match="not a span"):
        Span(2, 5).shift(-3)


@pytest.mark.parametrize(
    "article_id",
    ["", "a" * (MAX_ARTICLE_ID_CHARS + 1), "a\nb", "a\0", "\x1b[31m", "\u202ea", "\ud800"],
    ids=["empty", "too long", "newline", "NUL", "escape", "text direction", "surrogate"],
)
def test_an_article_id_is_printable_and_short(article_id: str) -> None:
    with pytest.raises(ValueError, match="article id must be"):
        make_article("Text.", id=article_id)


@pytest.mark.parametrize("article_id", ["a", "a" * MAX_ARTICLE_ID_CHARS, "café/2031 #1?", "新聞"])
def test_an_article_id_may_be_any_printable_text(article_id: str) -> None:
    assert make_article("Text.", id=article_id).id == article_id


ARTICLE = Article(
    id="a",
    title="T",
    text="Head\nBody.",
    source="a.md",
    published="2031-01-01",
    outlet="O",
    metadata={"k": "v", "l": "w"},
    headings=(Span(0, 4),),
)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "U"},
        {"text": "Head\nBody!"},
        {"published": None},
        {"outlet": None},
        {"metadata": {"k": "v"}},
        {"headings": ()},
        {"marks": (Mark(Span(0, 4), "menu"),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_digest_changes_with_the_content(change: dict[str, Any]) -> None:
    assert dataclasses.replace(ARTICLE, **change).digest != ARTICLE.digest


@pytest.mark.parametrize(
    "change",
    [{"id": "b"}, {"source": "elsewhere/a.md"}, {"metadata": {"l": "w", "k": "v"}}],
    ids=["id", "source", "order of metadata"],
)
def test_the_digest_does_not_depend_on_where_an_article_came_from(change: dict[str, Any]) -> None:
    assert dataclasses.replace(ARTICLE, **change).digest == ARTICLE.digest


def test_records_cannot_be_changed_or_made_by_position() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ARTICLE.text = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Passage(0, "a", Span(0, 1), "x", "", ())  # type: ignore[call-arg]


def test_a_passage_slices_in_article_coordinates() -> None:
    piece = passage("One. Two.", [Span(0, 5), Span(5, 9)], at=100)
    assert [piece.slice(sentence) for sentence in piece.sentences] == ["One. ", "Two."]


@pytest.mark.parametrize("span", [Span(99, 101), Span(105, 110), Span(0, 4)])
def test_a_passage_refuses_a_span_outside_itself(span: Span) -> None:
    with pytest.raises(ValueError, match="is not inside the passage"):
        passage("One. Two.", [Span(0, 9)], at=100).slice(span)
