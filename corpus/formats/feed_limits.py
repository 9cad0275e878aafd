"""How much of a feed is read: is its markup absurd, and which entries are too many?

The library that reads feeds takes seconds for what is in no feed that a newsroom made: a hundred
thousand elements inside each other, or attributes of one element. All is counted here in one pass.
"""

from __future__ import annotations

import re

from corpus.errors import UnreadableArticle

MAX_ENTRIES = 10_000
"""News sites list 10 to 500 entries; whole archives a few thousand."""

MAX_ELEMENTS = 250_000
MAX_OPEN_ELEMENTS = 20_000
MAX_ATTRIBUTES = 1000
"""Of one element."""

_LONG_TAG = re.compile(r"<[A-Za-z_][^<>]{5000,}")
_BEGINNING = re.compile(r"<[^\W\d]")
_ATTRIBUTE = re.compile(r"=\s{0,9}[\"']")
_QUOTED_MARKUP = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>/]")
_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s{0,9}>")


def check_markup(text: str, name: str) -> None:
    """Refuse a feed whose markup would take too long to read.

    Raises:
        UnreadableArticle: It has more elements, elements that are not closed or attributes of one
            element than a feed has; the message says how many.
    """
    for tag in _LONG_TAG.finditer(text):
        n_attributes = sum(1 for _ in _ATTRIBUTE.finditer(tag[0]))
        if n_attributes > MAX_ATTRIBUTES:
            raise _absurd(name, f"an element with {n_attributes:,} attributes", MAX_ATTRIBUTES)
    markup = _QUOTED_MARKUP.sub("", text)
    n_begun = sum(1 for _ in _BEGINNING.finditer(markup))
    if n_begun > MAX_ELEMENTS:
        raise _absurd(name, f"{n_begun:,} elements", MAX_ELEMENTS)
    n_open = n_begun - markup.count("</") - markup.count("/>")
    if n_open > MAX_OPEN_ELEMENTS:
        raise _absurd(name, f"{n_open:,} elements that are not closed", MAX_OPEN_ELEMENTS)


def first_entries(text: str) -> tuple[str, int]:
    """Return a feed with its first `MAX_ENTRIES` entries, and how many were taken out.

    What comes after the entries stays, so that the feed is as well-formed as it was.
    """
    starts = [entry.start() for entry in _ENTRY.finditer(text)]
    if len(starts) <= MAX_ENTRIES:
        return text, 0
    end = text.find(">", starts[-1]) + 1 or len(text)
    for last in _END.finditer(text, starts[-1]):
        end = last.end()
    return text[: starts[MAX_ENTRIES]] + text[end:], len(starts) - MAX_ENTRIES


def _absurd(name: str, what: str, limit: int) -> UnreadableArticle:
    return UnreadableArticle(
        f"{name} has {what}; the limit is {limit:,}. Save the articles as HTML and add those."
    )
