"""What a question speaks of: the words that carry its topic, and the names in it with their kinds.

Read from closed lists of words and from capital letters alone. A kind is a guess from the words
around a name ("in Eastmere" is a place), good enough to choose between two antecedents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.conversation.german import EMPTY_GERMAN, is_german

Kind = Literal["person", "place", "body", "thing", "name"]

WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")

EMPTY = frozenset(
    "a an and are as at be been but by can could did do does for from get got had has have how i"
    " if in into is many me much my of on or our say said says should so tell than that the to us"
    " was we were what when where which who whom whose why will with would you your about exactly"
    " happened happen long often old".split()
)
"""Words that say nothing about a topic."""

PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs this these those there then one ones"
    " former latter same".split()
)
TIME_WORDS = frozenset(
    "january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday spring summer autumn winter".split()
)
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor capt captain lt sgt sir dame lord lady judge justice"
    " president minister mayor governor senator councillor inspector sister pope king queen"
    " prince princess frau herr".split()
)
_BODY_WORDS = frozenset(
    "academy agency airlines alliance assembly association athletic authority bank board bureau"
    " church city club college commission committee company council courier court department"
    " directorate electric ferries festival foods group guild herald holdings hospital house"
    " industrial industries inquiry institute kitchens laboratory league ledger lines ltd"
    " ministry motors museum news office orchestra organisation organization packet parliament"
    " partners party police post press radio rail railway review robotics rovers school senate"
    " service services society systems team times trust union united university wire works".split()
)
_PLACE_WORDS = frozenset(
    "avenue bay beach bridge coast county district harbour hill island junction lake lane moor"
    " mount mountain port quay river road sea square station street town valley village".split()
)
_PLACED = frozenset(
    "in at on near off from to around across outside inside under behind beside above through"
    " towards".split()
)
_PARTICLES = frozenset("of de la del van von der den the al bin und".split())
_ROLES = frozenset(
    "aide artist author boss bride captain chairman chairwoman chief clerk coach coroner defendant"
    " deputy father founder governor guest head hero heroine judge juror king leader man mayor"
    " mother nurse patient pilot postman president queen skipper spokesman spokeswoman suspect"
    " thief victim widow winner witness woman".split()
)
_ROLE_ENDINGS = ("er", "or", "ist", "ian", "eer", "ess")
_NO_ROLES = frozenset(
    "after before ever former her however latter never number October offer order other over"
    " paper power river september summer under water weather whether winter year".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `[start, end)` of a question, without a possessive ending, and its likely kind."""

    start: int
    end: int
    text: str
    kind: Kind


def carrying_words(question: str) -> list[str]:
    """Return the words that carry a question's topic, in order.

    >>> carrying_words("How much did the tidal barrier cost?")
    ['tidal', 'barrier', 'cost']
    """
    empty = EMPTY_GERMAN if is_german(question) else EMPTY | PRONOUNS
    return [word for word in WORD.findall(question) if word.casefold() not in empty]


def names_in(question: str) -> list[Name]:
    """Return the names of a question in order; the capital of its first word says nothing.

    A German question has none: its capitals do not mark names.

    >>> [(name.text, name.kind) for name in names_in("Did Ines Varga live in Port Hallam?")]
    [('Ines Varga', 'person'), ('Port Hallam', 'place')]
    """
    if question.isupper() or is_german(question):
        return []
    words = list(WORD.finditer(question))
    names: list[Name] = []
    at = 0
    while at < len(words):
        end = _name_end(question, words, at)
        if end > at and (at > 0 or end > 1):
            names.append(_name(question, words, at, end))
        at = max(end, at + 1)
    return names


def person_in(answer: str) -> str | None:
    """Return the person that an answer consists of; None if it is anything else.

    >>> person_in("Nasrin Toft"), person_in("nine days"), person_in("Orme Kitchens of Wexcombe")
    ('Nasrin Toft', None, None)
    """
    shaped = re.fullmatch(r"\W{0,3}([^\W\d_][^,;:()]{1,60}?)\W{0,3}", answer)
    if not shaped:
        return None
    words = shaped[1].split()
    plain = [word.strip(".’'").casefold() for word in words]
    known = any(word in _BODY_WORDS or word in _PLACE_WORDS or word in TIME_WORDS for word in plain)
    capital = all(w[:1].isupper() or w in ("de", "van", "von", "der", "la", "del") for w in words)
    return shaped[1] if capital and not known and 2 <= len(words) <= 5 else None


def is_role(word: str) -> bool:
    """Say whether a word may name a person by what they do.

    >>> is_role("engineer"), is_role("barrier"), is_role("price")
    (True, True, False)
    """
    plain = word.casefold()
    return plain in _ROLES or (
        len(plain) > 4 and plain.endswith(_ROLE_ENDINGS) and plain not in _NO_ROLES
    )


def _name_end(question: str, words: list[re.Match[str]], at: int) -> int:
    """Return the index after the last word of the name that begins at `at`; `at` if none does."""
    if not _is_capital(words[at][0]):
        return at
    end = at + 1
    while end < len(words) and _joined(question, words, end):
        if _is_capital(words[end][0]):
            end += 1
        elif (
            words[end][0] in _PARTICLES
            and end + 1 < len(words)
            and _is_capital(words[end + 1][0])
            and _joined(question, words, end + 1)
        ):
            end += 2
        else:
            break
    return end


def _is_capital(word: str) -> bool:
    plain = word.casefold()
    return (
        word[0].isupper()
        and plain not in EMPTY
        and plain not in PRONOUNS
        and plain not in TIME_WORDS
    )


def _joined(question: str, words: list[re.Match[str]], at: int) -> bool:
    """Say whether a word stands beside the one before it, in the same name."""
    before = words[at - 1]
    if before[0].endswith(("'s", "’s")):
        return False
    between = question[before.end() : words[at].start()]
    title = before[0].casefold() in _TITLES or len(before[0]) == 1
    return between == " " or between in "–-" or (title and between == ". ")


def _name(question: str, words: list[re.Match[str]], at: int, end: int) -> Name:
    start, stop = words[at].start(), words[end - 1].end()
    text = question[start:stop]
    if text.endswith(("'s", "’s")):
        text = text[:-2]
    before = words[at - 1][0].casefold() if at else ""
    plain = {word.casefold() for word in WORD.findall(text)}
    return Name(start, start + len(text), text, _kind(plain, text, before))


def _kind(plain: set[str], text: str, before: str) -> Kind:
    if plain & _TITLES and len(plain) > 1 and before != "the":
        return "person"
    if plain & _BODY_WORDS:
        return "body"
    if before in _PLACED or plain & _PLACE_WORDS:
        return "place"
    if before == "the" or text.isupper():
        return "body" if " " in text else "thing"
    return "person" if 2 <= len(text.split()) <= 4 else "name"
