"""Verifying an index finds every kind of damage; repairing brings back what was committed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus import (
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    UnreadableArticle,
)
from qa import Settings, verify_index
from qa.index import Index, open_for_writing
from qa.indexer import add_articles
from tests.fakes import HashingEncoder, make_article

NAMES = ("one", "two", "three")


def put(folder: Path, *names: str, ending: str = "sank in the harbour.") -> None:
    with open_for_writing(folder) as index:
        articles = [make_article(f"The {name} {ending} Then it rained.", id=name) for name in names]
        add_articles(index, HashingEncoder(), articles, settings=Settings())


@pytest.fixture
def full(folder: Path) -> Path:
    put(folder, *NAMES)
    return folder


def sql(folder: Path, command: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "store.db")) as store, store:
        assert store.execute(command, values).rowcount == 1


def found(folder: Path, *, repair: bool = False) -> list[str]:
    findings = verify_index(folder, repair=repair, encoder=HashingEncoder())
    assert all(finding.mended == repair for finding in findings)
    return [finding.problem for finding in findings]


def answers(folder: Path) -> dict[str, str]:
    """What each article's own words find first."""
    with closing(Index.open(folder)) as index:
        snapshot = index.snapshot()
        first = {name: next(iter(snapshot.lexical.search(name, 1)), 0) for name in NAMES}
        stored = index.store.passages(list(first.values()))
        return {name: stored[i].article_id for name, i in first.items() if i in stored}


