"""The bytes that articles were read from: kept once, given back as they were, forgotten in time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import BadRecord, IndexCorrupt, LoadedArticle, StoreError, UnreadableArticle
from corpus import keeping as keeping_module
from corpus.keeping import FileBytes, NotKept, keeping
from corpus.originals import Original, Originals
from qa import build_index, remove_articles
from tests.conftest import ARTICLES
from tests.fakes import HashingEncoder, make_article

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


def told(message: str) -> None:
    pytest.fail(message)


LOADED = LoadedArticle(article=make_article("The gates closed.", id="a"))
BAD = BadRecord(where="line 2", reason="is empty")
DIGEST = LOADED.article.digest


def test_a_source_is_kept_when_it_was_read_and_only_if_it_held_an_article(
    kept: Originals,
) -> None:
    found: list[LoadedArticle | BadRecord] = [LOADED, BAD]
    assert list(keeping(kept, "a.jsonl", lambda: PAGE, found, warn=told)) == found
    assert kept.of("a", DIGEST) == Original(name="a.jsonl", data=PAGE)
    list(keeping(kept, "b.jsonl", lambda: b"nothing", [BAD], warn=told))
    assert stored(kept) == 1
    assert (kept.holds(["a"]), kept.holds(["a", "b"])) == (True, False)


def test_a_source_that_fails_half_way_is_kept_for_what_came_before(kept: Originals) -> None:
    def found() -> Iterator[LoadedArticle]:
        yield LOADED
        raise UnreadableArticle("it ends in the middle")

    with pytest.raises(UnreadableArticle, match="in the middle"):
        list(keeping(kept, "a.warc", lambda: PAGE, found(), warn=told))
    assert kept.of("a", DIGEST)


def test_what_is_too_large_or_gone_is_told_and_stops_nothing(
    kept: Originals, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(keeping_module, "MAX_ORIGINAL_BYTES", 100)
    large = tmp_path / "large.html"
    large.write_bytes(PAGE)
    reads = (lambda: PAGE, FileBytes(large).read, FileBytes(tmp_path / "gone.html").read)
    for read in reads:
        warnings: list[str] = []
        assert list(keeping(kept, "a.html", read, [LOADED], warn=warnings.append)) == [LOADED]
        assert len(warnings) == 1
        assert warnings[0].startswith("a.html was read but is not kept: ")
    assert not kept.path.exists()


def test_a_file_that_was_changed_after_it_was_read_is_not_kept_for_it(tmp_path: Path) -> None:
    path, secret = tmp_path / "a.html", tmp_path / "secret"
    path.write_bytes(PAGE)
    secret.write_bytes(b"not for anybody")
    file = FileBytes(path)
    assert file.read() == PAGE
    path.write_bytes(PAGE + b"more")
    with pytest.raises(NotKept, match="was changed while it was read"):
        file.read()
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(OSError, match="symbolic links"):
        file.read()
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NotKept):
        file.read()


def test_what_was_never_indexed_or_is_gone_is_forgotten(kept: Originals) -> None:
    kept.keep("a.html", b"one", [("a", "1"), ("b", "1"), ("b", "2")])
    kept.keep("c.html", b"two", [("c", "1")])
    kept.retain({"b", "d"})
    assert (kept.holds(["b"]), kept.holds(["a"]), kept.holds(["c"])) == (True, False, False)
    assert kept.of("b", "1")
    assert kept.of("b", "2")
    assert stored(kept) == 1


def test_a_backup_may_be_read_while_something_is_forgotten(kept: Originals) -> None:
    kept.keep("a.html", PAGE, [("a", "1")])
    with closing(sqlite3.connect(f"{kept.path.as_uri()}?mode=ro", uri=True)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM original").fetchone() == (1,)
        kept.forget(["a"])
    assert stored(kept) == 0


def test_a_file_whose_making_was_cut_short_holds_nothing(kept: Originals) -> None:
    kept.path.touch()
    assert kept.of("a", "1") is None
    kept.keep("a.html", PAGE, [("a", "1")])
    assert kept.of("a", "1")


def test_an_article_whose_original_cannot_be_forgotten_stays_to_be_removed_again(
    tmp_path: Path, encoder: HashingEncoder
) -> None:
    build_index(tmp_path, ARTICLES, encoder=encoder)
    kept = Originals(tmp_path)
    kept.keep("ferry.html", b"<p>", [("ferry", "1")])
    with closing(sqlite3.connect(kept.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="cannot be written"):
            remove_articles(tmp_path, ["ferry"])
    assert remove_articles(tmp_path, ["ferry"]) == ["ferry"]
    assert not kept.holds(["ferry"])
