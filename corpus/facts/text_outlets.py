"""Which outlet a text names: in its byline, its notice of rights, its dateline, its own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from corpus.extracted import Stated
from corpus.facts.date_lines import NEWSLETTER, read_date_line
from corpus.facts.fact_lines import RIGHTS, Dateline, fact_lines, marked
from corpus.facts.hosts import LINK_NUMBER, outlet_by_host
from corpus.facts.issues import is_issue
from corpus.facts.named_outlets import only_outlet_named, outlets_named
from corpus.facts.names import is_name
from corpus.facts.outlets import (
    has_outlet_word,
    is_agency,
    is_kind_of_paper,
    readable_outlet,
    site_name,
    station,
)
from corpus.facts.signed import signed_outlet
from corpus.furniture.outside import PAGE_TITLE, page_title_parts
from corpus.furniture.rules import judge
from corpus.titles import find_headline
from corpus.types import Mark

_LATIN_YEAR = r"(?:19|20)\d\d"
YEARS = re.compile(rf"(?<!\d){_LATIN_YEAR}(?!\d)(?:\s?[-–—]\s?(?:{_LATIN_YEAR}|\d\d)(?!\d))?")
"""A year, or a range of years."""

_RIGHTS_SIGN = re.compile(
    r"©|\(c\)|copyright(?: notice)?|™|®|\btm\b|版权所有|著作権|جميع الحقوق محفوظة|حقوق النشر"
    r"|все права защищены|सर्वाधिकार सुरक्षित",
    re.I,
)
_HOLDER_ENDS = re.compile(
    r"\.\s(?!com\b)|\.\Z|[|;\n]|\s[-–—]\s|, (?=a |an |\d|all )|\ball rights|\balle rechte"
    r"|\btous droits|\btodos (?:los|os)|\btutti i|\bmay not be|\band (?:its|or)\b|\bor its\b"
    r"|\bthis material|\buse of|未经|不得|無断|禁",
    re.I,
)
_BARS = re.compile(r"[|·•]|\s{2,}")
_NO_HOLDER = re.compile(r"(?:all|this|these|the (?:authors?|content)|reproduction)\b", re.I)
_LEGAL_STOP = re.compile(r"\b(Inc|Co|Corp|Ltd|LLC|S\.A|Cía|St)\.", re.I)
_WIRE = re.compile(r"The-(?P<name>[A-Za-z]+)-Wire")
_NAMED_IN = re.compile(
    r"(?:follow|watch|download the|download|get the|view|open|more from|subscribe to)"
    r" (?P<name>(?:the )?[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,4}?)"
    r"(?=\s*[:|]| on | app\b| App\b| in\b| In\b|\Z)",
    re.I,
)
_PUBLICATION = re.compile(r"(?:publication|newspaper|outlet|medium) ?: ?(?P<name>.{2,60})\Z", re.I)
_AGO = re.compile(r"(?P<name>[^|·•\d]{2,50}?) ?[·|•] ?\d{1,3} ?(?:m|min|h|d|w)\Z")
_MAIL_FROM = re.compile(r"From: ?\"?(?P<name>[^<\"\n@]{3,60}?)\"? ?<")
_SECTION = re.compile(r"\s+(?:-{1,3}|[–—|·•»])\s+")
_ABOUT = re.compile(
    r"^[ \t]*(?:About|Über|À propos de|Acerca de|Sobre|Informazioni su) (?:the )?"
    r"(?P<name>[A-ZÀ-Þ][^\n.:!?]{2,60}?)[ \t]*:?[ \t]*$",
    re.M,
)
_TOP_CHARS, _TOP_LINES, _MOST_NAME_WORDS = 1000, 12, 6
_SMALL = frozenset("of the and de la le du des von der die das del di &".split())
_BY = re.compile(r"\A(?:by|von|par|por|di|door) ", re.I)
_SIGNS = re.compile(
    r"(?:\A|[\s|•·,])(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor)\s+"
    r"(?P<name>[^\W\d_][^|•·\d–—]{2,80})"
)
_BAR, _FEWEST_HEADLINE_WORDS = re.compile(r"\s[|·•»]\s"), 4
_ROLE = re.compile(r"(?:staff|our|special|news(?:room)? (?:staff|team|editor))\b", re.I)


def outlet_of(text: str, marks: Sequence[Mark], dateline: Dateline | None) -> Stated | None:
    """Return the outlet: one that carries the article goes before the agency it is from."""
    agency: Stated | None = None
    for name, origin in chain(_stated(text, marks), _named(text, marks, dateline)):
        name = LINK_NUMBER.sub("", name)
        if not is_agency(name):
            return Stated(value=name, origin=origin, sure=origin != "text")
        agency = agency or Stated(value=name, origin=origin)
    return agency


def _stated(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """Yield the names of outlets that lines with facts state, the best evidence first."""
    for _, line, is_head in fact_lines(text, marks):
        found = read_date_line(line)
        if is_head or (found and found.names_outlet):
            yield from ((name, "byline") for name in _outlets_of_fact_line(line))
    for line in marked(text, marks, RIGHTS):
        yield from ((holder, "copyright") for holder in [holder_of(line)] if holder)
    yield from ((name, "text") for name in outlets_named(text, marks))
    for pattern, reason in (
        (_PUBLICATION, "publication details"),
        (_MAIL_FROM, "mail header"),
        (_WIRE, "wire slug"),
    ):
        for match in filter(None, map(pattern.match, marked(text, marks, reason))):
            yield readable_outlet(match["name"]) or match["name"], "text"


def _named(
    text: str, marks: Sequence[Mark], dateline: Dateline | None
) -> Iterator[tuple[str, str]]:
    """Yield the names that say less surely whose the article is, the best evidence first."""
    for line in marked(text, marks, PAGE_TITLE):
        yield from ((parts[1], "text") for parts in [page_title_parts(line)] if parts)
    if dateline and dateline.outlet:
        yield dateline.outlet, "dateline"
    page = "\n".join(mark.span.of(text) for mark in marks)
    guesses: tuple[Callable[[], Iterable[str | None]], ...] = (
        lambda: [
            _of_issue(text),
            _issuer(text),
            _by_host(text, page),
            _of_title(text, marks),
        ],
        lambda: (_SECTION.split(line)[0] for line in marked(text, marks, "site name")),
        lambda: (_addressed(mark.span.of(text)) for mark in marks),
        lambda: [only_outlet_named(text, marks)],
        lambda: [_of_tab(text, marks)],
    )
    for guess in guesses:
        yield from ((name, "text") for name in guess() if name)


def _of_issue(text: str) -> str | None:
    """Return the name over, or beside, the number and date of an issue at the top of a text."""
    lines = [line.strip() for line in text[:_TOP_CHARS].split("\n")[:_TOP_LINES]]
    named = [line for line in lines if any(map(str.isalpha, line))]
    for above, line in zip(["", *named], named, strict=False):
        found = read_date_line(line) if is_issue(line) else None
        if found and found.dates:
            names = [*found.cells, above] if not found.is_labelled else found.cells
            return next((readable_outlet(name) for name in names if _is_masthead(name)), None)
    return None


def _is_masthead(line: str) -> bool:
    """Say whether a line is a few words with capitals, as mastheads are, and no furniture."""
    words = line.split()
    is_short = 0 < len(words) <= _MOST_NAME_WORDS and line[-1] not in ".?!:"
    return is_short and judge(line) is None and all(
        not word[0].isalpha() or word[0].isupper() or word in _SMALL for word in words
    )  # fmt: skip


def _by_host(text: str, page: str) -> str | None:
    """Return a name that an address bears out; a single word must be no furniture: "Facebook"."""
    name = outlet_by_host(text, page)
    return name if name and (" " in name or judge(name) is None) else None


def _issuer(text: str) -> str | None:
    """Return who issued a press release: whom the words at its end are about, under "About …"."""
    top = text[:_TOP_CHARS].split("\n")[:_TOP_LINES]
    if not any(line.strip() and is_kind_of_paper(line) for line in top):
        return None
    found = _ABOUT.search(text)
    return readable_outlet(found["name"]) if found else None


def _of_title(text: str, marks: Sequence[Mark]) -> str | None:
    """Return the name beside the headline where it is repeated: "Bridge open - Orme Courier"."""
    headline = find_headline(text, marks)
    title = headline.of(text) if headline else ""
    for mark in marks if title else ():
        parts = page_title_parts(line) if title in (line := mark.span.of(text)) else None
        if parts and title in parts and has_outlet_word(" ".join(parts)):
            return parts[1] if parts[0] == title else parts[0]
    return None


def _of_tab(text: str, marks: Sequence[Mark]) -> str | None:
    """Return the name behind the bar of a tab's title as headline: "Bridge open | Orme"."""
    headline = find_headline(text, marks)
    parts = _BAR.split(headline.of(text)) if headline else []
    if len(parts) < 2 or len(parts[0].split()) < _FEWEST_HEADLINE_WORDS:
        return None
    name = parts[-1].strip()
    # "Give us back the benches | Jane Roe" has a columnist there, "Bridge open | Analysis" a kind.
    return readable_outlet(name) if _is_masthead(name) and has_outlet_word(name) else None


