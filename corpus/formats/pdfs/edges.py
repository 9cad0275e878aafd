"""What the edges of a PDF's pages state, and how their lines are read: days, names, issues.

Running heads and feet name an outlet where they come back, and a date where they agree; what a
browser printed there says when it was printed, and nothing is taken from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.extracted import Stated
from corpus.facts.date_labels import kind_of, labels_in
from corpus.facts.issues import is_issue, without_issue
from corpus.facts.outlets import has_outlet_word, readable_outlet
from corpus.facts.written_dates import month_and_year, written_dates
from corpus.formats.pdfs.furniture import FOOTER, HEADER, is_printed
from corpus.formats.pdfs.paragraphs import Block

MAX_BESIDE_CHARS, MAX_DATED_CHARS = 70, 120
_CELLS = re.compile(r"\s*[|·•/\t]\s*|\s[-–—]+\s|,\s|\s{2,}")
_COUNTED = re.compile(
    r"\b(?:page|p|pp|seite|página)\b\.?\s*\d{1,6}(?:[–-]\d{1,6})?|(?<!\w)\d{1,6}[A-Z]?(?!\w)"
    r"|\b(?:newsletter|bulletin)\s+\d{1,4}",
    re.I,
)
# "March 2024", "Parish magazine · March 2024", but not "Elections in March 2024"
_BY_MONTH = re.compile(r"(?:[^.!?]{2,60}(?:\s[|·•/–—-]|,)\s)?[^\W\d_]{3,12}\.? (?:de )?\d{4}")
_ELIDED = re.compile(r"(?:d|l|dell|dall|nell|sull|all)['’][^\W\d_]")
_SMALL_WORDS = frozenset("of the and de la le du des von der die das del & for".split())
_MOST_NAME_WORDS = 6


def days_in(text: str, *, day_first: bool | None = None) -> list[str]:
    """Return the days of a line that is a date, and hardly more, those of publication if it says.

    None of a sentence, and none on which something else was done: received, printed, updated.
    """
    found = written_dates(text, day_first=day_first)
    n_chars = sum(date.span.end - date.span.start for date in found)
    if not found or len(text) - n_chars > MAX_BESIDE_CHARS or text.endswith((".", "!", "?")):
        return []
    labels = labels_in(text)
    dates = [(kind_of(labels, date.span.start), date.iso) for date in found]
    published = [iso for kind, iso in dates if kind == "published"]
    return published or [iso for kind, iso in dates if not kind]


def is_on_other_days(text: str) -> bool:
    """Say whether a short line has days on which it was received, printed and the like alone."""
    found, labels = written_dates(text), labels_in(text)
    is_line = bool(found) and len(text) <= MAX_DATED_CHARS and not text.endswith((".", "!", "?"))
    return is_line and all(kind_of(labels, date.span.start) for date in found)


def month_of(text: str, *, is_above: bool = False) -> str | None:
    """Return the month in "Vol. 12, No. 3 – March 2024"; above a headline without a number too."""
    if written_dates(text) or not (is_issue(text) or (is_above and _BY_MONTH.fullmatch(text))):
        return None
    return month_and_year(text)


def cells_of(text: str) -> list[str]:
    """Return the parts of a line without its dates and numbers."""
    for date in reversed(written_dates(text)):
        text = f"{text[: date.span.start]} | {text[date.span.end :]}"
    text = _COUNTED.sub(" | ", without_issue(text))
    cells = (cell.strip(" .,;:|–—-()") for cell in _CELLS.split(text))
    return [cell for cell in cells if len(cell) > 2]


def is_titled(cell: str) -> bool:
    """Say whether words are written as names of newspapers are: several, with capitals."""
    words = cell.split()
    capital = [word for word in words if word[0].isupper()]
    is_capital = all(
        word[0].isupper() or word in _SMALL_WORDS or _ELIDED.match(word) for word in words
    )
    return is_capital and 1 < len(words) <= _MOST_NAME_WORDS and len(capital) > 1


def edge_lines(blocks: Sequence[Block]) -> Counter[str]:
    """Count the running heads and feet; none where a browser printed the pages."""
    lines = [b.furniture for b in blocks if b.furniture and b.reason in (HEADER, FOOTER)]
    return Counter() if any(map(is_printed, lines)) else Counter(lines)


def edge_day(edges: Counter[str], *, day_first: bool | None = None) -> Stated | None:
    """Return the day in the running heads, if they agree; it is sure beside an outlet's name.

    Of an issue that has only a month it is that.
    """
    dated = {line: days_in(line, day_first=day_first) for line in edges}
    days = {day[:10] for found in dated.values() for day in found}
    months = {month for line in edges if (month := month_of(line))}
    if len(days) != 1:
        is_month = not days and len(months) == 1
        return Stated(value=months.pop(), origin="text") if is_month else None
    is_named = any(found and _is_issue(line) for line, found in dated.items())
    return Stated(value=days.pop(), origin="text", sure=is_named)


def _is_issue(line: str) -> bool:
    return any(map(has_outlet_word, cells_of(line)))


def edge_outlet(edges: Counter[str]) -> Stated | None:
    """Return the name in the running heads: one like a newspaper's, else one that comes back."""
    cells = Counter[str]()
    for line, count in edges.items():
        for cell in cells_of(line):
            if is_titled(cell):
                cells[cell] += count
    for cell in cells:
        if has_outlet_word(cell):
            return Stated(value=readable_outlet(cell) or cell, origin="text")
    often = [cell for cell, count in cells.most_common(1) if count > 1]
    dated = [
        cell for line in edges if written_dates(line) for cell in cells_of(line) if cell in cells
    ]
    alone = list(cells) if max(edges.values(), default=0) == 1 else []  # there is one page
    name = next(iter(often + dated + alone), None)
    return Stated(value=readable_outlet(name) or name, origin="text", sure=False) if name else None
