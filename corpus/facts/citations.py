"""How a text says that it is to be cited: the line below it that has its own headline and a day.

Libraries, journals and archives put one below an article, as readers write it into their lists of
works: writer, headline, outlet, day. A line that cites another article has another headline.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.facts.date_labels import kind_of, labels_in
from corpus.facts.outlets import has_outlet_word, is_outlet_name, readable_outlet
from corpus.facts.records import people_of
from corpus.facts.written_dates import written_dates
from corpus.types import Span

_LONGEST_CHARS, _FEWEST_TITLE_CHARS, _LAST_LINES = 500, 12, 40
_QUOTES = str.maketrans("“”„«»‘’‚`´", "\"\"\"\"\"'''''")
_ENDS_TITLE = re.compile(r"\s?[.,;\"'*_]")
_OUTLET = re.compile(
    r"[\s.,;\"'*_]*(?:In:? )?(?:The )?(?P<name>[^\W\d_][^,.;:(\[\]\"\n]{1,60}?)\s*[,.;(]"
)
_NO_OUTLET = re.compile(
    r"(?:by|retrieved|accessed|published|posted|available|from|web|online)\b", re.I
)
_WORKS_CITED = re.compile(
    r"\W*(?:works cited|cite (?:this|as).{0,40}|how to cite.{0,40}|citations?|references?"
    r"|zitieren.{0,40}|bibliographi[ea]|pour citer.{0,40}|cómo citar.{0,40})\W*",
    re.I,
)


class Citation(NamedTuple):
    """What a line says that cites the text it stands below; the lines with their heading."""

    outlet: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


def own_citation(text: str, title: str, *, day_first: bool | None = None) -> Citation | None:
    r"""Return what the text's own citation says; None if it has none.

    >>> text = 'Bridge opens\n\nIt did.\n\nPoe, Jane. "Bridge Opens." Orme Courier, 1 June 2018.'
    >>> found = own_citation(text, "Bridge opens")
    >>> found.outlet, found.published, found.authors
    ('Orme Courier', '2018-06-01', ('Jane Poe',))
    """
    wanted = _plain(title)
    if len(wanted) < _FEWEST_TITLE_CHARS:
        return None
    spans = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    for index in range(max(1, len(spans) - _LAST_LINES), len(spans)):
        line = spans[index].of(text).translate(_QUOTES)
        at = _plain(line).find(wanted) if len(line) <= _LONGEST_CHARS else -1
        found = _read(line[:at], line[at + len(wanted) :], day_first) if at >= 0 else None
        if found is not None:
            above = spans[index - 1]
            own = (above,) if _WORKS_CITED.fullmatch(above.of(text)) else ()
            if not own and not _cites(line[:at], found):
                continue
            return found._replace(spans=(*own, spans[index]))
    return None


def _cites(before: str, found: Citation) -> bool:
    """Say whether a line without a heading is a citation: of a writer's article, or a newspaper's.

    A review ends with "The Tempest, Globe Theatre, until 5 June 2018", or a publisher.
    """
    is_quoted = before.rstrip()[-1:] in ('"', "'")
    if any(map(str.isalpha, before)):
        return is_quoted and bool(found.authors)
    name = found.outlet or ""
    return is_outlet_name(name) and has_outlet_word(name.split()[-1])


def _plain(text: str) -> str:
    """Return a text of the same length in which quotation marks and letters' case are alike."""
    return text.translate(_QUOTES).lower() if len(text.lower()) == len(text) else text


def _read(before: str, after: str, day_first: bool | None) -> Citation | None:
    """Read what stands before and after the title; it needs the day of publication."""
    line = f"{before} | {after}"
    labels = labels_in(line)
    dates = written_dates(line, day_first=day_first)
    days = [date.iso for date in dates if kind_of(labels, date.span.start) in ("", "published")]
    outlet = _OUTLET.match(after) if _ENDS_TITLE.match(after) else None
    name = outlet["name"] if outlet and not _NO_OUTLET.match(outlet["name"]) else ""
    if not days or not name:
        return None
    return Citation(readable_outlet(name), days[0], people_of(before.strip(" .,\"'«“‘([*_")))
