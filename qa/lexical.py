"""Words to passages: BM25 by tantivy over what `qa.analysis` makes of index and question alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Occur, Query

from embeddings import Ids
from qa.analysis import index_form, is_pair, terms

HEADING_BOOST = 0.5
"""A word in the title says less about one passage than a word in its text."""

FEW_PASSAGES = 20_000
"""Up to so many, the search itself is told which may be found; of more, it is asked for more."""

_WRITER_BYTES = 64_000_000
_MAX_QUESTION_TERMS = 64

_STOP_WORDS = """
    a an and are as at be but by can could did do does for from had has have how i if in into is it
    its me my of on or our say said says should so tell than that the their them then there these
    they this those to was we were what when where which who whom whose why will with would you your
    about s t
    من ما ماذا هل هو هي هم في إلى عن مع متى أين كيف لماذا كم أي الذي التي هذا هذه ذلك أن إن كان
    كانت قد قال
    है हैं था थी थे हो का की के को ने से में पर और या यह वह ये वे क्या कौन कब कहाँ कहां क्यों कैसे कितना
    कितने कितनी किस किसने किसे जो कि गया गई गए इस उस भी नहीं तक लिए कहा
    и в во на не что он она они с со как а то по из у за от о об к до для это этот эта кто где когда
    почему какой какая какие каком сколько чем чей был была было были бы же ли его ее её их
"""
"""Only scripts of their own, beside English: "die" and "was" are words of English articles too."""

_STOP_PAIRS = """
    です ます した して いる ある いま まし たか すか どこ だれ なに いつ なぜ どの この その から
    まで こと もの れた った とは のは 何で 何の 在何 多少 为何 為何 是否 我们 我們 他们 他們
"""
_STOP_CHARACTERS = frozenset("的了是吗嗎呢谁誰什么麼哪怎")
"""Chinese words for asking and joining; a pair that holds one seldom says more."""


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(terms(_STOP_WORDS + _STOP_PAIRS))


def content_terms(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order, repeats kept.

    Scripts that put no space between words give pairs of characters.

    >>> content_terms("Who built the tidal barriers?"), content_terms("谁修建了海港？")
    (['built', 'tidal', 'barrier'], ['修建', '海港'])
    """
    stops = _stop_stems()
    return [term for term in terms(text) if term not in stops and not _joins(term)]


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
        asked = _question_terms(question)
        if not asked or k < 1 or (only is not None and not len(only)):
            return {}
        query = self._query(asked)
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

    def _query(self, asked: list[str]) -> Query:
        clauses: list[tuple[Occur, Query]] = []
        for term in dict.fromkeys(asked):
            text = Query.term_query(self._schema, "text", term)
            heading = Query.term_query(self._schema, "heading", term)
            clauses.append((Occur.Should, text))
            clauses.append((Occur.Should, Query.boost_query(heading, HEADING_BOOST)))
        return Query.boolean_query(clauses)


def _joins(term: str) -> bool:
    return len(term) <= 2 and not _STOP_CHARACTERS.isdisjoint(term)


def _question_terms(question: str) -> list[str]:
    """Return what is searched for: no more than so many words, a pair counting as half a word."""
    asked = content_terms(question) or terms(question)
    halves = accumulate(1 if is_pair(term) else 2 for term in asked)
    return [t for t, used in zip(asked, halves, strict=True) if used <= 2 * _MAX_QUESTION_TERMS]


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
        document.add_text("heading", index_form(heading))
        document.add_text("text", index_form(text))
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
