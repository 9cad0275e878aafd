"""Large collections: inverted lists, and how much they find of what exact search would."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import embeddings.inverted
from embeddings import DenseIndex, Ids, LayeredDenseIndex, Vectors, recall_at_10
from embeddings.inverted import centroids, probes
from qa import Assistant, build_index, remove_articles
from qa.sentence_vectors import packed, sentence_vectors
from tests.fakes import HashingPartsEncoder, make_article


def unit_rows(count: int, dim: int = 32, *, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings.inverted, "EXACT_UP_TO", 500)
    monkeypatch.setattr(embeddings.inverted, "CHUNK", 300)


IDS = np.arange(2000, dtype=np.int64) * 3
VECTORS = unit_rows(2000)


def fetch(wanted: Ids) -> tuple[Ids, Vectors]:
    return wanted, VECTORS[wanted // 3]


@pytest.mark.usefixtures("few_are_many")
def test_many_vectors_are_searched_by_lists_and_always_the_same_way() -> None:
    index, again = (DenseIndex.gather(IDS, 32, fetch) for _ in range(2))
    assert not index.is_exact
    assert index.ids.tolist() == IDS.tolist()
    assert (len(index), index.dim) == (2000, 32)
    for vector in unit_rows(20, seed=1):
        ids, scores = index.search(vector, 10)
        assert list(scores) == sorted(scores, reverse=True)
        assert np.abs(VECTORS[ids // 3] @ vector - scores).max() < 0.02
        assert again.search(vector, 10)[0].tolist() == ids.tolist()


@pytest.mark.usefixtures("few_are_many")
def test_lists_survive_being_bytes() -> None:
    index = DenseIndex.gather(IDS, 32, fetch)
    read = DenseIndex.from_bytes(index.to_bytes())
    for vector in unit_rows(5, seed=2):
        assert read.search(vector, 20)[0].tolist() == index.search(vector, 20)[0].tolist()


@pytest.mark.usefixtures("few_are_many")
@pytest.mark.parametrize("share", [0.5, 0.05, 0.005])
def test_the_fewer_may_be_found_the_more_lists_are_looked_at(share: float) -> None:
    index = LayeredDenseIndex(
        DenseIndex.gather(IDS, 32, fetch),
        DenseIndex.build(np.zeros(0, dtype=np.int64), unit_rows(0)),
        np.zeros(0, dtype=np.int64),
    )
    only = IDS[: round(share * len(IDS))]
    for vector in unit_rows(10, seed=3):
        ids, _ = index.search(vector, 10, only=only)
        assert len(ids) == 10
        assert set(ids.tolist()) <= set(only.tolist())
        if share < 0.1:  # then every list is looked at
            best = only[np.argsort(-(VECTORS[only // 3] @ vector))[:5]]
            assert set(best.tolist()) <= set(index.search(vector, 20, only=only)[0].tolist())


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


def test_lists_grow_slower_than_the_collection_and_enough_are_looked_at() -> None:
    assert centroids(1_000_000) < 10 * centroids(100_000)
    assert [probes(centroids(n)) / centroids(n) >= 0.13 for n in (60_000, 10**6)] == [True, True]


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
