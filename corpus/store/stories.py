"""Which articles carry one report: kept as articles come and go, inside the store's transactions.

`copy_key` finds candidates, `copy` holds the pairs that were compared and found to be copies, and
`story` what these connect. A story is numbered by the row of its oldest article.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from corpus.copies import compare, may_be_copies
from corpus.copies.groups import MIN_SHARED_KEYS, Link, band_keys, signature, stories_of
from corpus.store.rows import marks_from
from corpus.types import Article, Mark

MAX_COMPARED = 24
"""Candidates that are compared with a new article, the likeliest first."""

MAX_PER_KEY = 64
"""Articles that are looked at for one key, the oldest first."""

MAX_LINKS = 3
"""Copies of one story that a new article is linked to. One would be enough to join it, but that one
may be removed; hundreds, where a text is carried so often, would take their time."""

Keys = tuple[int, ...]

_REACHED = """
WITH RECURSIVE reached (row) AS (
    VALUES (?)
    UNION SELECT other_row FROM copy JOIN reached ON article_row = row
    UNION SELECT article_row FROM copy JOIN reached ON other_row = row
) SELECT row FROM reached
"""


class _Text(NamedTuple):
    text: str
    marks: Sequence[Mark]


def copy_keys(article: Article) -> Keys:
    """Return what copies of an article are looked up by."""
    return band_keys(signature(article.text, article.marks))


def join_story(cursor: sqlite3.Cursor, row_id: int, article: Article, keys: Keys) -> None:
    """Find the copies of a new article, which has this row, and put it into their story."""
    links: list[Link] = []
    copies: Counter[int] = Counter()
    for other in _candidates(cursor, keys):
        story = _story(cursor, other)
        if story is None or copies[story] >= MAX_LINKS:
            continue
        link = _link(cursor, row_id, _Text(article.text, article.marks), other)
        if link:
            links.append(link)
            copies[story] += 1
    story = next(iter(copies)) if len(copies) == 1 else row_id
    cursor.execute("INSERT INTO story VALUES (?, ?)", (row_id, story))
    if not all(link.is_firm for link in links) or len(copies) > 1:
        _regroup(cursor, [row_id])
    cursor.executemany("INSERT INTO copy_key VALUES (?, ?)", [(key, row_id) for key in keys])


def leave_story(cursor: sqlite3.Cursor, row_id: int, article: Article) -> None:
    """Take a stored article out of its story."""
    for key in copy_keys(article):
        cursor.execute("DELETE FROM copy_key WHERE key = ? AND article_row = ?", (key, row_id))
    forget(cursor, row_id)


def forget(cursor: sqlite3.Cursor, row_id: int) -> None:
    """Take an article out of its story, whatever its text; only its keys may be left behind."""
    story = _story(cursor, row_id)
    neighbours = _reached(cursor, row_id) - {row_id}
    cursor.execute("DELETE FROM copy WHERE article_row = ? OR other_row = ?", (row_id, row_id))
    cursor.execute("DELETE FROM story WHERE article_row = ?", (row_id,))
    rest = cursor.execute("SELECT article_row FROM story WHERE story = ?", (story,)).fetchall()
    members = [member for (member,) in rest]
    # `MAX_LINKS` left links out that are missed now.
    parts = sorted(set(stories_of(members, _links(cursor, members)).values()))
    for one, other in combinations(parts[:MAX_COMPARED], 2):
        _link(cursor, other, _text(cursor, other), one)
    _regroup(cursor, neighbours)


def _regroup(cursor: sqlite3.Cursor, rows: Iterable[int]) -> None:
    """Write the stories of articles, and of all that links lead to from them, anew."""
    members: set[int] = set()
    for row in rows:
        if row not in members:
            members |= _reached(cursor, row)
    stories = stories_of(members, _links(cursor, members))
    cursor.executemany(
        "UPDATE story SET story = ? WHERE article_row = ?",
        [(story, member) for member, story in stories.items()],
    )


def _candidates(cursor: sqlite3.Cursor, keys: Keys) -> list[int]:
    """Return the rows of the articles that share keys with a text, most first, then oldest."""
    shared: Counter[int] = Counter()
    for key in keys:
        with_key = "SELECT article_row FROM copy_key WHERE key = ? ORDER BY article_row LIMIT ?"
        shared.update(row for (row,) in cursor.execute(with_key, (key, MAX_PER_KEY)))
    likely = [(-count, row) for row, count in shared.items() if count >= MIN_SHARED_KEYS]
    return [row for _, row in sorted(likely)[:MAX_COMPARED]]


def _link(cursor: sqlite3.Cursor, row_id: int, text: _Text, other: int) -> Link | None:
    """Compare an article with an older one; note it if they are copies."""
    other_text = _text(cursor, other)
    both = text.text, other_text.text, text.marks, other_text.marks
    found = compare(*both) if may_be_copies(*both) else None
    if found is None or not found.is_copy:
        return None
    values = (row_id, other, found.shared, found.of_a, found.of_b, found.explanation)
    cursor.execute("INSERT INTO copy VALUES (?, ?, ?, ?, ?, ?)", values)
    return Link(row_id, other, found.of_a, found.of_b)


def _text(cursor: sqlite3.Cursor, row_id: int) -> _Text:
    where = "SELECT text, marks FROM article WHERE row_id = ?"
    text, marked = cursor.execute(where, (row_id,)).fetchone()
    return _Text(text, marks_from(marked))


def _story(cursor: sqlite3.Cursor, row_id: int) -> int | None:
    """Return the story of an article; None if it is gone and only its keys were left behind."""
    row = cursor.execute("SELECT story FROM story WHERE article_row = ?", (row_id,)).fetchone()
    return int(row[0]) if row else None


def _reached(cursor: sqlite3.Cursor, row_id: int) -> set[int]:
    return {row for (row,) in cursor.execute(_REACHED, (row_id,))}


def _links(cursor: sqlite3.Cursor, members: Iterable[int]) -> list[Link]:
    of_member = "SELECT article_row, other_row, of_a, of_b FROM copy WHERE article_row = ?"
    return [
        Link(*row) for member in members for row in cursor.execute(of_member, (member,)).fetchall()
    ]
