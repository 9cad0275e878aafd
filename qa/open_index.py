"""An index that is open: which articles are in it, and how do they change while it is asked?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from corpus import (
    Article,
    ArticleFilter,
    ArticleNotFound,
    ArticleSummary,
    ArticleVersion,
    Copy,
    FieldMap,
    ListPage,
    ModelMismatch,
    OutletCount,
    Overview,
    Wanted,
    find_articles,
    list_articles,
    list_outlets,
    list_versions,
    overview,
)
from embeddings import Encoder
from qa.building import build_index, index_encoder, remove_articles, sync_index
from qa.indexer import IndexReport, Progress
from qa.retriever import Retriever
from qa.settings import Settings
from qa.stats import Stats
from qa.types import Hit

LOOK_AGAIN_S = 0.01
"""While another thread is opening the search files of an earlier change."""

_Result = TypeVar("_Result")


class OpenIndex:
    """The articles of an index: found, read, listed, changed. Safe to use from many threads.

    Changes that threads make through one object are made one after the other, and seen by whatever
    is asked of it after. Two objects, or two processes, that write to one folder at the same time
    do not wait for each other: the later one gets `IndexLocked`.
    """

    def __init__(self, retriever: Retriever, settings: Settings) -> None:
        self._retriever = retriever
        self._settings = settings
        self._stats: tuple[tuple[object, ...], Stats] | None = None
        self._writing = threading.RLock()  # a callback that writes is refused, not stuck

    def close(self) -> None:
        """Close the index."""
        self._retriever.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self._retriever.index.folder

    @property
    def encoder(self) -> Encoder:
        """What encodes questions, and articles that are added, as the index was made with it."""
        return self._retriever.encoder

    # -- passages and articles --------------------------------------------------------------------

    def retrieve(
        self, question: str, k: int = 10, *, only: ArticleFilter | None = None
    ) -> list[Hit]:
        """Find the `k` passages that fit a question best: see `Retriever.retrieve`."""
        return self._retriever.retrieve(question, k, only=only)

    def article_of(self, hit: Hit) -> Article:
        """Return the article that a hit is from, in the version that its offsets count in.

        Raises:
            ArticleNotFound: it was removed meanwhile.
        """
        return self._retriever.article_of(hit)

    def article(self, article_id: str, *, version: str | None = None) -> Article:
        """Return an article, in its current version or in the one that a citation names.

        Raises:
            ArticleNotFound: no article has this id, or there is no such version of it.
        """
        article = self._retriever.index.store.article(article_id, version)
        if article is None:
            where = f"in {self.folder}; `pullquote articles` lists them"
            raise ArticleNotFound(f"no article {article_id!r} {where}")
        return article

    def articles(self) -> list[ArticleSummary]:
        """Return a summary of each article, newest first."""
        return self._retriever.index.store.summaries()

    def copies(self, article_id: str) -> list[Copy]:
        """Return the other articles that carry an article's report, by date.

        They are the same text, or one report edited; different reports of one event are none.

        Raises:
            ArticleNotFound: no article has this id.
        """
        self.article(article_id)
        return self._retriever.index.store.copies(article_id)

    def listing(self, wanted: Wanted | None = None) -> ListPage:
        """Return a page of the list of articles; no question waits for it, however long it is."""
        return list_articles(self._retriever.index.store.path, wanted or Wanted())

    def outlets(self) -> list[OutletCount]:
        """Return the outlets with their numbers of articles, those with most first."""
        return list_outlets(self._retriever.index.store.path)

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """Return all versions of an article, the current one first; none of an unknown one."""
        return list_versions(self._retriever.index.store.path, article_id)

    def overview(self) -> Overview:
        """Return what is known of the articles, in numbers."""
        return overview(self._retriever.index.store.path)

    def stats(self) -> Stats:
        """Return what the index holds now."""
        index = self._retriever.index
        newest = index.store.snapshots()[:1]
        known = index.store.generation(), index.store, newest
        if self._stats is None or self._stats[0] != known:
            stats = Stats(
                **index.store.counts(),
                generation=known[0],
                encoder=index.encoder_name,
                recall_at_10=newest[0].recall if newest else None,
            )
            self._stats = known, stats  # counting a large index takes seconds
        return self._stats[1]

    def is_empty(self) -> bool:
        """Say whether the index holds no articles, without counting."""
        return self._retriever.index.store.is_empty()

    # -- changes ----------------------------------------------------------------------------------

    def add(
        self, articles: Iterable[Article], *, progress: Progress = lambda article_id: None
    ) -> IndexReport:
        """Add articles, or replace those whose content changed, and search them from now on.

        Questions are answered meanwhile. Articles are committed in batches: an exception, be it of
        `articles` or of `progress`, ends the run and leaves what was committed before it.

        Args:
            articles: The last one wins where an id comes twice; unchanged ones cost nothing.
            progress: Called with the id of each article when it is done with: committed,
                unchanged or failed; in the thread that called `add`.

        Returns:
            What became of each article; one that cannot be indexed fails alone.

        Raises:
            IndexLocked: another process is writing.
            StoreError, ModelError: the folder or the model cannot be used.
        """
        return self._changed(partial(self._built, build_index, articles, progress))

    def sync(
        self,
        articles: Iterable[Article] | Path | str,
        *,
        fields: FieldMap | None = None,
        progress: Progress = lambda article_id: None,
    ) -> IndexReport:
        """Make the index hold these articles and no others: add, replace, then remove.

        Args:
            articles: All that there shall be, or a folder whose files hold them: articles of files
                that could not be read stay.
            fields: Where the parts of an article stand in a folder's JSON and tables, if not under
                the names that are usual.
            progress: As for `add`; not called for articles that are removed.

        Returns:
            As `add`, with what was removed; `failed` has files that could not be read, by name.

        Raises:
            ArticleError: the folder is not there or holds no file to read; nothing has changed.
            IndexLocked, StoreError, ModelError: as `add`.
        """
        if isinstance(articles, (Path, str)):
            return self._synced_with_folder(Path(articles), fields, progress)
        return self._changed(partial(self._built, sync_index, articles, progress))

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Remove articles with all their versions; return the ids that were there.

        Raises:
            IndexLocked: another process is writing.
            StoreError: the index cannot be written.
        """
        chosen = [article_ids] if isinstance(article_ids, str) else article_ids
        return self._changed(partial(remove_articles, self.folder, chosen))

    def _synced_with_folder(
        self, path: Path, fields: FieldMap | None, progress: Progress
    ) -> IndexReport:
        from qa.sources import Sources  # what reads files is of no use to most

        sources = Sources(find_articles([path]), fields=fields)
        if not sources.found.paths:
            raise sources.found.failures[0].error
        sync = partial(sync_index, keeps=sources.keeps)
        report = self._changed(partial(self._built, sync, sources.articles(), progress))
        report.failed += sources.failed
        return report

    def _built(
        self, build: Callable[..., IndexReport], articles: Iterable[Article], progress: Progress
    ) -> IndexReport:
        folder, settings = self.folder, self._settings
        build = partial(build, folder, articles, settings=settings, progress=progress)
        try:
            return build(encoder=self.encoder)
        except ModelMismatch:  # rebuilt with another model since it was opened; nothing was read
            return build(encoder=index_encoder(folder))

    def _changed(self, change: Callable[[], _Result]) -> _Result:
        """Make a change, and wait until it is searched."""
        with self._writing:
            result = change()
        index = self._retriever.index
        committed = index.store.generation()
        # A folder that is restored meanwhile begins with another generation.
        while index.snapshot().generation < min(committed, index.store.generation()):
            time.sleep(LOOK_AGAIN_S)
        return result
