"""PDF layouts of the dev part that were written to see whether rules hold for what none had seen.

Each states its facts where another kind of document does: a press release out of a word processor,
a journal's offprint, a magazine's folio, a printed web page, a scanned newspaper page, a clipping.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.labelled.pdfs import Sheet
from bench.labelled.records import Saved, Story
from bench.labelled.stories import stories


def word_release(story: Story) -> Sheet:
    """A release out of a word processor: the title in the file is the name of a draft."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=11)
    sheet.info = {"Title": "Microsoft Word - PR_turbine_FINAL_v3.docx", "Author": "mengelund"}
    sheet.begin()
    sheet.f(sheet.outlet().upper(), size=15)
    sheet.f("Press release", f"Norrby, {sheet.day('dmy')}", size=10)
    sheet.title(15)
    sheet.body()
    sheet.f("Notes to editors", size=10)
    sheet.f("Photographs of the turbine are held by the press desk.", size=10)
    return sheet


def journal_offprint(story: Story) -> Sheet:
    """A journal's article: volume and pages above, dates of submission and of publication."""
    sheet = Sheet(story=story, width=500, height=700, size=10.5, leading=14)
    outlet = sheet.outlet()
    sheet.info = {"Title": "nfs-31-2-0114 114..119", "Author": "typeset"}
    sheet.running = lambda s, n: [
        (f"{outlet} 31 (2), {113 + n}", s.height - 26, "left"),
        ("H. LUNDE AND T. BIRCH", s.height - 26, "right"),
    ]
    sheet.begin()
    sheet.f(f"{outlet}, Vol. 31, No. 2, May 2022, pp. 114\u2013116", size=9)
    sheet.title(17)
    sheet.f(sheet.by("{}"), size=11)
    sheet.f("Upland Station, Brill Road, Lindhaven", size=9)
    sheet.f("Received 3 January 2022; accepted 11 March 2022; published online 9 May 2022", size=9)
    sheet.facts["published"] = "2022-05-09"
    sheet.body()
    return sheet


def month_folio(story: Story) -> Sheet:
    """A magazine whose folio has volume, number and month, and no day anywhere."""
    sheet = Sheet(story=story, width=520, height=680, columns=2, size=10, leading=14)
    sheet.info = {"Title": "VP_1203_048-051_Lake.indd"}
    outlet = sheet.outlet()
    sheet.facts["published"] = "2024-03"
    sheet.running = lambda s, n: [
        (f"{47 + n}   {outlet.upper()}", 24, "left"),
        ("Vol. 12, No. 3 \u2013 March 2024", 24, "right"),
    ]
    sheet.begin()
    sheet.f(story.section.upper(), size=9)
    sheet.title(24)
    sheet.f(sheet.by("by {}"), size=10)
    sheet.body()
    return sheet


def day_first_print(story: Story) -> Sheet:
    """A page printed from a European browser: the day of printing above, the site's menu left."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=11, leading=16)
    sheet.facts["url"] = story.url
    sheet.info = {"Title": f"{story.title} - {sheet.outlet()}"}
    sheet.running = lambda s, n: [
        ("14/05/2025, 21:14", s.height - 20, "left"),
        (f"{story.title} - {story.outlet}", s.height - 20, "centre"),
        (story.url, 18, "left"),
        (f"{n}/2", 18, "right"),
    ]
    sheet.begin()
    sheet.f("Home   Roads   Council   What\u2019s on   Jobs")
    sheet.title(18)
    sheet.f(f"{sheet.day('abbr')} | 6:45 am", "Save   Listen   Comments (12)")
    sheet.body()
    return sheet


def scanned_page(story: Story) -> Sheet:
    """A newspaper's page with its text layer: page, name and day in one line of capitals."""
    sheet = Sheet(story=story, width=560, height=700, columns=2, size=10, leading=13)
    sheet.info = {"Title": "untitled", "Creator": "ScanStation 9"}
    day, outlet = sheet.day("day-long").upper(), sheet.outlet().upper()
    sheet.running = lambda s, n: [(f"6   {outlet}, {day}", s.height - 30, "centre")]
    sheet.begin()
    sheet.title(20)
    sheet.f(sheet.by("By {}").upper(), "Of the Sun-Reporter staff", size=9)
    sheet.body()
    sheet.f("See WOLVES, Page 8")
    return sheet


def layout_export(story: Story) -> Sheet:
    """A tabloid's page out of a layout program: page, address and day in the foot."""
    sheet = Sheet(story=story, width=480, height=640, size=11, leading=15)
    sheet.info = {"Title": "Layout 1"}
    sheet.facts["outlet"] = story.outlet
    day = sheet.day("day-long")
    sheet.running = lambda s, n: [
        (f"{n + 11} | {story.outlet} | {day}", 26, "centre"),
    ]
    sheet.begin()
    sheet.f("COURTS", size=9)
    sheet.title(22)
    sheet.f(sheet.by("{}").upper(), "news@southmoorlive.example", size=9)
    sheet.body()
    return sheet


