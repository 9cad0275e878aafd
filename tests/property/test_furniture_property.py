"""What holds for the furniture, facts and repeated lines of any text."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decoding import replace_controls
from corpus.extracted import Extracted
from corpus.facts.written_dates import written_dates
from corpus.finishing import finish, merge_marks
from corpus.furniture import furniture
from corpus.furniture.repeated_lines import line_keys, repeated_marks
from corpus.titles import find_headline
from corpus.types import Mark, Span

SNIPPETS = [
    "Share", "Facebook", " | ", "\n", "\n\n", "Advertisement", "By Jane Roe", "June 1, 2018",
    "2019 ", "Orme Courier", "The bridge is open again. ", "We use cookies. ", "Read more: ",
    "Home", "All rights reserved.", "Most read", "Comments (3)", "Ada · 2 days ago", "“",
    "”", ".", "?", " ", "LONDON (AP) — ", "9:30 AM", "EDT", "Updated: ", "(Reporting by ",
    "\u2028", "\r", "漢字", "广告", "。", "إعلان", "a@b.example", "https://orme.example/x", "1/2",
    "#tag", "Subscribe to our newsletter", "From: A <a@b.example>", "\ufffd", "\u00a0", "\t",
    "-" * 20, "a lower-case word and some others", "© ",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(SNIPPETS), max_size=60).map("".join)
).map(lambda text: replace_controls(text)[0])


def are_apart(marks: tuple[Mark, ...], text: str) -> bool:
    ends = [0, *(mark.span.end for mark in marks)]
    starts = [*(mark.span.start for mark in marks), len(text)]
    return all(end <= start for end, start in zip(ends, starts, strict=True))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_marks_lie_in_the_text_in_order_and_apart_and_cover_something(text: str) -> None:
    marks = tuple(furniture(text))
    assert are_apart(marks, text)
    assert all(mark.reason and mark.span.of(text).strip() for mark in marks)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 220), st.integers(1, 60)), max_size=6))
@settings(max_examples=300, deadline=None)
def test_finishing_keeps_the_text_and_what_was_marked(
    text: str, spans: list[tuple[int, int]]
) -> None:
    given_marks = [Mark(Span(start, start + length), "menu") for start, length in spans]
    before = Extracted(text=text, marks=merge_marks(given_marks, text))
    after = finish(before)
    assert after.text == text
    assert are_apart(after.marks, text)
    for mark in before.marks:
        assert any(other.span.contains(mark.span) for other in after.marks)
    assert all(heading.end <= len(text) for heading in after.headings)
    assert not any(h.overlaps(mark.span) for h in after.headings for mark in after.marks)
    assert Extracted.from_dict(after.to_dict()) == after


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_finishing_twice_is_finishing_once(text: str) -> None:
    once = finish(Extracted(text=text))
    assert finish(once) == once


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_dates_are_iso_8601_and_lie_in_the_line(text: str) -> None:
    for found in written_dates(text):
        assert found.span.end <= len(text)
        assert datetime.fromisoformat(found.iso)


@given(st.dates(date(1700, 1, 1), date(2199, 12, 31)))
def test_a_date_in_words_is_read_back(day: date) -> None:
    assert [found.iso for found in written_dates(f"{day:%B} {day.day}, {day.year}")] == [
        day.isoformat()
    ]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_headline_is_never_marked(text: str) -> None:
    marks = furniture(text)
    headline = find_headline(text, marks)
    assert headline is None or not any(mark.span.overlaps(headline) for mark in marks)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_repeated_lines_lie_between_the_marks(text: str) -> None:
    marks = tuple(furniture(text))
    keys = line_keys(text, marks, "Orme Courier")
    assert all(-(2**63) <= key < 2**63 for key in keys)
    new = repeated_marks(text, marks, keys.__contains__, "Orme Courier")
    assert are_apart(merge_marks([*marks, *new], text), text)
    assert not any(a.span.overlaps(b.span) for a in marks for b in new)
