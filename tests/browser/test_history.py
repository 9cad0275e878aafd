"""Conversations are kept for whoever had them: found again, taken along, shared and deleted."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from bench.servers import running
from tests.browser import room_server

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

LEAK = "Who found the leak beneath gate No. 4?"
MAYOR = "Why did Sunniva Ravndal resign as mayor of Port Hallam?"
FIRE = "What started the moorland fire?"


def drawer(room: Room) -> Locator:
    return room.page.get_by_role("dialog", name="Conversations")


def open_drawer(room: Room) -> Locator:
    """Open the conversations as any link to them does, and wait until they are listed."""
    room.page.evaluate("location.hash = '#history'")
    found = drawer(room)
    expect(found.locator(".kept, .drawer-empty").first).to_be_visible()
    return found


def titles(room: Room) -> Locator:
    return drawer(room).locator(".kept-title")


def kept_on_the_server(room: Room) -> list[dict[str, Any]]:
    """Return what the server lists for this browser."""
    reply = room.page.request.get(f"{room.url}/v1/conversations")
    listed: list[dict[str, Any]] = reply.json()["conversations"]
    return listed


def until(happened: Callable[[], bool], room: Room) -> None:
    """Wait for what the page does not show."""
    for _ in range(100):
        if happened():
            return
        room.page.wait_for_timeout(100)
    raise AssertionError("it did not happen within 10 seconds")


def start_anew(room: Room) -> None:
    room.page.get_by_role("button", name="New conversation").click()
    expect(room.cards).to_have_count(0)


def have_two_conversations(room: Room) -> None:
    room.ask(LEAK)
    start_anew(room)
    room.ask(MAYOR)


def conversation_in(page: Page) -> str:
    named = re.compile(r"[?&]c=([\w-]{22})(?=[&#]|$)")
    expect(page).to_have_url(named)  # the address follows the answer
    return str(named.findall(page.url)[0])


# ---- a conversation comes back ----


def test_a_reload_brings_the_conversation_back(room: Room) -> None:
    room.visit("/?from=mail")
    room.ask(LEAK)
    said = room.cards.first.locator(".said").all_text_contents()
    room.ask("And when?")
    expect(room.page).to_have_url(re.compile(r"\?from=mail&c=[\w-]{22}$"))
    room.page.reload()
    expect(room.cards).to_have_count(2)
    expect(room.page.locator("#chat .asked")).to_have_text([LEAK, "And when?"])
    assert room.cards.first.locator(".said").all_text_contents() == said
    room.ask(MAYOR)
    expect(room.cards).to_have_count(3)
    assert [each["turns"] for each in kept_on_the_server(room)] == [3]


def test_an_emptied_conversation_leaves_the_address(room: Room) -> None:
    room.ask(LEAK)
    first = conversation_in(room.page)
    start_anew(room)
    expect(room.page).not_to_have_url(re.compile("c="))
    room.ask(MAYOR)
    expect(room.page).to_have_url(re.compile("c="))
    assert conversation_in(room.page) != first


def test_conversations_outlive_the_server(new_room: NewRoom, archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(archive, folder, ignore=shutil.ignore_patterns("LOCK"))
    room = new_room()
    room.allowed = "request: http://127.0.0.1:"  # another port than that of the usual server
    command = [str(room_server.__file__), str(folder)]
    with running(command) as server:
        room.url = server.url
        room.visit()
        said = room.ask(LEAK).locator(".said").all_text_contents()
        place = conversation_in(room.page)
        room.page.goto("about:blank")  # an open page would find the server gone, and complain
    with running(command) as server:
        room.url = server.url
        room.visit(f"/?c={place}")
        expect(room.cards).to_have_count(1)
        assert room.cards.locator(".said").all_text_contents() == said
        open_drawer(room)
        expect(titles(room)).to_have_text([LEAK])
        room.page.goto("about:blank")


def test_a_conversation_is_its_visitors_own(room: Room, new_room: NewRoom) -> None:
    room.ask(LEAK)
    place = conversation_in(room.page)
    other = new_room()
    other.visit(f"/?c={place}")
    open_drawer(other)
    expect(drawer(other)).to_contain_text("No conversations yet")
    expect(other.cards).to_have_count(0)
    expect(other.page.locator("#collection")).to_contain_text("is not here, or not any more")
    assert other.page.request.get(f"{other.url}/v1/conversations/{place}").status == 404


# ---- the drawer ----


def test_conversations_are_listed_by_day_and_opened(room: Room) -> None:
    have_two_conversations(room)
    found = open_drawer(room)
    expect(found.get_by_role("heading", level=3)).to_have_text(["Today"])
    expect(titles(room)).to_have_text([MAYOR, LEAK])
    expect(found.locator(".kept-facts").first).to_contain_text("1 question · ")
    expect(found.locator("[aria-current]")).to_contain_text(MAYOR)
    found.get_by_role("link", name=LEAK).click()
    expect(room.page.locator("#chat .asked")).to_have_text([LEAK])
    expect(found).to_be_hidden()
    assert "#" not in room.page.url


def test_the_open_conversation_is_not_loaded_again(room: Room) -> None:
    room.ask(LEAK)
    room.page.evaluate("window.same = true")
    open_drawer(room).get_by_role("link", name=LEAK).click()
    expect(drawer(room)).to_be_hidden()
    expect(room.cards).to_have_count(1)
    assert room.page.evaluate("window.same") is True


def test_conversations_are_found_by_their_words(room: Room) -> None:
    have_two_conversations(room)
    found = open_drawer(room)
    search = found.get_by_role("searchbox", name="Search your conversations")
    search.fill("Toft")  # who is in the answer, not in the question
    expect(titles(room)).to_have_text([LEAK])
    expect(found.get_by_role("status")).to_have_text("1 conversation")
    search.fill("nobody ever asked <b>this</b>")
    expect(found).to_contain_text("No conversation holds “nobody ever asked <b>this</b>”.")
    search.fill("")
    expect(titles(room)).to_have_count(2)


def test_escape_back_and_the_cross_close_the_drawer(room: Room) -> None:
    room.ask(LEAK)
    address = room.page.url
    ways: list[Callable[[], object]] = [
        lambda: room.page.keyboard.press("Escape"),
        room.page.go_back,
        lambda: drawer(room).get_by_role("button", name="Close the list").click(),
    ]
    for close in ways:
        room.field.focus()
        open_drawer(room)
        expect(drawer(room).get_by_role("heading", level=2)).to_be_focused()
        close()
        expect(drawer(room)).to_be_hidden()
        expect(room.field).to_be_focused()
        assert room.page.url == address


def test_a_link_to_the_conversations_opens_them(room: Room) -> None:
    room.visit("/?from=mail#history")
    expect(drawer(room)).to_contain_text("No conversations yet")
    room.page.keyboard.press("Escape")
    expect(drawer(room)).to_be_hidden()
    assert room.page.url.endswith("/?from=mail")


def test_a_list_that_fails_can_be_asked_for_again(room: Room) -> None:
    room.ask(LEAK)
    room.allowed = "503"
    room.page.route("**/v1/conversations", lambda route: route.fulfill(status=503))
    found = open_drawer(room)
    expect(found).to_contain_text("could not be loaded")
    room.page.unroute("**/v1/conversations")
    found.get_by_role("button", name="Try again").click()
    expect(titles(room)).to_have_text([LEAK])


# ---- deleting ----


def test_a_deleted_conversation_can_be_called_back(room: Room) -> None:
    have_two_conversations(room)
    found = open_drawer(room)
    found.get_by_role("button", name=f"Delete “{LEAK}”").click()
    expect(found.get_by_text(f"“{LEAK}” will be deleted in a moment.").last).to_be_visible()
    undo = found.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(found.get_by_role("link", name=LEAK)).to_be_focused()
    room.page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    assert len(kept_on_the_server(room)) == 2


def test_a_deletion_that_is_not_called_back_is_done(room: Room) -> None:
    have_two_conversations(room)
    found = open_drawer(room)
    found.get_by_role("button", name=f"Delete “{LEAK}”").click()
    expect(titles(room)).to_have_text([MAYOR])
    expect(found.get_by_role("status")).to_have_text("The conversation is deleted.")
    assert [each["title"] for each in kept_on_the_server(room)] == [MAYOR]


@pytest.mark.parametrize("leave", ["close", "reload"])
def test_leaving_the_drawer_ends_the_time_to_undo(room: Room, leave: str) -> None:
    room.ask(LEAK)
    start_anew(room)
    found = open_drawer(room)
    found.get_by_role("button", name=f"Delete “{LEAK}”").click()
    expect(found.get_by_role("button", name="Undo")).to_be_visible()
    if leave == "close":
        room.page.keyboard.press("Escape")
    else:
        room.page.reload()
    until(lambda: kept_on_the_server(room) == [], room)


def test_deleting_the_open_conversation_empties_the_page(room: Room) -> None:
    room.ask(LEAK)
    open_drawer(room).get_by_role("button", name=f"Delete “{LEAK}”").click()
    room.page.keyboard.press("Escape")
    expect(room.cards).to_have_count(0)
    expect(room.page).not_to_have_url(re.compile("c="))


def test_all_conversations_are_deleted_after_one_question(room: Room) -> None:
    have_two_conversations(room)
    found = open_drawer(room)
    found.get_by_role("button", name="Delete all conversations").click()
    expect(found.get_by_role("button", name="Keep them")).to_be_focused()
    room.page.keyboard.press("Escape")  # answers the question; the drawer stays
    found.get_by_role("button", name="Delete all conversations").click()
    found.get_by_role("button", name="Keep them").click()
    expect(titles(room)).to_have_count(2)
    found.get_by_role("button", name="Delete all conversations").click()
    found.get_by_role("button", name="Delete them all").click()
    expect(found).to_contain_text("No conversations yet")
    expect(found.get_by_role("button", name="Delete all conversations")).to_be_hidden()
    assert kept_on_the_server(room) == []
    room.page.keyboard.press("Escape")
    expect(room.cards).to_have_count(0)


# ---- taken along, and shared ----


class _Quotes(HTMLParser):
    """Collects the text of each blockquote."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def exported(room: Room, name: str) -> str:
    with room.page.expect_download() as download:
        room.page.get_by_role("link", name=name, exact=True).click()
    return download.value.path().read_text("utf-8")


