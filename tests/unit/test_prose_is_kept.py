"""An article's own sentences are not taken for furniture, and no fact is made of them.

Each sentence here was once marked, or named an outlet, a day or an author. An ordinary article that
holds it, at its beginning, among its paragraphs or at its end, is read as its writer meant it.
"""

from __future__ import annotations

import pytest

from corpus.extracted import Extracted
from corpus.facts.signed import signed_authors
from corpus.finishing import finish
from corpus.furniture import furniture
from tests.timing import grows_within

TITLE = "Old bridge in Orme to close for repairs"
STORY = (
    "The old bridge in Orme will close on Monday for repairs that are to last until the autumn.",
    "Engineers found cracks in two of its piers in March, and a third has begun to lean.",
    "Some 4,000 people cross it on a working day, most of them on foot or on a bicycle.",
    '"We knew that it would come," said Ruth Calder, who has sold fish beside it for 30 years.',
    "A ferry is to carry them over the river, but it takes no more than 60 at once.",
)
RIGHTS = "© 2019 Orme Courier"

SENTENCES = (
    "Used by 3,000 commuters a day, the ferry service will stop in June.",
    "Delivered by the national health service, the vaccine reached 9,000 children last year.",
    "End of programme funding will leave 300 people in Orme without a place to sleep this winter.",
    "No part of this site may be built on without the approval of the county.",
    "All school texts must mention the civil rights movement from September on.",
    "All the photos in the exhibition are the property of the museum and will return to Paris.",
    "The post that made him famous first appeared on a wall in Orme.",
    "Copyright of the film is the property of the museum in Orme.",
    "Saved from the wrecking ball in 2003, the old mill reopens on Friday.",
    "Captured by rebels in 2014, the town of Orme is free again.",
    "Powered by wind, the plant makes hydrogen for 3,000 homes.",
    "The archive has reopened two years after the flood that ruined its cellar.",
    "Accuracy of the new test is 94 percent.",
    "Audio of the call is to be played in court on Monday.",
    "The report lists errors in the database, poor support for patients and missing phone records.",
    "We want the programme to offer free support to members and their newsletters.",
    "The site will offer free parking, and shops will open in May.",
    "The report can be downloaded free of charge.",
    "You can register for the free course by phone, or at the library.",
    "Eltern, die ihre Kinder bis Freitag anmelden, fahren kostenlos.",
    "Sie hat Fehler gemacht, und Archive wurden gelöscht.",
    "Los vecinos recibirán gratis su tarjeta en mayo.",
    "La sua famiglia riceverà gratis una casa con errori.",
    "Transféré à l'hôpital de Lyon, le blessé y est mort dans la nuit.",
    "Encaminhado ao hospital, o homem não resistiu aos ferimentos.",
    "Inoltrato il ricorso, i residenti aspettano ora la sentenza del tribunale.",
    "12.06.2018 14:30 Polizei: Zwei Männer wurden an der Brücke festgenommen.",
    "06/01/2018 14:30 - Police: two men were held at the bridge.",
    "(Он сказал это в понедельник)",
    "[Das hat der Bürgermeister gesagt]",
    "(und das ist gut so)",
    "(the music was far too loud)",
    "Thank you for listening to the people, the mayor was told.",
    "Those who need help can write to info@ormehospital.org at any time of the day.",
    "Transcripts of the calls were read out in court on Monday.",
    "This transcript was checked by lawyers before the trial.",
    "This page of the diary was scanned in 1990.",
    "Published by Orme Press, the book sold 9,000 copies in a week.",
    "Used with permission of the court, the film was shown to the jury.",
    "§ 218 is before the parliament again, and the vote is on Friday.",
    "₹ 500 crore will be spent on a new bridge in Orme.",
)

VOTE = "The council will vote again in June, and the ferry may run for another year."
BLOCKS = {
    "an address before the last paragraph": ("https://orme.example/bridge-report.pdf", VOTE),
    "a telephone number before the last paragraph": (
        "Contact the ferry office: 555-123-4567",
        VOTE,
    ),
    "a question below an advertisement": ("Advertisement", "Who will pay for all this?", VOTE),
    "a list and an advertisement": (
        "The fish market by the river",
        "The old school in Mill Lane",
        "The houses on the east bank",
        "The road to the county town",
        "Advertisement",
        VOTE,
    ),
    "answers of an interview": (
        "Host: Thank you, Jane.",
        "Author: Thank you.",
        "Host: Goodbye now.",
        "Guest: Goodbye.",
    ),
    "what happened years ago": (
        "Orme 50 years ago",
        "The ferry sank in a storm.",
        "Orme 100 years ago",
        "The first stone of the bridge was laid.",
        VOTE,
    ),
    "a sub-heading with its day": ("First cracks in the pier", "March 3, 2018", VOTE),
    "a chronicle": (
        "First cracks in the pier",
        "A boatman saw them at low water.",
        "March 3, 2018",
        "Second pier begins to lean",
        "The engineers were called at night.",
        "April 12, 2018",
        VOTE,
    ),
    "tags and an address": ("#orme #bridge", "https://orme.example/bridge", VOTE),
    "sections with a divider between": ("--", VOTE, "--", "The ferry is free."),
    "a live blog": (
        "12.06.2018 14:30 Polizei: Zwei Männer wurden an der Brücke festgenommen.",
        "12.06.2018 14:35 Polizei: Die Brücke ist wieder frei.",
    ),
}
PLACES = {"first": 0, "middle": 3, "last": 5}


