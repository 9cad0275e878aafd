"""Which dates, months, years and relative times stand in a question, without their prepositions?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict, Unpack

from qa.time_phrases import patterns as form
from qa.time_phrases.periods import Days, around, back, month, quarter, season, weekend, year
from qa.time_phrases.words import (
    FEW,
    FULL_MONTHS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)

_THIS, _LAST = re.compile(form.THIS, re.I), re.compile(form.LAST, re.I)


class Marks(TypedDict, total=False):
    """What an `Expression` says of itself beside its place and days."""

    relative: bool
    needs_preposition: bool
    is_named_like: bool
    takes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A stretch `[start, end)` of a question that names days.

    `of_year` makes the same days in another year, where the question does not name the year. One
    that `needs_preposition` is a time only after one ("in 2024"); one that `is_named_like` may be
    the beginning of a name; one that `takes_on` is a day.
    """

    start: int
    end: int
    since: date
    until: date
    relative: bool = False
    needs_preposition: bool = False
    is_named_like: bool = False
    takes_on: bool = False
    of_year: Callable[[int], Days] | None = None

    def before(self, last: Expression) -> Expression:
        """Return this expression in the year that brings it before `last`, if that has one."""
        assert self.of_year is not None
        for number in (last.until.year, last.until.year - 1):
            days = _days_or_none(self.of_year, number)
            if days and days[0] <= last.until:
                return replace(self, since=days[0], until=days[1])
        return self


def _read_day(found: re.Match[str], today: date) -> Expression | None:
    number = MONTHS[found["month"].casefold()] if found["month"].isalpha() else int(found["month"])
    return _of_year(
        found, today, lambda y: (date(y, number, int(found["day"])),) * 2, takes_on=True
    )


def _read_days(found: re.Match[str], today: date) -> Expression | None:
    number, days = MONTHS[found["month"].casefold()], (int(found["first"]), int(found["day"]))
    if days[0] > days[1]:
        return None
    return _of_year(
        found, today, lambda y: (date(y, number, days[0]), date(y, number, days[1])), takes_on=True
    )


def _read_month(found: re.Match[str], today: date) -> Expression | None:
    part = PARTS.get(" ".join((found["part"] or "").casefold().split()), "")
    name = found["month"].casefold()
    if not found["year"] and name not in FULL_MONTHS:
        return None
    bare = not found["year"] and not part and not found["last"]
    return _of_year(
        found,
        today,
        lambda y: month(y, MONTHS[name], part),
        needs_preposition=bare,
        is_named_like=bare,
        over=_is_last(found),
    )


def _read_season(found: re.Match[str], today: date) -> Expression | None:
    which = SEASONS[found["season"].casefold()]
    bare = not found["year"] and not found["last"]
    return _of_year(
        found,
        today,
        lambda y: season(y, which),
        needs_preposition=bare,
        is_named_like=not found["year"],
        over=_is_last(found),
    )


def _is_last(found: re.Match[str]) -> bool:
    return bool(found["last"] and _LAST.fullmatch(found["last"]))


def _read_quarter(found: re.Match[str], today: date) -> Expression | None:
    told = found["quarter"] or str(ORDINALS[found["ordinal"].casefold()])
    bare = not found["year"]
    if bare and (found["ordinal"] or "").casefold() == "last":
        return None  # counts from today: see `_read_span`
    return _of_year(found, today, lambda y: quarter(y, int(told)), needs_preposition=bare)


def _read_year(found: re.Match[str], today: date) -> Expression | None:
    since, until = year(int(found["year"]))
    return _expression(found, since, until, needs_preposition=True)


def _read_decade(found: re.Match[str], today: date) -> Expression | None:
    first = int(found["decade"])
    return _expression(found, date(first, 1, 1), date(first + 9, 12, 31))


