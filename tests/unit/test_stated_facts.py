"""Titles, outlets and days where many systems state them, and what looks like one and is none."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.extracted import Extracted, Stated
from corpus.facts.calendar_words import is_day_first
from corpus.facts.citations import own_citation
from corpus.facts.date_labels import kind_of, labels_in
from corpus.facts.date_lines import read_date_line
from corpus.facts.outlets import has_outlet_word, is_kind_of_paper, readable_outlet
from corpus.facts.written_dates import written_dates
from corpus.finishing import finish
from corpus.formats import pdf
from corpus.formats.html import extract_page
from corpus.formats.pages.headlines import without_site
from corpus.formats.pages.names import title_parts
from corpus.formats.properties import stated_title
from corpus.plain import read_plain
from tests.timing import grows_within

TITLE = "Dunmere rebuilds its broken east wall"
PARAGRAPHS = (
    "The harbour board of Dunmere agreed on Monday to rebuild the east wall, which storms broke.",
    "Work begins in May and will cost nine million crowns, according to the board's own estimate.",
    "“We waited ten years for this,” said Petra Lindqvist, who runs the ice house by the quay.",
    "Two skippers told the meeting that the new berths are too short for the boats they have.",
)
FRENCH = (
    "La mairie de Dunmere a décidé lundi de reconstruire le mur est, que les tempêtes ont détruit.",
    "Les travaux commencent en mai et coûteront neuf millions, selon le devis de la commune.",
    "« Nous attendions cela depuis dix ans », a dit une habitante qui tient la glacière du quai.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str, title: str = "", head: str = "", lang: str = "en") -> Extracted:
    top = f"<title>{title}</title>{head}"
    text = f"<!doctype html><html lang={lang}><head>{top}</head><body>{body}</body></html>"
    return finish(extract_page(text.encode(), "a.html"))


def linked(*things: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(things)}</script>'


def text(*lines: str, tail: Sequence[str] = (), story: Sequence[str] = PARAGRAPHS) -> Extracted:
    whole = "\n".join([*lines, "", *"\n\n".join(story).split("\n"), "", *tail])
    return read_plain(whole.encode(), "a.txt", ".txt")


def printed(
    head: Sequence[tuple[float, str]],
    *,
    tail: str = "",
    foot: str = "",
    info: str = "",
    story: Sequence[str] = PARAGRAPHS,
) -> Extracted:
    """Return a page with these lines above the text, the first number of each being its size."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    if info:
        canvas.setTitle(info)
    y = 740.0
    lines = [*head, *((11.0, line) for line in story), *([(9.0, tail)] if tail else [])]
    for size, line in lines:
        canvas.setFont("Times-Roman", size)
        canvas.drawString(50, y, line)
        y -= 2.5 * size
    canvas.setFont("Times-Roman", 8)
    canvas.drawString(50, 20, foot)
    canvas.save()
    (found,) = pdf.extract(io.BytesIO(out.getvalue()), "a.pdf")
    assert isinstance(found, Extracted)
    return finish(found)


def outlet(found: Extracted) -> str | None:
    return found.outlet.value if found.outlet else None


def day(found: Extracted) -> str | None:
    return found.published.value if found.published else None


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Vote « News « Orme", ["Vote", "News", "Orme"]),
        ("Vote|Orme", ["Vote", "Orme"]),
        ("Orme :: Vote", ["Orme", "Vote"]),
        (
            "« Nous avons tout perdu » : le maire parle",
            ["« Nous avons tout perdu » : le maire parle"],
        ),
        ("Le maire : « Non » | Orme", ["Le maire : « Non »", "Orme"]),
        ("Tür-zu-Tür-Verkauf", ["Tür-zu-Tür-Verkauf"]),
        ("| Orme |", ["| Orme |"]),
    ],
)
def test_titles_are_taken_apart_at_signs_that_part_them(title: str, parts: list[str]) -> None:
    assert title_parts(title) == parts


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{TITLE}</h1>{BODY}</article>",
        f"<h1><span class=kicker>Harbour</span> {TITLE}</h1>{BODY}",
        f"<h1>All the news from around the bay</h1><h1>{TITLE}</h1>{BODY}"
        "<h1>Most read this week</h1><a href=/x>Ferry strike enters its second week</a>",
        f"<h1>{TITLE}</h1>{BODY}<div class=cookie-banner><h1>We care about your privacy here</h1>"
        f"<p>{PARAGRAPHS[0] * 9}</p></div>",
    ],
)
def test_the_heading_over_the_article_goes_before_a_title_for_search_engines(body: str) -> None:
    found = page(body, "East wall explained: what we know so far | Dunmere Post")
    assert found.title == TITLE


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Opinion and analysis today</h1><div>{TITLE}</div>{BODY}",
        f"<div class=consent><h1>We value your privacy, dear reader</h1>"
        f"<p>{PARAGRAPHS[0]}</p></div><div>{TITLE}</div>{BODY}",
        f"<h1>Subscribe to our newsletter</h1><div>{TITLE}</div>{BODY}",
        f"<h1>Sport</h1><div><b>{TITLE}</b></div>{BODY}",
    ],
)
def test_another_heading_does_not_go_before_the_title_that_the_page_shows(body: str) -> None:
    assert page(body, f"{TITLE} - Dunmere Post").title == TITLE


