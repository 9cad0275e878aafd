"""The Model Context Protocol, spoken by the official client and by one written here."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import anyio
import httpx
import mcp.types as protocol
import pytest
from mcp import Client, MCPError, StdioServerParameters
from starlette.testclient import TestClient

from corpus import ArticleFilter
from qa import Assistant, build_index
from qa.conversation import Turn
from qa.interfaces.mcp import shapes
from qa.interfaces.mcp.http import PATH, http_app
from qa.interfaces.mcp.server import build_server
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, make_article, plain_calibration
from tests.integration.conftest import PATIENCE_S, ROOT

QUESTIONS = [
    "How much did the tidal barrier cost?",
    "How many passengers did the lifeboat save?",
    "What is the capital of Mongolia?",
]
HANDSHAKE = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "a test", "version": "1"},
}
Mode = Literal["legacy", "auto"]


def command(index: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "qa.interfaces.cli", "mcp", "--index", str(index), *options]


def json_of(value: Any) -> Any:
    """Return a value as it is after it went over the wire."""
    return json.loads(json.dumps(value))


@dataclass
class Wire:
    """A client of its own: lines of JSON-RPC over two pipes. It keeps all that it was sent."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    last_id: int = 0

    def write(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def notify(self, method: str) -> None:
        self.write(json.dumps({"jsonrpc": "2.0", "method": method}))

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self.last_id += 1
        request = {"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}
        self.write(json.dumps(request))
        while True:
            message: dict[str, Any] = json.loads(self.read())
            if message.get("id") == self.last_id:
                return message

    def tool(self, name: str, **arguments: Any) -> dict[str, Any]:
        result: dict[str, Any] = self.call("tools/call", name=name, arguments=arguments)["result"]
        return result

    def read(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the server has ended"
        self.lines.append(line)
        return line


@contextmanager
def wire_to(index: Path, environment: dict[str, str]) -> Iterator[Wire]:
    with subprocess.Popen(
        command(index),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        wire = Wire(process)
        try:
            assert wire.call("initialize", **HANDSHAKE)["result"]["serverInfo"]["name"]
            wire.notify("notifications/initialized")
            yield wire
        finally:
            process.kill()


@pytest.fixture(scope="module")
def address(news_index: Path, environment: dict[str, str]) -> Iterator[str]:
    """Where a server of the three articles listens."""
    with subprocess.Popen(
        command(news_index, "--http", "--port", "0"),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        said = ""
        for line in process.stderr:
            said += line
            if found := re.search(r"MCP at (http://127\.0\.0\.1:\d+/mcp)", line):
                yield found[1]
                break
        else:
            pytest.fail(f"no address was said: {said}")
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def asked(news_index: Path) -> Iterator[Assistant]:
    """The same articles in this process, to compare with."""
    with Assistant.open(news_index) as assistant:
        yield assistant


def post(address: str, body: Any, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    accepted = {"Accept": "application/json", "Content-Type": "application/json"}
    return httpx.post(address, content=content, headers=accepted | headers, timeout=PATIENCE_S)


def request(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}


async def a_session(client: Client, asked: Assistant) -> None:
    """List, ask, search, read; each reply is what this process says of the same articles."""
    listed = (await client.list_tools()).tools
    assert [tool.name for tool in listed] == ["ask", "search_articles", "get_article"]
    for question in QUESTIONS:
        reply = await client.call_tool("ask", {"question": question})
        assert not reply.is_error
        answer = asked.ask(question)
        assert reply.structured_content == json_of(answer.to_dict())
        for citation in reply.structured_content["citations"]:
            given = {"id": citation["article_id"], "version": citation["version"]}
            ends = {"start": citation["start"], "end": citation["end"]}
            part = await client.call_tool("get_article", given | ends)
            assert part.structured_content["text"] == citation["text"]
    found = await client.call_tool("search_articles", {"query": QUESTIONS[0], "k": 2})
    assert len(found.structured_content["passages"]) == 2
    resources = (await client.list_resources()).resources
    assert {resource.name for resource in resources} == {s.id for s in asked.articles()}
    for resource in resources:
        (text,) = (await client.read_resource(resource.uri)).contents
        assert isinstance(text, protocol.TextResourceContents)
        assert text.text == asked.article(resource.name).text


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_the_official_client_completes_a_session_over_stdio(
    news_index: Path, environment: dict[str, str], asked: Assistant, mode: Mode
) -> None:
    program, *arguments = command(news_index)
    server = StdioServerParameters(command=program, args=arguments, env=environment)

    async def session() -> None:
        async with Client(server, mode=mode) as client:
            await a_session(client, asked)

    anyio.run(session)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_the_official_client_completes_a_session_over_http(
    address: str, asked: Assistant, mode: Mode
) -> None:
    async def session() -> None:
        async with Client(address, mode=mode) as client:
            await a_session(client, asked)

    anyio.run(session)


def test_another_client_completes_a_session_and_every_line_is_protocol(
    news_index: Path, environment: dict[str, str], asked: Assistant
) -> None:
    with wire_to(news_index, environment) as wire:
        names = [tool["name"] for tool in wire.call("tools/list")["result"]["tools"]]
        assert names == ["ask", "search_articles", "get_article"]
        reply = wire.tool("ask", question=QUESTIONS[0])
        assert reply["structuredContent"] == json_of(asked.ask(QUESTIONS[0]).to_dict())
        assert "612 million crowns" in reply["content"][0]["text"]
        wire.write("this is no JSON")
        wire.write('{"jsonrpc": "2.0", "id": 99}')
        assert wire.tool("ask", question="?")["isError"]
        assert wire.call("no/such/method")["error"]["code"] == protocol.METHOD_NOT_FOUND
        assert wire.call("resources/read", uri="pullquote://articles/tides")["result"]
        rest, said = wire.process.communicate(timeout=PATIENCE_S)
    assert wire.process.returncode == 0, said
    for line in [*wire.lines, *rest.splitlines()]:
        message = json.loads(line)
        assert message["jsonrpc"] == "2.0"
        assert {"result", "error", "method"} & message.keys()


def test_another_client_completes_a_session_over_http(address: str, asked: Assistant) -> None:
    began = post(address, request("initialize", **HANDSHAKE))
    assert began.headers["content-type"] == "application/json"
    assert "mcp-session-id" not in began.headers  # every request stands alone
    version = {"MCP-Protocol-Version": began.json()["result"]["protocolVersion"]}
    done = post(address, {"jsonrpc": "2.0", "method": "notifications/initialized"}, **version)
    assert done.status_code == 202
    call = request("tools/call", name="ask", arguments={"question": QUESTIONS[0]})
    reply = post(address, call, **version).json()["result"]
    assert reply["structuredContent"] == json_of(asked.ask(QUESTIONS[0]).to_dict())
    assert post(address, b"{", **version).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:80"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1"}, 403),  # another program of this machine
        ({"Content-Type": "text/plain"}, 400),  # what a foreign page can send without asking
    ],
    ids=str,
)
def test_what_a_foreign_page_can_send_is_refused(
    address: str, headers: dict[str, str], status: int
) -> None:
    call = request("tools/list")
    assert post(address, call, **headers).status_code == status


def test_own_names_and_the_own_origin_are_let_in(address: str) -> None:
    port = address.split(":")[2].split("/")[0]
    for name in (f"127.0.0.1:{port}", f"localhost:{port}"):
        headers = {"Host": name, "Origin": f"http://{name}"}
        assert post(address, request("initialize", **HANDSHAKE), **headers).status_code == 200


def test_a_body_that_is_too_large_is_refused(address: str) -> None:
    call = request("tools/call", name="ask", arguments={"question": "a" * 1_100_000})
    assert post(address, call).status_code == 413


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs Linux's list of sockets")
def test_it_listens_on_this_machine_only(address: str) -> None:
    port = int(address.split(":")[2].split("/")[0])
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = [local for _, local, _, state, *_ in sockets if state == "0A"]
    assert [local for local in listening if local.endswith(f":{port:04X}")] == [
        f"0100007F:{port:04X}"
    ]


def test_ctrl_c_ends_a_session_that_waits_for_input(
    news_index: Path, environment: dict[str, str]
) -> None:
    with wire_to(news_index, environment) as wire:
        wire.call("tools/list")
        wire.process.send_signal(signal.SIGINT)
        assert wire.process.wait(PATIENCE_S) == -signal.SIGINT


def test_options_that_do_not_fit_are_refused(cli: Callable[..., Any], news_index: Path) -> None:
    refused = cli("mcp", "--index", news_index, "--port", "8000")
    assert refused.exit_code == 2
    assert "go with --http" in refused.stderr


def test_without_an_index_it_says_so_and_not_on_the_output(
    process: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    run = process("mcp", "--index", tmp_path / "none")
    assert (run.returncode, run.stdout) == (1, "")
    assert "no index" in run.stderr


def test_a_port_that_is_taken_is_named(
    process: Callable[..., subprocess.CompletedProcess[str]], news_index: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = process("mcp", "--index", news_index, "--http", "--port", port)
    assert run.returncode == 1
    assert f"port {port}" in run.stderr
    assert "--port" in run.stderr


def test_what_is_printed_before_serving_is_not_on_the_output(environment: dict[str, str]) -> None:
    code = """
import os
from qa.interfaces.mcp.stdio import quiet_output
with quiet_output():
    print("from Python")
    os.system("echo from a child")
print("protocol")
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
        cwd=ROOT,
    )
    assert run.stdout == "protocol\n"
    assert "from Python" in run.stderr
    assert "from a child" in run.stderr


# What follows needs no process and no model.


@dataclass(frozen=True)
class Opened:
    assistant: Assistant

    def run(self, work: Callable[[Client], Awaitable[None]]) -> None:
        async def session() -> None:
            async with Client(build_server(self.assistant)) as client:
                await work(client)

        anyio.run(session)


def opened(folder: Path) -> Opened:
    encoder = HashingEncoder()
    reader = SentenceReader(encoder, plain_calibration())
    return Opened(Assistant.open(folder, encoder=encoder, reader=reader))


@pytest.fixture
def small(index_folder: Path) -> Iterator[Opened]:
    made = opened(index_folder)
    with made.assistant:
        yield made


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": " "}, "the question is empty"),
        ("ask", {"question": "x" * 100_000}, "at most"),
        ("ask", {}, "question: Field required"),
        ("ask", {"question": "Who?", "outlet": "Orme Courier"}, "outlet: Extra inputs"),
        ("ask", {"question": "Who?", "since": "yesterday"}, "since: Input should be a valid date"),
        ("ask", {"question": "Who?", "since": "2025-02-01", "until": "2025-01-01"}, "exchange"),
        ("ask", {"question": "Who?", "history": [1]}, "history.0"),
        ("search_articles", {"query": "barrier", "k": 0}, "k: Input should be greater"),
        ("search_articles", {"query": "barrier", "k": 10_000}, "k: Input should be less"),
        ("get_article", {"id": "nowhere"}, "no article 'nowhere'"),
        ("get_article", {"id": "ferry", "version": "0"}, "ferry"),
        ("get_article", {"id": "ferry", "start": 9_999}, "no text from 9999"),
        ("get_article", {"id": "ferry", "start": 9, "end": 5}, "no text from 9 to 5"),
        ("get_article", {"id": "ferry", "start": -1}, "start: Input should be greater"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said_in_our_words(
    small: Opened, tool: str, arguments: dict[str, Any], said: str
) -> None:
    async def work(client: Client) -> None:
        reply = await client.call_tool(tool, arguments)
        assert reply.is_error
        assert isinstance(reply.content[0], protocol.TextContent)
        assert said in reply.content[0].text
        assert "x" * 100 not in reply.content[0].text  # what was sent is not repeated

    small.run(work)


def test_what_is_not_there_is_an_error_of_the_protocol(small: Opened) -> None:
    async def work(client: Client) -> None:
        for uri in (
            "pullquote://articles/nowhere",
            "file:///etc/passwd",
            "pullquote://articles/%ff",
        ):
            with pytest.raises(MCPError, match="article") as caught:
                await client.read_resource(uri)
            assert caught.value.code == protocol.INVALID_PARAMS
        for cursor in ("0", "-1", "x", "9" * 30):
            with pytest.raises(MCPError, match="no cursor"):
                await client.list_resources(cursor=cursor)
        with pytest.raises(MCPError, match="no tool 'delete'"):
            await client.call_tool("delete", {})

    small.run(work)


def test_a_failure_inside_tells_nothing_of_it(
    small: Opened, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the secret")

    async def work(client: Client) -> None:
        reply = await client.call_tool("ask", {"question": "Who?"})
        assert reply.is_error
        assert "secret" not in reply.model_dump_json()
        with pytest.raises(MCPError) as caught:
            await client.list_resources()
        assert "secret" not in str(caught.value.error)

    monkeypatch.setattr(Assistant, "ask", fail)
    monkeypatch.setattr(Assistant, "listing", fail)
    small.run(work)
    assert "the secret" in caplog.text


def test_filters_history_and_offsets_reach_the_search(small: Opened) -> None:
    question = "How often would the gates close?"
    only = ArticleFilter(outlets=["Orme Courier"])

    async def work(client: Client) -> None:
        narrowed = {"query": question, "outlets": "Orme Courier"}  # one name, not in a list
        found = (await client.call_tool("search_articles", narrowed)).structured_content["passages"]
        assert {passage["outlet"] for passage in found} == {"Orme Courier"}
        for passage in found:
            text = small.assistant.article(passage["article_id"]).text
            assert text[passage["start"] : passage["end"]] == passage["text"]
        reply = await client.call_tool("ask", {"question": question, "outlets": ["Orme Courier"]})
        assert reply.structured_content == json_of(
            small.assistant.ask(question, only=only).to_dict()
        )
        earlier = {"question": "What did the barrier cost?", "answer": "412 million pounds"}
        follow = {"question": "And when did it open?", "history": [earlier, "Who is Ines Varga?"]}
        reply = await client.call_tool("ask", follow)
        turn = Turn(question=earlier["question"], answer=earlier["answer"])
        history: list[Turn | str] = [turn, "Who is Ines Varga?"]
        expected = small.assistant.ask("And when did it open?", history=history)
        assert reply.structured_content == json_of(expected.to_dict())
        assert expected.question != "And when did it open?"

    small.run(work)


def test_addresses_pages_and_long_articles(folder: Path) -> None:
    ids = [f"n{number}" for number in range(118)] + ["local/übermorgen 50%.md", "a?b#c"]
    articles = [make_article(f"It rained on day {id}.", id=id) for id in ids]
    long = make_article("It rained. " * 10_000, id="long")
    build_index(folder, [*articles, long], encoder=HashingEncoder(max_tokens=400))

    async def work(client: Client) -> None:
        names, cursor = set(), None
        while True:
            page = await client.list_resources(cursor=cursor)
            names |= {resource.name for resource in page.resources}
            for resource in page.resources[-3:]:
                (text,) = (await client.read_resource(resource.uri)).contents
                assert isinstance(text, protocol.TextResourceContents)
                assert text.text.startswith("It rained")
            if not (cursor := page.next_cursor):
                break
        assert names == {*ids, "long"}
        read, whole = 0, ""
        while read < len(long.text):
            part = await client.call_tool("get_article", {"id": "long", "start": read})
            assert len(part.structured_content["text"]) <= shapes.MAX_ARTICLE_CHARS
            whole += part.structured_content["text"]
            read = part.structured_content["end"]
        assert whole == long.text

    made = opened(folder)
    with made.assistant:
        made.run(work)


def test_the_published_shapes_are_those_of_the_answer(small: Opened) -> None:
    answer = small.assistant.ask("How often would the gates close?")
    assert answer.citations
    assert answer.alternatives
    shape = answer.to_dict()
    citation = shape["citations"][0]
    assert shapes.AnswerShape.model_fields.keys() == shape.keys()
    assert shapes.AlternativeShape.model_fields.keys() == shape["alternatives"][0].keys()
    assert shapes.CitationShape.model_fields.keys() == citation.keys()
    assert shapes.ReadCounts.model_fields.keys() == shape["debug"].keys()
    assert shapes.AnswerShape.model_validate(shape).model_dump() == shape


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("news.example", "https://news.example", 200),
        ("news.example:8443", "https://news.example:8443", 200),
        ("news.example", "https://evil.example", 403),
        ("news.example.evil.example", "https://news.example", 421),
    ],
)
def test_a_name_that_was_given_is_let_in_and_no_other(
    small: Opened, host: str, origin: str, status: int
) -> None:
    server = build_server(small.assistant)
    app = http_app(server, 8000, hosts=["news.example"])
    with TestClient(app, base_url="https://news.example") as client:
        headers = {"Host": host, "Origin": origin, "Accept": "application/json"}
        reply = client.post(PATH, json=request("initialize", **HANDSHAKE), headers=headers)
        assert reply.status_code == status


def test_tools_say_that_they_only_read(small: Opened) -> None:
    async def work(client: Client) -> None:
        for tool in (await client.list_tools()).tools:
            assert tool.annotations
            assert tool.annotations.read_only_hint
            assert tool.output_schema
            assert tool.input_schema["additionalProperties"] is False

    small.run(work)
