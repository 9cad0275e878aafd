"""Text into sentences, for news prose: one pass, no model, exact offsets.

The text is cut into blocks (`corpus.lines`); each block is scanned once for stops, and each stop is
decided by what stands next to it (`corpus.stops`). The scanner never goes back, so the time is
linear in the length of any text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from corpus.lines import split_blocks
from corpus.stops import STOP, ends_sentence
from corpus.types import Span


def split_sentences(text: str) -> list[Span]:
    """Split a text into sentences.

    Blank lines, single newlines (unless the text is hard-wrapped, see
    `corpus.lines.is_hard_wrapped`), headings and list items end a sentence without any mark.

    Args:
        text: Any text.

    Returns:
        Spans that tile the text: in order, without gap or overlap. White space belongs to the
        sentence before it, at the very beginning to the first one. White space alone is one span;
        an empty text has none.

    >>> text = "Mr. Kim met the U.S. envoy. “We’ll see.” He left."
    >>> [sentence.of(text) for sentence in split_sentences(text)]
    ['Mr. Kim met the U.S. envoy. ', '“We’ll see.” ', 'He left.']
    """
    if not text:
        return []
    starts = [start for block in split_blocks(text) for start in _starts_inside(text, block)]
    return [Span(start, end) for start, end in pairwise([0, *starts[1:], len(text)])]


def _starts_inside(text: str, block: Span) -> Iterator[int]:
    begin = block.start
    yield begin
    for match in STOP.finditer(text, block.start, block.end):
        if match.end() < block.end and ends_sentence(text, match, begin, block.end):
            begin = match.end()
            yield begin
