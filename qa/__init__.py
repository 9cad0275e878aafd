"""pullquote: questions about articles, answered in the articles' own words.

Example::

    from qa import Assistant

    with Assistant.open("index") as assistant:
        print(assistant.ask("When will the barrier close?").text)
"""

from corpus import Article, ArticleFilter, Passage, PullquoteError, Span, read_article
from qa.assistant import Assistant, Stats
from qa.backup import backup_index, restore_index
from qa.building import build_index, remove_articles, sync_index
from qa.indexer import IndexReport
from qa.rebuild import rebuild_index
from qa.retriever import Retriever
from qa.settings import Settings
from qa.types import Answer, AnswerSpan, Citation, Hit
from qa.verify import Finding, verify_index

__all__ = [
    "Answer",
    "AnswerSpan",
    "Article",
    "ArticleFilter",
    "Assistant",
    "Citation",
    "Finding",
    "Hit",
    "IndexReport",
    "Passage",
    "PullquoteError",
    "Retriever",
    "Settings",
    "Span",
    "Stats",
    "backup_index",
    "build_index",
    "read_article",
    "rebuild_index",
    "remove_articles",
    "restore_index",
    "sync_index",
    "verify_index",
]
