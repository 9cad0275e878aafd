"""What people send who wish a server ill; it refuses, goes on, and reaches out to nobody."""

from __future__ import annotations

import html
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.rooms import Asker, RunningRoom, running_room

KB, MB = 1_024, 1_024 * 1_024
SECRET = "the canary sings at noon"
QUESTION = "Who found the leak beneath gate No. 4?"

New = Callable[..., httpx.Client]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRoom]:
    """One server for all; a client says with a header what address it has, as a proxy would."""
    folder = tmp_path_factory.mktemp("abuse")
    (folder / "canary.txt").write_text(SECRET)
    settings = {"trusted_proxies": ["127.0.0.1"], "hosts": ["news.example"]}
    with running_room(folder, limits={"questions_waiting": 8}, **settings) as started:
        yield started
        outside = [
            note
            for note in started.notes()
            if note.startswith(("connect ", "look-up "))
            and not note.split(" ", 1)[1].startswith(("127.0.0.1", "localhost", "::1"))
        ]
        assert outside == []
        assert "Traceback" not in started.log()


_addresses = count(1)


@pytest.fixture
def new(room: RunningRoom) -> Iterator[New]:
    """Opens clients with an address of their own; afterwards, the server must be alive."""
    opened: list[httpx.Client] = []

    def client(**headers: str) -> httpx.Client:
        number = next(_addresses)
        address = f"10.1.{number // 256}.{number % 256}"
        base = {"x-forwarded-for": address, **headers}
        opened.append(httpx.Client(base_url=room.url, headers=base, timeout=30))
        return opened[-1]

    yield client
    for one in opened:
        one.close()
    assert httpx.get(f"{room.url}/config", timeout=30).status_code == 200


def is_problem(reply: httpx.Response, status: int) -> bool:
    kind = reply.headers["content-type"] == "application/problem+json"
    return reply.status_code == status and kind and reply.json()["status"] == status


# ---- sizes ----


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/queue/join", "/gradio_api/run/predict", "/v1/feedback", "/none", "/", "/login"],
)
def test_an_over_long_body_is_413(new: New, path: str) -> None:
    assert is_problem(new().post(path, content=b"x" * (65 * KB)), 413)
    unannounced = new().post(path, content=iter([b"x" * (64 * KB), b"x" * KB]))
    assert is_problem(unannounced, 413)


def test_a_body_of_a_gigabyte_is_refused_before_it_is_sent(room: RunningRoom) -> None:
    reply = raw(
        room, b"POST /v1/feedback HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000000\r\n\r\n"
    )
    assert reply.startswith(b"HTTP/1.1 413")


def test_a_huge_upload_is_refused_and_not_held_in_memory(new: New, room: RunningRoom) -> None:
    before = resident_bytes(room.pid)
    piece = b"x" * MB
    for path in ("/v1/articles", "/gradio_api/upload"):
        reply = upload(new(), path, iter([piece] * 40))
        assert reply is None or reply.status_code in {404, 413}
    assert resident_bytes(room.pid) - before < 60 * MB


def upload(client: httpx.Client, path: str, pieces: Iterator[bytes]) -> httpx.Response | None:
    try:
        return client.post(path, content=pieces, headers={"x-file-name": "a.txt"})
    except (httpx.WriteError, httpx.ReadError):  # it hung up on us: a refusal too
        return None


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4 * KB


def test_a_question_that_is_too_long_is_not_searched_for(new: New) -> None:
    outcome = Asker(new()).ask("Who " + "very " * 400 + "well?")
    assert "longer than 1,000 characters" in html.unescape(outcome)
    assert '"success":true' in outcome.replace(" ", "")


# ---- floods ----


def at_once(times: int, send: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(send, range(times)))


def test_a_flood_of_questions_is_429_with_the_time_to_wait(new: New) -> None:
    flooding = new()
    body = Asker(flooding).body("x", fn_index=9_999)
    replies = at_once(150, lambda _: flooding.post("/gradio_api/queue/join", json=body))
    refused = [reply for reply in replies if reply.status_code == 429]
    assert len(refused) >= 20
    assert all(is_problem(reply, 429) for reply in refused)
    assert all(int(reply.headers["retry-after"]) >= 1 for reply in refused)
    assert flooding.get("/v1/articles").status_code == 200
    assert Asker(new()).join(QUESTION).status_code == 200


def test_a_flood_of_writes_is_429_too(new: New) -> None:
    flooding = new()
    replies = at_once(150, lambda _: flooding.post("/v1/feedback", json={}))
    assert [reply.status_code for reply in replies].count(429) >= 20


