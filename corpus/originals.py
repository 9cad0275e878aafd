"""The bytes that articles were read from, for operators who want them kept: `originals.db`.

It lies beside the index and is no part of it: nothing is searched in it, and nothing is quoted from
it. A file that holds many articles is kept once. What is removed from the index is forgotten here.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexCorrupt, StoreError

NAME = "originals.db"
Version = tuple[str, str]
"""An article's id and digest."""

_APPLICATION_ID = 0x5051544F
_SCHEMA = f"""
BEGIN;
CREATE TABLE original (
    digest TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;
CREATE TABLE origin (
    article TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    original TEXT NOT NULL REFERENCES original (digest),
    PRIMARY KEY (article, version)
) STRICT;
CREATE INDEX origin_by_original ON origin (original);
PRAGMA application_id = {_APPLICATION_ID};
COMMIT;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a version of an article was read from: the file's path or address, and its bytes."""

    name: str
    data: bytes


class Originals:
    """The originals beside an index; there may be none. One process may write at a time."""

    def __init__(self, folder: Path) -> None:
        """Name the index folder; nothing is made before something is kept."""
        self.path = folder / NAME

    def keep(self, name: str, data: bytes, versions: Sequence[Version]) -> None:
        """Keep what versions of articles were read from, in one transaction.

        What is kept of a version already stays: that is what its text was taken from.

        Raises:
            StoreError: it cannot be written.
        """
        with self._open(write=True) as database:
            known = "SELECT 1 FROM origin WHERE article = ? AND version = ?"
            new = [each for each in versions if not database.execute(known, each).fetchone()]
            if not new:
                return
            digest = hashlib.sha256(data).hexdigest()
            if not database.execute(
                "SELECT 1 FROM original WHERE digest = ?", (digest,)
            ).fetchone():
                row = (digest, len(data), zlib.compress(data))
                database.execute("INSERT INTO original VALUES (?, ?, ?)", row)
            rows = [(*version, name, digest) for version in dict.fromkeys(new)]
            database.executemany("INSERT INTO origin VALUES (?, ?, ?, ?)", rows)

    def of(self, article_id: str, digest: str) -> Original | None:
        """Return what a version of an article was read from, if it was kept.

        Raises:
            IndexCorrupt: the bytes are not what was kept.
            StoreError: it cannot be read.
        """
        if not self._is_there():
            return None
        with self._open() as database:
            found = database.execute(
                "SELECT name, digest, bytes, packed FROM origin JOIN original ON original = digest"
                " WHERE article = ? AND version = ?",
                (article_id, digest),
            ).fetchone()
        if found is None:
            return None
        name, expected, size, packed = found
        try:
            data = zlib.decompressobj().decompress(packed, size + 1)
        except zlib.error:
            data = b""
        if hashlib.sha256(data).hexdigest() != expected:
            raise IndexCorrupt(f"{self.path} is damaged: {name} is not what was kept")
        return Original(name=name, data=data)

    def forget(self, article_ids: Iterable[str]) -> None:
        """Forget what these articles were read from, in all versions.

        Raises:
            StoreError: it cannot be written.
        """
        if not self._is_there():
            return
        with self._open(write=True) as database:
            ids = [(article_id,) for article_id in article_ids]
            database.executemany("DELETE FROM origin WHERE article = ?", ids)
            database.execute(
                "DELETE FROM original WHERE digest NOT IN (SELECT original FROM origin)"
            )

    def retain(self, article_ids: Collection[str]) -> None:
        """Forget what all other articles were read from: they were never indexed, or are gone.

        Raises:
            StoreError: it cannot be read or written.
        """
        if not self._is_there():
            return
        with self._open() as database:
            kept = {row[0] for row in database.execute("SELECT DISTINCT article FROM origin")}
        if others := kept - set(article_ids):
            self.forget(others)

    def holds(self, article_ids: Iterable[str]) -> bool:
        """Say whether there is something of each of these articles.

        Raises:
            StoreError: it cannot be read.
        """
        if not self._is_there():
            return False
        known = "SELECT 1 FROM origin WHERE article = ?"
        with self._open() as database:
            return all(database.execute(known, (each,)).fetchone() for each in article_ids)

    def _is_there(self) -> bool:
        return self.path.exists() and self.path.stat().st_size > 0  # else its making was cut short

    @contextmanager
    def _open(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        mode = "rwc" if write else "ro"
        if not write and not os.access(self.path.parent, os.W_OK):
            mode += "&immutable=1"  # nobody can write here, and SQLite could not make its -shm file
        address = f"{self.path.resolve().as_uri()}?mode={mode}"
        try:
            with closing(sqlite3.connect(address, uri=True, timeout=5.0)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                self._check(database, write=write)
                with database:
                    yield database
        except sqlite3.Error as error:
            done = "written" if write else "read"
            raise StoreError(f"{self.path} cannot be {done}: {error}") from error

    def _check(self, database: sqlite3.Connection, *, write: bool) -> None:
        (application,) = database.execute("PRAGMA application_id").fetchone()
        (tables,) = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if write and not tables and not application:
            # With a log, a backup may be taken while something is forgotten.
            database.executescript("PRAGMA journal_mode = WAL;" + _SCHEMA)
        elif application != _APPLICATION_ID:
            raise StoreError(f"{self.path} holds no originals; move it away")
        database.execute("PRAGMA secure_delete = ON")
