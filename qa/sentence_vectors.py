"""The bytes that the store keeps of a passage's vectors: its own, and those of its sentences.

The passage's comes first, 8 bits a number: ``dim`` signed bytes, to be scaled to unit length. Then
come its sentences', each kept as what sets it apart from the passage: two float16 weights, of the
passage's vector and of the rest, and the rest in 2 bits a number. That halves what 4 bits of the
whole would take, and finds the same (training/runs.md). An index made by a model that gives no
vectors of sentences has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings import Vectors

_STEPS = 127
"""A number of a passage's vector is one of ``-127 … 127`` steps."""

_STEP = 0.9957
"""Of a normal distribution's deviation, the step that loses least with four levels."""

_MIDDLE = 1.5
"""A number of a sentence's rest is 0 … 3; this is zero."""


def packed(vector: Vectors, sentences: Vectors) -> bytes:
    """Return the bytes of unit vectors: a passage's, ``(dim,)``, its sentences', ``(n, dim)``."""
    steps = np.rint(vector / np.abs(vector).max() * _STEPS).astype(np.int8)
    own: bytes = steps.tobytes()
    if not len(sentences):
        return own
    shares = sentences @ vector
    rest = sentences - shares[:, None] * vector
    deviations = np.maximum(rest.std(axis=1, keepdims=True), 1e-12)
    numbers = np.clip(np.floor(rest / (deviations * _STEP)) + 2, 0, 3)
    levels = numbers - _MIDDLE
    weights = (levels * rest).sum(axis=1) / (levels * levels).sum(axis=1)
    scales = np.stack([shares, weights], axis=1).astype("<f2")
    rows = np.hstack([scales.view(np.uint8), _in_bytes(numbers)])
    return own + bytes(rows.tobytes())


def _in_bytes(numbers: Vectors) -> NDArray[np.uint8]:
    """Put four numbers of 0 … 3 into a byte, the first lowest; ``(n, dim)`` to ``(n, ⌈dim/4⌉)``."""
    filled = np.pad(numbers.astype(np.uint8), ((0, 0), (0, -numbers.shape[1] % 4)))
    fours = filled.reshape(len(filled), -1, 4) << np.array([0, 2, 4, 6], dtype=np.uint8)
    return np.asarray(np.bitwise_or.reduce(fours, axis=2), dtype=np.uint8)


def own_vectors(stored: Sequence[bytes], dim: int) -> Vectors:
    """Return the passages' own vectors, ``(n, dim)``, unit rows."""
    data = b"".join(one[:dim] for one in stored)
    rows = np.frombuffer(data, dtype=np.int8).reshape(-1, dim).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def sentence_vectors(stored: bytes, dim: int) -> Vectors:
    """Return the vectors of a passage's sentences, ``(n, dim)``, unit rows; its own if none."""
    own = own_vectors([stored], dim)
    rows = np.frombuffer(stored[dim:], dtype=np.uint8).reshape(-1, 4 + -(-dim // 4))
    if not len(rows):
        return own
    scales = rows[:, :4].copy().view("<f2").astype(np.float32)
    numbers = rows[:, 4:, None] >> np.array([0, 2, 4, 6], dtype=np.uint8) & 3
    rest = numbers.reshape(len(rows), -1)[:, :dim] - _MIDDLE
    found = scales[:, :1] * own + scales[:, 1:] * rest
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How like a question a passage is.

    `cosine` is of the passage as a whole; `similarity` counts its best sentence, too.
    `best_sentence` is the number of that sentence in the passage, None where there are no vectors
    of sentences.
    """

    cosine: float
    similarity: float
    best_sentence: int | None


def compared(
    question: Vectors, stored: Mapping[int, bytes], *, sentence_share: float
) -> dict[int, Likeness]:
    """Return how like a question's vector, ``(dim,)``, passages are, by id.

    Args:
        question: A unit vector.
        stored: The bytes of each passage.
        sentence_share: What the cosine of its best sentence counts, the rest is the cosine of the
            passage as a whole; that counts all where there are no vectors of sentences.
    """
    if not stored:
        return {}
    dim = len(question)
    cosines = own_vectors(list(stored.values()), dim) @ question
    of_sentences = _of_sentences(question, cosines, [data[dim:] for data in stored.values()])
    found = {}
    for number, passage_id in enumerate(stored):
        cosine, own = float(cosines[number]), of_sentences[number]
        best = int(own.argmax()) if len(own) else None
        most = float(own[best]) if best is not None else cosine
        found[passage_id] = Likeness(
            cosine=cosine,
            similarity=cosine + sentence_share * (most - cosine),
            best_sentence=best,
        )
    return found


def _of_sentences(question: Vectors, cosines: Vectors, parts: Sequence[bytes]) -> list[Vectors]:
    """Return the cosines of each part's sentences, ``(sentences,)`` each.

    Args:
        question: ``(dim,)``.
        cosines: Of the question and each passage, ``(n,)``.
        parts: The bytes of each passage's sentences.
    """
    width = 4 + -(-len(question) // 4)
    counts = np.array([len(part) // width for part in parts])
    rows = np.frombuffer(b"".join(parts), dtype=np.uint8).reshape(-1, width)
    shares, weights = rows[:, :4].copy().view("<f2").astype(np.float32).T
    rest = _products(rows[:, 4:], question) - _MIDDLE * question.sum()
    found = shares * np.repeat(cosines, counts) + weights * rest
    ends = np.cumsum(counts)
    return [found[end - count : end] for end, count in zip(ends, counts, strict=True)]


def _products(rows: NDArray[np.uint8], question: Vectors) -> Vectors:
    """Multiply rows of 2-bit numbers by a question."""
    asked = np.pad(question, (0, -len(question) % 4))
    total = np.zeros(len(rows), dtype=np.float32)
    for place in range(4):
        total += (rows >> (2 * place) & 3).astype(np.float32) @ asked[place::4]
    return total