def _addressed(line: str) -> str | None:
    """Return the outlet that "Follow ORME.COM: …" or "Watch Orme News" speaks of."""
    match = _NAMED_IN.match(line)
    name = site_name(match["name"]) if match else ""
    return name if has_outlet_word(name) or "." in name else None


def _outlets_of_fact_line(line: str) -> Iterator[str]:
    if ago := _AGO.match(line):
        yield ago["name"]
        return
    if outlet := signed_outlet(line):
        yield outlet
        return
    found = read_date_line(line)
    if found and found.cells and NEWSLETTER.search(line):
        yield found.cells[0]
        return
    cells = found.cells if found else re.split(r"\s*[|/•·,]\s*|\s[-–—]\s", line)[1:]
    signs = {match["name"].strip() for match in _SIGNS.finditer(line)} if found else set()
    people = len(signs)
    for cell in cells:
        name = _BY.sub("", cell).strip()
        is_author = is_name(name) and not has_outlet_word(name) and not people
        is_author = is_author or (not has_outlet_word(name) and any(name in s for s in signs))
        people += is_author
        known = has_outlet_word(name) or station(name) is not None
        may_be = known or (people > 0 and is_name(name))
        if (
            may_be
            and not is_author
            and len(name.split()) <= 6
            and not _ROLE.match(name)
            and not judge(name)
        ):
            yield readable_outlet(name) or name


def holder_of(line: str) -> str | None:
    """Return who holds the rights, as a copyright line says."""
    plain = YEARS.sub(" ", _RIGHTS_SIGN.sub("\t", _LEGAL_STOP.sub(r"\1", line)))
    before, *after = plain.split("\t")
    for part in [*after, _BARS.split(before)[-1]]:
        words = re.sub(r"\A[\s,.:&·|()-]*(?:by\b)?[\s,.:&·|()-]*", "", part)
        said = _HOLDER_ENDS.split(words, maxsplit=1)[0].strip(" ,.&()")
        name = readable_outlet(said) if said[:1].isupper() or not said.isascii() else None
        if name and not _NO_HOLDER.match(name) and judge(name) is None:
            return name
    return None
