"""One conversation: a question goes in, the conversation as it stands comes out, twice.

Knows nothing of Gradio and makes no HTML itself. Every limit is enforced here, since Gradio's own
(`max_length`, a hidden button) hold in its browser code only: its queue is open to anyone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus import Article, PullquoteError
from qa.interfaces.web import cards
from qa.types import Answer

MAX_QUESTION_CHARS = 1_000
MAX_TURNS = 40
DEADLINE_S = 60.0

_TOO_LONG = (
    f"This question is longer than {MAX_QUESTION_CHARS:,} characters. Ask it in a sentence or two."
)
_TOO_SLOW = "This is taking too long, so the search was given up. Please ask again."
_BROKEN = "Something went wrong while searching. The articles are unharmed; please ask again."
_STOPPED = "Stopped."

_log = logging.getLogger(__name__)


class StatsLike(Protocol):
    """What is indexed, as far as the page shows it."""

    @property
    def articles(self) -> int: ...  # noqa: D102
    @property
    def passages(self) -> int: ...  # noqa: D102
    @property
    def first_published(self) -> str | None: ...  # noqa: D102
    @property
    def last_published(self) -> str | None: ...  # noqa: D102


class AssistantLike(Protocol):
    """The part of `qa.assistant.Assistant` that the page uses."""

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer: ...  # noqa: D102
    def article(self, article_id: str, *, version: str | None = None) -> Article: ...  # noqa: D102
    def stats(self) -> StatsLike: ...  # noqa: D102
    def warm_up(self) -> object: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as typed and the card below it; a pending turn still waits for its answer."""

    asked: str
    card: str
    pending: bool = False


Conversation = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the conversation, what stays in the question field, if it waits."""

    conversation: Conversation
    left_in_field: str = ""
    waiting: bool = False


class Talk:
    """The conversations of all visitors over one assistant; holds no conversation itself."""

    def __init__(self, assistant: AssistantLike) -> None:
        self._assistant = assistant

    async def ask(self, question: object, conversation: Conversation) -> AsyncIterator[Screen]:
        """Yield the screen with the question put, then with its answer (or why there is none)."""
        earlier = stopped(conversation)
        if not isinstance(question, str) or not question.strip():
            yield Screen(earlier)
            return
        asked = question.strip()
        if len(asked) > MAX_QUESTION_CHARS:
            refused = Turn(asked[:200] + "…", cards.notice_card(_TOO_LONG))
            yield Screen(_with(earlier, refused), left_in_field=asked[: 2 * MAX_QUESTION_CHARS])
            return
        waiting = Turn(
            asked, cards.pending_card(f"Searching {await self.searched()}"), pending=True
        )
        yield Screen(_with(earlier, waiting), waiting=True)
        yield Screen(_with(earlier, await self._answered(asked, earlier)))

    async def searched(self) -> str:
        """Say in words what there is to search."""
        try:
            stats = await asyncio.to_thread(self._assistant.stats)
        except PullquoteError:
            return (
                "the articles"  # the note is an extra: what is wrong shows when a question is asked
            )
        return cards.searched_note(stats.articles, stats.first_published, stats.last_published)

    async def _answered(self, asked: str, earlier: Conversation) -> Turn:
        history = [turn.asked for turn in earlier]
        try:
            searching = asyncio.to_thread(self._assistant.ask, asked, history=history)
            answer = await asyncio.wait_for(searching, DEADLINE_S)
            card = cards.answer_card(answer, asked=asked, searched=await self.searched())
        except PullquoteError as error:
            return Turn(asked, cards.notice_card(str(error)))
        except TimeoutError:
            return Turn(asked, cards.notice_card(_TOO_SLOW))
        except Exception:
            _log.exception("a question failed")
            return Turn(asked, cards.notice_card(_BROKEN))
        return Turn(asked, card)


def stopped(conversation: Conversation) -> Conversation:
    """Return the conversation with a turn that was never answered marked as stopped."""
    return tuple(
        replace(turn, card=cards.notice_card(_STOPPED), pending=False) if turn.pending else turn
        for turn in conversation
    )


def messages(conversation: Conversation) -> list[dict[str, str]]:
    """Return the conversation in the form that the Chatbot takes."""
    return [
        message
        for turn in conversation
        for message in (
            {"role": "user", "content": cards.question(turn.asked)},
            {"role": "assistant", "content": turn.card},
        )
    ]


def _with(earlier: Conversation, turn: Turn) -> Conversation:
    return (*earlier, turn)[-MAX_TURNS:]
