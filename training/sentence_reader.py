"""Fit the sentence reader: the weights of its features, its confidence and its threshold.

    python -m training.sentence_reader --data FOLDER [--out qa/calibration/sentence.json]

FOLDER holds `train*.json.gz` in SQuAD format. Two kinds of questions are used: encyclopaedic ones
of that file, its contexts put together to the pages they came from, and the news questions of the
sample corpus that are set aside for tuning. Both count the same. Three questions in four have an
answer; of the others, half are written to have none, half have the passage that answers hidden.

The fit is crossed: what a question gave to the confidence and the threshold was scored with weights
fitted without it. Nothing here reads a test file.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bench.answer_metrics import expected_calibration_error
from bench.questions import load_questions
from bench.squad import GoldQuestion, read_squad_pages
from corpus import Article, Passage, Span, find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, TUNING_QUESTIONS
from embeddings import Encoder, load_encoder
from qa import Retriever, build_index
from qa.calibration import Calibration
from qa.conversation import standalone_question
from qa.sentence_reader import SentenceReader, candidates_in

SEED = 13
PAGES = {"squad_train_du": 6, "squad_v2_other_half": 12, "squadshifts_new_wiki": 12}
"""How many pages of each source: enough rivals for every question, minutes and not hours."""

READ = 10
FOLDS = 5
UNFITTED = Calibration(
    retrieval_weight=0, intercept=0, total_weight=1, lead_weight=0, threshold=0, features={}
)
RETRIEVAL = "retrieval"

IsRight = Callable[[Passage, Span], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, how to know a right sentence, and whether its passages are hidden from it."""

    question: str
    is_right: IsRight
    has_answer: bool
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one question gave: a row of features per candidate, and which candidates are right."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: float


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--questions", default=600, show_default=True, help="Encyclopaedic questions.")
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, questions: int, out: Path | None) -> None:
    rng = random.Random(SEED)
    encoder = load_encoder()
    names, pages = _read_all(encoder, *_page_questions(data, questions, rng))
    _, news = _read_all(encoder, *_news_questions())
    reads = [*_weighed(pages, 1.0), *_weighed(news, len(pages) / len(news))]
    rng.shuffle(reads)
    weights = _fit_weights(reads)
    tops = _crossed_tops(reads)
    model, threshold = _fit_confidence(tops)
    features = dict(zip(["intercept", *names], np.round(weights, 4).tolist(), strict=True))
    calibration = {
        "retrieval_weight": features.pop(RETRIEVAL),
        **model,
        "threshold": threshold,
        "features": features,
    }
    result = {
        "calibration": calibration,
        "made_by": f"python -m training.sentence_reader --questions {questions}",
        "crossed": _report(tops, model, threshold),
    }
    text = json.dumps(result, indent=1) + "\n"
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    print(text)


