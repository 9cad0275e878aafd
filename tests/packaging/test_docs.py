"""The docs keep their word: commands exist and are described, code runs, files are there."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import click
import pytest

from qa.interfaces.cli import main
from tests.packaging.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:^|[`/ ])pullquote ([a-z]+(?:-[a-z]+)*)", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_LINK = re.compile(r"\]\(([^)#\s]+)\)|src=\"([^\"]+)\"")


def python_blocks(page: Path) -> list[str]:
    return [str(block) for block in _BLOCK.findall(page.read_text(encoding="utf-8"))]


def test_every_command_is_described_and_no_other_is() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(_COMMAND.findall(text))
    assert set(main.commands) <= named
    in_line = re.findall(r"`(pullquote [^`\n]+)`", _FENCED.sub("", text))
    in_code = [*_FENCED.findall(text), *in_line]
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
            if found := _COMMAND.search(line):
                options = set(_OPTION.findall(line[found.end() :].partition(" # ")[0]))
                assert options <= known.get(found[1], options) | {"--help"}, line
                checked += len(options)
    assert checked >= 3


def test_the_readme_shows_python() -> None:
    blocks = python_blocks(ROOT / "README.md")
    assert blocks
    assert any("Assistant.open(" in block for block in blocks)


@pytest.mark.parametrize(
    ("page", "number"),
    [(page, n) for page in PAGES for n in range(len(python_blocks(page)))],
    ids=lambda value: value.name if isinstance(value, Path) else str(value),
)
def test_python_in_the_docs_runs(
    sample_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    page: Path,
    number: int,
) -> None:
    code = python_blocks(page)[number]
    monkeypatch.chdir(sample_folder)
    exec(compile(code, f"{page.name}, block {number}", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.strip() or "print(" not in code


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


def test_links_between_the_docs_lead_somewhere() -> None:
    links = [
        (page, target)
        for page in PAGES
        for pair in _LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in (target := "".join(pair))
    ]
    assert links
    assert [(page.name, t) for page, t in links if not (page.parent / t).exists()] == []
