"""Nearest vectors by FAISS: inner product over unit vectors; a score is a cosine, or near one.

An index is built once and never changed: FAISS dies when it is searched during an add.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import IndexCorrupt, ModelMismatch
from embeddings.quantised import Fetch, Ids, made_index
from embeddings.vectors import Vectors, are_unit_rows

Scores = NDArray[np.float32]

OVERSAMPLED = 2
"""How many times as many are taken from codes as are wanted, to be compared exactly."""


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
        if vectors.ndim != 2 or ids.shape != (len(vectors),):
            raise ValueError(f"ids {ids.shape} and vectors {vectors.shape} do not fit")
        order = np.argsort(ids, kind="stable")
        sorted_ids = ids[order].astype(np.int64)

        def fetch(wanted: Ids) -> tuple[Ids, Vectors]:
            return wanted, vectors[order[np.searchsorted(sorted_ids, wanted)]]

        return cls.gather(ids.astype(np.int64), vectors.shape[1], fetch)

    @classmethod
    def gather(cls, ids: Ids, dim: int, fetch: Fetch) -> DenseIndex:
        """Index the vectors that `fetch` returns, a part of them in memory at a time.

        Small collections are compared exactly, large ones are not; see `embeddings.quantised`.

        Args:
            ids: ``(n,)``, unique.
            dim: Length of the vectors.
            fetch: Ids to those of them that are there, and their vectors, ``(n, dim)`` float32
                unit rows. Asked twice for some.

        Raises:
            ValueError: ids repeat, shapes do not fit, or a row is not of unit length.
        """
        if len(np.unique(ids)) != len(ids):
            raise ValueError("ids repeat")

        def checked(wanted: Ids) -> tuple[Ids, Vectors]:
            there, vectors = fetch(wanted)
            if vectors.shape != (len(there), dim):
                raise ValueError(f"{len(there)} ids and vectors {vectors.shape} do not fit")
            if not are_unit_rows(vectors):
                raise ValueError("a vector is not of unit length")
            return there, np.ascontiguousarray(vectors, dtype=np.float32)

        return cls(made_index(ids, dim, checked))

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

    def write(self, write: Callable[[bytes], object]) -> None:
        """Write the index for `from_bytes`, part by part: a large one is not in memory twice.

        Raises:
            OSError: as `write` does.
        """
        import faiss

        writer = faiss.PyCallbackIOWriter(write)  # type: ignore[attr-defined]
        faiss.write_index(self._index, writer)

    def to_bytes(self) -> bytes:
        """Return the index as bytes for `from_bytes`."""
        parts: list[bytes] = []
        self.write(parts.append)
        return b"".join(parts)

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

        if self.is_exact:
            return np.array(faiss.vector_to_array(self._index.id_map), dtype=np.int64)
        lists = self._index.invlists
        return np.array(faiss.rev_swig_ptr(lists.get_ids(0), lists.list_size(0)), dtype=np.int64)

    @property
    def is_exact(self) -> bool:
        """Whether scores are cosines; else they only tell what may be near."""
        return hasattr(self._index, "id_map")

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
        found = self._index.search(question, most, params=self._parameters(selector))
        scores, ids = (rows[0] for rows in found)
        if self.is_exact and most > k and ids[k] >= 0 and scores[k] == scores[k - 1]:
            # Which of a tie FAISS returns is chance.
            at_least = float(np.nextafter(scores[k], np.float32(-np.inf)))
            found = self._index.range_search(question, at_least, params=self._parameters(selector))
            _, scores, ids = found
        there = ids >= 0  # FAISS fills missing neighbours with id -1
        order = np.lexsort((ids[there], -scores[there]))[:k]
        return ids[there][order], scores[there][order]

    def _parameters(self, selector: Any) -> Any:
        """Return new parameters for one search: FAISS changes them while it searches."""
        import faiss

        if not selector:
            return None
        if self.is_exact:
            return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        return faiss.SearchParametersIVF(sel=selector, nprobe=1)  # type: ignore[call-arg]


def _all_but(ids: Ids) -> Any:
    """Return FAISS's selector of what is not among these ids; None if that is all."""
    import faiss

    return faiss.IDSelectorNot(faiss.IDSelectorBatch(ids)) if len(ids) else None


def _only(ids: Ids) -> Any:
    """Return FAISS's selector of these ids: a bit for each id up to the largest."""
    import faiss

    chosen = np.zeros(int(ids.max(initial=0)) + 1, dtype=bool)
    chosen[ids] = True
    bits: Any = np.packbits(chosen, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg]


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

    @property
    def is_exact(self) -> bool:
        """Whether scores are cosines; else they only tell what may be near."""
        return self.base.is_exact and self.added.is_exact

    @cached_property
    def ids(self) -> Ids:
        """Return the ids that can be found."""
        return np.concatenate([np.setdiff1d(self.base.ids, self.gone), self.added.ids])

    def search(self, vector: Vectors, k: int, *, only: Ids | None = None) -> tuple[Ids, Scores]:
        """Find the `k` vectors nearest to one, as `DenseIndex.search` over all of them would.

        Where the index is not exact, more come, with scores that cannot be compared: the `k`
        nearest are among them, most of the time all.

        Args:
            vector: What to be near to, ``(dim,)``.
            k: How many.
            only: Those of the ids in the index that may be found, if not all.
        """
        selectors = (self._selector, None) if only is None else (_only(only),) * 2
        parts = [
            layer.search(vector, k if layer.is_exact else OVERSAMPLED * k, selector=selector)
            for layer, selector in zip((self.base, self.added), selectors, strict=True)
        ]
        ids, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((ids, -scores))[: max(0, k) if self.is_exact else None]
        return ids[order], scores[order]
