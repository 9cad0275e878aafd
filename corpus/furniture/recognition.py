"""Which lines of a text are page furniture: menus, buttons, banners, bylines, notices?

Words come first (`corpus.furniture.rules`), then the place: what stands before the first sentence
or after the last is suspicious. A statement among sentences is furniture only if its words are
those of a notice, and not because it speaks of cookies, archives or copyright; in doubt a line is
left, since a sentence that is lost cannot be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.facts.bylines import byline_authors
from corpus.facts.date_lines import read_date_line
from corpus.furniture.lines import Line
from corpus.furniture.messages import quote_signs, without_sign
from corpus.furniture.places import place
from corpus.furniture.rules import Strength, judge
from corpus.sentences.lines import split_blocks
from corpus.types import Mark, Span

_GLUED_RIGHTS = re.compile(
    r"(?<=[.!?”\"])\s+((?:\(c\)|©|Copyright (?:©|\(c\)|\d{4}))[^\n]{2,250}\Z|[^.!?\n]{0,60}"
    r"All rights reserved\.?\Z)",
    re.I,
)
_GLUE_LOOKED_AT_CHARS = 320
_MOST_MARKED = 0.5
_LINE_WORDS = 4
_MOST_LINES = 50_000  # no article has so many; what follows is not judged


def furniture(text: str) -> list[Mark]:
    r"""Find the furniture of a page in its text.

    Args:
        text: Any text, lines as they were on the page.

    Returns:
        Marks of whole lines (or paragraphs, where lines are wrapped), in order and disjoint, each
        with its reason in plain words. If they would cover more than half of what looks like
        sentences, only those are returned that leave no doubt.

    >>> text = "Share\nThe bridge is open again.\nTraffic is light.\n© 2019 Orme Courier"
    >>> [(mark.span.of(text), mark.reason) for mark in furniture(text)]
    [('Share', 'share links'), ('© 2019 Orme Courier', 'copyright notice')]
    """
    lines = [_line(text, span) for span in islice(_units(text), _MOST_LINES)]
    signs = quote_signs(lines)
    if signs:
        lines = _unquoted(text, lines)
    place(lines)
    if _marks_too_much(lines):
        for line in lines:
            if not line.is_sure:
                line.reason = None
    found = [mark for line in lines if (mark := _mark(text, line))]
    return sorted([*found, *signs], key=lambda mark: mark.span) if signs else found


def _line(text: str, span: Span) -> Line:
    content = span.of(text)
    return Line(span, content, judge(content))


def _unquoted(text: str, lines: list[Line]) -> list[Line]:
    spans = [(line, without_sign(line)) for line in lines]
    return [line if line.reason else _line(text, span) for line, span in spans if span]


def _units(text: str) -> Iterator[Span]:
    """Yield the blocks of a text; of a wrapped one, furniture lines at its ends for themselves."""
    for block in split_blocks(text):
        content = block.of(text)
        if "\n" not in content or len(content) > 20_000:
            yield block
            continue
        spans = list(_line_spans(content, block.start))
        if text[spans[1].start].islower() and judge(content) is not None:
            yield block  # a notice that is wrapped itself
            continue
        if all(judge(span.of(text)) for span in spans):
            yield from spans
            continue
        first, last = 0, len(spans)
        while first < last and _is_plainly_furniture(spans[first].of(text), is_first=True):
            first += 1
        while last > first and _is_plainly_furniture(spans[last - 1].of(text)):
            last -= 1
        yield from spans[:first]
        if first < last:
            yield Span(spans[first].start, spans[last - 1].end)
        yield from spans[last:]


def _line_spans(content: str, start: int) -> Iterator[Span]:
    for raw in content.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            begin = start + len(raw) - len(raw.lstrip())
            yield Span(begin, begin + len(stripped))
        start += len(raw)


def _is_plainly_furniture(line: str, *, is_first: bool = False) -> bool:
    if byline_authors(line) is not None:
        return True
    if is_first and not line.endswith((".", ",")) and read_date_line(line) is not None:
        return True
    verdict = judge(line)
    if verdict is None or verdict.strength is Strength.PLACED:
        return False
    return verdict.is_exact or verdict.strength is Strength.SURE


def _marks_too_much(lines: list[Line]) -> bool:
    # A line of a wrapped paragraph does not end like a sentence, and still is the article's.
    own = sum(line.n_words for line in lines if line.reason is None and line.n_words >= _LINE_WORDS)
    sentences = [line for line in lines if line.reason and line.is_sentence]
    sure = sum(line.n_words for line in sentences if line.is_sure)
    doubtful = sum(line.n_words for line in sentences) - sure
    return doubtful > _MOST_MARKED * (own + sure + doubtful)


def _mark(text: str, line: Line) -> Mark | None:
    if line.reason:
        return Mark(line.span, line.reason)
    tail_start = max(line.span.start, line.span.end - _GLUE_LOOKED_AT_CHARS)
    if not line.is_sentence:
        return None
    glued = _GLUED_RIGHTS.search(text[tail_start : line.span.end])
    if glued is None:
        return None
    return Mark(Span(tail_start + glued.start(1), line.span.end), "copyright notice")
