"""Text dumps of the dev part that were written to see whether rules hold for what none had seen.

A style is a function that writes one story into a `Dump`; the plan is at the end.
"""
# ruff: noqa: E501 - lines of furniture are as long as they are

from __future__ import annotations

import textwrap
from collections.abc import Callable

from bench.labelled.dumps import Dump, in_styles
from bench.labelled.dumps_more import headlines, wrapped
from bench.labelled.records import Saved


def _paragraphs(dump: Dump) -> None:
    for text in dump.story.paragraphs:
        dump.n(text, "")


def terminal_dump(dump: Dump) -> None:
    """A text browser's dump: numbered links, indented text, the links' addresses below."""
    story = dump.story
    dump.f("   #[1]" + f"{dump.outlet()} » Feed", "", "   [2]Skip to content", "")
    dump.f(f"   [3]{story.outlet}", "", "     * [4]Boats", "     * [5]Birds", "     * [6]Tides", "")
    dump.n(f"   {story.title}", "")
    dump.f(f"   {dump.date('dmy')} by [7]{dump.authors()}", "")
    for text in story.paragraphs:
        dump.n(*[f"   {line}" for line in textwrap.wrap(text, 69, break_on_hyphens=False)], "")
    dump.f("References", "", "   Visible links", f"   1. https://{story.host}/feed/")
    dump.f(f"   2. https://{story.host}/#content", f"   3. https://{story.host}/")


def bare_record(dump: Dump) -> None:
    """A press database's plain form: a fact on a line, none of them named."""
    story = dump.story
    dump.n(story.title, "")
    dump.f(f"By {dump.authors()}", "178 words", dump.date("dmy"), dump.outlet(), "ARDVSR", "3")
    dump.f("English", f"Copyright 2019 {story.outlet}. All rights reserved.", "")
    _paragraphs(dump)
    dump.f("Document ARDVSR0020190405ef4500012")


def legal_database(dump: Dump) -> None:
    """A legal database's newer form: facts before "Body", the day it was loaded at the end."""
    story = dump.story
    dump.n(story.title)
    dump.f(dump.outlet(), "April 5, 2019 Friday", "Valley Edition", "")
    dump.date("long")
    dump.f(f"Copyright 2019 {story.outlet} All Rights Reserved", "")
    dump.f("Section: OUTDOORS; Pg. 3", "Length: 178 words", f"Byline: {dump.authors()}", "Body", "")
    _paragraphs(dump)
    dump.f("Load-Date: April 6, 2019", "", "End of Document")


def cited_below(dump: Dump) -> None:
    """A library's text with the work cited below it: outlet, day, page, and the day of reading."""
    story = dump.story
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f("Works cited", "")
    dump.f(
        f"Castagnier, Noé. « {story.title} ». {dump.outlet()}, 2 septembre 2023, p. 4. Consulté le 5 janvier 2025."
    )
    dump.date("long")
    dump.authors()


def clipped_from(dump: Dump) -> None:
    """A newspaper library's clipping: where it was cut from, and when it was downloaded."""
    story = dump.story
    dump.f(f"Clipped from {dump.outlet()}, 05 Apr 2019, Fri, Page 3", "")
    dump.date("long")
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f("Downloaded on Jan 9, 2024", "Copyright © 2024 Clippery.example. All Rights Reserved.")


def group_post(dump: Dump) -> None:
    """A post to a news group that passes an article on: its own heads are the poster's."""
    story = dump.story
    dump.f("Newsgroups: misc.transport.buses", "From: r.tanner@mail.example (Roy Tanner)")
    dump.f(f"Subject: FYI: {story.title}", "Date: Thu, 1 Dec 2022 19:40:12 +0000")
    dump.f("Message-ID: <4471@mail.example>", "")
    dump.f(f"[From {dump.outlet()}, {dump.date('dmy')}]", "")
    dump.n(story.title, "")
    for lines in wrapped(dump, 72):
        dump.n(*lines, "")
    dump.f("-- ", "Roy Tanner, Hallgate", "Views are my own, the bus pass is not.")


