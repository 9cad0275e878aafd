"""Hits and spans to an Answer: rank, merge, cite, or say that the articles do not tell."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import Article, Passage, Span
from qa.calibration import Calibration
from qa.settings import Settings
from qa.types import Answer, AnswerSpan, Citation, Hit

SAME_ANSWER_WITHIN = 4.0
"""Ranking scores are logits: at this distance one is fifty times less likely than the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A candidate with its place in the article and its fused score."""

    hit: Hit
    span: Span
    total: float

    @property
    def passage(self) -> Passage:
        """Where it stands."""
        return self.hit.passage


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

    Candidates with the same words become one answer with several citations, as long as each speaks
    for itself: one that ranks far below the group's best holds the words by chance. The best
    answer is given if its confidence reaches the calibration's threshold; otherwise the text is
    None, nothing is cited, and the closest sentences are the alternatives. A sentence is shown
    once, with the best words in it.

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
    answers: list[Answer] = []
    shown: set[tuple[str, Span]] = set()
    for place, group in enumerate(groups):
        total = totals[place]
        rival = max([*totals[:place], *totals[place + 1 :]], default=total)
        confidence = calibration.confidence(
            total=total, lead=total - rival, evidence=_evidence(group)
        )
        answer = _answer(question, group, confidence, articles, settings.context_chars)
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
        hits=tuple(_reranked(hits, spans, calibration)),
    )


def _evidence(group: Sequence[_Ranked]) -> dict[str, float]:
    """Return what tells an answer from a wrong one beside its ranking score."""
    similarity = group[0].hit.similarity
    return {
        "similarity": 0.0 if similarity is None else similarity,
        "support": math.log(len(group)),
    }


def _reranked(
    hits: Sequence[Hit], spans: Sequence[AnswerSpan], calibration: Calibration
) -> list[Hit]:
    """Return hits by the best that was found in them; those with nothing come last."""
    best: dict[int, float] = {}
    for span in spans:
        best[span.passage_id] = max(best.get(span.passage_id, -math.inf), span.score)

    def total(hit: Hit) -> float:
        score = best.get(hit.passage.id, -math.inf)
        return score + calibration.retrieval_weight * hit.score

    return sorted(hits, key=lambda hit: -total(hit))


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
    whole = passage.around(span).trimmed(article.text) or span
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
            ranked.append(_Ranked(hit=hit, span=words, total=total))
    return sorted(ranked, key=lambda r: (-r.total, r.passage.article_id, r.span))


def _without_margins(passage: Passage, span: Span) -> Span | None:
    """Return the span less white space at its ends, whatever the reader; None if that is all."""
    text = passage.slice(span)
    words = Span(0, len(text)).trimmed(text)
    return words.shift(span.start) if words else None


def _same_words(ranked: Sequence[_Ranked], articles: Mapping[str, Article]) -> list[list[_Ranked]]:
    """Group candidates that say the same thing letter for letter, spacing and case aside.

    One that ranks `SAME_ANSWER_WITHIN` below the best of its group is dropped.

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
        group = groups.setdefault(words, [])
        if not group or candidate.total >= group[0].total - SAME_ANSWER_WITHIN:
            group.append(candidate)
    return list(groups.values())
