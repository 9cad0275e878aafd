"""Reading `store.db`: articles, their passages, and which of them carry one report."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import StoreError
from corpus.store.rows import (
    ARTICLE_COLUMNS,
    PASSAGE_COLUMNS,
    ArticleSummary,
    Copy,
    Row,
    article_from,
    passage_from,
)
from corpus.store.schema import CANNOT_READ, damaged, open_database, unreadable
from corpus.types import VERSION_CHARS, Article, Passage, is_text

_SERVES = "space = (SELECT id FROM space WHERE state = 'serving')"

_SUMMARIES = f"""
SELECT a.id, a.title, a.outlet, a.published, a.source, length(a.text), count(p.id),
    coalesce((SELECT id FROM article WHERE row_id = s.story), a.id),
    max(0, (SELECT count(*) FROM story WHERE story = s.story) - 1)
FROM article a
LEFT JOIN passage p ON p.article_row = a.row_id AND p.{_SERVES}
LEFT JOIN story s ON s.article_row = a.row_id
WHERE a.superseded IS NULL GROUP BY a.row_id
ORDER BY a.published IS NULL, a.published DESC, a.id
"""

_COPIES = """
SELECT o.id, o.title, o.outlet, o.published, c.shared, c.explanation
FROM article a JOIN story s ON s.article_row = a.row_id
JOIN story t ON t.story = s.story AND t.article_row != s.article_row
JOIN article o ON o.row_id = t.article_row
LEFT JOIN copy c ON (c.article_row, c.other_row) IN
    (VALUES (max(a.row_id, o.row_id), min(a.row_id, o.row_id)))
