"""Bylines without "by": "Jane Roe, science correspondent", "Jane Roe reports", "Courier staff"."""

from __future__ import annotations

import re

from corpus.facts.bylines import byline_authors
from corpus.facts.names import is_name
from corpus.facts.outlets import has_outlet_word, is_outlet_name

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
_AND = re.compile(r"\s(?:&|and|und|et|y|e|en)\s")
_FOR = re.compile(r"\s(?:for|für|pour|para|per|voor|and|und|et|y|e|en)\s")
_VERBS = re.compile(
    r"(?P<names>.{5,80}?) (?:reports?|reporting|writes|berichtet|berichten|rapporte|informa"
    r"|riferisce|relata|bericht)(?: (?:from|aus|depuis|desde|da|uit) [A-Z][\w '-]{2,30})?[.:]?\Z"
)
_WITH = re.compile(
    r"(?:(?:live )?(?:with|mit|avec|con|met)|(?:follow along|presented|hosted|compiled"
    r"|live updates)"
    r" (?:with|by)) (?P<names>[A-Z].{4,80})\Z",
    re.I,
)
_MOST_ROLE_WORDS = 6
# A hyphen ends a word here: if it could stand in one too, the time would grow without bounds.
_STAFF = re.compile(r"(?P<outlet>(?:[A-Z][\w.'’&]*[ -]){1,6})(?<!-)(?:staff|team|reporters?)"
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
    people, outlet = _people_and_outlet(line)
    if people and outlet:
        return people
    said = _VERBS.match(line) or _WITH.match(line)
    names = said["names"] if said else _before_role(line)
    return (byline_authors(f"By {names}") or None) if names else None


def are_names(line: str) -> bool:
    """Say whether a line is one person's name, or several people's, and nothing else.

    >>> are_names("Jane Roe and John Poe"), are_names("Jane Roe and others")
    (True, False)
    """
    parts = [part for cell in _PARTS.split(line.strip()) for part in _AND.split(cell) if part]
    return bool(parts) and all(is_name(part) and not has_outlet_word(part) for part in parts)


def signed_outlet(line: str) -> str | None:
    """Return the outlet in "Jane Roe, Orme Courier" or "Orme Courier · Jane Roe"."""
    people, outlet = _people_and_outlet(line.strip(" *_()[]"))
    return outlet if people else None


def _people_and_outlet(line: str) -> tuple[tuple[str, ...], str | None]:
    """Return the names of people and the one of an outlet that a line consists of."""
    if len(line) > LONGEST_CHARS:
        return (), None
    parts = [part for cell in _PARTS.split(line) for part in _FOR.split(cell) if part]
    outlets = [part for part in parts if is_outlet_name(part)]
    people = tuple(part for part in parts if part not in outlets and is_name(part))
    if len(outlets) != 1 or len(people) + 1 != len(parts):
        return (), None
    return people, outlets[0]


def _before_role(line: str) -> str | None:
    """Return what stands before the role, if no more stands there than names."""
    parts = [part for part in _PARTS.split(line) if part]
    if not 2 <= len(parts) <= 4 or len(parts[-1].split()) > _MOST_ROLE_WORDS:
        return None
    role = _ROLE.search(parts[-1])
    if role is None or parts[-1].endswith("."):
        return None
    return ", ".join(parts[:-1])
