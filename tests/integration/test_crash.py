"""Killed at any moment, an index loses nothing that was acknowledged; and the test can tell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import failpoints
from bench.crash import Oracle, run
from bench.crash_writer import BUGS
from bench.failpoints import sweep

KILLS = 150


def test_killed_writers_lose_tear_and_mix_nothing(tmp_path: Path) -> None:
    result = run(tmp_path / "index", KILLS, seed=7)
    assert result["examples"] == []
    assert (result["lost"], result["torn"], result["mixed"]) == (0, 0, 0)
    assert result["killed_mid_change"] > KILLS / 2
    assert result["changes_acknowledged"] >= KILLS // 2


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_mistake_is_found(environment: dict[str, str], bug: str) -> None:
    # In a process of its own: FAISS may die of damaged bytes that nobody has checked.
    command = [sys.executable, "-m", "bench.crash", "--kills", str(4 * KILLS), "--until-found"]
    done = subprocess.run(
        [*command, "--bug", bug], env=environment, capture_output=True, text=True, check=False
    )
    # Or tantivy and FAISS say themselves that what they were given is none of theirs.
    refused = any(sign in done.stderr for sign in ("PanicException", "IoError", "dense.py"))
    died = done.returncode < 0 or (done.returncode > 0 and refused)
    assert died or json.loads(done.stdout.splitlines()[-1])["examples"]


def test_killed_at_a_line_of_the_writing_code_the_index_is_whole(tmp_path: Path) -> None:
    result = sweep(tmp_path, 2, every=10)
    assert result["examples"] == []
    assert result["lines"] > 150
    assert result["kills"] > 30
    assert result["not_reached"] < 5


def test_a_line_that_depends_on_the_clock_and_is_not_come_to_is_no_fault(tmp_path: Path) -> None:
    with pytest.raises(failpoints.LineNotReached):
        failpoints.problems_at(tmp_path / "index", None, 0, ("store.py", 1_000_000))


def test_a_writer_that_cannot_go_on_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_lines(*_: object) -> list[failpoints.Point]:
        raise failpoints.WriterFailed("the writer ended with 1")

    monkeypatch.setattr(failpoints, "_run", no_lines)
    problems = failpoints.problems_at(tmp_path / "index", None, 0, ("store.py", 1))
    assert len(problems) == 2
    assert all("stuck" in problem for problem in problems)


def test_the_oracle_allows_what_was_acknowledged_or_announced_since() -> None:
    oracle = Oracle()
    oracle.hear(("about", {"a": "1", "b": "1"}))
    oracle.hear(("done", {"a": "1", "b": "1"}))
    oracle.hear(("about", {"a": "2", "c": "1"}))
    assert oracle.settle({"a": "1", "b": "1"}) == []
    oracle.hear(("about", {"a": "2"}))
    assert oracle.settle({"a": "2", "b": "1"}) == []
    assert oracle.settle({"a": "1"}) == ["a", "b"]
    assert oracle.settle({"a": "1", "d": "1"}) == ["d"]
