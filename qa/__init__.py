"""pullquote: questions about articles, answered in the articles' own words.

Example::

    from qa import Assistant

    with Assistant.open("index") as assistant:
        print(assistant.ask("When will the barrier close?").text)

`AsyncAssistant` is the same for asyncio. What is listed here stays; modules below may move.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus import (
        Article,
        ArticleFilter,
        ArticleNotFound,
        ArticleSummary,
        FieldMap,
        InvalidQuestion,
        Passage,
        PullquoteError,
        Span,
        read_article,
    )
    from qa.answer_span import AnswerSpan
    from qa.assistant import Assistant
    from qa.async_assistant import AsyncAssistant
    from qa.backup import backup_index, restore_index
    from qa.building import build_index, remove_articles, sync_index
    from qa.conversation import Turn
    from qa.indexer import IndexReport, Progress
    from qa.rebuild import rebuild_index
    from qa.retriever import Retriever
    from qa.settings import Settings
    from qa.stats import Stats
    from qa.types import Answer, Citation, Hit, Timeframe
    from qa.verify import Finding, verify_index

__all__ = [
    "Answer",
    "AnswerSpan",
    "Article",
    "ArticleFilter",
    "ArticleNotFound",
    "ArticleSummary",
    "Assistant",
    "AsyncAssistant",
    "Citation",
    "FieldMap",
    "Finding",
    "Hit",
    "IndexReport",
    "InvalidQuestion",
    "Passage",
    "Progress",
    "PullquoteError",
    "Retriever",
    "Settings",
    "Span",
    "Stats",
    "Timeframe",
    "Turn",
    "backup_index",
    "build_index",
    "read_article",
    "rebuild_index",
    "remove_articles",
    "restore_index",
    "sync_index",
    "verify_index",
]

_HOMES = {
    "AnswerSpan": "qa.answer_span",
    "Article": "corpus",
    "ArticleFilter": "corpus",
    "ArticleNotFound": "corpus",
    "ArticleSummary": "corpus",
    "FieldMap": "corpus",
    "InvalidQuestion": "corpus",
    "Passage": "corpus",
    "PullquoteError": "corpus",
    "Span": "corpus",
    "read_article": "corpus",
    "Assistant": "qa.assistant",
    "AsyncAssistant": "qa.async_assistant",
    "backup_index": "qa.backup",
    "restore_index": "qa.backup",
    "build_index": "qa.building",
    "remove_articles": "qa.building",
    "sync_index": "qa.building",
    "Turn": "qa.conversation",
    "IndexReport": "qa.indexer",
    "Progress": "qa.indexer",
    "rebuild_index": "qa.rebuild",
    "Retriever": "qa.retriever",
    "Settings": "qa.settings",
    "Stats": "qa.stats",
    "Answer": "qa.types",
    "Citation": "qa.types",
    "Hit": "qa.types",
    "Timeframe": "qa.types",
    "Finding": "qa.verify",
    "verify_index": "qa.verify",
}


def __getattr__(name: str) -> Any:
    """Import a name from its home when it is first asked for: `import qa` itself is cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
