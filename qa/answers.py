"""Hits and spans to an Answer: rank, merge, cite, or say that the articles do not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus import Article, Passage, Span
from qa.answer_span import AnswerSpan
from qa.calibration import Calibration
from qa.corrections import correct_errors
from qa.ranking import RankedAnswer, rank_answers, rank_hits
from qa.settings import Settings
from qa.types import Answer, Citation, Hit


def compose_answer(
    question: str,
    hits: Sequence[Hit],
    spans: Sequence[AnswerSpan],
    articles: Mapping[str, Article],
    *,
    calibration: Calibration,
    settings: Settings,
) -> Answer:
    """Compose the answer to a question from what was retrieved and read.

    Candidates with the same words become one answer with several citations. The best answer is
    given if its confidence reaches the calibration's threshold; otherwise the text is None, nothing
    is cited, and the closest sentences are the alternatives. A sentence is shown once, with the
    best words in it. What a paper printed and took back does not come first.

    Args:
        question: As understood.
        hits: The passages that were read.
        spans: The reader's candidates in them.
        articles: By id, at least those of the hits.
        calibration: The reader's.
        settings: How much to show.
    """
    spans = correct_errors(question, hits, spans, articles)
    answers: list[Answer] = []
    shown: set[tuple[str, Span]] = set()
    for ranked in rank_answers(hits, spans, articles, calibration):
        confidence = calibration.confidence(
            total=ranked.total, lead=ranked.lead, evidence=ranked.evidence
        )
        answer = _answer(question, ranked, confidence, articles, settings.context_chars)
        sentences = [(citation.article_id, citation.span) for citation in answer.citations]
        if sentences[0] not in shown:
            shown.update(sentences)
            answers.append(answer)
        if len(answers) > settings.max_alternatives:
            break
    best = answers[0] if answers and answers[0].confidence >= calibration.threshold else None
    return Answer(
        question=question,
        text=best.text if best else None,
        confidence=answers[0].confidence if answers else 0.0,
        citations=best.citations if best else (),
        alternatives=tuple((answers[1:] if best else answers)[: settings.max_alternatives]),
        hits=tuple(rank_hits(hits, spans, calibration)),
    )


def _answer(
    question: str,
    ranked: RankedAnswer,
    confidence: float,
    articles: Mapping[str, Article],
    context_chars: int,
) -> Answer:
    first = ranked.spans[0]
    return Answer(
        question=question,
        text=first.span.of(articles[first.passage.article_id].text),
        confidence=confidence,
        citations=tuple(cite(r.passage, r.span, articles, context_chars) for r in ranked.spans),
    )


def cite(
    passage: Passage, span: Span, articles: Mapping[str, Article], context_chars: int
) -> Citation:
    """Cite the whole sentences of a passage that hold an answer.

    Raises:
        ValueError: the span lies outside the passage.
    """
    if not passage.span.contains(span):
        raise ValueError(f"{span} is not inside the passage {passage.span}")
    article = articles[passage.article_id]
    whole = passage.around(span).trimmed(article.text) or span
    own = article.stretch_around(whole)  # what a mark sets aside is no context either
    return Citation(
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        source=article.source,
        span=whole,
        text=whole.of(article.text),
        highlight=span,
        before=article.text[max(own.start, whole.start - context_chars) : whole.start],
        after=article.text[whole.end : min(own.end, whole.end + context_chars)],
        version=article.version,
    )
