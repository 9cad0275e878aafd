"""What readers said about answers: right, wrong or from the wrong source, and what would be right.

A judgement holds what it was about (question, cited sentence), and lasts as long as the
conversation that it was given in: who deletes what they asked deletes that, too. A reader has one
judgement a turn; the newest counts.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qa.interfaces.kept.conversation_records import as_text, read_turn_id
from qa.interfaces.kept.kept_file import KeptFile

APPLICATION_ID = 0x50515446  # "PQTF"
FORMAT_VERSION = 1
MAX_ROWS = 50_000
MAX_ROW_BYTES = 64 * 1024
VERDICTS = ("right", "wrong", "wrong_source")

# `visitor` and `conversation` may be NULL: earlier versions kept the judgements of deleted
# conversations, without a name.
SCHEMA = """
CREATE TABLE judgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visitor TEXT,
    conversation TEXT,
    n INTEGER NOT NULL,
    row TEXT NOT NULL,
    UNIQUE (visitor, conversation, n)
) STRICT;
CREATE INDEX judgement_by_conversation ON judgement (conversation);
"""

_PAGE_ROWS = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSentence:
    """What a reader marked as right: ``text == article.text[start:end]`` in that version."""

    article_id: str
    version: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One row of feedback.

    `asked` is the question as typed, `understood` as it was answered. `citation` is what was judged
    (see `Citation.to_dict`): where `answered`, the first source of the answer, else the sentence
    that came closest, or None. `given_at` is ISO 8601, in UTC.
    """

    turn: str
    verdict: str
    asked: str
    understood: str
    answered: bool
    citation: Mapping[str, Any] | None
    sentence: MarkedSentence | None
    given_at: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Judgement:
        """Read the JSON form.

        Raises:
            KeyError, TypeError: it is not one.
        """
        sentence = stored["sentence"]
        fields = {name: stored[name] for name in cls.__slots__}
        return cls(**fields | {"sentence": MarkedSentence(**sentence) if sentence else None})


class Feedback:
    """The judgements of all readers, in one SQLite file. Safe to use from many threads.

    All methods raise StoreError while the file cannot be read or written.
    """

    def __init__(self, path: Path, *, max_rows: int = MAX_ROWS) -> None:
        """Open the file, made if absent; never fails (see `KeptFile`)."""
        self.max_rows = max_rows
        self._file = KeptFile(path, SCHEMA, application_id=APPLICATION_ID, version=FORMAT_VERSION)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def put(self, visitor: str, judgement: Judgement) -> bool:
        """Keep a judgement in place of an earlier one of the same turn; False if all is full.

        Raises:
            ValueError: its turn is no turn.
        """
        place = read_turn_id(judgement.turn)
        if place is None:
            raise ValueError(f"not a turn: {judgement.turn!r}")
        written = as_text(json.dumps(judgement.to_dict(), ensure_ascii=False))
        if len(written.encode()) > MAX_ROW_BYTES:
            return False

        def insert(db: sqlite3.Connection) -> bool:
            _delete(db, visitor, place)
            if db.execute("SELECT count(*) FROM judgement").fetchone()[0] >= self.max_rows:
                return False
            db.execute(
                "INSERT INTO judgement (visitor, conversation, n, row) VALUES (?, ?, ?, ?)",
                (visitor, *place, written),
            )
            return True

        return self._file.run(insert)

    def given(self, visitor: str, conversation_id: str) -> dict[str, Judgement]:
        """Return the visitor's own judgements of one conversation, by turn id."""
        sql = "SELECT row FROM judgement WHERE visitor = ? AND conversation = ? ORDER BY n"
        values = (visitor, as_text(conversation_id))
        rows = self._file.run(lambda db: db.execute(sql, values).fetchall())
        return {judgement.turn: judgement for judgement in _judgements(rows)}

    def take_back(self, visitor: str, turn: str) -> bool:
        """Delete the visitor's judgement of a turn; say whether there was one."""
        place = read_turn_id(turn)
        return place is not None and self._file.erase(lambda db: _delete(db, visitor, place)) > 0

    def forget(self, conversation_ids: Sequence[str]) -> None:
        """Delete the judgements of conversations that go."""
        ids = [(as_text(conversation_id),) for conversation_id in conversation_ids]
        sql = "DELETE FROM judgement WHERE conversation = ?"
        self._file.erase(lambda db: db.executemany(sql, ids).rowcount)

    def settle(self) -> None:
        """Wait until nothing of what was deleted is left in the file's bytes."""
        self._file.settle()

    def rows(self, visitor: str | None = None) -> Iterator[Judgement]:
        """Yield the judgements of a visitor, or of all; the oldest first."""
        last = 0
        while rows := self._page(visitor, last):
            yield from _judgements(rows)
            last = rows[-1][1]

    def _page(self, visitor: str | None, last: int) -> list[Any]:
        sql = (
            "SELECT row, id FROM judgement WHERE id > ? AND ? IN (visitor, '') ORDER BY id LIMIT ?"
        )
        values = (last, visitor or "", _PAGE_ROWS)
        return self._file.run(lambda db: db.execute(sql, values).fetchall())


def _delete(db: sqlite3.Connection, visitor: str, place: tuple[str, int]) -> int:
    sql = "DELETE FROM judgement WHERE visitor = ? AND conversation = ? AND n = ?"
    return db.execute(sql, (visitor, *place)).rowcount


def _judgements(rows: Sequence[Sequence[Any]]) -> Iterator[Judgement]:
    for row in rows:
        try:
            yield Judgement.from_dict(json.loads(row[0]))
        except (ValueError, KeyError, TypeError):  # bytes that changed on the disk
            _log.warning("a judgement is damaged and left out")
