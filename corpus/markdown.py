"""Markdown to plain text that reads like an article, with the spans of its headings.

The parser's tokens are written out, no HTML is made. What cannot be parsed in reasonable time, or
is nested deeper than any article, is used as it stands, with a warning.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.decoding import replace_controls
from corpus.types import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

# At its limit the parser drops text without a word; this one is out of reach of articles (a list in
# a list is four levels), and far from Python's recursion limit.
_MAX_NESTING = 40
# The parser needs up to 70 µs for each of these and 4 µs for any character: a few seconds at most.
# A book has fewer.
_MAX_CHARS = 1_500_000
_MARKERS = "[]!*_`<&|\\\n"
_MAX_MARKERS = 50_000

_HIDDEN_HTML = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_LINE_TAG = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.I)
# Only what HTML calls a tag: "profit <5% and growth >3%" is text.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
_CELL_END = re.compile(r"</t[dh]\s*>(?=\s*<t[dh]\b)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """The text of a Markdown document; `title` is its first heading of level 1."""

    text: str
    headings: tuple[Span, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()


def markdown_to_text(source: str) -> PlainText:
    r"""Turn Markdown (CommonMark and tables) into plain text.

    Paragraphs and headings are separated by "\n\n"; list items stand on lines of their own with
    "- " or "1. "; a soft line break is a space, a hard one "\n"; a table row is a line of cells
    with " | " between them; an image is its alternative text; HTML tags are dropped.

    Returns:
        The text, and the spans of the headings in it. If the document has more markup or nesting
        than can be parsed in a few seconds, it is returned as it is, with a warning.

    >>> markdown_to_text("# *Talks*\nfailed in\n[Rome](http://example.org).").text
    'Talks\n\nfailed in Rome.'
    """
    if len(source) > _MAX_CHARS:
        return _as_it_is(source, f"more than {_MAX_CHARS} characters")
    if sum(map(source.count, _MARKERS)) > _MAX_MARKERS:
        return _as_it_is(source, f"more than {_MAX_MARKERS} marks and lines")
    from markdown_it import MarkdownIt  # on first use: `import qa` stays quick

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
    try:
        tokens = parser.parse(source)
    except RecursionError:
        return _as_it_is(source, "too much nesting")
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        return _as_it_is(source, "too much nesting")
    writer = _Writer()
    for token in tokens:
        writer.write(token)
    return writer.finished()


def _as_it_is(source: str, reason: str) -> PlainText:
    return PlainText(
        text=source, warnings=(f"Read as plain text, not as Markdown: it has {reason}.",)
    )


class _Writer:
    """Writes tokens as text; only `_put` adds to it, so that offsets are always known."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[Span] = []
        self._title: Span | None = None
        self._numbers: list[int | None] = []  # of the open lists, the next item's; None: bullets
        self._marker = ""  # of a list item that has no text yet
        self._is_first_item = True
        self._inside = ""  # the kind of block an inline token belongs to
        self._cells: list[str] = []
        self._is_first_row = True

    def write(self, token: Token) -> None:
        if token.type == "inline":
            self._write_inline(token)
        elif token.type in ("fence", "code_block"):
            self._put(token.content.strip("\n"))
        elif token.type == "html_block":
            self._put(_without_tags(token.content))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._is_first_item = not self._numbers
            first = int(token.attrs.get("start", 1))
            self._numbers.append(first if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
        elif token.type == "list_item_open":
            self._begin_item()
        elif token.type in ("table_open", "tr_close"):
            self._write_row(is_first=token.type == "table_open")
        else:
            self._inside = token.tag

    def finished(self) -> PlainText:
        # An entity may stand for a control character; offsets do not move.
        text, _ = replace_controls("".join(self._parts))
        title = " ".join(self._title.of(text).split()) if self._title else None
        return PlainText(text=text, headings=tuple(self._headings), title=title)

    def _write_inline(self, token: Token) -> None:
        text = _inline_text(token.children or []).strip()
        if self._inside in ("th", "td"):
            self._cells.append(" ".join(text.split()))
            return
        span = self._put(text)
        if span is not None and re.fullmatch("h[1-6]", self._inside):
            self._headings.append(span)
            if self._inside == "h1" and self._title is None:
                self._title = span

    def _write_row(self, *, is_first: bool) -> None:
        if is_first:
            self._is_first_row = True
        elif any(self._cells):
            self._put(" | ".join(self._cells), gap="\n\n" if self._is_first_row else "\n")
            self._is_first_row = False
        self._cells = []

    def _begin_item(self) -> None:
        number = self._numbers[-1]
        self._marker = "  " * (len(self._numbers) - 1) + ("- " if number is None else f"{number}. ")
        if number is not None:
            self._numbers[-1] = number + 1

    def _put(self, text: str, gap: str = "\n\n") -> Span | None:
        """Add a block of text after a gap and the marker of its list item, if it is the first."""
        if not text:
            return None
        if self._marker:
            gap = "\n\n" if self._is_first_item else "\n"
            self._is_first_item = False
        before = (gap if self._parts else "") + self._marker
        self._marker = ""
        self._parts += [before, text]
        span = Span(self._length + len(before), self._length + len(before) + len(text))
        self._length = span.end
        return span


def _inline_text(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type == "image":
            parts.append(_inline_text(token.children or []))
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or _LINE_TAG.match(token.content):
            parts.append("\n")
    return "".join(parts)


def _without_tags(source: str) -> str:
    visible = _CELL_END.sub(" | ", _HIDDEN_HTML.sub("", source))
    text = _TAG.sub("", _LINE_TAG.sub("\n", visible))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)
