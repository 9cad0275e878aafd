"""Reading `store.db`: what search structures are made from, and the names of those that were."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.filters import ArticleFilter
from corpus.store.rows import (
    SNAPSHOT_COLUMNS,
    SPACE_COLUMNS,
    SnapshotRow,
    Space,
    checksum,
)
from corpus.store.schema import damaged
from corpus.store.store_reader import StoreReader, batches, marks
from corpus.types import is_text

# Of some articles only the year or the month is known: all of it must lie in the range.
_FIRST_DAY = "substr(a.published || substr('0000-01-01', length(a.published) + 1), 1, 10)"
_LAST_DAY = (
    "CASE length(a.published) WHEN 4 THEN a.published || '-12-31'"
    " WHEN 7 THEN date(a.published || '-01', '+1 month', '-1 day')"
    " ELSE substr(a.published, 1, 10) END"
)

NEWEST = 2**62
"""Later than any generation."""

_SEARCHED = """
SELECT p.id FROM article a CROSS JOIN passage p ON p.article_row = a.row_id
WHERE a.added > ? AND a.added <= ? AND (a.superseded IS NULL OR a.superseded > ?) AND p.space = ?
"""  # CROSS JOIN: by way of the articles that came since, however many passages there are

_MISSING = """
FROM article WHERE superseded IS NULL
AND NOT EXISTS (SELECT 1 FROM passage WHERE article_row = row_id AND space = ?)
"""


class SearchRows(StoreReader):
    """Reads `store.db`, for search too."""

    def space(self) -> Space | None:
        """Return the vector space that serves; None in a new index."""
        return self._space("state = 'serving'")

    def space_in_building(self) -> Space | None:
        """Return the vector space that shall serve when all is encoded, or None."""
        return self._space("state = 'building'")

    def has_passages(self, space_id: int) -> bool:
        """Say whether the passages of a space that served before are still there."""
        return bool(
            self._rows("SELECT 1 FROM space WHERE id = ? AND state != 'emptied'", (space_id,))
        )

    def missing_in_space(self, space_id: int) -> int:
        """Return how many current articles have no passages in a space yet."""
        return int(self._rows(f"SELECT count(*) {_MISSING}", (space_id,))[0][0])

    def not_in_space(self, space_id: int, *, after: int, limit: int) -> list[tuple[int, str]]:
        """Return (row, id) of current articles without passages in a space, from row `after` on."""
        return self._rows(
            f"SELECT row_id, id {_MISSING} AND row_id > ? ORDER BY row_id LIMIT ?",
            (space_id, after, limit),
        )

    def space_of(self, snapshot: SnapshotRow) -> Space | None:
        """Return the vector space that a snapshot is of."""
        return self._space("id = ?", snapshot.space)

    def _space(self, which: str, *values: int) -> Space | None:
        rows = self._rows(f"SELECT {SPACE_COLUMNS} FROM space WHERE {which}", values)
        return Space(**dict(zip(SPACE_COLUMNS.split(", "), rows[0], strict=True))) if rows else None

    def snapshots(self) -> list[SnapshotRow]:
        """Return the recorded snapshots, newest first."""
        names = SNAPSHOT_COLUMNS.split(", ")
        return [
            SnapshotRow(**dict(zip(names, row, strict=True)))
            for row in self._rows(
                f"SELECT {SNAPSHOT_COLUMNS} FROM snapshot ORDER BY generation DESC, rowid DESC"
            )
        ]

    def newest_published(self) -> int:
        """Return the generation of the newest snapshot; 0 if there is none."""
        return int(self._rows("SELECT coalesce(max(generation), 0) FROM snapshot")[0][0])

    def searched(
        self, space: int, since: int = 0, until: int = NEWEST, only: ArticleFilter | None = None
    ) -> list[int]:
        """Return the passages to search at generation `until` that came after `since`, by id.

        Args:
            space: Id of a vector space.
            since: A generation.
            until: A later one.
            only: The articles whose passages they are, if not all.
        """
        where, values = self._conditions(only or ArticleFilter())
        rows = self._rows(f"{_SEARCHED} {where}", (since, until, until, space, *values))
        return sorted(row[0] for row in rows)

    def _conditions(self, only: ArticleFilter) -> tuple[str, list[Any]]:
        """Return a filter as further conditions on articles `a`, and their values."""
        conditions: list[tuple[str, list[Any]]] = []
        if only.outlets:
            wanted = {outlet.casefold() for outlet in only.outlets}
            rows = self._rows("SELECT DISTINCT outlet FROM article WHERE outlet IS NOT NULL")
            outlets = [outlet for (outlet,) in rows if outlet.casefold() in wanted]
            conditions.append((f"a.outlet IN ({marks(outlets)})", outlets))
        if only.article_ids:
            # As JSON: there may be more than a query takes as parameters.
            ids = [article_id for article_id in only.article_ids if is_text(article_id)]
            conditions.append(("a.id IN (SELECT value FROM json_each(?))", [json.dumps(ids)]))
        if only.since:
            conditions.append((f"{_FIRST_DAY} >= ?", [only.since.isoformat()]))
        if only.until:
            conditions.append((f"{_LAST_DAY} <= ?", [only.until.isoformat()]))
        where = " ".join(f"AND {condition}" for condition, _ in conditions)
        return where, [value for _, values in conditions for value in values]

    def gone(self, since: int, until: int = NEWEST) -> list[int]:
        """Return the passages that were taken out of search after `since`, up to `until`, by id."""
        where = "generation > ? AND generation <= ? ORDER BY passage"
        return [
            row[0] for row in self._rows(f"SELECT passage FROM gone WHERE {where}", (since, until))
        ]

    def vectors(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield (passage id, vector bytes) of these passages, or of all to search now, by id.

        Raises:
            IndexCorrupt: a vector is not what was indexed.
        """
        columns = "id, vector, vector_crc"
        # In batches, so that no lock is held between rows and memory stays flat.
        for batch in batches(self._or_searched(ids)):
            where = f"WHERE id IN ({marks(batch)}) ORDER BY id"
            for i, vector, crc in self._rows(f"SELECT {columns} FROM passage {where}", batch):
                if checksum(vector) != crc:
                    raise damaged(self.path, f"the vector of passage {i} is not as indexed")
                yield i, vector

    def texts(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, str, str]]:
        """Yield (passage id, heading, text) of these passages, or of all to search now, by id.

        Raises:
            IndexCorrupt: a passage is not what was indexed.
        """
        for batch in batches(self._or_searched(ids)):
            for passage in self._passages(batch):
                yield passage.id, passage.heading, passage.text

    def _or_searched(self, ids: Sequence[int] | None) -> Sequence[int]:
        """Return these ids, or those of all passages to search now."""
        if ids is not None:
            return ids
        space = self.space()
        return self.searched(space.id) if space else []
