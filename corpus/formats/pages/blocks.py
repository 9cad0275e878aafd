"""The visible text of a page in blocks, and what the page's structure says of each of them.

A block is what a browser sets apart: a paragraph, a heading, a list item, a row of a table.
Elements that mark up words are joined to it. The tree is walked once, without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from lxml import etree

from corpus.decoding import replace_controls
from corpus.formats.pages.furniture import Reason, reason_of
from corpus.formats.pages.lines import line_reason
from corpus.formats.pages.tree import Element
from corpus.formats.pages.visible import UNSEEN, is_hidden

_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html label "
    "legend li main menu nav ol optgroup option p pre search section summary table tbody tfoot "
    "thead tr ul".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CELLS = frozenset(["td", "th"])
_CELL_GAP = " | "
_MAX_SIBLINGS = 12
_ROWS = frozenset(["li", "tr", "dt", "dd"])
_LAID_OUT = ("p", "div", "table", "h1", "h2", "h3", "ul", "br")
_MAX_CELL_PIECES, _MAX_CELL_CHARS = 40, 300
_SPACE = re.compile(r"\s+")
_SPACES = re.compile("  +")
# Seen by nobody, and in the way of finding a word: soft hyphen, zero-width space, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")


@dataclass(slots=True)
class Container:
    """An element that is not the article's own by its name, role or class; it may be wrong.

    `prose_chars` is how much prose lies in it: a "related" box that holds most of the page is none.
    """

    reason: Reason
    outer: Container | None
    prose_chars: int = 0


@dataclass(slots=True)
class Block:
    """One block of visible text. `element` holds it; `tag` is what it is a block by.

    `link_chars` are those inside links. `gap` is what stands between it and the block before.
    """

    text: str
    element: Element
    tag: str
    link_chars: int
    container: Container | None
    gap: str = "\n\n"

    @property
    def link_share(self) -> float:
        """The share of its characters that are in links."""
        return min(1.0, self.link_chars / len(self.text))


def page_blocks(root: Element, *, also_hidden: bool = False) -> list[Block]:
    """Return the visible text of a page, in document order.

    Args:
        root: An element; it is not changed.
        also_hidden: Take elements that are hidden until a program shows them for visible.
    """
    return list(_Walk(also_hidden=also_hidden).blocks(root))


class _Holder(NamedTuple):
    """A block element that is open, and the container that was around it."""

    element: Element
    tag: str
    around: Container | None


@dataclass(slots=True)
class _Line:
    """A line of a block, as a <br> ends it: its words, and how much of them is in links."""

    pieces: list[str] = field(default_factory=list)
    link_chars: int = 0

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def finished(self) -> tuple[str, int]:
        text = _SPACES.sub(" ", "".join(self.pieces)).strip(" \n|")
        return replace_controls(text)[0], self.link_chars


@dataclass(slots=True)
class _Walk:
    """The state of the walk: the words of the block so far, and where it is."""

    also_hidden: bool
    lines: list[_Line] = field(default_factory=lambda: [_Line()])
    links: int = 0
    verbatim: int = 0
    articles: int = 0
    holders: list[_Holder] = field(default_factory=list)
    container: Container | None = None
    list_before: Element | None = None

    def blocks(self, root: Element) -> Iterator[Block]:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: Element = None
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in UNSEEN or (not self.also_hidden and is_hidden(element, tag)):
                    skipped = element
                    walk.skip_subtree()
                else:
                    yield from self._start(element, tag)
            elif element is skipped:
                self._add(element.tail)
            else:
                yield from self._end(element, tag)
        yield from self._finish()

    def _start(self, element: Element, tag: str) -> Iterator[Block]:
        reason = reason_of(element, tag, in_article=self.articles > 0)
        if tag in _BLOCKS or self._is_block_here(element, tag, reason):
            yield from self._finish()
            self.holders.append(_Holder(element, tag, self.container))
            if reason is not None:
                self.container = Container(reason, self.container)
        elif tag == "br":
            if not self.lines[-1]:
                yield from self._finish()
            else:
                self.lines.append(_Line())
        elif tag in _CELLS and self.lines[-1]:
            self.lines[-1].pieces.append(_CELL_GAP)
        self._count(tag, 1)
        self._add(element.text)

    def _end(self, element: Element, tag: str) -> Iterator[Block]:
        self._count(tag, -1)
        if self.holders and self.holders[-1].element is element:
            yield from self._finish()
            self.container = self.holders.pop().around
        self._add(element.tail)

    def _is_block_here(self, element: Element, tag: str, reason: Reason | None) -> bool:
        """Say whether an element that marks up words stands alone: a cell, a span by itself."""
        if tag in _CELLS:
            return not _is_short(element)
        is_first = not any(self.lines) and self.holders
        if reason is None or not is_first or self.holders[-1].element is not element.getparent():
            return False
        # What follows must not go on with the sentence that this may be the first word of.
        node = element
        for _ in range(_MAX_SIBLINGS):
            if (node.tail or "").strip():
                return False
            node = node.getnext()
            if node is None or node.tag in _BLOCKS or node.tag == "br":
                return True
            if reason_of(node, node.tag, in_article=self.articles > 0) is None:
                return False
        return False

    def _count(self, tag: str, by: int) -> None:
        if tag == "a":
            self.links += by
        elif tag == "pre":
            self.verbatim += by
        elif tag in ("article", "main"):
            self.articles += by

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = _INVISIBLE.sub("", text)
        if self.verbatim:
            text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
        else:
            text = _SPACE.sub(" ", text)
        line = self.lines[-1]
        if line or text.strip(" "):
            line.pieces.append(text)
            if self.links:
                line.link_chars += len(text.strip())

    def _finish(self) -> Iterator[Block]:
        """Yield the words so far as a block; a line of furniture in it is one by itself."""
        lines = [line.finished() for line in self.lines if line]
        self.lines = [_Line()]
        lines = [line for line in lines if line[0]]
        if not lines or not self.holders:
            return
        element, tag, _ = self.holders[-1]
        row_of = element.getparent() if tag in _ROWS else None
        gap = "\n" if row_of is not None and row_of is self.list_before else "\n\n"
        self.list_before = row_of
        for text, link_chars in _grouped(lines):
            yield Block(text, element, tag, link_chars, self.container, gap)
            gap = "\n"


def _grouped(lines: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Join lines to blocks, but for those that are furniture by their words."""
    if len(lines) == 1:
        yield lines[0]
        return
    texts: list[str] = []
    links = 0
    for text, link_chars in lines:
        if line_reason(text, link_chars / len(text)) is not None:
            if texts:
                yield "\n".join(texts), links
            yield text, link_chars
            texts, links = [], 0
        else:
            texts.append(text)
            links += link_chars
    if texts:
        yield "\n".join(texts), links


def _is_short(cell: Element) -> bool:
    """Say whether a cell holds a value, not a part of a page that is laid out as a table."""
    if any(True for _ in islice(cell.iter(*_LAID_OUT), 1)):
        return False
    pieces = list(islice(cell.itertext(), _MAX_CELL_PIECES))
    return len(pieces) < _MAX_CELL_PIECES and sum(map(len, pieces)) <= _MAX_CELL_CHARS
