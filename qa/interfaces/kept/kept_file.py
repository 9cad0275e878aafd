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
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from corpus import StoreError

MAX_FILE_BYTES = 512 * 1024 * 1024
BUSY_S = 5.0

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_PAGE_BYTES = 4096
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
        self._erased = 0  # how many times something was to be erased, and up to which it is
        self._scrubbed = 0
        self._connection = self._open()

    def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do `work` as one transaction and return what it returns.

        `work` is done twice if the first time shows that the file is damaged.

        Raises:
            StoreError: the file cannot be read or written just now; nothing was changed.
        """
        with self._lock:
            try:
                return self._transact(work)
            except sqlite3.Error as error:
                if not _tells_damage(error):
                    raise self._unusable(error) from error
                self._begin_anew(error)
            try:
                return self._transact(work)
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    def erase(self, work: Callable[[sqlite3.Connection], int]) -> int:
        """Do `work`, which deletes rows and counts them, and wipe their bytes off the file.

        The file is written anew, which takes seconds for 200 MB: not to be called in an event loop.
        Deletions that wait for each other are wiped together.

        Raises:
            StoreError: see `run`.
        """
        with self._lock:
            count = self.run(work)
            self._erased += count > 0
            mine = self._erased
        if count:
            self._scrub(mine)
        return count

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
        return int(pages - free) * _PAGE_BYTES

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
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

    def _scrub(self, wanted: int) -> None:
        """Write the file anew: `secure_delete` alone leaves copies of rows that were moved."""
        with self._lock:
            if self._scrubbed >= wanted:  # another thread's deletion came after this one
                return
            reached = self._erased
            try:
                self._connection.execute("VACUUM")
                self._scrubbed = reached
            except sqlite3.Error as error:
                _log.warning("traces of what was deleted may be left in %s: %s", self.path, error)
            self.trim_log()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._opened(self.path)
        except (OSError, sqlite3.Error, _ForeignError) as error:
            if isinstance(error, _ForeignError) or _tells_damage(error):
                return self._opened_anew(error)
            return self._in_memory(error)

    def _begin_anew(self, error: Exception) -> None:
        self._connection.close()
        self._connection = self._opened_anew(error)

    def _opened_anew(self, error: Exception) -> sqlite3.Connection:
        try:
            aside = _move_aside(self.path)
            _log.warning("%s cannot be used (%s): moved to %s", self.path, error, aside.name)
            return self._opened(self.path)
        except (OSError, sqlite3.Error, _ForeignError) as second:
            return self._in_memory(second)

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        _log.warning("%s cannot be opened (%s): kept in memory only", self.path, error)
        connection = _connect(":memory:")
        self._prepare(connection)
        return connection

    def _opened(self, path: Path) -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # what people asked is not for other users of this machine
        # Of two servers that begin at once, one must not find the other's tables half made.
        beginning = FileLock(f"{path}.lock", timeout=_BEGIN_S, mode=0o600)
        with beginning, ExitStack() as on_error:
            connection = on_error.enter_context(closing(_connect(str(path))))
            self._prepare(connection)
            on_error.pop_all()
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Set a connection up, with the tables if there are none.

        Raises:
            _ForeignError: it is no file of this kind.
        """
        names = ("application_id", "user_version")
        found = tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if found != self._identity and (tables or found != (0, 0)):
            raise _ForeignError("it is another program's, or of another version of pullquote")
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise _ForeignError(state)
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute(f"PRAGMA max_page_count = {self._max_bytes // _PAGE_BYTES}")
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


class _ForeignError(Exception):
    """A file that is sound or not, but not one to write to."""


def _tells_damage(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _move_aside(path: Path) -> Path:
    """Give a database and its log another name, under which no program looks for it."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside = path.with_name(f"{path.name}.unusable-{stamp}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        log = path.with_name(path.name + suffix)
        if log.exists():
            log.rename(aside.with_name(aside.name + suffix))
    return aside


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name, check_same_thread=False, isolation_level=None, timeout=BUSY_S
    )
    # Damaged text still comes back, as other text.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    return connection
