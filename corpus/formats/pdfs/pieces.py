"""What stands where on a page of a PDF: pieces of lines, with their place and their size.

A PDF says where glyphs are, not what is a line. pypdf finds words and the ends of lines in the
order in which the page draws them; here these become pieces: stretches of one baseline without a
wide gap. Coordinates are points, y upwards, in the direction in which most of the page reads.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# Nothing on a page is farther away, or larger; what is no number is not less either.
_FARTHEST = 1e7
# A wider gap than this part of the type size may be a gutter between columns; words have less.
_WIDEST_WORD_GAP = 0.8
_NARROWEST_SPACE = 0.15
# Superscripts and fractions leave the baseline by less.
_SAME_LINE = 0.5

_WIDE_GAP = re.compile(r"\s{3,}")
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)
_PLAIN = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_PLAIN |= {0xFB05: "st", 0xFB06: "st", 0xA0: " "}
# Fonts without a map of characters: Windows-1252, whose codes without a character show a bullet.
_PLAIN |= {code: bytes([code]).decode("cp1252", "ignore") or "•" for code in range(0x80, 0xA0)}
_PLAIN[0x7F] = "•"
_NARROW, _WIDE = frozenset("iIjlftr.,;:'|!()[]-’‘ "), frozenset("mwMW@%—…")


@dataclass(slots=True, kw_only=True)
class Piece:
    """A stretch of text on one baseline, from `x0` to `x1`."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    n_bold: int = 0
    turned: bool = False

    @property
    def is_bold(self) -> bool:
        """Say whether nearly all of it is bold."""
        return self.n_bold >= 0.9 * len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's pieces, in the order in which they are drawn, and its size in points."""

    pieces: Sequence[Piece]
    width: float
    height: float


@dataclass(slots=True, kw_only=True)
class _Run:
    """A text as pypdf gives it: one font, one place; `ends` says that its line ends with it."""

    text: str
    ends: bool
    matrix: tuple[float, ...]
    size: float
    width: float
    bold: bool


def read_page(page: Any) -> Page:
    """Return the pieces of a page that pypdf read."""
    runs: list[_Run] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, font_size: float) -> None:
        matrix = _product(tm, cm)
        if text.strip() and all(abs(number) < _FARTHEST for number in (*matrix, font_size)):
            runs.append(_run(text, matrix, font, font_size))
        elif runs and "\n" in text:
            runs[-1].ends = True
        elif runs and text and not runs[-1].text.endswith(" "):
            runs[-1].text += " "

    page.extract_text(visitor_text=visit)
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    direction = _main_direction(runs)
    if direction % 2:
        width, height = height, width
    shown = _pieces([run for run in runs if _direction(run.matrix) == direction], direction)
    others = [run for run in runs if _direction(run.matrix) != direction]
    for other in {_direction(run.matrix) for run in others}:
        for piece in _pieces([run for run in others if _direction(run.matrix) == other], other):
            piece.turned = True
            shown.append(piece)
    _to_origin(shown, page, direction)
    return Page(pieces=shown, width=width, height=height)


def _run(text: str, matrix: tuple[float, ...], font: Any, font_size: float) -> _Run:
    # Wide gaps are kept as one sign: between them stand the words of a menu or the cells of a row.
    stretches = _WIDE_GAP.split(text.translate(_PLAIN).strip())
    plain = "\t".join(" ".join(stretch.split()) for stretch in stretches)
    lead = " " if text[0] == " " else ""
    trail = " " if text.rstrip("\n").endswith(" ") else ""
    across = math.hypot(matrix[0], matrix[1])
    size = abs(font_size) * math.hypot(matrix[2], matrix[3])
    return _Run(
        text=lead + plain + trail,
        ends=text.endswith("\n"),
        matrix=matrix,
        size=size or 1.0,
        width=_text_width(plain, font) * abs(font_size) * across,
        bold=bool(_BOLD.search(_font_name(font))),
    )


