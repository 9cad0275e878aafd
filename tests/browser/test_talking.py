"""Asking and waiting: sources first, stopping, what is understood, languages, light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Route, expect

from tests.browser.room_server import SLOWLY

if TYPE_CHECKING:  # pytest loads a conftest itself; a second copy would be another module
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

LEAK = "Who found the leak beneath gate No. 4?"


def begin(room: Room, question: str) -> None:
    room.field.fill(question)
    room.field.press("Enter")


def test_the_articles_that_are_read_are_shown_before_the_answer(room: Room) -> None:
    begin(room, f"{SLOWLY}: {LEAK}")
    pending = room.page.locator("#chat .card.pending")
    expect(pending).to_contain_text(re.compile(r"Reading \d+ articles"))
    assert pending.locator(".reading cite").count() >= 3
    expect(room.cards).to_have_count(0)
    expect(pending).to_contain_text("still at it")
    expect(room.cards).to_have_count(1)
    expect(room.cards.first).to_contain_text("Nasrin Toft")


def test_a_search_can_be_stopped_and_the_next_one_asked(room: Room) -> None:
    begin(room, f"{SLOWLY}: {LEAK}")
    stop = room.page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    stop.click()
    expect(room.cards.first).to_have_text("Stopped.")
    expect(stop).to_be_hidden()
    expect(room.field).to_be_focused()
    expect(room.ask(LEAK)).to_contain_text("Nasrin Toft")


def test_a_search_that_was_drawn_once_more_while_it_was_stopped_is_stopped(room: Room) -> None:
    begin(room, f"{SLOWLY}: {LEAK}")
    overtaken = {"data": [], "is_generating": False}
    pending = room.page.locator("#chat .card.pending")
    expect(pending).to_contain_text(re.compile(r"Reading \d+ articles"))
    room.page.route("**/gradio_api/run/**", lambda route: route.fulfill(json=overtaken), times=1)
    with room.page.expect_request("**/gradio_api/run/**"):
        room.page.get_by_role("button", name="Stop").click()
    expect(room.cards.first).to_have_text("Stopped.")


def test_what_is_asked_while_another_question_is_answered_is_asked_next(room: Room) -> None:
    begin(room, f"{SLOWLY}: {LEAK}")
    expect(room.page.locator("#chat .card.pending")).to_be_visible()
    expect(room.field).to_have_value("")
    begin(room, "What did Neville Sorrel buy?")
    expect(room.cards).to_have_count(2)
    expect(room.page.locator("#chat .asked").last).to_have_text("What did Neville Sorrel buy?")
    expect(room.field).to_have_value("")


def test_what_is_typed_before_a_question_is_taken_stays_in_the_field(room: Room) -> None:
    begin(room, f"{SLOWLY}: {LEAK}")
    room.field.fill("half a question")
    expect(room.page.locator("#chat .card.pending")).to_be_visible()
    expect(room.cards).to_have_count(1)
    expect(room.field).to_have_value("half a question")


def test_two_questions_asked_at_once_are_both_answered_in_turn(room: Room) -> None:
    begin(room, f"{SLOWLY}: {LEAK}")
    begin(room, "What did Neville\u00a0 Sorrel buy?")
    expect(room.cards).to_have_count(2)
    expect(room.page.locator("#chat .asked").last).to_contain_text("Sorrel buy?")
    expect(room.field).to_have_value("")


def test_a_question_that_is_refused_stays_in_the_field_to_be_changed(room: Room) -> None:
    too_long = "Who " + "really " * 200 + "did?"
    room.page.evaluate("document.querySelector('#question textarea').maxLength = 1e6")
    begin(room, too_long)
    expect(room.page.locator("#chat .card.notice")).to_contain_text("1,000 characters")
    expect(room.field).to_have_value(too_long)
    expect(room.ask(LEAK)).to_contain_text("Nasrin Toft")
    expect(room.field).to_have_value("")


def test_a_question_typed_while_the_page_is_still_loading_is_not_lost(new_room: NewRoom) -> None:
    room = new_room()
    held: list[Route] = []
    room.page.route("**/gradio_api/run/**", lambda route: held.append(route))
    room.page.route("**/gradio_api/queue/join*", lambda route: held.append(route))
    room.page.goto(room.url)
    room.field.fill(LEAK)
    for route in held:
        route.continue_()
    room.page.unroute_all()
    expect(room.page.locator("#collection")).to_contain_text("articles")
    expect(room.field).to_have_value(LEAK)


def test_the_question_as_understood_can_be_edited(room: Room) -> None:
    room.ask("Why did Sunniva Ravndal resign as mayor of Port Hallam?")
    understood = room.ask("And when did she resign?").locator(".understood")
    expect(understood).to_contain_text("Sunniva Ravndal")
    understood.get_by_role("link", name="Edit").click()
    expect(room.field).to_be_focused()
    expect(room.field).to_have_value(str(understood.locator("q").text_content()))


def test_an_answer_names_a_person_and_the_next_question_may_say_she(room: Room) -> None:
    expect(room.ask(LEAK).locator(".answer").first).to_have_text("Nasrin Toft")
    card = room.ask("Where does she work?")
    expect(card.locator(".understood q")).to_contain_text("Nasrin Toft")


def test_a_new_topic_carries_nothing_over(room: Room) -> None:
    room.ask(LEAK)
    card = room.ask("How many people were killed when two ferries collided off Eastmere?")
    expect(card.locator(".understood")).to_have_count(0)


def test_a_time_in_the_question_is_a_chip_that_can_be_removed(room: Room) -> None:
    card = room.ask("Who found the leak beneath gate No. 4 in May 2025?")
    chip = card.locator("a.period")
    expect(chip).to_contain_text("in May 2025")
    expect(card.locator(".answer").first).to_have_text("Nasrin Toft")
    chip.click()
    expect(room.cards).to_have_count(2)
    expect(room.cards.last.locator(".narrowed")).to_have_count(0)


def test_where_the_time_gives_no_answer_all_others_are_asked_and_it_is_said(room: Room) -> None:
    card = room.ask("Who found the leak beneath gate No. 4 in 1987?")
    expect(card.locator(".narrowed")).to_contain_text("No answer in the articles of that time")
    expect(card.locator(".answer").first).to_have_text("Nasrin Toft")


def test_the_number_behind_the_words_is_shown_to_who_points_at_them(room: Room) -> None:
    foot = room.ask(LEAK).locator(".foot")
    percent = foot.locator(".percent")
    narrow = percent.evaluate("e => e.getBoundingClientRect().width")
    foot.locator(".confidence").hover()
    wide = percent.evaluate("e => e.getBoundingClientRect().width")
    assert narrow <= 1 < wide
    expect(percent).to_have_text(re.compile(r"\d+% sure"))


def test_the_page_speaks_german_and_articles_stay_as_they_are(new_room: NewRoom) -> None:
    room = new_room(locale="de-DE")
    room.page.goto(room.url)
    field = room.page.get_by_label("Ihre Frage")
    field.fill(LEAK)
    field.press("Enter")
    card = room.cards.last
    expect(card).to_contain_text("Durchsucht:")
    expect(card.locator(".answer").first).to_have_text("Nasrin Toft")
    expect(card.locator("time").first).to_have_text(re.compile(r"\d+\. \w+ 2025, vor "))
    expect(room.page.get_by_role("link", name="Bibliothek")).to_be_visible()
    assert room.page.locator("html").get_attribute("lang") == "de"


def test_light_or_dark_is_chosen_and_remembered(room: Room) -> None:
    body = room.page.locator("body")
    expect(body).not_to_have_class(re.compile(r"\bdark\b"))
    room.page.get_by_label("Light or dark").select_option(label="Dark")
    expect(body).to_have_class(re.compile(r"\bdark\b"))
    room.visit()
    expect(body).to_have_class(re.compile(r"\bdark\b"))
    room.page.emulate_media(color_scheme="light")
    expect(body).to_have_class(re.compile(r"\bdark\b"))


def test_a_link_may_bring_a_question_to_be_asked(new_room: NewRoom) -> None:
    room = new_room()
    room.visit("/?q=Who%20found%20the%20leak%3F")
    expect(room.field).to_have_value("Who found the leak?")
    expect(room.cards).to_have_count(0)


def test_the_number_of_a_source_never_begins_a_line(room: Room) -> None:
    quote = room.ask(LEAK).locator(".quote").first
    alone = """(quote) => {
      const words = document.createTreeWalker(quote.querySelector(".said"), NodeFilter.SHOW_TEXT);
      let last = null;
      while (words.nextNode()) last = words.currentNode;
      const sign = document.createRange();
      sign.setStart(last, last.length - 1);
      sign.setEnd(last, last.length);
      const chip = quote.querySelector(".chip");
      const parted = [];
      for (let width = 200; width <= 400; width += 4) {
        quote.style.width = `${width}px`;
        const [word, number] = [sign, chip].map((each) => each.getBoundingClientRect());
        if (number.top + number.height / 2 > word.bottom) parted.push(width);
      }
      return parted;
    }"""
    assert quote.evaluate(alone) == []


def test_what_is_typed_in_the_moment_of_sending_is_not_what_is_asked(room: Room) -> None:
    room.page.evaluate(
        """() => addEventListener("keypress", ({ target, key }) => {
          if (key !== "Enter") return;
          target.value = "half a question";
          target.dispatchEvent(new Event("input", { bubbles: true }));
        })"""
    )
    expect(room.ask(LEAK)).to_contain_text("Nasrin Toft")
    expect(room.page.locator("#chat .asked")).to_have_text([LEAK])
    expect(room.field).to_have_value("half a question")


def test_a_question_sent_twice_at_once_is_asked_once(room: Room) -> None:
    room.field.fill(LEAK)
    room.page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(room.cards).to_have_count(1)
    expect(room.field).to_have_value("")
    room.ask("What did Neville Sorrel buy?")
    expect(room.page.locator("#chat .asked")).to_have_text([LEAK, "What did Neville Sorrel buy?"])


def test_the_end_of_a_composition_is_no_question(room: Room) -> None:
    room.field.fill("Tokyo")
    room.field.evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))"
    )
    room.ask(LEAK)
    expect(room.page.locator("#chat .asked")).to_have_text([LEAK])
