"""What is in the way of a question: told in the page's words, and the question is not lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Locator, Route, expect

from bench.servers import Server, running
from tests.browser import room_server
from tests.integration.rooms import running_room

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

LEAK = "Who found the leak beneath gate No. 4?"
SORREL = "What did Neville Sorrel buy?"
MAYOR = "Why did Sunniva Ravndal resign as mayor of Port Hallam?"
JOIN = "**/gradio_api/queue/join*"


def notice(room: Room) -> Locator:
    return room.page.locator("#notice .notice-words")


def put(room: Room, question: str) -> None:
    room.field.fill(question)
    room.field.press("Enter")


def asked(room: Room) -> list[str]:
    return room.page.locator("#chat .asked").all_text_contents()


@dataclass
class Mortal:
    """A server that can be ended and started again at the same address."""

    folder: Path
    port: int
    running: Server | None = None
    _life: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [str(room_server.__file__), str(self.folder), str(self.port)]
        self.running = self._life.enter_context(running(command))

    def end(self) -> None:
        self._life.close()
        self._life = ExitStack()

    def kill(self) -> None:
        assert self.running
        os.kill(self.running.pid, signal.SIGKILL)
        self.end()


@contextmanager
def mortal(archive: Path, folder: Path) -> Iterator[Mortal]:
    shutil.copytree(archive, folder, ignore=shutil.ignore_patterns("LOCK", "room"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Mortal(folder, port)
    server.start()
    try:
        yield server
    finally:
        server.end()


@pytest.fixture
def mortals(
    server: str, archive: Path, tmp_path: Path, new_room: NewRoom
) -> Iterator[tuple[Mortal, Room]]:
    """A server of its own, and a page of it; `server` has built the index."""
    with mortal(archive, tmp_path / "index") as started:
        room = new_room()
        room.url = started.url
        room.visit()
        yield started, room
        room.page.goto("about:blank")
    # The browser itself complains of lost connections; scripts must not.
    assert [each for each in room.troubles if each.startswith(("error", "dialog"))] == []
    room.troubles.clear()


# ---- no server ----


def test_a_question_put_while_the_server_is_away_is_asked_when_it_is_back(
    mortals: tuple[Mortal, Room],
) -> None:
    server, room = mortals
    room.ask(LEAK)
    server.end()
    put(room, SORREL)
    expect(notice(room)).to_have_text(re.compile(r"does not answer.*question is kept"))
    expect(room.page.locator(".toast-wrap")).to_be_hidden()
    expect(room.field).to_have_value(SORREL)
    server.start()
    expect(room.cards).to_have_count(2)
    assert asked(room) == [LEAK, SORREL]
    expect(room.field).to_have_value("")
    expect(notice(room)).to_be_hidden()


def test_a_question_that_the_server_died_over_is_asked_again_and_the_next_one_kept(
    mortals: tuple[Mortal, Room],
) -> None:
    server, room = mortals
    room.ask(LEAK)
    slow = f"{room_server.SLOWLY}: {MAYOR}"
    put(room, slow)
    expect(room.page.locator("#chat .card.pending")).to_contain_text("Reading")
    room.field.fill("half a quest")
    server.kill()
    expect(notice(room)).to_have_text(re.compile("does not answer"))
    server.start()
    expect(room.cards).to_have_count(2)
    assert asked(room) == [LEAK, slow]
    expect(room.field).to_have_value("half a quest")


def test_a_question_that_is_not_to_be_asked_again_is_in_the_field(
    mortals: tuple[Mortal, Room],
) -> None:
    server, room = mortals
    server.end()
    put(room, SORREL)
    room.page.get_by_role("button", name="Close this message").click()
    expect(room.field).to_be_focused()
    server.start()
    room.page.wait_for_event("load")
    expect(room.page.locator("#collection")).to_contain_text("articles")
    expect(room.field).to_have_value(SORREL)
    room.page.wait_for_timeout(1_000)  # longer than it takes to ask
    expect(room.page.locator("#chat .card")).to_have_count(0)


def test_an_idle_page_lost_its_conversation_when_the_server_was_restarted(
    mortals: tuple[Mortal, Room],
) -> None:
    server, room = mortals
    room.ask(MAYOR)
    place = room.page.url
    server.end()
    server.start()
    card = room.ask("And when did she resign?")
    expect(card.locator(".understood")).to_contain_text("Ravndal")
    assert len(asked(room)) == 2
    assert room.page.url == place


# ---- too often, too many ----


@pytest.mark.parametrize(
    ("status", "locale", "told"),
    [
        (429, "en-GB", r"too often in a row\. Your question is asked again in 2 seconds"),
        (503, "en-GB", r"Many questions are waiting.*asked again in 2 seconds"),
        (429, "de-DE", r"zu oft nacheinander\. Ihre Frage wird in 2 Sekunden"),
        (503, "de-DE", r"warten viele Fragen\. Ihre wird in 2 Sekunden"),
    ],
)
def test_a_question_that_comes_too_early_is_asked_again_when_it_may(
    new_room: NewRoom, status: int, locale: str, told: str
) -> None:
    room = new_room(locale=locale)
    room.allowed = str(status)
    room.page.goto(room.url)
    once = iter([True])

    def refuse(route: Route) -> None:
        if next(once, False):
            headers = {"retry-after": "2"}
            route.fulfill(status=status, headers=headers, json={"detail": "no"})
        else:
            route.continue_()

    room.page.route(JOIN, refuse)
    question = room.page.locator("#question textarea")
    question.fill(LEAK)
    question.press("Enter")
    expect(notice(room)).to_have_text(re.compile(told))
    expect(question).to_have_value(LEAK)
    expect(room.cards).to_have_count(1)
    expect(notice(room)).to_be_hidden()
    expect(question).to_have_value("")


def test_who_types_another_question_meanwhile_is_not_interrupted(room: Room) -> None:
    room.allowed = "429"
    room.page.route(JOIN, lambda route: route.fulfill(status=429, headers={"retry-after": "1"}))
    put(room, LEAK)
    expect(notice(room)).to_contain_text("too often")
    room.page.unroute(JOIN)
    room.field.fill(SORREL)
    expect(notice(room)).to_be_hidden()
    room.page.wait_for_timeout(500)
    expect(room.field).to_have_value(SORREL)
    expect(room.page.locator("#chat .card")).to_have_count(0)


def test_a_real_flood_ends_in_an_answer(room: Room) -> None:
    room.allowed = "Failed to load resource"
    flood = """async () => {
      const send = () => fetch("gradio_api/queue/join", { method: "POST", body: "{}" });
      for (let i = 0; i < 40; i += 1) if ((await send()).status === 429) return true;
      return false;
    }"""
    assert room.page.evaluate(flood)
    put(room, LEAK)
    expect(room.cards).to_have_count(1)
    expect(notice(room)).to_be_hidden()


def test_what_went_wrong_is_said_in_the_pages_words(room: Room) -> None:
    room.allowed = "500"
    room.page.route(JOIN, lambda route: route.fulfill(status=500, json={"detail": "Traceback"}))
    put(room, LEAK)
    expect(notice(room)).to_contain_text("That did not work. Your question is in the field")
    expect(room.page.get_by_role("alert").filter(has_text="did not work")).to_have_count(1)
    expect(room.page.get_by_text("Traceback")).to_be_hidden()
    expect(room.field).to_have_value(LEAK)


# ---- logged out ----


def test_a_session_that_ended_leads_to_the_login_and_back_to_the_question(
    browser: Browser, tmp_path: Path
) -> None:
    accounts = tmp_path / "accounts"
    accounts.write_text(f"ada:{PasswordHasher().hash('correct horse')}\n")
    accounts.chmod(0o600)
    with running_room(tmp_path, auth_file=str(accounts)) as running:
        context = browser.new_context(locale="de-DE")
        page = context.new_page()
        page.set_default_timeout(30_000)

        def log_in() -> None:
            page.get_by_label("Name").fill("ada")
            page.get_by_label("Passwort").fill("correct horse")
            page.keyboard.press("Enter")

        page.goto(running.url)
        log_in()
        question, cards = page.locator("#question textarea"), page.locator("#chat .card")
        question.fill("Who?")
        question.press("Enter")
        expect(cards).to_have_count(1)
        expect(page).to_have_url(re.compile("c="))
        place = page.url
        context.clear_cookies(name="pullquote_session")
        question.fill(LEAK)
        question.press("Enter")
        expect(page.locator("#notice .notice-words")).to_contain_text("Sie sind abgemeldet.")
        page.get_by_role("link", name="Anmelden").click()
        log_in()
        expect(cards).to_have_count(1)
        assert page.url == place
        expect(question).to_have_value(LEAK)
        page.get_by_role("button", name="Abmelden").click()
        expect(page.get_by_label("Passwort")).to_be_visible()
        assert page.evaluate("sessionStorage.getItem('pullquote.draft')") is None
        context.close()


# ---- what is typed ----


def test_what_is_typed_outlives_a_reload_until_it_is_asked(room: Room) -> None:
    room.ask(LEAK)
    room.field.fill("half a question")
    room.page.reload()
    expect(room.cards).to_have_count(1)
    expect(room.field).to_have_value("half a question")
    room.ask(SORREL)
    room.page.reload()
    expect(room.cards).to_have_count(2)
    expect(room.field).to_have_value("")


def test_a_new_conversation_begins_with_an_empty_field(room: Room) -> None:
    room.ask(LEAK)
    room.field.fill("half a question")
    room.page.get_by_role("button", name="New conversation").click()
    expect(room.field).to_have_value("")
    room.page.reload()
    expect(room.page.locator("#collection")).to_contain_text("articles")
    expect(room.field).to_have_value("")


def test_a_link_with_a_question_comes_before_what_was_typed(room: Room) -> None:
    room.field.fill("half a question")
    room.visit("/?q=Who%3F")
    expect(room.page.locator("#collection")).to_contain_text("articles")
    expect(room.field).to_have_value("Who?")


def test_ask_pressed_where_one_asks_ended_the_conversation(room: Room) -> None:
    room.ask(LEAK)
    room.field.fill("half a question")
    room.page.get_by_role("link", name="History").focus()
    room.page.get_by_role("link", name="Ask", exact=True).click()
    expect(room.field).to_be_focused()
    room.page.wait_for_timeout(500)  # longer than an ending takes
    expect(room.cards).to_have_count(1)
    expect(room.field).to_have_value("half a question")
