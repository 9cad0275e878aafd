"""Settings: flag, variable, file, default; what a file may say, and what `config` tells of it."""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from qa.interfaces import settings_file
from qa.interfaces.cli import main
from qa.interfaces.known_settings import options_of
from qa.interfaces.number_settings import numbers
from qa.interfaces.settings_in_force import answer_settings, given_to
from qa.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, a user without a file, and no variable but the cache's."""
    for name in list(os.environ):
        if name.startswith("PULLQUOTE_") and name != "PULLQUOTE_CACHE":
            monkeypatch.delenv(name)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(settings_file, "user_file", lambda: tmp_path / "user.toml")
    return here


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.stderr
    return result


def index_asked(*arguments: str) -> str:
    """Return the index that `stats` looks for."""
    found = re.search(r"no index at (\S+);", run(*arguments).stderr)
    assert found
    return found[1]


def test_a_flag_comes_before_a_variable_before_the_file_before_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert index_asked("stats") == "index"
    (folder / "pullquote.toml").write_text('index = "of-all"\n')
    assert index_asked("stats") == "of-all"
    (folder / "pullquote.toml").write_text('index = "of-all"\n[stats]\nindex = "of-stats"\n')
    assert index_asked("stats") == "of-stats"
    monkeypatch.setenv("PULLQUOTE_INDEX", "variable-of-all")
    assert index_asked("stats") == "variable-of-all"
    monkeypatch.setenv("PULLQUOTE_STATS_INDEX", "variable-of-stats")
    assert index_asked("stats") == "variable-of-stats"
    assert index_asked("stats", "--index", "flag") == "flag"


def test_the_named_file_comes_before_the_one_here_before_the_users(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "user.toml").write_text('index = "users"')
    assert index_asked("stats") == "users"
    (folder / "pullquote.toml").write_text('index = "here"')
    assert index_asked("stats") == "here"
    (folder / "by-variable.toml").write_text('index = "by-variable"')
    monkeypatch.setenv("PULLQUOTE_CONFIG", "by-variable.toml")
    assert index_asked("stats") == "by-variable"
    (folder / "by-flag.toml").write_text('index = "by-flag"')
    assert index_asked("--config", "by-flag.toml", "stats") == "by-flag"
    assert index_asked("--config", os.devnull, "stats") == "index"


