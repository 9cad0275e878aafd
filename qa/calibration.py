"""From scores to a probability: what a reader's scores mean, fitted on held-out questions.

A calibration belongs to one reader and is decided per answer of one question, not per passage, so
reading 5 or 50 passages does not change what a confidence says.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent / "calibration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A reader's ranking weights and the logistic model of its being right.

    Answers are ranked by the reader's score and `of_retrieval` together. `confidence` is the
    probability that an answer with that total and that lead over its best rival is right; below
    `threshold` the honest reply is that the articles do not say.
    """

    retrieval_weight: float
    intercept: float
    total_weight: float
    lead_weight: float
    threshold: float
    features: Mapping[str, float]
    """The reader's own weights, by the names it gives them."""

    lexical_weight: float = 0.0
    """What one over a passage's BM25 rank adds to its retrieval score."""

    null_margin: float = 0.0
    """From this margin on a span beats no answer, where the text is given (bench.reader)."""

    evidence: Mapping[str, float] = field(default_factory=dict)
    """Weights of what else tells an answer from a wrong one, by the names of
    `qa.ranking.RankedAnswer.evidence`."""

    def of_retrieval(self, score: float, lexical_rank: int | None) -> float:
        """Return what a passage's retrieval adds to the score of a candidate in it."""
        lexical = self.lexical_weight / lexical_rank if lexical_rank else 0.0
        return self.retrieval_weight * score + lexical

    def confidence(
        self, *, total: float, lead: float, evidence: Mapping[str, float] = MappingProxyType({})
    ) -> float:
        """Return the probability in (0, 1) that an answer is right.

        Args:
            total: The answer's ranking score.
            lead: Its distance to the best other answer; negative for those behind.
            evidence: What else is known of it; names without a weight here do not count.
        """
        logit = self.intercept + self.total_weight * total + self.lead_weight * lead
        logit += sum(weight * evidence.get(name, 0.0) for name, weight in self.evidence.items())
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))


def load_calibration(name: str) -> Calibration:
    """Read the calibration that ships for a reader (`training/` makes these files)."""
    return read_calibration(_FOLDER / f"{name}.json")


def read_calibration(path: Path) -> Calibration:
    """Read a calibration that `training/` wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(**data["calibration"])
