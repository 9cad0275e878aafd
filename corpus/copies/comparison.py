"""What two articles are to each other: the same text, a near copy, one report edited, or neither.

What counts is running prose in common. What stands in quotation marks is no evidence either way,
because two reporters in one room write down the same words; names and stock phrases are shorter
than the runs that are counted; and what is marked as page furniture is not read at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from operator import and_
from typing import Literal

from corpus.copies.words import Words, read_words
from corpus.types import Mark

# What makes one report of two texts, chosen on the development pairs of bench/copy_pairs.py: there
# copies have 0.59 of the shorter text's prose in common or more, other reports 0.40 or less.
_MIN_OF_SHORTER, _MIN_OF_LONGER = 0.5, 0.2
_MIN_NEAR = 0.9  # of the words of either text
_MIN_RUN, _MIN_EVIDENCE = 1.6, 5  # in run sizes: 8 words of prose in one stretch, 25 in all
_MIN_OF_SENTENCE = 0.7  # of its words, for a sentence to be the same one
_SHORTENED = 0.75  # of the longer text's words

# A series: figures change inside what stands, in gaps of two run sizes or less.
_GAP, _MIN_CHANGED_FIGURES, _CHANGED_TO_SAME = 2, 3, 2

Kind = Literal["same", "near", "edited", "different"]


@dataclass(frozen=True, slots=True)
class Relation:
    """What two texts are to each other, and why, for people.

    `shared` is the part of the shorter text's prose that stands in the longer one, 0 to 1; `of_a`
    and `of_b` are the parts of all words of either that stand in the other. All kinds but
    "different" make one report of them.
    """

    kind: Kind
    shared: float
    of_a: float
    of_b: float
    explanation: str

    @property
    def is_copy(self) -> bool:
        """Whether the two texts carry one report."""
        return self.kind != "different"


def compare(
    text_a: str, text_b: str, marks_a: Sequence[Mark] = (), marks_b: Sequence[Mark] = ()
) -> Relation:
    """Say whether two articles carry one report, and what was done to it.

    Args:
        text_a: The text of one article.
        text_b: The text of another; which is first makes no difference.
        marks_a: What of the first text is set aside, in its coordinates.
        marks_b: The same of the second.

    Returns:
        The relation; a text without words is a copy of nothing.

    >>> compare("Rain fell on Orme.", "RAIN fell on Orme!").explanation
    'the same text'
    """
    a, b = read_words(text_a, marks_a), read_words(text_b, marks_b)
    if not a.folded or not b.folded:
        return Relation("different", 0.0, 0.0, 0.0, "no words to compare")
    if a.folded == b.folded:
        return Relation("same", 1.0, 1.0, 1.0, "the same text")
    size = max(a.run_size, b.run_size)
    sides = _Side.of(a, b, size), _Side.of(b, a, size)
    short, long = sides if _by_length(a, b)[0] is a else sides[::-1]
    kind, explanation = _judge(short, long, size)
    return Relation(kind, short.share, sides[0].standing, sides[1].standing, explanation)


def may_be_copies(
    text_a: str, text_b: str, marks_a: Sequence[Mark] = (), marks_b: Sequence[Mark] = ()
) -> bool:
    """Say quickly whether two articles may carry one report: False is what `compare` would find.

    Most that share some words share a sentence or two; that takes a third of the time to tell.
    """
    a, b = read_words(text_a, marks_a), read_words(text_b, marks_b)
    if not a.folded or not b.folded:
        return False
    if a.folded == b.folded:
        return True
    short, long = _by_length(a, b)
    stands = _standing(long, short, max(a.run_size, b.run_size))
    return sum(stands) >= _MIN_OF_LONGER * len(stands)


@dataclass(frozen=True, slots=True)
class _Side:
    """How much of one text stands in the other, in parts of it and in numbers."""

    words: int
    standing: float  # of all words
    share: float  # of the words of prose
    evidence: int  # words of prose in long runs
    changed_figures: int
    same_figures: int
    sentences: int
    standing_sentences: int

    @classmethod
    def of(cls, words: Words, other: Words, size: int) -> _Side:
        runs, theirs = words.hashes(size), other.hashes(size)
        stands = _standing(words, other, size)
        is_prose = _prose(words, other, runs, theirs, size)
        figures = Counter(_figures(words, stands, size))
        sentences = [
            sum(stands[start:end]) >= _MIN_OF_SENTENCE * (end - start)
            for start, end in words.sentences
        ]
        return cls(
            words=len(stands),
            standing=sum(stands) / len(stands),
            share=sum(map(and_, stands, is_prose)) / max(1, sum(is_prose)),
            evidence=_evidence(stands, is_prose, _MIN_RUN * size),
            changed_figures=figures[False],
            same_figures=figures[True],
            sentences=len(sentences),
            standing_sentences=sum(sentences),
        )


def _by_length(a: Words, b: Words) -> tuple[Words, Words]:
    """Return the shorter and the longer of two texts."""
    return (a, b) if (len(a.folded), a.folded) < (len(b.folded), b.folded) else (b, a)


def _standing(words: Words, other: Words, size: int) -> bytearray:
    """Return a 1 for each word that stands, in its run, in the other text."""
    return _cover(words.hashes(size), set(other.hashes(size)), len(words.folded), size)


def _prose(
    words: Words, other: Words, runs: Sequence[int], theirs: Sequence[int], size: int
) -> bytearray:
    """Return a 1 for each word that is not quoted, in this text or in the other one."""
    quoted = other.quoted
    quotations = {run for at, run in enumerate(theirs) if all(quoted[at : at + size])}
    said = _cover(runs, quotations, len(words.folded), size)
    return bytearray(not (here or there) for here, there in zip(words.quoted, said, strict=True))


def _judge(short: _Side, long: _Side, size: int) -> tuple[Kind, str]:
    kind = _kind(short, long, size)
    if kind != "different" and _has_other_figures(short) and _has_other_figures(long):
        return "different", "the same wording with other figures: a series"
    return kind, _explain(kind, short, long)


def _kind(short: _Side, long: _Side, size: int) -> Kind:
    if min(short.standing, long.standing) >= _MIN_NEAR:
        return "near"
    enough = min(short.evidence, long.evidence) >= _MIN_EVIDENCE * size
    if enough and short.share >= _MIN_OF_SHORTER and long.standing >= _MIN_OF_LONGER:
        return "edited"
    return "different"


def _has_other_figures(side: _Side) -> bool:
    """Tell today's market report from yesterday's: the words stand, the figures do not."""
    return side.changed_figures >= max(_MIN_CHANGED_FIGURES, _CHANGED_TO_SAME * side.same_figures)


def _explain(kind: Kind, short: _Side, long: _Side) -> str:
    stands = _how_many(short)
    if kind == "different":
        if not short.standing_sentences:
            return "another report: no sentence in common"
        return f"another report: only {stands} in the longer text"
    if short.words < _SHORTENED * long.words:
        return f"shortened: {stands} in the longer text, which has {long.sentences}"
    changed = long.sentences - long.standing_sentences
    if not changed:
        return "the same report, a few words changed"
    return f"the same report, {changed} of {_count(long.sentences, 'sentence')} changed or added"


def _how_many(side: _Side) -> str:
    sentences = _count(side.sentences, "sentence")
    if side.standing_sentences == side.sentences:
        return f"all of its {sentences} stand"
    stand = "stands" if side.standing_sentences == 1 else "stand"
    return f"{side.standing_sentences} of its {sentences} {stand}"


def _cover(runs: Sequence[int], known: AbstractSet[int], n_words: int, size: int) -> bytearray:
    """Return a 1 for each word that is in one of the known runs."""
    covered, done = bytearray(n_words), 0
    for start, run in enumerate(runs):
        if run in known:
            end = min(start + size, n_words)
            for word in range(max(start, done), end):
                covered[word] = 1
            done = end
    return covered


def _evidence(stands: bytearray, is_prose: bytearray, min_run: float) -> int:
    """Count the words of prose in stretches that have enough of them."""
    counts, start = 0, 0
    for stand, stretch in groupby(stands):
        end = start + sum(1 for _ in stretch)
        n_prose = sum(is_prose[start:end]) if stand else 0
        counts += n_prose if n_prose >= min_run else 0
        start = end
    return counts


def _figures(words: Words, stands: bytearray, size: int) -> Iterator[bool]:
    """Yield True for a figure that stands, False for one in a short gap of what stands.

    A figure in a long gap is part of something added, and says nothing.
    """
    start = 0
    for stand, stretch in groupby(stands):
        end = start + sum(1 for _ in stretch)
        if stand or (start > 0 and end < len(stands) and end - start <= _GAP * size):
            yield from (bool(stand) for word in words.folded[start:end] if word[0].isdigit())
        start = end


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
