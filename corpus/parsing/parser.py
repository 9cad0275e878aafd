"""Reading files nobody vouches for: in another process, which may be thrown away at any time.

A parser of web pages or PDF files can be made to loop, to crash or to take all the memory. Here it
can do so without harm: it runs in a child process (`corpus.parsing.child`) under limits, and what
goes wrong there is one clear `UnreadableArticle` here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from operator import index
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from corpus.errors import UnreadableArticle, UnsupportedFormat
from corpus.extracted import BadRecord, Extracted
from corpus.field_map import FieldMap
from corpus.formats import MODULES
from corpus.parsing.limits import Limits
from corpus.parsing.reading_process import ReadingProcess, StoppedReading

_EXTRACTORS = {suffix: f"corpus.formats.{module}:extract" for suffix, module in MODULES.items()}
_WITH_FIELDS = ("corpus.formats.records:extract", "corpus.formats.tables:extract")
_MB = 1024 * 1024
_WHAT_TO_DO = "Save its text as UTF-8 in a .txt or .md file and add that."


class Parser:
    """Reads files one after another in a child process that is started when it is needed.

    The process is kept from file to file, because loading the libraries takes longer than reading
    a page, and replaced after a failure, after some hundred files, or when it has grown large.
    Use it in a ``with`` statement, one file at a time.
    """

    def __init__(
        self,
        modules: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        *,
        fields: FieldMap | None = None,
    ) -> None:
        """Name the extractors.

        Args:
            modules: Suffix to "module:function"; without it those of `corpus.formats`.
            limits: What each file is held to.
            fields: Where the parts of an article stand in JSON and tables, if not under the names
                that are usual.
        """
        self._fields = fields.given() if fields else {}
        self._extractors = _EXTRACTORS if modules is None else modules
        self._limits = limits or Limits()
        self._process: ReadingProcess | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._in_use = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process that reads now, if there is one."""
        return self._process.id if self._process else None

    def close(self) -> None:
        """End the process, also in the middle of a file."""
        self._discard()
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def read(self, path: Path, suffix: str, name: str) -> Iterator[Extracted | BadRecord]:
        """Read the articles in a file, each as soon as it is found.

        Args:
            path: The file; the caller has found that it may be read.
            suffix: Its kind, as in ".pdf"; it decides on the extractor.
            name: What messages call it.

        Yields:
            Articles and unreadable parts in the file's order, at most `Limits.records` of them.

        Raises:
            UnsupportedFormat: No extractor reads this kind of file.
            UnreadableArticle: Nothing (more) can be read from it; the message says why. What was
                yielded before stays good.
        """
        if suffix not in self._extractors:
            raise UnsupportedFormat(
                f"{name} is not one of the kinds of file that can be read: "
                f"{', '.join(sorted(self._extractors))}. {_WHAT_TO_DO}"
            )
        request: dict[str, Any] = {"path": os.path.realpath(path), "suffix": suffix, "name": name}
        request["extractor"] = self._extractors[suffix]
        request["fields"] = self._fields if request["extractor"] in _WITH_FIELDS else {}
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("this Parser is reading another file; use one for each thread")
        try:
            yield from self._records(request)
        except StoppedReading as stopped:
            raise UnreadableArticle(_one_line(f"{name} {stopped}. {_WHAT_TO_DO}")) from stopped
        finally:
            self._in_use.release()

    def _records(self, request: dict[str, Any]) -> Iterator[Extracted | BadRecord]:
        process = self._ready()
        stays = False
        n_records = n_bad = 0
        try:
            process.ask(request, self._file_s(request["path"]))
            while (message := process.answer())["kind"] not in ("end", "refused"):
                if message["kind"] == "reading":
                    continue
                n_records += 1
                n_bad += message["kind"] == "bad"
                if n_bad > self._limits.bad_records:
                    raise StoppedReading(
                        f"has more than {self._limits.bad_records:,} records that cannot be read; "
                        "what comes after them is left out"
                    )
                if n_records > self._limits.records:
                    raise StoppedReading(
                        f"holds more than {self._limits.records:,} articles; the others are left "
                        "out"
                    )
                yield _record(message)
            stays = process.is_fresh(message["bytes"])
        finally:
            if not stays:
                self._discard()
        if message["kind"] == "refused":
            raise UnreadableArticle(_one_line(str(message["message"])))

    def _file_s(self, path: str) -> float:
        """Return how long a file may take; never less for a larger one."""
        try:
            size = os.stat(path).st_size  # noqa: PTH116 - a real path, as text
        except (OSError, ValueError):
            size = 0
        return self._limits.file_s + self._limits.file_s_per_mb * size / _MB

    def _ready(self) -> ReadingProcess:
        if self._process and not self._process.is_alive():
            self._discard()
        if not self._process:
            if not self._folder:
                self._folder = TemporaryDirectory(prefix="pullquote-", ignore_cleanup_errors=True)
            self._process = ReadingProcess(self._limits, folder=self._folder.name)
        return self._process

    def _discard(self) -> None:
        if self._process:
            self._process.close()
            self._process = None


def _one_line(message: str) -> str:
    """Return a message without what a file may have put in it to disturb a terminal or a log."""
    plain = " ".join(message.split())
    return "".join(char if char.isprintable() else "\ufffd" for char in plain)


def _record(message: dict[str, Any]) -> Extracted | BadRecord:
    """Return what a message says; a process that reads untrusted files is not trusted either."""
    try:
        if message["kind"] == "bad":
            where, reason = _one_line(message["where"]), _one_line(message["reason"])
            return BadRecord(where=where, reason=reason)
        extracted = Extracted.from_dict(message)
        _check_words(extracted)
        _check_offsets(extracted)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise StoppedReading(f"cannot be read (an answer without sense: {error})") from error
    return extracted


def _check_words(extracted: Extracted) -> None:
    optional = (extracted.title, extracted.url, extracted.language, extracted.id)
    facts = (extracted.outlet, extracted.published, extracted.updated)
    words = [
        *(extracted.text, *extracted.authors, *extracted.warnings),
        *(*extracted.metadata, *extracted.metadata.values()),
        *(word for word in optional if word is not None),
        *(fact.value for fact in facts if fact is not None),
        *(mark.reason for mark in extracted.marks),
    ]
    for word in words:
        if not isinstance(word, str):
            raise TypeError(f"{word!r:.100} is no text")
        word.encode()  # a ValueError for a lone surrogate
        if "\0" in word:
            raise ValueError("a NUL in a text")


def _check_offsets(extracted: Extracted) -> None:
    for spans in (extracted.headings, [mark.span for mark in extracted.marks]):
        end = 0
        for span in spans:
            if index(span.start) < end:
                raise ValueError(f"{span} is out of order")
            end = index(span.end)
        if end > len(extracted.text):
            raise ValueError(f"a span ends at {end} in {len(extracted.text)} characters")
