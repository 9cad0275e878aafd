"""Does a sentence end at this stop? The rules of `corpus.sentences`, for news prose.

A stop is a run of sentence marks, the closing quotes and brackets after it, and white space. Only
what stands just before and just after it counts, within fixed bounds, so a decision takes the same
time in any text. Where the evidence is thin, the sentence goes on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.abbreviations import (
    AFTER_CLOCK,
    ALWAYS_CAPITAL,
    BEFORE_NUMBER,
    BETWEEN_NAME_AND_VERB,
    LETTERED,
    MAY_END,
    MONTHS,
    NEVER_FINAL,
    SPEECH_VERBS,
    STARTERS,
    STOPPED_NAMES,
    TITLES,
)

_WIDE_MARKS = "。｡！？"  # written without a space after them
_MARKS = ".!?…‼⁇⁈⁉‽؟۔।॥։።။។" + _WIDE_MARKS
_QUOTES = "\"'”’»›“‘"  # “ and ‘ close a quotation in German
_CLOSERS = _QUOTES + ")]}*」』）】》〉］"
_OPENERS = "\"'“‘„‚«»‹([{¿¡*「『（【《〈［"
_BEGINNERS = "$£€¥₹#@©"  # begin a sentence, beside letters and digits

STOP = re.compile(
    rf"(?P<marks>[{re.escape(_MARKS)}]+)"
    rf"(?P<closers>[{re.escape(_MARKS + _CLOSERS)}]*(?:[ \u00a0\u202f][»”)\]]{{1,3}}(?=\s|\Z))?)"
    r"(?P<space>\s*)"
)
"""A stop; each part takes all it can and gives nothing back, so finding all is linear."""

_AHEAD = re.compile(rf"([{re.escape(_OPENERS)}]{{0,6}})(\w[\w'’-]{{0,30}})?(\.?)")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")  # U.S, a.m, Ph.D is in MAY_END
_JOINTS = re.compile(r"[-–—/(\[\"“]")
_NUMBERED = BEFORE_NUMBER | MONTHS
_MAY_END = MAY_END | MONTHS
_LONGEST_LIST_NUMBER_CHARS = 5
_LONGEST_WORD_CHARS = 24
_LOOK_CHARS = 60
_SPEAKER_CHARS = 160
_MAX_NAME_WORDS = 4


class Ahead(NamedTuple):
    """What follows a stop: `start` is after the white space, `first` after the openers."""

    start: int
    openers: str
    first: str
    word: str
    is_initial: bool


class Stop(NamedTuple):
    """A place where a sentence may end; it began at `begin`, its block ends at `block_end`."""

    text: str
    begin: int
    block_end: int
    position: int
    marks: str
    closers: str
    ahead: Ahead


def ends_sentence(text: str, match: re.Match[str], begin: int, block_end: int) -> bool:
    """Say whether the sentence that began at `begin` ends at a stop inside its block.

    Args:
        text: The whole text.
        match: A match of `STOP` that ends before `block_end`.
        begin: Where the sentence began.
        block_end: Where its block ends.
    """
    marks, closers, space = match.groups()
    is_wide = marks[-1] in _WIDE_MARKS
    if not space and not is_wide:
        return False
    ahead = _look_ahead(text, match.end(), block_end)
    if not (ahead.first.isalnum() or ahead.first in tuple(_BEGINNERS)):
        return False
    if is_wide:
        return not (closers and ahead.first == "と")  # 「…。」と names the speaker next
    if ahead.first.islower() and not ahead.word[1:2].isupper():  # but: iPhone
        return False
    if closers and closers[-1] in _MARKS:
        return True
    return _decide(Stop(text, begin, block_end, match.start(), marks, closers, ahead))


def _decide(stop: Stop) -> bool:
    if stop.marks == "." and not _is_spaced_ellipsis(stop):
        return _period_ends(stop)
    if _is_quoted(stop):
        return not _names_a_speaker(stop)
    if stop.marks != "...." and not stop.marks.strip(".…"):
        is_telling = _is_starter(stop.ahead) and stop.ahead.word not in ALWAYS_CAPITAL
        return is_telling or _begins_speech(stop)
    name = _word_before(stop.text, stop.position + 1)
    return name not in STOPPED_NAMES or _is_starter(stop.ahead)


def _period_ends(stop: Stop) -> bool:
    word, ahead = _word_before(stop.text, stop.position), stop.ahead
    if word.isupper() and word.isalpha() and ahead.word.isupper() and len(ahead.word) > 1:
        word = word.capitalize() if len(word) > 1 else word
    if word in TITLES or word in NEVER_FINAL or _is_list_number(stop):
        return False
    if word in _NUMBERED and (ahead.first.isdigit() or ahead.first == "#"):
        return False
    if word.lower() in ("a.m", "p.m"):
        return _is_starter(ahead) or not _goes_with_clock(ahead)
    if _is_initial(word):
        # "Vitamin C. Most", "World War I. New": the letter belongs to the word before it
        lettered = _word_before(stop.text, stop.position - 2) in LETTERED
        return lettered or _abbreviation_ends(stop, word)
    return not (word in _MAY_END or _ACRONYM.match(word)) or _abbreviation_ends(stop, word)


def _abbreviation_ends(stop: Stop, word: str) -> bool:
    before = stop.position - len(word) - 1
    is_alone_in_quotes = before >= 0 and stop.text[before] in _OPENERS
    if ")" in stop.closers or "]" in stop.closers:
        return False  # "(D-Calif.) Then": the stop of a sentence would stand outside
    if _is_quoted(stop) and not is_alone_in_quotes:
        return not _names_a_speaker(stop)
    if stop.ahead.openers:
        return _begins_speech(stop) and not _is_initial(word)  # John F. "Jack" Kennedy
    return _is_starter(stop.ahead) and not _is_in_title_case(stop)


def _look_ahead(text: str, start: int, block_end: int) -> Ahead:
    match = _AHEAD.match(text, start, block_end)
    if match is None:  # cannot be: every part of the pattern may be empty
        return Ahead(start, "", "", "", is_initial=False)
    openers, word, dot = match.groups("")
    first = text[start + len(openers) : min(start + len(openers) + 1, block_end)]
    return Ahead(start, openers, first, word, is_initial=len(word) == 1 and dot == ".")


def _word_before(text: str, end: int) -> str:
    """Return the word that ends at `end`, without what a hyphen or slash joins to it."""
    window = text[max(0, end - _LONGEST_WORD_CHARS) : end]
    if not window or window[-1].isspace():
        return ""
    word = window.rsplit(None, 1)[-1]
    return word if word.isalpha() else _JOINTS.split(word.lstrip(_OPENERS + ".…"))[-1]


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _is_quoted(stop: Stop) -> bool:
    return bool(stop.closers) and any(closer in _QUOTES for closer in stop.closers[:8])


def _is_list_number(stop: Stop) -> bool:
    length = stop.position - stop.begin
    if stop.closers or length > _LONGEST_LIST_NUMBER_CHARS:
        return False
    return _LIST_NUMBER.match(stop.text, stop.begin, stop.position) is not None


def _is_spaced_ellipsis(stop: Stop) -> bool:
    before = stop.text[max(0, stop.position - 2) : stop.position]
    return len(before) == 2 and before[0] in ".…" and before[1].isspace()


def _is_starter(ahead: Ahead) -> bool:
    if ahead.is_initial:
        return False
    word = ahead.word.replace("’", "'")
    word = word[:-3] if word.endswith("n't") else word.partition("'")[0]
    return word in STARTERS or (len(word) > 1 and word.isupper() and word.capitalize() in STARTERS)


def _begins_speech(stop: Stop) -> bool:
    """Tell a quoted sentence ("We will") from a quoted title ("Star Wars")."""
    if not stop.ahead.openers or stop.ahead.openers[0] not in '"“„«':
        return False
    start = stop.ahead.start
    words = stop.text[start : min(start + _LOOK_CHARS, stop.block_end)].split()
    return _is_starter(stop.ahead) or (len(words) > 1 and words[1][0].islower())


def _goes_with_clock(ahead: Ahead) -> bool:
    is_zone = len(ahead.word) > 1 and ahead.word.isupper()
    return bool(ahead.openers) or is_zone or ahead.word in AFTER_CLOCK or ahead.first.isdigit()


def _is_in_title_case(stop: Stop) -> bool:
    """Say whether a stop stands in a Headline in Title Case, where capitals prove nothing."""
    start, position = stop.ahead.start, stop.position
    before = stop.text[max(stop.begin, position - _LOOK_CHARS) : position].split()[-3:]
    ahead = stop.text[start : min(start + _LOOK_CHARS, stop.block_end)].split()
    after = [word for word in ahead if not word[0].isdigit()][:4]  # "On July 10, 1918, the"
    return len(after) > 1 and not any(word[0].islower() for word in before + after)


def _names_a_speaker(stop: Stop) -> bool:
    """Say whether a name and a verb of speech follow: `"Really?" Mr. Smith, 35, said`."""
    if stop.ahead.openers or _is_starter(stop.ahead):
        return False
    start, n_names, in_aside = stop.ahead.start, 0, False
    for word in stop.text[start : min(start + _SPEAKER_CHARS, stop.block_end)].split():
        bare = word.strip(",.;:")
        if not in_aside:
            if n_names and bare.lower() in SPEECH_VERBS:
                return n_names <= _MAX_NAME_WORDS
            if not _may_name(bare):
                return False
            n_names += bare[:1].isupper() and bare not in TITLES and not _ACRONYM.match(bare)
        in_aside ^= word.endswith(",")
    return False


def _may_name(word: str) -> bool:
    return word[:1].isupper() or word in BETWEEN_NAME_AND_VERB or word.endswith("ly")
