"""What a browser is told about what this server sends: headers, nonces, tags, language."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.testclient import TestClient
from starlette.types import Scope

from qa.interfaces.wall.enclosure import Wall, enclose

GRADIO_SCRIPTS = 6  # one more would be blessed with a nonce, so a new one has to be looked at
HOSTILE = "</script><script>alert(1)</script>"


def head(scope: Scope) -> str:
    """Our tags; different for each request, as strings in the visitor's language are."""
    told = json.dumps(dict(scope["headers"]).get(b"x-told", b"").decode()).replace("<", "\\u003c")
    return f'<link rel="stylesheet" href="room/x.css?v=1"><script type="x">{told}</script>'


def language(scope: Scope) -> str:
    return str(dict(scope["headers"]).get(b"x-language", b"de").decode())


async def build() -> FastAPI:
    """A Gradio page with a hostile label behind the whole wall."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/room/x.css")
    @app.get("/v1/articles")
    def nothing() -> str:
        return ""

    with gr.Blocks(title="pullquote", analytics_enabled=False) as demo:
        gr.Button(HOSTILE).click(lambda: None, api_visibility="private")
    settings = {"run_history": False, "footer_links": [], "enable_monitoring": False}
    kwargs = {"openapi_url": None}
    gr.mount_gradio_app(app, demo, "/", ssr_mode=False, app_kwargs=kwargs, **settings)
    enclose(app, Wall(hosts=["reading.room"]), head=head, language=language)
    return app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    # In a running loop, because without one Gradio makes several and closes none.
    with TestClient(asyncio.run(build()), base_url="http://localhost:7860") as opened:
        yield opened


def policy(client: TestClient, path: str = "/") -> str:
    return str(client.get(path).headers["content-security-policy"])


def test_the_policy_allows_no_inline_script_and_no_eval(client: TestClient) -> None:
    scripts = next(part for part in policy(client).split("; ") if part.startswith("script-src"))
    assert re.fullmatch(r"script-src 'self' 'nonce-[\w-]{22}'", scripts)
    assert "connect-src 'self'" in policy(client)
    assert "object-src 'none'" in policy(client)
    assert "frame-ancestors 'self'" in policy(client)


def test_every_page_has_a_nonce_of_its_own(client: TestClient) -> None:
    assert len({policy(client) for _ in range(5)}) == 5
    assert client.get("/").headers["cache-control"] == "no-store"


def test_every_script_of_the_page_has_the_nonce_and_there_are_no_more_than_known(
    client: TestClient,
) -> None:
    reply = client.get("/", headers={"accept-encoding": "gzip", "x-told": HOSTILE})
    nonce = reply.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    scripts = re.findall(r"<script[^>]*>", reply.text)
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert len(scripts) == GRADIO_SCRIPTS + 1
    assert int(reply.headers["content-length"]) == len(reply.content)


def test_the_head_is_made_for_each_request_and_stands_first(client: TestClient) -> None:
    for told in ("one", "two"):
        page = client.get("/", headers={"x-told": told}).text
        assert '<head><link rel="stylesheet" href="room/x.css?v=1">' in page
        assert f'>"{told}"</script>' in page


def test_the_page_says_its_language(client: TestClient) -> None:
    page = client.get("/").text
    assert re.findall(r"<html[^>]*>", page)[0].count('lang="de"') == 1
    hostile = client.get("/", headers={"x-language": '"><script>'}).text
    assert 'lang="&quot;&gt;&lt;script&gt;"' in hostile


def test_the_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    assert "githubusercontent" not in page
    assert re.findall(r"""(?:src|href|content)=["'](?:https?:)?//[^"']+""", page) == []


def test_what_is_no_page_is_not_edited() -> None:
    app = FastAPI()

    @app.get("/")
    def broken() -> HTMLResponse:
        return HTMLResponse("<script>quoted by a refusal</script>", 422)

    enclose(app, Wall())
    reply = TestClient(app, base_url="http://localhost").get("/")
    assert "nonce" not in reply.text


@pytest.mark.parametrize("path", ["/", "/v1/articles", "/room/x.css", "/none", "/config"])
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    for headers in (
        client.get(path).headers,
        client.get(path, headers={"host": "evil.example"}).headers,
        client.post(path, headers={"origin": "https://evil.example"}).headers,
    ):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "content-security-policy" in headers


def test_hashed_addresses_are_kept_for_ever_and_others_asked_about(client: TestClient) -> None:
    theirs = re.findall(r'(?:href|src)="\./(assets/[^"]+)"', client.get("/").text)
    assert theirs
    for address in ["room/x.css?v=1", *theirs]:
        reply = client.get(f"/{address}")
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"]
    assert client.get("/room/x.css").headers["cache-control"] == "no-cache"


def test_what_is_searched_for_is_not_kept_because_it_looks_like_a_hash(client: TestClient) -> None:
    for query in ("query=tv=1", "v=1"):
        reply = client.get(f"/v1/articles?{query}")
        assert reply.status_code == 200
        assert "immutable" not in reply.headers.get("cache-control", "")
    assert "cache-control" not in client.get("/room/none.css?v=1").headers


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:7860", ""]
)
def test_a_foreign_host_is_refused_everywhere(client: TestClient, host: str) -> None:
    for path in ("/", "/v1/articles", "/config", "/room/x.css"):
        assert client.get(path, headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7860", "[::1]:7860", "reading.room"])
def test_our_own_hosts_are_served(client: TestClient, host: str) -> None:
    assert client.get("/v1/articles", headers={"host": host}).status_code == 200


def test_a_host_that_only_a_header_claims_is_not_told_to_the_page(client: TestClient) -> None:
    headers = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    assert "evil.example" not in client.get("/", headers=headers).text
    assert "evil.example" not in client.get("/config", headers=headers).text


def test_nothing_is_described_monitored_or_proxied(client: TestClient) -> None:
    described = client.get("/gradio_api/info").json()
    assert described == {"named_endpoints": {}, "unnamed_endpoints": {}}
    for path in ("/docs", "/redoc", "/openapi.json", "/monitoring/summary", "/monitoring"):
        assert client.get(path).status_code == 404
    assert client.get("/gradio_api/file=/etc/passwd").status_code == 404


def test_a_login_without_a_secret_is_refused() -> None:
    wall = Wall(accounts=object())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="secret"):
        enclose(FastAPI(), wall)
