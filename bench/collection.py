"""A closed collection: every context of a SQuAD-format file is an article of one index.

What the benchmark and the calibration of the span reader both need: for each question the passages
that retrieval gives, with and without the gold context in the index, and what the model finds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.answer_metrics import f1
from bench.squad import GoldQuestion
from corpus import Article, Passage
from embeddings import Encoder
from qa import Hit, Retriever, build_index
from qa.decode import Candidate
from qa.excerpts import to_read
from qa.settings import Settings
from qa.span_reader import SpanReader

PASSAGES_READ = 10
READ_WHOLE = Settings().passages_read_whole
RIGHT_FROM = 0.5
"""An answer counts as right for confidence from this F1 on: "in 1990" for "1990" is no error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what was retrieved and found; `missing` are the hits without the gold."""

    gold: GoldQuestion
    golds: tuple[str, ...]
    hits: tuple[Hit, ...]
    missing: tuple[Hit, ...]
    candidates: tuple[tuple[Passage, Candidate], ...]
    gold_ranks: tuple[int, ...]
    """1-based ranks of the passages that hold a gold answer, before reading."""

    def right(self, text: str) -> bool:
        """Say whether an answer is right."""
        return bool(self.golds) and f1(text, self.golds) >= RIGHT_FROM

    def found_in(self, hits: Sequence[Hit]) -> list[tuple[Passage, Candidate]]:
        """Return the candidates in what is read of these hits."""
        read = {(passage.id, passage.span) for passage in to_read(hits, whole=READ_WHOLE)}
        return [pair for pair in self.candidates if (pair[0].id, pair[0].span) in read]


@contextmanager
def collection(
    articles: Sequence[Article], encoder: Encoder, *, beside: Path | None = None
) -> Iterator[Retriever]:
    """Index articles in a folder that is gone afterwards; `beside` what another index holds."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        if beside:
            shutil.copytree(beside, folder)
        build_index(folder, articles, encoder=encoder)
        with Retriever.open(folder, encoder=encoder) as retriever:
            yield retriever


def ask_all(
    retriever: Retriever,
    reader: SpanReader,
    articles: Mapping[str, Article],
    questions: Sequence[GoldQuestion],
    *,
    passages_read: int = PASSAGES_READ,
    progress: Callable[[int], None] = lambda asked: None,
) -> list[Asked]:
    """Retrieve and read for every question."""
    asked = []
    for number, gold in enumerate(questions, start=1):
        asked.append(_ask(retriever, reader, articles, gold, passages_read))
        progress(number)
    return asked


def _ask(
    retriever: Retriever,
    reader: SpanReader,
    articles: Mapping[str, Article],
    gold: GoldQuestion,
    passages_read: int,
) -> Asked:
    found = retriever.search(gold.question)
    passages = retriever.index.store.passages(list({**found.dense, **found.lexical}))
    of_gold = {i for i, p in passages.items() if p.article_id == gold.article_id}
    hits = retriever.hits(found, len(passages))
    missing = retriever.hits(found.without(of_gold), passages_read)
    read = {
        (passage.id, passage.span): passage
        for these in (hits[:passages_read], missing)
        for passage in to_read(these, whole=READ_WHOLE)
    }
    text = articles[gold.article_id].text
    return Asked(
        gold=gold,
        golds=tuple(answer.of(text) for answer in gold.answers),
        hits=tuple(hits[:passages_read]),
        missing=tuple(missing),
        candidates=tuple(reader.candidates(gold.question, list(read.values()))),
        gold_ranks=tuple(
            rank
            for rank, hit in enumerate(hits, start=1)
            if gold.found_in(hit.passage.article_id, hit.passage.span)
        ),
    )
