"""The index folder: one truth, and search structures that are checked before they are used."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

import corpus.files
import qa.current
import qa.index
import qa.snapshots
from corpus import (
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    IndexVersionMismatch,
    ModelMismatch,
    StoreError,
)
from qa.index import Index, open_for_writing
from qa.indexer import add_articles
from qa.search_files import SNAPSHOTS_KEPT
from qa.settings import Settings
from qa.snapshots import Snapshot
from tests.fakes import HashingEncoder, entry, make_article

ROOT = Path(__file__).parents[2]
ENCODER = HashingEncoder()


def put(folder: Path, *texts: str, publish: bool = True) -> None:
    """Commit one article per text, named by its first word, and publish them."""
    with open_for_writing(folder) as index:
        index.claim_model(ENCODER)
        index.add([entry(make_article(text, id=text.split()[0])) for text in texts])
        if publish:
            index.publish()


def found(index: Index, question: str) -> set[str]:
    """Return the ids of the articles that both searches of the newest snapshot find."""
    snapshot = index.snapshot()
    ids = set(snapshot.lexical.search(question, 9))
    dense, scores = snapshot.dense.search(ENCODER.encode_questions([question])[0], 9)
    assert {i for i, score in zip(dense.tolist(), scores, strict=True) if score > 0.3} == ids
    return {passage.article_id for passage in index.store.passages(list(ids)).values()}


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def made_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two articles, to be copied and not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "two"
    put(folder, "barrier gates", "ferry storm")
    return folder


@pytest.fixture
def two(folder: Path, made_two: Path) -> Path:
    return shutil.copytree(made_two, folder)


@pytest.fixture
def reader(folder: Path) -> Iterator[Index]:
    """A reader that was opened when "barrier" was the only article."""
    put(folder, "barrier gates")
    with closing(Index.open(folder)) as index:
        assert found(index, "gates") == {"barrier"}
        yield index


# -- commit, publish, search ----------------------------------------------------------------------


def test_what_is_committed_and_published_is_found(two: Path) -> None:
    with closing(Index.open(two)) as index:
        assert found(index, "gates") == {"barrier"}
        assert found(index, "storm") == {"ferry"}
        assert found(index, "zebra") == set()


def test_an_open_reader_takes_up_what_another_writer_published(folder: Path, reader: Index) -> None:
    put(folder, "ferry storm", publish=False)
    assert found(reader, "storm") == set()
    with open_for_writing(folder) as writer:
        writer.publish()
        assert found(reader, "storm") == {"ferry"}
        assert found(reader, "gates") == {"barrier"}


def test_an_open_reader_takes_up_what_another_process_published(
    folder: Path, reader: Index
) -> None:
    put_elsewhere = "from pathlib import Path; import sys; from tests.unit.test_index import put"
    run_python(f"{put_elsewhere}; put(Path(sys.argv[1]), 'ferry storm')", folder)
    assert found(reader, "storm") == {"ferry"}


def test_a_reader_opened_between_commit_and_publish_sees_the_commit(folder: Path) -> None:
    put(folder, "barrier gates")
    put(folder, "ferry storm", publish=False)
    with closing(Index.open(folder)) as index:
        assert found(index, "storm") == {"ferry"}
        snapshot = index.snapshot()
        with open_for_writing(folder) as writer:
            assert not writer.published()
            writer.publish()
            assert writer.published()
        assert index.snapshot() is snapshot


def test_a_snapshot_is_kept_while_nothing_newer_is_published(reader: Index) -> None:
    assert reader.snapshot() is reader.snapshot()


def test_a_snapshot_in_use_is_not_changed_by_newer_ones(folder: Path, reader: Index) -> None:
    held = reader.snapshot()
    for number in range(SNAPSHOTS_KEPT + 2):
        put(folder, f"ferry{number} storm")
    assert set(held.lexical.search("gates", 9)) == {1}
    assert held.lexical.search("storm", 9) == {}
    assert len(held.dense) == 1


def test_removed_articles_are_not_found_any_more(folder: Path, reader: Index) -> None:
    with open_for_writing(folder) as writer:
        assert writer.remove(["barrier", "nobody"]) == ["barrier"]
        writer.publish()
    assert found(reader, "gates") == set()


def test_removing_everything_leaves_an_index_that_finds_nothing(
    folder: Path, reader: Index
) -> None:
    with open_for_writing(folder) as writer:
        writer.remove(["barrier"])
        writer.publish()
    with closing(Index.open(folder)) as fresh:
        assert found(fresh, "gates") == found(reader, "gates") == set()
    put(folder, "ferry storm")
    assert found(reader, "storm") == {"ferry"}


def test_a_new_index_finds_nothing(folder: Path) -> None:
    with open_for_writing(folder) as writer:
        assert len(writer.snapshot().dense) == 0
    with closing(Index.open(folder)) as index:
        assert index.snapshot().lexical.search("gates", 9) == {}


@pytest.mark.parametrize("opened", ["before", "just now"])
def test_many_threads_take_up_one_snapshot(folder: Path, reader: Index, opened: str) -> None:
    if opened == "before":
        reader.snapshot()
    put(folder, "ferry storm")
    start = threading.Barrier(8)
    taken: list[Snapshot] = []

    def take() -> None:
        start.wait()
        taken.append(reader.snapshot())

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 8
    assert any(snapshot is reader.snapshot() for snapshot in taken)
    # While one of them takes it up, the others go on with what there is.
    assert {snapshot.generation for snapshot in taken} <= {1, 2}
    assert len({id(snapshot) for snapshot in taken}) <= 2


# -- damage ---------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a flipped byte": flip,
    "cut short": truncate,
    "emptied": empty,
    "gone": Path.unlink,
}


def assert_rebuilt(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = files(folder / "snapshots")
    with caplog.at_level(logging.WARNING), closing(Index.open(folder)) as index:
        assert found(index, "gates") == {"barrier"}
        assert found(index, "storm") == {"ferry"}
    assert "made of the stored vectors" in caplog.text
    assert files(folder / "snapshots") == before


def test_the_next_indexing_mends_a_damaged_snapshot(
    folder: Path, reader: Index, caplog: pytest.LogCaptureFixture
) -> None:
    (damaged,) = (folder / "snapshots").glob("*.faiss")
    flip(damaged)
    with open_for_writing(folder) as writer:
        assert not writer.published()
        add_articles(writer, ENCODER, [], settings=Settings())
    with caplog.at_level(logging.WARNING), closing(Index.open(folder)) as index:
        assert found(index, "gates") == {"barrier"}
    assert caplog.text == ""


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_vectors_are_rebuilt_and_never_served(
    two: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    (dense,) = (two / "snapshots").glob("*.faiss")
    damage(dense)
    assert_rebuilt(two, caplog)


@pytest.mark.parametrize(
    ("part", "damage"),
    [
        ("meta.json", flip),
        ("meta.json", empty),
        ("*.term", flip),
        ("*.idx", flip),
        ("*.idx", truncate),
        ("*.fast", flip),
        ("*.fieldnorm", flip),
        ("*.store", Path.unlink),
    ],
)
def test_a_damaged_word_index_is_rebuilt_and_never_served(
    two: Path, caplog: pytest.LogCaptureFixture, part: str, damage: Callable[[Path], None]
) -> None:
    (file,) = (two / "snapshots").glob(f"*.tantivy/{part}")
    damage(file)
    assert_rebuilt(two, caplog)


@pytest.mark.parametrize("damage", [flip, truncate, empty], ids=["flipped", "cut short", "emptied"])
def test_damage_to_tantivys_own_list_of_files_does_no_harm(
    two: Path, damage: Callable[[Path], None]
) -> None:
    (file,) = (two / "snapshots").glob("*.tantivy/.managed.json")
    damage(file)
    with closing(Index.open(two)) as index:
        assert found(index, "gates") == {"barrier"}


def test_a_missing_word_index_is_rebuilt(two: Path, caplog: pytest.LogCaptureFixture) -> None:
    (words,) = (two / "snapshots").glob("*.tantivy")
    shutil.rmtree(words)
    assert_rebuilt(two, caplog)


def test_snapshots_swapped_for_each_other_are_noticed(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(folder, "barrier gates")
    put(folder, "ferry storm", publish=False)
    with open_for_writing(folder) as writer:
        writer.publish(anew=True)
    old, new = sorted((folder / "snapshots").glob("*.faiss"))
    shutil.copy(old, new)
    assert_rebuilt(folder, caplog)


def test_a_damaged_snapshot_found_by_an_open_reader_is_not_served(
    folder: Path, reader: Index
) -> None:
    put(folder, "ferry storm")
    for dense in (folder / "snapshots").glob("*.faiss"):
        flip(dense)
    assert found(reader, "storm") == {"ferry"}
    assert reader.snapshot() is reader.snapshot()


def test_publishing_again_mends_the_files(two: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.rmtree(two / "snapshots")
    with open_for_writing(two) as writer:
        writer.publish()
    with caplog.at_level(logging.WARNING), closing(Index.open(two)) as index:
        assert found(index, "gates") == {"barrier"}
    assert caplog.text == ""


def test_a_clock_that_jumps_back_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock:
        times = iter([2099, 1970, 2031, 1969])

        @classmethod
        def now(cls, zone: tzinfo) -> datetime:
            return datetime(next(cls.times), 1, 1, tzinfo=zone)

    monkeypatch.setattr("corpus.store.article_store.datetime", Clock)
    for text in ("barrier gates", "ferry storm", "barrier storm"):
        put(folder, text)
    with closing(Index.open(folder)) as index:
        assert found(index, "storm") == {"barrier", "ferry"}
        assert found(index, "gates") == set()
        assert index.store.article("barrier") == make_article("barrier storm", id="barrier")


# -- refreshes that cost what has changed ---------------------------------------------------------


def test_a_small_change_leaves_the_vectors_file_as_it_is(folder: Path) -> None:
    boats = [f"boat{number} by boat by boat by boat" for number in range(20)]
    put(folder, *(f"ship{number} gates" for number in range(5)), *boats)
    put(folder, "ferry storm", "ship1 storm")
    with open_for_writing(folder) as writer:
        writer.remove(["ship2"])
        writer.publish()
    (dense,) = (folder / "snapshots").glob("*.faiss")
    with closing(Index.open(folder)) as index:
        (newest, *_) = index.store.snapshots()
        assert (newest.generation, newest.dense_generation) == (3, 1)
        assert dense.stem == newest.dense_name
        assert found(index, "storm") == {"ferry", "ship1"}
        assert found(index, "gates") == {"ship0", "ship3", "ship4"}


def test_many_changes_are_compacted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qa.snapshots, "LEAST_CHANGES", 3)
    generations = []
    for number in range(10):
        put(folder, f"ship{number} gates")
        with closing(Index.open(folder)) as index:
            generations.append(index.store.snapshots()[0].dense_generation)
            assert len(index.snapshot().dense) == number + 1
    assert generations == [1, 1, 1, 1, 5, 5, 5, 5, 5, 10]


def test_an_extended_word_index_scores_like_one_made_at_once(folder: Path) -> None:
    texts = [f"ship{number} gates storm{number % 3}" for number in range(12)]
    for at in range(0, 12, 4):
        put(folder, *texts[at : at + 4])
    with open_for_writing(folder) as writer:
        extended = writer.snapshot().lexical.search("ship1 gates storm2", 12)
        writer.publish(anew=True)
        assert writer.snapshot().lexical.search("ship1 gates storm2", 12) == extended


def test_damage_to_files_that_would_be_extended_is_noticed_first(folder: Path) -> None:
    put(folder, "barrier gates")
    (words,) = (folder / "snapshots").glob("*.tantivy/*.term")
    flip(words)
    put(folder, "ferry storm")
    with closing(Index.open(folder)) as index:
        assert index.published()
        assert index.store.snapshots()[0].dense_generation == 2
        assert found(index, "gates") == {"barrier"}


def test_a_long_run_is_published_while_it_goes_on(
    folder: Path, reader: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qa.index, "PUBLISH_EVERY_S", 0.0)
    monkeypatch.setattr(qa.index, "PUBLISHING_SHARE", 0.0)
    seen = []
    text = "A storm came. " * 3000  # a batch of its own
    articles = [make_article(text, id=f"storm{number}") for number in range(3)]
    with open_for_writing(folder) as writer:
        add_articles(
            writer,
            ENCODER,
            articles,
            settings=Settings(),
            progress=lambda article_id: seen.append(reader.snapshot().generation),
        )
    assert seen == [2, 3, 4]


def test_what_nobody_publishes_is_taken_up_all_the_same(
    folder: Path, reader: Index, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    put(folder, "ferry storm", publish=False)
    assert found(reader, "storm") == set()
    before = files(folder)
    monkeypatch.setattr(qa.current, "PUBLISHED_WITHIN_S", 0.0)
    assert found(reader, "storm") == {"ferry"}
    assert files(folder) - before <= {"store.db-wal", "store.db-shm"}
    with open_for_writing(folder) as writer:
        writer.remove(["barrier"])
        assert found(reader, "gates") == set()
    put(folder, "gull gates")
    assert found(reader, "gates") == {"gull"}
    assert list(private.iterdir()) == []


def test_a_reader_that_could_not_extend_takes_the_next_published_files(
    folder: Path, reader: Index, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(qa.current, "PUBLISHED_WITHIN_S", 0.0)
    assert found(reader, "gates") == {"barrier"}
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", "/nowhere")
        put(folder, "ferry storm", publish=False)
        assert found(reader, "storm") == set()  # the moment it is given
        assert found(reader, "storm") == {"ferry"}
    assert "searching what was made of the stored vectors" in caplog.text
    caplog.clear()
    put(folder, "gull storm")
    assert found(reader, "storm") == {"ferry", "gull"}
    put(folder, "mayor storm", publish=False)
    assert found(reader, "storm") == {"ferry", "gull"}
    assert found(reader, "storm") == {"ferry", "gull", "mayor"}
    assert caplog.text == ""


def test_what_a_failed_publication_has_left_is_cleared_away_by_the_next_try(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "barrier gates")
    put(folder, "ferry storm", publish=False)
    with open_for_writing(folder) as writer:
        with monkeypatch.context() as patch:
            patch.setattr(corpus.files, "sync_tree", Path.unlink)
            for _ in range(4):
                with pytest.raises(StoreError, match="the articles are kept"):
                    writer.publish()
        assert len(list((folder / "tmp").iterdir())) == 1
        writer.publish()
    assert list((folder / "tmp").iterdir()) == []


# -- another index in the same place ---------------------------------------------------------------


def test_an_index_that_was_restored_under_a_reader_is_taken_up(
    folder: Path, reader: Index, tmp_path: Path
) -> None:
    assert found(reader, "gates") == {"barrier"}
    put(tmp_path / "other", "ferry storm", "mayor gates")
    folder.rename(tmp_path / "old")
    assert found(reader, "gates") == {"barrier"}  # nothing stands there: what was, serves
    (tmp_path / "other").rename(folder)
    assert found(reader, "gates") == {"mayor"}
    assert found(reader, "storm") == {"ferry"}
    put(folder, "gull storm")
    assert found(reader, "storm") == {"ferry", "gull"}


def test_an_index_that_is_being_made_anew_is_taken_up_when_it_can_be_read(
    folder: Path, reader: Index
) -> None:
    assert found(reader, "gates") == {"barrier"}
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "store.db").touch()
    assert found(reader, "gates") == {"barrier"}
    put(folder, "mayor gates")
    assert found(reader, "gates") == {"mayor"}


# -- files ----------------------------------------------------------------------------------------


def test_old_snapshots_are_dropped_and_nothing_is_left_in_tmp(folder: Path) -> None:
    for number in range(SNAPSHOTS_KEPT + 3):
        put(folder, f"ferry{number} storm")
        with closing(Index.open(folder)) as index:
            rows = index.store.snapshots()
        kept = {path.name for path in (folder / "snapshots").iterdir()}
        assert len(rows) == min(number + 1, SNAPSHOTS_KEPT)
        vectors = {f"{row.dense_name}.faiss" for row in rows}
        assert kept == {f"{row.name}.tantivy" for row in rows} | vectors
        assert list((folder / "tmp").iterdir()) == []


def test_passages_of_replaced_articles_do_not_pile_up(folder: Path) -> None:
    for number in range(6):
        put(folder, f"ferry storm {number}")
    with closing(sqlite3.connect(folder / "store.db")) as connection:
        ((rows,),) = connection.execute("SELECT count(*) FROM passage").fetchall()
    assert 1 <= rows <= SNAPSHOTS_KEPT + 1


def test_what_a_crash_left_behind_is_cleared_away(folder: Path) -> None:
    put(folder, "barrier gates")
    for path in ("tmp/0000000009-0badc0de.faiss", "snapshots/0000000009-0badc0de.faiss"):
        (folder / path).write_bytes(b"half")
    for path in ("tmp/0000000009-0badc0de.tantivy", "snapshots/0000000009-0badc0de.tantivy"):
        (folder / path).mkdir()
        (folder / path / "meta.json").write_bytes(b"half")
    put(folder, "ferry storm")
    assert not [name for name in files(folder) if "0badc0de" in name]


@pytest.mark.parametrize("place", ["tmp", "snapshots"])
def test_files_that_are_not_the_indexs_own_are_left_alone(folder: Path, place: str) -> None:
    mine = folder / place / "holiday" / "photo.jpg"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"dear to me")
    for number in range(SNAPSHOTS_KEPT + 1):
        put(folder, f"ferry{number} storm")
    assert mine.read_bytes() == b"dear to me"


def test_an_index_can_be_moved(folder: Path, tmp_path: Path) -> None:
    put(folder, "barrier gates")
    moved = folder.rename(tmp_path / "elsewhere")
    with closing(Index.open(moved)) as index:
        assert found(index, "gates") == {"barrier"}


# -- one writer -----------------------------------------------------------------------------------


def run_python(code: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, check=True)


HOLD = """
import sys
from pathlib import Path
from qa.index import open_for_writing
from tests.unit.test_index import ENCODER, entry, make_article
with open_for_writing(Path(sys.argv[1])) as index:
    index.claim_model(ENCODER)
    index.add([entry(make_article("ferry storm", id="ferry"))])
    print("committed", flush=True)
    sys.stdin.read()
