"""Articles that somebody kept or passed on: in databases, mails, chats, archives, transcripts."""

from __future__ import annotations

import pytest

from corpus.extracted import Extracted
from corpus.facts.date_lines import is_folio
from corpus.facts.fields import read_field
from corpus.facts.hosts import outlet_by_host
from corpus.facts.signed import signed_authors, signed_outlet
from corpus.finishing import finish
from corpus.furniture import furniture
from corpus.furniture.endings import article_body
from corpus.furniture.lines import Line
from corpus.furniture.rules import judge
from corpus.types import Span
from tests.timing import grows_within

TITLE = "Town votes to keep its only bus"
STORY = (
    "The town of Sorrel voted on Tuesday to keep its only bus, which carries 30 people a day.",
    'The vote was 212 to 187. "I have never driven," said Ruth Calder, who takes it to the market.',
    "The bus will run until June at least, when the contract with the driver ends.",
)
BODY = "\n\n".join(STORY)


def read(text: str) -> Extracted:
    return finish(Extracted(text=text))


def kept(text: str) -> list[str]:
    """Return what is not marked, line by line."""
    marks = furniture(text)
    ends, starts = [0, *(m.span.end for m in marks)], [*(m.span.start for m in marks), len(text)]
    pieces = (text[a:b] for a, b in zip(ends, starts, strict=True))
    return [line.strip() for piece in pieces for line in piece.splitlines() if line.strip()]


def published(article: Extracted) -> str | None:
    return article.published.value if article.published else None


def outlet(article: Extracted) -> str | None:
    return article.outlet.value if article.outlet else None


RECORD = (
    f"Title: {TITLE}\nAuthor: Holt, Dana\nPublication title: Sorrel Sentinel; Sorrel, N.Y.\n"
    "Publication date: Mar 5, 2019\nDocument URL: https://library.example/218\n"
    "Last updated: 2021-03-06\nDatabase: Newsstream\n"
)


@pytest.mark.parametrize("text", [f"{RECORD}\n{BODY}", f"{TITLE}\n\n{BODY}\n\n{RECORD}"])
def test_a_record_states_the_facts_and_is_not_quoted(text: str) -> None:
    article = read(text)
    assert article.title == TITLE
    assert outlet(article) == "Sorrel Sentinel"
    assert published(article) == "2019-03-05"
    assert article.authors == ("Dana Holt",)
    assert article.url == "https://library.example/218"
    assert article.updated is None  # that is when the database changed its record
    assert [line for line in kept(text) if line != TITLE] == list(STORY)


def test_a_record_of_tags_is_read() -> None:
    tags = f"TY  - NEWS\nTI  - {TITLE}\nAU  - Holt, Dana\nT2  - Sorrel Sentinel\nDA  - 2019/03/05//"
    article = read(f"{tags}\n\n{BODY}")
    assert (article.title, outlet(article), published(article)) == (
        TITLE,
        "Sorrel Sentinel",
        "2019-03-05",
    )


def test_a_list_of_facts_in_an_article_is_no_record() -> None:
    box = "Date: 5 June 2020\nTime: 7 p.m.\nLocation: The old mill"
    text = f"{TITLE}\n\n{STORY[0]}\n\n{box}\n\n{BODY}"
    assert "Location: The old mill" in kept(text)
    assert read(text).published is None


def test_answers_in_an_interview_are_no_fields() -> None:
    turns = ["Host: How did it start?", "Guest: My father had a bus.", "Host: I see, and now?"]
    text = "\n\n".join([TITLE, STORY[0], *turns, STORY[2]])
    assert [turn for turn in turns if turn in kept(text)] == turns


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("[Source] Orme Courier", "outlet"),
        ("source: https://orme.example/a", "url"),
        ("PD  5 March 2019", "published"),
        ("掲載日：2019年3月5日", "published"),
        ("The rain stopped.", None),
    ],
)
def test_what_a_field_is_follows_from_its_label(line: str, kind: str | None) -> None:
    field = read_field(line)
    assert (field.kind if field else None) == kind


def test_a_quoted_article_is_read_without_the_mail_around_it() -> None:
    quoted = "\n>\n".join(f"> {line}" for line in (TITLE, "Orme Courier, March 5, 2019", *STORY))
    head = "Have you seen this?\n\nOn 3 May 2028, Odile <odile@post.example> wrote:"
    text = f"{head}\n\n{quoted}\n\nBring it back."
    article = read(text)
    assert (article.title, outlet(article), published(article)) == (
        TITLE,
        "Orme Courier",
        "2019-03-05",
    )
    assert kept(text) == [TITLE, *STORY]


