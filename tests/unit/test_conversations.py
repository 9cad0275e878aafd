"""The history: whose it is, how much of it, what is found in it, and that deleted means gone."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from corpus import Span, StoreError
from qa.interfaces.kept.conversation_limits import Limits
from qa.interfaces.kept.conversation_records import (
    as_text,
    folded,
    read_turn_id,
    searched_form,
    stored_form,
    title_of,
    turn_id,
)
from qa.interfaces.kept.conversation_routes import conversation_routes
from qa.interfaces.kept.conversations import Conversations, TurnRecord, new_id
from qa.interfaces.kept.kept_file import KeptFile
from qa.types import Answer, Citation

ADA, BEN = "v:ada", "v:ben"
SENTENCE = "The gate shut at noon, she said."


def answer(
    text: str | None = "noon",
    *,
    sentence: str = SENTENCE,
    title: str = "Gate shuts",
    others: int = 0,
) -> dict[str, Any]:
    cited = Citation(
        article_id="gate-1",
        title=title,
        outlet="Evening Ledger",
        published="2025-02-18",
        source="gate-1.md",
        span=Span(11, 11 + len(sentence)),
        text=sentence,
        highlight=Span(28, 32),
        before="It rained. ",
        after="",
        version="0123456789ab",
    )
    one = Answer(
        question="When did it shut?", text=text or "noon", confidence=0.4, citations=(cited,)
    )
    return Answer(
        question="When did the gate shut?",
        text=text,
        confidence=0.9 if text else 0.1,
        citations=(cited,) if text else (),
        alternatives=(one,) * (others if text else max(others, 1)),
    ).to_dict()


def turn(asked: str = "When did it shut?", **changed: Any) -> TurnRecord:
    fields: dict[str, Any] = {
        "asked": asked,
        "scope": {"outlets": ["Evening Ledger"]},
        "answer": answer(),
        "notice": None,
        "asked_at": "2026-11-25T12:00:00+00:00",
        "searched": "64 articles",
    }
    return TurnRecord(**fields | changed)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "room" / "conversations.db"


Opener = Callable[..., Conversations]


@pytest.fixture
def opened(path: Path) -> Iterator[Opener]:
    """Open the history anew, as a restart would; all are closed in the end."""
    stores: list[Conversations] = []

    def again(limits: Limits | None = None, **settings: Any) -> Conversations:
        stores.append(Conversations(path, limits, **settings))
        return stores[-1]

    yield again
    for store in stores:
        store.close()


@pytest.fixture
def kept(opened: Opener) -> Conversations:
    return opened()


def begun(kept: Conversations, visitor: str = ADA, *asked: str) -> str:
    """Keep a conversation; return its id."""
    conversation_id = new_id()
    for n, question in enumerate(asked or ("When did it shut?",)):
        assert kept.append(visitor, conversation_id, turn(question)) == n
    return conversation_id


# ---- what is kept, and whose it is ----


def test_a_conversation_comes_back_as_it_was_also_after_a_restart(
    kept: Conversations, opened: Opener
) -> None:
    turns = [turn("When? 😀 “quoted”"), turn("Why?", answer=None, notice="Too slow.", searched="")]
    conversation_id = new_id()
    assert [kept.append(ADA, conversation_id, record) for record in turns] == [0, 1]
    kept.close()
    found = opened().load(ADA, conversation_id)
    assert found is not None
    assert found.turns == tuple(turns)
    assert (found.id, found.title, found.shared) == (conversation_id, "When? 😀 “quoted”", None)


def test_another_visitor_can_neither_read_add_share_nor_delete(kept: Conversations) -> None:
    own = begun(kept)
    assert kept.load(BEN, own) is None
    assert kept.append(BEN, own, turn("mine?")) is None
    assert kept.share(BEN, own) is None
    assert not kept.unshare(BEN, own)
    assert not kept.remove(BEN, own)
    assert kept.remove_all(BEN) == 0
    assert not kept.owns(BEN, own)
    assert kept.listed(BEN) == []
    found = kept.load(ADA, own)
    assert found is not None
    assert len(found.turns) == 1


@pytest.mark.parametrize(
    "forged",
    ["", "x", "../../etc/passwd", "a" * 23, "' OR 1=1 --aaaaaaaaaaaa", "é" * 22, "a" * 21 + "\n",
     "a" * 21 + "\0", "\ud800" * 22, "%" * 22],
)  # fmt: skip
def test_a_forged_id_is_no_conversation(kept: Conversations, forged: str) -> None:
    begun(kept)
    assert kept.append(ADA, forged, turn()) is None
    assert kept.load(ADA, forged) is None
    assert kept.load_shared(forged) is None
    assert kept.turn(forged, 0) is None
    assert kept.share(ADA, forged) is None
    assert not kept.remove(ADA, forged)
    assert len(kept.listed(ADA)) == 1


def test_nobody_keeps_nothing(kept: Conversations) -> None:
    assert kept.append("", new_id(), turn()) is None
    assert kept.listed("") == []


def test_turns_are_found_by_number(kept: Conversations) -> None:
    own = begun(kept, ADA, "first?", "second?")
    asked = [found.asked if (found := kept.turn(own, n)) else None for n in range(-1, 3)]
    assert asked == [None, "first?", "second?", None]


def test_a_shared_conversation_is_read_by_whoever_has_the_token(kept: Conversations) -> None:
    own = begun(kept)
    token = kept.share(ADA, own)
    assert token is not None
    assert token != own
    assert re.fullmatch(r"[\w-]{22}", token)
    assert kept.share(ADA, own) == token
    assert [summary.shared for summary in kept.listed(ADA)] == [token]
    shared = kept.load_shared(token)
    assert shared is not None
    assert shared.id == own
    assert kept.unshare(ADA, own)
    assert kept.load_shared(token) is None
    assert kept.share(ADA, own) != token


def test_ids_that_are_no_token_share_nothing(kept: Conversations) -> None:
    own = begun(kept)
    assert kept.load_shared(own) is None
    assert kept.load_shared("None") is None


def test_lone_surrogates_and_nul_are_kept_as_text_that_json_can_say(kept: Conversations) -> None:
    own = begun(kept, ADA, "a\ud800b\0c")
    found = kept.load(ADA, own)
    assert found is not None
    assert found.turns[0].asked == "a\ufffdb\0c"
    assert found.title == "a\ufffdb\0c"
    assert [summary.id for summary in kept.listed(ADA, "b\ufffd\ud800")] == []
    assert [summary.id for summary in kept.listed(ADA, "a\ud800b")] == [own]


# ---- the list and the search ----


def test_the_list_is_newest_first_and_counts_turns(kept: Conversations) -> None:
    first, second = begun(kept, ADA, "one?"), begun(kept, ADA, "two?")
    begun(kept, BEN, "not mine?")
    assert [(s.id, s.title, s.turns) for s in kept.listed(ADA)] == [
        (second, "two?", 1),
        (first, "one?", 1),
    ]
    kept.append(ADA, first, turn("three?"))
    assert [(s.id, s.turns) for s in kept.listed(ADA)] == [(first, 2), (second, 1)]


def test_the_order_does_not_hang_on_the_clock(opened: Opener) -> None:
    times = iter(datetime(2026, 1, 9 - n, tzinfo=UTC) for n in range(9))
    kept = opened(now=lambda: next(times, datetime(2026, 1, 1, tzinfo=UTC)))
    ids = [begun(kept) for _ in range(3)]
    assert [summary.id for summary in kept.listed(ADA)] == ids[::-1]


@pytest.mark.parametrize(
    "query",
    ["malaga", "MÁLAGA", "álag", "strasse", "STRASSE malaga", "noon", "gate shuts",
     "she said", "  \t ", "", "gáte", "did the"],
)  # fmt: skip
def test_found_by_question_answer_sentence_and_title_without_case_and_accents(
    kept: Conversations, query: str
) -> None:
    own = begun(kept, ADA, "Wo liegt die Straße nach Málaga?")
    assert [summary.id for summary in kept.listed(ADA, query)] == [own]


def test_words_of_a_query_may_stand_in_different_turns(kept: Conversations) -> None:
    own = begun(kept, ADA, "first ferry?", "second harbour?")
    begun(kept, ADA, "ferry only?")
    assert [summary.id for summary in kept.listed(ADA, "harbour ferry")] == [own]


@pytest.mark.parametrize(
    "query",
    ["%", "_", "*", '"', "'", "a' OR '1'='1", "noon%", "n_on", "NEAR(a b)", "-noon", "noon*",
     "[a-z]", "\\", ";DROP TABLE turn", "??", ":word", "nothing"],
)  # fmt: skip
def test_a_query_is_data_never_syntax(kept: Conversations, query: str) -> None:
    begun(kept, ADA, "When did it shut")
    assert kept.listed(ADA, query) == []
    literal = begun(kept, ADA, f"before {query} after")
    assert [summary.id for summary in kept.listed(ADA, query)] == [literal]


def test_a_very_long_query_is_cut(kept: Conversations) -> None:
    begun(kept)
    assert kept.listed(ADA, "zzz " * 100_000) == []
    assert len(kept.listed(ADA, "noon " * 100_000)) == 1


@given(st.text(max_size=60))
def test_any_question_is_found_by_each_of_its_words(asked: str) -> None:
    searched = searched_form(turn(asked))
    assert [word for word in folded(as_text(asked)).split() if word not in searched] == []


# ---- limits ----


def test_a_conversation_has_at_most_forty_turns(opened: Opener) -> None:
    kept = opened(Limits(max_turns=3))
    own = begun(kept, ADA, *"abc")
    assert kept.append(ADA, own, turn("d")) is None
    assert [summary.turns for summary in kept.listed(ADA)] == [3]


def test_of_a_visitor_the_oldest_conversations_go_first(opened: Opener) -> None:
    kept = opened(Limits(max_per_visitor=3))
    other = begun(kept, BEN)
    ids = [begun(kept) for _ in range(3)]
    kept.append(ADA, ids[0], turn("again?"))
    newest = begun(kept)
    assert [summary.id for summary in kept.listed(ADA)] == [newest, ids[0], ids[2]]
    assert [summary.id for summary in kept.listed(BEN)] == [other]


def test_what_has_rested_for_a_year_goes(opened: Opener) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    kept = opened(now=lambda: now)
    old, fresh = begun(kept), begun(kept)
    now += timedelta(days=200)
    kept.append(ADA, fresh, turn("more?"))
    now += timedelta(days=166)
    begun(kept, BEN)
    assert [summary.id for summary in kept.listed(ADA)] == [fresh]
    assert kept.load(ADA, old) is None
    now += timedelta(days=366)
    kept.close()
    assert opened(now=lambda: now).listed(ADA) == []


def test_a_large_answer_is_kept_without_alternatives_and_a_larger_one_not_at_all(
    kept: Conversations,
) -> None:
    own = new_id()
    assert kept.append(ADA, own, turn(answer=answer(others=200))) == 0
    assert kept.append(ADA, own, turn(answer=answer(others=3))) == 1
    assert kept.append(ADA, own, turn(answer=answer(sentence=SENTENCE * 3_000))) is None
    found = kept.load(ADA, own)
    assert found is not None
    counts = [len(record.answer["alternatives"]) for record in found.turns if record.answer]
    assert counts == [0, 3]


@given(st.integers(0, 300), st.text(max_size=50))
def test_a_stored_form_never_exceeds_its_limit(others: int, asked: str) -> None:
    written = stored_form(turn(asked, answer=answer(others=others)), 4_000)
    assert written is None or len(written.encode()) <= 4_000


def test_a_full_file_lets_go_of_what_rested_and_keeps_what_is_young(opened: Opener) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    limits = Limits(max_bytes=600_000)
    moments = iter(range(10_000))
    kept = opened(limits, now=lambda: now + timedelta(seconds=next(moments)))
    large = turn(answer=answer(sentence=SENTENCE * 1_000))
    ids = [new_id() for _ in range(40)]
    results = [
        kept.append(f"v:{n}", conversation_id, large) for n, conversation_id in enumerate(ids)
    ]
    assert results[0] == 0
    assert results[-1] is None  # the chat goes on, nothing young was deleted for it
    assert kept.load("v:0", ids[0]) is not None
    now += timedelta(days=8)
    assert kept.append(ADA, new_id(), large) == 0
    assert kept.load("v:0", ids[0]) is None


# ---- deleting ----


def all_bytes(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())


def test_bytes_of_a_deleted_question_are_in_no_file(kept: Conversations, path: Path) -> None:
    """Among many others, so that rows have been moved between pages: that leaves copies."""
    others = [begun(kept, BEN, f"other {n} " + "x" * (n * 37 % 900)) for n in range(60)]
    marks = [f"UNFORGETTABLE{n:04}END" for n in range(60)]
    ids = [begun(kept, ADA, f"{mark} {'y' * (n * 53 % 700)}?") for n, mark in enumerate(marks)]
    assert all(mark.encode() in all_bytes(path) for mark in marks)
    for other in others[::2]:
        kept.append(BEN, other, turn("more " + "z" * 600))
    assert kept.remove(ADA, ids[7])
    kept.settle()
    assert marks[7].encode() not in all_bytes(path)
    assert folded(marks[7]).encode() not in all_bytes(path)
    assert marks[8].encode() in all_bytes(path)
    assert kept.remove_all(ADA) == 59
    kept.settle()
    left = all_bytes(path)
    assert [mark for mark in marks if mark.encode() in left or folded(mark).encode() in left] == []
    assert [i for i in ids if i.encode() in left] == []
    assert len(kept.listed(BEN)) == 60
    # Rows that moved leave copies in one deletion of hundreds: the file is written anew each time.
    assert kept._file.run(lambda db: db.execute("PRAGMA freelist_count").fetchone()) == (0,)


def test_what_is_deleted_is_not_shared_any_more(kept: Conversations) -> None:
    own = begun(kept)
    token = kept.share(ADA, own)
    assert token
    assert kept.remove(ADA, own)
    assert not kept.remove(ADA, own)
    assert kept.load_shared(token) is None
    assert kept.turn(own, 0) is None


# ---- whatever befalls the file, the chat goes on ----


def test_a_damaged_file_is_moved_aside_and_a_new_one_begun(
    path: Path, opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is no database, it is a letter. " * 300)
    kept = opened()
    own = begun(kept)
    assert kept.load(ADA, own)
    aside = [file for file in path.parent.iterdir() if ".unusable-" in file.name]
    assert [file.read_bytes()[:7] for file in aside] == [b"This is"]
    assert "moved to" in caplog.text


def test_a_file_of_another_program_is_moved_aside_whole(
    path: Path, opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE recipes (name TEXT)")
        foreign.execute("INSERT INTO recipes VALUES ('soup')")
    foreign.close()
    assert begun(opened())
    (aside,) = [file for file in path.parent.iterdir() if ".unusable-" in file.name]
    again = sqlite3.connect(aside)
    assert again.execute("SELECT name FROM recipes").fetchall() == [("soup",)]
    again.close()
    assert "another program" in caplog.text


def test_damage_that_shows_later_costs_the_history_not_the_chat(
    path: Path, opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    kept = opened()
    for n in range(40):
        begun(kept, ADA, f"question {n} " + "x" * 900)
    kept._file.trim_log()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    kept.close()
    kept = opened()
    own = begun(kept, ADA, "and now?")
    assert [summary.id for summary in kept.listed(ADA)] == [own]
    assert "moved to" in caplog.text


def test_damage_while_open_is_survived(path: Path, opened: Opener) -> None:
    kept = opened()
    for n in range(40):
        begun(kept, ADA, f"question {n} " + "x" * 900)
    kept._file.trim_log()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    kept._file._connection.execute("PRAGMA shrink_memory")
    own = begun(kept, ADA, "and now?")
    assert own in [summary.id for summary in kept.listed(ADA)]


def test_where_no_file_can_be_made_the_history_is_kept_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = Conversations(tmp_path / "file" / "conversations.db")
    own = begun(kept)
    assert kept.load(ADA, own)
    assert kept.remove(ADA, own)
    kept.close()
    assert "in memory only" in caplog.text


def test_a_file_that_is_busy_is_not_moved_aside(
    path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.interfaces.kept.kept_file.BUSY_S", 0.05)
    kept = opened()
    own = begun(kept)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert kept.append(ADA, own, turn()) is None
    with pytest.raises(StoreError, match="just now"):
        kept.remove(ADA, own)
    other.execute("ROLLBACK")
    other.close()
    assert kept.append(ADA, own, turn()) == 1
    assert not [file for file in path.parent.iterdir() if ".unusable-" in file.name]


def test_only_this_user_may_read_the_file(kept: Conversations, path: Path) -> None:
    begun(kept)
    assert {file.stat().st_mode & 0o077 for file in path.parent.iterdir()} == {0}


def test_a_damaged_turn_is_said_to_be_so(
    kept: Conversations, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = begun(kept, ADA, "one?", "two?")
    other = sqlite3.connect(path)
    with other:
        other.execute("UPDATE turn SET record = '{' WHERE n = 0")
    other.close()
    found = kept.load(ADA, own)
    assert found is not None
    assert [record.notice for record in found.turns] == ["This turn was damaged on the disk.", None]
    assert "damaged" in caplog.text


# ---- many at once ----


def in_threads(count: int, work: Callable[[int], None]) -> None:
    errors: list[Exception] = []

    def guarded(n: int) -> None:
        try:
            work(n)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_eight_threads_append_to_one_conversation_each_turn_once(kept: Conversations) -> None:
    own, numbers = new_id(), list[int | None]()
    in_threads(
        8, lambda n: numbers.extend(kept.append(ADA, own, turn(f"{n}-{i}")) for i in range(5))
    )
    assert sorted(number for number in numbers if number is not None) == list(range(40))
    found = kept.load(ADA, own)
    assert found is not None
    assert len({record.asked for record in found.turns}) == 40


def test_eight_threads_and_two_servers_lose_nothing(opened: Opener) -> None:
    servers = [opened(), opened()]

    def work(n: int) -> None:
        kept = servers[n % 2]
        for i in range(5):
            own = begun(kept, f"v:{n}", f"question {n} {i}")
            if i % 2:
                assert kept.remove(f"v:{n}", own)

    in_threads(8, work)
    assert [len(servers[0].listed(f"v:{n}")) for n in range(8)] == [3] * 8


def test_a_change_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    file = KeptFile(tmp_path / "a.db", "CREATE TABLE t (x TEXT);",
                    application_id=1, version=1)  # fmt: skip

    def fail(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO t VALUES ('half')")
        raise KeyError

    with pytest.raises(KeyError):
        file.run(fail)
    assert file.run(lambda db: db.execute("SELECT count(*) FROM t").fetchone()) == (0,)
    file.close()


# ---- small forms ----


@given(st.integers(0, 9999))
def test_a_turn_id_is_read_back(n: int) -> None:
    own = new_id()
    assert read_turn_id(turn_id(own, n)) == (own, n)


@pytest.mark.parametrize("text", ["", "t-", "t-x-0", f"t-{'a' * 22}-00", f"t-{'a' * 22}-0\n",
                                  f"t-{'a' * 22}-٣", f"t-{'a' * 22}-99999"])  # fmt: skip
def test_what_is_no_turn_id_is_none(text: str) -> None:
    assert read_turn_id(text) is None


@given(st.text())
def test_a_title_is_one_short_line(text: str) -> None:
    title = title_of(text)
    assert len(title) <= 120
    assert len(title.splitlines()) <= 1


# ---- the routes ----


@pytest.fixture
def removed() -> list[str]:
    return []


@pytest.fixture
def client(kept: Conversations, removed: list[str]) -> Iterator[TestClient]:
    app = FastAPI()
    visitor_of = lambda request: request.headers.get("x-visitor")  # noqa: E731
    app.include_router(conversation_routes(kept, visitor_of, removed=removed.extend))
    with TestClient(app, headers={"x-visitor": ADA}) as opened:
        yield opened


def test_the_list_over_http(client: TestClient, kept: Conversations) -> None:
    own = begun(kept)
    begun(kept, ADA, "else?")
    reply = client.get("/v1/conversations", params={"query": "noon SHUT"})
    assert reply.headers["cache-control"] == "no-store"
    (listed,) = [found for found in reply.json()["conversations"] if found["id"] == own]
    assert sorted(listed) == ["id", "shared", "title", "turns", "updated"]
    assert datetime.fromisoformat(listed["updated"]).tzinfo is not None
    assert listed["turns"] == 1


def test_without_a_visitor_there_is_nothing(client: TestClient, kept: Conversations) -> None:
    own = begun(kept)
    client.headers.pop("x-visitor")
    assert client.get("/v1/conversations").json() == {"conversations": []}
    for method, path in own_paths(own):
        reply = client.request(method, path)
        assert reply.status_code == 404
        assert reply.headers["content-type"] == "application/problem+json"
    assert len(kept.listed(ADA)) == 1


def own_paths(own: str) -> list[tuple[str, str]]:
    base = f"/v1/conversations/{own}"
    return [
        ("GET", base),
        ("GET", f"{base}/export?format=md"),
        ("DELETE", base),
        ("POST", f"{base}/share"),
        ("DELETE", f"{base}/share"),
    ]


def test_another_visitors_conversation_is_not_there(
    client: TestClient, kept: Conversations
) -> None:
    theirs = begun(kept, BEN)
    unknown = new_id()
    for (method, path), (_, same) in zip(own_paths(theirs), own_paths(unknown), strict=True):
        reply = client.request(method, path)
        assert reply.status_code == 404
        assert reply.json() == client.request(method, same).json()  # nor does it say that it is
    assert len(kept.listed(BEN)) == 1


def test_a_conversation_over_http(client: TestClient, kept: Conversations) -> None:
    own = begun(kept, ADA, "first?", "second?")
    body = client.get(f"/v1/conversations/{own}").json()
    assert [record["asked"] for record in body["turns"]] == ["first?", "second?"]
    assert body["turns"][0]["answer"]["citations"][0]["version"] == "0123456789ab"


def test_sharing_over_http(client: TestClient, kept: Conversations) -> None:
    own = begun(kept)
    token = client.post(f"/v1/conversations/{own}/share").json()["shared"]
    assert kept.load_shared(token)
    assert client.delete(f"/v1/conversations/{own}/share").json() == {"shared": None}
    assert kept.load_shared(token) is None


def test_deleting_over_http_tells_who_else_keeps_something(
    client: TestClient, kept: Conversations, removed: list[str]
) -> None:
    ids = [begun(kept) for _ in range(3)]
    assert client.delete(f"/v1/conversations/{ids[0]}").status_code == 200
    assert removed == ids[:1]
    assert client.delete("/v1/conversations").json() == {"removed": 2}
    assert sorted(removed) == sorted(ids)
    assert kept.listed(ADA) == []


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [("md", "text/markdown"), ("html", "text/html"), ("json", "application/json")],
)
def test_an_export_is_a_file_to_save(
    client: TestClient, kept: Conversations, ending: str, media_type: str
) -> None:
    own = begun(kept)
    reply = client.get(f"/v1/conversations/{own}/export", params={"format": ending})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(media_type)
    named = r'attachment; filename="conversation-\d{4}-\d\d-\d\d\.' + ending + '"'
    assert re.fullmatch(named, reply.headers["content-disposition"])
    assert "noon" in reply.text


def test_an_export_speaks_the_browsers_language(client: TestClient, kept: Conversations) -> None:
    own = begun(kept)
    path = f"/v1/conversations/{own}/export"
    assert "Antwort: noon" in client.get(path, headers={"accept-language": "de"}).text
    assert "Answer: noon" in client.get(path, headers={"accept-language": "fr"}).text


def test_an_unknown_format_is_refused(client: TestClient, kept: Conversations) -> None:
    reply = client.get(f"/v1/conversations/{begun(kept)}/export?format=<b>")
    assert reply.status_code == 422
    assert "md, html, json" in reply.json()["detail"]


def test_a_file_that_cannot_be_read_is_answered_503_without_its_path(
    client: TestClient, kept: Conversations, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept.close()
    with caplog.at_level(logging.WARNING):
        reply = client.get("/v1/conversations")
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "5"
    assert str(path.parent) not in reply.text
    assert str(path) in caplog.text


def test_of_two_servers_that_begin_at_once_neither_keeps_things_in_memory(tmp_path: Path) -> None:
    for n in range(10):
        opened: list[Conversations] = []
        barrier, path = threading.Barrier(4), tmp_path / f"{n}.db"

        def begin(barrier: threading.Barrier = barrier, path: Path = path) -> None:
            barrier.wait()
            opened.append(Conversations(path))  # noqa: B023  joined below

        threads = [threading.Thread(target=begin) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        conversation_id = new_id()
        assert opened[0].append(ADA, conversation_id, turn()) == 0
        assert [each.owns(ADA, conversation_id) for each in opened] == [True] * 4
        for each in opened:
            each.close()
    assert not list(tmp_path.glob("*unusable*"))


def test_a_deletion_that_feedback_cannot_follow_yet_can_be_tried_again(
    kept: Conversations,
) -> None:
    told: list[str] = []
    busy = iter([True, False, True, False])

    def forget(ids: Sequence[str]) -> None:
        if next(busy):
            raise StoreError("the file is busy")
        told.extend(ids)

    app = FastAPI()
    app.include_router(conversation_routes(kept, lambda _: ADA, removed=forget))
    one, other = begun(kept), begun(kept)
    with TestClient(app) as client:
        for path in (f"/v1/conversations/{one}", "/v1/conversations"):
            assert client.delete(path).status_code == 503
            assert client.delete(path).json() == {"removed": 1}
    assert told == [one, other]
    assert kept.listed(ADA) == []
