"""The JavaScript client in a real browser, on a page of another origin, against a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from qa import Assistant
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.app import build_api
from qa.interfaces.rest.keys import new_key
from tests.browser.served import served, web_site

CLIENT = Path(__file__).parents[2] / "clients" / "javascript" / "generated" / "pullquote.js"
RUN = """async ([api, key, body]) => {
  const pullquote = await import("/pullquote.js");
  const client = pullquote.createClient({ baseUrl: api, auth: key });
  const call = new Function("pullquote", "client", body);
  const { data, error, response } = await call(pullquote, client);
  return { data, error, status: response?.status, failed: error instanceof Error };
}"""

Call = Callable[..., dict[str, Any]]


@pytest.fixture
def call(browser: Browser, assistant: Assistant, tmp_path: Path) -> Iterator[Call]:
    """Runs a call of the client, in JavaScript, with a key that may all or another one."""
    key, line = new_key("site", ["read", "write"])
    reading, second = new_key("reader", ["read"])
    keys = tmp_path / "keys"
    keys.write_text(f"{line}\n{second}\n")
    keys.chmod(0o600)
    with web_site() as site:
        settings = ApiSettings(keys_file=keys, origins=[site.address])
        with served(build_api(assistant, settings)) as api:
            site.put("/pullquote.js", CLIENT.read_text("utf-8"), "text/javascript")
            page = browser.new_page()
            page.goto(site.put("/", "<title>A site</title>"))

            def called(body: str, key: str = key, api: str = api) -> dict[str, Any]:
                key = reading if key == "reader" else key
                found: dict[str, Any] = page.evaluate(RUN, [api, key, f"return pullquote.{body}"])
                return found

            yield called
            page.context.close()


def test_it_asks_and_retrieves(call: Call, assistant: Assistant) -> None:
    question = "When did the tidal barrier open?"
    reply = call(f'ask({{ client, body: {{ question: "{question}" }} }})')
    assert reply["data"] == assistant.ask(question).to_dict()
    reply = call(f'retrieve({{ client, body: {{ question: "{question}", k: 2 }} }})')
    first, second = reply["data"]["hits"]
    assert first["article_id"] == "barrier"
    assert first["score"] >= second["score"]
    by_address = (
        'retrieveByAddress({ client, query: { question: "gates", articles: ["fishing"] } })'
    )
    assert {hit["article_id"] for hit in call(by_address)["data"]["hits"]} == {"fishing"}


def test_it_lists_adds_shows_removes_and_restores(call: Call) -> None:
    assert call("listArticles({ client, query: { page_size: 2 } })")["data"]["total"] == 4
    pasted = '{ text: "The lock gates of the canal 😀 jammed on Sunday.", title: "Gates jam" }'
    added = call(f"addArticles({{ client, body: {pasted} }})")["data"]
    name = added["articles"][0]["id"]
    shown = call(f'showArticle({{ client, path: {{ article_id: "{name}" }} }})')["data"]
    assert shown["title"] == "Gates jam"
    assert "😀" in shown["text"]
    removed = call(f'removeArticle({{ client, path: {{ article_id: "{name}" }} }})')["data"]
    assert call("listArticles({ client })")["data"]["total"] == 4
    token = removed["undo"]
    assert call(f'undoRemoval({{ client, body: {{ undo: "{token}" }} }})')["status"] == 200
    assert call("listArticles({ client })")["data"]["total"] == 5


def test_it_sends_a_file_as_it_is(call: Call) -> None:
    sent = """addArticles({
      client,
      body: new Blob(["# A bridge\\n\\nThe Fobble bridge is red 😀."]),
      bodySerializer: null,
      headers: {
        "Content-Type": "application/octet-stream",
        "X-File-Name": encodeURIComponent("brücke.md"),
      },
    })"""
    name = call(sent)["data"]["articles"][0]["id"]
    shown = call(f'showArticle({{ client, path: {{ article_id: "{name}" }} }})')["data"]
    assert "The Fobble bridge is red 😀." in shown["text"]


def test_an_error_is_a_problem(call: Call) -> None:
    gone = call('showArticle({ client, path: { article_id: "no/such one" } })')
    assert gone["error"]["status"] == gone["status"] == 404
    malformed = call("ask({ client, body: { question: 7 } })")["error"]
    assert malformed["status"] == 422
    assert malformed["errors"][0]["where"] == "body/question"
    wrong = call("listArticles({ client })", key="pq_wrong")
    assert wrong["error"]["title"] == "Unauthorized"
    refused = call('removeArticle({ client, path: { article_id: "ferry" } })', key="reader")
    assert refused["error"]["status"] == 403
    assert "scope “write”" in refused["error"]["detail"]


def test_it_throws_where_that_is_asked_for(call: Call) -> None:
    caught = """showArticle({ client, path: { article_id: "none" }, throwOnError: true })
      .catch((error) => ({ error }))"""
    assert call(caught)["error"]["status"] == 404


def test_an_unreachable_server_is_an_error_of_its_own(call: Call) -> None:
    reply = call("health({ client })", api="http://127.0.0.1:9")
    assert reply["failed"]
    assert reply["status"] is None
