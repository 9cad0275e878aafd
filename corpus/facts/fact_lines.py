"""The lines of a text that may state facts: bylines, date lines, datelines, notices of rights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.facts.date_labels import labels_in
from corpus.facts.date_lines import read_date_line
from corpus.facts.outlets import station
from corpus.facts.written_dates import written_dates
from corpus.types import Mark

RIGHTS = "copyright notice"
_FACT_LINES = frozenset({"byline", "date line", "date"})
_END_OF_FACTS = frozenset(
    {"related articles", "reader comments", "related links", "comments", "outside the article"}
)
_NO_FACTS = _END_OF_FACTS | {"picture caption", "picture credit", "caption", "advertisement"}
_SAYS_SO = re.compile(
    r"(?:by|von|par|por|di|published|updated|posted|submitted|gespeichert|eingereicht|veröffentlicht"
    r"|aktualisiert|publié|soumis|mis à jour|publicado|enviado|actualizado|pubblicato)\b",
    re.I,
)
_MESSAGE = "message around the article"
_PAGE_EDGES = frozenset({"page header", "page footer", "header", "footer"})
_LONGEST_MARK_CHARS = 2000
_LINE = re.compile(r"[^\n]+")
_STATEMENT = re.compile(r"""[.…。।؟]["'”’»)\]」』]*\Z""")
_HEAD_LINES = 3
_DATELINE = re.compile(r"(?P<head>[^\n]{0,110}?)\s*(?:--|[-–—:])\s")
_BRACKET = re.compile(r"[(/](?P<agency>[^()/\n]{2,40})[)/]\Z")
_PLACE_WORDS, _HEAD_WORDS, _MOST_AGENCY_WORDS = 8, 12, 6
_LOOKED_AT_LINES = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before the dash of a first sentence: place and day, and who reports."""

    head: str
    outlet: str | None


def own_lines(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield what stands between marks, a piece for each line of it."""
    ends = [0, *(mark.span.end for mark in marks)]
    starts = [*(mark.span.start for mark in marks), len(text)]
    for end, start in zip(ends, starts, strict=True):
        yield from (line.strip() for line in text[end:start].split("\n") if line.strip())


def marked(text: str, marks: Sequence[Mark], *reasons: str) -> list[str]:
    """Return what the marks with these reasons cover."""
    return [mark.span.of(text) for mark in marks if mark.reason in reasons]


def fact_lines(text: str, marks: Sequence[Mark]) -> Iterator[tuple[Mark, str, bool]]:
    """Yield lines that may be bylines or date lines, and whether each stands at the head.

    What stands after the lists of other articles, or readers' comments, is not about this one.
    """
    first_sentence, end_of_head = _head(text, marks)
    for mark in marks:
        is_head = mark.span.end <= end_of_head
        if mark.span.start > first_sentence and mark.reason in _END_OF_FACTS:
            return
        for line in mark.span.of(text)[:_LONGEST_MARK_CHARS].splitlines():
            may_say_so = is_head and mark.reason not in _NO_FACTS
            is_fact_line = mark.reason in _FACT_LINES or (may_say_so and _SAYS_SO.match(line))
            is_fact_line = is_fact_line or (is_head and _is_stamp(mark, line))
            if is_fact_line or _is_running_head(mark, line):
                yield mark, line, is_head


def _is_stamp(mark: Mark, line: str) -> bool:
    """Say whether a line like a message's time stamp has nothing else: it is the article's."""
    found = read_date_line(line) if mark.reason == _MESSAGE else None
    return found is not None and not found.cells


def _agency(bracket: str, place: str) -> str | None:
    """Return who reports: known, like a station's name, or any name behind place and day."""
    said = bracket.strip()
    is_name = said[:1].isupper() and len(said.split()) <= _MOST_AGENCY_WORDS
    is_name = is_name and not labels_in(said)  # "(Updated)"
    is_dated = is_name and bool(written_dates(place)) and not any(map(str.isdigit, said))
    return station(said) or (said if is_dated else None)


def _is_running_head(mark: Mark, line: str) -> bool:
    """Say whether a line at the edge of a page has the issue's date, beside the outlet's name.

    A date alone may be the day on which the page was printed.
    """
    found = read_date_line(line) if mark.reason in _PAGE_EDGES else None
    return found is not None and found.names_outlet


def _head(text: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """Return where the first sentence begins that no mark covers, and where the head is over.

    The head holds three such lines: the headline, a standfirst and the first paragraph.
    """
    start, n_lines, first = 0, 0, len(text)
    for mark in [*marks, None]:
        stop = mark.span.start if mark else len(text)
        for line in _LINE.finditer(text, start, stop):
            if not any(map(str.isalnum, line[0])):
                continue
            n_lines += 1
            if _STATEMENT.search(line[0].rstrip()[-8:]):
                first = min(first, line.start())
            if n_lines > _HEAD_LINES:
                return first, line.start()
        start = mark.span.end if mark else stop
    return first, len(text)


def dateline_of(own: str) -> Dateline | None:
    """Return the dateline at the beginning of the first sentence, if there is one."""
    for line in own.split("\n", _LOOKED_AT_LINES)[:_LOOKED_AT_LINES]:
        match = _DATELINE.match(line)
        if match is None or len(match["head"].split()) > _HEAD_WORDS:
            continue
        head = match["head"].strip()
        bracket = _BRACKET.search(head)
        place = head[: bracket.start()].strip(" ,") if bracket else head
        outlet = _agency(bracket["agency"], place) if bracket else None
        in_capitals = place.split(",")[0].isupper() and len(place) > 2
        if (outlet and len(place.split()) <= _PLACE_WORDS) or (in_capitals and "," in place):
            return Dateline(place, outlet)
    return None
