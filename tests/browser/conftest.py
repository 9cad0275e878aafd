"""A real server over a real index, and a real browser that may not leave this machine."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Error,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from bench.servers import running

SERVER = Path(__file__).with_name("room_server.py")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_MS = 30_000  # two shared cores

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Room:
    """An open page, with what went wrong on it."""

    page: Page
    url: str
    troubles: list[str] = field(default_factory=list)
    allowed: str | None = None

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Your question")

    @property
    def cards(self) -> Locator:
        return self.page.locator("#chat .card:not(.pending)")

    @property
    def pane(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def mark(self) -> Locator:
        return self.page.locator("#cited")

    def visit(self, address: str = "") -> None:
        """Open the page and wait until it hears: a field that is drawn is not listened to yet."""
        self.page.goto(self.url + address)
        expect(self.field).to_be_visible()
        expect(self.page.locator("#collection p").first).to_be_visible()

    def ask(self, question: str) -> Locator:
        """Ask with the keyboard and wait for the card of the answer."""
        before = self.cards.count()
        self.field.fill(question)
        self.field.press("Enter")
        expect(self.cards).to_have_count(before + 1)
        return self.cards.last

    def open(self, chip: Locator) -> str:
        """Follow a citation and wait until the pane has scrolled; return its hash."""
        wanted = str(chip.get_attribute("href"))
        chip.click()
        expect(chip).to_have_attribute("aria-current", "true")
        expect(self.pane).to_be_visible()
        return wanted

    def quoted(self, hash_: str) -> tuple[str, str]:
        """Return the sentence and the answer that a citation means, by the server's text."""
        found = re.fullmatch(r"#c=(.+)\.(\d+)-(\d+)\.(\d+)-(\d+)\.[0-9a-f]{12}", hash_)
        assert found
        reply = self.page.request.get(f"{self.url}/v1/articles/{found[1]}")
        text = str(reply.json()["text"])
        start, end, first, last = map(int, found.groups()[1:])
        return text[start:end], text[first:last]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; without one, tests are skipped, except on the build server."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM_NAMES)), None
    )
    if found:
        return found
    reason = f"no Chromium: set CHROMIUM to its path, or install one of {', '.join(CHROMIUM_NAMES)}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")  # not longer: its event loop would be in the way of other tests
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index folder that the page is served from."""
    return tmp_path_factory.mktemp("room") / "index"


@pytest.fixture(scope="session")
def server(chromium: str, archive: Path) -> Iterator[str]:
    """The address of the page; `chromium` comes first, so that nothing is built in vain."""
    with running([SERVER, archive], log=archive.parent / "log") as started:
        yield started.url


@pytest.fixture
def new_room(browser: Browser, server: str) -> Iterator[Callable[..., Room]]:
    """Opens pages (`width`, `height`, any option of a browser context); checks each in the end."""
    rooms: list[Room] = []

    def new(width: int = 1280, height: int = 800, **options: Any) -> Room:
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        room = Room(context.new_page(), server)
        room.page.set_default_timeout(PATIENCE_MS)
        _watch(room)
        rooms.append(room)
        return room

    yield new
    for room in rooms:
        room.page.context.close()
        assert [t for t in room.troubles if not (room.allowed and room.allowed in t)] == []


@pytest.fixture
def room(new_room: Callable[..., Room]) -> Room:
    opened = new_room()
    opened.visit()
    return opened


def _watch(room: Room) -> None:
    """Note down every error, dialog and request that leaves this machine."""
    home = urlsplit(room.url).netloc

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            room.troubles.append(f"console: {message.text}")

    def on_error(error: Error) -> None:
        room.troubles.append(f"error: {error}")

    def on_dialog(dialog: Dialog) -> None:
        room.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(request: Request) -> None:
        if urlsplit(request.url).netloc not in {home, ""}:  # data: and blob: have none
            room.troubles.append(f"request: {request.url}")

    room.page.on("console", on_console)
    room.page.on("pageerror", on_error)
    room.page.on("dialog", on_dialog)
    room.page.on("request", on_request)
