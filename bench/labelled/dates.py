"""Spell a time as pages do: in many styles and eight languages."""

from __future__ import annotations

from datetime import datetime, timedelta

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "hi": "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_OTHER = {
    "de": ("{d}. {m} {y}", ", {t} Uhr"),
    "fr": ("{d} {m} {y}", " à {h}h{n:02}"),
    "es": ("{d} de {m} de {y}", ", {t} h"),
    "zh": ("{y}年{mm}月{d}日", " {t}"),
    "ja": ("{y}年{mm}月{d}日", " {t}"),
    "ar": ("{d} {m} {y}", " - {t}"),
    "hi": ("{d} {m} {y}", ", {t} बजे"),
}
_ENGLISH = {
    "long": "{m} {d}, {y}",
    "dmy": "{d} {m} {y}",
    "abbr": "{a} {d}, {y}",
    "ap": "{ap} {d}, {y}",
    "day-long": "{day}, {m} {d}, {y}",
    "day-dmy": "{day3} {d} {a} {y}",
    "us": "{mm}/{d}/{y}",
    "us2": "{mm:02}/{d:02}/{yy}",
    "uk": "{d:02}/{mm:02}/{y}",
    "dots": "{d:02}.{mm:02}.{y}",
    "iso": "{y}-{mm:02}-{d:02}",
}
_TIMES = {
    "12": " {h12}:{n:02} {ap12}",
    "12dots": " at {h12}:{n:02} {apdots}",
    "24": " {t}",
    "24dot": " {h:02}.{n:02}",
}


def spell(moment: str, style: str, language: str = "en", time: str = "") -> str:
    """Return an ISO date or date-time in words, with the time of day if `time` names a style.

    >>> spell("2021-03-16T21:42:00-04:00", "abbr", time="12")
    'Mar 16, 2021 9:42 PM'
    >>> spell("2021-07-19", "long", "de")
    '19. Juli 2021'
    """
    at = datetime.fromisoformat(moment)
    values = _values(at, language)
    has_time = bool(time) and "T" in moment
    if language == "en" or style in ("iso", "dots", "uk"):
        return (_ENGLISH[style] + (_TIMES[time] if has_time else "")).format(**values)
    date, clock = _OTHER[language]
    date = ("{day}, " if style.startswith("day") and language in _DAYS else "") + date
    return (date + (clock if has_time else "")).format(**values)


def _values(at: datetime, language: str) -> dict[str, object]:
    month = _MONTHS.get(language, _MONTHS["en"]).split()[at.month - 1]
    english = _MONTHS["en"].split()[at.month - 1]
    day = _DAYS.get(language, _DAYS["en"]).split()[at.weekday()]
    short = english if len(english) < 6 else {"September": "Sept."}.get(english, english[:3] + ".")
    return {
        **{"y": at.year, "yy": at.strftime("%y"), "mm": at.month, "d": at.day, "m": month},
        **{"a": english[:3], "ap": short, "day": day, "day3": day[:3], "h": at.hour},
        **{"n": at.minute, "t": at.strftime("%H:%M"), "h12": at.hour % 12 or 12},
        "ap12": "AM" if at.hour < 12 else "PM",
        "apdots": "a.m." if at.hour < 12 else "p.m.",
    }


def days_from(moment: str | None, days: int) -> str:
    """Return the date (no time) so many days later; without a moment, from an arbitrary day."""
    at = datetime.fromisoformat((moment or "2022-05-10")[:10])
    return (at + timedelta(days=days)).date().isoformat()


def in_utc(moment: str) -> str:
    """Return a date-time with a zone as UTC with "Z"; a date as it is.

    >>> in_utc("2021-03-16T21:42:00-04:00")
    '2021-03-17T01:42:00Z'
    """
    at = datetime.fromisoformat(moment)
    if at.tzinfo is None:
        return moment
    offset = at.utcoffset() or timedelta()
    return (at.replace(tzinfo=None) - offset).isoformat() + "Z"


def rfc822(moment: str) -> str:
    """Return a moment as feeds and mails write it.

    >>> rfc822("2021-03-16T21:42:00-04:00")
    'Tue, 16 Mar 2021 21:42:00 -0400'
    """
    at = datetime.fromisoformat(moment)
    day = _DAYS["en"].split()[at.weekday()][:3]
    month = _MONTHS["en"].split()[at.month - 1][:3]
    zone = at.strftime("%z") or "+0000"
    return f"{day}, {at.day:02} {month} {at.year} {at:%H:%M:%S} {zone}"
