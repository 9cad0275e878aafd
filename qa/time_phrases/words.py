"""The words of time phrases, English and German, and what they count."""

from __future__ import annotations

from collections.abc import Iterable

_MONTH_LISTS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
)
FULL_MONTHS = {
    name: number for names in _MONTH_LISTS for number, name in enumerate(names.split(), 1)
} | {"jänner": 1, "maerz": 3}
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = (
    FULL_MONTHS
    | {name: number for number, name in enumerate(_SHORT.split(), 1)}
    | {"sept": 9, "okt": 10, "dez": 12}
)
_WEEKDAY_LISTS = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
)
WEEKDAYS = {
    name: number for names in _WEEKDAY_LISTS for number, name in enumerate(names.split())
} | {"sonnabend": 5}
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4} | {
    "frühling": 1,
    "frühjahr": 1,
    "sommer": 2,
    "herbst": 3,
}
_NUMBER_LISTS = (
    "one two three four five six seven eight nine ten eleven twelve",
    "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
)
NUMBERS = {
    name: number for names in _NUMBER_LISTS for number, name in enumerate(names.split(), 1)
} | {"a": 1, "an": 1, "einem": 1, "einer": 1, "a couple of": 2, "couple of": 2, "couple": 2}
FEW = {"few": 7, "several": 12, "paar": 7}
"""Generous: "the last few days" should rather hold a day too many."""
UNITS = (
    {f"{unit}{ending}": unit for unit in ("day", "week", "month", "year") for ending in ("", "s")}
    | {"tag": "day", "tage": "day", "tagen": "day", "woche": "week", "wochen": "week"}
    | {"monat": "month", "monate": "month", "monaten": "month"}
    | {"jahr": "year", "jahre": "year", "jahren": "year"}
    | {"quarter": "quarter", "quartal": "quarter", "weekend": "weekend", "wochenende": "weekend"}
)
PARTS = {"early": "early", "late": "late", "mid": "mid"} | {
    "the beginning of": "early",
    "the start of": "early",
    "the middle of": "mid",
    "the end of": "late",
    "anfang": "early",
    "mitte": "mid",
    "ende": "late",
}
ORDINALS = {
    name: number
    for names in ("first second third fourth", "ersten zweiten dritten vierten")
    for number, name in enumerate(names.split(), 1)
} | {"last": 4}
COUNTED = (
    "m km kg words people homes houses crowns euros dollars pounds francs yen metres meters miles"
    " kilometres hectares acres cases votes copies jobs tonnes tons litres pages seats residents"
    " troops soldiers workers passengers patients hours minutes seconds days weeks months years"
    " percent wörtern menschen euro häusern metern kilometern fällen tagen wochen monaten jahren"
).split()
"""A number before one of these is no year ("in 1900 homes")."""


def either(words: Iterable[str]) -> str:
    """Return a pattern for one of some words, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))
