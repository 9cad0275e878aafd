"""How is a SQLite file opened, told to be damaged, and put out of the way?"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

PAGE_BYTES = 4096

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}


class ForeignFileError(Exception):
    """A file that is sound or not, but not one to write to."""


def connect(name: str, *, busy_s: float) -> sqlite3.Connection:
    """Open a file, which waits `busy_s` for others that write."""
    connection = sqlite3.connect(
        name, check_same_thread=False, isolation_level=None, timeout=busy_s
    )
    # Damaged text still comes back, as other text.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    return connection


def tells_damage(error: Exception) -> bool:
    """Say whether an error is one of the file's, not of the moment."""
    foreign = isinstance(error, ForeignFileError)
    return foreign or getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def move_aside(path: Path) -> Path:
    """Give a database and its log another name, under which no program looks for it."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside = path.with_name(f"{path.name}.unusable-{stamp}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        log = path.with_name(path.name + suffix)
        if log.exists():
            log.rename(aside.with_name(aside.name + suffix))
    return aside


def identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one of its name; None if there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
