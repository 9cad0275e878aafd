"""Date lines: when an article was published or updated, where a line says hardly more."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.facts.bylines import LONGEST_CHARS, byline_authors
from corpus.facts.calendar_words import MONTH_NAMES, WEEKDAYS
from corpus.facts.date_labels import OTHER, kind_of, labels_in, without_labels
from corpus.facts.hosts import LINK_NUMBER
from corpus.facts.issues import is_issue, without_issue
from corpus.facts.names import is_name
from corpus.facts.outlets import has_outlet_word, is_outlet_name
from corpus.facts.written_dates import clock_spans, month_and_year, unclear_days, written_dates
from corpus.types import Span

_FILLERS = WEEKDAYS | frozenset(
    "at on of the um am à a le la las el alle às om den de del last first originally and uhr hrs h"
    " by local time zuletzt dernière última ultima ultimo il em op en zum ore hora ago".split()
)
_CELLS = re.compile(
    r"\s*[|┃│¦❘/•·()\[\]\t,:;：，]\s*|\s[-–—]\s|\s{2,}|(?<=[a-z]{2})\.\s|\s@\s|\s(?:for|in|by|from|von|für|par|pour|por|para)\s"
)
_NAMES_OF_MONTHS = "|".join(map(re.escape, sorted(MONTH_NAMES)))
_MONTH = re.compile(rf"(?<!\w)(?:{_NAMES_OF_MONTHS})(?!\w)\.?,?\s{{0,2}}(?:de )?\d{{4}}", re.I)
_PAGE = re.compile(r"(?:page|pg?\.?|seite|s\.|página|pagina) ?[A-Z]?\d{1,4}", re.I)
_PAGE_CODE = r"(?:(?:page |pg?\.? ?|seite |s\. |página |pág\. )[A-K]?-?\d{1,3}|[A-K]-?\d{1,3})"
_FOLIO = re.compile(
    rf"\A{_PAGE_CODE}(?:\s*[|•·]\s*|\s+)(?=[A-Z])|\s*[|•·,]?\s+{_PAGE_CODE}\Z", re.I
)
_BARE_FOLIO = re.compile(
    rf"\A\d{{1,3}}\s+(?=[A-ZÀ-Þ])(?!(?:{_NAMES_OF_MONTHS})\b)|(?<=\d{{4}})\s+\d{{1,3}}\Z", re.I
)
# What may stand between names and dates: "as printed in the Orme Courier on 5 March 2020".
_JOINERS = frozenset(
    "in for from of the on at as printed appeared appears originally first this story article was"
    " were has been issue edition aired broadcast and der die das des du de del dans im en nel el"
    " le il no comments comment views shares dated text of by".split()
)
_SAYS_BY = re.compile(r"(?:\A|\s)(?:by|von|par|por|di|door)\s", re.I)
_ON_A_DAY = re.compile(r"\s(?:on|am|le|el|il|em|op|den)\Z", re.I)
_PRINTED = re.compile(
    r"(?:(?:this )?(?:article|story) )?(?:was |has been )?(?:as |first |originally )*"
    r"(?:printed|appeared|published|aired|broadcast) (?:in|on|by|from|at) ",
    re.I,
)
_HEADS = re.compile(r"(?:from|in|for|the|[\d<(\[])", re.I)
_MOST_NAMED_WORDS, _FEWEST_PLACE_LETTERS, _MOST_TIMED_WORDS = 8, 3, 2
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EDITED = re.compile(r"\s*\((?:edited|bearbeitet|modifié|editado|modificato|изменено)\)\Z", re.I)
_FROM = re.compile(
    r"\A(?:(?:[Ff]rom|[Vv]ia|[Ss]ource|aus|de|da|in|for|by|of|at|on|as printed|appeared|[Tt]he"
    r"|von|für|par|pour|por|para)\s){1,3}(?=[A-ZÀ-Þ])"
)
_READING = re.compile(
    r"\d+ ?min(?:ute)?s?\.?(?: (?:read|lesezeit|de lecture|de lectura))?"
    r"|(?:reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura"
    r"|tempo di lettura|tempo de leitura|leestijd)\s?:?\s?(?:ca\.? |about )?\d+ ?(?:min\w*\.?|m\b)"
    r"|\d[\d.,]* (?:words|wörter|mots|palabras|parole|palavras|woorden|слов)\b",
    re.I,
)
NEWSLETTER = re.compile(
    r"\b(?:your|our|the) (?:weekly|daily|morning|evening) "
    r"(?:mailing|newsletter|digest|briefing|roundup|letter|update)\b",
    re.I,
)
"""How the first line of a newsletter says what it is, beside its name and date."""

_MOST_MASTHEAD_WORDS = 10
_MOST_CELL_WORDS, _MOST_LABELLED_WORDS, _MOST_ISSUE_WORDS = 5, 6, 10


class DateLine(NamedTuple):
    """What a date line says: its dates with "published", "updated" or "" each, and other cells."""

    dates: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]
    is_labelled: bool
    has_weekday: bool
    is_folio: bool = False
    """Whether it has the number of a printed page too, as the edge of a newspaper's page has."""

    @property
    def may_be_today(self) -> bool:
        """Whether it could be the day a page was read: a weekday and a date, and nothing else."""
        has_time = any("T" in iso for _, iso in self.dates)
        is_bare = not self.cells and not self.is_labelled and not self.is_folio
        return self.has_weekday and is_bare and not has_time

    @property
    def names_outlet(self) -> bool:
        """Whether it has a date, and the name of an outlet beside it."""
        return bool(self.dates) and any(map(has_outlet_word, self.cells))


