"""The index folder: one SQLite truth, and search structures derived from it.

    index/  LOCK   store.db   snapshots/<generation>-<random>.{faiss,tantivy/}   tmp/

A change is committed to `store.db` first; then a new snapshot is built beside the old one, synced,
renamed into place and named by a row with the digest of its bytes. Searches run on an immutable
`Snapshot`; taking up a newer one is the swap of one reference. What was committed and not published
is taken up all the same, a moment later. Where a snapshot is damaged or missing, the vectors in
`store.db` make a new one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus import ArticleStore, Entry, IndexNotFound, Space, StoreError
from corpus.originals import Originals
from embeddings import Encoder
from qa.current import Current
from qa.search_files import drop_old, fits
from qa.snapshots import Snapshot, publish_snapshot, write_snapshot
from qa.spaces import check_space, space_for
from qa.write_lock import acquire_lock

PUBLISH_EVERY_S = 1.0
PUBLISHING_SHARE = 10.0
"""A long run publishes no sooner than after this time, and this many times what publishing took."""


class Index:
    """An open index folder. Searching is safe from many threads; one process may write."""

    def __init__(self, folder: Path, store: ArticleStore, lock: FileLock | None) -> None:
        self.folder = folder
        self._lock = lock
        self._current = Current(folder, store, follows=lock is None)
        self._published_at = time.monotonic()
        self._publishing_s = 0.0
        self._sound_dense: str | None = None

    @classmethod
    def open(cls, folder: Path | str, *, writable: bool = False) -> Index:
        """Open an index folder; create it if `writable`.

        Raises:
            IndexNotFound: nothing there and not writable.
            IndexLocked: another process is writing.
            IndexVersionMismatch, IndexCorrupt: see `ArticleStore`.
            StoreError: the folder cannot be made or written.
        """
        folder = Path(folder)
        if not writable:
            if folder.exists() and not folder.is_dir():
                raise IndexNotFound(f"{folder} is a file; an index is a folder")
            return cls(folder, ArticleStore(folder / "store.db"), None)
        try:
            for part in (folder, folder / "snapshots", folder / "tmp"):
                part.mkdir(parents=True, exist_ok=True)
            lock = acquire_lock(folder)
        except OSError as error:
            raise StoreError(f"cannot write to {folder}: {error.strerror}") from error
        try:
            store = ArticleStore(folder / "store.db", writable=True)
        except StoreError:
            lock.release()
            raise
        return cls(folder, store, lock)

    def close(self) -> None:
        """Release files and the writer's lock."""
        self._current.close()
        if self._lock:
            self._lock.release()

    @property
    def store(self) -> ArticleStore:
        """The articles; another object after the folder was restored."""
        self._current.follow()
        return self._current.store

    # -- model ------------------------------------------------------------------------------------

    def check_model(self, encoder: Encoder) -> None:
        """Make sure that this index was made with `encoder`.

        Raises:
            ModelMismatch: made with another model, or passages are cut otherwise by now.
        """
        check_space(self.store.space(), encoder, self.folder)

    def claim_model(self, encoder: Encoder) -> None:
        """Record `encoder` as the model of a new index; check it against an old one."""
        self.check_model(encoder)
        if not self.store.space():
            self.store.open_space(space_for(encoder))

    @property
    def encoder_name(self) -> str | None:
        """The name of the model that this index was made with; None in a new one."""
        space = self.store.space()
        return space.encoder if space else None

    # -- writing ----------------------------------------------------------------------------------

    def add(self, entries: Sequence[Entry]) -> int:
        """Commit articles; durable on return, searchable after `publish`."""
        return self.store.add(entries)

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Delete articles and what they were read from; return the ids that were there.

        Searches find them until `publish`.
        """
        wanted = list(article_ids)
        Originals(self.folder).forget(wanted)  # first: should it fail, all of it can be done again
        return self.store.remove(wanted)

    def publish(self, *, anew: bool = False) -> None:
        """Write a snapshot of the newest generation; none of an empty index.

        Args:
            anew: Make everything anew, however little has changed.

        Raises:
            StoreError: the search files cannot be written; the articles are kept.
            IndexCorrupt: a vector or passage that is needed is not what was indexed.
        """
        if not self.store.generation():
            return
        began = time.monotonic()
        try:
            row = publish_snapshot(self.store, self.folder, self._sound_dense, anew=anew)
        except OSError as error:
            raise StoreError(
                f"the articles are kept, but the search files in {self.folder} could not be written"
                f" ({error}); mend that and run the same command again"
            ) from error
        self._sound_dense = row.dense_name
        self._published_at = time.monotonic()
        self._publishing_s = self._published_at - began

    def serve(self, space: Space) -> None:
        """Let a space that was built serve from now on; what served before is retired.

        Raises:
            StoreError: the search files cannot be written; nothing has changed.
        """
        generation = self.store.generation() + 1
        try:
            row = write_snapshot(self.store, self.folder, space, generation, None)
        except OSError as error:
            raise StoreError(
                f"the search files in {self.folder} could not be written ({error});"
                " mend that and run the same command again"
            ) from error
        self.store.serve_space(row)
        self._sound_dense = row.dense_name
        drop_old(self.store, self.folder)

    def publish_now_and_then(self) -> None:
        """Publish unless that was done a moment ago: a long run is seen growing, at little cost."""
        pause = max(PUBLISH_EVERY_S, PUBLISHING_SHARE * self._publishing_s)
        if time.monotonic() - self._published_at > pause:
            self.publish()

    def published(self) -> bool:
        """Say whether the newest generation, if any, has a snapshot that fits its digest."""
        generation, newest = self.store.generation(), self.store.snapshots()[:1]
        if not generation:
            return True
        return bool(newest) and newest[0].generation == generation and fits(self.folder, newest[0])

    # -- reading ----------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """Return what to search now: all that any process had committed a second ago, or more."""
        return self._current.snapshot()


@contextmanager
def open_for_writing(folder: Path | str) -> Iterator[Index]:
    """Open an index to write to it, and close it afterwards."""
    index = Index.open(folder, writable=True)
    try:
        yield index
    finally:
        index.close()
