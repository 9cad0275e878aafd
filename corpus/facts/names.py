"""Names of people, as bylines give them."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    "de da do dos das del della di la le van von der den zu ten ter al el bin ibn ben y e".split()
)
NOT_A_NAME = frozenset(
    "staff editor editors editorial board reporter reporters correspondent writer contributor desk"
    " newsroom redaktion rédaction redacción redazione redação team agencies agency wire wires"
    " press news service the a an this that staffer guest our reuters bloomberg dpa afp efe ansa"
    " xinhua upi edition ausgabe édition edición edizione edição page section".split()
)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐])*")
_UPPER_NAME = re.compile(r"[A-Z][A-Z.'’-]+")
MOST_NAME_WORDS = 5
_UNCASED_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}"
    r"|[\u30a0-\u30ff\u4e00-\u9fff]{2,8}(?:[·・ ][\u30a0-\u30ff\u4e00-\u9fff]{1,8})?"
    r"|[\u0620-\u064a]{2,12}(?: [\u0620-\u064a]{2,12}){1,3}"
    r"|[\u0900-\u097f]{2,14}(?: [\u0900-\u097f]{2,14}){1,2}"
)


def is_person(text: str) -> bool:
    """Say whether what a byline says is a person, in a script without capitals too."""
    return is_name(text) or _UNCASED_NAME.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Say whether a text could be a person's name: two to five words with capitals, no more.

    >>> is_name("Ana de la Cruz"), is_name("Staff Writer"), is_name("the river")
    (True, False, False)
    """
    words = text.split()
    if not 2 <= len(words) <= MOST_NAME_WORDS or not words[0][0].isupper():
        return False
    if any(word.casefold().strip(".,") in NOT_A_NAME for word in words):
        return False
    return all(_NAME.fullmatch(w) and (w[0].isupper() or w in PARTICLES) for w in words)


def readable_name(name: str) -> str:
    """Return a name that is all in capitals as it is usually written."""
    words = name.split()
    if all(_UPPER_NAME.fullmatch(w) or w.casefold() in PARTICLES for w in words):
        return " ".join(w.title() if len(w.strip(".")) > 2 else w for w in words)
    return " ".join(words)
