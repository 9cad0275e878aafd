"""Answers on a terminal: the quote unharmed, and nothing that steers the terminal."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from corpus import Span
from qa.render import one_line, render_text, source_line
from qa.types import Answer, Citation, Timeframe

HOSTILE = {
    "colour": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "C1 escape": "\x9b31m",
    "bell and backspace": "a\x07\x08\x08b",
    "carriage return": "shown\rhidden",
    "text direction": "\u202eevil\u2066",
    "NUL and delete": "\x00\x7f",
    "line separator": "a\u2028b\u2029c\x0bd\x0ce\x85f",
}


def citation(text: str = "Kim left on May 6.", highlight: str = "May 6", at: int = 100) -> Citation:
    start = at + text.index(highlight)
    return Citation(
        article_id="a",
        title="News",
        outlet="Post",
        published="2031-05-06",
        source="a.md",
        span=Span(at, at + len(text)),
        text=text,
        highlight=Span(start, start + len(highlight)),
        before="",
        after="",
    )


def answer(*citations: Citation, text: str | None = "May 6", confidence: float = 0.876) -> Answer:
    return Answer(
        question="When?", text=text, confidence=confidence, citations=citations or (citation(),)
    )


def test_an_answer_is_its_sentence_its_sources_and_how_sure_it_is() -> None:
    other = dataclasses.replace(citation(), article_id="b", outlet=None, published=None)
    assert render_text(answer(citation(), other)).splitlines() == [
        "“Kim left on May 6.”",
        "  — Post · News · 2031-05-06 [a 100:118]",
        "  — News [b 100:118]",
        "",
        "confidence 88%",
    ]


def test_marks_go_round_the_answer_and_round_what_is_not_quoted() -> None:
    lines = render_text(answer(), mark="*{}*".format, quiet="<{}>".format).splitlines()
    assert lines[0] == "“Kim left on *May 6*.”"
    assert all(line.startswith("<") for line in lines[1:] if line)


@pytest.mark.parametrize(
    ("text", "highlight"),
    [
        ("Kim left.", "Kim left."),
        ("Kim\nleft on May 6.", "left on"),
        ("Kim left  on May 6.", "Kim left"),
        ("Kim (52) left.", "52"),
    ],
    ids=["all of it", "after a line break", "before two blanks", "inside brackets"],
)
def test_the_quote_reads_as_in_the_article_but_for_line_breaks(text: str, highlight: str) -> None:
    quote = render_text(answer(citation(text, highlight))).splitlines()[0]
    assert quote == f"“{' '.join(text.split())}”"


def test_no_answer_says_so_and_shows_the_closest_sentences() -> None:
    nothing = Answer(question="Why?", text=None, confidence=0.1, citations=())
    assert render_text(nothing) == "The articles here don’t say."
    closest = render_text(dataclasses.replace(nothing, alternatives=(answer(),)))
    assert closest.split("\n\n")[:2] == ["The articles here don’t say.", "The closest sentences:"]
    assert "“Kim left on May 6.”" in closest
    assert "confidence" not in closest


def test_what_changed_over_time_is_told_as_such() -> None:
    spring = Timeframe(phrase="in spring", since=date(2025, 3, 1), until=date(2025, 5, 31))
    changed = Answer(
        question="Why?",
        text=None,
        confidence=0.3,
        citations=(),
        alternatives=(answer(),),
        timeframe=spring,
    )
    verdict, label = render_text(changed).split("\n\n")[:2]
    assert verdict == "No one sentence here says what changed."
    assert label == "The closest sentences, in order of time:"


def test_what_may_be_an_answer_is_not_denied() -> None:
    unsure = Answer(
        question="Why?", text=None, confidence=0.3, citations=(), alternatives=(answer(),)
    )
    assert render_text(unsure).startswith("No sentence here answers this for certain.")
    assert "don’t say" not in render_text(unsure)


def test_a_sentence_that_begins_with_a_quotation_gets_no_second_mark() -> None:
    quote = render_text(answer(citation("“Go,” he said.", "“Go,” he said."))).splitlines()[0]
    assert quote == "“Go,” he said."


def test_alternatives_follow_the_answer() -> None:
    other = answer(citation("He left in June.", "June"), text="June")
    shown = render_text(dataclasses.replace(answer(), alternatives=(other,)))
    assert shown.index("May 6") < shown.index("Other sentences:") < shown.index("He left in June.")


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_nothing_in_an_article_can_steer_the_terminal(hostile: str) -> None:
    cited = dataclasses.replace(
        citation(f"Kim {hostile} left {hostile}.", f"{hostile} left"),
        title=hostile,
        outlet=hostile,
        published=hostile,
    )
    shown = answer(cited, text=hostile)
    whole = render_text(dataclasses.replace(shown, alternatives=(shown,)))
    assert all(line.isprintable() for line in whole.split("\n"))
    assert source_line(cited).isprintable()
    assert len(whole.split("\n")) == 9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" a \n\t b ", "a b"),
        ("naïve 新聞 😀 שלום", "naïve 新聞 😀 שלום"),
        ("a\u00a0b", "a b"),
        ("\x1b[1ma", "[1ma"),
    ],
    ids=["empty", "white space", "any script", "no-break space", "escape"],
)
def test_one_line_is_printable_and_keeps_words(text: str, expected: str) -> None:
    assert one_line(text) == expected
