"""More PDF layouts of the dev part; each states outlet and date somewhere in its furniture."""

from __future__ import annotations

from collections.abc import Callable

from bench.labelled.dates import spell
from bench.labelled.pdfs import Sheet
from bench.labelled.records import Saved, Story
from bench.labelled.stories import stories


def title_page(story: Story) -> Sheet:
    """A title page with outlet, date and writer, then the text on the pages behind it."""
    sheet = Sheet(story=story, size=12, leading=17)
    sheet.begin()
    sheet.y -= 120
    sheet.f(sheet.outlet(), size=14)
    sheet.title(22)
    sheet.f(sheet.by("A report by {}") if story.authors else "A staff report", size=11)
    sheet.f(sheet.day("dmy"), size=11)
    sheet.running = lambda s, n: [(f"{n - 1}", 26, "right")]
    sheet.new_page()
    sheet.body()
    return sheet


def capital_head(story: Story) -> Sheet:
    """The date in capitals in every running head, the outlet in every foot."""
    sheet = Sheet(story=story, width=500, height=400, columns=2, size=10, leading=14)
    day, outlet = sheet.day("day-long").upper(), sheet.outlet()
    sheet.running = lambda s, n: [
        (day, s.height - 26, "left"),
        (f"{n + 2}B", s.height - 26, "right"),
        (outlet, 22, "centre"),
    ]
    sheet.begin()
    sheet.title(20)
    if story.authors:
        sheet.f(sheet.by("{}").upper(), size=8)
    sheet.body()
    return sheet


def dashed_head(story: Story) -> Sheet:
    """Outlet and day of the week at the top of each page, in one line with a long dash."""
    sheet = Sheet(story=story, justify=True, hyphenate=True, size=11)
    _, day = sheet.day(), spell(story.published or "", "day-long", story.language)
    head = f"{sheet.outlet()} \u2014 {day}"
    sheet.running = lambda s, n: [
        (head, s.height - 30, "centre"),
        (f"\u2013 {n} \u2013", 24, "centre"),
    ]
    sheet.begin()
    sheet.title(17)
    if story.authors:
        sheet.f(sheet.by("{}, reporting"), size=9)
    sheet.body()
    return sheet


def press_release(story: Story) -> Sheet:
    """A release: its date and who issued it above, ### and a contact block below."""
    sheet = Sheet(story=story, size=11)
    sheet.begin()
    sheet.f("FOR IMMEDIATE RELEASE", sheet.day("long"), size=10)
    sheet.f(f"Issued by {sheet.outlet()} press office", size=9)
    sheet.title(16)
    sheet.body()
    sheet.f("###", "Media contact: Liesl Amory, +00 555 0188, press@office.example", size=10)
    sheet.f("Photographs may be requested from the press office during working hours.", size=9)
    return sheet


def pull_quote_magazine(story: Story) -> Sheet:
    """Columns with a pull quote between paragraphs, a folio line that names issue and outlet."""
    sheet = Sheet(story=story, width=540, height=520, columns=2, size=10.5, leading=14)
    outlet, day = sheet.outlet(), sheet.day("dmy")
    sheet.running = lambda s, n: [(f"{outlet} {n + 60}", 24, "left"), (day, 24, "right")]
    sheet.begin()
    sheet.title(24)
    if story.authors:
        sheet.f(sheet.by("WORDS {}"), size=8)

    def quote() -> None:
        said = story.sentences[1]
        sheet.paragraph(said, size=14, bold=True, gap=10)

    sheet.body({2: quote})
    return sheet


def boxed_newsletter(story: Story) -> Sheet:
    """A newsletter: masthead with number and date, box-outs between the paragraphs."""
    sheet = Sheet(story=story, width=460, height=640, size=11)
    sheet.begin()
    sheet.f(sheet.outlet().upper(), size=20)
    sheet.f(f"Newsletter 88 / {sheet.day('dmy')} / free to members", size=9)
    sheet.title(16)
    if story.authors:
        sheet.f(sheet.by("from {}"), size=9)

    def dates() -> None:
        sheet.f(
            "DATES FOR YOUR DIARY", "Soup lunch, first Friday, noon", "Annual meeting at the hall"
        )

    def help_wanted() -> None:
        sheet.f("CAN YOU HELP?", "We need drivers for the Tuesday round. Ring Jo after six.")

    sheet.body({1: dates, 3: help_wanted})
    sheet.f("Items for the next number by the twentieth, please.", "Printed on recycled paper")
    return sheet


LAYOUTS: list[tuple[Callable[[Story], Sheet], list[str]]] = [
    (title_page, ["glacier-core", "bakery-profile"]),
    (capital_head, ["ridge-fire", "rates-hold"]),
    (dashed_head, ["brandt-verdict", "de-kran", "pool-lifeguards"]),
    (press_release, ["seed-vault", "transit-strike"]),
    (pull_quote_magazine, ["lynx-study", "opinion-benches"]),
    (boxed_newsletter, ["night-market", "ferry-engine"]),
]


def more_pdfs(part: str) -> list[Saved]:
    """Return the PDFs of these layouts; all of them are dev's."""
    if part != "dev":
        return []
    by_id = {story.id: story for story in stories(part)}
    return [
        layout(by_id[name]).saved(layout.__name__) for layout, names in LAYOUTS for name in names
    ]
