"""What else could find the right passage? Ideas of the literature, beside what ships.

    python -m bench.ideas --data FOLDER [--contexts N] [--out FILE]

Only ever on data to tune on: `dev_squad_v2.json.gz`, and the pages of `train.json.gz` that the
encoder was not trained with; other training contexts lie between them. The contexts of a page are
one article with that page's title, so passages have neighbours and articles a beginning. An idea's
number is chosen on one half of the questions and judged on the other, both ways round; its
difference in recall@1 to what ships comes with the 95 % interval of a paired bootstrap.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from bench.collection import collection
from bench.record import record
from bench.retrieval import Ranks, difference, rank_of, scores
from bench.squad import SEPARATOR, GoldQuestion, read_squad_pages
from corpus import Article
from embeddings import load_encoder
from qa import Retriever, Settings
from qa.found import Found
from qa.fusion import fuse
from qa.sentence_vectors import compared
from training.encoder_data import is_held_out

HELD_OUT = 0.15
"""The share of pages that the encoder's training left out (training/encoder.py)."""

QUESTIONS = 2_000
FEW = 60
"""Of so few questions of a kind no weight of their own is fitted."""

STEPS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
WEIGHTS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_WEIGHT = Settings().dense_weight
_NAME = re.compile(r"(?<!^)\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")
_KINDS = ("how many", "how much", "who", "when", "where", "how", "why", "which", "what")

Scores = Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question, what is known of its candidates, and which passages hold the answer."""

    question: str
    found: Found
    gold: frozenset[int]
    near: Scores
    """How similar the passages before and after are, on average."""
    lead: Scores
    """How similar the first passage of the article is."""
    names: Scores
    """BM25 of the question's names alone."""


def _shipped(case: Case, weight: float) -> list[int]:
    return _ranking(case.found.similarity, case.found.lexical, weight)


def _neighbours(case: Case, share: float) -> list[int]:
    return _ranking(_mixed(case.found.similarity, case.near, share), case.found.lexical)


def _lead(case: Case, share: float) -> list[int]:
    return _ranking(_mixed(case.found.similarity, case.lead, share), case.found.lexical)


def _names(case: Case, share: float) -> list[int]:
    return _ranking(case.found.similarity, _mixed(case.found.lexical, case.names, 2 * share))


def _deviations(case: Case, weight: float) -> list[int]:
    """Average what is brought to mean 0 and deviation 1; who is missing has the other's least."""
    similar, lexical = (_standard(s) for s in (case.found.similarity, case.found.lexical))
    least = min(lexical.values(), default=0.0)
    total = {i: weight * s + (1 - weight) * lexical.get(i, least) for i, s in similar.items()}
    return sorted(total, key=lambda i: (-total[i], i))


WAYS: Mapping[str, tuple[Callable[[Case, float], list[int]], Sequence[float]]] = {
    "another share of similarity": (_shipped, WEIGHTS),
    "standardised scores instead of min–max": (_deviations, WEIGHTS),
    "+ similarity of the neighbours": (_neighbours, STEPS),
    "+ similarity of the article's first passage": (_lead, STEPS),
    "+ BM25 of the question's names": (_names, STEPS),
}


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--contexts", default=3_000, show_default=True, help="Others, to lie between them.")
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, contexts: int, out: Path | None) -> None:
    articles, questions = _asked(data, contexts)
    cases = _cases(articles, questions)
    shipped = _ranks(cases, _shipped, _WEIGHT)
    found = {name: _crossed(cases, way, numbers) for name, (way, numbers) in WAYS.items()}
    found["a share of similarity for each kind of question"] = _crossed_by_kind(cases)
    for name, changed in (("without the title", _untitled), ("with title and lead", _with_lead)):
        others = _cases([changed(article) for article in articles], questions)
        found[f"passages encoded {name}"] = _ranks(others, _shipped, _WEIGHT)
    table = {
        name: {**scores(ranks), "better_at_1_by": difference(ranks == 1, shipped == 1)}
        for name, ranks in found.items()
    }
    result = {
        "contexts": sum(article.text.count(SEPARATOR) for article in articles),
        "questions": len(cases),
        "shipped": scores(shipped),
    }
    record("ideas", {**result, "ideas": table}, out)


# -- data -----------------------------------------------------------------------------------------


def _asked(data: Path, contexts: int) -> tuple[list[Article], list[GoldQuestion]]:
    articles, questions = read_squad_pages(data / "dev_squad_v2.json.gz")
    others, more = read_squad_pages(data / "train.json.gz")
    kept = {article.id for article in others if is_held_out(article.id, HELD_OUT)}
    asked = [q for q in (*questions, *(q for q in more if q.article_id in kept)) if q.answers]
    rng = random.Random(0)
    rng.shuffle(others)
    for article in others:
        if article.id in kept:
            articles.append(article)
        elif contexts > 0:
            articles.append(article)
            contexts -= article.text.count(SEPARATOR)
    rng.shuffle(asked)
    return articles, asked[:QUESTIONS]


