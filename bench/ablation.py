"""The same questions with less of the machinery: what does each part of the way add?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bench.collection import Asked
from bench.outcomes import Outcome, answer_scores, confidence_scores
from corpus import Article, Passage
from qa import Answer, Hit
from qa.answers import compose_answer
from qa.decode import Candidate
from qa.ranking import retrieval_score
from qa.sentence_reader import SentenceReader
from qa.settings import Settings
from qa.span_reader import SpanReader

Found = Sequence[tuple[Passage, Candidate]]

HAYSTACK_SCALE = 0.1


def first(answer: Answer) -> Answer | None:
    """Return the best answer, whether or not it was sure enough to be given."""
    return answer if answer.text is not None else next(iter(answer.alternatives), None)


def outcome_of(asked: Asked, present: Answer, absent: Answer) -> Outcome:
    """Judge the answer that the assistant would show first."""
    best = first(present)
    return Outcome.of(
        asked,
        (best.text or "") if best else "",
        [(c.article_id, c.span) for c in best.citations] if best else [],
        present.confidence,
        absent.confidence,
    )


def ablation(
    asked: Sequence[Asked],
    articles: Mapping[str, Article],
    reader: SpanReader,
    sentences: SentenceReader,
    full: Sequence[Outcome],
) -> list[dict[str, Any]]:
    """Return a row of scores for each step, sentence extraction first, all of it last."""
    steps = {
        "sentence extraction": [_by_sentence(one, articles, sentences) for one in asked],
        "span reader (sigmoid of the margin)": [_by_margin(one) for one in asked],
        "span reader (Haystack's rule)": [_by_haystack(one) for one in asked],
        "+ re-ranking (sigmoid of the ranking score)": [
            _by_total(one, reader, outcome) for one, outcome in zip(asked, full, strict=True)
        ],
        "+ calibration": full,
    }
    kept = ("auroc", "ece", "coverage_at_5_risk")
    table = []
    for step, outcomes in steps.items():
        confidence = confidence_scores(outcomes)
        row = answer_scores(outcomes) | {name: confidence[name] for name in kept}
        table.append({"step": step, **row})
    return table


def _by_sentence(asked: Asked, articles: Mapping[str, Article], reader: SentenceReader) -> Outcome:
    def answer(hits: Sequence[Hit]) -> Answer:
        spans = reader.read(asked.gold.question, [hit.passage for hit in hits])
        return compose_answer(
            asked.gold.question, hits, spans, articles,
            calibration=reader.calibration, settings=Settings(),
        )  # fmt: skip

    outcome = outcome_of(asked, answer(asked.hits), answer(asked.missing))
    # A whole sentence never equals a short answer: it is right if it holds it.
    return replace(outcome, right=outcome.in_sentence)


def _by_margin(asked: Asked) -> Outcome:
    return _by_own_score(
        asked, lambda c: c.margin, lambda found: _sigmoid(max(c.margin for _, c in found))
    )


def _by_haystack(asked: Asked) -> Outcome:
    """Judge by Haystack's rule: a span's probability is the sigmoid of a tenth of its logit.

    (It gives no answer where the product of what the best spans leave is likelier than the first;
    that is a threshold, and what is measured here needs none.)
    """
    return _by_own_score(
        asked,
        lambda c: c.logit,
        lambda found: _sigmoid(HAYSTACK_SCALE * max(c.logit for _, c in found)),
    )


def _by_own_score(
    asked: Asked, score: Callable[[Candidate], float], confidence: Callable[[Found], float]
) -> Outcome:
    found = asked.found_in(asked.hits)
    if not found:
        return Outcome.of(asked, "", [], 0.0, 0.0)
    passage, best = max(found, key=lambda pair: score(pair[1]))
    span = best.span.shift(passage.span.start)
    return Outcome.of(
        asked,
        best.span.of(passage.text),
        [(passage.article_id, passage.around(span))],
        confidence(found),
        _or_nothing(confidence, asked.found_in(asked.missing)),
    )


def _or_nothing(confidence: Callable[[Found], float], found: Found) -> float:
    return confidence(found) if found else 0.0


def _by_total(asked: Asked, reader: SpanReader, full: Outcome) -> Outcome:
    """Judge the re-ranked answer with its ranking score, squashed, as the confidence."""

    def confidence(hits: Sequence[Hit]) -> float:
        retrieved = {hit.passage.id: retrieval_score(hit, reader.calibration) for hit in hits}
        spans = reader.scored(asked.gold.question, asked.found_in(hits))
        totals = [s.score + retrieved[s.passage_id] for s in spans]
        return _sigmoid(max(totals, default=-40.0))

    return Outcome(
        em=full.em,
        f1=full.f1,
        in_sentence=full.in_sentence,
        right=full.right,
        confidence=confidence(asked.hits),
        confidence_without=confidence(asked.missing),
    )


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, value))))
