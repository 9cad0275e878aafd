"""Files into an index, and what the terminal shows of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from corpus import (
    Article,
    ArticleError,
    ArticleSummary,
    FoundArticles,
    IndexCorrupt,
    IndexVersionMismatch,
    ModelMismatch,
    StoreError,
    find_articles,
    may_come_from,
    read_article,
)
from embeddings import Encoder
from qa.building import build_index, sync_index
from qa.indexer import IndexReport
from qa.interfaces import terminal

WATCH_SECONDS = 1.0
"""How often a folder is looked at. Looking works on network drives and in containers too, where the
system's notices of changes do not arrive; a thousand files are looked at in a few milliseconds."""

Look = frozenset[tuple[Path, int, int, int]]
"""Each file of a folder with what changes when it does, or when it may be read again."""


@dataclass
class _Reading:
    """The files of one run: read one after the other, failures noted."""

    found: FoundArticles
    failures: list[ArticleError] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    def articles(self, advance: Callable[[], None]) -> Iterator[Article]:
        """Read the articles; warn of what a person should know."""
        first_with: dict[str, Path] = {}
        for path in self.found.paths:
            try:
                loaded = read_article(path)
            except ArticleError as error:
                self.failures.append(error)
                self.unread.append(path)
                advance()
                continue
            for warning in loaded.warnings:
                terminal.warn(f"{path}: {warning}")
            other = first_with.setdefault(loaded.article.id, path)
            if other != path:
                same = f"the id {loaded.article.id!r} of {other} and takes its place"
                terminal.warn(f"{path} has {same}; give it an id of its own")
            yield loaded.article

    def keeps(self, summary: ArticleSummary) -> bool:
        """Say whether an article's file may be one that could not be read: it stays then."""
        return self._may_stay(summary)

    @cached_property
    def _may_stay(self) -> Callable[[ArticleSummary], bool]:
        """Made when all has been read."""
        return may_come_from([*self.unread, *(failed.path for failed in self.found.failures)])


def index_files(
    paths: Sequence[Path], folder: Path, *, encoder: Encoder | None = None, sync: bool = False
) -> bool:
    """Index the files that can be read and say why the others cannot, with a progress bar.

    Args:
        paths: Files and folders.
        folder: The index.
        encoder: None means the index's own model, or the default model for a new one.
        sync: Remove the articles that are not among them, too.

    Returns:
        Whether nothing failed. Without anything to read, no index is made, and none is emptied.

    Raises:
        KeyboardInterrupt: Ctrl-C; what was committed before is kept, and the user was told so.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    found = find_articles(paths)
    reading = _Reading(found)
    build = partial(sync_index, keeps=reading.keeps) if sync else build_index
    report = IndexReport()
    try:
        if found.paths:
            with terminal.progress(len(found.paths)) as advance:
                report = build(
                    folder,
                    reading.articles(advance),
                    encoder=encoder,
                    progress=lambda article_id: advance(),
                )
    except KeyboardInterrupt:
        terminal.warn("what was committed is kept; run the same command again to go on")
        raise
    failures = [
        *(failed.error for failed in found.failures),
        *reading.failures,
        *(error for _, error in report.failed),
    ]
    terminal.print_report(folder, report, failures, found.skipped)
    return not failures


def watch_folder(path: Path, folder: Path, *, load: Callable[[], Encoder]) -> None:
    """Keep an index equal to a folder until the program is stopped.

    A change is taken up when the folder has been still for a moment, so that a file is not read
    while it is written. While another process writes to the index, the change waits.

    Args:
        path: What to watch.
        folder: The index.
        load: Gives the encoder; asked again when the index was rebuilt with another model.
    """
    encoder = load()
    taken: Look | None = None
    before: Look | None = None
    told = ""
    while True:
        now = _look(path)
        if now == before != taken:
            try:
                encoder = _taken_up(path, folder, encoder, load)
                taken = now
            except (IndexCorrupt, IndexVersionMismatch):
                raise
            except StoreError as error:  # another process is writing, or the disk is full
                if str(error) != told:
                    terminal.warn(f"{error}; trying again")
                told = str(error)
        before = now
        time.sleep(WATCH_SECONDS)


def _taken_up(path: Path, folder: Path, encoder: Encoder, load: Callable[[], Encoder]) -> Encoder:
    """Sync once; return the encoder that did, which may be another one by now."""
    try:
        index_files([path], folder, encoder=encoder, sync=True)
    except ModelMismatch:
        other = load()
        if other.fingerprint == encoder.fingerprint:
            raise
        index_files([path], folder, encoder=other, sync=True)
        return other
    return encoder


def _look(path: Path) -> Look:
    seen = []
    for file in find_articles([path]).paths:
        try:
            facts = file.stat()
        except OSError:
            continue  # gone, or closed to us: found again or told of when it is read
        seen.append((file, facts.st_ino, facts.st_ctime_ns, facts.st_size))
    return frozenset(seen)
