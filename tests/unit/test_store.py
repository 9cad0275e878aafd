"""The article store: what was committed is there, and nothing else."""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus import (
    ArticleStore,
    IndexCorrupt,
    IndexNotFound,
    IndexVersionMismatch,
    SnapshotRow,
    StoredPassage,
    StoreError,
)
from corpus.store.schema import FORMAT_VERSION
from tests.fakes import SPACE, entry, make_article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[ArticleStore]:
    with closing(ArticleStore(path, writable=True)) as opened:
        opened.open_space(SPACE)
        yield opened


TWO = [
    entry(make_article("One. Two.", id="a", published="2031-01-01", outlet="Post")),
    entry(make_article("Menu\n\nHead\n\nThree. 😀", id="b", headings=["Head"], marked=["Menu"])),
]


# -- articles and passages ------------------------------------------------------------------------


def test_an_added_article_comes_back_as_it_was(store: ArticleStore) -> None:
    store.add(TWO)
    assert store.article("a") == TWO[0][0]
    assert store.article("b") == TWO[1][0]
    assert store.article("c") is None


def test_an_id_that_no_database_can_hold_names_no_article(store: ArticleStore) -> None:
    store.add(TWO)
    assert store.article("\ud800") is None
    assert store.digests(["\ud800", "a"]) == {"a": TWO[0][0].digest}
    assert store.remove(["\ud800", "a"]) == ["a"]


def test_a_replaced_version_can_still_be_read(store: ArticleStore) -> None:
    old, new = TWO[0][0], make_article("Other words.", id="a")
    store.add(TWO)
    store.add([entry(new)])
    assert store.article("a") == new
    assert store.article("a", old.version) == old
    assert store.article("a", "0" * 12) is None


def test_a_text_that_was_altered_in_the_database_is_not_handed_out(
    store: ArticleStore, path: Path
) -> None:
    store.add(TWO)
    with closing(sqlite3.connect(path)) as vandal, vandal:
        vandal.execute("UPDATE article SET text = 'Nine. Two.' WHERE id = 'a'")
    with pytest.raises(IndexCorrupt, match="not what was indexed"):
        store.article("a")
    with pytest.raises(IndexCorrupt, match="not what was indexed"):
        store.articles_of(list(dict(store.vectors())))


def test_a_broken_row_is_said_to_be_damage(store: ArticleStore, path: Path) -> None:
    store.add(TWO)
    with closing(sqlite3.connect(path)) as vandal, vandal:
        vandal.execute("UPDATE article SET headings = 'x'")
        vandal.execute("UPDATE passage SET sentences = 'x'")
    with pytest.raises(IndexCorrupt, match="is damaged"):
        store.article("a")
    with pytest.raises(IndexCorrupt, match="is damaged"):
        store.passages(list(dict(store.vectors())))


def test_passages_come_back_under_the_ids_that_the_vectors_have(store: ArticleStore) -> None:
    store.add(TWO)
    stored = [passage for _, passages in TWO for passage in passages]
    vectors = dict(store.vectors())
    passages = store.passages(list(vectors))
    assert sorted(passages) == sorted(vectors)
    for (passage_id, vector), expected in zip(vectors.items(), stored, strict=True):
        found = passages[passage_id]
        assert found.id == passage_id > 0
        assert (found.article_id, found.span) == (
            expected.passage.article_id,
            expected.passage.span,
        )
        assert (found.text, found.sentences) == (expected.passage.text, expected.passage.sentences)
        assert vector == expected.vector
    assert [(i, p.heading, p.text) for i, p in passages.items()] == list(store.texts())


def test_unknown_passages_are_left_out(store: ArticleStore) -> None:
    assert store.passages([]) == {}
    assert store.passages([7]) == {}


def test_many_passages_are_read_in_pages(store: ArticleStore) -> None:
    article, (only,) = entry(make_article("One."))
    store.add([(article, [StoredPassage(passage=only.passage, vector=b"v")] * 5000)])
    ids = [passage_id for passage_id, _ in store.vectors()]
    assert ids == sorted(set(ids))
    assert len(ids) == len(store.passages(ids)) == len(list(store.texts())) == 5000


def test_many_digests_are_asked_for_at_once(store: ArticleStore) -> None:
    store.add([entry(make_article("One.", id=f"n{i}")) for i in range(1200)])
    found = store.digests([f"n{i}" for i in range(1300)])
    assert len(found) == 1200
    assert found["n7"] == make_article("One.", id="n7").digest


