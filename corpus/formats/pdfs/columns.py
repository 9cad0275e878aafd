"""In what order a page is read: columns from left to right, each from top to bottom.

A gutter is where many lines begin and hardly one goes through. What goes through, such as a
headline over two columns, cuts the page into bands; in each band one column is read after the
other. A page without gutter is one column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.formats.pdfs.pieces import Piece

# Fewer lines side by side are no columns, nor are narrow or short ones: they may be a table.
_MIN_COLUMN_LINES = 3
_MIN_COLUMN_SHARE = 0.15
_MIN_COLUMN_CHARS = 12
_MAX_CANDIDATES = 12
# How far the beginnings of the lines of one column may differ, and a line reach into the gutter.
_SAME_X = 3.0
_SAME_BASELINE = 0.3
# Pieces of one row with a narrower gap than this, in type sizes, are words of one line.
_WIDEST_WORD_GAP = 2.5
# The short last line of a headline is no farther below the one before, in type sizes.
_HEADLINE_LEADING = 1.6
_SHORT_SHARE = 0.25
# A column begins where at least this part of its lines do; the others stick out or are indented.
_EDGE_SHARE = 0.1
# A drop cap is larger than the text by more than this, and stands for one letter.
_DROP_CAP = 1.8
_INITIAL = re.compile(r"[“\"'‘«]?[^\W\d_]")

_Column = tuple[int, int, int]


@dataclass(slots=True, kw_only=True)
class Line:
    """A line of a column, which is its page, band and place.

    Lines of its size go from `left` to `right`, those of any size to `edge`.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool
    column: _Column
    left: float = 0.0
    right: float = 0.0
    edge: float = 0.0

    @property
    def is_short(self) -> bool:
        """Say whether it ends far from where the lines of its column do."""
        return self.edge - self.x1 > _SHORT_SHARE * (self.edge - self.left)

    @property
    def is_indented(self) -> bool:
        """Say whether it begins to the right of its column's edge, as a paragraph may."""
        return self.x0 - self.left > 0.6 * self.size


def lines_in_order(pieces: Sequence[Piece], page_number: int) -> list[Line]:
    """Join the pieces of one page into lines and put these into reading order."""
    ordered = sorted(pieces, key=lambda piece: (-piece.y, piece.x0))
    ordered = _with_drop_caps(ordered)
    gutters = _gutters(ordered)
    columns: dict[_Column, list[Piece]] = defaultdict(list)
    usual = median(piece.size for piece in pieces) if pieces else 0.0
    band, last_wide = 0, None
    for piece in ordered:
        is_wide = any(_crosses(piece, gutter) for gutter in gutters)
        if last_wide is not None and _goes_with(piece, last_wide, usual):
            is_wide = True
        if is_wide != (band % 2 == 1):
            band += 1
        last_wide = piece if is_wide else None
        place = 0 if is_wide else bisect_right(gutters, piece.x0 + _SAME_X)
        columns[page_number, band, place].append(piece)
    lines = {key: _rows(columns[key], key) for key in sorted(columns)}
    _set_edges(lines)
    return [line for key in lines for line in lines[key]]


def _gutters(ordered: Sequence[Piece]) -> list[float]:
    """Return where columns begin, but for the first."""
    if len(ordered) < 2 * _MIN_COLUMN_LINES:
        return []
    span = max(piece.x1 for piece in ordered) - min(piece.x0 for piece in ordered)
    return sorted(x for x in _candidates(ordered) if _divides(ordered, x, span))


def _candidates(ordered: Sequence[Piece]) -> list[float]:
    """Return where most lines begin."""
    groups: list[list[float]] = []
    for x in sorted(piece.x0 for piece in ordered):
        if groups and x - groups[-1][0] <= _SAME_X:
            groups[-1].append(x)
        else:
            groups.append([x])
    groups = [group for group in groups if len(group) >= _MIN_COLUMN_LINES]
    groups.sort(key=len, reverse=True)
    return [group[0] for group in groups[:_MAX_CANDIDATES]]


def _divides(ordered: Sequence[Piece], x: float, span: float) -> bool:
    """Say whether somewhere, between what crosses it, text stands on both sides of `x`."""
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in ordered:
        if not _crosses(piece, x):
            (right if piece.x0 >= x - _SAME_X else left).append(piece)
        elif _are_columns(left, right, span):
            return True
        else:
            left, right = [], []
    return _are_columns(left, right, span)


def _crosses(piece: Piece, x: float) -> bool:
    return piece.x0 < x - _SAME_X and piece.x1 > x + 1


