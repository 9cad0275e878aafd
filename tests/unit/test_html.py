"""Saved web pages: what is kept as the article, what is marked and why, and what a page states."""

from __future__ import annotations

import io
import json
import logging

import pytest

from corpus.errors import UnreadableArticle
from corpus.extracted import Extracted, Stated
from corpus.formats.html import MAX_ELEMENTS, MAX_PAGE_BYTES, extract, extract_page
from corpus.formats.pages import choice
from corpus.formats.pages.dates import iso_moment, spoken_date
from corpus.formats.pages.lines import line_reason
from tests.timing import grows_within

TITLE = "Dunmere rebuilds its broken east wall"
PARAGRAPHS = (
    "The harbour board of Dunmere agreed on Monday to rebuild the east wall, which storms broke.",
    "Work begins in May and will cost nine million crowns, according to the board's own estimate.",
    "“We waited ten years for this,” said Petra Lindqvist, who runs the ice house by the quay.",
    "Not everybody is glad.",
    "Two skippers told the meeting that the new berths are too short for the boats they have.",
    "The board will publish the drawings in March, and a second hearing is planned after Easter.",
)
OTHERS = (
    ("Ferry strike enters its second week", "The union has heard nothing from the owners so far."),
    (
        "School canteen wins prize for soup",
        "Pupils caught the fish themselves, with a little help.",
    ),
    (
        "Library roof leaks again after a year",
        "Engineers had promised that it would last a century.",
    ),
)
P = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
BODY = "".join(P)
CARDS = "".join(f"<div><h3><a href=/x>{head}</a></h3><p>{text}</p></div>" for head, text in OTHERS)


def page(body: str, head: str = f"<title>{TITLE} - Dunmere Post</title>") -> bytes:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>".encode()


def article(inside: str = BODY, head: str = "") -> bytes:
    return page(f"<article><h1>{TITLE}</h1>{inside}</article>", head)


def linked(**values: object) -> str:
    thing = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def kept(found: Extracted) -> str:
    parts, start = [], 0
    for mark in found.marks:
        parts.append(found.text[start : mark.span.start])
        start = mark.span.end
    return "".join([*parts, found.text[start:]])


def reasons(found: Extracted) -> dict[str, str]:
    return {
        line: mark.reason
        for mark in found.marks
        for line in mark.span.of(found.text).split("\n")
        if line
    }


FURNITURE = {
    "menu": ("<nav><a href=/>Home</a></nav><h1>{t}</h1>{b}", "Home", "menu"),
    "footer": ("<h1>{t}</h1>{b}<footer>Coastal Papers</footer>", "Coastal Papers", "footer"),
    "cookies": ("<div id=cookie-bar>We bake.</div><h1>{t}</h1>{b}", "We bake.", "cookie notice"),
    "newsletter": ("{b}<div class=newsletterBox>Tides.</div>", "Tides.", "newsletter sign-up"),
    "share": ("<h1>{t}</h1><ul class=share-bar><li>Toot</ul>{b}", "Toot", "share buttons"),
    "comments": ("{b}<div id=disqus_thread><p>Shame on it.</div>", "Shame on it.", "comments"),
    "advert": ("<h1>{t}</h1>{b}<p>Advertisement</p>", "Advertisement", "advertisement"),
    "caption": ("<figure><figcaption>The wall.</figcaption></figure>{b}", "The wall.", "caption"),
    "credit": ("<h1>{t}</h1><p>Photo: Ulla Berg</p>{b}", "Photo: Ulla Berg", "caption"),
    "byline": ("<h1>{t}</h1><p>By Ada Orme</p>{b}", "By Ada Orme", "byline"),
    "date": ("<h1>{t}</h1><p>Published June 3, 2018</p>{b}", "Published June 3, 2018", "date"),
    "aside": ("<h1>{t}</h1>{b}<aside>Rain later.</aside>", "Rain later.", "outside the article"),
    "appeal": ("<h1>{t}</h1>{b}<p>Support our work.", "Support our work.", "support appeal"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "line", "reason"), FURNITURE.values(), ids=FURNITURE.keys())
