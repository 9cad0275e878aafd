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
from corpus.extracted import BadRecord
from corpus.field_map import FieldMap
from corpus.filters import ArticleFilter
from corpus.json_form import OFFSET_UNIT, Flat, Members
from corpus.load import (
    FailedPath,
    FoundArticles,
    LoadedArticle,
    find_articles,
    may_come_from,
    read_article,
    read_articles,
    read_bytes,
    read_fetched,
)
from corpus.passages import CHUNKER_VERSION, TokenCounter, chunk_article
from corpus.paths import display_path
from corpus.sentences import split_sentences
from corpus.store import ArticleStore, Entry
from corpus.store.listing import (
    ArticleVersion,
    ListPage,
    OutletCount,
    Overview,
    Wanted,
    list_articles,
    list_outlets,
    list_versions,
    overview,
)
from corpus.store.rows import ArticleSummary, Copy, SnapshotRow, Space, StoredPassage
from corpus.store.store_checks import Damage
from corpus.types import Article, Mark, Passage, Span, is_text

__all__ = [
    "CHUNKER_VERSION",
    "OFFSET_UNIT",
    "Article",
    "ArticleError",
    "ArticleFilter",
    "ArticleNotFound",
    "ArticleStore",
    "ArticleSummary",
    "ArticleVersion",
    "BadRecord",
    "Copy",
    "Damage",
    "Entry",
    "FailedPath",
    "FieldMap",
    "Flat",
    "FoundArticles",
    "IndexCorrupt",
    "IndexLocked",
    "IndexNotFound",
    "IndexVersionMismatch",
    "InvalidQuestion",
    "ListPage",
    "LoadedArticle",
    "Mark",
    "Members",
    "MissingExtra",
    "ModelError",
    "ModelMismatch",
    "ModelNotFound",
    "OutletCount",
    "Overview",
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
    "Wanted",
    "chunk_article",
    "display_path",
    "files",
    "find_articles",
    "is_text",
    "list_articles",
    "list_outlets",
    "list_versions",
    "may_come_from",
    "overview",
    "read_article",
    "read_articles",
    "read_bytes",
    "read_fetched",
    "split_sentences",
]
