"""What does an app that shows a passage need to know of it and its article?"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Protocol

from corpus import Article, ArticleFilter, ArticleNotFound
from qa.types import Hit


class Finds(Protocol):
    """Finds passages: a `Retriever`, or an `Assistant`."""

    def retrieve(  # noqa: D102
        self, question: str, k: int = 10, *, only: ArticleFilter | None = None
    ) -> list[Hit]: ...
    def article_of(self, hit: Hit) -> Article: ...  # noqa: D102


def find_passages(
    finds: Finds, question: str, k: int, *, only: ArticleFilter | None = None
) -> list[dict[str, Any]]:
    """Return the `k` passages that fit a question best, each with what its article says of itself.

    Returns:
        `Hit.to_dict()`, best first, with ``title``, ``outlet``, ``published``, ``source`` and
        ``version`` of the article: the offsets count in this version.

    Raises:
        InvalidQuestion: empty, too long, or not text.
    """
    passages = []
    for hit in finds.retrieve(question, k, only=only):
        with suppress(ArticleNotFound):  # removed since it was found
            passages.append(hit.to_dict() | about(finds.article_of(hit)))
    return passages


def about(article: Article) -> dict[str, Any]:
    """Return what an article says of itself."""
    return {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "source": article.source,
        "version": article.version,
    }
