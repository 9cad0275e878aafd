"""Chat turns to a question that stands alone, without a language model.

A question that leans on what was asked before ("And who paid for it?") is completed with the words
that carried the earlier question's topic; one that stands on its own is left exactly as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_REFERS = frozenset(
    "he she it they him her them his hers its their theirs this these those there then one ones"
    " former latter same".split()
)
_LEADS_ON = re.compile(r"^\s*(?:and|but|or|so|what about|how about|since when|why not)\b", re.I)
_EMPTY = frozenset(
    "a an and are as at be been but by can could did do does for from get got had has have how i"
    " if in into is many me much my of on or our say said says should so tell than that the to us"
    " was we were what when where which who whom whose why will with would you your about exactly"
    " happened happen long often old".split()
)
MAX_TOPIC_WORDS = 12


def standalone_question(question: str, history: Sequence[str] = ()) -> str:
    """Return `question` so that it can be understood without the conversation.

    Args:
        question: The newest turn.
        history: The earlier questions of the conversation, oldest first.

    >>> standalone_question("And who paid for it?", ["How much did the tidal barrier cost?"])
    'And who paid for it? (tidal barrier cost)'
    >>> standalone_question("Who is Ines Varga?", ["How much did the tidal barrier cost?"])
    'Who is Ines Varga?'
    """
    topic: list[str] = []
    for earlier in history:
        topic = _topic(earlier, topic)
    if not topic or not leans_on_history(question):
        return question
    known = {word.casefold() for word in _WORD.findall(question)}
    added = [word for word in topic if word.casefold() not in known]
    return f"{question} ({' '.join(added)})" if added else question


def leans_on_history(question: str) -> bool:
    """Say whether a question refers to something outside itself, or is too short to be one.

    >>> leans_on_history("When was she elected?"), leans_on_history("Who won the mayoral election?")
    (True, False)
    """
    words = [word.casefold() for word in _WORD.findall(question)]
    if _LEADS_ON.match(question) or any(word in _REFERS for word in words):
        return True
    return len(_carrying_words(question)) < 2 and not _has_name(question)


def _topic(question: str, before: list[str]) -> list[str]:
    """Return the topic words after `question`: its own, and the ones before if it leans on them."""
    own = _carrying_words(question)
    if before and leans_on_history(question):
        known = {word.casefold() for word in own}
        own = [word for word in before if word.casefold() not in known] + own
    return own[-MAX_TOPIC_WORDS:]


def _carrying_words(question: str) -> list[str]:
    words = _WORD.findall(question)
    return [w for w in words if w.casefold() not in _EMPTY and w.casefold() not in _REFERS]


def _has_name(question: str) -> bool:
    """Say whether a word after the first is capitalised."""
    return any(word[0].isupper() for word in _WORD.findall(question)[1:])
