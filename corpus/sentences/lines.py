"""Lines of a text into blocks: the stretches that no sentence crosses.

A blank line always ends a block. A single newline does too, because news text from the web has one
paragraph a line, unless the document is hard-wrapped. Headings and list items begin a block anyway;
in wrapped text so do an indented line, and one after a line on which its first word had room.
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
# Below three pairs, line lengths prove little.
_PAIRS_TO_MEASURE = 3
# Buttons and words of menus say nothing about the width, nor do lines of less than half of it.
_SHORTEST_MEASURED_CHARS = 20
# Of two or three lines alone, so long that each stops where a line of prose would be full.
_SHORTEST_OF_FEW_CHARS = 45
# Prose that was edited after it was wrapped is ragged; a line with a quarter free ends a paragraph.
_ROOM, _ALONE = 0.75, 0.85
# Menus and verse are narrower, lines of unwrapped prose wider.
_NARROWEST_WRAP_CHARS, _WIDEST_WRAP_CHARS = 30, 200
# A wrapped prose document has nearly all its lines filled; 3 of 4 leaves room for unmarked
# paragraph ends. About 70 % of its lines begin inside a sentence; headlines and table rows do not.
_MIN_FILLED, _MIN_RUNNING_ON = 0.75, 0.3
_LONGEST_FIRST_WORD_CHARS = 40
# Scripts whose lines break between any two characters, but for the marks that may not begin a line.
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_CHARS_MOVED_DOWN = 2
_TAB_COLUMNS = 4
# "-30-", "###" and ruled lines part what is above from what is below.
_RULES, _LETTER, _LONGEST_RULE_CHARS = "-*_=#~", re.compile(r"[^\W\d_]"), 200


class Kind(Enum):
    """What the beginning of a line says about it."""

    PLAIN = 0
    HEADING = 1
    BULLET = 2
    NUMBER = 3
    RULE = 4


class Line(NamedTuple):
    """One line that is not blank: `[start, end)` without white space at its ends."""

    start: int
    end: int
    kind: Kind
    after_blank: bool
    indent: int

    @property
    def n_chars(self) -> int:
        """How long the line is, without its indent: how wide a tab was is not known."""
        return self.end - self.start


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
    width = _wrap_width(text)
    first: Line | None = None
    last: Line | None = None
    for line in _lines(text):
        if first is None or last is None:
            first = line
        elif _begins_block(text, first, last, line, width):
            yield Span(first.start, last.end)
            first = line
        last = line
    if first is not None and last is not None:
        yield Span(first.start, last.end)


def is_hard_wrapped(text: str) -> bool:
    r"""Say whether single newlines in this text are line wraps, not paragraph ends.

    A wrapped line ends where the next word did not fit any more. So, over the pairs of lines
    without a blank line, heading, list marker or indent between them, with the width taken as the
    90th percentile of line lengths: nearly every first line is filled (the next line's first word
    would reach the width), at least half of them do not end like a sentence, and a good part of the
    second lines do not begin with a capital. Lines of less than half the width do not count, nor
    pairs that look like the ends of two paragraphs. Of one or two pairs all must stop in
    mid-sentence. Where a line may break between any two characters (Chinese, Japanese), a filled
    line reaches the width itself.

    >>> is_hard_wrapped("The delegations met on\nFriday night and had\ndinner.")
    False
    >>> is_hard_wrapped("The delegations met on Friday\nnight and had\ndinner.")
    True
    """
    return _wrap_width(text) is not None


def _wrap_width(text: str) -> int | None:
    """Return the width to which a text is wrapped, None if it is not."""
    pairs = list(islice(_joinable_pairs(text), _PAIRS_LOOKED_AT))
    if not pairs:
        return None
    if len(pairs) < _PAIRS_TO_MEASURE:
        width = max(first.n_chars for first, _ in pairs)
        return width if _few_are_wrapped(text, pairs, width) else None
    lengths = sorted(n for first, _ in pairs if (n := first.n_chars) >= _SHORTEST_MEASURED_CHARS)
    width = lengths[(len(lengths) * 9 - 1) // 10] if lengths else 0
    if not _NARROWEST_WRAP_CHARS <= width <= _WIDEST_WRAP_CHARS:
        return None
    long = [pair for pair in pairs if pair[0].n_chars * 2 >= width]
    return width if _are_wrapped(text, long, width) else None


def _few_are_wrapped(text: str, pairs: list[tuple[Line, Line]], width: int) -> bool:
    if not all(_is_unfinished(text, first) for first, _ in pairs):
        return False
    n_lower = sum(text[second.start].islower() for _, second in pairs)
    is_long = all(first.n_chars >= _SHORTEST_OF_FEW_CHARS for first, _ in pairs)
    is_full = is_long and all(_is_filled(text, *pair, width) for pair in pairs)
    return n_lower == len(pairs) or (n_lower > 0 and is_full and width <= _WIDEST_WRAP_CHARS)


def _are_wrapped(text: str, pairs: list[tuple[Line, Line]], width: int) -> bool:
    filled = [pair for pair in pairs if _is_filled(text, *pair, width)]
    ragged = [pair for pair in pairs if not _is_filled(text, *pair, width)]
    inside = filled + [pair for pair in ragged if not _parts_paragraphs(text, *pair)]
    if len(inside) < _PAIRS_TO_MEASURE or len(inside) * 2 < len(pairs):
        return False
    n_unfinished = sum(_is_unfinished(text, first) for first, _ in inside)
    n_running_on = sum(_runs_on(text, second) for _, second in inside)
    is_full = len(filled) >= _MIN_FILLED * len(inside)
    return is_full and n_unfinished * 2 >= len(inside) <= n_running_on / _MIN_RUNNING_ON


def _lines(text: str) -> Iterator[Line]:
    start, after_blank = 0, False
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        if content:
            begin = start + len(raw) - len(raw.lstrip())
            indent = len(raw[: begin - start].expandtabs(_TAB_COLUMNS))
            yield Line(begin, begin + len(content), _kind(content), after_blank, indent)
        after_blank = not content
        start += len(raw)


def _kind(content: str) -> Kind:
    first = content[0]
    if first.isalpha():
        return Kind.PLAIN
    if first in _RULES and len(content) <= _LONGEST_RULE_CHARS and not _LETTER.search(content):
        return Kind.RULE
    if first == "#":
        return Kind.HEADING if _HEADING.match(content) else Kind.PLAIN
    if first.isdigit():
        return Kind.NUMBER if _NUMBER.match(content) else Kind.PLAIN
    return Kind.BULLET if _BULLET.match(content) else Kind.PLAIN


def _begins_block(text: str, first: Line, last: Line, line: Line, width: int | None) -> bool:
    """Say whether `line` begins a block after the one that has these first and last lines."""
    if line.after_blank or width is None or first.kind in (Kind.HEADING, Kind.RULE):
        return True
    if line.kind is Kind.NUMBER:
        # "… on June\n12. Then …" is a wrapped date; a list goes on, or follows a finished line.
        return first.kind is Kind.NUMBER or not _is_unfinished(text, last)
    if line.kind is not Kind.PLAIN:
        return True
    is_item = first.kind is not Kind.PLAIN
    return (not is_item and _is_indented(text, last, line)) or _had_room(
        text, last, line, width, is_alone=first == last
    )


def _is_indented(text: str, last: Line, line: Line) -> bool:
    """Say whether an indent begins a paragraph here; what goes on in mid-sentence does not."""
    goes_on = _is_unfinished(text, last) and _runs_on(text, line)
    return line.indent > last.indent and not goes_on


def _had_room(text: str, last: Line, line: Line, width: int, *, is_alone: bool) -> bool:
    """Say whether the first word of `line` had room before it; above it may be a headline alone."""
    if (
        is_alone
        and not _runs_on(text, line)
        and not _is_filled(text, last, line, int(width * _ALONE))
    ):
        return True
    if _is_filled(text, last, line, int(width * _ROOM)):
        return False
    is_short = last.n_chars * 2 < width and not _runs_on(text, line)
    return is_short or _parts_paragraphs(text, last, line)


def _parts_paragraphs(text: str, first: Line, second: Line) -> bool:
    """Say whether one line ends like a sentence and the other begins like one."""
    return not _is_unfinished(text, first) and not text[second.start].islower()


def _joinable_pairs(text: str) -> Iterator[tuple[Line, Line]]:
    for first, second in pairwise(_lines(text)):
        joined = not second.after_blank and second.kind is Kind.PLAIN
        is_item = first.kind is not Kind.PLAIN
        if joined and not is_item and _is_indented(text, first, second):
            continue
        if joined and first.kind not in (Kind.HEADING, Kind.RULE):
            yield first, second


def _runs_on(text: str, line: Line) -> bool:
    first = text[line.start]
    return first.isalpha() and not first.isupper()


def _is_unfinished(text: str, line: Line) -> bool:
    last = text[line.end - 1]
    return last.isalnum() or last in ",-–—’'،、，" or unicodedata.category(last)[0] == "M"


def _is_filled(text: str, first: Line, second: Line, width: int) -> bool:
    if second.indent > first.indent and first.kind is Kind.PLAIN:
        return False  # wrapped prose indents no line in mid-sentence; verse does
    length = first.n_chars + max(0, first.indent - second.indent)
    if _UNSPACED.match(text, second.start):
        return length + _CHARS_MOVED_DOWN >= width
    ahead = text[second.start : min(second.end, second.start + _LONGEST_FIRST_WORD_CHARS)]
    return length + 1 + len(ahead.split(None, 1)[0]) >= width
