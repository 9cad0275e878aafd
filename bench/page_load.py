"""How many questions a second does the page answer, and what does it do when there are too many?

A closed loop: each client asks its next question as soon as it has an answer, through the queue
that the page itself uses, with the reader, no question twice. Then an open loop: as many clients
ask at times of their own, `RATE` questions a second in all. Then more clients than there is room
for: how fast are they told to come back, and how soon is all well again?

    python -m bench.page_load --seconds 30 --out bench/results/page-load.json
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.page_clients import PageClient, Reply, sample_questions, share
from bench.record import record
from bench.servers import sample_server
from bench.timing import milliseconds

CLIENTS = (1, 4, 16)
RATE = 8.0
TOO_MANY = 64
RECOVERY_S = 30.0
WELL_S = 1.0  # an answer within this time: all is well


def main() -> None:
    given = arguments(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        index = given.index or Path(folder) / "index"
        with sample_server("page", index) as server:
            result = asyncio.run(measure(server.url, given.seconds, given.clients, given.too_many))
    record("page_load", result, given.out)


def arguments(description: str | None) -> argparse.Namespace:
    """Read what a measurement of loads is told on the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seconds", type=float, default=30.0, help="for each number of clients")
    parser.add_argument("--clients", type=int, nargs="*", default=CLIENTS)
    parser.add_argument("--too-many", type=int, default=TOO_MANY, help="0 leaves it out")
    parser.add_argument("--index", type=Path, help="a folder to keep the index in")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


async def measure(
    url: str, seconds: float, clients: tuple[int, ...], too_many: int
) -> dict[str, Any]:
    """Measure all loads, one after the other; the first one warms up and is thrown away."""
    questions = sample_questions()
    await load(url, questions, clients=2, seconds=min(seconds, 5.0))
    result: dict[str, Any] = {"seconds": seconds}
    for number in clients:
        result[f"clients_{number}"] = summary(
            await load(url, questions, clients=number, seconds=seconds), seconds
        )
    replies = await load(url, questions, clients=max(clients), seconds=seconds, rate=RATE)
    result[f"clients_{max(clients)}_at_{RATE:g}_a_second"] = summary(replies, seconds)
    if too_many:
        replies = await load(url, questions, clients=too_many, seconds=seconds)
        result[f"clients_{too_many}"] = summary(replies, seconds)
        result["recovery_s"] = await recovery(url, questions)
    return result


async def load(
    url: str, questions: Iterator[str], *, clients: int, seconds: float, rate: float | None = None
) -> list[Reply]:
    """Let `clients` ask for so long; return what became of each question.

    With a `rate`, each waits after its answer for its next turn, exponentially distributed around
    what makes `rate` questions a second of all, the last turn after the end; without, nobody waits.
    """
    dice = random.Random(clients)
    visitors = [PageClient(url, number + 1) for number in range(clients)]
    await asyncio.gather(*(visitor.open() for visitor in visitors))
    ends = time.perf_counter() + seconds
    replies: list[Reply] = []

    async def ask_on(visitor: PageClient) -> None:
        due = time.perf_counter()
        while time.perf_counter() < ends:
            if rate:
                due += dice.expovariate(rate / clients)
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
            reply = await visitor.ask(next(questions))
            replies.append(reply)
            if reply.retry_after:
                await asyncio.sleep(reply.retry_after)
        await visitor.close()

    await asyncio.gather(*map(ask_on, visitors))
    return replies


async def recovery(url: str, questions: Iterator[str]) -> float | None:
    """Return after how many seconds a new visitor has an answer within `WELL_S`; None if never."""
    visitor = PageClient(url, 60_000)
    began = time.perf_counter()
    await visitor.open()
    try:
        while time.perf_counter() - began < RECOVERY_S:
            reply = await visitor.ask(next(questions))
            if reply.answered and reply.seconds <= WELL_S:
                return round(time.perf_counter() - began, 2)
            await asyncio.sleep(0.2)
    finally:
        await visitor.close()
    return None


def summary(replies: list[Reply], seconds: float) -> dict[str, Any]:
    """Return figures of one load.

    An error is anything but an answer, the card that says that too many are asking, and a refusal
    that says when to come back.
    Answers that came after the time was over count as answers, not for the rate.
    """
    answered = [reply for reply in replies if reply.answered]
    busy = [reply for reply in replies if reply.told_busy]
    refused = [reply for reply in replies if reply.status in {429, 503} and reply.retry_after]
    told: dict[str, Any] = {
        "questions": len(replies),
        "answers": len(answered),
        "answers_per_second": round(len(answered) / seconds, 2),
        "refused_503": share(refused, 503),
        "refused_429": share(refused, 429),
        "told_busy": len(busy),
        "errors": len(replies) - len(answered) - len(busy) - len(refused),
        "statuses": dict(Counter(str(reply.status) for reply in replies)),
    }
    if len(answered) > 1:
        told["answer_ms"] = milliseconds([reply.seconds for reply in answered])
    if len(refused) > 1:
        told["refusal_ms"] = milliseconds([reply.seconds for reply in refused])
    return told


if __name__ == "__main__":
    main()
