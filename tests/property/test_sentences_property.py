"""What holds for the sentences of any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sentences import split_sentences

SNIPPETS = [
    "Mr. ", "Kim", " left", ". ", "? ", "! ", "… ", "... ", '"', "“", "”", "'", "’", "(", ")", "\n",
    "\n\n", "\r\n", " ", "\u00a0", "\u2028", "U.S. ", "The ", "J. ", "Jan. ", "5 ", "p.m. ", "1. ",
    "- ", "# ", "。", "漢字", "」", "said ", "Smith, ", "É", "😀", "e\u0301", "\u200f", "\ufffd",
]  # fmt: skip
NEWS_LIKE = st.lists(st.sampled_from(SNIPPETS), max_size=60).map("".join)
TEXTS = st.one_of(st.text(max_size=200), NEWS_LIKE)
LINES = NEWS_LIKE.map(lambda text: " ".join(text.split()))


@given(TEXTS)
@settings(max_examples=250, deadline=None)
def test_sentences_tile_the_text(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join(sentence.of(text) for sentence in sentences) == text
    ends = [0, *(sentence.end for sentence in sentences)]
    assert [sentence.start for sentence in sentences] == ends[:-1]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_white_space_belongs_to_the_sentence_before_it(text: str) -> None:
    sentences = [sentence.of(text) for sentence in split_sentences(text)]
    assert not any(sentence[0].isspace() for sentence in sentences[1:])
    assert len(sentences) == 1 or not any(sentence.isspace() for sentence in sentences)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_splitting_is_stable(text: str) -> None:
    assert split_sentences(text) == split_sentences(text)


@given(LINES, LINES)
@settings(max_examples=200, deadline=None)
def test_paragraphs_are_split_independently(first: str, second: str) -> None:
    if not first or not second:
        return
    paragraphs = [f"{first}\n\n", second]
    apart = [s.of(text) for text in paragraphs for s in split_sentences(text)]
    together = "".join(paragraphs)
    assert [s.of(together) for s in split_sentences(together)] == apart


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_white_space_around_a_text_moves_no_boundary(text: str) -> None:
    if not text:
        return
    padded = f"  {text} \n"
    ends = [sentence.end + 2 for sentence in split_sentences(text)][:-1]
    assert [sentence.end for sentence in split_sentences(padded)][:-1] == ends


@pytest.mark.parametrize("text", ["", " ", "\n", ".", '"', "a", "\ud800", "." * 1000])
def test_the_smallest_texts_are_tiled_too(text: str) -> None:
    assert "".join(sentence.of(text) for sentence in split_sentences(text)) == text
