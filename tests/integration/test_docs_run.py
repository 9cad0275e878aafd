"""Everything that the docs show is tried: Python, commands with their output, JSON, TOML, YAML."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from corpus.sample import SAMPLE_ARTICLES
from qa.interfaces.cli import main
from tests.integration.docs_pages import PAGES, ROOT, Block, blocks_of, differs

pytestmark = pytest.mark.usefixtures("one_model")

SHELL = {"", "console", "sh", "bash", "shell"}
PATIENCE_S = 300
OWN = re.compile(r"(?:\.venv/bin/)?pullquote\b")
REMARK = re.compile(r"\s+# .*")
JOINED = re.compile(r"&&|\|\||[|<>;]")
"""What makes a line one for a shell."""

GOES_ON = {"serve", "mcp"}
"""Commands that end when somebody ends them."""

REASONS: dict[str, Callable[[list[str]], bool]] = {
    "it goes on until it is stopped": lambda words: words[0] in GOES_ON or "--watch" in words,
    "it asks for a password at the keyboard": lambda words: words[0] == "password",
    "it asks the network": lambda words: "--allow-network" in words,
}
"""Why a command is not run but only parsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A command as a page shows it, and the output that is shown below it, if any."""

    line: str
    output: str | None

    @property
    def words(self) -> list[str]:
        """The arguments of pullquote."""
        own = JOINED.split(OWN.split(self.line, maxsplit=1)[1])[0]
        return shlex.split(own)


@pytest.fixture
def desk(tmp_path: Path, sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reader of a page sits: a checkout, an index of the sample articles, an export."""
    shutil.copytree(sample_index, tmp_path / "index")
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "news").mkdir()
    for path in SAMPLE_ARTICLES.glob("tidal-barrier-*.md"):
        shutil.copy(path, tmp_path / "news")
    record = {"body": {"plain": "The organ was sold."}, "meta": {"online_since": "2031-05-06"}}
    (tmp_path / "export.jsonl").write_text(json.dumps(record))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pages_with(languages: set[str], needle: str = "") -> list[Path]:
    return [
        page
        for page in PAGES
        if any(b.language in languages and needle in b.text for b in blocks_of(page))
    ]


def named(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("page", pages_with({"python"}), ids=named)
def test_python_of_a_page_runs_from_top_to_bottom(desk: Path, page: Path) -> None:
    known: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks_of(page):
        if block.language == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(block.text, block.place, "exec"), known)
            if block.output is not None:
                assert not (found := differs(block.output, printed.getvalue())), found
            assert printed.getvalue().strip() or "print(" not in block.text, block.place


@pytest.mark.parametrize("page", pages_with(SHELL, "pullquote "), ids=named)
def test_commands_of_a_page_run_in_their_order(
    desk: Path, page: Path, shell: Mapping[str, str]
) -> None:
    for block in blocks_of(page):
        for shown in commands_in(block):
            why_not = [why for why, holds in REASONS.items() if holds(shown.words)]
            if why_not:
                parse(shown.words)
                continue
            code, printed = run(shown, shell)
            assert code == 0, f"{block.place}: {shown.line}\n{printed}"
            if shown.output:
                found = differs(shown.output, printed)
                assert not found, f"{block.place}: {shown.line}\n{found}"


@pytest.mark.parametrize("page", pages_with({"json", "toml", "yaml"}), ids=named)
def test_data_that_a_page_shows_can_be_read(page: Path) -> None:
    read: dict[str, Callable[[str], Any]] = {
        "json": json.loads,
        "toml": tomllib.loads,
        "yaml": yaml.safe_load,
    }
    for block in blocks_of(page):
        if block.language in read:
            assert read[block.language](block.text) is not None, block.place


def test_the_docs_show_much_that_can_be_tried() -> None:
    blocks = [block for page in PAGES for block in blocks_of(page)]
    assert sum(block.language == "python" for block in blocks) >= 20
    commands = [shown for block in blocks for shown in commands_in(block)]
    run_here = [s for s in commands if not any(holds(s.words) for holds in REASONS.values())]
    assert len(run_here) >= 15


def test_a_command_with_an_option_that_is_not_there_is_noticed() -> None:
    parse(["serve", "--port", "80"])
    with pytest.raises(click.NoSuchOption):
        parse(["serve", "--prot", "80"])


def commands_in(block: Block) -> Iterator[Shown]:
    """Yield the commands of pullquote in a block; after "$ " where it is a console."""
    if block.language not in SHELL:
        return
    text = block.text.replace("\\\n", " ")
    if block.language != "console":
        lines = [REMARK.sub("", line.strip()) for line in text.splitlines()]
        yield from (Shown(line=line, output=None) for line in lines if OWN.match(line))
        return
    for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, output = piece.partition("\n")
        if OWN.match(line):
            shown = output if output.strip() else None
            yield Shown(line=REMARK.sub("", line), output=shown)


def parse(words: list[str]) -> None:
    """Check that a command and its options exist.

    Raises:
        click.UsageError: one of them does not.
    """
    context = click.Context(main)
    command = main.get_command(context, words[0])
    assert command, words
    command.make_parser(click.Context(command, parent=context)).parse_args(words[1:])


@pytest.fixture
def shell(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that knows the command `pullquote`."""
    folder = tmp_path / ".bin"
    folder.mkdir()
    script = folder / "pullquote"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qa.interfaces.cli "$@"\n')
    script.chmod(0o755)
    return {**environment, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def run(shown: Shown, environment: Mapping[str, str]) -> tuple[int, str]:
    """Run a command in this process, or by a shell if it needs one; return its code and output."""
    line = OWN.sub("pullquote", shown.line)
    if not JOINED.search(line):
        result = CliRunner().invoke(main, shown.words)
        unexpected = result.exception and not isinstance(result.exception, SystemExit)
        assert not unexpected, f"{line}: {result.exception!r}"
        return result.exit_code, result.output
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", line],
        env=dict(environment),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
