"""How often, how much at once, how large, how slow, how deep, and from where."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall import bodies, json_faults
from qa.interfaces.wall.bodies import BodyLimit, BodyRule
from qa.interfaces.wall.doors import Doors
from qa.interfaces.wall.headers import HeaderLimit
from qa.interfaces.wall.json_faults import nesting
from qa.interfaces.wall.limits import Limits, OpenRequests, Overload, Rate, RateLimit, kind_of
from qa.interfaces.wall.origins import SameOrigin
from qa.interfaces.wall.plain_data import PlainData
from qa.interfaces.wall.proxies import BehindProxy, client_of, route_path
from tests.timing import grows_within

PROBLEM = "application/problem+json"


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body and says how long it was, where from and for which path."""
    length = 0
    while scope["method"] != "GET":
        message = await receive()
        length += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    told = {
        "length": length,
        "client": client_of(scope),
        "scheme": scope["scheme"],
        "path": route_path(scope),
        "host": dict(scope["headers"])[b"host"].decode(),
        "forwarded": [name.decode() for name, _ in scope["headers"] if b"forwarded" in name],
    }
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


def client(app: ASGIApp, address: str = "192.0.2.1", **options: Any) -> TestClient:
    return TestClient(app, base_url="http://localhost", client=(address, 1), **options)


@pytest.fixture
def running() -> Iterator[Callable[[ASGIApp, str], TestClient]]:
    """Clients that share one event loop each, as those of one server do."""
    opened: list[TestClient] = []

    def start(app: ASGIApp, address: str = "192.0.2.1") -> TestClient:
        opened.append(client(app, address).__enter__())
        return opened[-1]

    yield start
    for one in opened:
        one.__exit__(None, None, None)


def with_lifespan(app: ASGIApp) -> FastAPI:
    outer = FastAPI()
    outer.mount("/", app)
    return outer


# ---- rates ----

QUESTION = "/gradio_api/queue/join"


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/gradio_api/queue/join", "questions"),
        ("POST", "/gradio_api/call/x", "questions"),
        ("POST", "/v1/ask", "questions"),
        ("POST", "/gradio_api/run/predict", "controls"),
        ("POST", "/gradio_api/cancel", "controls"),
        ("POST", "/v1/retrieve", "reads"),
        ("POST", "/v1/articles", "writes"),
        ("DELETE", "/v1/conversations", "writes"),
        ("POST", "/login", "writes"),
        ("GET", "/", "reads"),
        ("GET", "/gradio_api/queue/data", "reads"),
        ("GET", "/assets/index.js", "files"),
        ("GET", "/room/room.js", "files"),
    ],
)
def test_each_request_has_its_kind(method: str, path: str, kind: str) -> None:
    assert kind_of({"method": method, "path": path}) == kind
    assert kind_of({"method": method, "path": "/news" + path, "root_path": "/news"}) == kind


def test_a_flood_of_questions_is_stopped_and_goes_on_after_the_time_it_was_told(
    running: Callable[..., TestClient],
) -> None:
    app = RateLimit(fine, limits=Limits(questions=Rate(4, 4)))
    asking = running(with_lifespan(app))
    replies = [asking.post(QUESTION) for _ in range(12)]
    assert [reply.status_code for reply in replies[:4]] == [200] * 4
    refused = replies[-1]
    assert refused.status_code == 429
    assert refused.headers["content-type"] == PROBLEM
    assert "4 questions" in refused.json()["detail"]
    time.sleep(int(refused.headers["retry-after"]))
    assert asking.post(QUESTION).status_code == 200


def test_who_asks_too_often_can_still_stop_and_read(running: Callable[..., TestClient]) -> None:
    asking = running(with_lifespan(RateLimit(fine, limits=Limits(questions=Rate(1, 2)))))
    statuses = [asking.post(QUESTION).status_code for _ in range(6)]
    assert statuses.count(429) >= 3
    assert asking.post("/gradio_api/run/predict").status_code == 200
    assert asking.post("/gradio_api/cancel").status_code == 200
    assert asking.get("/").status_code == 200