def test_furniture_stays_in_the_text_and_is_marked(body: str, line: str, reason: str) -> None:
    found = extract_page(page(body.format(t=TITLE, b=BODY)), "a.html")
    assert reasons(found)[line] == reason
    assert all(paragraph in kept(found) for paragraph in PARAGRAPHS)
    assert not found.warnings


LAYOUTS = {
    "article element": f"<article><h1>{TITLE}</h1>{BODY}</article>",
    "divisions": f"<div><h1>{TITLE}</h1></div>" + "".join(f"<div>{p}</div>" for p in PARAGRAPHS),
    "line breaks": f"<h1>{TITLE}</h1><div>{'<br><br>'.join(PARAGRAPHS)}</div>",
    "layout table": f"<table><tr><td><a href=/>Home</a><td><b>{TITLE}</b>{BODY}</table>",
    "one form": f"<form><h1>{TITLE}</h1>{BODY}</form>",
    "a class that misleads": f"<div class=social-share-page><h1>{TITLE}</h1>{BODY}</div>",
    "parts": f"<h1>{TITLE}</h1><div class=txt>{P[0]}{P[1]}</div><div class=slot>Buy oats</div>"
    f"<div class=txt>{P[2]}{P[3]}</div><div class=txt>{P[4]}{P[5]}</div>",
    "boxes between": f"<article><h1>{TITLE}</h1>{P[0]}{P[1]}<div><b>See also</b><ul><li>"
    f"<a href=/x>Ferry strike goes on</a></ul></div>{''.join(P[2:])}</article>",
    "headline outside": f"<header><h1>{TITLE}</h1></header><main>{BODY}</main>",
    "preformatted": "<pre>" + "\n\n".join(PARAGRAPHS) + "</pre>",
    "teasers after": f"<main><h1>{TITLE}</h1>{BODY}<h2>Also new</h2>{CARDS}</main>",
    "comments before": f"<div class=comments>{CARDS}</div><h1>{TITLE}</h1>{BODY}",
}