def test_a_logo_that_is_a_heading_is_no_headline() -> None:
    body = f"<h1><a href=/>Tidewater</a></h1><h2><a href=/?p=8>{TITLE}</a></h2>{BODY}"
    found = page(body, f"Tidewater · {TITLE}")
    assert (found.title, outlet(found)) == (TITLE, "Tidewater")


@pytest.mark.parametrize("title", ["Article", "Dunmere Post", "(3) Dunmere rebuilds its... - Post"])
def test_a_title_that_says_little_gives_way_to_the_heading(title: str) -> None:
    assert page(f"<h1>{TITLE}</h1>{BODY}<p>© 2020 Dunmere Post</p>", title).title == TITLE


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        (f"{TITLE} | News | Dunmere Post", TITLE),
        (f"Dunmere Post » Harbour » {TITLE}", TITLE),
        ("Walls - old and new - Dunmere Post", "Walls - old and new"),
        ("The long walls of Dunmere | A photo essay in parts | Dunmere Post",
         "The long walls of Dunmere | A photo essay in parts"),
    ],
)  # fmt: skip
def test_sections_between_bars_are_cut_with_the_site(title: str, headline: str) -> None:
    assert without_site(title, Stated(value="Dunmere Post", origin="meta")) == headline


GRAPH: list[dict[str, object]] = [
    {"@type": "WebPage", "datePublished": "2021-05-03T10:00:00+00:00", "name": "x"},
    {"@type": "WebSite", "name": "Tidewater"},
]


def test_the_page_and_the_site_in_json_ld_state_day_and_outlet() -> None:
    found = page(f"<h1>{TITLE}</h1>{BODY}", TITLE, linked(*GRAPH))
    assert (outlet(found), day(found)) == ("Tidewater", "2021-05-03T10:00:00+00:00")


@pytest.mark.parametrize(
    ("head", "body", "name"),
    [
        ('<meta name=generator content="WordPress 6.1">'
         "<meta property=og:site_name content=WordPress>",
         "<p>© 2020 Dunmere Post</p>", "Dunmere Post"),
        ("<meta property=og:site_name content=Home>", "<p>© 2020 Dunmere Post</p>", "Dunmere Post"),
        ("<meta property=og:site_name content=www.dunmerepost.example>",
         "<a href=/><img alt='Dunmere Post'></a>", "Dunmere Post"),
        ("<meta property=og:site_name content=dunmere.example>", "", "dunmere.example"),
        ("<meta property=og:site_name content='Dunmere Post – News from the bay'>", "",
         "Dunmere Post"),
        ("<meta property=og:site_name content='Bay – The Magazine'>", "", "Bay – The Magazine"),
        ("", "<div itemprop=publisher itemscope><meta itemprop=name content='Dunmere Post'></div>",
         "Dunmere Post"),
        ("", "<aside><div itemprop=publisher><b itemprop=name>Bay Rivals</b></div></aside>", None),
    ],
)  # fmt: skip
def test_what_stands_in_an_outlets_place_is_passed_over(
    head: str, body: str, name: str | None
) -> None:
    has_name = "News from the bay" in head or "© 2020" in body
    title = f"{TITLE} | Dunmere Post" if has_name else TITLE
    assert outlet(page(f"<h1>{TITLE}</h1>{BODY}{body}", title, head)) == name


