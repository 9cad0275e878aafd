"""The page and the API on one server: what each serves there, and what neither takes of the other.

Both have one origin. So each kind of caller is tried on each kind of path: a visitor, somebody who
has logged in, a program with a key or without, and the page of another site.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from corpus import PullquoteError, StoreError
from qa import Assistant
from qa.interfaces.page_and_api import build_page_and_api
from qa.interfaces.rest.access import is_of_api
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.document import document
from qa.interfaces.rest.keys import new_key
from qa.interfaces.rest.told import AnswerTold, Problem
from qa.interfaces.wall.limits import Limits, Rate
from qa.interfaces.web import Room, RoomSettings, build_app
from qa.interfaces.web.dialogue import Dialogue
from qa.interfaces.web.talk import Question
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, plain_calibration

ASKED = {"question": "When did the tidal barrier open?"}
PASTED = {"text": "The lock gates of the old canal jammed on Sunday.", "title": "Gates jam"}
SITE = "https://news.example"
PASSWORD = "correct horse"
OWN_ORIGIN = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
LISTED = {"origin": SITE, "sec-fetch-site": "cross-site"}
OFTEN = Rate(10_000, 100_000)
NO_LIMITS = Limits(questions=OFTEN, controls=OFTEN, writes=OFTEN, reads=OFTEN)

OF_PAGE = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/gradio_api/info"),
    ("POST", "/gradio_api/queue/join"),
    ("GET", "/v1/suggestions"),
    ("GET", "/v1/conversations"),
    ("DELETE", "/v1/conversations"),
    ("POST", "/v1/conversations/abc/share"),
    ("GET", "/v1/feedback"),
    ("POST", "/v1/feedback"),
    ("GET", "/v1/feedback/export"),
]
"""What the page has for itself."""

READING = [
    ("POST", "/v1/ask"),
    ("POST", "/v1/retrieve"),
    ("GET", "/v1/retrieve?question=barrier"),
    ("GET", "/v1/stories"),
    ("GET", "/metrics"),
]
"""What the API has for itself."""

LOOKING = ["/v1/articles", "/v1/articles/mayor", "/v1/outlets", "/v1/library"]
"""What both offer."""


def built(build: Callable[..., FastAPI], room: Room, **given: Any) -> FastAPI:
    """Build an application while an event loop runs, as Gradio leaves one open where none does."""

    async def building() -> FastAPI:
        return build(room, **given)

    return asyncio.run(building())


@contextmanager
def serving(assistant: Assistant, **given: Any) -> Iterator[TestClient]:
    """Serve both; what is given is for the API or, else, for the room."""
    of_api = {name: given.pop(name) for name in ("keys_file", "origins") if name in given}
    settings = RoomSettings(limits=given.pop("limits", NO_LIMITS), **given)
    with contextlib.closing(Room(assistant, settings)) as room:
        app = built(build_page_and_api, room, **of_api)
        with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
            room.wait()
            yield client


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Any]:
    path, headers = tmp_path / "keys", {}
    with path.open("w") as file:
        for name, scopes in (("reader", ["read"]), ("writer", ["write"])):
            key, line = new_key(name, scopes)
            file.write(line + "\n")
            headers[name] = {"authorization": f"Bearer {key}"}
    path.chmod(0o600)
    return {"file": path, "wrong": {"authorization": "Bearer pq_wrong"}, **headers}


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    path = tmp_path / "accounts"
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    path.write_text(f"ada:{quick.hash(PASSWORD)}\n")
    path.chmod(0o600)
    return path


def send(client: TestClient, method: str, path: str, headers: dict[str, str]) -> Any:
    body = json.dumps(ASKED).encode() if method == "POST" else b""
    kind = {"content-type": "application/json"} if body else {}
    return client.request(method, path, content=body, headers={**kind, **headers})


def problem(reply: Any, status: int) -> str:
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    return Problem.model_validate(reply.json()).detail


def shared_with(reply: Any) -> list[str]:
    return [name for name in reply.headers if name.startswith("access-control-")]


# -- what is served ------------------------------------------------------------------------------


def test_page_and_api_answer_side_by_side(assistant: Assistant) -> None:
    with serving(assistant) as client:
        page = client.get("/")
        assert "<gradio-app" in page.text
        assert "room/room.js" in page.text
        assert client.get("/config").json()["dependencies"]
        told = client.post("/v1/ask", json=ASKED).json()
        AnswerTold.model_validate(told)
        assert told == assistant.ask(ASKED["question"]).to_dict()
        assert client.get("/v1/stories").json()["total"] == 0
        assert client.get("/v1/ready").json() == {"status": "ready"}
        assert client.get("/v1/health").json()["articles"] == 4
        assert "pullquote_articles 4.0" in client.get("/metrics").text
        assert "<h1>pullquote API" in client.get("/v1/docs").text
        for path in LOOKING:
            assert client.get(path).status_code == 200
        assert client.get("/v1/suggestions").status_code == 200
        assert page.headers["x-request-id"]


def test_what_programs_add_the_page_lists_and_the_other_way_round(assistant: Assistant) -> None:
    with serving(assistant) as client:
        (added,) = client.post("/v1/articles", json=PASTED).json()["articles"]
        row = client.get("/v1/articles?query=gates jam").json()["articles"][0]
        assert row["id"] == added["id"]
        undo = client.delete(f"/v1/articles/{added['id']}", headers=OWN_ORIGIN).json()["undo"]
        assert client.post("/v1/articles/undo", json={"undo": undo}).status_code == 200


def test_a_page_alone_has_none_of_the_api_s_routes(assistant: Assistant) -> None:
    with contextlib.closing(Room(assistant, RoomSettings())) as room:
        client = TestClient(built(build_app, room), base_url="http://localhost")
        for method, path in READING:
            assert send(client, method, path, {}).status_code in {404, 405}
        for path in ("/v1/ready", "/v1/openapi.json", "/v1/docs"):
            assert client.get(path).status_code == 404
        assert "x-request-id" not in client.get("/v1/health").headers


def test_it_is_ready_once_the_room_has_loaded_the_models(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads, go_on = [0], threading.Event()

    def load() -> None:
        loads[0] += 1
        assert go_on.wait(20)

    monkeypatch.setattr(assistant, "warm_up", load)
    with (
        contextlib.closing(Room(assistant, RoomSettings(limits=NO_LIMITS))) as room,
        TestClient(built(build_page_and_api, room), base_url="http://localhost") as client,
    ):
        reply = client.get("/v1/ready")
        problem(reply, 503)
        assert int(reply.headers["retry-after"]) >= 1
        assert client.get("/").status_code == 200
        go_on.set()
        room.warming.wait()
        assert client.get("/v1/ready").status_code == 200
    assert loads == [1]


def test_it_is_never_ready_if_the_models_cannot_be_loaded(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("no model")

    monkeypatch.setattr(assistant, "warm_up", fail)
    with serving(assistant) as client:
        problem(client.get("/v1/ready"), 503)


# -- the description -----------------------------------------------------------------------------


def described(client: TestClient) -> Any:
    found = client.get("/v1/openapi.json").json()
    validate(found)
    return found


def without_ways(found: Any) -> Any:
    """Return a document without what it says of who may call."""
    found = json.loads(json.dumps(found))
    found["components"].pop("securitySchemes", None)
    for operations in found["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
            operation["responses"].pop("401", None)
    return found


def ways(found: Any, path: str, method: str = "get") -> Any:
    return found["paths"][path][method].get("security")


def test_without_keys_the_document_is_that_of_the_api_alone(assistant: Assistant) -> None:
    with serving(assistant) as client:
        assert described(client) == json.loads(json.dumps(document(Api(assistant))))


def test_it_differs_from_that_of_the_api_alone_in_who_may_call_only(
    assistant: Assistant, keys: dict[str, Any], accounts: Path
) -> None:
    alone = document(Api(assistant, ApiSettings(keys_file=keys["file"])))
    with serving(assistant, keys_file=keys["file"]) as client:
        beside = described(client)
    with serving(assistant, keys_file=keys["file"], auth_file=accounts) as client:
        behind_login = described(client)
    with serving(assistant, auth_file=accounts) as client:
        login_only = described(client)
    for found in (beside, behind_login, login_only):
        assert without_ways(found) == without_ways(alone)
    for own in ("/v1/stories", "/metrics"):
        assert ways(beside, own) == ways(alone, own) == [{"key": []}]
        assert ways(behind_login, own) == [{"key": []}, {"session": []}]
        assert ways(login_only, own) == [{"session": []}]
    assert ways(beside, "/v1/articles") == [{"key": []}, {}]  # the page asks for it without one
    assert ways(behind_login, "/v1/articles") == [{"key": []}, {"session": []}]
    assert ways(beside, "/v1/ready") is ways(behind_login, "/v1/health") is None


def test_what_is_of_the_api_is_what_its_document_tells(assistant: Assistant) -> None:
    found = document(Api(assistant))["paths"]
    assert all(is_of_api(path) for path in found)
    with contextlib.closing(Room(assistant, RoomSettings())) as room:
        routes = [
            route for router in room.routers() for route in iter_route_contexts(router.routes)
        ]
    of_page = {str(route.path).replace(":path", "") for route in routes} - set(found)
    assert len(of_page) > 4
    assert not [path for path in of_page if is_of_api(path)]


# -- errors --------------------------------------------------------------------------------------


def test_what_the_api_has_not_is_told_as_a_problem_and_gradio_s_errors_stay(
    assistant: Assistant,
) -> None:
    with serving(assistant) as client:
        for path in ("/v1/nothing", "/v1/", "/v1/askance", "/v1/stories/nobody", "/v1/ask/"):
            problem(client.get(path), 404)
        for method, path, allowed in (
            ("PUT", "/v1/ask", "POST"),
            ("GET", "/v1/ask", "POST"),
            ("PATCH", "/v1/health", "GET"),
            ("POST", "/metrics", "GET"),
            ("BREW", "/v1/stories", "GET"),
            ("PUT", "/v1/conversations", "GET"),
        ):
            reply = client.request(method, path)
            problem(reply, 405)
            assert reply.headers["allow"] == allowed
        problem(client.post("/v1/ask", json={}), 422)
        assert client.get("/nothing/at/all").json() == {"detail": "Not Found"}
        lines = client.get("/metrics").text
        assert 'method="GET",route="other",status="404"' in lines
        assert "{rest" not in lines


def test_a_failure_of_the_index_is_a_problem_of_health_too(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreError("/secret/path is gone")

    with serving(assistant) as client:
        monkeypatch.setattr(assistant, "stats", fail)
        reply = client.get("/v1/health")
    assert "secret" not in problem(reply, 503)


# -- overload and rates --------------------------------------------------------------------------


def test_questions_of_both_are_counted_together(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    answered = assistant.ask

    def slow(*given: Any, **named: Any) -> Any:
        assert go_on.wait(20)
        return answered(*given, **named)

    monkeypatch.setattr(assistant, "ask", slow)
    limits = Limits(questions=OFTEN, questions_waiting=5)
    with contextlib.closing(Room(assistant, RoomSettings(limits=limits))) as room:
        asyncio.run(_ask_both(room, go_on))


async def _ask_both(room: Room, go_on: threading.Event) -> None:
    transport = httpx.ASGITransport(app=build_page_and_api(room))

    async def of_page() -> list[Any]:
        return [screen async for screen in room.talk.ask(Question(text="Who won?"), Dialogue())]

    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        asking: list[asyncio.Task[Any]]
        asking = [asyncio.create_task(of_page()) for _ in range(3)]
        asking += [asyncio.create_task(client.post("/v1/ask", json=ASKED)) for _ in range(2)]
        while "pullquote_questions_waiting 5.0" not in (await client.get("/metrics")).text:
            await asyncio.sleep(0.01)
        refused = await client.post("/v1/ask", json=ASKED)
        forged = await client.post("/v1/ask", json=ASKED, headers=OWN_ORIGIN)
        from_page = await client.post("/gradio_api/queue/join", json={}, headers=OWN_ORIGIN)
        go_on.set()
        await asyncio.gather(*asking)
        for reply in (refused, forged):  # a program does not get in by claiming to be the page
            assert "5 questions are waiting" in problem(reply, 503)
            assert int(reply.headers["retry-after"]) >= 1
        assert from_page.status_code != 503  # the page says so itself
        assert (await client.post("/v1/ask", json=ASKED)).status_code == 200


def test_to_look_passages_up_by_post_is_no_write(assistant: Assistant) -> None:
    limits = Limits(writes=Rate(1, 1), reads=OFTEN)
    with serving(assistant, limits=limits) as client:
        statuses = {client.post("/v1/retrieve", json=ASKED).status_code for _ in range(5)}
    assert statuses == {200}


# -- keys ----------------------------------------------------------------------------------------


def test_with_keys_the_page_is_as_open_as_before_and_the_api_s_own_paths_are_not(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    with serving(assistant, keys_file=keys["file"]) as client:
        for path in ("/", "/config", "/v1/suggestions", "/v1/conversations", *LOOKING):
            assert client.get(path).status_code == 200
        assert client.post("/v1/articles", json=PASTED, headers=OWN_ORIGIN).status_code == 200
        for method, path in READING:
            problem(send(client, method, path, OWN_ORIGIN), 401)
            problem(send(client, method, path, keys["wrong"]), 401)
            problem(send(client, method, path, keys["writer"]), 403)
            assert send(client, method, path, keys["reader"]).status_code == 200
        problem(client.post("/v1/articles", json=PASTED, headers=keys["reader"]), 403)
        problem(client.get("/v1/articles", headers=keys["wrong"]), 401)
        for path in ("/v1/health", "/v1/ready", "/v1/openapi.json", "/v1/docs"):
            assert client.get(path, headers=keys["wrong"]).status_code == 200


def test_on_the_page_s_paths_a_key_is_not_looked_at(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    """A proxy that knows people may send a bearer token of its own with whatever they ask."""
    with serving(assistant, keys_file=keys["file"], root_path="/news") as client:
        for root in ("", "/news"):
            for kind in ("wrong", "writer"):
                assert client.get(f"{root}/v1/conversations", headers=keys[kind]).status_code == 200
                assert client.get(f"{root}/config", headers=keys[kind]).status_code == 200
            problem(client.get(f"{root}/v1/stories"), 401)
            assert client.get(f"{root}/v1/stories", headers=keys["reader"]).status_code == 200


def test_a_login_needs_no_key_and_a_key_no_login_but_for_the_page(
    assistant: Assistant, keys: dict[str, Any], accounts: Path
) -> None:
    with serving(assistant, keys_file=keys["file"], auth_file=accounts) as client:
        for method, path in READING:
            refused = send(client, method, path, {})
            assert "send a key" in problem(refused, 401)
            assert refused.headers["www-authenticate"] == "Bearer"
            problem(send(client, method, path, keys["wrong"]), 401)
            assert send(client, method, path, keys["reader"]).status_code == 200
        for method, path in OF_PAGE:
            problem(send(client, method, path, keys["reader"]), 401)
        for path in LOOKING:
            problem(client.get(path), 401)
            assert client.get(path, headers=keys["reader"]).status_code == 200
        problem(client.post("/v1/articles", json=PASTED, headers=keys["reader"]), 403)
        assert client.post("/v1/articles", json=PASTED, headers=keys["writer"]).status_code == 200
        for path in ("/v1/health", "/v1/ready", "/v1/openapi.json", "/v1/docs"):
            assert client.get(path).status_code == 200
        for path in ("/v1/ready/x", "/v1/docs/../../config", "/v1/openapi.jsonx"):
            problem(client.get(path), 401)

        client.post("/login", data={"name": "ada", "password": PASSWORD})
        for method, path in READING:
            assert send(client, method, path, {}).status_code == 200
            problem(send(client, method, path, keys["writer"]), 403)  # a key that is sent counts
        for path in ("/", "/config", "/v1/conversations", *LOOKING):
            assert client.get(path).status_code == 200


def test_below_a_root_path_a_key_opens_the_api_and_no_more(
    assistant: Assistant, keys: dict[str, Any], accounts: Path
) -> None:
    settings = {"keys_file": keys["file"], "auth_file": accounts, "root_path": "/v1"}
    with serving(assistant, **settings) as client:  # a root path that looks like the API's
        assert client.get("/v1/v1/stories", headers=keys["reader"]).status_code == 200
        for path in ("/v1/conversations", "/v1/v1/conversations", "/v1/stories", "/v1/v1/v1/ask"):
            problem(client.get(path, headers=keys["reader"]), 401)


def test_without_keys_a_login_guards_the_api_too(assistant: Assistant, accounts: Path) -> None:
    with serving(assistant, auth_file=accounts) as client:
        for method, path in READING:
            assert "key" not in problem(send(client, method, path, {}), 401)
        client.post("/login", data={"name": "ada", "password": PASSWORD})
        for method, path in READING:
            assert send(client, method, path, {}).status_code == 200


def test_a_read_only_server_takes_no_articles_from_anybody(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    with serving(assistant, keys_file=keys["file"], read_only=True) as client:
        for headers in (OWN_ORIGIN, keys["writer"]):
            problem(client.post("/v1/articles", json=PASTED, headers=headers), 403)
            problem(client.delete("/v1/articles/mayor", headers=headers), 403)
        assert client.post("/v1/ask", json=ASKED, headers=keys["reader"]).status_code == 200


@pytest.mark.parametrize(
    "given", [{"origins": ["*"]}, {"keys_file": Path("/nowhere/keys")}, {"root_path": "news"}]
)
def test_settings_that_cannot_be_are_refused(assistant: Assistant, given: dict[str, Any]) -> None:
    with pytest.raises(PullquoteError), serving(assistant, **given):
        pass


# -- other sites' pages --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visited(made_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server that lists a site, and a browser that has been on its page, with the cookie."""
    folder, encoder = tmp_path_factory.mktemp("visited") / "index", HashingEncoder()
    shutil.copytree(made_index, folder)
    reader = SentenceReader(encoder, plain_calibration())
    with (
        Assistant.open(folder, encoder=encoder, reader=reader) as assistant,
        serving(assistant, origins=[SITE], root_path="/news") as client,
    ):
        client.get("/")
        assert client.cookies["pullquote_visitor"]
        yield client