def test_the_same_id_again_replaces_the_article(store: ArticleStore) -> None:
    store.add(TWO)
    changed = entry(make_article("Four. Five.", id="a"))
    store.add([changed])
    assert store.article("a") == changed[0]
    assert store.digests(["a", "b", "c"]) == {"a": changed[0].digest, "b": TWO[1][0].digest}
    assert [text for _, _, text in store.texts()] == ["Three. 😀", "Four. Five."]
    assert len(list(store.vectors())) == store.counts()["passages"] == 2


def test_the_last_entry_wins_where_an_id_comes_twice_in_one_commit(store: ArticleStore) -> None:
    first, second = entry(make_article("First.")), entry(make_article("Second."))
    store.add([first, second])
    assert store.article("a") == second[0]
    assert [text for _, _, text in store.texts()] == ["Second."]


def test_a_removed_article_is_gone_with_its_passages_and_old_versions(
    store: ArticleStore, path: Path
) -> None:
    store.add(TWO)
    store.add([entry(make_article("A second version.", id="a"))])
    assert store.remove(["a", "nobody", "a"]) == ["a"]
    assert store.article("a") is None
    assert store.digests(["a"]) == {}
    assert [text for _, _, text in store.texts()] == ["Three. 😀"]
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM article WHERE id = 'a'").fetchone() == (0,)


def test_passage_ids_are_never_used_again(store: ArticleStore) -> None:
    store.add(TWO)
    before = set(dict(store.vectors()))
    store.remove(["a", "b"])
    store.add(TWO)
    assert min(dict(store.vectors())) > max(before)


def test_removed_ids_are_told_in_the_order_they_were_given(store: ArticleStore) -> None:
    store.add(TWO)
    assert store.remove(iter(["b", "nobody", "a"])) == ["b", "a"]


# -- generations ----------------------------------------------------------------------------------


def test_every_change_is_one_generation(store: ArticleStore) -> None:
    assert store.generation() == 0
    assert [store.add(TWO), store.add(TWO[:1])] == [1, 2]
    store.remove(["a"])
    assert store.generation() == 3


@pytest.mark.parametrize("ids", [[], ["nobody"]], ids=["nothing", "an unknown id"])
def test_removing_what_is_not_there_is_no_change(store: ArticleStore, ids: list[str]) -> None:
    store.add(TWO)
    assert store.remove(ids) == []
    assert store.generation() == 1


def test_a_commit_that_fails_changes_nothing(store: ArticleStore) -> None:
    store.add(TWO)
    rows = [list(store.texts()), store.generation(), store.article("a")]
    broken = entry(make_article("A lone surrogate: \ud800.", id="c"))
    with pytest.raises(UnicodeEncodeError):
        store.add([entry(make_article("Good.", id="a")), broken])
    assert [list(store.texts()), store.generation(), store.article("a")] == rows
    store.add([entry(make_article("Good.", id="a"))])
    assert store.generation() == 2


def test_a_commit_is_seen_by_a_reader_that_was_open(store: ArticleStore, path: Path) -> None:
    with closing(ArticleStore(path)) as reader:
        assert reader.article("a") is None
        store.add(TWO)
        assert reader.article("a") == TWO[0][0]


def test_a_commit_is_there_although_the_writer_never_closed(
    store: ArticleStore, path: Path, tmp_path: Path
) -> None:
    store.add(TWO)
    copied = tmp_path / "as after kill -9"
    shutil.copytree(path.parent, copied, ignore=shutil.ignore_patterns("as after*"))
    with closing(ArticleStore(copied / "store.db", writable=True)) as survivor:
        assert survivor.article("b") == TWO[1][0]


def test_a_reader_cannot_write(store: ArticleStore, path: Path) -> None:
    with (
        closing(ArticleStore(path)) as reader,
        pytest.raises(StoreError, match="cannot be written"),
    ):
        reader.add(TWO)
    assert store.generation() == 0


# -- facts ----------------------------------------------------------------------------------------


def test_the_first_space_serves_and_the_next_one_is_built_beside_it(path: Path) -> None:
    other = dataclasses.replace(SPACE, encoder="other")
    with closing(ArticleStore(path, writable=True)) as store:
        assert store.space() is None
        with pytest.raises(StoreError, match="names no model"):
            store.add(TWO)
        first = store.open_space(SPACE)
        assert (store.space(), store.space_in_building()) == (first, None)
        store.open_space(other)
        second = store.open_space(dataclasses.replace(other, dim=3))
        assert (store.space(), store.space_in_building()) == (first, second)


def snapshot_row(generation: int, name: str) -> SnapshotRow:
    """Name files of their own for a generation."""
    return SnapshotRow(
        generation=generation,
        space=1,
        name=name,
        dense_name=name,
        dense_generation=generation,
        dense_sha256="d",
        lexical_sha256="l",
        passages=2,
        recall=1.0,
    )


