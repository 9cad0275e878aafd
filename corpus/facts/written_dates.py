"""Dates as newspapers write them, in a dozen languages, as ISO 8601.

Only what is certain is taken: "03/04/2018" is March to one reader and April to the next, so it is
no date here. A date with a month in words or in ISO order, or with dots (day first), is. A time is
taken with the date it stands next to, and its zone where the abbreviation means one thing only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from corpus.facts.calendar_words import AMERICAN_ZONES, MONTH_NAMES, WEEKDAYS, ZONES
from corpus.types import Span

EARLIEST_YEAR, LATEST_YEAR = 1600, 2199
MAX_LINE_CHARS = 400
"""Longer lines are prose; no date is looked for in them."""

_MONTH = "|".join(sorted((re.escape(name) for name in MONTH_NAMES), key=len, reverse=True))
_YEAR = r"(?P<y>\d{4})(?!\d)"
_DAYS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<![\d.:/-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°])?[\s-]{{0,2}}(?:of |de |d['’])?"
        rf"(?P<m>{_MONTH})(?!\w)\.?,?[\s-]{{0,2}}(?:de |del )?{_YEAR}",
        rf"(?<!\w)(?P<m>{_MONTH})(?!\w)\.?\s{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}{_YEAR}",
        r"(?<![\d./-])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d|[./-]\d)",
        r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]",
        rf"(?<![\d./-])(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?<![\d./-])(?P<a>\d{{1,2}})(?P<s>[/-])(?P<b>\d{{1,2}})(?P=s){_YEAR}",
    )
)
_MONTH_AND_YEAR = re.compile(rf"(?<!\w)(?P<m>{_MONTH})(?!\w)\.?,?\s{{1,2}}(?:de )?{_YEAR}", re.I)
_DAY_AND_MONTH = re.compile(
    rf"(?<!\w)(?:(?P<m>{_MONTH})(?!\w)\.?\s(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\.?\s(?P<m2>{_MONTH}))"
    r"(?!\w)",
    re.I,
)
_TIMES = re.compile(
    r"(?:(?<=\d)T|(?<![\d.:/£$€]))(?P<h>\d{1,2})(?:"
    r"(?:[:.](?P<min12>\d{2})(?::\d{2})?)?\s?(?P<half>[ap])\.?m\b\.?"
    r"|[:h](?P<min>\d{2})(?::(?P<sec>\d{2})(?:\.\d{1,6})?)?(?!\d)(?:\s?(?:uhr|hrs|h)\b)?"
    r"|(?:\.(?P<minuhr>\d{2}))?\s?uhr\b|\.(?P<mindot>\d{2})(?=\s?(?:GMT|BST|CES?T|UTC)\b|\s*\Z)|\s?[時点时](?:(?P<minja>\d{2})分)?"
    r"|(?P<min4>\d{2})(?=\s?(?:GMT|UTC|BST)\b))",
    re.I,
)
_ZONE = re.compile(
    r"\s?\(?(?:(?:UTC|GMT)?\s?(?P<sign>[+−-])(?P<zh>\d{1,2})(?::?(?P<zm>\d{2}))?(?!\d)"
    r"|(?P<name>[A-Z]{1,4})\b)\)?"
)
_BETWEEN = frozenset("at um à a à las alle às om on den le am kl ore the klo hora en".split())
_IN_BRACKETS = re.compile(r"\([^()]*\)")  # the same time in another zone
_MAX_GAP_CHARS = 30


class WrittenDate(NamedTuple):
    """A date in a line: where it stands, with the time next to it, and its ISO 8601 form."""

    span: Span
    iso: str


class _Time(NamedTuple):
    span: Span
    clock: time
    zone: str | None
    is_american: bool


def written_dates(line: str, *, day_first: bool | None = None) -> list[WrittenDate]:
    """Find the days in a line, each with the time of day that stands next to it.

    Args:
        line: Some text; of more than `MAX_LINE_CHARS` characters only the beginning is looked at.
        day_first: How "03/04/2018" is written where the text is from; None if that is not known.

    Returns:
        In order. `iso` is a date, a date-time with its offset where the zone is said and certain,
        or a local date-time. What could be two dates, as "03/04/2018", is left out where
        `day_first` does not tell.

    >>> [found.iso for found in written_dates("Published 5:30 PM EDT, Fri June 1, 2018")]
    ['2018-06-01T17:30:00-04:00']
    >>> [found.iso for found in written_dates("1. Juni 2018, 9.30 Uhr; 03/04/2018")]
    ['2018-06-01T09:30:00']
    """
    line = line[:MAX_LINE_CHARS]
    days = _days(line, day_first)
    if not days:
        return []
    times = list(_times(line, [span for span, _ in days]))
    return [_with_time(line, span, day, times) for span, day in days]


def clock_spans(line: str) -> list[Span]:
    """Return where times of day stand in a line, with their zones."""
    line = line[:MAX_LINE_CHARS]
    return [found.span for found in _times(line, [span for span, _ in _days(line)])]


def month_and_year(line: str) -> str | None:
    """Return the only month of a line that has no day, as "2018-06"; None if there is none."""
    found = {
        f"{int(match['y'])}-{MONTH_NAMES[match['m'].casefold()]:02}"
        for match in _MONTH_AND_YEAR.finditer(line[:MAX_LINE_CHARS])
    }
    return found.pop() if len(found) == 1 else None


def day_in_year(line: str, year: int) -> str | None:
    """Return the only day a line names without its year, in that year; None if there is none.

    >>> day_in_year("NEW YORK, June 1", 2018)
    '2018-06-01'
    """
    found = set()
    for match in _DAY_AND_MONTH.finditer(line[:MAX_LINE_CHARS]):
        month = MONTH_NAMES[(match["m"] or match["m2"]).casefold()]
        found.add(_date(year, month, int(match["d"] or match["d2"])))
    day = found.pop() if len(found) == 1 else None
    return day.isoformat() if day else None


def unclear_days(line: str) -> list[Span]:
    """Return where a line has dates that could be two, as "03/04/2018"."""
    known = {span for span, _ in _days(line)}
    return [span for span, _ in _days(line, day_first=True) if span not in known]


def _days(line: str, day_first: bool | None = None) -> list[tuple[Span, date]]:
    if not any(map(str.isdigit, line)):
        return []
    found: list[tuple[Span, date]] = []
    for pattern in _DAYS:
        for match in pattern.finditer(line):
            span, day = Span(*match.span()), _day(match, day_first)
            if day and not any(span.overlaps(other) for other, _ in found):
                found.append((span, day))
    return sorted(found)


def _day(match: re.Match[str], day_first: bool | None) -> date | None:
    parts = match.groupdict()
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        if first != second and first <= 12 and second <= 12:
            if day_first is None:
                return None  # day first or month first: nobody can tell
            month, day = (second, first) if day_first else (first, second)
            return _date(int(parts["y"]), month, day)
        return _date(int(parts["y"]), min(first, second), max(first, second))
    name = parts["m"]
    number = int(name) if name.isdigit() else MONTH_NAMES[name.casefold()]
    return _date(int(parts["y"]), number, int(parts["d"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None


def _times(line: str, days: list[Span]) -> Iterator[_Time]:
    end = 0  # of the zone of the last time: "UTC+5:30" holds no other
    for match in _TIMES.finditer(line):
        if match.start() < end or any(day.overlaps(Span(*match.span())) for day in days):
            continue
        minute = next((match[n] for n in _MINUTES if match[n]), "0")
        hour = int(match["h"])
        if match["half"]:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if match["half"] in "pP" else 0)
        if hour > 23 or int(minute) > 59 or int(match["sec"] or 0) > 59:
            continue
        zone = _ZONE.match(line, match.end())
        known = zone is not None and (zone["name"] is None or zone["name"] in _KNOWN_ZONES)
        end = zone.end() if zone and known else match.end()
        clock = time(hour, int(minute), int(match["sec"] or 0))
        said = line[match.end() : end].strip(" ()") or None
        yield _Time(Span(match.start(), end), clock, said, bool(match["half"]))


_MINUTES = ("min12", "min", "minuhr", "mindot", "minja", "min4")
_KNOWN_ZONES = ZONES.keys() | AMERICAN_ZONES.keys() | {"CST", "IST"}


def _with_time(line: str, span: Span, day: date, times: list[_Time]) -> WrittenDate:
    after = [t for t in times if t.span.start >= span.end and _touch(line, span.end, t.span.start)]
    before = [t for t in times if t.span.end <= span.start and _touch(line, t.span.end, span.start)]
    if not after and not before:
        return WrittenDate(span, day.isoformat())
    found = after[0] if after else before[-1]
    moment = datetime.combine(day, found.clock, _zone(found, day))
    whole = Span(min(span.start, found.span.start), max(span.end, found.span.end))
    return WrittenDate(whole, moment.isoformat())


def _touch(line: str, start: int, end: int) -> bool:
    """Say whether nothing but signs, weekdays and words like "at" stands between two places."""
    if end - start > _MAX_GAP_CHARS:
        return False
    words = re.findall(r"[^\W\d_]+", _IN_BRACKETS.sub("", line[start:end]).casefold())
    return all(word in _BETWEEN or word in WEEKDAYS for word in words)


def _zone(found: _Time, day: date) -> timezone | None:
    name = found.zone
    if name is None or name == "IST":
        return None
    if name in AMERICAN_ZONES:
        return _hours(AMERICAN_ZONES[name] + _is_american_summer(day)) if day.year >= 2007 else None
    if name == "CST":
        return _hours(-6) if found.is_american else None
    if name in ZONES:
        return _hours(ZONES[name])
    match = _ZONE.fullmatch(name)
    if match is None or match["zh"] is None:
        return None
    away = timedelta(hours=int(match["zh"]), minutes=int(match["zm"] or 0))
    return timezone(away if match["sign"] == "+" else -away) if away < timedelta(hours=15) else None


def _hours(hours: int) -> timezone:
    return timezone(timedelta(hours=hours))


def _is_american_summer(day: date) -> bool:
    """Say whether clocks are an hour ahead: second Sunday of March to first Sunday of November."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    begins = march + timedelta(days=6 - march.weekday())
    ends = november + timedelta(days=6 - november.weekday())
    return begins <= day < ends
