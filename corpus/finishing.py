"""What every extractor's article still gets: marks of furniture, and facts its text states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.extracted import Extracted, Stated
from corpus.facts.calendar_words import is_day_first
from corpus.facts.citations import Citation, own_citation
from corpus.facts.outlets import outlet_key
from corpus.facts.text_facts import in_text, text_facts
from corpus.furniture import furniture
from corpus.titles import find_headline, title_from_text
from corpus.types import Mark, Span

_MOST_SIGNS = 4
_READ_SIGNS = "©®™№°℃℉"  # of the same kind as pictures, but they are read
# A bar is no sign of a headline: "Council votes | Orme", "Give us benches | Jane Roe".
_TAB = re.compile(r"(?P<headline>(?:[^\s|]+ ){3,30}[^\s|]+) \| [^|.!?]{2,40}")
_TITLE_SUFFIX = re.compile(r"\s+(?:[|·•»]|[-–—])\s+(?P<name>[^|·•»]{2,60})\Z")


def finish(extracted: Extracted) -> Extracted:
    """Return an article with the furniture of its text marked and its missing facts filled in.

    Marks that are there stay, merged with those of the rules: in order, disjoint, inside the text.
    A title, date, outlet, author or language that the extractor found is never replaced. The text
    never changes. A title that is made is the headline, or else the first sentence, without marks.
    """
    found = furniture(extracted.text)
    marks = merge_marks([*extracted.marks, *found], extracted.text)
    facts = text_facts(
        extracted.text,
        marks,
        title=extracted.title,
        language=extracted.language,
        url=extracted.url,
    )
    title = extracted.title or facts.title
    headline = None if title else find_headline(extracted.text, marks)
    shown = title or (headline.of(extracted.text) if headline else "")
    cited = _citation(extracted, facts.language, shown)
    marks = merge_marks([*marks, *(Mark(span, "citation") for span in cited.spans)], extracted.text)
    outlet = extracted.outlet or facts.outlet or in_text(cited.outlet)
    said = facts.published if facts.published and facts.published.sure else None
    return replace(
        extracted,
        marks=marks,
        headings=_headings(extracted, headline),
        title=title or _title(extracted.text, marks, headline, outlet),
        outlet=outlet,
        published=extracted.published or said or in_text(cited.published) or facts.published,
        updated=extracted.updated or facts.updated,
        authors=extracted.authors or _people(facts.authors or cited.authors, outlet),
        url=extracted.url or facts.url,
        language=extracted.language or facts.language,
    )


def _citation(extracted: Extracted, read: str | None, title: str) -> Citation:
    """Return how the text says that it is to be cited; `read` is the language it reads as."""
    day_first = is_day_first(extracted.language, read)
    return own_citation(extracted.text, title, day_first=day_first) or Citation()


def merge_marks(marks: Iterable[Mark], text: str) -> tuple[Mark, ...]:
    """Return marks in order and disjoint: one that begins inside another is joined to it.

    A joined mark has the reason of the first. What lies outside the text is left out.

    >>> merge_marks([Mark(Span(4, 9), "menu"), Mark(Span(2, 6), "byline")], "0123456789")
    (Mark(span=Span(start=2, end=9), reason='byline'),)
    """
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        start, end = mark.span.start, min(mark.span.end, len(text))
        if start >= end:
            continue
        last = merged[-1] if merged else None
        if last is not None and start < last.span.end:
            merged[-1] = Mark(Span(last.span.start, max(last.span.end, end)), last.reason)
        else:
            merged.append(Mark(Span(start, end), mark.reason))
    return tuple(merged)


def _people(authors: tuple[str, ...], outlet: Stated | None) -> tuple[str, ...]:
    """Return authors without the outlet itself, which may sign its articles."""
    if outlet is None:
        return authors
    return tuple(name for name in authors if outlet_key(name) != outlet_key(outlet.value))


def _headings(extracted: Extracted, headline: Span | None) -> tuple[Span, ...]:
    if headline is None or extracted.headings or not extracted.text[headline.end :].strip():
        return extracted.headings
    return (headline,)


def _title(
    text: str, marks: Sequence[Mark], headline: Span | None, outlet: Stated | None
) -> str | None:
    if headline is None:
        return title_from_text(_first_unmarked(text, marks))
    title = _without_pictures(" ".join(headline.of(text).split()))
    suffix = _TITLE_SUFFIX.search(title)
    if suffix and outlet and outlet_key(suffix["name"]) == outlet_key(outlet.value):
        return title[: suffix.start()]
    tab = _TAB.fullmatch(title)
    return tab["headline"] if tab else title


def _without_pictures(title: str) -> str:
    """Return a title without pictures and arrows before it, as messages have them.

    >>> _without_pictures("❗️ Bridge closed"), _without_pictures("§ 218 is changed")
    ('Bridge closed', '§ 218 is changed')
    """
    signs, space, rest = title.partition(" ")
    is_short = bool(space) and len(signs) <= _MOST_SIGNS and rest[:1].isalnum()
    return rest if is_short and all(map(_is_picture, signs)) else title


def _is_picture(sign: str) -> bool:
    is_arrow = "\u2190" <= sign <= "\u21ff"
    is_joiner = sign in "\ufe0e\ufe0f\u200d" or "\U0001f3fb" <= sign <= "\U0001f3ff"
    is_other = unicodedata.category(sign) == "So" and sign not in _READ_SIGNS
    return is_arrow or is_joiner or is_other


def _first_unmarked(text: str, marks: Sequence[Mark]) -> str:
    """Return the first stretch with a letter or digit that no mark covers."""
    start = 0
    for mark in marks:
        piece = text[start : mark.span.start]
        if any(map(str.isalnum, piece)):
            return piece
        start = mark.span.end
    return text[start:]
