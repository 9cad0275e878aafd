"""Fit what the span reader's scores mean: ranking, confidence and when to be silent.

    python -m training.span_calibration --data FOLDER --distractors INDEX
        [--out qa/calibration/span.json]

FOLDER holds `dev_squad_v2.json.gz`; beside it the news questions of the sample corpus that are set
aside for tuning are used. Each dev question is asked over the closed collection of all contexts,
once with its context in the index and once without; the questions that were written to have no
answer are asked once. All that is done twice: alone, and with the passages of INDEX beside them
(`python -m bench.scale` makes one of 100,000). Fitted alone, the reader was trusted too much in
large collections (docs/benchmarks.md). Nothing here reads a test file.

Ranking: a candidate's score is linear in its margin, its fit to the question and its passage's
retrieval score; the weights are those that put right candidates before a question's others.
Confidence: the probability that what ranks first is right, from its ranking score, its lead over
the next and its evidence. Figures in the result are crossed: fitted without the pages that they are
measured on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from bench.answer_metrics import coverage_at_risk, expected_calibration_error
from bench.reader import load_model
from corpus import Article
from embeddings import load_encoder
from qa.calibration import Calibration
from qa.ranking import RankedAnswer, rank_answers
from qa.span_reader import SpanReader, weighed
from training.calibration_data import (
    FOLDS,
    NEWS,
    Example,
    news_examples,
    page_examples,
    reweighted,
)

Floats = NDArray[np.float64]

EVIDENCE = ("similarity", "support", "margin", "fit", "retrieval")
SILENT = 0.8
"""Four in five questions that the articles do not answer are to be left unanswered."""

RIDGE = 1e-3
"""Keeps weights of features that rarely differ small."""
UNFITTED = Calibration(
    retrieval_weight=0, intercept=0, total_weight=1, lead_weight=0, threshold=0, features={}
)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--distractors", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--reader", type=click.Path(path_type=Path, exists=True), help="Another reader.")
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, distractors: Path, reader: Path | None, out: Path | None) -> None:
    span_reader = SpanReader(load_model(reader), UNFITTED)
    encoder = load_encoder()
    questions = data / "dev_squad_v2.json.gz"
    pages, found, null_margin = page_examples(questions, span_reader, encoder, distractors)
    news, news_articles = news_examples(span_reader, encoder)
    examples = [*pages, *reweighted(news, sum(e.weight for e in pages))]
    articles = {article.id: article for article in (*found, *news_articles)}
    tops = _crossed(examples, articles)
    calibration = _fitted(examples, articles)
    threshold = _threshold(tops)
    result = {
        "calibration": {
            **calibration,
            "threshold": threshold,
            "null_margin": round(null_margin, 3),
        },
        "made_by": "python -m training.span_calibration --data FOLDER --distractors INDEX",
        "reader": span_reader.name,
        "reader_sha256": getattr(span_reader.model, "sha256", None),
        "crossed": _report(tops, threshold),
    }
    text = json.dumps(result, indent=1) + "\n"
    if out:
        out.write_text(text, encoding="utf-8")
    print(text)


def _fitted(examples: Sequence[Example], articles: Mapping[str, Article]) -> dict[str, Any]:
    """Fit ranking, then confidence on what ranks first; return a calibration's fields."""
    ranking = _fit_ranking(examples)
    ranked = replace(UNFITTED, **ranking)
    tops = [_top(example, ranked, articles) for example in examples]
    return {**ranking, **_fit_confidence(tops)}


def _fit_ranking(examples: Sequence[Example]) -> dict[str, Any]:
    """Fit the weights that put a right candidate first: a softmax over each question's own.

    What is compared is one question's candidates, so that is what the loss compares; a logistic
    regression over all candidates spends its weights on telling easy questions from hard ones.
    """
    useful = [example for example in examples if example.has_answer]
    names = list(useful[0].features[0])
    tables = [_table(example) for example in useful]
    scale = np.concatenate(tables).std(axis=0)
    scale[scale < 1e-6] = 1.0  # a feature that is the same everywhere weighs nothing
    rights = [np.array(example.right) for example in useful]
    weights = np.array([example.weight for example in useful])
    weights /= weights.sum()

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        value, gradient = RIDGE * float(coefficients @ coefficients), 2 * RIDGE * coefficients
        for table, right, weight in zip(tables, rights, weights, strict=True):
            scores = table @ (coefficients / scale)
            every, ours = logsumexp(scores), logsumexp(scores[right])
            value += weight * float(every - ours)
            pull = np.exp(scores - every) - np.where(right, np.exp(scores - ours), 0.0)
            gradient = gradient + weight * (pull @ table) / scale
        return value, gradient

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    if not found.success:
        raise click.ClickException(f"the ranking weights were not found: {found.message}")
    *features, retrieval, lexical = np.round(found.x / scale, 4).tolist()
    return {
        "retrieval_weight": retrieval,
        "lexical_weight": lexical,
        "features": dict(zip(names, features, strict=True)),
    }