def german_daily(story: Story) -> Sheet:
    """A German daily: name, weekday and day with the page in the head, a kicker above."""
    sheet = Sheet(story=story, width=460, height=620, size=11, leading=15, justify=True)
    sheet.info = {"Title": "HS_20240205_07.pdf"}
    sheet.facts["outlet"] = story.outlet
    sheet.facts["published"] = "2024-02-05"
    sheet.running = lambda s, n: [
        ("Montag, 5. Februar 2024", s.height - 28, "left"),
        (story.outlet, s.height - 28, "centre"),
        (f"Seite {n + 6}", s.height - 28, "right"),
    ]
    sheet.begin()
    sheet.f("LOKALES", size=9)
    sheet.title(18)
    sheet.f(sheet.by("Von {}"), size=9)
    sheet.body()
    return sheet


def clipping_sheet(story: Story) -> Sheet:
    """A clipping on the sheet of a press office: a table of facts above, the day in digits."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=11)
    sheet.begin()
    sheet.f("Revue de presse", size=12)
    sheet.f(
        f"Titre de presse : {sheet.outlet()}",
        "Date de parution : 02/09/2023",
        "Page : 4",
        "Diffusion : 12 400 exemplaires",
        size=10,
    )
    sheet.facts["published"] = "2023-09-02"
    sheet.title(16)
    sheet.f(sheet.by("Par {}"), size=10)
    sheet.body()
    return sheet


def undated_bulletin(story: Story) -> Sheet:
    """A bulletin without any day; only the file says when it was made, which is not the same."""
    sheet = Sheet(story=story, width=420, height=560, size=11)
    outlet = sheet.outlet()
    sheet.running = lambda s, n: [(outlet, s.height - 26, "centre"), (f"{n}", 24, "centre")]
    sheet.begin()
    sheet.title(18)
    sheet.f(sheet.by("{}"), size=9)
    sheet.body()
    return sheet


def dated_below(story: Story) -> Sheet:
    """An essay with its source in a last line: where and when it appeared."""
    sheet = Sheet(story=story, size=12, leading=17)
    sheet.info = {"Title": "Presentation1"}
    sheet.begin()
    sheet.title(18)
    sheet.body()
    sheet.f(f"{sheet.by('{}')} in {sheet.outlet()}, {sheet.day('dmy')}", size=9)
    return sheet


def wire_sheet(story: Story) -> Sheet:
    """An agency's sheet in one type: slug and counts above, place and day before the text."""
    sheet = Sheet(story=story, font="Courier", bold="Courier-Bold", size=10, leading=14, width=500)
    sheet.begin()
    sheet.f("HT0412 4 GEN 0184", size=10)
    sheet.paragraph(story.title, bold=True, gap=8)
    sheet.f(f"Hallgate, {sheet.day('long')} ({sheet.outlet()})", size=10)
    sheet.body()
    sheet.f("HT/ca/0645", size=10)
    return sheet


def contact_release(story: Story) -> Sheet:
    """A release with contact and day side by side above, no masthead but the issuer's name."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=11, width=500)
    sheet.begin()
    sheet.f("NEWS RELEASE", size=14)
    sheet.f(
        f"For immediate release: {sheet.day('long')}",
        "Contact: Marta Engelund, +00 555 0144, press@norrbyenergy.example",
        size=10,
    )
    sheet.title(15)
    sheet.body()
    sheet.f(f"About {sheet.outlet()}", size=10)
    sheet.f("The partnership was founded by islanders in 2016.", size=10)
    return sheet


def magazine_cover_line(story: Story) -> Sheet:
    """A parish magazine: name, what it is and the month in three lines above the headline."""
    sheet = Sheet(story=story, size=11, width=440)
    sheet.facts["published"] = "2021-10"
    sheet.begin()
    sheet.f(sheet.outlet(), size=20)
    sheet.f("Parish magazine \u00b7 October 2021", size=10)
    sheet.title(15)
    sheet.f(sheet.by("{} writes"), size=9)
    sheet.body()
    return sheet


def french_page(story: Story) -> Sheet:
    """A French daily's page: name, weekday and day, page number, in one line with hyphens."""
    sheet = Sheet(story=story, width=480, height=640, size=11, columns=2)
    sheet.info = {"Title": "MI_P04_020923.qxd", "Author": "pao2"}
    sheet.facts["published"] = "2023-09-02"
    head = f"{sheet.outlet().upper()} - SAMEDI 2 SEPTEMBRE 2023 - 4"
    sheet.running = lambda s, n: [(head, s.height - 30, "left")]
    sheet.begin()
    sheet.title(19)
    sheet.f(sheet.by("Par {}"), size=9)
    sheet.body()
    return sheet


