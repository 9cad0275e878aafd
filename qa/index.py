"""The index folder: one SQLite truth, and search structures derived from it.

    index/  LOCK   store.db   snapshots/<generation>-<random>.{faiss,tantivy/}   tmp/

A change is committed to `store.db` first; then a new snapshot is built beside the old one, synced,
renamed into place and named by a row with the digest of its bytes. Searches run on an immutable
`Snapshot`; taking up a newer one is the swap of one reference. Where a snapshot is damaged or
missing, the vectors in `store.db` make a new one.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus import (
    CHUNKER_VERSION,
    Article,
    ArticleStore,
    IndexLocked,
    IndexNotFound,
    ModelMismatch,
    StoredPassage,
    StoreError,
)
from embeddings import Encoder
from qa.snapshots import Snapshot, build_snapshot, fits, load_snapshot, publish_snapshot

log = logging.getLogger(__name__)


class Index:
    """An open index folder. Searching is safe from many threads; one process may write."""

    def __init__(self, folder: Path, store: ArticleStore, lock: FileLock | None) -> None:
        self.folder = folder
        self.store = store
        self._lock = lock
        self._swap = threading.Lock()
        self._snapshot: Snapshot | None = None

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
            lock = _lock(folder)
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
        self.store.close()
        if self._lock:
            self._lock.release()

    # -- model ------------------------------------------------------------------------------------

    def check_model(self, encoder: Encoder) -> None:
        """Make sure that this index was made with `encoder`.

        Raises:
            ModelMismatch: made with another model, or passages are cut otherwise by now.
        """
        meta = self.store.meta()
        if not meta:
            return
        if meta["encoder_fingerprint"] != encoder.fingerprint:
            raise ModelMismatch(
                f"{self.folder} was made with the model {meta['encoder']}, not with {encoder.name}"
                " as it is on this machine; use that model, or index the articles into a new folder"
            )
        if meta["chunker_version"] != CHUNKER_VERSION:
            raise ModelMismatch(
                f"{self.folder} was made by a pullquote that cuts passages otherwise;"
                " index the articles into a new folder"
            )

    def claim_model(self, encoder: Encoder) -> None:
        """Record `encoder` as the model of a new index; check it against an old one."""
        self.check_model(encoder)
        if not self.store.meta():
            self.store.set_meta(
                {
                    "encoder": encoder.name,
                    "encoder_fingerprint": encoder.fingerprint,
                    "dim": str(encoder.dim),
                    "chunker_version": CHUNKER_VERSION,
                }
            )

    # -- writing ----------------------------------------------------------------------------------

    def add(self, entries: Sequence[tuple[Article, Sequence[StoredPassage]]]) -> int:
        """Commit articles; durable on return, searchable after `publish`."""
        return self.store.add(entries)

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Delete articles; return the ids that were there. They are gone after `publish`."""
        return self.store.remove(article_ids)

    def publish(self) -> None:
        """Write a snapshot of the newest generation and take it up; none of an empty index."""
        if not self.store.generation():
            return
        try:
            row = publish_snapshot(self.store, self.folder)
        except OSError as error:
            raise StoreError(
                f"the articles are kept, but the search files in {self.folder} could not be written"
                f" ({error}); mend that and run the same command again"
            ) from error
        self._snapshot = load_snapshot(self.folder, row)

    def published(self) -> bool:
        """Say whether the newest generation, if any, has a snapshot that fits its digest."""
        generation, newest = self.store.generation(), self.store.snapshots()[:1]
        if not generation:
            return True
        return bool(newest) and newest[0].generation == generation and fits(self.folder, newest[0])

    # -- reading ----------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """Return what to search now; a newer snapshot, published by any process, is taken up."""
        newest = self.store.snapshots()[:1]
        current = self._snapshot
        if current and (not newest or newest[0].generation <= current.generation):
            return current
        with self._swap:
            if self._snapshot is current:
                self._snapshot = self._open_snapshot()
            assert self._snapshot is not None
            return self._snapshot

    def _open_snapshot(self) -> Snapshot:
        newest = self.store.snapshots()[:1]
        if newest and (newest[0].generation == self.store.generation() or self._snapshot):
            try:
                return load_snapshot(self.folder, newest[0])
            except (StoreError, OSError, ValueError) as error:
                log.warning(
                    "%s; rebuilding it from the stored vectors, for this process;"
                    " `pullquote index` with any article mends it",
                    error,
                )
        return build_snapshot(self.store)


@contextmanager
def open_for_writing(folder: Path | str) -> Iterator[Index]:
    """Open an index to write to it, and close it afterwards."""
    index = Index.open(folder, writable=True)
    try:
        yield index
    finally:
        index.close()


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the writer's lock of a folder.

    Raises:
        IndexLocked: another process is writing.
    """
    lock = _lock(folder)
    try:
        yield
    finally:
        lock.release()


def _lock(folder: Path) -> FileLock:
    lock = FileLock(folder / "LOCK", thread_local=False)  # any thread may close the index
    holder = folder / "LOCK.pid"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        pid = holder.read_text().strip() if holder.exists() else "unknown"
        raise IndexLocked(
            f"{folder} is being written by process {pid}; wait until it has finished"
        ) from error
    holder.write_text(str(os.getpid()))
    return lock
