"""Does the page hold on to memory, files or temporary files while it is asked for a long time?

A few clients ask without a pause, each loading the page anew now and then; meanwhile the server's
resident memory, file handles and temporary files are sampled.

    python -m bench.page_soak --minutes 30 --out bench/results/page-soak.json
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.page_clients import QUESTIONS_A_PAGE, PageClient, sample_questions
from bench.record import record
from bench.servers import Server, sample_server

CLIENTS = 4
WARM_UP = 0.1  # of the time, before growth counts: pools and caches fill
SAMPLES = 120
_PAGE_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Sample:
    """The server at one moment."""

    second: float
    resident_mb: float
    handles: int
    threads: int
    temporary_files: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        sample_server("page", Path(folder) / "index") as server,
    ):
        result = asyncio.run(soak(server, given.minutes * 60, given.clients))
    record("page_soak", result, given.out)


async def soak(server: Server, seconds: float, clients: int) -> dict[str, Any]:
    """Ask for so long; return what the server has grown by."""
    began = time.perf_counter()
    questions = sample_questions()
    asking = [
        asyncio.create_task(visits(server.url, number, questions, began + seconds))
        for number in range(clients)
    ]
    samples: list[Sample] = []
    while (elapsed := time.perf_counter() - began) < seconds:
        samples.append(await asyncio.to_thread(sample, server.pid, elapsed))
        await asyncio.sleep(seconds / SAMPLES)
    counts = await asyncio.gather(*asking)
    answers, others = (sum(column) for column in zip(*counts, strict=True))
    return {
        "minutes": round(seconds / 60, 2),
        "clients": clients,
        "answers": answers,
        "not_answered": others,
        **growth([one for one in samples if one.second >= WARM_UP * seconds] or samples),
        "samples": [asdict(one) for one in samples],
    }


async def visits(url: str, number: int, questions: Iterator[str], ends: float) -> tuple[int, int]:
    """Visit the page again and again; return how many answers there were, and how many others."""
    answers = others = 0
    while time.perf_counter() < ends:
        visitor = PageClient(url, number + 1)
        await visitor.open()
        for _ in range(QUESTIONS_A_PAGE):
            if time.perf_counter() >= ends:
                break
            reply = await visitor.ask(next(questions))
            answers += reply.answered
            others += not reply.answered
            if reply.retry_after:
                await asyncio.sleep(reply.retry_after)
        await visitor.close()
    return answers, others


def sample(pid: int, second: float) -> Sample:
    """Look at the server; its temporary files are those that are newer than itself."""
    process = Path(f"/proc/{pid}")
    started = process.stat().st_mtime
    folder = Path(tempfile.gettempdir()) / "gradio"
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    return Sample(
        second=round(second, 1),
        resident_mb=round(int((process / "statm").read_text().split()[1]) * _PAGE_BYTES / 2**20, 1),
        handles=sum(1 for _ in (process / "fd").iterdir()),
        threads=sum(1 for _ in (process / "task").iterdir()),
        temporary_files=sum(path.stat().st_mtime >= started for path in files),
    )


def growth(samples: list[Sample]) -> dict[str, Any]:
    """Compare the last fifth of the samples with the first, by their medians."""
    fifth = max(1, len(samples) // 5)
    before, after = (
        statistics.median(one.resident_mb for one in part)
        for part in (samples[:fifth], samples[-fifth:])
    )
    return {
        "resident_mb": {"first": before, "last": after},
        "growth_percent": round(100 * (after / before - 1), 2),
        "most_handles": max(one.handles for one in samples),
        "handles": {"first": samples[0].handles, "last": samples[-1].handles},
        "most_threads": max(one.threads for one in samples),
        "temporary_files": max(one.temporary_files for one in samples),
    }


if __name__ == "__main__":
    main()
