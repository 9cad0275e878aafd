"""Nearest vectors, against numpy as the oracle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus import IndexCorrupt, ModelMismatch
from embeddings import DenseIndex, Ids, LayeredDenseIndex, Vectors


def unit_rows(n: int, dim: int = 16, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def shuffled_ids(n: int) -> Ids:
    return np.random.default_rng(1).permutation(n).astype(np.int64) + 100


@pytest.mark.parametrize("k", [1, 7, 120, 300, 1000])
def test_search_finds_what_numpy_finds(k: int) -> None:
    ids, vectors, question = shuffled_ids(300), unit_rows(300), unit_rows(1, seed=2)[0]
    found, scores = DenseIndex.build(ids, vectors).search(question, k)
    cosines = vectors @ question
    best = np.argsort(-cosines)[:k]
    assert found.tolist() == ids[best].tolist()
    np.testing.assert_allclose(scores, cosines[best], atol=1e-6)


@pytest.mark.parametrize("k", [1, 3, 150], ids=["one", "few", "many"])
def test_equal_scores_come_by_lower_id_also_where_the_list_ends(k: int) -> None:
    same = np.repeat(unit_rows(1), 400, axis=0)
    ids = shuffled_ids(400)
    found, scores = DenseIndex.build(ids, same).search(same[0], k)
    assert found.tolist() == sorted(ids.tolist())[:k]
    assert len(scores) == k


def test_a_tie_behind_the_best_does_not_push_the_best_out() -> None:
    vectors = np.repeat(unit_rows(2), [1, 200], axis=0)
    found, _ = DenseIndex.build(np.arange(200, -1, -1), vectors).search(vectors[0], 3)
    assert found.tolist() == [200, 0, 1]


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_nothing_gives_nothing(k: int) -> None:
    ids, scores = DenseIndex.build(np.arange(3), unit_rows(3)).search(unit_rows(1)[0], k)
    assert (len(ids), len(scores)) == (0, 0)


def test_an_empty_index_finds_nothing() -> None:
    empty = DenseIndex.build(np.zeros(0, dtype=np.int64), unit_rows(0))
    ids, scores = DenseIndex.from_bytes(empty.to_bytes()).search(unit_rows(1)[0], 5)
    assert (len(empty), len(ids), len(scores)) == (0, 0, 0)


@pytest.mark.parametrize("k", [0, 1, 5, 60, 99])
def test_layers_are_searched_like_one_index_of_all_that_is_left(k: int) -> None:
    ids, vectors, question = np.arange(70), unit_rows(70), unit_rows(1, seed=2)[0]
    gone = ids[5:50:3]
    left = np.setdiff1d(ids, gone)
    layered = LayeredDenseIndex(
        DenseIndex.build(ids[:50], vectors[:50]), DenseIndex.build(ids[50:], vectors[50:]), gone
    )
    whole = DenseIndex.build(left, vectors[left])
    assert (len(layered), layered.dim) == (len(whole), 16)
    assert sorted(layered.ids) == left.tolist()
    (found, scores), (expected, their_scores) = (
        layered.search(question, k),
        whole.search(question, k),
    )
    assert found.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, their_scores, atol=1e-6)


def test_ties_over_layers_go_by_id_and_pass_over_what_is_gone() -> None:
    same = np.repeat(unit_rows(1), 12, axis=0)
    layered = LayeredDenseIndex(
        DenseIndex.build(np.arange(10), same[:10]),
        DenseIndex.build(np.arange(10, 12), same[10:]),
        np.arange(8),
    )
    assert layered.search(same[0], 3)[0].tolist() == [8, 9, 10]


def test_an_index_survives_being_bytes() -> None:
    ids, vectors, question = shuffled_ids(300), unit_rows(300), unit_rows(1, seed=2)[0]
    built = DenseIndex.build(ids, vectors)
    read = DenseIndex.from_bytes(built.to_bytes())
    assert (len(read), read.dim) == (300, 16)
    assert read.ids.tolist() == ids.tolist()
    assert read.search(question, 9)[0].tolist() == built.search(question, 9)[0].tolist()


@pytest.mark.parametrize(
    ("ids", "vectors"),
    [
        (np.arange(3), unit_rows(4)),
        (np.array([1, 2, 1]), unit_rows(3)),
        (np.arange(3), unit_rows(3) * 2),
        (np.arange(3), unit_rows(3) * np.float32("nan")),
        (np.arange(16), unit_rows(1)[0]),
    ],
    ids=["one id too few", "an id twice", "not of unit length", "not a number", "not a matrix"],
)
def test_what_cannot_be_an_index_is_refused(ids: Ids, vectors: Vectors) -> None:
    with pytest.raises(ValueError, match=r"do not fit|unit length|ids repeat"):
        DenseIndex.build(ids, vectors)


@pytest.mark.parametrize("dim", [15, 17])
def test_a_question_of_another_dimension_is_another_model(dim: int) -> None:
    index = DenseIndex.build(np.arange(3), unit_rows(3))
    with pytest.raises(ModelMismatch, match="16 dimensions"):
        index.search(unit_rows(1, dim=dim)[0], 1)


@pytest.mark.parametrize(
    "data", [b"", b"garbage", b"IxM2" + b"\xff" * 60], ids=["empty", "garbage", "a header"]
)
def test_bytes_that_are_no_index_are_reported(data: bytes) -> None:
    with pytest.raises(IndexCorrupt, match="cannot be read"):
        DenseIndex.from_bytes(data)


def test_layers_are_searched_by_many_threads_at_once() -> None:
    """FAISS changes the parameters that it is given: shared ones killed the process."""
    ids, vectors = np.arange(2000), unit_rows(2000)
    gone = ids[::3]
    layered = LayeredDenseIndex(
        DenseIndex.build(ids, vectors), DenseIndex.build(ids[:0], vectors[:0]), gone
    )
    expected = layered.search(vectors[1], 50)[0].tolist()

    def search(_: int) -> list[int]:
        found: list[int] = layered.search(vectors[1], 50)[0].tolist()
        return found

    with ThreadPoolExecutor(4) as threads:
        assert all(found == expected for found in threads.map(search, range(2000)))
