"""What reading hands on: a candidate answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from corpus import OFFSET_UNIT, Members, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSpan:
    """What a Reader returns: a candidate answer in article coordinates, with a score.

    `evidence` is what the score was made from, by name, for the confidence to weigh anew.
    """

    passage_id: int
    span: Span
    score: float
    evidence: Mapping[str, float] = field(default_factory=dict, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; offsets are code points of the article's text."""
        return {
            "passage_id": self.passage_id,
            **self.span.to_dict(),
            "score": self.score,
            "evidence": dict(self.evidence),
            "offset_unit": OFFSET_UNIT,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the answer span that `to_dict` was made from.

        Raises:
            ValueError: it is not the JSON form of one; the error names the member.
        """
        members = Members(stored, "an answer span")
        return cls(
            passage_id=members.one("passage_id", int),
            span=Span.from_dict(stored),
            score=members.one("score", float),
            evidence=members.named_numbers("evidence"),
        )
