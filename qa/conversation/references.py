"""What a question refers to outside itself, and what the conversation has in focus to fill it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.conversation.german import german_references, is_german, leans_in_german
from qa.conversation.topics import EMPTY, WORD, Name, carrying_words, is_role, names_in

_LEADS_ON = re.compile(r"\s*(?:what about|how about|since when|why not)\b", re.I)
_JOINS_ON = re.compile(r"\s*(?:and|but|or|so)\b", re.I)
_PERSONAL = frozenset("he she him her his hers".split())
_IMPERSONAL = frozenset("it its they them their theirs".split())
_POSSESSIVE = frozenset("his its their".split())
_OBJECTS = frozenset("him her them".split())
_DETERMINERS = frozenset("the a an which what many each every these those this that".split())
_BOUNDARIES = frozenset(
    "when that because after before if whether while until since although though and but who which"
    " where why how".split()
)
_SAYING = frozenset(
    "say says said saying think thinks thought believe believed claim claimed admit admitted argue"
    " argued find found deny denied show showed shown warn warned announce announced promise"
    " promised agree agreed insist insisted rule ruled decide decided hope hoped know knew expect"
    " expected fear feared tell told suggest suggested report reported learn learnt learned note"
    " noted estimate estimated predict predicted prove proved so".split()
)
_BEING = frozenset("is are was were be been being has have had will would can could".split())
_DOING = _BEING | frozenset("did does do about of for from with by in on at after before".split())
SPANS_OF_TIME = frozenset(
    "morning afternoon evening night day weekend week month quarter year decade century spring"
    " summer autumn fall winter time days weeks months years".split()
)
_PICKS = frozenset("which that this first last other another new old next the only".split())
_SAME_THING = SPANS_OF_TIME | frozenset(
    "person man woman place building thing company people".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: its place, as written, and folded to lower case."""

    start: int
    end: int
    text: str
    plain: str


def words_of(question: str) -> list[Word]:
    """Return the words of a question in order."""
    return [
        Word(m.start(), m.end(), m[0], m[0].casefold().removesuffix("'s").removesuffix("’s"))
        for m in WORD.finditer(question)
    ]


def leans_on_history(question: str) -> bool:
    """Say whether a question refers to something outside itself, or is too short to be one.

    >>> leans_on_history("When was she elected?"), leans_on_history("Who won the mayoral election?")
    (True, False)
    """
    names, carrying = names_in(question), carrying_words(question)
    if is_german(question):
        return leans_in_german(question, len(carrying))
    if _LEADS_ON.match(question) or any(references(question)):
        return True
    if _JOINS_ON.match(question):
        return not names or len(carrying) < 3
    return len(carrying) < 2 and not names


def references(question: str) -> list[Word]:
    """Return the words of a question that stand for something that it does not name itself.

    >>> [word.text for word in references("What did Ines Varga say of him when she retired?")]
    ['him']
    """
    words, names = words_of(question), names_in(question)
    if is_german(question):
        starts = set(german_references(question))
        return [word for word in words if word.start in starts]
    return [
        word
        for at, word in enumerate(words)
        if (
            not _is_bound(question, words, at, names)
            if word.plain in _PERSONAL or word.plain in _IMPERSONAL
            else _points_back(words, at)
        )
    ]


def is_possessive(question: str, words: list[Word], at: int) -> bool:
    """Say whether the pronoun at an index owns the word after it ("her boat")."""
    word = words[at]
    if word.plain in _POSSESSIVE:
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    return (
        word.plain == "her"
        and following is not None
        and following.plain not in EMPTY
        and question[word.end : following.start].isspace()
    )


def _is_bound(question: str, words: list[Word], at: int, names: list[Name]) -> bool:
    """Say whether a pronoun is explained by what stands before it in the same question."""
    pronoun = words[at]
    person = pronoun.plain in _PERSONAL
    ends = _antecedents(words[:at], names, pronoun.start, person=person)
    if not ends:
        return False
    if is_possessive(question, words, at):
        return True
    between = [word for word in words[:at] if word.start >= ends[0]]
    said = bool(between) and between[-1].plain in _SAYING and pronoun.plain not in _OBJECTS
    parted = any(word.plain in _BOUNDARIES for word in between)
    return said or parted or any(sign in question[ends[0] : pronoun.start] for sign in ",;")


def _antecedents(before: list[Word], names: list[Name], until: int, *, person: bool) -> list[int]:
    """Return where the things end, before `until`, that a pronoun may stand for, first to last."""
    named = [n for n in names if n.end <= until and (not person or n.kind in ("person", "name"))]
    ends = [name.end for name in named]
    if person:
        ends += [word.end for word in before if is_role(word.plain)]
    else:
        carrying = [word for word in before if word.plain not in EMPTY]
        ends += [
            word.end
            for at, word in enumerate(before)
            if word.plain not in EMPTY
            and any(earlier.plain in _DETERMINERS for earlier in before[max(0, at - 2) : at])
        ]
        ends += [carrying[1].end] if len(carrying) >= 2 else []
    return sorted(ends)


def _points_back(words: list[Word], at: int) -> bool:
    """Say whether a demonstrative points at something before the question."""
    word = words[at].plain
    before = words[at - 1].plain if at else ""
    after = words[at + 1].plain if at + 1 < len(words) else ""
    if word == "there":
        return after not in _BEING and (before not in _BEING or not after)
    if word == "that":
        return _that_points_back(words, at, before, after)
    if word in ("this", "these", "those"):
        return after not in SPANS_OF_TIME and not (word == "those" and after in ("who", "of"))
    if word in ("one", "ones"):
        return before in _PICKS and (not after or after in EMPTY)
    if word in ("former", "latter"):
        return before == "the" and (not after or after in EMPTY)
    if word == "same":
        return before == "the" and (not after or after in _SAME_THING)
    return word == "then"


def _that_points_back(words: list[Word], at: int, before: str, after: str) -> bool:
    """Tell "owns that line" from "the line that failed" and "said that it failed"."""
    if not before or not after or after in _SAME_THING:
        return True
    if after in _BEING or before in _SAYING:
        return False
    headed = any(word.plain in _DETERMINERS for word in words[max(0, at - 3) : at])
    return before in _DOING or (not headed and len(words) - at <= 4 and after not in _DETERMINERS)
