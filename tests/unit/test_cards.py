"""The HTML of a card: inert, verbatim, on one line, its numbers in reading order."""

from __future__ import annotations

import dataclasses
import html
import re
import string
from datetime import date
from html.parser import HTMLParser

import pytest

from corpus import Span
from qa.interfaces import inert
from qa.interfaces.web import cards
from qa.types import Answer, Citation, Timeframe
from tests.fakes import make_article

TEXT = "It rained. The gate shut at noon, she said. Nobody saw it."
SENTENCE = Span(11, 43)
ANSWER = Span(28, 32)


def citation(
    article_id: str = "gate-1",
    *,
    text: str = TEXT,
    span: Span = SENTENCE,
    highlight: Span = ANSWER,
    title: str = "Gate shuts",
    outlet: str | None = "Evening Ledger",
    published: str | None = "2025-02-18",
) -> Citation:
    return Citation(
        article_id=article_id,
        title=title,
        outlet=outlet,
        published=published,
        source=f"{article_id}.md",
        span=span,
        text=span.of(text),
        highlight=highlight,
        before="",
        after="",
    )


def answer(
    *citations: Citation, confidence: float = 0.9, alternatives: tuple[Answer, ...] = ()
) -> Answer:
    return Answer(
        question="When did the gate shut?",
        text="noon" if citations else None,
        confidence=confidence,
        citations=citations,
        alternatives=alternatives,
    )


SEARCHED = "64 articles, Jan 2025 – Mar 2026"


def card(given: Answer, asked: str = "When did the gate shut?", language: str = "en") -> str:
    frame = cards.Frame(asked=asked, searched=SEARCHED, language=language)
    return cards.answer_card(given, frame)