def test_lines_of_a_chat_are_not_the_article() -> None:
    head = "[08/11/2028, 19:02:11] Wout: look at this\nForwarded from Orme Courier | News\n"
    text = f"{head}\n❗️ {TITLE}\n\n{BODY}\n[08/11/2028, 19:05:30] Minke: Unbelievable!!"
    article = read(text)
    assert article.title == TITLE
    assert outlet(article) == "Orme Courier"
    assert kept(text) == [f"❗️ {TITLE}", *STORY]


def test_a_few_quoted_lines_are_left() -> None:
    text = f"{TITLE}\n\n{STORY[0]}\n\n> A line from a poem\n\n{STORY[1]}\n\n{STORY[2]}"
    assert STORY[0] in kept(text)


@pytest.mark.parametrize(
    "line",
    [
        "(SOUNDBITE OF TRAFFIC)",
        "[applause]",
        "[Home] [News] [Sports] [Search]",
        "[Bakers warn of a hard winter for rye](/news/4471)",
        "This story has links to shops, and we may earn a little money if you buy something.",
        "While you are here, we have a small favour to ask: please chip in for our newsroom.",
        "See FRONT, Page A8",
        "A8 Orme Courier Dec 14, 2023",
    ],
)
def test_furniture_among_paragraphs_is_marked(line: str) -> None:
    text = f"{TITLE}\n\n{STORY[0]}\n\n{line}\n\n{STORY[1]}\n\n{STORY[2]}"
    assert kept(text) == [TITLE, *STORY]


@pytest.mark.parametrize(
    "sentence",
    [
        "If you spot a mistake in your bill, write to your supplier, which must answer you.",
        "The web archive may not be complete, but historians would be lost without it.",
        "Printed on cheap paper, the pamphlets have not lasted.",
        "This page was saved from a fire in 1911, and it names the builder.",
        "(He did not say why.)",
        '"Thank you for reading our newspaper, and please support us," she said.',
        "Several websites offer to read your bill for $20 a month.",
    ],
)
@pytest.mark.parametrize("at", [1, 3])
def test_a_sentence_that_speaks_of_such_things_is_a_sentence(sentence: str, at: int) -> None:
    paragraphs = [TITLE, *STORY]
    paragraphs.insert(at + 1 if at < 3 else at, sentence)
    assert sentence in kept("\n\n".join(paragraphs))


def test_what_follows_comments_at_the_end_is_not_the_article() -> None:
    comments = "tidewaiter: They said the same in 2011.\nReply\nvesper: Nobody asked.\nReply"
    tail = f"Conversation (28)\n{comments}"
    text = f"{TITLE}\n\n{BODY}\n\n{tail}\n\nPublished by Orme Courier, 4 Quay Street."
    assert kept(text) == [TITLE, *STORY]
    assert outlet(read(text)) == "Orme Courier"


def test_a_refrain_is_no_button() -> None:
    verse = "Down by the mill\nwhere the water is still\nI left you my name."
    text = f"The song of the river and its mill\n\n{verse}\n\n{verse}\n\n{verse}"
    assert "Down by the mill" in kept(text)


def test_a_button_below_every_post_is_marked() -> None:
    text = f"{TITLE}\n\n" + "\n\nCopy link to post\n\n".join(STORY) + "\n\nCopy link to post"
    assert kept(text) == [TITLE, *STORY]


