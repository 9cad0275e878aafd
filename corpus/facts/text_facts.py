"""What a text says of itself: outlet, dates, authors, language, from the lines around the story.

A date inside the article's prose is about what happened and never taken. What is worked out and not
said, such as a date from a copyright year, is marked as not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.extracted import Stated
from corpus.facts.addresses import address_above, day_in_address, own_address
from corpus.facts.bylines import byline_authors
from corpus.facts.calendar_words import is_day_first
from corpus.facts.date_lines import NEWSLETTER, DateLine, read_date_line
from corpus.facts.fact_lines import RIGHTS, Dateline, dateline_of, fact_lines, marked, own_lines
from corpus.facts.fields import are_of_occasion
from corpus.facts.language import language_of
from corpus.facts.outlets import has_outlet_word
from corpus.facts.records import line_below, record_of
from corpus.facts.signed import are_names, signed_authors, signed_outlet
from corpus.facts.text_outlets import YEARS, holder_of, outlet_of
from corpus.facts.written_dates import day_in_year, written_dates
from corpus.titles import find_headline
from corpus.types import Mark, Span

# A database says when it took an article in, a reader when it was printed or looked at.
_SAVED = re.compile(
    r"(?:load|print|access|retriev|download|index|crawl|saved?)\w*[- ]?(?:date|on)\b", re.I
)
_KEPT = re.compile(r"(?:load|print|access|retriev|download|index|crawl|sav|captur|view)", re.I)
_FIELD = re.compile(r"[A-Z][A-Z -]{2,24}: ?\S")
_FEWEST_FIELDS = 2
_FIRST = re.compile(
    r"\bappear(?:s|ed) in print (?:on|in)\b|^(?:originally|first) (?:published|posted|printed) ",
    re.I,
)
_IN_BROWSER = re.compile(
    r"(?:view|read|open|see)(?: this| it)?(?: e?-?mail| message| newsletter| letter)? (?:in|on)"
    r" (?:your |the |a )?(?:web )?(?:browser|web)|im browser (?:ansehen|öffnen|anzeigen)"
    r"|(?:voir|lire|afficher) (?:\S+ ){0,3}dans (?:votre|le) navigateur",
    re.I,
)
_REPORTING = re.compile(r"\(?(?:additional )?(?P<what>reporting) by (?P<names>[^;.)]{3,120})", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """What a text says of itself; None or empty where it does not."""

    title: str | None = None
    outlet: Stated | None = None
    published: Stated | None = None
    updated: Stated | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None


def text_facts(
    text: str,
    marks: Sequence[Mark],
    *,
    title: str | None = None,
    language: str | None = None,
    url: str | None = None,
) -> TextFacts:
    r"""Read what a text says of itself.

    Args:
        text: The text.
        marks: Its furniture, in order, with the reasons that `corpus.furniture` gives: dates and
            authors are read from lines marked "byline" and "date line", years and owners from
            copyright notices.
        title: The headline, where it is known.
        language: The language, where it is known: it may tell how days are written in digits.
        url: The article's own address, where it is known.

    Returns:
        Facts with their origins. `published` is a year that is not sure if only a copyright notice
        has it.

    >>> from corpus.types import Span
    >>> text = "LONDON (AP) — Talks failed.\n© 2019 The Associated Press"
    >>> facts = text_facts(text, [Mark(Span(28, 55), "copyright notice")])
    >>> facts.outlet.value, facts.published
    ('Associated Press', Stated(value='2019', origin='copyright', sure=False))
    """
    own = "\n".join(own_lines(text, marks))
    dateline = dateline_of(own)
    said = language_of(own)
    day_first = is_day_first(language, said)
    published, updated = _dates(text, marks, _headline(text, marks, title), day_first)
    record = record_of(text, marks, day_first=day_first)
    known = url or record.url or address_above(text)
    return TextFacts(
        title=record.title,
        outlet=in_text(record.outlet) or outlet_of(text, marks, dateline),
        published=in_text(record.published)
        or published
        or _of_details(text, marks)
        or _from_dateline(text, marks, dateline)
        or _of_address(known)
        or _year(text, marks, not_after=updated),
        updated=updated,
        authors=record.authors or _authors(text, marks),
        url=known or own_address(text, marks),
        language=said,
    )


def _headline(text: str, marks: Sequence[Mark], title: str | None) -> Span | None:
    """Return the headline's place: the line with the title that is known, else one like it."""
    found = re.search(rf"^[ \t]*{re.escape(title)}[ \t]*$", text, re.M) if title else None
    return Span(*found.span()) if found else find_headline(text, marks)


def in_text(value: str | None) -> Stated | None:
    """Return what a text states, if it does."""
    return Stated(value=value, origin="text") if value else None


