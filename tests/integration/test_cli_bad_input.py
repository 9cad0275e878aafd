"""Bad input at the command line: it says what to do, fails, and harms nothing that was there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from embeddings import load_encoder
from qa.index import open_for_writing
from tests.integration.conftest import Cli


def one_line_of_50_mb(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


BAD_FILES: dict[str, tuple[str, Callable[[Path], object], str, str]] = {
    "empty": ("a.txt", lambda p: p.write_bytes(b""), "has no text in it", "Add the article's text"),
    "blank": ("a.md", lambda p: p.write_bytes(b"\n \n"), "has no text in it", "or remove it"),
    "binary": (
        *("a.txt", lambda p: p.write_bytes(bytes(range(256)) * 40)),
        *("does not look like text", "Save its text as UTF-8"),
    ),
    "pdf": (
        *("a.txt", lambda p: p.write_bytes(b"%PDF-1.7\n1 0 obj")),
        *("is a PDF document", "Save its text as UTF-8"),
    ),
    "50 MB": ("a.txt", one_line_of_50_mb, "47.7 MB; the limit is 10 MB", "Split it into one file"),
    "front matter": (
        *("a.md", lambda p: p.write_text("---\nid: [\n---\nText.")),
        *("cannot be read as YAML", "Correct the lines"),
    ),
    "special": ("a.txt", os.mkfifo, "is not a regular file", "Name a file with text in it"),
    "other kind": (
        *("a.xlsx", lambda p: p.write_bytes(b"PK\x03\x04")),
        *("not one of the supported kinds of file: .txt", "Save its text as one of them"),
    ),
    "missing": ("a.txt", lambda p: None, "There is no file or folder", "Check the spelling"),
    "folder without articles": (
        "a",
        Path.mkdir,
        "holds no article",
        "looked for: .txt",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_path_fails_with_advice_and_the_good_ones_are_indexed(
    cli: Cli, news: Path, tmp_path: Path, case: str
) -> None:
    name, make, what, advice = BAD_FILES[case]
    bad = tmp_path / name
    make(bad)
    result = cli("index", bad, news, "--index", tmp_path / "index")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("failed: ")
    assert all(part in line for part in (str(bad), what, advice))
    assert "3 added, 0 unchanged, 0 replaced, 1 failed" in result.stdout
    assert len(cli("articles", "--index", tmp_path / "index").stdout.splitlines()) == 3


def test_an_unreadable_file_fails_with_advice(
    cli: Cli, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, opened = news / "locked.txt", Path.open

    def refuse(path: Path, *arguments: Any, **more: Any) -> Any:  # chmod does not stop root
        if path.name == locked.name and (arguments or ["rb"])[0] == "rb":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **more)

    locked.touch()
    monkeypatch.setattr(Path, "open", refuse)
    result = cli("index", news, "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "cannot be opened (Permission denied). Check who may read it." in result.stderr
    assert "3 added, 0 unchanged, 0 replaced, 1 failed" in result.stdout


def test_nul_bytes_and_surrogates_are_replaced_and_said(
    cli: Cli, tmp_path: Path, own_index: Path
) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_bytes(b"The \0 mayor opened the Orme bridge. Half \xed\xa0\x80 of it is new.")
    result = cli("index", odd, "--index", own_index)
    assert result.exit_code == 0
    assert f"warning: {odd}: 1 control character replaced with U+FFFD." in result.stderr
    listed = cli("articles", "--index", own_index).stdout.splitlines()
    (article_id,) = [line.split()[1] for line in listed if " odd-" in line]
    text = json.loads(cli("show", article_id, "--json", "--index", own_index).stdout)["text"]
    assert text.startswith("The \ufffd mayor opened the Orme bridge.")


def test_nothing_to_index_makes_no_index(cli: Cli, tmp_path: Path) -> None:
    result = cli("index", tmp_path / "nowhere", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "0 added, 0 unchanged, 0 replaced, 1 failed" in result.stdout
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    ("question", "what", "advice"),
    [
        ("", "the question is empty", "ask something about the articles"),
        (" \n\t", "the question is empty", "ask something about the articles"),
        ("?!", "the question is empty", "ask something about the articles"),
        ("why " * 25_000, "has 100,000 characters, at most 1,000", "ask one thing at a time"),
        ("who\udcff", "holds characters that are not text", "type it again"),
        ("who\0is", "holds characters that are not text", "type it again"),
    ],
    ids=["empty", "blank", "marks only", "100,000 characters", "lone surrogate", "NUL"],
)
def test_a_bad_question_is_refused(
    cli: Cli, news_index: Path, question: str, what: str, advice: str
) -> None:
    result = cli("ask", question, "--index", news_index)
    assert (result.exit_code, result.stdout) == (1, "")
    assert what in result.stderr
    assert advice in result.stderr
    assert len(result.stderr) < 200


COMMANDS = {
    "ask": ["ask", "Who won?"],
    "batch": ["ask", "--batch", "-"],
    "articles": ["articles"],
    "show": ["show", "tides"],
    "remove": ["remove", "tides"],
    "stats": ["stats"],
    "serve": ["serve"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_index_is_named_with_the_command_that_makes_one(
    cli: Cli, tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "nowhere"
    result = cli(*COMMANDS[command], "--index", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"no index at {folder}; build one with: pullquote index PATH --index" in result.stderr
    assert not folder.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_database_is_detected(cli: Cli, tmp_path: Path, command: str) -> None:
    (tmp_path / "store.db").write_bytes(b"no database at all" * 300)
    result = cli(*COMMANDS[command], "--index", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "store.db cannot be read" in result.stderr
    assert "index the articles into a new folder" in result.stderr


def test_a_file_is_no_index(cli: Cli, news: Path) -> None:
    result = cli("stats", "--index", news / "ferry.txt")
    assert result.exit_code == 1
    assert "ferry.txt is a file; an index is a folder" in result.stderr


def test_another_model_is_refused_and_the_index_stays_as_it_was(
    cli: Cli, own_index: Path, news: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other-model"
    other.mkdir()
    for part in load_encoder().folder.iterdir():
        (other / part.name).symlink_to(part)
    (other / "extra.json").write_text("{}")  # decides nothing, but it is another model now
    (news / "more.txt").write_text("A new bakery opened in Wexcombe.")
    before = cli("articles", "--json", "--index", own_index).stdout
    result = cli("index", news, "--index", own_index, "--model", other)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"was made with the model pullquote-encoder-1, not with {other}" in result.stderr
    assert "pullquote rebuild --index" in result.stderr
    assert cli("articles", "--json", "--index", own_index).stdout == before


def test_a_missing_model_is_not_downloaded(cli: Cli, news: Path, tmp_path: Path) -> None:
    result = cli("index", news, "--index", tmp_path / "index", "--model", "no-such-model")
    assert result.exit_code == 1
    assert (
        "'no-such-model' is not on this machine, and pullquote downloads nothing" in result.stderr
    )
    assert "give the path of a model folder" in result.stderr


def test_an_index_that_is_being_written_is_not_touched(
    cli: Cli, own_index: Path, news: Path
) -> None:
    with open_for_writing(own_index):
        result = cli("index", news, "--index", own_index)
        assert cli("remove", "tides", "--index", own_index).exit_code == 1
    assert result.exit_code == 1
    assert f"is being written by process {os.getpid()}; wait until it has finished" in result.stderr
    assert cli("show", "tides", "--index", own_index).exit_code == 0


def test_an_empty_index_says_how_to_fill_it(cli: Cli, own_index: Path) -> None:
    ids = [line.split()[1] for line in cli("articles", "--index", own_index).stdout.splitlines()]
    assert cli("remove", *ids, "--index", own_index).exit_code == 0
    result = cli("ask", "Who won the election?", "--index", own_index)
    assert (result.exit_code, result.stdout) == (0, "The articles here don’t say.\n")
    assert "holds no articles yet; add some with: pullquote index PATH --index" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["ask", "Who?", "--batch", "-"], ["show"], ["remove"], ["index"], ["nonsense"]],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(cli: Cli, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr
