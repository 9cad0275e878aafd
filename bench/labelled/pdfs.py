"""PDFs: pages laid out by a small engine of our own on ReportLab's canvas, line by line.

Each layout belongs to one part. Running heads, folios, notices and the address lines of a printed
web page are furniture; words are broken over lines where a layout says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.labelled.dates import days_from, spell
from bench.labelled.records import Label, Saved, Story, as_precise
from bench.labelled.stories import stories

_BREAK = re.compile(r"(?<=[aeiouäöüéèáó])(?=[bcdfghklmnprstvwz][aeiouäöüéèáó])")
_LEAST_BEFORE, _LEAST_AFTER = 3, 3


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One PDF in the making: the geometry of its pages, and what was recorded for its label."""

    story: Story
    width: float = 420
    height: float = 595
    margin: float = 48
    columns: int = 1
    gutter: float = 18
    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    size: float = 11
    leading: float = 15
    hyphenate: bool = False
    justify: bool = False
    ligatures: bool = False
    running: Callable[[Sheet, int], list[tuple[str, float, str]]] | None = None
    """Furniture of a page: (text, y, "left" | "right" | "centre"), given its number."""

    info: dict[str, str] = field(default_factory=dict)
    furniture: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    out: io.BytesIO = field(default_factory=io.BytesIO)
    canvas: Any = None
    page: int = 0
    column: int = 0
    y: float = 0
    top: float = 0

    def begin(self) -> None:
        """Open the canvas and the first page."""
        from reportlab.pdfgen.canvas import Canvas

        if self.font == "Vera":
            _register_vera()
        self.canvas = Canvas(self.out, pagesize=(self.width, self.height), invariant=1)
        for name, value in self.info.items():
            getattr(self.canvas, f"set{name}")(value)
        self.new_page()

    def new_page(self) -> None:
        """Begin a page and draw its running lines."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.column, self.y = 0, self.height - self.margin
        self.top = self.y
        for text, y, where in self.running(self, self.page) if self.running else []:
            self._running_line(text, y, where)

    def _running_line(self, text: str, y: float, where: str) -> None:
        self.furniture.append(text)
        self.canvas.setFont(self.font, 8)
        if where == "left":
            self.canvas.drawString(self.margin, y, text)
        elif where == "right":
            self.canvas.drawRightString(self.width - self.margin, y, text)
        else:
            self.canvas.drawCentredString(self.width / 2, y, text)

    @property
    def column_width(self) -> float:
        """Return the width of a column in points."""
        inside = self.width - 2 * self.margin
        return (inside - self.gutter * (self.columns - 1)) / self.columns

    def line(
        self, text: str, *, size: float | None = None, bold: bool = False, stretch: bool = False
    ) -> None:
        """Draw one line and go to the next, over to the next column or page if need be."""
        size = size or self.size
        if self.y - size < self.margin:
            self._next_column()
        font = self.bold if bold else self.font
        x = self.margin + self.column * (self.column_width + self.gutter)
        drawn = self.canvas.beginText(x, self.y - size)
        drawn.setFont(font, size)
        gaps = text.count(" ")
        if stretch and self.justify and gaps:
            free = self.column_width - self._measure(text, font, size)
            drawn.setWordSpace(max(0.0, min(free / gaps, 6)))
        drawn.textOut(text)
        self.canvas.drawText(drawn)
        self.y -= size + (self.leading - self.size)

    def _next_column(self) -> None:
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.top
        else:
            self.new_page()

    def paragraph(
        self,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        gap: float = 6,
        indent: str = "",
    ) -> None:
        """Draw a paragraph, broken into lines."""
        lines = self.broken(indent + text, self.bold if bold else self.font, size or self.size)
        for index, line in enumerate(lines):
            self.line(line, size=size, bold=bold, stretch=index < len(lines) - 1)
        self.y -= gap

    def broken(self, text: str, font: str, size: float) -> list[str]:
        """Break a text into lines of the column's width, with hyphens if this layout has them."""
        if self.ligatures:
            text = text.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02")
        lines, line = [], ""
        for word in text.split(" "):
            trial = f"{line} {word}" if line else word
            if self._measure(trial, font, size) <= self.column_width:
                line = trial
                continue
            head, tail = self._divided(line, word, font, size)
            lines.append(f"{line} {head}-" if head else line)
            line = tail
        return [*lines, line]

    def _divided(self, line: str, word: str, font: str, size: float) -> tuple[str, str]:
        """Return the part of a word that fits on the line, and the rest of it."""
        if self.hyphenate and word.isalpha():
            for at in reversed([match.start() for match in _BREAK.finditer(word)]):
                fits = self._measure(f"{line} {word[:at]}-", font, size) <= self.column_width
                if fits and at >= _LEAST_BEFORE and len(word) - at >= _LEAST_AFTER:
                    return word[:at], word[at:]
        return "", word

    def _measure(self, text: str, font: str, size: float) -> float:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        width: float = stringWidth(text, font, size)
        return width

    def f(self, *texts: str, size: float = 8) -> None:
        """Draw lines of furniture."""
        for text in texts:
            self.furniture += [
                piece
                for piece in re.split(r"(?<=[.!?])\s+", text)
                if any(c.isalnum() for c in piece)
            ]
            self.paragraph(text, size=size, gap=2)

    def title(self, size: float = 18) -> None:
        """Draw the story's title over all columns."""
        columns, self.columns = self.columns, 1
        hyphenate, self.hyphenate = self.hyphenate, False
        self.paragraph(self.story.title, size=size, bold=True, gap=8)
        self.columns, self.hyphenate = columns, hyphenate

    def body(self, between: dict[int, Callable[[], None]] | None = None) -> None:
        """Draw the story; `between` draws something after the paragraph of that index."""
        self.top = self.y
        index = 0
        for block in self.story.blocks:
            if block.kind in ("h", "entry"):
                self.paragraph(" ".join(block.lines), bold=True, gap=3)
                continue
            single = block.kind in ("list", "table")
            for text in block.lines if single else [self.story.gap.join(block.lines)]:
                bullet = "• " if block.kind == "list" else ""
                self.paragraph(bullet + text.replace(" | ", "   "))
            if between and index in between:
                between[index]()
            index += 1

    def saved(self, layout: str) -> Saved:
        """Close the canvas and return the file with its label."""
        self.canvas.save()
        label = Label(
            story=self.story.id,
            title=self.story.title,
            language=self.story.language,
            sentences=self.story.sentences,
            furniture=list(dict.fromkeys(self.furniture)),
        )
        for name, value in self.facts.items():
            setattr(label, name, value)
        return Saved(
            name=f"pdf/{layout}-{self.story.id}.pdf",
            kind="pdf",
            system=layout,
            data=self.out.getvalue(),
            articles=[label],
        )

    def day(self, style: str = "long") -> str:
        """Return the story's date as printed, and claim it."""
        self.facts["published"] = as_precise(self.story.published, "day")
        return spell(self.story.published or "", style, self.story.language)

    def by(self, text: str) -> str:
        """Return the byline, and claim the authors."""
        self.facts["authors"] = list(self.story.authors)
        return text.format(" and ".join(self.story.authors))

    def outlet(self) -> str:
        """Return the outlet, and claim it."""
        self.facts["outlet"] = self.story.outlet
        return self.story.outlet


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "..."