PREFLIGHT = {
    **LISTED,
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
}


@pytest.mark.parametrize("root", ["", "/news"])
def test_a_listed_site_s_page_asks_and_reads(visited: TestClient, root: str) -> None:
    preflight = visited.options(f"{root}/v1/ask", headers=PREFLIGHT)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == SITE
    for method, path in (*READING, *(("GET", path) for path in LOOKING), ("GET", "/v1/ready")):
        reply = send(visited, method, root + path, LISTED)
        assert reply.status_code == 200
        assert reply.headers["access-control-allow-origin"] == SITE
        assert "access-control-allow-credentials" not in reply.headers
    problem(visited.post(f"{root}/v1/ask", json={}, headers=LISTED), 422)


@pytest.mark.parametrize("root", ["", "/news"])
@pytest.mark.parametrize("relation", ["cross-site", "same-site"])
def test_a_listed_site_s_page_may_have_nothing_of_the_page_s_own(
    visited: TestClient, root: str, relation: str
) -> None:
    headers = {"origin": SITE, "sec-fetch-site": relation}
    for method, path in OF_PAGE:
        reply = send(visited, method, root + path, headers)
        assert not shared_with(reply)  # a browser keeps it from the page that has asked
        if method != "GET":
            problem(reply, 403)
        wish = {**headers, "access-control-request-method": method}
        assert not shared_with(visited.options(root + path, headers=wish))


