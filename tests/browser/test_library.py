"""The library as people use it: found, added, removed, brought back; hostile names stay inert."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Locator, Route, expect

from tests.browser.room_server import HOSTILE

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

BRIDGE = "The Wibbleton bridge was opened on Monday by Mayor Tilda Brack. It cost 5 million euros."
BELLS = (
    "<html><head><title>The bells of Wibbleton</title></head><body><article>"
    "<h1>The bells of Wibbleton</h1>"
    "<p>The bells of Wibbleton rang on Sunday, and nobody in the town knows why they did.</p>"
    "<p>The ringer was ill in bed, said his sister, who keeps the keys of the tower for him.</p>"
    "</article></body></html>"
)


class Library:
    """The library of an open room, with what is in it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.page = room.page
        self.view = self.page.locator("#library")
        self.rows = self.view.locator(".library-list > li")
        self.count = self.view.locator(".library-count")
        self.search = self.view.get_by_role("searchbox")
        self.report = self.view.get_by_role("list", name="What became of each file")
        self.lines = self.report.locator(":scope > li")

    def open(self) -> Library:
        self.page.get_by_role("link", name="Library").click()
        expect(self.view).to_be_visible()
        expect(self.rows.first).to_be_visible()
        return self

    def add(self, *files: FilePayload) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.view.get_by_role("button", name="Add files").click()
        chooser.value.set_files(list(files))
        expect(self.view.get_by_role("button", name="Clear this report")).to_be_visible()

    def find(self, query: str, count: int = 1) -> Locator:
        self.search.fill(query)
        expect(self.rows).to_have_count(count)
        return self.rows

    def titles(self) -> list[str]:
        return self.rows.locator("h2").all_inner_texts()


def file(name: str, content: str | bytes) -> FilePayload:
    data = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


@pytest.fixture
def library(room: Room) -> Library:
    return Library(room).open()


@pytest.fixture(autouse=True)
def as_before(room: Room) -> Iterator[None]:
    """The articles are the same afterwards: other tests ask them, too."""
    yield
    found = room.page.request.get(f"{room.url}/v1/articles?query=wibbleton").json()
    for article in found["articles"]:
        address = f"{room.url}/v1/articles/{quote(article['id'], safe='')}"
        assert room.page.request.delete(address, headers={"origin": room.url}).ok


def test_the_library_lists_the_articles_and_the_conversation_stays(room: Room) -> None:
    expect(room.page.locator("#collection")).to_contain_text("articles")  # it has loaded
    room.field.fill("half a question")
    library = Library(room).open()
    expect(room.field).to_be_hidden()
    expect(library.page.get_by_role("heading", name="Library")).to_be_focused()
    expect(library.count).to_have_text(re.compile(r"Articles 1 to 50 of \d\d"))
    first = library.rows.first
    expect(first.locator("time")).to_have_text(re.compile(r"\d+ \w+ 20\d\d, .+"))
    expect(library.view.locator(".library-sum")).to_have_text(re.compile(r"\d+ articles · \d+ out"))
    expect(library.view.locator(".library-health")).to_contain_text(re.compile(r"On disk\s*\d"))
    library.page.get_by_role("link", name="Ask", exact=True).click()
    expect(library.view).to_be_hidden()
    expect(room.field).to_have_value("half a question")


def test_files_are_added_one_by_one_and_a_bad_one_stops_no_other(library: Library) -> None:
    library.room.allowed = "422"
    broken = file("broken.docx", b"PK\x03\x04 this is no document")
    library.add(file("bridge-wibbleton.txt", BRIDGE), broken, file("bells.html", BELLS))
    expect(library.lines).to_have_count(3)
    expect(library.lines.nth(0)).to_contain_text("bridge-wibbleton.txt")
    expect(library.lines.nth(0)).to_contain_text("Added:")
    expect(library.lines.nth(1)).to_contain_text(re.compile("Not added. .*not a Word document"))
    expect(library.lines.nth(2)).to_contain_text("Added: The bells of Wibbleton")
    expect(library.view.locator(".library-progress")).to_contain_text("2 read. 1 not added")
    library.find("wibbleton", 2)
    library.add(file("bells.html", BELLS), file("bells.html", BELLS.replace("ill", "sick")))
    expect(library.lines.nth(3)).to_contain_text("Already there:")
    expect(library.lines).to_have_count(5)  # the report stays
    library.view.get_by_role("button", name="Clear this report").click()
    expect(library.lines).to_have_count(0)


def test_what_cannot_be_read_is_said_before_it_is_sent(library: Library) -> None:
    sent: list[str] = []
    library.page.on("request", lambda request: sent.append(request.method))
    library.add(file("film.mp4", b"x"))
    expect(library.lines).to_contain_text("This kind of file cannot be read. These can: .html")
    assert "POST" not in sent


def test_an_added_article_can_be_asked_alone(library: Library) -> None:
    library.add(file("bridge-wibbleton.txt", BRIDGE))
    row = library.find("wibbleton").first
    row.get_by_role("button", name="Ask only this article").click()
    expect(library.view).to_be_hidden()
    expect(library.room.field).to_be_focused()
    card = library.room.ask("Who opened the bridge?")
    expect(card.locator(".quote").first).to_contain_text("Tilda Brack")