REFUSED = {
    "[serve]\nprot = 1": "serve.prot is no setting; did you mean port?",
    "[sevre]\nport = 1": "there is no table [sevre]; did you mean serve?",
    '[serve]\nport = "1"': "serve.port must be a whole number, not '1'",
    "[serve]\nport = true": "serve.port must be a whole number, not True",
    "[serve]\nport = 70000": "serve.port 70000 is not in the range",
    "[serve]\nread_only = 1": "serve.read_only must be true or false, not 1",
    '[ask]\noutlet = "A"': "ask.outlet must be a list, not 'A'",
    '[ask]\nsince = "May"': "ask.since 'May' does not match",
    '[ask]\nbatch = "f"': "ask.batch is no setting",
    '[index]\nmodel = "m"': "there is no table [index]; did you mean indexing?",
    "[feedback]\nexport = 3": "feedback.export is no setting",
    '[feedback.export]\nouput = "f"': "feedback.export.ouput is no setting; did you mean out?",
    "indx = 1": "indx is no setting; did you mean index?",
    "index = 1": "index must be text in quotation marks, not 1",
    'log_level = "loud"': "log_level 'loud' is not one of 'debug'",
    "[answers]\nsure_form = 1": "answers.sure_form is no setting; did you mean sure_from?",
    "[answers]\nsure_from = 7": "answers.sure_from must be 0 to 2, not 7",
    "[answers]\nsure_from = nan": "answers.sure_from must be a number, not nan",
    "[answers]\npassages_to_read = 2.5": "answers.passages_to_read must be a whole number, not 2.5",
    "[answers]\nreading_seconds = true": "answers.reading_seconds must be a number, not True",
    "answers = 3": "answers is no setting",
    "x = [": "is no TOML",
    "x = 1\nx = 2": "is no TOML",
    f"x = {'9' * 5000}": "is no TOML",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_what_does_not_fit_is_refused_with_file_key_and_the_nearest_name(
    folder: Path, text: str
) -> None:
    (folder / "s.toml").write_text(text)
    result = run("--config", "s.toml", "stats")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "s.toml" in result.stderr
    assert REFUSED[text] in result.stderr


@pytest.mark.parametrize(
    ("name", "reason"), [("gone.toml", "is not there"), (".", "is a folder"), ("odd.toml", "UTF-8")]
)
def test_a_file_that_cannot_be_read_is_refused(folder: Path, name: str, reason: str) -> None:
    (folder / "odd.toml").write_bytes(b"\xff\xfe")
    result = run("--config", name, "stats")
    assert result.exit_code == 2
    assert reason in result.stderr


NOT_FROM_HERE = (
    '[serve]\nhost = "0.0.0.0"',
    "[serve]\nno_api_keys = true",
    '[serve]\nallow_origin = ["https://a.example"]',
    '[serve]\nallowed_host = ["a.example"]',
    '[serve]\ntrusted_proxy = ["10.0.0.1"]',
    '[serve]\nauth_file = "accounts"',
    '[mcp]\nallowed_host = ["a.example"]',
    "[mcp]\nhttp = true",
    "[indexing]\nallow_network = true",
    '[indexing]\nreport = "f"',
    '[rebuild]\nmodel = "m"',
    'reader = "folder/of/a/model"',
    '[feedback.export]\nout = "f"',
    "log_questions = true",
)


@pytest.mark.parametrize("text", NOT_FROM_HERE)
def test_a_file_that_only_lies_in_the_folder_opens_nothing_and_loads_nothing(
    folder: Path, text: str
) -> None:
    (folder / "pullquote.toml").write_text(text)
    refused = run("stats")
    assert refused.exit_code == 2
    assert "only lies in the current folder" in refused.stderr
    assert "--config pullquote.toml" in refused.stderr
    assert index_asked("--config", "pullquote.toml", "stats") == "index"


def test_a_file_of_the_folder_may_set_what_harms_nobody(folder: Path) -> None:
    text = 'index = "i"\nreader = "sentence"\n[serve]\nport = 7870\nread_only = true\n'
    (folder / "pullquote.toml").write_text(text + "[answers]\nsure_from = 1\n")
    assert index_asked("stats") == "i"


def test_a_file_of_another_user_is_left_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "pullquote.toml").write_text('index = "theirs"')
    own = folder.stat().st_uid
    if own == 0:  # the administrator's files are read by everybody: give it away
        os.chown(folder / "pullquote.toml", 54321, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    result = run("stats")
    assert "no index at index;" in result.stderr
    assert "./pullquote.toml belongs to another user and is left aside" in result.stderr


def test_an_unknown_variable_is_warned_of_with_the_nearest_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULLQUOTE_SERV_PORT", "1")
    monkeypatch.setenv("PULLQUOTE_ANSWERS_SURE_FROM", "1")
    monkeypatch.setenv("PULLQUOTE_SERVE_PORT", "1")
    (warning, _) = run("stats").stderr.splitlines()
    assert warning == (
        "warning: the variable PULLQUOTE_SERV_PORT sets nothing; did you mean PULLQUOTE_SERVE_PORT?"
    )


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("PULLQUOTE_SERVE_PORT", "x", "'x' is not a valid integer range, in $PULLQUOTE_SERVE_PORT"),
        ("PULLQUOTE_PORT", "70000", "range 0<=x<=65535, in $PULLQUOTE_PORT"),
        ("PULLQUOTE_LOG_LEVEL", "loud", "'error', in $PULLQUOTE_LOG_LEVEL"),
        ("PULLQUOTE_ANSWERS_SURE_FROM", "x", "$PULLQUOTE_ANSWERS_SURE_FROM must be a number"),
        ("PULLQUOTE_ANSWERS_SURE_FROM", "9", "$PULLQUOTE_ANSWERS_SURE_FROM must be 0 to 2"),
    ],
)
def test_a_variable_that_does_not_fit_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)
    result = run("serve", "--index", "none")
    assert result.exit_code == 2
    assert reason in result.stderr


