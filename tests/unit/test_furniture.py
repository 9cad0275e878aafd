from __future__ import annotations

import time

import pytest

from corpus.extracted import Extracted
from corpus.finishing import finish, merge_marks
from corpus.furniture import furniture
from corpus.furniture.repeated_lines import is_enough, line_keys, repeated_in, repeated_marks
from corpus.titles import find_headline
from corpus.types import Article, Mark, Span
from tests.timing import grows_within

BODY = (
    "The old bridge over the Tarn was opened to traffic again on Monday.",
    "Engineers had worked on its two piers for eleven months.",
    "“It is as good as new,” said the mayor, Ada Brink, who drove across it first.",
    "The town paid 2.4 million for the work, a third more than planned.",
    "Lorries may use it from September on.",
)


def marked(text: str) -> list[str]:
    return [mark.span.of(text) for mark in furniture(text)]


def page(*lines: str, at: str = "middle") -> str:
    """Put lines at the head, in the middle or at the tail of an article."""
    headline = "Tarn bridge is open to traffic again"
    head, body = [headline, *BODY[:3]], list(BODY[3:])
    if at == "head":
        return "\n".join([*lines, *head, *body])
    return "\n".join([*head, *lines, *body] if at == "middle" else [*head, *body, *lines])


ANYWHERE = """
Share
Share this article
Share on Facebook
Share | Tweet | Email
Print / Email / Share
Facebook Twitter WhatsApp Email
Advertisement
ADVERTISEMENT
Story continues below
Article continues after advertisement
Follow ORME.COM: Facebook | Twitter
Follow us on Facebook and Twitter
Follow Jane Roe on Twitter @jroe
Like us on Facebook
Read more: Ferry to stop on Sunday
RELATED: Ferry to stop on Sunday
Also read: Ferry to stop on Sunday
See also: Ferry to stop on Sunday
Lesen Sie auch: Fähre fällt am Sonntag aus
Lire aussi : Le bac ne passera pas dimanche
Lea también: El ferry no sale el domingo
延伸阅读：走失的猫回家了
Читайте также: Паром не ходит
Sign in
Log in
Subscribe now
Subscribe to our newsletter
Sign up for our free newsletter and get the news in your inbox every morning.
Get the morning briefing delivered to your inbox.
Melden Sie sich für unseren Newsletter an
Inscrivez-vous à notre newsletter
Suscríbete a nuestro boletín
Already a subscriber? Log in
Download our app
Get the Orme Courier app
Turn on notifications
Be the first to know
Click here to see the pictures
Tap to unmute
Accept all cookies
We use cookies to improve your experience.
This website uses cookies to remember what you like.
By clicking “Accept”, you agree to our use of cookies.
Wir verwenden Cookies, um Inhalte zu personalisieren.
Nous utilisons des cookies pour mesurer l’audience.
Utilizamos cookies para mejorar su experiencia.
Questo sito utilizza cookie tecnici.
我们使用 Cookie 来改善您的体验。
Photo by Jane Roe
(Photo by Jane Roe/Getty Images)
Photo: Jane Roe / Orme Courier
Foto: Jana Rau/dpa
Crédit photo : J. Roux
Jane Roe/Getty Images
FILE - The bridge as it was in 1950. (AP Photo/Jane Roe)
© 2019 Orme Courier
(c) 2019 Orme Courier. All rights reserved.
Copyright 2019 The Associated Press. All rights reserved.
Copyright © Orme Courier 2019
All rights reserved.
Alle Rechte vorbehalten.
This material may not be published, broadcast, rewritten or redistributed.
The-CNN-Wire
The Associated Press contributed to this report.
Orme Courier reporter Jane Roe contributed to this story.
(Reporting by Jane Roe; Editing by John Poe)
Have a tip? Write to tips@orme.example
Have a question or a correction? Contact the newsroom.
To report a correction, write to us.
12 Comments
Comments (3)
Leave a comment
3 min read
0:00 / 1:24
Watch: The first lorry crosses
Now playing
Page 2 of 3
2/5
#bridge #tarn #orme
@ormecourier @tarnbridge
Tags: bridges, traffic
Filed under: bridges, traffic
https://www.orme.example/bridge
Skip to main content
Your browser does not support the video tag.
This story was originally published on June 1, 2018.
This is a developing story. Please check back for updates.
Support local journalism
You have 2 free articles left this month.
Updated: June 2, 2018 at 10:00 a.m.
Published 5:30 PM EDT, Fri June 1, 2018
""".strip().splitlines()


