"""Starting a page in another process, and asking it as its own script does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from bench.servers import running
from tests.integration.room_process import NOTES


@dataclass(frozen=True)
class RunningRoom:
    """A server that answers at `url`, and the folder it works in."""

    url: str
    folder: Path
    pid: int

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def notes(self) -> list[str]:
        """What the process has opened, connected to and looked up."""
        return (self.folder / NOTES).read_text().splitlines()

    def log(self) -> str:
        return (self.folder / "log").read_text()


@contextmanager
def running_room(folder: Path, **settings: Any) -> Iterator[RunningRoom]:
    """Start a page over a few articles; `settings` are those of `RoomSettings`."""
    script = Path(__file__).with_name("room_process.py")
    with running([script, folder, json.dumps(settings)], log=folder / "log") as started:
        yield RunningRoom(started.url, folder, started.pid)


class Asker:
    """Asks as the page does: joins Gradio's queue, then listens for the outcome."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        config = client.get("config").raise_for_status().json()
        self.config: dict[str, Any] = config
        by_id = {part["id"]: part for part in config["components"]}
        fields = [
            part["id"] for part in by_id.values() if part["props"].get("elem_id") == "question"
        ]
        self.function = next(
            listener for listener in config["dependencies"] if fields[0] in listener["inputs"]
        )

    def body(self, question: Any, **more: Any) -> dict[str, Any]:
        """Return what is posted for a question; the state is Gradio's, the rest empty."""
        inputs = [question, *("" for _ in self.function["inputs"][1:-1]), None]
        return {
            "data": inputs,
            "fn_index": self.function["id"],
            "session_hash": uuid4().hex[:12],
            **more,
        }

    def join(self, question: Any, **more: Any) -> httpx.Response:
        return self._client.post("gradio_api/queue/join", json=self.body(question, **more))

    def ask(self, question: Any) -> str:
        """Return all that the server sends about a question, as text."""
        body = self.body(question)
        self._client.post("gradio_api/queue/join", json=body).raise_for_status()
        return self.outcome(body["session_hash"])

    def outcome(self, session_hash: str) -> str:
        told: list[str] = []
        address = f"gradio_api/queue/data?session_hash={session_hash}"
        with self._client.stream("GET", address, timeout=60) as events:
            for line in events.iter_lines():
                told.append(line)
                if '"process_completed"' in line:
                    break
        return "\n".join(told)