def test_a_conversation_is_exported_with_all_its_citations(room: Room) -> None:
    room.ask(LEAK)
    room.ask("Who lit the zanzibar lantern?")
    said = set(room.cards.locator(".said").all_text_contents())
    hashes = {str(chip.get_attribute("href")) for chip in room.page.locator("#chat a.chip").all()}
    assert len(said) >= 3
    room.page.get_by_role("button", name="Export").click()
    quotes = _Quotes()
    quotes.feed(exported(room, "Web page"))
    assert said <= set(quotes.found)
    plain = {words for words in said if not set(words) & set("\\`*_[]<>&#|~$^@{}:\n\u202e")}
    markdown = exported(room, "Markdown")
    assert plain
    assert [words for words in plain if words not in markdown] == []
    written = json.loads(exported(room, "JSON"))
    assert [turn["asked"] for turn in written["turns"]] == [LEAK, "Who lit the zanzibar lantern?"]
    citations = [citation for turn in written["turns"] for citation in _citations(turn)]
    assert {_hash(citation) for citation in citations} >= hashes
    for citation in citations:
        sentence, _ = room.quoted(_hash(citation))
        assert citation["text"] == sentence


def _citations(turn: dict[str, Any]) -> list[dict[str, Any]]:
    others = turn.get("other_answers") or turn.get("closest_sentences") or []
    return [citation for each in (turn, *others) for citation in each["citations"]]