@pytest.mark.parametrize("body", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_the_whole_article_and_nothing_else_is_kept(body: str) -> None:
    found = extract_page(page(body), "a.html")
    missing = [paragraph for paragraph in PARAGRAPHS if paragraph not in kept(found)]
    assert missing == []
    assert not any(text in kept(found) for pair in OTHERS for text in pair)
    assert "Home" not in kept(found)
    assert "Buy oats" not in kept(found)
    assert found.title == TITLE


def test_trafilatura_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    original = choice.choose

    def spy(*args: object, **values: object) -> object:
        heard.append(str(values["extracted"]))
        return original(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr("corpus.formats.html.choose", spy)
    extract_page(article(), "a.html")
    assert all(paragraph in heard[0] for paragraph in PARAGRAPHS)


def test_a_page_is_read_where_trafilatura_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    with caplog.at_level(logging.WARNING):
        found = extract_page(article(), "a.html")
    assert all(paragraph in kept(found) for paragraph in PARAGRAPHS)
    assert "RecursionError" in caplog.text
    assert found.warnings


def test_blocks_lists_tables_and_breaks() -> None:
    inside = (
        f"{P[0]}<h2>What it <em>costs</em></h2>"
        f"<table><tr><th>Part<th>Crowns<tr><td>Wall<td>7</table>"
        f"{P[1]}<ul><li>The ice\n house</li><li>The ferry</li></ul><p>One<br>two&nbsp;&shy;three "
        f"<b>f</b>our.</p>{P[4]}<script>x</script><p hidden>Gone</p>"
        f"<p style='display: none'>Off</p>"
    )
    found = extract_page(article(inside), "a.html")
    lines = [PARAGRAPHS[0], "What it costs", "Part | Crowns\nWall | 7", PARAGRAPHS[1]]
    lines += ["The ice house\nThe ferry", "One\ntwo three four.", PARAGRAPHS[4]]
    assert found.text == "\n\n".join([TITLE, *lines])
    assert [heading.of(found.text) for heading in found.headings] == [TITLE, "What it costs"]
    assert found.marks == ()


def test_a_pull_quote_that_repeats_the_article_is_marked_and_a_quotation_kept() -> None:
    own = "<blockquote><p>The sea always wins, and it charges interest.</p></blockquote>"
    repeated = "<blockquote>We waited ten years for this</blockquote>"
    found = extract_page(article("".join([*P[:2], repeated, own, *P[2:]])), "a.html")
    assert reasons(found) == {"We waited ten years for this": "pull quote"}
    assert "The sea always wins" in kept(found)


def test_the_text_stated_in_json_ld_outweighs_a_class() -> None:
    body = f"<h1>{TITLE}</h1>{''.join(P[:3])}<div class=promo>{''.join(P[3:])}</div>"
    assert PARAGRAPHS[4] not in kept(extract_page(page(body), "a.html"))
    stated = linked(headline=TITLE, articleBody=" ".join(PARAGRAPHS))
    assert PARAGRAPHS[4] in kept(extract_page(page(body, stated), "a.html"))


def test_an_article_behind_a_dialog_is_read_with_a_warning() -> None:
    body = (
        f"<div role=dialog><p>We value you.</p></div><main aria-hidden=true><h1>{TITLE}</h1>{BODY}"
    )
    found = extract_page(page(body), "a.html")
    assert all(paragraph in kept(found) for paragraph in PARAGRAPHS)
    assert "hidden" in found.warnings[0]


DOUBTS = {
    "list": ("<main>" + CARDS * 4 + "</main>", "list of headlines"),
    "stub": (
        f"<h1>{TITLE}</h1>{P[0]}<div><p>Subscribe to continue reading</p></div>",
        "subscribers",
    ),
    "consent": (
        "<h1>Before you continue</h1><p>You choose how your cookies and data are used by all of "
        "our partners.</p><p>Your consent and your privacy settings are kept for a year, then "
        "asked for again.",
        "consent",
    ),
}


@pytest.mark.parametrize(("body", "warning"), DOUBTS.values(), ids=DOUBTS.keys())
def test_a_page_that_is_no_whole_article_is_warned_of(body: str, warning: str) -> None:
    found = extract_page(page(body), "a.html")
    assert warning in found.warnings[-1]


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- x -->", b"<nav><a href=/>Home</a></nav>"])
def test_a_page_without_text_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableArticle, match="holds no"):
        list(extract(io.BytesIO(body), "a.html"))


def test_a_huge_page_and_a_picture_are_refused() -> None:
    with pytest.raises(UnreadableArticle, match="larger than 10 MB"):
        list(extract(io.BytesIO(b"x" * (MAX_PAGE_BYTES + 1)), "a.html"))
    with pytest.raises(UnreadableArticle, match="PNG"):
        list(extract(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(99)), "a.html"))


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(UnreadableArticle, match="elements"):
        extract_page(page("<i></i>" * (MAX_ELEMENTS + 1)), "a.html")


