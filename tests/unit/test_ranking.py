"""Candidates to answers in order."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from qa.answer_span import AnswerSpan
from qa.calibration import Calibration
from qa.ranking import rank_answers, rank_hits
from qa.types import Hit
from tests.fakes import hits_of, make_article, plain_calibration

ONE = make_article("It cost 412 million pounds. Ines Varga paid. Nobody cheered.", id="one")
TWO = make_article("The bill of 412 Million was paid by a bank.", id="two")
ARTICLES = {article.id: article for article in (ONE, TWO)}
WORDS = {"one": ["412 million", "412", "Ines Varga", "Nobody"], "two": ["412 Million", "a bank"]}


def hits(*scores: float) -> list[Hit]:
    return hits_of(ONE, TWO, scores=scores)


def weighed(retrieval: float, lexical: float = 0.0) -> Calibration:
    return replace(plain_calibration(retrieval_weight=retrieval), lexical_weight=lexical)


def span(passage: int, words: str, score: float, **evidence: float) -> AnswerSpan:
    text = (ONE, TWO)[passage - 1].text
    at = text.index(words)
    place = Span(at, at + len(words))
    return AnswerSpan(passage_id=passage, span=place, score=score, evidence=evidence)


def test_the_same_words_are_one_answer_whose_lead_is_over_the_others() -> None:
    spans = [span(1, "412 million", 2.0), span(2, "412 Million", 1.5), span(1, "Ines Varga", 0.5)]
    first, second = rank_answers(hits(1.0, 1.0), spans, ARTICLES, weighed(0.0))
    assert [s.passage.article_id for s in first.spans] == ["one", "two"]
    assert (first.total, first.lead) == (2.0, 1.5)
    assert (second.total, second.lead) == (0.5, -1.5)


def test_an_answer_brings_the_evidence_of_its_best_span() -> None:
    shown = [replace(hit, similarity=0.7) for hit in hits(0.4, 0.9)]
    spans = [span(1, "412 million", 2.0, margin=3.0), span(2, "412 Million", 1.5, margin=1.0)]
    (only,) = rank_answers(shown, spans, ARTICLES, weighed(0.0))
    assert only.evidence == {
        "margin": 3.0, "retrieval": 0.4, "similarity": 0.7, "support": math.log(2),
    }  # fmt: skip
    assert only.lead == 0.0


def test_evidence_is_no_part_of_what_a_span_is() -> None:
    assert span(1, "412", 1.0, margin=1.0) == span(1, "412", 1.0, margin=2.0)
    assert len({span(1, "412", 1.0, margin=1.0), span(1, "412", 1.0)}) == 1


scored = st.lists(
    st.sampled_from([(1, w) for w in WORDS["one"]] + [(2, w) for w in WORDS["two"]]).flatmap(
        lambda at: st.floats(-9, 9).map(lambda score: span(at[0], at[1], score))
    ),
    max_size=12,
)


@given(scored, st.floats(0, 5))
def test_every_order_of_candidates_gives_the_same_answers(
    spans: list[AnswerSpan], weight: float
) -> None:
    ranked = rank_answers(hits(1.0, 0.2), spans, ARTICLES, weighed(weight))
    assert ranked == rank_answers(hits(1.0, 0.2), spans[::-1], ARTICLES, weighed(weight))
    totals = [answer.total for answer in ranked]
    assert totals == sorted(totals, reverse=True)
    for place, answer in enumerate(ranked):
        assert (answer.lead >= 0) == (place == 0 or totals[place] == totals[0])
        assert all(a.total >= b.total for a, b in zip(answer.spans, answer.spans[1:], strict=False))
    places = [(s.passage.article_id, s.span) for answer in ranked for s in answer.spans]
    for at, (article, one) in enumerate(places):
        assert not any(article == a and one.overlaps(other) for a, other in places[at + 1 :])


def test_hits_without_a_candidate_come_last() -> None:
    both = hits(9.0, 0.1)
    assert rank_hits(both, [span(2, "a bank", -5.0)], weighed(1.0)) == both[::-1]


def test_the_first_of_the_words_search_is_worth_more_than_the_second() -> None:
    shown = [replace(hit, lexical_rank=rank) for hit, rank in zip(hits(0, 0), (2, 1), strict=True)]
    spans = [span(1, "Nobody", 0.0), span(2, "a bank", -0.4)]
    first, second = rank_answers(shown, spans, ARTICLES, weighed(0.0, lexical=1.0))
    assert (first.total, second.total) == (0.6, 0.5)
    unranked = [replace(hit, lexical_rank=None) for hit in shown]
    assert rank_answers(unranked, spans, ARTICLES, weighed(0.0, lexical=1.0))[0].total == 0.0


def test_punctuation_alone_is_no_answer() -> None:
    spans = [span(1, ".", 9.0), span(1, "412 million", 2.0)]
    (only,) = rank_answers(hits(1.0, 1.0), spans, ARTICLES, weighed(0.0))
    assert only.total == 2.0
