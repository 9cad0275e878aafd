"""Word documents (.docx) to text: paragraphs, headings, lists, tables row by row, text boxes.

Left out are comments, tracked deletions, hidden text, page headers and footers, tables of contents,
footnotes and pictures. When a document was made or changed is no date of publication.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from lxml import etree

from corpus.decoding import replace_controls
from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.formats.docx_styles import Styles, W
from corpus.formats.properties import plain, said, stated_authors, stated_title
from corpus.formats.zipped import open_archive
from corpus.types import Span

if TYPE_CHECKING:
    from docx.document import Document

_KIND = "a Word document (.docx)"
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A file that python-docx made has it from its template, if nobody set another.
_TEMPLATE_DATE = date(2013, 12, 23)
_MAIN = "word/document.xml"

# Deleted or moved away, hidden, notes in the margin, and the older of two forms of a text box.
_LEFT_OUT = frozenset(
    [f"{W}{tag}" for tag in "del moveFrom delText instrText pPr rPr sectPr tblPr".split()]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
_CHARACTERS = {
    f"{W}tab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Read the article in a Word document.

    Args:
        file: An open .docx file.
        name: What it is called in messages.

    Yields:
        One article. Its title is the paragraph in the style "Title", else the document's own title,
        else its first heading. `metadata` says when the file was "created" and "modified".

    Raises:
        UnreadableArticle: It is no .docx, broken, locked, larger than what is safe, or without
            text.
    """
    document, styles = _open(file, name)
    writer = _Writer(styles)
    body = getattr(document.element, "body", None)  # a broken document may have any root element
    if body is not None:
        writer.write(body)
    text, _ = replace_controls("".join(writer.parts))
    if not any(map(str.isalnum, text)):
        raise UnreadableArticle(f"{name} has no text in it. Add the article's text, or remove it.")
    titles = [span.of(text) for style, span in writer.headings if style == "title"]
    headings = [span.of(text) for _, span in writer.headings]
    stated = stated_title(_property(document, "title"))
    title = next(iter(titles or ([stated] if stated else headings)), None)
    yield Extracted(
        text=text,
        headings=tuple(span for _, span in writer.headings),
        title=plain(title) if title else None,
        authors=stated_authors(_property(document, "author")),
        language=plain(_property(document, "language") or "") or None,
        metadata=_dates(document),
    )


def _open(file: BinaryIO, name: str) -> tuple[Document, Styles]:
    import docx

    if file.read(len(_OLD_WORD)) == _OLD_WORD:
        raise UnreadableArticle(
            f"{name} is an old Word document or locked with a password. Save it as .docx without a "
            "password and add that."
        )
    file.seek(0)
    with open_archive(file, name, _KIND) as archive:
        if _MAIN not in archive.names and "[Content_Types].xml" not in archive.names:
            raise UnreadableArticle(f"{name} is a ZIP archive, but not {_KIND}.")
        archive.check_sizes()
    file.seek(0)
    try:
        document = docx.Document(file)
        return document, Styles(document)
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises many kinds for broken files
        raise UnreadableArticle(
            f"{name} is a broken Word document: {said(error)}. Open it in Word and save it again."
        ) from error


def _property(document: Document, key: str) -> Any:
    """Return what the document says of itself; None if that cannot be read."""
    try:
        return getattr(document.core_properties, key)
    except MemoryError:
        raise
    except Exception:  # as above; a fact less is no reason to refuse the text
        return None


def _dates(document: Document) -> dict[str, str]:
    """Return when the file was made and changed, as far as it says."""
    found = {key: _property(document, key) for key in ("created", "modified")}
    return {
        key: moment.isoformat()
        for key, moment in found.items()
        if isinstance(moment, datetime) and moment.date() != _TEMPLATE_DATE
    }


class _Writer:
    """Writes the body of a document; text boxes come before the paragraph they hang on."""

    def __init__(self, styles: Styles) -> None:
        self.parts: list[str] = []
        self.headings: list[tuple[str, Span]] = []
        self._styles = styles
        self._length = 0
        self._numbers: dict[tuple[str, int], int] = defaultdict(int)
        self._open: list[list[str]] = []  # the text of the open paragraphs, the innermost last
        self._rows: list[list[list[str]]] = []  # the open rows: their cells: their paragraphs
        self._follows = ""  # what came last: "row", "item" or ""

    def write(self, body: Any) -> None:
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, node in walk:
            if event == "end":
                self._end(node)
            elif node.tag in _LEFT_OUT or _is_hidden(node):
                walk.skip_subtree()
            else:
                self._begin(node)

    def _begin(self, node: Any) -> None:
        tag = node.tag
        if tag == f"{W}p":
            self._open.append([])
        elif tag == f"{W}tr":
            self._rows.append([])
        elif tag == f"{W}tc" and self._rows:
            self._rows[-1].append([])
        elif self._open and tag == f"{W}t":
            self._open[-1].append(node.text or "")
        elif self._open and tag in _CHARACTERS:
            self._open[-1].append(_CHARACTERS[tag])

    def _end(self, node: Any) -> None:
        if node.tag == f"{W}p" and self._open:
            lines = "".join(self._open.pop()).split("\n")
            text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
            if text:
                self._paragraph(node, text)
        elif node.tag == f"{W}tr" and self._rows:
            cells = (" ".join(" ".join(cell).split()) for cell in self._rows.pop())
            row = " | ".join(cell for cell in cells if cell)
            if row and self._rows and self._rows[-1]:
                self._rows[-1][-1].append(row)
            elif row:
                self._put(row, "row")

    def _paragraph(self, node: Any, text: str) -> None:
        if self._rows:
            if self._rows[-1]:
                self._rows[-1][-1].append(text)
            return
        if self._styles.is_contents(node):
            return
        heading = self._styles.heading(node)
        item = None if heading else self._styles.list_level(node)
        if item is None:
            span = self._put(text, "")
            if heading:
                self.headings.append((heading, span))
            return
        level, name, has_bullet = item
        self._numbers[name, level] += 1
        marker = "-" if has_bullet else f"{self._numbers[name, level]}."
        self._put(f"{'  ' * level}{marker} {text}", "item")

    def _put(self, text: str, kind: str) -> Span:
        gap = "\n" if kind and kind == self._follows else "\n\n"
        before = gap if self.parts else ""
        self.parts += [before, text]
        span = Span(self._length + len(before), self._length + len(before) + len(text))
        self._length, self._follows = span.end, kind
        return span


def _is_hidden(node: Any) -> bool:
    """Say whether this is a run of hidden text."""
    if node.tag != f"{W}r":
        return False
    vanish = node.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "true") not in ("0", "false", "off")