def _table(example: Example) -> Floats:
    """Return the features of each candidate, what retrieval says of its passage last."""
    retrieved = {
        hit.passage.id: (hit.score, 1 / hit.lexical_rank if hit.lexical_rank else 0.0)
        for hit in example.hits
    }
    return np.array(
        [
            [*features.values(), *retrieved[passage.id]]
            for (passage, _), features in zip(example.found, example.features, strict=True)
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """What ranks first for one asking, as confidence sees it."""

    row: tuple[float, ...]
    right: bool
    has_answer: bool
    weight: float


def _top(example: Example, ranking: Calibration, articles: Mapping[str, Article]) -> Top:
    """Rank as the assistant does."""
    spans = weighed(example.found, example.features, ranking)
    answers = rank_answers(example.hits, spans, articles, ranking)
    first = answers[0].spans[0] if answers else None
    right = any(
        ok and first and p.id == first.passage.id and c.span.shift(p.span.start) == first.span
        for (p, c), ok in zip(example.found, example.right, strict=True)
    )
    return Top(
        row=_row(answers[0]) if answers else (0.0,) * (2 + len(EVIDENCE)),
        right=right,
        has_answer=example.has_answer,
        weight=example.weight,
    )


def _row(answer: RankedAnswer) -> tuple[float, ...]:
    return (answer.total, answer.lead, *(answer.evidence[name] for name in EVIDENCE))


def _fit_confidence(tops: Sequence[Top]) -> dict[str, Any]:
    model = LogisticRegression(max_iter=5000).fit(
        [top.row for top in tops],
        [top.right for top in tops],
        sample_weight=[top.weight for top in tops],
    )
    total, lead, *evidence = np.round(model.coef_[0], 4).tolist()
    return {
        "intercept": round(float(model.intercept_[0]), 4),
        "total_weight": total,
        "lead_weight": lead,
        "evidence": dict(zip(EVIDENCE, evidence, strict=True)),
    }


def _crossed(
    examples: Sequence[Example], articles: Mapping[str, Article]
) -> list[tuple[Top, float]]:
    """Return each top with the confidence of a fit that has not seen its pages."""
    groups = sorted({example.group for example in examples if not example.group.startswith(NEWS)})
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    fold |= {f"{NEWS}{number}": number for number in range(FOLDS)}
    crossed = []
    for held_out in range(FOLDS):
        fields = _fitted([e for e in examples if fold[e.group] != held_out], articles)
        calibration = Calibration(threshold=0.0, **fields)
        for example in (e for e in examples if fold[e.group] == held_out):
            top = _top(example, calibration, articles)
            total, lead, *evidence = top.row
            confidence = calibration.confidence(
                total=total, lead=lead, evidence=dict(zip(EVIDENCE, evidence, strict=True))
            )
            crossed.append((top, confidence))
    return crossed


def _threshold(tops: Sequence[tuple[Top, float]]) -> float:
    """Return the lowest threshold that leaves `SILENT` of the unanswerable askings unanswered."""
    silent = [(confidence, top.weight) for top, confidence in tops if not top.has_answer]
    confidences, weights = (np.array(values) for values in zip(*silent, strict=True))
    steps = np.arange(5, 90) / 100
    shares = [float(weights[confidences < step].sum() / weights.sum()) for step in steps]
    return float(steps[next(place for place, share in enumerate(shares) if share >= SILENT)])


def _report(tops: Sequence[tuple[Top, float]], threshold: float) -> dict[str, Any]:
    right = np.array([top.right for top, _ in tops])
    answerable = np.array([top.has_answer for top, _ in tops])
    confidences = np.array([confidence for _, confidence in tops])
    weights = np.array([top.weight for top, _ in tops])
    given = confidences >= threshold

    def share(values: NDArray[np.bool_], where: NDArray[np.bool_]) -> float:
        return round(float(np.average(values[where], weights=weights[where])), 4)

    return {
        "askings": len(tops),
        "right_first_if_retrieved": share(right, answerable),
        "answered_rightly_if_retrieved": share(given & right, answerable),
        "right_if_answered": share(right, given),
        "silent_if_unanswerable": share(~given, ~answerable),
        "auroc": round(float(roc_auc_score(right, confidences, sample_weight=weights)), 4),
        "ece": round(expected_calibration_error(confidences, right, weights=weights), 4),
        "coverage_at_5_risk": round(coverage_at_risk(confidences, right, 0.05)[0], 4),
    }


if __name__ == "__main__":
    main()
