"""Lines that are furniture by their shape: links in Markdown, rows of buttons, directions."""

from __future__ import annotations

import re

_LINKS = re.compile(r"(?:[-|*•·]?\s*!?\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)\s*)+")
_ROW = re.compile(r"(?:\[[^\[\]]{1,30}\]\s*){3,30}")
_DOMAIN = re.compile(r"(?:[\w-]{1,40}\.){0,3}[\w-]{3,40}\.[a-z]{2,12}(?:/\S{0,300})?")
_DIRECTION = re.compile(  # "(SOUNDBITE OF MUSIC)", "[applause]", but not "[Orme Courier, 1999]"
    r"\[(?!.*(?:19|20)\d\d) ?[^\W\d][^\[\]:|.!?]{2,50} ?\]"
    r"|\((?:[^\W\d_a-z][^a-z().!?]{3,60}|(?i:music|applause|laughter|crosstalk|musik|applaus"
    r"|musique|applaudissements|rires|aplausos|risas|música|musica|applausi|аплодисменты|музыка)"
    r"[^().!?]{0,40}|(?:[^\s().!?\d]+ ){0,5}[^\s().!?\d]+)\)"
)
_LONGEST_CHARS = 600


def shape_of(line: str) -> str | None:
    """Return why a line is furniture by its shape alone; None if it is not.

    >>> shape_of("[Home](/) [Sport](/sport)"), shape_of("(SOUNDBITE OF MUSIC)")
    ('link', 'stage direction')
    >>> shape_of("[END OF RECORDING]"), shape_of("(He did not say why.)")
    ('page footer', None)
    """
    line = line.strip()
    if len(line) > _LONGEST_CHARS:
        return None
    if line[:4].strip(" -*|!")[:1] == "[" and _LINKS.fullmatch(line):
        return "link"
    if _ROW.fullmatch(line):
        return "menu"
    if _DIRECTION.fullmatch(line):
        is_end = line.strip("[( ").casefold().startswith("end of")
        return "page footer" if is_end else "stage direction"
    return "link" if _DOMAIN.fullmatch(line) else None