def _register_vera() -> None:
    """Register the font that comes with ReportLab and has ligatures."""
    import reportlab
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    registerFont(TTFont("Vera", str(folder / "Vera.ttf")))
    registerFont(TTFont("VeraBd", str(folder / "VeraBd.ttf")))


def broadsheet_page(story: Story) -> Sheet:
    """One column with a running head, a folio and words broken over lines."""
    sheet = Sheet(story=story, hyphenate=True, justify=True, size=12, leading=18)
    head = f"{sheet.outlet()}  |  {sheet.day()}"
    sheet.running = lambda s, n: [
        (head, s.height - 28, "left"),
        (story.section, s.height - 28, "right"),
        (f"Page {n}", 24, "centre"),
    ]
    sheet.begin()
    sheet.title()
    if story.authors:
        sheet.f(sheet.by("By {}"), size=9)
    sheet.body()
    return sheet


def magazine_columns(story: Story) -> Sheet:
    """Two justified columns, the outlet and the page in the foot, a line to write to at the end."""
    sheet = Sheet(
        story=story, width=595, height=500, columns=2, hyphenate=True, justify=True, size=11
    )
    sheet.running = lambda s, n: [
        (f"{n + 41}", 26, "left"),
        (f"{sheet.outlet().upper()}  {sheet.day('long')}", 26, "right"),
    ]
    sheet.begin()
    sheet.title(22)
    sheet.f(sheet.by("Text: {}") if story.authors else "From our correspondent", size=9)
    sheet.body()
    sheet.f("Write to us: letters@magazine.example")
    return sheet


