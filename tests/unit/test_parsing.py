"""Whatever an extractor does, reading ends soon, with articles or one clear reason."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decoding import replace_controls
from corpus.errors import UnreadableArticle, UnsupportedFormat
from corpus.extracted import BadRecord, Extracted
from corpus.finishing import finish
from corpus.parsing import Parser, child
from corpus.parsing.limits import Limits, max_file_bytes
from corpus.types import Mark, Span
from tests import hostile_extractors

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the limits are the system's")

ROOT = Path(__file__).parents[2]
LIMITS = Limits(memory_bytes=300 * 2**20, cpu_s=1, wait_s=15)
PATIENCE_S = 20

Found = str | BadRecord
"""The text of an article; what else is known of it is finished elsewhere."""


def parser_of(limits: Limits = LIMITS) -> Parser:
    """A parser for whom a suffix is the name of a function of the test's extractors."""
    names = [name for name in vars(hostile_extractors) if name.islower()]
    modules = {f".{name}": f"tests.hostile_extractors:{name}" for name in names}
    return Parser({**modules, ".jsonl": "tests.hostile_extractors:in_large_steps"}, limits)


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parser]:
    monkeypatch.syspath_prepend(str(ROOT))
    with parser_of() as parser:
        yield parser


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news.x"
    path.write_bytes(b"one\ntwo\n")
    return path


def seen(found: Extracted | BadRecord) -> Found:
    return found.text if isinstance(found, Extracted) else found


def read(parser: Parser, path: Path, extractor: str) -> list[Found]:
    return [seen(found) for found in parser.read(path, f".{extractor}", "news.x")]


def article(parser: Parser, path: Path, extractor: str) -> Extracted:
    (found,) = parser.read(path, f".{extractor}", "news.x")
    assert isinstance(found, Extracted)
    return found


def refusal(parser: Parser, path: Path, extractor: str) -> tuple[list[Found], str]:
    """Return what was read before the refusal, and its message."""
    found: list[Found] = []
    with pytest.raises(UnreadableArticle) as refused:
        found.extend(map(seen, parser.read(path, f".{extractor}", "news.x")))
    message = str(refused.value)
    assert message.startswith("news.x ")
    assert "\n" not in message
    assert "Traceback" not in message
    assert message.replace("\ufffd", "").isprintable()
    return found, message


def is_running(number: int) -> bool:
    """Say whether a process is there and not dead."""
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def gone(number: int) -> bool:
    """Say whether a process has gone, waiting a moment for it."""
    ends = time.monotonic() + PATIENCE_S
    while is_running(number) and time.monotonic() < ends:
        time.sleep(0.02)
    return not is_running(number)


def test_articles_and_bad_records_come_in_the_order_of_the_file(parser: Parser, file: Path) -> None:
    file.write_bytes("eins\nbad\nzwölf 🌊\n".encode())
    assert read(parser, file, "lines") == [
        "eins",
        BadRecord(where="line 2", reason="it says so"),
        "zwölf 🌊",
    ]


