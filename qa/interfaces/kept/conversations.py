"""What did this visitor ask before? The conversations of all, each its visitor's own.

A record holds the answer as it was given, with the sentences that it cites; never an article's
whole text. Who asks for what is not theirs is told what they are told of what is not there.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus import StoreError
from qa.interfaces.kept.conversation_limits import Limits, moment
from qa.interfaces.kept.conversation_records import (
    Conversation,
    ConversationSummary,
    TurnRecord,
    as_text,
    folded,
    is_id,
    new_id,
    records_of,
    searched_form,
    stored_form,
    title_of,
)
from qa.interfaces.kept.conversation_schema import APPLICATION_ID, FORMAT_VERSION, SCHEMA
from qa.interfaces.kept.kept_file import KeptFile

__all__ = ["Conversation", "ConversationSummary", "Conversations", "Limits", "TurnRecord", "new_id"]

_log = logging.getLogger(__name__)


class Conversations:
    """The history, in one SQLite file. Safe to use from many threads.

    A visitor is whatever `visitor_of` of the server returns for a request.
    """

    def __init__(
        self,
        path: Path,
        limits: Limits | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        removed: Callable[[Sequence[str]], object] = len,
    ) -> None:
        """Open the file, made if absent; never fails (see `KeptFile`).

        Args:
            path: Where.
            limits: How much is kept, and how long.
            now: Tells the time.
            removed: Called with the ids of conversations that go because of a limit, before they
                do, so that what hangs on them goes, too. If it fails they stay a while.
        """
        self.limits: Limits = limits or Limits()
        self._now = now
        self._removed = removed
        # An answer does not wait for the disk: a power cut may take the last moments' history.
        # What is deleted is synced: the log is emptied then.
        self._file = KeptFile(
            path,
            SCHEMA,
            application_id=APPLICATION_ID,
            version=FORMAT_VERSION,
            synchronous="NORMAL",
            max_bytes=self.limits.max_bytes,
        )
        self._let_go(lambda db: self.limits.expired(db, self._now()))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def settle(self) -> None:
        """Wait until nothing of what was deleted is left in the file's bytes."""
        self._file.settle()

    def append(self, visitor: str, conversation_id: str, record: TurnRecord) -> int | None:
        """Keep a turn; the first one begins the conversation. Never fails: the chat goes on.

        Returns:
            The turn's number, from 0. None if nothing was kept: the conversation is another
            visitor's or has all its turns, the record is too large, or the file cannot be written.
        """
        written = stored_form(record, self.limits.max_record_bytes)
        if written is None or not visitor or not is_id(conversation_id):
            return None
        try:
            self._let_go(self._crowding)
            n = self._file.run(
                lambda db: self._append(db, visitor, conversation_id, record, written)
            )
            if n == 0:
                self._let_go(lambda db: self._outlived(db, visitor))
        except StoreError as error:
            _log.warning("a turn was not kept: %s", error)
            return None
        return n

    def load(self, visitor: str, conversation_id: str) -> Conversation | None:
        """Return a conversation of this visitor, else None.

        Raises:
            StoreError: the file cannot be read just now; so say all methods below.
        """
        return self._load("id = ? AND visitor = ?", conversation_id, visitor)

    def load_shared(self, token: str) -> Conversation | None:
        """Return the conversation that is shared by this token, whoever asks; else None."""
        return self._load("shared = ?", token)

    def listed(self, visitor: str, query: str = "") -> list[ConversationSummary]:
        """Return the visitor's conversations, newest first.

        Args:
            visitor: Whose.
            query: Only those that hold all its words, in questions, answers, quoted sentences or
                titles of cited articles; parts of words count, case and accents do not.
        """
        words = folded(as_text(query[: self.limits.max_query_chars])).split()
        words = words[: self.limits.max_query_words]
        holds = " AND EXISTS (SELECT 1 FROM turn WHERE conversation = c.id AND instr(searched, ?))"
        sql = (
            "SELECT id, title, updated, (SELECT count(*) FROM turn WHERE conversation = c.id),"
            f" shared FROM conversation c WHERE visitor = ?{holds * len(words)}"
            " ORDER BY last_turn DESC"
        )
        rows = self._file.run(lambda db: db.execute(sql, (as_text(visitor), *words)).fetchall())
        names = ConversationSummary.__slots__
        return [ConversationSummary(**dict(zip(names, row, strict=True))) for row in rows]

    def turn(self, conversation_id: str, n: int) -> TurnRecord | None:
        """Return one turn, whoever asks; None if there is none. See `owns`."""
        if not is_id(conversation_id):
            return None
        sql = "SELECT record FROM turn WHERE conversation = ? AND n = ?"
        row = self._file.run(lambda db: db.execute(sql, (conversation_id, n)).fetchone())
        turns = records_of(row or ())
        return turns[0] if turns else None

    def owns(self, visitor: str, conversation_id: str) -> bool:
        """Say whether there is such a conversation and it is this visitor's."""
        sql = "SELECT 1 FROM conversation WHERE id = ? AND visitor = ?"
        values = (as_text(conversation_id), as_text(visitor))
        return self._file.run(lambda db: db.execute(sql, values).fetchone()) is not None

    def remove(self, visitor: str, conversation_id: str) -> bool:
        """Delete a conversation of this visitor; say whether it was there."""
        return self._remove("id = ? AND visitor = ?", conversation_id, visitor) > 0

    def remove_all(self, visitor: str) -> int:
        """Delete all conversations of this visitor; return how many there were."""
        return self._remove("visitor = ?", visitor)

    def share(self, visitor: str, conversation_id: str) -> str | None:
        """Let whoever knows the returned token read the conversation; None if it is not theirs.

        A conversation that is shared already keeps its token.
        """
        if not self._set_shared("coalesce(shared, ?)", new_id(), visitor, conversation_id):
            return None
        found = self.load(visitor, conversation_id)
        return found.shared if found else None

    def unshare(self, visitor: str, conversation_id: str) -> bool:
        """Make the token of a conversation worthless; False if it is not theirs."""
        return self._set_shared("?", None, visitor, conversation_id)

    def _append(
        self,
        db: sqlite3.Connection,
        visitor: str,
        conversation_id: str,
        record: TurnRecord,
        written: str,
    ) -> int | None:
        visitor, now = as_text(visitor), moment(self._now())
        db.execute(
            "INSERT INTO conversation VALUES (?, ?, ?, ?, ?, 0, NULL) ON CONFLICT DO NOTHING",
            (conversation_id, visitor, title_of(as_text(record.asked)), now, now),
        )
        owner, n = db.execute(
            "SELECT visitor, (SELECT coalesce(max(n) + 1, 0) FROM turn WHERE conversation = c.id)"
            " FROM conversation c WHERE id = ?",
            (conversation_id,),
        ).fetchone()
        if owner != visitor or n >= self.limits.max_turns:
            return None
        added = db.execute(
            "INSERT INTO turn (conversation, n, record, searched) VALUES (?, ?, ?, ?)",
            (conversation_id, n, written, searched_form(record)),
        )
        db.execute(
            "UPDATE conversation SET last_turn = ?, updated = ? WHERE id = ?",
            (added.lastrowid, now, conversation_id),
        )
        return int(n)

    def _load(self, which: str, *values: str) -> Conversation | None:
        def read(db: sqlite3.Connection) -> Conversation | None:
            columns = "id, title, created, updated, shared"
            sql = f"SELECT {columns} FROM conversation WHERE {which}"
            row = db.execute(sql, [as_text(value) for value in values]).fetchone()
            if row is None:
                return None
            turns = db.execute("SELECT record FROM turn WHERE conversation = ? ORDER BY n", row[:1])
            facts = dict(zip(columns.split(", "), row, strict=True))
            return Conversation(**facts, turns=records_of(record for (record,) in turns))

        return self._file.run(read)

    def _remove(self, which: str, *values: str) -> int:
        sql = f"DELETE FROM conversation WHERE {which}"
        given = [as_text(value) for value in values]
        return self._file.erase(lambda db: db.execute(sql, given).rowcount)

    def _set_shared(self, to: str, token: str | None, visitor: str, conversation_id: str) -> bool:
        sql = f"UPDATE conversation SET shared = {to} WHERE id = ? AND visitor = ?"
        values = (token, as_text(conversation_id), as_text(visitor))
        return self._file.run(lambda db: db.execute(sql, values).rowcount) > 0

    def _let_go(self, which: Callable[[sqlite3.Connection], Iterable[str]]) -> None:
        """Delete what is beyond the limits; what cannot go just now goes with a later question."""
        sql = "DELETE FROM conversation WHERE id = ?"
        try:
            ids = self._file.run(lambda db: list(which(db)))
            if ids:
                self._removed(ids)
                rows = [(each,) for each in ids]
                self._file.erase(lambda db: db.executemany(sql, rows).rowcount, at_leisure=True)
        except StoreError as error:
            _log.warning("nothing could be let go of: %s", error)

    def _crowding(self, db: sqlite3.Connection) -> list[str]:
        return self.limits.crowding(db, self._now(), self._file.bytes_used())

    def _outlived(self, db: sqlite3.Connection, visitor: str) -> list[str]:
        now = self._now()
        return [*self.limits.expired(db, now), *self.limits.beyond(db, as_text(visitor))]
