"""Read files that were made to hurt; does every one end soon, read or refused with a reason?

    python -m bench.hostile_files [--family NAME]... [--each] [--out FILE]

Every file of `bench.hostile_makers`, and special files such as pipes and devices, is read by one
`Parser`, as articles from anywhere are. Bad are: `hangs` (more than 30 seconds without a word),
`crashes` (any error in the parent but `ArticleError`), `leaks` (a secret file's content in what was
read, or a connection to a server that listens), `lost` (a good file that could not be read after a
bad one), and a child with more than 1 GiB. Any of them makes this command fail.
"""

from __future__ import annotations

import os
import re
import resource
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bench.hostile_makers import FAMILIES, Bait
from bench.hostile_parts import BODY, html, whole_files
from bench.record import record
from corpus import find_articles
from corpus.errors import ArticleError
from corpus.extracted import Extracted
from corpus.formats import MODULES
from corpus.parsing import Parser

SILENCE_S = 31
"""The parser gives up after 30 seconds without a word; then it looks every tenth of a second."""

MOST_MB = 1024
MARKER = "the secret of the harbour"
_SUFFIXES = sorted(MODULES, key=len, reverse=True)
_RSS_UNITS_PER_MB = 1024 if sys.platform == "linux" else 1024 * 1024
_FAMILY_OF_SPECIAL_FILES = "special_files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a file."""

    family: str
    name: str
    kind: str
    reason: str = ""
    articles: int = 0
    leaked: bool = False
    seconds: float = 0
    silent_s: float = 0
    peak_mb: int = 0


class Watch:
    """Looks how much memory the process of a parser takes, as long as it reads a file."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self.peak_mb = 0

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look while a file is read; `peak_mb` is then the most that was seen."""
        self._forget()
        self.peak_mb = 0
        done = threading.Event()
        thread = threading.Thread(target=self._look, args=(done,))
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _look(self, done: threading.Event) -> None:
        while True:
            is_last = done.wait(0.02)
            self.peak_mb = max(self.peak_mb, _status_mb(self._parser.process_id, "VmHWM"))
            if is_last:
                return

    def _forget(self) -> None:
        with suppress(OSError):
            Path(f"/proc/{self._parser.process_id}/clear_refs").write_text("5")


def _status_mb(process: int | None, field: str) -> int:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        line = next(line for line in lines if line.startswith(field))
        return int(line.split()[1]) // 1024
    return 0


def suffix_of(name: str) -> str:
    return next(suffix for suffix in _SUFFIXES if name.endswith(suffix))


def try_file(parser: Parser, path: Path, family: str, watch: Watch) -> Outcome:
    """Read one file to its end."""
    began = last = time.monotonic()
    silent_s, articles, leaked = 0.0, 0, False
    kind, reason = "read", ""
    with watch.looking():
        try:
            for found in parser.read(path, suffix_of(path.name), path.name):
                now = time.monotonic()
                silent_s, last = max(silent_s, now - last), now
                articles += isinstance(found, Extracted)
                leaked = leaked or MARKER in repr(found)
        except ArticleError as error:
            kind, reason = "refused", str(error)
        except Exception as error:
            kind, reason = "crash", repr(error)
    now = time.monotonic()
    return Outcome(
        family=family,
        name=path.name,
        kind=kind,
        reason=reason,
        articles=articles,
        leaked=leaked or MARKER in reason,
        seconds=now - began,
        silent_s=max(silent_s, now - last),
        peak_mb=watch.peak_mb,
    )


def special_files(folder: Path, secret: Path) -> list[Path]:
    """Make what is in a folder but is no file: pipes, devices, links, folders, sockets."""
    folder.mkdir()
    for suffix in (".md", ".txt", ".html", ".pdf", ".jsonl"):
        os.mkfifo(folder / f"pipe{suffix}")
        (folder / f"folder{suffix}").mkdir()
        (folder / f"itself{suffix}").symlink_to(folder / f"itself{suffix}")
        (folder / f"device{suffix}").symlink_to("/dev/zero")
        (folder / f"terminal{suffix}").symlink_to("/dev/tty")
        (folder / f"outside{suffix}").symlink_to(secret)
        (folder / f"nowhere{suffix}").symlink_to(folder / "nothing")
        (folder / f"descriptor{suffix}").symlink_to("/proc/self/fd/0")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / f"socket{suffix}"))
    (folder / "round").symlink_to(folder)
    (folder / "news.html").write_text(html())
    (folder / "odd\n\udcff\u202ename.html").write_text(html())
    return sorted(path for path in folder.iterdir() if path.suffix in MODULES)


def try_special_files(parser: Parser, folder: Path, secret: Path) -> list[Outcome]:
    """Find articles among special files, then read every one although it was not to be read."""
    paths = special_files(folder, secret)
    began = time.monotonic()
    found = find_articles([folder])
    family = _FAMILY_OF_SPECIAL_FILES
    strays = [path.name for path in found.paths if not path.name.endswith(("news.html", "e.html"))]
    outcome = Outcome(
        family=family,
        name="find_articles",
        kind="crash" if strays else "read",
        reason=f"found {strays}" if strays else "",
        silent_s=time.monotonic() - began,
    )
    watch = Watch(parser)
    outside = [path for path in paths if not path.name.startswith("outside")]
    return [outcome, *(try_file(parser, path, family, watch) for path in outside)]


