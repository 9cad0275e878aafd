"""What an article or a person writes is text: it runs nothing, loads nothing, is shown as it is.

One index of all payloads and few page loads. `new_room` fails on any console error (the policy
reports there what it has stopped), dialog, script error, and request that leaves this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from bench.servers import running
from tests.browser.hostile_server import ARTICLES, BIDI, PAYLOADS

if TYPE_CHECKING:
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

SERVER = Path(__file__).with_name("hostile_server.py")
MAX_QUESTION_CHARS = 1_000


@pytest.fixture(scope="module")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page over the hostile articles only."""
    folder = tmp_path_factory.mktemp("hostile")
    with running([SERVER, folder / "index"], log=folder / "log") as started:
        yield started.url


def nothing_ran(room: Room) -> bool:
    """Whether no script ran and nothing was put into the page that articles may not put there."""
    return bool(
        room.page.evaluate(
            """() => window.pwned === undefined
                && !document.querySelector("#chat :is(script, img, iframe, object, embed, form)")
                && !document.querySelector("dialog :is(script, img, iframe, object, embed)")
                && document.querySelectorAll("#desk").length === 1
                && getComputedStyle(document.body).display !== "none" """
        )
    )


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


def test_every_article_is_shown_as_it_is(new_room: NewRoom) -> None:
    room = new_room()
    room.visit()
    body = room.pane.locator(".pane-body")
    for article in ARTICLES:
        room.page.evaluate("hash => { location.hash = hash }", f"#a={quote(article.id, safe='')}")
        expect(room.pane.get_by_role("heading").first).to_have_text(article.title)
        assert body.evaluate("body => body.textContent") == article.text
        assert room.pane.locator("h2").first.evaluate("h2 => h2.textContent") == article.title
        assert str(article.outlet) in str(room.pane.locator("header").text_content())
    assert nothing_ran(room)


def test_every_payload_is_asked_as_it_is(new_room: NewRoom) -> None:
    room = new_room()
    room.visit()
    for question in questions():
        card = room.ask(question)
        asked = room.page.locator("#chat .asked").last
        assert asked.evaluate("asked => asked.textContent") == question
        expect(card).to_be_visible()
    assert nothing_ran(room)


def questions() -> list[str]:
    """Put the payloads into as few questions as they fit in."""
    found = ["Who?"]
    for payload in PAYLOADS:
        longer = f"{found[-1]} {payload}"
        if len(longer) < MAX_QUESTION_CHARS:
            found[-1] = longer
        else:
            found.append(f"Who? {payload}")
    return found


@pytest.mark.parametrize("number", [0, 5, 18, 32, 46, 47, 58, 64])
def test_an_answer_quotes_a_payload_as_it_is(room: Room, number: int) -> None:
    card = room.ask(f"What was lighthouse lamp {number} named by keeper Tam{number} Osgood?")
    quotes = card.locator(".said").evaluate_all("all => all.map(one => one.textContent)")
    texts = [article.text for article in ARTICLES]
    assert quotes
    assert all(any(quoted in text for text in texts) for quoted in quotes)
    assert nothing_ran(room)


def test_the_library_lists_titles_as_they_are(new_room: NewRoom) -> None:
    room = new_room()
    room.page.goto(f"{room.url}/#library")
    expect(room.field).to_be_attached()
    rows = room.page.locator("#library .library-list > li")
    expect(rows.first).to_be_visible()
    shown = rows.evaluate_all("rows => rows.map(row => row.textContent)")
    titles = [article.title for article in ARTICLES]
    assert len(shown) >= 50
    assert all(any(title in row for title in titles) for row in shown)
    for payload in BIDI:
        room.page.get_by_role("searchbox").first.fill(payload.replace("<", " ")[:40])
    assert nothing_ran(room)


def test_addresses_with_payloads_are_harmless(new_room: NewRoom) -> None:
    room = new_room()
    for payload in ("<img src=x onerror=window.pwned=1>", "javascript:window.pwned=2", "%00%ff"):
        hostile = quote(payload, safe="")
        room.visit(f"/?q={hostile}&c={hostile}&shared={hostile}")
        assert nothing_ran(room)
    room.allowed = "404"  # there is no such article
    room.visit(f"/#a={quote('<img src=x onerror=window.pwned=3>', safe='')}")
    assert nothing_ran(room)
