"""How much an index that is not exact finds of what exact search would."""

from __future__ import annotations

import numpy as np

from embeddings.dense import DenseIndex
from embeddings.quantised import CHUNK, Fetch, Ids
from embeddings.vectors import Vectors

NEAREST = 10


def recall_at_10(
    index: DenseIndex, questions: Vectors, ids: Ids, fetch: Fetch, *, depth: int
) -> float:
    """Return the share of the ten nearest vectors that are among the first `depth` found.

    All that is found is compared exactly afterwards, so what counts is whether it is found at all.

    Args:
        index: Made from the vectors that `fetch` returns.
        questions: Unit rows, ``(n, dim)``.
        ids: What the index holds.
        fetch: Ids to those of them that are there, and their vectors.
        depth: How many are looked up.
    """
    if index.is_exact or not len(questions):
        return 1.0
    nearest_ids = np.zeros((len(questions), 0), dtype=np.int64)
    nearest_scores = np.zeros((len(questions), 0), dtype=np.float32)
    for at in range(0, len(ids), CHUNK):
        there, vectors = fetch(ids[at : at + CHUNK])
        scores = np.hstack([nearest_scores, questions @ vectors.T])
        known = np.hstack([nearest_ids, np.broadcast_to(there, (len(questions), len(there)))])
        best = np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]
        nearest_scores = np.take_along_axis(scores, best, axis=1)
        nearest_ids = np.take_along_axis(known, best, axis=1)
    found = [index.search(question, depth)[0] for question in questions]
    shares = [np.isin(*pair).mean() for pair in zip(nearest_ids, found, strict=True)]
    return float(np.mean(shares))