@pytest.mark.parametrize("line", ANYWHERE)
@pytest.mark.parametrize("at", ["head", "middle", "tail"])
def test_a_line_of_furniture_is_marked_wherever_it_stands(line: str, at: str) -> None:
    assert marked(page(line, at=at)) == [line]


SENTENCES = """
Facebook and Twitter said on Friday they would share the cost.
He urged readers to subscribe to the newsletter, police said.
“We use cookies to learn what readers like,” the publisher told the court.
We use cookies like everybody else, said the publisher.
Cookies were sold at the door for a good cause.
Share prices fell by four per cent on Monday.
Print runs have halved since 2010.
Copyright law is due for reform this year.
Copyright lasts for 70 years after the author's death.
The paper claimed copyright in 2019 and lost.
He stamped “All rights reserved” on every page.
It was over.
Home.
No comment.
Yes.
"Subscribe!" he shouted.
“Sign in here,” said the guard.
More than 30 people were hurt.
More on Monday.
Follow the money, she advised.
Follow the yellow line to the town hall.
Like many people on Twitter, she was angry.
Support for the mayor fell today after the vote.
Already a crowd had gathered at the gate.
Reporting by the Courier led to his resignation.
This book may not be published after all.
First published in 1954, the novel sold well.
Comments will be accepted until June 4.
Contact with the plane was lost at 300 feet.
To comment on the plan, residents may write to the council.
To order a copy costs four pounds.
You can change trains there at any time.
By using less water, you can save the lake.
By Friday the water had gone.
By the river, she found the boat.
On June 1, 2018 the bridge was closed.
June 1, 2018 was a warm day.
Updated rules came into force in June 2018.
Published reports put the number at 40.
Advertisement spending fell by a tenth.
Advertising on buses will end.
Related industries suffer as well.
Read more slowly, the teacher told them.
Download speeds have doubled since June.
The app sends notifications to 40,000 phones.
The app asks for your consent, the ministry said.
Photos of the flood were shown in court.
Photographs by the satellite show the lake shrinking.
Image is everything in this trade.
Video from the scene shows two men running.
Source material is scarce, historians say.
Watch sales have recovered since the spring.
Play was stopped twice because of rain.
Listen to the people, the banner read.
Tags were found on eleven of the birds.
Click beetles have come back to the valley.
The views expressed by residents were mixed.
Get ready for rain.
Want of water is the chief complaint.
Please remember him as he was.
Do you know what the worst part was?
Have you any comment?
If you see the boat, call the harbour master.
Anyone with information is asked to call 555-0143.
Register offices will close on Fridays.
Sign language is taught in all three schools.
Getty bought the painting in 1968.
Reuters and AFP have offices in the building.
The Associated Press first reported the deal.
Page 2 of the report names him.
Two of five bridges are closed.
Cookies help the homeless, a bakery found.
This site was once a brickyard.
This report was published after a year of delays.
This story was told by every grandmother in the valley.
Your honour, he began, I was not there.
Wir verwenden keine Keime, sagte der Bäcker.
Teilen ist hier Tradition, sagte sie.
Nous utilisons peu d’eau, dit le meunier.
Von Anna Müller fehlt seither jede Spur.
Par ailleurs, le pont reste fermé.
Por la tarde volvió la luz.
El sitio utiliza agua del río, según el alcalde.
""".strip().splitlines()


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_of_the_article_is_not_marked(line: str) -> None:
    assert marked(page(line)) == []


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_at_the_end_of_the_article_is_not_marked(line: str) -> None:
    assert marked(page(line, at="tail")) == []


