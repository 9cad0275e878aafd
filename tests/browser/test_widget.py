"""The question box on pages of another site, in a real browser: what readers and sites get."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from corpus import Article
from qa import Assistant, build_index
from qa.interfaces.rest.api_settings import API_LIMITS, ApiSettings
from qa.interfaces.rest.app import build_api
from qa.interfaces.rest.keys import new_key
from qa.interfaces.wall.limits import Limits, Rate
from tests.browser.room_server import HOSTILE
from tests.browser.served import Site, served, web_site
from tests.conftest import ARTICLES
from tests.fakes import make_article

ROOT = Path(__file__).parents[2]
FOX = make_article(
    "🦊🦊 “Foxes 𝔬𝔣 Orme” 👩‍👩‍👧 is a shelter. It is said 🎉🎉 that the 🦊 shelter of Orme cost"
    " 41 million pounds in all 😀.",
    id="fox",
    title="A 🦊 shelter opens",
    outlet="Orme Courier",
    published="2031-06-01",
    source="https://courier.example/fox?a=1",
)
LIGHTHOUSE = make_article(
    "המגדלור של אשקלון נדלק מחדש ביום שלישי. שיפוץ המגדלור עלה 12 מיליון שקל.",
    id="lighthouse",
    title="המגדלור נדלק",
    outlet="הידיעות",
    source="https://he.example/1",
)
COST = "What did the shelter of Orme cost?"
UNKNOWN = "Who painted the ceiling of the Sistine Chapel?"
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A site</title>{head}</head>
<body><main><h1>A site</h1><blockquote>Its own <mark>words</mark></blockquote>
<div id="here"></div>{body}<p>Below</p></main></body></html>"""
STRICT = (
    "default-src 'none'; script-src {api}; connect-src {api}; style-src 'none'; "
    "form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("widget") / "index"
    build_index(folder, [*ARTICLES, FOX, LIGHTHOUSE, HOSTILE])
    with Assistant.open(folder) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with web_site() as opened:
        yield opened


@pytest.fixture(scope="module")
def api(answering: Assistant, site: Site) -> Iterator[str]:
    """An API that answers pages of the site."""
    with served(build_api(answering, ApiSettings(origins=[site.address]))) as address:
        yield address


@pytest.fixture
def another_api(answering: Assistant) -> Iterator[Callable[..., str]]:
    """Serves an API with other settings."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(
            served(build_api(answering, ApiSettings(**settings)))
        )


class Visit:
    """A page with the box, and all that its console said."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        page.set_default_timeout(30_000)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    @property
    def box(self) -> Locator:
        return self.page.locator("pullquote-widget .box")

    @property
    def field(self) -> Locator:
        return self.box.get_by_role("textbox")

    @property
    def quotes(self) -> Locator:
        return self.box.locator(".answer > figure:not(.near)")

    def ask(self, question: str) -> Locator:
        """Ask with the keyboard and wait until something is said."""
        self.field.fill(question)
        self.field.press("Enter")
        answer = self.box.locator(".answer")
        expect(answer.locator("> *").or_(self.box.locator(".trouble")).first).to_be_visible()
        return answer


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, site: Site, api: str) -> Iterator[Open]:
    """Opens a page of the site with the box of the API `at`; `options` are a context's."""
    contexts = []

    def opened(
        *,
        at: str = api,
        lang: str = "en",
        head: str = "",
        attributes: str = "",
        body: str = '<script src="{api}/v1/widget.js" async {attributes}></script>',
        policy: str = "",
        cookies: bool = False,
        **options: Any,
    ) -> Visit:
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        if cookies:  # they don't tell ports apart
            context.add_cookies([{"name": "secret", "value": "1", "url": at}])
        parts = {"api": at, "attributes": attributes}
        page = PAGE.format(lang=lang, head=head.format(**parts), body=body.format(**parts))
        headers = {"content_security_policy": policy.format(api=at)} if policy else {}
        found = Visit(context.new_page())
        found.page.goto(site.put("/page", page, **headers))
        return found

    yield opened
    for context in contexts:
        context.close()


def marked_in(article: Article, figure: Locator) -> str:
    """Return the marked words of a quotation, which must be the article's own."""
    shown = str(figure.locator("blockquote").text_content())
    assert shown in article.text
    return str(figure.locator("mark").text_content())


def style(of: Locator, name: str) -> str:
    return str(of.evaluate(f"(element) => getComputedStyle(element).{name}"))