def test_the_older_variables_of_app_py_hold_for_serve_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "s.toml").write_text(
        '[serve]\nport = 1\nhost = "b.example"\n[answers]\nsure_from = 1'
    )
    monkeypatch.setenv("PULLQUOTE_CONFIG", "s.toml")
    monkeypatch.setenv("PULLQUOTE_PORT", "7999")
    monkeypatch.setenv("PULLQUOTE_ALLOWED_HOSTS", "a.example, b.example c.example")
    given = given_to(main, "serve")
    assert (given.params["host"], given.params["port"]) == ("b.example", 7999)
    assert list(given.params["hosts"]) == ["a.example", "b.example", "c.example"]
    assert given.answers == Settings(sure_from=1)


def test_app_py_names_the_variable_that_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_PORT", "x")
    with pytest.raises(click.BadParameter, match=r"in \$PULLQUOTE_PORT"):
        given_to(main, "serve")


def test_a_name_with_blanks_stays_whole_in_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_ASK_OUTLET", "The Harbour Courier, Daily Sound")
    with main.make_context("pullquote", ["ask"]) as ctx:
        found = main.commands["ask"].make_context("ask", ["Who?"], parent=ctx).params["outlets"]
    assert list(found) == ["The Harbour Courier", "Daily Sound"]


def test_numbers_of_file_and_variables_are_in_force_while_a_command_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer_settings() == Settings()
    (folder / "pullquote.toml").write_text("[answers]\nsure_from = 1\nmax_alternatives = 2\n")
    monkeypatch.setenv("PULLQUOTE_ANSWERS_MAX_ALTERNATIVES", "3")
    with main.make_context("pullquote", ["stats"]).scope():
        assert answer_settings() == Settings(sure_from=1.0, max_alternatives=3)


def test_every_number_has_a_range_that_holds_its_default_and_a_reason() -> None:
    assert list(numbers().known) == [field.name for field in fields(Settings)]
    for known in numbers().known.values():
        assert known.default in known.range
        assert type(known.default) is known.kind
        assert len(known.reason) > 20


def rows() -> dict[tuple[str, str], tuple[object, str]]:
    result = run("config", "--json")
    assert result.exit_code == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return {(r["table"], r["name"]): (r["value"], r["source"]) for r in lines}


def test_config_tells_value_and_source_of_every_option_and_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "pullquote.toml").write_text('reader = "sentence"\n[serve]\nport = 7870\n')
    monkeypatch.setenv("PULLQUOTE_ANSWERS_SURE_FROM", "1.5")
    (folder / "keys").touch()
    monkeypatch.setenv("PULLQUOTE_SERVE_API_KEYS", str(folder / "keys"))
    told = rows()
    assert told["", "reader"] == ("sentence", "pullquote.toml")
    assert told["serve", "port"] == (7870, "pullquote.toml")
    assert told["answers", "sure_from"] == (1.5, "$PULLQUOTE_ANSWERS_SURE_FROM")
    assert told["serve", "host"] == ("127.0.0.1", "default")
    assert told["serve", "api_keys"] == ("…/keys", "$PULLQUOTE_SERVE_API_KEYS")
    names = {name for table, name in told if table in {"", "serve"}}
    assert set(options_of(main.commands["serve"])) <= names
    assert {field.name for field in fields(Settings)} == {n for t, n in told if t == "answers"}


def test_config_fits_a_terminal_and_its_columns_are_aligned(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_READER", "/a/folder/with/a/name/of/more/than/a/column")
    shown = run("config").stdout.splitlines()[1:]
    assert all(len(line) <= 80 for line in shown)
    settings = [line for line in shown if line.endswith(" default")]
    assert len(settings) > 40
    assert {line.index("default", 40) for line in settings} == {46}


def test_the_file_of_defaults_changes_nothing_behind_its_marks_and_without_them(
    folder: Path,
) -> None:
    text = run("config", "--defaults").stdout
    named = folder / "defaults.toml"
    named.write_text(text)
    before = rows()
    assert run("--config", "defaults.toml", "config").exit_code == 0
    open_ = re.sub(r"^#(?=\w+ = (?!…))", "", text, flags=re.MULTILINE)
    assert len(list(tomllib.loads(open_)["answers"])) == len(fields(Settings))
    named.write_text(open_)
    result = run("--config", "defaults.toml", "config", "--json")
    assert result.exit_code == 0, result.stderr
    for line in result.stdout.splitlines():
        row = json.loads(line)
        assert row["value"] == before[row["table"], row["name"]][0]
