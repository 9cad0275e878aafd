"""Which reports do several articles carry, and which articles carry one?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpus import ArticleSummary
from qa.assistant import Assistant


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The stories of one generation: and which one an article carries."""

    generation: int
    stories: dict[str, list[ArticleSummary]]
    story_of: dict[str, str]


class Stories:
    """The stories of an assistant's index. Safe to use from many threads.

    They are looked up once in each generation: that takes a second for 100,000 articles.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known: _Known | None = None

    def listing(self, page: int, page_size: int) -> dict[str, Any]:
        """Return a page of the list in its JSON form, those with most articles first.

        Raises:
            StoreError: the index cannot be read.
        """
        stories = self._current().stories
        pages = max(1, -(-len(stories) // page_size))
        page = min(page, pages)
        ordered = sorted(stories, key=lambda story: (-len(stories[story]), story))
        shown = ordered[(page - 1) * page_size : page * page_size]
        rows = [_row(story, stories[story]) for story in shown]
        return {"stories": rows, "total": len(stories), "page": page, "pages": pages}

    def story(self, article_id: str) -> dict[str, Any]:
        """Return the story of an article in its JSON form; one article alone is a story, too.

        Raises:
            ArticleNotFound: no article has this id.
            StoreError: the index cannot be read.
        """
        known = self._current()
        story = known.story_of.get(article_id, article_id)
        copies = [asdict(copy) for copy in self._assistant.copies(story)]
        return {**_row(story, known.stories.get(story) or self._alone(story)), "copies": copies}

    def _alone(self, article_id: str) -> list[ArticleSummary]:
        article = self._assistant.article(article_id)
        return [
            ArticleSummary(
                id=article.id,
                title=article.title,
                outlet=article.outlet,
                published=article.published,
                source=article.source,
                chars=len(article.text),
                passages=0,  # not told of stories
                story_id=article.id,
                copies=0,
            )
        ]

    def _current(self) -> _Known:
        generation = self._assistant.stats().generation
        if self._known is None or self._known.generation != generation:
            found: dict[str, list[ArticleSummary]] = defaultdict(list)
            for summary in self._assistant.articles():
                if summary.copies:
                    found[summary.story_id].append(summary)
            story_of = {each.id: story for story, members in found.items() for each in members}
            self._known = _Known(generation=generation, stories=dict(found), story_of=story_of)
        return self._known


def _row(story: str, members: Sequence[ArticleSummary]) -> dict[str, Any]:
    first = next((each for each in members if each.id == story), members[0])
    days = sorted(each.published for each in members if each.published)
    return {
        "id": story,
        "title": first.title,
        "articles": len(members),
        "outlets": sorted({each.outlet for each in members if each.outlet}),
        "first_published": days[0] if days else None,
        "last_published": days[-1] if days else None,
    }
