"""Words to passages: BM25 by tantivy, with English stemming."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from embeddings import Ids

HEADING_BOOST = 0.5
"""A word in the title says less about one passage than a word in its text."""

FEW_PASSAGES = 20_000
"""Up to so many, the search itself is told which may be found; of more, it is asked for more."""

_WRITER_BYTES = 64_000_000
_MAX_QUESTION_TERMS = 64


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    """The field's own analysis (tantivy's en_stem): what is searched must be cut like the index."""
    tokens = TextAnalyzerBuilder(Tokenizer.simple())
    return tokens.filter(Filter.remove_long(40)).filter(Filter.lowercase()).filter(
        Filter.stemmer("english")
    ).build()  # fmt: skip


@cache
def _stop_stems() -> frozenset[str]:
    words = (
        "a an and are as at be but by can could did do does for from had has have how i if in into"
        " is it its me my of on or our say said says should so tell than that the their them then"
        " there these they this those to was we were what when where which who whom whose why will"
        " with would you your about s t"
    )
    return frozenset(_analyzer().analyze(words))


def content_terms(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order, repeats kept.

    >>> content_terms("Who built the tidal barriers?")
    ['built', 'tidal', 'barrier']
    """
    return [term for term in _analyzer().analyze(text) if term not in _stop_stems()]


class LexicalIndex:
    """An immutable tantivy index of passages."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def build(
        cls, texts: Iterable[tuple[int, str, str]], folder: Path | None = None
    ) -> LexicalIndex:
        """Index (passage id, heading, text) rows, by id, into a new `folder` or into memory.

        Raises:
            OSError: the files cannot be written.
        """
        if folder:
            folder.mkdir(parents=True)
        with _os_errors():
            index = tantivy.Index(_schema(), str(folder) if folder else None)
            _write(index, texts)
        return cls(index)

    @classmethod
    def extend(
        cls, folder: Path, texts: Iterable[tuple[int, str, str]], gone: Iterable[int]
    ) -> LexicalIndex:
        """Change the index in `folder`, which nobody may search: rows to add, ids to take out.

        Whatever files it had stay as they are or are deleted, so they may be links.

        Raises:
            OSError: the files cannot be read or written.
        """
        with _os_errors():
            index = tantivy.Index.open(str(folder))
            _write(index, texts, gone)
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open what `build` wrote into `folder`. The caller has checked its digest."""
        return cls(tantivy.Index.open(str(folder)))

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, question: str, k: int, *, only: Ids | None = None) -> dict[int, float]:
        """Find up to `k` passages that share words with the question.

        Args:
            question: Its syntax has no meaning: every character is just text.
            k: How many.
            only: The passages that may be found, sorted, if not all.

        Returns:
            BM25 score by passage id, best first, equal scores by lower id. Empty if no word of
            the question occurs.
        """
        k = min(k, len(self))  # tantivy makes room for all that are asked for
        terms = content_terms(question) or _analyzer().analyze(question)
        if not terms or k < 1 or (only is not None and not len(only)):
            return {}
        query = self._query(terms[:_MAX_QUESTION_TERMS])
        if only is None:
            ranked = self._best(query, k)
        elif len(only) <= FEW_PASSAGES:
            ranked = self._best(self._among(query, only), k)
        else:
            ranked = self._sifted(query, k, only)
        return dict(sorted(ranked, key=lambda pair: (-pair[1], pair[0])))

    def _best(self, query: Query, k: int) -> list[tuple[int, float]]:
        found = self._searcher.search(query, k, count=False)
        addresses = [address for _, address in found.hits]
        ids = self._searcher.fast_field_values("passage_id", addresses)
        scores = [float(score) for score, _ in found.hits]
        return [(int(i or 0), score) for i, score in zip(ids, scores, strict=True)]

    def _among(self, query: Query, ids: Ids) -> Query:
        chosen = Query.term_set_query(self._schema, "passage_id", ids.tolist())
        return Query.boolean_query(
            [(Occur.Must, Query.const_score_query(chosen, 0.0)), (Occur.Must, query)]
        )

    def _sifted(self, query: Query, k: int, ids: Ids) -> list[tuple[int, float]]:
        """Search deeper until `k` of what is found are among these ids, or nothing more is."""
        depth = k
        while True:
            depth = min(len(self), math.ceil(2 * depth * len(self) / len(ids)))
            found = self._best(query, depth)
            numbers = np.array([i for i, _ in found], dtype=np.int64)
            there = ids[np.minimum(np.searchsorted(ids, numbers), len(ids) - 1)] == numbers
            kept = [pair for pair, is_there in zip(found, there, strict=True) if is_there]
            if len(kept) >= k or len(found) < depth or depth == len(self):
                return kept[:k]

    def _query(self, terms: list[str]) -> Query:
        clauses: list[tuple[Occur, Query]] = []
        for term in dict.fromkeys(terms):
            text = Query.term_query(self._schema, "text", term)
            heading = Query.term_query(self._schema, "heading", term)
            clauses.append((Occur.Should, text))
            clauses.append((Occur.Should, Query.boost_query(heading, HEADING_BOOST)))
        return Query.boolean_query(clauses)


def _write(
    index: tantivy.Index, texts: Iterable[tuple[int, str, str]], gone: Iterable[int] = ()
) -> None:
    # One thread adds one segment, so that scores do not depend on thread timing.
    writer = index.writer(_WRITER_BYTES, num_threads=1)
    if ids := list(gone):  # by query: delete_documents_by_term finds no unsigned numbers
        writer.delete_documents_by_query(Query.term_set_query(index.schema, "passage_id", ids))
    for passage_id, heading, text in texts:
        document = tantivy.Document()
        document.add_unsigned("passage_id", passage_id)
        document.add_text("heading", heading)
        document.add_text("text", text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


@contextmanager
def _os_errors() -> Iterator[None]:
    """Say that files cannot be written as the system does; to tantivy it is a `ValueError`."""
    try:
        yield
    except ValueError as error:
        raise OSError(f"the word index cannot be written: {error}") from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage_id", stored=False, indexed=True, fast=True)
    builder.add_text_field("heading", tokenizer_name="en_stem", index_option="freq")
    builder.add_text_field("text", tokenizer_name="en_stem", index_option="freq")
    return builder.build()
