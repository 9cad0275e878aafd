"""Damage the files of an index at random; is it noticed, or does it do no harm?

    python -m bench.corruption [--snapshots 5000] [--stores 1000] [--seed 1] [--out FILE]

A search file, or the store, is damaged in one of the ways that disks and people know: a flipped
bit, a run of zeros or of noise, a missing end, a part written twice. `detected`: opening it, or
reading it through (as `pullquote verify` does), says so. `harmless`: all that it holds is what was
written. `silent` must be 0, and so must `deaths`: a process that a damaged file ends.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from bench.crash_writer import apply, article
from bench.record import record
from corpus import PullquoteError
from qa.index import Index, open_for_writing
from qa.snapshots import load_snapshot

ARTICLES = 30
Damager = Callable[[Path, random.Random], str]
"""Damages a file of an index, looks what comes of it, and mends it."""

AT_ONCE = 100
"""Files damaged in one process; what it would take down with it."""


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with one damage."""
    at = rng.randrange(len(data))
    length = min(len(data) - at, rng.choice([1, 8, 64, 512, 4096]))
    before, part, after = data[:at], data[at : at + length], data[at + length :]
    kind = rng.randrange(5)
    if kind == 0:
        return before + bytes([part[0] ^ 1 << rng.randrange(8)]) + part[1:] + after
    if kind == 1:
        return before + bytes(length) + after
    if kind == 2:
        return before + rng.randbytes(length) + after
    if kind == 3:
        return before
    return before + part + part + after


def content(index: Index) -> tuple[Any, ...]:
    """Return everything that an index tells its users."""
    store = index.store
    articles = [store.article(summary.id) for summary in store.summaries()]
    passages = store.passages([number for number, _ in store.vectors()])
    return store.space(), store.summaries(), articles, passages, list(store.vectors())


def search_file(folder: Path, rng: random.Random) -> str:
    """Damage a search file for a moment; say what came of it."""
    files = [path for path in (folder / "snapshots").rglob("*") if path.is_file()]
    path = rng.choice([path for path in files if path.stat().st_size])
    before = path.read_bytes()
    path.write_bytes(damaged(before, rng))
    if path.read_bytes() == before:
        return "harmless"
    with closing(Index.open(folder)) as index:
        names = ((row, (row.name, row.dense_name)) for row in index.store.snapshots())
        its_own = next(row for row, own in names if any(name in str(path) for name in own))
        try:
            load_snapshot(index.store, folder, its_own)
        except (PullquoteError, OSError, ValueError):
            return "detected"
        finally:
            path.write_bytes(before)
    return "harmless" if path.name.startswith(".") else f"silent in {path.name}"


def store(folder: Path, rng: random.Random) -> str:
    """Damage the store for a moment; say what came of it."""
    with closing(Index.open(folder)) as index:
        right = content(index)
    path = folder / "store.db"
    before = path.read_bytes()
    path.write_bytes(damaged(before, rng))
    try:
        with closing(Index.open(folder)) as index:
            if index.store.broken_pages() or any(True for _ in index.store.damages()):
                return "detected"
            return "harmless" if content(index) == right else "silent in store.db"
    except PullquoteError:
        return "detected"
    finally:
        path.write_bytes(before)


def _some(folder: Path, what: Damager, seed: int) -> Counter[str]:
    """Damage `AT_ONCE` files in a copy of an index, one after the other."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        return Counter(what(Path(copy), rng) for _ in range(AT_ONCE))


def count(folder: Path, what: Damager, times: int, seed: int) -> dict[str, int]:
    """Damage so many files; return how it went, and how many processes died of it."""
    found: Counter[str] = Counter()
    deaths = 0
    spawn = multiprocessing.get_context("spawn")
    for group in range(-(-times // AT_ONCE)):
        with ProcessPoolExecutor(1, mp_context=spawn) as pool:
            try:
                found += pool.submit(_some, folder, what, seed * 100_003 + group).result()
            except BrokenProcessPool:
                deaths += 1
    silent = sum(times for name, times in found.items() if name.startswith("silent"))
    counts = {"detected": found["detected"], "harmless": found["harmless"], "silent": silent}
    return {"files": sum(found.values()), **counts, "deaths": deaths}


def build(folder: Path) -> None:
    """Make an index with articles, a replaced one and a removed one, all in one file."""
    rng = random.Random(0)
    with open_for_writing(folder) as index:
        apply(index, [article(f"a{n}", rng) for n in range(ARTICLES)])
        apply(index, [article("a1", rng)])
        apply(index, ["a2"])


@click.command(help=__doc__)
@click.option("--snapshots", default=5000, show_default=True)
@click.option("--stores", default=1000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(snapshots: int, stores: int, seed: int, out: Path | None) -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "index"
        build(folder)
        result = {
            "search_files": count(folder, search_file, snapshots, seed),
            "stores": count(folder, store, stores, seed),
        }
    record("corruption", {**result, "seconds": round(time.monotonic() - began)}, out)


if __name__ == "__main__":
    main()
