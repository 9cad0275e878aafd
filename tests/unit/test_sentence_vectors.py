"""Vectors to the bytes that the store keeps, and what can be read off them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Vectors
from qa.sentence_vectors import own_vector, packed, similarities


def unit_rows(count: int, dim: int = 384, *, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_a_passages_own_vector_is_kept_as_it_is() -> None:
    own, *rest = unit_rows(4)
    data = packed(own, np.array(rest))
    assert own_vector(data, 384) == own.astype("<f4").tobytes()
    assert len(data) == 4 * 384 + 3 * (2 + 192)


@given(counts=st.lists(st.integers(0, 5), min_size=1, max_size=6), seed=st.integers(0, 99))
def test_the_best_sentence_is_found_within_the_rounding(counts: list[int], seed: int) -> None:
    rows = unit_rows(sum(counts) + 1, seed=seed)
    question, rest = rows[0], rows[1:]
    ends = np.cumsum(counts)
    passages = [rest[end - count : end] for count, end in zip(counts, ends, strict=True)]
    stored = {7 * n: packed(question, sentences) for n, sentences in enumerate(passages)}
    found = similarities(question, stored, sentence_share=1)
    assert list(found) == list(stored)
    for number, sentences in enumerate(passages):
        best = (sentences @ question).max() if len(sentences) else 1  # the passage's own
        assert found[7 * number] == pytest.approx(best, abs=0.03)


def test_a_sentence_that_is_the_question_is_at_one() -> None:
    (question,) = unit_rows(1)
    stored = {3: packed(question, question[None])}
    assert similarities(question, stored, sentence_share=1) == {3: pytest.approx(1, abs=0.02)}


@given(share=st.floats(0, 1), seed=st.integers(0, 99))
def test_passage_and_best_sentence_are_averaged(share: float, seed: int) -> None:
    question, own, *sentences = unit_rows(5, seed=seed)
    stored = {1: packed(own, np.array(sentences))}
    best = max(sentence @ question for sentence in sentences)
    expected = share * best + (1 - share) * (own @ question)
    found = similarities(question, stored, sentence_share=share)
    assert found == {1: pytest.approx(expected, abs=0.03)}


def test_where_a_model_gives_no_sentences_passages_are_compared() -> None:
    own, other = unit_rows(2)
    stored = {1: packed(other, unit_rows(0))}
    found = similarities(own, stored, sentence_share=0.7)
    assert found == {1: pytest.approx(float(own @ other), abs=1e-6)}
    assert similarities(own, {}, sentence_share=0.7) == {}


def test_an_odd_number_of_dimensions_is_kept_without_sentences() -> None:
    rows = unit_rows(3, dim=7)
    data = packed(rows[0], rows[1:])
    assert data == rows[0].astype("<f4").tobytes()
