"""The headings of a page that may be its headline: their words, and how much prose each leads to.

Left out are the logo and the site's name, and the headings of notices and offers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from corpus.extracted import Stated
from corpus.formats.pages.furniture import reason_of
from corpus.formats.pages.lines import line_reason
from corpus.formats.pages.names import (
    MAX_HEADINGS,
    is_elsewhere,
    letters,
    path_of,
    words_of,
)
from corpus.formats.pages.tree import Element
from corpus.formats.pages.visible import UNSEEN

MAX_NODES = 20_000
"""So many elements of a page are looked at."""

_KICKER = re.compile(
    r"kicker|eyebrow|overline|over-?title|super-?title|pre-?title|dachzeile|surtitre|antet[ií]tulo"
    r"|occhiello|rubri(?:k|que)|section|category|topic|label",
    re.I,
)
_NOTICES = frozenset(
    {"cookie notice", "newsletter sign-up", "subscription notice", "pop-up", "comments"}
)
_LEVELS = {"h1": 1, "h2": 2, "h3": 3}
# Shorter pieces of text are labels, and so are words of links.
_PIECE_CHARS, _AROUND, _HEADLINE_WORDS = 40, 4, 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its words, those without the label before them, and the prose it leads to."""

    words: str
    own_words: str
    n_prose: int


def shown_headings(root: Element, outlet: Stated | None) -> dict[str, list[Heading]]:
    """Return the first headings of each kind that do not merely name the site."""
    found: dict[str, list[Heading]] = {tag: [] for tag in _LEVELS}
    n_prose = _prose_below(root)
    for tag, headings in found.items():
        for element in islice(root.iter(tag), MAX_HEADINGS):
            words = words_of(element)
            is_none = not words or is_site(words, outlet)
            if not (is_none or _leads_home(element) or _is_furniture(element, words)):
                own = _without_kicker(element, words)
                headings.append(Heading(words, own, n_prose.get(element, 0)))
    return found


def is_site(words: str, outlet: Stated | None) -> bool:
    """Say whether words are the site's name, and nothing else."""
    return outlet is not None and letters(words) == letters(outlet.value)


def _is_furniture(element: Element, words: str) -> bool:
    """Say whether a heading stands in a box such as a cookie notice, or says what only one does."""
    around = (element, *islice(element.iterancestors(), _AROUND))
    is_box = any(
        reason is not None and (reason.is_sure or reason.words in _NOTICES)
        for node in around
        if isinstance(node.tag, str)
        for reason in [reason_of(node, node.tag, in_article=False)]
    )
    return is_box or line_reason(words, 0.0) is not None


def _leads_home(element: Element) -> bool:
    """Say whether a heading is a link to the front page, as a logo is."""
    link = next(element.iter("a"), None)
    return link is not None and path_of(link.get("href")) == "/"


def _without_kicker(element: Element, words: str) -> str:
    """Return the words of a heading without a label that stands in it, told by its class."""
    first = next(iter(element), None)
    if first is None or (element.text or "").strip() or not isinstance(first.tag, str):
        return words
    label = words_of(first)
    is_label = _KICKER.search(first.get("class") or "") is not None
    rest = words.removeprefix(label).lstrip(" :|–—-")
    return rest if is_label and len(rest.split()) >= _HEADLINE_WORDS else words


def _prose_below(root: Element) -> dict[Element, int]:
    """Count the letters of the longer pieces of text below each heading, up to the next like it."""
    counts: dict[Element, int] = {}
    current: dict[int, Element] = {}
    for node in islice(root.iter(), MAX_NODES):
        level = _LEVELS.get(node.tag)
        if level is not None:
            current = {other: open_ for other, open_ in current.items() if other < level}
            current[level] = node
            counts[node] = 0
        elif current and isinstance(node.tag, str) and node.tag not in UNSEEN:
            own = node.text if node.tag != "a" else None
            for piece in (own, node.tail):
                n_chars = len(" ".join((piece or "").split()))
                if n_chars >= _PIECE_CHARS and not is_elsewhere(node):
                    for heading in current.values():
                        counts[heading] += n_chars
    return counts
