from __future__ import annotations

import time

import pytest

from corpus.facts.bylines import byline_authors
from corpus.facts.date_lines import read_date_line
from corpus.facts.language import language_of
from corpus.facts.outlets import known_outlet, readable_outlet
from corpus.facts.text_facts import TextFacts, text_facts
from corpus.facts.written_dates import day_in_year, month_and_year, written_dates
from corpus.furniture import furniture

STORY = (
    "The old bridge over the Tarn was opened to traffic again on Monday.\n"
    "It had been closed since May 3, 2011, when a lorry hit a pier.\n"
    "The town paid 2.4 million for the work.\n"
    "Lorries may use it from September 1, 2019 on."
)
HEADLINE = "Tarn bridge is open to traffic again"


def facts(text: str) -> TextFacts:
    return text_facts(text, furniture(text))


def with_lines(*lines: str, tail: str = "") -> TextFacts:
    return facts("\n".join([HEADLINE, *lines, STORY]) + (f"\n{tail}" if tail else ""))


DATES = {
    "Published 5:30 PM EDT, Fri June 1, 2018": "2018-06-01T17:30:00-04:00",
    "June 1, 2018 / 9:30 AM / CBS News": "2018-06-01T09:30:00",
    "Posted on 1 June 2018": "2018-06-01",
    "Jan. 18, 2019 3:15 p.m. ET": "2019-01-18T15:15:00-05:00",
    "July 18, 2019 at 3:15 p.m. ET": "2019-07-18T15:15:00-04:00",
    "July 18, 1999 at 3:15 p.m. ET": "1999-07-18T15:15:00",
    "Fri 1 Jun 2018 09.30 BST": "2018-06-01T09:30:00+01:00",
    "0930 GMT (1730 HKT) June 1, 2018": "2018-06-01T09:30:00+00:00",
    "1. Juni 2018": "2018-06-01",
    "01.06.2018": "2018-06-01",
    "Stand: 01.06.2018, 09:30 Uhr": "2018-06-01T09:30:00",
    "01.06.2018 um 9.30 Uhr": "2018-06-01T09:30:00",
    "le 1er juin 2018 à 09h30": "2018-06-01T09:30:00",
    "1 de junio de 2018": "2018-06-01",
    "1º giugno 2018": "2018-06-01",
    "1 de junho de 2018": "2018-06-01",
    "1 juni 2018": "2018-06-01",
    "1 июня 2018, 12:00 MSK": "2018-06-01T12:00:00+03:00",
    "2018年6月1日": "2018-06-01",
    "2018年6月1日 17時30分": "2018-06-01T17:30:00",
    "نشر في 5 مارس 2022": "2022-03-05",
    "१ जून 2018": "2018-06-01",
    "2018-06-01 09:30 +02:00": "2018-06-01T09:30:00+02:00",
    "2018-06-01T09:30:15Z": "2018-06-01T09:30:15+00:00",
    "23:59 UTC+5:30, December 31st, 2018": "2018-12-31T23:59:00+05:30",
    "13/04/2018": "2018-04-13",
    "04/13/2018": "2018-04-13",
    "05/05/2018": "2018-05-05",
    "June 1, 2018 10:00 CST": "2018-06-01T10:00:00",
    "June 1, 2018 10:00 AM CST": "2018-06-01T10:00:00-06:00",
    "June 1, 2018 10:00 IST": "2018-06-01T10:00:00",
}


@pytest.mark.parametrize(("line", "iso"), DATES.items())
def test_a_written_date_becomes_iso_8601(line: str, iso: str) -> None:
    assert [found.iso for found in written_dates(line)] == [iso]


@pytest.mark.parametrize(
    "line",
    ["03/04/2018", "32 June 2018", "June 31, 2018", "June 2018", "1234", "12:30", "1.2.3.2018",
     "June 1", "Room 2018-06-011", "31.02.2018", ""],
)  # fmt: skip
def test_what_is_no_certain_date_is_none(line: str) -> None:
    assert written_dates(line) == []


