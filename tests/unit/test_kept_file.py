"""The file under history and feedback: deleting is quick and leaves nothing; damage is met once."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus import StoreError
from qa.interfaces.kept.conversation_limits import Limits
from qa.interfaces.kept.conversations import Conversations, TurnRecord, new_id
from qa.interfaces.kept.feedback import Feedback, Judgement
from qa.interfaces.kept.kept_file import KeptFile
from qa.interfaces.kept.scrubbing import Scrubber

SCHEMA = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
ADA = "v:ada"


def opened(path: Path) -> KeptFile:
    return KeptFile(path, SCHEMA, application_id=7, version=1)


def write(file: KeptFile, *texts: str) -> None:
    file.run(
        lambda db: db.executemany("INSERT INTO note (text) VALUES (?)", [(text,) for text in texts])
    )


def notes(file: KeptFile) -> list[str]:
    found = file.run(lambda db: db.execute("SELECT text FROM note ORDER BY id").fetchall())
    return [text for (text,) in found]


def forget(file: KeptFile, text: str) -> int:
    return file.erase(lambda db: db.execute("DELETE FROM note WHERE text = ?", (text,)).rowcount)


def forget_starting(file: KeptFile, text: str) -> int:
    sql = "DELETE FROM note WHERE instr(text, ?) = 1"
    return file.erase(lambda db: db.execute(sql, (text,)).rowcount)


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
def file(path: Path) -> Iterator[KeptFile]:
    made = opened(path)
    yield made
    made.close()


# ---- deleting ----


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold up the writing anew until the event is set."""
    may_write, real = threading.Event(), Scrubber._written_anew

    def waiting(self: Scrubber) -> bool:
        may_write.wait(30)
        return real(self)

    monkeypatch.setattr(Scrubber, "_written_anew", waiting)
    yield may_write
    may_write.set()


def test_who_deletes_does_not_wait_until_the_file_is_written_anew(
    file: KeptFile, path: Path, held: threading.Event
) -> None:
    write(file, "SECRET-1", "kept")
    assert forget(file, "SECRET-1") == 1
    write(file, "meanwhile")
    assert notes(file) == ["kept", "meanwhile"]
    held.set()
    file.settle()
    assert b"SECRET-1" not in bytes_of(path)
    assert sorted(each.name for each in path.parent.glob("*.unscrubbed")) == []


def test_copies_of_moved_rows_are_gone_when_all_has_settled(file: KeptFile, path: Path) -> None:
    texts = [f"SECRET-{n:03} " + "x" * (n * 131 % 1500) for n in range(200)]
    write(file, *texts)
    file.run(
        lambda db: db.execute("UPDATE note SET text = text || ? WHERE id % 3 = 0", ("y" * 900,))
    )
    for n in range(0, 200, 7):
        assert forget_starting(file, f"SECRET-{n:03} ") == 1
    file.settle()
    left = bytes_of(path)
    assert [n for n in range(200) if (f"SECRET-{n:03} ".encode() in left) == (n % 7 == 0)] == []


def test_what_a_crash_left_undone_is_done_when_the_file_is_opened(path: Path) -> None:
    file = opened(path)
    write(file, "SECRET-1", "kept")
    path.with_name(f"{path.name}.unscrubbed").touch()  # as it is between deletion and end
    file.run(lambda db: db.execute("PRAGMA user_version").fetchone())
    file.close()
    before = path.stat().st_mtime_ns
    again = opened(path)
    again.settle()
    assert path.stat().st_mtime_ns > before
    assert not list(path.parent.glob("*.unscrubbed"))
    again.close()


def test_a_deletion_of_nothing_writes_nothing_anew(
    file: KeptFile, path: Path, held: threading.Event
) -> None:
    assert forget(file, "nothing") == 0
    file.settle()  # the event is not set: it would wait
    assert not list(path.parent.glob("*.unscrubbed"))


# ---- what hangs on a conversation goes with it ----


def _turn(asked: str) -> TurnRecord:
    moment = "2026-01-01T00:00:00+00:00"
    return TurnRecord(asked=asked, scope={}, answer=None, notice="Nothing.", asked_at=moment)


