"""Text into sentences, for news prose: one pass, no model, exact offsets.

The text is cut into blocks (`corpus.sentences.lines`); each block is scanned once for stops, and
each stop is decided by what stands next to it (`corpus.sentences.stops`), with the word lists of
the text's language. The scanner never goes back, so the time is linear in the length of any text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from corpus.sentences.abbreviations_other import ENGLISH, LANGUAGES, Words
from corpus.sentences.language_hint import language_hint
from corpus.sentences.lines import split_blocks
from corpus.sentences.stops import STOP, ends_sentence
from corpus.types import Span


def split_sentences(text: str) -> list[Span]:
    """Split a text into sentences.

    Blank lines, single newlines (unless the text is hard-wrapped, see
    `corpus.sentences.lines.is_hard_wrapped`), headings and list items end a sentence without any
    mark.

    Args:
        text: Any text.

    Returns:
        Spans that tile the text: in order, without gap or overlap. White space belongs to the
        sentence before it, at the very beginning to the first one. White space alone is one span;
        an empty text has none.

    >>> text = "Am 3. Mai kam Dr. Orme. Er blieb nicht."
    >>> [sentence.of(text) for sentence in split_sentences(text)]
    ['Am 3. Mai kam Dr. Orme. ', 'Er blieb nicht.']
    >>> text = "Mr. Kim met the U.S. envoy. “We’ll see.” He left."
    >>> [sentence.of(text) for sentence in split_sentences(text)]
    ['Mr. Kim met the U.S. envoy. ', '“We’ll see.” ', 'He left.']
    """
    if not text:
        return []
    words = LANGUAGES.get(language_hint(text) or "", ENGLISH)
    starts = [start for block in split_blocks(text) for start in _starts_inside(text, block, words)]
    return [Span(start, end) for start, end in pairwise([0, *starts[1:], len(text)])]


def _starts_inside(text: str, block: Span, words: Words) -> Iterator[int]:
    begin = block.start
    yield begin
    for match in STOP.finditer(text, block.start, block.end):
        if match.end() < block.end and ends_sentence(text, match, begin, block.end, words):
            begin = match.end()
            yield begin
