"""Articles into an index: passages, vectors, one commit per batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus import (
    Article,
    ArticleError,
    ArticleSummary,
    ModelError,
    Passage,
    StoredPassage,
    UnreadableArticle,
    chunk_article,
    is_text,
)
from embeddings import Encoder, Vectors, are_unit_rows
from qa.index import Index
from qa.settings import Settings
from qa.snapshots import vector_bytes

BATCH_PASSAGES = 64
"""Passages encoded and committed together: two full batches of the encoder, a second or two of
work to lose, and a progress bar that moves."""

Progress = Callable[[str], None]
"""Called with the id of each article when it is done with: committed, unchanged or failed."""

Keeps = Callable[[ArticleSummary], bool]
"""Says whether an article that was not named stays."""


@dataclass(slots=True, kw_only=True)
class IndexReport:
    """What happened to each article; ids in the order they came, failures with their reason."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, ArticleError]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the index is another than before."""
        return bool(self.added or self.replaced or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunked:
    article: Article
    passages: Sequence[Passage]


def add_articles(
    index: Index,
    encoder: Encoder,
    articles: Iterable[Article],
    *,
    settings: Settings,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Add articles, or replace those whose content changed; unchanged ones cost nothing.

    Each batch is durable when its articles are reported; a run that is cut short goes on where it
    stopped. The last article wins where an id comes twice. Searches see what is done while the rest
    is on its way.

    Raises:
        ModelMismatch: the index was made with another model than `encoder`.
    """
    report = _added(index, encoder, articles, settings, progress)
    _publish(index)
    return report


def sync_articles(
    index: Index,
    encoder: Encoder,
    articles: Iterable[Article],
    *,
    settings: Settings,
    keeps: Keeps = lambda summary: False,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Make an index hold these articles and no others; like `add_articles`, then remove the rest.

    Additions come first, so an article that has only got another id is never missing. An article
    that failed stays as it was.

    Args:
        index: Open for writing.
        encoder: The index's.
        articles: All there shall be.
        settings: How to cut passages.
        keeps: Says of an article that was not among them that it stays all the same; asked last.
        progress: As for `add_articles`.

    Raises:
        ModelMismatch: the index was made with another model than `encoder`.
    """
    report = _added(index, encoder, articles, settings, progress)
    named = {*report.added, *report.replaced, *report.unchanged, *(i for i, _ in report.failed)}
    rest = [s.id for s in index.store.summaries() if s.id not in named and not keeps(s)]
    report.removed += index.remove(rest)
    _publish(index)
    return report


def add_again(
    index: Index, encoder: Encoder, article_ids: Iterable[str], *, settings: Settings
) -> IndexReport:
    """Cut and encode stored articles anew; searches see them after `Index.publish`.

    Raises:
        ModelMismatch: the index was made with another model than `encoder`.
    """
    index.check_model(encoder)
    stored = (index.store.article(article_id) for article_id in article_ids)
    articles = (article for article in stored if article)
    report = IndexReport()
    for batch in _batches(articles, encoder, report, lambda article_id: None, settings):
        _commit(index, encoder, batch, report)
    return report


def _added(
    index: Index,
    encoder: Encoder,
    articles: Iterable[Article],
    settings: Settings,
    progress: Progress,
) -> IndexReport:
    """Commit what is new or changed."""
    index.check_model(encoder)
    report = IndexReport()
    changed = _changed(index, articles, report, progress)
    for batch in _batches(changed, encoder, report, progress, settings):
        _commit(index, encoder, batch, report)
        index.publish_now_and_then()
        for chunked in batch:
            progress(chunked.article.id)
    return report


def _publish(index: Index) -> None:
    if not index.published():
        index.publish()


def _changed(
    index: Index, articles: Iterable[Article], report: IndexReport, progress: Progress
) -> Iterator[Article]:
    pending: set[str] = set()  # not yet committed, perhaps: the store does not know the last word
    for article in articles:
        stored = index.store.digests([article.id]).get(article.id)
        if stored == article.digest and article.id not in pending:
            report.unchanged.append(article.id)
            progress(article.id)
        else:
            pending.add(article.id)
            yield article


def _batches(
    articles: Iterable[Article],
    encoder: Encoder,
    report: IndexReport,
    progress: Progress,
    settings: Settings,
) -> Iterator[list[_Chunked]]:
    batch: dict[str, _Chunked] = {}
    for article in articles:
        try:
            chunked = _Chunked(article=article, passages=_chunk(article, encoder, settings))
        except ArticleError as error:
            report.failed.append((article.id, error))
            progress(article.id)
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
        raise UnreadableArticle(f"{article.source} holds no text besides headings; add the text")
    return passages


def _check_text(article: Article) -> None:
    """Refuse what SQLite cannot keep faithfully; reading a file replaces such characters."""
    parts = (article.title, article.text, article.source, article.outlet, article.published)
    for part in filter(None, parts):
        if not is_text(part):
            raise UnreadableArticle(
                f"{article.id!r} holds NUL or lone surrogate characters; replace them with U+FFFD"
            )


def _commit(index: Index, encoder: Encoder, batch: Sequence[_Chunked], report: IndexReport) -> None:
    """Encode outside the transaction, commit, then report."""
    texts = [_encoded_text(passage) for chunked in batch for passage in chunked.passages]
    vectors = iter(vector_bytes(_searchable(encoder, encoder.encode_passages(texts))))
    index.claim_model(encoder)
    known = index.store.digests([chunked.article.id for chunked in batch])
    index.add(
        [
            (c.article, [StoredPassage(passage=p, vector=next(vectors)) for p in c.passages])
            for c in batch
        ]
    )
    for chunked in batch:
        article_id = chunked.article.id
        (report.replaced if article_id in known else report.added).append(article_id)


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
