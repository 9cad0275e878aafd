"""A backup is the whole index in one file, taken while it is in use."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from corpus import IndexCorrupt, IndexLocked, IndexNotFound, StoreError
from qa import Settings, backup_index, restore_index
from qa.index import Index, open_for_writing
from qa.indexer import add_articles
from qa.write_lock import write_lock
from tests.fakes import HashingEncoder, make_article

ENCODER = HashingEncoder()


def put(folder: Path, *names: str) -> None:
    with open_for_writing(folder) as index:
        articles = [make_article(f"{name} sank in the harbour.", id=name) for name in names]
        add_articles(index, ENCODER, articles, settings=Settings())


def rows(folder: Path) -> tuple[object, ...]:
    """Everything the store holds but the names of derived files."""
    with closing(Index.open(folder)) as index:
        store = index.store
        articles = [store.article(summary.id) for summary in store.summaries()]
        return store.space(), articles, list(store.vectors()), list(store.texts())


@pytest.fixture
def full(folder: Path) -> Path:
    put(folder, "one", "two", "three")
    return folder


def test_a_restored_index_is_the_same(full: Path, tmp_path: Path) -> None:
    put(full, "four")
    encoded = len(ENCODER.passages_encoded)
    file, copy = tmp_path / "backup.db", tmp_path / "copy"
    assert backup_index(full, file) == restore_index(file, copy) == 2
    assert rows(copy) == rows(full)
    assert len(ENCODER.passages_encoded) == encoded
    with closing(Index.open(copy)) as index:
        assert index.published()
        assert len(index.snapshot().dense) == 4
    assert sorted(path.name for path in tmp_path.iterdir() if "backup" in path.name) == [
        "backup.db"
    ]


def test_a_backup_is_taken_while_articles_come(full: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            put(full, f"more{number}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        generations = [backup_index(full, tmp_path / f"{n}.db") for n in range(10)]
    finally:
        stop.set()
        writer.join()
    assert generations == sorted(generations)
    for number, generation in enumerate(generations):
        folder = tmp_path / str(number)
        assert restore_index(tmp_path / f"{number}.db", folder) == generation
        _, articles, vectors, _ = rows(folder)
        assert len(articles) == len(vectors) == generation + 2  # type: ignore[arg-type]


def test_nothing_is_overwritten(full: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    file.write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        backup_index(full, file)
    assert file.read_text() == "mine"
    file.unlink()
    backup_index(full, file)
    with pytest.raises(StoreError, match="holds an index already"):
        restore_index(file, full)


def test_there_must_be_an_index_and_a_place(full: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        backup_index(tmp_path / "nowhere", tmp_path / "backup.db")
    with pytest.raises(StoreError, match="cannot write"):
        backup_index(full, tmp_path / "no" / "folder" / "backup.db")
    with pytest.raises(IndexNotFound):
        restore_index(tmp_path / "nothing.db", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_damaged_index_is_not_saved(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full / "store.db")) as store, store:
        store.execute("UPDATE article SET text = 'Nothing sank.' WHERE id = 'two'")
    with pytest.raises(IndexCorrupt, match="the text of 'two' is not what was indexed"):
        backup_index(full, tmp_path / "backup.db")
    assert list(tmp_path.glob("backup*")) == []


def test_a_log_that_a_killed_writer_left_is_not_played_into_a_restored_store(
    full: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.db"
    backup_index(full, file)
    (full / "store.db").rename(tmp_path / "damaged")
    (full / "store.db-wal").write_bytes(b"of another store")
    with pytest.raises(StoreError, match="holds an index already"):
        restore_index(file, full)


def test_nothing_is_restored_while_another_process_writes(full: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "backup.db", tmp_path / "copy"
    backup_index(full, file)
    copy.mkdir()
    with write_lock(copy), pytest.raises(IndexLocked):
        restore_index(file, copy)


def test_a_store_with_a_log_beside_it_is_restored_whole(full: Path, tmp_path: Path) -> None:
    with closing(Index.open(full)), open_for_writing(full) as index:
        articles = [make_article("Four sank in the harbour.", id="four")]
        add_articles(index, ENCODER, articles, settings=Settings())
        assert (full / "store.db-wal").stat().st_size
        assert restore_index(full / "store.db", tmp_path / "copy") == 2
    assert rows(tmp_path / "copy") == rows(full)


def test_an_index_of_nothing_is_saved_and_restored(folder: Path, tmp_path: Path) -> None:
    with open_for_writing(folder) as index:
        index.claim_model(ENCODER)
    file, copy = tmp_path / "backup.db", tmp_path / "copy"
    assert backup_index(folder, file) == restore_index(file, copy) == 0
    assert rows(copy) == rows(folder)


@pytest.mark.parametrize("name", ["", "/", "notes.txt/x", "x" * 300, "caf\udce9"])
def test_a_name_that_no_file_can_have_is_refused(full: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError):
        backup_index(full, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_backup_that_was_cut_short_is_refused(full: Path, tmp_path: Path, share: float) -> None:
    file = tmp_path / "backup.db"
    backup_index(full, file)
    data = file.read_bytes()
    file.write_bytes(data[: int(share * len(data))])
    with pytest.raises(IndexCorrupt):
        restore_index(file, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_row_that_belongs_to_nothing_is_damage(full: Path) -> None:
    with closing(sqlite3.connect(full / "store.db")) as store, store:
        store.execute("DELETE FROM article WHERE id = 'two'")
    with (
        closing(Index.open(full)) as index,
        pytest.raises(IndexCorrupt, match="a row of passage belongs to nothing"),
    ):
        index.store.check()