class Seen(HTMLParser):
    """What a browser would make of a card: its tags, its text, and the text inside one class."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def inside(markup: str, class_name: str) -> str:
    """Return the text of the first element of a class that holds no element of its own tag."""
    found = re.search(rf'<(\w+) class="{class_name}[^>]*>(.*?)</\1>', markup)
    assert found
    return Seen(found[2]).text


def numbers(markup: str) -> list[int]:
    return [int(n) for n in re.findall(r"Source </span>(\d+)</a>", markup)]


def test_every_ascii_punctuation_mark_becomes_a_character_reference() -> None:
    escaped = inert.escape(string.punctuation)
    assert re.fullmatch(r"(&#\d+;)+", escaped)
    assert html.unescape(escaped) == string.punctuation


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> *bold* _x_ `code` $a$ [l](javascript:x) ${y} {{z}}",
        "a  b\ttab\r\nline\n\nparagraph",
        "İstanbul ﬁne ﷺ 😀 é e\u0301 \u00a0 \u200f",
        "\u202eevil\u202c \u2066x\u2069",
        "&amp; &#60;",
    ],
)
def test_escaped_text_reads_as_it_was_and_starts_no_element(text: str) -> None:
    seen = Seen(inert.escape(text))
    assert seen.text == text
    assert set(seen.tags) <= {"span", "bdi"}
    assert "\n" not in inert.escape(text)


def test_what_no_page_can_hold_is_replaced_one_for_one() -> None:
    assert inert.escape("a\0b\ud800c") == "a\ufffdb\ufffdc"


def test_a_card_is_one_line_that_starts_with_a_block() -> None:
    text = "First line\nsecond line. Rest."
    hostile = citation(
        text=text, span=Span(0, 23), highlight=Span(6, 17), title="x\n\n# y", outlet="a\nb"
    )
    made = card(answer(hostile))
    assert "\n" not in made
    assert made.startswith('<div class="card">')
    assert inside(made, "said") == text[:23] or "newline" in made


def test_the_sentence_is_verbatim_and_the_answer_emphasised_inside_it() -> None:
    made = card(answer(citation()))
    assert inside(made, "said") == "The gate shut at noon, she said."
    assert inside(made, "answer") == "noon"


def test_a_link_carries_the_article_and_both_spans() -> None:
    odd = citation("Zürich/2025.02-x y%#&<\"'", highlight=SENTENCE)
    expected = "#c=Z%C3%BCrich%2F2025.02-x%20y%25%23%26%3C%22%27.11-43.11-43"
    assert cards.citation_hash(odd) == expected
    assert f'href="{expected}"' in card(answer(odd))


def test_numbers_follow_the_reading_order_one_for_each_sentence() -> None:
    first, second = citation("a"), citation("b", text=TEXT.replace("noon", "dusk"))
    third = citation("a", span=Span(0, 10), highlight=Span(3, 9))
    other = answer(third, confidence=0.3)
    made = card(answer(first, second, alternatives=(other,)))
    assert numbers(made) == [1, 2, 1, 2, 3, 3]


def test_the_same_sentence_in_two_outlets_is_quoted_once_with_two_sources() -> None:
    made = card(answer(citation("a"), citation("b", outlet="Northern Wire")))
    assert made.count("<blockquote") == 1
    assert numbers(made) == [1, 2, 1, 2]
    assert made.count("<li>") == 2


def test_two_sentences_of_one_article_are_one_source() -> None:
    made = card(answer(citation(), citation(span=Span(0, 10), highlight=Span(3, 9))))
    assert made.count("<blockquote") == 2
    assert made.count("<li>") == 1
    assert numbers(made) == [1, 2, 1, 2]


def test_a_source_says_only_what_is_known() -> None:
    made = card(answer(citation(outlet=None, published=None)))
    assert "None" not in made
    assert "<time" not in made
    assert '<time datetime="2025&#45;02&#45;18">2025&#45;02&#45;18</time>' in card(
        answer(citation())
    )


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "Well supported"),
        (0.8, "Well supported"),
        (0.79, "Likely"),
        (0.5, "Likely"),
        (0.2, "Uncertain"),
    ],
)
def test_confidence_is_said_in_words_and_as_a_number(confidence: float, words: str) -> None:
    text = Seen(card(answer(citation(), confidence=confidence))).text
    assert f"{words} {round(confidence * 100)}%" in text


def test_not_found_says_so_and_labels_the_closest_sentences() -> None:
    near = answer(citation(), confidence=0.1)
    text = Seen(card(answer(confidence=0.1, alternatives=(near,)))).text
    assert text.startswith("The articles here don’t say.")
    assert "they are not an answer" in text
    assert "The gate shut at noon, she said." in text
    assert "%" not in text
    assert f"Searched {SEARCHED}" in text


def test_what_may_be_an_answer_is_not_called_none() -> None:
    near = answer(citation(), confidence=0.3)
    text = Seen(card(answer(confidence=0.3, alternatives=(near,)))).text
    assert text.startswith("No sentence here answers this for certain.")
    assert "These sentences come closest:" in text
    assert "not an answer" not in text


def test_nothing_close_is_said_without_an_empty_list() -> None:
    made = card(answer(confidence=0.0))
    assert "<blockquote" not in made
    assert "Other words may help" in made


def test_the_question_as_understood_is_shown_only_if_it_differs() -> None:
    assert "As understood" not in card(answer(citation()), asked=" when did the  gate shut")
    shown = Seen(card(answer(citation()), asked="And when?")).text
    assert "As understood: When did the gate shut?" in shown


def test_the_question_as_understood_can_be_edited() -> None:
    made = card(answer(citation()), asked="And when?")
    assert '<a class="edit" href="#edit">Edit</a>' in made


WEEK = Timeframe(phrase="last <week>", since=date(2025, 2, 17), until=date(2025, 2, 23))


def test_the_days_that_narrowed_the_search_are_a_chip_that_removes_them() -> None:
    made = card(dataclasses.replace(answer(citation()), timeframe=WEEK))
    assert 'class="period" href="#any-time"' in made
    said = "Only articles of Ask again without this time: last <week> (2025-02-17 – 2025-02-23)"
    assert said in Seen(made).text


def test_what_changed_over_the_days_that_were_named_is_told_in_order_of_time() -> None:
    closest = answer(confidence=0.3, alternatives=(answer(citation()),))
    said = Seen(card(dataclasses.replace(closest, timeframe=WEEK))).text
    assert "No one sentence here says what changed." in said
    assert "These come closest, in order of time:" in said
    assert "for certain" not in said


def test_an_answer_from_outside_the_days_that_were_named_says_so() -> None:
    open_end = dataclasses.replace(WEEK, until=None)
    made = card(dataclasses.replace(answer(citation()), outside=open_end))
    assert 'href="#any-time' not in made
    assert "from all others. Asked: last <week> (2025-02-17 – …)" in Seen(made).text


def test_a_card_that_is_kept_has_its_name_as_id_and_no_name_breaks_out_of_it() -> None:
    frame = cards.Frame(asked="When?", searched=SEARCHED, card_id="t-aZ_09-7")
    assert cards.answer_card(answer(citation()), frame).startswith(
        '<div class="card" id="t-aZ_09-7">'
    )
    assert cards.notice_card("Gone.", 'x" onload="y').startswith(
        '<div class="card notice" id="xonloady">'
    )


def test_a_card_speaks_the_language_of_who_asks_but_never_translates_an_article() -> None:
    text = Seen(card(answer(citation()), asked="Wann?", language="de")).text
    assert "So verstanden:" in text
    assert "Gut belegt zu 90 % sicher" in text
    assert "The gate shut at noon, she said." in text


def test_while_it_is_read_a_card_lists_some_articles_and_counts_the_rest() -> None:
    articles = [make_article("Text.", id=f"a{n}", title=f"Title {n} <b>") for n in range(6)]
    made = cards.pending_card("Reading 6 articles", articles)
    assert made.startswith('<div class="card pending">')
    assert "Title 3 <b>" in Seen(made).text
    assert "Title 4" not in made
    assert "and 2 more" in made
