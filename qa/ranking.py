"""Candidates to answers in order: reader and retrieval fused, the same words put together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import Article, Passage, Span
from qa.answer_span import AnswerSpan
from qa.calibration import Calibration
from qa.types import Hit

SAME_ANSWER_WITHIN = 4.0
"""Ranking scores are logits: at this distance one is fifty times less likely than the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedSpan:
    """A candidate with its hit, its place in the article and its fused score."""

    hit: Hit
    span: Span
    total: float
    evidence: Mapping[str, float]

    @property
    def passage(self) -> Passage:
        """Where it stands."""
        return self.hit.passage


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedAnswer:
    """One answer: the spans that say it in the same words, best first, at least one.

    `lead` is how far its best span's score is above the best of any other answer; negative for
    those that do not come first, 0 for an answer without a rival.
    """

    spans: tuple[RankedSpan, ...]
    lead: float

    @property
    def total(self) -> float:
        """Its best span's score."""
        return self.spans[0].total

    @property
    def evidence(self) -> dict[str, float]:
        """What else tells whether it is right, by name: the reader's evidence, and retrieval's."""
        best = self.spans[0]
        return {
            **best.evidence,
            "retrieval": best.hit.score,
            "similarity": best.hit.similarity or 0.0,
            "support": math.log(len(self.spans)),
        }


def rank_answers(
    hits: Sequence[Hit],
    spans: Sequence[AnswerSpan],
    articles: Mapping[str, Article],
    calibration: Calibration,
) -> list[RankedAnswer]:
    """Return what the spans say, best first.

    Spans with the same words become one answer, as long as each speaks for itself: one that ranks
    `SAME_ANSWER_WITHIN` below the group's best holds the words by chance and is dropped. So is one
    that overlaps a better one of its article: it is the same place.

    Args:
        hits: The passages that were read.
        spans: The reader's candidates in them.
        articles: By id, at least those of the hits.
        calibration: The reader's: what a hit's retrieval counts beside a span's score.
    """
    groups = _grouped(_ranked(hits, spans, calibration), articles)
    totals = [group[0].total for group in groups]
    rivals = [max([*totals[:at], *totals[at + 1 :]], default=own) for at, own in enumerate(totals)]
    return [
        RankedAnswer(spans=tuple(group), lead=group[0].total - rival)
        for group, rival in zip(groups, rivals, strict=True)
    ]


def same_words(text: str) -> str:
    """Return what two answers must share to be the same: all but case and spacing."""
    return " ".join(text.casefold().split())


def retrieval_score(hit: Hit, calibration: Calibration) -> float:
    """Return what a hit's retrieval adds to the score of a candidate in it."""
    return calibration.of_retrieval(hit.score, hit.lexical_rank)


def rank_hits(
    hits: Sequence[Hit], spans: Sequence[AnswerSpan], calibration: Calibration
) -> list[Hit]:
    """Return hits by the best that was found in them; those with nothing come last."""
    best: dict[int, float] = {}
    for span in spans:
        best[span.passage_id] = max(best.get(span.passage_id, -math.inf), span.score)

    def total(hit: Hit) -> float:
        return best.get(hit.passage.id, -math.inf) + retrieval_score(hit, calibration)

    return sorted(hits, key=lambda hit: -total(hit))


def _ranked(
    hits: Sequence[Hit], spans: Sequence[AnswerSpan], calibration: Calibration
) -> list[RankedSpan]:
    """Fuse reader and retrieval scores; best first, ties by article and place."""
    by_passage = {hit.passage.id: hit for hit in hits}
    ranked = []
    for candidate in spans:
        hit = by_passage[candidate.passage_id]
        total = candidate.score + retrieval_score(hit, calibration)
        if words := _without_margins(hit.passage, candidate.span):
            ranked.append(RankedSpan(hit=hit, span=words, total=total, evidence=candidate.evidence))
    return sorted(ranked, key=lambda r: (-r.total, r.passage.article_id, r.span))


def _without_margins(passage: Passage, span: Span) -> Span | None:
    """Return the span less white space at its ends; None if no letter or digit is left."""
    text = passage.slice(span)
    words = Span(0, len(text)).trimmed(text)
    return words.shift(span.start) if words and any(map(str.isalnum, text)) else None


def _grouped(
    ranked: Sequence[RankedSpan], articles: Mapping[str, Article]
) -> list[list[RankedSpan]]:
    """Group spans that say the same thing letter for letter, spacing and case aside."""
    groups: dict[str, list[RankedSpan]] = {}
    taken: dict[str, list[Span]] = {}
    for candidate in ranked:
        article_id = candidate.passage.article_id
        if any(candidate.span.overlaps(span) for span in taken.get(article_id, ())):
            continue
        taken.setdefault(article_id, []).append(candidate.span)
        words = same_words(candidate.span.of(articles[article_id].text))
        group = groups.setdefault(words, [])
        if not group or candidate.total >= group[0].total - SAME_ANSWER_WITHIN:
            group.append(candidate)
    return list(groups.values())
