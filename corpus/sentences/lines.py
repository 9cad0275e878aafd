"""Lines of a text into blocks: the stretches that no sentence crosses.

A blank line always ends a block. A single newline does too, because news text from the web has one
paragraph a line, unless the document is hard-wrapped. Headings and list items begin a block anyway.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from itertools import islice, pairwise
from typing import NamedTuple

from corpus.types import Span

_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_BULLET = re.compile(r"[-*+•‣◦▪●][ \t]+\S")
_NUMBER = re.compile(r"\d{1,3}[.)][ \t]+\S")

# Evidence is looked for in this many line pairs: enough to be sure, and a bound on the time.
_PAIRS_LOOKED_AT = 2000
# Below three pairs, line lengths prove nothing.
_PAIRS_TO_MEASURE = 3
# Menus and verse are narrower, lines of unwrapped prose wider.
_NARROWEST_WRAP_CHARS, _WIDEST_WRAP_CHARS = 30, 200
# A wrapped prose document has nearly all its lines filled; 3 of 4 leaves room for unmarked
# paragraph ends. About 70 % of its lines begin inside a sentence; headlines and table rows do not.
_MIN_FILLED, _MIN_RUNNING_ON = 0.75, 0.3
_LONGEST_FIRST_WORD_CHARS = 40
# Scripts whose lines break between any two characters, but for the marks that may not begin a line.
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_CHARS_MOVED_DOWN = 2


class Kind(Enum):
    """What the beginning of a line says about it."""

    PLAIN = 0
    HEADING = 1
    BULLET = 2
    NUMBER = 3


class Line(NamedTuple):
    """One line that is not blank: `[start, end)` without white space at its ends."""

    start: int
    end: int
    kind: Kind
    after_blank: bool


def split_blocks(text: str) -> Iterator[Span]:
    r"""Split a text into the blocks that no sentence crosses.

    Args:
        text: Any text; every line boundary of `str.splitlines` counts as a newline.

    Yields:
        Spans in order, each beginning and ending with a character that is not white space.

    >>> text = "Head\n\nOne line.\nAnother."
    >>> [block.of(text) for block in split_blocks(text)]
    ['Head', 'One line.', 'Another.']
    """
    wrapped = is_hard_wrapped(text)
    first: Line | None = None
    last: Line | None = None
    for line in _lines(text):
        if first is None or last is None:
            first = line
        elif _begins_block(text, first, last, line, wrapped=wrapped):
            yield Span(first.start, last.end)
            first = line
        last = line
    if first is not None and last is not None:
        yield Span(first.start, last.end)


def is_hard_wrapped(text: str) -> bool:
    r"""Say whether single newlines in this text are line wraps, not paragraph ends.

    A wrapped line ends where the next word did not fit any more. So, over the pairs of lines
    without a blank line, heading or list marker between them, with the width taken as the 90th
    percentile of line lengths: nearly every first line is filled (the next line's first word would
    reach the width), at least half of them do not end like a sentence, and a good part of the
    second lines do not begin with a capital. With one or two pairs, only lines that all stop in
    mid-sentence before a lower-case letter are evidence. Where a line may break between any two
    characters (Chinese, Japanese), a filled line reaches the width itself.

    >>> is_hard_wrapped("The delegations met on\nFriday night and had\ndinner.")
    False
    >>> is_hard_wrapped("The delegations met on Friday\nnight and had\ndinner.")
    True
    """
    pairs = list(islice(_joinable_pairs(text), _PAIRS_LOOKED_AT))
    if not pairs:
        return False
    running_on = sum(_runs_on(text, second) for _, second in pairs) / len(pairs)
    unfinished = sum(_is_unfinished(text, first) for first, _ in pairs) / len(pairs)
    if len(pairs) < _PAIRS_TO_MEASURE:
        in_lower_case = all(text[second.start].islower() for _, second in pairs)
        return in_lower_case and running_on == unfinished == 1
    lengths = sorted(first.end - first.start for first, _ in pairs)
    width = lengths[(len(lengths) * 9 - 1) // 10]
    if not _NARROWEST_WRAP_CHARS <= width <= _WIDEST_WRAP_CHARS:
        return False
    filled = sum(_is_filled(text, first, second, width) for first, second in pairs) / len(pairs)
    return filled >= _MIN_FILLED and unfinished >= 0.5 and running_on >= _MIN_RUNNING_ON


def _lines(text: str) -> Iterator[Line]:
    start, after_blank = 0, False
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        if content:
            begin = start + len(raw) - len(raw.lstrip())
            yield Line(begin, begin + len(content), _kind(content), after_blank)
        after_blank = not content
        start += len(raw)


def _kind(content: str) -> Kind:
    first = content[0]
    if first.isalpha():
        return Kind.PLAIN
    if first == "#":
        return Kind.HEADING if _HEADING.match(content) else Kind.PLAIN
    if first.isdigit():
        return Kind.NUMBER if _NUMBER.match(content) else Kind.PLAIN
    return Kind.BULLET if _BULLET.match(content) else Kind.PLAIN


def _begins_block(text: str, first: Line, last: Line, line: Line, *, wrapped: bool) -> bool:
    """Say whether `line` begins a block after the one that has these first and last lines."""
    if line.after_blank or not wrapped or first.kind is Kind.HEADING:
        return True
    if line.kind is Kind.NUMBER:
        # "… on June\n12. Then …" is a wrapped date; a list goes on, or follows a finished line.
        return first.kind is Kind.NUMBER or not _is_unfinished(text, last)
    return line.kind is not Kind.PLAIN


def _joinable_pairs(text: str) -> Iterator[tuple[Line, Line]]:
    for first, second in pairwise(_lines(text)):
        joined = not second.after_blank and second.kind is Kind.PLAIN
        if joined and first.kind is not Kind.HEADING:
            yield first, second


def _runs_on(text: str, line: Line) -> bool:
    first = text[line.start]
    return first.isalpha() and not first.isupper()


def _is_unfinished(text: str, line: Line) -> bool:
    last = text[line.end - 1]
    return last.isalnum() or last in ",-–—’'،、，" or unicodedata.category(last)[0] == "M"


def _is_filled(text: str, first: Line, second: Line, width: int) -> bool:
    if _UNSPACED.match(text, second.start):
        return first.end - first.start + _CHARS_MOVED_DOWN >= width
    ahead = text[second.start : min(second.end, second.start + _LONGEST_FIRST_WORD_CHARS)]
    return first.end - first.start + 1 + len(ahead.split(None, 1)[0]) >= width
