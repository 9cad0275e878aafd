"""BM25: the words of a question, and no syntax."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from qa.lexical import LexicalIndex, content_terms

TEXTS = {
    1: "The tidal barrier opened on Tuesday.",
    2: "Its barrier has gates that protect the harbour, and the gates are made of steel.",
    3: "Fishermen fear for the harbour.",
    4: "Steel prices rose again, and steel makers cheered; nobody else did on that grey Tuesday.",
    5: "A cat sat.",
}
INDEX = LexicalIndex.build((i, "", text) for i, text in TEXTS.items())


def naive_bm25(question: str, k1: float = 1.2, b: float = 0.75) -> dict[int, float]:
    """BM25 as in the textbook; tantivy rounds lengths, which these short texts do not show."""
    words = {i: _words(text) for i, text in TEXTS.items()}
    mean = sum(map(len, words.values())) / len(words)
    scores: dict[int, float] = {}
    for term in dict.fromkeys(content_terms(question)):
        holders = [i for i in words if term in words[i]]
        idf = math.log(1 + (len(words) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            tf = Counter(words[i])[term]
            gain = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len(words[i]) / mean))
            scores[i] = scores.get(i, 0.0) + gain
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _words(text: str) -> list[str]:
    return [stem for word in text.split() for stem in content_terms(word) or [word]]


@pytest.mark.parametrize(
    "question",
    ["barrier", "steel gates", "harbour on Tuesday", "Who fears the steel barrier?", "cat gate"],
)
def test_scores_are_those_of_textbook_bm25(question: str) -> None:
    expected = naive_bm25(question)
    found = INDEX.search(question, 10)
    assert list(found) == list(expected)
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("barriers", {1, 2}),
        ("BARRIER", {1, 2}),
        ("a price rising", {4}),
        ("gate", {2}),
        ("harbours?", {2, 3}),
        ("zebra", set()),
        ("barrier zebra", {1, 2}),
    ],
    ids=["plural", "case", "inflected", "singular", "punctuation", "unknown", "partly unknown"],
)
def test_words_are_found_by_their_stems(question: str, found: set[int]) -> None:
    assert set(INDEX.search(question, 10)) == found


@pytest.mark.parametrize(
    "question",
    [
        '"barrier"',
        "barrier AND zebra",
        "+barrier -gates",
        "NOT barrier",
        "text:barrier",
        "heading:barrier^100",
        "barrier*",
        "barrier~2",
        "(barrier",
        "[barrier TO gates",
        'barrier" OR "1"="1',
        "passage_id:[0 TO 9] barrier",
        "barrier\\",
        "/barrier/",
    ],
)
def test_question_syntax_is_just_text(question: str) -> None:
    assert {1, 2} <= set(INDEX.search(question, 10))


@pytest.mark.parametrize(
    "question", ["", "   ", "?!", '"', "*", "😀", "\x00", "word " * 5000, "x" * 100_000]
)
def test_no_question_is_too_strange_to_search(question: str) -> None:
    assert INDEX.search(question, 10) == {}


def test_stop_words_weigh_nothing_beside_words_that_carry_meaning() -> None:
    assert content_terms("Who built the tidal barriers, and why?") == ["built", "tidal", "barrier"]
    assert set(INDEX.search("What did the cat do on the mat?", 10)) == {5}


def test_a_question_of_stop_words_is_searched_as_it_is() -> None:
    assert set(INDEX.search("on the", 10)) == {1, 2, 3, 4}


def test_a_word_in_the_text_counts_more_than_one_in_the_heading() -> None:
    index = LexicalIndex.build([(1, "Barrier", "It opened."), (2, "It opened", "Barrier.")])
    assert list(index.search("barrier", 10)) == [2, 1]


@pytest.mark.parametrize("k", [1, 3, 200])
def test_equal_scores_come_by_lower_id(k: int) -> None:
    index = LexicalIndex.build((i, "", "the same words") for i in range(1, 300))
    assert list(index.search("words", k)) == list(range(1, k + 1))


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_nothing_gives_nothing(k: int) -> None:
    assert INDEX.search("barrier", k) == {}


def test_an_empty_index_finds_nothing() -> None:
    empty = LexicalIndex.build([])
    assert (len(empty), empty.search("barrier", 5)) == (0, {})


def test_an_index_on_disk_answers_like_the_one_that_was_built(tmp_path: Path) -> None:
    rows = [(i, "heading", text) for i, text in TEXTS.items()]
    built = LexicalIndex.build(rows, tmp_path / "new" / "folder")
    opened = LexicalIndex.open(tmp_path / "new" / "folder")
    assert len(opened) == len(TEXTS)
    assert opened.search("steel barrier", 10) == built.search("steel barrier", 10) != {}


def test_ids_may_be_large() -> None:
    assert list(LexicalIndex.build([(2**62, "", "barrier")]).search("barrier", 1)) == [2**62]
