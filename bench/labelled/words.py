"""Which wording stands around an article: dev has two, test has a third."""

from __future__ import annotations

from typing import Any

from bench.labelled import words_dev, words_dev2, words_test
from bench.labelled.records import Story


def words(story: Story, wording: int = 0) -> dict[str, Any]:
    """Return the table for a story's part and language; `wording` 1 is dev's second one.

    Where a language has no wording of its own, English stands in: the style brings its own.
    """
    tables = {"dev": (words_dev.WORDS, words_dev2.WORDS), "test": (words_test.WORDS,) * 2}
    table = tables[story.part][wording]
    return table.get(story.language) or table["en"]
