"""Bylines without "by": "Jane Roe, science correspondent", "Jane Roe reports", "Courier staff"."""

from __future__ import annotations

import re

from corpus.facts.bylines import byline_authors
from corpus.facts.outlets import has_outlet_word

LONGEST_CHARS = 120
"""A longer line is no signature."""

_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editor|writer|newsroom|staff|columnist|contributor|desk|bureau"
    r"|producer|critic|photographer|special to|journalist|redaktion|redakteur(?:in)?"
    r"|korrespondent(?:in)?|reporterin|journaliste|envoyée? spécial\w*|correspondante?|rédaction"
    r"|redactora?|periodista|corresponsal|redacción|giornalista|inviat[oa]|corrispondente"
    r"|redazione|jornalista|repórter|redação|verslaggever|redactie|редакция|корреспондент"
    r"|журналист|обозреватель)\b",
    re.I,
)
_PARTS = re.compile(r"\s*[,/|•·]\s*|\s[-–—]\s")
_VERBS = re.compile(
    r"(?P<names>.{5,80}?) (?:reports?|reporting|writes|berichtet|berichten|rapporte|informa"
    r"|riferisce|relata|bericht)(?: (?:from|aus|depuis|desde|da|uit) [A-Z][\w '-]{2,30})?[.:]?\Z"
)
_WITH = re.compile(
    r"(?:(?:live )?(?:with|mit|avec|con|met)|(?:follow along|presented|hosted|compiled|live updates)"
    r" (?:with|by)) (?P<names>[A-Z].{4,80})\Z",
    re.I,
)
_MOST_ROLE_WORDS = 6
_STAFF = re.compile(r"(?P<outlet>(?:[A-Z][\w.'’&-]*[ -]){1,6})(?:staff|team|reporters?)"
                    r"(?: (?:writers?|reporters?|report))?\Z", re.I)  # fmt: skip


def signed_authors(line: str) -> tuple[str, ...] | None:
    """Return the people a line names with their role; None if it is no signature.

    >>> signed_authors("Jane Roe, science correspondent")
    ('Jane Roe',)
    >>> signed_authors("ORME COURIER STAFF"), signed_authors("Jane Roe, 83")
    ((), None)
    """
    line = line.strip(" *_()[]")
    if not line or len(line) > LONGEST_CHARS or line.endswith(("!", "?")):
        return None
    staff = _STAFF.match(line)
    if staff and has_outlet_word(staff["outlet"]):
        return ()
    said = _VERBS.match(line) or _WITH.match(line)
    names = said["names"] if said else _before_role(line)
    return (byline_authors(f"By {names}") or None) if names else None


def outlet_of_staff(line: str) -> str | None:
    """Return the outlet in "Orme Courier Staff"."""
    staff = _STAFF.match(line.strip())
    name = staff["outlet"].strip(" -") if staff else ""
    return name if has_outlet_word(name) else None


def _before_role(line: str) -> str | None:
    """Return what stands before the role, if no more stands there than names."""
    parts = [part for part in _PARTS.split(line) if part]
    if not 2 <= len(parts) <= 4 or len(parts[-1].split()) > _MOST_ROLE_WORDS:
        return None
    role = _ROLE.search(parts[-1])
    if role is None or parts[-1].endswith("."):
        return None
    return ", ".join(parts[:-1])
