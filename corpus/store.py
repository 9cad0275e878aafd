"""The article store: one SQLite file, the only truth of an index folder.

It keeps articles (every version, so that old citations still resolve), passages with their vectors,
and generations. A generation is one committed change; ``COMMIT`` with ``synchronous=FULL`` is the
moment an article is acknowledged. Search structures are derived from here and only named here
(`snapshot`), with the digest of their bytes.

Vectors are opaque bytes to this module: it needs neither numpy nor a model.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from corpus.errors import StoreError
from corpus.rows import (
    ARTICLE_COLUMNS,
    PASSAGE_COLUMNS,
    SnapshotRow,
    StoredPassage,
    article_values,
    checksum,
    passage_values,
    row_checksum,
)
from corpus.store_checks import Damage, StoreChecks
from corpus.store_reader import marks
from corpus.types import Article


class ArticleStore(StoreChecks):
    """Reads and writes `store.db`; only one process may write at a time."""

    def add(self, entries: Sequence[tuple[Article, Sequence[StoredPassage]]]) -> int:
        """Commit articles with their passages as one generation; same id means a new version.

        Returns:
            The new generation, durable on return.
        """
        with self._transaction("add") as (cursor, generation):
            for article, passages in entries:
                _supersede(cursor, article.id, generation)
                row_id = _insert_article(cursor, article, len(passages), generation)
                cursor.executemany(
                    f"INSERT INTO passage (article_row, vector, vector_crc, {PASSAGE_COLUMNS})"
                    f" VALUES ({marks(range(9))})",
                    [
                        (row_id, p.vector, checksum(p.vector), *passage_values(p.passage))
                        for p in passages
                    ],
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

    def discard(self, damages: Sequence[Damage]) -> None:
        """Delete what is damaged: versions of articles, or only the passages cut from them."""
        with self._transaction("repair") as (cursor, _):
            for damage in damages:
                where = "article WHERE row_id" if damage.is_text else "passage WHERE article_row"
                cursor.execute(f"DELETE FROM {where} = ?", (damage.row_id,))

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Record facts about the index (model, dimension, chunker) in one commit."""
        with self._write() as cursor:
            cursor.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                list(values.items()),
            )

    def add_snapshot(self, row: SnapshotRow) -> None:
        """Record published snapshot files; drop what only the snapshots before needed.

        Passages of replaced articles stay for one more snapshot: a question may be half answered.
        """
        with self._write() as cursor:
            cursor.execute(
                "DELETE FROM passage WHERE article_row IN (SELECT row_id FROM article"
                " WHERE superseded <= (SELECT max(generation) FROM snapshot))"
            )
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


def _supersede(cursor: sqlite3.Cursor, article_id: str, generation: int) -> None:
    cursor.execute(
        "UPDATE article SET superseded = ? WHERE id = ? AND superseded IS NULL",
        (generation, article_id),
    )


def _insert_article(
    cursor: sqlite3.Cursor, article: Article, passages: int, generation: int
) -> int:
    facts = (article.digest, article.source, passages)
    values = (*article_values(article), article.digest, passages, row_checksum(facts), generation)
    cursor.execute(
        f"INSERT INTO article ({ARTICLE_COLUMNS}, digest, passages, row_crc, added)"
        f" VALUES ({marks(values)})",
        values,
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