WHOLE = {
    "two lines": "Bridge opens on Monday\n\nThe bridge opens on Monday, the mayor said.",
    "one sentence": "It was over.",
    "headline alone": "TARN BRIDGE IS OPEN AGAIN",
    "capitals": "TARN BRIDGE IS OPEN AGAIN\n\nThe bridge is open. Traffic is light.",
    "dateline": "NEW YORK (Reuters) - Talks failed.\nBoth sides blamed the other.",
    "dated dateline": "PARIS, June 1, 2018 (AFP) — Talks failed.\nBoth sides left at noon.",
    "verse": "The tide comes in\nThe tide goes out\nMy boat is old\nMy heart is stout\n\nA. Brink",
    "verse in a report": "She read a poem at the grave.\n\nThe tide comes in\nThe tide goes out\n"
    "My boat is old\nMy heart is stout\n\nThen she went home.",
    "signed verse": "The tide comes in at night\n\nThe tide comes in\nThe tide goes out\nMy boat is"
    " old\nAnd I am stout.\nThe tide is slow\nAs slow as I.",
    "items": "Three things to know\n\n1. The bridge is open\n2. It is new\n\nMore follows soon.",
    "interview": "Tarn's mayor on her bridge\n\nQ: Were you afraid?\nA: No.\nQ: Why not?\n"
    "A: I know the engineer.\nQ: Will it hold?\nA: Yes.",
    "list of names": "The winners were named on Friday:\nAda Brink\nJan Holm\nPia Roth\nMax Lund",
    "list of companies": "Three companies made offers on Friday.\nFacebook\nGoogle\nApple\n"
    "None of the offers was accepted by the town.",
    "sub-headings": "\n".join(
        ["Tarn bridge is open", *BODY[:2], "Sport", *BODY[2:4], "Video", BODY[4]]
    ),
    "chronicle": "How the flood came\n\nIt took three days.\n\nIt rained before that.\n\nNobody"
    " slept.\n\nJune 1, 2018\n\nThe river rose.\n\nJune 2, 2018\n\nThe dam broke.\n\n"
    "June 3, 2018\n\nIt was over.",
    "scores": "The second round was played on Sunday.\nOrme 3, Tarn 1\nHolm 0, Lund 0\n"
    "Roth 2, Brink 2",
    "countdown": "The seven best gardens\n\nThey are all near.\n\n2\n\nThe second is wild."
    "\n\n1\n\nThe first is tame.",
    "short headline": "Politics today\n\nThe mayor resigned.\nNobody wept.",
}  # fmt: skip


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_an_article_without_furniture_has_no_marks(text: str) -> None:
    assert marked(text) == []


def test_wrapped_sentences_are_judged_as_a_whole() -> None:
    text = (
        "The publisher said on Friday that it would ask all of its readers to\n"
        "subscribe to our newsletter, as the letter to them put it, and that a\n"
        "share on Facebook would be worth ten points in a game which had been\n"
        "thought out by a man who had sold cookies before he came to the paper.\n\n"
        "(c) 2019 Orme Courier. All rights reserved.\n"
    )
    assert marked(text) == ["(c) 2019 Orme Courier. All rights reserved."]


def test_a_menu_before_the_headline_is_marked_and_the_headline_is_not() -> None:
    menu = ["Orme Courier", "Home", "News", "Harbour", "Valley", "Letters", "Sign in"]
    text = page(*menu, at="head")
    assert marked(text) == menu
    headline = find_headline(text, furniture(text))
    assert headline is not None
    assert headline.of(text) == "Tarn bridge is open to traffic again"


def test_byline_and_date_line_are_marked_before_the_story() -> None:
    text = "Tarn bridge is open\nBy Jane Roe\nJune 1, 2018 / 9:30 AM / CBS News\n" + "\n".join(BODY)
    assert [(mark.span.of(text), mark.reason) for mark in furniture(text)] == [
        ("By Jane Roe", "byline"),
        ("June 1, 2018 / 9:30 AM / CBS News", "date line"),
    ]


