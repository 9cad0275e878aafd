"""The tables of `store.db`, the version of their form, and how the file is opened."""

import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

from corpus.errors import IndexCorrupt, IndexNotFound, IndexVersionMismatch, StoreError

APPLICATION_ID = 0x50515445  # "PQTE"; tells a pullquote database from any other SQLite file
FORMAT_VERSION = 5

CACHE_KB = 32_768
"""Holds the inner pages of a million passages: looking one up is one read then, not three."""

UNREADABLE = "restore a backup, or index the articles into a new folder"

_PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
    sqlite3.SQLITE_CANTOPEN,
}
"""Errors that say nothing about what the file holds."""

CANNOT_READ = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises: SQLite names what is wrong, with whatever bytes it found."""

SCHEMA = f"""
BEGIN;
-- A model, and how texts are cut for it. One space serves; another may be on its way beside it.
CREATE TABLE space (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    encoder TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    dim INTEGER NOT NULL,
    chunker TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('building', 'serving', 'retired', 'emptied'))
) STRICT;
CREATE UNIQUE INDEX one_of_each ON space (state) WHERE state IN ('building', 'serving');

-- One row per committed change. Order is by id, never by clock.
CREATE TABLE generation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    committed_at TEXT NOT NULL
) STRICT;

-- One row per version of an article; `superseded` is NULL in the current one.
CREATE TABLE article (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    published TEXT,
    outlet TEXT,
    metadata TEXT NOT NULL,
    headings TEXT NOT NULL,
    marks TEXT NOT NULL,
    digest TEXT NOT NULL,
    passages INTEGER NOT NULL,
    row_crc INTEGER NOT NULL,
    added INTEGER NOT NULL REFERENCES generation (id),
    superseded INTEGER REFERENCES generation (id)
) STRICT;
CREATE INDEX article_by_id ON article (id);
CREATE UNIQUE INDEX one_current_version ON article (id) WHERE superseded IS NULL;
-- With all that passages are chosen by, so that no text need be passed over.
CREATE INDEX article_by_addition ON article (added, superseded, outlet, published, id);

-- Passages of current versions; their text is the article's, from `start` to `end`. Ids are rows of
-- the search structures and are never used again.
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space INTEGER NOT NULL REFERENCES space (id),
    article_row INTEGER NOT NULL REFERENCES article (row_id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    heading TEXT NOT NULL,
    sentences TEXT NOT NULL,
    text_crc INTEGER NOT NULL,
    vector BLOB NOT NULL,
    vector_crc INTEGER NOT NULL
) STRICT;
CREATE INDEX passage_by_article ON passage (article_row, space);

-- Passages that are no longer searched, until no file holds them any more.
CREATE TABLE gone (
    passage INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL REFERENCES generation (id)
) STRICT;
CREATE INDEX gone_by_generation ON gone (generation);

-- Which current articles carry one report (corpus.store.stories); `story` is the oldest one's row.
CREATE TABLE story (
    article_row INTEGER PRIMARY KEY REFERENCES article (row_id) ON DELETE CASCADE,
    story INTEGER NOT NULL
) STRICT;
CREATE INDEX story_members ON story (story);

-- Pairs of articles that were compared and found to carry one report; the younger one first. What
-- is shared of the prose, and which part of all words of either stands in the other.
CREATE TABLE copy (
    article_row INTEGER NOT NULL REFERENCES article (row_id) ON DELETE CASCADE,
    other_row INTEGER NOT NULL REFERENCES article (row_id) ON DELETE CASCADE,
    shared REAL NOT NULL,
    of_a REAL NOT NULL,
    of_b REAL NOT NULL,
    explanation TEXT NOT NULL,
    PRIMARY KEY (article_row, other_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_by_other ON copy (other_row);

-- What candidates for a comparison are found by; both are hints, and made from the text.
CREATE TABLE copy_key (
    key INTEGER NOT NULL,
    article_row INTEGER NOT NULL,
    PRIMARY KEY (key, article_row)
) STRICT, WITHOUT ROWID;

-- Lines that could be page furniture (corpus.store.line_counts); `marked` where they are set aside.
CREATE TABLE line_key (
    key INTEGER NOT NULL,
    article_row INTEGER NOT NULL,
    marked INTEGER NOT NULL,
    PRIMARY KEY (key, article_row)
) STRICT, WITHOUT ROWID;

-- Files derived from a generation, trusted only while their bytes hash to what stands here. The
-- vectors' file may be an older generation's: what has changed since is read from these tables.
CREATE TABLE snapshot (
    generation INTEGER NOT NULL REFERENCES generation (id),
    space INTEGER NOT NULL REFERENCES space (id),
    name TEXT NOT NULL UNIQUE,
    dense_name TEXT NOT NULL,
    dense_generation INTEGER NOT NULL REFERENCES generation (id),
    dense_sha256 TEXT NOT NULL,
    lexical_sha256 TEXT NOT NULL,
    passages INTEGER NOT NULL,
    recall REAL NOT NULL
) STRICT;

PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT_VERSION};
COMMIT;
"""


def damaged(path: Path, what: object) -> IndexCorrupt:
    """Say what is not as it was written, and how to learn more."""
    how = f"look at all of it with: pullquote verify --index {path.parent}"
    return IndexCorrupt(f"{path} is damaged: {what}; {how}")


def unreadable(path: Path, error: Exception) -> StoreError:
    """Tell a file that SQLite cannot read from one that it cannot read just now."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING:
        return StoreError(f"{path} cannot be read just now ({error}); try again")
    return IndexCorrupt(f"{path} cannot be read ({error}); {UNREADABLE}")


def open_database(path: Path, *, writable: bool) -> sqlite3.Connection:
    """Open `store.db`; create it if `writable` and absent.

    Raises:
        IndexNotFound: nothing there and not writable.
        IndexVersionMismatch: another format version, or not a pullquote database.
        IndexCorrupt: SQLite cannot read it.
    """
    if not writable and not path.exists():
        raise _not_found(path)
    if not os.access(path, os.R_OK) and path.exists():
        raise StoreError(f"{path} may not be read by this user; change its permissions")
    try:
        with ExitStack() as on_error:
            connection = on_error.enter_context(closing(_connect(path, writable=writable)))
            _check_version(connection, path, writable=writable)
            if writable:  # not earlier: this changes the file, which may be another program's
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            on_error.pop_all()
    except CANNOT_READ as error:
        raise unreadable(path, error) from error
    return connection


def _connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    mode = "rwc" if writable else "ro"
    if not writable and not os.access(path.parent, os.W_OK) and not _log(path).exists():
        mode += "&immutable=1"  # nobody can write here, and SQLite could not make its -shm file
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        timeout=5.0,
    )
    # Damaged text still comes back, as other text: its digest tells.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _check_version(connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if (application, version) == (APPLICATION_ID, FORMAT_VERSION):
        return
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables and not application:  # a new file, or one whose making was cut short
        if not writable:
            raise _not_found(path)
        connection.executescript(SCHEMA)
        return
    if application != APPLICATION_ID:
        raise IndexVersionMismatch(f"{path} is not a pullquote index; choose another folder")
    raise IndexVersionMismatch(
        f"{path} has format {version}, this pullquote reads {FORMAT_VERSION};"
        " index the articles again into a new folder"
    )


def _not_found(path: Path) -> IndexNotFound:
    return IndexNotFound(
        f"no index at {path.parent}; build one with: pullquote index PATH --index {path.parent}"
    )
