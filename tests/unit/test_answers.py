"""Hits and spans to an answer that quotes."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

import pytest

from corpus import Article, Span
from qa.answer_span import AnswerSpan
from qa.answers import cite, compose_answer
from qa.calibration import Calibration
from qa.settings import Settings
from qa.types import Answer, Hit
from tests.fakes import chunks, hits_of, make_article

# The confidence of an answer is logistic(total + lead), so 0.5 stands for a total and lead of 0.
CALIBRATION = Calibration(
    retrieval_weight=0.0,
    intercept=0.0,
    total_weight=1.0,
    lead_weight=1.0,
    threshold=0.5,
    features={},
)
WEIGHED = Calibration(
    retrieval_weight=10.0,
    intercept=0.0,
    total_weight=1.0,
    lead_weight=0.0,
    threshold=0.0,
    features={},
)

BARRIER = make_article(
    "The barrier opened on Tuesday. It cost 412 million pounds. Nobody cheered.",
    id="barrier",
    title="Barrier opens",
    outlet="Courier",
    published="2031-05-06",
)
COPY = make_article("It  cost 412\nMillion pounds. So it was said.", id="copy")
FERRY = make_article("The ferry sank. A lifeboat saved 31 people.", id="ferry")


def found(hit: Hit, text: str, score: float) -> AnswerSpan:
    """What a reader returns that found `text` in a hit."""
    start = hit.passage.span.start + hit.passage.text.index(text)
    return AnswerSpan(passage_id=hit.passage.id, span=Span(start, start + len(text)), score=score)


def compose(
    hits: Sequence[Hit],
    spans: Sequence[AnswerSpan],
    *,
    calibration: Calibration = CALIBRATION,
    settings: Settings | None = None,
) -> Answer:
    articles: Mapping[str, Article] = {a.id: a for a in (BARRIER, COPY, FERRY)}
    return compose_answer(
        "How much?",
        hits,
        spans,
        articles,
        calibration=calibration,
        settings=settings or Settings(),
    )


def texts(answers: Sequence[Answer]) -> list[str | None]:
    return [answer.text for answer in answers]


def test_the_best_candidate_is_the_answer_and_its_whole_sentence_is_cited() -> None:
    hits = hits_of(BARRIER)
    answer = compose(hits, [found(hits[0], "Tuesday", 1.0), found(hits[0], "412 million", 2.0)])
    (citation,) = answer.citations
    assert (answer.question, answer.text, answer.hits) == ("How much?", "412 million", tuple(hits))
    assert citation.text == "It cost 412 million pounds."
    assert citation.span.of(BARRIER.text) == citation.text
    assert citation.highlight.of(BARRIER.text) == "412 million"
    assert (citation.article_id, citation.title) == ("barrier", "Barrier opens")
    assert (citation.outlet, citation.published) == ("Courier", "2031-05-06")
    assert citation.source == "barrier.txt"


def test_a_citation_shows_what_stands_around_it() -> None:
    hits = hits_of(BARRIER)
    settings = Settings(context_chars=5)
    (citation,) = compose(hits, [found(hits[0], "412", 1.0)], settings=settings).citations
    assert (citation.before, citation.after) == ("day. ", " Nobo")
    settings = Settings(context_chars=10_000)
    (citation,) = compose(hits, [found(hits[0], "412", 1.0)], settings=settings).citations
    assert citation.before + citation.text + citation.after == BARRIER.text


def test_no_hits_at_all_is_no_answer() -> None:
    answer = compose([], [])
    assert (answer.text, answer.confidence) == (None, 0.0)
    assert (answer.citations, answer.alternatives, answer.hits) == ((), (), ())


def test_hits_without_a_candidate_are_no_answer() -> None:
    hits = hits_of(BARRIER)
    answer = compose(hits, [])
    assert (answer.text, answer.confidence, answer.alternatives) == (None, 0.0, ())
    assert answer.hits == tuple(hits)


@pytest.mark.parametrize(
    ("score", "answered"),
    [(0.01, True), (0.0, True), (-0.01, False), (-9.0, False)],
    ids=["above", "at the threshold", "below", "far below"],
)
def test_below_the_threshold_the_articles_do_not_say(score: float, answered: bool) -> None:
    hits = hits_of(BARRIER)
    answer = compose(hits, [found(hits[0], "412 million", score)])
    assert (answer.text is not None) is answered
    assert bool(answer.citations) is answered
    assert (answer.confidence >= 0.5) is answered


def test_no_answer_shows_the_closest_sentences_with_their_sources() -> None:
    hits = hits_of(BARRIER, FERRY)
    answer = compose(hits, [found(hits[0], "Tuesday", -3.0), found(hits[1], "31 people", -2.0)])
    assert answer.text is None
    assert texts(answer.alternatives) == ["31 people", "Tuesday"]
    assert answer.confidence == answer.alternatives[0].confidence
    assert answer.alternatives[0].citations[0].article_id == "ferry"


def test_wire_copies_become_one_answer_with_several_citations() -> None:
    hits = hits_of(BARRIER, COPY)
    answer = compose(
        hits,
        [
            found(hits[1], "It  cost 412\nMillion pounds.", 1.0),
            found(hits[0], "It cost 412 million pounds.", 2.0),
        ],
    )
    assert answer.text == "It cost 412 million pounds."
    assert [c.article_id for c in answer.citations] == ["barrier", "copy"]
    assert answer.citations[1].text == "It  cost 412\nMillion pounds."
    assert answer.alternatives == ()


def test_a_copy_is_no_rival() -> None:
    hits = hits_of(BARRIER, COPY, FERRY)
    alone = [found(hits[0], "412 million", 3.0), found(hits[2], "31", 1.0)]
    copied = [*alone, found(hits[1], "412\nMillion", 2.9)]
    assert compose(hits, copied).confidence == compose(hits, alone).confidence


def test_alternatives_never_repeat_the_answer_or_each_other() -> None:
    hits = hits_of(BARRIER, COPY)
    answer = compose(
        hits,
        [
            found(hits[0], "412 million", 5.0),
            found(hits[0], "It cost 412 million pounds.", 4.0),
            found(hits[0], "million pounds", 3.0),
            found(hits[1], "412\nMillion", 2.0),
            found(hits[0], "Tuesday", 1.0),
            found(hits[0], "on Tuesday", 0.5),
        ],
    )
    assert (answer.text, texts(answer.alternatives)) == ("412 million", ["Tuesday"])


def test_an_answer_is_surer_the_further_it_leads() -> None:
    hits = hits_of(BARRIER, FERRY)
    near = compose(hits, [found(hits[0], "412", 2.0), found(hits[1], "31", 1.9)])
    far = compose(hits, [found(hits[0], "412", 2.0), found(hits[1], "31", -1.0)])
    assert far.confidence > near.confidence > near.alternatives[0].confidence


def test_confidence_is_that_of_total_and_lead() -> None:
    hits = hits_of(BARRIER, FERRY)
    answer = compose(hits, [found(hits[0], "412", 2.0), found(hits[1], "31", 0.5)])
    assert answer.confidence == CALIBRATION.confidence(total=2.0, lead=1.5)
    assert answer.alternatives[0].confidence == CALIBRATION.confidence(total=0.5, lead=-1.5)
    alone = compose(hits, [found(hits[0], "412", 2.0)])
    assert alone.confidence == CALIBRATION.confidence(total=2.0, lead=0.0)


def test_retrieval_has_its_share_in_the_ranking() -> None:
    hits = hits_of(BARRIER, FERRY, scores=[0.1, 0.9])
    spans = [found(hits[0], "412", 2.0), found(hits[1], "31", 1.0)]
    assert compose(hits, spans, calibration=CALIBRATION).text == "412"
    assert compose(hits, spans, calibration=WEIGHED).text == "31"


def test_ties_are_settled_by_article_and_place() -> None:
    hits = hits_of(FERRY, BARRIER)
    spans = [
        found(hits[0], "sank", 1.0),
        found(hits[1], "cheered", 1.0),
        found(hits[1], "412", 1.0),
    ]
    for order in (spans, spans[::-1]):
        answer = compose(hits, order)
        assert [answer.text, *texts(answer.alternatives)] == ["412", "cheered", "sank"]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_only_so_many_alternatives_are_shown(most: int) -> None:
    hits = hits_of(BARRIER)
    words = ["Tuesday", "412", "cheered"]
    settings = Settings(max_alternatives=most)
    answer = compose(hits, [found(hits[0], w, 1.0) for w in words], settings=settings)
    assert len(answer.alternatives) == most
    nothing = compose(hits, [found(hits[0], w, -9.0) for w in words], settings=settings)
    assert (nothing.text, len(nothing.alternatives)) == (None, most)


def test_an_answer_across_two_sentences_cites_both() -> None:
    hits = hits_of(BARRIER)
    answer = compose(hits, [found(hits[0], "Tuesday. It cost 412", 1.0)])
    (citation,) = answer.citations
    assert citation.text == "The barrier opened on Tuesday. It cost 412 million pounds."
    assert citation.highlight.of(BARRIER.text) == answer.text == "Tuesday. It cost 412"


def test_the_sentence_next_to_the_answer_is_not_cited() -> None:
    hits = hits_of(BARRIER)
    answer = compose(hits, [found(hits[0], "It cost 412 million pounds. ", 1.0)])
    assert answer.text == "It cost 412 million pounds."
    assert answer.citations[0].text == "It cost 412 million pounds."


@pytest.mark.parametrize("margin", [" ", " It "], ids=["white space", "a short word"])
def test_white_space_around_a_candidate_is_not_part_of_the_answer(margin: str) -> None:
    hits = hits_of(BARRIER)
    answer = compose(hits, [found(hits[0], margin, 1.0)])
    assert answer.text == (margin.strip() or None)
    for citation in answer.citations:
        assert citation.span.contains(citation.highlight)
        assert citation.highlight.of(BARRIER.text) == answer.text


@pytest.mark.parametrize("span", [Span(0, 9999), Span(5000, 5001)], ids=["too long", "elsewhere"])
def test_a_candidate_outside_its_passage_is_a_mistake_of_the_reader(span: Span) -> None:
    hits = hits_of(BARRIER)
    with pytest.raises(ValueError, match="is not inside the passage"):
        compose(hits, [AnswerSpan(passage_id=1, span=span, score=1.0)])
    with pytest.raises(ValueError, match="is not inside the passage"):
        cite(hits[0].passage, span, {"barrier": BARRIER}, 10)


def test_the_json_form_says_what_the_offsets_count() -> None:
    hits = hits_of(BARRIER)
    answer = compose(hits, [found(hits[0], "412", 2.0), found(hits[0], "Tuesday", 1.0)])
    data = answer.to_dict()
    assert list(data) == [
        "question", "text", "confidence", "citations", "offset_unit", "timeframe", "outside",
        "alternatives", "debug",
    ]  # fmt: skip
    assert data["debug"] == {"passages_found": 0, "passages_read": 1}
    assert data["offset_unit"] == "codepoint"
    assert data["alternatives"][0]["text"] == "Tuesday"
    (cited,) = data["citations"]
    assert BARRIER.text[cited["start"] : cited["end"]] == cited["text"]
    assert BARRIER.text[cited["highlight"]["start"] : cited["highlight"]["end"]] == "412"
    assert hits[0].to_dict()["text"] == hits[0].passage.text


def test_a_sentence_is_shown_once_with_the_best_words_in_it() -> None:
    hits = hits_of(BARRIER)
    answer = compose(
        hits,
        [
            found(hits[0], "412 million", 3.0),
            found(hits[0], "pounds", 2.0),
            found(hits[0], "Tuesday", 1.0),
        ],
    )
    assert (answer.text, texts(answer.alternatives)) == ("412 million", ["Tuesday"])


def test_the_same_words_far_behind_are_no_second_source() -> None:
    hits = hits_of(BARRIER, COPY)
    near = [found(hits[0], "412", 6.0), found(hits[1], "412", 2.5)]
    assert [c.article_id for c in compose(hits, near).citations] == ["barrier", "copy"]
    far = [found(hits[0], "412", 6.0), found(hits[1], "412", 1.5)]
    assert [c.article_id for c in compose(hits, far).citations] == ["barrier"]


def test_hits_are_put_in_the_order_of_what_was_found_in_them() -> None:
    hits = hits_of(BARRIER, COPY, FERRY, scores=[1.0, 0.5, 0.1])
    spans = [found(hits[2], "31", 9.0), found(hits[0], "412", 1.0)]
    assert [h.passage.article_id for h in compose(hits, spans).hits] == ["ferry", "barrier", "copy"]
    weighed = compose(hits, spans, calibration=WEIGHED)
    assert [h.passage.article_id for h in weighed.hits] == ["barrier", "ferry", "copy"]


def test_evidence_counts_as_the_calibration_weighs_it() -> None:
    hits = [
        dataclasses.replace(hit, similarity=similarity)
        for hit, similarity in zip(hits_of(BARRIER, COPY), (0.5, None), strict=True)
    ]
    weighed = dataclasses.replace(CALIBRATION, evidence={"similarity": 2.0, "support": 1.0})
    alone = compose(hits, [found(hits[0], "412", 0.0)], calibration=weighed)
    assert alone.confidence == pytest.approx(1 / (1 + math.exp(-1.0)))
    twice = [found(hits[0], "412", 0.0), found(hits[1], "412", 0.0)]
    both = compose(hits, twice, calibration=weighed)
    assert both.confidence == pytest.approx(1 / (1 + math.exp(-1.0 - math.log(2))))


def test_page_furniture_is_no_context_of_a_citation() -> None:
    article = make_article(
        "Share this page\n\nThe ferry sank. A lifeboat saved 31 people.\n\nMost read",
        id="ferry",
        marked=["Share this page", "Most read"],
    )
    (passage,) = chunks(article)
    start = article.text.index("31")
    citation = cite(passage, Span(start, start + 2), {"ferry": article}, 240)
    assert (citation.before.strip(), citation.after.strip()) == ("The ferry sank.", "")
