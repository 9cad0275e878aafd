"""What the head of a PDF and the edges of its pages state: date, outlet and who wrote it.

The head is what stands before the first paragraph: a title page, a masthead, a byline, the date of
a press release. Its lines are marked, but for headline and standfirst. Running heads and feet name
an outlet where they come back, and a date where they agree; what a browser printed there says when
it was printed, and nothing is taken from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extracted import Stated
from corpus.facts.bylines import byline_authors
from corpus.facts.date_lines import read_date_line
from corpus.facts.names import is_name
from corpus.facts.outlets import has_outlet_word, outlet_key, readable_outlet
from corpus.facts.written_dates import written_dates
from corpus.formats.pdfs.furniture import FOOTER, HEADER, is_printed
from corpus.formats.pdfs.paragraphs import Block, body_size
from corpus.furniture.rules import judge

BYLINE, SMALL_PRINT, AFTER_END = "byline", "small print", "after the end"

_PARAGRAPH_CHARS = 80
_SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*(?:\s|\Z)""")
_MAX_HEAD_BLOCKS = 30
_MAX_LINE_CHARS, _MAX_BESIDE_CHARS = 160, 70
_CELLS = re.compile(r"\s*[|·•/\t]\s*|\s[-–—]+\s|,\s|\s{2,}")
_COUNTED = re.compile(
    r"\b(?:vol(?:ume)?|no|nr|issue|number|edition|page|p|seite|página|jahrgang|ausgabe)\b\.?\s*"
    r"\d{1,6}|(?<!\w)\d{1,6}[A-Z]?(?!\w)",
    re.I,
)
_SMALL_WORDS = frozenset("of the and de la le du des von der die das del & for".split())
_NAMED = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]{0,30}(?: (?:of|the|and|de|la|der|[A-ZÀ-Þ][\w’'.-]{0,30})){1,5}"
)
_BEFORE_NAMES = re.compile(
    r"(?:\A|.{0,20}\s)(?:by|from|von|par|por|di|text|words|story|writes?)[:\s]\s*", re.I
)
_AFTER_NAMES = re.compile(r",? [a-zß-ÿ][^,]{0,40}\Z|, [^,]{2,40}\Z")
_LISTED = re.compile(r",\s| and | und | et | y | & ", re.I)
_MOST_NAME_WORDS = 6
_MAX_BYLINE_CHARS = 120
_END = re.compile(r"\W{0,4}(?:#{2,4}|-\s?30\s?-|-?\s?ends\s?-?|ende?)\W{0,4}", re.I)
_SMALL_TYPE, _MAX_SMALL_SHARE, _MAX_SMALL_CHARS = 0.93, 0.25, 300
_MAX_AFTER_SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a PDF states beside its article; None or empty where it does not."""

    published: Stated | None = None
    outlet: Stated | None = None
    authors: tuple[str, ...] = ()


def read_head(blocks: Sequence[Block]) -> Head:
    """Read and mark the lines before the first paragraph, and read the edges of the pages.

    Args:
        blocks: Those of the document, in order. Lines of the head that are not the article's are
            made furniture here, with the reason, and so is the small print further down.
    """
    first = next((n for n, block in enumerate(blocks) if _is_paragraph(block)), 0)
    edges = _edge_lines(blocks)
    published: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    headline = _headline(blocks[:first])
    is_title_page = first > 0 and _page(blocks[first]) > _page(headline)
    for block, text in _head_lines(blocks[:first], headline):
        is_above = headline is None or _is_before(block, headline, blocks)
        names = _outlets(text, edges, is_masthead=is_above and is_title_page)
        if days := _days(text):
            published = published or days[0]
            outlet = outlet or next(names, None)
            _mark(block, HEADER)
        elif people := _people(text, _text(block), is_above=is_above):
            authors = authors or people
            _mark(block, BYLINE)
        elif name := next(names, None):
            outlet = outlet or name
            _mark(block, HEADER)
        elif is_above and text.isupper():
            _mark(block, HEADER)
    _mark_small_print(blocks[first:])
    return Head(
        published=Stated(value=published, origin="text") if published else _edge_day(edges),
        outlet=Stated(value=outlet, origin="text", sure=False) if outlet else _edge_outlet(edges),
        authors=authors,
    )


def _is_paragraph(block: Block) -> bool:
    text = _text(block)
    is_own = not block.furniture and not block.is_heading
    return is_own and len(text) >= _PARAGRAPH_CHARS and _SENTENCE_END.search(text) is not None


def _text(block: Block) -> str:
    return " ".join(line.text.strip() for line in block.lines)


def _page(block: Block | None) -> int:
    return block.lines[0].column[0] if block and block.lines else 0


def _headline(head: Sequence[Block]) -> Block | None:
    """Return the largest heading of the head, the longer of two of one size."""
    headings = [block for block in head if block.is_heading and len(_text(block).split()) > 2]
    return max(headings, key=lambda b: (round(b.size, 1), len(_text(b))), default=None)


def _is_before(block: Block, headline: Block, blocks: Sequence[Block]) -> bool:
    return next(b for b in blocks if b is block or b is headline) is block


def _head_lines(head: Sequence[Block], headline: Block | None) -> Iterator[tuple[Block, str]]:
    """Yield the lines that may state facts, with their blocks: not the headline, nor the edges."""
    for block in head[-_MAX_HEAD_BLOCKS:]:
        is_line = not block.furniture and len(_text(block)) <= _MAX_LINE_CHARS
        if is_line and block is not headline:
            yield from ((block, line.text.strip()) for line in block.lines if line.text.strip())


def _days(text: str) -> list[str]:
    """Return the days of a line that is a date, and hardly more; none of a sentence."""
    found = written_dates(text)
    n_chars = sum(date.span.end - date.span.start for date in found)
    if not found or len(text) - n_chars > _MAX_BESIDE_CHARS or text.endswith((".", "!", "?")):
        return []
    line = read_date_line(text)
    if line is not None and line.dates:
        return [iso for kind, iso in line.dates if kind != "updated"]
    return [date.iso for date in found]


def _outlets(text: str, edges: Counter[str], *, is_masthead: bool) -> Iterator[str]:
    """Yield names of outlets in a line: known by a word of it, by a running head, by its place."""
    for cell in _cells(text):
        in_edges = any(outlet_key(cell) == outlet_key(c) for line in edges for c in _cells(line))
        if _is_titled(cell) and (has_outlet_word(cell) or in_edges or is_masthead):
            yield readable_outlet(cell) or cell
    for named in _NAMED.finditer(text):
        if has_outlet_word(named[0]) and not text.endswith("."):
            yield readable_outlet(named[0]) or named[0]


def _cells(text: str) -> list[str]:
    """Return the parts of a line without its dates and numbers."""
    for date in reversed(written_dates(text)):
        text = f"{text[: date.span.start]} | {text[date.span.end :]}"
    cells = (cell.strip(" .,;:|–—-()") for cell in _CELLS.split(_COUNTED.sub(" | ", text)))
    return [cell for cell in cells if len(cell) > 2]


def _is_titled(cell: str) -> bool:
    """Say whether words are written as names of newspapers are: several, with capitals."""
    words = cell.split()
    capital = [word for word in words if word[0].isupper()]
    is_titled = all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    return is_titled and 1 < len(words) <= _MOST_NAME_WORDS and len(capital) > 1


def _people(line: str, whole: str, *, is_above: bool) -> tuple[str, ...]:
    """Return the people that a line names, if it does nothing else; above the headline, with "by".

    `whole` is the block that it is a line of: names may go on in the next.
    """
    for text in (line, whole):
        is_long = len(text) > _MAX_BYLINE_CHARS or any(map(str.isdigit, text))
        if is_long or text[-1] in ".!?:" or (is_above and not _BEFORE_NAMES.match(text)):
            continue
        for names in (_BEFORE_NAMES.sub("", text, count=1), _AFTER_NAMES.sub("", text)):
            parts = _LISTED.split(names.title() if names.isupper() else names)
            if all(is_name(part.strip()) and not has_outlet_word(part) for part in parts):
                return byline_authors(f"By {' and '.join(parts)}") or ()
    return ()


def _mark(block: Block, reason: str) -> None:
    block.furniture, block.reason = _text(block), reason
    block.is_heading = False


def _edge_lines(blocks: Sequence[Block]) -> Counter[str]:
    """Count the running heads and feet; none where a browser printed the pages."""
    lines = [b.furniture for b in blocks if b.furniture and b.reason in (HEADER, FOOTER)]
    return Counter() if any(map(is_printed, lines)) else Counter(lines)


def _edge_day(edges: Counter[str]) -> Stated | None:
    """Return the day in the running heads, if they agree; it is sure beside an outlet's name."""
    days = {day[:10] for line in edges for day in _days(line)}
    if len(days) != 1:
        return None
    is_named = any(_days(line) and _is_issue(line) for line in edges)
    return Stated(value=days.pop(), origin="text", sure=is_named)


def _is_issue(line: str) -> bool:
    return any(map(has_outlet_word, _cells(line)))


def _edge_outlet(edges: Counter[str]) -> Stated | None:
    """Return the name in the running heads: one like a newspaper's, else one that comes back."""
    cells = Counter[str]()
    for line, count in edges.items():
        for cell in _cells(line):
            if _is_titled(cell):
                cells[cell] += count
    for cell in cells:
        if has_outlet_word(cell):
            return Stated(value=readable_outlet(cell) or cell, origin="text")
    often = [cell for cell, count in cells.most_common(1) if count > 1]
    dated = [cell for line in edges if _days(line) for cell in _cells(line) if cell in cells]
    alone = list(cells) if max(edges.values(), default=0) == 1 else []  # there is one page
    name = next(iter(often + dated + alone), None)
    return Stated(value=readable_outlet(name) or name, origin="text", sure=False) if name else None


def _mark_small_print(blocks: Sequence[Block]) -> None:
    """Mark what is set smaller than the text, and what comes after a sign that it is over."""
    own = [block for block in blocks if block.lines and not block.furniture]
    usual = body_size([line for block in own for line in block.lines])
    n_chars = sum(len(_text(block)) for block in own)
    small = [b for b in own if b.size < _SMALL_TYPE * usual and not b.is_heading]
    if sum(len(_text(block)) for block in small) <= _MAX_SMALL_SHARE * n_chars:
        for block in small:
            # What its words tell is left to the rules for words, which give a better reason.
            if len(_text(block)) <= _MAX_SMALL_CHARS and judge(_text(block)) is None:
                _mark(block, SMALL_PRINT)
    end = next((n for n, block in enumerate(own) if _END.fullmatch(_text(block))), len(own))
    if sum(len(_text(block)) for block in own[end:]) <= _MAX_AFTER_SHARE * n_chars:
        for block in own[end:]:
            _mark(block, AFTER_END)
