"""Who a browser is: the cookie, and what is made of it inside routes and Gradio's queue."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from qa.interfaces.wall.visitors import COOKIE, Visitors, may_write, visitor_of

VALUE = "v" * 43
KEY = "v:" + hashlib.sha256(VALUE.encode()).hexdigest()


def application(**options: Any) -> FastAPI:
    app = FastAPI()

    @app.get("/")
    @app.get("/v1/who")
    @app.post("/v1/articles")
    @app.delete("/v1/articles/x")
    @app.post("/v1/feedback")
    def who(request: Request) -> dict[str, Any]:
        return {"visitor": visitor_of(request), "may_write": may_write(request)}

    app.add_middleware(Visitors, **options)
    return app


@pytest.fixture
def client() -> TestClient:
    return TestClient(application(), base_url="http://localhost")


def test_the_page_brings_a_cookie_that_scripts_cannot_read(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"]
    parts = cookie.split("; ")
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}", parts[0])
    assert parts[1:] == ["Max-Age=31536000", "Path=/", "HttpOnly", "SameSite=Lax"]


def test_two_browsers_get_two_cookies() -> None:
    app = application()
    seen = {TestClient(app).get("/").json()["visitor"] for _ in range(5)}
    assert len(seen) == 5


def test_a_browser_stays_who_it_was(client: TestClient) -> None:
    first = client.get("/").json()["visitor"]
    assert re.fullmatch("v:[0-9a-f]{64}", first)
    assert client.get("/v1/who").json()["visitor"] == first
    assert client.get("/").json()["visitor"] == first


def test_other_paths_bring_no_cookie(client: TestClient) -> None:
    reply = client.get("/v1/who")
    assert "set-cookie" not in reply.headers
    assert reply.json()["visitor"] is None


@pytest.mark.parametrize(
    "value", ["", "short", "v" * 42, "v" * 44, "v" * 42 + "!", "é" * 43, "../" * 14 + "x"]
)
def test_a_malformed_cookie_is_nobodys_and_is_replaced(client: TestClient, value: str) -> None:
    headers = [(b"cookie", f"{COOKIE}={value}".encode())]
    assert client.get("/v1/who", headers=headers).json()["visitor"] is None
    assert client.get("/", headers=headers).json()["visitor"].startswith("v:")


def test_the_key_tells_nothing_of_the_cookie(client: TestClient) -> None:
    reply = client.get("/v1/who", headers={"cookie": f"a=b; {COOKIE}={VALUE}; c=d"})
    assert reply.json()["visitor"] == KEY


def test_over_https_the_cookie_never_goes_over_http() -> None:
    client = TestClient(application(), base_url="https://localhost")
    assert client.get("/").headers["set-cookie"].endswith("; Secure")


def test_below_a_root_path_the_cookie_is_for_that_path() -> None:
    client = TestClient(application(), base_url="http://localhost", root_path="/news")
    assert "; Path=/news/;" in client.get("/news/").headers["set-cookie"]


def test_on_a_read_only_site_articles_stay(client: TestClient) -> None:
    assert client.post("/v1/articles").json()["may_write"] is True
    closed = TestClient(application(read_only=True))
    assert closed.get("/v1/who").json()["may_write"] is False
    for reply in (closed.post("/v1/articles"), closed.delete("/v1/articles/x")):
        assert reply.status_code == 403
        assert reply.headers["content-type"] == "application/problem+json"
    assert closed.post("/v1/feedback").status_code == 200


@pytest.fixture
def gradio_client() -> Iterator[TestClient]:
    """A Gradio page with one queued listener that says who asks."""

    async def who(request: gr.Request) -> AsyncIterator[str]:
        yield f"{visitor_of(request)} {may_write(request)}"

    async def build() -> FastAPI:
        with gr.Blocks(analytics_enabled=False) as demo:
            shown = gr.Textbox()
            demo.load(lambda: None)
            gr.Button("who").click(who, None, shown, api_name="who")
        app = FastAPI()
        gr.mount_gradio_app(app, demo, "/", run_history=False, ssr_mode=False)
        app.add_middleware(Visitors)
        return app

    with TestClient(asyncio.run(build()), base_url="http://localhost") as client:
        yield client


def test_a_listener_in_gradios_queue_knows_who_asks(gradio_client: TestClient) -> None:
    cookie = {"cookie": f"{COOKIE}={VALUE}"}
    joined = gradio_client.post("/gradio_api/call/who", json={"data": []}, headers=cookie)
    answer = gradio_client.get(f"/gradio_api/call/who/{joined.json()['event_id']}", headers=cookie)
    assert f"{KEY} True" in answer.text


def test_without_a_cookie_a_listener_knows_nobody(gradio_client: TestClient) -> None:
    joined = gradio_client.post("/gradio_api/call/who", json={"data": []})
    answer = gradio_client.get(f"/gradio_api/call/who/{joined.json()['event_id']}")
    assert "None True" in answer.text
