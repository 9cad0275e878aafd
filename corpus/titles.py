"""The title of an article that does not state one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.facts.fields import is_known_field
from corpus.facts.outlets import is_outlet_name
from corpus.sentences import split_sentences
from corpus.sentences.lines import split_blocks
from corpus.types import Mark, Span

MAX_TITLE_CHARS = 90
"""Length of a title that is made from a first sentence."""

_MAX_HEADLINE_CHARS = 200
_HEADLINE_WORDS = range(4, 31)
# A page from the web may begin with the site's name and a menu; the headline is not far.
_BLOCKS_LOOKED_AT = 3
_HEAD_CHARS = 4000
_SIGNATURES = frozenset({"byline", "date line"})
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CELLS, _FEWEST_BARS = re.compile(r"\s(?:[|•·]|//?)\s"), 2
_FINAL = re.compile(r"""[.!?…:;,。！？]["'”’»)\]]*\Z""")
_NO_HEADLINE = re.compile(r"(?:By [A-Z]|(?:Published|Updated|Posted|Last updated)\b.*\d|[-*+•|] )")


def find_headline(text: str, marks: Sequence[Mark] = ()) -> Span | None:
    r"""Find the line near the beginning that looks like a headline.

    It is one of the first three blocks, on one line, has 4 to 30 words and at most 200 characters,
    does not end like a sentence and is no byline, date or list item. What is marked as furniture is
    passed over; `marks` are in order and disjoint.

    >>> text = "CBS News\n\nPompeo Meets With Kim Yong Chol\n\nThey met on Friday."
    >>> find_headline(text).of(text)
    'Pompeo Meets With Kim Yong Chol'
    """
    blocks = islice(_unmarked_blocks(text, marks), _BLOCKS_LOOKED_AT)
    found = [
        block
        for block in blocks
        if block.end - block.start <= _MAX_HEADLINE_CHARS and _is_headline(block.of(text))
    ]
    # "La Voz de la Sierra" above a day is the newspaper's name.
    found = [block for block in found if not is_outlet_name(block.of(text))] or found
    signed = (block for block in found if len(found) > 1 and _is_signed(text, block, marks))
    return next(signed, found[0] if found else None)


def _is_signed(text: str, block: Span, marks: Sequence[Mark]) -> bool:
    """Say whether a byline or date line is the next thing below a block."""
    at = bisect_left(marks, block.end, key=lambda mark: mark.span.start)
    if at == len(marks) or marks[at].reason not in _SIGNATURES:
        return False
    return not text[block.end : marks[at].span.start].strip()


def _unmarked_blocks(text: str, marks: Sequence[Mark]) -> Iterator[Span]:
    """Yield the blocks of a text, or what marks leave of them."""
    index = 0
    for block in split_blocks(text):
        start = block.start
        while index < len(marks) and marks[index].span.start < block.end:
            span = marks[index].span
            if span.end > start:
                yield from _trimmed(text, start, span.start)
                start = span.end
            if span.end > block.end:
                break
            index += 1
        yield from _trimmed(text, start, block.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    span = Span(start, end).trimmed(text) if start < end else None
    if span is not None:
        yield span


def title_from_text(text: str) -> str | None:
    """Make a title from the first sentence, cut at a word; None if it holds no letter or digit.

    >>> title_from_text("Kim left. Trump stayed.")
    'Kim left.'
    """
    head = text.lstrip()[:_HEAD_CHARS]
    sentences = split_sentences(head)
    words = sentences[0].of(head).split() if sentences else []
    if not any(map(str.isalnum, "".join(words))):
        return None
    return shorten(" ".join(words), MAX_TITLE_CHARS)


def shorten(text: str, max_chars: int) -> str:
    """Cut a text at a word so that it has at most `max_chars` characters with its "…".

    >>> shorten("The lead negotiator arrived", 20)
    'The lead negotiator…'
    """
    if len(text) <= max_chars:
        return text
    head = text[:max_chars]
    cut = head.rfind(" ")
    return head[: cut if cut > 0 else max_chars - 1].rstrip(" ,;:–—-") + "…"


def _is_headline(line: str) -> bool:
    return (
        "\n" not in line
        and _n_words(line) in _HEADLINE_WORDS
        and not _FINAL.search(line)
        and not _NO_HEADLINE.match(line)
        and len(_CELLS.findall(line)) < _FEWEST_BARS
        and not is_known_field(line)
    )


def _n_words(line: str) -> int:
    """Count words; where words are not parted by spaces, two characters stand for one."""
    return len(line.split()) + len(_UNSPACED.findall(line)) // 2
