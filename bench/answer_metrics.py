"""How right answers are (SQuAD's exact match and F1) and how much their confidence tells."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)


def normalised(text: str) -> str:
    """Return a text as SQuAD's official scorer compares it: no case, punctuation and articles.

    >>> normalised("The  Eiffel Tower!")
    'eiffel tower'
    """
    plain = "".join(c for c in text.lower() if c not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", plain).split())


def exact_match(answer: str, golds: Sequence[str]) -> float:
    """Return 1 if an answer is one of the gold answers, else 0; "" is the gold of no answer."""
    return float(normalised(answer) in {normalised(gold) for gold in golds or [""]})


def f1(answer: str, golds: Sequence[str]) -> float:
    """Return the best overlap of an answer's words with a gold answer's.

    >>> f1("in March 2019", ["March 2019", "2019"])
    0.8
    """
    return max(_overlap(normalised(answer).split(), normalised(g).split()) for g in golds or [""])


def _overlap(found: Sequence[str], gold: Sequence[str]) -> float:
    if not found or not gold:
        return float(found == gold)
    common = sum((Counter(found) & Counter(gold)).values())
    return 2 * common / (len(found) + len(gold))


def reliability(
    confidences: NDArray[np.float64],
    right: NDArray[np.bool_],
    *,
    bins: int = 10,
    weights: NDArray[np.float64] | None = None,
) -> list[tuple[float, float, float]]:
    """Return (mean confidence, share right, weight) of each equally wide bin that is not empty."""
    weights = np.ones(len(right)) if weights is None else weights
    places = np.minimum((confidences * bins).astype(int), bins - 1)
    return [
        (
            float(np.average(confidences[here], weights=weights[here])),
            float(np.average(right[here], weights=weights[here])),
            float(weights[here].sum()),
        )
        for here in (places == b for b in range(bins))
        if weights[here].sum() > 0
    ]


def expected_calibration_error(
    confidences: NDArray[np.float64],
    right: NDArray[np.bool_],
    *,
    weights: NDArray[np.float64] | None = None,
) -> float:
    """Return the mean gap of confidence and accuracy over the bins, by their weight."""
    table = reliability(confidences, right, weights=weights)
    total = sum(weight for *_, weight in table)
    return sum(abs(sure - true) * weight for sure, true, weight in table) / total


def risks(
    confidences: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the share wrong of the surest 1, 2, …, n answers, and the last one's confidence."""
    order = np.argsort(-confidences, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    return wrong, confidences[order]


def coverage_at_risk(
    confidences: NDArray[np.float64], right: NDArray[np.bool_], risk: float
) -> tuple[float, float]:
    """Return the largest share of questions that can be answered with at most `risk` wrong.

    Returns:
        That share, and the confidence from which on answers are given to reach it.
    """
    wrong, sorted_confidences = risks(confidences, right)
    (good,) = np.nonzero(wrong <= risk)
    if not len(good):
        return 0.0, 1.0
    return float(good[-1] + 1) / len(wrong), float(sorted_confidences[good[-1]])
