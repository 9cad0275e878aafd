"""Statements that the store's transactions are made of; each needs a cursor inside of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple

from corpus.store.rows import (
    ARTICLE_COLUMNS,
    PASSAGE_COLUMNS,
    SNAPSHOT_COLUMNS,
    SnapshotRow,
    StoredPassage,
    article_values,
    checksum,
    passage_values,
    row_checksum,
)
from corpus.store.store_reader import marks
from corpus.types import Article


def supersede(cursor: sqlite3.Cursor, article_id: str, generation: int) -> None:
    """Make the current version of an article, if there is one, an old one."""
    current = "id = ? AND superseded IS NULL"
    take_out(
        cursor,
        f"article_row = (SELECT row_id FROM article WHERE {current})",
        article_id,
        generation,
    )
    cursor.execute(f"UPDATE article SET superseded = ? WHERE {current}", (generation, article_id))


def take_out(cursor: sqlite3.Cursor, which: str, value: str | int, generation: int) -> None:
    """Note that passages are no longer searched; those of a space in building go at once."""
    space = "space = (SELECT id FROM space WHERE state = ?)"
    cursor.execute(
        "INSERT OR IGNORE INTO gone (passage, generation)"
        f" SELECT id, ? FROM passage WHERE {which} AND {space}",
        (generation, value, "serving"),
    )
    cursor.execute(f"DELETE FROM passage WHERE {which} AND {space}", (value, "building"))


def delete_unneeded(cursor: sqlite3.Cursor) -> None:
    """Delete the passages that were no longer searched when the newest snapshot was named."""
    cursor.execute(
        "DELETE FROM passage WHERE id IN (SELECT passage FROM gone"
        " WHERE generation <= (SELECT max(generation) FROM snapshot))"
    )
    if cursor.execute("SELECT 1 FROM space WHERE state = 'retired'").fetchone():
        cursor.execute(
            "DELETE FROM passage WHERE space IN (SELECT id FROM space WHERE state = 'retired')"
        )
        cursor.execute("UPDATE space SET state = 'emptied' WHERE state = 'retired'")


def insert_article(cursor: sqlite3.Cursor, article: Article, passages: int, generation: int) -> int:
    """Add a version of an article; return its row."""
    values = article_values(article)
    facts = (article.digest, article.source, values[-1], passages)
    values = (*values, article.digest, passages, row_checksum(facts), generation)
    cursor.execute(
        f"INSERT INTO article ({ARTICLE_COLUMNS}, digest, passages, row_crc, added)"
        f" VALUES ({marks(values)})",
        values,
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def insert_passages(
    cursor: sqlite3.Cursor, space_id: int, article_row: int, passages: Sequence[StoredPassage]
) -> None:
    """Add the passages of a version of an article, in a vector space."""
    cursor.executemany(
        f"INSERT INTO passage (space, article_row, vector, vector_crc, {PASSAGE_COLUMNS})"
        f" VALUES ({marks(range(9))})",
        [
            (space_id, article_row, p.vector, checksum(p.vector), *passage_values(p.passage))
            for p in passages
        ],
    )


def insert_snapshot(cursor: sqlite3.Cursor, row: SnapshotRow) -> None:
    """Name published search files."""
    values = astuple(row)
    cursor.execute(f"INSERT INTO snapshot ({SNAPSHOT_COLUMNS}) VALUES ({marks(values)})", values)


def count_passages(cursor: sqlite3.Cursor, space_id: int) -> None:
    """Write down anew how many passages each current article has: another model, another cut."""
    rows = cursor.execute(
        "SELECT digest, source, marks, (SELECT count(*) FROM passage WHERE article_row = row_id AND"
        " space = ?), row_id FROM article WHERE superseded IS NULL",
        (space_id,),
    ).fetchall()
    cursor.executemany(
        "UPDATE article SET passages = ?, row_crc = ? WHERE row_id = ?",
        [
            (count, row_checksum((digest, source, marked, count)), row_id)
            for digest, source, marked, count, row_id in rows
        ],
    )
