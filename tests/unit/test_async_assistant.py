"""The assistant under asyncio: many tasks, changes, and what is cancelled on the way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path

import pytest

from corpus import Article, IndexNotFound, InvalidQuestion, Passage
from qa import AnswerSpan, Assistant, AsyncAssistant, Settings
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, make_article, plain_calibration

COST = "How much did the barrier cost?"
OLD = "The barrier cost 412 million pounds."
BAKERY = make_article("A new bakery opened in Wexcombe. It sells rye bread.", id="bakery")
PATIENCE_S = 60

Work = Callable[[AsyncAssistant], Awaitable[None]]


def run(folder: Path, work: Work, reader: SentenceReader | None = None) -> None:
    """Open an index in an event loop of its own and do some work with it."""
    encoder = HashingEncoder()
    reader = reader or SentenceReader(encoder, plain_calibration())

    async def session() -> None:
        opened = await AsyncAssistant.open(
            folder, encoder=encoder, reader=reader, settings=Settings()
        )
        async with opened as assistant:
            await asyncio.wait_for(work(assistant), PATIENCE_S)

    asyncio.run(session())


class HeldReader(SentenceReader):
    """Reads only when it is let; notes the threads that it is called in."""

    def __init__(self) -> None:
        super().__init__(HashingEncoder(), plain_calibration())
        self.go = threading.Event()
        self.began = threading.Event()
        self.threads: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        self.threads.append(threading.current_thread().name)
        self.began.set()
        assert self.go.wait(PATIENCE_S)
        return super().read(question, passages)


async def until(happened: Callable[[], bool]) -> None:
    while not happened():
        await asyncio.sleep(0.001)


def test_everything_is_there_to_be_awaited(index_folder: Path) -> None:
    async def work(assistant: AsyncAssistant) -> None:
        await assistant.warm_up()
        answer = await assistant.ask(COST)
        assert answer == assistant.assistant.ask(COST)
        (citation,) = answer.citations
        article = await assistant.article(citation.article_id, version=citation.version)
        assert citation.span.of(article.text) == citation.text
        hits = await assistant.retrieve(COST, k=2)
        assert hits == assistant.assistant.retrieve(COST, 2)
        assert await assistant.article_of(hits[0]) == article
        follow_up = await assistant.ask("And how much did it cost?", history=["Why the barrier?"])
        assert "barrier" in follow_up.question

    run(index_folder, work)


def test_changes_are_seen_by_the_next_question_and_told_in_the_event_loop(
    index_folder: Path, articles: list[Article]
) -> None:
    told: list[tuple[str, threading.Thread]] = []

    def progress(article_id: str) -> None:
        told.append((article_id, threading.current_thread()))

    async def work(assistant: AsyncAssistant) -> None:
        report = await assistant.add([BAKERY], progress=progress)
        assert report.added == ["bakery"]
        assert told == [("bakery", threading.main_thread())]  # before the call came back
        assert (await assistant.ask("Which bread is sold?")).text == "It sells rye bread."
        assert await assistant.remove(["bakery"]) == ["bakery"]
        assert (await assistant.sync(articles[:2])).removed == ["mayor", "ferry"]
        assert (await assistant.ask(COST)).text == OLD

    run(index_folder, work)


def test_many_tasks_share_two_places_and_the_loop_goes_on(index_folder: Path) -> None:
    reader = HeldReader()

    async def work(assistant: AsyncAssistant) -> None:
        tasks = [asyncio.create_task(assistant.ask(COST)) for _ in range(200)]
        await until(lambda: len(reader.threads) == 2)
        assert not any(task.done() for task in tasks)
        changed = await assistant.add([BAKERY])  # waits for no question
        assert changed.added == ["bakery"]
        reader.go.set()
        answers = await asyncio.gather(*tasks)
        assert {answer.text for answer in answers} == {OLD}
        assert len(set(reader.threads)) == 2

    run(index_folder, work, reader)


def test_many_questions_come_back_in_their_order(index_folder: Path) -> None:
    async def work(assistant: AsyncAssistant) -> None:
        questions = ["Who won the mayoral election?", COST, "Who saved 31 passengers?"] * 5
        answers = await assistant.ask_many(iter(questions))
        assert [answer.question for answer in answers] == questions
        assert answers == assistant.assistant.ask_many(questions)
        with pytest.raises(InvalidQuestion):
            await assistant.ask_many([COST, " ", COST])

    run(index_folder, work)


def test_a_question_that_was_cancelled_is_dropped_and_the_others_are_answered(
    index_folder: Path,
) -> None:
    reader = HeldReader()

    async def work(assistant: AsyncAssistant) -> None:
        tasks = [asyncio.create_task(assistant.ask(COST)) for _ in range(6)]
        await until(lambda: len(reader.threads) == 2)
        for cancelled in (tasks[0], *tasks[2:5]):  # one is being read, three wait
            cancelled.cancel()
        await asyncio.sleep(0)
        reader.go.set()
        assert (await tasks[1]).text == (await tasks[5]).text == OLD
        assert all(task.cancelled() for task in (tasks[0], *tasks[2:5]))
        assert len(reader.threads) == 3
        assert (await assistant.ask(COST)).text == OLD

    run(index_folder, work, reader)


def test_a_time_limit_ends_the_waiting(index_folder: Path) -> None:
    reader = HeldReader()

    async def work(assistant: AsyncAssistant) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await assistant.ask(COST)
        reader.go.set()
        assert (await assistant.ask(COST)).text == OLD

    run(index_folder, work, reader)


def test_a_sync_that_is_cancelled_stops_and_removes_nothing(index_folder: Path) -> None:
    began, go = threading.Event(), threading.Event()

    def articles() -> Iterator[Article]:
        yield BAKERY
        began.set()
        assert go.wait(PATIENCE_S)
        yield make_article("The old mill burned down.", id="mill")

    async def work(assistant: AsyncAssistant) -> None:
        told: list[str] = []
        syncing = asyncio.create_task(assistant.sync(articles(), progress=told.append))
        await until(began.is_set)
        syncing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await syncing
        go.set()
        assert (await assistant.add([BAKERY])).failed == []  # waits until the other has stopped
        ids = {summary.id for summary in assistant.assistant.articles()}
        assert {"barrier", "fishing", "ferry", "mayor", "bakery"} <= ids
        assert told == []
        assert (await assistant.ask(COST)).text == OLD

    run(index_folder, work)


def test_a_loop_that_ends_leaves_a_sound_index(index_folder: Path) -> None:
    began, go = threading.Event(), threading.Event()
    encoder = HashingEncoder()
    shared = Assistant.open(
        index_folder, encoder=encoder, reader=SentenceReader(encoder, plain_calibration())
    )
    assistant = AsyncAssistant(shared)

    def articles() -> Iterator[Article]:
        began.set()
        assert go.wait(PATIENCE_S)
        yield BAKERY

    async def left_behind() -> None:
        asyncio.create_task(assistant.sync(articles()))  # noqa: RUF006
        await until(began.is_set)

    asyncio.run(left_behind())
    go.set()

    async def again() -> None:  # another loop
        assert (await assistant.remove(["nobody"])) == []
        assert (await assistant.ask(COST)).text == OLD
        await assistant.close()

    asyncio.run(again())


def test_opening_that_fails_or_is_cancelled_leaves_nothing_open(
    index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go, closed = threading.Event(), threading.Event(), threading.Event()
    encoder = HashingEncoder()
    opened = Assistant.open(
        index_folder, encoder=encoder, reader=SentenceReader(encoder, plain_calibration())
    )
    close = opened.close

    def slow(folder: Path, **rest: object) -> Assistant:
        began.set()
        assert go.wait(PATIENCE_S)
        return opened

    def noted() -> None:
        close()
        closed.set()

    async def work() -> None:
        with pytest.raises(IndexNotFound):
            await AsyncAssistant.open(tmp_path / "nowhere", encoder=encoder)
        monkeypatch.setattr(opened, "close", noted)
        monkeypatch.setattr(Assistant, "open", slow)
        opening = asyncio.create_task(AsyncAssistant.open(index_folder))
        await until(began.is_set)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        go.set()
        await until(closed.is_set)

    asyncio.run(asyncio.wait_for(work(), PATIENCE_S))


def test_closing_waits_for_what_was_asked(index_folder: Path) -> None:
    async def work(assistant: AsyncAssistant) -> None:
        asked = [asyncio.create_task(assistant.ask(COST)) for _ in range(5)]
        await asyncio.sleep(0)
        await assistant.close()
        assert {(await each).text for each in asked} == {OLD}
        with pytest.raises(RuntimeError):
            await assistant.ask(COST)

    run(index_folder, work)


def test_the_work_sees_the_context_of_its_task(index_folder: Path) -> None:
    request: ContextVar[str] = ContextVar("request", default="none")
    seen: list[str] = []

    class Noting(SentenceReader):
        def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
            seen.append(request.get())
            return super().read(question, passages)

    async def work(assistant: AsyncAssistant) -> None:
        request.set("one")
        await assistant.ask(COST)

    run(index_folder, work, Noting(HashingEncoder(), plain_calibration()))
    assert set(seen) == {"one"}
