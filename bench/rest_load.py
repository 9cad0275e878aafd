"""How many questions a second does the API answer, how many passages find, and if there are more?

A closed loop: each client asks its next question as soon as it has an answer, with the reader, no
question twice. Then more clients than there is room for: how fast are they told to come back, and
how soon is all well again?

    python -m bench.rest_load --seconds 30 --out bench/results/rest-load.json
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from bench.page_clients import Reply, sample_questions
from bench.page_load import RECOVERY_S, WELL_S, arguments, summary
from bench.record import record
from bench.servers import sample_server

PASSAGES = 10


def main() -> None:
    given = arguments(__doc__)
    with (
        tempfile.TemporaryDirectory() as folder,
        sample_server("api", given.index or Path(folder) / "index") as server,
    ):
        result = asyncio.run(measure(server.url, given.seconds, given.clients, given.too_many))
    record("rest_load", result, given.out)


async def measure(
    url: str, seconds: float, clients: tuple[int, ...], too_many: int
) -> dict[str, Any]:
    """Measure all loads, one after the other; the first one warms up and is thrown away."""
    questions = sample_questions()
    await load(url, "/v1/ask", questions, clients=2, seconds=min(seconds, 5.0))
    result: dict[str, Any] = {"seconds": seconds}
    for path in ("/v1/ask", "/v1/retrieve"):
        for number in clients:
            replies = await load(url, path, questions, clients=number, seconds=seconds)
            result[f"{path.rsplit('/', 1)[1]}_{number}"] = summary(replies, seconds)
    if too_many:
        replies = await load(url, "/v1/ask", questions, clients=too_many, seconds=seconds)
        result[f"ask_{too_many}"] = summary(replies, seconds)
        result["recovery_s"] = await recovery(url, questions)
    return result


async def load(
    url: str, path: str, questions: Iterator[str], *, clients: int, seconds: float
) -> list[Reply]:
    """Let `clients` ask for so long; return what became of each question."""
    ends = time.perf_counter() + seconds
    replies: list[Reply] = []

    async def ask_on(number: int) -> None:
        async with caller(url, number) as client:
            while time.perf_counter() < ends:
                reply = await ask(client, path, next(questions))
                replies.append(reply)
                if reply.retry_after:
                    await asyncio.sleep(reply.retry_after)

    await asyncio.gather(*map(ask_on, range(1, clients + 1)))
    return replies


def caller(url: str, number: int) -> httpx.AsyncClient:
    """Return a client with an address of its own, told as a proxy tells it."""
    address = f"10.0.{number // 256 % 256}.{number % 256}"
    return httpx.AsyncClient(base_url=url, headers={"x-forwarded-for": address}, timeout=90)


async def ask(client: httpx.AsyncClient, path: str, question: str) -> Reply:
    """Send one question; return what became of it."""
    asked: dict[str, Any] = {"question": question}
    began = time.perf_counter()
    try:
        if path == "/v1/ask":
            reply = await client.post(path, json=asked)
        else:
            reply = await client.get(path, params={**asked, "k": PASSAGES})
        status, after = reply.status_code, reply.headers.get("retry-after")
    except httpx.HTTPError:
        status, after = 0, None
    return Reply(
        seconds=time.perf_counter() - began,
        status=status,
        answered=status == 200,
        retry_after=int(after) if after else None,
    )


async def recovery(url: str, questions: Iterator[str]) -> float | None:
    """Return after how many seconds a new client has an answer within `WELL_S`; None if never."""
    began = time.perf_counter()
    async with caller(url, 60_000) as client:
        while time.perf_counter() - began < RECOVERY_S:
            reply = await ask(client, "/v1/ask", next(questions))
            if reply.answered and reply.seconds <= WELL_S:
                return round(time.perf_counter() - began, 2)
            await asyncio.sleep(0.2)
    return None


if __name__ == "__main__":
    main()
