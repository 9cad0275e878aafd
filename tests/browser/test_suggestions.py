"""Suggested questions on an empty page: they come from the articles, and they are answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Route, expect

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]


def offered(room: Room) -> Locator:
    return room.page.locator("#examples").get_by_role("button")


def serve(room: Room, *replies: tuple[list[str], str | None]) -> list[int]:
    """Answer requests for suggestions with these, the last one again and again; count them."""
    served: list[int] = []

    def fulfil(route: Route) -> None:
        questions, later = replies[min(len(served), len(replies) - 1)]
        served.append(len(questions))
        route.fulfill(
            body=json.dumps(
                {"suggestions": [{"question": q, "article_id": "a"} for q in questions]}
            ),
            headers={
                "content-type": "application/json",
                **({"retry-after": later} if later else {}),
            },
        )

    room.page.route("**/v1/suggestions*", fulfil)
    return served


def test_a_suggestion_is_asked_when_clicked_and_answered(room: Room) -> None:
    expect(offered(room)).to_have_count(4)
    question = offered(room).first.inner_text()
    assert question.endswith("?")
    offered(room).first.click()
    expect(room.page.locator("#chat .asked")).to_have_text(question)
    expect(room.cards).to_have_count(1)
    expect(room.cards.first.locator(".quote .answer").first).to_be_visible()
    expect(offered(room).first).to_be_hidden()
    room.page.get_by_role("button", name="New conversation").click()
    expect(offered(room).first).to_be_visible()


def test_a_suggestion_is_asked_by_the_keyboard(room: Room) -> None:
    last = offered(room).last
    question = last.inner_text()
    last.focus()
    last.press("Enter")
    expect(room.page.locator("#chat .asked")).to_have_text(question)


def test_suggestions_still_being_made_come_later_and_nothing_moves(new_room: NewRoom) -> None:
    room = new_room()
    served = serve(room, ([], "1"), ([], "1"), (["Who found the leak?"] * 4, None))
    room.visit()
    expect(offered(room)).to_have_count(0)
    room.page.evaluate("document.fonts.ready")  # another font is another height
    before = room.field.bounding_box()
    expect(offered(room)).to_have_count(4)
    assert room.field.bounding_box() == before
    assert served == [0, 0, 4]


def test_a_suggestion_in_markup_stays_text(new_room: NewRoom) -> None:
    hostile = "Who is <img src=x onerror=alert(1)> \u202eturned\u202c?"
    room = new_room()
    serve(room, ([hostile], None))
    room.visit()
    expect(offered(room)).to_have_count(1)
    assert offered(room).first.text_content() == hostile
    expect(room.page.locator("#examples img")).to_have_count(0)


def test_a_changed_collection_gets_new_suggestions(new_room: NewRoom) -> None:
    room = new_room()
    serve(room, (["Who found the leak?"], None), (["Who sank the ferry?"], None))
    room.visit()
    expect(offered(room)).to_have_text(["Who found the leak?"])
    room.page.evaluate("document.dispatchEvent(new CustomEvent('room:collection'))")
    expect(offered(room)).to_have_text(["Who sank the ferry?"])


def test_without_suggestions_the_page_shows_none(new_room: NewRoom) -> None:
    room = new_room()
    room.allowed = "500"
    room.page.route("**/v1/suggestions*", lambda route: route.fulfill(status=500, body="no"))
    room.visit()
    expect(room.page.get_by_role("group", name="Filters")).to_be_visible()
    expect(offered(room)).to_have_count(0)
