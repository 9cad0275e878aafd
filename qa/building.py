"""Articles into an index folder and out of it, for programs: one call each."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from corpus import Article, IndexNotFound
from embeddings import Encoder, load_encoder
from qa.index import Index, open_for_writing
from qa.indexer import IndexReport, Keeps, Progress, add_articles, sync_articles
from qa.settings import Settings


def index_encoder(folder: Path | str) -> Encoder:
    """Return the encoder of an index; the default one where there is none yet.

    Raises:
        StoreError, ModelError: the index or its model cannot be read.
    """
    try:
        with closing(Index.open(folder)) as index:
            return _own_encoder(index)
    except IndexNotFound:
        return load_encoder()


def _own_encoder(index: Index) -> Encoder:
    """Return the encoder that an index names; the default one if it names none yet."""
    return load_encoder(index.encoder_name)


def build_index(
    folder: Path | str,
    articles: Iterable[Article],
    *,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Add articles to an index folder, making it if need be; readers pick the change up.

    Args:
        folder: Where the index is or shall be.
        articles: New, changed or unchanged; the last one wins where an id comes twice.
        encoder: None means the index's own model, or the default model for a new one.
        settings: Other than the defaults.
        progress: Called with each article's id when it is done with.

    Raises:
        IndexLocked: another process is writing.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    with open_for_writing(folder) as index:
        chosen, settings = encoder or _own_encoder(index), settings or Settings()
        return add_articles(index, chosen, articles, settings=settings, progress=progress)


def sync_index(
    folder: Path | str,
    articles: Iterable[Article],
    *,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
    keeps: Keeps = lambda summary: False,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Make an index folder hold these articles and no others: add, replace, remove.

    Args:
        folder: Where the index is or shall be.
        articles: All that there shall be; one that fails stays as it was.
        encoder: As for `build_index`.
        settings: Other than the defaults.
        keeps: Says of an article that was not among them that it stays all the same.
        progress: Called with each article's id when it is done with.

    Raises:
        IndexLocked: another process is writing.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    with open_for_writing(folder) as index:
        chosen, settings = encoder or _own_encoder(index), settings or Settings()
        return sync_articles(
            index, chosen, articles, settings=settings, keeps=keeps, progress=progress
        )


def remove_articles(folder: Path | str, article_ids: Iterable[str]) -> list[str]:
    """Remove articles from an index folder; return the ids that were there.

    Raises:
        IndexNotFound: there is no index.
        IndexLocked: another process is writing.
    """
    Index.open(folder).close()  # writing would make a new index
    with open_for_writing(folder) as index:
        removed = index.remove(article_ids)
        if removed:
            index.publish()
    return removed