@pytest.mark.parametrize(
    ("lang", "published"),
    [("fr", "2023-09-02"), ("en-GB", "2023-09-02"), ("en", None), ("en-US", None), ("ja", None)],
)
def test_days_in_digits_are_read_where_the_language_tells(lang: str, published: str | None) -> None:
    story = "".join(f"<p>{each}</p>" for each in (FRENCH if lang == "fr" else PARAGRAPHS))
    found = page(f"<h1>{TITLE}</h1><p>02/09/2023</p>{story}", TITLE, lang=lang)
    assert day(found) == published


def test_the_language_of_a_text_tells_the_order_of_its_days() -> None:
    french = text(TITLE, "", "Publié le 02/09/2023 à 18h40", story=FRENCH)
    assert day(french) == "2023-09-02T18:40:00"
    assert day(text(TITLE, "", "Published 02/09/2023")) is None
    assert written_dates("02/09/2023") == []
    assert written_dates("02/09/2023", day_first=False)[0].iso == "2023-02-09"
    assert is_day_first(None) is None


@pytest.mark.parametrize(
    "line",
    ["Printed on: 12 May 2025", "Retrieved 12 May 2025", "Accessed on May 12, 2025",
     "- Your Highlight at location 120 | Added on Wednesday, 14 May 2025 21:14:00",
     "Abgerufen am 12. Mai 2025", "Consulté le 12 mai 2025", "Saved on May 12, 2025"],
)  # fmt: skip
def test_the_day_of_printing_or_saving_is_no_day_of_publication(line: str) -> None:
    assert day(text(TITLE, "", line)) is None
    assert day(page(f"<h1>{TITLE}</h1>{BODY}<p>{line}</p>", TITLE)) is None


def test_of_several_days_that_of_publication_is_taken() -> None:
    line = "Received 3 January 2022; accepted 11 March 2022; published online 9 May 2022"
    kinds = [kind_of(labels_in(line), found.span.start) for found in written_dates(line)]
    assert kinds == ["other", "other", "published"]
    assert day(printed([(18, TITLE), (9, line)])) == "2022-05-09"
    assert day(text(TITLE, "", "As printed in the Orme Courier on 5 March 2020")) == "2020-03-05"


def test_a_clock_above_the_headline_is_not_the_day_and_one_in_its_box_is() -> None:
    clock = f"<div>Wednesday, 14 May 2025</div><h1>{TITLE}</h1>{BODY}"
    assert day(page(clock, TITLE)) is None
    boxed = f"<div>Dunmere Post</div><div><p>Wednesday, 14 May 2025</p><h1>{TITLE}</h1>{BODY}</div>"
    assert day(page(boxed, TITLE)) == "2025-05-14"
    question = f"<div>Wednesday, 14 May 2025</div><h1>Who owns the east wall?</h1>{BODY}"
    assert day(page(question, "Who owns the east wall?")) is None


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("No. 44 | October 2021", "2021-10"),
        ("Vol. 12, No. 3 – March 2024", "2024-03"),
        ("Volume 2 of her trilogy came in May 2021", None),
        ("Updated rules came into force in June 2018.", None),
        ("No bus ran in October 2021", None),
    ],
)
def test_an_issue_has_a_month(line: str, iso: str | None) -> None:
    found = read_date_line(line)
    assert (found.dates[0][1] if found and found.dates else None) == iso


@pytest.mark.parametrize(
    ("line", "is_folio"),
    [
        ("6 THE ORME SUN-REPORTER FRIDAY, APRIL 5, 2019", True),
        ("5 APRIL 2019 FRIDAY ORME COURIER", False),
        ("6 dogs found on Friday, April 5, 2019", False),
    ],
)
def test_a_bare_number_is_a_folio_in_a_line_of_capitals_only(line: str, is_folio: bool) -> None:
    found = read_date_line(line)
    assert (found is not None and found.is_folio) == is_folio
    assert [date.iso for date in written_dates(line)] == ["2019-04-05"]


