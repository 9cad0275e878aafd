"""Long lines for a terminal: folded between words, what belongs together indented."""

from __future__ import annotations

import re
from textwrap import wrap

MAX_CHARS = 100
"""Longer lines are hard to read, however wide the terminal is."""

_STYLE = r"(?:\x1b\[[\d;]*m)*"
_SOURCE = re.compile(rf"{_STYLE}  — ")


def folded(text: str, columns: int) -> str:
    r"""Return a text with its lines folded; styles count as characters, so some are shorter.

    >>> print(folded("“The barrier cost 612 million.”\n  — The Harbour Courier · 2025", 22))
    “The barrier cost 612
    million.”
      — The Harbour
        Courier · 2025
    """
    return "\n".join(_line(line, min(columns, MAX_CHARS)) for line in text.split("\n"))


def _line(line: str, columns: int) -> str:
    further = "    " if _SOURCE.match(line) else ""
    parts = wrap(
        line,
        max(columns, 20),
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(parts)
