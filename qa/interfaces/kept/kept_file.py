"""A SQLite file that the page keeps what visitors did in; whatever befalls it, the page goes on.

A file that is damaged or another program's is moved aside, never overwritten, and a new one begun.
Where no file can be made at all, things are kept in memory until the program ends. What is erased
is gone from the file's bytes and from its log, not only from its tables.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from corpus import StoreError
from qa.interfaces.kept.scrubbing import Scrubber
from qa.interfaces.kept.sqlite_files import (
    PAGE_BYTES,
    ForeignFileError,
    connect,
    identity_of,
    move_aside,
    tells_damage,
)

MAX_FILE_BYTES = 512 * 1024 * 1024
BUSY_S = 5.0

_BEGIN_S = 60.0

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


class KeptFile:
    """One SQLite file with tables of one form. Safe to use from many threads and processes."""

    def __init__(
        self,
        path: Path,
        schema: str,
        *,
        application_id: int,
        version: int,
        synchronous: str = "FULL",
        max_bytes: int = MAX_FILE_BYTES,
    ) -> None:
        """Open the file, made if absent; never fails (see the module).

        Args:
            path: Where; missing folders are made. Only this user may read a file that is made.
            schema: The statements that make the tables.
            application_id: Tells this kind of file from all others.
            version: Of the tables' form; a file with another one is moved aside.
            synchronous: FULL survives a power cut; NORMAL may lose the last moments to one.
            max_bytes: What would make the file larger is refused.
        """
        self.path = path
        self._schema = schema
        self._identity = (application_id, version)
        self._synchronous = synchronous
        self._max_bytes = max_bytes
        self._lock = threading.RLock()
        self._file: tuple[int, int] | None = None  # which one is open; None where it is memory
        self._connection = self._open()
        self._scrubber = Scrubber(path, busy_s=BUSY_S)

    def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do `work` as one transaction and return what it returns.

        `work` is done twice if the first time shows that the file is damaged.

        Raises:
            StoreError: the file cannot be read or written just now; nothing was changed.
        """
        with self._lock:
            self._follow()
            try:
                return self._transact(work)
            except sqlite3.Error as error:
                if not tells_damage(error):
                    raise self._unusable(error) from error
                self._begin_anew(error)
            try:
                return self._transact(work)
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    def erase(self, work: Callable[[sqlite3.Connection], int], *, at_leisure: bool = False) -> int:
        """Do `work`, which deletes rows and counts them; nothing of them is left in table and log.

        Copies that SQLite made of them before go right after, behind the caller's back (`settle`
        waits for that); `at_leisure`, when the file is opened the next time.

        Raises:
            StoreError: see `run`.
        """
        with self._lock:
            if self._file:
                self._scrubber.mark()
            count = self.run(work)
            if count:
                self.trim_log()
        if self._file and count and not at_leisure:
            self._scrubber.begin()
        elif not count and not at_leisure:
            self._scrubber.unmark()
        return count

    def settle(self) -> None:
        """Wait until nothing of what was erased is left in the file's bytes."""
        self._scrubber.wait()

    def trim_log(self) -> None:
        """Empty the write-ahead log, which goes on holding what was deleted."""
        with self._lock:
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.Error as error:
                _log.warning("the log of %s could not be emptied: %s", self.path, error)

    def bytes_used(self) -> int:
        """Return how much of the file holds something."""
        with self._lock:
            pages, free = (
                self._connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count")
            )
        return int(pages - free) * PAGE_BYTES

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        self._scrubber.close()
        with self._lock:
            self._connection.close()

    def _transact(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return result

    def _follow(self) -> None:
        """Open the file anew if another server has put this one aside."""
        now = identity_of(self.path) if self._file else None
        if now and now != self._file:
            self._connection.close()
            self._connection = self._open()

    def _begin_anew(self, error: Exception) -> None:
        """Go on with another file than the one that is open."""
        self._connection.close()
        self._connection = self._open(damaged=self._file, damage=error)

    def _open(
        self, *, damaged: tuple[int, int] | None = None, damage: Exception | None = None
    ) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Of two servers at once, one must not find the other's tables half made, nor put aside
            # what the other has begun in a damaged file's place.
            with FileLock(f"{self.path}.lock", timeout=_BEGIN_S, mode=0o600):
                if damage and damaged == identity_of(self.path):
                    self._put_aside(damage)
                connection = self._opened_or_anew()
                self._file = identity_of(self.path)
        except (OSError, sqlite3.Error, ForeignFileError) as error:
            return self._in_memory(error)
        return connection

    def _opened_or_anew(self) -> sqlite3.Connection:
        try:
            return self._opened()
        except (sqlite3.Error, ForeignFileError) as error:
            if not tells_damage(error):
                raise
            self._put_aside(error)
        return self._opened()

    def _put_aside(self, error: Exception) -> None:
        aside = move_aside(self.path)
        _log.warning("%s cannot be used (%s): moved to %s", self.path, error, aside.name)

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        _log.warning("%s cannot be opened (%s): kept in memory only", self.path, error)
        self._file = None
        connection = connect(":memory:", busy_s=BUSY_S)
        self._prepare(connection)
        return connection

    def _opened(self) -> sqlite3.Connection:
        self.path.touch(mode=0o600)  # what people asked is not for other users of this machine
        with ExitStack() as on_error:
            connection = on_error.enter_context(closing(connect(str(self.path), busy_s=BUSY_S)))
            self._prepare(connection)
            on_error.pop_all()
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Set a connection up, with the tables if there are none.

        Raises:
            ForeignFileError: it is no file of this kind.
        """
        names = ("application_id", "user_version")
        found = tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if found != self._identity and (tables or found != (0, 0)):
            raise ForeignFileError("it is another program's, or of another version of pullquote")
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise ForeignFileError(state)
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute(f"PRAGMA max_page_count = {self._max_bytes // PAGE_BYTES}")
        if not tables:
            self._make_tables(connection)

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        application_id, version = self._identity
        connection.executescript(
            f"BEGIN IMMEDIATE; {self._schema} PRAGMA application_id = {application_id};"
            f" PRAGMA user_version = {version}; COMMIT;"
        )

    def _unusable(self, error: Exception) -> StoreError:
        return StoreError(f"{self.path} cannot be used just now ({error}); try again")
