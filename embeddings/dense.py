"""Nearest vectors by FAISS: exact inner product over unit vectors, so a score is a cosine.

An index is built once and never changed: FAISS dies when it is searched during an add.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import IndexCorrupt, ModelMismatch
from embeddings.vectors import Vectors, are_unit_rows

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]


class DenseIndex:
    """An immutable set of (id, unit vector) pairs that can be searched and stored as bytes."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> DenseIndex:
        """Index `vectors`, ``(n, dim)`` float32 unit rows, under unique `ids`, ``(n,)``.

        Raises:
            ValueError: shapes do not fit, ids repeat, or a row is not of unit length.
        """
        import faiss

        if vectors.ndim != 2 or ids.shape != (len(vectors),) or len(np.unique(ids)) != len(ids):
            raise ValueError(
                f"ids {ids.shape} and vectors {vectors.shape} do not fit or ids repeat"
            )
        if not are_unit_rows(vectors):
            raise ValueError("a vector is not of unit length")
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids.astype(np.int64))
        return cls(index)

    @classmethod
    def from_bytes(cls, data: bytes) -> DenseIndex:
        """Read what `to_bytes` wrote. The caller has checked the digest: FAISS detects little.

        Raises:
            IndexCorrupt: FAISS cannot read the bytes.
        """
        import faiss

        try:
            return cls(faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8)))
        except RuntimeError as error:
            raise IndexCorrupt(f"the FAISS bytes cannot be read: {error}") from error

    def to_bytes(self) -> bytes:
        """Return the index as bytes for `from_bytes`."""
        import faiss

        return bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Length of the vectors."""
        return int(self._index.d)

    @cached_property
    def ids(self) -> Ids:
        """Return all ids, in the order they were indexed."""
        import faiss

        return np.array(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def search(self, vector: Vectors, k: int, *, selector: Any = None) -> tuple[Ids, Scores]:
        """Find the `k` vectors nearest to one, ``(dim,)``.

        Args:
            vector: What to be near to.
            k: How many.
            selector: FAISS's, if not all shall be found.

        Returns:
            Ids and cosines, best first, equal scores by lower id; shorter than `k` if the index is.

        Raises:
            ModelMismatch: the vector's length is not the index's.
        """
        if vector.shape != (self.dim,):
            raise ModelMismatch(f"the index has {self.dim} dimensions, the question {vector.shape}")
        if not len(self) or k < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        question = np.ascontiguousarray(vector[None], dtype=np.float32)
        most = min(k + 1, len(self))
        found = self._index.search(question, most, params=_parameters(selector))
        scores, ids = (rows[0] for rows in found)
        if most > k and ids[k] >= 0 and scores[k] == scores[k - 1]:
            # Which of a tie FAISS returns is chance.
            at_least = float(np.nextafter(scores[k], np.float32(-np.inf)))
            found = self._index.range_search(question, at_least, params=_parameters(selector))
            _, scores, ids = found
        there = ids >= 0  # FAISS fills missing neighbours with id -1
        order = np.lexsort((ids[there], -scores[there]))[:k]
        return ids[there][order], scores[there][order]


def _all_but(ids: Ids) -> Any:
    """Return FAISS's selector of what is not among these ids; None if that is all."""
    import faiss

    return faiss.IDSelectorNot(faiss.IDSelectorBatch(ids)) if len(ids) else None


def _parameters(selector: Any) -> Any:
    """Return new parameters for one search: FAISS changes them while it searches."""
    import faiss

    return faiss.SearchParameters(sel=selector) if selector else None  # type: ignore[call-arg]


class LayeredDenseIndex:
    """A large index that stays as it is, and over it what has come and gone since. Immutable."""

    def __init__(self, base: DenseIndex, added: DenseIndex, gone: Ids) -> None:
        """Lay `added` over `base` and pass over the ids `gone`, which are all in `base`."""
        self.base = base
        self.added = added
        self.gone = gone
        self._selector = _all_but(gone)

    def __len__(self) -> int:
        return len(self.base) + len(self.added) - len(self.gone)

    @property
    def dim(self) -> int:
        """Length of the vectors."""
        return self.base.dim

    @cached_property
    def ids(self) -> Ids:
        """Return the ids that can be found."""
        return np.concatenate([np.setdiff1d(self.base.ids, self.gone), self.added.ids])

    def search(self, vector: Vectors, k: int) -> tuple[Ids, Scores]:
        """Find the `k` vectors nearest to one, as `DenseIndex.search` over all of them would."""
        layers = [
            self.base.search(vector, k, selector=self._selector),
            self.added.search(vector, k),
        ]
        ids, scores = (np.concatenate(parts) for parts in zip(*layers, strict=True))
        order = np.lexsort((ids, -scores))[: max(0, k)]
        return ids[order], scores[order]
