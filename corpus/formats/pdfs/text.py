"""The lines of a PDF's paragraphs as running text: words that were cut at line ends made whole.

A hyphen at the end of a line is dropped where the document shows that the pieces are one word, and
kept where it shows, or nothing contradicts, that it belongs there. Ligatures were written out and
soft hyphens go, all before the text is final and any offset exists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.decoding import replace_controls
from corpus.formats.pdfs.paragraphs import Block
from corpus.types import Mark, Span

_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)[-‐]\Z")
_FIRST = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
# A document with this many lines that end in a hyphen before a small letter was hyphenated by its
# typesetter; in others a line ends so where a word like "long-term" has its hyphen.
_HYPHENATED_SHARE = 0.03

# No word begins or ends so by itself: what they are cut off is the rest of the word.
_ENDINGS = frozenset(
    "able ably al ally ance ances ate ated ately ates ating ation ations ative ble cal cally ce "
    "cial cially cian cians cient cies cy dence ed ence ences ency ens ent ential er ers es ful "
    "fully gle graphs ible ic ical ically ied ies ification ified ify ing ings ion ional ions ious "
    "ish ism ist ists ities ity ive ively ize ized izing lated less lic lished lishing ly ment "
    "mental ments mer mit mitted ness nesses ning ous ously ples rial ries ry s sion sions sive "
    "ted ter ters tial tially tic tical tically ties ting tion tional tions tive tively tors ture "
    "tures ty ward wards".split()
)
_FIRST_PARTS = frozenset(
    "all anti co cross double eight ex far five forty four full half hard high ill inter left long "
    "low mid middle multi much near nine non north old one open part post pre pro re right second "
    "self semi seven short single six sixty so south ten third thirty three top twenty two under "
    "vice well wide world year".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The text of a document, and where its headings and marks are."""

    text: str
    headings: tuple[Span, ...]
    marks: tuple[Mark, ...]


def write_blocks(blocks: Sequence[Block]) -> Written:
    r"""Write blocks one after the other, with a blank line between each two."""
    words = _Words(blocks)
    parts: list[str] = []
    headings: list[Span] = []
    marks: list[Mark] = []
    length = 0
    for block in blocks:
        text = block.furniture or words.join(block)
        text = replace_controls(text.replace(_SOFT_HYPHEN, "").replace("\n", " "))[0].strip()
        if not text:
            continue
        gap = "\n\n" if parts else ""
        span = Span(length + len(gap), length + len(gap) + len(text))
        parts += [gap, text]
        length = span.end
        if block.furniture:
            marks.append(Mark(span, block.reason))
        elif block.is_heading:
            headings.append(span)
    return Written(text="".join(parts), headings=tuple(headings), marks=tuple(marks))


class _Words:
    """The words of a document, which tell how to make one of two pieces."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._known: Counter[str] = Counter()
        n_lines = n_cut = 0
        for block in blocks:
            for line in block.lines:
                # The pieces at the ends may be parts of words.
                self._known.update(word.casefold() for word in _WORD.findall(line.text)[1:-1])
                n_lines += 1
                n_cut += line.text.endswith(("-", "‐"))
        self._is_hyphenated = n_cut >= max(2, _HYPHENATED_SHARE * n_lines)

    def join(self, block: Block) -> str:
        """Return the lines of a block as one."""
        parts: list[str] = []
        for line in block.lines:
            text = line.text.strip()
            if parts:
                parts[-1], gap = self._seam(parts[-1], text)
                parts.append(gap)
            parts.append(text)
        return "".join(parts)

    def _seam(self, before: str, after: str) -> tuple[str, str]:
        """Return the line before as it is to be, and what comes between it and the next."""
        if before.endswith(_SOFT_HYPHEN):
            return before.rstrip(_SOFT_HYPHEN), ""
        cut = _CUT.search(before[-60:])
        if cut is None:
            ends_number = re.search(r"\w[-‐–]\Z", before[-3:]) and after[:1].isdigit()
            return before, "" if ends_number or _is_wide(before, after) else " "
        rest = _FIRST.match(after)
        if rest is not None and after[0].islower() and self._is_one_word(cut[1], rest[0]):
            return before[:-1], ""
        return before, ""

    def _is_one_word(self, first: str, second: str) -> bool:
        whole, with_hyphen = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        if self._known[whole] or self._known[with_hyphen]:
            return self._known[whole] >= self._known[with_hyphen]
        if second in _ENDINGS:
            return True
        if first.casefold() in _FIRST_PARTS or not self._is_hyphenated:
            return False
        return not (self._known[first.casefold()] and self._known[second.casefold()])


def _is_wide(before: str, after: str) -> bool:
    """Say whether two lines are in a script that has no spaces between words."""
    return bool(before and after) and all("\u2e80" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef"
                                          for c in (before[-1], after[0]))  # fmt: skip
