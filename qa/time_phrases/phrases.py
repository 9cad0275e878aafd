"""Which days does a question speak of: "last week", "in January", "zwischen März und Mai 2025"?

English and German, from closed lists of words and bounded patterns: a phrase is recognised with its
exact place or not at all, and what may be a name or a verb ("April Jones", "may") is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qa.time_phrases.expressions import READERS, Expression
from qa.time_phrases.periods import Period, within

__all__ = ["Period", "period_in", "within"]

_ASKS_WHEN = re.compile(
    r"\W*(?:(?:and|but|so|or|und|aber|also)\s+)?"
    r"(?:(?:since|until|till|from|by|about|around|on|in|at|during|seit|bis|ab|an)\s+)?"
    r"(?:when|wann|how\s+long\s+ago|(?:what|which)\s+(?:day|date|week|month|year|decade|century)"
    r"|what(?:['’]s|\s+is|\s+was)\s+the\s+(?:day|date|month|year)"
    r"|welche[mnrs]?\s+(?:tag|datum|woche|monat|jahr|jahrzehnt|jahrhundert))\b",
    re.I,
)
_QUOTED = re.compile(
    r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|»[^«»]*«|„[^“”]*[“”]|‘[^‘]*’(?!\w)|(?<!\w)'[^']*'(?!\w)"
)
_AT = r"in|during|throughout|within|on|over|im|am|während"
_PLACED = re.compile(
    rf"\b(?P<word>{_AT}|since|from|starting|after|until|till|through|up\s+to|before|prior\s+to"
    r"|between|seit|ab|von|vom|nach|bis|vor|zwischen)\s+"
    r"(?:(?:the|den|dem|der|zum|zur)\s+)?(?:(?:year|jahre?)\s+)?\Z",
    re.I,
)
_JOIN = re.compile(
    r"\s{0,3}(?:-|–|—|to|until|till|through|and|bis(?:\s+zum)?|und)\s{1,3}|[-–—]", re.I
)
_OPENS = {"since", "starting", "seit", "ab"}
_AFTER = {"after", "nach"}
_UNTIL = {"until", "till", "through", "up to", "bis"}
_BEFORE = {"before", "prior to", "vor"}
_SPANS = {"between", "from", "zwischen", "von", "vom"}
_ON = {"on", "am"}
_SURELY_TIME = {"im", "am", "seit", "ab", "vor", "nach", "bis", "zwischen", "von", "vom"}
_CHARS_BEFORE = 24
_ONE_I = str.maketrans("ıİ", "iI")
"""The i of Turkish keyboards: patterns take it for an i, but casefold() does not."""
_FORMS = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-]*\w)", re.I), read) for pattern, read in READERS
)


def period_in(question: str, today: date) -> Period | None:
    """Return the days that a question speaks of; None if it names none or asks for the time.

    A phrase that counts from today ("last week") comes before one that does not; otherwise the
    first is taken. A month, day or season without a year is the latest one that is not in the
    future; seasons are northern. Weeks begin on Monday. "The past week" ends today, "last week" is
    the calendar week before. Nothing but an explicitly named date lies after `today`.

    Args:
        question: As typed.
        today: The day that phrases count from.

    >>> found = period_in("Who resigned last week?", date(2025, 3, 12))
    >>> found.phrase, str(found.since), str(found.until)
    ('last week', '2025-03-03', '2025-03-09')
    """
    if _ASKS_WHEN.match(question):
        return None
    periods = list(_periods(question, today))
    return next((p for p in periods if p.relative), periods[0] if periods else None)


def _periods(question: str, today: date) -> Iterator[Period]:
    quoted = [match.span() for match in _QUOTED.finditer(question)]
    found = [
        expression
        for expression in _expressions(question, today)
        if not any(expression.start < end and start < expression.end for start, end in quoted)
    ]
    used = -1
    for at, expression in enumerate(found):
        if at <= used:
            continue
        placed = _placed(question, expression.start)
        last = found[at + 1] if at + 1 < len(found) else None
        if last and _are_joined(question, expression, last, placed[1]):
            used = at + 1
            period = _between(question, expression, last, placed[0])
        else:
            period = _alone(question, expression, placed)
        if period:
            yield period


def _placed(question: str, start: int) -> tuple[int, str]:
    """Return where the preposition before `start` begins, and the preposition; "" if none."""
    left = max(0, start - _CHARS_BEFORE)
    found = _PLACED.search(question[left:start])
    if not found:
        return start, ""
    return left + found.start(), " ".join(found["word"].translate(_ONE_I).casefold().split())


def _are_joined(question: str, first: Expression, last: Expression, word: str) -> bool:
    """Say whether two expressions are the ends of one: "from first to last", "first–last"."""
    joint = question[first.end : last.start]
    dashed = joint.strip() in ("-", "–", "—") and (bool(word) or not first.needs_preposition)
    return _JOIN.fullmatch(joint) is not None and (word in _SPANS or dashed)


def _between(question: str, first: Expression, last: Expression, start: int) -> Period | None:
    since = first.before(last).since if first.of_year else first.since
    if since > last.until:
        return None
    relative = first.relative and last.relative
    return _period(question, start, last.end, since, last.until, relative=relative)


def _alone(question: str, expression: Expression, placed: tuple[int, str]) -> Period | None:
    start, word = placed
    if expression.needs_preposition and not word:
        return None
    if expression.is_named_like and _continues_as_name(question, expression.end, word):
        return None
    if word in _ON and not expression.takes_on:
        return None
    if word in ("between", "zwischen"):
        return None
    since, until = _days(expression, word)
    if since > until:
        return None
    return _period(question, start, expression.end, since, until, relative=expression.relative)


def _days(expression: Expression, word: str) -> tuple[date, date]:
    if word in _OPENS:
        return expression.since, date.max
    if word in _AFTER:
        following = min(expression.until.toordinal() + 1, date.max.toordinal())
        return date.fromordinal(following), date.max
    if word in _UNTIL:
        return date.min, expression.until
    if word in _BEFORE:
        return date.min, date.fromordinal(max(expression.since.toordinal() - 1, 1))
    return expression.since, expression.until


def _continues_as_name(question: str, end: int, word: str) -> bool:
    """Say whether a capitalised word follows: "in April Jones’s view", "the Sunday Times"."""
    return (
        word not in _SURELY_TIME
        and re.match(r"[ -][^\W\d_a-z]", question[end : end + 2]) is not None
    )


def _period(
    question: str, start: int, end: int, since: date, until: date, *, relative: bool
) -> Period:
    return Period(
        since=since,
        until=until,
        phrase=question[start:end],
        start=start,
        end=end,
        relative=relative,
    )


def _expressions(question: str, today: date) -> list[Expression]:
    """Return the time expressions of a question in order; of those that overlap, the longest."""
    read_as = question.translate(_ONE_I)  # character for character: places stay
    found = [
        expression
        for pattern, read in _FORMS
        for match in pattern.finditer(read_as)
        if (expression := read(match, today))
    ]
    found.sort(key=lambda e: (e.start - e.end, e.start))
    chosen: list[Expression] = []
    taken = bytearray(len(question))
    for expression in found:
        if not any(taken[expression.start : expression.end]):
            taken[expression.start : expression.end] = b"\1" * (expression.end - expression.start)
            chosen.append(expression)
    return sorted(chosen, key=lambda e: e.start)
