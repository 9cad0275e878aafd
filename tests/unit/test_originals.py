"""The bytes that articles were read from: kept once, given back as they were, forgotten in time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import BadRecord, IndexCorrupt, LoadedArticle, StoreError, UnreadableArticle, originals
from corpus.originals import Original, Originals, keeping
from tests.fakes import make_article

PAGE = b"<p>The gates closed.</p>" * 200


@pytest.fixture
def kept(tmp_path: Path) -> Originals:
    return Originals(tmp_path)


def stored(kept: Originals) -> int:
    with closing(sqlite3.connect(kept.path)) as database:
        return int(database.execute("SELECT count(*) FROM original").fetchone()[0])


def test_nothing_is_made_before_something_is_kept(kept: Originals) -> None:
    assert kept.of("a", "1") is None
    kept.forget(["a"])
    assert not kept.path.exists()


@given(data=st.binary(max_size=2_000))
def test_what_is_kept_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    kept = Originals(tmp_path_factory.mktemp("index"))
    kept.keep("a.html", data, [("a", "1")])
    assert kept.of("a", "1") == Original(name="a.html", data=data)
    assert kept.of("a", "2") is None


def test_a_file_of_many_articles_is_kept_once_until_the_last_one_is_forgotten(
    kept: Originals,
) -> None:
    kept.keep("export.jsonl", PAGE, [("a", "1"), ("b", "1"), ("a", "1")])
    assert stored(kept) == 1
    kept.forget(["a"])
    assert (kept.of("a", "1"), stored(kept)) == (None, 1)
    kept.forget(["b", "never there"])
    assert stored(kept) == 0
    assert PAGE[:100] not in kept.path.read_bytes()


def test_each_version_has_what_it_was_read_from_at_first(kept: Originals) -> None:
    kept.keep("a.html", b"one", [("a", "1")])
    kept.keep("a.html", b"one, with another advertisement", [("a", "1")])
    kept.keep("a.html", b"two", [("a", "2")])
    found = [kept.of("a", version) for version in ("1", "2")]
    assert [one and one.data for one in found] == [b"one", b"two"]
    assert stored(kept) == 2


def test_bytes_that_are_not_what_was_kept_are_never_given(kept: Originals) -> None:
    kept.keep("a.html", PAGE, [("a", "1")])
    kept.keep("b.html", b"another", [("b", "1")])
    with closing(sqlite3.connect(kept.path)) as database, database:
        other = "(SELECT packed FROM original WHERE bytes = 7)"
        database.execute(f"UPDATE original SET packed = {other} WHERE bytes > 7")
        database.execute("UPDATE original SET packed = x'00' WHERE bytes = 7")
    for article_id in ("a", "b"):
        with pytest.raises(IndexCorrupt, match="is not what was kept"):
            kept.of(article_id, "1")


def test_another_programs_file_is_left_alone(kept: Originals) -> None:
    with closing(sqlite3.connect(kept.path)) as database, database:
        database.execute("CREATE TABLE mine (x)")
    before = kept.path.read_bytes()
    with pytest.raises(StoreError, match="holds no originals"):
        kept.keep("a.html", PAGE, [("a", "1")])
    assert kept.path.read_bytes() == before


def test_a_source_is_kept_when_it_was_read_and_only_if_it_held_an_article(
    kept: Originals,
) -> None:
    loaded = LoadedArticle(article=make_article("The gates closed.", id="a"))
    bad = BadRecord(where="line 2", reason="is empty")
    assert list(keeping(kept, "a.jsonl", lambda: PAGE, [loaded, bad])) == [loaded, bad]
    assert kept.of("a", loaded.article.digest) == Original(name="a.jsonl", data=PAGE)
    list(keeping(kept, "b.jsonl", lambda: b"nothing", [bad]))
    assert stored(kept) == 1


def test_what_cannot_be_kept_is_told_after_its_articles(
    kept: Originals, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loaded = LoadedArticle(article=make_article("The gates closed.", id="a"))
    monkeypatch.setattr(originals, "MAX_ORIGINAL_BYTES", 100)
    for read in (lambda: PAGE, (tmp_path / "gone.html").read_bytes):
        found = keeping(kept, "a.html", read, [loaded])
        assert next(found) == loaded
        with pytest.raises(UnreadableArticle, match="was read but not kept"):
            next(found)
    assert not kept.path.exists()
