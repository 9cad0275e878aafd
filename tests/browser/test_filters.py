"""Filters: what narrows the search is always seen, and each part of it can be taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, expect

from tests.browser.room_server import HOSTILE, REPLACED

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

QUESTION = "Who found the leak beneath gate No. 4?"
OUTLET = "Tarn Valley Post"
TOUCH_PX = 44


def bar(room: Room) -> Locator:
    return room.page.get_by_role("group", name="Filters")


def chips(room: Room) -> Locator:
    return bar(room).get_by_role("listitem")


def opener(room: Room) -> Locator:
    return bar(room).get_by_role("button", name="Narrow the search")


def dialog(room: Room) -> Locator:
    return room.page.get_by_role("dialog", name="Narrow the search")


def open_dialog(room: Room) -> Locator:
    opener(room).click()
    expect(dialog(room).get_by_role("checkbox").first).to_be_visible()
    return dialog(room)


def narrow_to(room: Room, outlet: str = OUTLET) -> None:
    opened = open_dialog(room)
    opened.get_by_role("checkbox", name=outlet).check()
    opened.get_by_role("button", name="Apply").click()
    expect(opened).to_be_hidden()


def set_scope(room: Room, **partial: Any) -> None:
    room.page.evaluate(
        "async (partial) => (await import(new URL('room/filters.js', document.baseURI)))"
        ".setScope(partial)",
        partial,
    )


def sent(room: Room) -> dict[str, Any]:
    """Return what goes along with the next question."""
    value = room.page.locator("#scope textarea, #scope input").input_value()
    return dict(json.loads(value)) if value else {}


def test_a_question_is_answered_from_the_chosen_outlet_alone(room: Room) -> None:
    narrow_to(room)
    expect(chips(room)).to_have_text([re.compile(f"Outlet: {OUTLET}")])
    expect(opener(room)).to_be_focused()
    card = room.ask(QUESTION)
    expect(card.locator(".answer").first).to_contain_text("Nasrin Toft")
    assert set(card.locator(".sources .outlet").all_text_contents()) == {OUTLET}
    expect(card.locator(".foot")).to_contain_text(OUTLET)
    expect(chips(room)).to_have_count(1)
    assert sent(room)["outlets"] == [OUTLET]


def test_days_are_a_chip_of_their_own(room: Room) -> None:
    opened = open_dialog(room)
    opened.get_by_label("From").fill("2025-01-01")
    opened.get_by_label("To").fill("2025-03-31")
    opened.get_by_role("button", name="Apply").click()
    expect(chips(room)).to_have_text([re.compile("1 Jan – 31 Mar 2025")])
    assert (sent(room)["since"], sent(room)["until"]) == ("2025-01-01", "2025-03-31")
    opened = open_dialog(room)
    opened.get_by_label("From").fill("")
    opened.get_by_role("button", name="Apply").click()
    expect(chips(room)).to_have_text([re.compile("Until 31 Mar 2025")])


def test_quick_ranges_count_from_today(room: Room) -> None:
    opened = open_dialog(room)
    today = date.fromisoformat(
        room.page.evaluate("new Intl.DateTimeFormat('sv').format(new Date())")
    )
    for name, first in (
        ("Last 7 days", today - timedelta(days=6)),
        ("Last 30 days", today - timedelta(days=29)),
        ("This year", today.replace(month=1, day=1)),
    ):
        button = opened.get_by_role("button", name=name)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(opened.get_by_label("From")).to_have_value(str(first))
        expect(opened.get_by_label("To")).to_have_value(str(today))
    opened.get_by_role("button", name="Any time").click()
    expect(opened.get_by_label("From")).to_have_value("")


def test_days_in_the_wrong_order_are_refused_with_the_reason(room: Room) -> None:
    opened = open_dialog(room)
    opened.get_by_label("From").fill("2025-03-31")
    opened.get_by_label("To").fill("2025-01-01")
    opened.get_by_role("button", name="Apply").click()
    expect(opened.get_by_role("alert")).to_contain_text("before the first")
    expect(opened).to_be_visible()
    expect(chips(room)).to_have_count(0)


def test_a_chip_is_removed_and_the_focus_goes_to_what_is_left(room: Room) -> None:
    set_scope(room, outlets=[OUTLET, "Evening Ledger"], since="2025-02-01")
    expect(chips(room)).to_have_count(3)
    bar(room).get_by_role("button", name=f"Remove filter Outlet: {OUTLET}").press("Enter")
    expect(chips(room)).to_have_count(2)
    remaining = bar(room).get_by_role("button", name="Remove filter Outlet: Evening Ledger")
    expect(remaining).to_be_focused()
    assert sent(room)["outlets"] == ["Evening Ledger"]
    remaining.press("Enter")
    bar(room).get_by_role("button", name="Remove filter Since 1 Feb 2025").press("Enter")
    expect(chips(room)).to_have_count(0)
    expect(opener(room)).to_be_focused()


def test_articles_and_reports_are_shown_by_their_titles(room: Room) -> None:
    set_scope(room, articles=[REPLACED.id], story=HOSTILE.id)
    expect(chips(room).nth(0)).to_contain_text(f"Article: {REPLACED.title}")
    expect(chips(room).nth(1)).to_contain_text(f"Report: {HOSTILE.title}")  # as text, not markup
    set_scope(room, story=None)
    card = room.ask("How much did the bridge cost?")
    expect(card.locator(".answer").first).to_contain_text("5 million euros")
    expect(chips(room)).to_have_count(1)


def test_filters_survive_a_reload(room: Room) -> None:
    narrow_to(room)
    room.page.reload()
    expect(chips(room)).to_have_text([re.compile(f"Outlet: {OUTLET}")])
    expect(room.page.locator("#collection")).to_contain_text("articles")  # all is loaded
    card = room.ask(QUESTION)
    assert set(card.locator(".sources .outlet").all_text_contents()) == {OUTLET}


def test_clear_takes_everything_away(room: Room) -> None:
    set_scope(room, outlets=[OUTLET], until="2025-03-31", articles=[REPLACED.id], story=HOSTILE.id)
    open_dialog(room).get_by_role("button", name="Clear all").click()
    expect(dialog(room)).to_be_hidden()
    expect(chips(room)).to_have_count(0)
    assert sent(room) == {
        "outlets": [],
        "since": None,
        "until": None,
        "articles": [],
        "story": None,
        "any_time": False,
    }


def test_escape_closes_the_dialog_alone_and_changes_nothing(room: Room) -> None:
    opener(room).focus()
    opener(room).press("Enter")
    opened = dialog(room)
    expect(opened.get_by_role("heading")).to_be_focused()
    opened.get_by_role("checkbox").first.check()
    room.page.keyboard.press("Escape")
    expect(opened).to_be_hidden()
    expect(opener(room)).to_be_focused()
    expect(chips(room)).to_have_count(0)


def test_an_outlet_named_in_markup_stays_text(room: Room) -> None:
    name = str(HOSTILE.outlet)
    narrow_to(room, name)
    expect(chips(room)).to_have_text([f"Outlet: {name}×"])
    expect(bar(room).locator("i")).to_have_count(0)
    assert sent(room)["outlets"] == [name]


def test_what_was_kept_by_someone_else_is_no_filter(room: Room) -> None:
    room.page.evaluate(
        'sessionStorage.setItem(\'pullquote.scope\', \'{"outlets": {"a": 1}, "since": "<b>"}\')'
    )
    room.page.reload()
    expect(opener(room)).to_be_visible()
    expect(chips(room)).to_have_count(0)


def test_on_a_phone_the_dialog_is_a_sheet_of_large_targets(new_room: NewRoom) -> None:
    room = new_room(390, 844, is_mobile=True, has_touch=True)
    room.visit()
    opened = open_dialog(room)
    box = opened.bounding_box()
    assert box
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 844)
    for target in opened.locator("button, .filters-outlet, input[type=date]").all():
        size = target.bounding_box()
        assert not size or size["height"] >= TOUCH_PX, target.inner_text()
    opened.get_by_role("checkbox", name=OUTLET).check()
    opened.get_by_role("button", name="Apply").click()
    remove = bar(room).get_by_role("button", name="Remove filter")
    size = remove.bounding_box()
    assert size
    assert min(size["width"], size["height"]) >= TOUCH_PX
    assert room.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_time_of_a_question_can_be_taken_away(room: Room) -> None:
    question = "What did the barrier cost in March 2025?"
    card = room.ask(question)
    period = card.locator("a.period")
    expect(period).to_be_visible()
    period.locator(".phrase").click()  # the middle of the link’s own box is its unseen part
    expect(room.page.locator("#chat .asked")).to_have_text([question, question])
    expect(room.cards).to_have_count(2)
    expect(room.cards.last.locator("a.period")).to_have_count(0)
    expect(room.page.locator("#scope textarea, #scope input")).to_have_value(
        re.compile('"any_time":false')
    )
    assert "#" not in room.page.url