@pytest.mark.parametrize(
    ("line", "date", "name", "people"),
    [
        ("Orme Courier (March 5, 2020)", "2020-03-05", "Orme Courier", ()),
        ("Jane Roe for Orme Courier, 5 March 2020", "2020-03-05", "Orme Courier", ("Jane Roe",)),
        ("5 March 2020 by Jane Roe", "2020-03-05", None, ("Jane Roe",)),
        ("Jane Roe Mar 5, 2020 5:30 PM", "2020-03-05T17:30:00", None, ("Jane Roe",)),
        ("Jane Roe · Mar 5, 2020 · 4 min", "2020-03-05", None, ("Jane Roe",)),
        ("As printed in the Orme Courier on March 5, 2020", "2020-03-05", "Orme Courier", ()),
        ("Le 5 mars 2020 par Jane Roe", "2020-03-05", None, ("Jane Roe",)),
        ("March 5, 2020 at 5:30 pm 12 comments", "2020-03-05T17:30:00", None, ()),
        ("12/14/2023 1:00 PM (edited)", "2023-12-14T13:00:00", None, ()),
        ("A8 Orme Courier Dec 14, 2023", "2023-12-14", "Orme Courier", ()),
        ("Jane Roe\nOrme Courier\n5 March 2020", "2020-03-05", "Orme Courier", ("Jane Roe",)),
        ("Originally published March 5, 2020", "2020-03-05", None, ()),
        ("5 Mar 2019 - 12 Nov 2021", None, None, ()),
        ("03/04/2020", None, None, ()),
    ],
)
def test_the_line_below_the_headline_states_facts(
    line: str, date: str | None, name: str | None, people: tuple[str, ...]
) -> None:
    article = read(f"{TITLE}\n{line}\n\n{BODY}")
    assert article.title == TITLE
    assert (published(article), outlet(article), article.authors) == (date, name, people)


def test_the_edge_of_a_printed_page_tells_the_day() -> None:
    assert is_folio("A8 Orme Courier Dec 14, 2023")
    assert not is_folio("A4 paper costs 5 euros")
    head = "ORME COURIER  •  THURSDAY, DECEMBER 14, 2023  •  A3"
    assert published(read(f"{head}\n\n{TITLE}\n\n{BODY}")) == "2023-12-14"
    assert (
        published(read(f"{head[:-6]}\n\n{TITLE}\n\n{BODY}")) is None
    )  # perhaps the day it was read


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Jane Roe reports", ("Jane Roe",)),
        ("Jane Roe / newsroom", ("Jane Roe",)),
        ("Follow along with Jane Roe and John Poe", ("Jane Roe", "John Poe")),
        ("ORME COURIER STAFF", ()),
        ("Jane Roe, 83", None),
        ("The river rose in the night, correspondent said", None),
    ],
)
def test_a_byline_needs_no_by(line: str, people: tuple[str, ...] | None) -> None:
    assert signed_authors(line) == people


def test_a_name_beside_an_outlet_signs() -> None:
    assert signed_outlet("Orme Courier · Jane Roe") == "Orme Courier"
    assert signed_outlet("Jane Roe and the Orme Courier") is None


def test_the_address_bears_out_the_name_of_its_outlet() -> None:
    name = "Sorrel Valley Record"
    assert outlet_by_host(name, "https://sorrelvalleyrecord.example/a") == name
    assert outlet_by_host(name, "https://archive.example/a") is None


def test_the_headline_is_what_the_byline_stands_below() -> None:
    text = f"Home delivery from £4.20 a week\n\n{TITLE}\nBy Dana Holt\n\n{BODY}"
    assert read(text).title == TITLE


TEASERS = (
    ("Ferry fares to rise again", "The increase takes effect in May.", "April 23, 2018"),
    ("County fair moves to larger site", "Forty thousand are expected.", "April 12, 2018"),
)


@pytest.mark.parametrize("at", [2, 3])
def test_headlines_with_a_sentence_and_a_day_below_the_prose_are_other_articles(at: int) -> None:
    teasers = "\n".join("\n".join(teaser) for teaser in TEASERS)
    paragraphs = [*STORY[:at], teasers, *STORY[at:]]
    left = kept("\n\n".join([TITLE, *paragraphs]))
    # Among the paragraphs it may be a chronicle.
    assert ([TITLE, *STORY] == left) is (at == len(STORY))


def test_headlines_with_a_sentence_below_the_buttons_are_other_articles() -> None:
    pairs = "\n".join(f"{title}\n{said}" for title, said, _ in TEASERS)
    assert kept(f"{TITLE}\n\n{BODY}\n\nShare this article\n{pairs}") == [TITLE, *STORY]
    assert "The increase takes effect in May." in kept(f"{TITLE}\n\n{BODY}\n\n{pairs}")


def test_a_list_of_places_with_a_sentence_each_is_the_article() -> None:
    places = "The Salt Bed at Port Vesper\n\nEverything in it can be eaten.\n\n"
    more = "The Moss Court behind the laundry\n\nThe steam does the watering."
    text = f"{TITLE}\n\n{BODY}\n\nAdvertisement\n\n{places}{more}\n\n{STORY[0]}"
    assert "Everything in it can be eaten." in kept(text)


