"""How a question ended, with its gold context in the index and without, and scores over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from bench.answer_metrics import (
    coverage_at_risk,
    exact_match,
    expected_calibration_error,
    f1,
    reliability,
    risks,
)
from bench.collection import Asked
from corpus import Span

RISK = 0.05
CURVE_POINTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer that came first for one question, and how sure it was each time."""

    em: float
    f1: float
    in_sentence: bool
    """The cited sentences hold a gold answer at its place."""

    right: bool
    confidence: float
    confidence_without: float

    @classmethod
    def of(
        cls,
        asked: Asked,
        text: str,
        cited: Sequence[tuple[str, Span]],
        confidence: float,
        confidence_without: float,
    ) -> Outcome:
        """Judge an answer's text and the sentences (article id, span) that it cites."""
        return cls(
            em=exact_match(text, asked.golds),
            f1=f1(text, asked.golds),
            in_sentence=any(asked.gold.found_in(article_id, span) for article_id, span in cited),
            right=asked.right(text),
            confidence=confidence,
            confidence_without=confidence_without,
        )


def answer_scores(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return how right the first answers are, in per cent."""
    return {
        "em": per_cent([outcome.em for outcome in outcomes]),
        "f1": per_cent([outcome.f1 for outcome in outcomes]),
        "answer_sentence": per_cent([outcome.in_sentence for outcome in outcomes]),
    }


def confidence_scores(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return how well confidence tells right from wrong, over both times a question was asked."""
    confidences, right = _both_times(outcomes)
    answerable = np.arange(len(right)) < len(outcomes)
    coverage, threshold = coverage_at_risk(confidences, right, RISK)
    return {
        "auroc": round(float(roc_auc_score(right, confidences)), 4),
        "auroc_answerable": round(float(roc_auc_score(answerable, confidences)), 4),
        "ece": round(expected_calibration_error(confidences, right), 4),
        "coverage_at_5_risk": round(coverage, 4),
        "confidence_at_5_risk": round(threshold, 4),
    }


def curves(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what the plots draw: reliability by bin, and risk by coverage."""
    confidences, right = _both_times(outcomes)
    risk, sorted_confidences = risks(confidences, right)
    at = np.unique(np.linspace(len(risk) // 100, len(risk) - 1, CURVE_POINTS).astype(int))
    return {
        "reliability": [
            {"confidence": round(sure, 4), "right": round(true, 4), "askings": int(askings)}
            for sure, true, askings in reliability(confidences, right)
        ],
        "risk_coverage": [
            {
                "coverage": round(float(i + 1) / len(risk), 4),
                "risk": round(float(risk[i]), 4),
                "confidence": round(float(sorted_confidences[i]), 4),
            }
            for i in at
        ],
    }


def per_cent(values: Sequence[float] | Sequence[bool]) -> float:
    """Return the mean in per cent."""
    return round(100 * float(np.mean(values)), 2)


def share(values: Sequence[bool]) -> float:
    """Return the share that is true; 0 of nothing."""
    return round(sum(values) / len(values), 4) if values else 0.0


def _both_times(outcomes: Sequence[Outcome]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    confidences = [o.confidence for o in outcomes] + [o.confidence_without for o in outcomes]
    right = [o.right for o in outcomes] + [False] * len(outcomes)
    return np.array(confidences), np.array(right)
