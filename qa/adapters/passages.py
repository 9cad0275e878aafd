"""What does an app that shows a passage need to know of it and its article?"""

from __future__ import annotations

from typing import Any

from corpus import Article, ArticleFilter
from qa.retriever import Retriever


def find_passages(
    retriever: Retriever, question: str, k: int, *, only: ArticleFilter | None = None
) -> list[dict[str, Any]]:
    """Return the `k` passages that fit a question best, each with what its article says of itself.

    Returns:
        `Hit.to_dict()`, best first, with ``title``, ``outlet``, ``published``, ``source`` and
        ``version`` of the article: the offsets count in this version.

    Raises:
        InvalidQuestion: empty, too long, or not text.
    """
    hits = retriever.retrieve(question, k, only=only)
    articles = {
        article_id: retriever.index.store.article(article_id)
        for article_id in {hit.passage.article_id for hit in hits}
    }
    return [
        hit.to_dict() | about(article)
        for hit in hits
        if (article := articles[hit.passage.article_id])  # None: removed since it was found
    ]


def about(article: Article) -> dict[str, Any]:
    """Return what an article says of itself."""
    return {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "source": article.source,
        "version": article.version,
    }
