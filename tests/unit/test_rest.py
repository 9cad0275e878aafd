"""The REST API over a real index without a model: every route, refusal, key, repeat and figure."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.testclient import TestClient

from corpus import Article, ArticleFilter, IndexLocked, PullquoteError, StoreError
from qa import Assistant, build_index
from qa.interfaces.api_key_command import api_key
from qa.interfaces.library.article_routes import article_routes
from qa.interfaces.library.library import Library
from qa.interfaces.library.library_routes import library_routes
from qa.interfaces.rest import idempotency, told, told_of_articles
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.app import build_api, put_inside, put_outside
from qa.interfaces.rest.described import DESCRIBED
from qa.interfaces.rest.idempotency import Replies
from qa.interfaces.rest.keys import Keys, new_key
from qa.interfaces.rest.routes import rest_routes
from qa.interfaces.rest.serving import check_guarded
from qa.interfaces.rest.told import AnswerTold, HitsTold, Problem
from qa.interfaces.rest.told_of_articles import (
    AddedTold,
    ArticleList,
    ArticleTold,
    LibraryTold,
    OutletList,
    RemovedTold,
    RestoredTold,
    StoryList,
    StoryTold,
)
from qa.interfaces.wall.enclosure import Wall, enclose
from qa.interfaces.wall.limits import Limits, Rate
from qa.interfaces.wall.visitors import visitor_of
from tests.fakes import HashingEncoder

Reply = Any  # of whichever client library the test client is made
ASKED = "When did the tidal barrier open?"
PASTED = {"text": "The lock gates of the old canal jammed on Sunday.", "title": "Gates jam"}


def serve(assistant: Assistant, **settings: Any) -> TestClient:
    return TestClient(build_api(assistant, ApiSettings(**settings)), base_url="http://localhost")


@pytest.fixture
def client(assistant: Assistant) -> Iterator[TestClient]:
    with serve(assistant) as opened:
        yield opened


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Any]:
    """A file of keys, and what holders of each kind send, and somebody with a wrong one."""
    path, headers = tmp_path / "keys", {}
    lines = ["# who may call", ""]
    for name, scopes in (("reader", ["read"]), ("writer", ["write"]), ("both", ["read", "write"])):
        key, line = new_key(name, scopes)
        lines.append(line)
        headers[name] = {"authorization": f"Bearer {key}"}
    path.write_text("\n".join(lines))
    path.chmod(0o600)
    headers["wrong"] = {"authorization": "Bearer pq_wrong"}
    return {"file": path, **headers}


def problem(reply: Reply, status: int) -> dict[str, Any]:
    """Return the problem that a reply must be."""
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["x-request-id"]
    found: dict[str, Any] = reply.json()
    assert Problem.model_validate(found).status == status
    return found


def told_as(model: type[BaseModel], reply: Reply) -> dict[str, Any]:
    """Return a reply that must be of the form the document gives it."""
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/json"
    found: dict[str, Any] = reply.json()
    model.model_validate(found)
    return found


# -- questions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "arguments"),
    [
        ({"question": ASKED}, {}),
        ({"question": "Who is the king of Spain?"}, {}),
        ({"question": "What did it cost?", "history": [ASKED]}, {"history": [ASKED]}),
        (
            {"question": "Who won in May 2031?", "any_time": True},
            {"any_time": True},
        ),
        (
            {"question": ASKED, "outlets": ["orme courier"], "since": "2031-05-06"},
            {"only": ArticleFilter(outlets=["Orme Courier"])},
        ),
        ({"question": ASKED, "articles": ["mayor"]}, {"only": ArticleFilter(article_ids="mayor")}),
    ],
)
def test_an_answer_is_the_one_that_python_gives(
    client: TestClient, assistant: Assistant, asked: dict[str, Any], arguments: dict[str, Any]
) -> None:
    told = told_as(AnswerTold, client.post("/v1/ask", json=asked))
    assert told == assistant.ask(asked["question"], **arguments).to_dict()


def test_turns_of_the_history_may_tell_what_was_answered(client: TestClient) -> None:
    turn = {"question": ASKED, "answer": "on Tuesday", "titles": ["Tidal barrier opens"]}
    asked = {"question": "What did it cost?", "history": [turn]}
    told = told_as(AnswerTold, client.post("/v1/ask", json=asked))
    assert "barrier" in told["question"]


def test_quotations_are_slices_of_the_article(client: TestClient) -> None:
    told = client.post("/v1/ask", json={"question": ASKED}).json()
    (citation, *_) = told["citations"]
    article = told_as(ArticleTold, client.get(f"/v1/articles/{citation['article_id']}"))
    assert article["text"][citation["start"] : citation["end"]] == citation["text"]
    assert article["version"] == citation["version"]


def test_passages_are_those_that_python_finds(client: TestClient, assistant: Assistant) -> None:
    found = assistant._retriever.retrieve("barrier gates", 2)
    expected = {"hits": [hit.to_dict() for hit in found]}
    asked = {"question": "barrier gates", "k": 2}
    assert told_as(HitsTold, client.post("/v1/retrieve", json=asked)) == expected
    assert told_as(HitsTold, client.get("/v1/retrieve?question=barrier gates&k=2")) == expected


def test_passages_come_from_the_chosen_articles_only(client: TestClient) -> None:
    def ids(**chosen: Any) -> set[str]:
        asked: dict[str, Any] = {"question": "the gates", "k": 100, **chosen}
        reply = client.get("/v1/retrieve", params=asked)
        return {hit["article_id"] for hit in told_as(HitsTold, reply)["hits"]}

    assert ids() == {"barrier", "fishing", "ferry", "mayor"}
    assert ids(outlets=["The Ledger", "Orme Courier"]) == {"mayor", "barrier"}
    assert ids(since="2031-05-07") == {"fishing"}
    assert ids(until="2030-12-31") == {"mayor"}
    assert ids(articles=["ferry", "mayor"]) == {"ferry", "mayor"}
    assert ids(story="ferry") == {"ferry"}
    assert ids(story="gone") == ids(articles="ferry", story="mayor") == set()


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({}, "body/question"),
        ({"question": ""}, "body/question"),
        ({"question": "x" * 1001}, "body/question"),
        ({"question": 5}, "body/question"),
        ({"question": None}, "body/question"),
        ({"question": "a\0b"}, "body/question"),
        ({"question": "Who?", "k": 3}, "body/k"),
        ({"question": "Who?", "any_time": 1}, "body/any_time"),
        ({"question": "Who?", "any_time": "yes"}, "body/any_time"),
        ({"question": "Who?", "since": 20310506}, "body/since"),
        ({"question": "Who?", "since": "20310506"}, "body/since"),
        ({"question": "Who?", "since": "2031-02-30"}, "body/since"),
        ({"question": "Who?", "until": "2031-05-06T00:00:00"}, "body/until"),
        ({"question": "Who?", "outlets": "Orme Courier"}, "body/outlets"),
        ({"question": "Who?", "outlets": ["x"] * 21}, "body/outlets"),
        ({"question": "Who?", "articles": [""]}, "body/articles/0"),
        ({"question": "Who?", "story": {}}, "body/story"),
        ({"question": "Who?", "history": "Where?"}, "body/history"),
        ({"question": "Who?", "history": ["x"] * 21}, "body/history"),
        ({"question": "Who?", "history": [5]}, "body/history/0/turn"),
        ({"question": "Who?", "history": [{"answer": "x"}]}, "body/history/0/turn/question"),
        ([], "body"),
        ("Who?", "body"),
    ],
)
def test_what_is_no_question_is_refused_with_its_place(
    client: TestClient, asked: Any, where: str
) -> None:
    found = problem(client.post("/v1/ask", json=asked), 422)
    assert [error["where"] for error in found["errors"]] == [where]
    assert found["detail"].startswith(f"{where}: ")


@pytest.mark.parametrize("asked", ["k=0", "k=101", "k=x", "size=5", "since=May", "question="])
def test_a_malformed_address_is_refused(client: TestClient, asked: str) -> None:
    found = problem(client.get(f"/v1/retrieve?question=Who&{asked}"), 422)
    assert found["errors"][0]["where"].startswith(f"query/{asked.partition('=')[0]}")


def test_what_is_sent_is_not_sent_back(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": ["<script>secret"]})
    assert "secret" not in reply.text


@pytest.mark.parametrize(
    "asked",
    [
        {"question": "  ?! "},
        {"question": "Who?", "since": "2031-05-07", "until": "2031-05-06"},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    client: TestClient, asked: dict[str, Any]
) -> None:
    assert "errors" not in problem(client.post("/v1/ask", json=asked), 422)
    problem(client.get("/v1/retrieve", params=asked), 422)


# -- articles and stories ------------------------------------------------------------------------


@pytest.fixture
def copied(index_folder: Path, articles: list[Article]) -> None:
    """Two more articles carry the barrier's report, at greater length."""
    more = " ".join(f"Line {n} tells what the harbour office said of gate {n}." for n in range(40))
    texts = [articles[0].text + "\n\n" + more]
    build_index(
        index_folder,
        [
            dataclasses.replace(articles[0], text=texts[0]),
            *(
                dataclasses.replace(
                    articles[0], id=f"wire/{n}", text=texts[0], outlet="Wire", published=None
                )
                for n in range(2)
            ),
        ],
        encoder=HashingEncoder(),
    )


