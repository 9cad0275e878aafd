"""Dates as pages write them, to ISO 8601; what is no date, or might be two, is None.

Nothing is added: a date without a time stays one, a time without a zone too.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

_YEARS = range(1600, 2101)
_MAX_CHARS = 200

UPDATED = re.compile(
    r"\b(?:last )?(?:updated?|modified|aktualisiert|geändert|mise? à jour|modifié|actualizad[oa]|"
    r"aggiornato)\b|"
    r"更新|تحديث",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|created|veröffentlicht|erschienen|publié|publicad[oa]|"
    r"pubblicato)\b|发布|公開|نشر",
    re.IGNORECASE,
)
"""What a date stands for, where the words before it say so."""

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:T|\s{1,3})(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?"
    r"\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}")

_MONTHS = (
    "jan ene gen|feb fév fev|mar mär mrz|apr avr abr|may mai mag|jun juin giu|jul juil lug|"
    "aug aoû aou ago|sep set|oct okt ott|nov|dec dez déc dic"
)
_NUMBER_OF = {
    beginning: number
    for number, names in enumerate(_MONTHS.split("|"), 1)
    for beginning in names.split()
}
_NAME = r"([A-Za-zäöüéèûôáíóúç]{3,12})\.?"
_YEAR = r"((?:1[6-9]|20)\d{2})"
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s{{1,3}}(?:de |of )?{_NAME},?\s{{1,3}}(?:de |del )?"
    rf"{_YEAR}\b"
)
_MONTH_FIRST = re.compile(rf"\b{_NAME}\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}{_YEAR}\b")
_NUMERIC = re.compile(rf"\b(\d{{1,2}})([./-])(\d{{1,2}})\2{_YEAR}\b")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.h](\d{2}))?\s?([ap])\.?m\b|\b(\d{1,2})[:.h](\d{2})(?!\d)|(\d{1,2})[:時时](\d{2})",
    re.IGNORECASE,
)
_CLOCK_AHEAD_CHARS = 40
_UTC_AHEAD = re.compile(r"[\s,]{0,3}(?:UTC|GMT)\b")
# 平成 and the Arabic or Devanagari digits are digits to \d, and int() reads them.


def iso_moment(value: str) -> str | None:
    """Read a date that is meant for machines: ISO 8601, compact, seconds since 1970, as in mail.

    >>> iso_moment("2018-06-01T10:15:00-0400"), iso_moment("Fri, 01 Jun 2018 10:15:00 GMT")
    ('2018-06-01T10:15:00-04:00', '2018-06-01T10:15:00+00:00')
    """
    value = value.strip()[:_MAX_CHARS]
    for pattern in (_ISO, _COMPACT):
        found = pattern.match(value)
        if found and not value[found.end() :][:1].isalnum():
            return _moment(*found.groups())
    epoch = _EPOCH.fullmatch(value)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), UTC).isoformat()
    if _MAIL.match(value):
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        return moment.isoformat() if moment.year in _YEARS else None
    return spoken_date(value)


def spoken_date(text: str) -> str | None:
    """Read the first date in a short text for people: its day, and its time where one follows.

    A date such as 03/06/2018, which is in March here and in June there, is None.

    >>> spoken_date("Published June 1, 2018 at 10:15 AM"), spoken_date("1. Juni 2018")
    ('2018-06-01T10:15', '2018-06-01')
    """
    text = text[:_MAX_CHARS]
    found = _first_day(text)
    if found is None:
        return None
    day, end = found
    return f"{day}{_clock_after(text, end)}"


def is_later(moment: str, other: str) -> bool:
    """Say whether one ISO date lies after another, as far as both are precise.

    >>> is_later("2018-06-02", "2018-06-01T10:15"), is_later("2018-06-01T10:15", "2018-06-01")
    (True, False)
    """
    if len(moment) > 19 and len(other) > 19:
        return datetime.fromisoformat(moment) > datetime.fromisoformat(other)
    length = min(len(moment), len(other), 16)
    return moment[:length] > other[:length]


def is_same_day(moment: str, other: str) -> bool:
    """Say whether two ISO dates may be one: zones shift a day by one at most."""
    try:
        first, second = date.fromisoformat(moment[:10]), date.fromisoformat(other[:10])
    except ValueError:
        return moment[:4] == other[:4]
    return abs((first - second).days) <= 1


def _first_day(text: str) -> tuple[str, int] | None:
    """Return the first date that stands in a text, and where it ends."""
    found = [
        *(
            (match, _day(match[3], _month(match[2]), match[1]))
            for match in _DAY_FIRST.finditer(text)
        ),
        *(
            (match, _day(match[3], _month(match[1]), match[2]))
            for match in _MONTH_FIRST.finditer(text)
        ),
        *((match, _day(*match.group(1, 2, 3))) for match in _ISO.finditer(text)),
        *((match, _day(*match.group(1, 2, 3))) for match in _EAST_ASIAN.finditer(text)),
        *((match, _numeric_day(match)) for match in _NUMERIC.finditer(text)),
    ]
    days = [(match.start(), day, match) for match, day in found if day is not None]
    if not days:
        return None
    _, day, match = min(days, key=lambda place: place[0])
    return day, match.end(3) if match.re is _ISO else match.end()


def _numeric_day(found: re.Match[str]) -> str | None:
    first, second = int(found[1]), int(found[3])
    # With full stops the day stands first everywhere.
    if found[2] == "." or first > 12 or first == second:
        return _day(found[4], second, first)
    return _day(found[4], first, second) if second > 12 else None


def _clock_after(text: str, end: int) -> str:
    ahead = text[end : end + _CLOCK_AHEAD_CHARS]
    found = _CLOCK.search(ahead)
    if found is None:
        return ""
    hour, minute = int(found[1] or found[4] or found[6]), int(found[2] or found[5] or found[7] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return ""
    zone = "+00:00" if _UTC_AHEAD.match(ahead, found.end()) else ""
    return f"T{hour:02}:{minute:02}{zone}"


def _month(name: str) -> int | None:
    name = name.lower()
    return next((_NUMBER_OF[name[:n]] for n in (4, 3) if name[:n] in _NUMBER_OF), None)


def _day(year: str, month: str | int | None, day: str | int) -> str | None:
    if month is None:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year in _YEARS else None


def _moment(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None,
    zone: str | None,
) -> str | None:  # fmt: skip
    day_found = _day(year, month, day)
    if day_found is None or hour is None or minute is None:
        return day_found
    try:
        clock = time(int(hour), int(minute), int(second or 0)).isoformat("seconds")
    except ValueError:
        return day_found
    clock = clock if second else clock[:5]
    return f"{day_found}T{clock}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}" if digits[:2] < "15" and digits[2:] < "60" else ""