def _are_columns(left: Sequence[Piece], right: Sequence[Piece], span: float) -> bool:
    if min(len(left), len(right)) < _MIN_COLUMN_LINES:
        return False
    # Both run from top to bottom.
    if left[0].y <= right[-1].y or right[0].y <= left[-1].y:
        return False
    return all(
        median(piece.x1 - piece.x0 for piece in side) >= _MIN_COLUMN_SHARE * span
        and median(len(piece.text) for piece in side) >= _MIN_COLUMN_CHARS
        for side in (left, right)
    )


def _rows(pieces: Sequence[Piece], column: _Column) -> list[Line]:
    """Join the pieces of a column, which come from top to bottom, that stand on one baseline."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and _same_row(piece, rows[-1][0]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(sorted(row, key=lambda piece: piece.x0), column) for row in rows]


def _line(row: Sequence[Piece], column: _Column) -> Line:
    longest = max(row, key=lambda piece: len(piece.text))
    text = row[0].text
    for before, piece in pairwise(row):
        gap = piece.x0 - before.x1
        text += (" " if gap < _WIDEST_WORD_GAP * longest.size else "\t") + piece.text
    return Line(
        text=text,
        x0=row[0].x0,
        x1=max(piece.x1 for piece in row),
        y=longest.y,
        size=longest.size,
        is_bold=all(piece.is_bold for piece in row),
        column=column,
    )


def _same_row(piece: Piece, other: Piece) -> bool:
    return abs(piece.y - other.y) < _SAME_BASELINE * min(piece.size, other.size)


def _goes_with(piece: Piece, wide: Piece, usual: float) -> bool:
    """Say whether a piece that reaches over no gutter belongs to what stands there and does."""
    if _same_row(piece, wide):
        return True
    is_headline = min(piece.size, wide.size) > 1.1 * usual
    return (
        is_headline
        and wide.y - piece.y < _HEADLINE_LEADING * wide.size
        and abs(piece.size - wide.size) < 0.1 * wide.size
    )


def _set_edges(lines: dict[_Column, list[Line]]) -> None:
    """Tell each line the edges of its column, which are the same in all bands of a page.

    Lines of another size are no measure: a headline may be wider than the text below it.
    """
    together: dict[tuple[bool, int, int], list[Line]] = defaultdict(list)
    for (_, band, place), column in lines.items():
        for line in column:
            together[band % 2 == 1, place, round(line.size)].append(line)
    widest: dict[tuple[bool, int], float] = defaultdict(float)
    for (is_wide, place, _), column in together.items():
        starts = Counter(round(line.x0) for line in column)
        enough = max(2, _EDGE_SHARE * len(column))
        left = min((x for x, n in starts.items() if n >= enough), default=min(starts))
        # The rightmost may stick out, such as a date beside a byline.
        ends = sorted((line.x1 for line in column), reverse=True)
        right = ends[min(len(ends) // 4, 1 + round(_EDGE_SHARE * len(ends) / 2))]
        if len(column) > _MIN_COLUMN_LINES:
            widest[is_wide, place] = max(widest[is_wide, place], right)
        for line in column:
            line.left, line.right = left, right
    for (is_wide, place, _), column in together.items():
        for line in column:
            line.edge = max(line.right, widest[is_wide, place])


def _with_drop_caps(ordered: list[Piece]) -> list[Piece]:
    """Put each large initial before the line that it begins."""
    if not ordered:
        return []
    usual = median(piece.size for piece in ordered)
    caps = [p for p in ordered if p.size > _DROP_CAP * usual and _INITIAL.fullmatch(p.text)]
    for cap in caps[:_MAX_CANDIDATES]:
        beside = [
            piece
            for piece in ordered
            if piece.size < cap.size / _DROP_CAP
            and cap.y - usual < piece.y < cap.y + cap.size
            and cap.x0 < piece.x0 < cap.x0 + 2.5 * cap.size
        ]
        if beside:  # they come from top to bottom
            first = min(beside, key=lambda piece: (-round(piece.y), piece.x0))
            first.text = cap.text + _gap_after(cap.text, first.text, ordered) + first.text
            ordered = [piece for piece in ordered if piece is not cap]
    return ordered


def _gap_after(initial: str, rest: str, pieces: Sequence[Piece]) -> str:
    """Tell "A bridge" from "After": the page has the word "bridge" elsewhere, or it has not."""
    word = rest.split(None, 1)[0]
    if initial[-1] not in "AI" or not word[0].islower():
        return ""
    words = {other for piece in pieces for other in piece.text.split()[1:]}
    return " " if word in words and (initial + word).lower() not in words else ""