def test_stories_are_what_several_articles_carry(copied: None, client: TestClient) -> None:
    listed = told_as(StoryList, client.get("/v1/stories"))
    (story,) = listed["stories"]
    assert (story["articles"], story["title"]) == (3, "Tidal barrier opens")
    assert story["outlets"] == ["Orme Courier", "Wire"]
    assert story["first_published"] == story["last_published"] == "2031-05-06"
    assert (listed["total"], listed["page"], listed["pages"]) == (1, 1, 1)
    assert told_as(StoryList, client.get("/v1/stories?page=9&page_size=1"))["page"] == 1
    for article_id in ("barrier", "wire/1"):
        told = told_as(StoryTold, client.get(f"/v1/stories/{article_id}"))
        assert told["id"] == story["id"]
        members = {told["id"], *(copy["article_id"] for copy in told["copies"])}
        assert members == {"barrier", "wire/0", "wire/1"}


def test_an_article_alone_is_its_own_story(client: TestClient) -> None:
    assert told_as(StoryList, client.get("/v1/stories"))["stories"] == []
    told = told_as(StoryTold, client.get("/v1/stories/mayor"))
    assert (told["id"], told["articles"], told["copies"]) == ("mayor", 1, [])
    problem(client.get("/v1/stories/nobody"), 404)
    problem(client.get("/v1/stories/a%00b"), 404)
    problem(client.get("/v1/stories?page=0"), 422)


