"""A conversation without a page: limits, errors, stopping, and what is remembered."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from corpus import Article, InvalidQuestion
from qa.interfaces.web import talk
from qa.interfaces.web.talk import Conversation, Screen, Talk
from qa.types import Answer


class Stats:
    articles = 3
    passages = 9
    first_published = "2025-01-03"
    last_published = "2025-02-01"


class Scripted:
    """An assistant that does what it is told and remembers how it was asked."""

    def __init__(self, reply: Callable[[str], Answer] | None = None) -> None:
        self.reply = reply or (
            lambda question: Answer(question=question, text=None, confidence=0, citations=())
        )
        self.asked: list[tuple[str, list[str]]] = []
        self.threads: set[int] = set()

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, list(history)))
        self.threads.add(threading.get_ident())
        return self.reply(question)

    def article(self, article_id: str, *, version: str | None = None) -> Article:
        raise NotImplementedError

    def stats(self) -> Stats:
        return Stats()

    def warm_up(self) -> None:
        pass


def screens(assistant: Scripted, question: object, conversation: Conversation = ()) -> list[Screen]:
    async def collect() -> list[Screen]:
        return [screen async for screen in Talk(assistant).ask(question, conversation)]

    return asyncio.run(collect())


def raising(error: Exception) -> Scripted:
    def reply(_: str) -> Answer:
        raise error

    return Scripted(reply)


def test_a_question_is_shown_waiting_then_answered_in_another_thread() -> None:
    assistant = Scripted()
    waiting, done = screens(assistant, "  Who?  ")
    assert waiting.waiting
    assert not done.waiting
    assert "Searching 3 articles&#44; Jan 2025 – Feb 2025" in waiting.conversation[0].card
    assert "don’t say" in done.conversation[0].card
    assert assistant.asked == [("Who?", [])]
    assert threading.get_ident() not in assistant.threads


def test_earlier_questions_go_along_oldest_first() -> None:
    assistant = Scripted()
    first = screens(assistant, "One?")[-1].conversation
    second = screens(assistant, "Two?", first)[-1].conversation
    screens(assistant, "Three?", second)
    assert assistant.asked[-1] == ("Three?", ["One?", "Two?"])


@pytest.mark.parametrize("question", ["", " \n", None, 7, ["x"], {"a": 1}])
def test_what_is_no_question_changes_nothing(question: object) -> None:
    assistant = Scripted()
    assert screens(assistant, question) == [Screen(())]
    assert assistant.asked == []


def test_a_question_that_is_too_long_is_refused_and_kept_for_shortening() -> None:
    assistant = Scripted()
    question = "x" * (talk.MAX_QUESTION_CHARS + 1)
    (screen,) = screens(assistant, question)
    assert screen.left_in_field == question
    assert "1&#44;000 characters" in screen.conversation[0].card
    assert assistant.asked == []


def test_an_error_meant_for_the_user_is_shown_to_the_user() -> None:
    done = screens(raising(InvalidQuestion("Ask <something>.")), "Who?")[-1]
    assert "Ask &#60;something&#62;&#46;" in done.conversation[0].card


def test_any_other_error_is_logged_and_kept_from_the_user(caplog: pytest.LogCaptureFixture) -> None:
    done = screens(raising(RuntimeError("secret path")), "Who?")[-1]
    assert "Something went wrong" in done.conversation[0].card
    assert "secret" not in done.conversation[0].card
    assert "secret path" in caplog.text


def test_a_question_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "DEADLINE_S", 0.01)
    release = threading.Event()

    def reply(question: str) -> Answer:
        release.wait(0.2)
        return Answer(question=question, text=None, confidence=0, citations=())

    done = screens(Scripted(reply), "Who?")[-1]
    assert "too long" in done.conversation[0].card


def test_a_stopped_question_says_so_and_the_rest_stays() -> None:
    first = screens(Scripted(), "One?")[-1].conversation
    waiting = screens(Scripted(), "Two?", first)[0].conversation
    stopped = talk.stopped(waiting)
    assert stopped[0] == first[0]
    assert "Stopped" in stopped[1].card
    assert not stopped[1].pending


def test_a_long_conversation_forgets_its_beginning() -> None:
    conversation: Conversation = ()
    for number in range(talk.MAX_TURNS + 3):
        conversation = screens(Scripted(), f"{number}?", conversation)[-1].conversation
    assert len(conversation) == talk.MAX_TURNS
    assert conversation[0].asked == "3?"


def test_messages_alternate_and_are_inert() -> None:
    conversation = screens(Scripted(), "<b>Who</b>?")[-1].conversation
    asked, answered = talk.messages(conversation)
    assert (asked["role"], answered["role"]) == ("user", "assistant")
    assert asked["content"] == '<p class="asked">&#60;b&#62;Who&#60;&#47;b&#62;&#63;</p>'