def test_when_many_wait_the_next_is_told_503_at_once(new: New) -> None:
    askers = [Asker(new()) for _ in range(6)]
    replies = [asker.join(f"{QUESTION} {n}") for n in range(8) for asker in askers]
    refused = [reply for reply in replies if reply.status_code != 200]
    assert refused
    assert all(is_problem(reply, 503) for reply in refused)
    assert all(int(reply.headers["retry-after"]) >= 1 for reply in refused)
    later = Asker(new())
    deadline = time.monotonic() + 60
    body = later.body(QUESTION)
    while (joined := later.join("", **body)).status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert joined.status_code == 200
    assert "process_completed" in later.outcome(body["session_hash"])


def test_one_client_cannot_hold_all_places(new: New, room: RunningRoom) -> None:
    silent = [socket.create_connection(("127.0.0.1", room.port)) for _ in range(300)]
    try:
        assert new().get("/v1/articles").status_code == 200
        time.sleep(1.5)  # their deadline
        silent[0].settimeout(5)
        assert silent[0].recv(10) == b""
    finally:
        for one in silent:
            one.close()


# ---- hosts and origins ----


@pytest.mark.parametrize(
    "path", ["/", "/config", "/v1/articles", "/room/room.js", "/gradio_api/info"]
)
def test_a_foreign_host_is_400(new: New, path: str) -> None:
    assert new(host="evil.example").get(path).status_code == 400
    forwarded = new(**{"x-forwarded-host": "evil.example"})
    assert forwarded.get(path).status_code == 400


@pytest.mark.parametrize(
    "path", ["/gradio_api/queue/join", "/gradio_api/cancel", "/v1/articles", "/v1/feedback"]
)
def test_a_foreign_origin_is_403(new: New, path: str) -> None:
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"sec-fetch-site": "cross-site"},
    ):
        assert is_problem(new(**headers).post(path, json={}), 403)
    assert is_problem(new(origin="https://evil.example").delete("/v1/conversations"), 403)


# ---- forged data ----


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """An address that notes who connects to it."""
    visits: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def note() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            visits.append("a visit")
            connection.close()

    thread = threading.Thread(target=note, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/x", visits
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_forged_files_are_neither_read_nor_fetched(
    new: New, room: RunningRoom, canary: tuple[str, list[str]]
) -> None:
    address, visits = canary
    secret = str(room.folder / "canary.txt")
    forged: list[Any] = [
        {"path": secret, "meta": {"_type": "gradio.FileData"}},
        {"path": address, "url": address, "meta": {"_type": "gradio.FileData"}},
        {"url": address, "is_stream": True, "meta": {"_type": "gradio.FileData"}},
        [{"path": secret, "orig_name": "x", "meta": {"_type": "gradio.FileData"}}],
        {"video": {"path": secret, "meta": {"_type": "gradio.FileData"}}},
        {"__type__": "file", "path": secret},
    ]
    asker = Asker(new())
    for value in forged:
        for body in (
            asker.body(value),
            asker.body("x", data=[value] * len(asker.function["inputs"])),
            asker.body("x", event_data=value, trigger_id=1),
        ):
            for path in ("queue/join", "run/predict", "api/predict", "call/_on_ask"):
                reply = new().post(f"/gradio_api/{path}", json=body)
                shut = path.startswith(("api", "call"))
                assert is_problem(reply, 404 if shut else 422)
    for path in (f"file={secret}", f"file={address}", f"file/{secret}", f"proxy={address}"):
        reply = new().get(f"/gradio_api/{path}")
        assert reply.status_code == 404
    assert visits == []
    assert not [note for note in room.notes() if "canary.txt" in note]


def test_the_queue_cannot_be_passed_by(new: New) -> None:
    """Posted directly, a question would skip the queue and what it says about how many at once."""
    asker = Asker(new())
    for path in ("/gradio_api/run/predict", "/gradio_api/api/predict", "/gradio_api/run/ask"):
        reply = new().post(path, json=asker.body(QUESTION))
        assert reply.status_code in {404, 405}
        assert "quote" not in reply.text


# ---- JSON ----


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/v1/feedback", "/gradio_api/cancel"])
def test_deep_json_is_400(new: New, path: str) -> None:
    for text in (b"[" * 30_000, b'{"a":' * 9_000 + b"1" + b"}" * 9_000):
        reply = new().post(path, content=text, headers={"content-type": "application/json"})
        assert is_problem(reply, 400)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"1" * 10_000,
        b"1e999",
        b'{"data": NaN}',
        b'{"data": "\\ud800"}',
        b'{"data": [], "fn_index": -1, "session_hash": "x"}',
        b'{"data": [], "fn_index": 1e9, "session_hash": []}',
        b'{"data": {"a": 1}, "fn_index": 0, "session_hash": "x"}',
        b"\xff\xfe\x00",
    ],
)
def test_odd_json_is_refused(new: New, text: bytes) -> None:
    for path in ("/gradio_api/queue/join", "/v1/feedback"):
        reply = new().post(path, content=text, headers={"content-type": "application/json"})
        assert 400 <= reply.status_code < 500