def test_snapshots_are_listed_newest_first(store: ArticleStore) -> None:
    store.add(TWO)
    store.add(TWO[:1])
    rows = [snapshot_row(g, n) for g, n in [(2, "second"), (1, "first"), (2, "second again")]]
    for row in rows:
        store.add_snapshot(row)
    assert store.snapshots() == [rows[2], rows[0], rows[1]]
    store.drop_snapshots(["second", "nobody"])
    assert [row.name for row in store.snapshots()] == ["second again", "first"]


def test_what_was_replaced_before_anything_was_published_goes_in_the_end(
    store: ArticleStore,
) -> None:
    def publish(name: str) -> None:
        store.add_snapshot(snapshot_row(store.generation(), name))
        store.drop_snapshots([row.name for row in store.snapshots()[1:]])

    store.add(TWO)
    store.add([entry(make_article("Other. Text.", id="a"))])
    publish("first")
    assert len(store.passages(range(9))) == 3
    publish("second")
    assert len(store.passages(range(9))) == 2
    assert store.gone(0) in ([], [1])


def test_summaries_are_newest_first_then_undated_then_by_id(store: ArticleStore) -> None:
    dates = {"e": None, "d": "2030-01-01", "c": None, "b": "2031-01-01", "a": "2030-01-01"}
    store.add([entry(make_article("One. 😀", id=i, published=d)) for i, d in dates.items()])
    store.add([entry(make_article("One. Two. 😀", id="b", published="2031-01-01"))])
    summaries = store.summaries()
    assert [summary.id for summary in summaries] == ["b", "a", "d", "c", "e"]
    assert [(summary.chars, summary.passages) for summary in summaries[:2]] == [(11, 1), (6, 1)]


def test_counts_are_of_current_versions(store: ArticleStore) -> None:
    empty = store.counts()
    assert (empty["articles"], empty["passages"], empty["first_published"]) == (0, 0, None)
    store.add(TWO)
    store.add([entry(make_article("One. Two. Three.", id="a", published="2029-05-05"))])
    assert store.counts() == {
        "articles": 2,
        "passages": 2,
        "passage_sentences": 4,
        "first_published": "2029-05-05",
        "last_published": "2029-05-05",
    }


# -- opening --------------------------------------------------------------------------------------


def database(path: Path, *statements: str) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path.read_bytes()


@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
def test_a_database_of_another_program_is_refused_and_left_alone(
    path: Path, writable: bool
) -> None:
    before = database(path, "CREATE TABLE notes (x)", "INSERT INTO notes VALUES (1)")
    with pytest.raises(IndexVersionMismatch, match="is not a pullquote index"):
        ArticleStore(path, writable=writable)
    assert path.read_bytes() == before


@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
@pytest.mark.parametrize("version", [0, FORMAT_VERSION + 1], ids=["older", "newer"])
def test_another_format_version_is_refused_and_left_alone(
    path: Path, writable: bool, version: int
) -> None:
    ArticleStore(path, writable=True).close()
    before = database(path, f"PRAGMA user_version = {version}")
    with pytest.raises(IndexVersionMismatch, match=f"has format {version}"):
        ArticleStore(path, writable=writable)
    assert path.read_bytes() == before


@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
@pytest.mark.parametrize(
    "content", [b"not a database", b"SQLite format 3\0" + b"\xff" * 4096], ids=["text", "header"]
)
def test_garbage_is_refused_and_left_alone(path: Path, writable: bool, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(IndexCorrupt, match="index the articles into a new folder"):
        ArticleStore(path, writable=writable)
    assert path.read_bytes() == content


def test_reading_needs_an_index_and_makes_none(path: Path) -> None:
    with pytest.raises(IndexNotFound, match="pullquote index PATH"):
        ArticleStore(path)
    assert not path.exists()


def test_a_store_that_was_never_finished_is_no_index_yet(path: Path) -> None:
    path.touch()
    with pytest.raises(IndexNotFound, match="no index"):
        ArticleStore(path)
    ArticleStore(path, writable=True).close()
    ArticleStore(path).close()


@pytest.mark.parametrize("name", ["a?b#c", "100%41", "with space", "ö 😀"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    path = tmp_path / name / "store.db"
    with closing(ArticleStore(path, writable=True)) as store:
        store.open_space(SPACE)
        store.add(TWO)
    with closing(ArticleStore(path)) as reader:
        assert reader.article("a") == TWO[0][0]


def test_a_page_overwritten_on_disk_is_reported_and_not_served(
    store: ArticleStore, path: Path
) -> None:
    store.add([entry(make_article("Word. " * 2000, id=f"n{i}")) for i in range(20)])
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with (
        closing(ArticleStore(path)) as damaged,
        pytest.raises(IndexCorrupt, match="cannot be read"),
    ):
        list(damaged.texts())
