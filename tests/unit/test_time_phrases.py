"""Time phrases of questions become days, with their exact place; names and verbs do not."""

from __future__ import annotations

from datetime import date

import pytest

from qa.time_phrases import period_in, within
from qa.time_phrases.periods import Period

WEDNESDAY = date(2026, 3, 18)
FIRST, LAST = date.min.isoformat(), date.max.isoformat()


@pytest.mark.parametrize(
    ("question", "phrase", "since", "until"),
    [
        ("Who resigned today?", "today", "2026-03-18", "2026-03-18"),
        ("Who resigned yesterday?", "yesterday", "2026-03-17", "2026-03-17"),
        ("What happened this week?", "this week", "2026-03-16", "2026-03-18"),
        ("What happened last week?", "last week", "2026-03-09", "2026-03-15"),
        ("What happened this month?", "this month", "2026-03-01", "2026-03-18"),
        ("What happened last month?", "last month", "2026-02-01", "2026-02-28"),
        ("Who won last year?", "last year", "2025-01-01", "2025-12-31"),
        ("Who won last quarter?", "last quarter", "2025-10-01", "2025-12-31"),
        ("Who won last weekend?", "last weekend", "2026-03-14", "2026-03-15"),
        ("What fell over the past year?", "over the past year", "2025-03-18", "2026-03-18"),
        ("Who won in the last three days?", "in the last three days", "2026-03-15", "2026-03-18"),
        ("Who won in the past 2 months?", "in the past 2 months", "2026-01-18", "2026-03-18"),
        ("Who resigned two weeks ago?", "two weeks ago", "2026-03-02", "2026-03-08"),
        ("Who resigned a month ago?", "a month ago", "2026-02-01", "2026-02-28"),
        ("Who resigned on Tuesday?", "on Tuesday", "2026-03-17", "2026-03-17"),
        ("Who spoke last Wednesday?", "last Wednesday", "2026-03-11", "2026-03-11"),
        ("Was geschah gestern?", "gestern", "2026-03-17", "2026-03-17"),
        ("Was geschah letzte Woche?", "letzte Woche", "2026-03-09", "2026-03-15"),
        ("Wer trat vor drei Tagen zurück?", "vor drei Tagen", "2026-03-15", "2026-03-15"),
        (
            "Was war in den letzten zwei Wochen?",
            "in den letzten zwei Wochen",
            "2026-03-04",
            "2026-03-18",
        ),
        ("Was geschah am Dienstag?", "am Dienstag", "2026-03-17", "2026-03-17"),
    ],
)
def test_a_phrase_that_counts_from_today_is_relative(
    question: str, phrase: str, since: str, until: str
) -> None:
    _expect(question, phrase, since, until, relative=True)