def month_first_print(story: Story) -> Sheet:
    """A page printed from an American browser, its day of publication with a clock and a zone."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=11, leading=16)
    sheet.facts["url"] = story.url
    sheet.facts["published"] = "2019-04-05"
    sheet.running = lambda s, n: [
        ("5/4/25, 9:14 PM", s.height - 20, "left"),
        (f"{story.title} \u2014 {sheet.outlet()}", s.height - 20, "right"),
        (story.url, 18, "left"),
        (f"{n}/2", 18, "right"),
    ]
    sheet.begin()
    sheet.title(18)
    sheet.f(sheet.by("{}"), "Published 7:45 a.m. ET Apr. 5, 2019", "Add Topic")
    sheet.body()
    return sheet


def report_cover(story: Story) -> Sheet:
    """A report: title, who made it and the month on a cover, the title again in every foot."""
    sheet = Sheet(story=story, size=12, leading=17)
    sheet.facts["published"] = "2024-03"
    sheet.begin()
    sheet.y -= 160
    sheet.title(24)
    sheet.f(sheet.by("{}"), size=12)
    sheet.f(f"{sheet.outlet()} | March 2024", size=12)
    sheet.running = lambda s, n: [(f"{story.title}   {n}", 24, "right")]
    sheet.new_page()
    sheet.body()
    return sheet


def letterhead(story: Story) -> Sheet:
    """A statement on a letterhead: who sends it with the address, the day on a line of its own."""
    sheet = Sheet(story=story, size=11, font="Helvetica", bold="Helvetica-Bold")
    sheet.begin()
    sheet.f(sheet.outlet(), size=16)
    sheet.f("4 Quay Street, Norrby", "Telephone 555 0177", size=9)
    sheet.f(sheet.day("dmy"), size=10)
    sheet.title(14)
    sheet.body()
    return sheet


def german_print(story: Story) -> Sheet:
    """A German page printed from a browser, with breadcrumbs, its own day below the headline."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=11, leading=16)
    sheet.facts["url"] = story.url
    sheet.facts["published"] = "2024-02-05"
    sheet.running = lambda s, n: [
        ("14.05.25, 21:14", s.height - 20, "left"),
        (f"{story.title} | {sheet.outlet()}", s.height - 20, "centre"),
        (story.url, 18, "left"),
        (f"Seite {n} von 2", 18, "right"),
    ]
    sheet.begin()
    sheet.f("Startseite > Lokales")
    sheet.title(18)
    sheet.f(sheet.by("Von {}"), "Veröffentlicht am 05.02.2024, 06:00 Uhr", "Lesedauer: 2 Min.")
    sheet.body()
    return sheet


def split_folio(story: Story) -> Sheet:
    """A newspaper's folio in three places of the page's top: day, name, page."""
    sheet = Sheet(story=story, width=560, height=720, columns=2, size=10, leading=13)
    sheet.info = {"Title": "AVS-0405-A-003.pdf", "Author": "prepress"}
    sheet.running = lambda s, n: [
        (sheet.day("day-long"), s.height - 30, "left"),
        (sheet.outlet(), s.height - 30, "centre"),
        ("A3", s.height - 30, "right"),
    ]
    sheet.begin()
    sheet.title(22)
    sheet.f(sheet.by("By {}"), size=9)
    sheet.body()
    return sheet


LAYOUTS: list[tuple[Callable[[Story], Sheet], list[str]]] = [
    (word_release, ["press-turbine"]),
    (journal_offprint, ["salt-study"]),
    (month_folio, ["lake-person"]),
    (day_first_print, ["pay-deal"]),
    (scanned_page, ["wolf-ranger"]),
    (layout_export, ["bees-carpark"]),
    (german_daily, ["de-kita"]),
    (clipping_sheet, ["fr-puits"]),
    (undated_bulletin, ["bell-voice"]),
    (dated_below, ["herring-sound"]),
    (wire_sheet, ["pay-deal"]),
    (contact_release, ["press-turbine"]),
    (magazine_cover_line, ["bell-voice"]),
    (french_page, ["fr-puits"]),
    (month_first_print, ["wolf-ranger"]),
    (report_cover, ["lake-person"]),
    (letterhead, ["press-turbine"]),
    (german_print, ["de-kita"]),
    (split_folio, ["wolf-ranger"]),
]


def varied_pdfs(part: str) -> list[Saved]:
    """Return the PDFs of these layouts; all of them are dev's."""
    if part != "dev":
        return []
    by_id = {story.id: story for story in stories(part)}
    return [
        layout(by_id[name]).saved(layout.__name__) for layout, names in LAYOUTS for name in names
    ]
