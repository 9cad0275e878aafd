"""Another model for an index: its vectors are made beside those that serve, then replace them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from corpus import Article, ArticleError, ModelError
from embeddings import Encoder, load_encoder
from qa.encoding import encoded
from qa.index import Index, open_for_writing
from qa.indexer import Progress
from qa.settings import Settings
from qa.spaces import is_made_by, space_for

ARTICLES_AT_ONCE = 256
"""How many ids are asked for at a time."""


def rebuild_index(
    folder: Path | str,
    *,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda article_id: None,
) -> int:
    """Cut and encode all articles of an index anew; readers change over when all is done.

    What serves goes on serving meanwhile. A run that is cut short goes on where it stopped when it
    is started again with the same model.

    Args:
        folder: The index.
        encoder: Another model; None means the one of a rebuild that was stopped, or the index's.
        settings: How to cut passages, other than the defaults.
        progress: Called with the id of each article when its passages are stored.

    Returns:
        How many articles were encoded by this run.

    Raises:
        IndexNotFound: there is no index.
        IndexLocked: another process is writing.
        StoreError, ModelError: the folder or the model cannot be used; what served still does.
    """
    Index.open(folder).close()  # writing would make a new index
    with open_for_writing(folder) as index:
        encoder = encoder or _next_encoder(index)
        return rebuild(index, encoder, settings=settings or Settings(), progress=progress)


def rebuild(
    index: Index,
    encoder: Encoder,
    *,
    settings: Settings,
    progress: Progress = lambda article_id: None,
) -> int:
    """Do what `rebuild_index` does, in an index that is open for writing."""
    if index.store.space() is None:
        index.claim_model(encoder)
        return 0
    space = index.store.space_in_building()
    if space is None or not is_made_by(space, encoder):
        space = index.store.open_space(space_for(encoder))
    done = 0
    missing = _without_passages(index, space.id)
    for batch in encoded(missing, encoder, settings, failed=_refuse):
        index.store.add_to_space(space.id, batch)
        done += len(batch)
        for article, _ in batch:
            progress(article.id)
    index.serve(space)
    return done


def rebuild_encoder(folder: Path | str) -> Encoder:
    """Return the encoder that `rebuild_index` takes if it is given none.

    Raises:
        StoreError, ModelError: the index or that model cannot be read.
    """
    with closing(Index.open(folder)) as index:
        return _next_encoder(index)


def articles_to_rebuild(folder: Path | str, encoder: Encoder) -> int:
    """Return how many articles `rebuild_index` would encode now.

    Raises:
        StoreError: the folder holds no index that can be read.
    """
    with closing(Index.open(folder)) as index:
        space = index.store.space_in_building()
        going_on = space is not None and is_made_by(space, encoder)
        return index.store.missing_in_space(space.id if space and going_on else 0)


def _next_encoder(index: Index) -> Encoder:
    begun = index.store.space_in_building()
    return load_encoder(begun.encoder if begun else index.encoder_name)


def _refuse(article_id: str, error: ArticleError) -> None:
    """Stop: without this article, another model would find less than the one that serves."""
    raise ModelError(f"{article_id!r} cannot be cut for this model: {error}") from error


def _without_passages(index: Index, space_id: int) -> Iterator[Article]:
    """Yield the current articles that have no passages in a space, each once."""
    last = 0
    while rows := index.store.not_in_space(space_id, after=last, limit=ARTICLES_AT_ONCE):
        for _, article_id in rows:
            if article := index.store.article(article_id):
                yield article
        last = rows[-1][0]
