"""Every view, checked by axe-core: WCAG 2.0 to 2.2, A and AA, and best practice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

LEAK = "Who found the leak beneath gate No. 4?"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}


def violations(room: Room) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(room.page, options=options).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {[node['html'][:150] for node in each['nodes']][:3]}"
        for each in found
    ]


@pytest.fixture(
    params=[{}, {"color_scheme": "dark"}, PHONE, {**PHONE, "color_scheme": "dark"}],
    ids=["light", "dark", "phone", "phone-dark"],
)
def seen(request: pytest.FixtureRequest, new_room: NewRoom) -> Room:
    options: dict[str, Any] = request.param
    room = new_room(**options)
    room.visit()
    expect(room.page.locator("#collection")).to_contain_text("articles")
    return room


def test_the_empty_page_is_accessible(seen: Room) -> None:
    expect(seen.page.locator("#examples").get_by_role("button").first).to_be_visible()
    assert violations(seen) == []


def test_an_answer_and_its_source_are_accessible(seen: Room) -> None:
    card = seen.ask(LEAK)
    card.locator("summary").click()
    assert violations(seen) == []
    seen.open(card.locator(".quote .chip").first)
    assert violations(seen) == []


def test_filters_are_accessible(seen: Room) -> None:
    seen.page.get_by_role("button", name="Narrow the search").click()
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    assert violations(seen) == []


def test_the_library_is_accessible(seen: Room) -> None:
    seen.page.get_by_role("link", name="Library").click()
    expect(seen.page.locator("#library")).to_contain_text("Articles 1 to 50")
    assert violations(seen) == []


def test_the_history_is_accessible(seen: Room) -> None:
    seen.ask(LEAK)
    seen.page.get_by_role("link", name="History").click()
    expect(seen.page.get_by_role("dialog")).to_contain_text(LEAK)
    assert violations(seen) == []
