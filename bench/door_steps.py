"""What does somebody who has never seen pullquote type to come to a cited answer, door by door?

A folder `news` with articles and the wheel are all that is there. `{wheel}` and `{port}` are filled
in; a command that ends with `&` is a server, and the next one comes once it has said its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

QUESTION = "How much did the tidal barrier cost?"
ANSWERS = ("586 million crowns", "612 million crowns")
"""What the articles say: at first, and in a correction."""
IN_BROWSER = "open http://127.0.0.1:{port} in a browser and ask"
"""No command; the benchmark asks as the page's own script does."""

_NEW = "python3 -m venv venv"
_INDEX = "venv/bin/pullquote index news"
_ASK_JSON = """curl -s -H 'Content-Type: application/json' -d '{{"question": "QUESTION"}}'"""

_LANGCHAIN = """
from qa import Assistant
from qa.adapters.langchain import answer_tool

with Assistant.open("index") as assistant:
    asked = {"question": "QUESTION"}
    call = {"type": "tool_call", "id": "1", "name": "ask_articles", "args": asked}
    print(answer_tool(assistant).invoke(call).content)
"""
_WSGI = """
import sys
from wsgiref.simple_server import make_server

from qa import Assistant
from qa.adapters.wsgi import answering_app

with Assistant.open("index") as assistant:
    server = make_server("127.0.0.1", int(sys.argv[1]), answering_app(assistant))
    print(f"at http://127.0.0.1:{sys.argv[1]}/", flush=True)
    server.serve_forever()
"""
_GRADIO = """
import sys

import gradio as gr

from qa import Assistant
from qa.adapters.gradio import ask_box

with Assistant.open("index") as assistant:
    with gr.Blocks(analytics_enabled=False) as demo:
        ask_box(assistant)
    demo.launch(server_port=int(sys.argv[1]))
"""
_GRADIO_CLIENT = """
import sys

from gradio_client import Client

client = Client(f"http://127.0.0.1:{sys.argv[1]}", verbose=False)
print(client.predict("QUESTION", api_name="/ask_articles"))
"""
_JAVASCRIPT = """
import { ask, createClient } from "./pullquote.js";

const client = createClient({ baseUrl: `http://127.0.0.1:${process.argv[2]}` });
const { data } = await ask({ client, body: { question: "QUESTION" } });
console.log(data.text, data.citations.map((citation) => citation.title));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A way to an answer, from an empty environment.

    Attributes:
        commands: what is typed, in order; the last one shows the answer with its source.
        examples: programs that are copied, from the folder of the project.
        programs: those that a reader of the documentation writes, by file name.
    """

    name: str
    commands: tuple[str, ...]
    examples: tuple[str, ...] = ()
    programs: Mapping[str, str] = field(default_factory=dict)


def _door(
    name: str,
    extra: str,
    *further: str,
    examples: tuple[str, ...] = (),
    programs: Mapping[str, str] | None = None,
) -> Door:
    wanted = f"[{extra}]" if extra else ""
    commands = (_NEW, f"venv/bin/pip install -q '{{wheel}}{wanted}'", _INDEX, *further)
    return Door(
        name=name,
        commands=tuple(command.replace("QUESTION", QUESTION) for command in commands),
        examples=examples,
        programs={
            file: text.lstrip().replace("QUESTION", QUESTION)
            for file, text in (programs or {}).items()
        },
    )


def _example(name: str, extra: str, file: str) -> Door:
    return _door(name, extra, f"venv/bin/python {file}", examples=(f"examples/{file}",))


_SERVE_API = "venv/bin/pullquote serve --api --no-page --port {port} &"

DOORS = (
    _door("command line", "", 'venv/bin/pullquote ask "QUESTION"'),
    _example("Python", "", "ask.py"),
    _door(
        "WSGI",
        "",
        "venv/bin/python serve.py {port} &",
        f"{_ASK_JSON} http://127.0.0.1:{{port}}/",
        programs={"serve.py": _WSGI},
    ),
    _door("REST", "api", _SERVE_API, f"{_ASK_JSON} http://127.0.0.1:{{port}}/v1/ask"),
    _door(
        "JavaScript",
        "api",
        _SERVE_API,
        "node ask.mjs {port}",
        examples=("clients/javascript/generated/pullquote.js",),
        programs={"ask.mjs": _JAVASCRIPT},
    ),
    _example("MCP", "mcp", "mcp_client.py"),
    _door("LangChain", "langchain", "venv/bin/python ask.py", programs={"ask.py": _LANGCHAIN}),
    _example("LlamaIndex", "llama-index", "llama_index_query.py"),
    _example("Haystack", "haystack", "haystack_component.py"),
    _door("chat page", "web", "venv/bin/pullquote serve --port {port} &", IN_BROWSER),
    _door(
        "Gradio",
        "web",
        "venv/bin/python app.py {port} &",
        "venv/bin/python ask.py {port}",
        programs={"app.py": _GRADIO, "ask.py": _GRADIO_CLIENT},
    ),
)
