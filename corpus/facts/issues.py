"""The number of an issue, as mastheads and folios have it: "Vol. 12, No. 3 – March 2024"."""

from __future__ import annotations

import re

_NUMBERED = (
    r"\b(?:vol(?:ume|\.)?|no\.?|nr\.?|n[º°]|num(?:ber|\.)?|núm(?:ero|\.)?|numéro|issue|edition"
    r"|jahrgang|jg\.?|ausgabe|heft|année|año|anno)"
)
_ISSUE = re.compile(rf"{_NUMBERED}\s?#?\d{{1,6}}(?!\w)", re.I)
_LONGEST_CHARS = 120


def is_issue(line: str) -> bool:
    """Say whether a short line has the number of an issue.

    >>> is_issue("No. 44 | October 2021"), is_issue("Nobody came in October 2021")
    (True, False)
    """
    return len(line) <= _LONGEST_CHARS and _ISSUE.search(line) is not None


def without_issue(line: str) -> str:
    """Return a line with bars in the places of its numbers of volume and issue."""
    return _ISSUE.sub(" | ", line)
