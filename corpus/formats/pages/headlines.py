"""The headline of a page: the heading that its head names too, else the one that leads to prose.

Heads often have another title than the page shows: one for search engines, the site's name alone,
a section behind it. What stands over the article is what readers know it by, so a heading goes
first wherever something shows that it is the article's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from corpus.extracted import Stated
from corpus.formats.pages.json import Values, text_of
from corpus.formats.pages.names import (
    COLON,
    TITLES,
    Meta,
    first_of,
    is_elsewhere,
    letters,
    short,
    site_gaps,
    title_element,
    title_parts,
)
from corpus.formats.pages.shown_headings import MAX_NODES, Heading, is_site, shown_headings
from corpus.formats.pages.tree import Element

_MIN_SHARED_CHARS = 12
_MUCH = 0.4
_EDITION_LETTERS, _LONG_NAME = 8, 10
_HEADLINE_WORDS, _SECTION_WORDS = 3, 3
_LEAST_PROSE_CHARS, _MAX_SPACES, _LONG_WORD = 120, 80, 4
_BOXES = ("div", "p", "span", "b", "strong", "td", "font")
# These never stand inside a headline; dashes do.
_BARS = frozenset("|｜»›«‹/·•")


def page_title(root: Element, linked: Values, meta: Meta, outlet: Stated | None) -> str | None:
    """Return the headline: as the page shows it, where its head agrees, else as its head has it."""
    named = [text_of(linked.get("headline")), first_of(meta, TITLES), title_element(root)]
    known = [name for name in named if name]
    headings = shown_headings(root, outlet)
    shown, lower = headings["h1"], [*headings["h2"], *headings["h3"]]
    found = _agreeing(shown or headings["h2"], known) or _shared_part(known, shown)
    others = [name for name in known if not is_site(name, outlet)]
    found = found or _as_a_part(lower, known) or _in_a_box(root, others)
    found = found or _leading(shown, [without_site(name, outlet) for name in others])
    if found:
        return short(found)
    if not others:
        return short(shown[0].own_words) if shown else None
    headline = without_site(others[0], outlet)
    is_section = headline != others[0] and len(headline.split()) < _SECTION_WORDS
    # "Orme Courier Online: Sport" names no article; perhaps a line of the page does.
    return None if is_section and not shown else short(headline)


def _agreeing(headings: Sequence[Heading], known: Iterable[str]) -> str | None:
    """Return the first heading with which a name in the head begins or ends."""
    names = list(known)
    parts = {letters(part) for name in names for part in title_parts(name)}
    for heading in headings:
        if heading.own_words != heading.words and letters(heading.own_words) in parts:
            return heading.own_words
        if any(_agree(heading.words, name) or _is_in(name, heading.words) for name in names):
            return heading.words
    return None


def _leading(shown: Sequence[Heading], known: Iterable[str]) -> str | None:
    """Return the first-rank heading over the most prose, if it may be a headline by its length.

    It shares a word with what the head calls the page: over the prose may stand a slogan, too.
    """
    titles = [_long_words(name) for name in known if len(name.split()) >= _HEADLINE_WORDS]
    over = [heading for heading in shown if len(heading.own_words.split()) >= _HEADLINE_WORDS]
    if titles:
        said = set().union(*titles)
        over = [heading for heading in over if _long_words(heading.own_words) & said]
    best = max(over, key=lambda heading: heading.n_prose, default=None)
    return best.own_words if best and best.n_prose >= _LEAST_PROSE_CHARS else None


def _long_words(text: str) -> set[str]:
    words = (letters(word) for word in text.split())
    return {word for word in words if len(word) >= _LONG_WORD}


def _in_a_box(root: Element, known: Iterable[str]) -> str | None:
    """Return the part of a name in the head that the page shows without a heading, and no link."""
    wanted = [
        (letters(part), part)
        for name in known
        for part in (name, *_beginnings(name), *title_parts(name))
        if len(part.split()) >= _HEADLINE_WORDS and len(letters(part)) >= _MIN_SHARED_CHARS
    ]
    longest = max((len(part) + _MAX_SPACES for _, part in wanted), default=0)
    boxes = islice(root.iter(*_BOXES), MAX_NODES) if wanted else ()
    said = {
        letters(words)
        for element in boxes
        if _MIN_SHARED_CHARS <= len(words := element.text or "") <= longest
        and not is_elsewhere(element)
    }
    return next((part for key, part in wanted if key in said), None)


def _as_a_part(headings: Iterable[Heading], known: Iterable[str]) -> str | None:
    """Return the heading of a lower rank that is a whole part of a name in the head."""
    parts = {letters(part) for name in known for part in (name, *title_parts(name))}
    for heading in headings:
        is_long = len(heading.words.split()) >= _HEADLINE_WORDS
        if is_long and letters(heading.words) in parts:
            return heading.words
    return None


def _beginnings(title: str) -> list[str]:
    """Return the title without its last part, without its last two, and so on."""
    return [title[: gap.start()] for gap in site_gaps(title)[::-1]]


def _is_in(whole: str, part: str) -> bool:
    """Say whether a heading, which may have the section before it, ends with a title."""
    return len(letters(part)) >= _MIN_SHARED_CHARS and letters(whole).endswith(letters(part))


def _shared_part(known: Sequence[str], shown: Sequence[Heading]) -> str | None:
    """Return what a name in the head and a heading have in common, if it may be a title."""
    for name in known:
        for part in (name, *_beginnings(name)):
            if any(_is_in(heading.words, part) for heading in shown):
                return part
    headings = (heading.words for heading in shown)
    return next((h for h in headings if any(_is_much_of(h, name) for name in known)), None)


def _is_much_of(heading: str, name: str) -> bool:
    """Say whether a name in the head is a heading with more around it: "[Lite] …", "… | Orme"."""
    part, whole = letters(heading), letters(name)
    return len(part) >= max(_MIN_SHARED_CHARS, _MUCH * len(whole)) and part in whole


def _agree(heading: str, name: str) -> bool:
    """Say whether a heading is what a name in the head begins with."""
    first, second = heading.casefold(), name.casefold()
    if not second.startswith(first):
        return False
    rest = second[len(first) :]
    return not rest or (len(first) >= _MIN_SHARED_CHARS and not rest[0].isalnum())


def without_site(title: str, outlet: Stated | None) -> str:
    """Cut the site's name off a title, and sections that stand between bars.

    >>> without_site("Council votes - Orme Courier", Stated(value="Orme Courier", origin="meta"))
    'Council votes'
    """
    name = letters(outlet.value) if outlet else ""
    gaps = [*site_gaps(title), *COLON.finditer(title)]
    for gap in gaps:
        if name and _is_name(letters(title[gap.end() :]), name, gap[0]):
            return _without_sections(title[: gap.start()], gap[0], is_before=True)
    for gap in gaps:
        if name and _is_name(letters(title[: gap.start()]), name, gap[0]):
            return _without_sections(title[gap.end() :], gap[0], is_before=False)
    return title


def _without_sections(title: str, gap: str, *, is_before: bool) -> str:
    """Return the headline of "Council votes | News", parted as it was from the site's name."""
    parts = title.split(gap) if gap.strip() in _BARS else [title]
    headline, *sections = parts if is_before else parts[::-1]
    is_cut = all(len(section.split()) <= _SECTION_WORDS for section in sections)
    return headline if is_cut and len(headline.split()) >= _HEADLINE_WORDS else title


def _is_name(said: str, name: str, gap: str) -> bool:
    """Say whether a part of a title is the site's name, short, or with its edition after it.

    Not short by a colon: "Guardian angels: …" and "Time: …" are no site's names.
    """
    if said == name or (len(said) >= 4 and name.startswith(said) and ":" not in gap):
        return True
    may_be_longer = ":" not in gap or len(name) >= _LONG_NAME
    return may_be_longer and said.startswith(name) and len(said) <= len(name) + _EDITION_LETTERS