def test_a_promotion_stands_between_the_lines_to_skip_it() -> None:
    promotion = (
        "skip past newsletter promotion\nFirst Edition\nIt is short.\nafter newsletter promotion"
    )
    text = f"{TITLE}\n\n{STORY[0]}\n\n{STORY[1]}\n\n{promotion}\n\n{STORY[2]}"
    assert kept(text) == [TITLE, *STORY]


def test_comments_with_the_age_of_each_are_marked() -> None:
    comments = (
        "riverrat_59 2 days ago\nAbout time.\nJ. Moss 1 day ago\nMy aunt was there and saw it."
    )
    assert kept(f"{TITLE}\n\n{BODY}\n\n{comments}") == [TITLE, *STORY]


def test_the_day_above_a_menu_is_no_date_of_publication() -> None:
    menu = "News\nSports\nOpinion\nWeather\nObituaries"
    head = f"Fund our independent work today\nFri 5 Jun 2020\n{menu}"
    text = f"{head}\n{TITLE}\nFri 8 Nov 2019 16.30\n\n{BODY}"
    assert (read(text).title, published(read(text))) == (TITLE, "2019-11-08T16:30:00")


def test_a_copyright_year_after_the_update_is_no_date() -> None:
    notice = "© 2023 Orme Courier. All rights reserved."
    text = f"{TITLE}\nUpdated January 25, 2021 5:30 PM\n\n{BODY}\n\n{notice}"
    assert read(text).published is None
    assert published(read(text.replace("2023", "2021"))) == "2021"


@pytest.mark.parametrize(
    "unit",
    [
        "Title: a\n",
        "Date: b\nfoo: bar\n",
        "> a b c d e.\n",
        "[abc]\n",
        "[a](/b) ",
        "[08/11/2028, 19:02:11] Wout: hi\n",
        "They said the same again in the year.\nReply\n",
        "Jane Roe\nOrme Courier\n5 March 2019\n",
        "www.ormecourier.example Orme Courier\n",
        "Ferry fares to rise again\nThe increase takes effect.\nApril 23, 2018\n",
    ],
)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def read_many(n_chars: int) -> object:
        return read(f"{TITLE}\n\n{unit * (n_chars // len(unit))}\n{BODY}")

    assert grows_within(7, read_many, 10_000, 40_000, least_s=0.003)


LONG = (
    *STORY,
    "The council had wanted to save the 40,000 crowns a year that the bus costs the town.",
    "Its chair, Ines Marlow, said the result was clear and that she would look for the money.",
)


OVERLEAF = "The driver, Abe Lund, who is 63, has said that he will not stay on after June."


@pytest.mark.parametrize(
    ("edges", "end", "is_over"),
    [
        (("Sorrel Sentinel 3/1", "Sorrel Sentinel 3/2"), "All rights reserved", False),
        ((), "All rights reserved", True),
        ((), OVERLEAF, False),
    ],
)
def test_an_article_goes_on_on_the_next_page_that_was_printed(
    edges: tuple[str, ...], end: str, is_over: bool
) -> None:
    texts = [*edges[:1], TITLE, *LONG, "End of page 1", *edges[1:], OVERLEAF, end]
    lines = [Line(Span(0, 1), text, judge(text)) for text in texts]
    article_body(lines)
    assert (lines[-2].reason == "page footer") is is_over


def test_who_wrote_when_below_the_standfirst_is_no_other_article() -> None:
    lines = [TITLE, *LONG[:2], "By Dana Holt | Sorrel Sentinel", "March 5, 2019", *LONG[2:]]
    article = read("\n\n".join(lines))
    assert "other articles" not in {mark.reason for mark in article.marks}
    assert "related articles" not in {mark.reason for mark in article.marks}


@pytest.mark.parametrize(
    ("line", "day"),
    [("Filed: Orme, March 5, 2019", "2019-03-05"), ("Printed: March 5, 2019", None)],
)
def test_the_only_date_line_of_a_record_states_the_day(line: str, day: str | None) -> None:
    head = f"Section: Local\nWritten by: Dana Holt\n{line}"
    assert published(read(f"{head}\n\n{TITLE}\n\n{BODY}")) == day
