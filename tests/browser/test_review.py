"""What a reader did that the parts of the page, each tested alone, had not been asked to bear."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Route, expect

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

LEAK = "Who found the leak beneath gate No. 4?"
LATE = """() => {
  const real = window.fetch;
  window.fetch = async (...given) => {
    await new Promise((done) => setTimeout(done, 1500));
    return real(...given);
  };
}"""
MAYOR = "Why did Sunniva Ravndal resign as mayor of Port Hallam?"


def drag(room: Room, start: Locator, end: tuple[float, float]) -> None:
    box = start.bounding_box()
    assert box
    room.page.mouse.move(box["x"] + 30, box["y"] + box["height"] / 2)
    room.page.mouse.down()
    room.page.mouse.move(*end, steps=4)
    room.page.mouse.up()


def answered(status: int) -> Callable[[Route], None]:
    reply = '{"detail": "Not now."}'
    return lambda route: route.fulfill(status=status, body=reply, content_type="application/json")


def enter_library(room: Room) -> None:
    room.page.get_by_role("link", name="Library", exact=True).click()
    expect(room.page.locator(".library-open").first).to_be_visible()


def test_words_that_are_selected_across_a_dialog_do_not_close_it(room: Room) -> None:
    room.open(room.ask(LEAK).locator("a.chip").first)
    title = room.page.locator(".pane-title").bounding_box()
    assert title
    drag(room, room.mark, (title["x"] + 60, title["y"] + 10))
    assert room.page.evaluate("getSelection().toString()")
    expect(room.pane).to_be_visible()
    room.page.keyboard.press("Escape")
    room.page.get_by_role("link", name="History").click()
    found = room.page.get_by_role("dialog", name="Conversations")
    drag(room, found.get_by_role("searchbox"), (1000, 400))
    expect(found).to_be_visible()
    room.page.mouse.click(1000, 400)
    expect(found).to_be_hidden()
    room.page.get_by_role("button", name="Narrow the search").click()
    dialog = room.page.locator("#filters")
    drag(room, dialog.locator("legend").first, (20, 400))
    expect(dialog).to_be_visible()
    room.page.mouse.click(20, 400)
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("phone", [False, True])
def test_an_article_of_the_library_is_asked_where_questions_are(
    new_room: NewRoom, phone: bool
) -> None:
    room = new_room(390, 844, has_touch=True) if phone else new_room()
    room.visit()
    enter_library(room)
    room.page.locator(".library-open").first.click()
    room.pane.get_by_role("button", name="More").click()
    room.pane.get_by_role("menuitem", name="Ask only this article").click()
    expect(room.field).to_be_focused()
    expect(room.pane).to_be_hidden()
    expect(room.page.locator("#library")).to_be_hidden()
    expect(room.page.locator(".scope-chip")).to_contain_text("Article:")


def test_a_double_click_on_a_section_ends_no_conversation(room: Room) -> None:
    room.ask(LEAK)
    enter_library(room)
    room.page.get_by_role("link", name="Ask", exact=True).dblclick()
    expect(room.field).to_be_visible()
    room.page.wait_for_timeout(500)  # longer than an ending takes
    expect(room.cards).to_have_count(1)


def test_two_citations_pressed_at_once_are_one_step_back(room: Room) -> None:
    card = room.ask(LEAK)
    expect(room.page).to_have_url(re.compile(r"c="))
    before = room.page.url
    chips = card.locator(".quote .chip")
    room.page.evaluate(LATE)
    chips.nth(0).click()
    chips.nth(1).click()
    expect(room.pane).to_be_visible()
    room.page.keyboard.press("Escape")
    expect(room.pane).to_be_hidden()
    assert room.page.url == before


def test_the_address_names_the_open_conversation_after_a_step_back(room: Room) -> None:
    room.open(room.ask(LEAK).locator("a.chip").first)
    room.page.keyboard.press("Escape")
    room.page.get_by_role("button", name="New conversation").click()
    expect(room.cards).to_have_count(0)
    room.ask(MAYOR)
    expect(room.page).to_have_url(re.compile(r"c="))
    second = room.page.url
    room.page.go_forward()
    expect(room.pane).to_be_visible()
    assert room.page.url.split("#")[0] == second


def test_the_keyboard_stays_where_the_library_failed(room: Room) -> None:
    room.allowed = "503"
    enter_library(room)
    room.page.route("**/v1/articles/*", answered(503))
    remove = room.page.locator(".library-remove").first
    remove.press("Enter")
    expect(room.page.locator(".library-note")).to_contain_text("Not removed. Not now.")
    expect(remove).to_be_focused()
    room.page.unroute("**/v1/articles/*")
    room.page.locator(".library-paste summary").press("Enter")
    room.page.get_by_label("Text", exact=True).fill("It was sent.")
    room.page.route(
        "**/v1/articles",
        lambda route: route.fulfill(json={"articles": [], "warnings": [], "problems": []}),
    )
    room.page.get_by_role("button", name="Add this text").press("Enter")
    expect(room.page.locator(".library-done")).to_have_count(1)
    expect(room.page.locator(".library-paste summary")).to_be_focused()


def test_a_text_that_is_typed_while_another_is_read_stays(room: Room) -> None:
    enter_library(room)
    hold: list[Route] = []
    room.page.route("**/v1/articles", lambda route: hold.append(route))
    room.page.locator(".library-paste summary").click()
    text = room.page.get_by_label("Text", exact=True)
    text.fill("The first one.")
    add = room.page.get_by_role("button", name="Add this text")
    add.dblclick()
    expect(room.page.locator(".library-report > li")).to_have_count(1)
    text.fill("The second one.")
    room.page.wait_for_timeout(200)
    assert len(hold) == 1
    hold[0].fulfill(json={"articles": [], "warnings": [], "problems": []})
    expect(room.page.locator(".library-done")).to_have_count(1)
    expect(text).to_have_value("The second one.")


def test_an_id_that_ends_as_with_a_version_is_opened_from_the_library(room: Room) -> None:
    article = {"id": "a.0123456789ab", "title": "Odd", "source": "odd", "outlet": None,
               "published": None, "copies": 0}  # fmt: skip
    found = {"articles": [article], "total": 1, "page": 1, "pages": 1}
    room.page.route("**/v1/articles?*", lambda route: route.fulfill(json=found))
    enter_library(room)
    link = room.page.locator(".library-open")
    expect(link).to_have_attribute("href", "#a=a%2E0123456789ab")


def test_who_was_logged_out_meanwhile_is_told_so(room: Room) -> None:
    room.allowed = "401"
    card = room.ask(LEAK)
    room.page.route("**/v1/**", answered(401))
    wrong = card.get_by_role("button", name="Wrong", exact=True)
    wrong.press("Enter")
    expect(card.locator(".feedback-told")).to_contain_text("You are logged out")
    expect(wrong).to_be_focused()
    card.locator("a.chip").first.click()
    expect(room.page.locator(".pane-title")).to_have_text("The article could not be opened")
    expect(room.page.locator(".pane-body")).to_contain_text("You are logged out")
    room.page.keyboard.press("Escape")
    room.page.get_by_role("link", name="History").click()
    expect(room.page.locator(".drawer-empty")).to_contain_text("You are logged out")


ODD: dict[str, object] = {
       "id": "odd", "source": "odd", "version": "a" * 12, "text": "One. Two.", "published": None,
       "title": "Wort " * 300, "outlet": "A" * 90, "language": None, "address": None,
       "updated": False, "marks": [], "headings": [], "versions": [], "copies": []}  # fmt: skip


@pytest.mark.parametrize("width", [1024, 390, 320])
def test_long_names_leave_room_for_the_article_and_the_sections(
    new_room: NewRoom, width: int
) -> None:
    room = new_room(width, 768, locale="de-DE")
    room.page.route("**/v1/articles/odd", lambda route: route.fulfill(json=ODD))
    room.page.goto(f"{room.url}/#a=odd")
    expect(room.pane).to_be_visible()
    sizes = """(which) => {
      const it = document.querySelector(which);
      return [it.scrollWidth - it.clientWidth, it.clientHeight];
    }"""
    assert room.page.evaluate(sizes, "#pane")[0] == 0
    assert room.page.evaluate(sizes, ".pane-body")[1] > 150
    theme, history = (room.page.locator(f"#{which}") for which in ("theme", "nav-history"))
    ends, begins = history.bounding_box(), theme.bounding_box()
    assert ends
    assert begins
    below = begins["y"] >= ends["y"] + ends["height"]
    assert below or begins["x"] >= ends["x"] + ends["width"]
