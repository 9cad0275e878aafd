"""Lines that are furniture by their shape: links in Markdown, rows of buttons, directions."""

from __future__ import annotations

import re

# White space before a link only, and once before and after its sign: else it takes for ever.
_LINKS = re.compile(r"(?:\s*(?:[-|*•·]\s*)?!?\[[^\[\]]{0,300}\]\([^()\s]{0,500}\))+")
_ROW = re.compile(r"(?:\[[^\[\]]{1,30}\]\s*){3,30}")
_DOMAIN = re.compile(r"(?:[\w-]{1,40}\.){0,3}[\w-]{3,40}\.[a-z]{2,12}(?:/\S{0,300})?")
_IN_BRACKETS = re.compile(r"[(\[] ?(?P<said>[^\W\d_][^()\[\]:|.!?]{2,60}) ?[)\]]")
_DIRECTION = re.compile(  # "[applause]", "(soft music)", but not "[Orme Courier, 1999]"
    r"(?:\S{2,20} )?(?:music|applause|laughter|laughs|crosstalk|inaudible|unintelligible"
    r"|silence|pause|cheering|soundbite|musik|applaus|gelächter|lachen|lacht|musique"
    r"|applaudissements|rires|aplausos|risas|música|musica|applausi|risate|gelach|applaus"
    r"|аплодисменты|музыка|смех)(?: \S{2,20}){0,2}"
    r"|end of [\w ]{3,30}",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
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
    if _is_direction(line):
        is_end = line.strip("[( ").casefold().startswith("end of")
        return "page footer" if is_end else "stage direction"
    return "link" if _DOMAIN.fullmatch(line) else None


def _is_direction(line: str) -> bool:
    """Say whether what stands in brackets is all in capitals, or names a sound.

    Other words in brackets are a remark of the writer's.
    """
    match = _IN_BRACKETS.fullmatch(line)
    if match is None:
        return False
    is_in_capitals = match["said"].isupper() and not _YEAR.search(line)
    return is_in_capitals or _DIRECTION.fullmatch(match["said"].strip()) is not None
