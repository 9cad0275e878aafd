"""A conversation as the page shows it: turns with their cards, and what a follow-up leans on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qa.conversation import Turn as EarlierTurn
from qa.interfaces.web import cards
from qa.types import Answer

MAX_TURNS = 40
"""What a conversation shows; its beginning is forgotten."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as typed and the card below it; a pending turn still waits for its answer."""

    asked: str
    card: str
    pending: bool = False
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns so far; `id` is that of the kept conversation, if it is kept for this visitor."""

    turns: tuple[Turn, ...] = ()
    id: str | None = None

    def with_turn(self, turn: Turn) -> Dialogue:
        """Return the dialogue with one more turn."""
        return replace(self, turns=(*self.turns, turn)[-MAX_TURNS:])

    def stopped(self, why: str) -> Dialogue:
        """Return the dialogue with a turn that was never answered marked as such."""
        turns = (
            replace(turn, card=cards.notice_card(why), pending=False) if turn.pending else turn
            for turn in self.turns
        )
        return replace(self, turns=tuple(turns))

    @property
    def history(self) -> list[EarlierTurn]:
        """What was asked and answered, oldest first."""
        return [_earlier(turn) for turn in self.turns if not turn.pending]

    def messages(self) -> list[dict[str, str]]:
        """Return the dialogue in the form that the Chatbot takes."""
        return [
            {"role": role, "content": content}
            for turn in self.turns
            for role, content in (("user", cards.question(turn.asked)), ("assistant", turn.card))
        ]


def _earlier(turn: Turn) -> EarlierTurn:
    answer = turn.answer
    if answer is None:
        return EarlierTurn(question=turn.asked)
    phrase = answer.timeframe.phrase if answer.timeframe else None
    return EarlierTurn(
        question=turn.asked,
        answer=answer.text,
        titles=tuple(dict.fromkeys(_titles(answer))),
        phrase=phrase,
    )


def _titles(answer: Answer) -> Iterable[str]:
    return (citation.title for citation in answer.citations)