def try_family(
    parser: Parser, folder: Path, family: str, bait: Bait, names: Iterable[str] = ()
) -> Iterator[Outcome]:
    """Make and read the files of a family (or those with such names), each gone before the next."""
    watch, awaited = Watch(parser), set(names)
    n_awaited = len(awaited)
    for name, content in FAMILIES[family](bait):
        if n_awaited and name not in awaited:
            continue
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        yield try_file(parser, path, family, watch)
        path.unlink()
        awaited.discard(name)
        if n_awaited and not awaited:
            return


def try_good_file(parser: Parser, folder: Path) -> str:
    """Read a good file after bad ones; return what is wrong."""
    path = folder / "good.html"
    path.write_text(html())
    try:
        texts = [
            found.text
            for found in parser.read(path, ".html", "good")
            if isinstance(found, Extracted)
        ]
    except ArticleError as error:
        return str(error)
    return "" if BODY[0] in "".join(texts) else f"read as {texts}"


def try_whole_files(parser: Parser, folder: Path) -> dict[str, str]:
    """Read one good file of each kind; return those that cannot be read, and why."""
    wrong = {}
    for suffix, data in whole_files().items():
        path = folder / f"whole{suffix}"
        path.write_bytes(data)
        outcome = try_file(parser, path, "whole", Watch(parser))
        if outcome.kind != "read" or outcome.articles != 1:
            wrong[suffix] = outcome.reason or f"{outcome.articles} articles"
    return wrong


@contextmanager
def server() -> Iterator[tuple[str, list[int]]]:
    """Listen; give an address, and a list that at the end holds how many came."""
    came: list[int] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(100)
        listener.setblocking(False)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", came
        count = 0
        with suppress(BlockingIOError):
            while True:
                listener.accept()[0].close()
                count += 1
        came.append(count)


def run(families: Iterable[str], *, each: bool = False) -> dict[str, Any]:
    """Read all files of some families; return the counts."""
    outcomes: list[Outcome] = []
    lost = {}
    with tempfile.TemporaryDirectory() as name, server() as (address, came), Parser() as parser:
        folder, secret = Path(name), Path(name, "secret.txt")
        secret.write_text(MARKER)
        bait = Bait(secret=str(secret), server=address)
        unread = try_whole_files(parser, folder)
        for family in families:
            if family == _FAMILY_OF_SPECIAL_FILES:
                tried: Iterable[Outcome] = try_special_files(parser, folder / "special", secret)
            else:
                tried = try_family(parser, folder, family, bait)
            for outcome in tried:
                outcomes.append(outcome)
                if each:
                    _show(outcome)
            if wrong := try_good_file(parser, folder):
                lost[family] = wrong
    return {**summary(outcomes), "lost": lost, "fetched": came[0], "whole_files_unread": unread}


def _show(outcome: Outcome) -> None:
    print(
        f"{outcome.family} {outcome.name!r} {outcome.kind} {outcome.articles} articles "
        f"{outcome.seconds:.1f} s {outcome.peak_mb} MB {outcome.reason}",
        file=sys.stderr,
        flush=True,
    )


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """Return the counts, and by name what is bad."""

    def listed(bad: Iterable[Outcome]) -> list[str]:
        return [f"{one.family}/{one.name} {one.reason}".strip() for one in bad]

    of = {
        one.family: [other for other in outcomes if other.family == one.family] for one in outcomes
    }
    # The system tells the most of those that have ended, of others it was seen.
    ended_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // _RSS_UNITS_PER_MB
    return {
        "files": len(outcomes),
        "families": len(of),
        "read": sum(one.kind == "read" for one in outcomes),
        "refused": sum(one.kind == "refused" for one in outcomes),
        "hangs": listed(one for one in outcomes if one.silent_s > SILENCE_S),
        "crashes": listed(one for one in outcomes if one.kind == "crash"),
        "leaks": listed(one for one in outcomes if one.leaked),
        "child_peak_mb": max([ended_mb, *(one.peak_mb for one in outcomes)]),
        "parent_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _RSS_UNITS_PER_MB,
        "by_family": {family: family_summary(tried) for family, tried in of.items()},
        "reasons": dict(Counter(map(reason_of, outcomes)).most_common(60)),
    }


def family_summary(tried: list[Outcome]) -> dict[str, Any]:
    slowest = max(tried, key=lambda one: one.seconds)
    return {
        "files": len(tried),
        "read": sum(one.kind == "read" for one in tried),
        "refused": sum(one.kind == "refused" for one in tried),
        "slowest_s": round(slowest.seconds, 1),
        "slowest": slowest.name,
        "peak_mb": max(one.peak_mb for one in tried),
    }


def reason_of(outcome: Outcome) -> str:
    """Return a reason without what differs from file to file."""
    reason = outcome.reason.replace(outcome.name, "FILE").split(". ")[0]
    return re.sub(r"[0-9]+", "#", reason)[:120] or "read"


def is_bad(result: dict[str, Any]) -> bool:
    """Say whether anything happened that never may."""
    bad = ("hangs", "crashes", "leaks", "lost", "fetched")
    return any(result[kind] for kind in bad) or result["child_peak_mb"] > MOST_MB


@click.command(help=__doc__)
@click.option("--family", "families", multiple=True, help="Only this one; may be repeated.")
@click.option("--each", is_flag=True, help="Print a line for each file.")
@click.option("--out", type=click.Path(path_type=Path))
def main(families: tuple[str, ...], each: bool, out: Path | None) -> None:
    began = time.monotonic()
    result = run(families or [*FAMILIES, _FAMILY_OF_SPECIAL_FILES], each=each)
    record("hostile_files", {**result, "seconds": round(time.monotonic() - began)}, out)
    sys.exit(is_bad(result))


if __name__ == "__main__":
    main()
