"""Which lines of a PDF are one paragraph, also over the end of a column or a page.

Nothing in a PDF says where a paragraph ends. A wider gap, an indent, another size or weight, or a
last line with room for the next word does. What stands between the parts of a paragraph, such as
the foot of a page or a picture's caption, comes after it, so that no sentence is broken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.formats.pdfs.columns import Line
from corpus.formats.pdfs.furniture import is_dated
from corpus.furniture.rules import judge
from corpus.sentences import split_sentences

# In type sizes: what lines of one paragraph are apart if the document shows nothing else.
_USUAL_LEADING = 1.2
_WIDEST_LEADING = 1.35
_SAME_SIZE = 0.08
_HEADING_SIZE = 1.12
_MAX_HEADING_CHARS = 250
_MAX_BOLD_HEADING_WORDS = 16
# "Vantage Point | March 2024"
_CELLS_AND_YEAR = re.compile(r"[^.!?]{2,60} [|·•] [^.!?]{0,30}\d{4}")
_CHAR_WIDTH = 0.5
# How many captions and quotes may stand between two parts of a paragraph.
_MAX_BETWEEN = 4

_LOOK_CHARS = 200

_FINAL = re.compile(r"""[.!?…。！？]["'”’»)\]]*\Z""")
_CREDIT = re.compile(
    r"(?:By|Von|Par|Por|Text|Photo|Foto|Words|Story)(?::\s?|\s)[A-Z]|(?:Published|Updated|Posted)\b"
)
_BULLET = re.compile(r"[-*•‣◦▪●–]\s+\S")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+\S")


@dataclass(slots=True, kw_only=True)
class Block:
    """A paragraph's lines, or a line of furniture if it has a reason to be marked."""

    lines: list[Line] = field(default_factory=list)
    furniture: str = ""
    reason: str = ""
    is_heading: bool = False

    @property
    def size(self) -> float:
        """The type size of its first line."""
        return self.lines[0].size if self.lines else 0.0


class Paragraphs:
    """Collects the lines of a document, page after page, into blocks."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Learn the usual type from all lines of the document."""
        self.blocks: list[Block] = []
        self._body_size = body_size(lines)
        self._leading = _leading(lines)
        self._open: list[Block] = []  # the last ones that may go on, the newest at the end

    def add_furniture(self, text: str, reason: str) -> None:
        """Add a line that is not the article's."""
        self.blocks.append(Block(furniture=text, reason=reason))

    def add_page(self, lines: Iterable[Line]) -> None:
        """Add the lines of one page, in reading order."""
        last: Line | None = None
        for line in lines:
            block = self._open[-1] if self._open else None
            if last is not None and block is not None and block.lines[-1] is last:
                follows = last.column == line.column and not self._begins(block, last, line)
            else:
                follows = False
            if follows and block is not None:
                block.lines.append(line)
            else:
                self._begin_or_resume(line)
            last = line

    def finished(self) -> list[Block]:
        """Return the blocks; headings are told from paragraphs here."""
        for block in self.blocks:
            block.is_heading = bool(block.lines) and self._is_heading(block)
        return self.blocks

    def _begin_or_resume(self, line: Line) -> None:
        for block in reversed(self._open[-_MAX_BETWEEN:]):
            if self._resumes(block, line, is_last=block is self._open[-1]):
                block.lines.append(line)
                self._open.remove(block)
                self._open.append(block)
                return
        self.blocks.append(Block(lines=[line]))
        self._open = [*self._open[-_MAX_BETWEEN:], self.blocks[-1]]

    def _begins(self, block: Block, last: Line, line: Line) -> bool:
        """Say whether `line` begins a paragraph below `last`, which is the block's last line."""
        if not _same_size(last, line) or _is_item(block, last, line):
            return True
        if last.is_short and line.is_short and (_stands_alone(last) or _stands_alone(line)):
            return True
        if last.is_short and block.lines[0] is last and is_dated(last.text) and not _runs_on(line):
            return True
        if last.y - line.y > _WIDEST_LEADING * self._leading * max(last.size, line.size):
            return True
        runs_on = _runs_on(line)
        if last.is_bold != line.is_bold and not (runs_on and _is_unfinished(last)):
            return True
        if self._is_large(line):
            return False
        if _is_new_indent(block, last, line):
            return True
        return _has_room(last, line) and not (runs_on and _is_unfinished(last))

    def _resumes(self, block: Block, line: Line, *, is_last: bool) -> bool:
        """Say whether a paragraph goes on with the first line of a column or after a caption."""
        last = block.lines[-1]
        if last.column == line.column and is_last:
            return False  # it was decided that a paragraph begins here
        if not _same_size(last, line) or _is_item(block, last, line):
            return False
        if last.is_bold != line.is_bold or self._is_large(line):
            return False
        if _CELLS_AND_YEAR.fullmatch(last.text):
            return False
        if _runs_on(line):
            return _is_unfinished(last) or not _ends_sentence(last, line)
        if last.column == line.column or line.is_indented or not is_last:
            return False
        return not _has_room(last, line) and not _ends_sentence(last, line)

    def _is_heading(self, block: Block) -> bool:
        text = " ".join(line.text for line in block.lines)
        if len(text) > _MAX_HEADING_CHARS or not any(map(str.isalpha, text)):
            return False
        if self._is_large(block.lines[0]):
            return True
        if not all(line.is_bold for line in block.lines) or _FINAL.search(text):
            return False
        return len(text.split()) <= _MAX_BOLD_HEADING_WORDS

    def _is_large(self, line: Line) -> bool:
        return line.size > _HEADING_SIZE * self._body_size