def test_a_length_of_reading_is_no_part_of_a_date_line() -> None:
    found = read_date_line("05.02.2024, 06:00 Uhr • Lesezeit: 2 Minuten")
    assert found is not None
    assert (found.dates, found.cells) == ((("", "2024-02-05T06:00:00"),), ())


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (text("=" * 40, "KESTREL & CROWN", "No. 44      October 2021", "=" * 40, "", TITLE),
         "Kestrel & Crown"),
        (text(f"{TITLE} | Tidewater News", "", "June 14, 2023"), "Tidewater News"),
        (text("NEWS RELEASE", "", TITLE, tail=["About Norrby Energy Partnership", "It is new."]),
         "Norrby Energy Partnership"),
        (text("[1]Tidewater » Feed", "[2]Tidewater", "", TITLE, tail=[
            "References", "1. https://www.tidewater.example/feed", "2. https://www.tidewater.example/"]),
         "Tidewater"),
        (text(TITLE, "", tail=["Quelle: Orme Heute vom 05.02.2024, S. 7"]), "Orme Heute"),
        (text(TITLE, "", tail=["A version of this article appears in print on April 5, 2019,"
                               " Section A, Page 3 of The Orme Courier with the headline: Walls."]),
         "Orme Courier"),
        (text(TITLE, "", f"DUNMERE, June 1, 2018 (Bay Wire) -- {PARAGRAPHS[0]}"), "Bay Wire"),
    ],
)  # fmt: skip
def test_texts_name_their_outlet_in_many_places(found: Extracted, name: str) -> None:
    assert outlet(found) == name


@pytest.mark.parametrize(
    "found",
    [
        text(f"{TITLE} | Jane Roe", ""),
        text(f"{TITLE} | Opinion", ""),
        text("Volume 3 is out in October 2021.", "", TITLE),
        text(TITLE, "", tail=["About Town"]),
        text(
            TITLE, "", tail=["Facebook", "https://www.facebook.com/a", "https://www.facebook.com/b"]
        ),
        text(TITLE, "", f"DUNMERE, June 1, 2018 (Updated) -- {PARAGRAPHS[0]}"),
        text("NEWS RELEASE", "", TITLE),
        text(TITLE, "", tail=["Press contact: Jane Roe"]),
    ],
)
def test_no_outlet_is_made_of_what_names_none(found: Extracted) -> None:
    assert outlet(found) is None


CITED = [
    f'Roe, Jane. "{TITLE}." Tidewater, 1 June 2018, p. 4. Accessed 5 January 2025.',
    f"Roe, Jane. « {TITLE} ». Tidewater, 1 juin 2018. Consulté le 5 janvier 2025.",
]


@pytest.mark.parametrize("line", CITED)
def test_the_articles_own_citation_says_where_and_when(line: str) -> None:
    found = text(TITLE, "", tail=["Works cited", "", line])
    assert (outlet(found), day(found), found.authors) == ("Tidewater", "2018-06-01", ("Jane Roe",))
    assert "Works cited" not in "".join(span.of(found.text) for span in found.stretches())


@pytest.mark.parametrize(
    "line",
    [
        'Poe, Ann. "A wall of another town." Tidewater, 1 June 2018.',
        f"{TITLE} again, Tidewater, 1 June 2018",
        f'She read "{TITLE}" aloud and left.',
        f'"{TITLE}." Retrieved 5 January 2025.',
    ],
)
def test_a_line_about_something_else_is_no_citation(line: str) -> None:
    assert own_citation(f"{TITLE}\n\nIt broke.\n\n{line}", TITLE) is None


def test_citations_are_found_in_linear_time() -> None:
    line = f'"{TITLE}." ' + "a, b (" * 60
    assert grows_within(6, lambda n: own_citation(f"{line}\n" * n, TITLE), 200, 800, least_s=0.01)


def test_an_address_states_the_day_in_its_path_but_less_surely() -> None:
    address = "https://www.orme.example/2022/10/12/bay/wall.html"
    found = text(address, "", TITLE)
    assert (found.url, day(found)) == (address, "2022-10-12")
    assert found.published is not None
    assert not found.published.sure
    assert day(text("https://www.orme.example/2022/13/12/wall", "", TITLE)) is None


def test_a_letter_has_its_own_day_where_a_page_has_a_clock() -> None:
    lines = ("TIDEWATER", "Wednesday 14 June 2023", "", TITLE)
    assert (
        day(text("View in browser ( https://mail.tidewater.example/v )", "", *lines))
        == "2023-06-14"
    )
    assert day(text("Skip to content", "", *lines)) is None


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("Press release", True), ("NEWS RELEASE", True), ("Revue de presse", True),
     ("Orme Press", False), ("Press Gazette", False)],
)  # fmt: skip
def test_what_the_press_makes_is_no_outlet(name: str, is_one: bool) -> None:
    assert is_kind_of_paper(name) == is_one
    assert has_outlet_word(name) != is_one


