"""Question and text to windows: nothing is lost, every token knows its place."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from embeddings import load_encoder
from qa.windows import MAX_QUESTION_TOKENS, Windower, window_starts

TEXT = "Naïve Überfahrt: the gates weigh 940 tonnes — 新闻 🌊 unbelievably so."


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The tokenizer of the encoder that ships."""
    return Tokenizer.from_file(str(load_encoder().folder / "tokenizer.json"))


@pytest.fixture
def windower(tokenizer: Tokenizer) -> Windower:
    return Windower(tokenizer, max_tokens=150, stride=10)


@given(st.integers(0, 500), st.integers(2, 60), st.data())
def test_windows_cover_every_token_and_share_their_stride(
    tokens: int, room: int, data: st.DataObject
) -> None:
    stride = data.draw(st.integers(0, room - 1))
    starts = window_starts(tokens, room, stride)
    covered = {token for start in starts for token in range(start, min(start + room, tokens))}
    assert covered == set(range(tokens))
    assert all(start + room <= tokens for start in starts) or starts == [0]
    assert all(0 < after - before <= room - stride for before, after in pairwise(starts))


def test_a_window_is_what_the_tokenizer_makes_of_a_pair(
    windower: Windower, tokenizer: Tokenizer
) -> None:
    question, text = windower.tokenize(["Who weighs?", TEXT])
    (window,) = windower.windows(question, text)
    pair = tokenizer.encode("Who weighs?", TEXT)
    assert window.input_ids.tolist() == pair.ids
    assert window.type_ids.tolist() == pair.type_ids
    assert len(window) == len(pair.ids)


def test_a_token_knows_its_place_in_the_text(windower: Windower, tokenizer: Tokenizer) -> None:
    question, text = windower.tokenize(["Who?", TEXT])
    (window,) = windower.windows(question, text)
    places = zip(window.starts, window.ends, strict=True)
    words = [TEXT[start:end] for start, end in places]
    assert words[:3] == ["Na", "ï", "ve"] or words[0].startswith("Na")
    assert "gates" in words
    assert "🌊" in words
    for at, word in enumerate(words):
        token = tokenizer.id_to_token(int(window.input_ids[window.text_at + at])) or ""
        if token.isascii() and token.isalpha() and word.isascii():
            assert token == word.lower()


def test_a_span_may_open_and_close_only_where_words_do(windower: Windower) -> None:
    _, text = windower.tokenize(["Who?", "unbelievableness, 新闻."])
    pieces = [(bool(o), bool(c)) for o, c in zip(text.opens, text.closes, strict=True)]
    words = sum(opens for opens, _ in pieces)
    assert words == sum(closes for _, closes in pieces) == 5  # the word, comma, two signs, stop
    assert pieces[0][0]
    assert not pieces[0][1]


def test_a_long_text_is_read_through_overlapping_windows(windower: Windower) -> None:
    long = "The gates weigh 940 tonnes each. " * 60
    question, text = windower.tokenize(["How heavy are the gates?", long])
    windows = windower.windows(question, text)
    assert len(windows) > 3
    assert all(len(window) == 150 for window in windows)
    assert windows[0].starts[0] == 0
    assert windows[-1].ends[-1] == len(long.rstrip())
    for before, after in pairwise(windows):
        assert after.starts[0] < before.ends[-1]


def test_a_long_question_keeps_both_its_ends_and_leaves_room_for_the_text(
    windower: Windower,
) -> None:
    long = " ".join(f"why{number}" for number in range(100))
    question, text = windower.tokenize([long, "Because."])
    (window,) = windower.windows(question, text)
    assert window.text_at == MAX_QUESTION_TOKENS + 2
    shown, half = window.input_ids[1 : window.text_at - 1], MAX_QUESTION_TOKENS // 2
    assert shown.tolist() == [*question.ids[:half], *question.ids[-half:]]
    assert len(window.starts) == 2


def test_a_text_without_tokens_gives_no_window(windower: Windower) -> None:
    question, text = windower.tokenize(["Who?", " \n "])
    assert windower.windows(question, text) == []


def test_windows_too_small_for_their_overlap_are_refused(tokenizer: Tokenizer) -> None:
    with pytest.raises(ValueError, match="cannot overlap"):
        Windower(tokenizer, max_tokens=160, stride=40)


def test_special_tokens_of_another_kind_of_model_are_taken_from_its_tokenizer() -> None:
    words = {"<s>": 0, "</s>": 1, "<unk>": 2, "who": 3, "paid": 4, "nobody": 5}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
    windower = Windower(tokenizer, max_tokens=150, stride=10)
    question, text = windower.tokenize(["Who paid", "Nobody paid"])
    (window,) = windower.windows(question, text)
    assert window.input_ids.tolist() == [0, 3, 4, 1, 1, 5, 4, 1]
    assert window.text_at == 5
    assert np.array_equal(window.type_ids, np.zeros(8))


def test_a_token_that_covers_nothing_neither_opens_nor_closes_a_span() -> None:
    """Byte-level tokenizers make one of every second blank; a span of it would be empty."""
    tokenizer = Tokenizer(models.BPE({"<unk>": 0, "</s>": 1, "<s>": 2, "Ġ": 3, "a": 4, "b": 5}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 2))
    (text,) = Windower(tokenizer, max_tokens=150, stride=10).tokenize(["a   a"])
    assert (text.ends <= text.starts).any()
    assert not (text.opens & (text.ends <= text.starts)).any()
    assert not (text.closes & (text.ends <= text.starts)).any()


def test_a_tokenizer_without_special_tokens_is_refused() -> None:
    tokenizer = Tokenizer(models.WordLevel({"<unk>": 0}, unk_token="<unk>"))
    with pytest.raises(ValueError, match="special tokens"):
        Windower(tokenizer)