ENCODINGS = {
    "utf-8": ("utf-8", ""),
    "declared utf-8": ("utf-8", "<meta charset=utf-8>"),
    "falsely declared": ("utf-8", "<meta charset=iso-8859-1>"),
    "latin": ("cp1252", "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>"),
    "russian": ("cp1251", "<meta charset=windows-1251>"),
    "japanese": ("cp932", "<meta charset=Shift_JIS>"),
    "seven bits": ("iso2022_jp", "<meta charset=iso-2022-jp>"),
    "mark": ("utf-16", "<meta charset=utf-8>"),
}
WORDS = {
    "latin": "“Grüße”, sagte Zoë.",
    "russian": "Привет, сказал он.",
    "japanese": "会議は月曜日に開かれた。",
    "seven bits": "会議は月曜日に開かれた。",
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_page_is_decoded_as_its_bytes_and_its_head_say(name: str) -> None:
    encoding, head = ENCODINGS[name]
    words = WORDS.get(name, "Grüße, 会議, Привет.")
    plain = BODY.replace("“", "").replace("”", "")
    source = f"<html><head>{head}</head><body><h1>Wall</h1>{plain}<p>{words}</p></body></html>"
    found = extract_page(source.encode(encoding), "a.html")
    assert words in kept(found)
    assert found.warnings == ()


def test_xhtml_with_entities_and_control_characters() -> None:
    source = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Caf&eacute;</h1>{BODY}'
        "<p>A &x; and &#1; stay here.</p></body></html>"
    )
    found = extract_page(source.encode(), "a.xhtml")
    assert found.title == "Café"
    assert "root:" not in found.text
    assert "\x01" not in found.text


def test_deep_pages_lose_no_text_and_are_warned_of() -> None:
    for opening in ("<div>", "<nav>", "<ul><li>", "<table><tr><td>"):
        found = extract_page(
            page(f"{BODY}{opening * 10_000}<p>Deep down it says this.</p>"), "a.html"
        )
        assert "Deep down it says this." in found.text
        assert all(paragraph in kept(found) for paragraph in PARAGRAPHS)
        assert any("deep" in warning for warning in found.warnings)


