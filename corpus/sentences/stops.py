"""Does a sentence end at this stop? The rules of `corpus.sentences`, for news prose.

A stop is a run of sentence marks, the closing quotes and brackets after it, and white space. Only
what stands just before and just after it counts, within fixed bounds, so a decision takes the same
time in any text. Where the evidence is thin, the sentence goes on. What scripts without capitals
need beside is in `corpus.sentences.stops_uncased`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.sentences.abbreviations import AFTER_CLOCK, ALWAYS_CAPITAL, LETTERED, STOPPED_NAMES
from corpus.sentences.abbreviations_other import ENGLISH, GERMAN_MONTHS, Words
from corpus.sentences.speakers import ACRONYM, goes_on_after_quote, names_a_speaker
from corpus.sentences.stops_uncased import (
    FIRST_UNCASED,
    begins_after_wide_mark,
    is_unspaced,
    shortens,
)

_WIDE_MARKS = "。｡！？．।॥።။"  # written with or without a space after them
_MARKS = ".!?…‼⁇⁈⁉‽؟۔։።។" + _WIDE_MARKS
_QUOTES = "\"'”’»›“‘«‹"  # “, ‘, « and ‹ close a quotation in German
_CLOSERS = _QUOTES + ")]}*」』）】》〉］｣〕"
_OPENERS = "\"'“‘„‚«»‹›([{¿¡*「『（【《〈［｢〔"
_BEGINNERS = "$£€¥₹#@©"  # begin a sentence, beside letters and digits

_AFTER_WIDE = "".join(closer for closer in _CLOSERS if closer not in "“‘«‹")  # these open there
STOP = re.compile(
    rf"(?P<marks>[{re.escape(_MARKS)}]+)"
    rf"(?P<closers>(?:(?<=[{_WIDE_MARKS}])[{re.escape(_MARKS + _AFTER_WIDE)}]*"
    rf"|(?<![{_WIDE_MARKS}])[{re.escape(_MARKS + _CLOSERS)}]*)"
    r"(?:[ \u00a0\u202f][»”)\]]{1,3}(?=\s|\Z))?)"
    r"(?P<space>\s*)"
)
"""A stop; each part takes all it can and gives nothing back, so finding all is linear."""

_AHEAD = re.compile(
    rf"([{re.escape(_OPENERS)}]{{0,6}}(?:(?<=[«‹])[ \u00a0\u202f])?)(\w[\w'’-]{{0,30}})?(\.?)"
)
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})\Z")
_JOINTS = re.compile(r"[-–—/(\[\"“]")
_SPACE_AFTER_STOP = re.compile(r"\.\s+")
_CLITIC = re.compile(r"['’‘](?:[skn] (?=[A-Z])|t )")  # Dutch: "’s Avonds"
_ORDINAL = re.compile(r"(?:\d{1,2}|[IVX]{1,5})\Z")
_LONGEST_LIST_NUMBER_CHARS = 5
_LONGEST_WORD_CHARS = 24
_LOOK_CHARS = 60


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
    words: Words


def ends_sentence(
    text: str, match: re.Match[str], begin: int, block_end: int, words: Words = ENGLISH
) -> bool:
    """Say whether the sentence that began at `begin` ends at a stop inside its block.

    Args:
        text: The whole text.
        match: A match of `STOP` that ends before `block_end`.
        begin: Where the sentence began.
        block_end: Where its block ends.
        words: The word lists of the text's language.
    """
    marks, closers, space = match.groups()
    is_wide = marks[-1] in _WIDE_MARKS or (marks[-1] in "?!" and is_unspaced(text, match))
    if not space and not is_wide:
        return False
    ahead = _look_ahead(text, match.end(), block_end)
    if is_wide:
        return begins_after_wide_mark(text, match, begin, block_end, ahead.first)
    if words is not ENGLISH and _CLITIC.match(text, match.end(), block_end):
        return True
    if not (ahead.first.isalnum() or ahead.first in tuple(_BEGINNERS)):
        return False
    if ahead.first.islower() and not ahead.word[1:2].isupper():  # but: iPhone
        return False
    if closers and ahead.first >= FIRST_UNCASED and goes_on_after_quote(text, ahead.start):
        return False
    if closers and closers[-1] in _MARKS:
        return True
    return _decide(Stop(text, begin, block_end, match.start(), marks, closers, ahead, words))


def _decide(stop: Stop) -> bool:
    if stop.marks == "." and not _is_spaced_ellipsis(stop):
        return _period_ends(stop)
    if _is_quoted(stop):
        return not _goes_on_with_speaker(stop)
    if stop.marks != "...." and not stop.marks.strip(".…"):
        is_telling = _is_starter(stop) and stop.ahead.word not in ALWAYS_CAPITAL
        return is_telling or _begins_speech(stop)
    name = _word_before(stop.text, stop.position + 1)
    return name not in STOPPED_NAMES or _is_starter(stop)


def _period_ends(stop: Stop) -> bool:
    word, ahead = _word_before(stop.text, stop.position), stop.ahead
    if stop.words is not ENGLISH:
        word = word.replace("’", "'").rpartition("'")[2]  # l'art. 5
        if (decided := _decide_abroad(stop, word)) is not None:
            return decided
    if word.isupper() and word.isalpha() and ahead.word.isupper() and len(ahead.word) > 1:
        word = word.capitalize() if len(word) > 1 else word
    if word in stop.words.never_final or _is_list_number(stop) or _goes_with_next(stop, word):
        return False
    if word.lower() in ("a.m", "p.m"):
        return _is_starter(stop) or not _goes_with_clock(ahead)
    if _is_initial(word):
        # "Vitamin C. Most", "World War I. New": the letter belongs to the word before it
        lettered = _word_before(stop.text, stop.position - 2) in LETTERED
        return lettered or _abbreviation_ends(stop, word)
    may_end = word in stop.words.may_end or ACRONYM.match(word)
    return not may_end or _abbreviation_ends(stop, word)


def _goes_with_next(stop: Stop, word: str) -> bool:
    """Say whether "No. 5", "3. Mai" or an abbreviation without capitals stands around the stop."""
    ahead = stop.ahead
    if word.isdigit() and len(word) < 3 and ahead.word in GERMAN_MONTHS:
        return True
    is_number = ahead.first.isdigit() or ahead.first == "#"
    return (word in stop.words.before_number and is_number) or shortens(stop.text, stop.position)


def _decide_abroad(stop: Stop, word: str) -> bool | None:
    """Decide by "z. B." and "am 3. Mai", which English does not write; None if neither is here."""
    ahead = stop.ahead
    window = stop.text[max(stop.begin, stop.position - _LONGEST_WORD_CHARS) : stop.position]
    parts = _SPACE_AFTER_STOP.sub(".", window).rpartition(" ")[2].lstrip(_OPENERS).split(".")
    joined = {".".join(parts[i:]) for i in range(len(parts))}  # "Dr.h.c", "h.c", "c"
    if joined & stop.words.never_final or (len(word) == 1 and ahead.is_initial):
        return False
    if joined & stop.words.may_end or (stop.words.has_ordinals and word.endswith("str")):
        return _abbreviation_ends(stop, word)
    if stop.words.has_ordinals and _ORDINAL.match(word):
        return _is_starter(stop) and not ahead.first.isdigit()
    return None


def _abbreviation_ends(stop: Stop, word: str) -> bool:
    before = stop.position - len(word) - 1
    is_alone_in_quotes = before >= 0 and stop.text[before] in _OPENERS
    if ")" in stop.closers or "]" in stop.closers:
        return False  # "(D-Calif.) Then": the stop of a sentence would stand outside
    if _is_quoted(stop) and not is_alone_in_quotes:
        return not _goes_on_with_speaker(stop)
    if stop.ahead.openers:
        return _begins_speech(stop) and not _is_initial(word)  # John F. "Jack" Kennedy
    return _is_starter(stop) and not _is_in_title_case(stop)


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


def _is_starter(stop: Stop) -> bool:
    ahead, starters = stop.ahead, stop.words.starters
    if ahead.is_initial:
        return False
    word = ahead.word.replace("’", "'")
    word = word[:-3] if word.endswith("n't") else word.partition("'")[0]
    return word in starters or (len(word) > 1 and word.isupper() and word.capitalize() in starters)


def _begins_speech(stop: Stop) -> bool:
    """Tell a quoted sentence ("We will") from a quoted title ("Star Wars")."""
    if not stop.ahead.openers or stop.ahead.openers[0] not in '"“„«»':
        return False
    start = stop.ahead.start
    words = stop.text[start : min(start + _LOOK_CHARS, stop.block_end)].split()
    return _is_starter(stop) or (len(words) > 1 and words[1][0].islower())


def _goes_on_with_speaker(stop: Stop) -> bool:
    if stop.ahead.openers or _is_starter(stop):
        return False
    return names_a_speaker(stop.text, stop.ahead.start, stop.block_end)


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
