"""How long until the command answers, the package is imported, the first question has an answer?

Each is a process of its own, timed from outside, one kind after the other and again; the first
round warms the disk's cache and is thrown away. Python alone is timed, too: it is in all of them.

    python -m bench.startup --runs 15 --out bench/results/startup.json
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.record import record
from bench.servers import ROOT, sample_index

RUNS = 15
GOALS_S = {"version": 0.15, "import": 0.3, "first_answer": 2.0}
QUESTION = "How much did the tidal barrier cost?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--index", type=Path, help="a folder to keep the index in")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = sample_index(given.index or Path(folder) / "index")
        record("startup", measure(commands(index), given.runs), given.out)


def commands(index: Path) -> dict[str, list[str]]:
    """Return what is started, by name."""
    script = Path(sys.executable).with_name("pullquote")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "qa.interfaces.cli"]
    return {
        "python": [sys.executable, "-c", "pass"],
        "version": [*program, "--version"],
        "help": [*program, "--help"],
        "import": [sys.executable, "-c", "import qa"],
        "first_answer": [*program, "ask", QUESTION, "--index", str(index), "--json"],
    }


def measure(started: Mapping[str, Sequence[str]], runs: int) -> dict[str, Any]:
    """Start each command in turn, so often; return the seconds that each took."""
    seconds: dict[str, list[float]] = {name: [] for name in started}
    for _ in range(runs + 1):
        for name, command in started.items():
            seconds[name].append(timed(command))
    return {
        name: {
            "median_s": round(statistics.median(taken[1:]), 3),
            "least_s": round(min(taken[1:]), 3),
            "most_s": round(max(taken[1:]), 3),
            "goal_s": GOALS_S.get(name),
        }
        for name, taken in seconds.items()
    } | {"runs": runs}


def timed(command: Sequence[str]) -> float:
    """Return the seconds from the start of a process to its end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
