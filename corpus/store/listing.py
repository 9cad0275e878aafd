"""What is in the collection? Articles searched, sorted and paged; outlets, versions, an overview.

Each call reads over a connection of its own: a list of a hundred thousand articles takes a moment,
and no question may wait for it.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.json_form import Flat
from corpus.store.rows import ArticleSummary
from corpus.store.schema import CANNOT_READ, open_database, unreadable
from corpus.types import VERSION_CHARS, is_text

MAX_PAGE_SIZE = 100
MAX_QUERY_CHARS = 200
CACHE_KB = 4_096

Sort = Literal["published", "added", "title", "outlet"]

# What an article lacks puts it last, whichever way the others are sorted.
_ORDERS: dict[Sort, str] = {
    "published": "published IS NULL, published {way}, id",
    "added": "added {way}, row_id {way}",
    "title": "title = '', sort_key(title) {way}, id",
    "outlet": "outlet IS NULL, sort_key(coalesce(outlet, '')) {way},"
    " published IS NULL, published DESC, id",
}

_SUMMARIES = """
SELECT a.row_id, a.id, a.title, a.outlet, a.published, a.source, length(a.text), a.passages,
    coalesce((SELECT id FROM article WHERE row_id = s.story), a.id),
    max(0, (SELECT count(*) FROM story WHERE story = s.story) - 1)
FROM article a LEFT JOIN story s ON s.article_row = a.row_id
WHERE a.row_id IN ({rows})
"""

_VERSIONS = """
SELECT substr(a.digest, 1, ?), a.title, length(a.text), g.committed_at,
    (SELECT committed_at FROM generation WHERE id = a.superseded)
FROM article a JOIN generation g ON g.id = a.added WHERE a.id = ? ORDER BY a.row_id DESC
"""

_OVERVIEW = """
SELECT count(*), count(DISTINCT outlet), count(*) - count(published), count(*) - count(outlet),
    (SELECT count(*) FROM article WHERE superseded IS NULL AND title = ''),
    (SELECT count(*) FROM article WHERE superseded IS NOT NULL)
FROM article INDEXED BY article_by_addition WHERE superseded IS NULL
"""

_COPIED = "SELECT count(*) AS n FROM story GROUP BY story HAVING n > 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of the list is wanted: an article must hold every word of `query`.

    Words are looked for in title, outlet, id and source, whatever their case. Pages count from 1.
    """

    query: str = ""
    outlet: str | None = None
    sort: Sort = "published"
    descending: bool = True
    page: int = 1
    page_size: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of the list; `total` counts the articles of all `pages`.

    After the last page comes the last one again: articles may have been removed meanwhile.
    """

    articles: tuple[ArticleSummary, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCount(Flat):
    """An outlet as articles name it, and how many do."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion(Flat):
    """One version of an article. Times are ISO 8601 in UTC; `replaced` is None in the current one.

    `version` is what `Article.version` is.
    """

    version: str
    title: str
    chars: int
    added: str
    replaced: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(Flat):
    """What is known of the articles, in numbers.

    `stories` are reports that more than one article carries, `copies` the articles that do.
    `changed` is when the last change was committed, ISO 8601 in UTC; None in a new index.
    """

    articles: int
    outlets: int
    without_date: int
    without_outlet: int
    without_title: int
    old_versions: int
    stories: int
    copies: int
    changed: str | None


