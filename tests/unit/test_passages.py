"""Articles to passages: whole sentences, within the budget, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus import Article, Passage, chunk_article
from corpus.passages import MAX_HEADING_TOKENS, MAX_PIECE_CHARS, pack
from tests.fakes import make_article


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def chunk(article: Article, max_tokens: int = 12, overlap_sentences: int = 0) -> list[Passage]:
    return chunk_article(article, words, max_tokens=max_tokens, overlap_sentences=overlap_sentences)


@pytest.mark.parametrize(
    ("tokens", "budget", "overlap", "expected"),
    [
        ([], 9, 1, []),
        ([4], 9, 1, [(0, 1)]),
        ([4, 4], 9, 1, [(0, 2)]),
        ([4, 4, 4], 9, 0, [(0, 2), (2, 3)]),
        ([4, 4, 4], 9, 1, [(0, 2), (1, 3)]),
        ([2, 2, 2, 2, 2], 6, 2, [(0, 3), (1, 4), (2, 5)]),
        ([8, 8, 8], 9, 1, [(0, 1), (1, 2), (2, 3)]),
        ([3, 3, 8], 9, 1, [(0, 2), (2, 3)]),
        ([1, 5, 5, 4], 11, 2, [(0, 3), (2, 4)]),
        ([20, 4], 9, 1, [(0, 1), (1, 2)]),
        ([0, 0, 0], 9, 1, [(0, 3)]),
    ],
    ids=[
        "nothing",
        "one sentence",
        "all fit",
        "no overlap asked",
        "one repeated",
        "two repeated",
        "no room to repeat",
        "the next needs the room",
        "fewer repeated than asked",
        "over budget stands alone",
        "no tokens",
    ],
)
def test_sentences_are_packed_greedily(
    tokens: list[int], budget: int, overlap: int, expected: list[tuple[int, int]]
) -> None:
    assert list(pack(tokens, budget, overlap)) == expected


def test_passages_are_whole_sentences_of_the_article() -> None:
    article = make_article("One two three. Four five six. Seven eight nine.", title="")
    passages = chunk(article, max_tokens=6)
    assert [piece.text for piece in passages] == [
        "One two three. Four five six. ",
        "Seven eight nine.",
    ]
    assert [piece.span.of(article.text) for piece in passages] == [p.text for p in passages]
    assert [len(piece.sentences) for piece in passages] == [2, 1]


def test_a_passage_repeats_the_last_sentence_of_the_one_before() -> None:
    article = make_article("One two three. Four five six. Seven eight nine.", title="")
    first, second = chunk(article, max_tokens=6, overlap_sentences=1)
    assert second.sentences[0] == first.sentences[-1]
    assert second.text == "Four five six. Seven eight nine."


def test_headings_part_passages_and_are_not_quotable() -> None:
    article = make_article(
        "It began.\n\nThe storm\n\nIt rose. It fell.\n\nAfter\n\nIt ended.",
        title="News",
        headings=["The storm", "After"],
    )
    passages = chunk(article, max_tokens=100)
    assert [(piece.heading, piece.text) for piece in passages] == [
        ("News", "It began."),
        ("News — The storm", "It rose. It fell."),
        ("News — After", "It ended."),
    ]


def test_page_furniture_is_in_no_passage_and_a_section_goes_on_after_it() -> None:
    article = make_article(
        "Home News Sport\n\nIt began. Share this. The storm\n\nIt rose.\n\nRead more\n\nIt fell.",
        title="News",
        headings=["The storm"],
        marked=["Home News Sport", "Share this.", "Read more"],
    )
    passages = chunk(article, max_tokens=100)
    assert [(piece.heading, piece.text) for piece in passages] == [
        ("News", "It began."),
        ("News — The storm", "It rose."),
        ("News — The storm", "It fell."),
    ]


def test_a_heading_in_a_menu_is_no_section() -> None:
    article = make_article(
        "Menu Sport\n\nIt began.", title="News", headings=["Sport"], marked=["Menu Sport"]
    )
    assert [(piece.heading, piece.text) for piece in chunk(article, max_tokens=100)] == [
        ("News", "It began.")
    ]


@pytest.mark.parametrize(
    ("title", "section", "expected"),
    [
        ("News", "Rescue", "News — Rescue"),
        ("Rescue", "Rescue", "Rescue"),
        ("", "Rescue", "Rescue"),
        (" ", "Rescue", "Rescue"),
        (" Two \n spaces ", "Rescue", "Two spaces — Rescue"),
    ],
    ids=["both", "the same", "no title", "a blank title", "white space"],
)
def test_the_heading_is_title_and_section(title: str, section: str, expected: str) -> None:
    article = make_article(f"{section}\nIt ended.", title=title, headings=[section])
    assert [piece.heading for piece in chunk(article, max_tokens=40)] == [expected]


def test_passage_and_heading_share_the_budget() -> None:
    article = make_article("One two three. Four five six. Seven eight nine.", title="A B C")
    passages = chunk(article, max_tokens=9)
    assert [piece.text for piece in passages] == [
        "One two three. Four five six. ",
        "Seven eight nine.",
    ]


@pytest.mark.parametrize(
    ("max_tokens", "kept"),
    [(10, 5), (1000, MAX_HEADING_TOKENS)],
    ids=["half of a small budget", "at most so many"],
)
def test_a_long_heading_is_cut_at_a_word(max_tokens: int, kept: int) -> None:
    article = make_article("One two.", title=" ".join(f"w{i}" for i in range(500)))
    (only,) = chunk(article, max_tokens=max_tokens)
    assert only.heading.split() == [f"w{i}" for i in range(kept)]


def test_a_sentence_over_the_budget_is_cut_at_spaces_and_nothing_is_dropped() -> None:
    text = " ".join(f"w{i}" for i in range(10)) + "."
    passages = chunk(make_article(text, title=""), max_tokens=4)
    assert [piece.text for piece in passages] == ["w0 w1 w2 w3 ", "w4 w5 w6 w7 ", "w8 w9."]


def test_a_giant_word_is_cut_inside_because_tokenizers_call_it_one_token() -> None:
    text = "x" * (3 * MAX_PIECE_CHARS)
    passages = chunk(make_article(text, title=""), max_tokens=200)
    sentences = [sentence for piece in passages for sentence in piece.sentences]
    assert max(sentence.end - sentence.start for sentence in sentences) <= MAX_PIECE_CHARS
    assert "".join(sentence.of(text) for sentence in sentences) == text


@pytest.mark.parametrize(
    ("text", "headings"),
    [("", []), (" \n\t\u00a0", []), ("Rescue", ["Rescue"]), ("A\n\nB\n", ["A", "B"])],
    ids=["empty", "white space", "a heading", "headings"],
)
def test_an_article_without_a_sentence_has_no_passages(text: str, headings: list[str]) -> None:
    assert chunk(make_article(text, headings=headings)) == []


def test_passages_are_not_stored_yet() -> None:
    (only,) = chunk(make_article("One two.", id="x"))
    assert (only.id, only.article_id) == (0, "x")
