"""Keeps what is asked and answered, and brings a kept conversation back onto the page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from corpus import StoreError
from qa.interfaces.kept.conversation_records import Conversation, TurnRecord, new_id, turn_id
from qa.interfaces.kept.conversations import Conversations
from qa.interfaces.strings import say
from qa.interfaces.web import cards
from qa.interfaces.web.dialogue import Dialogue, Turn
from qa.render import source_name
from qa.types import Answer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of a question: an answer, or a sentence that says why there is none."""

    asked: str
    answer: Answer | None = None
    notice: str | None = None
    scope: Mapping[str, Any]
    searched: str

    @property
    def held(self) -> Answer | None:
        """The answer without the passages that were read: each open page holds it in memory."""
        return replace(self.answer, hits=()) if self.answer else None

    def card(self, language: str, card_id: str | None = None) -> str:
        """Return the card that shows it."""
        if self.answer is None:
            return cards.notice_card(self.notice or "", card_id)
        frame = cards.Frame(
            asked=self.asked, searched=self.searched, language=language, card_id=card_id
        )
        return cards.answer_card(self.answer, frame)


class Keeper:
    """Keeps conversations, if there is a place for them; without one, each lasts as its page."""

    def __init__(self, conversations: Conversations | None = None) -> None:
        self._conversations = conversations

    def added(
        self, dialogue: Dialogue, reply: Reply, *, visitor: str | None, language: str
    ) -> Dialogue:
        """Return the dialogue with a reply, which is kept under the visitor's name."""
        # Not one that was deleted meanwhile: its cards, on the page yet, have the ids of its turns.
        goes_on = dialogue.id if dialogue.id and self._is_there(dialogue.id, visitor) else None
        kept = goes_on or new_id()
        number = self._kept(kept, reply, visitor)
        if number is None and goes_on:  # it is full
            kept = new_id()
            number = self._kept(kept, reply, visitor)
        if number is None:
            card = reply.card(language)
            return dialogue.with_turn(Turn(reply.asked, card, answer=reply.held))
        card = reply.card(language, turn_id(kept, number))
        turns = dialogue.with_turn(Turn(reply.asked, card, answer=reply.held)).turns
        return Dialogue(turns, id=kept)

    def _is_there(self, conversation_id: str, visitor: str | None) -> bool:
        if self._conversations is None or visitor is None:
            return False
        try:
            return self._conversations.owns(visitor, conversation_id)
        except StoreError:  # `_kept` will say so
            return True

    def _kept(self, conversation_id: str, reply: Reply, visitor: str | None) -> int | None:
        if self._conversations is None or visitor is None:
            return None
        record = TurnRecord(
            asked=reply.asked,
            scope=reply.scope,
            answer=_as_kept(reply.answer).to_dict() if reply.answer else None,
            notice=reply.notice,
            asked_at=datetime.now(UTC).isoformat(timespec="seconds"),
            searched=reply.searched,
        )
        try:
            return self._conversations.append(visitor, conversation_id, record)
        except Exception:  # what was answered is shown all the same
            _log.exception("a conversation could not be kept")
            return None

    def opened(self, conversation_id: str, *, visitor: str | None, language: str) -> Dialogue:
        """Return a visitor's kept conversation; an empty one if there is none of this id."""
        if self._conversations is None or visitor is None:
            return Dialogue()
        found = _loaded(lambda kept: kept.load(visitor, conversation_id), self._conversations)
        return Dialogue(_turns(found, language), id=found.id) if found else Dialogue()

    def shared(self, token: str, *, language: str) -> Dialogue:
        """Return a shared conversation, to be read; what is asked then starts another one."""
        found = _loaded(lambda kept: kept.load_shared(token), self._conversations)
        return Dialogue(_turns(found, language, own=False)) if found else Dialogue()


def _as_kept(answer: Answer) -> Answer:
    """Return an answer whose sources name no folder: it may be shared and exported."""
    citations = (replace(c, source=source_name(c.source)) for c in answer.citations)
    others = map(_as_kept, answer.alternatives)
    return replace(answer, citations=tuple(citations), alternatives=tuple(others))


def _loaded(
    load: Callable[[Conversations], Conversation | None], kept: Conversations | None
) -> Conversation | None:
    """Return a kept conversation; None if there is none, or the file cannot be read just now."""
    try:
        return load(kept) if kept else None
    except StoreError:
        _log.exception("a conversation could not be opened")
        return None


def _turns(found: Conversation, language: str, *, own: bool = True) -> tuple[Turn, ...]:
    turns = []
    for number, record in enumerate(found.turns):
        reply = _reply(record, language)
        card = reply.card(language, turn_id(found.id, number) if own else None)
        turns.append(Turn(record.asked, card, answer=reply.answer))
    return tuple(turns)


def _reply(record: TurnRecord, language: str) -> Reply:
    answer, notice = None, record.notice
    try:
        answer = Answer.from_dict(record.answer) if record.answer else None
    except (KeyError, TypeError, ValueError, AttributeError):  # bytes that changed on the disk
        _log.warning("a kept answer is damaged")
        notice = say(language, "export_nothing_kept")
    return Reply(
        asked=record.asked,
        answer=answer,
        notice=notice,
        scope=record.scope,
        searched=record.searched,
    )
