"""Files into an index, and what the terminal shows of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from corpus import (
    Article,
    ArticleError,
    ArticleSummary,
    BadRecord,
    FoundArticles,
    IndexCorrupt,
    IndexNotFound,
    IndexVersionMismatch,
    LoadedArticle,
    ModelMismatch,
    StoreError,
    UnreadableArticle,
    find_articles,
    may_come_from,
    read_articles,
)
from corpus.parsing import Parser
from embeddings import Encoder
from qa.building import build_index, sync_index
from qa.index import Index
from qa.indexer import IndexReport
from qa.interfaces import terminal
from qa.interfaces.fetching import Web
from qa.interfaces.progress import Bar, progress
from qa.interfaces.report import SourceRecord, reasons, write_report
from qa.render import one_line

WATCH_SECONDS = 1.0
"""How often a folder is looked at. Looking works on network drives and in containers too, where the
system's notices of changes do not arrive; a thousand files are looked at in a few milliseconds."""

Found = Iterator[LoadedArticle | BadRecord]

Look = frozenset[tuple[Path, int, int, int]]
"""Each file of a folder with what changes when it does, or when it may be read again."""


@dataclass
class _Reading:
    """The files and addresses of one run: read one after the other, failures noted."""

    found: FoundArticles
    urls: Sequence[str] = ()
    web: Web | None = None
    records: list[SourceRecord] = field(default_factory=list)

    @property
    def failures(self) -> list[ArticleError]:
        """What could not be read, in the order of reading."""
        return [error for record in self.records for error in record.errors]

    def articles(self, bar: Bar) -> Iterator[Article]:
        """Read the articles; warn of what a person should know."""
        first_with: dict[str, str] = {}
        with Parser() as parser:
            for name, found in self._sources(parser):
                record = SourceRecord(name=name)
                self.records.append(record)
                for loaded in _sound(found, record):
                    _warn(name, loaded, first_with)
                    if record.articles:
                        bar.grow()  # a file counts as one article until it is known to hold more
                    record.add(loaded)
                    yield loaded.article
                if not record.articles:
                    bar.advance()
        if self.web:
            self.web.remember()

    def _sources(self, parser: Parser) -> Iterator[tuple[str, Found]]:
        for path in self.found.paths:
            yield str(path), read_articles(path, parser)
        for url in self.urls:
            if self.web:
                yield url, self.web.articles(url, parser)

    def keeps(self, summary: ArticleSummary) -> bool:
        """Say whether an article's file may be one that could not be read: it stays then."""
        return self._may_stay(summary)

    @cached_property
    def _may_stay(self) -> Callable[[ArticleSummary], bool]:
        """Made when all has been read."""
        unread = [Path(record.name) for record in self.records if record.errors]
        return may_come_from([*unread, *(failed.path for failed in self.found.failures)])


def _sound(found: Found, record: SourceRecord) -> Iterator[LoadedArticle]:
    """Yield the articles of a file or an address; note what could not be read."""
    try:
        for each in found:
            if isinstance(each, BadRecord):
                problem = f"{one_line(record.name)}, {each.where}: {each.reason}"
                record.errors.append(UnreadableArticle(problem))
            else:
                yield each
    except ArticleError as error:
        record.errors.append(error)


def _warn(name: str, loaded: LoadedArticle, first_with: dict[str, str]) -> None:
    for warning in loaded.warnings:
        terminal.warn(f"{name}: {warning}")
    other = first_with.setdefault(loaded.article.id, name)
    if other != name:
        same = f"the id {loaded.article.id!r} of {other} and takes its place"
        terminal.warn(f"{name} has {same}; give it an id of its own")


def index_files(
    paths: Sequence[Path],
    folder: Path,
    *,
    encoder: Encoder | None = None,
    sync: bool = False,
    report_to: Path | None = None,
    urls: Sequence[str] = (),
) -> bool:
    """Index the files that can be read and say why the others cannot, with a progress bar.

    Args:
        paths: Files and folders.
        folder: The index.
        encoder: None means the index's own model, or the default model for a new one.
        sync: Remove the articles that are not among them, too.
        report_to: A file to write what became of each file to.
        urls: Addresses of articles, feeds or sitemaps, to be fetched.

    Returns:
        Whether nothing failed. Without anything to read, no index is made, and none is emptied.

    Raises:
        KeyboardInterrupt: Ctrl-C; what was committed before is kept, and the user was told so.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    found = find_articles(paths)
    web = Web(folder, known=_ids(folder)) if urls else None
    reading = _Reading(found, urls, web)
    build = partial(sync_index, keeps=reading.keeps) if sync else build_index
    report = IndexReport()
    try:
        if found.paths or urls:
            with progress(len(found.paths) + len(urls)) as bar:
                report = build(
                    folder,
                    reading.articles(bar),
                    encoder=encoder,
                    progress=lambda article_id: bar.advance(),
                )
    except KeyboardInterrupt:
        terminal.warn("what was committed is kept; run the same command again to go on")
        raise
    failures = [
        *(failed.error for failed in found.failures),
        *reading.failures,
        *(error for _, error in report.failed),
    ]
    terminal.print_report(folder, report, failures, len(found.left_out), reasons(failures))
    if report_to:
        write_report(report_to, reading.records, found, report)
    return not failures


def _ids(folder: Path) -> frozenset[str]:
    """Return the ids of the articles in an index, if there is one."""
    try:
        with closing(Index.open(folder)) as index:
            return frozenset(summary.id for summary in index.store.summaries())
    except IndexNotFound:
        return frozenset()


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
