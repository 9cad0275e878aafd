"""Whatever the text, passages are verbatim, in order, within the budget and complete."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, Mark, Passage, Span, TokenCounter, chunk_article
from corpus.passages import pack

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = "The barrier Mr. Kim left. left! Why? “We go.” he said, U.S. 3.5 (a) x " + "y" * 200
PROSE = st.lists(st.sampled_from([*WORDS.split(), "😀", "שלום.", "é"]), max_size=40).map(" ".join)
BEYOND_LEAST = st.integers(0, 12) | st.integers(0, 120)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text, headings, marks = "", [], []
    for _ in range(draw(st.integers(0, 4))):
        part = draw(PROSE | ANY_TEXT)
        kind = draw(st.sampled_from(["text", "heading", "mark"]))
        span = Span(len(text), len(text) + len(part)) if part else None
        if span and kind == "heading":
            headings.append(span)
        elif span and kind == "mark":
            marks.append(Mark(span, "menu"))
            headings += [span] * draw(st.booleans())
        text += part + draw(st.sampled_from(["", " ", "\n", "\n\n"]))
    return Article(
        id="a",
        title=draw(PROSE | ANY_TEXT),
        text=text,
        source="a.txt",
        headings=tuple(headings),
        marks=tuple(marks),
    )


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def letters(texts: Sequence[str]) -> list[int]:
    """Count a token for every four characters, as subword tokenizers do on average."""
    return [-(-len(text) // 4) for text in texts]


COUNTERS = pytest.mark.parametrize(
    ("count", "least"), [(words, 1), (letters, 80)], ids=["words", "letters"]
)


def chunk(
    article: Article, count: TokenCounter, max_tokens: int, overlap: int = 1
) -> list[Passage]:
    return chunk_article(article, count, max_tokens=max_tokens, overlap_sentences=overlap)


@COUNTERS
@settings(max_examples=50)
@given(article=articles(), more=BEYOND_LEAST, overlap=st.integers(0, 3))
def test_a_passage_is_a_slice_of_its_article_tiled_by_sentences(
    count: TokenCounter, least: int, article: Article, more: int, overlap: int
) -> None:
    for passage in chunk(article, count, least + more, overlap):
        assert passage.text == article.text[passage.span.start : passage.span.end]
        assert passage.sentences[0].start == passage.span.start
        assert passage.sentences[-1].end == passage.span.end
        assert all(left.end == right.start for left, right in pairwise(passage.sentences))
        assert "".join(map(passage.slice, passage.sentences)) == passage.text


@COUNTERS
@settings(max_examples=50)
@given(article=articles(), more=BEYOND_LEAST, overlap=st.integers(0, 3))
def test_passages_are_in_order_and_repeat_no_more_than_asked(
    count: TokenCounter, least: int, article: Article, more: int, overlap: int
) -> None:
    for before, after in pairwise(chunk(article, count, least + more, overlap)):
        assert before.span.start < after.span.start
        assert before.span.end < after.span.end
        repeated = set(before.sentences) & set(after.sentences)
        assert len(repeated) <= overlap
        assert before.span.overlaps(after.span) is bool(repeated)


@COUNTERS
@settings(max_examples=50)
@given(article=articles(), more=BEYOND_LEAST, overlap=st.integers(0, 3))
def test_heading_and_passage_never_exceed_the_budget(
    count: TokenCounter, least: int, article: Article, more: int, overlap: int
) -> None:
    for passage in chunk(article, count, least + more, overlap):
        assert sum(count([passage.heading, passage.text])) <= least + more


@COUNTERS
@settings(max_examples=50)
@given(article=articles(), more=BEYOND_LEAST, overlap=st.integers(0, 3))
def test_nothing_but_headings_marks_and_white_space_is_left_out(
    count: TokenCounter, least: int, article: Article, more: int, overlap: int
) -> None:
    passages = chunk(article, count, least + more, overlap)
    covered = {at for passage in passages for at in range(passage.span.start, passage.span.end)}
    set_aside = [*article.headings, *(mark.span for mark in article.marks)]
    left_out = {at for span in set_aside for at in range(span.start, span.end)}
    text = {at for at, character in enumerate(article.text) if not character.isspace()}
    assert text - left_out <= covered
    assert not covered & left_out


@settings(max_examples=50)
@given(article=articles(), max_tokens=st.integers(1, 60))
def test_the_same_article_gives_the_same_passages(article: Article, max_tokens: int) -> None:
    assert chunk(article, words, max_tokens) == chunk(article, words, max_tokens)


@given(
    tokens=st.lists(st.integers(0, 9), max_size=12),
    budget=st.integers(1, 15),
    overlap=st.integers(0, 3),
)
def test_packed_ranges_cover_all_go_on_and_fit(
    tokens: list[int], budget: int, overlap: int
) -> None:
    ranges = list(pack(tokens, budget, overlap))
    assert {at for first, last in ranges for at in range(first, last)} == set(range(len(tokens)))
    assert all(last - first == 1 or sum(tokens[first:last]) <= budget for first, last in ranges)
    for (first, last), (next_first, next_last) in pairwise(ranges):
        assert first < next_first <= last < next_last
        assert last - next_first <= overlap
        assert sum(tokens[first : last + 1]) > budget
