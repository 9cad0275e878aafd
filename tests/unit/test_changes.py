"""What changed over the days that a question names: the closest sentences in order of time."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Span
from qa import Answer, Citation, Timeframe
from qa.changes import asks_for_changes, is_over_time, over_time

SPRING = Timeframe(phrase="in spring", since=date(2031, 3, 1), until=date(2031, 5, 31))


def sentence(article_id: str, published: str | None, start: int = 0, end: int = 30) -> Answer:
    citation = Citation(
        article_id=article_id,
        title="T",
        outlet=None,
        published=published,
        source="s",
        span=Span(start, end),
        text="x" * (end - start),
        highlight=Span(start, start + 1),
        before="",
        after="",
    )
    return Answer(question="q", text="x", confidence=0.1, citations=(citation,))


def closest(*sentences: Answer) -> Answer:
    return Answer(question="q", text=None, confidence=0.1, citations=(), alternatives=sentences)


@pytest.mark.parametrize(
    "question",
    [
        "What changed about the barrier between January and March 2025?",
        "What has changed since May?",
        "What's new at the ferry company this week?",
        "What is different now?",
        "What happened to the mill between 2030 and 2031?",
        "How did the mayoral race change in May?",
        "How has the case developed since June?",
        "Was hat sich seit Mai am Sperrwerk geändert?",
        "Wie hat sich der Fall im Mai entwickelt?",
        "What did the new mayor change in May?",
        "Which changes were made between May and June?",
        "Has anything changed since May?",
        "How much has changed since May?",
        "Was ist neu seit Mai?",
        "Was geschah im Mai am Sperrwerk?",
        "Welche Änderungen gab es seit Mai?",
    ],
)
def test_a_question_asks_what_changed(question: str) -> None:
    assert asks_for_changes(question)


@pytest.mark.parametrize(
    "question",
    [
        "How much did the fare change in May?",
        "How long has the case developed?",
        "Who changed the law in May?",
        "What did the barrier cost in March?",
        "When was the mill changed?",
        "Was kostet die neue Schleuse?",
        "What did the new lock cost in March 2025?",
        "What was the new ferry called in May?",
        "What is the name of the new mayor in May?",
        "What did the developer pay in May?",
        "How did the Minister of Development vote in May 2025?",
        "How is the Progress Party doing in May?",
        "Who said in May that nothing had happened?",
    ],
)
def test_a_question_asks_something_else(question: str) -> None:
    assert not asks_for_changes(question)


def test_sentences_come_in_order_of_time_undated_ones_last_and_none_twice() -> None:
    late, early = sentence("late", "2031-05-06"), sentence("early", "2031-03")
    undated = sentence("undated", None)
    within, apart = sentence("late", "2031-05-06", 10, 20), sentence("late", "2031-05-06", 30, 60)
    made = over_time(closest(undated, late, within, early, apart), SPRING)
    assert list(made.alternatives) == [early, late, apart, undated]
    assert made.timeframe == SPRING


def test_what_is_over_time_is_told_from_other_answers() -> None:
    nothing = closest(sentence("a", None))
    given = sentence("a", None)
    assert is_over_time(over_time(nothing, SPRING))
    assert not is_over_time(nothing)
    assert not is_over_time(over_time(given, SPRING))
    assert not is_over_time(over_time(closest(), SPRING))
