"""Large collections: vectors as codes, and how much is found of what exact search would."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import embeddings.quantised
from embeddings import DenseIndex, Ids, LayeredDenseIndex, Vectors, recall_at_10
from qa import Assistant, build_index, remove_articles
from qa.sentence_vectors import packed, sentence_vectors
from tests.fakes import HashingPartsEncoder, make_article


def unit_rows(count: int, dim: int = 32, *, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings.quantised, "EXACT_UP_TO", 500)
    monkeypatch.setattr(embeddings.quantised, "CHUNK", 300)


IDS = np.arange(2000, dtype=np.int64) * 3
VECTORS = unit_rows(2000)


def fetch(wanted: Ids) -> tuple[Ids, Vectors]:
    return wanted, VECTORS[wanted // 3]


@pytest.mark.usefixtures("few_are_many")
def test_many_vectors_are_codes_and_always_the_same_ones() -> None:
    index, again = (DenseIndex.gather(IDS, 32, fetch) for _ in range(2))
    assert not index.is_exact
    assert index.ids.tolist() == IDS.tolist()
    assert (len(index), index.dim) == (2000, 32)
    assert index.to_bytes() == again.to_bytes()
    assert len(index.to_bytes()) < DenseIndex.build(IDS[:500], VECTORS[:500]).to_bytes().__len__()
    for vector in unit_rows(20, seed=1):
        ids, scores = index.search(vector, 100)
        assert list(scores) == sorted(scores, reverse=True)
        nearest = IDS[np.argsort(-(VECTORS @ vector))[:10]]
        assert len(set(nearest.tolist()) & set(ids.tolist())) >= 8


@pytest.mark.usefixtures("few_are_many")
def test_codes_survive_being_bytes() -> None:
    index = DenseIndex.gather(IDS, 32, fetch)
    read = DenseIndex.from_bytes(index.to_bytes())
    assert (read.is_exact, read.ids.tolist()) == (False, IDS.tolist())
    for vector in unit_rows(5, seed=2):
        assert read.search(vector, 20)[0].tolist() == index.search(vector, 20)[0].tolist()


@pytest.mark.usefixtures("few_are_many")
@pytest.mark.parametrize("dim", [7, 10, 64])
def test_any_dimension_becomes_codes(dim: int) -> None:
    vectors = unit_rows(600, dim)
    index = DenseIndex.build(np.arange(600), vectors)
    assert not index.is_exact
    found = [number in index.search(vectors[number], 60)[0] for number in range(0, 600, 20)]
    assert np.mean(found) > 0.9


@pytest.mark.usefixtures("few_are_many")
@pytest.mark.parametrize("count", [1000, 100, 12, 3, 0])
def test_codes_are_found_among_some_ids_only(count: int) -> None:
    index = LayeredDenseIndex(
        DenseIndex.gather(IDS, 32, fetch),
        DenseIndex.build(np.array([7000, 7001]), unit_rows(2, seed=9)),
        IDS[:3],
    )
    chosen = [*IDS[3 : 2 + count].tolist(), 7001] if count else []
    only = np.array(chosen, dtype=np.int64)
    for vector in unit_rows(10, seed=3):
        ids, _ = index.search(vector, 10, only=only)
        assert len(ids) >= min(10, len(only))
        assert set(ids.tolist()) <= set(only.tolist())
        best = only[np.argsort(-np.array([_vector(i) @ vector for i in only.tolist()]))[:5]]
        assert len(set(best.tolist()) & set(ids.tolist())) >= min(3, len(only))


def _vector(passage_id: int) -> Vectors:
    added = unit_rows(2, seed=9)
    row = added[passage_id - 7000] if passage_id >= 7000 else VECTORS[passage_id // 3]
    return np.asarray(row)


@pytest.mark.usefixtures("few_are_many")
def test_layers_of_codes_pass_over_what_is_gone() -> None:
    base = DenseIndex.gather(IDS, 32, fetch)
    none = DenseIndex.build(np.zeros(0, dtype=np.int64), unit_rows(0))
    index = LayeredDenseIndex(base, none, IDS[100:200])
    assert not index.is_exact
    for number in range(100, 200, 10):
        ids, _ = index.search(VECTORS[number], 10)
        assert len(ids) >= 10
        assert not set(ids.tolist()) & set(IDS[100:200].tolist())


@pytest.mark.usefixtures("few_are_many")
def test_recall_counts_what_is_found_of_the_ten_nearest() -> None:
    index, questions = DenseIndex.gather(IDS, 32, fetch), unit_rows(40, seed=4)
    nearest = np.argsort(-(questions @ VECTORS.T), axis=1)[:, :10]
    found = [set((index.search(q, 30)[0] // 3).tolist()) for q in questions]
    share = np.mean([len(f & set(n.tolist())) / 10 for f, n in zip(found, nearest, strict=True)])
    assert recall_at_10(index, questions, IDS, fetch, depth=30) == pytest.approx(share)
    assert recall_at_10(index, questions, IDS, fetch, depth=1) <= 0.1
    assert recall_at_10(index, questions[:0], IDS, fetch, depth=30) == 1


def test_an_exact_index_finds_all() -> None:
    index = DenseIndex.gather(IDS, 32, fetch)
    assert index.is_exact
    assert recall_at_10(index, unit_rows(3), IDS, fetch, depth=10) == 1


@pytest.mark.usefixtures("few_are_many")
def test_stats_report_the_recall_of_a_large_index(folder: Path) -> None:
    encoder = HashingPartsEncoder()
    articles = [make_article(f"Ship {n} sank off port {n % 97}.", id=str(n)) for n in range(700)]
    build_index(folder, articles, encoder=encoder)
    with Assistant.open(folder, encoder=encoder, reader="sentence") as assistant:
        before = assistant.stats()
        remove_articles(folder, ["7"])
        after = assistant.stats()
    assert 0.5 < (before.recall_at_10 or 0) <= 1
    assert (after.articles, after.recall_at_10) == (699, before.recall_at_10)  # not made anew


def test_sentences_come_back_from_their_bytes() -> None:
    own, *sentences = unit_rows(4, 384)
    found = sentence_vectors(packed(own, np.array(sentences)), 384)
    assert (found * np.array(sentences)).sum(axis=1) == pytest.approx(np.full(3, 0.94), abs=0.03)
    assert sentence_vectors(packed(own, unit_rows(0, 384)), 384) @ own == pytest.approx(
        [1], abs=1e-3
    )