def test_names_in_capitals_keep_them_behind_hyphens() -> None:
    assert readable_outlet("ORME SUN-REPORTER") == "Orme Sun-Reporter"


@pytest.mark.parametrize(
    ("head", "name", "published"),
    [
        ([(16, "NORRBY ENERGY PARTNERSHIP"), (10, "Press release"), (10, "20 January 2025")],
         "Norrby Energy Partnership", "2025-01-20"),
        ([(20, "Kestrel & Crown"), (10, "Parish magazine · October 2021")],
         "Kestrel & Crown", "2021-10"),
        ([(20, "Norrby Energy Partnership"), (9, "4 Quay Street"), (9, "20 January 2025")],
         "Norrby Energy Partnership", "2025-01-20"),
        ([(10, "Newspaper: Tidewater"), (10, "Date: 2 September 2023")], "Tidewater", "2023-09-02"),
    ],
)  # fmt: skip
def test_heads_of_pdfs_name_who_made_them(
    head: list[tuple[float, str]], name: str, published: str
) -> None:
    found = printed([*head, (15, TITLE)])
    assert (found.title, outlet(found), day(found)) == (TITLE, name, published)


@pytest.mark.parametrize(
    "head",
    [
        [(14, "NEWS RELEASE"), (18, TITLE)],
        [(14, "Opinion"), (18, TITLE)],
        [(18, TITLE), (10, "Date: 5 June 2018"), (10, "Location: The Old Mill")],
        [(10, "Elections in March 2024"), (18, TITLE)],
        [(18, TITLE), (9, "Printed on 12 May 2025")],
    ],
)
def test_heads_of_pdfs_without_outlet_or_day_give_none(head: list[tuple[float, str]]) -> None:
    found = printed(head)
    assert (found.title, outlet(found), day(found)) == (TITLE, None, None)


def test_the_foot_of_a_magazine_has_its_month() -> None:
    found = printed([(18, TITLE)], foot="Vol. 12, No. 3 - March 2024")
    assert day(found) == "2024-03"


def test_a_last_line_says_who_wrote_where_and_when() -> None:
    said = printed([(18, TITLE)], tail="Jane Roe in Orme Courier, 1 June 2018")
    assert (outlet(said), day(said), said.authors) == ("Orme Courier", "2018-06-01", ("Jane Roe",))
    assert outlet(printed([(18, TITLE)], tail="Jane Roe in Paris, 1 June 2018")) is None


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("nfs-31-2-0114 114..119", None),
        ("VP_1203_048-051", None),
        ("AVS 0405 A 003", None),
        ("7 small gardens", "7 small gardens"),
        ("O’Dowd’s north-east", "O’Dowd’s north-east"),
        ("白沢町の除雪車", "白沢町の除雪車"),
    ],
)
def test_a_code_is_no_title(stated: str, title: str | None) -> None:
    assert stated_title(stated) == title


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Meridian Science | Science | February 9, 2023 | By Priya Ostrander", "Meridian Science"),
        ("By Priya Ostrander, Tobias Kerr - February 9, 2023", None),
        ("By Priya Ostrander, Orme Courier - February 9, 2023", "Orme Courier"),
        ("Sport | February 9, 2023 | By Priya Ostrander", None),
    ],
)
def test_who_signs_is_no_outlet(line: str, name: str | None) -> None:
    found = text(line, "", TITLE)
    assert (outlet(found), day(found)) == (name, "2023-02-09")


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (f"{TITLE} | Jane Roe", TITLE),
        (f"{TITLE} | Dunmere", TITLE),
        ("Give us walls | Dunmere", "Give us walls | Dunmere"),
        ("La Voz de la Sierra\nAda Orme, 30 August 2022\n" + TITLE, TITLE),
    ],
)
def test_a_headline_ends_at_a_bar_and_is_no_newspapers_name(first: str, title: str) -> None:
    assert text(first).title == title