def test_one_clients_flood_is_not_anothers() -> None:
    app = with_lifespan(RateLimit(fine, limits=Limits(questions=Rate(1, 2))))
    flooding = [client(app, "192.0.2.1").post(QUESTION).status_code for _ in range(5)]
    assert 429 in flooding
    assert client(app, "192.0.2.2").post(QUESTION).status_code == 200


def test_a_page_load_is_within_the_default_rates() -> None:
    app = with_lifespan(RateLimit(fine))
    browser = client(app)
    for _ in range(10):  # ten browsers behind one address
        assert all(browser.get(f"/assets/{n}.js").status_code == 200 for n in range(100))
        assert all(browser.get(f"/gradio_api/{n}").status_code == 200 for n in range(10))


def test_an_ipv6_customer_is_one_client_whatever_address_it_takes() -> None:
    seen = {client_of({"client": (f"2001:db8:1:2::{n:x}", 1)}) for n in range(1, 50)}
    assert seen == {"2001:db8:1:2::/64"}
    assert client_of({"client": ("::ffff:192.0.2.1", 1)}) == "192.0.2.1"
    assert client_of({"client": ("fe80::1%eth0", 1)}) == "fe80::/64"
    assert client_of({"client": None}) == ""


def test_counts_of_clients_that_are_gone_are_not_kept() -> None:
    async def flood() -> int:
        app = RateLimit(fine, limits=Limits(reads=Rate(1_000, 1_000)))
        for n in range(300):
            await call(app, scope_of("GET", "/", client=(f"10.0.{n // 250}.{n % 250}", 1)))
        await asyncio.sleep(2.1)  # two windows
        await call(app, scope_of("GET", "/"))
        await asyncio.sleep(0.05)
        return len(app._counts._limiter.storage.storage)  # type: ignore[attr-defined]

    assert asyncio.run(flood()) <= 2


# ---- all at once ----


def scope_of(method: str, path: str, headers: Any = (), **more: Any) -> Scope:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "headers": [(b"host", b"localhost"), *headers],
        "client": ("192.0.2.1", 1),
        **more,
    }


async def call(
    app: ASGIApp, scope: Scope, receive: Receive | None = None
) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(scope, receive or nothing, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


def held(gate: asyncio.Event) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await gate.wait()
        await fine(scope, receive, send)

    return app


def test_when_the_house_is_full_the_next_one_is_told_at_once() -> None:
    async def crowd() -> None:
        gate = asyncio.Event()
        limits = Limits(open_requests=3, open_requests_of_one=2)
        app = OpenRequests(held(gate), limits=limits)
        first = [asyncio.create_task(call(app, scope_of("GET", "/"))) for _ in range(2)]
        await asyncio.sleep(0)
        status, headers, _ = await call(app, scope_of("GET", "/"))
        assert (status, headers[b"retry-after"]) == (429, b"2")
        other = scope_of("GET", "/", client=("192.0.2.2", 1))
        first.append(asyncio.create_task(call(app, other)))
        await asyncio.sleep(0)
        third = scope_of("GET", "/", client=("192.0.2.3", 1))
        status, headers, _ = await call(app, third)
        assert (status, headers[b"retry-after"]) == (503, b"2")
        gate.set()
        assert [(await task)[0] for task in first] == [200] * 3
        assert (await call(app, third))[0] == 200
        assert not app._open

    asyncio.run(crowd())


def test_a_request_that_breaks_leaves_its_place() -> None:
    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError

    async def crowd() -> None:
        app = OpenRequests(breaks, limits=Limits(open_requests=1))
        for _ in range(3):
            with pytest.raises(RuntimeError):
                await call(app, scope_of("GET", "/"))

    asyncio.run(crowd())


def test_a_question_too_many_is_told_when_to_come_back() -> None:
    waiting = 32
    app = Overload(fine, waiting=lambda: waiting, limits=Limits(questions_waiting=32))
    reply = client(app).post(QUESTION)
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "2"
    assert reply.headers["content-type"] == PROBLEM
    assert client(app).get("/").status_code == 200
    assert client(app).post("/gradio_api/run/predict").status_code == 200
    waiting = 31
    assert client(app).post(QUESTION).status_code == 200


def test_the_page_says_itself_that_it_is_too_much_up_to_a_point() -> None:
    waiting = 63
    app = Overload(fine, waiting=lambda: waiting, limits=Limits(questions_waiting=32))
    headers = {"sec-fetch-site": "same-origin"}
    assert client(app).post(QUESTION, headers=headers).status_code == 200
    waiting = 64
    assert client(app).post(QUESTION, headers=headers).status_code == 503


def test_gradios_own_full_queue_says_when_to_come_back_too() -> None:
    async def full(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b"Queue is full."})

    reply = client(Overload(full, waiting=lambda: 0)).post(QUESTION)
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "2"
    assert reply.headers["content-type"] == PROBLEM


