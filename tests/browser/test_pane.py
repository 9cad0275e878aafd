"""The source pane as a reader uses it: text, versions, copies, quotations, what is selected."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Locator, expect

from corpus import Article, Mark, Span
from qa import build_index

if TYPE_CHECKING:
    from tests.browser.conftest import Room

    NewRoom = Callable[..., Room]

MENU = "Home | 😀 News | Sport"
RIGHTS = "Copyright 2025 The Dyke Post."
BEFORE = "The 🌊 Yarrow dyke was raised in spring."
CITED = "It is now 4.5 metres high – as high as a house, well-known & dry, says Dirk Ott."
AFTER = "Nobody had asked for it."
LATER = "The second 🎈 part begins here, and it ends here."
HEADING = "What comes next"
END = "Boats will wait at the lock until June."
TEXT = (
    f"{MENU}\n\n{BEFORE} {CITED} {AFTER}\n\n{LATER}\n\n{RIGHTS}\n\n{HEADING}\n\n{END}"
    " The council meets again in the autumn, when the bill is due and the water is low."
)
SHOWN = TEXT.replace(f"{MENU}\n\n", "").replace(f"{RIGHTS}\n\n", "")


def span_of(part: str, text: str = TEXT) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


DYKE = Article(
    id="dyke/odd id.md",
    title="Dyke at Yarrow raised",
    outlet="The Dyke Post",
    published="2025-05-06",
    source="https://dyke.example/news/dyke?x=1&y=(2)",
    metadata={"language": "en", "authors": "Ann Lee; Bo Orr"},
    text=TEXT,
    headings=(span_of(HEADING),),
    marks=(Mark(span_of(MENU), "menu"), Mark(span_of(RIGHTS), "copyright notice")),
)
FIRST = dataclasses.replace(DYKE, text=TEXT.replace("4.5 metres", "4.4 metres"))
COPY = dataclasses.replace(DYKE, id="dyke-copy", outlet="Northern Wire", source="copy.md")
ARABIC = Article(
    id="rtl",
    title="ميناء جديد في المدينة",
    source="rtl.md",
    metadata={"language": "ar"},
    text=(
        "أعلنت الحكومة افتتاح ميناء جديد يوم الثلاثاء (40 سفينة).\n\nThe English part.\n\n"
        "הנמל החדש נפתח."
    ),
)
LONG_SENTENCE = "The zebra council met on the four hundredth day and voted."
LONG = Article(
    id="long",
    title="A very long report",
    source="long.md",
    text="\n\n".join(
        LONG_SENTENCE if n == 400 else f"On day {n} they talked of the quay and herring. " * 7
        for n in range(800)
    ),
)
NASTY = {
    "id": "odd",
    "title": 'A {B} 50%C# _d_ \\e [x](y) | z "q" <i>*k*</i>\n\u202efdp.\u202c',
    "outlet": "O & P $5 ~^",
    "published": "2025-02-18T10:00:00Z",
    "authors": ["Lee, Ann", "Sand and Sons"],
    "address": "https://x.example/a_(b)?q={1}|2#f",
    "link": "http://localhost/#c=1",
    "quote": (
        'He said "x" {y} 100% #1 a_b $5 ~^\\ [l](javascript:1) ![i](http://e.example/i) <b>x</b> '
        "&amp; www.evil.example https://evil.example @you | c\n- one\n2. two\n    code\n# h\n---\n"
        "`c` **bold** שלום} {unclosed \u202eturned"
    ),
}


@pytest.fixture(scope="module", autouse=True)
def dyke(server: str, archive: Path) -> None:
    """Put our articles into the index that the server at `server` serves."""
    build_index(archive, [FIRST])
    build_index(archive, [DYKE, COPY, ARABIC, LONG])


def citation(article: Article = DYKE, sentence: str = CITED, answer: str = "Dirk Ott") -> str:
    said = span_of(sentence, article.text)
    words = span_of(answer, article.text)
    span = f"{said.start}-{said.end}.{words.start}-{words.end}"
    return f"#c={quote(article.id, safe='')}.{span}.{article.version}"


def shown(room: Room, hash_: str) -> Room:
    """Open the page at an address and wait until the pane is there."""
    room.visit(f"/{hash_}")
    expect(room.pane).to_be_visible()
    expect(room.page.locator(".pane-title")).to_be_focused()
    return room


def body(room: Room) -> Locator:
    return room.page.locator(".pane-body")


def choose(room: Room, button: str, item: str) -> None:
    room.pane.get_by_role("button", name=button).click()
    room.pane.locator("[role^=menuitem]").filter(has_text=item).click()


def module(room: Room, name: str, script: str, given: object = None) -> Any:
    """Run `script` with the module's exports as `m` and `given` as `it`."""
    load = f"import(new URL('room/{name}', document.baseURI).href)"
    return room.page.evaluate(
        f"async (it) => {{ const m = await {load}; return {script}; }}", given
    )