# ---- slowness ----


def raw(room: RunningRoom, request: bytes, wait_s: float = 10.0) -> bytes:
    """Send bytes; return what comes back until the server hangs up or falls silent."""
    with socket.create_connection(("127.0.0.1", room.port), timeout=wait_s) as connection:
        told = b""
        try:
            connection.sendall(request)
            while len(told) < 100_000 and (piece := connection.recv(65_536)):
                told += piece
        except (TimeoutError, ConnectionError):
            pass
        return told


def test_a_body_that_never_comes_is_408(room: RunningRoom, new: New) -> None:
    head = b"POST /v1/feedback HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\n{"
    assert raw(room, head).startswith(b"HTTP/1.1 408")


def test_headers_that_never_end_are_hung_up_on(room: RunningRoom, new: New) -> None:
    began = time.monotonic()
    assert raw(room, b"GET / HTTP/1.1\r\nhost: localhost\r\n") == b""
    assert raw(room, b"") == b""
    assert time.monotonic() - began < 8


# ---- paths, methods, headers ----


@pytest.mark.parametrize(
    "path",
    [
        "/room/../app.py",
        "/room/%2e%2e/app.py",
        "/room/..%2fapp.py",
        "/room/..%5capp.py",
        "/room//etc/passwd",
        "/room/%2fetc/passwd",
        "/room/fonts/../../app.py",
        "/room/x%00.js",
        "/assets/..%2f..%2f..%2froutes.py",
        "/assets/%2e%2e/%2e%2e/index.html",
        "/static/..%2f..%2froutes.py",
        "/static//etc/passwd",
        "/gradio_api/file=../../etc/passwd",
        "/gradio_api/file=%2fetc%2fpasswd",
        "/v1/articles/..%2f..%2fetc%2fpasswd",
        "/v1/articles/%00",
        "/v1/articles/" + "x" * 5_000,
        "/custom_component/x/client/component/..%2f..%2findex.js",
        "//evil.example/%2e%2e",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_no_path_leads_out(room: RunningRoom, new: New, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    told = raw(room, request.encode())
    status = int(told.split(b" ", 2)[1])
    assert status in {400, 403, 404, 405, 422} or (status in {307, 308} and b"evil" not in told)
    assert b"root:" not in told
    assert b"import " not in told


@pytest.mark.parametrize(
    "method", ["TRACE", "CONNECT", "BREW", "PUT", "PROPFIND", "get", "X" * 999]
)
def test_odd_methods_do_nothing(room: RunningRoom, new: New, method: str) -> None:
    for path in ("/", "/v1/articles", "/room/room.js", "/gradio_api/queue/join"):
        fields = f"host: localhost\r\nx-forwarded-for: 198.51.100.{len(method) % 256}"
        request = f"{method} {path} HTTP/1.1\r\n{fields}\r\nconnection: close\r\n\r\n"
        told = raw(room, request.encode())
        assert int(told.split(b" ", 2)[1]) in {400, 403, 404, 405}


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nhost: localhost\r\nx: " + b"y" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\n" + b"x: y\r\n" * 20_000 + b"\r\n",
        b"GET /?" + b"q" * 200_000 + b" HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"hello\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_http_is_400(room: RunningRoom, new: New, request_: bytes) -> None:
    told = raw(room, request_)
    assert told == b"" or told.startswith(
        tuple(b"HTTP/1.1 %d" % status for status in (400, 404, 405, 431))
    )


def test_a_cookie_of_any_kind_is_survived(new: New) -> None:
    for value in ("x" * 8_000, "pullquote_visitor=" + "é" * 43, "=;=;=", "a=b; " * 500 + "c=d"):
        reply = new().get("/v1/articles", headers=[(b"cookie", value.encode())])
        assert reply.status_code in {200, 400}


def test_after_all_this_a_question_is_answered(new: New) -> None:
    outcome = Asker(new()).ask("What is this about?")
    assert json.dumps("process_completed") in outcome