def test_stories_are_looked_up_again_after_a_change(client: TestClient, request: Any) -> None:
    assert client.get("/v1/stories").json()["total"] == 0
    request.getfixturevalue("copied")
    assert client.get("/v1/stories").json()["total"] == 1


def test_articles_are_added_shown_removed_and_brought_back(client: TestClient) -> None:
    added = told_as(AddedTold, client.post("/v1/articles", json=PASTED))
    (article,) = added["articles"]
    assert article["status"] == "added"
    listed = told_as(ArticleList, client.get("/v1/articles?query=gates jam"))
    assert [row["id"] for row in listed["articles"]] == [article["id"]]
    told_as(OutletList, client.get("/v1/outlets"))
    assert told_as(LibraryTold, client.get("/v1/library"))["articles"] == 5
    answer = client.post("/v1/ask", json={"question": "When did the lock gates jam?"}).json()
    assert "Sunday" in answer["text"]
    removed = told_as(RemovedTold, client.delete(f"/v1/articles/{article['id']}"))
    problem(client.get(f"/v1/articles/{article['id']}"), 404)
    undone = client.post("/v1/articles/undo", json={"undo": removed["undo"]})
    assert told_as(RestoredTold, undone)["articles"][0]["id"] == article["id"]
    told_as(ArticleTold, client.get(f"/v1/articles/{article['id']}"))


def test_a_file_is_sent_as_it_is(client: TestClient) -> None:
    text = "The ferry to Eastmere will run again from Monday, the harbour office said."
    reply = client.post("/v1/articles", content=text, headers={"x-file-name": "ferry%20again.txt"})
    assert told_as(AddedTold, reply)["name"] == "ferry again.txt"
    problem(client.post("/v1/articles", content=b"x", headers={"x-file-name": "a.exe"}), 415)


def test_a_read_only_api_changes_nothing(assistant: Assistant) -> None:
    with serve(assistant, read_only=True) as client:
        problem(client.post("/v1/articles", json=PASTED), 403)
        problem(client.delete("/v1/articles/mayor"), 403)
        assert client.post("/v1/ask", json={"question": ASKED}).status_code == 200


# -- refusals ------------------------------------------------------------------------------------


def test_what_is_not_there_is_told(client: TestClient) -> None:
    assert "/v1/docs" in problem(client.get("/v1/nothing"), 404)["detail"]
    reply = client.put("/v1/ask", json={})
    problem(reply, 405)
    assert reply.headers["allow"] == "POST"


@pytest.mark.parametrize("body", [b"{", b'{"question": NaN}', b'{"question": "\\ud800"}', b"\xff"])
def test_what_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    problem(client.post("/v1/ask", content=body, headers=headers), 400)


def test_too_much_is_refused(client: TestClient) -> None:
    problem(client.post("/v1/ask", content=b"x" * 70_000), 413)
    problem(client.get("/v1/health", headers={"x-long": "x" * 40_000}), 431)


def test_another_host_is_refused(client: TestClient) -> None:
    assert client.get("/v1/health", headers={"host": "evil.example"}).status_code == 400


