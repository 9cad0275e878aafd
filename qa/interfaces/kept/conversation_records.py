"""A kept conversation: its turns as records, and the forms they are stored and searched in."""

from __future__ import annotations

import json
import logging
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

MAX_TITLE_CHARS = 120
MAX_SEARCHED_CHARS = 8_000

_log = logging.getLogger(__name__)

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_TURN_ID = re.compile(r"t-([A-Za-z0-9_-]{22})-(0|[1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRecord:
    """A question and what came of it.

    `scope` is what narrowed the question, as the page says it. `answer` is `Answer.to_dict()`, or
    None where there is none; then `notice` says why. `asked_at` is ISO 8601, in UTC. `searched`
    says in words what was searched.
    """

    asked: str
    scope: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    notice: str | None
    asked_at: str
    searched: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> TurnRecord:
        """Read the JSON form.

        Raises:
            KeyError: a field is missing.
        """
        needed = {name: stored[name] for name in cls.__slots__ if name != "searched"}
        return cls(**needed, searched=stored.get("searched", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A whole conversation; `shared` is the token of its link, if there is one.

    `title` is its first question, shortened. `created` and `updated` are ISO 8601, in UTC.
    """

    id: str
    title: str
    created: str
    updated: str
    shared: str | None
    turns: tuple[TurnRecord, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationSummary:
    """A line of the list of conversations; `turns` is how many it has."""

    id: str
    title: str
    updated: str
    turns: int
    shared: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)


def new_id() -> str:
    """Return an identifier that nobody can guess: 22 characters that are safe in addresses."""
    return secrets.token_urlsafe(16)


def is_id(text: str) -> bool:
    """Say whether a text has the form of what `new_id` returns."""
    return _ID.fullmatch(text) is not None


def turn_id(conversation_id: str, n: int) -> str:
    """Return the identifier of a turn on the page; `n` counts from 0."""
    return f"t-{conversation_id}-{n}"


def read_turn_id(text: str) -> tuple[str, int] | None:
    """Return conversation and number of a turn's identifier; None if it is none.

    >>> read_turn_id("t-AAAAAAAAAAAAAAAAAAAAA_-12"), read_turn_id("t-x-1")
    (('AAAAAAAAAAAAAAAAAAAAA_', 12), None)
    """
    found = _TURN_ID.fullmatch(text)
    return (found[1], int(found[2])) if found else None


def title_of(asked: str) -> str:
    """Return a question as a title: one line, shortened."""
    line = " ".join(asked.split())
    return line if len(line) <= MAX_TITLE_CHARS else line[: MAX_TITLE_CHARS - 1] + "…"


def stored_form(record: TurnRecord, max_bytes: int) -> str | None:
    """Return a record as JSON of at most `max_bytes`, else None.

    What is too large is tried without the alternatives. Lone surrogates, which no file and no
    response could hold, become U+FFFD.
    """
    for kept in (record, _without_alternatives(record)):
        written = as_text(json.dumps(kept.to_dict(), ensure_ascii=False))
        if len(written.encode()) <= max_bytes:
            return written
    return None


def as_text(text: str) -> str:
    r"""Replace lone surrogates.

    >>> as_text("a\ud800b")
    'a\ufffdb'
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def searched_form(record: TurnRecord) -> str:
    """Return what a turn is found by: question, answer, quoted sentences and titles, folded."""
    answer = record.answer or {}
    pieces = [record.asked, answer.get("question"), answer.get("text")]
    for citation in all_citations(answer):
        pieces += [citation.get("title"), citation.get("text")]
    return folded("\n".join(as_text(p) for p in pieces if isinstance(p, str)))[:MAX_SEARCHED_CHARS]


def folded(text: str) -> str:
    """Return text without case and accents, for comparing.

    >>> folded("Straße nach Málaga")
    'strasse nach malaga'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("\0", " ")


def records_of(written: Iterable[str]) -> tuple[TurnRecord, ...]:
    """Return the turns of their stored forms; one that cannot be read is said to be so."""
    turns = []
    for text in written:
        try:
            turns.append(TurnRecord.from_dict(json.loads(text)))
        except (ValueError, KeyError, TypeError):  # bytes that changed on the disk
            _log.warning("a kept turn is damaged")
            turns.append(_DAMAGED)
    return tuple(turns)


_DAMAGED = TurnRecord(
    asked="…", scope={}, answer=None, notice="This turn was damaged on the disk.", asked_at=""
)


def all_citations(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the citations of an answer's JSON form, then those of its alternatives."""
    answers: Iterable[Mapping[str, Any]] = (answer, *answer.get("alternatives", ()))
    for one in answers:
        yield from one.get("citations", ())


def _without_alternatives(record: TurnRecord) -> TurnRecord:
    return (
        replace(record, answer={**record.answer, "alternatives": []}) if record.answer else record
    )
