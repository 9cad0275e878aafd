"""From the vectors in the store to an index of them, and how well that finds them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus import ArticleStore
from embeddings import OVERSAMPLED, DenseIndex, Ids, Vectors, recall_at_10
from qa.sentence_vectors import own_vectors, sentence_vectors
from qa.settings import Settings

SAMPLED = 200
"""Sentences that stand for questions."""


def dense_index(store: ArticleStore, ids: Sequence[int], dim: int) -> DenseIndex:
    """Index the vectors of these passages.

    Raises:
        IndexCorrupt: a vector is not what was indexed.
    """
    return DenseIndex.gather(as_ids(ids), dim, lambda wanted: _stored(store, wanted, dim))


def recall_of(store: ArticleStore, index: DenseIndex) -> float:
    """Return which share of a sentence's ten nearest passages the index finds, on a sample."""
    if index.is_exact:
        return 1.0
    size = min(SAMPLED, len(index))
    sampled = np.random.default_rng(0).choice(index.ids, size=size, replace=False)
    return recall_at_10(
        index,
        np.concatenate(
            [sentence_vectors(data, index.dim)[:1] for _, data in store.vectors(sampled.tolist())]
        ),
        index.ids,
        lambda wanted: _stored(store, wanted, index.dim),
        depth=OVERSAMPLED * Settings().search_depth,
    )


def as_ids(ids: Sequence[int]) -> Ids:
    """Return ids as an array."""
    return np.array(ids, dtype=np.int64)


def _stored(store: ArticleStore, wanted: Ids, dim: int) -> tuple[Ids, Vectors]:
    # Another process may have deleted some of them since.
    stored = dict(store.vectors(wanted.tolist()))
    return as_ids(list(stored)), own_vectors(list(stored.values()), dim)
