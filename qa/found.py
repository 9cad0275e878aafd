"""What do the searches know of the passages that they found?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

from qa.sentence_vectors import Likeness

_Known = TypeVar("_Known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the searches know of a question's candidates, by passage id."""

    dense: Mapping[int, float]
    """Cosines of question and passage, best first."""

    lexical: Mapping[int, float]
    """BM25 scores, best first."""

    similarity: Mapping[int, float]
    """How similar each candidate of either search is to the question, by its best sentence too."""

    best_sentence: Mapping[int, int]
    """The number of that sentence in its passage, where the index holds vectors of sentences."""

    @classmethod
    def of(
        cls,
        near: Collection[int],
        lexical: Mapping[int, float],
        like: Mapping[int, Likeness],
        *,
        depth: int,
    ) -> Self:
        """Return what is known of the `depth` passages nearest to a question and of `lexical`.

        Args:
            near: Passages that came near the question.
            lexical: BM25 scores, best first.
            like: How like the question all of these are; what is missing is gone.
            depth: How many passages one search finds at most.
        """
        there = [i for i in near if i in like]
        nearest = sorted(there, key=lambda i: (-like[i].cosine, i))[:depth]
        dense = {i: like[i].cosine for i in nearest}
        candidates = {i: own for i, own in like.items() if i in dense or i in lexical}
        best = {i: own.best_sentence for i, own in candidates.items()}
        return cls(
            dense=dense,
            lexical=lexical,
            similarity={i: own.similarity for i, own in candidates.items()},
            best_sentence={i: number for i, number in best.items() if number is not None},
        )

    def without(self, passage_ids: Collection[int]) -> Self:
        """Return the candidates that are not among these."""
        return type(self)(
            dense=_without(self.dense, passage_ids),
            lexical=_without(self.lexical, passage_ids),
            similarity=_without(self.similarity, passage_ids),
            best_sentence=_without(self.best_sentence, passage_ids),
        )


def _without(known: Mapping[int, _Known], passage_ids: Collection[int]) -> dict[int, _Known]:
    return {i: value for i, value in known.items() if i not in passage_ids}


NOTHING: Found = Found(dense={}, lexical={}, similarity={}, best_sentence={})
