"""The assistant for programs that run on asyncio: the same calls, awaited."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from corpus import Article, ArticleFilter, FieldMap
from embeddings import Encoder
from qa.assistant import Assistant
from qa.indexer import IndexReport, Progress
from qa.reader import Reader
from qa.settings import Settings
from qa.types import Answer, Hit

if TYPE_CHECKING:
    from qa.conversation import Turn

AT_ONCE = 2
"""Searching and reading are bound by the processor: more at once only makes each slower."""

_Result = TypeVar("_Result")


class _Cancelled(Exception):
    """Nobody waits for this change any more."""


class AsyncAssistant:
    """An `Assistant` whose calls are awaited; the event loop is never held up.

    Two questions are answered at once and the others wait in line; changes of the articles have a
    thread of their own, so that no question waits for them. Any number of tasks may share one
    object, of one event loop or of several.

    Cancelling is safe at any time. A question that has not begun is dropped; one that has ends
    unheard. `add` and `sync` stop with the articles that are being encoded: what was committed
    stays, and a `sync` that did not come to its end removes nothing. `remove`, and what is at its
    end already, is completed.

    Example::

        async with await AsyncAssistant.open("index") as assistant:
            answers = await assistant.ask_many(["When will the barrier close?", "Who paid?"])
    """

    def __init__(self, assistant: Assistant) -> None:
        """Share an assistant that is open; closing this closes it."""
        self.assistant: Assistant = assistant
        """For what is not awaited here: its methods block."""
        self._asking = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="asking")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="writing")

    @classmethod
    async def open(
        cls,
        folder: Path | str,
        *,
        encoder: Encoder | None = None,
        reader: Reader | str | None = None,
        settings: Settings | None = None,
    ) -> Self:
        """Open an index folder: see `Assistant.open`, which also says what is raised."""
        work = partial(Assistant.open, folder, encoder=encoder, reader=reader, settings=settings)
        places = ThreadPoolExecutor(1, thread_name_prefix="opening")
        opening = places.submit(work)
        places.shutdown(wait=False)
        try:
            return cls(await asyncio.wrap_future(opening))
        except asyncio.CancelledError:
            opening.add_done_callback(_close_opened)
            raise

    async def close(self) -> None:
        """Wait for what is at work and in line, then close the index."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._asking.shutdown()
        self._writing.shutdown()
        self.assistant.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()

    # -- questions --------------------------------------------------------------------------------

    async def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn | str] = (),
        only: ArticleFilter | None = None,
        any_time: bool = False,
        today: date | None = None,
        waiting: int = 0,
    ) -> Answer:
        """Answer a question: see `Assistant.ask`."""
        work = partial(
            self.assistant.ask,
            question,
            history=history,
            only=only,
            any_time=any_time,
            today=today,
            waiting=waiting,
        )
        return await _done(self._asking, work)

    async def ask_many(
        self, questions: Iterable[str], *, only: ArticleFilter | None = None
    ) -> list[Answer]:
        """Answer questions that have nothing to do with each other, two at once, in their order.

        The first one that is refused ends it; those that have not begun are dropped.
        """
        asked = [
            asyncio.ensure_future(self.ask(question, only=only)) for question in list(questions)
        ]
        try:
            return await asyncio.gather(*asked)
        finally:
            for each in asked:
                each.cancel()

    async def retrieve(
        self, question: str, k: int = 10, *, only: ArticleFilter | None = None
    ) -> list[Hit]:
        """Find the `k` passages that fit a question best: see `Retriever.retrieve`."""
        return await _done(self._asking, partial(self.assistant.retrieve, question, k, only=only))

    async def article(self, article_id: str, *, version: str | None = None) -> Article:
        """Return an article, current or in the version of a citation: see `Assistant.article`."""
        work = partial(self.assistant.article, article_id, version=version)
        return await _done(self._asking, work)

    async def article_of(self, hit: Hit) -> Article:
        """Return the article that a hit is from: see `Assistant.article_of`."""
        return await _done(self._asking, partial(self.assistant.article_of, hit))

    async def warm_up(self) -> None:
        """Load the models, so that the first question does not wait for them."""
        await _done(self._asking, self.assistant.warm_up)

    # -- changes ----------------------------------------------------------------------------------

    async def add(
        self, articles: Iterable[Article], *, progress: Progress = lambda article_id: None
    ) -> IndexReport:
        """Add or replace articles: see `Assistant.add`.

        `articles` are taken in a thread, `progress` is called in the event loop; an exception of
        `progress` goes to the loop's handler and does not end the run.
        """
        return await self._changed(partial(self.assistant.add, articles), progress)

    async def sync(
        self,
        articles: Iterable[Article] | Path | str,
        *,
        fields: FieldMap | None = None,
        progress: Progress = lambda article_id: None,
    ) -> IndexReport:
        """Make the index equal to articles or to a folder: see `Assistant.sync`, and `add`."""
        sync = partial(self.assistant.sync, articles, fields=fields)
        return await self._changed(sync, progress)

    async def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Remove articles: see `Assistant.remove`."""
        return await _done(self._writing, partial(self.assistant.remove, article_ids))

    async def _changed(self, change: Callable[..., IndexReport], progress: Progress) -> IndexReport:
        loop, cancelled = asyncio.get_running_loop(), threading.Event()

        def tell(article_id: str) -> None:
            if cancelled.is_set():
                raise _Cancelled
            with suppress(RuntimeError):  # the loop was closed just now
                loop.call_soon_threadsafe(progress, article_id)

        try:
            return await _done(self._writing, partial(change, progress=tell))
        except asyncio.CancelledError:
            cancelled.set()
            raise


async def _done(places: Executor, work: Callable[[], _Result]) -> _Result:
    """Do work in a thread, with the context variables of the task."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(places, copy_context().run, work)


def _close_opened(opening: Future[Assistant]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
