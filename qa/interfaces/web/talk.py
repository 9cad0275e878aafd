"""One conversation: a question goes in, the conversation as it stands comes out, step by step.

Knows nothing of Gradio and makes no HTML itself. Every limit is enforced here, since Gradio's own
(`max_length`, a hidden button) hold in its browser code only: its queue is open to anyone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from corpus import Article, InvalidQuestion, PullquoteError
from qa.interfaces.logs import log_question
from qa.interfaces.strings import say
from qa.interfaces.web import cards
from qa.interfaces.web.assistant_like import AssistantLike
from qa.interfaces.web.dialogue import Dialogue, Turn
from qa.interfaces.web.keeper import Keeper, Reply
from qa.interfaces.web.scope import Scope
from qa.interfaces.web.searched import narrowed_note, searched_note
from qa.types import Answer, Hit

MAX_QUESTION_CHARS = 1_000
DEADLINE_S = 60.0
AT_ONCE = 2
"""Searching is bound by the processor: more at once only makes each slower."""
CROWD = 6
"""When more wait or are answered, what is read for an answer is not shown before it."""
MAX_WAITING = 32
"""Who comes when so many wait or are answered is asked to come again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What comes from the page: the question, what it is narrowed to, who asks, in which language.

    `text` is whatever the browser sent.
    """

    text: object
    scope: Scope = Scope()  # noqa: RUF009  frozen
    visitor: str | None = None
    language: str = "en"


class Talk:
    """The conversations of all visitors over one assistant; holds no conversation itself."""

    def __init__(self, assistant: AssistantLike, keeper: Keeper | None = None) -> None:
        self._assistant = assistant
        self._keeper = keeper or Keeper()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    def waiting(self) -> int:
        """Return how many questions wait or are being answered."""
        return self._waiting

    async def ask(self, question: Question, dialogue: Dialogue) -> AsyncIterator[Dialogue]:
        """Yield the dialogue with the question put, what is read for it, and with its answer."""
        earlier = dialogue.stopped(say(question.language, "talk_stopped"))
        asked = question.text.strip() if isinstance(question.text, str) else ""
        if not asked:
            yield earlier
        elif refusal := self._refusal(asked, question.language):
            refused = Turn(asked[:MAX_QUESTION_CHARS], cards.notice_card(refusal))
            yield earlier.with_turn(refused)
        else:
            self._waiting += 1
            try:
                async for dialogue in self._steps(asked, question, earlier):
                    yield dialogue
            finally:
                self._waiting -= 1

    def _refusal(self, asked: str, language: str) -> str | None:
        if len(asked) > MAX_QUESTION_CHARS:
            return say(language, "talk_too_long", max=MAX_QUESTION_CHARS)
        return say(language, "talk_busy") if self._waiting >= MAX_WAITING else None

    async def _steps(
        self, asked: str, question: Question, earlier: Dialogue
    ) -> AsyncIterator[Dialogue]:
        log_question(asked)
        language = question.language
        searched = narrowed_note(
            await self.searched(language), question.scope.words(language), language=language
        )
        status = say(language, "talk_searching", what=searched)
        put = Turn(asked, cards.pending_card(status), pending=True)
        yield earlier.with_turn(put)
        await self._slots.acquire()
        reading: asyncio.Queue[Sequence[Article]] = asyncio.Queue()
        begun = self._begun(asked, question, earlier, reading)  # no await before: it has the slot
        answering = asyncio.create_task(_answered(begun, language))
        try:
            async for articles in _until_done(reading, answering):
                if self._waiting > CROWD:
                    continue  # each change of the page costs as much as a search
                status = say(language, "talk_reading", count=len(articles))
                card = cards.pending_card(status, articles, language=language)
                yield earlier.with_turn(Turn(asked, card, pending=True))
            found = await answering
        finally:
            answering.cancel()
        reply = Reply(
            asked=asked,
            answer=found if isinstance(found, Answer) else None,
            notice=found if isinstance(found, str) else None,
            scope=question.scope.to_dict(),
            searched=searched,
        )
        yield await self._added(earlier, reply, question)

    async def _added(self, earlier: Dialogue, reply: Reply, question: Question) -> Dialogue:
        adding = partial(
            self._keeper.added,
            earlier,
            reply,
            visitor=question.visitor,
            language=question.language,
        )
        return await asyncio.to_thread(adding)

    async def searched(self, language: str = "en") -> str:
        """Say in words what there is to search."""
        try:
            stats = await asyncio.to_thread(self._assistant.stats)
        except PullquoteError:  # an extra: what is wrong shows when a question is asked
            return say(language, "searched_the_articles")
        return searched_note(
            stats.articles, stats.first_published, stats.last_published, language=language
        )

    def _begun(
        self,
        asked: str,
        question: Question,
        earlier: Dialogue,
        reading: asyncio.Queue[Sequence[Article]],
    ) -> asyncio.Future[Answer]:
        """Begin to answer in a thread, which cannot be stopped: the slot is its own to the end."""
        loop = asyncio.get_running_loop()

        def found(hits: Sequence[Hit], articles: Mapping[str, Article]) -> None:
            ids = dict.fromkeys(hit.passage.article_id for hit in hits)
            listed = [articles[article_id] for article_id in ids]
            loop.call_soon_threadsafe(reading.put_nowait, listed)

        def answer() -> Answer:
            return self._assistant.ask(
                asked,
                history=earlier.history,
                only=question.scope.article_filter(self._assistant),
                any_time=question.scope.any_time,
                waiting=self._waiting,
                found=found,
            )

        begun = loop.run_in_executor(None, answer)
        begun.add_done_callback(self._ended)
        return begun

    def _ended(self, begun: asyncio.Future[Answer]) -> None:
        self._slots.release()
        if not begun.cancelled():
            begun.exception()  # after Stop nobody else asks for it


async def _answered(begun: asyncio.Future[Answer], language: str) -> Answer | str:
    """Return the answer, or a sentence that says why there is none."""
    try:
        return await asyncio.wait_for(asyncio.shield(begun), DEADLINE_S)
    except InvalidQuestion as error:
        return str(error)
    except TimeoutError:
        return say(language, "talk_too_slow")
    except Exception:
        _log.exception("a question failed")
        return say(language, "talk_broken")


async def _until_done(
    reading: asyncio.Queue[Sequence[Article]], answering: asyncio.Task[Answer | str]
) -> AsyncIterator[Sequence[Article]]:
    """Yield what comes in while the answer is on its way; nothing if that is quick."""
    while not answering.done():
        coming = asyncio.create_task(reading.get())
        try:
            await asyncio.wait({coming, answering}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            coming.cancel()
        if coming.done() and not coming.cancelled() and not answering.done():
            yield coming.result()
