"""Log lines: their form, and that none holds a question or an article's text unless asked to."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator

import pytest

from corpus import IndexCorrupt, InvalidQuestion, UnreadableArticle
from qa.interfaces import logs, terminal
from qa.interfaces.logs import LogSettings, log_question, log_request, start_logging

SECRET = "who-killed-the-mayor"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error"):
        # A server of another test, started in this process with uvicorn's own logging, shuts them.
        for attribute, value in (("propagate", True), ("handlers", []), ("level", logging.NOTSET)):
            monkeypatch.setattr(logging.getLogger(name), attribute, value)
    levels = {name: logging.getLogger(name).level for name in ("", *logs.OWN)}
    yield
    logs.stop_logging()
    assert {name: logging.getLogger(name).level for name in levels} == levels
    assert not any(isinstance(h, logs._Lines) for h in logging.getLogger().handlers)


def as_json(level: str = "debug", *, with_questions: bool = False) -> LogSettings:
    return LogSettings(level=level, as_json=True, with_questions=with_questions, plain=False)


def fail_with(error: Exception, logger: str = "qa.interfaces.web.talk") -> None:
    try:
        raise error
    except Exception:
        logging.getLogger(logger).exception("a question failed")


def test_a_line_of_json_has_time_level_logger_and_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_logging(as_json())
    logging.getLogger("qa.current").warning("%s is gone, %d left", "file", 3)
    captured = capsys.readouterr()
    line = json.loads(captured.err)
    assert re.fullmatch(TIME, line.pop("time"))
    assert line == {"level": "warning", "logger": "qa.current", "message": "file is gone, 3 left"}
    assert captured.out == ""


def test_a_request_has_its_own_fields_in_both_forms(capsys: pytest.CaptureFixture[str]) -> None:
    for as_lines_of_json in (True, False):
        start_logging(LogSettings(level="info", as_json=as_lines_of_json, plain=False))
        log_request("GET", "/v1/retrieve", 200, 0.123456, "id-1")
    first, second = capsys.readouterr().err.splitlines()
    line = json.loads(first)
    told = [line[name] for name in ("method", "route", "status", "seconds", "request_id")]
    assert told == ["GET", "/v1/retrieve", 200, 0.1235, "id-1"]
    assert re.fullmatch(
        TIME + r" info    qa\.requests: GET /v1/retrieve 200 method=\"GET\" "
        r"route=\"/v1/retrieve\" status=200 seconds=0\.1235 request_id=\"id-1\"",
        second,
    )


def test_the_level_is_kept_to_and_libraries_are_heard_from_warnings_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_logging(as_json("debug"))
    logging.getLogger("qa.x").debug("ours")
    logging.getLogger("httpcore").debug("theirs")
    logging.getLogger("httpcore").warning("theirs, too")
    start_logging(as_json("error"))
    logging.getLogger("qa.x").warning("ours, not wanted")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["logger"] for line in lines] == ["qa.x", "httpcore"]


@pytest.mark.parametrize("as_lines_of_json", [True, False])
@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_no_level_and_no_form_lets_what_was_asked_into_the_log(
    capsys: pytest.CaptureFixture[str], level: str, as_lines_of_json: bool
) -> None:
    start_logging(LogSettings(level=level, as_json=as_lines_of_json, plain=False))
    say_the_secret()
    assert SECRET not in capsys.readouterr().err


def test_plain_warnings_do_not_tell_what_was_asked_either(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal.prepare_terminal(LogSettings())
    say_the_secret()
    told = capsys.readouterr().err
    assert "warning: a question failed" in told
    assert "in fail_with" in told
    assert SECRET not in told


def say_the_secret() -> None:
    """Do all that has put, or might put, a question into a log."""
    for error in (ValueError(SECRET), InvalidQuestion(SECRET), UnreadableArticle(SECRET)):
        fail_with(error)
        logging.getLogger("qa.interfaces.wall.doors").warning("malformed %s: %r", "/p", error)
    fail_with(KeyError(SECRET), "uvicorn.error")
    logging.getLogger("uvicorn.access").warning('"GET /v1/retrieve?question=%s" 200', SECRET)
    logging.getLogger("mcp.server").warning(f"Failed to validate request: {SECRET}")
    logging.getLogger("asyncio").error(f"Task exception was never retrieved: {SECRET}")
    logging.getLogger().error(SECRET)
    log_question(SECRET)


def test_who_opts_in_finds_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(as_json("info", with_questions=True))
    say_the_secret()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 12
    assert all(SECRET in line for line in lines)
    assert json.loads(lines[-1])["question"] == SECRET


def test_what_is_said_of_files_and_the_index_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(as_json())
    fail_with(FileNotFoundError(2, "No such file or directory", "/var/pullquote/keys"))
    fail_with(IndexCorrupt("store.db cannot be read"))
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert "/var/pullquote/keys" in first["exception"]
    assert second["exception"] == "IndexCorrupt: store.db cannot be read"
    assert second["trace"][-1].endswith(" in fail_with")


def test_a_line_stays_one_line_whatever_a_name_holds(capsys: pytest.CaptureFixture[str]) -> None:
    for settings in (as_json(), LogSettings(level="info", plain=False)):
        start_logging(settings)
        logging.getLogger("qa.x").warning("%s has logged in", "ada\n2026 error forged\x1b[2J")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all("\x1b" not in line for line in lines)


def test_a_line_that_cannot_be_written_breaks_nothing_and_quotes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_logging(as_json())
    (lines,) = [h for h in logging.getLogger().handlers if isinstance(h, logs._Lines)]
    lines.handle(logging.LogRecord("qa.x", logging.ERROR, __file__, 1, "%d", (SECRET,), None))
    assert SECRET not in capsys.readouterr().err


def test_starting_again_writes_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        start_logging(as_json())
    logging.getLogger("qa.x").warning("once")
    assert len(capsys.readouterr().err.splitlines()) == 1