WHERE a.id = ? AND a.superseded IS NULL
ORDER BY o.published IS NULL, o.published, o.id
"""


class StoreReader:
    """Reads `store.db`. One instance serves many threads."""

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

    def generation(self) -> int:
        """Return the newest committed generation; 0 in a new index."""
        return int(self._rows("SELECT coalesce(max(id), 0) FROM generation")[0][0])

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        """Return an article in its current or the given version (`Article.version`), or None."""
        if not is_text(article_id):  # SQLite could not even be asked
            return None
        which = "superseded IS NULL" if version is None else "substr(digest, 1, ?) = ?"
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS}, digest FROM article WHERE id = ? AND {which}"
            " ORDER BY row_id DESC LIMIT 1",
            (article_id,) if version is None else (article_id, VERSION_CHARS, version),
        )
        return self._sound_article(rows[0]) if rows else None

    def _sound_article(self, row: Row) -> Article:
        """Return the article of a row that ends with its digest, if the two agree.

        Raises:
            IndexCorrupt: what is stored is not what was: it must not be quoted.
        """
        try:
            article = article_from(row[:-1])
        except (ValueError, TypeError) as error:
            raise damaged(self.path, error) from error
        if article.digest != row[-1]:
            raise damaged(self.path, f"the text of {article.id!r} is not what was indexed")
        return article

    def digests(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Return the digest of the current version of each of these articles that is stored."""
        found: dict[str, str] = {}
        for batch in batches([article_id for article_id in article_ids if is_text(article_id)]):
            found |= self._rows(
                "SELECT id, digest FROM article WHERE superseded IS NULL"
                f" AND id IN ({marks(batch)})",
                batch,
            )
        return found

    def summaries(self) -> list[ArticleSummary]:
        """Return one summary per current article, newest first, then by id."""
        names = "id title outlet published source chars passages story_id copies".split()
        return [
            ArticleSummary(**dict(zip(names, row, strict=True))) for row in self._rows(_SUMMARIES)
        ]

    def copies(self, article_id: str) -> list[Copy]:
        """Return the other current articles that carry an article's report, by date, then by id."""
        names = "article_id title outlet published shared explanation".split()
        rows = self._rows(_COPIES, (article_id,)) if is_text(article_id) else []
        return [Copy(**dict(zip(names, row, strict=True))) for row in rows]

    def passages(self, passage_ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages that are stored under these ids, in no particular order."""
        batched = (self._passages(batch) for batch in batches(passage_ids))
        return {passage.id: passage for passages in batched for passage in passages}

    def _passages(self, ids: Sequence[int]) -> Iterator[Passage]:
        """Yield the passages that are stored under a few ids, by id."""
        columns = ", ".join("p." + column for column in PASSAGE_COLUMNS.split(", "))
        rows = self._rows(
            f"SELECT a.row_id, p.id, a.id, {columns} FROM passage p"
            " JOIN article a ON a.row_id = p.article_row"
            f" WHERE p.id IN ({marks(ids)}) ORDER BY p.id",
            ids,
        )
        # An article of many passages is fetched once.
        article_rows = list({row[0] for row in rows})
        which = f"row_id IN ({marks(article_rows)})"
        texts: dict[int, str] = dict(
            self._rows(f"SELECT row_id, text FROM article WHERE {which}", article_rows)
        )
        for article_row, *row in rows:
            if article_row in texts:  # else removed between the two looks
                yield self._sound_passage(tuple(row), texts[article_row])

    def _sound_passage(self, row: Row, article_text: str) -> Passage:
        try:
            return passage_from(row[0], row[1], row[2:], article_text)
        except (ValueError, TypeError) as error:
            raise damaged(self.path, error) from error

    def articles_of(self, passage_ids: Sequence[int]) -> dict[str, Article]:
        """Return, by id, the articles in the version that these stored passages were cut from."""
        columns = ", ".join("a." + column for column in ARTICLE_COLUMNS.split(", "))
        found: dict[str, Article] = {}
        for batch in batches(passage_ids):
            for row in self._rows(
                f"SELECT {columns}, a.digest FROM article a WHERE a.row_id IN"
                f" (SELECT article_row FROM passage WHERE id IN ({marks(batch)}))",
                batch,
            ):
                found[row[0]] = self._sound_article(row)
        return found

    def copy_to(self, path: Path) -> None:
        """Write the whole store to a new file, compacted, as of one moment; not yet synced.

        Raises:
            StoreError: it cannot be written.
            IndexCorrupt: SQLite cannot read the store.
        """
        try:
            with self._lock:
                self._connection.execute("VACUUM INTO ?", (str(path),))
        except sqlite3.OperationalError as error:
            raise StoreError(f"cannot copy {self.path} to {path}: {error}") from error
        except CANNOT_READ as error:
            raise unreadable(self.path, error) from error

    def is_empty(self) -> bool:
        """Say whether there are no articles."""
        return not self._rows("SELECT 1 FROM article WHERE superseded IS NULL LIMIT 1")

    def counts(self) -> dict[str, Any]:
        """Return numbers of articles, passages and sentences, and the range of dates."""
        articles, first, last = self._rows(
            "SELECT count(*), min(published), max(published) FROM article WHERE superseded IS NULL"
        )[0]
        passages, sentences = self._rows(
            "SELECT count(*), coalesce(sum(json_array_length(sentences)), 0) FROM passage"
            f" WHERE {_SERVES}"
            " AND article_row IN (SELECT row_id FROM article WHERE superseded IS NULL)"
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
            except CANNOT_READ as error:
                raise unreadable(self.path, error) from error
        return rows

    def _pages(self, sql: str) -> Iterator[Any]:
        """Page by id, so that no lock is held between rows and memory stays flat."""
        last_id = -1
        while rows := self._rows(sql, (last_id,)):
            yield from rows
            last_id = rows[-1][0]


def marks(values: Sequence[Any]) -> str:
    """Return as many SQL placeholders as there are values."""
    return ", ".join("?" * len(values))


def batches(values: Sequence[Any], size: int = 500) -> Iterator[Sequence[Any]]:
    """Yield a long sequence in parts that SQLite takes as parameters of one query."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
