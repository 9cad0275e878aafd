"""FAISS structures by the number of vectors: when each pays, and how it is made.

Up to `EXACT_UP_TO` vectors every one is compared, which takes a few milliseconds. Above, vectors
are kept in 8 bits a number, in lists around centroids, and only the lists nearest to a question
are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.vectors import Vectors

Ids = NDArray[np.int64]
Fetch = Callable[[Ids], tuple[Ids, Vectors]]
"""Ids to those of them that are there, and their unit vectors in the same order."""

EXACT_UP_TO = 50_000
"""Comparing with all of so many takes about as long as encoding the question (bench.scale)."""

PROBED_SHARE = 0.13

_TRAINED_ON = 40
"""Vectors for each centroid; FAISS asks for 39."""

CHUNK = 20_000
"""Vectors in memory at a time while a structure is made."""

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

    lists = centroids(len(ids))
    index: Any = faiss.index_factory(dim, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = _SEED
    index.cp.spherical = True
    rng = np.random.default_rng(_SEED)
    sample = np.sort(rng.choice(ids, size=min(len(ids), _TRAINED_ON * lists), replace=False))
    index.train(fetch(sample)[1])
    index.nprobe = probes(lists)
    return index


def centroids(count: int) -> int:
    """Return how many lists so many vectors are put into.

    >>> centroids(1_000_000)
    4000
    """
    return int(4 * math.sqrt(count))


def probes(lists: int) -> int:
    """Return how many lists are looked at: so many keep recall@10 above 0.98 (bench.scale).

    >>> probes(4000)
    520
    """
    return max(16, math.ceil(PROBED_SHARE * lists))