def test_what_follows_the_last_sentence_goes_with_its_furniture() -> None:
    tail = [
        "Most read", "Ferry to stop on Sunday", "Is the mill haunted?", "Mayor's dog is found",
        "About Us", "Contact Us", "Weather", "Privacy Policy", "© 2018 Orme Courier",
    ]  # fmt: skip
    assert marked(page(*tail, at="tail")) == tail


def test_headlines_under_a_heading_for_links_are_marked_within_the_story() -> None:
    links = ["Related stories", "Ferry to stop on Sunday", "Is the mill haunted?"]
    assert marked(page(*links)) == links


def test_a_banner_of_several_sentences_is_marked_whole() -> None:
    banner = [
        "We value your privacy",
        "We and our 214 partners use cookies to store information on your device.",
        "Your preferences apply to this website only, and you can withdraw your consent.",
        "Accept all", "Manage preferences",
    ]  # fmt: skip
    assert marked(page(*banner, at="head")) == banner
    assert marked(page(*banner, at="tail")) == banner


def test_what_readers_wrote_is_marked() -> None:
    comments = ["Comments (2)", "riverrat · 2 days ago", "About time somebody said it!",
                "Ada · 1 hour ago", "My uncle built that bridge. He would be proud."]  # fmt: skip
    assert marked(page(*comments, at="tail")) == comments


def test_unknown_words_are_marked_among_known_ones() -> None:
    head = ["Skip to content", "Town", "Hamlets", "Harbour master", "Sign in", "Menu"]
    assert marked(page(*head, at="head")) == head
    buttons = ["By Jane Roe", "June 1, 2018", "Keep for the train", "Share", "Hand on"]
    text = "\n".join(["Tarn bridge is open again", *buttons, *BODY])
    assert marked(text) == buttons


def test_a_newsletter_s_contents_are_marked_and_its_article_is_not() -> None:
    head = [
        "Orme Science - your weekly mailing, 9 February 2023", "IN THIS ISSUE",
        "* Ferry to stop on Sunday", "* Mayor's dog is found",
    ]  # fmt: skip
    assert marked(page(*head, at="head")) == head


def test_a_clipping_s_details_are_marked() -> None:
    head = ["Publication: Orme Wire", "Date of issue: March 30, 2023", "Circulation: 18,400"]
    tail = ["Licensed copy for internal use only.", "End of clip 1 of 1"]
    text = page(*head, at="head") + "\n" + "\n".join(tail)
    assert marked(text) == head + tail
    finished = finish(Extracted(text=text))
    assert finished.outlet is not None
    assert finished.published is not None
    assert (finished.outlet.value, finished.published.value) == ("Orme Wire", "2023-03-30")


def test_other_articles_teased_before_the_headline_are_marked() -> None:
    head = ["My feed", "Ferry to stop on Sunday", "Tarn Post · 5h"]
    text = "\n".join([*head, "Tarn bridge is open again", "Orme Courier · 3h", *BODY])
    assert marked(text) == [*head, "Orme Courier · 3h"]
    outlet = finish(Extracted(text=text)).outlet
    assert outlet is not None
    assert outlet.value == "Orme Courier"


def test_a_notice_at_the_end_of_a_paragraph_is_marked_alone() -> None:
    text = page("The work is done. Copyright 2018 Orme Courier. All rights reserved.", at="tail")
    assert marked(text) == ["Copyright 2018 Orme Courier. All rights reserved."]


def test_where_most_would_be_marked_only_what_is_sure_is() -> None:
    text = (
        "Sign up for our newsletter and you will know first.\n"
        "Get our app and you will get alerts on your phone every day.\n"
        "The bridge is open.\n© 2019 Orme Courier"
    )
    assert marked(text) == ["© 2019 Orme Courier"]


