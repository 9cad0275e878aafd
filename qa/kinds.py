"""What kind of thing a question asks for, and whether a sentence holds one.

A handful of patterns, each read from the wording alone: "how many votes" asks for a number, at best
one that stands before "votes"; "who" for a name that the question does not know yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|hundreds?|thousands?|millions?|billions?|dozens?|half|thirds?|quarters?|twice|nobody|none"
)
_NUMBER = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.I)
_MONEY = re.compile(
    r"[$€£¥]\s?\d|\b(?:dollars?|euros?|pounds?|crowns?|kron[ae]r?|francs?|yen|yuan|rupees?|pesos?"
    r"|cents?|pence|million|billion)\b|\bfree\b",
    re.I,
)
_SHARE = re.compile(r"%|\bper\s?cent\b|\bpercentage\b|\b(?:half|third|quarter)s?\b", re.I)
_LENGTH_OF_TIME = re.compile(
    rf"\b(?:\d[\d.,]*|a|an|few|several|{_NUMBER_WORDS})[\s-](?:\w+[\s-]){{0,2}}"
    r"(?:second|minute|hour|day|night|week|month|year|decade|centur)",
    re.I,
)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b|\b\d{1,2}[:.]\d\d\b|\bnoon\b|\bmidnight\b", re.I
)
_DATE = re.compile(
    r"\b(?:1[0-9]|20)\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:yesterday|today|tomorrow|tonight|midnight|noon|spring|summer|autumn|winter|centur\w+)\b"
    r"|\b(?:last|next|this) (?:week|month|year|night)\b"
    r"|\b(?:week|month|year|day|hour)s? (?:ago|later|before|after|earlier)\b",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:in|at|on|near|from|to|off|under|behind|beside|outside|inside|into|across)\s+\w"
)
_REASON = re.compile(
    r"\b(?:because|since|due|after|so that|in order|caus\w+|reasons?|blam\w+|led to|owing|as a result"
    r"|failed|failing|prompted|over)\b",
    re.I,
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:(?:de|van|von|of|the|al)\s+)*[A-Z][\w’'-]+)*")
_SPEECH = re.compile(r"[“”\"]|\b(?:said|says|told|added|called|argued|insisted|warned)\b")
_COUNTED = re.compile(r"\bhow many (?:of the |more |other )?(\w+)", re.I)


def _pattern(pattern: re.Pattern[str]) -> Callable[[str, str], bool]:
    return lambda question, sentence: bool(pattern.search(sentence))


def _new_name(question: str, sentence: str) -> bool:
    """Say whether the sentence names somebody or something that the question does not."""
    known = set(re.findall(r"\w+", question.casefold()))
    names = _NAME.finditer(sentence, 1)  # the first letter of a sentence says nothing
    return any(set(re.findall(r"\w+", name[0].casefold())) - known for name in names)


_KINDS: tuple[tuple[re.Pattern[str], Callable[[str, str], bool]], ...] = tuple(
    (re.compile(asked, re.I), holds)
    for asked, holds in (
        (r"\bwhat time\b|\bat what hour\b", _pattern(_CLOCK)),
        (r"\bhow long\b|\bhow soon\b", _pattern(_LENGTH_OF_TIME)),
        (r"\bper\s?cent\b|\bpercentage\b|\bwhat (?:share|proportion)\b|\bturnout\b", _pattern(_SHARE)),
        (r"\bhow much\b.*\b(?:cost|pay|paid|worth|spen[dt]|money|raise|earn|fined?|charge)|\b(?:cost|price|fee|salary|budget)s?\b", _pattern(_MONEY)),
        (r"\bhow (?:many|much|old|far|big|large|tall|high|deep|wide|often|fast|heavy)\b|\bwhat (?:number|amount|size|age|height|distance|speed|margin)\b", _pattern(_NUMBER)),
        (r"\bwhen\b|\b(?:what|which) (?:day|date|year|month|century)\b", _pattern(_DATE)),
        (r"\bwho\b|\bwhom\b|\bwhose\b|\bwhat (?:is|was) the name\b", _new_name),
        (r"\bwhere\b|\b(?:what|which) (?:city|town|country|place|street|river|hotel|airport)\b", _pattern(_PLACE)),
        (r"\bwhy\b|\bwhat (?:caused|made|led)\b|\breason\b", _pattern(_REASON)),
        (r"\bwhat (?:did|does|do) .*\b(?:say|said|think|tell|call|describe)\b|\bhow did .* describe\b", _pattern(_SPEECH)),
    )
)  # fmt: skip
"""How a question asks for a kind of thing, and what shows that a sentence holds one; first match."""


def holds_kind(question: str, sentence: str) -> float:
    """Return 1 if the sentence holds the kind of thing asked for, -1 if not, 0 if none is known.

    >>> holds_kind("When was she elected?", "She won in May 2019."), holds_kind("When?", "She won.")
    (1.0, -1.0)
    """
    for asked, holds in _KINDS:
        if asked.search(question):
            return 1.0 if holds(question, sentence) else -1.0
    return 0.0


def counts_thing(question: str, sentence: str) -> float:
    """Return 1 if "how many X" meets a number shortly before X in the sentence, else 0.

    >>> counts_thing("How many people died?", "Some 40 young people were hurt.")
    1.0
    """
    asked = _COUNTED.search(question)
    if not asked:
        return 0.0
    thing = re.escape(asked[1].rstrip("s"))
    near = rf"(?:\d|\b(?:{_NUMBER_WORDS})\b)[\w.,]*(?:\s+[\w-]+){{0,3}}?\s+{thing}"
    return 1.0 if re.search(near, sentence, re.I) else 0.0