def _read_today(found: re.Match[str], today: date) -> Expression | None:
    word = " ".join(found[0].casefold().split())
    days = {"yesterday": 1, "gestern": 1, "the day before yesterday": 2, "vorgestern": 2}
    day = back(today, days.get(word, 0), "day")
    return _expression(found, day, day, relative=True)


def _read_weekday(found: re.Match[str], today: date) -> Expression | None:
    ago = (today.weekday() - WEEKDAYS[found["weekday"].casefold()]) % 7
    if found["last"] and not ago:
        ago = 7
    day = back(today, ago, "day")
    return _expression(
        found,
        day,
        day,
        relative=True,
        needs_preposition=not found["last"],
        is_named_like=True,
        takes_on=True,
    )


def _read_span(found: re.Match[str], today: date) -> Expression | None:
    unit, which = UNITS[found["unit"].casefold()], found["which"].casefold()
    this = _THIS.fullmatch(which) is not None
    if unit == "day":
        return None
    if unit == "weekend":
        since, until = weekend(today, before=not this)
    elif which == "past":
        since, until = back(today, 3 if unit == "quarter" else 1, _counted(unit)), today
    else:
        here = around(today, unit)
        since, until = here if this else around(back(here[0], 1, "day"), unit)
    return _expression(found, since, min(until, today), relative=True, takes_on=unit == "weekend")


def _counted(unit: str) -> str:
    return "month" if unit == "quarter" else unit


def _read_last_many(found: re.Match[str], today: date) -> Expression | None:
    told = found["number"].casefold()
    count = int(told) if told.isdigit() else NUMBERS.get(told) or FEW[told]
    since = back(today, count, UNITS[found["unit"].casefold()])
    return _expression(found, since, today, relative=True)


def _read_ago(found: re.Match[str], today: date) -> Expression | None:
    told, unit = found["number"].casefold(), UNITS[found["unit"].casefold()]
    day = back(today, int(told) if told.isdigit() else NUMBERS[told], unit)
    since, until = around(day, unit)
    return _expression(found, since, min(until, today), relative=True)


def _of_year(
    found: re.Match[str],
    today: date,
    days_of: Callable[[int], Days],
    *,
    over: bool = False,
    **marks: Unpack[Marks],
) -> Expression | None:
    """Make an expression in the year it names, else in the latest that is not in the future."""
    if told := found["year"]:
        days = _days_or_none(days_of, int(told))
        return _expression(found, *days, **marks) if days else None
    for number in range(today.year, max(today.year - 9, 0), -1):  # 29 February
        days = _days_or_none(days_of, number)
        if days and (days[1] < today if over else days[0] <= today):
            until = min(days[1], today)
            return replace(_expression(found, days[0], until, **marks), of_year=days_of)
    return None


def _days_or_none(days_of: Callable[[int], Days], number: int) -> Days | None:
    try:
        return days_of(number)
    except ValueError:
        return None


def _expression(
    found: re.Match[str], since: date, until: date, **marks: Unpack[Marks]
) -> Expression:
    return Expression(start=found.start(), end=found.end(), since=since, until=until, **marks)


Read = Callable[[re.Match[str], date], Expression | None]
READERS: tuple[tuple[str, Read], ...] = (
    (form.ISO_DAY, _read_day),
    (form.NUMBERED_DAY, _read_day),
    (form.DAY_MONTH, _read_day),
    (form.MONTH_DAY, _read_day),
    (form.DAYS_MONTH, _read_days),
    (form.MONTH, _read_month),
    (form.SEASON, _read_season),
    (form.QUARTER, _read_quarter),
    (form.DECADE, _read_decade),
    (form.YEAR, _read_year),
    (form.TODAY, _read_today),
    (form.WEEKDAY, _read_weekday),
    (form.SPAN, _read_span),
    (form.LAST_MANY, _read_last_many),
    (form.AGO, _read_ago),
    (form.VOR, _read_ago),
)
"""Each form that days are named in, and what reads it."""