def body_size(lines: Sequence[Line]) -> float:
    """Return the type size in which most of a document is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _leading(lines: Sequence[Line]) -> float:
    """Return how far the baselines of the running text are apart, in type sizes."""
    usual = body_size(lines)
    steps = [
        (first.y - second.y) / first.size
        for first, second in pairwise(lines)
        if first.column == second.column and _same_size(first, second)
        and abs(first.size - usual) < 0.1 + _SAME_SIZE * usual
    ]  # fmt: skip
    steps = [step for step in steps if 0.8 < step < 3]
    return median(sorted(steps)[: len(steps) * 3 // 4 + 1]) if steps else _USUAL_LEADING


def _is_item(block: Block, last: Line, line: Line) -> bool:
    """Say whether a line begins an item of a list; "bis zum | 2. August" is a wrapped date."""
    if not _NUMBER.match(line.text):
        return _BULLET.match(line.text) is not None
    is_list = _NUMBER.match(block.lines[0].text) is not None
    return is_list or not _is_unfinished(last) or last.text.endswith(":")


def _stands_alone(line: Line) -> bool:
    """Say whether a line is a byline, a date or furniture, which no sentence runs through."""
    is_said = bool(_CREDIT.match(line.text) or judge(line.text) or is_dated(line.text))
    return is_said or _CELLS_AND_YEAR.fullmatch(line.text) is not None


def _same_size(first: Line, second: Line) -> bool:
    return abs(first.size - second.size) <= _SAME_SIZE * max(first.size, second.size)


def _is_unfinished(line: Line) -> bool:
    return not _FINAL.search(line.text)


def _ends_sentence(last: Line, line: Line) -> bool:
    """Say whether the seam of two lines is one of two sentences; a line may end in "Mrs."."""
    tail, head = last.text[-_LOOK_CHARS:] + " ", line.text[:_LOOK_CHARS]
    return any(sentence.end == len(tail) for sentence in split_sentences(tail + head))


def _runs_on(line: Line) -> bool:
    """Say whether a line begins as the inside of a sentence may, and its beginning hardly."""
    return line.text.lstrip("“\"'‘«(–—-… ")[:1].islower()


def _is_new_indent(block: Block, last: Line, line: Line) -> bool:
    first = block.lines[0].text
    if line.x0 - last.x0 <= 0.6 * line.size or _BULLET.match(first) or _NUMBER.match(first):
        return False
    return line.is_indented


def _has_room(last: Line, line: Line) -> bool:
    """Say whether the first word of `line` had had a place at the end of `last`."""
    word = line.text.split(None, 1)[0]
    needed = (len(word) + 1) * _CHAR_WIDTH * line.size
    spare = last.right - last.x1
    # Unjustified lines are not filled to the last point, and widths are only nearly known.
    slack = 1.5 * line.size if not _is_unfinished(last) else 0.2 * (last.right - last.left)
    return spare > needed + slack