def test_too_often_is_refused(assistant: Assistant) -> None:
    with serve(assistant, limits=Limits(questions=Rate(1, 2))) as client:
        replies = [client.post("/v1/ask", json={"question": ASKED}) for _ in range(4)]
    assert [reply.status_code for reply in replies[:2]] == [200, 200]
    problem(replies[-1], 429)
    assert int(replies[-1].headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreError("/secret/path/store.db is gone"), 503),
        (IndexLocked("/secret/path is locked"), 409),
        (RuntimeError("/secret/path"), 500),
    ],
)
def test_a_failure_is_told_without_its_innards(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(assistant, "ask", fail)
    with serve(assistant) as client:
        reply = client.post("/v1/ask", json={"question": ASKED}, headers={"x-request-id": "r-1"})
    assert "secret" not in reply.text
    problem(reply, status)
    assert reply.headers["x-request-id"] == "r-1"
    assert ("retry-after" in reply.headers) == (status != 500)


def test_who_comes_when_many_wait_is_told_when_to_come_again(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, at_work, most = threading.Event(), [0], [0]
    answered = assistant.ask

    def slow(*given: Any, **named: Any) -> Any:
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        assert go_on.wait(20)
        at_work[0] -= 1
        return answered(*given, **named)

    monkeypatch.setattr(assistant, "ask", slow)
    replies = asyncio.run(_ask_at_once(build_api(assistant), 40, go_on))
    assert [reply.status_code for reply in replies].count(200) == 32
    assert most[0] == 2
    (refused, *_) = [reply for reply in replies if reply.status_code != 200]
    assert "32 questions are waiting" in problem(refused, 503)["detail"]
    assert int(refused.headers["retry-after"]) >= 1


async def _ask_at_once(app: FastAPI, number: int, go_on: threading.Event) -> list[httpx.Response]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        asking = [
            asyncio.create_task(client.post("/v1/ask", json={"question": ASKED}))
            for _ in range(number)
        ]
        refused = 0
        while refused < number - 32:
            await asyncio.sleep(0.01)
            refused = sum(task.done() for task in asking)
        figures = (await client.get("/metrics")).text
        assert "pullquote_questions_waiting 32.0" in figures
        too_many = await client.get("/v1/retrieve", params={"question": "x"})
        assert too_many.status_code == 503  # passages are found in the same places
        go_on.set()
        return list(await asyncio.gather(*asking))


# -- monitors ------------------------------------------------------------------------------------


def test_it_is_ready_when_the_models_are_loaded(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()
    monkeypatch.setattr(assistant, "warm_up", lambda: loaded.wait(20))
    with serve(assistant) as client:
        reply = client.get("/v1/ready")
        problem(reply, 503)
        assert int(reply.headers["retry-after"]) >= 1
        assert client.get("/v1/health").status_code == 200
        loaded.set()
        while (reply := client.get("/v1/ready")).status_code == 503:
            pass
        assert reply.json() == {"status": "ready"}


def test_it_is_never_ready_if_the_models_cannot_be_loaded(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("no model")

    monkeypatch.setattr(assistant, "warm_up", fail)
    api = Api(assistant)
    api.start()
    api.wait()
    assert not api.is_ready()


def test_health_is_what_the_page_tells(client: TestClient) -> None:
    assert client.get("/v1/health").json() == {"status": "ok", "articles": 4, "passages": 5}


def test_figures_count_what_became_of_requests(client: TestClient, assistant: Assistant) -> None:
    client.post("/v1/ask", json={"question": ASKED})
    client.post("/v1/ask", json={})
    client.get("/v1/stories/nobody")
    client.get("/unknown/1")
    client.request("BREW", "/unknown/2")
    client.post("/v1/ask", content=b"x" * 70_000)
    reply = client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = reply.text.splitlines()

    def counted(method: str, route: str, status: int) -> str:
        labels = f'method="{method}",route="{route}",status="{status}"'
        return f"pullquote_http_requests_total{{{labels}}} 1.0"

    assert counted("POST", "/v1/ask", 200) in lines
    assert counted("POST", "/v1/ask", 422) in lines
    assert counted("GET", "/v1/stories/{article_id}", 404) in lines
    assert counted("GET", "other", 404) in lines
    assert counted("other", "other", 404) in lines
    assert counted("POST", "other", 413) in lines  # refused by the wall, which knows no routes
    assert 'pullquote_http_request_seconds_count{route="/v1/ask"} 2.0' in lines
    assert "pullquote_articles 4.0" in lines
    assert f"pullquote_generation {float(assistant.stats().generation)}" in lines
    assert "pullquote_questions_waiting 0.0" in lines


def test_two_servers_count_apart(assistant: Assistant) -> None:
    with serve(assistant) as one, serve(assistant) as other:
        one.get("/v1/health")
        assert "/v1/health" in one.get("/metrics").text
        assert "/v1/health" not in other.get("/metrics").text


@pytest.mark.parametrize(
    ("sent", "kept"), [("abc-1", True), ("a" * 129, False), ("a b", False), ("<x>", False)]
)
def test_a_request_has_an_id(client: TestClient, sent: str, kept: bool) -> None:
    told = client.get("/v1/health", headers={"x-request-id": sent}).headers["x-request-id"]
    assert (told == sent) == kept
    assert re.fullmatch(r"[\w.:-]{1,128}", told)


def test_two_requests_have_two_ids(client: TestClient) -> None:
    assert len({client.get("/v1/health").headers["x-request-id"] for _ in range(5)}) == 5


# -- keys ----------------------------------------------------------------------------------------


def test_without_a_key_nothing_but_the_description_answers(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    with serve(assistant, keys_file=keys["file"]) as client:
        for headers in ({}, keys["wrong"], {"authorization": "Basic cmVhZGVyOng="}):
            for method, path in (
                ("POST", "/v1/ask"),
                ("GET", "/v1/retrieve?question=x"),
                ("POST", "/v1/retrieve"),
                ("GET", "/v1/articles"),
                ("GET", "/v1/articles/mayor"),
                ("POST", "/v1/articles"),
                ("DELETE", "/v1/articles/mayor"),
                ("GET", "/v1/stories"),
                ("GET", "/v1/outlets"),
                ("GET", "/v1/library"),
                ("GET", "/metrics"),
                ("GET", "/anything"),
            ):
                reply = client.request(method, path, headers=headers)
                problem(reply, 401)
                assert reply.headers["www-authenticate"].startswith("Bearer")
        for path in ("/v1/health", "/v1/ready", "/v1/openapi.json", "/v1/docs", "/"):
            assert client.get(path).status_code in {200, 503}


def test_a_key_opens_what_its_scopes_say(assistant: Assistant, keys: dict[str, Any]) -> None:
    with serve(assistant, keys_file=keys["file"]) as client:

        def statuses(name: str) -> list[int]:
            headers = keys[name]
            return [
                client.post("/v1/ask", json={"question": ASKED}, headers=headers).status_code,
                client.get("/v1/articles", headers=headers).status_code,
                client.post("/v1/articles", json=PASTED, headers=headers).status_code,
            ]

        assert statuses("reader") == [200, 200, 403]
        assert statuses("writer") == [403, 403, 200]
        assert statuses("both") == [200, 200, 200]
        refused = client.delete("/v1/articles/mayor", headers=keys["reader"])
        assert "write" in problem(refused, 403)["detail"]


def test_a_key_is_asked_for_below_a_root_path_too(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    with serve(assistant, keys_file=keys["file"], root_path="/news") as client:
        for path in ("/news/v1/stories", "/v1/stories"):
            problem(client.get(path), 401)
            assert client.get(path, headers=keys["reader"]).status_code == 200
        assert client.get("/news/v1/openapi.json").json()["servers"] == [{"url": "/news"}]


def test_keys_are_read_again_when_the_file_changes(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    lines = keys["file"].read_text().splitlines()
    with serve(assistant, keys_file=keys["file"]) as client:
        assert client.get("/v1/stories", headers=keys["reader"]).status_code == 200
        keys["file"].write_text("\n".join(line for line in lines if "reader" not in line))
        problem(client.get("/v1/stories", headers=keys["reader"]), 401)
        keys["file"].write_text("nonsense")
        assert client.get("/v1/stories", headers=keys["both"]).status_code == 200


def test_the_file_does_not_hold_the_key() -> None:
    key, line = new_key("newsroom", ["write", "read", "read"])
    assert re.fullmatch(r"newsroom:read,write:[0-9a-f]{64}", line)
    assert len(key) > 40
    assert key not in line
    assert new_key("newsroom", ["read"])[0] != key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nobody",
        "name",
        "name:read",
        f"name:admin:{'0' * 64}",
        f"name::{'0' * 64}",
        "name:read:0",
        f":read:{'0' * 64}",
        f"a:read:{'0' * 64}\na:read:{'1' * 64}",
    ],
)
def test_a_file_of_keys_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(PullquoteError, match=r"api-key NAME|twice"):
        Keys(path)


def test_a_file_of_keys_that_others_may_write_is_refused(keys: dict[str, Any]) -> None:
    keys["file"].chmod(0o622)
    with pytest.raises(PullquoteError, match="chmod 600"):
        Keys(keys["file"])
    with pytest.raises(PullquoteError, match="cannot be read"):
        Keys(keys["file"].with_name("nothing"))


def test_a_key_for_asking_opens_questions_and_nothing_else(
    assistant: Assistant, tmp_path: Path
) -> None:
    key, line = new_key("site", ["ask"])
    path = tmp_path / "keys"
    path.write_text(line)
    path.chmod(0o600)
    asking = {"authorization": f"Bearer {key}"}
    with serve(assistant, keys_file=path) as client:
        assert client.post("/v1/ask", json={"question": ASKED}, headers=asking).status_code == 200
        for address in ("/v1/articles", "/v1/articles/barrier", "/v1/retrieve?question=gates"):
            assert "“read”" in problem(client.get(address, headers=asking), 403)["detail"]
        refused = client.request("DELETE", "/v1/articles/barrier", headers=asking)
        assert "“write”" in problem(refused, 403)["detail"]


def test_the_command_shows_the_key_once_and_prints_the_line(tmp_path: Path) -> None:
    made = CliRunner().invoke(api_key, ["newsroom", "--scope", "read", "--scope", "write"])
    key = made.stderr.splitlines()[-1]
    path = tmp_path / "keys"
    path.write_text(made.stdout)
    path.chmod(0o600)
    holder = Keys(path).holder(key)
    assert holder is not None
    assert holder.name == "newsroom"
    assert holder.scopes == {"ask", "read", "write"}
    assert key not in made.stdout
    assert CliRunner().invoke(api_key, ["a:b"]).exit_code == 2
    assert CliRunner().invoke(api_key, ["a", "--scope", "all"]).exit_code == 2


def test_other_machines_need_keys_unless_somebody_says_so(keys: dict[str, Any]) -> None:
    with pytest.raises(PullquoteError, match="--api-keys"):
        check_guarded("0.0.0.0", ApiSettings(), without_keys=False)
    for host in ("127.0.0.1", "::1", "localhost"):
        check_guarded(host, ApiSettings(), without_keys=False)
    check_guarded("0.0.0.0", ApiSettings(), without_keys=True)
    check_guarded("0.0.0.0", ApiSettings(keys_file=keys["file"]), without_keys=False)


# -- beside a page -------------------------------------------------------------------------------


def test_beside_a_page_keys_guard_what_the_page_does_not_need(
    assistant: Assistant, keys: dict[str, Any], tmp_path: Path
) -> None:
    api = Api(assistant, ApiSettings(keys_file=keys["file"]), also_waiting=lambda: 3)
    app = FastAPI()
    library = Library(assistant, tmp_path / "data")
    app.include_router(library_routes(library, visitor_of=visitor_of, may_write=lambda _: True))
    app.include_router(rest_routes(api))
    put_inside(app, api, beside_page=True)
    enclose(app, Wall())
    put_outside(app, api)
    client = TestClient(app, base_url="http://localhost")
    assert client.get("/v1/articles").status_code == 200  # as open as the page
    problem(client.post("/v1/ask", json={"question": ASKED}), 401)
    problem(client.get("/v1/articles", headers=keys["wrong"]), 401)
    problem(client.post("/v1/articles", json=PASTED, headers=keys["reader"]), 403)
    asked = client.post("/v1/ask", json={"question": ASKED}, headers=keys["reader"])
    told_as(AnswerTold, asked)
    assert "waiting 3.0" in client.get("/metrics", headers=keys["reader"]).text


# -- writes that come twice ----------------------------------------------------------------------


def test_a_write_that_is_sent_again_is_done_once(client: TestClient, assistant: Assistant) -> None:
    headers = {"idempotency-key": "k-1"}
    first = client.post("/v1/articles", json=PASTED, headers=headers)
    generation = assistant.stats().generation
    again = client.post("/v1/articles", json=PASTED, headers=headers)
    assert again.json() == first.json()
    assert again.json()["articles"][0]["status"] == "added"  # not "unchanged"
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert assistant.stats().generation == generation
    other = client.post("/v1/articles", json=PASTED, headers={"idempotency-key": "k-2"})
    assert other.json()["articles"][0]["status"] == "unchanged"


def test_a_removal_that_is_sent_again_tells_the_same(client: TestClient) -> None:
    headers = {"idempotency-key": "k-1"}
    first = client.delete("/v1/articles/mayor", headers=headers)
    assert client.delete("/v1/articles/mayor", headers=headers).json() == first.json()
    problem(client.delete("/v1/articles/mayor"), 404)
    assert client.delete("/v1/articles/ferry", headers=headers).json()["title"] == "Ferry sinks"


def test_a_file_that_is_sent_again_is_taken_once(client: TestClient) -> None:
    def send(text: str) -> Reply:
        named = {"x-file-name": "a.txt", "idempotency-key": "k"}
        return client.post("/v1/articles", content=text, headers=named)

    first = send("The canal was drained on Monday for repairs, the trust said.")
    again = send("The canal was drained on Monday for repairs, the trust said.")
    assert again.json() == first.json()
    assert "another request" in problem(send("Something else was said."), 422)["detail"]


def test_what_was_refused_may_be_tried_again(client: TestClient) -> None:
    headers = {"idempotency-key": "k"}
    problem(client.post("/v1/articles", json={"text": ""}, headers=headers), 422)
    assert client.post("/v1/articles", json=PASTED, headers=headers).status_code == 200


def test_of_two_callers_each_has_keys_of_its_own(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    with serve(assistant, keys_file=keys["file"]) as client:
        same = {"idempotency-key": "k"}
        client.post("/v1/articles", json=PASTED, headers={**keys["writer"], **same})
        other = client.post("/v1/articles", json=PASTED, headers={**keys["both"], **same})
    assert "idempotency-replayed" not in other.headers


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "ä"])
def test_a_malformed_key_of_a_write_is_refused(client: TestClient, key: str) -> None:
    headers = [(b"idempotency-key", key.encode())]
    problem(client.post("/v1/articles", json=PASTED, headers=headers), 400)


def test_a_write_that_is_still_at_work_is_not_begun_again(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    removed = Library.remove

    def slow(library: Library, article_id: str) -> dict[str, str]:
        begun.set()
        assert go_on.wait(20)
        return removed(library, article_id)

    monkeypatch.setattr(Library, "remove", slow)
    replies: list[Reply] = []
    with serve(assistant) as client:

        def remove() -> Reply:
            return client.delete("/v1/articles/mayor", headers={"idempotency-key": "k"})

        first = threading.Thread(target=lambda: replies.append(remove()))
        first.start()
        assert begun.wait(20)
        problem(remove(), 409)
        go_on.set()
        first.join()
    assert [reply.status_code for reply in replies] == [200]


def test_replies_are_kept_for_a_day_and_not_without_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    replies = Replies(clock=lambda: now[0])
    replies.put(("a",), "f", {}, b"x")
    now[0] = idempotency.KEPT_S - 1
    assert replies.get(("a",))
    now[0] = idempotency.KEPT_S
    assert replies.get(("a",)) is None
    monkeypatch.setattr(idempotency, "MAX_KEPT", 3)
    monkeypatch.setattr(idempotency, "MAX_KEPT_BYTES", 10)
    for n in range(4):
        replies.put((str(n),), "f", {}, b"xx")
    assert [bool(replies.get((str(n),))) for n in range(4)] == [False, True, True, True]
    replies.put(("large",), "f", {}, b"x" * 9)
    assert [bool(replies.get((name,))) for name in ("2", "3", "large")] == [False, False, True]
    replies.put(("too large",), "f", {}, b"x" * 11)
    assert replies.get(("too large",)) is None


# -- tags and origins ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/v1/articles",
        "/v1/articles/mayor",
        "/v1/outlets",
        "/v1/stories",
        "/v1/stories/mayor",
        "/v1/retrieve?question=barrier",
        "/v1/openapi.json",
    ],
)
def test_what_the_client_has_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        reply = client.get(path, headers={"if-none-match": known})
        assert (reply.status_code, reply.content, reply.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_change_changes_the_tag(client: TestClient) -> None:
    tag = client.get("/v1/articles").headers["etag"]
    client.delete("/v1/articles/mayor")
    reply = client.get("/v1/articles", headers={"if-none-match": tag})
    assert reply.status_code == 200
    assert reply.headers["etag"] != tag


def test_other_sites_pages_may_not_call(client: TestClient) -> None:
    foreign = {"origin": "https://news.example", "sec-fetch-site": "cross-site"}
    reply = client.post("/v1/ask", json={"question": ASKED}, headers=foreign)
    problem(reply, 403)
    preflight = client.options(
        "/v1/ask", headers={**foreign, "access-control-request-method": "POST"}
    )
    for answered in (reply, preflight, client.get("/v1/stories", headers=foreign)):
        assert not [name for name in answered.headers if name.startswith("access-control")]


def test_pages_of_listed_sites_may_call_without_anybody_s_cookies(assistant: Assistant) -> None:
    with serve(assistant, origins=["https://News.example"]) as client:
        listed = {"origin": "https://news.example", "sec-fetch-site": "cross-site"}
        wish = {"access-control-request-method": "POST"}
        preflight = client.options("/v1/ask", headers={**listed, **wish})
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == "https://news.example"
        assert "access-control-allow-credentials" not in preflight.headers
        reply = client.post("/v1/ask", json={"question": ASKED}, headers=listed)
        told_as(AnswerTold, reply)
        assert reply.headers["access-control-allow-origin"] == "https://news.example"
        assert "retry-after" in reply.headers["access-control-expose-headers"].lower()
        other = {**listed, "origin": "https://evil.example"}
        problem(client.post("/v1/ask", json={"question": ASKED}, headers=other), 403)


@pytest.mark.parametrize(
    "settings",
    [
        {"origins": ["*"]},
        {"origins": ["news.example"]},
        {"origins": ["https://news.example/page"]},
        {"root_path": "news"},
        {"trusted_proxies": ["somewhere"]},
        {"keys_file": Path("/nowhere/keys")},
    ],
)
def test_settings_that_cannot_be_are_refused(
    assistant: Assistant, settings: dict[str, Any]
) -> None:
    with pytest.raises(PullquoteError):
        build_api(assistant, ApiSettings(**settings))


# -- the description -----------------------------------------------------------------------------


def routes_of(*routers: Any) -> set[tuple[str, str]]:
    return {
        (method, route.path_format)
        for router in routers
        for route in router.routes
        for method in route.methods
    }


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/v1/openapi.json").json()
    return found


def test_every_route_is_described_and_no_other_is(
    document: dict[str, Any], assistant: Assistant, tmp_path: Path
) -> None:
    described = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    library = library_routes(
        Library(assistant, tmp_path), visitor_of=visitor_of, may_write=lambda _: True
    )
    elsewhere = routes_of(library, article_routes(assistant)) | {("GET", "/v1/health")}
    assert routes_of(DESCRIBED) == elsewhere
    own = {("GET", "/v1/openapi.json"), ("GET", "/v1/docs")}
    assert described == elsewhere | own | routes_of(rest_routes(Api(assistant)))


def test_every_operation_tells_its_problems_and_its_id(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    seen = 0
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            seen += 1
            assert operation["description"], path
            assert "security" not in operation
            for status, reply in operation["responses"].items():
                assert "X-Request-ID" in reply["headers"]
                if int(status) >= 400:
                    assert list(reply["content"]) == ["application/problem+json"], (method, path)
            if path not in {"/v1/docs", "/v1/openapi.json"}:
                assert {"200", "422", "429", "500", "503"} <= operation["responses"].keys()
    assert seen == 17


def test_with_keys_the_document_says_where_they_are_needed(
    assistant: Assistant, keys: dict[str, Any]
) -> None:
    with serve(assistant, keys_file=keys["file"]) as client:
        paths = client.get("/v1/openapi.json").json()["paths"]
    assert paths["/v1/ask"]["post"]["security"] == [{"key": []}]
    assert "401" in paths["/v1/ask"]["post"]["responses"]
    assert "security" not in paths["/v1/ready"]["get"]


def test_all_that_the_document_refers_to_is_in_it(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert len(named) > 20
    assert named == document["components"]["schemas"].keys()


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert find_spec("openapi_spec_validator"), "install the packages for development"
    from openapi_spec_validator import validate

    validate(document)


MODELS = [
    model
    for module in (told, told_of_articles)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and told.example_of(model)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_examples_are_of_their_models(model: type[BaseModel]) -> None:
    model.model_validate(told.example_of(model))


def test_the_example_of_a_citation_marks_its_answer() -> None:
    example = told.example_of(AnswerTold)
    (citation,) = example["citations"]
    start, end = citation["highlight"]["start"], citation["highlight"]["end"]
    assert citation["text"][start - citation["start"] : end - citation["start"]] == example["text"]
    assert len(citation["text"]) == citation["end"] - citation["start"]


def test_the_docs_are_a_page_that_needs_nothing_else(
    client: TestClient, document: dict[str, Any]
) -> None:
    reply = client.get("/", follow_redirects=True)
    page = reply.text
    assert reply.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    assert not re.search(r"<script|<img|<link|https?:|javascript:|\son\w+=", page)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
        assert path.split("{")[0].replace("/", "&#47;").replace(".", "&#46;") in page.replace(
            "&#95;", "_"
        )
    for link in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{link}"' in page
    for model in document["components"]["schemas"]:
        assert f'id="model-{model}"' in page


def test_a_program_needs_no_gradio(assistant: Assistant) -> None:
    made: Callable[..., FastAPI] = build_api
    assert "gradio" not in Path(made.__code__.co_filename).read_text()
