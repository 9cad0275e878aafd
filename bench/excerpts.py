"""How much of the passages that were found must be read? Ways to read less, beside reading all.

    python -m bench.excerpts --data dev_squad_v2.json.gz [--limit N] [--out FILE]

Only ever on data to tune on: answerable dev questions over the closed collection of the data's
contexts, and the sample corpus's questions that are set aside for tuning. What an answer needs is
read once and judged for each way: how right the first answer is (`em`, `f1`, `answer_sentence`, per
cent), how well confidence tells right from wrong with the context in the index and without
(`auroc`, `ece`), and of the tuning questions how many are right first and among those shown.
`tokens` is what the reader is given for a question, its own words in every window.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from bench.ablation import outcome_of
from bench.collection import Asked, collection
from bench.outcomes import Outcome, answer_scores, confidence_scores
from bench.questions import Asked as News
from bench.questions import load_questions
from bench.questions import scores as news_scores
from bench.record import record
from bench.squad import GoldQuestion, read_squad
from corpus import Article, Passage, find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, TUNING_QUESTIONS
from embeddings import load_encoder
from qa import Answer, Hit, Retriever, Settings
from qa.answers import compose_answer
from qa.conversation import standalone_question
from qa.decode import Candidate
from qa.excerpts import excerpt, to_read
from qa.span_reader import SpanReader

SHIPPED = Settings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The first `whole` of so many passages whole, `around` more around their best sentence.

    Of the rest, that sentence alone.
    """

    passages: int = SHIPPED.passages_to_read
    whole: int = 0
    around: int = 0

    def to_read(self, hits: Sequence[Hit]) -> list[Passage]:
        """Return what is read of hits."""
        hits = hits[: self.passages]
        first = to_read(hits[: self.whole + self.around], whole=self.whole)
        return [*first, *(excerpt(hit, beside=0) for hit in hits[self.whole + self.around :])]


ALL = SHIPPED.passages_to_read
WAYS: Mapping[str, Way] = {
    "ten passages, whole": Way(whole=ALL),
    "four whole, the rest around": Way(whole=4, around=ALL),
    "four whole, the rest alone": Way(whole=4),
    "three whole, the rest around (ships)": Way(whole=3, around=ALL),
    "two whole, the rest around": Way(whole=2, around=ALL),
    "two whole, the rest alone": Way(whole=2),
    "one whole, the rest around": Way(whole=1, around=ALL),
    "one whole, three around, the rest alone": Way(whole=1, around=3),
    "one whole, the rest alone": Way(whole=1),
    "all around": Way(around=ALL),
    "all alone": Way(),
    "four passages, whole": Way(passages=4, whole=4),
    "four passages, one whole (ships in a crowd)": Way(passages=4, whole=1, around=3),
    "two passages, whole": Way(passages=2, whole=2),
    "two passages, one whole (ships in a larger crowd)": Way(passages=2, whole=1, around=1),
}

