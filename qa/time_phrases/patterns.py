"""How are days named in a question? One pattern for each form, without its preposition.

Every repetition is bounded, so that matching is linear in the question.
"""

from __future__ import annotations

from qa.time_phrases.words import (
    COUNTED,
    FEW,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    either,
)

LAST = r"last|past|previous|letzte[mnrs]?|vergangene[mnrs]?|vorige[mnrs]?"
THIS = r"this|diese[mnrs]?"

_GAP = r"\s{1,3}"
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)"
_OF_YEAR = rf"(?:{_GAP}(?:of\s)?{_YEAR})?"
_COMMA_YEAR = rf"(?:,?{_GAP}{_YEAR})?"
_MONTH = rf"(?P<month>{either(MONTHS)})\.?"
_DAY = r"(?P<day>[0-3]?\d)"
_TH = r"(?:st|nd|rd|th|\.)?"
_WHICH = rf"(?:(?P<last>{LAST}|{THIS}){_GAP})?"
_WEEKDAY = rf"(?P<weekday>{either(WEEKDAYS)})"
_NAMED = rf"(?:(?:{either(WEEKDAYS)}),?{_GAP}(?:the\s|den\s|dem\s)?)?"
_NOT_COUNTED = rf"(?!\s(?:{either(COUNTED)})\b)"
_UNIT = rf"(?P<unit>{either(u for u, kind in UNITS.items() if kind not in ('weekend', 'quarter'))})"
_NUMBER = rf"(?P<number>\d{{1,4}}|{either(NUMBERS)})"
_MANY = rf"(?P<number>\d{{1,4}}|{either([*NUMBERS, *FEW])})"
_ORDINAL = rf"(?:the\s)?(?P<ordinal>{either(ORDINALS)})\s(?:quarter|quartal)"

ISO_DAY = rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)"
NUMBERED_DAY = rf"{_DAY}\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}"
DAY_MONTH = rf"{_NAMED}{_DAY}{_TH}{_GAP}(?:of\s)?{_MONTH}{_COMMA_YEAR}"
MONTH_DAY = rf"{_NAMED}{_MONTH}{_GAP}{_DAY}(?:st|nd|rd|th)?{_COMMA_YEAR}{_NOT_COUNTED}"
DAYS_MONTH = (
    rf"(?P<first>[0-3]?\d){_TH}(?:\s(?:to|and|bis|und)\s|\s?[-–—]\s?)"
    rf"{_DAY}{_TH}{_GAP}{_MONTH}{_COMMA_YEAR}"
)
MONTH = rf"(?<!\d )(?<!\d\. ){_WHICH}(?:(?P<part>{either(PARTS)})[\s-]{{1,3}})?{_MONTH}{_OF_YEAR}"
SEASON = rf"{_WHICH}(?P<season>{either(SEASONS)}){_OF_YEAR}"
QUARTER = rf"(?:Q(?P<quarter>[1-4])|{_ORDINAL}){_OF_YEAR}"
DECADE = r"(?:the\s|den\s)?(?P<decade>(?:1[0-9]|20)\d0)(?:s|er(?:n|\sjahren?)?)"
YEAR = rf"{_YEAR}{_NOT_COUNTED}(?![.,]\d)(?!\s?[%€$£])"
TODAY = r"today|yesterday|the\sday\sbefore\syesterday|heute|gestern|vorgestern"
WEEKDAY = rf"{_WHICH}{_WEEKDAY}"
SPAN = (
    rf"(?:the\s|der\s|den\s)?(?P<which>{LAST}|{THIS}){_GAP}"
    rf"(?P<unit>{either(UNITS)})(?!\s(?:of|des|der)\b)"
)
LAST_MANY = rf"(?:the\s|den\s)?(?:last|past|letzten|vergangenen){_GAP}{_MANY}{_GAP}{_UNIT}"
AGO = rf"{_NUMBER}{_GAP}{_UNIT}\sago"
VOR = rf"vor{_GAP}{_NUMBER}{_GAP}{_UNIT}"
