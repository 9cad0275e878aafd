"""The bytes that the store keeps of a passage's vectors: its own, and those of its sentences.

The passage's comes first, ``dim`` little-endian float32; search structures are made from it. Then
come its sentences', 4 bits a number, which only tell close candidates apart: each a float16 scale
and ``dim / 2`` bytes. An index made by a model that gives no vectors of sentences has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def similarities(
    question: Vectors, stored: Mapping[int, bytes], *, sentence_share: float
) -> dict[int, float]:
    """Return how similar passages are to a question's vector, ``(dim,)``, by passage id.

    Args:
        question: A unit vector.
        stored: The bytes of each passage.
        sentence_share: What the cosine of its best sentence counts, the rest is the cosine of the
            passage as a whole; that counts all where there are no vectors of sentences.
    """
    if not stored:
        return {}
    width = 4 * len(question)
    own = np.frombuffer(b"".join(data[:width] for data in stored.values()), dtype="<f4")
    cosines = own.reshape(len(stored), -1) @ question
    best = _best_sentences(question, [data[width:] for data in stored.values()])
    blended = np.where(np.isnan(best), cosines, cosines + sentence_share * (best - cosines))
    return dict(zip(stored, blended.tolist(), strict=True))


def _best_sentences(question: Vectors, parts: Sequence[bytes]) -> Vectors:
    """Return the cosine of the best sentence in each part, ``(n,)``; NaN where there is none."""
    best = np.full(len(parts), np.nan, dtype=np.float32)
    there = [number for number, part in enumerate(parts) if part]
    if not there:
        return best
    width = 2 + len(question) // 2
    rows = np.frombuffer(b"".join(parts), dtype=np.uint8).reshape(-1, width)
    scales = rows[:, :2].copy().view("<f2")[:, 0].astype(np.float32)
    halves = rows[:, 2:]
    even, odd = question[0::2], question[1::2]
    products = (halves & 15).astype(np.float32) @ even + (halves >> 4).astype(np.float32) @ odd
    cosines = (products - 8 * question.sum()) * scales
    ends = np.cumsum([len(parts[number]) // width for number in there])
    best[there] = np.maximum.reduceat(cosines, np.concatenate([[0], ends[:-1]]))
    return best
