"""How is a question asked through each door, and where does the door hold the answer's JSON?

Every door gets the time it wants for reading, so that no answer depends on how busy the machine is.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.parity_cases import Case
from bench.servers import ROOT, running
from corpus import InvalidQuestion
from qa import Assistant, Settings

Told = dict[str, Any]
"""The JSON form of an answer, or `REFUSED`."""
REFUSED: Told = {"refused": True}
PATIENT = Settings(reading_seconds=600)
PATIENTLY = {"PULLQUOTE_ANSWERS_READING_SECONDS": f"{PATIENT.reading_seconds:g}"}
"""The same for the doors that are programs of their own."""
_COMMAND = ("-m", "qa.interfaces.cli")
_CHOICE = frozenset({"outlets", "since", "until"})
_FILTER = _CHOICE | {"articles"}
_ALL = _FILTER | {"history", "any_time"}


@dataclass(frozen=True, slots=True)
class Door:
    """A way to an answer: what can be told with a question, and how questions are asked."""

    name: str
    takes: frozenset[str]
    ask: Callable[[Path, Sequence[Case]], list[Told]]


def _inside(one: Callable[[Assistant, Case], Told | None]) -> Callable[..., list[Told]]:
    """Return how questions are asked of an assistant in this process, one after the other."""

    def told(assistant: Assistant, case: Case) -> Told:
        try:
            return one(assistant, case) or REFUSED
        except Exception as error:
            if isinstance(error.__cause__ or error, InvalidQuestion):
                return REFUSED
            raise

    def ask(index: Path, cases: Sequence[Case]) -> list[Told]:
        with Assistant.open(index, settings=PATIENT) as assistant:
            return [told(assistant, case) for case in cases]

    return ask


def _python(assistant: Assistant, case: Case) -> Told:
    return assistant.ask(
        case.question, history=case.history, only=case.only(), any_time=case.any_time
    ).to_dict()


def _langchain(assistant: Assistant, case: Case) -> Told | None:
    from qa.adapters.langchain import answer_tool

    tool = answer_tool(assistant)
    call = {"type": "tool_call", "id": "1", "name": tool.name, "args": case.told()}
    # A question that is empty is left out of what is told, and the tool wants one.
    call["args"] = {"question": case.question} | case.told()
    artifact: Told | None = tool.invoke(call).artifact
    return artifact


def _llama_index(assistant: Assistant, case: Case) -> Told:
    from qa.adapters.llama_index import PullquoteQueryEngine

    response = PullquoteQueryEngine(assistant, only=case.only()).query(case.question)
    answer: Told = (getattr(response, "metadata", None) or {})["answer"]
    return answer


def _haystack(assistant: Assistant, case: Case) -> Told:
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    from haystack import Pipeline

    from qa.adapters.haystack import PullquoteAnswerer

    pipeline = Pipeline()
    pipeline.add_component("articles", PullquoteAnswerer(assistant))
    ran = pipeline.run({"articles": {"query": case.question, "only": case.only()}})
    answer: Told = ran["articles"]["answer"]
    return answer


def _wsgi(assistant: Assistant, case: Case) -> Told | None:
    from qa.adapters.wsgi import answering_app

    body = json.dumps({"question": case.question, "history": case.history}).encode()
    environ = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body))}
    statuses: list[str] = []
    app = answering_app(assistant)
    reply = app(
        environ | {"wsgi.input": io.BytesIO(body)}, lambda status, headers: statuses.append(status)
    )
    answer: Told = json.loads(b"".join(reply))
    return answer if statuses[0].startswith("200") else None


def _command_line(index: Path, cases: Sequence[Case]) -> list[Told]:
    """Ask all questions that are only questions in one batch, each of the others by itself."""
    batch = [case for case in cases if not case.needs()]
    lines = "".join(json.dumps({"question": case.question}) + "\n" for case in batch)
    printed = _run(index, "--batch", "-", sent=lines).splitlines() if batch else []
    told = iter([REFUSED if "error" in line else line for line in map(json.loads, printed)])
    return [_single(index, case) if case.needs() else next(told) for case in cases]


def _single(index: Path, case: Case) -> Told:
    names = {"outlets": "--outlet", "articles": "--article"}
    options: list[str] = []
    for name in sorted(case.needs()):
        value = getattr(case, name)
        for each in value if isinstance(value, list) else [value]:
            options += [names.get(name, f"--{name}"), each]
    printed = _run(index, *options, "--", case.question)
    return dict(json.loads(printed)) if printed else REFUSED


def _run(index: Path, *arguments: str, sent: str = "") -> str:
    command = [sys.executable, *_COMMAND, "ask", "--index", str(index), "--json", *arguments]
    run = subprocess.run(
        command, input=sent, capture_output=True, text=True, cwd=ROOT, env=_environment()
    )
    if run.returncode not in (0, 1):  # 1: something was refused, and said
        raise RuntimeError(f"{command} ended with {run.returncode}: {run.stderr}")
    return run.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **PATIENTLY}


def _rest(index: Path, cases: Sequence[Case]) -> list[Told]:
    options = ["--api", "--port", "0", "--trusted-proxy", "127.0.0.1", "--index", str(index)]
    with (
        running([*_COMMAND, "serve", *options], variables=PATIENTLY) as server,
        httpx.Client(base_url=server.url, timeout=600) as client,
    ):
        return [_posted(client, number, case) for number, case in enumerate(cases)]


def _posted(client: httpx.Client, number: int, case: Case) -> Told:
    """Ask as a caller of its own: nobody may ask so many questions in a minute."""
    asked = {"question": case.question} | case.told()
    caller = f"10.0.{number // 250}.{number % 250 + 1}"
    reply = client.post("/v1/ask", json=asked, headers={"x-forwarded-for": caller})
    return REFUSED if reply.status_code == 422 else dict(reply.raise_for_status().json())


def _mcp(index: Path, cases: Sequence[Case]) -> list[Told]:
    from mcp import Client, StdioServerParameters

    arguments = [*_COMMAND, "mcp", "--index", str(index)]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=_environment())

    async def one(client: Client, case: Case) -> Told:
        reply = await client.call_tool("ask", {"question": case.question} | case.told())
        return REFUSED if reply.is_error else dict(reply.structured_content or {})

    async def session() -> list[Told]:
        async with Client(server, read_timeout_seconds=600) as client:
            return [await one(client, case) for case in cases]

    return asyncio.run(session())


PYTHON = Door("Python", _ALL, _inside(_python))
DOORS = (
    Door("command line", _FILTER, _command_line),
    Door("REST", _ALL, _rest),
    Door("MCP", _ALL, _mcp),
    Door("LangChain", _CHOICE, _inside(_langchain)),
    Door("LlamaIndex", _FILTER, _inside(_llama_index)),
    Door("Haystack", _FILTER, _inside(_haystack)),
    Door("WSGI", frozenset({"history"}), _inside(_wsgi)),
)
