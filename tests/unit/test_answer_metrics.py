"""The scorer scores as SQuAD's own does."""

from __future__ import annotations

import numpy as np
import pytest

from bench.answer_metrics import (
    coverage_at_risk,
    exact_match,
    expected_calibration_error,
    f1,
    normalised,
)


@pytest.mark.parametrize(
    ("answer", "golds", "em", "overlap"),
    [
        ("The Eiffel Tower.", ["Eiffel tower"], 1.0, 1.0),
        ("in March 2019", ["March 2019", "2019"], 0.0, 0.8),
        ("March", ["May"], 0.0, 0.0),
        ("", [], 1.0, 1.0),
        ("March", [], 0.0, 0.0),
        ("", ["March"], 0.0, 0.0),
        ("the", ["an"], 1.0, 1.0),  # both are nothing once articles are gone
        ("a b b", ["b b b"], 0.0, 0.8),
    ],
)
def test_answers_are_scored(answer: str, golds: list[str], em: float, overlap: float) -> None:
    assert exact_match(answer, golds) == em
    assert f1(answer, golds) == pytest.approx(overlap)


def test_normalising_drops_case_punctuation_articles_and_spaces() -> None:
    assert normalised(" A  U.S. “anthem”, the ") == "us “anthem”"


def test_coverage_at_risk_is_the_longest_sure_enough_prefix() -> None:
    confidences = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, False, True, True, False])
    assert coverage_at_risk(confidences, right, 0.25) == (0.8, 0.6)
    assert coverage_at_risk(confidences, right, 0.0) == (0.2, 0.9)
    assert coverage_at_risk(confidences, ~np.ones(5, dtype=bool), 0.1) == (0.0, 1.0)


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    sure = np.full(10, 0.9)
    assert expected_calibration_error(sure, np.arange(10) < 9) == pytest.approx(0.0)
    assert expected_calibration_error(sure, np.arange(10) < 5) == pytest.approx(0.4)
