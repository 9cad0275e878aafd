"""What does a conversation have in focus, and how does that fill what a question leaves open?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.german import PERSONAL_GERMAN, is_german
from qa.conversation.references import SPANS_OF_TIME, Word, is_possessive, references, words_of
from qa.conversation.topics import WORD, Name, carrying_words, names_in, person_in

MAX_TOPIC_WORDS = 12
_HE_OR_SHE = frozenset("he she him her his hers".split())
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose|wer|wen|wem|wessen)\b", re.I)
_IS_WHO = re.compile(r"\b(?:who|wer) (?:is|was|are|were|ist|war|sind|waren)\b", re.I)
_ASKS_WHERE = re.compile(r"\b(?:where|wo)\b", re.I)
_ASKS_WHEN = re.compile(
    r"\b(?:when|wann)\b|\b(?:what|which) (?:day|date|month|year|century)\b", re.I
)
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_MOST_ANSWER_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What the turns so far leave to refer to.

    `question` is the last one as understood; `topic` its carrying words, and those it leaned on;
    `linked` the words of the last turn's question, answer and titles, folded.
    """

    question: str = ""
    topic: tuple[str, ...] = ()
    person: str | None = None
    place: str | None = None
    date: str | None = None
    linked: frozenset[str] = frozenset()


def focus_after(
    typed: str,
    understood: str,
    before: Focus,
    *,
    answer: str | None = None,
    titles: Sequence[str] = (),
    phrase: str | None = None,
) -> Focus:
    """Return the focus after a turn; `before` is empty if the turn began a new topic."""
    said = answer if answer and len(answer.split()) <= _MOST_ANSWER_WORDS else None
    asks_who = bool(_ASKS_WHO.search(typed))
    own = carrying_words(typed)
    known = {word.casefold() for word in own}
    topic = [word for word in before.topic if word.casefold() not in known] + own
    return Focus(
        question=understood,
        topic=tuple(topic[-MAX_TOPIC_WORDS:]),
        person=_person(understood, said) or (None if asks_who else before.person),
        place=_place(understood, said) or before.place,
        date=_date(understood, said) or phrase or before.date,
        linked=frozenset(map(_root, WORD.findall(" ".join([typed, answer or "", *titles])))),
    )


def shares_a_word(question: str, focus: Focus) -> bool:
    """Say whether a short question without a name speaks of what the last turn spoke of.

    >>> focus = focus_after("Where do they breed?", "", Focus(), titles=["The oyster hatchery"])
    >>> shares_a_word("Who owned the hatchery?", focus)
    True
    """
    words = carrying_words(question)
    if names_in(question) or len(words) > 3:
        return False
    return any(len(word) > 3 and _root(word) in focus.linked for word in words)


def resolve(question: str, focus: Focus) -> tuple[str, tuple[str, ...]]:
    """Put what is in focus in the place of a pronoun; return also what was put there.

    >>> resolve("What is her boat called?", Focus(person="Ines Varga"))
    ('What is Ines Varga’s boat called?', ('Ines Varga',))
    """
    words = words_of(question)
    meant = {word.start for word in references(question)}
    for at, word in enumerate(words):
        if word.start in meant and (filled := _filled(question, words, at, focus)):
            text, put = filled
            return text, (put,)
    return question, ()


def _filled(question: str, words: list[Word], at: int, focus: Focus) -> tuple[str, str] | None:
    """Return the question with its word at an index replaced, and what was put there."""
    word = words[at]
    before, after = question[: word.start], question[word.end :]
    if is_german(question):
        put = focus.person if word.plain in PERSONAL_GERMAN else None
        return (before + put + after, put) if put else None
    if word.plain in _HE_OR_SHE and (put := focus.person):
        owns = word.plain in ("his", "hers") or is_possessive(question, words, at)
        return before + put + ("’s" if owns else "") + after, put
    if word.plain == "there" and (put := focus.place):
        return f"{before}in {put}{after}", put
    if word.plain in ("then", "that") and (put := focus.date):
        return _dated(question, words, at, put)
    return None


def _dated(question: str, words: list[Word], at: int, when: str) -> tuple[str, str] | None:
    """Put a date in the place of "then" or "that year", or behind "that day"."""
    start, end = words[at].start, words[at].end
    following = words[at + 1] if at + 1 < len(words) else None
    if words[at].plain == "that":
        if not following or following.plain not in SPANS_OF_TIME:
            return None
        end = following.end
    year = _YEAR.fullmatch(when) and (not following or following.plain not in ("day", "month"))
    put = f"in {when}" if year else f"{question[start:end]} ({when})"
    return question[:start] + put + question[end:], when


def _person(question: str, answer: str | None) -> str | None:
    named = person_in(answer) if answer else None
    names = names_in(question)
    if _ASKS_WHO.search(question) and not _asks_of_one(question, names):
        return named
    for kind in ("person", "name"):
        if found := [name.text for name in names if name.kind == kind]:
            return found[-1]
    return named


def _asks_of_one(question: str, names: list[Name]) -> bool:
    """Say whether a question is "Who is NAME?" and nothing else."""
    if len(names) != 1 or not _IS_WHO.search(question):
        return False
    return len(WORD.findall(question)) == 2 + len(WORD.findall(names[0].text))


def _place(question: str, answer: str | None) -> str | None:
    if answer and _ASKS_WHERE.search(question):
        named = names_in(f"in {answer}")
        return answer if len(named) == 1 and named[0].text == answer else None
    places = [name.text for name in names_in(question) if name.kind == "place"]
    return places[-1] if places else None


def _date(question: str, answer: str | None) -> str | None:
    if answer and _ASKS_WHEN.search(question):
        return answer
    years = _YEAR.findall(question)
    return years[-1] if years else None


def _root(word: str) -> str:
    plain = word.casefold().removesuffix("'s").removesuffix("’s")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") else plain
