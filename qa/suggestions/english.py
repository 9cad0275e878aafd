"""Which questions does an English sentence answer?

The subject gives way to “Who” or “What”, or an auxiliary goes before it; where English needs “did”,
only verbs whose base form is known are used (`suggestion_english_words`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import qa.suggestions.english_patterns as patterns
from qa.suggestions.anchors import anchors_in, in_full
from qa.suggestions.english_words import (
    COUNT_BASES,
    ENGLISH,
    EVENT_BASES,
    MONEY_BASES,
    NO_PERSON_NAME,
    OBJECT_BASES,
    SINGULAR_BASES,
)
from qa.suggestions.patterns import Draft, drafted, is_in, words_inside

ROLE_WORDS = 3
"""More of them tell who somebody is; “the chief executive” does not."""


class EnglishArticle:
    """What can be asked about one article in English."""

    def __init__(self, text: str) -> None:
        self._is_english = is_in(ENGLISH, text)
        self._words = words_inside(text)
        self._anchors = anchors_in(text)

    def drafts(self, sentence: str, start: int) -> Iterator[Draft]:
        """Yield the questions that a plain sentence, which begins at `start`, answers."""
        if not self._is_english or not (line := self._inside(sentence)):
            return
        said = patterns.SAID.match(line)
        clauses = [line, said["clause"]] if said else [line]
        for clause in dict.fromkeys(
            [*clauses, *(in_full(c, self._anchors, start) for c in clauses)]
        ):
            for make in (_who, _what, _when, _where, _how_much, _how_many, _how_long):
                yield from make(clause)

    def _inside(self, sentence: str) -> str | None:
        """Return a sentence as it goes on behind other words: “the barrier …”, not “The barrier …”.

        None if it cannot be told whether its first word keeps its capital letter.
        """
        first, _, rest = sentence.partition(" ")
        word = first.rstrip(",").removesuffix("’s").removesuffix("'s")
        lower = first[0].lower() + sentence[1:]
        if patterns.FUNCTION_WORD.fullmatch(word):
            return lower
        if rest[:1].isupper() or word[1:2].isupper() or first.endswith((".", "’s", "'s")):
            return sentence
        if word.lower() in self._words:
            return lower
        return sentence if word in self._words else None


def _who(clause: str) -> Iterator[Draft]:
    for pattern in (patterns.DOER, patterns.WHO_CLAUSE):
        for found in _of_persons(pattern, clause):
            if not found["verb"].endswith(" the") or patterns.SOMEBODY.search(found["rest"]):
                yield from _draft(f"Who {found['verb']} {found['rest']}", found["who"], "who")
    for found in _of_persons(patterns.ROLE, clause):
        yield from _draft(f"Who is the {found['role']} {found['of']}", found["who"], "who is")
    for found in _of_persons(patterns.BY, clause):
        yield from _draft(f"Who {found['verb']} {found['what']}", found["who"], "who")
    for found in filter(_is_telling, _of_persons(patterns.KNOWN_AS, clause)):
        yield from _draft(f"Who is {found['who']}", found["aside"], "who is")


def _with_subject(pattern: re.Pattern[str], clause: str) -> re.Match[str] | None:
    """Return a match whose subject, if it is “the …”, holds a name that tells which one."""
    found = pattern.match(clause)
    if found is None or not found["what"].startswith("the "):
        return found
    return found if any(map(str.isupper, found["what"])) else None


def _is_telling(found: re.Match[str]) -> bool:
    """Say whether words behind a name tell who that is: more than “the guild’s master”."""
    aside = found["aside"]
    words = aside.split()
    what = re.split(r" (?:of|in|at|for|from|with|that|who|whose)\b", aside)[0]
    return (
        len(words) > ROLE_WORDS
        and words[1][-2:] not in {"’s", "'s"}
        and bool(patterns.SOMEBODY.search(what))
    )


def _of_persons(pattern: re.Pattern[str], clause: str) -> Iterator[re.Match[str]]:
    return (m for m in pattern.finditer(clause) if not NO_PERSON_NAME.search(m["who"]))


def _what(clause: str) -> Iterator[Draft]:
    if (found := _with_subject(patterns.CAUSE, clause)) and found["what"][0].islower():
        yield from _draft(f"What {found['verb']} {found['rest']}", found["what"], "what")
    for found in _of_persons(patterns.DID_WHAT, clause):
        base = OBJECT_BASES[found["verb"]]
        yield from _draft(f"What did {found['who']} {base}", found["what"], "what")
    if found := _with_subject(patterns.WHY, clause):
        yield from _draft(_asked("Why", found), found["why"], "why")


def _when(clause: str) -> Iterator[Draft]:
    for pattern in (patterns.AUX_WHEN, patterns.WHEN_AUX):
        if found := _with_subject(pattern, clause):
            yield from _draft(_asked("When", found), found["date"], "when")
    if found := _with_subject(patterns.DID_WHEN, clause):
        done = f"{found['what']} {EVENT_BASES[found['verb']]}{found['rest']}"
        yield from _draft(f"When did {done}", found["date"], "when")
    if found := patterns.SINCE.match(clause):
        yield from _draft(f"When was {found['what']} {found['verb']}", found["date"], "when")


def _where(clause: str) -> Iterator[Draft]:
    if found := _with_subject(patterns.WHERE, clause):
        question = f"Where {found['aux']} {found['what']} {found['verb']}"
        yield from _draft(question, found["place"], "where")


def _asked(word: str, found: re.Match[str]) -> str:
    return f"{word} {found['aux'] or found['will']} {found['what']} {found['rest']}"


def _how_much(clause: str) -> Iterator[Draft]:
    if found := _with_subject(patterns.COST, clause):
        auxiliary = _auxiliary(found["verb"])
        yield from _draft(f"How much {auxiliary} {found['what']} cost", found["sum"], "how much")
    if found := _with_subject(patterns.PAID, clause):
        done = f"{found['what']} {MONEY_BASES[found['verb']]} {found['rest']}"
        yield from _draft(f"How much did {done}", found["sum"], "how much")


def _auxiliary(verb: str) -> str:
    """Return what goes before the subject: of “will cost” the first word, of “costs” “does”."""
    auxiliary, _, word = verb.rpartition(" ")
    return auxiliary or ("does" if word.endswith("s") else "did")


def _how_many(clause: str) -> Iterator[Draft]:
    if found := patterns.COUNTED.match(clause):
        yield from _draft(f"How many {found['noun']} {found['rest']}", found["sum"], "how many")
    if found := _with_subject(patterns.COUNT, clause):
        verb, what = found["verb"], found["what"]
        now = SINGULAR_BASES.get(verb)
        done = f"does {what} {now}" if now else f"did {what} {COUNT_BASES[verb]}"
        question = f"How many {found['noun']} {done}{found['rest']}"
        yield from _draft(question, found["sum"], "how many")


def _how_long(clause: str) -> Iterator[Draft]:
    if (found := _with_subject(patterns.LASTED, clause)) and found["verb"] not in {"last", "take"}:
        base = "last" if "last" in found["verb"] else "take"
        question = f"How long {_auxiliary(found['verb'])} {found['what']} {base}"
        yield from _draft(question, found["sum"], "how long")
    if found := _with_subject(patterns.MEASURE, clause):
        auxiliary, _, be = found["verb"].partition(" ")
        question = f"How {found['rest']} {auxiliary} {found['what']} {be}"
        yield from _draft(question, found["sum"], "how long")


def _draft(question: str, expected: str, kind: str) -> Iterator[Draft]:
    return drafted(question, expected, kind, ENGLISH)
