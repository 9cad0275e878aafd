"""A conversation without a page: limits, errors, stopping, and what is remembered."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Article, ArticleFilter, Copy, InvalidQuestion, Span, StoreError
from qa.answering import Found
from qa.conversation import Turn as EarlierTurn
from qa.interfaces.kept.conversations import Conversations
from qa.interfaces.logs import LogSettings, start_logging, stop_logging
from qa.interfaces.web import dialogue as dialogues
from qa.interfaces.web import talk
from qa.interfaces.web.dialogue import Dialogue
from qa.interfaces.web.keeper import Keeper
from qa.interfaces.web.page import _Page
from qa.interfaces.web.scope import Scope
from qa.interfaces.web.talk import Question, Talk
from qa.types import Answer, Citation, Hit
from tests.fakes import chunks, make_article

ARTICLE = make_article("It rained. The gate shut at noon.", id="gate", title="Gate shuts")
ME = "v:me"


class Stats:
    articles = 3
    passages = 9
    first_published = "2025-01-03"
    last_published = "2025-02-01"
    generation = 1


def nothing(question: str) -> Answer:
    return Answer(question=question, text=None, confidence=0, citations=())


def noon(question: str) -> Answer:
    cited = Citation(
        article_id=ARTICLE.id,
        title=ARTICLE.title,
        outlet=None,
        published=None,
        source=ARTICLE.source,
        span=Span(11, 33),
        text=ARTICLE.text[11:33],
        highlight=Span(28, 32),
        before="",
        after="",
        version=ARTICLE.version,
    )
    return Answer(question=question, text="noon", confidence=0.9, citations=(cited,))


class Scripted:
    """An assistant that does what it is told and remembers how it was asked."""

    def __init__(
        self, reply: Callable[[str], Answer] = nothing, *, reads: Sequence[Article] = ()
    ) -> None:
        self.reply = reply
        self.reads = reads
        self.asked: list[tuple[str, list[str]]] = []
        self.given: list[dict[str, Any]] = []
        self.threads: set[int] = set()
        self.may_answer = threading.Event()
        if not reads:
            self.may_answer.set()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[EarlierTurn | str] = (),
        only: ArticleFilter | None = None,
        any_time: bool = False,
        waiting: int = 0,
        found: Found = lambda hits, articles: None,
    ) -> Answer:
        turns = [turn for turn in history if isinstance(turn, EarlierTurn)]
        self.asked.append((question, [turn.question for turn in turns]))
        self.given.append(
            {"history": turns, "only": only, "any_time": any_time, "waiting": waiting}
        )
        self.threads.add(threading.get_ident())
        if self.reads:
            found([_hit(article) for article in self.reads], {a.id: a for a in self.reads})
            self.may_answer.wait(5)
        return self.reply(question)

    def article(self, article_id: str, *, version: str | None = None) -> Article:
        raise NotImplementedError

    def copies(self, article_id: str) -> list[Copy]:
        return []

    def stats(self) -> Stats:
        return Stats()

    def warm_up(self) -> None:
        pass


def _hit(article: Article) -> Hit:
    return Hit(passage=chunks(article)[0], score=1, dense_rank=1, lexical_rank=None)


def steps(
    assistant: Scripted,
    text: object,
    dialogue: Dialogue | None = None,
    *,
    keeper: Keeper | None = None,
    **given: Any,
) -> list[Dialogue]:
    async def collect() -> list[Dialogue]:
        seen = []
        question = Question(text=text, **given)
        async for step in Talk(assistant, keeper).ask(question, dialogue or Dialogue()):
            seen.append(step)
            if any('class="reading"' in turn.card for turn in step.turns):
                assistant.may_answer.set()
        return seen

    return asyncio.run(collect())


def raising(error: Exception) -> Scripted:
    def reply(_: str) -> Answer:
        raise error

    return Scripted(reply)


def test_a_question_is_shown_waiting_then_answered_in_another_thread() -> None:
    assistant = Scripted()
    waiting, done = steps(assistant, "  Who?  ")
    assert waiting.turns[0].pending
    assert not done.turns[0].pending
    assert "Searching 3 articles&#44; Jan 2025 – Feb 2025" in waiting.turns[0].card
    assert "don’t say" in done.turns[0].card
    assert assistant.asked == [("Who?", [])]
    assert threading.get_ident() not in assistant.threads


@pytest.mark.parametrize("wanted", [True, False])
def test_a_question_is_logged_only_if_the_operator_wants_that(
    capsys: pytest.CaptureFixture[str], wanted: bool
) -> None:
    start_logging(LogSettings(level="info", with_questions=wanted, plain=False))
    try:
        steps(Scripted(noon), "When?")
    finally:
        stop_logging()
    assert ('question="When?"' in capsys.readouterr().err) is wanted


def test_what_is_read_is_shown_before_the_answer() -> None:
    waiting, reading, done = steps(Scripted(noon, reads=[ARTICLE, ARTICLE]), "When?")
    assert [seen.turns[0].pending for seen in (waiting, reading, done)] == [True, True, False]
    assert "Reading 1 article<" in reading.turns[0].card
    assert "Gate shuts" in reading.turns[0].card
    assert "noon" in done.turns[0].card


def test_earlier_turns_go_along_oldest_first_with_their_answers() -> None:
    assistant = Scripted(noon)
    first = steps(assistant, "One?")[-1]
    second = steps(assistant, "Two?", first)[-1]
    steps(assistant, "Three?", second)
    assert assistant.asked[-1] == ("Three?", ["One?", "Two?"])
    earlier = assistant.given[-1]["history"][0]
    assert (earlier.answer, earlier.titles) == ("noon", ("Gate shuts",))


def test_what_the_search_is_narrowed_to_reaches_the_assistant_and_the_card() -> None:
    assistant = Scripted()
    scope = Scope(outlets=("Orme Courier",), any_time=True)
    done = steps(assistant, "Who?", scope=scope)[-1]
    assert assistant.given[0]["only"] == ArticleFilter(outlets=["Orme Courier"])
    assert assistant.given[0]["any_time"]
    assert "only Orme Courier" in done.turns[0].card


def test_where_others_wait_answers_are_hurried_and_too_many_are_told_to_come_again() -> None:
    assistant = Scripted()
    room = Talk(assistant)

    async def ask(text: str) -> list[Dialogue]:
        return [step async for step in room.ask(Question(text=text), Dialogue())]

    async def crowd() -> list[list[Dialogue]]:
        return await asyncio.gather(*(ask(f"{n}?") for n in range(talk.MAX_WAITING + 3)))

    seen = asyncio.run(crowd())
    told = [steps for steps in seen if "Many people are asking" in steps[-1].turns[0].card]
    assert [len(steps) for steps in told] == [1, 1, 1]
    assert len(assistant.asked) == talk.MAX_WAITING
    assert assistant.given[0]["waiting"] > 2
    assert room.waiting() == 0
    steps(assistant, "Alone?")
    assert assistant.given[-1]["waiting"] == 1


def test_the_page_speaks_the_visitors_language() -> None:
    waiting, done = steps(Scripted(), "Wer?", language="de")
    assert "Durchsuche 3 Artikel" in waiting.turns[0].card
    assert "sagen es nicht" in done.turns[0].card


@pytest.mark.parametrize("question", ["", " \n", None, 7, ["x"], {"a": 1}])
def test_what_is_no_question_changes_nothing(question: object) -> None:
    assistant = Scripted()
    assert steps(assistant, question) == [Dialogue()]
    assert assistant.asked == []


def test_a_question_that_is_too_long_is_refused() -> None:
    assistant = Scripted()
    question = "x" * (talk.MAX_QUESTION_CHARS + 1)
    (step,) = steps(assistant, question)
    assert "1&#44;000 characters" in step.turns[0].card
    assert assistant.asked == []


def test_an_error_meant_for_the_user_is_shown_to_the_user() -> None:
    done = steps(raising(InvalidQuestion("Ask <something>.")), "Who?")[-1]
    assert "Ask &#60;something&#62;&#46;" in done.turns[0].card


def test_an_error_of_the_index_is_logged_and_its_paths_kept_from_visitors(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = steps(raising(StoreError("/home/ada/index is gone")), "Who?")[-1]
    assert "Something went wrong" in done.turns[0].card
    assert "ada" not in done.turns[0].card
    assert "/home/ada/index" in caplog.text


def test_what_is_kept_names_no_folder_of_the_server(conversations: Conversations) -> None:
    def local(question: str) -> Answer:
        answer = noon(question)
        cited = dataclasses.replace(answer.citations[0], source="/home/ada/news/gate.html")
        return dataclasses.replace(answer, citations=(cited,), alternatives=(answer,))

    done = steps(Scripted(local), "When?", keeper=Keeper(conversations), visitor=ME)[-1]
    assert done.id
    loaded = conversations.load(ME, done.id)
    assert loaded
    assert "ada" not in str(loaded.to_dict())
    assert "gate.html" in str(loaded.to_dict())


def test_any_other_error_is_logged_and_kept_from_the_user(caplog: pytest.LogCaptureFixture) -> None:
    done = steps(raising(RuntimeError("secret path")), "Who?")[-1]
    assert "Something went wrong" in done.turns[0].card
    assert "secret" not in done.turns[0].card
    assert "secret path" in caplog.text


def test_a_question_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "DEADLINE_S", 0.01)
    release = threading.Event()

    def reply(question: str) -> Answer:
        release.wait(0.2)
        return nothing(question)

    done = steps(Scripted(reply), "Who?")[-1]
    assert "too long" in done.turns[0].card


def test_a_stopped_question_says_so_and_the_rest_stays() -> None:
    first = steps(Scripted(), "One?")[-1]
    waiting = steps(Scripted(), "Two?", first)[0]
    stopped = waiting.stopped("Stopped.").turns
    assert stopped[0] == first.turns[0]
    assert "Stopped" in stopped[1].card
    assert not stopped[1].pending


def test_a_long_conversation_forgets_its_beginning() -> None:
    dialogue = Dialogue()
    for number in range(dialogues.MAX_TURNS + 3):
        dialogue = steps(Scripted(), f"{number}?", dialogue)[-1]
    assert len(dialogue.turns) == dialogues.MAX_TURNS
    assert dialogue.turns[0].asked == "3?"


def test_messages_alternate_and_are_inert() -> None:
    asked, answered = steps(Scripted(), "<b>Who</b>?")[-1].messages()
    assert (asked["role"], answered["role"]) == ("user", "assistant")
    assert asked["content"] == (
        '<p class="asked" dir="auto">&#60;b&#62;Who&#60;&#47;b&#62;&#63;</p>'
    )


@pytest.fixture
def conversations(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "conversations.db")


def test_a_conversation_is_kept_and_comes_back_as_it_was(conversations: Conversations) -> None:
    keeper = Keeper(conversations)
    first = steps(Scripted(noon), "When?", keeper=keeper, visitor=ME)[-1]
    both = steps(Scripted(), "Who?", first, keeper=keeper, visitor=ME)[-1]
    assert both.id
    assert f'id="t-{both.id}-1"' in both.turns[1].card
    back = keeper.opened(both.id, visitor=ME, language="en")
    assert back.messages() == both.messages()
    assert back.history == both.history
    assert back.id == both.id


def test_only_its_visitor_opens_a_conversation(conversations: Conversations) -> None:
    keeper = Keeper(conversations)
    kept = steps(Scripted(noon), "When?", keeper=keeper, visitor=ME)[-1]
    assert kept.id
    assert keeper.opened(kept.id, visitor="v:other", language="en") == Dialogue()
    assert keeper.opened("x" * 22, visitor=ME, language="en") == Dialogue()
    assert keeper.shared("x" * 22, language="en") == Dialogue()


def test_who_asks_on_in_a_shared_conversation_starts_one_of_their_own(
    conversations: Conversations,
) -> None:
    keeper = Keeper(conversations)
    kept = steps(Scripted(noon), "When?", keeper=keeper, visitor=ME)[-1]
    assert kept.id
    token = conversations.share(ME, kept.id)
    assert token
    seen = keeper.shared(token, language="en")
    assert (seen.id, len(seen.turns)) == (None, 1)
    assert "id=" not in seen.turns[0].card
    own = steps(Scripted(), "Who?", seen, keeper=keeper, visitor="v:you")[-1]
    assert own.id not in {None, kept.id}
    loaded = conversations.load(ME, kept.id)
    assert loaded
    assert len(loaded.turns) == 1


def test_an_answer_is_shown_even_if_it_cannot_be_kept(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(conversations, "append", broken)
    done = steps(Scripted(noon), "When?", keeper=Keeper(conversations), visitor=ME)[-1]
    assert "noon" in done.turns[0].card
    assert done.id is None


def test_an_answer_comes_back_from_its_json_form() -> None:
    answer = noon("When?")
    assert Answer.from_dict(answer.to_dict()) == answer


def test_who_has_no_cookie_is_answered_but_nothing_is_kept(conversations: Conversations) -> None:
    done = steps(Scripted(noon), "When?", keeper=Keeper(conversations))[-1]
    assert "id=" not in done.turns[0].card


def test_an_answer_after_its_conversation_was_deleted_begins_another_one(
    conversations: Conversations,
) -> None:
    keeper = Keeper(conversations)
    kept = steps(Scripted(noon), "When?", keeper=keeper, visitor=ME)[-1]
    assert kept.id
    assert conversations.remove(ME, kept.id)
    after = steps(Scripted(noon), "Who?", kept, keeper=keeper, visitor=ME)[-1]
    assert after.id
    assert after.id != kept.id
    assert conversations.load(ME, kept.id) is None
    cards = [turn.card for turn in after.turns]  # two cards of one id would be judged as one
    assert f'id="t-{kept.id}-0"' in cards[0]
    assert f'id="t-{after.id}-0"' in cards[1]


@pytest.mark.parametrize("name", ["c", "shared"])
def test_a_page_that_opens_a_conversation_holds_nobody_up(name: str) -> None:
    threads: list[int] = []

    class Watching(Keeper):
        def opened(self, conversation_id: str, **_: Any) -> Dialogue:
            threads.append(threading.get_ident())
            return Dialogue()

        def shared(self, token: str, **_: Any) -> Dialogue:
            return self.opened(token)

    page = _Page.__new__(_Page)  # what it shows is of no matter here
    page._room, page._keeper, page._visitor_of = Talk(Scripted()), Watching(), lambda _: ME
    request: Any = SimpleNamespace(query_params={name: "x" * 22}, headers={})
    asyncio.run(page.on_load(request))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_a_conversation_with_a_damaged_answer_opens_all_the_same(
    conversations: Conversations,
) -> None:
    keeper = Keeper(conversations)
    good = steps(Scripted(noon), "When?", keeper=keeper, visitor=ME)[-1]
    assert good.id
    for damaged in ({"text": "noon"}, {**noon("").to_dict(), "citations": [{}]}):
        kept = conversations.load(ME, good.id)
        assert kept
        conversations.append(ME, good.id, replace(kept.turns[0], answer=damaged))
    opened = keeper.opened(good.id, visitor=ME, language="en")
    assert [turn.answer is None for turn in opened.turns] == [False, True, True]
    assert 'class="card notice"' in opened.turns[2].card


def test_who_stops_and_asks_again_has_no_more_answered_at_once_than_may_be() -> None:
    at_work, most, may_end = [0], [0], threading.Event()

    def slow(question: str) -> Answer:
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        may_end.wait(5)
        at_work[0] -= 1
        return nothing(question)

    async def stop_again_and_again() -> list[Dialogue]:
        room = Talk(Scripted(slow))

        async def ask() -> list[Dialogue]:
            return [step async for step in room.ask(Question(text="Who?"), Dialogue())]

        for _ in range(3 * talk.AT_ONCE):
            asking = asyncio.create_task(ask())
            await asyncio.sleep(0.02)
            asking.cancel()
            await asyncio.wait([asking])
        assert room.waiting() == 0
        may_end.set()
        return await asyncio.wait_for(ask(), 5)

    assert not asyncio.run(stop_again_and_again())[-1].turns[-1].pending
    assert most[0] == talk.AT_ONCE


def test_an_open_page_holds_no_passages_in_memory() -> None:
    """A soak found 60 KB for each answer, kept for as long as 10,000 pages."""

    def read(question: str) -> Answer:
        return dataclasses.replace(noon(question), hits=(_hit(ARTICLE),))

    (turn,) = steps(Scripted(read), "When?")[-1].turns
    assert turn.answer
    assert turn.answer.text == "noon"
    assert turn.answer.hits == ()
