"""Let the n-th thing that is done to the disk fail, for all n; is it said, and is nothing lost?

    python -m bench.disk_errors [--out FILE]

An index is changed in every way (articles come, change and go, the model changes) while

* the n-th step of `corpus.files` fails: no space, an input/output error, a read-only disk;
* no file, or no search file, may grow beyond n bytes (`RLIMIT_FSIZE`), as SQLite and tantivy feel;
* `store.db` may not have more than n pages, which SQLite reports as a full disk.

Each time an open reader must go on answering from before or after the change, the writer must end
with an error of ours or have done its work, and when the disk is well again the same change must
succeed and leave an index that is whole.
"""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

import corpus.store.schema
import qa.index
import qa.snapshots
from bench.crash import Oracle, inspect
from bench.crash_writer import Change, apply, article, states_after
from bench.record import record
from corpus import PullquoteError, SnapshotRow, files
from qa.index import Index, open_for_writing

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)
SIZES = 40
"""How many limits of a file's size, and of a store's pages, are tried."""

LARGEST_SEARCH_FILE = 6000
"""Bytes; in an index as small as this one."""

Fault = Callable[[], AbstractContextManager[Callable[[], bool]]]
"""Makes the disk fail for a while; what it gives tells whether it did."""


def changes() -> list[Change]:
    """Return the changes, each of which is made on a disk that fails."""
    rng = random.Random(1)
    return [
        [article("new1", rng), article("new2", rng)],
        [article("a0", rng), article("a1", rng)],
        [],
        ["a2"],
    ]


def failing_step(number: int, code: int) -> Fault:
    """Let one step of `corpus.files` fail."""

    @contextmanager
    def fault() -> Iterator[Callable[[], bool]]:
        count = 0

        def watched(real: Callable[..., None]) -> Callable[..., None]:
            def step(*arguments: Any) -> None:
                nonlocal count
                count += 1
                if count == number:
                    raise OSError(code, os.strerror(code))
                real(*arguments)

            return step

        with ExitStack() as patches:
            for name in ("_write", "_sync", "_rename", "_link", "_delete"):
                patches.enter_context(patch.object(files, name, watched(getattr(files, name))))
            yield lambda: count >= number

    return fault


def small_files(size: int) -> Fault:
    """Let no file grow beyond a size."""

    @contextmanager
    def fault() -> Iterator[Callable[[], bool]]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield lambda: True
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return fault


def small_search_files(size: int) -> Fault:
    """Let no search file grow beyond a size: the store is larger, and would fail first."""

    @contextmanager
    def fault() -> Iterator[Callable[[], bool]]:
        real = qa.snapshots.write_snapshot

        def limited(*arguments: Any) -> SnapshotRow:
            with small_files(size)():
                return real(*arguments)

        with (
            patch.object(qa.snapshots, "write_snapshot", limited),
            patch.object(qa.index, "write_snapshot", limited),
        ):
            yield lambda: True

    return fault


def few_pages(pages: int) -> Fault:
    """Let the store have no more pages than it has, or so many more."""

    @contextmanager
    def fault() -> Iterator[Callable[[], bool]]:
        real = corpus.store.schema.open_database

        def limited(path: Path, *, writable: bool) -> sqlite3.Connection:
            connection = real(path, writable=writable)
            (now,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {now + pages}")
            return connection

        with patch("corpus.store.store_reader.open_database", limited):
            yield lambda: True

    return fault


def problems(folder: Path, base: Path, change: Change, fault: Fault) -> tuple[str, list[str]]:
    """Make a change on a failing disk and look; return what came of it and what is wrong."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    oracle = Oracle()
    inspect(folder, oracle)
    wrong = []
    with closing(Index.open(folder)) as reader:
        reader.snapshot()
        oracle.hear(("about", states_after(change)))
        try:
            with fault() as has_failed, open_for_writing(folder) as index:
                apply(index, change)
            outcome = "done" if has_failed() else "end"
        except PullquoteError:
            outcome = "told"
        except Exception as error:
            outcome, wrong = "untold", [f"not told: {error!r}"]
        try:
            reader.snapshot()
        except Exception as error:
            wrong.append(f"the reader stopped: {error!r}")
    moments: list[Callable[[], None]] = [lambda: None, lambda: _again(folder, change, oracle)]
    for moment in moments:
        moment()
        found = inspect(folder, oracle).items()
        wrong += [f"{kind}: {problem}" for kind, listed in found for problem in listed]
    return outcome, wrong


def _again(folder: Path, change: Change, oracle: Oracle) -> None:
    """Make the change on a disk that is well again."""
    oracle.hear(("about", states_after(change)))
    with open_for_writing(folder) as index:
        apply(index, change)
        if not index.published():
            index.publish()
    oracle.hear(("done", states_after(change)))


def faults(size: int) -> Iterator[tuple[str, list[Fault]]]:
    """Yield kinds of faults, each with its faults from the first step to the last."""
    for code in ERRORS:
        steps = [failing_step(number, code) for number in range(1, 200)]
        yield errno.errorcode[code], steps
    yield "file size", [small_files(size * part // SIZES) for part in range(SIZES)]
    sizes = [LARGEST_SEARCH_FILE * part // SIZES for part in range(SIZES)]
    yield "search file size", [small_search_files(limit) for limit in sizes]
    yield "full store", [few_pages(pages) for pages in range(SIZES)]


def run(folder: Path, *, every: int = 1) -> dict[str, Any]:
    """Try every fault (or every so-many-th) in every change; return the counts."""
    base = folder / "base"
    rng = random.Random(0)
    with open_for_writing(base) as index:
        apply(index, [article(f"a{number}", rng) for number in range(5)])
        apply(index, [article("a4", rng)])  # so that there is an old snapshot to delete
    size = 2 * max(path.stat().st_size for path in base.rglob("*") if path.is_file())
    counts: Counter[str] = Counter()
    bad: list[str] = []
    tried = 0
    for change_number, change in enumerate(changes()):
        for kind, listed in faults(size):
            for number, fault in enumerate(listed[::every]):
                outcome, wrong = problems(folder / "work", base, change, fault)
                if outcome == "end":  # there was no such step: all have failed once
                    break
                tried += 1
                counts[outcome] += 1
                where = f"change {change_number}, {kind} {number}"
                bad += [f"{where}: {problem}" for problem in wrong]
    return {"tried": tried, **counts, "bad": len(bad), "examples": bad[:20]}


@click.command(help=__doc__)
@click.option("--out", type=click.Path(path_type=Path))
def main(out: Path | None) -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = run(Path(folder))
    record("disk_errors", {**result, "seconds": round(time.monotonic() - began)}, out)


if __name__ == "__main__":
    main()