def _page_questions(
    data: Path, count: int, rng: random.Random
) -> tuple[list[Article], list[Asked]]:
    articles, questions = read_squad_pages(next(data.glob("train*.json.gz")))
    rng.shuffle(articles)
    kept = [
        article
        for source, pages in PAGES.items()
        for article in [a for a in articles if a.id.startswith(source)][:pages]
    ]
    ids = {article.id for article in kept}
    questions = [question for question in questions if question.article_id in ids]
    rng.shuffle(questions)
    with_answer = [question for question in questions if question.answers]
    without = [question for question in questions if not question.answers]
    cut = count * 3 // 4
    asked = [_gold(question) for question in with_answer[:cut]]
    asked += [_gold(question, hidden=True) for question in with_answer[cut : cut + count // 8]]
    asked += [_gold(question) for question in without[: count // 8]]
    return kept, asked


def _gold(question: GoldQuestion, *, hidden: bool = False) -> Asked:
    return Asked(
        question=question.question,
        is_right=lambda passage, span: question.found_in(passage.article_id, span),
        has_answer=bool(question.answers),
        hidden=hidden,
    )


def _news_questions() -> tuple[list[Article], list[Asked]]:
    articles = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    asked = [
        Asked(
            question=standalone_question(gold["question"], gold["history"]),
            is_right=_holds_evidence(gold),
            has_answer=bool(gold["answers"]),
        )
        for gold in load_questions(TUNING_QUESTIONS)
    ]
    return articles, asked


def _holds_evidence(gold: dict[str, Any]) -> IsRight:
    articles = {evidence["article_id"] for evidence in gold["evidence"]}

    def is_right(passage: Passage, span: Span) -> bool:
        sentence = passage.slice(span)
        return passage.article_id in articles and any(a in sentence for a in gold["answers"])

    return is_right


def _read_all(
    encoder: Encoder, articles: Sequence[Article], asked: Sequence[Asked]
) -> tuple[list[str], list[Read]]:
    """Index the articles, retrieve for each question and give its candidates their features."""
    reader = SentenceReader(encoder, UNFITTED)
    reads: list[Read] = []
    names: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        build_index(folder, articles, encoder=encoder)
        with Retriever.open(folder, encoder=encoder) as retriever:
            for one in asked:
                names, read = _read(retriever, reader, one)
                reads.append(read)
    return names, reads


def _read(retriever: Retriever, reader: SentenceReader, asked: Asked) -> tuple[list[str], Read]:
    hits = retriever.retrieve(asked.question, READ * 2)
    if asked.hidden:
        hits = [
            h for h in hits if not any(asked.is_right(h.passage, s) for s in h.passage.sentences)
        ]
    hits = hits[:READ]
    scores = {hit.passage.id: hit.score for hit in hits}
    candidates = candidates_in([hit.passage for hit in hits])
    features = reader.features(asked.question, candidates)
    rows = [
        {**row, RETRIEVAL: scores[passage.id]}
        for row, (passage, _) in zip(features, candidates, strict=True)
    ]
    return list(rows[0]), Read(
        features=np.array([list(row.values()) for row in rows]),
        right=np.array([asked.is_right(passage, span) for passage, span in candidates]),
        weight=1.0,
    )


def _weighed(reads: Sequence[Read], weight: float) -> list[Read]:
    return [Read(features=r.features, right=r.right, weight=weight) for r in reads]


def _fit_weights(reads: Sequence[Read]) -> NDArray[np.float64]:
    """Fit the logit of a candidate's being right, where one is; intercept first."""
    useful = [read for read in reads if read.right.any()]
    rows = np.concatenate([read.features for read in useful])
    labels = np.concatenate([read.right for read in useful])
    weights = np.concatenate([np.full(len(read.right), read.weight) for read in useful])
    model = LogisticRegression(max_iter=2000).fit(rows, labels, sample_weight=weights)
    return np.array([*model.intercept_, *model.coef_[0]])


def _crossed_tops(reads: Sequence[Read]) -> NDArray[np.float64]:
    """Return, per question, the first candidate's (total, lead, right, answerable, weight)."""
    tops = []
    for fold in range(FOLDS):
        weights = _fit_weights([r for n, r in enumerate(reads) if n % FOLDS != fold])
        tops += [_top(r, weights) for n, r in enumerate(reads) if n % FOLDS == fold]
    return np.array(tops)


def _top(read: Read, weights: NDArray[np.float64]) -> tuple[float, float, bool, bool, float]:
    totals = weights[0] + read.features @ weights[1:]
    first, *rest = np.argsort(-totals, kind="stable")
    lead = float(totals[first] - totals[rest[0]]) if rest else 0.0
    return float(totals[first]), lead, bool(read.right[first]), bool(read.right.any()), read.weight


def _fit_confidence(tops: NDArray[np.float64]) -> tuple[dict[str, float], float]:
    """Fit the probability that the first candidate is right, and where to be silent.

    The threshold balances the two ways to end well, whatever the mix of questions: the share of
    answerable ones answered rightly and the share of unanswerable ones left without an answer.
    """
    scores, right, answerable, weight = tops[:, :2], tops[:, 2] > 0, tops[:, 3] > 0, tops[:, 4]
    fitted = LogisticRegression(max_iter=2000).fit(scores, right, sample_weight=weight)
    total, lead = fitted.coef_[0]
    model = {
        "intercept": round(float(fitted.intercept_[0]), 4),
        "total_weight": round(float(total), 4),
        "lead_weight": round(float(lead), 4),
    }
    confidences = _confidences(tops, model)

    def ends_well(threshold: float) -> float:
        given = confidences >= threshold
        answered = np.average((given & right)[answerable], weights=weight[answerable])
        silent = np.average((~given)[~answerable], weights=weight[~answerable])
        return float(answered + silent)

    return model, max((step / 100 for step in range(5, 80)), key=ends_well)


def _confidences(tops: NDArray[np.float64], model: dict[str, Any]) -> NDArray[np.float64]:
    calibration = Calibration(retrieval_weight=0, threshold=0, features={}, **model)
    return np.array([calibration.confidence(total=t, lead=lead) for t, lead, *_ in tops])


def _report(
    tops: NDArray[np.float64], model: dict[str, float], threshold: float
) -> dict[str, float]:
    right, answerable = tops[:, 2] > 0, tops[:, 3] > 0
    confidences = _confidences(tops, model)
    given = confidences >= threshold
    return {
        "questions": len(tops),
        "answered_rightly_if_answerable": round(float((given & right)[answerable].mean()), 4),
        "right_first_if_retrieved": round(float(right[answerable].mean()), 4),
        "answered": round(float(given.mean()), 4),
        "right_if_answered": round(float(right[given].mean()), 4),
        "silent_if_unanswerable": round(float((~given)[~answerable].mean()), 4),
        "expected_calibration_error": round(expected_calibration_error(confidences, right), 4),
    }


if __name__ == "__main__":
    main()
