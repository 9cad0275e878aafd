"""Readers say whether an answer is right; what they show becomes an evaluation set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, expect

from qa import Assistant
from qa.interfaces.kept.feedback import Feedback
from qa.interfaces.kept.feedback_export import squad
from qa.interfaces.web.room import DATA_FOLDER

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

LEAK = "Who found the leak beneath gate No. 4?"
SELECT = """(mark, chars) => {
  const walker = document.createTreeWalker(mark, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  range.setStart(walker.nextNode(), 0);
  let left = chars;
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (left <= node.length) {
      range.setEnd(node, left);
      break;
    }
    left -= node.length;
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def row(card: Locator) -> Locator:
    return card.get_by_role("group", name="Is this right?")


def button(card: Locator, name: str) -> Locator:
    return row(card).get_by_role("button", name=name, exact=True)


def says(card: Locator, words: str) -> None:
    expect(row(card).get_by_role("status")).to_have_text(words)


def given(room: Room) -> dict[str, Any]:
    """Return what the server keeps of this browser's feedback, by the numbers of the turns."""
    name = str(room.cards.first.get_attribute("id"))
    conversation = name[2:].rsplit("-", 1)[0]
    reply = room.page.request.get(f"{room.url}/v1/feedback?conversation={conversation}")
    return {turn.rsplit("-", 1)[1]: kept for turn, kept in reply.json()["feedback"].items()}


def exported(archive: Path, context: str) -> list[dict[str, Any]]:
    """Return the evaluation set's answers to the question in the article of this text."""
    with Assistant.open(archive) as assistant:
        whole = squad(Feedback(archive / DATA_FOLDER / "feedback.db"), assistant)
    assert whole["version"] == "v2.0"
    return [
        answer
        for page in whole["data"]
        for paragraph in page["paragraphs"]
        for item in paragraph["qas"]
        if paragraph["context"] == context and item["question"].startswith(LEAK[:-1])
        for answer in item["answers"]
    ]


def test_an_answer_is_judged_and_the_judgement_taken_back(room: Room) -> None:
    card = room.ask(LEAK)
    right = button(card, "Right")
    expect(right).to_have_attribute("aria-pressed", "false")
    right.click()
    says(card, "Noted, thank you.")
    expect(right).to_have_attribute("aria-pressed", "true")
    assert given(room)["0"]["verdict"] == "right"
    right.click()
    says(card, "Taken back.")
    expect(right).to_have_attribute("aria-pressed", "false")
    assert given(room) == {}


def test_a_judgement_outlives_redrawing_and_reloading(room: Room) -> None:
    first = room.ask(LEAK)
    button(first, "Wrong source").click()
    says(first, "Noted, thank you.")
    room.ask("And when?")
    expect(row(room.page.locator("#chat"))).to_have_count(2)
    for _ in range(2):
        expect(button(room.cards.first, "Wrong source")).to_have_attribute("aria-pressed", "true")
        expect(button(room.cards.first, "Wrong")).to_have_attribute("aria-pressed", "false")
        expect(button(room.cards.last, "Wrong source")).to_have_attribute("aria-pressed", "false")
        room.page.reload()
        expect(room.cards).to_have_count(2)


def test_the_last_of_several_judgements_counts(room: Room) -> None:
    card = room.ask(LEAK)
    with room.page.expect_response(lambda reply: "wrong_source" in (reply.request.post_data or "")):
        for name in ("Right", "Wrong", "Wrong source"):
            button(card, name).click()
    expect(button(card, "Wrong source")).to_have_attribute("aria-pressed", "true")
    expect(card.locator("[aria-pressed='true']")).to_have_count(1)
    says(card, "Noted, thank you.")
    assert given(room)["0"]["verdict"] == "wrong_source"


def test_another_sentence_of_the_card_is_shown_as_right(room: Room, archive: Path) -> None:
    card = room.ask(LEAK)
    expect(card.locator(".this-one")).to_have_count(0)
    button(card, "Wrong").click()
    other = card.locator(".other").first
    expect(other.locator(".said")).to_be_visible()  # they unfold
    expect(button(card, "Wrong")).to_be_in_viewport(ratio=1)
    sentence = str(other.locator(".said").text_content())
    choice = other.get_by_role("button", name="This one")
    choice.click()
    says(card, "Noted as the right answer, thank you.")
    expect(choice).to_have_attribute("aria-pressed", "true")
    expect(row(card).locator("q")).to_have_text(sentence)
    marked = given(room)["0"]["sentence"]
    text = text_of(room, marked["article_id"])
    assert text[marked["start"] : marked["end"]] == sentence
    assert {"text": sentence, "answer_start": marked["start"]} in exported(archive, text)
    room.page.reload()
    expect(row(room.cards.first).locator("q")).to_have_text(sentence)
    expect(room.cards.first.locator(".this-one[aria-pressed='true']")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 390])
def test_words_selected_in_an_article_become_the_right_answer(
    new_room: NewRoom, archive: Path, width: int
) -> None:
    phone: dict[str, Any] = {"is_mobile": True, "has_touch": True} if width < 861 else {}
    room = new_room(width, 844, **phone)
    room.visit()
    card = room.ask(LEAK)
    press = Locator.tap if phone else Locator.click
    press(button(card, "Wrong source"))
    says(card, "Noted, thank you.")
    room.open(card.locator(".quote .chip").first)
    start = quoted_from(room)
    use = room.pane.get_by_role("button", name=f"Use the selected words as the answer to “{LEAK}”")
    expect(use).to_be_hidden()
    room.mark.evaluate(SELECT, 12)
    press(use)
    expect(room.pane).to_contain_text("Noted as the right answer, thank you.")
    expect(use).to_be_hidden()
    marked = given(room)["0"]["sentence"]
    text = text_of(room, marked["article_id"])
    words = text[start : start + 12].strip()
    assert (marked["start"], text[marked["start"] : marked["end"]]) == (start, words)
    assert {"text": words, "answer_start": start} in exported(archive, text)
    room.page.keyboard.press("Escape")
    expect(room.pane).to_be_hidden()
    expect(row(card).locator("q")).to_have_text(words)
    row(card).get_by_role("link", name="see it in the article").click()
    expect(room.mark).to_have_text(words)


def test_selected_words_are_asked_for_only_where_a_judgement_waits(room: Room) -> None:
    card = room.ask(LEAK)
    button(card, "Right").click()
    says(card, "Noted, thank you.")
    room.open(card.locator(".quote .chip").first)
    room.mark.evaluate(SELECT, 12)
    expect(room.page.locator(".picked-bar")).to_be_hidden()
    button(card, "Wrong").click()
    room.mark.evaluate(SELECT, 11)
    expect(room.page.locator(".picked-bar")).to_be_visible()
    button(card, "Wrong").click()
    expect(room.page.locator(".picked-bar")).to_be_hidden()


def test_a_judgement_that_could_not_be_kept_is_not_shown_as_kept(room: Room) -> None:
    card = room.ask(LEAK)
    room.allowed = "500"
    room.page.route("**/v1/feedback", lambda route: route.fulfill(status=500))
    button(card, "Right").click()
    says(card, "That could not be noted. Please try again.")
    expect(button(card, "Right")).to_have_attribute("aria-pressed", "false")
    room.page.unroute("**/v1/feedback")
    button(card, "Right").click()
    says(card, "Noted, thank you.")


def test_where_no_feedback_is_taken_none_is_asked_for(room: Room) -> None:
    room.allowed = "403"
    room.page.route("**/v1/feedback?*", lambda route: route.fulfill(status=403))
    with room.page.expect_response("**/v1/feedback?*"):
        card = room.ask(LEAK)
    expect(row(card)).to_have_count(0)
    room.ask("And when?")
    expect(row(room.page.locator("#chat"))).to_have_count(0)


def test_feedback_is_given_by_the_keyboard(room: Room) -> None:
    card = room.ask(LEAK)
    keyboard = room.page.keyboard
    button(card, "Right").focus()
    keyboard.press("Tab")
    expect(button(card, "Wrong")).to_be_focused()
    keyboard.press("Space")
    says(card, "Noted, thank you.")
    expect(button(card, "Wrong")).to_be_focused()
    choice = card.get_by_role("button", name="This one").first
    choice.focus()
    keyboard.press("Enter")
    says(card, "Noted as the right answer, thank you.")
    expect(choice).to_be_focused()


def test_feedback_fits_a_phone(new_room: NewRoom) -> None:
    room = new_room(390, 844, is_mobile=True, has_touch=True)
    room.visit()
    card = room.ask(LEAK)
    button(card, "Wrong").tap()
    says(card, "Noted, thank you.")
    assert room.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    for control in [*row(card).get_by_role("button").all(), *card.locator(".this-one").all()]:
        size = control.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 44, control.text_content()


def text_of(room: Room, article_id: str) -> str:
    return str(room.page.request.get(f"{room.url}/v1/articles/{article_id}").json()["text"])


def quoted_from(room: Room) -> int:
    """Return where the sentence begins that the pane shows, by the page's address."""
    place = room.page.url.rsplit("#c=", 1)[1].rsplit(".", 3)[1]
    return int(place.split("-")[0])