HOSTILE = [
    "<div class=related>x. ",
    "<td>a<td>",
    "<a href=x>l</a> ",
    "x.<br><br>",
    "<<<",
    "&amp;&#0;",
]
HOSTILE += [
    "<span class=byline>x</span>",
    "<time>1:20</time>",
    "<h2><a>b c d</a></h2>",
    ". ! ? ”",
    "<h1>a - ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_no_faster_than_the_page(unit: str) -> None:
    def read(n_chars: int) -> None:
        extract_page(page(BODY + unit * (n_chars // len(unit))), "a.html")

    assert grows_within(10, read, 20_000, 80_000, least_s=0.1)


FACTS = {
    "json-ld": (
        linked(datePublished="2018-06-01T10:15:00-04:00", publisher={"name": "Orme Courier"}),
        ("2018-06-01T10:15:00-04:00", "json-ld", True),
        ("Orme Courier", "json-ld", True),
    ),
    "graph": (
        '<script type="application/ld+json"><!-- {"@graph": [{"@type": "Organization", '
        '"@id": "#o", "name": "Orme Courier"}, {"@type": ["Article", "ReportageNewsArticle"], '
        '"publisher": {"@id": "#o"}, "datePublished": "2018-06-01",},]} --></script>',
        ("2018-06-01", "json-ld", True),
        ("Orme Courier", "json-ld", True),
    ),
    "meta": (
        "<meta property='article:published_time' content='2018-06-01T10:15Z'>"
        "<meta property='og:site_name' content='Orme Courier'>",
        ("2018-06-01T10:15+00:00", "meta", True),
        ("Orme Courier", "meta", True),
    ),
    "broken": (
        "<script type='application/ld+json'>{'datePublished': 2018</script>"
        "<meta name=sailthru.date content='Fri, 01 Jun 2018 10:15:00 GMT'>"
        "<link rel=canonical href='https://www.ormecourier.example/2017/a'>"
        f"<title>{TITLE} | Orme Courier</title>",
        ("2018-06-01T10:15:00+00:00", "meta", True),
        ("Orme Courier", "document", True),
    ),
    "address": (
        "<link rel=canonical href='https://news.orme.example/2018/06/01/wall'>",
        ("2018-06-01", "url", False),
        ("news.orme.example", "url", False),
    ),
    "nothing": ("", None, None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "published", "outlet"), FACTS.values(), ids=FACTS.keys())
def test_date_and_outlet_come_from_the_best_source(
    head: str, published: tuple[str, str, bool] | None, outlet: tuple[str, str, bool] | None
) -> None:
    found = extract_page(article(head=head), "a.html")
    assert found.published == (
        published and Stated(value=published[0], origin=published[1], sure=published[2])
    )
    assert found.outlet == (outlet and Stated(value=outlet[0], origin=outlet[1], sure=outlet[2]))


def test_the_outlet_of_a_copyright_line_is_a_name_and_not_sure() -> None:
    notice = "<p>(C) 2018 Orme Courier - no part of it may be copied | Legal</p>"
    found = extract_page(
        page(f"<h1>{TITLE}</h1>{BODY}{notice}", f"<title>{TITLE}</title>"), "a.html"
    )
    assert found.outlet == Stated(value="Orme Courier", origin="copyright", sure=False)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Text: Ada Orme", "byline"),
        ("Texte : Ada Orme", "byline"),
        ("The wall at dawn. (Ulla Berg/Dunmere Post)", "caption"),
        ("Siehe auch: Fähre fährt wieder", "related links"),
        ("2018年6月3日 10:15", "date"),
        ("© 2018 Orme Courier. Not to be copied.", "footer"),
    ],
)
def test_lines_that_are_furniture_by_their_words(line: str, reason: str) -> None:
    assert line_reason(line, 0.0) == reason


NO_DATES = {
    "clock": "<div>Thursday, June 14, 2018 10:15 AM</div><h1>{t}</h1>{b}",
    "header clock": "<header><time datetime=2018-06-14>Today</time></header><h1>{t}</h1>{b}",
    "copyright": "<h1>{t}</h1>{b}<footer>© 2015–2019 Dunmere Post</footer>",
    "other articles": "<h1>{t}</h1>{b}<ul class=related><li><time datetime=2017-01-01>Jan 1</time>",
    "comments": "<h1>{t}</h1>{b}<div class=comment><p>Ann, June 3, 2018</p><p>No.</p></div>",
    "in the text": "<h1>{t}</h1><p>On June 3, 1987 the wall was opened by the mayor.</p>{b}",
    "ambiguous": "<h1>{t}</h1><p>Posted 03/06/2018</p>{b}",
    "impossible": "<h1>{t}</h1><p>Posted February 31, 2018</p>{b}",
}


@pytest.mark.parametrize("body", NO_DATES.values(), ids=NO_DATES.keys())
def test_no_date_is_taken_from_what_is_not_the_articles(body: str) -> None:
    assert extract_page(page(body.format(t=TITLE, b=BODY)), "a.html").published is None


BYLINES = {
    "words": (
        "<p>By Ada Orme</p><p>Published June 3, 2018 at 10:15 AM</p>",
        "2018-06-03T10:15",
        None,
    ),
    "time": (
        "<p><time datetime=2018-06-03T10:15Z>3 June</time></p>",
        "2018-06-03T10:15+00:00",
        None,
    ),
    "both": ("<p>Updated 5 June 2018<br>Published 3 June 2018</p>", "2018-06-03", "2018-06-05"),
    "german": ("<p>Veröffentlicht am 3. Juni 2018, 10:15 Uhr</p>", "2018-06-03T10:15", None),
    "spanish": ("<p>3 de junio de 2018</p>", "2018-06-03", None),
    "chinese": ("<p>2018年6月3日 10:15</p>", "2018-06-03T10:15", None),
}


@pytest.mark.parametrize(("lines", "published", "updated"), BYLINES.values(), ids=BYLINES.keys())
def test_a_date_by_the_headline_counts(lines: str, published: str, updated: str | None) -> None:
    found = extract_page(article(lines + BODY), "a.html")
    assert found.published == Stated(value=published, origin="byline")
    assert (found.updated and found.updated.value) == updated


def test_sources_that_disagree_and_an_update_that_is_none() -> None:
    head = linked(datePublished="2018-06-01", dateModified="2018-06-01")
    head += "<meta property='article:published_time' content='2019-02-02'>"
    found = extract_page(article(head=head), "a.html")
    assert found.published == Stated(value="2018-06-01", origin="json-ld")
    assert found.updated is None
    assert "2019-02-02" in found.metadata["date conflict"]


def test_of_several_articles_in_json_ld_the_one_of_this_page_counts() -> None:
    head = linked(headline=OTHERS[0][0], datePublished="2011-01-01")
    head += linked(headline=TITLE, datePublished="2018-06-01", author=[{"name": "Ada Orme"}])
    found = extract_page(
        article(head=f"<meta property=og:title content='{TITLE}'>{head}"), "a.html"
    )
    assert found.published == Stated(value="2018-06-01", origin="json-ld")
    assert found.authors == ("Ada Orme",)


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        (linked(author=[{"name": "Ada Orme"}, "Bo Lund"]), ""),
        ("<meta name=author content='By Ada Orme and Bo Lund'>", ""),
        (
            "<meta property='article:author' content='https://x.example/ada'>",
            "<p>By Ada Orme and Bo Lund",
        ),
        ("", "<p><a rel=author>Ada Orme</a>, <a rel=author>Bo Lund</a></p>"),
        ("<meta property=og:site_name content=Post>", "<p>By Ada Orme and Bo Lund, Post</p>"),
    ],
)
def test_authors_are_names_one_by_one(head: str, byline: str) -> None:
    assert extract_page(article(byline + BODY, head), "a.html").authors == ("Ada Orme", "Bo Lund")


