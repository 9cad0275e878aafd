"""Which questions does a German sentence answer?

German lets this be simple: the finite verb stands second, whatever comes first. So the question
word takes the first place, and nothing else moves but the subject, behind the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.suggestions.patterns import NAME_WORD, PERSON, UPPER, Draft, Language, drafted, is_in

_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Sonnabend".split()

GERMAN = Language(
    marks=frozenset(
        "der die das und ein eine den dem im für von mit auf hat ist wird wurde".split()
    ),
    foreign=frozenset(
        "the of and to by for with at from le la les het een van el los il di".split()
    ),
    leaning=frozenset(
        "er sie es ihm ihn ihr ihnen ihre ihrem ihren ihrer ihres sein seine seinem seinen"
        " seiner seines dieser diese dieses diesem diesen jener jene jenes wir uns unser unsere"
        " ich mich mein man da dort hier dann damals danach dabei dazu davon daran darauf darin"
        " damit dafür dagegen daher deshalb jedoch aber auch noch wieder schon bereits zudem"
        " ferner später früher zuvor heute gestern morgen jetzt nun bald kürzlich zuletzt derzeit"
        " inzwischen nicht kein keine welche welcher welches deren dessen sich anderen andere"
        " anderer weitere weiteren solche mann frau polizei letzten letzte nächsten nächste"
        " vergangenen kommenden woche monat jahr sagte dass weil wenn und oder sowie ebenfalls"
        " ebenso wer was wo".split()
        + [day.lower() for day in _DAYS]
    ),
    articles=frozenset("der die das dem den des".split()),
    # Every noun has a capital letter: only what follows these is taken for a name, see below.
    no_names=frozenset([*_MONTHS, *_DAYS, "Dr", "Prof", "Herr", "Frau"]),
    no_end=frozenset(
        "der die das den dem ein eine und oder in im am an auf für mit von zu als".split()
    ),
)

_NUMBER = r"\d[\d.,]*\d|\d"
_ABOUT = r"(?:(?:rund|etwa|fast|knapp|gut|mehr als|über|bis zu|mindestens) )?"
_MONEY = (
    rf"{_ABOUT}(?:{_NUMBER}) (?:(?:Millionen|Milliarden|Tausend) )?(?:Euro|Franken|Kronen|Dollar)"
)
_DATE = (
    rf"(?:am (?:(?:{'|'.join(_DAYS)}),? (?:dem |den )?)?\d{{1,2}}\. (?:{'|'.join(_MONTHS)})(?:"
    rf" \d{{4}})?"
    rf"|im (?:{'|'.join(_MONTHS)})(?: \d{{4}})?|im Jahr(?:e)? \d{{4}}|(?:1[5-9]|20)\d\d)"
)
_VERBS = (
    "hat ist war wird wurde leitet leitete führt führte gründete baute schrieb entwarf fand"
    " entdeckte gewann erhielt bekam eröffnete übernahm übernimmt malte komponierte erfand"
    " verkaufte kaufte unterschrieb spielte trainiert trainierte vertritt vertrat rettete"
    " stiftete enthüllte".split()
)
_START = (
    r"(?!(?:Er|Sie|Es|Am|Im|In|An|Auf|Bei|Mit|Nach|Vor|Seit|Für|Von|Zu|Als|Wenn|Und|Aber|Auch"
    r"|Doch)\b)"
)
_SOMEONE = rf"(?!(?:Der|Die|Das|Ein|Eine|Den|Dem)\b){_START}{PERSON}"
_PHRASE = (
    rf"{_START}(?:(?:Der|Die|Das) (?:[a-zäöüß]+ ){{0,2}}[{UPPER}][\w-]+|[{UPPER}][\w-]+(?:"
    rf" [{UPPER}][\w-]+)*)"
    rf"(?: (?:in|an|am|im|auf|von|der|des|über|bei|zu|für|zwischen|und) [^,]*?)??"
)
_WHO = re.compile(
    rf"^(?P<who>{_SOMEONE})(?:,? [^,]+,)? (?P<verb>{'|'.join(_VERBS)}) (?P<rest>[^,]+?)(?:\.$|, )"
)
_WHEN = re.compile(
    rf"^(?P<what>{_PHRASE}) (?P<aux>wurde|wurden|wird|werden|ist|war|hat)"
    rf" (?P<mid>[^,]*?)(?P<date>{_DATE})"
    rf"(?P<rest> [^,]+?)(?:\.$|, )"
)
_COST = re.compile(
    rf"^(?P<what>{_PHRASE}) (?P<verb>kostet|kostete|kosten|kosteten)"
    rf" (?P<mid>[^,\d]*?)(?P<sum>{_MONEY})(?:\.$|, )"
)
_TWO_NAMES = re.compile(rf"{NAME_WORD} {NAME_WORD}")
_OF = re.compile(rf"\b(?:in|aus|von|bei|an der|auf|nach|über) [{UPPER}]\w+")


def german_drafts(sentence: str) -> Iterator[Draft]:
    """Yield the questions that a plain German sentence answers."""
    if not is_in(GERMAN, sentence):
        return
    if found := _WHO.match(sentence):
        yield from _draft(f"Wer {found['verb']} {found['rest']}", found["who"], "wer")
    if found := _WHEN.match(sentence):
        what = _inside(found["what"])
        question = f"Wann {found['aux']} {what} {found['mid']}{found['rest'].strip()}"
        yield from _draft(question, found["date"], "wann")
    if found := _COST.match(sentence):
        question = f"Wie viel {found['verb']} {_inside(found['what'])} {found['mid']}"
        yield from _draft(question, found["sum"], "wie viel")


def _draft(question: str, expected: str, kind: str) -> Iterator[Draft]:
    # A noun is no name, and here both have a capital letter: a place or a full name must be there.
    if _OF.search(question) or _TWO_NAMES.search(question, 4):
        yield from drafted(question, expected, kind, GERMAN)


def _inside(phrase: str) -> str:
    first, space, rest = phrase.partition(" ")
    return (first.lower() if first in {"Der", "Die", "Das"} else first) + space + rest
