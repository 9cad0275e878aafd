"""What a paper took back is no answer; what it put in its place is."""

from __future__ import annotations

import pytest

from corpus import Article, Span
from qa.answer_span import AnswerSpan
from qa.corrections import asks_for_the_error, correct_errors, takes_back
from tests.fakes import hits_of, make_article

CORRECTION = make_article(
    "The gates closed twice.\n\nCorrection: An article on 18 February gave the cost of the barrier"
    " as 586 million crowns. The correct figure is 612 million crowns; the earlier sum left out 26"
    " million crowns.\n\nThe authority has 31 guards.",
    id="correction",
)
FIRST = make_article("The barrier has cost 586 million crowns, the authority said.", id="first")
LATER = make_article("It cost 612 million crowns in the end.", id="later")
ARTICLES = {article.id: article for article in (CORRECTION, FIRST, LATER)}
QUESTION = "How much did the barrier cost?"


HITS = hits_of(*ARTICLES.values())


def said(article: Article, words: str, score: float, **evidence: float) -> AnswerSpan:
    at = article.text.index(words)
    number = list(ARTICLES).index(article.id) + 1
    return AnswerSpan(
        passage_id=number, span=Span(at, at + len(words)), score=score, evidence=evidence
    )


ERROR = said(CORRECTION, "586 million crowns", 9.0, margin=8.0)
RIGHT = said(CORRECTION, "612 million crowns", 2.0, margin=1.0)
PART = said(CORRECTION, "26 million crowns", 1.0)
GUARDS = said(CORRECTION, "31 guards", 3.0)
REPEATED = said(FIRST, "586 million crowns", 8.0)
ELSEWHERE = said(LATER, "612 million crowns", 1.5)


def scores(*spans: AnswerSpan, question: str = QUESTION) -> dict[tuple[int, Span], float]:
    changed = correct_errors(question, HITS, spans, ARTICLES)
    return {(each.passage_id, each.span): each.score for each in changed}


def place(span: AnswerSpan) -> tuple[int, Span]:
    return span.passage_id, span.span


def test_the_right_figure_takes_the_place_of_the_error() -> None:
    changed = scores(ERROR, RIGHT, PART, GUARDS, REPEATED, ELSEWHERE)
    assert changed == {
        place(ERROR): 3.0,
        place(REPEATED): 2.0,
        place(RIGHT): 9.0,
        place(PART): 1.0,
        place(GUARDS): 3.0,  # another paragraph
        place(ELSEWHERE): 1.5,
    }


def test_it_has_the_evidence_of_the_error_too() -> None:
    (right,) = [
        each
        for each in correct_errors(QUESTION, HITS, [ERROR, RIGHT], ARTICLES)
        if each.span == RIGHT.span
    ]
    assert right.evidence == {"margin": 8.0}


def test_what_was_printed_before_is_set_back_even_if_nothing_right_was_read() -> None:
    assert scores(ERROR, REPEATED) == {place(ERROR): 3.0, place(REPEATED): 2.0}


def test_a_name_does_not_take_the_place_of_a_figure() -> None:
    name = said(CORRECTION, "The correct figure", 5.0)
    assert scores(ERROR, name)[place(name)] == 5.0


def test_a_clause_does_not_take_the_place_of_a_figure() -> None:
    clause = said(CORRECTION, "the earlier sum left out 26 million crowns", 5.0)
    assert scores(ERROR, clause)[place(clause)] == 5.0


def test_no_candidate_loses_its_own_higher_score() -> None:
    higher = said(CORRECTION, "612 million crowns", 12.0, margin=11.0)
    assert scores(ERROR, higher)[place(higher)] == 12.0


def test_without_a_correction_among_the_candidates_nothing_changes() -> None:
    spans = [REPEATED, ELSEWHERE, GUARDS]
    assert correct_errors(QUESTION, HITS, spans, ARTICLES) == spans


def test_who_asks_for_the_error_gets_it() -> None:
    asked = "Which cost did the paper report wrongly?"
    assert scores(ERROR, RIGHT, question=asked) == {place(ERROR): 9.0, place(RIGHT): 2.0}


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        ("Our report of 3 September said 640 jobs would go.", " The correct figure was 460."),
        ("Correction: We said he took 2.4 million.", " The sum in the indictment is 1.4 million."),
        (
            "In a report of a wire that we printed on 20 June, 4.00 per cent was given.",
            " The correct figure was 4.25 per cent.",
        ),
        (
            "Correction: On 26 September we reported that there had been 140 cases.",
            " That total was too high; the correct figure is 131.",
        ),
        ("An earlier version of this article named her Ana Lind.", " It should have said Anna."),
        ("This story gave his age as 54.", " He is 45. We apologise for the error."),
        ("In einer früheren Fassung hieß es, 54 Menschen seien verletzt.", " Richtig sind 45."),
        ("Korrektur: Unser Bericht hat Lund als Ort angegeben.", " Es war Malmö."),
    ],
)
def test_corrections_are_known_by_their_form(error: str, rest: str) -> None:
    text = f"Before. {error}{rest}\nAnother paragraph."
    at = text.index(error)
    sentence = Span(at, at + len(error))
    assert takes_back(text, sentence)
    assert not takes_back(text, Span(sentence.end + 1, text.index("\n")))


@pytest.mark.parametrize(
    "text",
    [
        "Our report said the bridge cost 5 crowns. It opened on Monday.",
        "The report said that 54 people died. Nobody was found guilty.",
        "The paper was wrong, she said. The correct figure was 7.",
        "The report gave the cost as 5 crowns.\nThe correct figure was 7 crowns.",
    ],
)
def test_other_sentences_are_not_taken_back(text: str) -> None:
    assert not takes_back(text, Span(0, text.find(".") + 1))


def test_a_long_text_without_line_ends_is_not_searched_to_its_end() -> None:
    text = "We said it cost 5 crowns. " + "It rained. " * 200 + "The correct figure was 7."
    assert not takes_back(text, Span(0, 25))


def test_questions_about_errors_are_known() -> None:
    assert asks_for_the_error("What did the paper get wrong?")
    assert asks_for_the_error("Welchen Fehler hat die Zeitung gemacht?")
    assert not asks_for_the_error(QUESTION)
