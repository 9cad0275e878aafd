"""What the terminal shows: answers on stdout; progress, warnings and errors on stderr.

Colour, bold and the progress bar appear only where a person looks: never in a pipe or a file.
"""

from __future__ import annotations

import codecs
import io
import json
import logging
import os
import shutil
import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click
from rich.text import Text

from corpus import Article, ArticleError, ArticleSummary, Copy
from qa.assistant import Assistant
from qa.doctor import Fact
from qa.indexer import IndexReport
from qa.interfaces import logs
from qa.interfaces.folding import folded
from qa.interfaces.progress import console
from qa.render import one_line, render_text
from qa.types import Answer
from qa.verify import Finding

INTERRUPTED = 130
"""Exit code: what a shell reports for a program that Ctrl-C ended."""

_QUIET = {
    "TORCH_CPP_LOG_LEVEL": "ERROR",
    "TRANSFORMERS_VERBOSITY": "error",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
}


def prepare_terminal(log: logs.LogSettings) -> None:
    """Make printing safe in any encoding, and keep the talk of libraries off the terminal.

    If no log is asked for, warnings of our own are shown in plain words, and what makes a first
    run slow. `python -W` and PYTHONWARNINGS still show all.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    logging.basicConfig(handlers=[logging.NullHandler()])
    if log.plain:
        _log_plainly()
    else:
        logs.start_logging(log)


def _log_plainly() -> None:
    logs.stop_logging()
    for name in (*logs.OWN, "uvicorn"):
        logs.put_up(logging.getLogger(name), _Warnings(logging.WARNING))
    logs.put_up(logging.getLogger("embeddings.encoder"), _Notes(logging.INFO), logging.INFO)


@contextmanager
def clean_interrupts() -> Iterator[None]:
    """Let Ctrl-C end the program cleanly even while a library is being imported.

    An exception there can run through C++ code of PyTorch, which aborts. Nothing is being written
    then, so the program simply ends.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupt(_: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_globals.get("__name__") == "importlib._bootstrap":
            console.show_cursor()  # the progress bar hides it
            fail("interrupted")
            os._exit(INTERRUPTED)
        frame = frame.f_back
    raise KeyboardInterrupt


class _Warnings(logging.Handler):
    """Says what went wrong; where in the code, only if nobody has foreseen it."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        of_a_file = record.name.startswith("corpus.")  # told of as `fail` tells of other files
        warn(logs.safe_message(record, with_questions=of_a_file))
        if error and record.levelno >= logging.ERROR:
            for line in (*logs.safe_trace(error), logs.safe_error(error)):
                click.echo(f"  {one_line(line)}", err=True)


class _Notes(logging.Handler):
    """Says what takes a while; warnings go to the handler above."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.INFO:
            click.echo(f"note: {record.getMessage()}", err=True)


def wants_no_style() -> bool:
    """Say whether the user asked for plain text, by NO_COLOR or a terminal without any style."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def fail(message: str, label: str = "error") -> None:
    """Print what went wrong, in one line on stderr."""
    console.print(Text.assemble((f"{label}:", "red"), " ", one_line(message)))


def warn(message: str) -> None:
    """Print what the user should know, in one line on stderr."""
    console.print(Text.assemble(("warning:", "yellow"), " ", one_line(message)))


def print_report(
    folder: Path,
    report: IndexReport,
    failures: Sequence[ArticleError],
    left_out: int,
    reasons: Sequence[tuple[str, int]],
) -> None:
    """Print how many articles went which way, and how often each reason came."""
    parts = [
        f"{len(report.added)} added",
        f"{len(report.unchanged)} unchanged",
        f"{len(report.replaced)} replaced",
        *([f"{len(report.removed)} removed"] if report.removed else []),
        f"{len(failures)} failed",
    ]
    if left_out:
        parts.append(f"{left_out} files of other kinds left out")
    click.echo(f"{one_line(str(folder))}: {', '.join(parts)}")
    if len(failures) > 1:
        for reason, count in reasons:
            click.echo(f"{count:6} {one_line(reason)}", err=True)


def print_findings(folder: Path, findings: Sequence[Finding]) -> None:
    """Print what verifying an index has found, and how it stands now."""
    for finding in findings:
        label = "mended" if finding.mended else "found"
        click.echo(f"{label}: {one_line(finding.problem)}; {one_line(finding.remedy)}")
    mended = sum(finding.mended for finding in findings)
    left = f"{len(findings) - mended} found" if findings else "sound"
    click.echo(f"{one_line(str(folder))}: {f'{mended} mended' if mended else left}")


def print_facts(facts: Sequence[Fact]) -> None:
    """Print a report, one line for each fact; what is wrong stands out."""
    marks = {True: click.style("ok", fg="green"), False: click.style("!!", fg="red"), None: "  "}
    for fact in facts:
        click.echo(f"{marks[fact.sound]} {fact.name:22} {one_line(fact.value)}")


def print_answer(answer: Answer) -> None:
    """Print an answer for people: the answer bold, what is said beside the quotes dim.

    Lines are folded between words where a person looks, and left as they are in a pipe.
    """
    text = render_text(
        answer,
        mark=lambda words: click.style(words, bold=True),
        quiet=lambda words: click.style(words, dim=True),
    )
    looked_at = sys.stdout.isatty()
    click.echo(folded(text, shutil.get_terminal_size().columns) if looked_at else text)


def print_article(article: Article, *, marked: bool = False) -> None:
    """Print an article for people; what could move the cursor is left out.

    Args:
        article: Which.
        marked: Show also what was set aside, and why; else it is left out.
    """
    click.secho(one_line(article.title), bold=True)
    facts = [article.outlet, article.published, article.source]
    click.echo(" · ".join(one_line(fact) for fact in facts if fact) + "\n")
    text = _with_marks(article) if marked else _without_marks(article)
    click.echo("\n".join(one_line(line) for line in text.split("\n")))
    if article.marks and not marked:
        chars = sum(mark.span.end - mark.span.start for mark in article.marks)
        click.secho(f"\n[{chars:,} characters set aside; --marked shows them]", dim=True)


def _without_marks(article: Article) -> str:
    return "\n\n".join(
        piece for span in article.stretches() if (piece := span.of(article.text).strip())
    )


def _with_marks(article: Article) -> str:
    pieces, start = [], 0
    for mark in article.marks:
        pieces.append(article.text[start : mark.span.start])
        pieces.append(f"[{mark.reason}: {mark.span.of(article.text).strip()}]")
        start = mark.span.end
    return "".join([*pieces, article.text[start:]])


def print_copies(copies: Sequence[Copy]) -> None:
    """Print which other articles carry the same report, and how they differ from it."""
    if copies:
        click.secho("\nThe same report is carried by:", dim=True)
    for copy in copies:
        facts = [copy.published or "undated", copy.article_id, copy.outlet, copy.explanation]
        click.echo("  " + "  ".join(one_line(fact) for fact in facts if fact))


def print_summary(summary: ArticleSummary) -> None:
    """Print one line of a list of articles."""
    others = f"+{summary.copies} of the same report" if summary.copies else None
    facts = [summary.published or "undated", summary.id, summary.outlet, summary.title, others]
    click.echo("  ".join(one_line(fact) for fact in facts if fact))


def warn_if_empty(assistant: Assistant, folder: Path) -> None:
    """Say how to fill an index that holds no articles."""
    if assistant.is_empty():
        add = f"pullquote index PATH --index {folder}"
        warn(f"{folder} holds no articles yet; add some with: {add}")


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object as one line; escaped where stdout could not hold the characters."""
    unicode = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    click.echo(json.dumps(value, ensure_ascii=not unicode))
