"""FAISS structures by the number of vectors: when each pays, and how it is made.

Up to `EXACT_UP_TO` vectors every one is compared as it is. Above, every one is still compared, but
by a code of 2 bits a number (product quantisation, four bits for each two numbers, read in SIMD
registers), and the best are compared exactly afterwards. Of a million that takes a few
milliseconds, a thirteenth of the memory, and finds more than inverted lists do in the same time,
most of all where a question is near to passages of many kinds (docs/benchmarks.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.vectors import Vectors

Ids = NDArray[np.int64]
Fetch = Callable[[Ids], tuple[Ids, Vectors]]
"""Ids to those of them that are there, and their unit vectors in the same order."""

EXACT_UP_TO = 20_000
"""Comparing exactly with all of so many takes a millisecond; with all of a million, fifty."""

CHUNK = 20_000
"""Vectors in memory at a time while a structure is made, and what codes are learned from."""

_SEED = 1


def made_index(ids: Ids, dim: int, fetch: Fetch) -> Any:
    """Return a FAISS index of the vectors of these ids, exact or not by their number."""
    import faiss

    if len(ids) <= EXACT_UP_TO:
        index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
    else:
        index = _trained(ids, dim, fetch)
    for at in range(0, len(ids), CHUNK):
        there, vectors = fetch(ids[at : at + CHUNK])
        index.add_with_ids(vectors, there)
    return index


def _trained(ids: Ids, dim: int, fetch: Fetch) -> Any:
    import faiss

    parts = dim if dim % 2 else dim // 2
    # One list holds all: unlike FAISS's index without lists, it can be asked for some ids only.
    index: Any = faiss.index_factory(dim, f"IVF1,PQ{parts}x4fs", faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = index.pq.cp.seed = _SEED
    index.cp.min_points_per_centroid = index.pq.cp.min_points_per_centroid = 1
    rng = np.random.default_rng(_SEED)
    sample = np.sort(rng.choice(ids, size=min(len(ids), CHUNK), replace=False))
    index.train(fetch(sample)[1])
    return index
