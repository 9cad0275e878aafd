"""Files into an index, and what the terminal shows of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from corpus import (
    Article,
    ArticleError,
    ArticleSummary,
    BadRecord,
    FieldMap,
    FoundArticles,
    IndexCorrupt,
    IndexNotFound,
    IndexVersionMismatch,
    LoadedArticle,
    ModelMismatch,
    StoreError,
    find_articles,
    read_articles,
)
from corpus.keeping import keeping_file
from corpus.originals import Originals
from corpus.parsing import Parser
from embeddings import Encoder
from qa.building import build_index, sync_index
from qa.index import Index
from qa.indexer import IndexReport
from qa.interfaces import terminal
from qa.interfaces.fetching import Web
from qa.interfaces.progress import Bar, progress
from qa.interfaces.report import SourceRecord, counted, reasons, write_report
from qa.settings import Settings
from qa.sources import Sources

WATCH_SECONDS = 1.0
"""How often a folder is looked at. Looking works on network drives and in containers too, where the
system's notices of changes do not arrive; a thousand files are looked at in a few milliseconds."""

Found = Iterator[LoadedArticle | BadRecord]
Filing = Callable[..., bool]
Look = frozenset[tuple[Path, int, int, int]]
"""Each file of a folder with what changes when it does, or when it may be read again."""


@dataclass
class _Reading:
    """The files and addresses of one run: read one after the other, failures noted."""

    found: FoundArticles
    urls: Sequence[str] = ()
    web: Web | None = None
    fields: FieldMap | None = None
    originals: Originals | None = None
    records: list[SourceRecord] = field(default_factory=list)
    sources: Sources = field(init=False)

    def __post_init__(self) -> None:
        self.sources = Sources(self.found)

    @property
    def failures(self) -> list[ArticleError]:
        """What could not be read, in the order of reading."""
        return [error for errors in self.sources.errors.values() for error in errors]

    def articles(self, bar: Bar) -> Iterator[Article]:
        """Read the articles; warn of what a person should know."""
        first_with: dict[str, str] = {}
        with Parser(fields=self.fields) as parser:
            for name, found in self._sources(parser):
                record = SourceRecord(name=name)
                self.records.append(record)
                for loaded in self.sources.sound(name, found):
                    _warn(name, loaded, first_with)
                    if record.articles:
                        bar.grow()  # a file counts as one article until it is known to hold more
                    record.add(loaded)
                    yield loaded.article
                record.errors = self.sources.errors.get(name, [])
                if not record.articles:
                    bar.advance()
        if self.web:
            self.web.remember()

    def _sources(self, parser: Parser) -> Iterator[tuple[str, Found]]:
        for path in self.found.paths:
            found = read_articles(path, parser)
            yield str(path), keeping_file(self.originals, path, found, warn=terminal.warn)
        for url in self.urls:
            if self.web:
                yield url, self.web.articles(url, parser)

    def keeps(self, summary: ArticleSummary) -> bool:
        """Say whether an article's file may be one that could not be read: it stays then."""
        return self.sources.keeps(summary)


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
    fields: FieldMap | None = None,
    keep_originals: bool = False,
    settings: Settings | None = None,
    as_json: bool = False,
) -> bool:
    """Index the files that can be read and say why the others cannot, with a progress bar.

    Args:
        paths: Files and folders.
        folder: The index.
        encoder: None means the index's own model, or the default model for a new one.
        sync: Remove the articles that are not among them, too.
        report_to: Where to write what became of each file.
        urls: Addresses of articles, feeds or sitemaps, to be fetched.
        fields: Where the parts of an article stand in JSON and tables.
        keep_originals: Keep the bytes that articles are read from.
        settings: How to cut passages, other than the defaults.
        as_json: Print what became of them as one JSON object.

    Returns:
        Whether nothing failed. Without anything to read, no index is made, and none is emptied.

    Raises:
        KeyboardInterrupt: Ctrl-C; what was committed before is kept, and the user was told so.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    found, report = find_articles(paths), IndexReport()
    originals = Originals(folder) if keep_originals else None
    known = _ids(folder) if urls else frozenset()
    web = Web(folder, known, originals=originals, warn=terminal.warn) if urls else None
    reading = _Reading(found, urls, web, fields, originals)
    build = partial(sync_index, keeps=reading.keeps) if sync else build_index
    try:
        if found.paths or urls:
            with progress(len(found.paths) + len(urls)) as bar:
                report = build(
                    folder,
                    reading.articles(bar),
                    encoder=encoder,
                    settings=settings,
                    progress=lambda article_id: bar.advance(),
                )
    except KeyboardInterrupt:
        terminal.warn("what was committed is kept; run the same command again to go on")
        raise
    if originals:
        originals.retain(_ids(folder))
    failures = [
        *(failed.error for failed in found.failures),
        *reading.failures,
        *(error for _, error in report.failed),
    ]
    for error in failures:
        terminal.fail(str(error), label="failed")
    if as_json:
        terminal.print_json(counted(folder, report, failures, len(found.left_out)))
    else:
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


def watch_folder(
    path: Path, folder: Path, *, load: Callable[[], Encoder], file: Filing | None = None
) -> None:
    """Keep an index equal to a folder until the program is stopped.

    A change is taken up when the folder has been still for a moment: no file is read while it is
    written. While another process writes to the index, the change waits.

    Args:
        path: What to watch.
        folder: The index.
        load: Gives the encoder; asked again when the index was rebuilt with another model.
        file: `index_files`, told what else it shall do.
    """
    file, encoder = file or partial(index_files, sync=True), load()
    taken, before, told = None, None, ""
    while True:
        now = _look(path)
        if now == before != taken:
            try:
                encoder = _taken_up(path, folder, encoder, load, file)
                taken = now
            except (IndexCorrupt, IndexVersionMismatch):
                raise
            except StoreError as error:  # another process is writing, or the disk is full
                if str(error) != told:
                    terminal.warn(f"{error}; trying again")
                told = str(error)
        before = now
        time.sleep(WATCH_SECONDS)


def _taken_up(
    path: Path, folder: Path, encoder: Encoder, load: Callable[[], Encoder], file: Filing
) -> Encoder:
    """Sync once; return the encoder that did, which may be another one by now."""
    try:
        file([path], folder, encoder=encoder)
    except ModelMismatch:
        other = load()
        if other.fingerprint == encoder.fingerprint:
            raise
        file([path], folder, encoder=other)
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
