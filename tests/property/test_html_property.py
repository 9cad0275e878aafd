"""Whatever a page is, its marks and headings lie in its text, in order and apart."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise, zip_longest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.decoding import replace_controls
from corpus.errors import UnreadableArticle
from corpus.extracted import Extracted
from corpus.formats.html import extract_page
from corpus.formats.pages.dates import iso_moment, spoken_date
from corpus.formats.pages.lines import line_reason

TAGS = (
    "p div span a h1 h2 ul li table tr td br article main nav aside footer header figure "
    "figcaption blockquote b pre form button time script style template section".split()
)
ATTRIBUTES = (
    "class=related id=comments hidden style=display:none role=dialog class=byline "
    "datetime=2018-06-01 itemprop=articleBody aria-hidden=true href=/x"
).split()
SENTENCES = st.sampled_from(
    [
        "The harbour board agreed on Monday to rebuild the wall, which two storms had broken. ",
        "Work begins in May and will cost nine million crowns, according to its own estimate. ",
        "Read more: ferries",
        "By Ada Orme",
        "June 3, 2018",
        "会議は月曜日に開かれた。",
        "Advertisement",
        "&amp;&#0;&nbsp;&lt;",
        "\r\n\t ",
    ]
)
OPENINGS = st.builds(
    lambda tag, names: f"<{' '.join([tag, *names])}>",
    st.sampled_from(TAGS),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=2),
)
CLOSINGS = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
PIECES = st.one_of(SENTENCES, OPENINGS, CLOSINGS, st.text(max_size=12))
PAGES = st.lists(PIECES, max_size=60).map("".join)
SLOW = [HealthCheck.too_slow]


def check(found: Extracted) -> None:
    spans = [mark.span for mark in found.marks]
    assert all(span.end <= len(found.text) for span in (*spans, *found.headings))
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(first.end <= second.start for first, second in pairwise(found.headings))
    assert not any(heading.overlaps(span) for heading in found.headings for span in spans)
    assert all(span.trimmed(found.text) == span for span in (*spans, *found.headings))
    assert replace_controls(found.text) == (found.text, 0)
    assert found.text == found.text.strip()
    assert Extracted.from_dict(found.to_dict()) == found


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(PAGES)
def test_marks_and_headings_lie_in_the_text(source: str) -> None:
    try:
        found = extract_page(source.encode("utf-8", "replace"), "a.html")
    except UnreadableArticle:
        return
    check(found)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    with suppress(UnreadableArticle):
        check(extract_page(b"<html><p>" + data, "a.html"))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(
    st.lists(
        st.sampled_from(["", "<b>", "<i class=ad>", "</i>", "</b>", "<br>", "<em>"]), max_size=20
    ),
    st.booleans(),
    st.sampled_from(["p", "div", "li"]),
)
def test_markup_inside_a_sentence_takes_no_word_out_of_it(
    tags: list[str], is_first_plain: bool, tag: str
) -> None:
    words = "The harbour board agreed on Monday to rebuild the wall which two storms broke.".split()
    inner = [
        f"{mark}{word} " for word, mark in zip_longest(words[1:-1], ["", *tags][:12], fillvalue="")
    ]
    ends = "</b></i></em>" * 12
    first = f"{words[0]} " if is_first_plain else f"<i class=ad>{words[0]} </i>"
    last = f"<b>{words[-1]}</b>" if is_first_plain else words[-1]
    sentence = f"<{tag}>{first}{''.join(inner)}{ends}{last}</{tag}>"
    found = extract_page(f"<article><h1>Wall</h1>{sentence}</article>".encode(), "a.html")
    assert [word for word in found.text.split() if word != "Wall"] == words
    assert found.marks == ()


@given(st.text(max_size=60))
def test_dates_are_dates_or_none(text: str) -> None:
    for moment in (iso_moment(text), spoken_date(text)):
        assert moment is None or 1600 <= int(moment[:4]) <= 2100


@given(st.text(min_size=1, max_size=300))
def test_any_line_can_be_judged(line: str) -> None:
    assert line_reason(line, 0.0) != ""


WRAPS = st.sampled_from(
    (
        "<p>{}</p>|<p class=s>{}</p>|<div>{}</div>|<div class=a><p>{}</p></div>|<h5>{}</h5>|"
        "<section><p>{}</p></section>|<div><span>{}</span></div>"
    ).split("|")
)
INSERTED = st.sampled_from(
    [
        "<div class=promo><h3>The tote is back</h3><p>Woven here.</p><a href=/x>Buy it</a></div>",
        "<div class=k><b>The tote is back</b> Woven here. <a href=/x>Take one home</a></div>",
        "<h3><a href=/x>The tote is back again</a></h3>",
        "<p><a href=/x>Old mill to become apartments</a></p>",
        "<form><p>One letter on Sunday.</p><input><button>Yes</button></form>",
        "<aside><h4>More</h4><p>The mill stood empty.</p></aside>",
    ]
)


@given(WRAPS, INSERTED, st.integers(3, 9), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
def test_no_paragraph_is_lost_beside_a_box(
    wrap: str, box: str, n_paragraphs: int, data: st.DataObject
) -> None:
    paragraphs = [
        f"On day {number} the harbour board measured wall {number}, which a storm had broken. "
        "The work went on."
        for number in range(n_paragraphs)
    ]
    after = data.draw(st.integers(0, n_paragraphs - 1))
    body = "".join(wrap.format(text) + box * (n == after) for n, text in enumerate(paragraphs))
    found = extract_page(f"<title>Walls</title><h1>Walls</h1><div>{body}</div>".encode(), "a.html")
    own = " ".join(span.of(found.text) for span in found.stretches())
    assert [text for text in paragraphs if text not in own] == []
