"""What was searched, in words."""

from __future__ import annotations

import pytest

from qa.interfaces.web.searched import narrowed_note, searched_note


@pytest.mark.parametrize(
    ("articles", "first", "last", "note"),
    [
        (64, "2025-01-03", "2026-03-30", "64 articles, Jan 2025 – Mar 2026"),
        (1, "2025-01-03", "2025-01-03T08:00:00Z", "1 article, Jan 2025"),
        (2, "2019", "2025-02", "2 articles, 2019 – Feb 2025"),
        (12_000, None, None, "12,000 articles"),
        (0, "soon", "x2025", "0 articles"),
    ],
)
def test_what_was_searched_in_words(
    articles: int, first: str | None, last: str | None, note: str
) -> None:
    assert searched_note(articles, first, last) == note


def test_it_is_said_in_the_language_asked_for() -> None:
    note = searched_note(12_000, "2025-03-03", None, language="de")
    assert note == "12.000 Artikel, März 2025"


def test_what_a_search_is_narrowed_to_is_said() -> None:
    assert narrowed_note("5 articles", []) == "5 articles"
    assert narrowed_note("5 articles", ["A", "B"], language="de") == "5 articles; nur A, B"