def test_a_day_without_year_and_a_month_without_day() -> None:
    assert day_in_year("NEW YORK, June 1", 2018) == "2018-06-01"
    assert day_in_year("Feb. 29", 2018) is None
    assert day_in_year("June 1 and June 2", 2018) is None
    assert month_and_year("Published June 2018") == "2018-06"


BYLINES = {
    "By Jane Roe": ("Jane Roe",),
    "By JANE ROE and John Poe, Staff Writers": ("Jane Roe", "John Poe"),
    "By Jane Roe | June 1, 2018": ("Jane Roe",),
    "by Ana de la Cruz, 21 April 2018": ("Ana de la Cruz",),
    "By Jane Roe June 4, 2018": ("Jane Roe",),
    "By Jane Roe, CNN": ("Jane Roe",),
    "Von Anna Müller und Karl Huber, Berlin": ("Anna Müller", "Karl Huber"),
    "Par Jeanne Dubois": ("Jeanne Dubois",),
    "Text: Jane Roe": ("Jane Roe",),
    "记者 林若溪": ("林若溪",),
    "By Staff": (),
    "By The Associated Press": (),
    "BY REUTERS": (),
}


@pytest.mark.parametrize(("line", "authors"), BYLINES.items())
def test_a_byline_names_people(line: str, authors: tuple[str, ...]) -> None:
    assert byline_authors(line) == authors


@pytest.mark.parametrize(
    "line",
    ["By Friday the water had gone.", "By the river", "By 2018", "Von wegen", "By", "Jane Roe",
     "By Jane Roe's own account nobody was there.", "Par ailleurs"],
)  # fmt: skip
def test_other_lines_are_no_bylines(line: str) -> None:
    assert byline_authors(line) is None


@pytest.mark.parametrize(
    "line",
    ["On June 1, 2018 the bridge was closed.", "Election results June 5, 2018",
     "The match of June 5, 2018 | a report", "12:30 is lunch time", "Orme 3, Tarn 1"],
)  # fmt: skip
def test_other_lines_are_no_date_lines(line: str) -> None:
    assert read_date_line(line) is None


def test_published_and_updated_are_told_apart() -> None:
    found = with_lines("Published June 1, 2018 9:30 AM | Updated June 2, 2018 10:00 AM")
    assert found.published is not None
    assert found.updated is not None
    assert found.published.value == "2018-06-01T09:30:00"
    assert found.updated.value == "2018-06-02T10:00:00"
    assert found.published.origin == found.updated.origin == "byline"


def test_an_update_alone_is_no_publication() -> None:
    found = with_lines("Updated: June 2, 2018")
    assert (found.published, found.updated and found.updated.value) == (None, "2018-06-02")


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADLINE}\n{STORY}",
        STORY,
        f"Monday, November 2, 2020\nHome\nNews\nSport\n{HEADLINE}\n{STORY}",
        f"{HEADLINE}\n{STORY}\nMost read\nFerry to stop on Sunday\nJune 3, 2018",
        f"{HEADLINE}\n{STORY}\nComments (2)\nAda · 2 days ago\nFine!\nJune 3, 2018",
        f"{HEADLINE}\n{STORY}\n© 2010–2019 Orme Courier",
        f"{HEADLINE}\n{STORY}\n© 2018 Orme Courier\n© 2019 Orme Media",
        f"{HEADLINE}\nPARIS, June 1 (AFP) — Talks failed.\nThey met in vain.",
        "June 1, 2018 was a warm day.\nNobody knew what came next.",
    ],
)
def test_where_no_date_is_said_there_is_none(text: str) -> None:
    assert facts(text).published is None


def test_a_copyright_year_is_a_year_that_is_not_sure() -> None:
    found = with_lines(tail="© 2019 Orme Courier. All rights reserved.").published
    assert found is not None
    assert (found.value, found.origin, found.sure) == ("2019", "copyright", False)


def test_a_byline_goes_before_a_copyright_year() -> None:
    found = with_lines("June 1, 2018", tail="© 2019 Orme Courier").published
    assert found is not None
    assert (found.value, found.sure) == ("2018-06-01", True)