"""


@contextmanager
def writing_elsewhere(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has committed "ferry" and holds the index open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "committed\n"
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_at_once_who_is_writing(folder: Path) -> None:
    with writing_elsewhere(folder) as process:
        start = time.monotonic()
        with pytest.raises(IndexLocked, match=rf"written by process {process.pid};"):
            Index.open(folder, writable=True)
        assert time.monotonic() - start < 1
        with closing(Index.open(folder)) as reader:
            assert found(reader, "storm") == {"ferry"}


def test_what_was_committed_survives_kill_9_and_the_lock_does_not(folder: Path) -> None:
    with writing_elsewhere(folder) as process:
        process.kill()
        process.wait()
        with open_for_writing(folder) as index:
            assert found(index, "storm") == {"ferry"}


def test_a_second_writer_in_the_same_process_is_refused_too(folder: Path) -> None:
    with (
        open_for_writing(folder),
        pytest.raises(IndexLocked, match=rf"written by process {os.getpid()};"),
    ):
        Index.open(folder, writable=True)
    Index.open(folder, writable=True).close()


def test_an_index_may_be_closed_by_another_thread_than_opened_it(folder: Path) -> None:
    index = Index.open(folder, writable=True)
    with pytest.raises(IndexLocked):
        Index.open(folder, writable=True)
    closer = threading.Thread(target=index.close)
    closer.start()
    closer.join()
    Index.open(folder, writable=True).close()


def test_a_writer_that_fails_gives_the_lock_back(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="on purpose"), open_for_writing(folder):
        raise RuntimeError("on purpose")
    Index.open(folder, writable=True).close()


# -- what cannot be opened ------------------------------------------------------------------------


def other_program(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("CREATE TABLE notes (x)")


def other_version(store: Path) -> None:
    Index.open(store.parent, writable=True).close()
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA user_version = 99")


def garbage(store: Path) -> None:
    store.write_bytes(b"no database at all" * 99)


@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
@pytest.mark.parametrize(
    ("make", "error"),
    [
        (other_program, IndexVersionMismatch),
        (other_version, IndexVersionMismatch),
        (garbage, IndexCorrupt),
    ],
    ids=["another program's database", "another format", "garbage"],
)
def test_what_is_no_index_is_refused_left_alone_and_not_locked(
    folder: Path, writable: bool, make: Callable[[Path], None], error: type[StoreError]
) -> None:
    folder.mkdir()
    make(folder / "store.db")
    before = (folder / "store.db").read_bytes()
    held = []  # an error that is kept keeps the failed attempt alive, and with it a forgotten lock
    for _ in range(2):
        with pytest.raises(error) as caught:
            Index.open(folder, writable=writable)
        held.append(caught.value)
    assert (folder / "store.db").read_bytes() == before


def test_reading_needs_an_index_and_makes_none(folder: Path) -> None:
    with pytest.raises(IndexNotFound, match="no index at"):
        Index.open(folder)
    assert not folder.exists()


def test_a_file_is_no_index(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(IndexNotFound, match="is a file"):
        Index.open(file)
    for folder in (file, file / "below"):
        with pytest.raises(StoreError, match="cannot write to"):
            Index.open(folder, writable=True)
    assert file.read_text() == "x"


# -- model ----------------------------------------------------------------------------------------


def test_an_index_takes_no_other_model_than_its_own(folder: Path) -> None:
    put(folder, "barrier gates")
    other = HashingEncoder("other")
    with closing(Index.open(folder)) as index:
        index.check_model(ENCODER)
        with pytest.raises(ModelMismatch, match="model hashing, not with other"):
            index.check_model(other)
    with open_for_writing(folder) as index, pytest.raises(ModelMismatch):
        index.claim_model(other)


def test_a_model_is_known_by_its_bytes_not_its_name(folder: Path) -> None:
    put(folder, "barrier gates")
    with closing(Index.open(folder)) as index:
        index.check_model(HashingEncoder("renamed", fingerprint=ENCODER.fingerprint))
        with pytest.raises(ModelMismatch):
            index.check_model(HashingEncoder(ENCODER.name, fingerprint="retrained"))


def test_passages_cut_by_another_rule_are_not_mixed_with_ours(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "barrier gates")
    monkeypatch.setattr("qa.spaces.CHUNKER_VERSION", "next")
    with (
        closing(Index.open(folder)) as index,
        pytest.raises(ModelMismatch, match="cuts passages otherwise"),
    ):
        index.check_model(ENCODER)


def test_a_new_index_takes_any_model(folder: Path) -> None:
    with open_for_writing(folder) as index:
        index.check_model(HashingEncoder("any"))
        index.claim_model(HashingEncoder("any"))
        with pytest.raises(ModelMismatch):
            index.check_model(ENCODER)
