"""The web application's outer wall, without a browser: headers, nonces, hosts, sizes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpus import Article, ArticleNotFound
from qa.interfaces.web import build_app
from qa.interfaces.web.guard import MAX_BODY_BYTES
from qa.types import Answer

GRADIO_SCRIPTS = 6  # one more would be blessed with a nonce, so a new one has to be looked at
ARTICLE = Article(
    id="a/b.c-1 é", title="</script><script>x</script>", text="One. 😀 Two.", source="a.md"
)


@dataclass(frozen=True)
class Stats:
    articles: int = 1
    passages: int = 2
    first_published: str | None = None
    last_published: str | None = None


class NoModel:
    """An assistant that holds one article and answers nothing."""

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer:
        return Answer(question=question, text=None, confidence=0.0, citations=())

    def article(self, article_id: str, *, version: str | None = None) -> Article:
        if article_id != ARTICLE.id:
            raise ArticleNotFound(f"no article {article_id!r}")
        return ARTICLE

    def stats(self) -> Stats:
        return Stats()

    def warm_up(self) -> None:
        pass


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    async def build() -> FastAPI:
        examples = ["</script><script>alert(1)</script>"]
        return build_app(NoModel(), examples=examples, hosts=["reading.room"])

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


def test_every_page_has_a_nonce_of_its_own(client: TestClient) -> None:
    assert len({policy(client) for _ in range(5)}) == 5
    assert client.get("/").headers["cache-control"] == "no-store"


def test_every_script_of_the_page_has_the_nonce_and_there_are_no_more_than_known(
    client: TestClient,
) -> None:
    reply = client.get("/", headers={"accept-encoding": "gzip"})
    nonce = reply.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    scripts = re.findall(r"<script[^>]*>", reply.text)
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert len(scripts) == GRADIO_SCRIPTS + 1
    assert int(reply.headers["content-length"]) == len(reply.content)


def test_the_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    assert "githubusercontent" not in page
    assert re.findall(r"""(?:src|href|content)=["'](?:https?:)?//[^"']+""", page) == []


@pytest.mark.parametrize(
    "path", ["/", "/v1/health", "/v1/articles/none", "/room/room.js", "/config"]
)
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "content-security-policy" in headers


def test_hashed_addresses_are_kept_for_ever_and_others_asked_about(client: TestClient) -> None:
    page = client.get("/").text
    ours = re.findall(r'(?:href|src)="(room/[^"]+\?v=[^"]+)"', page)
    theirs = re.findall(r'(?:href|src)="\./(assets/[^"]+)"', page)
    assert len(ours) == 5
    assert theirs
    for address in [*ours, *theirs]:
        reply = client.get(f"/{address}")
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"]
    assert client.get("/room/pane.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:7860"]
)
def test_a_foreign_host_is_refused_everywhere(client: TestClient, host: str) -> None:
    for path in ("/", "/v1/articles/x", "/config", "/room/room.js"):
        assert client.get(path, headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7860", "[::1]:7860", "reading.room"])
def test_our_own_hosts_are_served(client: TestClient, host: str) -> None:
    assert client.get("/v1/health", headers={"host": host}).status_code == 200


def test_a_large_body_is_refused_before_anybody_reads_it(client: TestClient) -> None:
    path = "/gradio_api/queue/join"
    reply = client.post(path, content=b"x" * (MAX_BODY_BYTES + 1))
    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"
    unannounced = client.post(path, content=iter([b"x" * MAX_BODY_BYTES, b"x"]))
    assert unannounced.status_code == 413
    assert client.post(path, content=b"x" * MAX_BODY_BYTES).status_code != 413


def test_an_article_comes_whole_by_an_id_of_any_shape(client: TestClient) -> None:
    reply = client.get("/v1/articles/a%2Fb.c-1%20%C3%A9")
    assert reply.json() == {
        "id": ARTICLE.id,
        "title": ARTICLE.title,
        "outlet": None,
        "published": None,
        "source": "a.md",
        "text": ARTICLE.text,
        "version": ARTICLE.version,
        "marks": [],
        "updated": False,
    }


def test_nobody_can_leave_files_here(client: TestClient) -> None:
    reply = client.post("/gradio_api/upload", files={"files": ("a.txt", b"text")})
    assert reply.status_code == 403
    assert reply.headers["content-type"] == "application/problem+json"


def test_an_article_that_is_not_there_is_a_problem(client: TestClient) -> None:
    reply = client.get("/v1/articles/none")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["status"] == 404
    assert "none" in reply.json()["detail"]


def test_health_tells_what_is_indexed(client: TestClient) -> None:
    assert client.get("/v1/health").json() == {"status": "ok", "articles": 1, "passages": 2}


def test_no_listener_is_public_and_nothing_is_monitored(client: TestClient) -> None:
    described = client.get("/gradio_api/info").json()
    assert described == {"named_endpoints": {}, "unnamed_endpoints": {}}
    assert client.get("/monitoring/summary").status_code in {403, 404}
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404