@pytest.mark.parametrize(
    "line",
    ["6 OSTHEIMER RUNDSCHAU SAMSTAG, 11. MAI 2024", "LE BIEN PUBLIC JEUDI 14 OCTOBRE 2021 7",
     "(Meridian Science, 9 February 2023)", "16 March 2021 by [7]Marit Sandoval"],
)  # fmt: skip
def test_lines_with_folios_brackets_and_numbers_of_links_have_dates(line: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert len(found.dates) == 1
    assert not any("[" in cell or "(" in cell for cell in found.cells)


def test_a_dated_line_of_a_pdf_is_no_part_of_the_paragraph_below() -> None:
    lines = [(18.0, TITLE), (11.0, "Hallgate, November 30, 2022 (Orme Courier)")]
    found = printed(lines)
    assert (outlet(found), day(found)) == ("Orme Courier", "2022-11-30")
    assert "Hallgate" not in "".join(span.of(found.text) for span in found.stretches())


@pytest.mark.parametrize("source", ["Johns Hopkins University", "Reuters"])
def test_the_source_of_a_chart_is_neither_outlet_nor_day(source: str) -> None:
    chart = f"Source: {source}, 5 June 2020"
    story = (*PARAGRAPHS[:2], chart, *PARAGRAPHS[2:])
    head = (TITLE, "By Jane Roe, Orme Courier", "Published 3 March 2021")
    found = text(*head, story=story, tail=["© 2021 Orme Courier"])
    assert (outlet(found), day(found), found.authors) == (
        "Orme Courier", "2021-03-03", ("Jane Roe",)
    )  # fmt: skip


@pytest.mark.parametrize(
    "slogan", ["News for the whole valley since 1901", "What our readers say of us"]
)
def test_a_slogan_over_the_prose_is_no_headline(slogan: str) -> None:
    assert page(f"<h1>{slogan}</h1>{BODY}", "Council votes to keep the bridge").title == (
        "Council votes to keep the bridge"
    )


@pytest.mark.parametrize(
    "line",
    [
        "The Taming of the Shrew, Globe Theatre, London, until 5 June 2031.",
        "Her album The Taming of the Shrew, Sony, came out on 5 June 2031.",
        "He saw The Taming of the Shrew, Smith said, on 5 June 2011.",
    ],
)
def test_a_performance_or_a_record_is_no_citation(line: str) -> None:
    found = text("The Taming of the Shrew", tail=[line])
    assert (outlet(found), day(found)) == (None, None)


def test_the_publisher_of_a_reviewed_book_is_no_outlet() -> None:
    book = (
        '<div itemscope itemtype="http://schema.org/Book"><span itemprop="publisher" itemscope>'
        '<span itemprop="name">Penguin</span></span></div>'
    )
    assert outlet(page(f"<h1>{TITLE}</h1>{BODY}{book}", TITLE)) is None


def test_days_in_digits_stay_unread_where_the_text_is_of_another_language() -> None:
    line = "<p>Published 03/04/2018 5:30 PM EST</p>"
    assert day(page(f"<h1>{TITLE}</h1>{line}{BODY}", TITLE, lang="de")) is None


@pytest.mark.parametrize("last", ["Analysis", "Exclusive", "Trump", "World Cup 2022"])
def test_what_stands_behind_a_bar_is_no_outlet_without_a_word_for_one(last: str) -> None:
    assert outlet(text(f"Council votes to keep the old bridge | {last}")) is None


def test_a_number_that_begins_a_headline_is_not_a_tabs_counter() -> None:
    name = "(500) Days of Summer on the quay"
    assert page(f"<h1>{name}</h1>{BODY}", name).title == name


def test_the_day_in_the_address_of_another_article_is_not_taken() -> None:
    tail = ["Related", "", "Full story: https://other.example/2011/05/06/old-story"]
    assert day(text(TITLE, tail=tail)) is None


def test_a_word_without_end_is_read_in_linear_time() -> None:
    def read(length: int) -> object:
        return finish(Extracted(text="1" * length))

    assert grows_within(8, read, 5_000, 20_000, least_s=0.02)


@pytest.mark.parametrize(
    "title",
    ["Analysis: why the dam broke - and who knew", "Orme - the town that would not sleep"],
)
def test_the_end_of_a_headline_is_no_outlet(title: str) -> None:
    found = page(f"<h1>{title}</h1>{BODY}", title)
    assert (outlet(found), found.title) == (None, title)


@pytest.mark.parametrize(
    ("title", "site"),
    [("Guardian angels: nurses of the valley", "Guardian"), ("Time: how it slips", "Times of Orme"),
     ("Orme: the town that never sleeps", "Orme Courier")],
)  # fmt: skip
def test_a_colon_parts_a_headline_from_the_sites_whole_name_only(title: str, site: str) -> None:
    named = Stated(value=site, origin="meta")
    assert without_site(title, named) == title
    assert without_site(f"{site}: {title}", named) == title
