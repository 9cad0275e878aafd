"""`pullquote serve --api` as it is run: one server with the page and the API, over one index."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from argon2 import PasswordHasher
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import positive_data_acceptance

from bench.servers import Server, running
from corpus import find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES
from qa import build_index
from qa.interfaces.rest.keys import new_key
from qa.interfaces.serve_command import serve
from tests.integration.conftest import PATIENCE_S
from tests.integration.rooms import Asker

QUESTION = "By how much did consumer prices rise in the year to February?"
PASSWORD = "open sesame"
COMMAND = "from qa.interfaces.cli import main; main()"
OPERATIONS = [
    *(("POST", "/v1/ask"), ("POST", "/v1/retrieve"), ("GET", "/v1/stories")),
    *(("GET", "/v1/articles"), ("GET", "/v1/articles/{article_id}"), ("GET", "/v1/outlets")),
    *(("GET", "/v1/library"), ("GET", "/v1/ready"), ("GET", "/metrics"), ("GET", "/v1/docs")),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("both") / "index"
    paths = islice(find_articles([SAMPLE_ARTICLES]).paths, 6)
    build_index(folder, [read_article(path).article for path in paths])
    return folder


def started(index: Path, *options: str | Path) -> AbstractContextManager[Server]:
    given = ["serve", "--api", "--index", index, "--port", "0", *options]
    return running(["-c", COMMAND, *given], log=index.parent / "log")


@pytest.fixture(scope="module")
def server(index: Path) -> Iterator[Server]:
    with started(index) as begun:
        yield begun
    assert "Traceback" not in (index.parent / "log").read_text()


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as opened:
        wait_until_ready(opened)
        yield opened


def wait_until_ready(client: httpx.Client) -> None:
    ends = time.monotonic() + PATIENCE_S
    while (reply := client.get("v1/ready")).status_code == 503:
        assert reply.headers["content-type"] == "application/problem+json"
        assert time.monotonic() < ends
        time.sleep(0.1)
    assert reply.json() == {"status": "ready"}


def test_the_page_and_programs_get_the_same_answer(client: httpx.Client) -> None:
    assert "room/room.js" in client.get("/").text
    told = client.post("v1/ask", json={"question": QUESTION}).raise_for_status().json()
    shown = unescape(Asker(client).ask(QUESTION))
    assert told["text"]
    assert told["text"] in shown
    assert told["citations"][0]["article_id"] in shown
    (kept,) = client.get("v1/conversations").json()["conversations"]
    turn = client.get(f"v1/conversations/{kept['id']}").json()["turns"][0]
    answer = turn["answer"]
    for each in ("question", "text", "confidence", "offset_unit", "timeframe"):
        assert answer[each] == told[each]
    for ours, theirs in zip(answer["citations"], told["citations"], strict=True):
        spans = ("article_id", "start", "end", "text", "highlight", "version")
        assert [ours[each] for each in spans] == [theirs[each] for each in spans]


def test_they_answer_at_the_same_time(client: httpx.Client) -> None:
    shown: list[str] = []
    page = threading.Thread(target=lambda: shown.append(Asker(client).ask(QUESTION)))
    page.start()
    replies = [client.post("v1/ask", json={"question": QUESTION}) for _ in range(4)]
    page.join(60)
    assert {reply.status_code for reply in replies} == {200}
    assert "process_completed" in shown[0]
    assert "pullquote_questions_waiting 0.0" in client.get("metrics").text


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_beside_the_page_the_api_does_what_its_document_says(
    client: httpx.Client, server: Server, method: str, path: str
) -> None:
    described = schemathesis.openapi.from_dict(client.get("v1/openapi.json").json())

    @given(case=described[path][method].as_strategy())
    @settings(
        max_examples=5,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def keeps_its_word(case: schemathesis.Case[Any]) -> None:
        response = case.call(base_url=server.url)
        if response.status_code not in {413, 431}:  # good refusals that it does not know of
            case.validate_response(response, excluded_checks=[positive_data_acceptance])

    keeps_its_word()


def test_with_a_login_keys_and_a_listed_site_each_comes_in_by_its_own_way(
    index: Path, tmp_path: Path
) -> None:
    key, line = new_key("newsroom", ["read"])
    keys, accounts = tmp_path / "keys", tmp_path / "accounts"
    keys.write_text(line)
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    accounts.write_text(f"ada:{quick.hash(PASSWORD)}")
    for file in (keys, accounts):
        file.chmod(0o600)
    site = "https://news.example"
    options = ("--api-keys", keys, "--auth-file", accounts, "--allow-origin", site)
    bearer = {"authorization": f"Bearer {key}"}
    with (
        started(index, *options, "--root-path", "/news", "--read-only") as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        wait_until_ready(client)
        asked = {"question": QUESTION}
        assert client.post("news/v1/ask", json=asked).status_code == 401
        assert client.post("news/v1/ask", json=asked, headers=bearer).json()["text"]
        listed = {"origin": site, "sec-fetch-site": "cross-site"}
        reply = client.post("news/v1/ask", json=asked, headers={**bearer, **listed})
        assert reply.headers["access-control-allow-origin"] == site
        reply = client.get("news/v1/conversations", headers={**bearer, **listed})
        assert reply.status_code == 401
        assert "access-control-allow-origin" not in reply.headers
        client.post("news/login", data={"name": "ada", "password": PASSWORD})
        assert client.post("news/v1/ask", json=asked).status_code == 200
        assert client.get("news/v1/conversations").status_code == 200
        assert client.delete("news/v1/articles/x").status_code == 403


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--no-page"], "give --api, too"),
        (["--allow-origin", "https://a.example"], "give that, too"),
        (["--no-api-keys"], "give that, too"),
        (["--api", "--no-page", "--no-history"], "leave them out"),
        (["--api", "--no-page", "--auth-file", "FILE"], "leave them out"),
        (["--api", "--api-keys", "FILE", "--no-api-keys"], "give one of them"),
        (["--api", "--auth-file", "FILE", "--no-api-keys"], "give --api-keys FILE"),
        (
            ["--api", "--auth-file", "FILE", "--allow-origin", "https://a.example"],
            "comes without a login",
        ),
    ],
)
def test_what_contradicts_itself_is_wrong_usage(
    tmp_path: Path, options: list[str], says: str
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    given = [str(file) if option == "FILE" else option for option in options]
    result = CliRunner().invoke(serve, ["--index", str(tmp_path / "none"), *given])
    assert result.exit_code == 2, json.dumps(result.output)
    assert says in " ".join(result.output.split())


@pytest.mark.parametrize("more", [[], ["--no-page"]])
def test_other_machines_need_keys_beside_the_page_too(index: Path, more: list[str]) -> None:
    given = ["--index", str(index), "--api", "--host", "0.0.0.0", "--port", "0", *more]
    result = CliRunner().invoke(serve, given)
    assert result.exit_code == 1
    assert "--api-keys FILE" in str(result.exception)
