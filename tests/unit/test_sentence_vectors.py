"""Vectors to the bytes that the store keeps, and what can be read off them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Vectors
from qa.sentence_vectors import compared, own_vectors, packed


def similar(
    question: Vectors, stored: dict[int, bytes], *, sentence_share: float
) -> dict[int, float]:
    found = compared(question, stored, sentence_share=sentence_share)
    return {passage_id: likeness.similarity for passage_id, likeness in found.items()}


def unit_rows(count: int, dim: int = 384, *, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_a_passages_own_vector_is_kept_in_8_bits_a_number_and_of_unit_length() -> None:
    own, *rest = unit_rows(4)
    data = packed(own, np.array(rest))
    (found,) = own_vectors([data], 384)
    assert found @ own > 0.9999
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-6)
    assert len(data) == 384 + 3 * (4 + 96)


def near(own: Vectors, count: int, *, seed: int) -> Vectors:
    """Return unit rows as a passage's sentences are to it: at a cosine of about 0.85."""
    rows = own + 0.6 * unit_rows(count, len(own), seed=seed)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@given(seed=st.integers(0, 999))
def test_sentences_are_told_apart_within_the_rounding(seed: int) -> None:
    question, own = unit_rows(2, seed=seed)
    for sentence in near(own, 3, seed=seed + 1):
        stored = {1: packed(own, sentence[None])}
        found = similar(question, stored, sentence_share=1)
        assert found[1] == pytest.approx(float(sentence @ question), abs=0.05)


@given(counts=st.lists(st.integers(0, 5), min_size=1, max_size=6), seed=st.integers(0, 99))
def test_the_best_sentence_is_found_within_the_rounding(counts: list[int], seed: int) -> None:
    rows = unit_rows(sum(counts) + 1, seed=seed)
    question, rest = rows[0], rows[1:]
    ends = np.cumsum(counts)
    passages = [rest[end - count : end] for count, end in zip(counts, ends, strict=True)]
    stored = {7 * n: packed(question, sentences) for n, sentences in enumerate(passages)}
    found = similar(question, stored, sentence_share=1)
    assert list(found) == list(stored)
    for number, sentences in enumerate(passages):
        best = (sentences @ question).max() if len(sentences) else 1  # the passage's own
        assert found[7 * number] == pytest.approx(best, abs=0.08)


def test_a_sentence_that_is_the_question_is_at_one() -> None:
    (question,) = unit_rows(1)
    stored = {3: packed(question, question[None])}
    assert similar(question, stored, sentence_share=1) == {3: pytest.approx(1, abs=0.02)}


@given(share=st.floats(0, 1), seed=st.integers(0, 99))
def test_passage_and_best_sentence_are_averaged(share: float, seed: int) -> None:
    question, own, *sentences = unit_rows(5, seed=seed)
    stored = {1: packed(own, np.array(sentences))}
    best = max(sentence @ question for sentence in sentences)
    expected = share * best + (1 - share) * (own @ question)
    found = similar(question, stored, sentence_share=share)
    assert found == {1: pytest.approx(expected, abs=0.08)}


def test_where_a_model_gives_no_sentences_passages_are_compared() -> None:
    own, other = unit_rows(2)
    stored = {1: packed(other, unit_rows(0))}
    found = similar(own, stored, sentence_share=0.7)
    assert found == {1: pytest.approx(float(own @ other), abs=0.002)}
    assert similar(own, {}, sentence_share=0.7) == {}


@pytest.mark.parametrize("dim", [7, 9, 10, 12])
def test_any_number_of_dimensions_is_kept(dim: int) -> None:
    own, *sentences = unit_rows(3, dim)
    data = packed(own, np.array(sentences))
    assert len(data) == dim + 2 * (4 + -(-dim // 4))
    assert own_vectors([data, data], dim).shape == (2, dim)
    found = similar(own, {5: data}, sentence_share=0)
    assert found == {5: pytest.approx(1, abs=0.01)}


def test_a_sentence_that_is_the_whole_passage_has_no_rest() -> None:
    own, question = unit_rows(2)
    found = similar(question, {1: packed(own, own[None])}, sentence_share=1)
    assert found == {1: pytest.approx(float(own @ question), abs=0.01)}
