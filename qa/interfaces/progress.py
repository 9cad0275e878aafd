"""A bar on stderr while something long is done; nothing where that is not a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

console: Console = Console(highlight=False, soft_wrap=True, stderr=True)
"""Where progress, warnings and errors go: one for all, or a bar would be written over."""


class Bar(Protocol):
    """A progress bar."""

    def advance(self) -> None:
        """Count one more as done."""
        ...

    def grow(self) -> None:
        """Count one more as to be done."""
        ...


@dataclass(slots=True)
class _RichBar:
    bar: Progress
    task: TaskID
    total: int

    def advance(self) -> None:
        self.bar.advance(self.task)

    def grow(self) -> None:
        self.total += 1
        self.bar.update(self.task, total=self.total)


@contextmanager
def progress(total: int) -> Iterator[Bar]:
    """Show a bar while articles are done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = (
        SpinnerColumn(),  # the first articles take the longest: the model is loaded with them
        TextColumn("Indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles"),
        Elapsed(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield _RichBar(bar=bar, task=bar.add_task("index", total=total), total=total)