# ---- the text ----


def test_the_text_is_the_articles_without_furniture_in_paragraphs(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    assert body(room).text_content() == SHOWN
    assert room.mark.text_content() == CITED
    assert room.mark.locator(".answer").text_content() == "Dirk Ott"
    expect(body(room).get_by_role("heading")).to_have_text([re.compile(HEADING)])
    expect(body(room).locator("p")).to_have_count(3)
    assert body(room).inner_text().count("\n\n") == 3  # drawn apart, though by no empty line


def test_what_was_set_aside_is_shown_on_request_with_its_reason(new_room: NewRoom) -> None:
    room = shown(new_room(permissions=["clipboard-read", "clipboard-write"]), citation())
    expect(body(room)).not_to_contain_text("Sport")
    choose(room, "More", "See what was set aside")
    assert body(room).text_content() == TEXT
    asides = body(room).locator(".furniture")
    expect(asides).to_have_count(2)
    assert [a.get_attribute("title") for a in asides.all()] == [
        "Set aside: menu",
        "Set aside: copyright notice",
    ]
    expect(room.mark).to_have_text(CITED)
    expect(room.pane.get_by_role("status")).to_contain_text("set aside")
    choose(room, "More", "See what was set aside")
    assert body(room).text_content() == SHOWN


def test_a_sentence_across_paragraphs_is_marked_in_one_piece(new_room: NewRoom) -> None:
    across = f"{AFTER}\n\n{LATER}"
    room = shown(new_room(), citation(sentence=across, answer="asked for"))
    assert room.mark.text_content() == across
    assert body(room).text_content() == SHOWN


def test_a_sentence_deep_in_a_long_article_comes_into_view(new_room: NewRoom) -> None:
    room = shown(new_room(), citation(LONG, LONG_SENTENCE, "zebra"))
    expect(room.mark).to_be_in_viewport(ratio=1)
    assert body(room).text_content() == LONG.text


def test_arabic_and_hebrew_read_from_the_right(new_room: NewRoom) -> None:
    room = shown(new_room(), "#a=rtl")
    directions = "all => all.map((each) => getComputedStyle(each).direction)"
    assert body(room).locator("p").evaluate_all(directions) == ["rtl", "ltr", "rtl"]
    assert body(room).get_attribute("lang") == "ar"
    title = room.page.locator(".pane-title")
    assert title.evaluate("each => getComputedStyle(each).direction") == "rtl"


# ---- addresses, versions, copies ----


def test_an_article_opens_at_its_beginning_without_a_citation(new_room: NewRoom) -> None:
    room = shown(new_room(), f"#a={quote(DYKE.id, safe='')}")
    assert body(room).text_content() == SHOWN
    assert body(room).evaluate("each => each.scrollTop") == 0
    expect(room.mark).to_have_count(0)
    expect(room.pane.get_by_role("button", name="Copy quotation")).to_be_hidden()
    room.page.keyboard.press("Escape")
    expect(room.pane).to_be_hidden()
    assert "#" not in room.page.url


def test_an_article_opens_in_the_version_that_is_asked_for(new_room: NewRoom) -> None:
    room = shown(new_room(), f"#a={quote(DYKE.id, safe='')}.{FIRST.version}")
    expect(body(room)).to_contain_text("4.4 metres")
    expect(room.page.locator(".pane-note")).to_have_text(
        "Updated since. You see an earlier version."
    )


def test_an_id_that_ends_as_with_a_version_has_an_address(room: Room) -> None:
    hash_ = module(room, "words.js", "m.hashOf(it)", "a.0123456789ab")
    assert module(room, "words.js", "m.parseView(it).article", hash_) == "a.0123456789ab"
    both = module(room, "words.js", "m.parseView(m.hashOf(it, 'aaaaaaaaaaaa'))", "x é/.y")
    assert both == {"article": "x é/.y", "version": "aaaaaaaaaaaa"}


def test_versions_are_switched_and_only_the_quoted_one_is_marked(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    summary = room.page.locator(".pane-others summary")
    expect(summary).to_contain_text("Version 2 of 2")
    summary.click()
    room.pane.get_by_role("link", name="Version 1").click()
    expect(body(room)).to_contain_text("4.4 metres")
    expect(room.mark).to_have_count(0)
    expect(summary).to_contain_text("Version 1 of 2")
    summary.click()
    room.pane.get_by_role("link", name="Version 2, current, quoted").click()
    expect(room.mark).to_have_text(CITED)
    assert room.page.url.endswith(citation())


def test_who_else_carries_the_report_is_told_and_opened(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    summary = room.page.locator(".pane-others summary")
    expect(summary).to_contain_text("Also carried by one other")
    summary.press("Enter")
    room.pane.get_by_role("link", name="Northern Wire").press("Enter")
    expect(room.page.locator(".pane-origin")).to_contain_text("Northern Wire")
    assert room.page.url.endswith("#a=dyke-copy")


def test_the_publisher_is_a_link_to_the_very_words(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    room.pane.get_by_role("button", name="More").click()
    link = room.pane.get_by_role("menuitem", name="Open at the publisher")
    assert link.get_attribute("href") == (
        "https://dyke.example/news/dyke?x=1&y=(2)#:~:text=It%20is%20now%204.5%20metres%20high%20"
        "%E2%80%93%20as%20high%20as%20a%20house%2C%20well%2Dknown%20%26%20dry%2C%20says%20Dirk"
        "%20Ott."
    )
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("rel") == "noopener noreferrer"
    room.page.keyboard.press("Escape")
    shown(room, "#a=rtl")
    room.pane.get_by_role("button", name="More").click()
    expect(room.pane.get_by_role("menuitem")).to_have_text(["Ask only this article"])


FRAGMENTS = {
    "a-b, c & d": "a%2Db%2C%20c%20%26%20d",
    "one two three four five six " * 9 + "end.": (
        "one%20two%20three%20four%20five,three%20four%20five%20six%20end"
    ),
    "first line\nsecond line": "first%20line%20second%20line",
    "  spaced   out  ": "spaced%20out",
}


def test_a_text_fragment_is_written_as_its_specification_says(room: Room) -> None:
    to = "https://x.example/a"
    for words, fragment in FRAGMENTS.items():
        found = module(room, "quotation.js", f"m.withFragment('{to}', it)", words)
        assert found == f"{to}#:~:text={fragment}"
        inside = module(room, "quotation.js", f"m.withFragment('{to}#part', it)", words)
        assert inside == f"{to}#part:~:text={fragment}"
    for address in ("javascript:alert(1)", "data:text/html,x", "", "//x", None):
        assert module(room, "quotation.js", "m.withFragment(it, 'words')", address) is None


def test_questions_are_narrowed_to_what_is_open(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    for item, articles, story in (
        ("Ask only this article", [DYKE.id], None),
        ("Ask only this report", [], DYKE.id),
    ):
        choose(room, "More", item)
        expect(room.field).to_be_focused()
        found = module(room, "filters.js", "m.scope()")
        assert (found["articles"], found["story"]) == (articles, story)


# ---- quotations ----


def clipboard(room: Room) -> str:
    return str(room.page.evaluate("navigator.clipboard.readText()"))


def test_a_quotation_is_copied_in_each_form_and_the_last_one_is_kept(new_room: NewRoom) -> None:
    room = shown(new_room(permissions=["clipboard-read", "clipboard-write"]), citation())
    said = room.pane.get_by_role("status")
    button = room.pane.get_by_role("button", name="Copy quotation")
    button.click()
    expect(said).to_have_text("Quotation copied.")
    address = "https://dyke.example/news/dyke?x=1&y=(2)"
    facts = f"Dyke at Yarrow raised, The Dyke Post, 6 May 2025, {address}"
    assert clipboard(room) == f"“{CITED}” — {facts}"
    choose(room, "Format of the quotation", "Link to this passage")
    expect(said).to_have_text("Link copied.")
    assert clipboard(room) == f"{room.url}/{citation()}"
    choose(room, "Format of the quotation", "BibTeX")
    expect(said).to_have_text("Quotation copied.")
    assert clipboard(room).startswith("@article{thedykepost2025-")
    room.page.reload()
    expect(room.page.locator(".pane-title")).to_be_focused()
    choose(room, "More", "See what was set aside")
    button.click()
    expect(said).to_have_text("Quotation copied.")
    assert f"author = {{Ann Lee and Bo Orr}},\n  title = {{{{{DYKE.title}}}}}" in clipboard(room)


def test_without_a_clipboard_a_quotation_is_copied_the_old_way(new_room: NewRoom) -> None:
    room = shown(new_room(permissions=["clipboard-read", "clipboard-write"]), citation())
    refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('none'))"
    room.page.evaluate(f"() => {{ {refuse}; }}")
    choose(room, "Format of the quotation", "Markdown")
    expect(room.pane.get_by_role("status")).to_have_text("Quotation copied.")
    assert clipboard(room).startswith("> It is now 4.5 metres high")
    room.page.evaluate("() => { document.execCommand = () => false; }")
    room.pane.get_by_role("button", name=re.compile("Cop")).first.click()
    expect(room.pane.get_by_role("status")).to_contain_text("copy it with the keyboard")
    assert room.page.evaluate("getSelection().toString()") == CITED


def test_what_is_selected_is_quoted_instead(new_room: NewRoom) -> None:
    room = shown(new_room(permissions=["clipboard-read", "clipboard-write"]), citation())
    select(room, LATER, END)
    room.pane.get_by_role("button", name="Copy quotation").click()
    expect(room.pane.get_by_role("status")).to_have_text("Quotation copied.")
    assert clipboard(room).startswith(f"“{LATER}\n\n{HEADING}\n\n{END}”")  # furniture is left out


def test_markdown_of_a_nasty_article_shows_its_words_and_does_nothing(room: Room) -> None:
    made = module(room, "quotation.js", "m.quotation('markdown', it)", NASTY)
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(made)
    assert html.count("<a ") == 1
    assert html.count("<blockquote>") == 1
    assert re.findall(r"<(?!/|p>|a |blockquote>)[^>]*>", html) == []
    assert 'href="https://x.example/a%5F%28b%29?q=%7B1%7D%7C2#f"' in html
    for line in str(NASTY["quote"]).split("\n"):
        assert escaped(line.strip()) in html
    for live in (r"(?<!\\):\/\/e", r"www\.", "@you"):
        assert not re.search(rf"(?<!\\){live}", made.split("> —")[0].replace("www\\.", ""))


def escaped(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text


def test_bibtex_of_a_nasty_article_is_balanced_and_escaped(room: Room) -> None:
    made = str(module(room, "quotation.js", "m.quotation('bibtex', it)", NASTY))
    depth = 0
    for character in made:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", made, re.MULTILINE))
    assert list(fields) == ["author", "title", "journal", "year", "date", "url", "note"]
    assert fields["author"] == "Lee, Ann and {Sand and Sons}"
    assert (fields["year"], fields["date"]) == ("2025", "2025-02-18")
    assert fields["journal"] == r"O \& P \$5 \textasciitilde{}\textasciicircum{}"
    assert fields["url"] == "https://x.example/a_(b)?q=%7B1%7D|2#f"
    for name in ("title", "note"):
        assert not re.search(r"(?<!\\)[%#_&$~^]", fields[name])
        commands = set(re.findall(r"\\[a-z]+", fields[name]))
        assert commands <= {r"\textbackslash", r"\textbraceleft", r"\textbraceright",
                            r"\textasciitilde", r"\textasciicircum"}  # fmt: skip
    key = re.search(r"@article\{([a-z0-9-]+),", made)
    assert key
    assert made == module(room, "quotation.js", "m.quotation('bibtex', it)", NASTY)
    other = module(room, "quotation.js", "m.quotation('bibtex', it)", {**NASTY, "id": "other"})
    assert key[1] not in other


def test_a_quotation_turns_nothing_around_that_stands_behind_it(room: Room) -> None:
    made = module(room, "quotation.js", "m.quotation('plain', it)", NASTY)
    assert str(NASTY["quote"]) + "\u202c" in made


def test_a_quotation_that_begins_with_one_gets_no_second_mark(room: Room) -> None:
    said = {"id": "a", "title": "T", "quote": "“Go,” he said.", "link": "http://localhost/#c=1"}
    assert module(room, "quotation.js", "m.quotation('plain', it)", said) == "“Go,” he said. — T"
    assert "note = {“Go,” he said.}" in str(
        module(room, "quotation.js", "m.quotation('bibtex', it)", said)
    )


def test_a_quotation_of_an_article_that_says_nothing_of_itself(room: Room) -> None:
    bare = {"id": "a", "title": "新しい港", "quote": "港", "link": "http://localhost/#c=1"}
    assert module(room, "quotation.js", "m.quotation('plain', it)", bare) == "“港” — 新しい港"
    made = module(room, "quotation.js", "m.quotation('bibtex', it)", bare)
    assert made.startswith("@misc{article-")
    assert "author" not in made


# ---- what the reader has selected ----


_SELECT = """([first, last, backwards]) => {
  const body = document.querySelector(".pane-body");
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const places = {};
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(first);
    const end = node.data.indexOf(last);
    if (start >= 0) places.start ??= [node, start];
    if (end >= 0) places.end = [node, end + last.length];
  }
  const [from, to] = backwards ? [places.end, places.start] : [places.start, places.end];
  getSelection().setBaseAndExtent(...from, ...to);
}"""


def select(room: Room, first: str, last: str, *, backwards: bool = False) -> None:
    room.page.evaluate(_SELECT, [first, last, backwards])


PICKS = [("Yarrow", "raised"), ("raised in", "now 4.5"), ("🎈 part", "begins"), (LATER, END)]


def test_what_is_picked_counts_in_the_articles_code_points(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    room.page.evaluate(
        """window.told = [];
        document.addEventListener("room:picked", (event) => window.told.push(event.detail))"""
    )
    for (first, last), backwards in itertools.product(PICKS, (False, True)):
        select(room, first, last, backwards=backwards)
        start, end = TEXT.index(first), TEXT.index(last) + len(last)
        wanted = {"article_id": DYKE.id, "version": DYKE.version, "start": start, "end": end}
        assert module(room, "pane.js", "m.picked()") == wanted
        assert told_last(room) == wanted
        room.page.evaluate("getSelection().removeAllRanges()")
        assert told_last(room) is None


def told_last(room: Room) -> object:
    """Return what was told of the selection, once there was time for it."""
    return room.page.evaluate(
        """async () => {
          for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
          return window.told.at(-1);
        }"""
    )


def test_a_whole_paragraph_or_everything_can_be_picked(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    body(room).locator("p").first.click(click_count=3)
    found = module(room, "pane.js", "m.picked()")
    assert TEXT[found["start"] : found["end"]] == f"{BEFORE} {CITED} {AFTER}"
    room.page.evaluate("getSelection().selectAllChildren(document.querySelector('#pane'))")
    found = module(room, "pane.js", "m.picked()")
    assert TEXT[found["start"] : found["end"]] == TEXT[len(MENU) + 2 :]
    room.page.evaluate("getSelection().selectAllChildren(document.querySelector('#masthead'))")
    assert module(room, "pane.js", "m.picked()") is None


# ---- keyboard, preview, phone ----


def test_a_menu_is_used_by_keyboard_and_escape_closes_only_it(new_room: NewRoom) -> None:
    room = shown(new_room(), citation())
    more = room.pane.get_by_role("button", name="More")
    more.press("Enter")
    items = room.pane.get_by_role("menu", name="More").locator("[role^=menuitem]")
    expect(items.first).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
    room.page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    room.page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    room.page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(items.first).to_be_hidden()
    expect(room.pane).to_be_visible()
    room.page.keyboard.press("Escape")
    expect(room.pane).to_be_hidden()


def test_the_preview_shows_on_focus_goes_with_escape_and_stays_under_the_mouse(
    room: Room,
) -> None:
    chip = room.ask("Who found the leak beneath gate No. 4?").locator(".quote .chip").first
    preview = room.page.locator("#preview")
    room.page.keyboard.press("Shift+Tab")  # from here on the focus is the keyboard's
    chip.focus()
    expect(preview).to_be_visible()
    expect(chip).to_have_attribute("aria-describedby", "preview")
    room.page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(chip).to_be_focused()
    room.field.focus()
    chip.hover()
    expect(preview).to_be_visible()
    preview.hover()
    room.page.wait_for_timeout(600)  # longer than the way there may take
    expect(preview).to_be_visible()
    room.page.mouse.move(2, 2)
    expect(preview).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390])
def test_the_sheet_leaves_room_for_the_article_and_fingers(new_room: NewRoom, width: int) -> None:
    room = shown(new_room(width, 844, is_mobile=True, has_touch=True), citation())
    header = room.page.locator("#pane header").bounding_box()
    assert header
    assert header["height"] <= 0.35 * 844
    room.pane.get_by_role("button", name="More").tap()
    pressable = [*room.pane.get_by_role("button").all(), *room.pane.get_by_role("menuitem").all()]
    for each in pressable:
        box = each.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    expect(room.pane.get_by_role("menuitem").first).to_be_in_viewport(ratio=1)


def test_the_pane_speaks_german(new_room: NewRoom) -> None:
    room = new_room(locale="de-DE")
    room.page.goto(f"{room.url}/{citation()}")
    expect(room.pane).to_be_visible()
    expect(room.page.locator(".pane-origin")).to_contain_text("6. Mai 2025")
    expect(room.pane.get_by_role("button", name="Zitat kopieren")).to_be_visible()
    expect(room.page.locator(".pane-others summary")).to_contain_text("Fassung 2 von 2")
    choose(room, "Mehr", "Beiseitegelegtes zeigen")
    aside = body(room).locator(".furniture").first
    expect(aside).to_have_attribute("title", "Beiseitegelegt: Menü")
