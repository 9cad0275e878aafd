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
    read_field,
)
from corpus.facts.names import is_name
from corpus.facts.outlets import readable_outlet, site_name
from corpus.facts.written_dates import month_and_year, written_dates
from corpus.types import Mark

_RECORD = "publication details"
_LONGEST_MARK_CHARS = 2000
_AFTER_NAME = re.compile(r"\s*(?:[;|(\[•·]|,\s|\s[-–—]\s).*\Z", re.S)
_INVERTED = re.compile(r"(?P<last>[^\W\d_][^,;]{0,30}), (?P<first>[^\W\d_][^,;]{0,30})\Z")
_AND = re.compile(r";|\s(?:and|und|et|y|&)\s|\s?\|\s?")
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_PACKED_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])\Z")
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


def record_of(text: str, marks: Sequence[Mark]) -> Record:
    """Read the fields that are marked as publication details; of several like ones the first."""
    found: dict[str, str] = {}
    for one in _fields(text, marks):
        if one.value and one.kind not in ("", OTHER):
            found.setdefault(one.kind, one.value)
    outlets = (_outlet(found[kind]) for kind in (OUTLET, PUBLISHER) if kind in found)
    dates = (_day(found[kind]) for kind in (PUBLISHED, DATE) if kind in found)
    return Record(
        title=found.get(TITLE),
        outlet=next(filter(None, outlets), None),
        published=next(filter(None, dates), None),
        authors=_people(found[AUTHORS]) if AUTHORS in found else (),
        url=_address(found.get(URL, "")),
    )


def _fields(text: str, marks: Sequence[Mark]) -> Iterator[Field]:
    for mark in marks:
        if mark.reason == _RECORD:
            for line in mark.span.of(text)[:_LONGEST_MARK_CHARS].splitlines():
                one = read_field(line)
                if one is not None:
                    yield one


def _outlet(value: str) -> str | None:
    """Return the name in "Orme Courier (Online); Orme"."""
    name = _AFTER_NAME.sub("", value)
    return site_name(name) if "." in name and " " not in name else readable_outlet(name)


def _day(value: str) -> str | None:
    """Return a date in ISO 8601; None if the value holds none or could be read as two."""
    packed = _PACKED_DAY.match(value)
    if packed:
        value = f"{packed['y']}-{packed['m']}-{packed['d']}"
    days = written_dates(_SLASHED_DAY.sub(r"\1", value))
    if len(days) == 1 or (days and days[0].span.start == 0):
        return days[0].iso
    return None if days else month_and_year(value)


def _people(value: str) -> tuple[str, ...]:
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