def test_a_text_is_pasted(library: Library) -> None:
    view = library.view
    view.get_by_text("Paste a text").click()
    view.get_by_label("Title", exact=True).fill("A bridge for <i>Wibbleton</i>")
    view.locator("[name=outlet]").fill("Wibbleton Post")
    view.get_by_label("Date", exact=True).fill("2026-03-17")
    view.get_by_label("Text", exact=True).fill(BRIDGE)
    view.get_by_role("button", name="Add this text").click()
    expect(library.lines).to_contain_text("Added: A bridge for <i>Wibbleton</i>")
    expect(view.get_by_label("Text", exact=True)).to_be_hidden()
    row = library.find("wibbleton").first
    expect(row).to_contain_text("Wibbleton Post · 17 March 2026")
    expect(row.get_by_role("link")).to_have_text("A bridge for <i>Wibbleton</i>")


def test_the_list_is_searched_sorted_and_narrowed(library: Library) -> None:
    library.search.fill("HARBOUR courier")
    expect(library.count).to_have_text(re.compile(r"^\d+ articles$"))
    view = library.view
    for row in library.rows.all():
        expect(row).to_contain_text("The Harbour Courier")
    library.search.fill("")
    view.get_by_label("Order").select_option(label="By title")
    expect(library.count).to_contain_text("1 to 50")
    expect(library.rows.first.locator("h2")).to_have_text(re.compile("^37 hurt"))
    choice = view.locator(".library-outlet select")
    name = str(choice.locator("option").nth(1).get_attribute("value"))
    choice.select_option(index=1)
    expect(library.rows.first.locator(".library-origin")).to_contain_text(name)
    total = re.search(r"\((\d+)\)", choice.locator("option").nth(1).inner_text())
    assert total
    expect(library.count).to_have_text(f"{total[1]} articles")
    library.search.fill("%' OR 1=1 --")
    expect(library.count).to_have_text("No article fits. Other words, or all outlets, may help.")


def test_what_was_added_last_can_come_first_also_without_a_date(library: Library) -> None:
    library.add(file("bridge-wibbleton.txt", BRIDGE))
    expect(library.lines).to_contain_text("Added:")
    library.view.get_by_label("Order").select_option(label="Last added first")
    expect(library.rows.first).to_contain_text("Wibbleton")


def test_the_list_has_pages(library: Library) -> None:
    first = library.titles()
    onward = library.view.get_by_role("button", name="Next")
    onward.click()
    expect(library.count).to_have_text(re.compile(r"Articles 51 to \d+ of \d+"))
    back = library.view.get_by_role("button", name="Previous")
    expect(back).to_be_focused()  # there is no next page
    expect(onward).to_be_disabled()
    assert not set(first) & set(library.titles())
    back.click()
    expect(library.count).to_contain_text("1 to 50")
    assert library.titles() == first


def test_what_was_removed_is_brought_back(library: Library) -> None:
    library.add(file("bridge-wibbleton.txt", BRIDGE))
    changed = (
        "window.told = 0; document.addEventListener('room:collection', () => (window.told += 1))"
    )
    library.page.evaluate(changed)
    library.find("wibbleton").first.get_by_role("button", name="Remove").click()
    bar = library.view.locator(".library-undo")
    expect(bar).to_contain_text("Removed: The Wibbleton bridge")
    expect(library.rows).to_have_count(0)
    undo = bar.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.click()
    expect(library.rows).to_have_count(1)
    expect(bar).to_have_count(0)
    assert library.page.evaluate("window.told") == 2


def test_the_bar_to_undo_goes_away(room: Room) -> None:
    room.page.clock.install()
    library = Library(room).open()
    library.add(file("bridge-wibbleton.txt", BRIDGE))
    library.search.fill("wibbleton")
    room.page.clock.run_for(1_000)
    expect(library.rows).to_have_count(1)
    library.rows.first.get_by_role("button", name="Remove").click()
    bar = library.view.locator(".library-undo")
    expect(bar).to_be_visible()
    room.page.clock.run_for(9_000)
    expect(bar).to_be_visible()
    room.page.clock.run_for(3_000)
    expect(bar).to_have_count(0)


def test_an_article_opens_over_the_library(library: Library) -> None:
    link = library.rows.nth(2).get_by_role("link")
    title = link.inner_text()
    link.focus()
    library.page.keyboard.press("Enter")
    expect(library.room.pane).to_contain_text(title)
    assert "#a=" in library.page.url
    expect(library.view).to_be_visible()
    library.page.keyboard.press("Escape")
    expect(library.room.pane).to_be_hidden()
    expect(library.view).to_be_visible()
    expect(link).to_be_focused()


