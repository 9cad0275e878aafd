"""When an article was published and by whom, by the lines around its headline.

Only for what the page's head does not say. Lines before the headline are mostly clocks that show
the day of the visit, and lines after the first paragraphs belong to other articles: neither counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from corpus.extracted import Stated
from corpus.facts.written_dates import written_dates
from corpus.formats.pages.authors import are_names, named_author
from corpus.formats.pages.blocks import Block
from corpus.formats.pages.choice import Choice
from corpus.formats.pages.dates import PUBLISHED, UPDATED, iso_moment, spoken_date
from corpus.formats.pages.evidence import has_sentence, is_prose
from corpus.formats.pages.headings import OUTSIDE
from corpus.formats.pages.names import web_address, words_of

_MAX_LINE_CHARS = 200
_MAX_LINES = 30
_AFTER_END = 4
_TIMES_LOOKED_AT = 6
_PARTS, _PARTS_LOOKED_AT = ("a", "span", "b", "strong", "em", "i", "address"), 8
_FACTS_ABOVE = 10
_MAX_NAMES_CHARS = 120
# Lines with these reasons belong to the article; those of other boxes do not.
_DATED = frozenset(["byline", "date", OUTSIDE, "address", "page header", "footer"])
_NUMERIC = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What the lines around a headline state."""

    published: Stated | None = None
    updated: Stated | None = None
    author: str | None = None
    url: str | None = None


def read_byline(
    blocks: Sequence[Block], choice: Choice, *, day_first: bool | None = None
) -> Byline:
    """Read the lines from the headline to the second paragraph, and those after the last.

    Args:
        blocks: All of a page.
        choice: Which of them are the article.
        day_first: How the page writes days in digits, where that is known.
    """
    published = updated = author = None
    places = zip(blocks, choice.reasons, strict=True)
    marked = {id(block) for block, reason in places if reason == "byline"}
    lines = list(_lines(blocks, choice))
    for number, block in enumerate(lines):
        is_marked = id(block) in marked or _is_by_date(lines, number)
        author = author or named_author(block.text, is_marked=is_marked)
        moments = _moments(block, day_first)
        if any(moments):
            author = author or _part_with_names(block)
        published = published or moments[0]
        updated = updated or moments[1]
    published = published or _guessed(blocks, choice)
    values = (web_address(block.text) for block in _values_above(blocks, choice))
    url = next((address for address in values if address), None)
    return Byline(published=published, updated=updated, author=author, url=url)


def _is_by_date(lines: Sequence[Block], number: int) -> bool:
    """Say whether a line is names of people, with the date before or after it."""
    if len(lines[number].text) > _MAX_NAMES_CHARS or not are_names(lines[number].text):
        return False
    around = lines[max(0, number - 1) : number + 2]
    return any(written_dates(block.text) for block in around)


def _part_with_names(block: Block) -> str | None:
    """Return what an element in a dated line says, if it is names: <b>Ada Orme</b><i>3 June</i>."""
    parts = (words_of(part) for part in islice(block.element.iter(*_PARTS), _PARTS_LOOKED_AT))
    return next((said for said in parts if said in block.text and are_names(said)), None)


def _lines(blocks: Sequence[Block], choice: Choice) -> Iterator[Block]:
    kept = [n for n, reason in enumerate(choice.reasons) if reason is None and is_prose(blocks[n])]
    if not kept:
        return
    start = kept[0] - 5 if choice.title is None else choice.title + 1
    end = kept[1] if len(kept) > 1 else kept[0] + 3
    for number in range(max(0, start), min(end, start + _MAX_LINES, len(blocks))):
        if _may_state(blocks[number], choice.reasons[number]):
            yield blocks[number]
    yield from _values_above(blocks, choice)
    after = range(kept[-1] + 1, min(kept[-1] + 1 + _AFTER_END, len(blocks)))
    for number in (*_just_before(blocks, choice), *after):
        block = blocks[number]
        is_said = _says_when(block.text) or _is_in_box_of_title(blocks, choice, number)
        if _may_state(block, choice.reasons[number]) and is_said:
            yield block


