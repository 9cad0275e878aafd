"""Hits and spans to an Answer: rank, merge, cite, or say that the articles do not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import Article, Passage, Span
from qa.calibration import Calibration
from qa.settings import Settings
from qa.types import Answer, AnswerSpan, Citation, Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A candidate with its place in the article and its fused score."""

    passage: Passage
    span: Span
    total: float


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

    Candidates with the same words (wire copies) become one answer with several citations. The best
    answer is given if its confidence reaches the calibration's threshold; otherwise the text is
    None, nothing is cited, and the closest sentences are the alternatives.

    Args:
        question: As understood.
        hits: The passages that were read.
        spans: The reader's candidates in them.
        articles: By id, at least those of the hits.
        calibration: The reader's.
        settings: How much to show.
    """
    groups = _same_words(_rank(hits, spans, calibration), articles)
    totals = [group[0].total for group in groups]
    answers = []
    for place, group in enumerate(groups[: 1 + settings.max_alternatives]):
        total = totals[place]
        rival = max([*totals[:place], *totals[place + 1 :]], default=total)
        confidence = calibration.confidence(total=total, lead=total - rival)
        answers.append(_answer(question, group, confidence, articles, settings.context_chars))
    best = answers[0] if answers and answers[0].confidence >= calibration.threshold else None
    return Answer(
        question=question,
        text=best.text if best else None,
        confidence=answers[0].confidence if answers else 0.0,
        citations=best.citations if best else (),
        alternatives=tuple((answers[1:] if best else answers)[: settings.max_alternatives]),
        hits=tuple(hits),
    )


def _answer(
    question: str,
    group: Sequence[_Ranked],
    confidence: float,
    articles: Mapping[str, Article],
    context_chars: int,
) -> Answer:
    first = group[0]
    return Answer(
        question=question,
        text=first.span.of(articles[first.passage.article_id].text),
        confidence=confidence,
        citations=tuple(cite(r.passage, r.span, articles, context_chars) for r in group),
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
    touched = [sentence for sentence in passage.sentences if sentence.overlaps(span)]
    whole = Span(touched[0].start, touched[-1].end).trimmed(article.text) or span
    return Citation(
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        source=article.source,
        span=whole,
        text=whole.of(article.text),
        highlight=span,
        before=article.text[max(0, whole.start - context_chars) : whole.start],
        after=article.text[whole.end : whole.end + context_chars],
        version=article.version,
    )


def _rank(
    hits: Sequence[Hit], spans: Sequence[AnswerSpan], calibration: Calibration
) -> list[_Ranked]:
    """Fuse reader and retrieval scores; best first, ties by article and place."""
    by_passage = {hit.passage.id: hit for hit in hits}
    ranked = []
    for candidate in spans:
        hit = by_passage[candidate.passage_id]
        total = candidate.score + calibration.retrieval_weight * hit.score
        if words := _without_margins(hit.passage, candidate.span):
            ranked.append(_Ranked(passage=hit.passage, span=words, total=total))
    return sorted(ranked, key=lambda r: (-r.total, r.passage.article_id, r.span))


def _without_margins(passage: Passage, span: Span) -> Span | None:
    """Return the span less white space at its ends, whatever the reader; None if that is all."""
    text = passage.slice(span)
    words = Span(0, len(text)).trimmed(text)
    return words.shift(span.start) if words else None


def _same_words(ranked: Sequence[_Ranked], articles: Mapping[str, Article]) -> list[list[_Ranked]]:
    """Group candidates that say the same thing letter for letter, spacing and case aside.

    A candidate that overlaps a better one of its article is dropped: it is the same place.
    """
    groups: dict[str, list[_Ranked]] = {}
    taken: dict[str, list[Span]] = {}
    for candidate in ranked:
        article_id = candidate.passage.article_id
        if any(candidate.span.overlaps(span) for span in taken.get(article_id, ())):
            continue
        taken.setdefault(article_id, []).append(candidate.span)
        words = " ".join(candidate.span.of(articles[article_id].text).casefold().split())
        groups.setdefault(words, []).append(candidate)
    return list(groups.values())
