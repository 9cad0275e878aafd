"""Extractors that do what a file must not make one do; they run in the child of a Parser."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.types import Mark, Span

Found = Iterator[Extracted | BadRecord]
TEXT = "The gates “closed” – twice 🌊.\nThe barrier held."


def lines(file: BinaryIO, name: str) -> Found:
    """The one that is as it should be: an article or a bad record for each line."""
    for number, line in enumerate(file, 1):
        if line.startswith(b"bad"):
            yield BadRecord(where=f"line {number}", reason="it says so")
        elif line.startswith(b"refuse"):
            raise UnreadableArticle(f"{name} asks to be refused.")
        elif line.startswith(b"die"):
            os._exit(3)
        else:
            yield Extracted(text=line.decode().rstrip("\n"))


def process_id(file: BinaryIO, name: str) -> Found:
    yield Extracted(text=str(os.getpid()), title=f"{file.read().decode()} {name}")


def as_nobody(file: BinaryIO, name: str) -> Found:
    """Root may read everything; from here on the child is someone who may not."""
    if os.geteuid() == 0:
        os.seteuid(65534)
    yield Extracted(text="nobody")


def everything(file: BinaryIO, name: str) -> Found:
    yield Extracted(
        text=TEXT,
        headings=(Span(0, 9),),
        marks=(Mark(Span(3, 5), "menu"), Mark(Span(5, 8), "notice")),
        title="A\ud800B\0C",
        authors=("Ines Varga",),
        metadata={"kéy\x07": "\udcffvalue"},
    )


def endless(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="first")
    while True:
        pass


def asleep(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="first")
    time.sleep(3600)


def dripping(file: BinaryIO, name: str) -> Found:
    while True:
        time.sleep(0.1)
        yield Extracted(text="drop")


def greedy(file: BinaryIO, name: str) -> Found:
    hoard = []
    while True:
        hoard.append(bytearray(1 << 20))


def greedy_in_small_steps(file: BinaryIO, name: str) -> Found:
    hoard: list[Any] = []
    while True:
        hoard = [hoard]


def huge_text(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="x" * 10**9)


def long_text(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="é" * 600)


def long_facts(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="short", metadata={"long": "é" * 6000})


def endless_line(file: BinaryIO, name: str) -> Found:
    """Write to every open file, and so to the one of the answers, without an end."""
    while True:
        _write_everywhere(b"x" * 4096)


def nonsense(file: BinaryIO, name: str) -> Found:
    _write_everywhere(b'{"kind": "article", "text": 5}\n')
    yield Extracted(text="unheard")


def _article(**changes: object) -> bytes:
    values = {"kind": "article", **Extracted(text="sense").to_dict(), **changes}
    return json.dumps(values).encode() + b"\n"


def number_for_a_title(file: BinaryIO, name: str) -> Found:
    _write_everywhere(_article(title=5))
    yield Extracted(text="unheard")


def surrogate(file: BinaryIO, name: str) -> Found:
    _write_everywhere(_article(metadata={"a": "\ud800"}))
    yield Extracted(text="unheard")


def nul(file: BinaryIO, name: str) -> Found:
    _write_everywhere(_article(text="a\0b"))
    yield Extracted(text="unheard")


def list_for_a_span(file: BinaryIO, name: str) -> Found:
    _write_everywhere(_article(headings=[[0, "x"]]))
    yield Extracted(text="unheard")


def half_a_span(file: BinaryIO, name: str) -> Found:
    _write_everywhere(_article(headings=[[0, 1.5]]))
    yield Extracted(text="unheard")


def importing(file: BinaryIO, name: str) -> Found:
    import_module("package_that_nobody_has.part")
    yield Extracted(text="")


def escape_sequences(file: BinaryIO, name: str) -> Found:
    yield BadRecord(where="line\n1", reason="\x1b[2J\u202ereversed")
    raise UnreadableArticle(f"{name} begins\nwith \x1b[2J and \u202emore.")


def no_json(file: BinaryIO, name: str) -> Found:
    _write_everywhere(b"[" * 100_000 + b"\n")
    yield Extracted(text="unheard")


def span_outside(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="short", headings=(Span(3, 9),))


def headings_that_overlap(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="short text", headings=(Span(0, 5), Span(4, 6)))


def printing(file: BinaryIO, name: str) -> Found:
    print("{}", flush=True)  # noqa: T201
    print("{}", file=sys.stderr)  # noqa: T201
    os.write(1, b'{"kind": "end"}\n')
    assert sys.stdin.read() == ""
    yield Extracted(text="undisturbed")


def exiting(file: BinaryIO, name: str) -> Found:
    os.write(2, b"one\nlast words\x1b[2J\n")
    os._exit(7)


def sys_exit(file: BinaryIO, name: str) -> Found:
    sys.exit("enough")


def crashing(file: BinaryIO, name: str) -> Found:
    ctypes.string_at(0)
    yield Extracted(text="")


def aborting(file: BinaryIO, name: str) -> Found:
    os.abort()


def recursing(file: BinaryIO, name: str) -> Found:
    yield from recursing(file, name)


def failing(file: BinaryIO, name: str) -> Found:
    yield Extracted(text="first")
    raise KeyError("a\nkey\x1b" + "y" * 5000)


class _Mute(Exception):
    def __str__(self) -> str:
        raise ValueError


def failing_to_say(file: BinaryIO, name: str) -> Found:
    raise _Mute


def interrupted(file: BinaryIO, name: str) -> Found:
    """Ctrl-C in a terminal reaches every process in it."""
    signal.raise_signal(signal.SIGINT)
    yield Extracted(text="unmoved")


def in_large_steps(file: BinaryIO, name: str) -> Found:
    """Find nothing in a large file, not fast, and do not stop."""
    while file.read(1 << 20):
        time.sleep(0.03)
    yield Extracted(text="the end")


ESCAPES: dict[str, Callable[[], object]] = {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "resolve": lambda: socket.getaddrinfo("localhost", 80),
    "socket": lambda: socket.socket(),
    "popen": lambda: subprocess.Popen(["true"]),
    "system": lambda: os.system("true"),
    "fork": lambda: os.fork(),
    "spawn": lambda: os.spawnv(os.P_WAIT, "/bin/true", ["true"]),
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "write": lambda: Path("note").write_text("x"),
    "append": lambda: open("note", "ab"),  # noqa: PTH123, SIM115
    "create": lambda: os.open("note", os.O_CREAT),
    "temporary file": lambda: tempfile.mkstemp(dir="/tmp"),
    "folder": lambda: Path("made").mkdir(),
    "remove": lambda: Path("note").unlink(),
    "rename": lambda: Path("a").rename("b"),
    "link": lambda: Path("a").symlink_to("b"),
    "kill": lambda: os.kill(os.getppid(), 0),
}


def escaping(file: BinaryIO, name: str) -> Found:
    """Try one way out, and tell what came of it."""
    try:
        ESCAPES[file.read().decode()]()
        yield Extracted(text="escaped")
    except PermissionError as error:
        yield Extracted(text=f"refused: {error}")


def surroundings(file: BinaryIO, name: str) -> Found:
    yield Extracted(
        text=" ".join(sorted(os.environ)),
        title=" ".join(map(str, Path.cwd().iterdir())) + f" {Path.cwd().name}",
        metadata={"descriptors": " ".join(map(str, _descriptors()))},
    )


def _descriptors() -> list[int]:
    found = []
    for number in range(64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found


def _write_everywhere(data: bytes) -> None:
    for number in _descriptors():
        try:
            os.write(number, data)
        except OSError:
            continue