def _dates(
    text: str, marks: Sequence[Mark], headline: Span | None, day_first: bool | None
) -> tuple[Stated | None, Stated | None]:
    found: dict[str, str] = {}
    masthead = weak = ""
    lines = [mark.span.of(text) for mark in marks]
    is_record = sum(_FIELD.match(line) is not None for line in lines) >= _FEWEST_FIELDS
    # What was sent by mail has the day on which it was, and no clock.
    is_record = is_record or any(map(_IN_BROWSER.match, lines))
    for mark, content, is_head in fact_lines(text, marks):
        is_kept = _SAVED.match(content) is not None
        line = None if is_kept else read_date_line(content, day_first=day_first)
        if line is None or not (is_head or line.is_labelled or line.names_outlet):
            continue
        if len({iso for kind, iso in line.dates if not kind}) > 1:
            continue  # "5 Mar 2019 - 12 Nov 2021" is when an archive kept it
        # A weekday at the top of a page may be that of the day it was read.
        is_of_some_day = line.has_weekday and not (is_record or _is_own(line))
        for kind, iso in line.dates:
            may_be_today = is_of_some_day and "T" not in iso
            if not kind and headline and mark.span.end <= headline.start:
                masthead = "" if may_be_today else iso
            elif not kind and may_be_today:
                weak = weak or iso
            else:
                found.setdefault(kind, iso)
    bare = found.get("", "")
    stated = found.get("published") or (bare if "T" in bare else weak or bare) or masthead
    published = stated or _first_published(text, marks)
    updated = found.get("updated")
    return (
        Stated(value=published, origin="byline") if published else None,
        Stated(value=updated, origin="byline") if updated else None,
    )


def _of_details(text: str, marks: Sequence[Mark]) -> Stated | None:
    """Return the day of a record's only date line, where no field states one."""
    lines = []
    for mark in marks:
        line = mark.span.of(text)
        is_detail = mark.reason == "publication details" and not _KEPT.match(line)
        # "Date: 5 June 2018" above "Location: The old mill" is when something takes place.
        if is_detail and not are_of_occasion(line, line_below(text, mark)):
            lines.append(line)
    day = _only_day(lines)
    return Stated(value=day, origin="byline") if day else None


def _is_own(line: DateLine) -> bool:
    """Say whether a date line is the article's: printed on its page, or with who wrote it where."""
    return line.is_folio or signed_outlet(" | ".join(line.cells)) is not None


def _first_published(text: str, marks: Sequence[Mark]) -> str | None:
    """Return the day in "Originally published March 5, 2020", if such notices name one."""
    notices = marked(text, marks, "editorial notice", "colophon")
    printed = [day.iso for line in notices if _FIRST.search(line) for day in written_dates(line)]
    return _only_day(notices) or (printed[0] if len(set(printed)) == 1 else None)


def _only_day(lines: Iterable[str]) -> str | None:
    """Return the day in date lines, if they name a single one; updates do not count."""
    found = [line for line in map(read_date_line, lines) if line]
    days = {iso for line in found for kind, iso in line.dates if kind != "updated"}
    return days.pop() if len(days) == 1 else None


def _from_dateline(text: str, marks: Sequence[Mark], dateline: Dateline | None) -> Stated | None:
    if dateline is None:
        return None
    days = written_dates(dateline.head)
    if days:
        return Stated(value=days[0].iso, origin="dateline")
    # A page's own notice has the year in which the page was made, often a later one.
    holders = {holder_of(line) for line in marked(text, marks, RIGHTS)} - {None}
    year = _year(text, marks) if dateline.outlet and holders == {dateline.outlet} else None
    day = day_in_year(dateline.head, int(year.value)) if year else None
    return Stated(value=day, origin="dateline", sure=False) if day else None


def _of_address(url: str | None) -> Stated | None:
    day = day_in_address(url) if url else None
    return Stated(value=day, origin="url", sure=False) if day else None


def _year(text: str, marks: Sequence[Mark], not_after: Stated | None = None) -> Stated | None:
    """Return the year of the copyright notices, if it is a single one, and not after an update."""
    years = {match[0] for line in marked(text, marks, RIGHTS) for match in YEARS.finditer(line)}
    year = years.pop() if len(years) == 1 else ""
    if len(year) != 4 or (not_after is not None and year > not_after.value[:4]):
        return None
    return Stated(value=year, origin="copyright", sure=False)


def _authors(text: str, marks: Sequence[Mark]) -> tuple[str, ...]:
    found: list[str] = []
    for _, line, is_head in fact_lines(text, marks):
        if is_head:
            found += byline_authors(line) or signed_authors(line) or _people_of_date_line(line)
    if not found:
        for line in marked(text, marks, "credits"):
            if credit := _REPORTING.match(line):
                found += byline_authors(f"By {credit['names']}") or ()
    return tuple(dict.fromkeys(found))


def _people_of_date_line(line: str) -> tuple[str, ...]:
    if are_names(line):
        return byline_authors(f"By {line}") or ()
    dates = None if NEWSLETTER.search(line) else read_date_line(line)
    for cell in dates.cells if dates else ():
        people = byline_authors(cell) or byline_authors(f"By {cell}")
        if people and not has_outlet_word(cell):
            return people
    return ()