# ---- bodies ----

UPLOADS = BodyRule(
    prefix="/v1/articles", max_bytes=1_000, streamed=True, max_json_bytes=100, deadline_s=0.2
)


def chunks(*parts: bytes, then: Callable[[], Awaitable[Message]] | None = None) -> Receive:
    left = list(parts)

    async def receive() -> Message:
        if left:
            part = left.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(left or then)}
        if then:
            return await then()
        return {"type": "http.disconnect"}

    return receive


async def never() -> Message:
    await asyncio.sleep(60)
    raise AssertionError


def limited(app: ASGIApp = fine) -> BodyLimit:
    return BodyLimit(app, rules=[UPLOADS])


def test_a_large_body_is_counted_while_it_is_read() -> None:
    async def upload(*parts: bytes) -> tuple[int, dict[bytes, bytes], bytes]:
        return await call(limited(), scope_of("POST", "/v1/articles"), chunks(*parts))

    status, _, body = asyncio.run(upload(b"x" * 600, b"x" * 400))
    assert (status, json.loads(body)["length"]) == (200, 1_000)
    status, headers, _ = asyncio.run(upload(b"x" * 600, b"x" * 401))
    assert status == 413
    assert headers[b"content-type"] == PROBLEM.encode()


def test_a_large_body_is_not_read_before_the_application_asks() -> None:
    asked = 0

    async def count() -> Message:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def asks_not(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body"})

    status, _, _ = asyncio.run(call(limited(asks_not), scope_of("POST", "/v1/articles"), count))
    assert (status, asked) == (403, 0)


def test_an_application_that_swallows_the_error_is_not_believed() -> None:
    async def swallows(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            while (await receive()).get("more_body"):
                pass
        except Exception:
            await send({"type": "http.response.start", "status": 500, "headers": []})
            await send({"type": "http.response.body", "body": b"broken"})

    sent = chunks(b"x" * 600, b"x" * 600)
    status, _, body = asyncio.run(call(limited(swallows), scope_of("POST", "/v1/articles"), sent))
    assert status == 413
    assert b"broken" not in body


def test_an_error_of_the_application_stays_its_own() -> None:
    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(call(limited(breaks), scope_of("POST", "/v1/articles"), chunks(b"x")))


def test_json_for_an_upload_path_is_read_ahead_and_may_hold_less() -> None:
    is_json = [(b"content-type", b"application/json")]
    scope = scope_of("POST", "/v1/articles", is_json)
    assert asyncio.run(call(limited(), scope, chunks(b'"' + b"x" * 98 + b'"')))[0] == 200
    assert asyncio.run(call(limited(), scope, chunks(b'"' + b"x" * 99 + b'"')))[0] == 413


def test_a_declared_length_is_refused_unread() -> None:
    scope = scope_of("POST", "/v1/articles", [(b"content-length", b"1001")])
    assert asyncio.run(call(limited(), scope, chunks(b"x")))[0] == 413
    lying = scope_of("POST", "/v1/feedback", [(b"content-length", b"1")])
    assert asyncio.run(call(limited(), lying, chunks(b"x" * 70_000)))[0] == 413


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/feedback"])
def test_a_body_that_does_not_come_is_given_up(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = BodyRule(prefix="/v1/feedback", max_bytes=1_000, deadline_s=0.2)
    app = BodyLimit(fine, rules=[UPLOADS, rule])
    began = time.monotonic()
    status, headers, _ = asyncio.run(call(app, scope_of("POST", path), chunks(b"x", then=never)))
    assert status == 408
    assert headers[b"connection"] == b"close"
    assert time.monotonic() - began < 5


def test_who_hangs_up_midway_reaches_nobody() -> None:
    reached = False

    async def reach(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal reached
        reached = True

    async def hang_up() -> Message:
        return {"type": "http.disconnect"}

    async def run() -> None:
        await limited(reach)(scope_of("POST", "/"), chunks(b"x", then=hang_up), no_send)

    async def no_send(message: Message) -> None:
        raise AssertionError

    asyncio.run(run())
    assert not reached


def test_json_is_not_nested_without_end() -> None:
    asking = client(limited())
    for depth, status in ((64, 200), (65, 400), (30_000, 400)):
        body = b"[" * depth + b"]" * depth
        reply = asking.post("/x", content=body, headers={"content-type": "application/json"})
        assert reply.status_code == status
    mixed = b'{"a":[' * 40 + b"]}" * 40
    assert asking.post("/x", content=mixed).status_code == 400
    assert asking.post("/x", content=json.dumps("[" * 1_000)).status_code == 200


def test_json_in_other_encodings_cannot_hide_its_depth() -> None:
    deep = "[" * 1_000 + "]" * 1_000
    headers = {"content-type": "application/json"}
    for encoding in ("utf-16", "utf-32-le"):
        reply = client(limited()).post("/x", content=deep.encode(encoding), headers=headers)
        assert reply.status_code == 400
    flat = client(limited()).post("/x", content='"a"'.encode("utf-16-le"), headers=headers)
    assert flat.status_code == 400


@pytest.mark.parametrize(
    "text", [b"[NaN]", b"[-Infinity]", b"1e999", rb'"\ud800"', b"\xff", b"1" * 9_999]
)
def test_what_python_takes_for_json_but_nobody_else_is_refused(text: bytes) -> None:
    asking = client(limited())
    headers = {"content-type": "application/json; charset=utf-8"}
    assert asking.post("/x", content=text, headers=headers).status_code == 400
    assert asking.post("/x", content=text).status_code == 200  # it does not claim to be JSON
    assert asking.post("/x", content=b"", headers=headers).status_code == 200
    assert asking.post("/x", content=rb'"\ud83d\ude00"', headers=headers).status_code == 200


def test_too_many_headers_are_refused() -> None:
    asking = client(HeaderLimit(fine))
    assert asking.get("/", headers={f"x-{n}": "y" for n in range(80)}).status_code == 200
    for headers in ({f"x-{n}": "y" for n in range(101)}, {"x": "y" * 33_000}):
        assert asking.get("/", headers=headers).status_code == 431
    assert asking.get("/?" + "q" * 33_000).status_code == 431


def test_a_large_json_body_is_looked_at_without_holding_everybody_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[int] = []

    def fault_of(body: bytes, is_json: bool) -> str | None:
        threads.append(threading.get_ident())
        return json_faults.fault_of(body, is_json)

    monkeypatch.setattr(bodies, "fault_of", fault_of)
    scope = scope_of("POST", "/v1/articles", [(b"content-type", b"application/json")])
    large = b'{"text": "' + b"x" * bodies.MAX_BODY_BYTES + b'"}'
    assert asyncio.run(call(BodyLimit(fine), scope, chunks(large)))[0] == 200
    assert asyncio.run(call(BodyLimit(fine), scope, chunks(b"[" * 70_000)))[0] == 400
    assert len(threads) == 2
    assert threading.get_ident() not in threads


def test_depth_is_found_in_linear_time() -> None:
    def read(size: int) -> None:
        families = (b'"' * size, b'\\"' * (size // 2), b'"\\' * (size // 2), b"[{" * (size // 2))
        for text in families:
            nesting(text + b'"\\')

    assert grows_within(40, read, 20_000, 200_000, least_s=0.001)


# ---- origins ----


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://localhost"}, 200),
        ({"origin": "https://localhost"}, 200),  # a proxy speaks https for us
        ({"origin": "https://news.example"}, 200),
        ({"origin": "https://www.paper.example"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": "http://localhost:3000"}, 403),  # another program on this machine
        ({"origin": "https://news.example:8443"}, 403),
        ({"origin": "https://news.example.evil.example"}, 403),
        ({"origin": "https://evilpaper.example"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "file://"}, 403),
        ({"origin": "http://[::"}, 403),
        ({"origin": "http://localhost:99999"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://localhost", "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_only_our_own_page_changes_things(headers: dict[str, str], status: int) -> None:
    asking = client(SameOrigin(fine, hosts=["news.example", "*.paper.example", "*"]))
    for method in ("POST", "PUT", "PATCH", "DELETE", "BREW"):
        assert asking.request(method, "/v1/x", headers=headers).status_code == status
    assert asking.get("/v1/x", headers=headers).status_code == 200


# ---- proxies ----


def behind(trusted: tuple[str, ...] = (), root_path: str = "") -> TestClient:
    return client(BehindProxy(fine, trusted=trusted, root_path=root_path), "10.0.0.5")


FORWARDED = {
    "x-forwarded-for": "203.0.113.9, 198.51.100.7",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "news.example",
}


def test_nobody_says_who_he_is_unless_he_is_trusted() -> None:
    told = behind().get("/", headers=FORWARDED).json()
    assert (told["client"], told["scheme"]) == ("10.0.0.5", "http")
    assert (told["host"], told["forwarded"]) == ("localhost", [])


def test_a_trusted_proxy_is_believed_but_not_what_its_client_added() -> None:
    told = behind(("10.0.0.0/8",)).get("/", headers=FORWARDED).json()
    assert (told["client"], told["scheme"]) == ("198.51.100.7", "https")
    assert (told["host"], told["forwarded"]) == ("news.example", [])


def test_a_trusted_proxy_is_known_at_a_socket_for_both_kinds_of_address() -> None:
    asking = client(BehindProxy(fine, trusted=["10.0.0.0/8"]), "::ffff:10.0.0.5")
    assert asking.get("/", headers=FORWARDED).json()["client"] == "198.51.100.7"


@pytest.mark.parametrize("path", ["/v1/x", "/news/v1/x"])
def test_a_path_may_come_with_the_root_or_without(path: str) -> None:
    assert behind(root_path="/news").get(path).json()["path"] == "/v1/x"


def test_the_root_without_a_slash_leads_to_the_page() -> None:
    reply = behind(root_path="/news/").get("/news", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (308, "/news/")
    assert behind(root_path="/news").get("/newsletter").json()["path"] == "/newsletter"


def test_a_link_to_a_conversation_without_the_roots_slash_still_names_it() -> None:
    reply = behind(root_path="/news").get("/news?shared=abc&x=1", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (308, "/news/?shared=abc&x=1")


@pytest.mark.parametrize(
    "root", ["news", "//evil.example", "/a b", "/a/../b", "/é", "/a;b", "/%2e"]
)
def test_a_root_path_is_a_plain_path(root: str) -> None:
    with pytest.raises(ValueError, match="root path"):
        BehindProxy(fine, root_path=root)


def test_a_proxy_is_named_by_its_address() -> None:
    with pytest.raises(ValueError, match="proxy"):
        BehindProxy(fine, trusted=["proxy.example"])


# ---- doors ----


@pytest.mark.parametrize(
    ("path", "open_"),
    [
        ("/", True),
        ("/config", True),
        ("/theme.css", True),
        ("/gradio_api/info", True),
        ("/gradio_api/queue/join", True),
        ("/gradio_api/run/predict", True),
        ("/gradio_api/heartbeat/abc", True),
        ("/gradio_api/upload", False),
        ("/gradio_api/call/_on_ask", False),
        ("/gradio_api/api/predict", False),
        ("/gradio_api/file=/etc/passwd", False),
        ("/gradio_api/file=https://evil.example/x", False),
        ("/gradio_api/file/etc/passwd", False),
        ("/gradio_api/proxy=https://evil.example/x", False),
        ("/gradio_api/component_server", False),
        ("/gradio_api/stream/x", False),
        ("/gradio_api/process_recording", False),
        ("/gradio_api/vibe-edit", False),
        ("/gradio_api/deep_link", False),
        ("/gradio_api/dev/reload", False),
        ("/gradio_api/openapi.json", False),
        ("/gradio_api/mcp/sse", False),
        ("/gradio_api/info\n/x", False),
        ("/monitoring/summary", False),
        ("/gradio_api", False),
    ],
)
def test_what_the_page_does_not_need_is_shut(path: str, open_: bool) -> None:
    status = asyncio.run(call(Doors(fine), scope_of("GET", path)))[0]
    assert status == (200 if open_ else 404)


FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": ["Who?", "{}", None], "fn_index": 0, "session_hash": "x"}, 200),
        ({"data": [], "event_data": None, "trigger_id": 3}, 200),
        ({"data": [], "event_data": {"index": 1, "value": "x"}}, 200),
        ({"session_hash": "x", "fn_index": 0, "event_id": "y"}, 200),
        ({"data": [FILE]}, 422),
        ({"data": [[FILE]]}, 422),
        ({"data": FILE}, 422),
        ({"data": ["x"], "event_data": FILE}, 422),
        ({"data": ["x"], "event_data": {"path": "/etc/passwd"}}, 422),
        ({"data": ["x"], "event_data": {"_data": FILE}}, 422),
        ({"data": ["x"], "other": FILE}, 422),
        ([FILE], 422),
        ("x", 422),
    ],
)
def test_gradio_is_sent_nothing_that_it_takes_for_a_file(sent: object, status: int) -> None:
    """A mounted Gradio reads any file that it is told of in a request."""
    for path in ("/gradio_api/queue/join", "/gradio_api/run/predict", "/gradio_api/call/x"):
        for kind in ("application/json", "text/plain", ""):
            body = json.dumps(sent).encode()
            headers = {"content-type": kind}
            reply = client(PlainData(fine)).post(path, content=body, headers=headers)
            assert reply.status_code == status
            assert status != 200 or reply.json()["length"] == len(body)
    assert client(PlainData(fine)).post("/v1/x", json=sent).status_code == 200


def test_where_gradio_breaks_on_a_wish_the_wish_was_malformed() -> None:
    app = FastAPI()

    @app.post("/gradio_api/queue/join")
    @app.post("/gradio_api/run/predict")
    def breaks() -> None:
        raise KeyError(-1)

    outer = Doors(app)
    reply = client(outer).post("/gradio_api/queue/join")
    assert reply.status_code == 400
    assert reply.headers["content-type"] == PROBLEM
    with pytest.raises(KeyError):
        client(outer).post("/gradio_api/run/predict")


def test_a_route_of_ours_is_reached_with_its_whole_body() -> None:
    app = FastAPI()

    @app.post("/v1/articles")
    async def add(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit)
    body = b"x" * 3_000_000
    assert client(app).post("/v1/articles", content=body).json() == len(body)
    too_large = b"x" * (25 * 1024 * 1024 + 1)
    reply = client(app).post("/v1/articles", content=iter([too_large]))
    assert reply.status_code == 413