def test_a_listed_site_s_page_does_nothing_in_a_visitor_s_name(visited: TestClient) -> None:
    for reply in (
        visited.post("/v1/articles", json=PASTED, headers=LISTED),
        visited.post("/v1/articles", content=b"x", headers={**LISTED, "x-file-name": "a.txt"}),
        visited.post("/v1/articles/undo", json={"undo": "x"}, headers=LISTED),
        visited.delete("/v1/articles/mayor", headers=LISTED),
    ):
        assert "with a key" in problem(reply, 403)
        assert reply.headers["access-control-allow-origin"] == SITE  # so that it comes to know why
    assert visited.get("/v1/articles/mayor").status_code == 200
    assert "set-cookie" not in visited.post("/v1/ask", json=ASKED, headers=LISTED).headers


def test_a_listed_site_s_page_needs_a_key_where_programs_do(
    assistant: Assistant, keys: dict[str, Any], accounts: Path
) -> None:
    for more in ({}, {"auth_file": accounts}):
        with serving(assistant, origins=[SITE], keys_file=keys["file"], **more) as client:
            client.get("/")
            client.post("/login", data={"name": "ada", "password": PASSWORD}, headers=OWN_ORIGIN)
            for method, path in (*READING, *(("GET", path) for path in LOOKING)):
                refused = send(client, method, path, LISTED)
                problem(refused, 401)
                assert refused.headers["access-control-allow-origin"] == SITE
                reply = send(client, method, path, {**LISTED, **keys["reader"]})
                assert reply.status_code == 200
            problem(client.post("/v1/articles", json=PASTED, headers=LISTED), 401)
            sent = {**LISTED, **keys["writer"]}
            assert client.post("/v1/articles", json=PASTED, headers=sent).status_code == 200
            for method, path in OF_PAGE:
                assert not shared_with(send(client, method, path, {**LISTED, **keys["reader"]}))


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:3000", f"{SITE}.evil.example"]
)
def test_other_sites_pages_may_have_nothing_of_either(visited: TestClient, origin: str) -> None:
    headers = {"origin": origin, "sec-fetch-site": "same-site"}
    for method, path in (*OF_PAGE, *READING, *(("GET", path) for path in LOOKING)):
        reply = send(visited, method, path, headers)
        assert not shared_with(reply)
        if method != "GET":
            problem(reply, 403)
        wish = {**headers, "access-control-request-method": method}
        assert not shared_with(visited.options(path, headers=wish))