def read_date_line(line: str, *, day_first: bool | None = None) -> DateLine | None:
    """Return what a line says that holds a date or time and hardly more; None if it is other.

    Args:
        line: A line of a text.
        day_first: How "03/04/2018" is to be read; None: such a day is left out.

    >>> read_date_line("June 1, 2018 / 9:30 AM / CBS News").cells
    ('CBS News',)
    >>> read_date_line("On June 1, 2018 the bridge was closed.") is None
    True
    """
    if not any(map(str.isdigit, line)):
        return None
    line = LINK_NUMBER.sub("", _EDITED.sub("", line.strip()))
    line = line[1:-1].strip() if _BRACKETED.fullmatch(line) else line
    return _read(line, day_first) if len(line) <= LONGEST_CHARS else None


@lru_cache(maxsize=1024)  # the rules for furniture and for facts look at the same lines
def _read(line: str, day_first: bool | None) -> DateLine | None:
    line, is_folio = _without_folio(line)
    found = written_dates(line, day_first=day_first)
    unclear = [] if day_first is not None else unclear_days(line)
    spans = [*(date.span for date in found), *unclear, *clock_spans(line)]
    labels = labels_in(line)
    is_labelled = bool(labels) and labels[0][0] < 12
    most_words = _MOST_ISSUE_WORDS if is_issue(line) else _MOST_LABELLED_WORDS if is_labelled else 0
    may_be_month = not spans and len(line.split()) <= most_words
    month = month_and_year(line) if may_be_month else None
    if not spans and not month:
        return None
    cells = _issue_cells(line) if month else _other_cells(_without(line, spans))
    if not _is_date_line(line, cells, is_labelled=is_labelled or is_folio):
        return None
    dates = [(kind_of(labels, date.span.start), date.iso) for date in found]
    if month:
        dates = [(labels[-1][1] if labels else "", month)]
    own = tuple((kind, iso) for kind, iso in dates if kind != OTHER)
    return DateLine(own, tuple(cells), is_labelled, _has_weekday(line), is_folio)


def _has_weekday(line: str) -> bool:
    return not WEEKDAYS.isdisjoint(word.strip(".,").casefold() for word in line.split())


def is_folio(line: str) -> bool:
    """Say whether a line is the edge of a printed page: "A8 Orme Courier Dec 14, 2023"."""
    line = line.strip()
    if len(line) > LONGEST_CHARS or not _without_folio(line)[1]:
        return False
    found = read_date_line(line)
    return found is not None and found.names_outlet


def _without_folio(line: str) -> tuple[str, bool]:
    """Return a line without a printed page's code, "A8" or "Page 3", at its beginning or end.

    A bare number is one in capitals, by a day of the week: "6 ORME COURIER FRIDAY, JUNE 1, 2018".
    """
    match = _FOLIO.search(line)
    if match is None and line.isupper() and _has_weekday(line):
        match = _BARE_FOLIO.search(line)
    return (line[: match.start()] + line[match.end() :], True) if match else (line, False)