def _pieces(runs: list[_Run], direction: int) -> list[Piece]:
    pieces: list[Piece] = []
    before: _Run | None = None
    for run in runs:
        x, y = _upright(run.matrix, direction)
        if before and not before.ends and _continues(before, run, pieces[-1], x, y):
            _append(pieces[-1], run, None if run.matrix == before.matrix else x)
        else:
            text = run.text.strip()
            pieces.append(
                Piece(
                    text=text,
                    x0=x,
                    x1=x + run.width,
                    y=y,
                    size=run.size,
                    n_bold=len(text) if run.bold else 0,
                )
            )
            if run.text.endswith(" "):
                pieces[-1].text += " "
        before = run
    for piece in pieces:
        piece.text = piece.text.strip()
    return pieces


def _continues(before: _Run, run: _Run, piece: Piece, x: float, y: float) -> bool:
    if run.matrix == before.matrix:  # the font changed, the pen did not move
        return True
    if abs(y - piece.y) > _SAME_LINE * max(piece.size, run.size):
        return False
    gap = x - piece.x1
    size = min(piece.size, run.size)
    # Widths are not always known well: a run that begins before the end of the last one is
    # its continuation if it does not go back far.
    return -2 * size < gap < _WIDEST_WORD_GAP * size and x >= piece.x0


def _append(piece: Piece, run: _Run, x: float | None) -> None:
    gap = 0.0 if x is None else x - piece.x1
    if gap > _NARROWEST_SPACE * run.size and not piece.text.endswith(" "):
        piece.text += " "
    added = run.text.lstrip() if piece.text.endswith(" ") else run.text
    piece.text += added
    piece.n_bold += len(added) if run.bold else 0
    space = 0.25 * run.size * (len(run.text) - len(run.text.strip()))
    piece.x1 = max(piece.x1, (piece.x1 + space if x is None else x) + run.width)
    if len(added.strip()) > len(piece.text) / 2:  # the greater part says how large it is
        piece.size = run.size


def _main_direction(runs: list[_Run]) -> int:
    lengths: Counter[int] = Counter()
    for run in runs:
        lengths[_direction(run.matrix)] += len(run.text)
    return max(lengths, key=lambda direction: (lengths[direction], -direction), default=0)


def _direction(matrix: tuple[float, ...]) -> int:
    """Return in which direction text runs: 0 right, 1 up, 2 left, 3 down."""
    return round(math.atan2(matrix[1], matrix[0]) / (math.pi / 2)) % 4


def _upright(matrix: tuple[float, ...], direction: int) -> tuple[float, float]:
    x, y = matrix[4], matrix[5]
    return ((x, y), (y, -x), (-x, -y), (-y, x))[direction]


def _to_origin(pieces: list[Piece], page: Any, direction: int) -> None:
    """Move the page's lower left corner, as its text reads, to (0, 0)."""
    box = page.mediabox
    corner = (
        (box.left, box.bottom),
        (box.bottom, -box.right),
        (-box.right, -box.top),
        (-box.top, box.left),
    )[direction]
    for piece in pieces:
        if not piece.turned:
            piece.x0 -= float(corner[0])
            piece.x1 -= float(corner[0])
            piece.y -= float(corner[1])


def _product(tm: list[float], cm: list[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = tm
    g, h, i, j, k, m = cm
    product = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j)
    return (*product, e * g + f * i + k, e * h + f * j + m)


def _font_name(font: Any) -> str:
    return str(font.get("/BaseFont", "")) if font is not None else ""


def _text_width(text: str, font: Any) -> float:
    """Return the width of a text in a font, in parts of its size."""
    widths = _font_widths(_ByIdentity(font)) if font is not None else None
    if widths:
        usual = widths.get("e") or widths.get("default") or 500.0
        return sum(widths.get(char, usual) for char in text) / 1000
    return sum(0.28 if c in _NARROW else 0.85 if c in _WIDE else 0.52 for c in text)


@dataclass(frozen=True, slots=True)
class _ByIdentity:
    """A font's dictionary as a key: the reader keeps one object for each font of a file."""

    font: Any

    def __hash__(self) -> int:
        return id(self.font)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.font is other.font


@lru_cache(maxsize=64)
def _font_widths(key: _ByIdentity) -> dict[str, float] | None:
    try:
        # Not public, so anything may go wrong; then widths are estimated.
        from pypdf.generic._font import Font

        return dict(Font.from_font_resource(key.font).character_widths)
    except MemoryError:
        raise
    except Exception:
        return None