def _untitled(article: Article) -> Article:
    return replace(article, title="")


def _with_lead(article: Article) -> Article:
    first = re.split(r"(?<=[.!?])\s", article.text, maxsplit=1)[0][:200]
    return replace(article, title=f"{article.title}. {first}")


def _cases(articles: Sequence[Article], questions: Sequence[GoldQuestion]) -> list[Case]:
    with collection(articles, load_encoder()) as retriever:
        store = retriever.index.store
        passages = store.passages([i for i, _, _ in store.texts()])
        order: dict[str, list[int]] = {}
        for i, passage in sorted(passages.items(), key=lambda pair: pair[1].span.start):
            order.setdefault(passage.article_id, []).append(i)
        gold = [
            frozenset(
                i
                for i in order.get(question.article_id, [])
                if question.found_in(question.article_id, passages[i].span)
            )
            for question in questions
        ]
        of = {i: passage.article_id for i, passage in passages.items()}
        with click.progressbar(zip(questions, gold, strict=True), length=len(gold), width=0) as bar:
            return [_case(retriever, asked.question, right, order, of) for asked, right in bar]


def _case(
    retriever: Retriever,
    question: str,
    gold: frozenset[int],
    order: Mapping[str, Sequence[int]],
    of: Mapping[int, str],
) -> Case:
    found = retriever.search(question)
    beside = {i: _beside(order[of[i]], i) for i in found.similarity}
    wanted = {i for ids in beside.values() for i in ids} | {order[of[i]][0] for i in beside}
    similarity = _similarity(retriever, question, wanted)
    names = " ".join(_NAME.findall(question))
    return Case(
        question=question,
        found=found,
        gold=gold,
        near={i: float(np.mean([similarity[n] for n in ids])) for i, ids in beside.items() if ids},
        lead={i: similarity[order[of[i]][0]] for i in beside},
        names=retriever.index.snapshot().lexical.search(names, 1_000) if names else {},
    )


def _beside(ids: Sequence[int], one: int) -> list[int]:
    at = ids.index(one)
    return [*ids[max(0, at - 1) : at], *ids[at + 1 : at + 2]]


def _similarity(retriever: Retriever, question: str, ids: set[int]) -> Scores:
    asked = retriever.encoder.encode_questions([question])[0]
    stored = dict(retriever.index.store.vectors(sorted(ids)))
    like = compared(asked, stored, sentence_share=retriever.settings.sentence_share)
    return {i: own.similarity for i, own in like.items()}


# -- rankings -------------------------------------------------------------------------------------


def _ranking(similar: Scores, lexical: Scores, weight: float = _WEIGHT) -> list[int]:
    return [i for i, _ in fuse(similar, lexical, dense_weight=weight)]


def _mixed(scores: Scores, others: Scores, share: float) -> Scores:
    return {i: score + share * others.get(i, 0.0) for i, score in scores.items()}


def _standard(scores: Scores) -> Scores:
    values = np.array(list(scores.values()) or [0.0])
    mean, deviation = float(values.mean()), float(values.std()) or 1.0
    return {i: (score - mean) / deviation for i, score in scores.items()}


def _ranks(cases: Sequence[Case], way: Callable[[Case, float], list[int]], number: float) -> Ranks:
    return np.array([rank_of(way(case, number), case.gold) for case in cases])


def _crossed(
    cases: Sequence[Case],
    way: Callable[[Case, float], list[int]],
    numbers: Sequence[float],
    groups: NDArray[np.str_] | None = None,
) -> Ranks:
    """Rank each half of the questions with the number that is best for the other half."""
    table = np.array([_ranks(cases, way, number) for number in numbers])
    even = np.arange(len(cases)) % 2 == 0
    groups = np.zeros(len(cases), dtype=str) if groups is None else groups
    crossed = np.empty(len(cases), dtype=np.int64)
    for group in np.unique(groups):
        for half in (even, ~even):
            other = ~half & (groups == group)
            chosen = other if other.sum() >= FEW else ~half
            best = int(np.argmax((1 / table[:, chosen]).mean(axis=1)))
            crossed[half & (groups == group)] = table[best, half & (groups == group)]
    return crossed


def _crossed_by_kind(cases: Sequence[Case]) -> Ranks:
    return _crossed(cases, _shipped, WEIGHTS, np.array([_kind(case.question) for case in cases]))


def _kind(question: str) -> str:
    words = f" {question.casefold()} "
    return next((kind for kind in _KINDS if f" {kind} " in words), "other")


if __name__ == "__main__":
    main()