def test_nobody_reads_the_page_from_another_origin_because_gradio_lets_them(
    assistant: Assistant,
) -> None:
    """Asked for by a name of its own, Gradio shared its replies with every origin."""
    with contextlib.closing(Room(assistant, RoomSettings(hosts=["news.local"]))) as room:
        client = TestClient(built(build_app, room), base_url="http://news.local")
        headers = {"origin": "http://evil.local", "sec-fetch-site": "same-site"}
        wish = {**headers, "access-control-request-method": "GET"}
        for path in ("/", "/config", "/gradio_api/info"):
            reply = client.get(path, headers=headers)
            assert reply.status_code == 200
            assert not shared_with(reply)
            assert not shared_with(client.options(path, headers=wish))


def test_a_site_that_lists_itself_does_not_shut_its_visitors_out(assistant: Assistant) -> None:
    with serving(assistant, origins=["http://localhost"]) as client:
        reply = client.post("/v1/articles", json=PASTED, headers=OWN_ORIGIN)
        assert reply.status_code == 200


# -- writes that come twice ----------------------------------------------------------------------


def test_two_visitors_do_not_get_each_other_s_replies(assistant: Assistant) -> None:
    with serving(assistant) as client:
        headers = {**OWN_ORIGIN, "idempotency-key": "k"}
        client.get("/")
        assert client.post("/v1/articles", json=PASTED, headers=headers).status_code == 200
        again = client.post("/v1/articles", json=PASTED, headers=headers)
        assert again.headers["idempotency-replayed"] == "true"
        client.cookies.clear()
        client.get("/")
        other = client.post("/v1/articles", json=PASTED, headers=headers)
        assert "idempotency-replayed" not in other.headers


def test_requests_for_the_page_are_counted_under_one_name(assistant: Assistant) -> None:
    with serving(assistant) as client:
        for path in ("/", "/config", "/room/room.js"):
            client.get(path)
        routes = set(re.findall(r'route="([^"]+)"', client.get("/metrics").text))
    assert routes <= {"other", "/metrics"}
