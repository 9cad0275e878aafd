"""Many pages at once, while the collection changes: each has its answers, and finds what is new."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

PAGES = 10
LEAK = "Who found the leak beneath gate No. 4?"
NEW = "Who repaired the gurnfield organ?"
ROOT = Path(__file__).parents[2]


def add_by_another_program(archive: Path, folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir()
    text = "# An organ\n\nThe gurnfield organ was repaired by Ottoline Prask, a retired plumber.\n"
    (folder / "organ.md").write_text(text)
    index = [sys.executable, "-m", "qa.interfaces.cli", "index", str(folder)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([*index, "--index", str(archive)], cwd=ROOT, env=variables)


def counted(room: Room) -> int:
    line = room.page.locator("#collection")
    expect(line).to_contain_text("articles")
    found = re.search(r"\d+", line.inner_text())
    assert found
    return int(found[0])


def test_ten_pages_ask_at_once_while_articles_are_added(
    new_room: NewRoom, archive: Path, tmp_path: Path
) -> None:
    rooms = [new_room(800, 600) for _ in range(PAGES)]
    for room in rooms:
        room.visit()
    before = counted(rooms[0])
    asked = 0
    with add_by_another_program(archive, tmp_path / "new") as adding:
        while asked < 2 or adding.poll() is None:
            asked += 1
            for room in rooms:
                room.field.fill(LEAK)
                room.field.press("Enter")
            for room in rooms:
                expect(room.cards).to_have_count(asked)
                expect(room.cards.last.locator(".answer").first).to_have_text("Nasrin Toft")
    assert adding.returncode == 0
    for room in rooms:
        room.field.fill(NEW)
        room.field.press("Enter")
    for room in rooms:
        expect(room.cards).to_have_count(asked + 1)
        expect(room.cards.last.locator(".answer").first).to_have_text("Ottoline Prask")
        # Without a reload.
        expect(room.page.locator("#collection")).to_contain_text(f"{before + 1} articles")


def test_the_number_of_articles_follows_what_is_added_on_the_page(room: Room) -> None:
    before = counted(room)
    room.page.get_by_role("link", name="Library").click()
    room.page.locator(".library-paste summary").click()
    room.page.get_by_label("Title", exact=True).fill("A kettle")
    room.page.get_by_label("Text", exact=True).fill("The kettle of Lower Ambleforth was stolen.")
    room.page.get_by_role("button", name="Add this text").click()
    expect(room.page.locator(".library-report")).to_contain_text("Added")
    room.page.get_by_role("link", name="Ask", exact=True).click()
    expect(room.page.locator("#collection")).to_contain_text(f"{before + 1} articles")
