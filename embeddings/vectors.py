"""What models give: vectors of unit length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

Kind = Literal["passage", "question"]
"""Some models put another prompt before each."""


Ranges = Sequence[tuple[int, int]]
"""Parts of a text: half-open, in code points of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Vectors, ``(n, dim)``, and how many texts were longer than the model reads.

    `parts` holds the vectors of each text's parts, ``(parts, dim)`` unit rows, if those were asked
    for and the model gives them: the mean of what it makes of a part's tokens in their context.
    """

    vectors: Vectors
    truncated: int
    parts: Sequence[Vectors] | None = None


class Model(Protocol):
    """A model that is loaded; what runs it is its own matter."""

    @property
    def runtime(self) -> str:
        """What runs it, for people."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read, special tokens and prompts already taken off."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, without special tokens."""
        ...

    def encode(
        self, texts: Sequence[str], kind: Kind, parts: Sequence[Ranges] | None = None
    ) -> Encoded:
        """Encode texts, ``(n, dim)`` float32 unit rows in input order, and parts of them."""
        ...


def are_unit_rows(vectors: Vectors) -> bool:
    """Say whether every row is of length 1; one with NaN or infinity in it is not."""
    return bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3))


def part_vectors(
    states: Vectors, offsets: Sequence[tuple[int, int]], parts: Ranges, whole: Vectors
) -> Vectors:
    """Return the unit vectors of a text's parts, ``(parts, dim)``.

    Args:
        states: What the model makes of each token, ``(tokens, dim)``.
        offsets: Where each token stands in the text; ``(0, 0)`` for special ones.
        parts: In the text's coordinates.
        whole: The text's vector; it stands for a part that has no token.
    """
    places = np.array(offsets[: len(states)], dtype=np.int64).reshape(-1, 2)
    real = np.flatnonzero(places[:, 1] > places[:, 0])
    starts = places[real, 0]
    vectors = np.empty((len(parts), len(whole)), dtype=np.float32)
    for number, (start, end) in enumerate(parts):
        first, last = np.searchsorted(starts, (start, end))
        inside = real[first:last]
        vector = states[inside].mean(axis=0) if len(inside) else whole
        vectors[number] = vector / np.linalg.norm(vector)
    return vectors
