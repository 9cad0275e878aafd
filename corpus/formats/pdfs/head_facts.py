"""What the lines of a PDF's head state, one after the other: fields, days, names, people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.extracted import Stated
from corpus.facts.bylines import byline_authors
from corpus.facts.date_lines import read_date_line
from corpus.facts.fields import (
    AUTHORS,
    DATE,
    OTHER,
    OUTLET,
    PUBLISHED,
    PUBLISHER,
    read_field,
)
from corpus.facts.names import is_name
from corpus.facts.outlets import has_outlet_word, is_kind_of_paper, outlet_key, readable_outlet
from corpus.facts.written_dates import month_and_year, written_dates
from corpus.formats.pdfs.edges import (
    cells_of,
    days_in,
    is_on_other_days,
    is_titled,
    month_of,
)
from corpus.formats.pdfs.furniture import HEADER
from corpus.formats.pdfs.paragraphs import Block
from corpus.furniture.rules import judge

BYLINE = "byline"

_NAMED = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]{0,30}(?: (?:of|the|and|de|la|der|[A-ZÀ-Þ][\w’'.-]{0,30})){1,5}"
)
_BEFORE_NAMES = re.compile(
    r"(?:\A|.{0,20}\s)(?:by|from|von|par|por|di|text|words|story|writes?)[:\s]\s*", re.I
)
_AFTER_NAMES = re.compile(r",? [a-zß-ÿ][^,]{0,40}\Z|, [^,]{2,40}\Z")
_IN = re.compile(r"\s(?:in|for|from|aus|für|dans|pour|en|para|su|em|voor)\s")
_LISTED = re.compile(r",\s| and | und | et | y | & ", re.I)
_MAX_BYLINE_CHARS = 120


class HeadFacts:
    """What lines of a head state, the first of each kind; those that state something are marked."""

    def __init__(
        self, edges: Counter[str], day_first: bool | None, *, is_occasion: bool = False
    ) -> None:
        self.edges, self.day_first, self.is_occasion = edges, day_first, is_occasion
        self.published: str | None = None
        self.outlet: str | None = None
        self.authors: tuple[str, ...] = ()
        self._month: str | None = None  # of an issue, where no day is said

    def day(self) -> Stated | None:
        """Return the day of publication, else the month of the issue."""
        said = self.published or self._month
        return Stated(value=said, origin="text") if said else None

    def name(self) -> Stated | None:
        """Return the outlet."""
        return Stated(value=self.outlet, origin="text", sure=False) if self.outlet else None

    def read(self, block: Block, text: str, *, is_above: bool, is_masthead: bool) -> None:
        """Read a line of the head."""
        names = _outlets(text, self.edges, is_masthead=is_masthead)
        days = [] if self.is_occasion else days_in(text, day_first=self.day_first)
        if not self.is_occasion and self._read_field(text):
            mark(block, HEADER)
        elif days or (month := month_of(text, is_above=is_above)) or is_on_other_days(text):
            self.published = self.published or next(iter(days), None)
            self._month = self._month or (None if days else month)
            self.outlet = self.outlet or next(names, None)
            mark(block, HEADER)
        elif people := _people(text, text_of(block), is_above=is_above):
            self.authors = self.authors or people
            mark(block, BYLINE)
        elif name := next(names, None):
            self.outlet = self.outlet or name
            mark(block, HEADER)
        elif is_above and text.isupper():
            mark(block, HEADER)

    def _read_field(self, text: str) -> bool:
        """Read a line such as "Newspaper: Orme Courier", and say whether it is one of a table."""
        field = read_field(text)
        if field is None or field.kind in ("", AUTHORS, OTHER) or not field.value:
            return field is not None and field.kind == OTHER
        if field.kind in (OUTLET, PUBLISHER):
            self.outlet = self.outlet or readable_outlet(field.value)
        elif field.kind in (PUBLISHED, DATE):
            days = written_dates(field.value, day_first=self.day_first)
            self.published = self.published or next((day.iso for day in days), None)
        return True

    def read_source(self, blocks: Sequence[Block]) -> None:
        """Read the last line if it says where and when: "Jane Roe in Orme Courier, 1 June 2018"."""
        own = [block for block in blocks if block.lines and not block.furniture]
        text = text_of(own[-1]) if len(own) > 1 else ""
        line = read_date_line(text, day_first=self.day_first) if _IN.search(text) else None
        if line is None or not line.dates or len(text) > _MAX_BYLINE_CHARS:
            return
        others = [cell for cell in line.cells if has_outlet_word(cell) or not _names_in(cell)]
        people = [name for cell in line.cells if cell not in others for name in _names_in(cell)]
        if len(others) == 1:
            self.published = self.published or line.dates[0][1]
            # "Jane Roe in Paris, 1 June 2018" names no outlet.
            is_outlet = has_outlet_word(others[0])
            self.outlet = self.outlet or (readable_outlet(others[0]) if is_outlet else None)
            self.authors = self.authors or tuple(people)
            mark(own[-1], BYLINE)


def _names_in(cell: str) -> tuple[str, ...]:
    return byline_authors(f"By {cell}") or ()


def text_of(block: Block) -> str:
    """Return the lines of a block as one line."""
    return " ".join(line.text.strip() for line in block.lines)


def _outlets(text: str, edges: Counter[str], *, is_masthead: bool) -> Iterator[str]:
    """Yield names of outlets in a line: known by a word of it, by a running head, by its place."""
    month = month_of(text, is_above=is_masthead)
    for cell in cells_of(text):
        if month and month_and_year(cell) == month:
            continue
        in_edges = any(outlet_key(cell) == outlet_key(c) for line in edges for c in cells_of(line))
        if is_kind_of_paper(cell) or (is_masthead and judge(cell) is not None):
            continue
        if is_titled(cell) and (has_outlet_word(cell) or in_edges or is_masthead):
            yield readable_outlet(cell) or cell
    for named in _NAMED.finditer(text):
        if has_outlet_word(named[0]) and not text.endswith("."):
            yield readable_outlet(named[0]) or named[0]


def _people(line: str, whole: str, *, is_above: bool) -> tuple[str, ...]:
    """Return the people that a line names, if it does nothing else; above the headline, with "by".

    `whole` is the block that it is a line of: names may go on in the next.
    """
    for text in (line, whole):
        is_long = len(text) > _MAX_BYLINE_CHARS or any(map(str.isdigit, text))
        if is_long or text[-1] in ".!?:" or (is_above and not _BEFORE_NAMES.match(text)):
            continue
        for names in (_BEFORE_NAMES.sub("", text, count=1), _AFTER_NAMES.sub("", text)):
            parts = _LISTED.split(names.title() if names.isupper() else names)
            if all(is_name(part.strip()) and not has_outlet_word(part) for part in parts):
                return byline_authors(f"By {' and '.join(parts)}") or ()
    return ()


def mark(block: Block, reason: str) -> None:
    """Make a block furniture."""
    block.furniture, block.reason = text_of(block), reason
    block.is_heading = False