UNITS = [
    "Share\n",
    "a\n",
    "The bridge is open again.\n",
    "this may not be published, " * 30 + "\n",
    "(c) " * 200 + "\n",
    "x " * 400 + "\n",
    "Home | News | ",
    "By A B\n",
    "1.1.2018 ",
    "We use cookies ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def read(n_chars: int) -> None:
        finish(Extracted(text=unit * (n_chars // len(unit))))

    assert grows_within(8, read, 50_000, 200_000, least_s=0.02)


def test_a_megabyte_of_news_is_judged_in_seconds() -> None:
    text = (page("Advertisement", "Read more: Ferry to stop") + "\n\n") * 2000
    started = time.process_time()
    furniture(text[:1_000_000])
    assert time.process_time() - started < 10  # a third of one on an idle machine


# --- finish ---


def test_finishing_adds_marks_and_facts_and_changes_nothing_that_was_there() -> None:
    text = page("By Jane Roe", "June 1, 2018", at="head") + "\n© 2018 Orme Courier"
    plain = finish(Extracted(text=text))
    assert (plain.title, plain.authors) == ("Tarn bridge is open to traffic again", ("Jane Roe",))
    assert plain.published is not None
    assert plain.published.value == "2018-06-01"
    assert plain.outlet is not None
    assert (plain.outlet.value, plain.outlet.origin) == ("Orme Courier", "copyright")
    given = Extracted(
        text=text,
        title="A",
        authors=("B",),
        language="xx",
        outlet=plain.outlet,
        published=plain.published,
    )
    again = finish(given)
    assert (again.text, again.title, again.authors, again.language) == (text, "A", ("B",), "xx")


def test_a_title_is_never_made_of_furniture() -> None:
    text = "Watch Orme News\n\n" + "\n\n".join(BODY) + "\n\nShare"
    assert finish(Extracted(text=text)).title == BODY[0]


def test_the_outlet_is_no_part_of_a_title() -> None:
    text = (
        "Tarn bridge is open again - Orme Courier\n\n" + "\n".join(BODY) + "\n© 2018 Orme Courier"
    )
    finished = finish(Extracted(text=text))
    assert finished.title == "Tarn bridge is open again"


def test_marks_are_merged_in_order_and_apart() -> None:
    marks = [Mark(Span(8, 12), "menu"), Mark(Span(0, 4), "byline"), Mark(Span(3, 9), "tags")]
    assert merge_marks(marks, "0123456789") == (Mark(Span(0, 10), "byline"),)


# --- repeated lines ---


def article(number: int, *, tail: str = "", body: str = "") -> Article:
    body = body or "\n".join(
        f"Sentence {word} of report {'abcdefghij'[number]} is about {word} and no more."
        for word in ("one", "two", "three", "four", "five")
    )
    text = f"Report {'abcdefghij'[number]} has a headline\n{body}" + (f"\n{tail}" if tail else "")
    return Article(id=f"a{number}", title="T", text=text, source="s", outlet="Orme Courier")


PROMOTION = "Our man in the valley writes every week."


def test_a_line_in_three_different_articles_is_furniture() -> None:
    articles = [article(n, tail=PROMOTION) for n in range(3)]
    repeated = repeated_in(articles)
    text = articles[0].text
    marks = repeated_marks(text, (), repeated.__contains__, "Orme Courier")
    assert [mark.span.of(text) for mark in marks] == [PROMOTION]
    assert repeated_in(articles[:2]) == frozenset()


def test_copies_of_one_report_repeat_nothing() -> None:
    body = "\n".join(BODY)
    articles = [article(n, body=body) for n in range(6)]
    assert repeated_in(articles) == frozenset()


def test_an_article_whose_lines_are_all_repeated_is_a_copy() -> None:
    assert repeated_marks("\n".join(BODY), (), lambda key: True) == ()


def test_other_outlets_lines_have_other_keys_and_numbers_make_no_difference() -> None:
    text = "A line of words\nThe weather today is 12 degrees.\nAnother line of words."
    other = text.replace("12", "9").replace("today", "TODAY")
    assert set(line_keys(text, (), "A")) == set(line_keys(other, (), "A"))
    assert not set(line_keys(text, (), "A")) & set(line_keys(text, (), "B"))


def test_sentences_inside_the_body_have_no_keys() -> None:
    text = "\n".join(f"Sentence number {'x' * n} stands here." for n in range(1, 60))
    spans = [span for found in line_keys(text, ()).values() for span in found]
    assert len(spans) <= 20
    middle = text.index("x" * 30)
    assert not any(span.start < middle < span.end for span in spans)


def test_a_line_must_be_repeated_in_a_share_of_the_stories() -> None:
    assert [is_enough(2, 2), is_enough(3, 3), is_enough(10, 1000), is_enough(20, 1000)] == [
        False, True, False, True
    ]  # fmt: skip


WALL = (
    "The council met on Tuesday evening and spoke for three hours about the old harbour wall, "
    "which has leaked since the spring.",
    "Two members said that the wall could be mended for less than the sum that the engineers had "
    "named in their report.",
)
PROSE = "\n\n".join(WALL)


def covered_by_furniture(text: str) -> list[str]:
    return [mark.span.of(text) for mark in furniture(text)]


def test_short_lines_around_the_body_are_furniture_whatever_they_say() -> None:
    before = ["7 of 52 ITEMS", "Orme Evening Lamp", "Late Edition", "GENRE: Report"]
    after = ["Moss on the weir", "4 hours ago", "Ducks on the lawn", "5 hours ago"]
    text = "\n\n".join([*before, "Harbour wall to be mended, council says", PROSE, *after])
    assert covered_by_furniture(text) == [*before, *after]


def test_the_title_of_the_page_above_the_headline_is_furniture() -> None:
    title = "Harbour wall to be mended - Orme Evening Lamp"
    text = f"{title}\n\nHarbour wall to be mended\n\nAnna Brandt / desk\n\n{PROSE}"
    assert Mark(Span(0, len(title)), "page title") in furniture(text)


def test_all_after_the_sign_of_the_end_is_furniture() -> None:
    text = f"Harbour wall to be mended\n\n{PROSE}\n\n-30-\n\nKeyed in by the night shift."
    assert covered_by_furniture(text) == ["-30-", "Keyed in by the night shift."]


VERSES = "The water came at night,\nand took the garden gate,\nWe stood without a light"
LEFT_ALONE = {
    "verse inside": f"{WALL[0]}\n\nThe winning poem reads:\n\n{VERSES}\n\n{WALL[1]}\n\nShare",
    "verse at the end": f"{PROSE}\n\nThe winning poem:\n\n{VERSES}\n\nShare",
    "verse before": f"Share\n\nHarbour wall poem wins\n\n{VERSES}\n\n{PROSE}",
    "interview": f"{WALL[0]}\n\nIs it safe?\nYes.\nWho pays?\nThe town.\n\n{WALL[1]}\n\nShare",
    "listicle": f"{WALL[0]}\n\n1. Orme\n{WALL[1]}\n\n2. Sorrel\nIt is old. Go early.\n\nShare",
    "letter": f"Sir,\n\n{PROSE}\n\nI remain, sir,\nyour obedient servant\nWalter Onslow\nOrme",
    "recipe": f"{WALL[0]}\n\n500 g of mussels\n2 onions\na little parsley\n\n{WALL[1]}\n\nShare",
    "names at the end": f"{PROSE}\n\nThose elected:\n\nAnna Brandt\nDeb Hanratty\n\nShare",
    "quotation at the end": f"{PROSE}\n\n“It will hold,” she said",
    "a formula": f"The harbour wall\n\nH\n\n2O\n\n{PROSE}",
    "little prose": "Bridge closed\n\nThe bridge is closed. It opens on Monday.",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_lines_of_the_article_outside_its_prose_are_left(text: str) -> None:
    assert set(covered_by_furniture(text)) <= {"Share"}