def article(*put: str, at: int) -> str:
    return "\n\n".join([TITLE, *STORY[:at], *put, *STORY[at:], RIGHTS])


def marked_lines(text: str) -> list[str]:
    return [mark.span.of(text) for mark in furniture(text)]


def assert_reads_plainly(text: str) -> None:
    read = finish(Extracted(text=text))
    assert read.title == TITLE
    assert read.outlet is not None
    assert read.outlet.value == "Orme Courier"
    assert read.published is not None
    assert read.published.value == "2019"
    assert (read.updated, read.authors, read.url) == (None, (), None)


@pytest.mark.parametrize("at", PLACES.values(), ids=PLACES.keys())
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_the_article_is_kept(sentence: str, at: int) -> None:
    text = article(sentence, at=at)
    assert marked_lines(text) == [RIGHTS]
    assert_reads_plainly(text)


@pytest.mark.parametrize("at", [3, 5])
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_the_sentences_of_a_block_are_kept(block: tuple[str, ...], at: int) -> None:
    text = article(*block, at=at)
    said = {line for line in (*block, *STORY) if line.endswith((".", "?"))}
    assert said.isdisjoint(marked_lines(text))
    assert_reads_plainly(text)


def test_a_record_of_a_book_is_not_the_articles() -> None:
    box = ("Title: The River", "Author: Jane Poe", "Publisher: Orme Press", "Pages: 320")
    assert_reads_plainly(article("\n".join(box), at=5))
    other = ("Author: Jane Poe", "Publisher: Orme Press", "Language: English", "ISBN: 3-16-1")
    assert_reads_plainly(article("\n".join(other), at=5))


def test_when_and_where_something_takes_place_is_no_date_of_publication() -> None:
    box = ("Date: 5 June 2018", "Location: The old mill", "Duration: 2 hours")
    assert_reads_plainly(article("\n".join(box), at=5))


@pytest.mark.parametrize(
    "headline",
    [
        "Orme Votes on June 1, 2018",
        "Orme Remembers March 11, 2011",
        "Star Times Tower Falls on June 1, 2018",
        "Old Bridge Bought by Orme on June 1, 2018",
        "Orme Courier Closes June 1, 2018",
        "Heat Record Falls June 1, 2018 at 5 pm",
        "By the Sea on June 1, 2018",
    ],
)
def test_a_headline_with_a_day_is_no_date_line(headline: str) -> None:
    read = finish(Extracted(text="\n\n".join([headline, *STORY, RIGHTS])))
    assert (read.title, read.authors) == (headline, ())
    assert (read.outlet and read.outlet.value, read.published and read.published.value) == (
        "Orme Courier",
        "2019",
    )


@pytest.mark.parametrize(
    "headline",
    ["§ 218 steht im Bundestag vor der Abstimmung", "₹ 500 crore for a new bridge in Orme"],
)
def test_a_sign_that_is_read_stays_in_the_title(headline: str) -> None:
    assert finish(Extracted(text="\n\n".join([headline, *STORY]))).title == headline


def test_an_interview_with_quoted_answers_is_kept() -> None:
    questions = ("Will the ferry be enough?", "Who is going to pay for it?")
    answers = "\n\n".join(f"> {line}" for line in STORY)
    text = f"{TITLE}\n\n{answers}\n\n{questions[0]}\n\n{answers}\n\n{questions[1]}\n\n{answers}"
    assert {TITLE, *questions, *STORY}.isdisjoint(marked_lines(text))


def test_a_name_in_the_prose_or_of_a_newsletter_is_no_outlet() -> None:
    text = "\n\n".join([TITLE, "Orme Hospital", *STORY, "Write to info@ormehospital.org for help."])
    assert finish(Extracted(text=text)).outlet is None
    text = "\n\n".join([TITLE, *STORY, "Sign up for our newsletter Morning Dispatch"])
    assert finish(Extracted(text=text)).outlet is None


@pytest.mark.parametrize(
    ("unit", "end"),
    [
        ("[Sport](/s) ", "and more"),
        ("--\n", "It rained."),
        ("--\nIt rained again on the town.\n", ""),
        ("Host: Thank you.\n", ""),
        ("This transcript may contain errors.\n", ""),
    ],
)
def test_time_grows_with_the_length_of_the_text(unit: str, end: str) -> None:
    def read_many(n_chars: int) -> object:
        text = f"{TITLE}\n\n{STORY[0]}\n\n{unit * (n_chars // len(unit))}{end}"
        return finish(Extracted(text=text))

    assert grows_within(7, read_many, 10_000, 40_000, least_s=0.003)


def test_a_line_is_judged_in_no_time() -> None:
    # Some of these took seconds, and twice as long for each word more.
    def read_line(n_words: int) -> object:
        links = "[Home](/) " + "[Sport](/s) " * n_words + "and more"
        return signed_authors("a-" * n_words), furniture(f"{TITLE}\n{links}\n{STORY[0]}")

    assert grows_within(4, read_line, 10, 40, least_s=0.003)
