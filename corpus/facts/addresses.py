"""The article's own address, as a text states it, and the day that an address has in its path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.types import Mark

_ADDRESS = re.compile(
    r"^[^\w\n]{0,6}(?:(?:read|view|see) (?:this|the) (?:full )?(?:story|article)"
    r"|full (?:report|story|article|text)"
    r"|originally published|permalink"
    r"|url|link|original(?: article)?|source url|canonical)\b.{0,40}?"
    r"(?P<url>https?://[^\s<>\"]{4,500})",
    re.I | re.M,
)
# A link that somebody passed on stands in the first line, what it leads to below.
_PAGE_ADDRESS = re.compile(r"\A\s*(?P<url>https?://[^\s/]+/\S{3,500})(?=\s*\n)")
_HAS_PATH = re.compile(r"https?://[^/]+/.{3}")
_IN_PATH = re.compile(r"/((?:1[6-9]|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|\Z)")


def own_address(text: str, marks: Sequence[Mark]) -> str | None:
    """Return the article's own address, from a line such as "Read this story online: https://…".

    One of a page goes before that of a site.
    """
    found = [
        *map(_ADDRESS.search, (mark.span.of(text) for mark in marks)),
        _PAGE_ADDRESS.match(text),
    ]
    said = [match["url"].rstrip(".,;)") for match in found if match]
    return next(filter(_HAS_PATH.match, said), said[0] if said else None)


def address_above(text: str) -> str | None:
    """Return the address in the first line, which what stands below it was taken from."""
    match = _PAGE_ADDRESS.match(text)
    return match["url"].rstrip(".,;)") if match else None


def day_in_address(url: str) -> str | None:
    """Return the day in the path of an address, year first; None if there is none.

    >>> day_in_address("https://orme.example/2018/06/01/bridge-open")
    '2018-06-01'
    """
    match = _IN_PATH.search(url.split("?")[0])
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None
