"""The page as a reader uses it. The sample articles are ours, so their answers are known."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from qa import build_index
from tests.browser.room_server import REPLACED

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

ANSWERABLE = "Who found the leak beneath gate No. 4?"
UNANSWERABLE = "Who painted the ceiling of the Sistine Chapel?"
HOSTILE = "Who lit the zanzibar lantern?"


def overflow(room: Room) -> int:
    return int(room.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def lies_inside(inner: Locator, outer: Locator) -> bool:
    a, b = inner.bounding_box(), outer.bounding_box()
    return bool(a and b and b["y"] <= a["y"] and a["y"] + a["height"] <= b["y"] + b["height"])


def test_an_answer_is_a_quotation_with_numbered_citations(room: Room) -> None:
    card = room.ask(ANSWERABLE)
    expect(card.locator(".answer").first).to_contain_text("Nasrin Toft")
    quote = card.locator(".quote").first
    sentence, answer = room.quoted(str(quote.locator(".chip").get_attribute("href")))
    assert quote.locator(".said").text_content() == sentence
    assert quote.locator(".answer").text_content() == answer
    expect(quote.get_by_role("link", name="Source 1")).to_be_visible()
    expect(card.locator(".sources").first).to_contain_text(re.compile(r"\d+ \w+ 2025, .+ ago"))
    expect(card.locator(".foot")).to_contain_text(re.compile(r"\d+% sure.*Searched \d+ articles"))
    expect(room.field).to_be_focused()
    expect(room.field).to_have_value("")


def test_a_citation_opens_its_article_at_the_marked_sentence(room: Room) -> None:
    chip = room.ask(ANSWERABLE).locator(".quote .chip").first
    sentence, answer = room.quoted(room.open(chip))
    assert room.mark.text_content() == sentence
    assert room.mark.locator(".answer").text_content() == answer
    expect(room.mark).to_be_in_viewport(ratio=1)
    assert lies_inside(room.mark, room.page.locator(".pane-body"))
    expect(room.page.locator(".pane-title")).to_be_focused()


def test_another_citation_moves_the_pane(room: Room) -> None:
    card = room.ask(ANSWERABLE)
    room.open(card.locator(".quote .chip").first)
    first = room.mark.text_content()
    card.locator("summary").click()
    sentence, _ = room.quoted(room.open(card.locator(".other .quote .chip").last))
    expect(room.mark).not_to_have_text(str(first))
    assert room.mark.text_content() == sentence
    expect(room.mark).to_be_in_viewport(ratio=0.9)
    room.page.go_back()
    expect(room.pane).to_be_hidden()


def test_escape_closes_the_pane_and_gives_the_focus_back(room: Room) -> None:
    chip = room.ask(ANSWERABLE).locator(".quote .chip").first
    chip.focus()
    chip.press("Enter")
    expect(room.pane).to_be_visible()
    room.page.keyboard.press("Escape")
    expect(room.pane).to_be_hidden()
    expect(chip).to_be_focused()
    assert "#" not in room.page.url


def test_n_and_p_walk_through_the_citations_of_the_answer(room: Room) -> None:
    card = room.ask(ANSWERABLE)
    room.open(card.locator(".quote .chip").first)
    first = room.page.url
    expect(room.pane).to_contain_text(re.compile(r"1 of \d"))
    room.page.keyboard.press("n")
    expect(room.pane).to_contain_text(re.compile(r"2 of \d"))
    assert room.page.url != first
    room.pane.get_by_role("button", name="Previous citation").click()
    expect(room.pane).to_contain_text(re.compile(r"1 of \d"))
    assert room.page.url == first


def test_the_back_button_closes_the_sheet_on_a_phone(new_room: NewRoom) -> None:
    room = new_room(390, 844, is_mobile=True, has_touch=True)
    room.visit()
    room.open(room.ask(ANSWERABLE).locator(".quote .chip").first)
    expect(room.mark).to_be_in_viewport(ratio=0.5)
    room.page.go_back()
    expect(room.pane).to_be_hidden()
    expect(room.cards).to_have_count(1)


def test_a_link_to_a_citation_opens_it_on_its_own(room: Room, new_room: NewRoom) -> None:
    href = room.ask(ANSWERABLE).locator(".quote .chip").first.get_attribute("href")
    other = new_room()
    other.visit(f"/?from=mail{href}")
    expect(other.mark).to_have_text(room.quoted(str(href))[0])
    expect(other.mark).to_be_in_viewport()
    other.pane.get_by_role("button", name="Close source").click()
    expect(other.pane).to_be_hidden()
    assert other.page.url.endswith("/?from=mail")


def test_a_link_to_an_article_that_is_gone_says_so(new_room: NewRoom) -> None:
    room = new_room()
    room.allowed = "404"
    room.visit("/#c=no-such-article.0-5.0-5")
    expect(room.pane).to_contain_text("not in the archive")


def test_an_example_question_is_asked_when_clicked(room: Room) -> None:
    example = room.page.locator("#examples").get_by_role("button").first
    question = example.inner_text()
    example.click()
    expect(room.page.locator("#chat .asked")).to_have_text(question)
    expect(room.cards).to_have_count(1)
    expect(example).to_be_hidden()
    room.page.get_by_role("button", name="New conversation").click()
    expect(example).to_be_visible()
    expect(room.cards).to_have_count(0)


def test_where_the_articles_do_not_say_the_page_does(room: Room) -> None:
    card = room.ask(UNANSWERABLE)
    expect(card).to_contain_text("The articles here don’t say.")
    expect(card.locator(".confidence")).to_have_count(0)
    if card.locator(".quote").count():
        expect(card).to_contain_text("they are not an answer")
        room.open(card.locator(".chip").first)


def test_a_follow_up_is_understood_from_what_was_asked_before(room: Room) -> None:
    room.ask("Why did Sunniva Ravndal resign as mayor of Port Hallam?")
    card = room.ask("And when did she resign?")
    expect(card.locator(".understood")).to_contain_text("Ravndal")
    expect(room.page.locator("#chat .asked")).to_have_count(2)


def test_a_question_that_is_too_long_is_refused_with_a_reason(room: Room) -> None:
    room.field.evaluate("field => field.removeAttribute('maxlength')")
    card = room.ask("why " * 300)
    expect(card).to_contain_text("longer than 1,000 characters")


@pytest.mark.parametrize("width", [320, 390])
def test_the_page_fits_a_phone(new_room: NewRoom, width: int) -> None:
    room = new_room(width, 844, is_mobile=True, has_touch=True)
    room.visit()
    assert overflow(room) <= 0
    card = room.ask(ANSWERABLE)
    expect(card.locator(".quote").first).to_be_in_viewport(ratio=1)
    assert overflow(room) <= 0
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert card.locator(".quote").first.evaluate(size) >= 16
    room.open(card.locator(".quote .chip").first)
    expect(room.mark).to_be_in_viewport(ratio=0.5)
    assert overflow(room) <= 0


def test_a_hostile_article_stays_inert_and_verbatim(room: Room) -> None:
    card = room.ask(HOSTILE)
    quote = card.locator(".quote").filter(has_text="Quentin Ashgrove").first
    href = str(quote.locator(".chip").get_attribute("href"))
    assert quote.locator(".said").text_content() == room.quoted(href)[0]
    room.open(quote.locator(".chip"))
    expect(room.mark).to_contain_text("Quentin Ashgrove")
    assert room.mark.text_content() == room.quoted(href)[0]
    article = room.page.request.get(f"{room.url}/v1/articles/{href[3:].rsplit('.', 3)[0]}").json()
    assert room.page.locator(".pane-body").text_content() == article["text"]
    assert room.page.locator(".pane-title").text_content() == article["title"]
    assert room.page.locator(":is(#chat, #pane) :is(img, script, iframe, form, i, b)").count() == 0
    assert room.page.evaluate("window.broken") is None


def test_a_citation_marks_what_it_quoted_though_the_article_was_replaced(
    room: Room, archive: Path
) -> None:
    asked = "How much did the Fobble bridge cost?"
    room.ask(asked)
    new_text = "Correction. The Fobble bridge cost 9 million euros. It is red."
    build_index(archive, [dataclasses.replace(REPLACED, text=new_text)])
    room.ask(asked)
    old, new = (room.cards.nth(n).locator(".quote").first for n in (0, 1))
    note = room.page.locator(".pane-note")
    for quote, words in ((old, "5 million"), (new, "9 million"), (old, "5 million")):
        room.open(quote.locator(".chip"))
        expect(room.mark).to_contain_text(words)
        expect(note).to_have_text("Updated since. You see the version that was quoted.")
        expect(note).to_be_visible(visible=quote is old)
        assert room.mark.text_content() == quote.locator(".said").text_content()
        room.page.keyboard.press("Escape")
        expect(room.pane).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_light_and_dark(new_room: NewRoom, scheme: str) -> None:
    room = new_room(color_scheme=scheme)
    room.visit()
    quiet = "#masthead p, #collection p, #headline p, #examples .example"
    assert too_faint(room, quiet) == []
    card = room.ask(ANSWERABLE)
    room.open(card.locator(".quote .chip").first)
    shown = (
        "#chat .asked, #chat .said, #chat em.answer, #chat .sources *, #chat .foot *, #ask, #new"
    )
    pane = ".pane-title, .pane-origin, .pane-place, .pane button, .pane-body, .pane mark"
    assert too_faint(room, f"{shown}, {pane}") == []
    dark = sum(colour(room, "body")) < 3 * 128
    assert dark == (scheme == "dark")


def test_everything_has_a_name_and_a_place(room: Room) -> None:
    card = room.ask(ANSWERABLE)
    room.open(card.locator(".quote .chip").first)
    page = room.page
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("heading", level=1)).to_have_text("pullquote")
    expect(page.get_by_role("log")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your question")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    for button in room.pane.get_by_role("button").all():
        expect(button).to_have_accessible_name(re.compile(r"\w{3,}"))
    expect(room.pane).to_have_accessible_name(re.compile(r"\w{3,}"))
    expect(page.locator("#chat [aria-label*='<']")).to_have_count(0)


_COLOUR = """(element, property) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  const own = (e) => getComputedStyle(e)[property];
  const clear = (c) => c === "rgba(0, 0, 0, 0)" || c === "transparent";
  let e = element;
  while (property === "backgroundColor" && clear(own(e)) && e.parentElement) e = e.parentElement;
  canvas.fillStyle = own(e);
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


def colour(room: Room, selector: str) -> list[int]:
    return list(room.page.locator(selector).first.evaluate(_COLOUR, "backgroundColor"))


def too_faint(room: Room, selector: str) -> list[str]:
    """Return the visible elements whose text has a contrast (WCAG 2) of less than 4.5 to 1."""
    found = [element for element in room.page.locator(selector).all() if element.is_visible()]
    assert found
    faint = []
    for element in found:
        shades = [_luminance(element.evaluate(_COLOUR, p)) for p in ("color", "backgroundColor")]
        ratio = (max(shades) + 0.05) / (min(shades) + 0.05)
        if ratio < 4.5:
            faint.append(f"{ratio:.2f} {element.evaluate('e => e.outerHTML')[:120]}")
    return faint


def _luminance(rgb: list[int]) -> float:
    shares = [value / 255 for value in rgb]
    linear = [s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
