"""What holds for any question: spans are exact, days in order, filters only narrowed."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from qa.conversation import Turn, leans_on_history, standalone_question, understand
from qa.time_phrases import period_in, within

PIECES = st.sampled_from([
    "in ", "since ", "before ", "after ", "between ", "and ", "from ", "to ", "on ", "the ",
    "last ", "this ", "past ", "of ", "early ", "mid-", "March ", "may ", "Q3 ", "spring ",
    "2025 ", "2024", "–", "31 ", "29 ", "3rd ", "February", "week ", "three ", "99 ", "years ",
    "ago ", "Sunday", ", ", "’s ", "“", "”", '"', "'", "seit ", "vor ", "zwei ", "Wochen ", "März ",
    "am ", "3.", "0999", "2025-02-30 ", "1990s ", "heute", "ß", "İ", "😀", "\n", "What about ",
    "And ", "she ", "her ", "it ", "there ", "then ", "that ", "Ines Varga ", "Dr. ", "?", "Who ",
])  # fmt: skip
QUESTIONS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60))
DAYS = st.dates()
TURNS = st.builds(Turn, question=QUESTIONS, answer=st.none() | QUESTIONS)


@given(QUESTIONS, DAYS)
@example("in March 0999", date.min)
@example("in winter 2099", date.max)
def test_a_period_is_a_slice_of_the_question_and_its_days_are_in_order(
    question: str, today: date
) -> None:
    found = period_in(question, today)
    if found:
        assert found.phrase == question[found.start : found.end]
        assert found.phrase.strip()
        assert found.since <= found.until
        if found.relative and found.until != date.max:
            assert found.until <= today


@given(QUESTIONS, DAYS, st.none() | DAYS, st.none() | DAYS)
def test_within_never_widens(
    question: str, today: date, since: date | None, until: date | None
) -> None:
    found = period_in(question, today)
    both = found and within(found, since, until)
    if found and both:
        first, last = both[0] or date.min, both[1] or date.max
        assert max(found.since, since or date.min) <= first <= last
        assert last <= min(found.until, until or date.max)


@given(QUESTIONS, st.lists(st.one_of(QUESTIONS, TURNS), max_size=4))
def test_a_question_is_understood_or_left_as_it_is(
    question: str, history: list[str | Turn]
) -> None:
    understood = understand(question, history)
    assert standalone_question(question, history) == understood.question
    if not understood.follows:
        assert understood.question == question
        assert understood.carried == ()
    assert understand(question).question == question
    assert isinstance(leans_on_history(question), bool)
