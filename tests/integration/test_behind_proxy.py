"""The page below a path of another server, through a real proxy: files, queue and our routes."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tests.integration.rooms import Asker, RunningRoom, running_room

ROOT = "/news"
_OF_ONE_HOP = {"host", "connection", "transfer-encoding", "keep-alive"}


@dataclass(frozen=True)
class Way:
    """How a proxy passes requests on: with the root path or without, with the host or its own."""

    keeps_path: bool
    keeps_host: bool


def proxy(target: str, way: Way) -> Starlette:
    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=target, timeout=60) as client:
            app.state.client = client
            yield

    async def pass_on(request: Request) -> Response:
        client: httpx.AsyncClient = request.app.state.client
        path = request.url.path if way.keeps_path else request.url.path.removeprefix(ROOT)
        headers = [pair for pair in request.headers.raw if pair[0].decode() not in _OF_ONE_HOP]
        host = request.headers["host"].encode()
        headers.append((b"host", host if way.keeps_host else b"127.0.0.1"))
        headers += [(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-host", host)]
        sent = client.build_request(
            request.method,
            httpx.URL(path=path, query=request.url.query.encode()),
            headers=headers,
            content=await request.body(),
        )
        reply = await client.send(sent, stream=True)
        kept = [pair for pair in reply.headers.raw if pair[0].decode().lower() not in _OF_ONE_HOP]
        passed = StreamingResponse(reply.aiter_raw(), reply.status_code)
        passed.raw_headers = kept
        return passed

    methods = ["GET", "HEAD", "POST", "DELETE"]
    return Starlette(
        routes=[Route(f"{ROOT}{{path:path}}", pass_on, methods=methods)], lifespan=life
    )


@contextmanager
def running_proxy(target: str, way: Way) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(proxy(target, way), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRoom]:
    settings = {"root_path": ROOT, "trusted_proxies": ["127.0.0.1"]}
    with running_room(tmp_path_factory.mktemp("proxied"), **settings) as started:
        yield started


@pytest.fixture(
    params=[Way(False, True), Way(True, True), Way(False, False)],
    ids=["path-stripped", "path-kept", "host-replaced"],
)
def site(room: RunningRoom, request: pytest.FixtureRequest) -> Iterator[str]:
    with running_proxy(room.url, request.param) as address:
        yield address


def test_the_page_works_below_its_path(site: str) -> None:
    with httpx.Client(base_url=f"{site}{ROOT}/", timeout=60) as client:
        page = client.get("")
        assert page.status_code == 200
        assert f"Path={ROOT}/;" in page.headers["set-cookie"]
        assert f'"root":"{site}{ROOT}"' in page.text.replace(" ", "")
        addresses = re.findall(r'(?:src|href)="(?:\./)?((?:room|assets)/[^"]+)"', page.text)
        assert len(addresses) > 5
        for address in addresses:
            assert client.get(address).status_code == 200
        assert client.get("v1/articles").json()["total"] == 6
        asker = Asker(client)
        assert asker.config["root"] == f"{site}{ROOT}"
        assert '"process_completed"' in asker.ask("Who found the leak?")


def test_without_its_last_slash_the_address_is_put_right(room: RunningRoom) -> None:
    reply = httpx.get(f"{room.url}{ROOT}", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (308, f"{ROOT}/")


def test_the_page_may_write_below_its_path_and_other_sites_may_not(site: str) -> None:
    own = {"origin": site}
    with httpx.Client(base_url=f"{site}{ROOT}/", timeout=60) as client:
        assert client.post("v1/feedback", json={}, headers=own).status_code != 403
        foreign = {"origin": "https://evil.example"}
        assert client.post("v1/feedback", json={}, headers=foreign).status_code == 403
