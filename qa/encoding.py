"""Articles to passages with vectors, a batch at a time."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from corpus import (
    Article,
    ArticleError,
    Entry,
    ModelError,
    Passage,
    StoredPassage,
    UnreadableArticle,
    chunk_article,
    is_text,
)
from embeddings import Encoder, PartsEncoder, Vectors, are_unit_rows
from qa.sentence_vectors import packed
from qa.settings import Settings

BATCH_PASSAGES = 128
"""Passages encoded and committed together: some full batches of the encoder, a second or two of
work to lose, and a progress bar that moves."""

Failed = Callable[[str, ArticleError], None]
"""Called with the id of an article that cannot be indexed, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunked:
    article: Article
    passages: Sequence[Passage]


def encoded(
    articles: Iterable[Article], encoder: Encoder, settings: Settings, *, failed: Failed
) -> Iterator[list[Entry]]:
    """Cut articles into passages and encode these; yield what the store takes.

    Raises:
        ModelError: the encoder breaks its promises.
    """
    # One batch is encoded while the one before is committed and the next one is cut: the model
    # leaves Python free, and no more than that is in memory.
    with ThreadPoolExecutor(1, thread_name_prefix="indexing") as ahead:
        encoding: deque[tuple[list[_Chunked], Future[list[bytes]]]] = deque()
        try:
            for batch in _batches(articles, encoder, settings, failed):
                passages = [passage for chunked in batch for passage in chunked.passages]
                encoding.append((batch, ahead.submit(_vectors, passages, encoder)))
                if len(encoding) > 1:
                    entries = _entries(*encoding[0])
                    encoding.popleft()
                    yield entries
        finally:
            # Were the articles cut short, what was encoded of them is not lost.
            while encoding and not isinstance(sys.exception(), GeneratorExit):
                yield _entries(*encoding.popleft())


def _entries(batch: Sequence[_Chunked], encoding: Future[list[bytes]]) -> list[Entry]:
    vectors = iter(encoding.result())
    return [
        (c.article, [StoredPassage(passage=p, vector=next(vectors)) for p in c.passages])
        for c in batch
    ]


def _vectors(passages: Sequence[Passage], encoder: Encoder) -> list[bytes]:
    """Return what the store keeps of the vectors of passages and, if there are any, sentences."""
    texts = [_encoded_text(passage) for passage in passages]
    if not isinstance(encoder, PartsEncoder):
        vectors = _searchable(encoder, encoder.encode_passages(texts))
        return [packed(vector, vectors[:0]) for vector in vectors]
    vectors, sentences = encoder.encode_parts(texts, [_sentences(p) for p in passages])
    _searchable(encoder, vectors)
    return [packed(*both) for both in zip(vectors, sentences, strict=True)]


def _sentences(passage: Passage) -> list[tuple[int, int]]:
    """Return where the sentences stand in what is encoded."""
    moved = len(_encoded_text(passage)) - len(passage.text) - passage.span.start
    return [(sentence.start + moved, sentence.end + moved) for sentence in passage.sentences]


def _batches(
    articles: Iterable[Article], encoder: Encoder, settings: Settings, failed: Failed
) -> Iterator[list[_Chunked]]:
    batch: dict[str, _Chunked] = {}
    for article in articles:
        try:
            chunked = _Chunked(article=article, passages=_chunk(article, encoder, settings))
        except ArticleError as error:
            failed(article.id, error)
            continue
        batch[article.id] = chunked
        if sum(len(c.passages) for c in batch.values()) >= BATCH_PASSAGES:
            yield list(batch.values())
            batch = {}
    if batch:
        yield list(batch.values())


def _chunk(article: Article, encoder: Encoder, settings: Settings) -> list[Passage]:
    _check_text(article)
    passages = chunk_article(
        article,
        encoder.count_tokens,
        max_tokens=min(settings.max_passage_tokens, encoder.max_tokens),
        overlap_sentences=settings.overlap_sentences,
    )
    if not passages:
        raise UnreadableArticle(
            f"{article.source} holds no text of its own, only headings or page furniture;"
            " add the text"
        )
    return passages


def _check_text(article: Article) -> None:
    """Refuse what SQLite cannot keep faithfully; reading a file replaces such characters."""
    parts = (article.title, article.text, article.source, article.outlet, article.published)
    for part in filter(None, parts):
        if not is_text(part):
            raise UnreadableArticle(
                f"{article.id!r} holds NUL or lone surrogate characters; replace them with U+FFFD"
            )


def _searchable(encoder: Encoder, vectors: Vectors) -> Vectors:
    """Return the vectors; a row that breaks the protocol would make the whole index unreadable."""
    if vectors.shape[1] != encoder.dim or not are_unit_rows(vectors):
        raise ModelError(
            f"{encoder.name} gave vectors that are not of unit length; use another model"
        )
    return vectors


def _encoded_text(passage: Passage) -> str:
    """Return what is encoded: the heading gives a passage its subject, on a line of its own."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text
