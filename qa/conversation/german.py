"""Is a question German, and does it lean on what was asked before it?

German capitals do not mark names, so that words alone must tell: fewer cases than in English.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_ONLY_GERMAN = frozenset(
    "wer wen wem wessen wo wohin woher wann wie warum wieso weshalb wozu welche welcher welches"
    " welchen welchem ist und wird wurde wurden sind hatte hatten haben für über dass nicht gibt"
    " aber".split()
)
EMPTY_GERMAN = _ONLY_GERMAN | frozenset(
    "der die das den dem des ein eine einen einem einer eines war waren hat als am an auf aus bei"
    " bis da damit darf denn doch dürfen er es sie ihn ihm ihr ihre ihren ihrem ihrer ihres sein"
    " seine seinen seinem seiner seines im in ins ja kann können man mit muss nach noch nun nur ob"
    " schon sehr seit so soll sollen sollte sich um uns unter viel viele vom von vor was werden"
    " wir wollte will worden zu zum zur zwischen dort damals dann davon dafür dazu darüber daran"
    " darauf danach dabei darin diese dieser dieses diesen diesem geschah passiert passierte lange"
    " genau also oder gab".split()
)
_REFERS = frozenset(
    "er sie ihn ihm ihr ihre ihren ihrem ihrer ihres sein seine seinen seinem seiner seines es dort"
    " damals davon dafür dazu darüber daran darauf danach dabei darin".split()
)
PERSONAL_GERMAN = frozenset("er sie ihn ihm".split())
_LEADS_ON = re.compile(
    r"\s*(?:(?:und\s+)?(?:was|wie) (?:ist|steht|war) (?:es )?(?:mit|um)|seit wann|warum nicht)\b",
    re.I,
)
_JOINS_ON = re.compile(r"\s*(?:und|aber|oder|also)\b", re.I)


def is_german(question: str) -> bool:
    """Say whether a question holds a word that only a German one has.

    >>> is_german("Wer fand das Leck?"), is_german("Who found the leak?"), is_german("Und 2024?")
    (True, False, True)
    """
    return any(word in _ONLY_GERMAN for word in _words(question))


def leans_in_german(question: str, carrying: int) -> bool:
    """Say whether a German question with so many carrying words leans on the conversation.

    >>> leans_in_german("Wo arbeitet sie?", 1), leans_in_german("Wer gewann die Wahl in Orme?", 3)
    (True, False)
    """
    if _LEADS_ON.match(question) or carrying < 2:
        return True
    return bool(german_references(question)) or (
        _JOINS_ON.match(question) is not None and carrying < 3
    )


def german_references(question: str) -> list[int]:
    """Return where the pronouns stand that the question does not explain itself, in code points."""
    found = []
    words = list(_WORD.finditer(question))
    for at, word in enumerate(words):
        around = {w[0].casefold() for w in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])}
        there_is = word[0].casefold() == "es" and around & {
            "gibt",
            "gab",
            "geht",
            "ging",
            "handelt",
        }
        explained = "," in question[: word.start()]
        if word[0].casefold() in _REFERS and word[0] != "Sie" and not there_is and not explained:
            found.append(word.start())
    return found


def _words(question: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(question)]
