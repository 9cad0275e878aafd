"""What the head of a PDF and the edges of its pages state: date, outlet and who wrote it.

The head is what stands before the first paragraph: a title page, a masthead, a byline, the date of
a press release. Its lines are marked, but for headline and standfirst. Running heads and feet name
an outlet where they come back, and a date where they agree; what a browser printed there says when
it was printed, and nothing is taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extracted import Stated
from corpus.facts.fields import are_of_occasion
from corpus.facts.written_dates import month_and_year, written_dates
from corpus.formats.pdfs.edges import edge_day, edge_lines, edge_outlet, is_titled
from corpus.formats.pdfs.head_facts import HeadFacts, mark, text_of
from corpus.formats.pdfs.paragraphs import Block, body_size
from corpus.furniture.rules import judge

SMALL_PRINT, AFTER_END = "small print", "after the end"

_PARAGRAPH_CHARS = 80
_SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*(?:\s|\Z)""")
_MAX_HEAD_BLOCKS = 30
_MAX_LINE_CHARS = 160
_MASTHEAD_SIZE, _MAX_DATE_CHARS = 1.15, 80
_END = re.compile(r"\W{0,4}(?:#{2,4}|-\s?30\s?-|-?\s?ends\s?-?|ende?)\W{0,4}", re.I)
_SMALL_TYPE, _MAX_SMALL_SHARE, _MAX_SMALL_CHARS = 0.93, 0.25, 300
_MAX_AFTER_SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a PDF states beside its article; None or empty where it does not."""

    published: Stated | None = None
    outlet: Stated | None = None
    authors: tuple[str, ...] = ()


def read_head(blocks: Sequence[Block], *, day_first: bool | None = None) -> Head:
    """Read and mark the lines before the first paragraph, and read the edges of the pages.

    Args:
        blocks: Those of the document, in order. Lines of the head that are not the article's are
            made furniture here, with the reason, and so is the small print further down.
        day_first: How the document writes days in digits, where that is known.
    """
    first = next((n for n, block in enumerate(blocks) if _is_paragraph(block)), 0)
    edges = edge_lines(blocks)
    headline = _headline(blocks[:first])
    lines = [text for _, text in _head_lines(blocks[:first], headline)]
    found = HeadFacts(edges, day_first, is_occasion=are_of_occasion(*lines))
    is_title_page = first > 0 and _page(blocks[first]) > _page(headline)
    large = _MASTHEAD_SIZE * body_size([line for block in blocks for line in block.lines])
    for number, (block, text) in enumerate(_head_lines(blocks[:first], headline)):
        is_above = headline is None or _is_before(block, headline, blocks)
        # Words in large type at the very top, above a headline, are what the paper is called.
        is_top = number == 0 and headline is not None and block.size > large
        is_cover = is_title_page and bool(written_dates(text) or month_and_year(text))
        is_masthead = is_cover or (is_above and (is_title_page or is_top))
        found.read(block, text, is_above=is_above or is_cover, is_masthead=is_masthead)
    found.read_source(blocks[first:])
    _mark_small_print(blocks[first:])
    return Head(
        published=found.day() or edge_day(edges, day_first=day_first),
        outlet=found.name() or edge_outlet(edges),
        authors=found.authors,
    )


def _is_paragraph(block: Block) -> bool:
    text = text_of(block)
    is_own = not block.furniture and not block.is_heading
    return is_own and len(text) >= _PARAGRAPH_CHARS and _SENTENCE_END.search(text) is not None


def _page(block: Block | None) -> int:
    return block.lines[0].column[0] if block and block.lines else 0


def _headline(head: Sequence[Block]) -> Block | None:
    """Return the largest heading of the head, the longer of two of one size."""
    headings = [block for block in head if block.is_heading and len(text_of(block).split()) > 2]
    if headings and _is_masthead(headings[0], headings, head):
        del headings[0]
    return max(headings, key=lambda b: (round(b.size, 1), len(text_of(b))), default=None)


def _is_masthead(block: Block, headings: Sequence[Block], head: Sequence[Block]) -> bool:
    """Say whether a large line is the first of all, a name, with a day between it and the next."""
    own = [other for other in head if other.lines and not other.furniture]
    if not own or own[0] is not block or not (is_titled(text_of(block)) and headings[1:]):
        return False
    below = [text_of(other) for other in own[1 : own.index(headings[1])]]
    return any(
        len(line) <= _MAX_DATE_CHARS and (written_dates(line) or month_and_year(line))
        for line in below
    )


def _is_before(block: Block, headline: Block, blocks: Sequence[Block]) -> bool:
    return next(b for b in blocks if b is block or b is headline) is block


def _head_lines(head: Sequence[Block], headline: Block | None) -> Iterator[tuple[Block, str]]:
    """Yield the lines that may state facts, with their blocks: not the headline, nor the edges."""
    for block in head[-_MAX_HEAD_BLOCKS:]:
        is_line = not block.furniture and len(text_of(block)) <= _MAX_LINE_CHARS
        if is_line and block is not headline:
            yield from ((block, line.text.strip()) for line in block.lines if line.text.strip())


def _mark_small_print(blocks: Sequence[Block]) -> None:
    """Mark what is set smaller than the text, and what comes after a sign that it is over."""
    own = [block for block in blocks if block.lines and not block.furniture]
    usual = body_size([line for block in own for line in block.lines])
    n_chars = sum(len(text_of(block)) for block in own)
    small = [b for b in own if b.size < _SMALL_TYPE * usual and not b.is_heading]
    if sum(len(text_of(block)) for block in small) <= _MAX_SMALL_SHARE * n_chars:
        for block in small:
            # What its words tell is left to the rules for words, which give a better reason.
            if len(text_of(block)) <= _MAX_SMALL_CHARS and judge(text_of(block)) is None:
                mark(block, SMALL_PRINT)
    end = next((n for n, block in enumerate(own) if _END.fullmatch(text_of(block))), len(own))
    if sum(len(text_of(block)) for block in own[end:]) <= _MAX_AFTER_SHARE * n_chars:
        for block in own[end:]:
            mark(block, AFTER_END)