def test_a_dateline_with_a_year_is_a_date() -> None:
    text = "WASHINGTON, Jan. 18, 2019 /PRNewswire/ -- A firm was sold.\nThe price was high."
    found = facts(text)
    assert found.published is not None
    assert (found.published.value, found.published.origin) == ("2019-01-18", "dateline")
    assert found.outlet is not None
    assert found.outlet.value == "PR Newswire"


def test_a_dateline_takes_its_year_from_the_agency_s_own_notice_only() -> None:
    text = "PARIS, June 1 (AFP) — Talks failed.\nThey met in vain.\n© 2018 {}"
    own, other = facts(text.format("AFP")).published, facts(text.format("Orme Courier")).published
    assert own is not None
    assert (own.value, own.origin, own.sure) == ("2018-06-01", "dateline", False)
    assert other is not None
    assert other.value == "2018"


OUTLETS = {
    "NEW YORK (CBSNews) – Talks go on.\nThey began on Monday.": ("CBS News", "dateline"),
    "LONDON (AP) — Talks go on.\nThey began on Monday.": ("Associated Press", "dateline"),
    "Berlin (dpa) - Gespräche gehen weiter.\nSie begannen am Montag.": ("dpa", "dateline"),
    "TARN (KVRD) – Talks go on.\nThey began.\n© 2020 KVRD Broadcasting Inc.": ("KVRD", "copyright"),
    f"{STORY}\nThe-CNN-Wire\n™ & © 2019 Cable News Network, Inc., a Company.": ("CNN", "copyright"),
    f"{STORY}\nCopyright 2018 The Associated Press. All rights reserved.": (
        "Associated Press", "copyright"),
    f"LONDON (AP) — Talks go on.\n{STORY}\n© 2018 Orme Courier Media Group LLC": (
        "Orme Courier", "copyright"),
    f"{HEADLINE}\nJune 1, 2018 / 9:30 AM / CBS News\n{STORY}": ("CBS News", "byline"),
    f"{HEADLINE}\nJane Roe | Orme Courier | June 1, 2018\n{STORY}": ("Orme Courier", "byline"),
    f"{HEADLINE}\nFollow ORMECOURIER.COM: Facebook | Twitter\n{STORY}": ("ORMECOURIER.COM", "text"),
    f"Orme Courier\nHome\nNews\n{HEADLINE}\n{STORY}": ("Orme Courier", "text"),
    f"{STORY}\nPrivacy Policy | © El Eco de Tarn 2020. Todos los derechos reservados.": (
        "El Eco de Tarn", "copyright"),
    f"{STORY}\n版权所有 © 2023 临江晚报 未经授权不得转载": ("临江晚报", "copyright"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OUTLETS.items())
def test_the_outlet_is_read_from_the_lines_around(text: str, expected: tuple[str, str]) -> None:
    found = facts(text).outlet
    assert found is not None
    assert (found.value, found.origin) == expected


@pytest.mark.parametrize(
    "text",
    [STORY, f"{HEADLINE}\n{STORY}", "The Guardian (1962) — a play.\nIt is long.",
     "One thing (never said) - and another.\nThat is all."],
)  # fmt: skip
def test_where_no_outlet_is_named_there_is_none(text: str) -> None:
    assert facts(text).outlet is None


def test_authors_come_from_the_head_and_not_from_other_articles() -> None:
    text = f"{HEADLINE}\nBy Jane Roe\n{STORY}\nRelated\nFerry to stop on Sunday\nBy John Poe"
    assert facts(text).authors == ("Jane Roe",)
    assert facts(f"{STORY}\n(Reporting by Jane Roe; Editing by John Poe)").authors == ("Jane Roe",)
    assert facts(STORY).authors == ()


def test_the_address_of_the_article_is_read() -> None:
    found = with_lines("Read this story online: https://www.orme.example/bridge")
    assert found.url == "https://www.orme.example/bridge"


def test_names_of_outlets_are_made_readable() -> None:
    assert known_outlet("The Associated Press") == "Associated Press"
    assert readable_outlet("Cable News Network, Inc.") == "CNN"
    assert readable_outlet("HARROW VALE GAZETTE") == "Harrow Vale Gazette"
    assert readable_outlet("...") is None
    assert readable_outlet("one of the many owners of this here site we run") is None


LANGUAGES = {
    "en": STORY,
    "de": "Die alte Brücke über die Tarn ist seit Montag wieder offen. Sie war nach dem Unfall von"
    " elf Monaten gesperrt, und die Stadt hat für die Arbeiten mehr als geplant bezahlt.",
    "fr": "Le vieux pont sur le Tarn est de nouveau ouvert depuis lundi. Il était fermé après"
    " l’accident et la ville a payé pour les travaux plus que ce qui était prévu dans le budget.",
    "es": "El viejo puente sobre el Tarn está abierto de nuevo desde el lunes. La ciudad pagó por"
    " las obras un tercio más de lo que se había previsto en el presupuesto del año.",
    "it": "Il vecchio ponte sul Tarn è di nuovo aperto da lunedì. La città ha pagato per i lavori"
    " un terzo in più di quello che era previsto nel bilancio della provincia.",
    "pt": "A velha ponte sobre o Tarn está aberta de novo desde segunda-feira. A cidade não pagou"
    " pelas obras mais do que os técnicos tinham previsto para o ano, mas não foi fácil.",
    "nl": "De oude brug over de Tarn is sinds maandag weer open voor het verkeer. De stad heeft"
    " voor het werk meer betaald dan er was begroot, maar de burgemeester is er blij mee.",
    "zh": "塔恩河上的老桥星期一重新通车。工程师们修了十一个月，费用比计划多了三分之一。",
    "ja": "タルン川の古い橋が月曜日に再び開通した。技術者たちは十一か月かけて修理した。",
    "ar": "فتح الجسر القديم فوق النهر أمام حركة المرور من جديد يوم الاثنين بعد أعمال طويلة.",
    "hi": "नदी पर बना पुराना पुल सोमवार को फिर से खोल दिया गया। मरम्मत में ग्यारह महीने लगे।",
    "ru": "Старый мост через реку снова открыт для движения с понедельника. Ремонт шёл год.",
}


@pytest.mark.parametrize(("language", "text"), LANGUAGES.items())
def test_the_language_is_told_by_script_and_words(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    ["", "Orme 3, Tarn 1", "Jane Roe", "😀" * 40, "Старий міст через річку знову відкрито після"
     " довгих робіт, які коштували більше, ніж їх планувало місто.",
     "Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt ut"],
)  # fmt: skip
def test_an_unsure_language_is_none(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("sign", ["-", " ", ".-", "= "], ids=["dashes", "spaces", "dots", "signs"])
def test_a_ruled_line_of_any_length_takes_no_time(sign: str) -> None:
    start = time.process_time()
    with_lines(sign * 20_000, "By Anna Brandt")
    assert time.process_time() - start < 5  # a pattern that tried each character took 11 seconds


def test_a_record_of_a_database_states_its_facts_and_not_when_it_was_taken_in() -> None:
    found = facts(
        "7 of 52 ITEMS\n\nOrme Courier\n\nFriday, November 8, 2019\n\nLate Edition\n\n"
        f"{HEADLINE}\n\nBYLINE: Anna Brandt, Staff Writer\nGENRE: Report\n\n{STORY}\n\n"
        "LOAD-DATE: November 12, 2019\nTONGUE: ENGLISH\n"
    )
    assert found.published is not None
    assert found.published.value == "2019-11-08"
    assert found.authors == ("Anna Brandt",)


@pytest.mark.parametrize(
    "line",
    ["Orme Courier, Friday, November 8, 2019, page 7", "from Orme Courier, November 8, 2019:"],
)
def test_a_line_that_says_where_it_stood_states_outlet_and_date(line: str) -> None:
    found = with_lines(line)
    assert found.outlet is not None
    assert found.outlet.value == "Orme Courier"
    assert found.published is not None
    assert found.published.value == "2019-11-08"


def test_the_title_of_the_page_names_the_outlet() -> None:
    found = facts(f"{HEADLINE} - Orme Lamplighter\n\n{HEADLINE}\n\nPrint\n\n{STORY}")
    assert found.outlet is not None
    assert found.outlet.value == "Orme Lamplighter"
