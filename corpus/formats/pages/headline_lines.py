"""What a short line near a headline is: a standfirst, a date, a length of audio, a byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from corpus.facts.written_dates import written_dates
from corpus.formats.pages.authors import are_names, clean_authors, named_author
from corpus.formats.pages.blocks import HEADINGS, Block
from corpus.formats.pages.evidence import has_sentence, words
from corpus.formats.pages.tree import Element

_STANDFIRST_WORDS = 6
_MAX_LINKED = 0.5
_MAX_COUNTED_CHARS, _NUMBERS = 100, 2
_NUMBER = re.compile(r"\d+")
_MAX_DATED_CHARS = 250
_TIMES_LOOKED_AT = 3
_MAX_BYLINES = 3


def may_be_standfirst(block: Block) -> bool:
    """Say whether a block that stands between headline and article reads like a standfirst."""
    is_long = len(words(block.text)) >= _STANDFIRST_WORDS and block.link_share < _MAX_LINKED
    if not is_long or has_sentence(block.text):
        return is_long
    return not _is_counted(block.text) and not are_names(block.text)


def states_date(line: str) -> bool:
    """Say whether a short line has a whole date in it and no sentence: a byline of some sort."""
    return _is_counted(line) and not has_sentence(line) and bool(written_dates(line))


def _is_counted(line: str) -> bool:
    """Say whether a line is mostly about a date or a length: "6 minutes 12 seconds of audio"."""
    return len(line) <= _MAX_COUNTED_CHARS and len(_NUMBER.findall(line)) >= _NUMBERS


def signed(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the names in lines that are bylines by their words."""
    named = (named_author(line, is_marked=False) for line in islice(lines, _MAX_BYLINES))
    return clean_authors(name for name in named if name)


class Times:
    """Tells lines that have a time marked up in them and are no sentence."""

    def __init__(self) -> None:
        self._known: dict[Element, Sequence[str]] = {}

    def are_shown_in(self, block: Block) -> bool:
        """Say whether a block shows the words of a <time> element, and has no sentence."""
        is_long = len(block.text) > _MAX_DATED_CHARS or block.tag in HEADINGS
        if is_long or has_sentence(block.text):
            return False
        if block.element not in self._known:
            times = islice(block.element.iter("time"), _TIMES_LOOKED_AT)
            self._known[block.element] = [" ".join("".join(t.itertext()).split()) for t in times]
        return any(time and time in block.text for time in self._known[block.element])
