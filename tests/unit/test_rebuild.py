"""Another model for an index: nobody notices until it serves, and a stop costs nothing twice."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

import qa.rebuild
import qa.space_encoders
from corpus import IndexLocked, IndexNotFound, ModelError, ModelMismatch, StoreError, files
from embeddings import Encoder, Vectors
from qa import Retriever, build_index, rebuild_index, remove_articles, verify_index
from qa.doctor import examine
from qa.encoding import BATCH_PASSAGES
from qa.index import Index
from qa.rebuild import articles_to_rebuild
from qa.write_lock import write_lock
from tests.fakes import HashingEncoder, make_article

OLD = HashingEncoder()
ARTICLES = [
    make_article(f"The ship{n} sank in harbour{n}. It rained.", id=f"a{n}") for n in range(9)
]


class Stopped(Exception):
    """Somebody stopped the program."""


class Stopping(HashingEncoder):
    """Stops after so many batches."""

    left = 1

    def encode_passages(self, texts: list[str]) -> Vectors:  # type: ignore[override]
        if not self.left:
            raise Stopped
        self.left -= 1
        return super().encode_passages(texts)


def other(kind: type[HashingEncoder] = HashingEncoder) -> HashingEncoder:
    return kind("other", dim=96, max_tokens=5)


@pytest.fixture
def full(folder: Path) -> Path:
    build_index(folder, ARTICLES, encoder=OLD)
    return folder


def first(retriever: Retriever, number: int) -> str:
    return retriever.retrieve(f"What about ship{number}?")[0].passage.article_id


def spaces(folder: Path) -> list[tuple[str, str, int]]:
    """Return (encoder, state, number of passages) of every space."""
    with closing(sqlite3.connect(folder / "store.db")) as store:
        return store.execute(
            "SELECT encoder, state, count(passage.id) FROM space LEFT JOIN passage"
            " ON space = space.id GROUP BY space.id ORDER BY space.id"
        ).fetchall()


def test_another_model_finds_the_same_articles_in_its_own_passages(full: Path) -> None:
    assert rebuild_index(full, encoder=other()) == len(ARTICLES)
    with Retriever.open(full, encoder=other()) as retriever:
        assert [first(retriever, n) for n in range(9)] == [a.id for a in ARTICLES]
        snapshot = retriever.index.snapshot()
        assert snapshot.dense.dim == 96
        assert len(snapshot.dense) == len(snapshot.lexical) == 3 * len(ARTICLES)  # cut smaller
        assert retriever.index.encoder_name == "other"
    assert verify_index(full, encoder=other()) == []
    with pytest.raises(ModelMismatch, match="pullquote rebuild"):
        Retriever.open(full, encoder=OLD)


def test_what_a_model_has_left_goes_with_a_later_change(full: Path) -> None:
    rebuild_index(full, encoder=other())
    assert spaces(full) == [("hashing", "retired", 9), ("other", "serving", 27)]
    remove_articles(full, ["a3"])
    assert spaces(full) == [("hashing", "emptied", 0), ("other", "serving", 24)]
    assert verify_index(full, encoder=other()) == []


def test_a_model_can_come_back(full: Path) -> None:
    rebuild_index(full, encoder=other())
    rebuild_index(full, encoder=OLD)
    with Retriever.open(full, encoder=OLD) as retriever:
        assert first(retriever, 4) == "a4"
    assert verify_index(full, encoder=OLD) == []


def test_the_same_model_may_be_built_anew(full: Path) -> None:
    assert rebuild_index(full, encoder=OLD) == len(ARTICLES)
    assert [state for _, state, _ in spaces(full)] == ["retired", "serving"]


def test_a_stopped_run_goes_on_and_encodes_nothing_twice(folder: Path) -> None:
    long = "It rained again and again. " * BATCH_PASSAGES  # a batch of its own
    articles = [make_article(f"The ship{n} sank. {long}", id=f"a{n}") for n in range(3)]
    build_index(folder, articles, encoder=OLD)
    stopping = other(Stopping)
    seen: list[str] = []
    with pytest.raises(Stopped):
        rebuild_index(folder, encoder=stopping, progress=seen.append)
    assert seen == ["a0"]
    with Retriever.open(folder, encoder=OLD) as retriever:
        assert first(retriever, 2) == "a2"
    assert verify_index(folder, encoder=OLD) == []
    assert articles_to_rebuild(folder, other()) == 2
    encoder = other()
    assert rebuild_index(folder, encoder=encoder) == 2
    assert not set(encoder.passages_encoded) & {t for t in stopping.passages_encoded if "ship" in t}


def test_articles_that_came_between_two_runs_are_there(folder: Path) -> None:
    long = "It rained again and again. " * BATCH_PASSAGES
    build_index(folder, [make_article(f"{n} {long}", id=f"a{n}") for n in range(3)], encoder=OLD)
    with pytest.raises(Stopped):
        rebuild_index(folder, encoder=other(Stopping))
    changed = [make_article("The ship0 was raised.", id="a0"), make_article("ship7 left.", id="a7")]
    build_index(folder, changed, encoder=OLD)
    remove_articles(folder, ["a1"])
    assert rebuild_index(folder, encoder=other()) == 3
    with Retriever.open(folder, encoder=other()) as retriever:
        assert [first(retriever, n) for n in (0, 7)] == ["a0", "a7"]
        assert {s.id for s in retriever.index.store.summaries()} == {"a0", "a2", "a7"}
    assert verify_index(folder, encoder=other()) == []


def test_a_stopped_run_goes_on_with_its_model_if_none_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "It rained again and again. " * BATCH_PASSAGES
    build_index(folder, [make_article(f"{n} {long}", id=f"a{n}") for n in range(2)], encoder=OLD)
    with pytest.raises(Stopped):
        rebuild_index(folder, encoder=other(Stopping))
    named = []

    def load(name: str | None) -> Encoder:
        named.append(name)
        return other()

    monkeypatch.setattr(qa.rebuild, "load_encoder", load)
    assert rebuild_index(folder) == 1
    rebuild_index(folder)
    assert named == ["other", "other"]


def test_passages_that_are_gone_are_waited_for(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qa.space_encoders, "load_encoder", lambda name: other())
    with Retriever.open(full, encoder=OLD) as retriever:
        assert first(retriever, 1) == "a1"
        rebuild_index(full, encoder=other())
        remove_articles(full, ["a8"])
        assert first(retriever, 1) == "a1"


def test_a_restored_index_of_another_model_is_not_searched_with_what_was(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qa.space_encoders, "load_encoder", lambda name: other())
    restored = [make_article(f"Bread{n} is baked.", id=f"b{n}") for n in range(9)]
    build_index(tmp_path / "restored", restored, encoder=other())
    with Retriever.open(full, encoder=OLD) as retriever:
        assert first(retriever, 1) == "a1"
        full.rename(tmp_path / "before")
        (tmp_path / "restored").rename(full)
        assert retriever.retrieve("What about bread4?")[0].passage.article_id == "b4"


def test_a_run_with_a_third_model_drops_what_was_begun(folder: Path) -> None:
    long = "It rained again and again. " * BATCH_PASSAGES
    build_index(folder, [make_article(f"{n} {long}", id=f"a{n}") for n in range(2)], encoder=OLD)
    with pytest.raises(Stopped):
        rebuild_index(folder, encoder=other(Stopping))
    rebuild_index(folder, encoder=HashingEncoder("third", dim=32))
    assert [(name, state) for name, state, _ in spaces(folder)] == [
        ("hashing", "retired"),
        ("third", "serving"),
    ]


def test_a_full_disk_at_the_last_step_changes_nothing(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(path: Path, write_to: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_synced", no_room)
        with pytest.raises(StoreError, match="run the same command"):
            rebuild_index(full, encoder=other())
    with Retriever.open(full, encoder=OLD) as retriever:
        assert first(retriever, 5) == "a5"
    encoder = other()
    assert rebuild_index(full, encoder=encoder) == 0
    assert encoder.passages_encoded == []


def test_a_rebuild_needs_an_index_that_nobody_writes_to(full: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        rebuild_index(tmp_path / "nothing", encoder=other())
    assert not (tmp_path / "nothing").exists()
    with write_lock(full), pytest.raises(IndexLocked):
        rebuild_index(full, encoder=other())


def test_an_open_retriever_changes_over_when_the_model_is_loaded(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = threading.Event()
    asked = []

    def load(name: str) -> Encoder:
        asked.append(name)
        loading.wait(30)
        return other()

    monkeypatch.setattr(qa.space_encoders, "load_encoder", load)
    with Retriever.open(full, encoder=OLD) as retriever:
        assert first(retriever, 1) == "a1"
        rebuild_index(full, encoder=other())
        assert [first(retriever, n) for n in range(9)] == [a.id for a in ARTICLES]
        assert retriever.encoder is OLD
        loading.set()
        until = time.monotonic() + 30
        while retriever.encoder is OLD and time.monotonic() < until:
            assert first(retriever, 1) == "a1"
        assert [first(retriever, n) for n in range(9)] == [a.id for a in ARTICLES]
        assert retriever.encoder.name == "other"
    assert asked == ["other"]


@pytest.mark.parametrize("kind", ["not here", "of another time"])
def test_a_model_that_is_not_here_is_said_until_it_is(
    full: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    there = None if kind == "not here" else HashingEncoder("other", fingerprint=kind)

    def load(name: str) -> Encoder:
        if there is None:
            raise ModelError(f"no model {name}")
        return there

    monkeypatch.setattr(qa.space_encoders, "load_encoder", load)
    with Retriever.open(full, encoder=OLD) as retriever:
        assert first(retriever, 1) == "a1"
        rebuild_index(full, encoder=other())
        assert [first(retriever, 1) for _ in range(3)] == ["a1"] * 3  # with the model before
        remove_articles(full, ["a8"])  # whose passages are gone now
        for _ in range(3):
            with pytest.raises(ModelError, match="other") as told:
                first(retriever, 1)
        assert len(told.traceback) < 12  # each question raises an error of its own
        there = other()
        monkeypatch.setattr(qa.space_encoders, "TRY_AGAIN_S", 0.0)
        assert first(retriever, 1) == "a1"


def test_the_next_space_is_told_by_the_doctor(folder: Path) -> None:
    long = "It rained again and again. " * BATCH_PASSAGES
    build_index(folder, [make_article(f"{n} {long}", id=f"a{n}") for n in range(3)], encoder=OLD)
    with pytest.raises(Stopped):
        rebuild_index(folder, encoder=other(Stopping))
    with closing(Index.open(folder)) as index:
        space = index.store.space_in_building()
        assert space is not None
        assert index.store.missing_in_space(space.id) == 2
    facts = {fact.name: fact.value for fact in examine(folder)}
    assert "2 articles left" in facts["rebuild"]
    assert "pullquote rebuild --model other" in facts["rebuild"]
