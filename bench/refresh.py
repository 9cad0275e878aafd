"""Ask without a pause while another process refreshes the index; does a reader notice?

    python -m bench.refresh [--refreshes 200] [--out FILE]

An assistant over the sample corpus is asked one question after the other, first alone, then while
a process of its own commits a refresh every half second: two articles that tell the same number are
replaced together by two that tell the next one. Counted are errors and answers that mix
generations: that show different numbers, or quote what is not in the version they cite. `ratio` is
the 99th percentile under refreshes to the quiet one; `seen_within_s` how long after its commit a
refresh was seen by a question that was asked next, at worst.
"""

from __future__ import annotations

import itertools
import multiprocessing
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import click

from bench.questions import load_questions
from bench.record import record
from corpus import find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, SAMPLE_QUESTIONS
from embeddings import load_encoder
from qa import Answer, Article, Assistant, build_index

PAUSE_S = 0.5
ASKED = "What is the number of the lighthouse?"
NUMBER = re.compile(r"number (\d+)")
EVERY = 5
"""Every so-many-th question is about the number."""


def twins(number: int) -> list[Article]:
    """Return two articles that tell a number."""
    return [
        Article(
            id=f"lighthouse/{name}",
            title="The lighthouse",
            text=f"The lighthouse has the number {number}, says the {name}. It stands in the sea.",
            source=name,
        )
        for name in ("pilot", "keeper")
    ]


def refresh(folder: str, count: int, started: Event, committed: Any) -> None:
    """Replace the twins, again and again; tell when each number was committed."""
    encoder = load_encoder()
    encoder.encode_passages(["warm up"])
    started.set()
    for number in range(1, count + 1):
        began = time.monotonic()
        at: list[float] = []  # an article is reported when it is committed, and published after
        build_index(
            folder,
            twins(number),
            encoder=encoder,
            progress=lambda article_id, at=at: at.append(time.monotonic()),  # type: ignore[misc]
        )
        committed.send((number, at[0]))
        time.sleep(max(0.0, PAUSE_S - (time.monotonic() - began)))
    committed.send((None, 0.0))


class Watch:
    """Asks, and keeps what came of it."""

    def __init__(self, assistant: Assistant, questions: list[str]) -> None:
        self._assistant = assistant
        self._questions = questions
        self._turn = itertools.count()
        self.seconds: list[float] = []
        self.errors: list[str] = []
        self.mixed: list[str] = []
        self.numbers: list[tuple[int, float]] = []
        """Each number that was shown and when it was asked for."""

    def ask(self) -> None:
        """Ask the next question and look at the answer."""
        turn = next(self._turn)
        question = self._questions[turn % len(self._questions)] if turn % EVERY else ASKED
        began = time.monotonic()
        try:
            answer = self._assistant.ask(question)
        except Exception as error:
            self.errors.append(repr(error))
            return
        self.seconds.append(time.monotonic() - began)
        self.mixed += self._problems(answer)
        for number in set(_numbers(answer)):
            self.numbers.append((number, began))

    def _problems(self, answer: Answer) -> Iterator[str]:
        numbers = set(_numbers(answer))
        if len(numbers) > 1:
            yield f"two generations in one answer: {sorted(numbers)}"
        for citation in answer.citations:
            try:
                article = self._assistant.article(citation.article_id, version=citation.version)
            except Exception as error:
                yield repr(error)
                continue
            if citation.span.of(article.text) != citation.text:
                yield f"{citation.text!r} is not what {citation.article_id} says there"


def _numbers(answer: Answer) -> Iterator[int]:
    for hit in answer.hits:
        if hit.passage.article_id.startswith("lighthouse/"):
            yield from map(int, NUMBER.findall(hit.passage.text))


@click.command(help=__doc__)
@click.option("--refreshes", default=200, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(refreshes: int, out: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        record("refresh", run(Path(folder) / "index", refreshes), out)


def run(folder: Path, refreshes: int) -> dict[str, Any]:
    """Ask quietly, then under refreshes, for about the same time; return the figures."""
    articles = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    questions = [question["question"] for question in load_questions(SAMPLE_QUESTIONS)]
    build_index(folder, [*articles, *twins(0)])
    context = multiprocessing.get_context("spawn")  # never fork after FAISS and torch
    ours, theirs = context.Pipe(duplex=False)
    started = context.Event()
    with Assistant.open(folder) as assistant:
        assistant.warm_up()
        quiet, busy = Watch(assistant, questions), Watch(assistant, questions)
        until = time.monotonic() + refreshes * PAUSE_S
        while time.monotonic() < until:
            quiet.ask()
        process = context.Process(target=refresh, args=(str(folder), refreshes, started, theirs))
        process.start()
        started.wait(120)
        committed: dict[int, float] = {}
        while len(committed) < refreshes and process.is_alive():
            busy.ask()
            while ours.poll():
                number, at = ours.recv()
                if number is not None:
                    committed[number] = at
        process.join(60)
    if len(committed) < refreshes:
        raise click.ClickException(f"the refreshing process ended with {process.exitcode}")
    return {
        "refreshes": len(committed),
        "questions": len(busy.seconds),
        "errors": len(busy.errors),
        "mixed": len(busy.mixed),
        "examples": [*busy.errors, *busy.mixed][:10],
        "seen_within_s": _seen_within(committed, busy.numbers),
        "quiet_ms": _percentiles(quiet.seconds),
        "busy_ms": _percentiles(busy.seconds),
        "ratio": round(_p99(busy.seconds) / _p99(quiet.seconds), 2),
    }


def _seen_within(committed: dict[int, float], shown: list[tuple[int, float]]) -> float:
    """Return the longest time after a commit at which a question still got an older number."""
    late = [
        asked - at
        for number, asked in shown
        for newer, at in committed.items()
        if newer > number and at < asked
    ]
    return round(max(late, default=0.0), 2)


def _percentiles(seconds: list[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(seconds) * 1000, 1),
        "p99": round(_p99(seconds) * 1000, 1),
    }


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[-1]


if __name__ == "__main__":
    main()
