"""Kill a writer at every line of the code that writes; is the index whole each time?

    python -m bench.failpoints [--seeds 3] [--out FILE]

A writer adds, replaces and removes articles and changes the model, once while its lines are listed;
then it does so again for each line that it came through (of the modules in `WATCHED`), in a copy of
the same index, and is killed when it first comes there. What is counted is as in `bench.crash`;
afterwards another writer must be able to go on. The first seed begins with an empty folder.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

import click

import corpus.files
import corpus.store.article_store
import corpus.store.schema
import corpus.store.statements
import qa.current
import qa.index
import qa.indexer
import qa.rebuild
import qa.search_files
import qa.snapshots
from bench.crash import Oracle, inspect
from bench.crash_writer import Change, apply, article, states_after
from bench.record import record
from corpus import PullquoteError
from qa.index import open_for_writing

Point = tuple[str, int]
"""A file's name and a line of it."""


class WriterFailed(Exception):
    """A writer did not end as it should."""


class LineNotReached(Exception):
    """This time the writer did not come to the line: some lines depend on the clock."""


WATCHED = {
    str(module.__file__): Path(str(module.__file__)).name
    for module in (
        corpus.files,
        corpus.store.schema,
        corpus.store.statements,
        corpus.store.article_store,
        qa.current,
        qa.index,
        qa.indexer,
        qa.rebuild,
        qa.search_files,
        qa.snapshots,
    )
}
ARTICLES_BEFORE = 5


def script(seed: int) -> list[Change]:
    """Return an addition, a replacement, a change of the model and a removal."""
    rng = random.Random(seed)
    return [
        [article("new1", rng), article("new2", rng)],
        [article("new1", rng), article("a0", rng)],
        [],
        ["new2", "a1"],
    ]


def write_until(folder: str, seed: int, parent: Connection, stop: Point | None) -> None:
    """Make the script's changes, killed at a line; without one, tell which lines there were."""
    seen: dict[Point, None] = {}

    def enter(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        return line if frame.f_code.co_filename in WATCHED else None

    def line(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        point = (WATCHED[frame.f_code.co_filename], frame.f_lineno)
        if point == stop:
            os.kill(os.getpid(), signal.SIGKILL)
        seen.setdefault(point)
        return line

    sys.settrace(enter)
    with open_for_writing(folder) as index:
        for change in script(seed):
            parent.send(("about", states_after(change)))
            apply(index, change)
            parent.send(("done", states_after(change)))
    sys.settrace(None)
    parent.send(("points", list(seen)))


def _run(folder: Path, seed: int, stop: Point | None, oracle: Oracle) -> list[Point]:
    """Run a writer to its end, killed or not; return its lines if it was not.

    Raises:
        WriterFailed: it was not killed where it should be, or could not go on.
        LineNotReached: it made all its changes without coming to where it should be killed.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.failpoints"])
    ours, theirs = context.Pipe()
    writer = context.Process(target=write_until, args=(str(folder), seed, theirs, stop))
    writer.start()
    theirs.close()
    points: list[Point] = []
    try:
        while True:
            kind, content = ours.recv()
            if kind == "points":
                points = content
            else:
                oracle.hear((kind, content))
    except (EOFError, OSError):
        ours.close()
    writer.join()
    if stop and points and writer.exitcode == 0:
        raise LineNotReached(stop)
    if writer.exitcode != (-signal.SIGKILL if stop else 0) or not (stop or points):
        raise WriterFailed(f"the writer ended with {writer.exitcode}")
    return points


def problems_at(folder: Path, base: Path | None, seed: int, stop: Point) -> list[str]:
    """Kill a writer at a line, look, let another one go on, and look again.

    Raises:
        LineNotReached: the writer was not killed, so there is nothing to see.
    """
    shutil.rmtree(folder, ignore_errors=True)
    oracle = Oracle()
    if base:
        shutil.copytree(base, folder)
        inspect(folder, oracle)
    found = []
    for moment, at in (("then", stop), ("after going on", None)):
        try:
            _run(folder, seed, at, oracle)
            problems = inspect(folder, oracle)
        except WriterFailed as error:
            problems = {"stuck": [str(error)]}
        except PullquoteError as error:
            # Before the first commit there is no index yet, and that is what is said.
            problems = {"torn": [str(error)] if oracle.acknowledged or at is None else []}
        found += [f"{stop} {moment}: {k}: {p}" for k, ps in problems.items() for p in ps]
    return found


@click.command(help=__doc__)
@click.option("--seeds", default=3, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(seeds: int, out: Path | None) -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = sweep(Path(folder), seeds)
    record("failpoints", {**result, "seconds": round(time.monotonic() - began)}, out)


def sweep(folder: Path, seeds: int, *, every: int = 1) -> dict[str, Any]:
    """Kill at every line (or every so-many-th) under each seed; return the counts."""
    lines: set[Point] = set()
    bad: list[str] = []
    kills = not_reached = 0
    for seed in range(seeds):
        base = _prepared(folder / f"base{seed}", seed) if seed else None
        work = folder / f"work{seed}"
        if base:
            shutil.copytree(base, work)
        points = _run(work, seed, None, Oracle())
        lines.update(points)
        with click.progressbar(points[::every], label=f"seed {seed}", width=0) as bar:
            for point in bar:
                try:
                    bad += problems_at(work, base, seed, point)
                    kills += 1
                except LineNotReached:
                    not_reached += 1
    counts = {"lines": len(lines), "kills": kills, "not_reached": not_reached, "bad": len(bad)}
    return {**counts, "examples": bad[:20]}


def _prepared(folder: Path, seed: int) -> Path:
    rng = random.Random(seed)
    with open_for_writing(folder) as index:
        apply(index, [article(f"a{n}", rng) for n in range(ARTICLES_BEFORE)])
    return folder


if __name__ == "__main__":
    main()
