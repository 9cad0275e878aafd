"""Articles in: reading files, sentences, passages, and the store that keeps them."""

from corpus import files
from corpus.errors import (
    ArticleError,
    ArticleNotFound,
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    IndexVersionMismatch,
    InvalidQuestion,
    MissingExtra,
    ModelError,
    ModelMismatch,
    ModelNotFound,
    PullquoteError,
    StoreError,
    UnreadableArticle,
    UnsupportedFormat,
)
from corpus.filters import ArticleFilter
from corpus.load import (
    FailedPath,
    FoundArticles,
    LoadedArticle,
    find_articles,
    may_come_from,
    read_article,
    read_bytes,
)
from corpus.passages import CHUNKER_VERSION, TokenCounter, chunk_article
from corpus.rows import ArticleSummary, SnapshotRow, Space, StoredPassage
from corpus.sentences import split_sentences
from corpus.store import ArticleStore, Entry
from corpus.store_checks import Damage
from corpus.types import Article, Passage, Span, is_text

__all__ = [
    "CHUNKER_VERSION",
    "Article",
    "ArticleError",
    "ArticleFilter",
    "ArticleNotFound",
    "ArticleStore",
    "ArticleSummary",
    "Damage",
    "Entry",
    "FailedPath",
    "FoundArticles",
    "IndexCorrupt",
    "IndexLocked",
    "IndexNotFound",
    "IndexVersionMismatch",
    "InvalidQuestion",
    "LoadedArticle",
    "MissingExtra",
    "ModelError",
    "ModelMismatch",
    "ModelNotFound",
    "Passage",
    "PullquoteError",
    "SnapshotRow",
    "Space",
    "Span",
    "StoreError",
    "StoredPassage",
    "TokenCounter",
    "UnreadableArticle",
    "UnsupportedFormat",
    "chunk_article",
    "files",
    "find_articles",
    "is_text",
    "may_come_from",
    "read_article",
    "read_bytes",
    "split_sentences",
]