def browser_print(story: Story) -> Sheet:
    """A web page printed by a browser: date and title above, address and page below."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=11, leading=16)
    printed = spell(days_from(story.published, 9), "us2")
    sheet.facts["url"] = story.url
    sheet.running = lambda s, n: [
        (f"{printed}, 8:05 AM", s.height - 22, "left"),
        (_cut(f"{story.title} | {sheet.outlet()}", 70), s.height - 22, "right"),
        (story.url, 18, "left"),
        (f"{n}/3", 18, "right"),
    ]
    sheet.begin()
    sheet.f(
        "Skip to main content",
        "News   Local   Sports   Opinion   Obituaries   E-Edition",
        "Subscribe for $1 a week   Sign In",
    )
    sheet.title(16)
    sheet.f(
        sheet.by("By {}") if story.authors else "Staff report",
        f"Published {sheet.day()}",
        "Share   Facebook   Twitter   Email   Print",
    )
    sheet.body(
        {
            1: lambda: sheet.f("Advertisement"),
            3: lambda: sheet.f(
                "Get the Morning Briefing in your inbox", "Sign up for our free newsletter."
            ),
        }
    )
    sheet.f(
        "More from this section",
        "Ferry fares to rise for the third year in a row",
        "Police warn of parking meter scam downtown",
    )
    sheet.f(f"© {days_from(story.published, 9)[:4]} {story.outlet}. All rights reserved.")
    return sheet


def ligature_leaflet(story: Story) -> Sheet:
    """One narrow column set with ligatures, and a document title that is no title."""
    sheet = Sheet(
        story=story, width=360, font="Vera", bold="VeraBd", size=9, leading=13, ligatures=True
    )
    sheet.info = {"Title": "Microsoft Word - leaflet_final2.docx", "Author": "office"}
    sheet.running = lambda s, n: [(f"- {n} -", 24, "centre")]
    sheet.begin()
    sheet.title(13)
    sheet.f(f"{sheet.outlet()}, {sheet.day()}")
    sheet.body()
    return sheet


def bound_report(story: Story) -> Sheet:
    """A title page with authors and date, then the text with head and folio on each page."""
    sheet = Sheet(story=story, size=12, leading=19, hyphenate=True)
    sheet.info = {"Title": story.title, "Author": ", ".join(story.authors)}
    sheet.running = lambda s, n: (
        [
            (f"{story.outlet} · Collected reports", s.height - 30, "centre"),
            (f"– {n} –", 26, "centre"),
        ]
        if n > 1
        else []
    )
    sheet.begin()
    sheet.y -= 140
    sheet.title(20)
    sheet.f(sheet.by("{}") if story.authors else "Staff", sheet.outlet(), sheet.day(), size=12)
    sheet.new_page()
    sheet.body()
    return sheet


def newspaper_columns(story: Story) -> Sheet:
    """Three columns, broken words, a caption with a credit and a line that leads to page 6."""
    sheet = Sheet(
        story=story,
        width=620,
        height=460,
        columns=3,
        size=10,
        leading=13.5,
        hyphenate=True,
        justify=True,
    )
    sheet.running = lambda s, n: [
        (f"{'A' if n == 1 else 'B'}{n}", s.height - 28, "right"),
        (f"{sheet.day('day-long').upper()}   {sheet.outlet().upper()}", s.height - 28, "left"),
    ]
    sheet.begin()
    sheet.title(24)
    sheet.f(sheet.by("BY {}") if story.authors else "STAFF REPORT")
    sheet.body({2: lambda: sheet.f("Odette Krall / Staff photographer")})
    sheet.f(
        "Copyright " + (story.published or "")[:4] + " " + story.outlet + ". All rights reserved."
    )
    return sheet


def fox_print(story: Story) -> Sheet:
    """A web page as another browser prints it: title and address above, page and time below."""
    sheet = Sheet(story=story, font="Helvetica", bold="Helvetica-Bold", size=12, leading=17)
    printed = spell(days_from(story.published, 31), "uk")
    sheet.facts["url"] = story.url
    sheet.running = lambda s, n: [
        (_cut(story.title, 44), s.height - 22, "left"),
        (story.url, s.height - 34, "left"),
        (f"{n} of 4", 18, "left"),
        (f"{printed}, 21:14", 18, "right"),
    ]
    sheet.begin()
    sheet.f(
        "Latest  Nation  World  Money  Sport",
        "This website uses cookies to improve your experience and to serve relevant ads.",
        "Got it!",
    )
    sheet.title(17)
    sheet.f(
        sheet.by("Written by {}") if story.authors else "Newsroom",
        f"Posted on {sheet.day('dmy')}",
        "Share on Facebook  Post on X  WhatsApp",
    )
    sheet.body({2: lambda: sheet.f("ADVERTISEMENT", "Article continues after this ad")})
    sheet.f("Trending now", "Airport runway reopens after goose incident", "Join the conversation")
    sheet.f(
        f"Copyright © {days_from(story.published, 31)[:4]} {sheet.outlet()} | All Rights Reserved"
    )
    return sheet


def plain_release(story: Story) -> Sheet:
    """A press release without any head: contact above, three number signs below."""
    sheet = Sheet(story=story, size=11, leading=16)
    sheet.begin()
    sheet.f(
        "FOR IMMEDIATE RELEASE",
        "Contact: Press Office, press@release.example, +00 555 0100",
        size=10,
    )
    sheet.title(15)
    sheet.f(f"{sheet.outlet()}, {sheet.day()}", size=10)
    sheet.body()
    sheet.f("###", size=10)
    return sheet


LAYOUTS: dict[str, list[tuple[Callable[[Story], Sheet], list[str]]]] = {
    "dev": [
        (broadsheet_page, ["harbour-vote", "brandt-verdict", "de-hochwasser"]),
        (magazine_columns, ["bakery-profile", "listicle-gardens", "es-faro"]),
        (browser_print, ["ridge-fire", "school-budget", "lynx-study"]),
        (ligature_leaflet, ["obituary-vasari", "rates-hold"]),
    ],
    "test": [
        (bound_report, ["long-lighthouse", "comet-mission", "de-bahnhof"]),
        (newspaper_columns, ["mayor-recount", "whale-bones", "fr-train"]),
        (fox_print, ["chip-factory", "quarry-ruling"]),
        (plain_release, ["strike-hospital", "es-queso"]),
    ],
}


def pdfs(part: str) -> list[Saved]:
    """Return the PDFs of a part."""
    by_id = {story.id: story for story in stories(part)}
    return [
        layout(by_id[name]).saved(layout.__name__)
        for layout, names in LAYOUTS[part]
        for name in names
    ]
