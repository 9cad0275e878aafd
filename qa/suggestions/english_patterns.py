"""What English sentences look like from which a question can be made; one pattern each.

The groups: `what` is the subject of a plain clause, `who` the name of somebody, `rest` what follows
the verb and goes into the question, and `sum`, `date`, `place`, `why` what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from qa.suggestions.english_words import (
    AUXILIARIES,
    COUNT_BASES,
    DEEDS,
    EVENT_BASES,
    MONEY_BASES,
    MONTHS,
    NO_DEED,
    NO_PERSON,
    NO_START,
    NO_SUBJECT,
    NUMBERS,
    OBJECT_BASES,
    OFFICES,
    PARTICIPLES,
    PERSONS,
    PLURAL_PAST,
    ROLES,
    SINGULAR_BASES,
    UNITS,
    WEEKDAYS,
)
from qa.suggestions.patterns import NAME_WORD, PERSON


def _one_of(words: Collection[str]) -> str:
    return "(?:" + "|".join(words) + ")"


_NUMBER = r"(?:\d[\d,.]*\d|\d)"
_ABOUT = r"(?:(?:about|around|nearly|almost|roughly|more than|at least|up to|some|an estimated) )?"
_MONEY = (
    rf"{_ABOUT}(?:[$£€]{_NUMBER}(?:(?: (?:million|billion|thousand)|m|bn)\b)?|{_NUMBER}"
    rf" (?:(?:million"
    r"|billion|thousand) )?(?:crowns|euros|pounds|dollars|francs|kronor|yen))"
)
_MONTH, _DAY = _one_of(MONTHS), _one_of(WEEKDAYS)
_DATE = (
    rf"(?:on (?:{_DAY},? )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?"
    rf"|in {_MONTH}(?: \d{{4}})?(?! \d)|in (?:1[5-9]|20)\d\d|in the (?:spring|summer|autumn"
    rf"|winter) of \d{{4}})"
)
# Where a clause is over, so that what follows can be left out of the question.
_WHEN_SAID = rf"(?: (?:on {_DAY}(?: (?:morning|evening|night))?|last \w+|yesterday|this \w+))?"
_GOES_ON = r",? (?:according to|but|when|after|because|although|while) "
_END = (
    rf"{_WHEN_SAID}(?:\.$|{_GOES_ON}|, (?:who|which|where|whose|making|including|with|and (?:it"
    rf"|he|she|they"
    r"|the|has|was|is|will)|[^,]{3,40} said)\b)"
)
_END_OF_FACT = rf"{_WHEN_SAID}(?:\.$|{_GOES_ON}|,? and |, )"
"""After a date or a sum, which no list goes on behind."""
_AUXILIARY = _one_of(AUXILIARIES)
_NO_VERB = rf"(?!(?:{_AUXILIARY}|{_one_of(NO_SUBJECT)}|[a-z]+ed)\b)"
_NO_START = rf"(?!(?:{_one_of(NO_START)}|\w+ly)\b)"
_SUBJECT = rf"^(?P<what>{_NO_START}{_NO_VERB}[\w’'-]+(?: {_NO_VERB}[\w’'.-]+){{0,9}}?)"
_SOMEONE = rf"(?P<who>{_NO_START}{PERSON})(?:, (?:aged )?\d{{2}})?"
_ASIDE = r"(?:,? [^,]+,)?"
_REST = (
    r"(?P<rest>(?!(?:by|as|from|during|under) )"
    rf"(?:(?! (?:{_AUXILIARY}|did|who|whose|that)\b)[^,])+?)"
)
_VERBAL = (
    rf"(?:(?P<aux>is|are|was|were|has|have|had)(?= (?:been )?(?:first )?(?:[a-z]+ed"
    rf"|{_one_of(PARTICIPLES)})\b)"
    r"|(?P<will>will|would)) (?P<rest>[^,]+?)"
)
_NOUNS = r"(?:[a-z-]+ )?(?:[a-z]+[a-rt-z]s|people|men|women|children)"
_DID = (
    rf"(?:(?:has |had )?(?:{_one_of(DEEDS)}|(?!{_one_of(NO_DEED)}\b)[a-z]{{2,}}ed)"
    rf"|{_one_of(OFFICES)}"
    r"|(?:was|has been) (?:elected|appointed|chosen|sentenced|convicted|acquitted|nominated|born)"
    r"|will (?!be )[a-z]+|(?:is|was) the|becomes)"
)

DOER = re.compile(rf"^{_SOMEONE}{_ASIDE} (?P<verb>{_DID}) {_REST}{_END}")
WHO_CLAUSE = re.compile(
    rf"(?:^|, |by |and ){_SOMEONE}(?:,? [^,]+)?, who (?P<verb>{_DID}) {_REST}(?:,|{_END})"
)
ROLE = re.compile(
    rf"{_SOMEONE}, (?:the )?(?P<role>(?:(?!an? |the |and )\w+ ){{0,2}}{_one_of(ROLES)})"
    rf" (?P<of>(?:of|at|for)"
    rf" (?:the )?{NAME_WORD}(?:(?: of| for| and| the)* {NAME_WORD}){{0,4}})(?:,|\.$)"
)
BY = re.compile(
    rf"{_SUBJECT},? (?:was|were) (?P<verb>designed|built|founded|discovered|painted|composed|led"
    rf"|invented"
    rf"|directed|commissioned|restored|found|opened|launched) by {_SOMEONE}(?:,|\.$| in )"
)
KNOWN_AS = re.compile(
    rf"^{_SOMEONE},? (?P<aside>(?:an?|the) (?:[^ ,]+ )+[a-z][^ ,]*|(?:an?|the) [^,]+? (?:of|in"
    rf"|at|for|who)"
    r" [^,]+),(?! (?:and|or)\b)"
)
SOMEBODY = re.compile(
    rf"\b(?:(?!{_one_of(NO_PERSON)}\b)[a-z]+(?:er|or|ist|ian|man|woman)|{_one_of(PERSONS)})\b"
)
CAUSE = re.compile(
    rf"{_SUBJECT} (?P<verb>caused|started|triggered|destroyed|damaged|delayed|flooded)"
    rf" (?=the |an? |{NAME_WORD}){_REST}{_END}"
)
DID_WHAT = re.compile(
    rf"^{_SOMEONE}{_ASIDE} (?P<verb>{_one_of(OBJECT_BASES)})"
    rf" (?P<what>(?:the|an?|two|three|four|five|{_NUMBER}) [^,]+?){_END}"
)
WHY = re.compile(rf"{_SUBJECT} {_VERBAL},? (?P<why>because (?!of\b)[^,]+)\.$")
AUX_WHEN = re.compile(rf"{_SUBJECT} {_VERBAL} (?P<date>{_DATE}){_END_OF_FACT}")
WHEN_AUX = re.compile(rf"^(?P<date>{_DATE}),? {_SUBJECT[1:]} {_VERBAL}{_END}")
DID_WHEN = re.compile(
    rf"{_SUBJECT} (?P<verb>{_one_of(EVENT_BASES)})(?P<rest>(?: [^,]+?)??)"
    rf" (?P<date>{_DATE}){_END_OF_FACT}"
)
SINCE = re.compile(
    rf"^(?P<what>(?:the )?{NAME_WORD}(?:(?: of| for)? {NAME_WORD})*), (?P<verb>founded|built"
    rf"|opened|born"
    rf"|established|completed|launched|introduced) (?P<date>in (?:{_MONTH} )?\d{{4}})\b"
)
WHERE = re.compile(
    rf"{_SUBJECT} (?P<aux>was|were|will|is|are|has|have) (?P<verb>(?:(?:be|been) )?(?:born|found"
    rf"|held|built|shown"
    rf"|made|laid|buried|sold|(?!expected|used|supposed)[a-z]+ed)) (?P<place>(?:in|at|near)"
    rf" (?:the )?(?!{_MONTH}\b)"
    rf"{NAME_WORD}(?: {NAME_WORD})*)(?: {_DATE})?{_END_OF_FACT}"
)
COST = re.compile(
    rf"{_SUBJECT} (?P<verb>(?:(?:has|have|will|would|had) )?costs?) (?P<sum>{_MONEY}){_END_OF_FACT}"
)
PAID = re.compile(
    rf"{_SUBJECT} (?P<verb>{_one_of(MONEY_BASES)}) (?P<sum>{_MONEY}) (?P<rest>(?:for|to|on|from)"
    rf" [^,]+?){_END}"
)
COUNT = re.compile(
    rf"{_SUBJECT} (?P<verb>{_one_of(COUNT_BASES)}|{_one_of(SINGULAR_BASES)})"
    rf" (?P<sum>{_ABOUT}{_NUMBER})"
    rf" (?P<noun>(?!{_one_of(UNITS)}\b){_NOUNS})(?P<rest>(?: (?:in|for|at|on|from|to)"
    rf" [^,]+?)?)(?:, |{_END})"
)
COUNTED = re.compile(
    rf"^(?P<sum>{_ABOUT}(?:{_NUMBER}|{_one_of(NUMBERS)})) (?P<noun>(?!{_one_of(UNITS)}\b"
    rf"|per\b){_NOUNS})"
    rf" (?P<rest>{_one_of(PLURAL_PAST)} [^,]+?)(?:, |{_END})"
)
LASTED = re.compile(
    rf"{_SUBJECT} (?P<verb>(?:(?:will|would) )?(?:lasted|lasts?|took|takes?))"
    rf" (?P<sum>{_ABOUT}[\w.-]+"
    rf" (?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)){_END_OF_FACT}"
)
MEASURE = re.compile(
    rf"{_SUBJECT} (?P<verb>is|was|will be) (?P<sum>{_ABOUT}{_NUMBER} (?:metres|meters|kilometres"
    rf"|kilometers"
    rf"|miles|feet|years|hectares)) (?P<rest>long|wide|high|tall|deep|old){_END_OF_FACT}"
)
SAID = re.compile(
    rf"^[^,]+? (?:said|says|announced|confirmed|reported)(?: on {_DAY})? that (?P<clause>.+)$"
)
FUNCTION_WORD = re.compile(rf"{_one_of(['The', 'A', 'An', *NO_START])}\b", re.IGNORECASE)