def _is_in_box_of_title(blocks: Sequence[Block], choice: Choice, number: int) -> bool:
    """Say whether a line above the headline stands in one element with it, not just in the page.

    A clock that shows the day of the visit stands in the page's head.
    """
    if choice.title is None or number != choice.title - 1:
        return False
    around = blocks[number].element.getparent()
    is_box = around is not None and around.tag not in ("body", "html", "header", "td")
    return is_box and around is blocks[choice.title].element.getparent()


def _values_above(blocks: Sequence[Block], choice: Choice) -> Iterator[Block]:
    """Yield the values of a list of facts above the headline, as a print view has one."""
    for number in range(max(0, (choice.title or 0) - _FACTS_ABOVE), choice.title or 0):
        if blocks[number].tag == "dd" and _may_state(blocks[number], choice.reasons[number]):
            yield blocks[number]


def _may_state(block: Block, reason: str | None) -> bool:
    """Say whether a line may state a fact: sentences of the article, or of others, do not."""
    if reason not in _DATED or len(block.text) > _MAX_LINE_CHARS:
        return False
    return reason != OUTSIDE or not has_sentence(block.text) or _says_when(block.text)


def _says_when(line: str) -> bool:
    return bool(PUBLISHED.match(line) or UPDATED.match(line))


def _just_before(blocks: Sequence[Block], choice: Choice) -> Sequence[int]:
    return range(max(0, choice.title - 2), choice.title) if choice.title else ()


def _moments(block: Block, day_first: bool | None) -> tuple[Stated | None, Stated | None]:
    """Return when a line says that the article was published, and when updated."""
    if is_prose(block):
        return None, None
    found: dict[bool, str] = {}
    for time in islice(block.element.iter("time"), _TIMES_LOOKED_AT):
        words = " ".join("".join(time.itertext()).split())
        moment = iso_moment(time.get("datetime") or "")
        if moment and words in block.text:
            found.setdefault(_is_updated(words, block.text), moment)
    for is_updated, words in _parts(block.text):
        days = written_dates(words, day_first=day_first)
        moment = spoken_date(words) or next((day.iso for day in days), None)
        if moment:
            found.setdefault(is_updated, moment)
    return _stated(found.get(False)), _stated(found.get(True))


def _is_updated(words: str, line: str) -> bool:
    """Say whether the words of a time are about an update, by them or the word before them."""
    before = line[: line.find(words)] if words else line
    last = [part[0] for part in _parts(before + words)]
    return bool(last and last[-1])


def _parts(line: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a line that begin with "Published" or "Updated", and which it is."""
    marks = sorted(
        [(match.start(), True) for match in UPDATED.finditer(line)]
        + [(match.start(), False) for match in PUBLISHED.finditer(line)]
    )
    bounds = [(0, False), *marks, (len(line), False)]
    for (start, is_updated), (end, _) in pairwise(bounds):
        if start < end:
            yield is_updated, line[start:end]


def _stated(moment: str | None) -> Stated | None:
    return Stated(value=moment, origin="byline") if moment else None


def _guessed(blocks: Sequence[Block], choice: Choice) -> Stated | None:
    """Ask htmldate, which knows more languages, about the lines near the headline alone."""
    lines = [b.text for b in _lines(blocks, choice) if not is_prose(b) and _is_dated(b.text)]
    lines = [line for line in lines if not UPDATED.search(line)]
    if not lines:
        return None
    from htmldate import find_date
    from lxml.html import builder

    page = builder.HTML(builder.BODY(*(builder.P(builder.CLASS("date"), line) for line in lines)))
    found = find_date(page, extensive_search=False, original_date=True)
    day = iso_moment(found) if found else None
    return Stated(value=day, origin="text", sure=False) if day else None


def _is_dated(line: str) -> bool:
    """Say whether a line has a year, and no date that could be two."""
    has_year = any(len(digits) == 4 for digits in re.findall(r"\d+", line))
    return has_year and not _NUMERIC.search(line)