def _hash(citation: dict[str, Any]) -> str:
    from qa.interfaces.web.cards import citation_hash
    from qa.types import Answer

    answer = {"question": "", "text": None, "confidence": 0.0, "citations": [citation]}
    return citation_hash(Answer.from_dict({**answer, "alternatives": [], "hits": []}).citations[0])


def share(room: Room) -> str:
    room.page.get_by_role("button", name="Share", exact=True).click()
    link = room.page.get_by_role("textbox", name="Link to this conversation")
    expect(link).to_be_focused()
    expect(room.page.locator("#talk")).to_contain_text("Anyone who can open this page")
    return link.input_value()


def test_a_shared_conversation_is_read_by_others(room: Room, new_room: NewRoom) -> None:
    said = room.ask(LEAK).locator(".said").all_text_contents()
    link = share(room)
    assert re.fullmatch(re.escape(room.url) + r"/\?shared=[\w-]+", link)
    reader = new_room()
    reader.visit(link.removeprefix(room.url))
    expect(reader.cards).to_have_count(1)
    assert reader.cards.locator(".said").all_text_contents() == said
    expect(reader.page.locator("#talk")).to_contain_text("Someone shared this conversation")
    expect(reader.page.get_by_role("button", name="Share", exact=True)).to_be_hidden()
    expect(reader.page.get_by_role("group", name="Is this right?")).to_have_count(0)
    reader.open(reader.cards.locator(".quote .chip").first)
    reader.page.keyboard.press("Escape")
    expect(reader.page).to_have_url(link)
    assert kept_on_the_server(reader) == []