def test_address_and_language() -> None:
    saved = "<!-- saved from url=(0030)https://www.orme.example/wall -->"
    found = extract_page(article(head=saved), "a.html")
    assert (found.url, found.language) == ("https://www.orme.example/wall", "en")
    head = "<link rel=canonical href='javascript:alert(1)'><meta property=og:url content='https://o.example/w'>"
    assert extract_page(article(head=head), "a.html").url == "https://o.example/w"
    assert extract_page(article(), "a.html", url="https://a.example/").url == "https://a.example/"
    assert extract_page(b"<html lang=pt-BR>" + BODY.encode(), "a.html").language == "pt"


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} - Orme Courier",
        f"{TITLE} | Harbours | Orme Courier",
        f"Orme Courier: {TITLE}",
        TITLE,
    ],
)
def test_the_site_is_cut_off_the_title(title: str) -> None:
    head = f"<title>{title}</title><meta property=og:site_name content='Orme Courier'>"
    assert extract_page(article(head=head), "a.html").title == TITLE


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-06-01T10:15:00.000Z", "2018-06-01T10:15:00+00:00"),
        ("2018-06-01T10:15:00-0400", "2018-06-01T10:15:00-04:00"),
        ("2018-06-01 10:15", "2018-06-01T10:15"),
        ("20180601T101500Z", "2018-06-01T10:15:00+00:00"),
        ("2018/6/1", "2018-06-01"),
        ("1527848100", "2018-06-01T10:15:00+00:00"),
        ("June 1, 2018", "2018-06-01"),
        ("2018-13-01", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_moments_for_machines(text: str, moment: str | None) -> None:
    assert iso_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1er juin 2018", "2018-06-01"),
        ("Sat 13.10.2018", "2018-10-13"),
        ("12/31/2018 at 12:05 a.m.", "2018-12-31T00:05"),
        ("4 July 2018 19.30", "2018-07-04T19:30"),
        ("5/6/2018", None),
        ("12 monkeys 2018", None),
    ],
)
def test_moments_for_people(text: str, moment: str | None) -> None:
    assert spoken_date(text) == moment


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell by a tenth on Monday.",
        "Sign language is taught in nine schools.",
        "By Friday Ada Orme had left the town.",
        "Read the letter aloud, she told him.",
        "Photo albums lay in the mud.",
        "Comments by the mayor caused an uproar.",
        "He read more than he wrote.",
        "In May 2018 the wall broke.",
        "Home was far away.",
        "Follow the money, he said.",
        "Watch prices closely, they were told.",
        "June 1944 changed everything.",
        "2018 | 2019 | 2020",
        "1,234,567",
    ],
)
def test_no_sentence_is_taken_for_furniture_by_its_words(sentence: str) -> None:
    assert line_reason(sentence, 0.0) is None


