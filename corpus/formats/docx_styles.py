"""Which paragraphs of a Word document are headings and list items: its styles say so.

Word writes the names of its own styles in English whatever its language; a style of the user's is
known by the one it is based on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML."""

_CONTENTS = re.compile(r"toc(?: heading|\s?\d)", re.I)
_HEADING = re.compile(r"(?:heading|überschrift|titre|título)\s?\d|title|subtitle", re.I)
_LIST = re.compile(r"list (bullet|number)(?: (\d))?", re.I)
_MAX_LEVEL = 8
_MAX_STYLES_FOLLOWED = 10


class Styles:
    """What the styles and lists of a document are."""

    def __init__(self, document: Document) -> None:
        """Read them from an open document."""
        self._names: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        for style in document.styles.element.iter(f"{W}style"):
            style_id = style.get(f"{W}styleId", "")
            for tag, known in (("name", self._names), ("basedOn", self._bases)):
                node = style.find(f"{W}{tag}")
                if node is not None:
                    known[style_id] = node.get(f"{W}val", "")
        self._bullets = _bullets(document)

    def heading(self, paragraph: Any) -> str | None:
        """Return the name of a paragraph's style if it is one of headings."""
        return next(filter(_HEADING.fullmatch, self._chain(paragraph)), None)

    def is_contents(self, paragraph: Any) -> bool:
        """Say whether a paragraph is a line of the table of contents."""
        return any(map(_CONTENTS.fullmatch, self._chain(paragraph)))

    def list_level(self, paragraph: Any) -> tuple[int, str, bool] | None:
        """Return the level, the list and whether it has bullets, if this is a list item."""
        number = value_of(paragraph, "pPr", "numPr", "numId")
        if number not in (None, "", "0"):
            stated = value_of(paragraph, "pPr", "numPr", "ilvl") or "0"
            level = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 3 else 0
            return min(level, _MAX_LEVEL), number, (number, level) in self._bullets
        for name in self._chain(paragraph):
            if match := _LIST.fullmatch(name):
                return int(match[2] or 1) - 1, match[0], match[1].lower() == "bullet"
        return None

    def _chain(self, paragraph: Any) -> Iterator[str]:
        style = value_of(paragraph, "pPr", "pStyle")
        for _ in range(_MAX_STYLES_FOLLOWED):
            if not style:
                return
            yield self._names.get(style, style).lower()
            style = self._bases.get(style)


def _bullets(document: Document) -> set[tuple[str, int]]:
    """Return the lists and levels whose items have a bullet and no number."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return set()
    bullets: dict[str, set[int]] = defaultdict(set)
    for kind in numbering.iter(f"{W}abstractNum"):
        for level in kind.iter(f"{W}lvl"):
            stated = level.get(f"{W}ilvl", "")
            if value_of(level, "numFmt") in ("bullet", "none") and stated in "012345678":
                bullets[kind.get(f"{W}abstractNumId")].add(int(stated or 0))
    return {
        (number.get(f"{W}numId"), level)
        for number in numbering.iter(f"{W}num")
        for level in bullets[value_of(number, "abstractNumId") or ""]
    }


def value_of(node: Any, *path: str) -> str | None:
    """Return the value of the element that is reached over these names; None if there is none."""
    for tag in path:
        node = node.find(f"{W}{tag}")
        if node is None:
            return None
    value = node.get(f"{W}val")
    return None if value is None else str(value)
