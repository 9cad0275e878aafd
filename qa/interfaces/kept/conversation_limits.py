"""How much history is kept, and what goes when that is reached."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from qa.interfaces.kept.kept_file import MAX_FILE_BYTES

_AT_ONCE = 100
_ALL_BUT_FULL = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits of the history, in one place.

    Of a visitor the oldest conversations go first; what nobody has added to for `keep_days` goes.
    A file that is full lets go of what has rested for `full_keeps_days`, the oldest first; what is
    younger stays, and nothing new is kept: a flood must not wash away what others asked today.
    """

    max_per_visitor: int = 200
    max_turns: int = 40
    max_record_bytes: int = 64 * 1024
    keep_days: int = 365
    max_bytes: int = MAX_FILE_BYTES
    full_keeps_days: int = 7
    max_query_chars: int = 200
    max_query_words: int = 10

    def beyond(self, db: sqlite3.Connection, visitor: str) -> list[str]:
        """Return the ids of what the visitor has too many of."""
        sql = "SELECT id FROM conversation WHERE visitor = ? ORDER BY last_turn DESC"
        return _ids(db.execute(f"{sql} LIMIT -1 OFFSET ?", (visitor, self.max_per_visitor)))

    def expired(self, db: sqlite3.Connection, now: datetime) -> list[str]:
        """Return the ids of what has rested too long."""
        before = moment(now - timedelta(days=self.keep_days))
        return _ids(db.execute("SELECT id FROM conversation WHERE updated < ?", (before,)))

    def crowding(self, db: sqlite3.Connection, now: datetime, bytes_used: int) -> list[str]:
        """Return the ids of a few that may go from a file that is all but full."""
        if bytes_used < _ALL_BUT_FULL * self.max_bytes:
            return []
        before = moment(now - timedelta(days=self.full_keeps_days))
        sql = "SELECT id FROM conversation WHERE updated < ? ORDER BY updated LIMIT ?"
        return _ids(db.execute(sql, (before, _AT_ONCE)))


def moment(time: datetime) -> str:
    """Return a time as it is stored: ISO 8601, all of one length."""
    return time.isoformat(timespec="milliseconds")


def _ids(rows: sqlite3.Cursor) -> list[str]:
    return [row[0] for row in rows]
