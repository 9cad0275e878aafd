"""Which days does a period cover: weeks, months, quarters, seasons, and two periods together?

All days are inclusive at both ends. `date.min` and `date.max` stand for an end that is open.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

Days = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 1000, 2099


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that a time phrase of a question means; ``phrase == question[start:end]``.

    `since` and `until` are inclusive, `date.min` or `date.max` where that end is open. Offsets are
    code points. `relative` says that the phrase counts from today ("last week"): it then surely
    speaks of what was published, while an article about an event "in 2020" may be a later one.
    """

    since: date
    until: date
    phrase: str
    start: int
    end: int
    relative: bool


def within(
    period: Period, since: date | None, until: date | None
) -> tuple[date | None, date | None] | None:
    """Narrow a reader's own dates by a period; never widen them.

    Args:
        period: From the question.
        since: First day of the reader's filter, inclusive; None for no limit.
        until: Its last day, inclusive; None for no limit.

    Returns:
        The days that are in both, None for an end without limit; None if they do not meet.
    """
    first = max(period.since, since or date.min)
    last = min(period.until, until or date.max)
    if first > last:
        return None
    return (None if first == date.min else first, None if last == date.max else last)


def year(number: int) -> Days:
    """Return the days of a year."""
    return date(number, 1, 1), date(number, 12, 31)


def month(number: int, month_number: int, part: str = "") -> Days:
    """Return the days of a month, or of its "early" (1–10), "mid" (11–20) or "late" (21–) part."""
    last = monthrange(number, month_number)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
        part, (1, last)
    )
    return date(number, month_number, first_day), date(number, month_number, last_day)


def quarter(number: int, which: int) -> Days:
    """Return the days of a quarter, 1 to 4."""
    return month(number, 3 * which - 2)[0], month(number, 3 * which)[1]


def season(number: int, which: int) -> Days:
    """Return the days of a northern season: 1 spring (March to May) to 4 winter.

    The winter of a year begins in its December.
    """
    if which == 4:
        return date(number, 12, 1), month(number + 1, 2)[1]
    return month(number, 3 * which)[0], month(number, 3 * which + 2)[1]


def back(today: date, count: int, unit: str) -> date:
    """Return the day `count` days, weeks, months or years before; `date.min` if there is none."""
    try:
        if unit in ("day", "week"):
            return today - timedelta(days=count * (7 if unit == "week" else 1))
        months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
        number, month_index = divmod(months, 12)
        day = min(today.day, monthrange(number, month_index + 1)[1])
        return date(number, month_index + 1, day)
    except (OverflowError, ValueError):
        return date.min


def around(day: date, unit: str) -> Days:
    """Return the calendar week (from Monday), month, quarter or year that a day lies in."""
    if unit == "week":
        monday = date.fromordinal(max(1, day.toordinal() - day.weekday()))
        return monday, date.fromordinal(min(date.max.toordinal(), monday.toordinal() + 6))
    if unit == "month":
        return month(day.year, day.month)
    if unit == "quarter":
        return quarter(day.year, (day.month + 2) // 3)
    return year(day.year) if unit == "year" else (day, day)


def weekend(today: date, *, before: bool) -> Days:
    """Return the latest weekend that has begun; with `before`, the latest that is over."""
    saturday = back(today, (today.weekday() - 5) % 7, "day")
    if before and today.weekday() >= 5:
        saturday = back(saturday, 1, "week")
    return saturday, saturday + timedelta(days=1)
