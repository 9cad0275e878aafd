"""Which lines of a PDF are the page's and not the text's: running heads, feet and page numbers.

They stand in the margin at the top or the bottom, and either come back at the same place with the
same words, numbers aside, or say what only such a line does: "Page 3 of 9", a newspaper's name and
a date, the address and the time that a browser prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.facts.written_dates import written_dates
from corpus.formats.pdfs.pieces import Page, Piece

HEADER, FOOTER, NUMBER, ASIDE = "page header", "page footer", "page number", "text on its side"

# The part of a page's height that is margin; a running head stands there on every page.
_MARGIN = 0.12
# What may be said elsewhere too, such as a number alone, counts only at the very edge.
_EDGE = 0.09
_SAME_Y = 3.0
_MAX_CHARS = 160
_MAX_LOOKED_AT = 40
_MAX_HEAD_CHARS, _MAX_NAME_CHARS = 120, 60
# Lines of one paragraph are not farther apart, in type sizes.
_ADJOINING = 1.6
_MAX_NUMBER_CHARS = 40
# A line at the very edge that is set smaller than the text is no part of it.
_SMALL_TYPE, _VERY_EDGE = 0.93, 0.07

_DIGITS = re.compile(r"\d+")
_NUMBER_LINE = re.compile(
    r"""
      \W{0,3} (?:page|p\.|pg\.?|seite|página|pagina)? \s{0,2}
      [A-Z]?\d{1,4} (?:\s{0,2}(?:/|of|von|de|sur|di|·|\|)\s{0,2}\d{1,4})? \W{0,3}
    """,
    re.I | re.X,
)
# A running head with the page in it, told so even if the document has no other page.
_WITH_NUMBER = re.compile(
    r"(?:.{0,90}\s)?(?:page|seite|página)\s\d{1,4}(?:\s?(?:/|of|von|de)\s?\d{1,4})?"
    r"|(?:page|seite|página)\s\d{1,4}\s?[|·•–—].{0,90}",
    re.I,
)
_PRINTED_AT = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AP]\.?M\.?)?(?!\S)",
    re.I,
)
_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?<!\w)www\.\w", re.I)
_ADDRESS = re.compile(r"https?://[^\s]{4,}", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedPage:
    """A page's text, and the pieces above and below it that are furniture, with the reason."""

    body: Sequence[Piece]
    above: Sequence[tuple[Piece, str]]
    below: Sequence[tuple[Piece, str]]


def sort_pages(pages: Sequence[Page]) -> list[SortedPage]:
    """Tell the furniture of each page from its text. Pages are compared with each other."""
    repeated = _repeated(pages)
    return [_sort_page(page, repeated) for page in pages]


def address_of(pages: Sequence[SortedPage]) -> str | None:
    """Return the web address that a browser printed at the foot of the pages, if it is one."""
    found = {
        match[0].rstrip(".,;)")
        for page in pages
        for piece, _ in (*page.above, *page.below)
        if (match := _ADDRESS.match(piece.text)) and "…" not in match[0]
    }
    return found.pop() if len(found) == 1 else None


def _sort_page(page: Page, repeated: Counter[tuple[str, int]]) -> SortedPage:
    known = _furniture(page, repeated)
    body: list[Piece] = []
    above: list[tuple[Piece, str]] = []
    below: list[tuple[Piece, str]] = []
    for piece in page.pieces:
        if piece.turned:
            below.append((piece, ASIDE))
        elif id(piece) not in known:
            body.append(piece)
        elif piece.y > page.height / 2:
            above.append((piece, _reason(piece, HEADER)))
        else:
            below.append((piece, _reason(piece, FOOTER)))
    above.sort(key=lambda found: (-found[0].y, found[0].x0))
    return SortedPage(body=body, above=above, below=below)


