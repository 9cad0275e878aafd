"""`--json` with the real model: only JSON on stdout, and the same facts as in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.interfaces.kept.feedback import Feedback
from tests.integration.conftest import Cli, write_news

Told = Callable[..., dict[str, Any]]


@pytest.fixture
def told(cli: Cli) -> Told:
    """Run a command with --json; return the one object that it prints."""

    def run(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
        result = cli(*arguments, "--json")
        assert result.exit_code == code, result.stderr
        (line,) = result.stdout.splitlines()
        found = json.loads(line)
        assert isinstance(found, dict)
        return found

    return run


def test_what_became_of_files_is_told_in_numbers(told: Told, tmp_path: Path) -> None:
    news, index = write_news(tmp_path / "news"), tmp_path / "index"
    (news / "empty.txt").touch()
    first = told("index", news, "--index", index, code=1)
    (reason,) = first.pop("failures")
    assert "empty.txt has no text in it" in reason
    nothing = {"unchanged": 0, "replaced": 0, "removed": 0, "left_out": 0}
    assert first == {"index": str(index), "added": 3, "failed": 1, **nothing}

    (news / "empty.txt").unlink()
    (news / "ferry.txt").unlink()
    synced = told("sync", news, "--index", index)
    assert (synced["removed"], synced["unchanged"], synced["failed"]) == (1, 2, 0)


def test_failures_are_told_on_stderr_as_well(cli: Cli, tmp_path: Path) -> None:
    result = cli("index", tmp_path / "gone", "--index", tmp_path / "index", "--json")
    assert result.exit_code == 1
    assert result.stderr.startswith("failed: ")
    assert json.loads(result.stdout)["failed"] == 1


def test_the_upkeep_of_an_index_is_told(told: Told, own_index: Path, tmp_path: Path) -> None:
    at = ("--index", own_index)
    assert told("verify", *at) == {"index": str(own_index), "sound": True, "findings": []}
    examined = told("doctor", *at)
    assert examined["sound"] is True
    assert {"pullquote", "encoder", "index"} <= {fact["name"] for fact in examined["facts"]}
    rebuilt = told("rebuild", *at)
    assert rebuilt == {"index": str(own_index), "encoder": "pullquote-encoder-1", "encoded": 3}

    file, again = tmp_path / "saved.pullquote", tmp_path / "again"
    saved = told("backup", file, *at)
    assert saved["bytes"] == file.stat().st_size
    restored = told("restore", file, "--index", again)
    assert restored == {
        "index": str(again),
        "file": str(file),
        "generation": saved["generation"],
    }

    removed = told("remove", "tides", "nobody", *at, code=1)
    assert removed == {"index": str(own_index), "removed": ["tides"], "missing": ["nobody"]}
    assert told("stats", *at)["articles"] == 2


def test_what_is_wrong_is_told_and_fails(told: Told, own_index: Path) -> None:
    for file in (own_index / "snapshots").rglob("*.faiss"):
        file.write_bytes(b"broken")
    found = told("verify", "--index", own_index, code=1)
    assert found["sound"] is False
    assert all(set(each) >= {"problem", "remedy", "mended"} for each in found["findings"])


def test_a_key_is_told_whole_and_its_line_does_not_hold_it(told: Told) -> None:
    made = told("api-key", "newsroom", "--scope", "write")
    assert (made["name"], made["scopes"]) == ("newsroom", ["write"])
    assert made["line"].startswith("newsroom:write:")
    assert made["key"] not in made["line"]


def test_no_feedback_is_an_error_and_no_json(cli: Cli, own_index: Path, tmp_path: Path) -> None:
    Feedback(tmp_path / "feedback.db").close()
    where = ("--data", tmp_path, "--out", tmp_path / "out.json", "--index", own_index)
    result = cli("feedback", "export", *where, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no feedback to export" in result.stderr


def test_settings_at_the_top_of_a_file_hold_for_all_commands(
    cli: Cli, own_index: Path, tmp_path: Path
) -> None:
    file = tmp_path / "s.toml"
    file.write_text(f'index = "{own_index}"\njson = true\n[answers]\nmax_alternatives = 1\n')
    answer = json.loads(cli("--config", file, "ask", "Which language do penguins speak?").stdout)
    assert len(answer["alternatives"]) == 1
    assert json.loads(cli("--config", file, "stats").stdout)["articles"] == 3
