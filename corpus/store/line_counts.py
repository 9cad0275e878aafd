"""How many stories a line stands in: what `corpus.furniture.repeated_lines` decides by."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

from corpus.facts.outlets import outlet_key
from corpus.furniture.repeated_lines import REPEATED_FROM, is_enough, line_keys, repeated_marks
from corpus.types import REPEATED, Article, Mark, unmarked

_COUNTED = 200
"""More articles are not counted: in a quarter as many stories a line is furniture anyway."""


MIN_LEFT = 0.5
"""Of an article, repeated lines take no more than half: short notices in one form ("Bus 7 runs late
today.") are articles, not furniture."""


class LineCounts:
    """The lines of one store; every call needs a cursor inside of a transaction, or to read with.

    `crossed` are keys of lines that came to stand in enough articles to look at those again that
    were indexed before.
    """

    def __init__(self) -> None:
        self.crossed: set[int] = set()
        self._articles: Counter[str] | None = None

    def add(self, cursor: sqlite3.Cursor, row_id: int, article: Article) -> None:
        """Count the lines of a new article."""
        marked = {mark.span for mark in article.marks if mark.reason == REPEATED}
        for key, spans in line_keys(article.text, known_marks(article), article.outlet).items():
            is_marked = marked.issuperset(spans)
            cursor.execute("INSERT INTO line_key VALUES (?, ?, ?)", (key, row_id, is_marked))
            if not is_marked and self._count(cursor, key, REPEATED_FROM) >= REPEATED_FROM:
                self.crossed.add(key)
        if self._articles is not None:
            self._articles[outlet_key(article.outlet or "")] += 1

    def drop(self, cursor: sqlite3.Cursor, row_id: int, article: Article) -> None:
        """Count the lines of an article no more."""
        for key in line_keys(article.text, known_marks(article), article.outlet):
            cursor.execute("DELETE FROM line_key WHERE key = ? AND article_row = ?", (key, row_id))
        if self._articles is not None:
            self._articles[outlet_key(article.outlet or "")] -= 1

    def marks(self, cursor: sqlite3.Cursor, article: Article) -> tuple[Mark, ...]:
        """Return an article's marks, those of repeated lines as the counts are now."""
        known = known_marks(article)
        n_stories = self._n_articles(cursor, article.outlet)

        def is_repeated(key: int) -> bool:
            return is_enough(self._count(cursor, key, _COUNTED), n_stories)

        repeated = repeated_marks(article.text, known, is_repeated, article.outlet)
        marks = tuple(sorted([*known, *repeated]))
        if _own_chars(article.text, marks) < MIN_LEFT * _own_chars(article.text, known):
            return tuple(known)
        return marks

    def unmarked(self, cursor: sqlite3.Cursor, key: int) -> list[str]:
        """Return the ids of the current articles in which a line stands as their own."""
        rows = cursor.execute(
            "SELECT a.id FROM line_key l JOIN article a ON a.row_id = l.article_row"
            " WHERE l.key = ? AND NOT l.marked AND a.superseded IS NULL ORDER BY a.row_id",
            (key,),
        )
        return [article_id for (article_id,) in rows]

    def _count(self, cursor: sqlite3.Cursor, key: int, most: int) -> int:
        """Count the stories that a line stands in; of articles, so many are looked at."""
        (count,) = cursor.execute(
            "SELECT count(DISTINCT s.story) FROM"
            " (SELECT article_row FROM line_key WHERE key = ? LIMIT ?) l"
            " JOIN story s ON s.article_row = l.article_row",
            (key, most),
        ).fetchone()
        return int(count)

    def _n_articles(self, cursor: sqlite3.Cursor, outlet: str | None) -> int:
        if self._articles is None:
            self._articles = Counter()
            rows = "SELECT outlet, count(*) FROM article WHERE superseded IS NULL GROUP BY outlet"
            for name, count in cursor.execute(rows):
                self._articles[outlet_key(name or "")] += count
        return self._articles[outlet_key(outlet or "")]


def _own_chars(text: str, marks: Sequence[Mark]) -> int:
    """Count what is left of a text beside its marks and its white space."""
    return sum(len("".join(span.of(text).split())) for span in unmarked(text, marks))


def known_marks(article: Article) -> Sequence[Mark]:
    """Return the marks that do not come from counting."""
    return [mark for mark in article.marks if mark.reason != REPEATED]