Place = tuple[int, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read for a question, by passage and place: candidates, and how many tokens."""

    question: str
    hits: Sequence[Hit]
    candidates: Mapping[Place, Sequence[tuple[Passage, Candidate]]]
    tokens: Mapping[Place, int]
    articles: Mapping[str, Article]

    def answer(self, reader: SpanReader, way: Way) -> Answer:
        """Answer as the assistant does, from what is read this way."""
        hits = self.hits[: way.passages]
        found = [pair for place in self._places(way) for pair in self.candidates[place]]
        return compose_answer(
            self.question,
            hits,
            reader.scored(self.question, found),
            self.articles,
            calibration=reader.calibration,
            settings=SHIPPED,
        )

    def cost(self, way: Way) -> int:
        """Return how many tokens the reader is given."""
        return sum(self.tokens[place] for place in self._places(way))

    def _places(self, way: Way) -> list[Place]:
        return [(passage.id, passage.span) for passage in way.to_read(self.hits)]


def read_all_ways(
    reader: SpanReader, question: str, hits: Sequence[Hit], articles: Mapping[str, Article]
) -> Reading:
    """Read once what any of the ways reads."""
    passages = {
        (passage.id, passage.span): passage
        for way in WAYS.values()
        for passage in way.to_read(hits)
    }
    found: dict[Place, list[tuple[Passage, Candidate]]] = {place: [] for place in passages}
    for passage, candidate in reader.candidates(question, list(passages.values())):
        found[passage.id, passage.span].append((passage, candidate))
    windower = reader.model.windower
    asked, *texts = windower.tokenize([question, *(p.text for p in passages.values())])
    tokens = {
        place: sum(len(window) for window in windower.windows(asked, text))
        for place, text in zip(passages, texts, strict=True)
    }
    return Reading(question=question, hits=hits, candidates=found, tokens=tokens, articles=articles)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--limit", default=500, show_default=True, help="Ask so many dev questions.")
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, limit: int, out: Path | None) -> None:
    reader, encoder = SpanReader(), load_encoder()
    listed, questions = read_squad(data)
    answerable = [question for question in questions if question.answers]
    asked = answerable[:: max(1, len(answerable) // limit)][:limit]
    articles = {article.id: article for article in listed}
    sample = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    with collection(listed, encoder) as retriever:
        dev = list(_dev(retriever, reader, asked, articles))
    with collection(sample, encoder) as retriever:
        news = list(_news(retriever, reader, {article.id: article for article in sample}))
    ways = [{"way": name, **_judged(reader, way, dev, news)} for name, way in WAYS.items()]
    record("excerpts", {"data": data.name, "questions": len(asked), "ways": ways}, out)


def _dev(
    retriever: Retriever,
    reader: SpanReader,
    asked: Sequence[GoldQuestion],
    articles: Mapping[str, Article],
) -> Iterator[tuple[GoldQuestion, Reading, Reading]]:
    """Yield each question with what was read with its context in the index, and without."""
    with click.progressbar(asked, label="dev questions", width=0) as bar:
        for gold in bar:
            found = retriever.search(gold.question)
            passages = retriever.index.store.passages(list({**found.dense, **found.lexical}))
            own = {i for i, p in passages.items() if p.article_id == gold.article_id}
            present, absent = (
                read_all_ways(reader, gold.question, retriever.hits(those, ALL), articles)
                for those in (found, found.without(own))
            )
            yield gold, present, absent


def _news(
    retriever: Retriever, reader: SpanReader, articles: Mapping[str, Article]
) -> Iterator[tuple[dict[str, Any], Reading]]:
    with click.progressbar(load_questions(TUNING_QUESTIONS), label="news", width=0) as bar:
        for gold in bar:
            question = standalone_question(gold["question"], gold["history"])
            hits = retriever.retrieve(question, ALL)
            yield gold, read_all_ways(reader, question, hits, articles)


def _judged(
    reader: SpanReader,
    way: Way,
    dev: Sequence[tuple[GoldQuestion, Reading, Reading]],
    news: Sequence[tuple[dict[str, Any], Reading]],
) -> dict[str, Any]:
    outcomes = [
        _outcome(gold, present.answer(reader, way), absent.answer(reader, way), present)
        for gold, present, absent in dev
    ]
    kept = ("auroc", "ece")
    confidence = confidence_scores(outcomes)
    answered = [News(gold=gold, answer=read.answer(reader, way)) for gold, read in news]
    return {
        "tokens": round(float(np.mean([read.cost(way) for _, read, _ in dev]))),
        **answer_scores(outcomes),
        **{name: confidence[name] for name in kept},
        "news_tokens": round(float(np.mean([read.cost(way) for _, read in news]))),
        "news": news_scores(answered),
    }


def _outcome(gold: GoldQuestion, present: Answer, absent: Answer, read: Reading) -> Outcome:
    text = read.articles[gold.article_id].text
    asked = Asked(
        gold=gold,
        golds=tuple(answer.of(text) for answer in gold.answers),
        hits=(),
        missing=(),
        candidates=(),
        gold_ranks=(),
    )
    return outcome_of(asked, present, absent)


if __name__ == "__main__":
    main()
