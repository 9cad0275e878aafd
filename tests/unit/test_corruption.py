"""Corrupted questions differ in one detail, which their text does not hold."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corruption import corrupted

CONTEXT = "In 1912 the engineer Ines Varga built the gates of Port Hallam."
OTHERS = ["In 1850 the painter Tomas Vrel moved to Kestra.", "She met Ellery Pym in 1777."]


@given(st.integers(0, 10_000))
def test_one_detail_is_swapped_for_one_that_the_question_does_not_hold(seed: int) -> None:
    question = "What did Ines Varga build in 1912?"
    made = corrupted(question, CONTEXT, OTHERS, random.Random(seed))
    assert made is not None
    assert made != question
    kept = [part for part in ("Ines Varga", "1912") if part in made]
    assert len(kept) == 1
    assert set(made.rstrip("?").split()) - set(question.rstrip("?").split())


def test_a_word_is_turned_into_its_opposite() -> None:
    assert corrupted("Who came after her?", "x", [], random.Random(0)) == "Who came before her?"


@pytest.mark.parametrize("question", ["Who paid?", "", "Varga built what?"])
def test_a_question_without_a_detail_is_left_alone(question: str) -> None:
    assert corrupted(question, CONTEXT, OTHERS, random.Random(0)) is None


def test_without_other_texts_no_name_is_swapped() -> None:
    assert corrupted("What did Ines Varga build?", CONTEXT, [], random.Random(0)) is None
