"""Which barrier is “the barrier”? What an article calls it where it says it in full.

A question must be understood by someone who has not read the article. Where the article speaks of
exactly one “tidal barrier at Orme”, that is what its “the barrier” further down means.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from qa.suggestions.english_words import MONTHS, NO_START, WEEKDAYS
from qa.suggestions.patterns import NAME_WORD, UPPER

_NAME = rf"(?!(?:{'|'.join([*MONTHS, *WEEKDAYS, *NO_START])})\b){NAME_WORD}"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,2}}(?![’'\w])"
_BEHIND = re.compile(
    rf"\b[Tt]he (?P<full>(?:[a-z]+ )?(?P<head>[a-z]+) (?:of|in|at|on|across|between|near|beneath"
    rf"|under)"
    rf"(?: the)?(?: (?:mouth|edge|foot|top|river|city|town) (?:of )?(?:the )?)?(?: )?{_NAMES}(?:"
    rf" and {_NAMES})?)"
)
_BEFORE = re.compile(
    rf"\b[Tt]he (?P<full>{_NAMES} (?P<head>[a-z]{{4,}}))\b(?! [a-z]+(?:s|er|or|ist)\b)"
)
_PROPER = re.compile(
    rf"\b[Tt]he (?P<full>{_NAME}(?: {_NAME}){{0,3}} (?P<head>{_NAME}))(?![’'\w]| [{UPPER}])"
)
_NO_HEADS = frozenset(
    "end rest start side part middle centre center time day year first last beginning number"
    " many most one two some people north south east west edge corner name lot kind out all back"
    " front said was were had has with when then into will would from that which more than"
    " and".split()
)

Anchors = Mapping[str, tuple[str, int]]


def anchors_in(text: str) -> Anchors:
    """Return by noun how a text names the one thing it calls that, and where it does so first.

    >>> anchors_in("The tidal barrier at Orme cost much. Orme likes the barrier.")
    {'barrier': ('tidal barrier at Orme', 4)}
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for pattern in (_BEHIND, _BEFORE, _PROPER):
        for match in pattern.finditer(text):
            head = match["head"].lower()
            if head not in _NO_HEADS:
                found[head].setdefault(match["full"], match.start("full"))
    return {head: next(iter(fulls.items())) for head, fulls in found.items() if len(fulls) == 1}


def in_full(clause: str, anchors: Anchors, before: int) -> str:
    """Return a clause with the first thing that it calls by one noun alone called in full.

    `before` is where the clause begins in the text: what is only named later is left as it is.
    """
    for match in re.finditer(
        r"\bthe (?P<head>[a-z]+)\b(?=[ .,])(?! (?:of|in|at|on|across)\b)", clause
    ):
        full, at = anchors.get(match["head"], ("", before))
        if at < before and full not in clause:
            return f"{clause[: match.start('head')]}{full}{clause[match.end('head') :]}"
    return clause