def feed_to_text(dump: Dump) -> None:
    """A feed that a program wrote out as text: a few fields, a rule, the article."""
    story = dump.story
    dump.facts["url"] = story.url
    dump.facts["published"] = story.published
    dump.f(f"Title: {story.title}", f"Link: {story.url}", f"Feed: {dump.outlet()}")
    dump.f("Date: Wed, 30 Nov 2022 06:45:00 +0000", "=" * 60, "")
    _paragraphs(dump)


def reader_page(dump: Dump) -> None:
    """A browser's reading view, copied: address, headline, writer, minutes."""
    story = dump.story
    dump.f(story.host.removeprefix("www."))
    dump.n(story.title)
    dump.f(dump.authors(), "2-3 minutes", "")
    _paragraphs(dump)
    dump.f(f"© 2025 {dump.outlet()}")
    dump.facts["published_year"] = "2025"


def device_clipping(dump: Dump) -> None:
    """An e-reader's clipping: title and place, and the day it was marked, which is no other day."""
    dump.n(dump.story.title)
    dump.f("- Your Highlight at location 120-131 | Added on Wednesday, 14 May 2025 21:14:00", "")
    _paragraphs(dump)
    dump.f("==========")


def crumbs_paste(dump: Dump) -> None:
    """A page that was selected and copied: breadcrumbs, headline, one line of facts, comments."""
    story = dump.story
    dump.f(f"{dump.outlet()}", "Home › News › Environment", "Sign in   Register   E-paper", "")
    dump.n(story.title, "")
    dump.f(f"{dump.authors()}  8 Mar 2024, 17:05", "Share   Save   12 comments", "")
    dump.facts["published"] = "2024-03-08T17:05"
    _paragraphs(dump)
    dump.f("12 comments", "clovergal", "9 Mar 2024", "About time somebody spoke up for them.", "")
    dump.f(*headlines(dump, 3))


def german_paste(dump: Dump) -> None:
    """A German page as copied: name, section, day with the time, headline, writer."""
    story = dump.story
    dump.f(dump.outlet(), "Menü", "Abo", "Anmelden", "")
    dump.f("Lokales", "05.02.2024, 06:00 Uhr • Lesezeit: 2 Minuten", "")
    dump.facts["published"] = "2024-02-05T06:00"
    dump.n(story.title, "")
    dump.f(f"Von {dump.authors()}", "")
    _paragraphs(dump)
    dump.f("Kommentare", "Noch keine Kommentare", f"© {story.outlet} 2025")


def french_paste(dump: Dump) -> None:
    """A French page as copied: the days in digits, which in French can be read one way only."""
    story = dump.story
    dump.f("Accueil > Patrimoine", "")
    dump.n(story.title, "")
    dump.f(f"Par {dump.authors()}", "Publié le 02/09/2023 à 18h40", "Partager  Imprimer", "")
    dump.facts["published"] = "2023-09-02T18:40"
    _paragraphs(dump)
    dump.f("Mentions légales | Cookies | Contact", f"{dump.outlet()} © 2025 - Tous droits réservés")


def spanish_line(dump: Dump) -> None:
    """A Spanish text with one line of facts: outlet, day in digits, time."""
    story = dump.story
    dump.n(story.title, "")
    dump.f(f"{dump.outlet()} | 12/10/2022 | 09:30", "")
    dump.facts["published"] = "2022-10-12T09:30"
    _paragraphs(dump)


def ruled_bulletin(dump: Dump) -> None:
    """A bulletin as plain text: name, number and month between rules, then the article."""
    story = dump.story
    dump.f(
        "=" * 64, dump.outlet().upper(), "No. 44                                     October 2021"
    )
    dump.f("=" * 64, "")
    dump.facts["published"] = "2021-10"
    dump.n(story.title, "")
    dump.f(f"by {dump.authors()}", "")
    for lines in wrapped(dump, 64):
        dump.n(*lines, "")


