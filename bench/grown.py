"""A large collection made of a small one: sentences put together anew, vectors with some noise."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from corpus import Article, split_sentences
from embeddings import ModelEncoder, Vectors

NOISE = 0.3


class RecalledVectors:
    """The encoder, but passages get noisy copies of vectors that were computed before."""

    def __init__(self, encoder: ModelEncoder, known: Vectors) -> None:
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.dim, self.max_tokens = encoder.dim, encoder.max_tokens
        self.count_tokens = encoder.count_tokens
        self.encode_questions = encoder.encode_questions
        self._known = known
        self._rng = np.random.default_rng(0)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return a row per text: a known one with noise, of unit length again."""
        rows = self._known[self._rng.integers(len(self._known), size=len(texts))]
        noise = self._rng.normal(size=rows.shape) * NOISE / np.sqrt(rows.shape[1])
        rows = (rows + noise).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


class RecalledParts(RecalledVectors):
    """The same, with vectors of sentences."""

    def __init__(self, encoder: ModelEncoder, known: Vectors, sentences: Vectors) -> None:
        super().__init__(encoder, known)
        self._sentences = RecalledVectors(encoder, sentences)

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Vectors, list[Vectors]]:
        """Return rows for texts, and for the parts of each."""
        counts = [len(ranges) for ranges in parts]
        rows = self._sentences.encode_passages([""] * sum(counts))
        return self.encode_passages(texts), np.split(rows, np.cumsum(counts)[:-1])


def recombined(listed: Sequence[Article], count: int, sentences: int) -> Iterator[Article]:
    """Yield articles of so many sentences, drawn from those listed."""
    known = [s.of(a.text).strip() for a in listed for s in split_sentences(a.text)]
    rng = random.Random(0)
    for number in range(count):
        text = " ".join(rng.sample(known, sentences))
        yield Article(id=f"grown/{number}", title="", text=text, source="grown")
