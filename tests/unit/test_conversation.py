"""Follow-up questions are completed from the conversation, others are left alone."""

from __future__ import annotations

import pytest

from qa.conversation import MAX_TOPIC_WORDS, leans_on_history, standalone_question

BARRIER = "How much did the tidal barrier cost?"
CAPTAIN = "Who was captain of the Eastmere ferry?"


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("Who paid for it?", [BARRIER], "Who paid for it? (tidal barrier cost)"),
        ("And in London?", [BARRIER], "And in London? (tidal barrier cost)"),
        ("Why?", [BARRIER], "Why? (tidal barrier cost)"),
        ("What did it cost?", [BARRIER], "What did it cost? (tidal barrier)"),
        ("Was he hurt?", [BARRIER, CAPTAIN], "Was he hurt? (captain Eastmere ferry)"),
        (
            "When was that?",
            [CAPTAIN, "Was he hurt?"],
            "When was that? (captain Eastmere ferry hurt)",
        ),
        ("Who was on it?", ["Why?", CAPTAIN, "And?"], "Who was on it? (captain Eastmere ferry)"),
    ],
    ids=[
        "a pronoun",
        "a conjunction",
        "a bare question word",
        "words already there",
        "the latest topic",
        "a topic carried on",
        "empty turns",
    ],
)
def test_a_question_that_leans_on_the_conversation_gets_its_topic(
    question: str, history: list[str], expected: str
) -> None:
    assert standalone_question(question, history) == expected


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("Who paid for it?", []),
        ("Who paid for it?", ["", "Why?", "???"]),
        ("Who won the mayoral election?", [BARRIER]),
        ("  Who is Ines Varga? ", [BARRIER]),
        ("How much did the tidal barrier cost, and who paid it?", [BARRIER]),
    ],
    ids=["no conversation", "no topic yet", "its own topic", "a name", "all words already there"],
)
def test_any_other_question_is_left_exactly_as_it_is(question: str, history: list[str]) -> None:
    assert standalone_question(question, history) == question


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("What about the ferry crew?", True),
        ("Did those ships sink?", True),
        ("Who?", True),
        ("Who is Varga?", False),
        ("When did the ferry sink?", False),
        ("", True),
        ("😀", True),
    ],
)
def test_a_question_leans_by_its_words_or_by_their_lack(question: str, leans: bool) -> None:
    assert leans_on_history(question) is leans


def test_a_long_conversation_does_not_grow_the_topic_without_end() -> None:
    history = [BARRIER, *(f"And what of it at place{i} and town{i}?" for i in range(50))]
    completed = standalone_question("Who paid for it?", history)
    topic = completed.removeprefix("Who paid for it? (").removesuffix(")").split()
    assert len(topic) == MAX_TOPIC_WORDS
    assert topic[-1] == "town49"