def test_an_answer_is_a_quotation_with_its_source(visit: Open) -> None:
    visited = visit()
    expect(visited.box).to_contain_text("word for word from 7 articles")
    visited.ask(COST)
    figure = visited.quotes.first
    assert marked_in(FOX, figure) == "41 million pounds"
    expect(figure.locator("figcaption")).to_contain_text("Orme Courier · A 🦊 shelter opens")
    expect(figure.locator("time")).to_have_text("1 June 2031")
    expect(visited.box.locator(".sure")).to_have_text(re.compile(r"\d+% sure"))
    expect(visited.field).to_be_focused()
    assert visited.said == []


def test_marks_are_exact_behind_characters_beyond_the_basic_plane(visit: Open) -> None:
    """Offsets are code points: in UTF-16 units the mark would begin 3 characters too early."""
    figure = visit().ask(COST).locator("figure").first
    assert figure.locator("blockquote").text_content() == FOX.text[FOX.text.index("It is") :]
    assert marked_in(FOX, figure) == "41 million pounds"


def test_the_source_opens_at_the_sentence_in_a_new_tab(visit: Open) -> None:
    link = visit().ask(COST).get_by_role("link").first
    address, _, fragment = str(link.get_attribute("href")).partition("#")
    assert address == "https://courier.example/fox?a=1"
    assert unquote(fragment.removeprefix(":~:text=")) == FOX.text[FOX.text.index("It is") :]
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener")
    expect(link).to_have_accessible_name(re.compile(r"opens in a new tab"))


def test_text_of_articles_is_shown_and_does_nothing(visit: Open) -> None:
    visited = visit()
    answer = visited.ask("Who lit the zanzibar lantern?")
    figure = answer.locator("figure", has_text="Quentin Ashgrove").first
    shown = str(figure.locator("blockquote").text_content())
    assert shown in HOSTILE.text
    assert "<script>window.broken=5</script>" in shown
    assert HOSTILE.title in str(figure.locator("figcaption").text_content())
    assert figure.get_by_role("link").count() == 0  # its source is a file
    assert visited.box.locator("img, script, b, i").count() == 0
    assert visited.page.evaluate("window.broken") is None
    assert style(figure.locator("bdi", has_text="\u202e").first, "unicodeBidi") == "isolate"
    assert visited.said == []


def test_where_the_articles_do_not_say_the_closest_sentences_are_shown(visit: Open) -> None:
    visited = visit()
    answer = visited.ask(UNKNOWN)
    expect(answer).to_contain_text("The articles here don’t say.")
    expect(answer).to_contain_text("These sentences come closest, but they are not an answer:")
    assert answer.locator("figure.near").count() > 0
    assert visited.quotes.count() == 0


def test_other_answers_are_folded_away(visit: Open) -> None:
    answer = visit().ask(COST)
    folded = answer.locator("details figure")
    expect(folded.first).to_be_hidden()
    answer.get_by_text(re.compile(r"\d+ other sentences?")).click()
    expect(folded.first).to_be_visible()


def test_it_works_under_a_strict_policy_of_the_page(visit: Open) -> None:
    visited = visit(policy=STRICT)
    visited.ask(COST)
    expect(visited.quotes.first).to_be_visible()
    assert style(visited.box, "borderTopWidth") == "1px"  # the style is there as well
    assert visited.said == []


def test_a_policy_without_the_api_is_named_as_the_reason(visit: Open) -> None:
    visited = visit(policy="default-src 'none'; script-src {api}; connect-src 'self'")
    expect(visited.box).to_contain_text("this page’s security policy does not let it connect")
    expect(visited.field).to_have_count(0)


def test_another_site_is_told_so_and_nothing_else(
    visit: Open, another_api: Callable[..., str], site: Site
) -> None:
    there = another_api(origins=["https://other.example"])
    visited = visit(at=there)
    said = f"Questions cannot be asked here: {there} does not answer pages of {site.address}."
    expect(visited.box).to_have_text(said)
    expect(visited.field).to_have_count(0)


def test_no_cookie_is_sent(visit: Open) -> None:
    visited = visit(cookies=True)
    expect(visited.box).to_contain_text("word for word")
    with visited.page.expect_request("**/v1/ask") as asked:
        visited.ask(COST)
    headers = asked.value.all_headers()
    assert "cookie" not in headers
    assert "referer" not in headers


