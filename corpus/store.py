"""The article store: one SQLite file, the only truth of an index folder.

It keeps articles (every version, so that old citations still resolve), passages with their vectors,
and generations. A generation is one committed change; ``COMMIT`` with ``synchronous=FULL`` is the
moment an article is acknowledged. Search structures are derived from here and only named here
(`snapshot`), with the digest of their bytes.

Vectors are opaque bytes to this module: it needs neither numpy nor a model.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import IndexCorrupt, StoreError
from corpus.rows import (
    ARTICLE_COLUMNS,
    PASSAGE_COLUMNS,
    ArticleSummary,
    Row,
    SnapshotRow,
    StoredPassage,
    article_from,
    article_values,
    passage_from,
    passage_values,
)
from corpus.schema import open_database
from corpus.types import Article, Passage


class ArticleStore:
    """Open `store.db`. One instance serves many threads; only one process may write at a time."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Open the database, creating it if `writable` and absent.

        Raises:
            IndexNotFound: nothing there and not writable.
            IndexVersionMismatch: another format version, or not a pullquote database.
            IndexCorrupt: SQLite cannot read it.
        """
        self.path = path
        self._lock = threading.RLock()
        self._connection = open_database(path, writable=writable)

    def close(self) -> None:
        """Close the database; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    # -- writing ----------------------------------------------------------------------------------

    def add(self, entries: Sequence[tuple[Article, Sequence[StoredPassage]]]) -> int:
        """Commit articles with their passages as one generation; same id means a new version.

        Returns:
            The new generation, durable on return.
        """
        with self._transaction("add") as (cursor, generation):
            for article, passages in entries:
                _supersede(cursor, article.id, generation)
                row_id = _insert_article(cursor, article, generation)
                cursor.executemany(
                    f"INSERT INTO passage (article_row, vector, {PASSAGE_COLUMNS})"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [(row_id, p.vector, *passage_values(p.passage)) for p in passages],
                )
        return generation

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Delete articles with all their versions; return the ids that were there."""
        wanted = list(dict.fromkeys(article_ids))
        stored = self.digests(wanted)
        found = [article_id for article_id in wanted if article_id in stored]
        if found:  # else no generation either: what is published stays the newest
            with self._transaction("remove") as (cursor, _):
                cursor.executemany("DELETE FROM article WHERE id = ?", [(i,) for i in found])
        return found

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Record facts about the index (model, dimension, chunker) in one commit."""
        with self._write() as cursor:
            cursor.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                list(values.items()),
            )

    def add_snapshot(self, row: SnapshotRow) -> None:
        """Record published snapshot files."""
        with self._write() as cursor:
            cursor.execute(
                "INSERT INTO snapshot (generation, name, dense_sha256, lexical_sha256, passages)"
                " VALUES (?, ?, ?, ?, ?)",
                (row.generation, row.name, row.dense_sha256, row.lexical_sha256, row.passages),
            )

    def drop_snapshots(self, names: Iterable[str]) -> None:
        """Forget snapshots whose files are gone."""
        with self._write() as cursor:
            cursor.executemany("DELETE FROM snapshot WHERE name = ?", [(name,) for name in names])

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Cursor]:
        """One transaction: committed and synced on leaving, rolled back on an error."""
        try:
            with self._lock, self._connection:
                cursor = self._connection.cursor()
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
        except sqlite3.Error as error:
            raise StoreError(f"{self.path} cannot be written: {error}; it is as before") from error

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[tuple[sqlite3.Cursor, int]]:
        with self._write() as cursor:
            cursor.execute(
                "INSERT INTO generation (kind, committed_at) VALUES (?, ?)",
                (kind, datetime.now(UTC).isoformat(timespec="seconds")),
            )
            generation = cursor.lastrowid
            assert generation is not None
            yield cursor, generation

    # -- reading ----------------------------------------------------------------------------------

    def meta(self) -> dict[str, str]:
        """Return the recorded facts about the index; empty in a new one."""
        return {str(key): str(value) for key, value in self._rows("SELECT key, value FROM meta")}

    def generation(self) -> int:
        """Return the newest committed generation; 0 in a new index."""
        return int(self._rows("SELECT coalesce(max(id), 0) FROM generation")[0][0])

    def snapshots(self) -> list[SnapshotRow]:
        """Return the recorded snapshots, newest first."""
        rows = self._rows(
            "SELECT generation, name, dense_sha256, lexical_sha256, passages FROM snapshot"
            " ORDER BY generation DESC, rowid DESC"
        )
        return [
            SnapshotRow(generation=g, name=n, dense_sha256=d, lexical_sha256=x, passages=p)
            for g, n, d, x, p in rows
        ]

    def article(self, article_id: str) -> Article | None:
        """Return the current version of an article, or None."""
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id = ? AND superseded IS NULL",
            (article_id,),
        )
        return article_from(rows[0]) if rows else None

    def digests(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Return the digest of the current version of each of these articles that is stored."""
        found: dict[str, str] = {}
        for batch in _batches(article_ids):
            found |= self._rows(
                "SELECT id, digest FROM article WHERE superseded IS NULL"
                f" AND id IN ({_marks(batch)})",
                batch,
            )
        return found

    def summaries(self) -> list[ArticleSummary]:
        """Return one summary per current article, newest first, then by id."""
        rows = self._rows(
            "SELECT a.id, a.title, a.outlet, a.published, a.source, length(a.text), count(p.id)"
            " FROM article a LEFT JOIN passage p ON p.article_row = a.row_id"
            " WHERE a.superseded IS NULL GROUP BY a.row_id"
            " ORDER BY a.published IS NULL, a.published DESC, a.id"
        )
        return [
            ArticleSummary(id=i, title=t, outlet=o, published=d, source=s, chars=c, passages=n)
            for i, t, o, d, s, c, n in rows
        ]

    def passages(self, passage_ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages that are stored under these ids, in no particular order."""
        found: dict[int, Passage] = {}
        for batch in _batches(passage_ids):
            for row in self._rows(
                f"SELECT p.id, a.id, {', '.join('p.' + c for c in PASSAGE_COLUMNS.split(', '))}"
                " FROM passage p JOIN article a ON a.row_id = p.article_row"
                f" WHERE p.id IN ({_marks(batch)})",
                batch,
            ):
                found[row[0]] = passage_from(row[0], row[1], row[2:])
        return found

    def vectors(self) -> Iterator[tuple[int, bytes]]:
        """Yield (passage id, vector bytes) of all passages, by id."""
        yield from self._pages("SELECT id, vector FROM passage WHERE id > ? ORDER BY id LIMIT 4096")

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Yield (passage id, heading, text) of all passages, by id."""
        yield from self._pages(
            "SELECT id, heading, text FROM passage WHERE id > ? ORDER BY id LIMIT 4096"
        )

    def counts(self) -> dict[str, Any]:
        """Return numbers of articles, passages and sentences, and the range of dates."""
        articles, first, last = self._rows(
            "SELECT count(*), min(published), max(published) FROM article WHERE superseded IS NULL"
        )[0]
        passages, sentences = self._rows(
            "SELECT count(*), coalesce(sum(json_array_length(sentences)), 0) FROM passage"
        )[0]
        return {
            "articles": articles,
            "passages": passages,
            "passage_sentences": sentences,
            "first_published": first,
            "last_published": last,
        }

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with self._lock:
            try:
                rows: list[Row] = self._connection.execute(sql, tuple(parameters)).fetchall()
            except sqlite3.DatabaseError as error:
                raise IndexCorrupt(f"{self.path} cannot be read: {error}") from error
        return rows

    def _pages(self, sql: str) -> Iterator[Any]:
        """Page by id, so that no lock is held between rows and memory stays flat."""
        last_id = -1
        while rows := self._rows(sql, (last_id,)):
            yield from rows
            last_id = rows[-1][0]


def _supersede(cursor: sqlite3.Cursor, article_id: str, generation: int) -> None:
    cursor.execute(
        "DELETE FROM passage WHERE article_row IN (SELECT row_id FROM article WHERE id = ?)",
        (article_id,),
    )
    cursor.execute(
        "UPDATE article SET superseded = ? WHERE id = ? AND superseded IS NULL",
        (generation, article_id),
    )


def _insert_article(cursor: sqlite3.Cursor, article: Article, generation: int) -> int:
    values = (*article_values(article), article.digest, generation)
    cursor.execute(
        f"INSERT INTO article ({ARTICLE_COLUMNS}, digest, added) VALUES ({_marks(values)})", values
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _batches(values: Sequence[Any], size: int = 500) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
