"""Clients of the page: they ask through Gradio's queue as its own script does."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from corpus.sample import SAMPLE_ARTICLES
from qa.interfaces.strings import say

QUESTIONS_A_PAGE = 10
"""After so many, a client opens the page anew."""

_BUSY = say("en", "talk_busy")
_PREFIXES = ("", "Please tell me: ", "I wonder: ", "According to the news, ", "Briefly: ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of one question.

    Attributes:
        seconds: from sending it to the end of the answer, or to the refusal.
        status: of HTTP; 0 if there was none.
        answered: the page was sent a card that is no notice.
        told_busy: it was sent the card that says that too many are asking.
        retry_after: what a refusal said, in seconds.
    """

    seconds: float
    status: int
    answered: bool
    told_busy: bool = False
    retry_after: int | None = None


class PageClient:
    """One visitor with an address of its own, told as a proxy tells it, and one page open."""

    def __init__(self, url: str, number: int) -> None:
        address = f"10.{number // 65_536}.{number // 256 % 256}.{number % 256}"
        self._client = httpx.AsyncClient(
            base_url=url, headers={"x-forwarded-for": address}, timeout=90
        )
        self._listener: dict[str, Any] = {}
        self._session = ""  # one for as long as a page is open, as in its own script
        self._asked = 0

    async def open(self) -> None:
        """Load the page and find its listener for questions."""
        (await self._client.get("/")).raise_for_status()
        config = (await self._client.get("/config")).raise_for_status().json()
        field = next(
            part["id"]
            for part in config["components"]
            if part["props"].get("elem_id") == "question"
        )
        self._listener = next(
            listener for listener in config["dependencies"] if field in listener["inputs"]
        )

    async def ask(self, question: str) -> Reply:
        """Ask a question and wait for the end of what the page is sent."""
        if self._asked % QUESTIONS_A_PAGE == 0:
            self._session = uuid4().hex
        self._asked += 1
        began = time.perf_counter()
        try:
            joined = await self._client.post("/gradio_api/queue/join", json=self._body(question))
            card = await self._card() if joined.status_code == 200 else ""
            status = joined.status_code
            after = joined.headers.get("retry-after")
        except httpx.HTTPError:
            status, card, after = 0, "", None
        return Reply(
            seconds=time.perf_counter() - began,
            status=status,
            # Of the cards, only those of answers hold chips, or say that nothing was found.
            answered="chip" in card or "nothing" in card,
            told_busy=_BUSY in unescape(card),
            retry_after=int(after) if after else None,
        )

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    def _body(self, question: str) -> dict[str, Any]:
        empty = ["" for _ in self._listener["inputs"][1:-1]]
        return {
            "data": [question, *empty, None],
            "fn_index": self._listener["id"],
            "session_hash": self._session,
        }

    async def _card(self) -> str:
        """Listen until the listener has done; return the last card shown, nothing if it failed."""
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", address) as events:
            async for line in events.aiter_lines():
                if line.startswith("data:") and '"process_completed"' in line:
                    told = json.loads(line[5:])
                    shown = told["output"]["data"][1] if told["success"] else []
                    return str(shown[-1]["content"]) if shown else ""
        return ""


def sample_questions() -> Iterator[str]:
    """Yield questions without end, no two alike: those of the sample, then variants of them."""
    asked = [
        json.loads(line)["question"]
        for file in sorted(SAMPLE_ARTICLES.parent.glob("questions-*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    for prefix in _PREFIXES:
        yield from (prefix + question for question in asked)
    for number in count(2):
        yield from (f"{question} (asked for the {number}. time)" for question in asked)


def share(replies: Sequence[Reply], status: int) -> int:
    """Return how many replies have a status."""
    return sum(reply.status == status for reply in replies)