def test_a_question_below_a_shared_conversation_starts_ones_own(
    room: Room, new_room: NewRoom
) -> None:
    room.ask(LEAK)
    link = share(room)
    reader = new_room()
    reader.visit(link.removeprefix(room.url))
    expect(reader.cards).to_have_count(1)
    reader.ask(MAYOR)
    expect(reader.page).to_have_url(re.compile(r"/\?c=[\w-]{22}$"))
    assert conversation_in(reader.page) != conversation_in(room.page)
    assert [each["turns"] for each in kept_on_the_server(room)] == [1]


def test_a_conversation_is_shared_no_longer(room: Room, new_room: NewRoom) -> None:
    room.ask(LEAK)
    link = share(room)
    open_drawer(room)
    expect(drawer(room).locator(".kept-facts")).to_contain_text("Shared")
    room.page.keyboard.press("Escape")
    room.page.reload()
    expect(room.cards).to_have_count(1)
    assert share(room) == link
    room.page.get_by_role("button", name="Stop sharing").click()
    expect(room.page.get_by_text("No longer shared")).to_be_visible()
    expect(room.page.get_by_role("button", name="Share", exact=True)).to_be_focused()
    reader = new_room()
    reader.visit(link.removeprefix(room.url))
    open_drawer(reader)
    expect(reader.cards).to_have_count(0)


def test_the_link_is_copied(new_room: NewRoom) -> None:
    room = new_room(permissions=["clipboard-read", "clipboard-write"])
    room.visit()
    room.ask(LEAK)
    link = share(room)
    room.page.get_by_role("button", name="Copy link").click()
    expect(room.page.get_by_text("Link copied.")).to_be_visible()
    assert room.page.evaluate("navigator.clipboard.readText()") == link


# ---- every hand, every size ----


def test_everything_is_done_by_the_keyboard(room: Room) -> None:
    have_two_conversations(room)
    keyboard = room.page.keyboard
    open_drawer(room)
    for name in ("Close the list of conversations", "Search your conversations"):
        keyboard.press("Tab")
        expect(drawer(room).locator(":focus")).to_have_accessible_name(name)
    keyboard.type("Toft")
    expect(titles(room)).to_have_text([LEAK])
    keyboard.press("Tab")
    expect(drawer(room).get_by_role("link", name=LEAK)).to_be_focused()
    keyboard.press("Enter")
    expect(room.page.locator("#chat .asked")).to_have_text([LEAK])
    room.page.get_by_role("button", name="Export").focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(room.page.get_by_role("link", name="Markdown")).to_be_focused()
    keyboard.press("Escape")
    expect(room.page.get_by_role("button", name="Export")).to_be_focused()
    expect(room.page.get_by_role("link", name="Markdown")).to_be_hidden()


def test_the_drawer_fills_a_phone(new_room: NewRoom) -> None:
    room = new_room(390, 844, is_mobile=True, has_touch=True)
    room.visit()
    room.ask(LEAK)
    share(room)
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    assert room.page.evaluate(overflow) <= 0
    found = open_drawer(room)
    box = found.bounding_box()
    assert box
    assert (box["x"], box["width"], box["height"]) == (0, 390, 844)
    for control in found.get_by_role("button").or_(found.get_by_role("link")).all():
        size = control.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 44, control.text_content()
    room.page.go_back()
    expect(found).to_be_hidden()
    expect(room.cards).to_have_count(1)


def test_a_hostile_question_is_listed_verbatim(room: Room) -> None:
    asked = "<img src=x onerror=window.broken=1> \u202ewho\u202c lit the zanzibar lantern?"
    room.ask(asked)
    open_drawer(room)
    expect(titles(room)).to_have_text([asked])
    assert drawer(room).locator("img, script").count() == 0
    assert room.page.evaluate("window.broken") is None
