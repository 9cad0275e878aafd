"""One question, one answer: through every door it is the same, to the last field of its JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.doors_asked import DOORS, PYTHON, REFUSED, Door, Told
from bench.parity_cases import Case, all_cases

OUTLET = "The Harbour Courier"
CASES = [
    Case(question="How much did the tidal barrier cost?", kind="answerable"),
    Case(question="Who was the last to leave the ship?", kind="answerable"),
    Case(question="What is the capital of Mongolia?", kind="unanswerable"),
    Case(question="Wie viel hat das Sperrwerk gekostet? 🌊 Ｗｉｅ？", kind="odd characters"),
    Case(question="-- What did the gates\n\tcost in February 2025?", kind="time phrase"),
    Case(question="Who? " * 200, kind="long"),
    Case(question=" ", kind="refused"),
    Case(question="How heavy are the gates?", kind="days", outlets=[OUTLET], since="2025-03-01"),
    Case(question="Who is the harbour engineer?", kind="articles", articles=["tides"]),
    Case(question="And when?", kind="follow-up", history=["Will the gates be closed?"]),
    Case(question="What did it cost in 2019?", kind="any time", any_time=True),
]
OF_ALL_DOORS = 7


@pytest.fixture(scope="module")
def expected(news_index: Path) -> list[Told]:
    """What the assistant itself answers."""
    return PYTHON.ask(news_index, CASES)


def test_the_questions_have_answers_and_have_none(expected: list[Told]) -> None:
    texts = [told.get("text") for told in expected]
    assert "612 million crowns" in texts
    assert texts[2] is None
    assert [told == REFUSED for told in expected] == [case.kind == "refused" for case in CASES]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_door_gives_the_answer_of_the_assistant(
    news_index: Path, expected: list[Told], door: Door
) -> None:
    takes = [case.needs() <= door.takes for case in CASES]
    assert takes.count(True) >= OF_ALL_DOORS
    asked = [case for case, taken in zip(CASES, takes, strict=True) if taken]
    wanted = [told for told, taken in zip(expected, takes, strict=True) if taken]
    assert door.ask(news_index, asked) == json.loads(json.dumps(wanted))


def test_there_are_150_questions_that_every_door_takes() -> None:
    every = frozenset.intersection(*(door.takes for door in DOORS))
    assert sum(case.needs() <= every for case in all_cases()) >= 150
