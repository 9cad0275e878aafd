"""Follow-up questions are completed from the conversation, others are left alone."""

from __future__ import annotations

import pytest

from qa.conversation import (
    MAX_TOPIC_WORDS,
    Turn,
    Understanding,
    leans_on_history,
    standalone_question,
    understand,
)

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


LEAK = Turn(question="Who found the leak?", answer="Nasrin Toft", titles=("Engineer found leak",))


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("Where does she work?", [LEAK], "Where does Nasrin Toft work? (found leak)"),
        ("What is her boat called?", ["Who is Ines Varga?"], "What is Ines Varga’s boat called?"),
        (
            "What did Mr. Lisle tell her?",
            [LEAK],
            "What did Mr. Lisle tell Nasrin Toft? (found leak)",
        ),
        ("Is she ill?", [LEAK, "Who is Ines Varga?"], "Is Ines Varga ill?"),
        ("Is she ill?", [LEAK, "Where does she work?"], "Is Nasrin Toft ill? (found leak work)"),
        (
            "Was he hurt?",
            ["Who was captain of the Lady Corrigan?"],
            "Was he hurt? (captain Lady Corrigan)",
        ),
        (
            "How many live there?",
            ["What burned in Port Hallam?"],
            "How many live in Port Hallam? (burned)",
        ),
        (
            "Who led then?",
            [Turn(question="When was the vote?", answer="2019")],
            "Who led in 2019? (vote)",
        ),
        (
            "Who led that year?",
            [Turn(question="When was the vote?", answer="2019")],
            "Who led in 2019? (vote)",
        ),
        (
            "Who led that day?",
            [Turn(question="When was the vote?", answer="3 May")],
            "Who led that day (3 May)? (vote)",
        ),
        (
            "Wo arbeitet sie?",
            [Turn(question="Wer fand das Leck?", answer="Nasrin Toft")],
            "Wo arbeitet Nasrin Toft? (fand Leck)",
        ),
    ],
    ids=[
        "the person of an answer",
        "the owner",
        "not the person in the question itself",
        "the latest person",
        "a person carried on",
        "no person known",
        "a place",
        "a year",
        "that year",
        "that day",
        "in German",
    ],
)
def test_a_pronoun_is_resolved_to_the_right_kind(
    question: str, history: list[Turn | str], expected: str
) -> None:
    assert standalone_question(question, history) == expected


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("And in 2024?", "Who won the election in 2023?", "Who won the election in 2024?"),
        ("And in 2024?", "Who won the election?", "Who won the election in 2024?"),
        ("And in May?", "What rose in March 2025?", "What rose in May 2025?"),
        ("And in May?", "What rose in 2025?", "What rose in May 2025?"),
        ("And in May 2024?", "What rose in 2025?", "What rose in May 2024?"),
        ("What about Port Hallam?", "Who cooks in Eastmere?", "Who cooks in Port Hallam?"),
        (
            "And Ines Varga?",
            "How many votes did Rafael Dunmore get?",
            "How many votes did Ines Varga get?",
        ),
        (
            "And for the tunnel?",
            "What did he get for the bypass?",
            "What did he get for the tunnel?",
        ),
        ("And a return ticket?", "How much is a single ticket?", "How much is a return ticket?"),
        ("Und 2024?", "Wer gewann die Wahl 2023?", "Wer gewann die Wahl 2024?"),
    ],
)
def test_a_fragment_takes_its_place_in_the_earlier_question(
    question: str, before: str, expected: str
) -> None:
    understood = understand(question, [before])
    assert (understood.question, understood.follows) == (expected, True)


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("What about Port Hallam?", "Did Eastmere beat Wexcombe?"),
        ("And in 2024?", "What rose between 2019 and 2021?"),
        ("And for the tunnel?", "Who opened the bypass?"),
        ("And the shipping companies?", "What does the city pay?"),
    ],
    ids=["two names", "two years", "no such phrase", "no such thing"],
)
def test_a_fragment_that_fits_in_no_one_place_is_completed_with_words(
    question: str, before: str
) -> None:
    understood = understand(question, [before])
    assert understood.question.startswith(f"{question} (")
    assert understood.follows


@pytest.mark.parametrize(
    "question",
    [
        "What did Ines Varga say when she opened the line?",
        "When did nurses at Northgate Hospital say they would be back?",
        "How many seats are there in the new Rovers stadium?",
        "Which ship sank in the storm that hit Eastmere?",
        "What happened this week in Port Hallam?",
        "Who said that prices would fall this year?",
        "Why did the captain sail although he saw the fog?",
        "How high is the flood levy?",
        "Wer gewann die Wahl in Orme?",
        "Wie viele Sitze gibt es im neuen Stadion?",
    ],
)
def test_a_new_topic_is_left_exactly_as_it_is(question: str) -> None:
    expected = Understanding(question=question, follows=False, carried=())
    assert understand(question, [LEAK]) == expected


def test_after_a_new_topic_the_older_one_is_gone() -> None:
    history = [LEAK, Turn(question="What burned on Harrow Moss?", answer="heather and peat")]
    assert understand("Who put it out?", history).carried == ("burned", "Harrow", "Moss")
    assert understand("Was she there?", history).question == "Was she in Harrow Moss? (burned)"


def test_a_short_question_about_a_word_of_the_last_answer_follows() -> None:
    bred = Turn(question="Where did the mosquitoes breed?", titles=("Forgotten oyster hatchery",))
    assert understand("Who owned the hatchery?", [bred]).follows
    assert not understand("Who owned the hatchery?", [LEAK]).follows


def test_the_words_taken_over_are_told() -> None:
    assert understand("Where does she work?", [LEAK]).carried == ("Nasrin Toft", "found", "leak")
    assert understand("And in 2024?", ["Who won in 2023?"]).carried == ("won",)


def test_that_place_points_back_though_a_pronoun_in_the_question_points_at_it() -> None:
    assert leans_on_history("Who owned that place before it was abandoned?")


def test_who_did_something_to_a_person_does_not_bring_that_person_into_focus() -> None:
    turns = [Turn(question="Who prosecuted Callum Drummond?")]
    assert "Drummond" not in understand("Where does she live?", turns).question.split("(")[0]
    one = [Turn(question="Who is Callum Drummond?")]
    assert "Callum Drummond" in understand("Where does he live?", one).question