def list_articles(path: Path, wanted: Wanted) -> ListPage:
    """Return a page of the list of current articles.

    Raises:
        StoreError: `store.db`, which is at `path`, cannot be read.
    """
    with _reading(path) as connection:
        rows = _matching(connection, wanted)
        size = min(max(1, wanted.page_size), MAX_PAGE_SIZE)
        pages = max(1, -(-len(rows) // size))
        page = min(max(1, wanted.page), pages)
        shown = rows[(page - 1) * size : page * size]
        articles = _summaries(connection, shown)
    return ListPage(articles=articles, total=len(rows), page=page, pages=pages)


def list_outlets(path: Path) -> list[OutletCount]:
    """Return the outlets of current articles, those with most articles first.

    Raises:
        StoreError: it cannot be read.
    """
    with _reading(path) as connection:
        rows = connection.execute(
            "SELECT outlet, count(*) AS n FROM article INDEXED BY article_by_addition"
            " WHERE superseded IS NULL AND outlet IS NOT NULL GROUP BY outlet ORDER BY n DESC,"
            " sort_key(outlet)"
        ).fetchall()
    return [OutletCount(name=name, articles=articles) for name, articles in rows]


def list_versions(path: Path, article_id: str) -> list[ArticleVersion]:
    """Return all stored versions of an article, the current one first; none if it is not there.

    Raises:
        StoreError: it cannot be read.
    """
    if not is_text(article_id):
        return []
    with _reading(path) as connection:
        rows = connection.execute(_VERSIONS, (VERSION_CHARS, article_id)).fetchall()
    names = "version title chars added replaced".split()
    return [ArticleVersion(**dict(zip(names, row, strict=True))) for row in rows]


def overview(path: Path) -> Overview:
    """Return what is known of the articles, in numbers.

    Raises:
        StoreError: it cannot be read.
    """
    with _reading(path) as connection:
        counted = connection.execute(_OVERVIEW).fetchone()
        copied = connection.execute(f"SELECT count(*), coalesce(sum(n), 0) FROM ({_COPIED})")
        last = "SELECT committed_at FROM generation ORDER BY id DESC LIMIT 1"
        values = (*counted, *copied.fetchone(), (connection.execute(last).fetchone() or [None])[0])
    return Overview(**dict(zip(Overview.__slots__, values, strict=True)))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """One moment's view of the store."""
    try:
        with closing(open_database(path, writable=False)) as connection:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            connection.create_function("sort_key", 1, _sort_key, deterministic=True)
            connection.execute("BEGIN")
            yield connection
    except CANNOT_READ as error:
        raise unreadable(path, error) from error


def _matching(connection: sqlite3.Connection, wanted: Wanted) -> list[int]:
    """Return the rows of all articles that are wanted, in their order."""
    words = _folded(wanted.query[:MAX_QUERY_CHARS]).split()

    def holds_words(*facts: str | None) -> bool:
        text = _folded("\n".join(filter(None, facts)))
        return all(word in text for word in words)

    connection.create_function("holds_words", 4, holds_words, deterministic=True)
    conditions, values = ["superseded IS NULL"], []
    if wanted.outlet is not None:
        conditions.append("outlet = ?")
        values.append(wanted.outlet if is_text(wanted.outlet) else "")
    if words:
        conditions.append("holds_words(title, outlet, id, source)")
    order = _ORDERS[wanted.sort].format(way="DESC" if wanted.descending else "ASC")
    # The index knows all that most lists are made by: the texts are not passed over.
    rows = connection.execute(
        "SELECT row_id FROM article INDEXED BY article_by_addition"
        f" WHERE {' AND '.join(conditions)} ORDER BY {order}",
        values,
    )
    return [row for (row,) in rows]


def _summaries(connection: sqlite3.Connection, rows: list[int]) -> tuple[ArticleSummary, ...]:
    names = "id title outlet published source chars passages story_id copies".split()
    found = connection.execute(_SUMMARIES.format(rows=", ".join("?" * len(rows))), rows)
    by_row = {row: dict(zip(names, values, strict=True)) for row, *values in found}
    return tuple(ArticleSummary(**by_row[row]) for row in rows)


def _folded(text: str) -> str:
    """Return a text as it is looked for: no case, one form of each letter."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _sort_key(text: str) -> str:
    """Return what a name is sorted by: its letters, without quotation marks before or accents.

    >>> sorted(["Zebra", "“Élan”", "apple"], key=_sort_key)
    ['apple', '“Élan”', 'Zebra']
    """
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in apart if not unicodedata.combining(char))
    start = next((i for i, char in enumerate(text) if char.isalnum()), 0)
    return text[start:].casefold()