def _without(line: str, spans: list[Span]) -> str:
    kept, end = [], 0
    for span in sorted(spans):
        kept.append(line[end : span.start])
        end = max(end, span.end)
    return " | ".join([*kept, line[end:]])


def _other_cells(line: str) -> list[str]:
    cells = []
    for cell in _CELLS.split(_READING.sub(" | ", without_labels(line))):
        words = cell.strip(" .,:-–—").split()
        while words and words[-1].casefold().strip(".,") in _FILLERS:
            words.pop()
        said = _FROM.sub("", " ".join(words))
        if any(map(str.isalnum, said)) and not _PAGE.fullmatch(said):
            cells.append(said)
    return cells


def _issue_cells(line: str) -> list[str]:
    """Return what stands beside number and month of an issue: its newspaper's name, if any."""
    return _other_cells(without_issue(_MONTH.sub(" | ", line))) if is_issue(line) else []


def _is_date_line(line: str, cells: list[str], *, is_labelled: bool) -> bool:
    n_words = sum(len(cell.split()) for cell in cells)
    if line.endswith((".", "!", "?")) and n_words > 2:
        return False
    if is_labelled:
        return n_words <= (9 if _CELLS.search(line) else _MOST_LABELLED_WORDS)
    if not cells:
        return True
    separated = re.search(r"[|┃│¦❘/•·]|\s[-–—]\s|\s{2,}", line) is not None
    is_byline = byline_authors(line) is not None
    short = all(len(cell.split()) <= _MOST_CELL_WORDS and cell[0].isupper() for cell in cells)
    if is_byline or (separated and short and len(cells) <= 3):
        return True
    if NEWSLETTER.search(line) and n_words <= _MOST_MASTHEAD_WORDS:
        return True
    if separated and has_outlet_word(cells[0]) and n_words <= 8:
        return True  # "Orme Courier - your weekly letter, 1 June 2018"
    # "Orme Courier, January 30, 2017" and "ORME COURIER January 30, 2017"
    is_outlet = len(cells) == 1 and short and has_outlet_word(cells[0])
    after = line.find(cells[0]) + len(cells[0]) if is_outlet else 0
    return (is_outlet and ("," in line[after:][:2] or cells[0].isupper())) or _is_named(line, cells)


def _is_named(line: str, cells: list[str]) -> bool:
    """Say whether nothing but names stands beside a date, and words that join them.

    "Jane Roe for Orme Courier, 5 March 2020", "This article appeared in the Courier on June 1,
    2018"; a headline such as "Orme Votes on June 1, 2018" names neither an outlet nor a person.
    """
    words = [word.strip(".,'’\"") for cell in cells for word in cell.split()]
    names = [w for w in words if w and not w.isdigit() and w.casefold() not in _JOINERS]
    if len(names) > _MOST_NAMED_WORDS or not all(name[0].isupper() for name in names):
        return False
    if not names or _says_by(line, cells) or _PRINTED.match(line):
        return True
    is_of_outlet = any(has_outlet_word(cell.split()[-1]) for cell in cells)
    if not line.startswith(cells[0]):
        return is_of_outlet and _HEADS.match(line) is not None
    # "Jane Roe Mar 5, 2020 5:30 PM": a headline may end with a day, but not with a time too.
    days = written_dates(line)
    before = line[: days[0].span.start].rstrip() if days else ""
    is_parted = before[-1:] in tuple(",|·•-–—(")
    if _ON_A_DAY.search(before):
        return False
    if not is_parted:
        is_timed = bool(clock_spans(line)) and len(names) <= _MOST_TIMED_WORDS
        return (is_name(cells[0]) and is_timed) or (is_of_outlet and is_outlet_name(before))
    return is_name(cells[0]) or is_of_outlet


def _says_by(line: str, cells: list[str]) -> bool:
    """Say whether a line begins with "by" and a name, or has it right behind its date."""
    match = _SAYS_BY.search(line)
    people = (_SAYS_BY.sub("", cell, count=1) for cell in cells)
    if match is None or not any(map(is_name, people)):
        return False
    before = line[: match.start()].rstrip(" ,|·•-–—")
    return not before or any(date.span.end == len(before) for date in written_dates(before))