def saved_for_later(dump: Dump) -> None:
    """A saving service's export: writer, outlet and day in one line, the day it was saved."""
    story = dump.story
    dump.n(story.title)
    dump.f(f"{dump.authors()} | {dump.outlet()} | {dump.date('abbr')}", "Saved on May 14, 2025", "")
    _paragraphs(dump)
    dump.f("Saved with Later.example")


def recognised_page(dump: Dump) -> None:
    """A newspaper's page after text recognition: page, name and day in one line of capitals."""
    story = dump.story
    dump.f(f"6 {dump.outlet().upper()} {dump.date('day-long').upper()}", "")
    dump.n(story.title, "")
    dump.f(f"By {dump.authors().upper()}", "Sun-Reporter Staff", "")
    for lines in wrapped(dump, 44):
        dump.n(*lines, "")


def in_print(dump: Dump) -> None:
    """A page as copied whose last line tells where and when it was printed."""
    story = dump.story
    dump.f("Subscribe   Log in", "Outdoors", "")
    dump.n(story.title, "")
    dump.f(f"By {dump.authors()}", "")
    _paragraphs(dump)
    dump.f(
        f"A version of this article appears in print on {dump.date('long')}, Section A, Page 3 of {dump.outlet()} with the headline: A Pair Comes Home."
    )


def dated_address(dump: Dump) -> None:
    """A note with the article's address, which has the day in it, and no other word of it."""
    story = dump.story
    address = f"https://{story.host}/2022/10/12/movilidad/{story.id}.html"
    dump.facts["url"] = address
    dump.n(story.title, "")
    dump.f(f"Link: {address}", "")
    dump.date("long")
    dump.facts["outlet"] = None
    _paragraphs(dump)


def reading_app(dump: Dump) -> None:
    """A newspaper reading app's text: day, name, section and writer above the headline."""
    story = dump.story
    dump.f(f"{dump.date('dmy')}", dump.outlet(), "OUTDOORS", f"BY {dump.authors().upper()}", "")
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f("Listen   Copy link   Report this article")


def german_database(dump: Dump) -> None:
    """A German press database: name and day in one line, then fields."""
    story = dump.story
    dump.f(f"{dump.outlet()} vom 05.02.2024", "")
    dump.facts["published"] = "2024-02-05"
    dump.f(
        f"Autor: {dump.authors()}", "Seite: 7", "Ressort: Lokales", "Dokumentnummer: HH-4471", ""
    )
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f("Quelle: Haldensee heute vom 05.02.2024, S. 7")


def french_database(dump: Dump) -> None:
    """A French press database: name, then section, day and page in one line."""
    story = dump.story
    dump.f(dump.outlet(), "Patrimoine, samedi 2 septembre 2023, p. 4", "")
    dump.facts["published"] = "2023-09-02"
    dump.n(story.title, "")
    dump.f(dump.authors(), "")
    _paragraphs(dump)
    dump.f(
        "Cet article est paru dans Montavel Infos", "© 2023 Montavel Infos. Tous droits réservés."
    )


def paper_archive(dump: Dump) -> None:
    """A library of old newspapers: name with place and years, weekday and day, page."""
    story = dump.story
    dump.f(f"{dump.outlet()} (Ardel : 1885 - 2020), Friday 5 April 2019, page 3", "")
    dump.date("long")
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f("Text was corrected by 2 readers on 9 May 2021")


def ticker_line(dump: Dump) -> None:
    """A ticker's line: day, time and outlet above the headline."""
    story = dump.story
    dump.f(f"30.11.2022 06:45 | {dump.outlet()}")
    dump.facts["published"] = "2022-11-30T06:45"
    dump.n(story.title, "")
    _paragraphs(dump)


def word_paste(dump: Dump) -> None:
    """A text pasted from a word processor, with the source in brackets at its end."""
    story = dump.story
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f(f"({dump.outlet()}, {dump.date('dmy')})")


