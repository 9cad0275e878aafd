"""Is what was deleted gone from a file's bytes? The file is written anew, behind everybody's back.

SQLite overwrites what it deletes (`secure_delete`), but rows that were moved from page to page
before have left copies in gaps of the pages, which only a new file is without. To write one takes
seconds where much is kept: nobody who deletes should wait for that.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

TRIES = 20
RETRY_S = 3.0

_log = logging.getLogger(__name__)


class Scrubber:
    """Writes one file anew after deletions, once for all that wait. Safe to use by threads.

    That it is still to be done is marked by an empty file beside it, which outlives a crash.
    """

    def __init__(self, path: Path, *, busy_s: float) -> None:
        """Begin at once if an earlier program could not end."""
        self._path = path
        self._marker = path.with_name(f"{path.name}.unscrubbed")
        self._busy_s = busy_s
        self._state = threading.Condition()
        self._wanted = 0
        self._thread: threading.Thread | None = None
        self._closing = False
        if self._marker.exists():
            self.begin()

    def mark(self) -> None:
        """Note, before something is deleted, that the file is to be written anew."""
        self._marker.touch(mode=0o600)

    def unmark(self) -> None:
        """Take the note back: nothing was there to be deleted."""
        with self._state:
            if self._thread is None:
                self._marker.unlink(missing_ok=True)

    def begin(self) -> None:
        """Have the file written anew; returns at once."""
        with self._state:
            self._wanted += 1
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._work, name="scrubbing", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait until nothing is to be done any more, or cannot be done."""
        with self._state:
            self._state.wait_for(lambda: self._thread is None)

    def close(self) -> None:
        """End what is at work; what cannot be done just now is done by the next program."""
        self._closing = True
        self.wait()

    def _work(self) -> None:
        tries, reached, done = 0, 0, False
        while not done and tries < TRIES:
            with self._state:
                reached = self._wanted
            written = self._written_anew()
            tries = 0 if written else tries + 1
            with self._state:
                done = self._closing or (written and reached == self._wanted)
                if written and reached == self._wanted:
                    self._marker.unlink(missing_ok=True)
                if done or tries == TRIES:
                    self._thread = None
                    self._state.notify_all()
                    return
            if not written:
                time.sleep(RETRY_S)

    def _written_anew(self) -> bool:
        try:
            with closing(sqlite3.connect(self._path, timeout=self._busy_s)) as connection:
                connection.isolation_level = None
                connection.execute("VACUUM")
                (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            _log.warning("traces of what was deleted are left in %s: %s", self._path, error)
            return False
        return not busy
