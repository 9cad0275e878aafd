"""What the record around an article states: title, outlet, dates, authors, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.facts.bylines import byline_authors
from corpus.facts.fields import (
    AUTHORS,
    DATE,
    OTHER,
    OUTLET,
    PUBLISHED,
    PUBLISHER,
    TITLE,
    URL,
    Field,
    are_of_occasion,
    read_field,
)
from corpus.facts.names import is_name
from corpus.facts.outlets import has_outlet_word, readable_outlet, site_name
from corpus.facts.written_dates import month_and_year, written_dates
from corpus.titles import find_headline
from corpus.types import Mark

_RECORD = "publication details"
_SOURCES = frozenset({"picture credit", "credits", "page footer", "small print"})
_LONGEST_MARK_CHARS, _NEXT_LINE_CHARS = 2000, 100
_AFTER_NAME = re.compile(
    r"\s+(?:vom|v\.|du|del|van|of|,)\s+\d.*\Z|\s*(?:[;|(\[•·]|,\s|\s[-–—]\s).*\Z", re.S
)
_INVERTED = re.compile(r"(?P<last>[^\W\d_][^,;]{0,30}), (?P<first>[^\W\d_][^,;]{0,30})\Z")
_AND = re.compile(r";|\s(?:and|und|et|y|&)\s|\s?\|\s?")
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_PACKED_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])\Z")
_PRINTED_PAGE = re.compile(r"\b(?:S|p|pp|pág|Seite|page|página|pagina)\b\.? ?[A-Z]?\d", re.I)
_SLASHED_DAY = re.compile(r"\A(\d{4}/\d{1,2}/\d{1,2})/.*\Z")


@dataclass(frozen=True, slots=True)
class Record:
    """What fields state, each None or empty where no field does; dates in ISO 8601.

    "Last updated" is not among them: a database says so of its record.
    """

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = field(default=())
    url: str | None = None


def record_of(text: str, marks: Sequence[Mark], *, day_first: bool | None = None) -> Record:
    """Read the fields that are marked as publication details; of several like ones the first.

    A record below the article with another title than its headline is about something else.
    """
    found: dict[str, str] = {}
    for fields in _records(text, marks):
        for one in fields:
            if one.value and one.kind not in ("", OTHER):
                found.setdefault(one.kind, one.value)
    if OUTLET not in found and (source := _source(text, marks)):
        found[OUTLET] = source
    outlets = (_outlet(found[kind]) for kind in (OUTLET, PUBLISHER) if kind in found)
    dates = (_day(found[kind], day_first) for kind in (PUBLISHED, DATE) if kind in found)
    day = next(filter(None, dates), None) or _day(found.get(OUTLET, ""), day_first)
    return Record(
        title=found.get(TITLE),
        outlet=next(filter(None, outlets), None),
        published=day,
        authors=people_of(found[AUTHORS]) if AUTHORS in found else (),
        url=_address(found.get(URL, "")),
    )


def _source(text: str, marks: Sequence[Mark]) -> str | None:
    """Return what a line such as "Quelle: Orme Bote vom 01.06.2018, S. 7" names; it has a day.

    It stands below the article, and names a newspaper: a chart in it has a source and a day, too.
    """
    end = len(text)
    for mark in reversed(marks):
        if any(map(str.isalnum, text[mark.span.end : end])):
            return None
        end = mark.span.start
        field = read_field(mark.span.of(text)) if mark.reason in _SOURCES else None
        if field and field.kind == OUTLET and written_dates(field.value):
            is_paper = has_outlet_word(field.value) or _PRINTED_PAGE.search(field.value)
            return field.value if is_paper else None
    return None


def _records(text: str, marks: Sequence[Mark]) -> Iterator[list[Field]]:
    """Yield the fields above the article's first lines, and those below unless they disagree."""
    own = [mark for mark in marks if mark.reason == _RECORD]
    headline = find_headline(text, marks) if own else None
    end = headline.end if headline else len(text)
    yield [one for mark in own if mark.span.start < end for one in _fields(text, mark)]
    below = [one for mark in own if mark.span.start >= end for one in _fields(text, mark)]
    titles = [_folded(one.value) for one in below if one.kind == TITLE]
    said = _folded(headline.of(text)) if headline else ""
    if not titles or any(title in said or said in title for title in titles if title):
        yield below


def _fields(text: str, mark: Mark) -> list[Field]:
    lines = mark.span.of(text)[:_LONGEST_MARK_CHARS].splitlines()
    if are_of_occasion(*lines, line_below(text, mark)):
        return []
    return [one for one in map(read_field, lines) if one]


def line_below(text: str, mark: Mark) -> str:
    """Return the beginning of the line below a mark."""
    below = text[mark.span.end : mark.span.end + _NEXT_LINE_CHARS].strip()
    return below.split("\n")[0]


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _outlet(value: str) -> str | None:
    """Return the name in "Orme Courier (Online); Orme"."""
    name = _AFTER_NAME.sub("", value)
    return site_name(name) if "." in name and " " not in name else readable_outlet(name)


def _day(value: str, day_first: bool | None) -> str | None:
    """Return a date in ISO 8601; None if the value holds none or could be read as two."""
    packed = _PACKED_DAY.match(value)
    if packed:
        value = f"{packed['y']}-{packed['m']}-{packed['d']}"
    days = written_dates(_SLASHED_DAY.sub(r"\1", value), day_first=day_first)
    if len(days) == 1 or (days and days[0].span.start == 0):
        return days[0].iso
    return None if days else month_and_year(value)


def people_of(value: str) -> tuple[str, ...]:
    """Return the names in "Roe, Jane; Poe, John" or "Jane Roe and John Poe"."""
    people: list[str] = []
    parts = _AND.split(_IN_BRACKETS.sub("", value))
    # "Roe, Jane and Poe, John": without a comma each, they are left for the byline to part.
    are_turned = all(_INVERTED.match(part.strip(" .")) for part in parts)
    for part in parts if are_turned else _IN_BRACKETS.sub("", value).split(";"):
        turned = _INVERTED.match(part.strip(" ."))
        if turned and not is_name(turned["last"]):
            part = f"{turned['first']} {turned['last']}"
        people += byline_authors(f"By {part.strip()}") or ()
    return tuple(dict.fromkeys(people))


def _address(value: str) -> str | None:
    return value.split()[0].rstrip(".,;)") if value.startswith(("http://", "https://")) else None
