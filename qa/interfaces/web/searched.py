"""What was searched, in words: how many articles, of which months, and narrowed to what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.interfaces.strings import say


def searched_note(
    articles: int, first: str | None, last: str | None, *, language: str = "en"
) -> str:
    """Say in words what there is to search; `first` and `last` are ISO 8601 dates or None.

    >>> searched_note(64, "2025-01-03", "2026-03-30")
    '64 articles, Jan 2025 – Mar 2026'
    """
    count = say(language, "searched_articles", count=articles)
    named = (_month(date, language) for date in (first, last))
    months = list(dict.fromkeys(month for month in named if month))
    return ", ".join([count, " – ".join(months)]) if months else count


def narrowed_note(searched: str, only: Sequence[str], *, language: str = "en") -> str:
    """Add what a search is narrowed to.

    >>> narrowed_note("64 articles", ["Orme Courier", "since 2025-01-01"])
    '64 articles; only Orme Courier, since 2025-01-01'
    """
    if not only:
        return searched
    return say(language, "searched_within", what=searched, only=", ".join(only))


def _month(date: str | None, language: str) -> str | None:
    found = re.match(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", date or "")
    if not found:
        return None
    names = say(language, "searched_months").split()
    return f"{names[int(found[2]) - 1]} {found[1]}" if found[2] else found[1]
