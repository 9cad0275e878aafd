"""What is searched now: the newest snapshot of an index folder, whoever has committed it."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from corpus import ArticleStore, SnapshotRow, StoreError
from qa.snapshots import Snapshot, build_snapshot, extend_snapshot, load_snapshot

log: logging.Logger = logging.getLogger(__name__)

PUBLISHED_WITHIN_S = 1.0
"""After this time a reader takes up what was committed and not published: by a writer that was
killed in between, or that is just making all search files anew."""


class Current:
    """The store of a folder and the snapshot to search. Safe to use from many threads."""

    def __init__(self, folder: Path, store: ArticleStore, *, follows: bool) -> None:
        """Serve from a store; take up another one that comes to stand in its place if `follows`."""
        self.folder = folder
        self.store: ArticleStore = store
        self._follows = follows
        self._swap = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._identity = _identity(store.path)
        self._former: list[ArticleStore] = []
        self._behind_since: float | None = None

    def close(self) -> None:
        """Close the store."""
        for store in (self.store, *self._former):
            store.close()

    def snapshot(self) -> Snapshot:
        """Return what to search now: all that any process had committed a second ago, or more."""
        self.follow()
        current = self._snapshot
        if current and not self._is_behind(current):
            return current
        # Whoever comes while another thread takes up the newest goes on with what there is.
        if not self._swap.acquire(blocking=current is None):
            assert current is not None
            return current
        try:
            if self._snapshot is current:
                self._snapshot = self._newest(current)
                self._behind_since = None
            assert self._snapshot is not None
            return self._snapshot
        finally:
            self._swap.release()

    def follow(self) -> None:
        """Open the store that stands here now, if the folder was restored or made anew."""
        identity = _identity(self.store.path) if self._follows else None
        if identity in (None, self._identity):
            return
        with self._swap:
            if identity == self._identity:
                return
            try:
                store = ArticleStore(self.store.path)
            except StoreError as error:  # perhaps it is only just being made
                log.info("%s; going on with what stood there before", error)
                return
            for former in self._former:
                former.close()
            self._former = [self.store]  # somebody may be reading it
            self._snapshot = None  # first: whoever needs one then waits for this to end
            self.store = store
            self._identity = identity

    def _is_behind(self, current: Snapshot) -> bool:
        """Whoever commits also publishes, soon; what is not published soon is taken up without."""
        generation = self.store.generation()
        if generation <= current.generation:
            self._behind_since = None
            return False
        if self.store.newest_published() > current.generation:
            return True
        now = time.monotonic()
        since = self._behind_since = self._behind_since or now
        return now - since > PUBLISHED_WITHIN_S

    def _newest(self, current: Snapshot | None) -> Snapshot:
        tried: set[str] = set()
        problem: Exception | None = None
        while (rows := self.store.snapshots()[:1]) and rows[0].name not in tried:
            tried.add(rows[0].name)  # another one may be published while this one is opened
            try:
                return self._opened(rows[0], current)
            except (StoreError, OSError, ValueError) as error:
                problem = error
        if problem:
            log.warning(
                "%s; searching what was made of the stored vectors, in this process;"
                " if it goes on: pullquote verify --repair",
                problem,
            )
        return build_snapshot(self.store)

    def _opened(self, row: SnapshotRow, current: Snapshot | None) -> Snapshot:
        if current is None or current.row is None or current.row.name != row.name:
            newer = current is not None and row.generation > current.generation
            current = load_snapshot(self.store, self.folder, row, current)
            if newer:  # a writer is at work: what it has committed since, it publishes next
                return current
        if current.generation < self.store.generation():
            return extend_snapshot(self.store, self.folder, current)
        return current


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name; None if there is none."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
