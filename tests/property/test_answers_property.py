"""Whatever a reader returns, what is quoted stands in the article, letter for letter."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus import Article, Span
from qa import Answer, AnswerSpan, Hit, Settings
from qa.answers import compose_answer
from qa.calibration import Calibration
from qa.render import render_text
from tests.fakes import HashingEncoder, chunks

SENTENCES = [
    "The barrier opened. ",
    "It cost 412 million. ",
    "it  COST 412\nmillion. ",
    "“Why now?” ",
    "שלום עולם. ",
    "Ça a coûté 9 €. ",
    "👩‍👩‍👧 left\u202e. ",
    "\n\n",
    "   ",
    "…",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map("".join)
SCORES = st.sampled_from([-5.0, 0.0, 1.0, 1.0, 2.5])


@st.composite
def readings(draw: st.DrawFn) -> tuple[dict[str, Article], list[Hit], list[AnswerSpan]]:
    """Draw articles, their passages as hits, and any spans inside them as candidates."""
    articles: dict[str, Article] = {}
    hits: list[Hit] = []
    spans: list[AnswerSpan] = []
    for number, text in enumerate(draw(st.lists(TEXTS, max_size=4))):
        article = Article(id=f"n{number}", title="T", text=text, source="s")
        articles[article.id] = article
        for passage in chunks(article, HashingEncoder(max_tokens=9)):
            stored = dataclasses.replace(passage, id=len(hits) + 1)
            hits.append(Hit(passage=stored, score=draw(SCORES), dense_rank=None, lexical_rank=None))
            for _ in range(draw(st.integers(0, 3))):
                start = draw(st.integers(passage.span.start, passage.span.end - 1))
                end = draw(st.integers(start + 1, passage.span.end))
                spans.append(
                    AnswerSpan(passage_id=stored.id, span=Span(start, end), score=draw(SCORES))
                )
            spans += [
                AnswerSpan(passage_id=stored.id, span=sentence, score=draw(SCORES))
                for sentence in passage.sentences
            ]
    return articles, hits, spans


def calibration(threshold: float) -> Calibration:
    return Calibration(
        retrieval_weight=0.5,
        intercept=0.0,
        total_weight=1.0,
        lead_weight=0.5,
        threshold=threshold,
        features={},
    )


def compose(
    reading: tuple[dict[str, Article], list[Hit], list[AnswerSpan]],
    threshold: float,
    settings: Settings,
) -> Answer:
    articles, hits, spans = reading
    return compose_answer(
        "Q?", hits, spans, articles, calibration=calibration(threshold), settings=settings
    )


READING = {
    "reading": readings(),
    "threshold": st.sampled_from([0.0, 0.5, 0.9, 1.0]),
    "settings": st.builds(
        Settings, max_alternatives=st.integers(0, 5), context_chars=st.sampled_from([0, 3, 240])
    ),
}
Reading = tuple[dict[str, Article], list[Hit], list[AnswerSpan]]


def plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def quotes(answer: Answer) -> list[Answer]:
    return [part for part in (answer, *answer.alternatives) if part.text is not None]


@hypothesis_settings(max_examples=50)
@given(**READING)
def test_every_citation_is_verbatim(reading: Reading, threshold: float, settings: Settings) -> None:
    for part in quotes(compose(reading, threshold, settings)):
        assert part.citations
        for cited in part.citations:
            text = reading[0][cited.article_id].text
            assert cited.text == cited.span.of(text) == cited.text.strip() != ""
            assert cited.span.contains(cited.highlight)
            assert plain(cited.highlight.of(text)) == plain(part.text)
            around = Span(cited.span.start - len(cited.before), cited.span.end + len(cited.after))
            assert cited.before + cited.text + cited.after == around.of(text)
        first = part.citations[0]
        assert part.text == first.highlight.of(reading[0][first.article_id].text)


@hypothesis_settings(max_examples=50)
@given(**READING)
def test_nothing_is_quoted_twice(reading: Reading, threshold: float, settings: Settings) -> None:
    parts = quotes(compose(reading, threshold, settings))
    words = [plain(part.text) for part in parts]
    assert len(set(words)) == len(words)
    cited = [(c.article_id, c.highlight) for part in parts for c in part.citations]
    for place, (article_id, span) in enumerate(cited):
        for other_id, other in cited[place + 1 :]:
            assert article_id != other_id or not span.overlaps(other)


@hypothesis_settings(max_examples=50)
@given(**READING)
def test_an_answer_is_given_only_when_it_is_sure_enough(
    reading: Reading, threshold: float, settings: Settings
) -> None:
    answer = compose(reading, threshold, settings)
    assert 0 <= answer.confidence <= 1
    assert (answer.text is None) == (not answer.citations)
    assert answer.text is None or answer.confidence >= threshold
    assert len(answer.alternatives) <= settings.max_alternatives
    assert all(part.confidence <= answer.confidence for part in answer.alternatives)


@hypothesis_settings(max_examples=50)
@given(**READING)
def test_the_order_of_hits_and_candidates_does_not_matter(
    reading: Reading, threshold: float, settings: Settings
) -> None:
    articles, hits, spans = reading
    one = compose((articles, hits, spans), threshold, settings)
    other = compose((articles, hits[::-1], spans[::-1]), threshold, settings)
    assert one.to_dict() == other.to_dict()


@hypothesis_settings(max_examples=50)
@given(**READING)
def test_any_answer_can_be_shown_on_a_terminal(
    reading: Reading, threshold: float, settings: Settings
) -> None:
    shown = render_text(compose(reading, threshold, settings))
    assert all(line.isprintable() for line in shown.split("\n"))
