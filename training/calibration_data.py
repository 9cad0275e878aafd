"""What the span reader finds for the questions that its calibration is fitted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.collection import PASSAGES_READ, READ_WHOLE, ask_all, collection
from bench.questions import load_questions
from bench.reader import best_null_margin, read_all
from bench.squad import GoldQuestion, read_squad
from corpus import Article, Passage, Span, find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, TUNING_QUESTIONS
from embeddings import Encoder
from qa import Hit
from qa.conversation import standalone_question
from qa.decode import Candidate
from qa.excerpts import to_read
from qa.span_reader import SpanReader

Found = Sequence[tuple[Passage, Candidate]]

FOLDS = 6
NEWS = "news-"
"""Before the number of its fold, the group of a news question."""

NEWS_SHARE = 0.3
"""Weight of the news questions in the whole: few, but what the product is for."""

WRITTEN_UNANSWERABLE_WEIGHT = 0.4
"""They were written to mislead a reader of one text; readers of news ask few such questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One asking: hits, candidates in them, which of these are right, and how much it counts."""

    question: str
    group: str
    hits: tuple[Hit, ...]
    found: Found
    features: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    has_answer: bool
    weight: float


def page_examples(
    path: Path, reader: SpanReader, encoder: Encoder, distractors: Path
) -> tuple[list[Example], list[Article], float]:
    """Ask the dev questions over their own contexts, and again with all of an index beside these.

    Returns:
        The askings, the articles that were found, and the best margin to answer from.
    """
    listed, questions = read_squad(path)
    null_margin = best_null_margin(read_all(reader.model, listed, questions))
    examples: list[Example] = []
    articles: dict[str, Article] = {}
    for beside in (None, distractors):
        asked, found = _asked(listed, questions, reader, encoder, beside)
        examples += asked
        articles |= found
    return examples, list(articles.values()), null_margin


def _asked(
    listed: Sequence[Article],
    questions: Sequence[GoldQuestion],
    reader: SpanReader,
    encoder: Encoder,
    beside: Path | None,
) -> tuple[list[Example], dict[str, Article]]:
    articles = {article.id: article for article in listed}
    found_articles: dict[str, Article] = {}
    examples = []
    with collection(listed, encoder, beside=beside) as retriever:
        for one in ask_all(retriever, reader, articles, questions):
            group = one.gold.article_id.rpartition("/")[0]
            written = not one.gold.answers
            weight = WRITTEN_UNANSWERABLE_WEIGHT if written else 1.0
            for hits in (one.hits,) if written else (one.hits, one.missing):
                found = one.found_in(hits)
                right = [
                    p.article_id == one.gold.article_id and one.right(c.span.of(p.text))
                    for p, c in found
                ]
                examples.append(
                    _example(reader, one.gold.question, group, hits, found, right, weight)
                )
                found_articles |= retriever.index.store.articles_of([h.passage.id for h in hits])
    return examples, found_articles


def news_examples(reader: SpanReader, encoder: Encoder) -> tuple[list[Example], list[Article]]:
    """Ask the tuning questions of the sample corpus; return also its articles."""
    articles = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    examples = []
    with collection(articles, encoder) as retriever:
        for number, gold in enumerate(load_questions(TUNING_QUESTIONS)):
            question = standalone_question(gold["question"], gold["history"])
            hits = retriever.retrieve(question, PASSAGES_READ)
            found = reader.candidates(question, to_read(hits, whole=READ_WHOLE))
            right = [_is_right(gold, passage, candidate) for passage, candidate in found]
            group = f"{NEWS}{number % FOLDS}"
            examples.append(_example(reader, question, group, hits, found, right, 1.0))
    return examples, articles


def _is_right(gold: Mapping[str, Any], passage: Passage, candidate: Candidate) -> bool:
    """Say whether the sentence around a candidate answers, and the candidate touches the answer."""
    articles = {evidence["article_id"] for evidence in gold["evidence"]}
    span = candidate.span
    whole = passage.around(span.shift(passage.span.start)).shift(-passage.span.start)
    text = passage.text
    for answer in gold["answers"]:
        at = text.find(answer, whole.start, whole.end)
        while at >= 0:
            if span.overlaps(Span(at, at + len(answer))):
                return passage.article_id in articles
            at = text.find(answer, at + 1, whole.end)
    return False


def _example(
    reader: SpanReader,
    question: str,
    group: str,
    hits: Sequence[Hit],
    found: Found,
    right: Sequence[bool],
    weight: float,
) -> Example:
    return Example(
        question=question,
        group=group,
        hits=tuple(hits),
        found=found,
        features=tuple(reader.features(question, p, c) for p, c in found),
        right=tuple(right),
        has_answer=any(right),
        weight=weight,
    )


def reweighted(news: Sequence[Example], others: float) -> list[Example]:
    """Give the news questions their share of the weight, `others` being that of the rest."""
    weight = others * NEWS_SHARE / (1 - NEWS_SHARE) / len(news)
    return [replace(example, weight=weight) for example in news]