def test_all_can_be_done_with_the_keyboard(library: Library) -> None:
    library.add(file("bridge-wibbleton.txt", BRIDGE))
    library.search.focus()
    library.page.keyboard.type("wibbleton")
    expect(library.rows).to_have_count(1)
    reached = ""
    for _ in range(12):  # outlet, order, title, ask, remove
        library.page.keyboard.press("Tab")
        reached = str(library.page.evaluate("document.activeElement.textContent"))
        if reached == "Remove":
            break
    assert reached == "Remove"
    library.page.keyboard.press("Enter")
    expect(library.view.get_by_role("button", name="Undo")).to_be_focused()
    library.page.keyboard.press("Enter")
    expect(library.count).to_be_focused()
    expect(library.rows).to_have_count(1)


def test_hostile_names_and_titles_are_shown_verbatim(library: Library) -> None:
    name = "<img src=x onerror=window.broken=1>\u202etxt.wibbleton.txt"
    library.add(file(name, "Wibbleton <script>window.broken=2</script> is a town. It is small."))
    assert library.lines.locator(".library-name").text_content() == name
    row = library.find("zanzibar").first
    assert row.get_by_role("link").text_content() == HOSTILE.title
    expect(row).to_contain_text(str(HOSTILE.outlet))
    assert library.view.locator(":is(img, script, iframe, i, b)").count() == 0
    assert library.page.evaluate("window.broken") is None
    row.get_by_role("link").click()
    expect(library.room.pane).to_contain_text("Quentin Ashgrove")


def test_the_rest_can_be_cancelled(library: Library) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    library.page.route("**/v1/articles", hold)
    with library.page.expect_file_chooser() as chooser:
        library.view.get_by_role("button", name="Add files").click()
    chooser.value.set_files([file(f"{n}-wibbleton.txt", f"{BRIDGE} {n}.") for n in range(3)])
    expect(library.view.locator(".library-progress")).to_contain_text("1 of 3: 0-wibbleton.txt")
    expect(library.lines.nth(0).get_by_role("progressbar")).to_be_visible()
    library.view.get_by_role("button", name="Cancel the rest").click()
    held[0].continue_()
    expect(library.lines.nth(0)).to_contain_text("Added:")
    for n in (1, 2):
        expect(library.lines.nth(n)).to_contain_text("not added: cancelled")
    assert len(held) == 1


def test_while_another_program_writes_the_page_waits_and_tries_again(library: Library) -> None:
    library.room.allowed = "409"
    tries = 0

    def refuse_once(route: Route) -> None:
        nonlocal tries
        tries += route.request.method == "POST"
        if tries == 1:
            body = json.dumps({"status": 409, "detail": "wait"})
            route.fulfill(status=409, headers={"retry-after": "1"}, body=body)
        else:
            route.continue_()

    library.page.route("**/v1/articles", refuse_once)
    library.add(file("bridge-wibbleton.txt", BRIDGE))
    expect(library.lines).to_contain_text("Added:")
    assert tries == 2


def test_where_nothing_may_be_changed_nothing_is_offered(room: Room) -> None:
    def read_only(route: Route) -> None:
        told: dict[str, Any] = route.fetch().json()
        route.fulfill(json={**told, "writable": False, "why": "read_only"})

    room.page.route("**/v1/library", read_only)
    library = Library(room).open()
    expect(library.view).to_contain_text("This library is for reading only")
    expect(library.view.get_by_role("button", name="Add files")).to_be_hidden()
    expect(library.view.get_by_role("button", name="Remove")).to_have_count(0)
    expect(library.view.get_by_role("button", name="Ask only this").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_the_library_fits_a_phone(new_room: NewRoom, width: int) -> None:
    room = new_room(width, 844, is_mobile=True, has_touch=True)
    room.visit()
    library = Library(room).open()
    library.view.get_by_text("Paste a text").click()
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    assert room.page.evaluate(overflow) <= 0
    targets = library.view.locator("button, input:not([type=file]), select, summary")
    for target in [one for one in targets.all()[:20] if one.is_visible()]:
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44, target.evaluate("e => e.outerHTML")
    library.rows.first.get_by_role("link").tap()
    expect(room.pane).to_be_visible()
    assert room.page.evaluate(overflow) <= 0


def test_a_link_to_the_library_opens_it(new_room: NewRoom) -> None:
    room = new_room()
    room.page.goto(f"{room.url}/?from=mail#library")
    library = Library(room)
    expect(library.rows.first).to_be_visible()
    room.page.get_by_role("link", name="Ask", exact=True).click()
    expect(room.field).to_be_visible()
    assert room.page.url.endswith("/?from=mail")


def test_it_speaks_german_to_a_german_browser(new_room: NewRoom) -> None:
    room = new_room(locale="de-DE")
    room.page.goto(f"{room.url}/#library")
    expect(room.page.get_by_role("heading", name="Bibliothek")).to_be_visible()
    expect(room.page.locator("#library time").first).to_contain_text("vor")
    expect(room.page.get_by_role("button", name="Dateien hinzufügen")).to_be_visible()


def test_a_file_may_be_dropped(library: Library) -> None:
    dropped = """(zone, text) => {
      const held = new DataTransfer();
      held.items.add(new File([text], "dropped-wibbleton.txt"));
      zone.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true }));
    }"""
    library.view.get_by_role("button", name="Add files").evaluate(dropped, BRIDGE)
    expect(library.lines).to_contain_text(re.compile("dropped-wibbleton.txt +Added:"))
