"""Teasers of other articles, readers' comments and promotions by how their lines follow each other.

A teaser is a headline, a short sentence and a day; a comment is a name with its age and a sentence;
both are looked for where the article does not go on below them. A promotion stands between "skip
past" and "after", anywhere below the first paragraphs.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.facts.bylines import byline_authors
from corpus.facts.date_lines import read_date_line
from corpus.facts.signed import signed_authors
from corpus.furniture.lines import Line
from corpus.furniture.zones import AGO, RELATED

_TEASER_WORDS, _LONGEST_PROMOTION = 18, 12
_DAY_CHARS, _BUTTON_WORDS = 40, 12
_BUTTONS_ABOVE = 4
_TEASER_LINES = 3
_AT_THE_END = frozenset({"share links", "tags", "comments", "follow links", "page control"})
_AGE = re.compile(rf"(?:posted |published )?{AGO}\Z", re.I)
_READ_ON = re.compile(r"(?:read|see|view|watch) (?:the )?(?:full|whole|more)\b.{0,20}\Z", re.I)
_WHO = re.compile(rf"(?P<name>\S{{2,24}}(?: \S{{1,24}}){{0,2}}?),? {AGO}\Z", re.I)
_YEARS_AGO = re.compile(
    r"\b(?:years?|jahre?n?|ans?|años?|anni|anno|anos?|jaar)(?: ago| fa| geleden)?\Z", re.I
)
_NOT_WHO = re.compile(
    r"(?:updated|published|posted|launched|last|modified|founded|vor|il|hace)\b", re.I
)
_PAST = re.compile(r"(?:skip|jump) (?:past|over) (?:the )?(?P<what>\w+)", re.I)
_ITEM = re.compile(r"[-*+•‣◦▪●–]\s|\d{1,3}[.)]\s|[^\t]*\t")


def mark_by_sequence(lines: list[Line], start: int) -> None:
    """Mark teasers, comments and promotions from the line `start` on."""
    _mark_promotions(lines, start)
    below = max(start, _below_prose(lines))
    _mark_teasers(lines, below)
    _mark_comments(lines, below)
    _mark_dated(lines, below)


def _below_prose(lines: list[Line]) -> int:
    """Return the index below the article's last statement that is part of no teaser or comment.

    A chronicle in an article looks like teasers, but the article goes on below it.
    """
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not (line.is_body and line.ends_as_statement):
            continue
        is_teaser = index > 0 and _is_teaser(lines[index - 1 : index + 2])
        if not is_teaser and not (index > 0 and _is_comment(lines[index - 1], line)):
            return index + 1
    return 0


def mark_between(lines: list[Line], start: int) -> None:
    """Mark lines without a stop that stand right between two lines of furniture."""
    for before, line, after in zip(
        lines[start:], lines[start + 1 :], lines[start + 2 :], strict=False
    ):
        is_free = line.reason is None and not line.is_sentence and line.n_words <= _BUTTON_WORDS
        if is_free and before.reason and after.reason and not _ITEM.match(line.text):
            line.reason = before.reason


def _mark_teasers(lines: list[Line], start: int) -> None:
    found = [i for i in range(start, len(lines) - 2) if _is_teaser(lines[i : i + 3])]
    for index in found:
        before = lines[index - 1] if index else None
        is_listed = before is not None and before.reason == RELATED
        if len(found) > 1 or is_listed or _READ_ON.match(lines[index + 2].text):
            for line in lines[index : index + 3]:
                line.reason = line.reason or RELATED


def _mark_dated(lines: list[Line], start: int) -> None:
    """Mark a headline with nothing but a day below it: that of another article."""
    for line, when in pairwise(lines[start:]):
        is_title = line.is_headline_like and not line.ends and not _is_signed(line)
        if line.reason is None and is_title and _is_day(when.text):
            line.reason, when.reason = RELATED, when.reason or RELATED


def mark_pairs(lines: list[Line], start: int) -> None:
    """Mark headlines with a short sentence each, below the buttons at the end of an article.

    A list of places in an article looks the same, but no buttons stand above it, and it has more
    to say below.
    """
    last = max((i for i, line in enumerate(lines) if _is_paragraph(line)), default=len(lines))
    index = max(start, last + 1)
    while index + 1 < len(lines):
        end = index
        while end + 1 < len(lines) and _is_pair(lines[end], lines[end + 1]):
            end += 2
        above = lines[max(last + 1, index - _BUTTONS_ABOVE) : index]
        if end >= index + 4 and any(line.reason in _AT_THE_END for line in above):
            for line in lines[index:end]:
                line.reason = line.reason or RELATED
        index = max(end, index + 1)


def _is_paragraph(line: Line) -> bool:
    return line.is_body and line.n_words > _TEASER_WORDS


def _is_pair(title: Line, said: Line) -> bool:
    is_free = title.reason is None and said.reason is None and not _ITEM.match(title.text)
    is_said = said.ends_as_statement and 2 <= said.n_words <= _TEASER_WORDS
    return is_free and title.is_headline_like and not title.ends and is_said


def _is_teaser(lines: list[Line]) -> bool:
    if len(lines) < _TEASER_LINES:
        return False
    title, said, when = lines
    is_title = title.n_words <= _TEASER_WORDS and not title.ends_as_statement
    is_said = said.ends_as_statement and 2 <= said.n_words <= _TEASER_WORDS
    is_title = is_title and title.n_words > 1 and not _is_signed(title)
    return is_title and is_said and _is_day(when.text)


def _is_signed(line: Line) -> bool:
    """Say whether a line names who wrote what stands around it: no headline."""
    return byline_authors(line.text) is not None or signed_authors(line.text) is not None


def _is_day(text: str) -> bool:
    """Say whether a line is a day, an age or "Read the full story" and nothing else."""
    if len(text) > _DAY_CHARS:
        return False
    if _AGE.match(text) or _READ_ON.match(text):
        return True
    found = read_date_line(text)
    return found is not None and bool(found.dates) and not found.cells


def _mark_comments(lines: list[Line], start: int) -> None:
    heads = [
        index
        for index, (line, after) in enumerate(pairwise(lines))
        if index >= start and _is_comment(line, after)
    ]
    for index in heads if len(heads) > 1 else ():  # one may be a sub-heading
        for line in lines[index : index + 2]:
            line.reason = line.reason or "reader comments"


def _is_comment(line: Line, after: Line) -> bool:
    if len(line.text) > _DAY_CHARS + 20 or not after.is_sentence or _NOT_WHO.match(line.text):
        return False
    if _YEARS_AGO.search(line.text):
        return False  # "Orme 50 years ago"
    if _WHO.match(line.text):
        return True
    found = read_date_line(line.text)
    # "riverrat59 April 24, 2018": nobody is called so in print
    handle = line.text.split()[0]
    is_handle = re.search(r"[a-z][_\d]|[_\d][a-z]", handle) is not None
    return is_handle and found is not None and bool(found.dates)


def _mark_promotions(lines: list[Line], start: int) -> None:
    for index in range(start, len(lines)):
        past = _PAST.match(lines[index].text) if len(lines[index].text) < 80 else None
        if past is None:
            continue
        lines[index].reason = lines[index].reason or "page control"
        end = re.compile(rf"(?:after|end of) (?:the )?{re.escape(past['what'])}\b", re.I)
        zone = lines[index + 1 : index + 1 + _LONGEST_PROMOTION]
        last = next((i for i, line in enumerate(zone) if end.match(line.text)), None)
        for line in zone[: last + 1] if last is not None else ():
            line.reason = line.reason or "newsletter or subscription offer"
