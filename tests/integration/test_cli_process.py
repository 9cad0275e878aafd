"""The command line as a program: pipes, terminals, encodings, signals, and what it loads."""

from __future__ import annotations

import errno
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.integration.conftest import PATIENCE_S, TIDES

Process = Callable[..., subprocess.CompletedProcess[str]]

REPORT_MODULES = """
import sys
from qa.interfaces.cli import main
try:
    main()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@contextmanager
def on_a_terminal(
    arguments: list[str | Path], environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run a command whose three streams are one terminal; give the terminal's other end."""
    # A job in the background has it ignored, and hands that down to what it runs.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "qa.interfaces.cli", *arguments]
    process = subprocess.Popen(
        command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def read_terminal(terminal: int, until: str | None = None) -> str:
    """Read what is printed, to the end or until it holds a text."""
    seen, deadline = b"", time.monotonic() + PATIENCE_S
    while until is None or until.encode() not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"nothing more was printed after {seen!r}"
        try:
            data = os.read(terminal, 65536)
        except OSError as error:
            if error.errno != errno.EIO:  # how Linux says that the program has closed a terminal
                raise
            break
        if not data:
            break
        seen += data
    return seen.decode()


def test_refreshing_an_unchanged_index_loads_no_model(
    environment: dict[str, str], own_index: Path, news: Path
) -> None:
    (news / "tides.md").write_text(TIDES, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-c", REPORT_MODULES, "index", news / "tides.md", "--index", own_index],
        env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=True,
    )  # fmt: skip
    assert result.stdout == f"{own_index}: 0 added, 1 unchanged, 0 replaced, 0 failed\n"
    loaded = set(result.stderr.split())
    assert "qa" in loaded
    assert not loaded & {"torch", "transformers", "sentence_transformers", "gradio"}


def test_a_pipe_gets_plain_text_and_stderr_stays_empty(process: Process, news_index: Path) -> None:
    question = "How much did the tidal barrier at Port Hallam cost?"
    result = process("ask", question, "--index", news_index)
    assert (result.returncode, result.stderr) == (0, "")
    assert "612 million crowns" in result.stdout
    assert "\x1b" not in result.stdout


def test_a_terminal_gets_a_bar_while_indexing_and_ctrl_c_ends_it_cleanly(
    environment: dict[str, str], news: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    with on_a_terminal(["index", news, "--index", folder], environment) as (process, terminal):
        seen = read_terminal(terminal, until="0/3")
        process.send_signal(signal.SIGINT)
        seen += read_terminal(terminal)
        assert process.wait(PATIENCE_S) == 130
    assert "Indexing" in seen
    assert "interrupted" in seen
    assert "Traceback" not in seen
    assert seen.rindex("\x1b[?25h") > seen.rindex("\x1b[?25l")  # the cursor is shown again


def test_what_was_committed_before_ctrl_c_stays_and_the_rest_follows(
    environment: dict[str, str], process: Process, tmp_path: Path
) -> None:
    folder, many = tmp_path / "index", tmp_path / "many"
    many.mkdir()
    for number in range(2000):
        (many / f"report-{number}.txt").write_text(f"Report {number} came in at noon.")
    with on_a_terminal(["index", many, "--index", folder], environment) as (running, terminal):
        committed = re.compile(r" ([1-9]\d*)/2000")
        seen = ""
        while not committed.search(seen):
            seen += read_terminal(terminal, until="/2000")
        running.send_signal(signal.SIGINT)
        seen += read_terminal(terminal)
        assert running.wait(PATIENCE_S) == 130
    assert "what was committed is kept; run the same command again to go on" in seen
    kept = json.loads(process("stats", "--json", "--index", folder).stdout)["articles"]
    assert 0 < kept < 2000


def test_a_terminal_gets_bold_answers_unless_no_color_is_set(
    environment: dict[str, str], news_index: Path
) -> None:
    shown: list[str | Path] = ["show", "tides", "--index", news_index]
    with on_a_terminal(shown, environment) as (_, terminal):
        assert read_terminal(terminal).startswith("\x1b[1mBarrier to close in March\x1b[0m")
    with on_a_terminal(shown, {**environment, "NO_COLOR": "1"}) as (_, terminal):
        assert read_terminal(terminal).startswith("Barrier to close in March\r\n")


def test_a_reader_that_goes_away_causes_no_traceback(
    environment: dict[str, str], news_index: Path
) -> None:
    for command in (["articles"], ["show", "tides", "--json"], ["stats"]):
        arguments: list[str | Path] = [*command, "--index", news_index]
        with subprocess.Popen(
            [sys.executable, "-m", "qa.interfaces.cli", *arguments],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as running:  # fmt: skip
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            assert running.stderr.read() == b""


def test_any_encoding_of_the_terminal_can_be_printed_to(process: Process, news_index: Path) -> None:
    shown = process("show", "tides", "--index", news_index, PYTHONIOENCODING="latin-1")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "? Café talk aside" in shown.stdout
    as_json = process("show", "tides", "--json", "--index", news_index, PYTHONIOENCODING="latin-1")
    assert json.loads(as_json.stdout)["text"].startswith("🌊 Café talk aside")


def test_arguments_that_are_not_text_are_refused(process: Process, news_index: Path) -> None:
    expected = {
        (b"ask", b"who\xff", b"--index", bytes(news_index)): (1, "characters that are not text"),
        (b"show", b"tides\xff", b"--index", bytes(news_index)): (1, "no article 'tides?'"),
        (b"remove", b"tides\xff", b"--index", bytes(news_index)): (1, "no article 'tides?'"),
        (b"index", b"/no\xff.txt", b"--index", bytes(news_index)): (1, "There is no file or fold"),
        (b"stats", b"--index", b"/no\xff"): (2, "the folder's name is not text"),
    }
    for arguments, (code, message) in expected.items():
        result = process(*arguments)
        assert result.returncode == code
        assert message in result.stderr
        assert "Traceback" not in result.stderr


def test_serve_opens_the_page_and_ctrl_c_stops_it(
    environment: dict[str, str], news_index: Path
) -> None:
    arguments: list[str | Path] = ["serve", "--port", "0", "--index", news_index]
    with on_a_terminal(arguments, environment) as (process, terminal):
        address = re.search(r"http://127\.0\.0\.1:\d+", read_terminal(terminal, until="(Ctrl-C"))
        assert address
        with urllib.request.urlopen(f"{address[0]}/v1/health", timeout=PATIENCE_S) as response:
            assert json.load(response) == {"status": "ok", "articles": 3, "passages": 3}
        process.send_signal(signal.SIGINT)
        assert "Traceback" not in read_terminal(terminal)
        assert process.wait(PATIENCE_S) == 0