BOXES = {
    "a class of its own and a link": (
        "<div class=k9><div>The island tote is back</div><div>Woven on the quay, sold for the "
        "lifeboat.</div><div><a href=/x>Take one home</a></div></div>"
    ),
    "a button": "<div class=k9><p>This is from Clipstream.</p><button>Allow</button></div>",
    "a form": "<div class=k9><p>One letter on Sunday, by hand.</p><form><input></form></div>",
    "words to the reader": "<p class=k9>Our timetable is free of charge in every shop.</p>",
    "the author": "<div class=k9><p>Ada Orme is the paper's transport reporter.</p></div>",
    "a label": "<div class=k9><p>Hear it told</p><p>The whole story, read aloud.</p></div>",
    "italics": "<p class=s><em>Your device is not able to play this clip.</em></p>",
    "a link at its end": "<p class=s>Enjoying this? <a href=/x>Pass the hat to a friend</a></p>",
    "a button's words": "<p class=s>Our letter comes every Thursday.</p><p class=s>Yes please</p>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_what_is_built_unlike_the_paragraphs_is_no_part_of_them(box: str) -> None:
    paragraphs = [f"<p class=s>{text}</p>" for text in PARAGRAPHS]
    body = "".join([*paragraphs[:3], box, *paragraphs[3:]])
    byline = "<p>By Ada Orme</p>"
    found = extract_page(page(f"<div><h1>{TITLE}</h1>{byline}<div>{body}</div></div>"), "a.html")
    assert [line for line in kept(found).split("\n") if line] == [TITLE, *PARAGRAPHS]


def test_a_note_in_a_class_of_its_own_after_the_last_paragraph_is_marked() -> None:
    paragraphs = [f"<p class=s>{text}</p>" for text in PARAGRAPHS]
    note = "A version of this report stands on page 7 of the weekend edition."
    body = f"<h1>{TITLE}</h1>{''.join(paragraphs)}<p class=endnote>{note}</p>"
    assert reasons(extract_page(page(f"<div>{body}</div>"), "a.html"))[note] == "note"
    last = "".join(paragraphs).replace("<p class=s>The board", "<p class='s last'>The board")
    assert PARAGRAPHS[-1] in kept(extract_page(page(f"<div>{last}</div>"), "a.html"))


def test_text_that_json_ld_states_is_in_no_box() -> None:
    told = "Our board, said its head, is yours."
    head = linked(articleBody="\n".join([*PARAGRAPHS, told]))
    body = "".join(f"<p class=s>{text}</p>" for text in PARAGRAPHS)
    body += f"<p class=k9>{told}</p>{P[0]}"
    assert told in kept(extract_page(article(body, head), "a.html"))


@pytest.mark.parametrize(
    "box",
    [
        "<h3><a href=/x>The island tote is back again</a></h3>",
        "<div class=promo><h4>Related</h4><a href=/x>Take one home</a></div>",
        "<aside><h4>More</h4><p>The mill stood empty.</p></aside>",
    ],
)
@pytest.mark.parametrize("wrap", ["<p>{}</p>", "<h4>{}</h4>", "<h5 class=t>{}</h5>", "{}<br><br>"])
def test_no_paragraph_goes_with_the_box_beside_it(wrap: str, box: str) -> None:
    paragraphs = [*PARAGRAPHS, "It closes at ten. Nobody minds."]
    body = "".join(wrap.format(text) + box * (n == 2) for n, text in enumerate(paragraphs))
    found = kept(extract_page(page(f"<div class=x><h1>{TITLE}</h1>{body}</div>"), "a.html"))
    assert [text for text in paragraphs if text not in found] == []


def test_a_paragraph_in_one_row_with_a_promotion_is_kept() -> None:
    rows = "".join(f"<p class=s>{text}</p>" for text in PARAGRAPHS[1:])
    row = f"<div class=row><p class=s>{PARAGRAPHS[0]}</p><div class=promo><a>Buy it</a></div></div>"
    found = extract_page(page(f"<div><h1>{TITLE}</h1>{rows}{row}</div>"), "a.html")
    assert PARAGRAPHS[0] in kept(found)


@pytest.mark.parametrize(
    "element",
    [
        "<abbr itemprop=datePublished title=2018-06-01T10:15Z>a while ago</abbr>",
        "<span itemprop=datePublished content=2018-06-01T10:15Z>June</span>",
        "<div itemprop=datePublished datetime=2018-06-01T10:15Z>in June</div>",
    ],
)
def test_a_date_that_is_marked_as_such_counts_in_any_element(element: str) -> None:
    published = extract_page(article(element + BODY), "a.html").published
    assert published == Stated(value="2018-06-01T10:15+00:00", origin="meta")


@pytest.mark.parametrize(
    "title", ["Print: {}", "[Lite] {} | Orme Courier Lite", "Orme Courier Online: {}", "Watch: {}"]
)
def test_of_a_title_with_an_edition_the_headline_is_taken(title: str) -> None:
    head = f"<title>{title.format(TITLE)}</title>"
    foot = "<footer>(c) 2018 Orme Courier GmbH &amp; Co. KG</footer>"
    found = extract_page(page(f"<article><h1>{TITLE}</h1>{BODY}</article>{foot}", head), "a.html")
    assert found.title == TITLE
    assert found.outlet is not None
    assert found.outlet.value == "Orme Courier"


@pytest.mark.parametrize("account", ["admin", "Super User", "webmaster", "Staff", "Dunmere Post"])
@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Ada Orme and Bo Lund</p>",
        "<p>Ada Orme and Bo Lund · 1 June 2018</p>",
        "<p>Ada Orme and Bo Lund for Dunmere Post</p>",
        "<p>Ada Orme and Bo Lund in Harrow</p><p>1 June 2018</p>",
        "<p><b>Ada Orme and Bo Lund</b><i>1 June 2018</i></p>",
    ],
)
def test_a_name_beats_an_account(account: str, byline: str) -> None:
    head = f"<title>{TITLE} - Dunmere Post</title><meta name=author content='{account}'>"
    found = extract_page(article(byline + BODY, head), "a.html")
    assert found.authors == ("Ada Orme", "Bo Lund")
    assert "Ada Orme" not in kept(found)


@pytest.mark.parametrize(
    ("top", "foot", "origin"),
    [
        ("<p>Orme Courier</p>", "", "document"),
        ("", "<p>Copyright 2018 Orme Courier.</p>", "copyright"),
        ("", "<p>© 2018 Orme Courier e.V. All rights reserved.</p>", "copyright"),
    ],
)
def test_masthead_and_owner_name_the_outlet(top: str, foot: str, origin: str) -> None:
    body, head = f"{top}<h1>{TITLE}</h1>{BODY}{foot}", f"<title>{TITLE}</title>"
    found = extract_page(page(body, head), "a.html").outlet
    assert found == Stated(value="Orme Courier", origin=origin, sure=False)


def test_the_facts_above_the_headline_of_a_print_view() -> None:
    facts = (
        "<dl><dt>From<dd>Orme Courier, Friday, 1 June 2018<dt>Writer<dd>Ada Orme<dt>Address"
        "<dd>https://orme.example/wall</dl>"
    )
    found = extract_page(page(f"{facts}<h1>{TITLE}</h1>{BODY}"), "a.html")
    assert found.published == Stated(value="2018-06-01", origin="byline")
    assert (found.authors, found.url) == (("Ada Orme",), "https://orme.example/wall")
