"""Confidence: a probability that follows the scores."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from qa.calibration import load_calibration
from tests.fakes import plain_calibration

SCORES = [-1e300, -100.0, -3.0, -0.5, 0.0, 0.1, 0.9, 1.0, 5.0, 100.0, 1e300]


def test_a_higher_total_never_lowers_confidence() -> None:
    values = [plain_calibration().confidence(total=total, lead=0.3) for total in SCORES]
    assert all(low <= high for low, high in pairwise(values))
    assert len(set(values)) > 5


def test_a_longer_lead_never_lowers_confidence() -> None:
    values = [plain_calibration().confidence(total=1.0, lead=lead) for lead in SCORES]
    assert all(low <= high for low, high in pairwise(values))
    assert len(set(values)) > 5


@pytest.mark.parametrize("total", SCORES)
@pytest.mark.parametrize("lead", SCORES)
def test_confidence_is_a_probability_that_is_never_certain(total: float, lead: float) -> None:
    if total + lead:  # opposite infinities have no sum
        assert 0.0 < plain_calibration().confidence(total=total, lead=lead) <= 1.0


def test_confidence_is_the_logistic_of_its_terms() -> None:
    # logit = -4 + 4 · 1.25 + 2 · 0.25 = 1.5
    expected = 1 / (1 + math.exp(-1.5))
    assert plain_calibration().confidence(total=1.25, lead=0.25) == pytest.approx(expected)


def test_the_calibration_that_ships_follows_the_scores() -> None:
    shipped = load_calibration("sentence")
    assert shipped.total_weight > 0
    assert shipped.lead_weight >= 0
    assert shipped.retrieval_weight >= 0
    assert 0 < shipped.threshold < 1