def _judged(kept: Feedback, conversation: str, asked: str) -> None:
    given: dict[str, Any] = {"citation": None, "sentence": None, "given_at": "2026-01-01"}
    judgement = Judgement(
        turn=f"t-{conversation}-0",
        verdict="wrong",
        asked=asked,
        understood=asked,
        answered=False,
        **given,
    )
    assert kept.put(ADA, judgement)


def test_feedback_on_an_expired_conversation_stayed_for_ever(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    feedback = Feedback(tmp_path / "feedback.db")
    path = tmp_path / "conversations.db"
    kept = Conversations(path, now=lambda: now, removed=feedback.forget)
    old, young = new_id(), new_id()
    for conversation, asked in ((old, "old?"), (young, "young?")):
        kept.append(ADA, conversation, _turn(asked))
        _judged(feedback, conversation, asked)
        now += timedelta(days=200)
    kept.close()
    kept = Conversations(path, now=lambda: now, removed=feedback.forget)
    assert [row.asked for row in feedback.rows()] == ["young?"]
    assert [each.title for each in kept.listed(ADA)] == ["young?"]
    kept.close()
    feedback.close()


def test_feedback_on_a_conversation_that_makes_room_goes_with_it(tmp_path: Path) -> None:
    gone: list[str] = []
    kept = Conversations(tmp_path / "c.db", Limits(max_per_visitor=2), removed=gone.extend)
    ids = [new_id() for _ in range(4)]
    for conversation in ids:
        assert kept.append(ADA, conversation, _turn("Who?")) == 0
    assert gone == ids[:2]
    kept.close()


def test_a_turn_is_kept_though_what_is_beyond_the_limits_cannot_go(tmp_path: Path) -> None:
    def busy(ids: object) -> None:
        raise StoreError("the file is busy")

    kept = Conversations(tmp_path / "c.db", Limits(max_per_visitor=1), removed=busy)
    for _ in range(3):
        assert kept.append(ADA, new_id(), _turn("Who?")) == 0
    assert len(kept.listed(ADA)) == 3
    kept.close()


# ---- two servers over one folder ----


def _damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = b"\xa5" * (len(data) - 100)
    path.write_bytes(data)


def _open_and_write(path: Path, name: str, ready: Any, told: Any) -> None:
    ready.wait()
    file = opened(path)
    write(file, name)
    ready.wait()  # both have written
    told.put(sorted(notes(file)))
    file.close()


def test_two_servers_that_meet_a_damaged_file_put_it_aside_once(path: Path) -> None:
    """Each moved aside what it found: the second one the file that the first had begun."""
    spawn = multiprocessing.get_context("spawn")
    for _ in range(3):
        path.write_bytes(b"This is no database, it is a letter. " * 300)
        ready, told = spawn.Barrier(2), spawn.Queue()
        servers = [
            spawn.Process(target=_open_and_write, args=(path, name, ready, told)) for name in "ab"
        ]
        for server in servers:
            server.start()
        said = [told.get(timeout=60) for _ in servers]
        for server in servers:
            server.join(60)
            assert server.exitcode == 0
        assert said == [["a", "b"], ["a", "b"]]
        (aside,) = path.parent.glob("*.unusable-*")
        assert aside.read_bytes().startswith(b"This is no database")
        for left in path.parent.iterdir():
            left.unlink()


def test_of_two_servers_that_find_a_file_damaged_the_second_goes_on_with_the_new_one(
    path: Path,
) -> None:
    first, second = opened(path), opened(path)
    write(first, *("x" * 900 for _ in range(40)))
    first.trim_log()
    _damage(path)
    for each in (first, second):
        each._connection.execute("PRAGMA shrink_memory")
    write(first, "from the first")
    write(second, "from the second")
    assert notes(first) == notes(second) == ["from the first", "from the second"]
    assert len(list(path.parent.glob("*.unusable-*[0-9]"))) == 1
    first.close()
    second.close()


def test_a_server_follows_when_another_has_put_its_sound_file_aside(path: Path) -> None:
    first = opened(path)
    write(first, "before")
    path.rename(path.with_name("notes.db.unusable-1"))
    second = opened(path)
    write(second, "after")
    assert notes(first) == ["after"]
    first.close()
    second.close()
    aside = sqlite3.connect(path.with_name("notes.db.unusable-1"))
    assert aside.execute("PRAGMA quick_check").fetchone() == ("ok",)
    aside.close()
