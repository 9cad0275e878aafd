"""The group of commands: its table, what each can print, and what shells complete."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qa.interfaces.cli import COMMANDS, main

SHORT_CHARS = 64
"""What fits beside the longest name in a terminal of 80 columns."""

ROOT = Path(__file__).parents[2]

WITHOUT_JSON = {
    "completion": "prints a script for a shell",
    "mcp": "speaks a protocol of its own",
    "password": "prints a line for a file",
    "serve": "answers over HTTP",
}


def commands_below(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for each, below in command.commands.items():
            yield from commands_below(below, f"{name} {each}".strip())
    else:
        yield name, command


def test_the_table_says_what_the_commands_say_themselves() -> None:
    assert list(COMMANDS) == sorted(COMMANDS)
    for name, listed in COMMANDS.items():
        command = main.commands[name]
        assert command.name == name
        assert listed.help == command.get_short_help_str(SHORT_CHARS)


def test_every_command_can_print_json_or_says_why_not() -> None:
    without = {
        name
        for name, command in commands_below(main)
        if not any("--json" in parameter.opts for parameter in command.params)
    }
    assert without == set(WITHOUT_JSON)


def test_help_and_version_load_no_command() -> None:
    code = (
        "import sys; from qa.interfaces.cli import main\n"
        "try: main()\n"
        "finally: print(*[m for m in sys.modules if m.startswith('qa.interfaces.')])"
    )
    for flag in ("--help", "--version", "-h"):
        result = subprocess.run(
            [sys.executable, "-c", code, flag], cwd=ROOT, capture_output=True, text=True, check=True
        )
        loaded = set(result.stdout.splitlines()[-1].split())
        assert loaded == {
            "qa.interfaces.cli",
            "qa.interfaces.known_settings",
            "qa.interfaces.lazy_commands",
        }


def completed(words: str, tmp_path: Path) -> list[str]:
    """Return what bash offers after some words, with the script and program of this checkout."""
    program = tmp_path / "pullquote"
    start = "import sys; sys.argv[0] = 'pullquote'; from qa.interfaces.cli import main; main()"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n')
    program.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    script = f"""
complete() {{ :; }}
compopt() {{ echo "FILES:$*"; }}
eval "$(pullquote completion bash)"
COMP_WORDS=(pullquote {words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_pullquote_completion pullquote
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    result = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return result.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("a", {"api-key", "articles", "ask"}),
        ("serve --po", {"--port"}),
        ("--log-level de", {"debug"}),
        ("ask --reader se", {"sentence"}),
        ("api-key --scope w", {"write"}),
        ("completion z", {"zsh"}),
        ("feedback e", {"export"}),
        ("--con", {"--config"}),
    ],
)
def test_bash_completes_commands_options_and_values(
    tmp_path: Path, words: str, offered: set[str]
) -> None:
    assert set(completed(words, tmp_path)) == offered


def test_bash_is_told_to_complete_files_and_folders(tmp_path: Path) -> None:
    assert "FILES:-o" in completed("backup ''", tmp_path)
    assert "dirnames" in completed("stats --index ''", tmp_path)


@pytest.mark.parametrize(
    ("shell", "parts"),
    [
        ("zsh", ["#compdef pullquote", "_PULLQUOTE_COMPLETE=zsh_complete", "compdef"]),
        ("fish", ["_PULLQUOTE_COMPLETE=fish_complete", "complete", "--command pullquote"]),
    ],
)
def test_the_scripts_for_other_shells_ask_this_program(shell: str, parts: list[str]) -> None:
    script = CliRunner().invoke(main, ["completion", shell]).stdout
    assert all(part in script for part in parts)


def test_an_unknown_shell_is_refused() -> None:
    result = CliRunner().invoke(main, ["completion", "tcsh"])
    assert result.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in result.stderr
