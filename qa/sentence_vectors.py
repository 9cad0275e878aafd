"""The bytes that the store keeps of a passage's vectors: its own, and those of its sentences.

The passage's comes first, ``dim`` little-endian float32; search structures are made from it. Then
come its sentences', 4 bits a number, which only tell close candidates apart: each a float16 scale
and ``dim / 2`` bytes. An index made by a model that gives no vectors of sentences has none.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from embeddings import Vectors

_STEPS = 7
"""A number is one of ``-7 … 7`` steps, kept with 8 added."""


def packed(vector: Vectors, sentences: Vectors) -> bytes:
    """Return the bytes of unit vectors: a passage's, ``(dim,)``, its sentences', ``(n, dim)``."""
    own = vector.astype("<f4").tobytes()
    if not len(sentences) or len(vector) % 2:
        return own
    largest = np.abs(sentences).max(axis=1, keepdims=True)
    steps = np.rint(sentences / largest * _STEPS)
    scales = (1 / np.linalg.norm(steps, axis=1, keepdims=True)).astype(
        "<f2"
    )  # of unit length again
    numbers = (steps + 8).astype(np.uint8)
    halves = numbers[:, 0::2] | (numbers[:, 1::2] << 4)
    return own + np.hstack([scales.view(np.uint8), halves]).tobytes()


def own_vector(data: bytes, dim: int) -> bytes:
    """Return the bytes of the passage's own vector."""
    return data[: 4 * dim]


def best_sentences(question: Vectors, stored: Mapping[int, bytes]) -> dict[int, float]:
    """Return the cosine of each passage's best sentence to a question's vector, ``(dim,)``.

    Passages without sentence vectors are left out.
    """
    dim = len(question)
    width = 2 + dim // 2
    kept = {i: data[4 * dim :] for i, data in stored.items() if len(data) > 4 * dim}
    if not kept:
        return {}
    rows = np.frombuffer(b"".join(kept.values()), dtype=np.uint8).reshape(-1, width)
    scales = rows[:, :2].copy().view("<f2")[:, 0].astype(np.float32)
    halves = rows[:, 2:]
    even, odd = question[0::2], question[1::2]
    products = (halves & 15).astype(np.float32) @ even + (halves >> 4).astype(np.float32) @ odd
    cosines = (products - 8 * question.sum()) * scales
    ends = np.cumsum([len(data) // width for data in kept.values()])
    starts = np.concatenate([[0], ends[:-1]])
    return dict(zip(kept, np.maximum.reduceat(cosines, starts).tolist(), strict=True))