def test_a_sound_index_has_nothing_to_find(full: Path) -> None:
    put(full, "two", ending="was raised.")
    before = (full / "store.db").read_bytes()
    assert found(full) == []
    assert found(full, repair=True) == []
    assert (full / "store.db").read_bytes() == before


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "passage end": (
        lambda f: sql(f, "UPDATE passage SET end = end - 1 WHERE id = 2"),
        "the passages of 'two' are not what was indexed",
    ),
    "passage offset": (
        lambda f: sql(f, "UPDATE passage SET start = start + 1 WHERE id = 2"),
        "the passages of 'two' are not what was indexed",
    ),
    "passage sentences": (
        lambda f: sql(f, "UPDATE passage SET sentences = '[[0, 3]]' WHERE id = 2"),
        "the passages of 'two' are not what was indexed",
    ),
    "passage heading that is no text": (
        lambda f: sql(f, "UPDATE passage SET heading = CAST(x'54ff41' AS TEXT) WHERE id = 2"),
        "the passages of 'two' are not what was indexed",
    ),
    "passage gone": (
        lambda f: sql(f, "DELETE FROM passage WHERE id = 2"),
        "the passages of 'two' are not what was indexed",
    ),
    "vector": (
        lambda f: sql(f, "UPDATE passage SET vector = zeroblob(length(vector)) WHERE id = 2"),
        "the passages of 'two' are not what was indexed",
    ),
    "search file": (
        lambda f: os.truncate(next((f / "snapshots").glob("*.faiss")), 100),
        "the search files are missing, damaged or older than the articles",
    ),
    "no snapshot": (
        lambda f: sql(f, "DELETE FROM snapshot"),
        "the search files are missing, damaged or older than the articles",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_can_be_made_again_is_mended(full: Path, name: str) -> None:
    damage, problem = DAMAGES[name]
    before = answers(full)
    damage(full)
    assert problem in found(full)
    assert problem in found(full, repair=True)
    assert found(full) == []
    assert answers(full) == before == {name: name for name in NAMES}


TEXT_DAMAGES = {
    "other text": "text = replace(text, 'sank', 'swam')",
    "no text": "text = CAST(x'54ff41' AS TEXT)",
    "title": "title = 'Nothing happened'",
    "metadata": "metadata = '[]'",
    "no JSON": "metadata = '{'",
    "digest": "digest = 'x'",
}


@pytest.mark.parametrize("name", TEXT_DAMAGES)
def test_a_damaged_article_is_taken_out_and_comes_back_when_indexed(full: Path, name: str) -> None:
    sql(full, f"UPDATE article SET {TEXT_DAMAGES[name]} WHERE id = 'two'")
    (finding,) = verify_index(full)
    assert finding.problem == "the text of 'two' is not what was indexed"
    assert finding.remedy == "with --repair it is taken out; index it again from two.txt"
    assert found(full, repair=True) == [finding.problem]
    assert answers(full).keys() == {"one", "three"}
    assert found(full) == []
    put(full, *NAMES)
    assert answers(full) == {name: name for name in NAMES}


def test_an_old_version_that_is_damaged_is_taken_out_alone(full: Path) -> None:
    put(full, "two", ending="was raised.")
    sql(full, "UPDATE article SET text = 'x' WHERE id = 'two' AND superseded IS NOT NULL")
    assert found(full, repair=True) == [
        "the text of 'two', in an older version, is not what was indexed"
    ]
    assert found(full) == []
    with closing(Index.open(full)) as index:
        article = index.store.article("two")
        assert article is not None
        assert "raised" in article.text


def test_a_changed_source_is_damage_too(full: Path) -> None:
    sql(full, "UPDATE article SET source = 'elsewhere' WHERE id = 'two'")
    assert found(full) == ["the text of 'two' is not what was indexed"]


def test_what_cannot_be_made_again_is_not_said_to_be(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UnreadableArticle("no text")

    sql(full, "DELETE FROM passage WHERE id = 2")
    monkeypatch.setattr("qa.encoding._chunk", fail)
    (finding,) = verify_index(full, repair=True, encoder=HashingEncoder())
    assert (finding.mended, finding.remedy) == (
        False, "with --repair it is made again from its text",
    )  # fmt: skip


def test_an_index_of_nothing_is_sound(folder: Path) -> None:
    with open_for_writing(folder) as index:
        index.claim_model(HashingEncoder())
    assert found(folder) == []
    (folder / "tmp" / "0000000009-0123abcd.faiss").write_bytes(b"half")
    assert len(found(folder, repair=True)) == 1


def test_leftovers_of_a_killed_run_are_found_and_removed(full: Path) -> None:
    stray = full / "tmp" / "0000000009-0123abcd.faiss"
    stray.write_bytes(b"half")
    mine = full / "tmp" / "notes.txt"
    mine.write_text("not ours")
    assert found(full, repair=True) == [f"{stray.name} is a search file that nothing names"]
    assert (stray.exists(), mine.exists()) == (False, True)


def test_a_damaged_vector_stops_what_would_search_it(full: Path) -> None:
    sql(full, "UPDATE passage SET vector = zeroblob(length(vector)) WHERE id = 2")
    damaged = pytest.raises(IndexCorrupt, match="pullquote verify --index")
    with open_for_writing(full) as index, damaged:
        index.publish(anew=True)
    assert found(full, repair=True)
    put(full, "four")
    assert found(full) == []


def test_broken_pages_are_told_and_left_alone(full: Path) -> None:
    with closing(sqlite3.connect(full / "store.db")) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.execute("PRAGMA foreign_keys = OFF")
        store.execute("DELETE FROM article WHERE id = 'two'")
        store.commit()
    findings = verify_index(full, repair=True)
    assert {(finding.mended, finding.problem) for finding in findings} == {
        (False, "store.db: a row of passage belongs to nothing"),
        (False, "store.db: a row of story belongs to nothing"),
    }
    assert all("restore a backup" in finding.remedy for finding in findings)


def test_an_index_that_is_written_is_not_repaired(full: Path, tmp_path: Path) -> None:
    with open_for_writing(full), pytest.raises(IndexLocked):
        verify_index(full, repair=True)
    with pytest.raises(IndexNotFound):
        verify_index(tmp_path / "nowhere", repair=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_schema_that_is_no_text_is_damage_and_no_crash(full: Path) -> None:
    """SQLite tells of it in an error that Python cannot decode."""
    store, place = full / "store.db", b"ON passage (article_row, space)"
    data = store.read_bytes()
    assert place in data
    store.write_bytes(data.replace(place, b"ON passag\xb1 (article_row)"))
    with pytest.raises(IndexCorrupt, match="cannot be read"):
        verify_index(full)
