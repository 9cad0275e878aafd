"""Markdown to plain text, and its front matter."""

from __future__ import annotations

import time

import pytest

from corpus.errors import UnreadableArticle
from corpus.front_matter import MAX_FRONT_MATTER_CHARS, iso_date, split_front_matter
from corpus.markdown import markdown_to_text

CASES = {
    "paragraphs": ("one\n\n\ntwo\n", "one\n\ntwo"),
    "soft break": ("one\ntwo", "one two"),
    "hard breaks": ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
    "heading": ("# Talks #\ntext", "Talks\n\ntext"),
    "underlined heading": ("Talks\n=====\ntext", "Talks\n\ntext"),
    "emphasis": ("a *b* __c__ `d*e`", "a b c d*e"),
    "link": ("see [the *site*](http://x.y 'title'), <http://a.b>", "see the site, http://a.b"),
    "reference": ("see [site][1]\n\n[1]: http://x.y", "see site"),
    "image": ("![Kim *and* Trump](kim.png) met", "Kim and Trump met"),
    "entities": ("Q&amp;A &copy; &#8211; &lt;b>", "Q&A © – <b>"),
    "escapes": (r"5 \* 3 \[x]", "5 * 3 [x]"),
    "inline html": ("a <b>b</b><br>c <!-- d -->e", "a b\nc e"),
    "html block": (
        "<div>\n<!-- no -->\n<p>Kim &amp; Lee</p><p>met</p>\n<script>x</script></div>",
        "Kim & Lee\nmet",
    ),
    "fenced code": ("```python\nx = 1\n\ny\n```\nend", "x = 1\n\ny\n\nend"),
    "indented code": ("a\n\n    x  y\n", "a\n\nx  y"),
    "bullets": ("* one\n* two\n\nend", "- one\n- two\n\nend"),
    "numbers": ("3. three\n4. four", "3. three\n4. four"),
    "zero": ("0) zero\n1) one", "0. zero\n1. one"),
    "nested list": ("- a\n  - b\n    1. c\n- d", "- a\n  - b\n    1. c\n- d"),
    "loose list": ("- a\n\n- b\n\n  more\n", "- a\n- b\n\nmore"),
    "two lists": ("- a\n\ntext\n\n1. b", "- a\n\ntext\n\n1. b"),
    "quotation": ("> quoted\n> text\n\nend", "quoted text\n\nend"),
    "rule": ("a\n\n***\n\nb", "a\n\nb"),
    "table": ("| A | *B* |\n|---|---|\n| 1 | 2 |\n\nend", "A | B\n1 | 2\n\nend"),
    "control by entity": ("a&#1;b&#13;c", "a\ufffdb\ufffdc"),
    "nothing": ("\n\n", ""),
}


@pytest.mark.parametrize(("source", "text"), CASES.values(), ids=CASES.keys())
def test_markdown_is_written_as_plain_text(source: str, text: str) -> None:
    plain = markdown_to_text(source)
    assert (plain.text, plain.warnings) == (text, ())


def test_heading_spans_cover_the_headings_in_the_text() -> None:
    plain = markdown_to_text(
        "intro 😀\n\n## *First* one\n\ntext\n\n- item\n\n> ### In a quote\n\n#\n\nLast\n====\n"
    )
    headings = [heading.of(plain.text) for heading in plain.headings]
    assert headings == ["First one", "In a quote", "Last"]
    assert plain.title == "Last"


def test_the_title_is_the_first_heading_of_level_one() -> None:
    assert markdown_to_text("## Two\n\n# One\n\n# Other").title == "One"
    assert markdown_to_text("## Two").title is None


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
@pytest.mark.parametrize("depth", [9, 19, 20, 38, 39, 40, 41, 10_000])
def test_nesting_of_any_depth_loses_no_text(mark: str, depth: int) -> None:
    plain = markdown_to_text(mark * depth + "deep\n\nend")
    assert "deep" in plain.text
    assert plain.text.endswith("end")
    assert plain.warnings or depth < 39
    assert depth > 9 or not plain.warnings


