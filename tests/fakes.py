"""Model-free stand-ins that obey the protocols, and small makers of articles."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import (
    CHUNKER_VERSION,
    Article,
    Mark,
    Passage,
    Space,
    Span,
    StoredPassage,
    chunk_article,
)
from embeddings import Encoder, Vectors
from qa.calibration import Calibration
from qa.sentence_vectors import packed
from qa.types import Hit

_WORD = re.compile(r"\w+")


class HashingEncoder:
    """A bag of hashed words; obeys `embeddings.Encoder` and counts what it is given.

    Tokens are words (what stands between white space). A text without a word gets one fixed vector.
    """

    def __init__(
        self,
        name: str = "hashing",
        *,
        fingerprint: str | None = None,
        dim: int = 64,
        max_tokens: int = 60,
    ) -> None:
        self.name = name
        self.fingerprint = fingerprint or f"{name}-{dim}"
        self.dim = dim
        self.max_tokens = max_tokens
        self.passages_encoded: list[str] = []
        self.questions_encoded: list[str] = []
        self._lock = threading.Lock()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            self.passages_encoded += texts
        return self._encode(texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            self.questions_encoded += texts
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in _WORD.findall(text.casefold()):
                digest = hashlib.blake2b(word.encode(), digest_size=4).digest()
                row[int.from_bytes(digest, "big") % self.dim] += 1
            if not row.any():
                row[0] = 1
            row /= np.linalg.norm(row)
        return vectors


def plain_calibration(*, threshold: float = 0.5, retrieval_weight: float = 0.25) -> Calibration:
    """Rank sentences by the question's words they hold; sure of themselves at about half."""
    return Calibration(
        retrieval_weight=retrieval_weight,
        intercept=-4.0,
        total_weight=4.0,
        lead_weight=2.0,
        threshold=threshold,
        features=defaultdict(  # a feature that is not named here weighs nothing
            float, {"cosine": 0.5, "coverage": 1.5, "kind": 0.2, "is_question": -1.0}
        ),
    )


def make_article(
    text: str,
    *,
    id: str = "a",
    title: str = "A title",
    source: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    headings: Sequence[str] = (),
    marked: Sequence[str] = (),
) -> Article:
    """Make an article.

    `headings` are the lines of `text` that are section headings, `marked` the stretches that are
    page furniture, both in order.
    """
    return Article(
        id=id,
        title=title,
        text=text,
        source=source or f"{id}.txt",
        published=published,
        outlet=outlet,
        headings=_spans(text, headings),
        marks=tuple(Mark(span, "menu") for span in _spans(text, marked)),
    )


def _spans(text: str, pieces: Sequence[str]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for piece in pieces:
        start = text.index(piece, spans[-1].end if spans else 0)
        spans.append(Span(start, start + len(piece)))
    return tuple(spans)


def chunks(article: Article, encoder: Encoder | None = None) -> list[Passage]:
    """Cut an article the way an index with this encoder does."""
    encoder = encoder or HashingEncoder()
    return chunk_article(article, encoder.count_tokens, max_tokens=encoder.max_tokens)


def hits_of(*articles: Article, scores: Sequence[float] = ()) -> list[Hit]:
    """One passage per article, numbered from 1, with the given retrieval scores."""
    hits = []
    for number, article in enumerate(articles, start=1):
        (only,) = chunks(article)
        score = scores[number - 1] if scores else 1.0
        stored = replace(only, id=number)
        hits.append(Hit(passage=stored, score=score, dense_rank=number, lexical_rank=None))
    return hits


SPACE = Space(encoder="hashing", fingerprint="hashing-64", dim=64, chunker=CHUNKER_VERSION)
"""What an index says of `HashingEncoder`."""


def entry(article: Article, encoder: Encoder | None = None) -> tuple[Article, list[StoredPassage]]:
    """Make what `ArticleStore.add` and `Index.add` take."""
    encoder = encoder or HashingEncoder()
    passages = chunks(article, encoder)
    vectors = encoder.encode_passages([passage.text for passage in passages])
    return article, [
        StoredPassage(passage=passage, vector=packed(vector, vectors[:0]))
        for passage, vector in zip(passages, vectors, strict=True)
    ]


def passage(text: str, sentences: Sequence[Span], *, id: int = 1, at: int = 0) -> Passage:
    """Make a passage of article "a" that begins at `at`; `sentences` count from the passage."""
    return Passage(
        id=id,
        article_id="a",
        span=Span(at, at + len(text)),
        text=text,
        heading="",
        sentences=tuple(sentence.shift(at) for sentence in sentences),
    )


class HashingPartsEncoder(HashingEncoder):
    """Tells what parts of a text are about, too: their own words.

    Vectors are turned, which keeps their cosines: as a model's, they have no zeros.
    """

    def _encode(self, texts: Sequence[str]) -> Vectors:
        turned, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(self.dim, self.dim)))
        return np.asarray(super()._encode(texts) @ turned, dtype=np.float32)

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Vectors, list[Vectors]]:
        of_parts = [
            self._encode([text[start:end] for start, end in ranges])
            for text, ranges in zip(texts, parts, strict=True)
        ]
        return self.encode_passages(texts), of_parts