@pytest.mark.parametrize(
    ("question", "phrase", "since", "until"),
    [
        ("What changed since March 2025?", "since March 2025", "2025-03-01", LAST),
        ("What changed since March?", "since March", "2026-03-01", LAST),
        ("What happened before 2024?", "before 2024", FIRST, "2023-12-31"),
        ("What happened until May 2025?", "until May 2025", FIRST, "2025-05-31"),
        ("What happened after 3 March 2025?", "after 3 March 2025", "2025-03-04", LAST),
        ("What rose from March to May 2025?", "from March to May 2025", "2025-03-01", "2025-05-31"),
        (
            "What rose between November and March?",
            "between November and March",
            "2025-11-01",
            "2026-03-18",
        ),
        ("What rose between 2019 and 2021?", "between 2019 and 2021", "2019-01-01", "2021-12-31"),
        ("Who led in 2019–2021?", "in 2019–2021", "2019-01-01", "2021-12-31"),
        ("Who spoke from 3 to 5 March 2025?", "from 3 to 5 March 2025", "2025-03-03", "2025-03-05"),
        ("What happened in January?", "in January", "2026-01-01", "2026-01-31"),
        ("What happened in April?", "in April", "2025-04-01", "2025-04-30"),
        ("What happened last March?", "last March", "2025-03-01", "2025-03-31"),
        ("What happened in late March 2025?", "in late March 2025", "2025-03-21", "2025-03-31"),
        ("What happened in early May?", "in early May", "2025-05-01", "2025-05-10"),
        ("What happened in mid-February?", "in mid-February", "2026-02-11", "2026-02-20"),
        ("Who played in spring 2024?", "in spring 2024", "2024-03-01", "2024-05-31"),
        ("Who played in winter 2024?", "in winter 2024", "2024-12-01", "2025-02-28"),
        ("What happened last summer?", "last summer", "2025-06-01", "2025-08-31"),
        ("Who won in Q3 2025?", "in Q3 2025", "2025-07-01", "2025-09-30"),
        (
            "Who won in the last quarter of 2025?",
            "in the last quarter of 2025",
            "2025-10-01",
            "2025-12-31",
        ),
        ("Who won the election in 2024?", "in 2024", "2024-01-01", "2024-12-31"),
        ("Which museum opens in 2030?", "in 2030", "2030-01-01", "2030-12-31"),
        ("Who resigned on 3 March 2025?", "on 3 March 2025", "2025-03-03", "2025-03-03"),
        ("Who resigned on March 3?", "on March 3", "2026-03-03", "2026-03-03"),
        ("Who resigned on 3rd of May?", "on 3rd of May", "2025-05-03", "2025-05-03"),
        (
            "Who was hurt on Sunday, 14 September?",
            "on Sunday, 14 September",
            "2025-09-14",
            "2025-09-14",
        ),
        ("Who resigned on 2025-03-03?", "on 2025-03-03", "2025-03-03", "2025-03-03"),
        ("Who resigned on 29 February?", "on 29 February", "2024-02-29", "2024-02-29"),
        ("Who ruled in the 1990s?", "in the 1990s", "1990-01-01", "1999-12-31"),
        ("Wer trat im Januar zurück?", "im Januar", "2026-01-01", "2026-01-31"),
        ("Was geschah seit März?", "seit März", "2026-03-01", LAST),
        (
            "Was war zwischen März und Mai 2025?",
            "zwischen März und Mai 2025",
            "2025-03-01",
            "2025-05-31",
        ),
        ("Was geschah am 3. März 2025?", "am 3. März 2025", "2025-03-03", "2025-03-03"),
        ("Was geschah am 3.3.2025?", "am 3.3.2025", "2025-03-03", "2025-03-03"),
        ("Was geschah Ende Februar?", "Ende Februar", "2026-02-21", "2026-02-28"),
        ("Was geschah vor 2020?", "vor 2020", FIRST, "2019-12-31"),
        ("Was geschah in den 1990er Jahren?", "in den 1990er Jahren", "1990-01-01", "1999-12-31"),
        ("Was geschah im Jahr 2024?", "im Jahr 2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_named_time_is_not_relative(question: str, phrase: str, since: str, until: str) -> None:
    _expect(question, phrase, since, until, relative=False)


@pytest.mark.parametrize(
    "question",
    [
        "What may happen?",
        "Did they march 5 km?",
        "Who is April Jones?",
        "What was in April Jones’s letter?",
        "What did August Falkner say?",
        "What did the Sunday Times say?",
        "What stood in the Sunday Times?",
        "Who came second?",
        "Who scored within a second?",
        "How many lived in 1900 homes?",
        "Who won the 2025 election?",
        "What is Room 2024?",
        "What does “in March 2025” mean?",
        'Who sings "Yesterday"?',
        "Wer sagte „letzte Woche“?",
        "Who resigned on 31 February 2025?",
        "Who led from 2021 to 2019?",
        "",
        "😀",
    ],
)
def test_what_is_no_time_phrase_is_left_alone(question: str) -> None:
    assert period_in(question, WEDNESDAY) is None


@pytest.mark.parametrize(
    "question",
    [
        "When did it open in 2024?",
        "And when was that last year?",
        "Since when has it been open in March?",
        "In what year did it open, before 2020?",
        "Which month came after March 2025?",
        "What is the date of the vote in May?",
        "Wann war das im März?",
        "In welchem Jahr, vor 2020, war das?",
    ],
)
def test_a_question_that_asks_for_the_time_has_no_period(question: str) -> None:
    assert period_in(question, WEDNESDAY) is None


def test_when_inside_a_question_does_not_ask_for_the_time() -> None:
    question = "What did she say when the line opened in May 2025?"
    found = period_in(question, WEDNESDAY)
    assert found
    assert found.phrase == "in May 2025"


def test_a_relative_phrase_comes_before_one_that_is_not() -> None:
    found = period_in("Which plan for work in 2024 was dropped last week?", WEDNESDAY)
    assert found
    assert found.phrase == "last week"


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Who won in aprıl 2024?", "in aprıl 2024"),
        ("Who won in AprİL 2024?", "in AprİL 2024"),
        ("What happened fıve days ago?", "fıve days ago"),
        ("Who won sınce 2024?", "sınce 2024"),
    ],
)
def test_the_i_of_a_turkish_keyboard_is_no_error(question: str, phrase: str) -> None:
    found, plain = (
        period_in(text, WEDNESDAY)
        for text in (question, question.replace("ı", "i").replace("İ", "I"))
    )
    assert found
    assert plain
    assert found.phrase == phrase
    assert (found.since, found.until) == (plain.since, plain.until)


@pytest.mark.parametrize("count", ["9999 years", "9999 weeks", "4000 months"])
def test_a_long_way_back_ends_at_the_first_day(count: str) -> None:
    found = period_in(f"What happened in the last {count}?", WEDNESDAY)
    assert found
    assert date.min <= found.since < found.until == WEDNESDAY


@pytest.mark.parametrize("today", [date.min, date(1, 1, 3), date.max])
def test_the_ends_of_the_calendar_are_no_error(today: date) -> None:
    for question in ("Who won last week?", "Who won this weekend?", "Who won in winter?"):
        period_in(question, today)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, (date(2025, 3, 1), date(2025, 3, 31))),
        (date(2025, 1, 1), date(2025, 12, 31), (date(2025, 3, 1), date(2025, 3, 31))),
        (date(2025, 3, 10), None, (date(2025, 3, 10), date(2025, 3, 31))),
        (None, date(2025, 3, 10), (date(2025, 3, 1), date(2025, 3, 10))),
        (date(2025, 4, 1), None, None),
        (None, date(2025, 2, 28), None),
    ],
    ids=["no filter", "a wider filter", "a later start", "an earlier end", "after", "before"],
)
def test_a_period_narrows_the_filter_of_the_reader(
    since: date | None, until: date | None, expected: tuple[date, date] | None
) -> None:
    found = period_in("What happened in March 2025?", WEDNESDAY)
    assert found
    assert within(found, since, until) == expected


def test_an_open_end_sets_no_limit() -> None:
    found = period_in("What has happened since March 2025?", WEDNESDAY)
    assert found
    assert within(found, None, None) == (date(2025, 3, 1), None)


def _expect(question: str, phrase: str, since: str, until: str, *, relative: bool) -> None:
    start = question.index(phrase)
    assert period_in(question, WEDNESDAY) == Period(
        since=date.fromisoformat(since),
        until=date.fromisoformat(until),
        phrase=phrase,
        start=start,
        end=start + len(phrase),
        relative=relative,
    )