def test_a_key_opens_the_api_and_a_wrong_one_is_said_to(
    visit: Open, another_api: Callable[..., str], site: Site, tmp_path: Path
) -> None:
    key, line = new_key("site", ["read"])
    path = tmp_path / "keys"
    path.write_text(line)
    path.chmod(0o600)
    there = another_api(origins=[site.address], keys_file=path)
    visited = visit(at=there, attributes=f'data-key="{key}"')
    visited.ask(COST)
    expect(visited.quotes.first).to_be_visible()
    visited = visit(at=there)
    visited.ask(COST)
    expect(visited.box).to_contain_text("This site has no access to the answers")


def test_asking_too_often_is_told_with_the_time_to_wait(
    visit: Open, another_api: Callable[..., str], site: Site
) -> None:
    visited = visit(at=another_api(origins=[site.address], limits=Limits(questions=Rate(0.02, 1))))
    visited.ask(COST)
    visited.ask("And again?")
    said = visited.box.locator(".trouble")
    expect(said).to_have_text(re.compile(r"Please ask again in (a second|\d+ seconds)\."))
    assert visited.quotes.count() == 0


def test_a_server_with_too_much_to_do_is_told(
    visit: Open, another_api: Callable[..., str], site: Site
) -> None:
    busy = Limits(questions=API_LIMITS.questions, questions_waiting=0)
    visited = visit(at=another_api(origins=[site.address], limits=busy))
    visited.ask(COST)
    expect(visited.box).to_contain_text("Please ask again in 2 seconds.")


def test_being_offline_and_an_unreachable_server_are_told_apart(visit: Open) -> None:
    visited = visit()
    visited.page.context.set_offline(True)
    visited.ask(COST)
    expect(visited.box).to_contain_text("You are offline.")
    visited.page.context.set_offline(False)
    visited.page.route("**/v1/*", lambda route: route.abort())
    visited.ask(COST)
    expect(visited.box).to_contain_text("The answers cannot be reached just now.")
    visited.page.unroute("**/v1/*")
    visited.ask(COST)
    expect(visited.quotes.first).to_be_visible()


@pytest.mark.parametrize(
    ("status", "said"),
    [(422, "This question cannot be read."), (500, "Something went wrong while searching.")],
)
def test_other_refusals_are_said_in_plain_words(
    visit: Open, site: Site, status: int, said: str
) -> None:
    allowed = {"access-control-allow-origin": site.address}

    def refused(route: Route) -> None:
        route.fulfill(status=status, headers=allowed, body="no JSON")

    visited = visit()
    visited.page.route("**/v1/ask", refused)
    visited.ask(COST)
    expect(visited.box).to_contain_text(said)


def test_a_second_question_takes_the_place_of_the_first(visit: Open) -> None:
    visited = visit()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if not held and COST in str(route.request.post_data):
            held.append(route)
        else:
            route.continue_()

    visited.page.route("**/v1/ask", hold)
    visited.field.fill(COST)
    visited.field.press("Enter")
    expect(visited.box).to_have_attribute("aria-busy", "true")
    expect(visited.box.get_by_role("status")).to_have_text("Searching the articles …")
    visited.ask(UNKNOWN)
    expect(visited.box).not_to_have_attribute("aria-busy", "true")
    expect(visited.box.locator(".answer")).to_contain_text("The articles here don’t say.")
    visited.ask("  ")
    assert len(held) == 1
    held[0].abort()
    expect(visited.box.locator(".answer")).to_contain_text("The articles here don’t say.")


def test_style_gets_neither_in_nor_out(visit: Open) -> None:
    loud = "* { color: rgb(1, 2, 3); letter-spacing: 9px; text-transform: uppercase }"
    visited = visit(head=f"<style>{loud.replace('{', '{{').replace('}', '}}')}</style>")
    visited.ask(COST)
    quote = visited.quotes.locator("blockquote").first
    for name, value in (("color", "rgb(1, 2, 3)"), ("letterSpacing", "9px")):
        assert style(quote, name) != value
        assert style(visited.page.locator("main > blockquote"), name) == value
    assert style(quote, "textTransform") == "none"
    assert style(visited.page.locator("main > blockquote"), "borderLeftWidth") == "0px"