def test_a_file_of_bad_records_ends_early_and_keeps_what_was_good(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    file.write_bytes(b"good\n" + b"bad\n" * 30)
    with parser_of(replace(LIMITS, bad_records=10)) as parser:
        found, message = refusal(parser, file, "lines")
    assert found[0] == "good"
    assert len(found) == 11
    assert "more than 10 records that cannot be read" in message


def test_an_article_arrives_as_it_left_and_what_no_text_holds_is_replaced(
    parser: Parser, file: Path
) -> None:
    raw = next(hostile_extractors.everything(io.BytesIO(), "x"))
    assert isinstance(raw, Extracted)
    found = article(parser, file, "everything")
    assert found == Extracted.from_dict(child._clean(finish(raw).to_dict()))
    assert (found.text, found.title) == (hostile_extractors.TEXT, "A\ufffdB\ufffdC")
    assert found.metadata["kéy\ufffd"] == "\ufffdvalue"
    assert found.marks[:2] == (Mark(Span(3, 5), "menu"), Mark(Span(5, 8), "notice"))


def test_one_process_reads_many_files(parser: Parser, file: Path) -> None:
    assert parser.process_id is None
    texts = [read(parser, file, "process_id") for _ in range(3)]
    assert texts == [[str(parser.process_id)]] * 3
    assert article(parser, file, "process_id").title == "one\ntwo\n news.x"


def test_a_plain_refusal_costs_no_process(parser: Parser, file: Path) -> None:
    first = read(parser, file, "process_id")
    file.write_bytes(b"one\nrefuse\n")
    assert refusal(parser, file, "lines") == (
        ["one"],
        "news.x asks to be refused.",
    )
    file.write_bytes(b"one\ntwo\n")
    assert read(parser, file, "process_id") == first


def test_after_some_files_or_with_much_memory_a_new_process_reads_on(file: Path) -> None:
    for limits in (replace(LIMITS, files=2), replace(LIMITS, kept_bytes=1)):
        with parser_of(limits) as parser:
            numbers = {text for _ in range(4) for text in read(parser, file, "process_id")}
            assert len(numbers) == (2 if limits.files == 2 else 4)


FIRST = ["first"]


@pytest.mark.parametrize(
    ("extractor", "before", "reason"),
    [
        ("endless", FIRST, "took longer than 1 seconds of processor time to read"),
        ("greedy", [], "needed more than 0.29 GB of memory to read"),
        ("greedy_in_small_steps", [], "needed more than 0.29 GB of memory to read"),
        ("huge_text", [], "needed more than 0.29 GB of memory to read"),
        ("exiting", [], "cannot be read (the process that read it ended with code 7: last words"),
        ("crashing", [], "cannot be read (the process that read it ended with signal SIGSEGV"),
        ("aborting", [], "cannot be read (the process that read it ended with signal SIGABRT"),
        ("sys_exit", [], "cannot be read (SystemExit: enough)"),
        ("recursing", [], "cannot be read (RecursionError: maximum recursion depth exceeded"),
        ("failing", FIRST, r"cannot be read (KeyError: 'a\nkey\x1byyy"),
        ("failing_to_say", [], "cannot be read (_Mute)"),
        ("nonsense", [], "cannot be read (an answer without sense"),
        ("no_json", [], "cannot be read (an answer without sense"),
        ("number_for_a_title", [], "cannot be read (an answer without sense: 5 is no text)"),
        ("surrogate", [], "cannot be read (an answer without sense: 'utf-8' codec can't encode"),
        ("nul", [], "cannot be read (an answer without sense: a NUL in a text)"),
        ("list_for_a_span", [], "cannot be read (an answer without sense: '"),
        ("half_a_span", [], "cannot be read (an answer without sense: 'float' object"),
        ("endless_line", [], "gives more text and marks at once"),
        ("span_outside", [], "cannot be read (an answer without sense: a span ends at 9 in 5"),
        (
            "headings_that_overlap",
            [],
            "cannot be read (an answer without sense: Span(start=4, end=6)",
        ),
        ("missing", [], "cannot be read (AttributeError: "),
    ],
)
def test_a_failure_is_one_clear_reason_and_the_next_file_is_read(
    parser: Parser, file: Path, extractor: str, before: list[Found], reason: str
) -> None:
    parser._extractors = {**parser._extractors, ".missing": "tests.hostile_extractors:missing"}
    if "memory" in reason:  # to fill it in small steps may take a slow machine over a second
        parser._limits = replace(LIMITS, cpu_s=12)
    began = time.monotonic()
    found, message = refusal(parser, file, extractor)
    assert time.monotonic() - began < PATIENCE_S
    assert found == before
    assert message.removeprefix("news.x ").startswith(reason)
    assert len(message) < 500
    assert read(parser, file, "lines") == ["one", "two"]


def test_a_file_cannot_write_to_the_terminal_through_a_message(parser: Parser, file: Path) -> None:
    assert refusal(parser, file, "escape_sequences") == (
        [BadRecord(where="line 1", reason="\ufffd[2J\ufffdreversed")],
        "news.x begins with \ufffd[2J and \ufffdmore.",
    )


def test_a_missing_package_is_named_with_the_command_that_installs_it(
    parser: Parser, file: Path
) -> None:
    assert refusal(parser, file, "importing") == (
        [],
        "news.x needs the package package_that_nobody_has, which is not installed. "
        "Run: pip install 'pullquote[formats]'",
    )


def test_silence_is_ended_by_the_parent(file: Path) -> None:
    # Time enough to start anew on a busy machine.
    with parser_of(replace(LIMITS, wait_s=4)) as parser:
        found, message = refusal(parser, file, "asleep")
        assert (found, message.split(". ")[0]) == (
            FIRST,
            "news.x took longer than 4 seconds to read",
        )
        assert len(read(parser, file, "lines")) == 2


def test_an_endless_trickle_is_ended_by_the_parent(file: Path) -> None:
    with parser_of(replace(LIMITS, file_s=0.9)) as parser:
        found, message = refusal(parser, file, "dripping")
        assert found == ["drop"] * len(found)
        assert "took longer than 0.9 seconds to read" in message


def test_the_clock_stands_still_while_the_caller_works(file: Path) -> None:
    with parser_of(replace(LIMITS, wait_s=0.8, file_s=0.8)) as parser:
        read(parser, file, "lines")
        reading = parser.read(file, ".lines", "news.x")
        next(reading)
        time.sleep(1.2)
        assert [seen(found) for found in reading] == ["two"]


def test_a_long_stretch_without_an_article_is_no_silence(tmp_path: Path) -> None:
    file = tmp_path / "large.jsonl"
    with file.open("wb") as sparse:
        sparse.truncate(100 * 2**20)
    with parser_of(replace(LIMITS, wait_s=2)) as parser:
        assert read(parser, file, "jsonl") == ["the end"]
        began = time.monotonic()
        file.rename(tmp_path / "large.x")
        refusal(parser, tmp_path / "large.x", "in_large_steps")
        assert time.monotonic() - began < 3


def test_what_an_extractor_prints_disturbs_nothing(parser: Parser, file: Path) -> None:
    assert read(parser, file, "printing") == ["undisturbed"]


def test_an_article_may_have_so_much_text_and_no_more(file: Path) -> None:
    with parser_of(replace(LIMITS, text_bytes=1000, line_bytes=4000)) as parser:
        _, message = refusal(parser, file, "long_text")
        assert "of text in one article" in message
        _, message = refusal(parser, file, "long_facts")
        assert "of text and marks in one article" in message
        assert len(read(parser, file, "lines")) == 2


def test_a_file_may_hold_so_many_articles_and_no_more(file: Path) -> None:
    file.write_bytes(b"one\nbad\nthree\n")
    with parser_of(replace(LIMITS, records=3)) as parser:
        assert len(read(parser, file, "lines")) == 3
    with parser_of(replace(LIMITS, records=2)) as parser:
        found, message = refusal(parser, file, "lines")
        assert len(found) == 2
        assert "holds more than 2 articles" in message


@pytest.mark.parametrize("way", sorted(hostile_extractors.ESCAPES))
def test_there_is_no_way_out(parser: Parser, file: Path, way: str) -> None:
    file.write_text(way)
    assert article(parser, file, "escaping").text.startswith("refused: ")


def test_a_process_sees_an_empty_folder_and_no_private_variables(
    parser: Parser, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with file.open() as kept_open:
        found = article(parser, file, "surroundings")
        assert kept_open.fileno() > 2
    assert "PYTHONPATH" in found.text
    assert "SECRET_TOKEN" not in found.text
    assert len(found.text.split()) <= 10
    assert found.title is not None
    assert found.title.startswith(" pullquote-")
    assert len(found.metadata["descriptors"].split()) <= 8


def test_ctrl_c_is_for_the_parent(parser: Parser, file: Path) -> None:
    assert read(parser, file, "interrupted") == ["unmoved"]


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "nothing", "loop", "closed", "large"])
def test_only_regular_files_of_a_permitted_size_are_opened(
    parser: Parser, file: Path, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "x"
    reason = "news.x is not a regular file."
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "nothing":
        reason = "news.x cannot be opened (No such file or directory)."
    elif kind == "loop":
        path.symlink_to(path)
        reason = "news.x cannot be opened (Too many levels of symbolic links)."
    elif kind == "closed":
        path.touch(mode=0)
        read(parser, file, "as_nobody")
        reason = "news.x cannot be opened (Permission denied)."
    else:
        with path.open("wb") as sparse:
            sparse.truncate(max_file_bytes(".lines") + 1)
        reason = "news.x has 10.0 MB; the limit for .lines files is 10 MB."
    found, message = refusal(parser, path, "lines")
    assert found == []
    assert message.startswith(reason)


def test_a_link_to_a_file_is_followed(parser: Parser, file: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(file)
    assert len(read(parser, tmp_path / "link", "lines")) == 2


def test_a_name_that_is_no_unicode_is_opened(parser: Parser, file: Path) -> None:
    odd = file.with_name(os.fsdecode(b"\xff\xfe\n.x"))
    file.rename(odd)
    assert len(read(parser, odd, "lines")) == 2


def test_another_kind_of_file_is_not_read(parser: Parser, file: Path) -> None:
    with pytest.raises(UnsupportedFormat, match=r"^news\.x is not one of the kinds"):
        list(parser.read(file, ".exe", "news.x"))


def test_a_reading_that_is_given_up_leaves_nothing_behind(parser: Parser, file: Path) -> None:
    reading = parser.read(file, ".lines", "news.x")
    next(reading)
    number = parser.process_id
    assert number
    with pytest.raises(RuntimeError, match="another file"):
        read(parser, file, "lines")
    reading.close()  # type: ignore[attr-defined]
    assert gone(number)
    assert len(read(parser, file, "lines")) == 2


def test_closing_ends_the_process_and_removes_its_folder(file: Path) -> None:
    with parser_of() as parser:
        list(islice(parser.read(file, ".asleep", "news.x"), 1))
        number = parser.process_id
        read(parser, file, "lines")
        assert parser._folder
        folder = parser._folder.name
        number = parser.process_id
    assert number
    assert gone(number)
    assert not Path(f"/proc/{number}").exists()  # nor is it a zombie
    assert not Path(folder).exists()


def test_a_process_that_died_between_files_is_replaced(parser: Parser, file: Path) -> None:
    read(parser, file, "lines")
    number = parser.process_id
    assert number
    os.kill(number, signal.SIGKILL)
    assert gone(number)
    assert len(read(parser, file, "lines")) == 2


def test_a_process_outlives_the_thread_that_asked_first(parser: Parser, file: Path) -> None:
    found: list[Found] = []
    thread = threading.Thread(target=lambda: found.extend(read(parser, file, "process_id")))
    thread.start()
    thread.join()
    time.sleep(0.1)
    assert read(parser, file, "process_id") == found


ORPHAN = """
import os, sys
from pathlib import Path
from corpus.parsing import Parser
parser = Parser({{".x": "tests.hostile_extractors:asleep"}})
reading = parser.read(Path(sys.argv[1]), ".x", "x")
next(reading)
print(parser.process_id, flush=True)
{end}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it dies when it next answers")
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "os._exit(0)", "sys.exit()"])
def test_the_process_dies_with_its_parent(file: Path, end: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN.format(end=end), file],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert gone(int(done.stdout)), done.stderr


def test_a_process_that_cannot_be_started_is_a_reason(
    parser: Parser, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("corpus.parsing.reading_process._COMMAND", ("/no/such/python",))
        _, message = refusal(parser, file, "lines")
        assert "was not read: no process can be started" in message
        command = (sys.executable, "-c", "import missing_x")
        patch.setattr("corpus.parsing.reading_process._COMMAND", command)
        _, message = refusal(parser, file, "lines")
        assert "ModuleNotFoundError: No module named 'missing_x'" in message
    assert len(read(parser, file, "lines")) == 2


PLAIN = st.recursive(
    st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(PLAIN)
def test_cleaning_moves_nothing(value: object) -> None:
    cleaned = child._clean(value)
    if isinstance(value, str):
        assert len(cleaned) == len(value)
        assert cleaned == replace_controls(value)[0]
    elif isinstance(value, list):
        assert cleaned == [child._clean(item) for item in value]
    str(cleaned).encode()
