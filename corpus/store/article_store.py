"""The article store: one SQLite file, the only truth of an index folder.

It keeps articles (every version, so that old citations still resolve), passages with their vectors,
and generations. A generation is one committed change; ``COMMIT`` with ``synchronous=FULL`` is the
moment an article is acknowledged. Search structures are derived from here and only named here
(`snapshot`), with the digest of their bytes.

Vectors are opaque bytes to this module: it needs neither numpy nor a model. What only a writer
needs is imported when something is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import StoreError
from corpus.store.rows import ARTICLE_COLUMNS, SnapshotRow, Space, StoredPassage, article_from
from corpus.store.statements import (
    count_passages,
    delete_unneeded,
    insert_article,
    insert_passages,
    insert_snapshot,
    supersede,
    take_out,
)
from corpus.store.store_checks import Damage, StoreChecks
from corpus.types import Article

if TYPE_CHECKING:
    from corpus.store.line_counts import LineCounts

Entry = tuple[Article, Sequence[StoredPassage]]


class ArticleStore(StoreChecks):
    """Reads and writes `store.db`; only one process may write at a time."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Open the database; see `StoreReader`."""
        super().__init__(path, writable=writable)
        self._line_counts: LineCounts | None = None

    @property
    def _lines(self) -> LineCounts:
        from corpus.store.line_counts import LineCounts

        self._line_counts = self._line_counts or LineCounts()
        return self._line_counts

    def add(self, entries: Sequence[Entry]) -> int:
        """Commit articles with their passages as one generation; same id means a new version.

        Returns:
            The new generation, durable on return.

        Raises:
            StoreError: it cannot be written, or no vector space was opened yet.
        """
        space = self.space()
        if space is None:
            raise StoreError(f"{self.path} names no model yet")
        from corpus.store.stories import copy_keys, join_story

        keys = [copy_keys(article) for article, _ in entries]
        with self._transaction("add") as (cursor, generation):
            for (article, passages), its_keys in zip(entries, keys, strict=True):
                self._leave(cursor, article.id)
                supersede(cursor, article.id, generation)
                row_id = insert_article(cursor, article, len(passages), generation)
                insert_passages(cursor, space.id, row_id, passages)
                join_story(cursor, row_id, article, its_keys)
                self._lines.add(cursor, row_id, article)
        return generation

    def _leave(self, cursor: sqlite3.Cursor, article_id: str) -> None:
        """Take the current version of an article, if there is one, out of what others share."""
        from corpus.store.stories import leave_story

        which = "id = ? AND superseded IS NULL"
        rows = f"SELECT row_id, {ARTICLE_COLUMNS} FROM article WHERE {which}"
        for row_id, *values in cursor.execute(rows, (article_id,)).fetchall():
            article = article_from(tuple(values))
            leave_story(cursor, row_id, article)
            self._lines.drop(cursor, row_id, article)

    def with_repeated_lines(self, article: Article) -> Article:
        """Return an article with the lines marked that many articles have, by what is stored."""
        with self._lock:
            marks = self._lines.marks(self._connection.cursor(), article)
        return replace(article, marks=marks)

    def outdated_marks(self) -> Iterator[Article]:
        """Yield stored articles with lines that others have had added since, newly marked.

        Each is to be added again; afterwards there are none.
        """
        with self._lock:
            cursor = self._connection.cursor()
            ids = {i for key in self._lines.crossed for i in self._lines.unmarked(cursor, key)}
            self._lines.crossed.clear()
        for article_id in sorted(ids):
            stored = self.article(article_id)
            marked = stored and self.with_repeated_lines(stored)
            if marked and marked != stored:
                yield marked

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Delete articles with all their versions; return the ids that were there."""
        wanted = list(dict.fromkeys(article_ids))
        stored = self.digests(wanted)
        found = [article_id for article_id in wanted if article_id in stored]
        if found:  # else no generation either: what is published stays the newest
            with self._transaction("remove") as (cursor, generation):
                for article_id in found:
                    self._leave(cursor, article_id)
                    take_out(
                        cursor,
                        "article_row IN (SELECT row_id FROM article WHERE id = ?)",
                        article_id,
                        generation,
                    )
                cursor.executemany("DELETE FROM article WHERE id = ?", [(i,) for i in found])
        return found

    def discard(self, damages: Sequence[Damage]) -> None:
        """Delete what is damaged: versions of articles, or only the passages cut from them."""
        from corpus.store.stories import forget

        with self._transaction("repair") as (cursor, generation):
            for damage in damages:
                take_out(cursor, "article_row = ?", damage.row_id, generation)
                if damage.is_text:
                    forget(cursor, damage.row_id)
                where = "article WHERE row_id" if damage.is_text else "passage WHERE article_row"
                cursor.execute(f"DELETE FROM {where} = ?", (damage.row_id,))

    def open_space(self, space: Space) -> Space:
        """Record a model: the first one serves at once, another is to be built beside it.

        A space that was in building before is dropped with its passages.
        """
        with self._write() as cursor:
            cursor.execute(
                "DELETE FROM passage WHERE space IN (SELECT id FROM space WHERE state = 'building')"
            )
            cursor.execute("DELETE FROM space WHERE state = 'building'")
            cursor.execute(
                "INSERT INTO space (encoder, fingerprint, dim, chunker, state) VALUES (?, ?, ?, ?,"
                " CASE WHEN EXISTS (SELECT 1 FROM space WHERE state = 'serving')"
                " THEN 'building' ELSE 'serving' END)",
                (space.encoder, space.fingerprint, space.dim, space.chunker),
            )
            assert cursor.lastrowid is not None
            return replace(space, id=cursor.lastrowid)

    def add_to_space(self, space_id: int, entries: Sequence[Entry]) -> None:
        """Commit passages of stored articles in a space that is in building; nobody sees them."""
        with self._write() as cursor:
            for article, passages in entries:
                where = "WHERE id = ? AND superseded IS NULL"
                (row_id,) = cursor.execute(
                    f"SELECT row_id FROM article {where}", (article.id,)
                ).fetchone()
                insert_passages(cursor, space_id, row_id, passages)

    def serve_space(self, row: SnapshotRow) -> None:
        """Let the space that is in building serve, with the snapshot that was made of it.

        It is one commit: the space, the generation, and the files that it is searched with. The
        passages of the space before stay for one more snapshot.
        """
        with self._transaction("rebuild") as (cursor, generation):
            if generation != row.generation:
                raise StoreError(f"{self.path} was changed meanwhile; run the same command again")
            cursor.execute("UPDATE space SET state = 'retired' WHERE state = 'serving'")
            cursor.execute("UPDATE space SET state = 'serving' WHERE id = ?", (row.space,))
            count_passages(cursor, row.space)
            insert_snapshot(cursor, row)

    def add_snapshot(self, row: SnapshotRow) -> None:
        """Record published snapshot files; drop what only the snapshots before needed.

        Passages of replaced articles stay for one more snapshot: a question may be half answered.
        """
        with self._write() as cursor:
            delete_unneeded(cursor)
            insert_snapshot(cursor, row)

    def drop_snapshots(self, names: Iterable[str]) -> None:
        """Forget snapshots whose files are gone, and what only they had to know."""
        with self._write() as cursor:
            cursor.executemany("DELETE FROM snapshot WHERE name = ?", [(name,) for name in names])
            cursor.execute(
                "DELETE FROM gone WHERE generation <= (SELECT min(dense_generation) FROM snapshot)"
                " AND passage NOT IN (SELECT id FROM passage)"
            )

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
