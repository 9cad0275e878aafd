"""The blocks of an HTML or XHTML tree as text: paragraphs, headings, lists and tables.

Made for the insides of books and mails, where all that is shown is text of the author; whole pages
of the web have their own module. The walk keeps no stack of calls, so nesting may be of any depth.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from corpus.decoding import replace_controls
from corpus.types import Span

_HIDDEN = frozenset(
    "script style template noscript head title svg math iframe object embed audio video canvas "
    "select option textarea button map nav".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# A table with these in a cell lays out a page; it has no columns to read across.
_LAYOUT = _HEADINGS | frozenset("table ul ol blockquote dl hr article section".split())
_MAX_LIST_DEPTH = 8
_NOT_SHOWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![-\w])font-size\s*:\s*0(?![.\d])",
    re.I,
)
_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u2028\u2029\x85]+")
# Shown as nothing; mails are padded with them.
_INVISIBLE = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockText:
    r"""A tree's text; `headings` are in it, `title` is its first heading of the highest level.

    Paragraphs and headings are separated by "\n\n", list items and table rows by "\n".
    """

    text: str
    headings: tuple[Span, ...] = ()
    title: str | None = None


def block_text(root: Any) -> BlockText:
    r"""Turn an lxml tree into text.

    What is not shown is left out: scripts, styles, navigation, elements hidden by an attribute or
    an inline style. List items begin with "- " or "1. ", the cells of a table's row have " | "
    between them, a line break is "\n". White space and soft hyphens are as a browser shows them.

    Args:
        root: An element of lxml, of HTML or of XHTML.

    Returns:
        The text, which is final; empty if nothing is shown.

    >>> from lxml import html
    >>> block_text(html.fromstring("<div><h2>Talks</h2><p>They<br>failed.</p></div>")).text
    'Talks\n\nThey\nfailed.'
    """
    writer = _Writer(_layout_rows(root))
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        is_element = isinstance(node.tag, str)  # and no comment, nor an entity, which stays unread
        if event == "start" and is_element:
            if _is_hidden(node):
                walk.skip_subtree()
                writer.hidden.add(node)
            else:
                writer.begin(_local(node), node)
                writer.add(node.text)
        elif event != "start":
            if node in writer.hidden:
                writer.hidden.discard(node)
            elif is_element:
                writer.end(_local(node))
            writer.add(node.tail if node is not root else None)
    return writer.finished()


class _Writer:
    """Collects inline text and writes it where a block ends."""

    def __init__(self, layout_rows: set[Any]) -> None:
        self.hidden: set[Any] = set()
        self._layout_rows = layout_rows
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[tuple[str, Span]] = []
        self._inline: list[str] = []
        self._lists: list[int | None] = []  # of the open lists, the next item's number
        self._marker = ""
        self._gap = "\n\n"
        self._cells: list[str] | None = None  # of the open row, if it is one of a data table
        self._n_preformatted = 0

    def add(self, text: str | None) -> None:
        if text:
            self._inline.append(text if self._n_preformatted else _SPACE.sub(" ", text))

    def begin(self, tag: str, node: Any) -> None:
        if tag == "br":
            self._inline.append("\n")
        elif tag in _BLOCKS:
            self._flush()
            if tag in ("ul", "ol"):
                self._gap = "\n" if self._lists else self._gap
                self._lists.append(_first_number(node) if tag == "ol" else None)
            elif tag == "li":
                self._marker = self._next_marker()
            elif tag == "tr" and node not in self._layout_rows:
                self._cells = []
        self._n_preformatted += tag == "pre"

    def end(self, tag: str) -> None:
        self._n_preformatted -= tag == "pre"
        if tag in ("td", "th") and self._cells is not None:
            self._cells.append(" ".join(self._shown().split()))
        elif tag == "tr" and self._cells is not None:
            row, self._cells = [cell for cell in self._cells if cell], None
            self._put(" | ".join(row))
            self._gap = "\n"
        elif tag in _BLOCKS:
            self._flush(tag if tag in _HEADINGS else "")
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if tag in ("table", "ul", "ol") and not self._lists:
                self._gap = "\n\n"
            if tag == "li":
                self._marker, self._gap = "", "\n"

    def finished(self) -> BlockText:
        self._flush()
        text, _ = replace_controls("".join(self._parts))
        best = min(self._headings, key=lambda heading: heading[0], default=None)
        return BlockText(
            text=text,
            headings=tuple(span for _, span in self._headings),
            title=" ".join(best[1].of(text).split()) if best else None,
        )

    def _shown(self) -> str:
        """Return the collected inline text as lines, and forget it."""
        if not self._inline:
            return ""
        text = _INVISIBLE.sub("", "".join(self._inline)).replace("\r", "\n")
        self._inline = []
        lines = [_SPACE.sub(" ", line).strip(" ") for line in text.split("\n")]
        shown = "\n".join(line for line in lines if line)
        return shown if any(unicodedata.category(char)[0] in "LNPS" for char in shown) else ""

    def _flush(self, heading: str = "") -> None:
        if self._cells is not None:
            self._inline.append(" ")
            return
        span = self._put(self._shown())
        if heading and span is not None:
            self._headings.append((heading, span))

    def _put(self, text: str) -> Span | None:
        if not text:
            return None
        before = (self._gap if self._parts else "") + self._marker
        self._marker, self._gap = "", "\n\n"
        self._parts += [before, text]
        span = Span(self._length + len(before), self._length + len(before) + len(text))
        self._length = span.end
        return span

    def _next_marker(self) -> str:
        if not self._lists:
            return "- "
        indent = "  " * min(len(self._lists) - 1, _MAX_LIST_DEPTH)
        number = self._lists[-1]
        if number is None:
            return indent + "- "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "


@dataclass(slots=True)
class _Row:
    """A row of a table while it is looked at, and how many blocks each of its cells has."""

    node: Any
    n_blocks: list[int] = field(default_factory=list)
    has_layout: bool = False

    def see(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.n_blocks.append(0)
        elif tag in ("p", "div") and self.n_blocks:
            self.n_blocks[-1] += 1
        self.has_layout |= tag in _LAYOUT

    def lays_out(self) -> bool:
        return self.has_layout or len(self.n_blocks) < 2 or max(self.n_blocks) > 1


def _layout_rows(root: Any) -> set[Any]:
    """Return the rows of tables that lay out a page: one cell, or a cell with several blocks."""
    rows: list[_Row] = []
    layout: set[Any] = set()
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = _local(node)
        if event == "start":
            if rows:
                rows[-1].see(tag)
            if tag == "tr":
                rows.append(_Row(node))
        elif rows and rows[-1].node is node and rows.pop().lays_out():
            layout.add(node)
    return layout


def _is_hidden(node: Any) -> bool:
    if _local(node) in _HIDDEN:
        return True
    if not node.attrib:
        return False
    if node.get("hidden") is not None or node.get("aria-hidden", "").lower() == "true":
        return True
    style = node.get("style")
    return style is not None and _NOT_SHOWN.search(style) is not None


def _first_number(node: Any) -> int:
    start = node.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1


def _local(node: Any) -> str:
    """Return the name of an element without its namespace; "" for what is no element."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