def _furniture(page: Page, repeated: Counter[tuple[str, int]]) -> set[int]:
    """Return the identities of the pieces of a page that are furniture."""
    middle = page.height / 2
    usual = median(piece.size for piece in page.pieces) if page.pieces else 0.0
    margins = [piece for piece in page.pieces if _in_margin(piece, page, _MARGIN)]
    margins.sort(key=lambda piece: -abs(piece.y - middle))
    margins = margins[:_MAX_LOOKED_AT]
    found = [
        piece
        for piece in margins
        if len(piece.text) <= _MAX_CHARS
        and (_comes_back(piece, repeated) or _says_so(piece, page, usual))
    ]
    # What stands in one row with such a line is a part of it, such as the name of the section.
    rows = [piece.y for piece in found]
    found = [piece for piece in margins if any(abs(piece.y - y) < 1 for y in rows)]
    known = {id(piece) for piece in found}
    # From the text outwards: what a line of the text adjoins is text.
    for piece in reversed(found):
        if not _is_printed(piece) and _adjoins_text(piece, page, known):
            known.discard(id(piece))
    return known


def _comes_back(piece: Piece, repeated: Counter[tuple[str, int]]) -> bool:
    return sum(repeated[key] for key in _keys(piece)) > 1


def _says_so(piece: Piece, page: Page, usual: float) -> bool:
    """Say whether a line at the edge says what only running heads and feet do."""
    if not _in_margin(piece, page, _EDGE):
        return False
    if _is_printed(piece) or _is_number(piece) or _WITH_NUMBER.fullmatch(piece.text):
        return True
    is_small = len(piece.text) <= _MAX_NAME_CHARS and piece.size < _SMALL_TYPE * usual
    if is_small and _in_margin(piece, page, _VERY_EDGE):
        return piece.text[-1] not in '.!?”"'
    is_line = len(piece.text) <= _MAX_HEAD_CHARS and piece.size <= 1.1 * usual
    return is_line and (is_dated(piece.text) or _CONTACT.search(piece.text) is not None)


def is_dated(text: str) -> bool:
    """Say whether a line is a date and a name, as of a newspaper, and no sentence."""
    dates = written_dates(text)
    n_chars = sum(found.span.end - found.span.start for found in dates)
    return bool(dates) and len(text) - n_chars <= _MAX_NAME_CHARS and text[-1] not in '.!?”"'


def _adjoins_text(piece: Piece, page: Page, known: set[int]) -> bool:
    """Say whether the next line, in the same type, is text: then this is the end of a paragraph."""
    return any(
        1 < abs(other.y - piece.y) < _ADJOINING * piece.size
        and abs(other.size - piece.size) < 0.05 * piece.size
        and other.x0 < piece.x1
        and other.x1 > piece.x0
        and id(other) not in known
        for other in page.pieces
    )


def _repeated(pages: Sequence[Page]) -> Counter[tuple[str, int]]:
    """Count on how many pages each text stands at each height of the margins."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        margins = [piece for piece in page.pieces if _in_margin(piece, page, _MARGIN)]
        counts.update({_keys(piece)[0] for piece in margins if _has_content(piece)})
    return counts


def _keys(piece: Piece) -> tuple[tuple[str, int], ...]:
    """Return its text without numbers and its height; and the heights next to that."""
    text = _DIGITS.sub("#", piece.text[: _MAX_CHARS + 1]).casefold()
    height = round(piece.y / _SAME_Y)
    return (text, height), (text, height - 1), (text, height + 1)


def _has_content(piece: Piece) -> bool:
    return any(map(str.isalnum, piece.text))


def _is_number(piece: Piece) -> bool:
    text = piece.text
    return len(text) <= _MAX_NUMBER_CHARS and _NUMBER_LINE.fullmatch(text) is not None


def _is_printed(piece: Piece) -> bool:
    return is_printed(piece.text)


def is_printed(text: str) -> bool:
    """Say whether a line is the address or the time that a browser prints."""
    return bool(_ADDRESS.match(text) or _PRINTED_AT.match(text))


def _in_margin(piece: Piece, page: Page, share: float) -> bool:
    margin = share * page.height
    return not piece.turned and not margin <= piece.y <= page.height - margin


def _reason(piece: Piece, place: str) -> str:
    return NUMBER if _is_number(piece) else place
