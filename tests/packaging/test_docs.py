"""The docs keep their word: commands exist and are described, the examples run.

What the pages show is run, and their links followed, by tests/integration/test_docs_*.py.
"""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import click
import pytest

from qa.interfaces.cli import main
from tests.integration.docs_pages import PAGES, blocks_of
from tests.packaging.conftest import ROOT

BLOCKS = [block for page in PAGES for block in blocks_of(page)]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))

_COMMAND = re.compile(r"(?:^|[`/ ])pullquote ([a-z]+(?:-[a-z]+)*)", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def test_every_command_is_described_and_no_other_is() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(_COMMAND.findall(text))
    assert set(main.commands) <= named
    in_line = re.findall(r"(?<!`)`(pullquote [^`\n]+)`(?!`)", text)
    shells = [b.text for b in BLOCKS if b.language in {"", "console", "sh", "bash"}]
    in_code = [*shells, *in_line]
    assert set(_COMMAND.findall("\n".join(in_code))) <= set(main.commands)


def options_of(command: click.Command) -> set[str]:
    """Return the options of a command and of the commands below it."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    own = {option for parameter in command.params for option in parameter.opts}
    return own.union(*map(options_of, below))


def test_every_option_in_a_described_command_exists() -> None:
    known = {name: options_of(command) for name, command in main.commands.items()}
    checked = 0
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            # What stands in a row of the command line's page belongs to the command before it;
            # elsewhere, what stands in its own code.
            _, *pieces = _COMMAND.split(line.partition(" # ")[0])
            for name, rest in zip(pieces[::2], pieces[1::2], strict=True):
                own = rest if page.name == "cli.md" else rest.partition("`")[0]
                options = set(_OPTION.findall(own))
                assert options <= known.get(name, options) | {"--help"}, line
                checked += len(options)
    assert checked >= 3


def test_the_readme_shows_python() -> None:
    blocks = [b for b in BLOCKS if b.page.name == "README.md" and b.language == "python"]
    assert any("Assistant.open(" in block.text for block in blocks)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_and_leaves_nothing_behind(
    sample_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    example: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(example), str(sample_folder / "index")])
    runpy.run_path(str(example), run_name="__main__")
    assert capfd.readouterr().out.strip()
    assert list(tmp_path.iterdir()) == []


def test_there_is_an_example_for_each_thing_the_readme_promises() -> None:
    stems = {example.stem for example in EXAMPLES}
    assert stems >= {"ask", "follow_up", "index_your_own", "retrieve"}