def test_a_page_fits_it_to_itself(visit: Open) -> None:
    properties = "pullquote-widget {{ --pullquote-accent: rgb(0, 80, 0); margin: 40px }}"
    visited = visit(head=f"<style>{properties}</style>", attributes='data-theme="dark"')
    button = visited.box.get_by_role("button", name="Ask")
    assert style(button, "backgroundColor") == "rgb(0, 80, 0)"
    assert style(visited.page.locator("pullquote-widget"), "marginLeft") == "40px"
    assert style(visited.box, "backgroundColor") == "rgb(30, 28, 24)"


@pytest.mark.parametrize(
    ("lang", "attributes", "button"),
    [("de-AT", "", "Fragen"), ("en", 'data-language="de"', "Fragen"), ("fr", "", "Ask")],
)
def test_it_speaks_the_language_of_the_page(
    visit: Open, lang: str, attributes: str, button: str
) -> None:
    visited = visit(lang=lang, attributes=attributes)
    expect(visited.box.get_by_role("button")).to_have_text(button)
    if button == "Fragen":
        expect(visited.box).to_have_attribute("lang", "de")
        visited.ask(UNKNOWN)
        expect(visited.box).to_contain_text("Die Artikel hier sagen es nicht.")


@pytest.mark.parametrize("attributes", ["async", ""])
def test_it_stands_in_the_element_that_is_named(visit: Open, attributes: str) -> None:
    script = (
        '<script src="{api}/v1/widget.js" data-target="here" data-title="Questions?" %s></script>'
    )
    visited = visit(head=script % attributes, body="")
    expect(visited.page.locator("#here > pullquote-widget")).to_be_visible()
    expect(visited.box.get_by_label("Questions?")).to_be_visible()
    visited = visit(head=script % 'data-target="nowhere"', body="")
    expect(visited.page.locator("#here > pullquote-widget")).to_be_visible()


def test_several_stand_on_one_page(visit: Open) -> None:
    script = '<script src="{api}/v1/widget.js" async></script>'
    visited = visit(body=f"<section>{script}</section><section>{script}</section>")
    expect(visited.page.locator("section > script + pullquote-widget")).to_have_count(2)


def test_text_from_right_to_left_is_set_so(visit: Open) -> None:
    answer = visit().ask("כמה עלה שיפוץ המגדלור?")
    quote = answer.locator("blockquote", has_text="12 מיליון").first
    assert style(quote, "direction") == "rtl"


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_all_of_it(visit: Open, width: int) -> None:
    visited = visit(viewport={"width": width, "height": 700})
    visited.ask("Who lit the zanzibar lantern?")
    visited.box.locator("summary").click()
    wider = "document.documentElement.scrollWidth - window.innerWidth"
    assert visited.page.evaluate(wider) == 0
    field = visited.field.bounding_box()
    assert field
    assert field["width"] >= 160


def test_who_wants_less_motion_gets_none(visit: Open) -> None:
    visited = visit()
    visited.page.route("**/v1/ask", lambda route: None)
    visited.field.fill(COST)
    visited.field.press("Enter")
    expect(visited.box).to_have_attribute("aria-busy", "true")
    bar = "(line) => getComputedStyle(line, '::after').animationName"
    assert visited.box.locator(".line").evaluate(bar) == "none"
    visited.page.emulate_media(reduced_motion="no-preference")
    assert visited.box.locator(".line").evaluate(bar) == "to-and-fro"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Open, scheme: str) -> None:
    visited = visit(color_scheme=scheme, head="<style>:root {{ color-scheme: light dark }}</style>")

    def violations() -> list[Mapping[str, Any]]:
        found = Axe().run(visited.page, context="pullquote-widget").response["violations"]
        return [{"id": each["id"], "nodes": each["nodes"]} for each in found]

    expect(visited.box).to_contain_text("word for word")
    assert violations() == []
    visited.ask(COST)
    visited.box.locator("summary").click()
    assert violations() == []
    visited.ask(UNKNOWN)
    assert violations() == []
    visited.page.route("**/v1/ask", lambda route: route.fulfill(status=500))
    visited.ask(COST)
    assert violations() == []


def test_the_example_works_as_it_stands(visit: Open, site: Site, api: str) -> None:
    example = (ROOT / "examples" / "widget.html").read_text(encoding="utf-8")
    visited = visit(body="")
    visited.page.goto(site.put("/example", example.replace("http://127.0.0.1:7860", api)))
    visited.ask(COST)
    expect(visited.quotes.first).to_contain_text("41 million pounds")
