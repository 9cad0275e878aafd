"""A fragment ("And in 2024?", "What about Port Hallam?") in its place in the question before it."""

from __future__ import annotations

import re

from qa.conversation.topics import EMPTY, WORD, names_in

_LEAD = re.compile(
    r"\s*(?:(?:and\s+)?(?:what|how) (?:about|of)|(?:und\s+)?was ist mit|and|but|or|so|und|aber)\s+",
    re.I,
)
_ASKS = frozenset(
    "who whom whose what which when where why how is are was were did does do has have had will"
    " would can could should may might not".split()
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = re.compile(rf"\b(?:{_MONTHS})\b")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_DATE = re.compile(
    rf"(?:(?:in|by|of|since|until|before|after|for|during)\s+)?(?:(?:{_MONTHS})(?:\s+(?:1[0-9]|20)\d\d)?|(?:1[0-9]|20)\d\d)"
)
_PREPOSITIONS = "in|at|on|for|from|to|of|by|with|against|during|under|near"
_PHRASE = re.compile(rf"({_PREPOSITIONS})\s+(?:\S+\s+){{0,3}}\S+", re.I)
_LAST_PHRASE = re.compile(rf"\b({_PREPOSITIONS})\s(?:(?!\b(?:{_PREPOSITIONS})\s).)*\Z", re.I)
MOST_WORDS = 8


def question_from_fragment(question: str, before: str) -> str | None:
    """Return the question `before` with the fragment in its place; None where that is not safe.

    >>> question_from_fragment("And in 2024?", "Who won the election in 2023?")
    'Who won the election in 2024?'
    >>> question_from_fragment("What about Eastmere?", "Who cooks in Port Hallam?")
    'Who cooks in Eastmere?'
    >>> question_from_fragment("What about the fish?", "Who cooks in Port Hallam?")
    """
    fragment = _fragment(question)
    if not fragment or not before:
        return None
    stem = before.rstrip(" ?!.")
    put = _dated(fragment, stem) or _named(fragment, stem) or _alike(fragment, stem)
    return f"{put}?" if put else None


def _fragment(question: str) -> str | None:
    lead = _LEAD.match(question)
    rest = question[lead.end() :] if lead else question
    rest = rest.strip().rstrip("?!. ")
    words = ["" if word == "May" else word.casefold() for word in WORD.findall(rest)]
    if not words or len(words) > MOST_WORDS or (not lead and len(words) > 3):
        return None
    return None if any(word in _ASKS for word in words) else rest


def _dated(fragment: str, stem: str) -> str | None:
    if not _DATE.fullmatch(fragment):
        return None
    months, years = list(_MONTH.finditer(stem)), list(_YEAR.finditer(stem))
    month, year = _MONTH.search(fragment), _YEAR.search(fragment)
    if len(months) > 1 or len(years) > 1:
        return None
    if (month and year) or (not months and not years):
        return _with_date(fragment, stem)
    if month and months:
        return _put(stem, months[0].start(), months[0].end(), month[0])
    if year and years:
        return _put(stem, years[0].start(), years[0].end(), year[0])
    if month:
        return _put(stem, years[0].start(), years[0].start(), f"{month[0]} ")
    return _put(stem, months[0].end(), months[0].end(), f" {fragment.split()[-1]}")


def _with_date(fragment: str, stem: str) -> str:
    told = _DATE.search(stem)
    placed = fragment if fragment[0].islower() else f"in {fragment}"
    return _put(stem, told.start(), told.end(), placed) if told else f"{stem} {placed}"


def _named(fragment: str, stem: str) -> str | None:
    """Replace the one name of the same kind."""
    found = names_in(f"x {fragment}")
    bare = re.sub(
        r"(?i)^(?:in|at|on|for|from|to|of|by|with|against|the)\s+(?:the\s+)?", "", fragment
    )
    if len(found) != 1 or found[0].text != bare:
        return None
    names = names_in(stem)
    placed = re.match(r"(?i)(?:in|at|near|from)\s", fragment) is not None
    kind = found[0].kind
    alike = [name for name in names if name.kind == kind] if len(names) > 1 else names
    if placed and not [name for name in alike if name.kind == "place"]:
        return None
    if len(alike) != 1:
        return None
    return _put(stem, alike[0].start, alike[0].end, bare)


def _alike(fragment: str, stem: str) -> str | None:
    """Replace the last phrase if it begins with the same preposition, or has the same last word."""
    if asked := _PHRASE.fullmatch(fragment):
        last = _LAST_PHRASE.search(stem)
        if last and last[1].casefold() == asked[1].casefold():
            return _put(stem, last.start(), last.end(), fragment)
        return None
    head = WORD.findall(fragment)[-1].casefold()
    if head in EMPTY:
        return None
    same = re.search(rf"\b(?:the|an?)\s+(?:[^\W_]\S*\s+){{0,2}}{re.escape(head)}\b", stem, re.I)
    return _put(stem, same.start(), same.end(), fragment) if same else None


def _put(stem: str, start: int, end: int, text: str) -> str:
    return stem[:start] + text + stem[end:]
