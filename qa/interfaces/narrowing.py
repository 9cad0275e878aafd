"""Which articles is a question answered from? What a reader or a program chose, as a filter."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from corpus import ArticleFilter, ArticleNotFound, Copy

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NO_ARTICLE = ""
"""The id of no article: no id is empty."""


class KnowsCopies(Protocol):
    """The part of `qa.assistant.Assistant` that a filter needs."""

    def copies(self, article_id: str) -> Sequence[Copy]: ...  # noqa: D102


def narrowed(
    assistant: KnowsCopies,
    *,
    outlets: Collection[str],
    since: date | None,
    until: date | None,
    articles: Collection[str],
    story: str | None,
) -> ArticleFilter | None:
    """Return the articles to answer from; None for all.

    A story that is not in the collection (any more) is carried by no article: the filter then fits
    none, so that an answer never comes from outside what was chosen.

    Args:
        assistant: Knows who carries a story.
        outlets: Only articles of one of these.
        since: Only articles of this day or later.
        until: Only articles of this day or earlier.
        articles: Only these, by id.
        story: Only the articles that carry the report of this article, by its id.

    Raises:
        InvalidQuestion: `until` is before `since`.
    """
    named = set(articles)
    if story is not None:
        carriers = _carriers(assistant, story)
        named = (named & carriers if named else carriers) or {_NO_ARTICLE}
    only = ArticleFilter(outlets=outlets, since=since, until=until, article_ids=named)
    return None if only.fits_all else only


def _carriers(assistant: KnowsCopies, story: str) -> set[str]:
    try:
        return {story, *(copy.article_id for copy in assistant.copies(story))}
    except ArticleNotFound:
        return set()


def read_day(text: str) -> date:
    """Return the day that is written as 2026-03-17, and in no other way.

    Raises:
        ValueError: it is not; the message says what to write, or that there is no such day.
    """
    if not _DAY.fullmatch(text):
        raise ValueError("it is not a day; write it as 2026-03-17")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day") from None