@pytest.mark.parametrize("unit", ["![", "- a\n", "[a\n", "> ", "\\", "=x", "<a ", "[a](", "a\n\n"])
def test_a_megabyte_of_markup_takes_seconds_and_loses_nothing(unit: str) -> None:
    source = unit * (1_000_000 // len(unit))
    started = time.process_time()
    plain = markdown_to_text(source)
    assert time.process_time() - started < 10
    assert not plain.warnings or plain.text == source


def test_too_much_markup_is_read_as_plain_text_with_a_warning() -> None:
    plain = markdown_to_text("*" * 60_000)
    assert plain.text == "*" * 60_000
    assert plain.warnings == (
        "Read as plain text, not as Markdown: it has more than 50000 marks and lines.",
    )


def test_front_matter_is_read_and_cut_off() -> None:
    front_matter, body = split_front_matter(
        "---\nid: talks-1\ntitle: 'Talks: go on'\noutlet: CBS\npublished: 2018-06-01T09:30:00Z\n"
        "url: https://example.org/a\nauthor: Kim\nparty: no\nnumber: 007\nempty:\n---\n# Text\n",
        "a.md",
    )
    assert body == "# Text\n"
    assert (front_matter.id, front_matter.title) == ("talks-1", "Talks: go on")
    assert (front_matter.outlet, front_matter.source) == ("CBS", "https://example.org/a")
    assert front_matter.published == "2018-06-01T09:30:00+00:00"
    assert front_matter.metadata == {"author": "Kim", "party": "no", "number": "007"}
    assert front_matter.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Text",
        "",
        "---\nno end",
        " ---\na: b\n---\n",
        "text\n---\na: b\n---\n",
        "----\na: b\n----\n",
    ],
    ids=["none", "empty", "open", "indented", "later", "four dashes"],
)
def test_a_text_without_front_matter_is_left_alone(text: str) -> None:
    front_matter, body = split_front_matter(text, "a.md")
    assert body == text
    assert (front_matter.title, front_matter.metadata) == (None, {})


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_front_matter_may_be_empty_and_end_in_two_ways(end: str) -> None:
    front_matter, body = split_front_matter(f"---\n{end}\nText", "a.md")
    assert (front_matter.metadata, body) == ({}, "Text")


def test_source_goes_before_url_and_published_before_date() -> None:
    front_matter, _ = split_front_matter(
        "---\nsource: A\nurl: B\npublished: 2018-06-01\ndate: 2017-01-01\n---\n", "a.md"
    )
    assert (front_matter.source, front_matter.published) == ("A", "2018-06-01")
    assert front_matter.metadata == {"url": "B", "date": "2017-01-01"}


def test_a_date_that_is_not_iso_is_left_out_with_a_warning() -> None:
    front_matter, _ = split_front_matter("---\ndate: June 1, 2018\n---\n", "a.md")
    assert front_matter.published is None
    assert 'The date "June 1, 2018" is not ISO 8601' in front_matter.warnings[0]


def test_a_list_of_values_is_left_out_with_a_warning() -> None:
    front_matter, _ = split_front_matter("---\ntags: [a, b]\nby: Kim\n---\n", "a.md")
    assert front_matter.metadata == {"by": "Kim"}
    assert 'key "tags"' in front_matter.warnings[0]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("a: &x [b]\nc: *x", "aliases"),
        ("a: &a [x]\n" + "b: [*a, *a]\n" * 9, "aliases"),
        ("just text", "not a list of"),
        ("- a\n- b", "not a list of"),
        ("a: b: c", "mapping values"),
        ("a: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
        ("[" * 30_000, "recursion"),
        ("- " * 30_000 + "a", "recursion"),
        ("id: a/b", 'gives the id "a/b"'),
        ("id: " + "x" * 201, "1 to 200 letters"),
    ],
    ids=["alias", "bomb", "text", "list", "bad", "object", "deep", "deep list", "slash", "long id"],
)
def test_front_matter_that_cannot_be_used_is_refused(block: str, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=r"a\.md") as caught:
        split_front_matter(f"---\n{block}\n---\nText", "a.md")
    assert reason in str(caught.value)


def test_too_long_a_front_matter_is_refused() -> None:
    block = "a: b\n" * (MAX_FRONT_MATTER_CHARS // 5 + 1)
    with pytest.raises(UnreadableArticle, match="more than the 65536 that are read"):
        split_front_matter(f"---\n{block}---\nText", "a.md")


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2018-06-01", "2018-06-01"),
        ("20180601", "2018-06-01"),
        ("2018-06-01T09:30", "2018-06-01T09:30:00"),
        ("2018-06-01 09:30+02:00", "2018-06-01T09:30:00+02:00"),
        ("2018", None),
        ("2018-13-01", None),
        ("01/06/2018", None),
        ("yesterday", None),
    ],
)
def test_only_iso_dates_are_dates(value: str, iso: str | None) -> None:
    assert iso_date(value) == iso


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<div>\nProfit was <5% and growth >3%.\n</div>", "Profit was <5% and growth >3%."),
        ("<table><tr><td>Dorne</td><td>12</td></tr></table>", "Dorne | 12"),
    ],
    ids=["comparison signs", "table cells"],
)
def test_taking_tags_out_takes_no_words_out(source: str, text: str) -> None:
    assert markdown_to_text(source).text == text