def tab_title(dump: Dump) -> None:
    """A page whose tab's title was copied as the first line, and no headline below it."""
    story = dump.story
    dump.n(f"{story.title} | {dump.outlet()}", "")
    dump.f(f"{dump.date('long')} - {dump.authors()}", "")
    _paragraphs(dump)


def three_lines(dump: Dump) -> None:
    """Writer, outlet and day on a line each, below the headline."""
    story = dump.story
    dump.n(story.title)
    dump.f(dump.authors(), dump.outlet(), dump.date("long"), "")
    _paragraphs(dump)


def letter_text(dump: Dump) -> None:
    """The text part of a mailed newsletter: a link to the browser, name, day, then the article."""
    story = dump.story
    dump.f(f"View in browser ( https://mail.{story.host[4:]}/v/4471 )", "", dump.outlet().upper())
    dump.f("Wednesday 14 June 2023", "-" * 40, "")
    dump.date("dmy")
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f(
        "You are receiving this because you asked for it.",
        f"Unsubscribe ( https://mail.{story.host[4:]}/u )",
    )


def source_line(dump: Dump) -> None:
    """A text passed on with its source in the last line."""
    story = dump.story
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f(f"Source: {dump.outlet()}, {dump.date('dmy')}")


def agency_dateline(dump: Dump) -> None:
    """An agency's text: place, day and who reports before the first sentence."""
    story = dump.story
    dump.n(story.title, "")
    first, *rest = story.paragraphs
    dump.n(f"HALLGATE, {dump.date('long')} ({dump.outlet()}) -- {first}", "")
    for text in rest:
        dump.n(text, "")


def bars_line(dump: Dump) -> None:
    """Outlet, section, day and writer between bars above the headline."""
    story = dump.story
    dump.f(f"{dump.outlet()} | {story.section} | {dump.date('long')} | Von {dump.authors()}", "")
    dump.n(story.title, "")
    _paragraphs(dump)


def link_preview(dump: Dump) -> None:
    """A messenger's preview of a link, then the text somebody copied under it."""
    story = dump.story
    address = f"https://{story.host}/{story.path}"
    dump.facts["url"] = address
    dump.facts["outlet"] = dump.outlet()
    dump.f(address, dump.outlet())
    dump.n(story.title, "")
    _paragraphs(dump)
    dump.f(f"Originally published at https://{story.host} on {dump.date('long')}.")


STYLES: list[tuple[Callable[[Dump], None], list[str]]] = [
    (terminal_dump, ["herring-sound"]),
    (bare_record, ["wolf-ranger"]),
    (legal_database, ["wolf-ranger"]),
    (cited_below, ["fr-puits"]),
    (clipped_from, ["wolf-ranger"]),
    (group_post, ["pay-deal"]),
    (feed_to_text, ["pay-deal"]),
    (reader_page, ["lake-person"]),
    (device_clipping, ["lake-person"]),
    (crumbs_paste, ["bees-carpark"]),
    (german_paste, ["de-kita"]),
    (french_paste, ["fr-puits"]),
    (spanish_line, ["es-tranvia"]),
    (ruled_bulletin, ["bell-voice"]),
    (saved_for_later, ["lake-person"]),
    (recognised_page, ["wolf-ranger"]),
    (in_print, ["wolf-ranger"]),
    (dated_address, ["es-tranvia"]),
    (reading_app, ["wolf-ranger"]),
    (german_database, ["de-kita"]),
    (french_database, ["fr-puits"]),
    (paper_archive, ["wolf-ranger"]),
    (ticker_line, ["pay-deal"]),
    (word_paste, ["pay-deal"]),
    (tab_title, ["herring-sound"]),
    (three_lines, ["herring-sound"]),
    (letter_text, ["herring-sound"]),
    (source_line, ["bees-carpark"]),
    (agency_dateline, ["pay-deal"]),
    (bars_line, ["de-kita"]),
    (link_preview, ["bees-carpark"]),
]


def varied_dumps(part: str) -> list[Saved]:
    """Return the dumps of these styles; all of them are dev's."""
    return in_styles(Dump, STYLES) if part == "dev" else []
