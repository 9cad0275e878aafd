"""The throw-away process that parses untrusted files: ``python -m corpus.parsing.child LIMITS``.

It answers each request, a line of JSON that names a file and its extractor, with lines of JSON: one
for each article or bad record, then one that says how it ended. `corpus.parsing` starts it, watches
it and ends it.
"""

from __future__ import annotations

import io
import json
import logging
import os
import stat
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from corpus.decoding import replace_controls
from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.field_map import FieldMap
from corpus.finishing import finish
from corpus.parsing.confinement import allow_processor_time, bytes_in_use, confine
from corpus.parsing.limits import OUT_OF_MEMORY, STREAMED_SUFFIXES, Limits, max_file_bytes
from corpus.paths import cannot_open, open_untrusted

_MB = 1024 * 1024
_BUFFER_BYTES = 64 * 1024
_STRETCH_BYTES = 16 * _MB
_MAX_REASON_CHARS = 200
_MAX_MESSAGE_CHARS = 2000


def main() -> None:
    """Answer requests from standard input until it ends."""
    limits = Limits(**json.loads(sys.argv[1]))
    requests, answers = _private_channels()
    logging.disable()
    warnings.simplefilter("ignore")
    confine(limits)
    try:
        for request in requests:
            _Answer(json.loads(request), answers, limits).give()
    except MemoryError:  # not even room to say so
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:  # the parent has gone
        os._exit(1)


def _private_channels() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for messages; what a library prints disturbs nothing."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # standard error is a file of limited size
    sys.stdin = os.fdopen(nothing)
    sys.stdout = sys.stderr = _Ignored()
    return requests, answers


class _Ignored(io.TextIOBase):
    """Takes whatever is printed."""

    def write(self, text: str) -> int:
        return len(text)


class _Answer:
    """The answer to one request: a message for each article, and one for the end."""

    def __init__(self, request: dict[str, Any], answers: BinaryIO, limits: Limits) -> None:
        self._request = request
        self._name = request["name"]
        self._answers = answers
        self._limits = limits

    def give(self) -> None:
        """Read the file and send what is in it; nothing that goes wrong is raised."""
        allow_processor_time(self._limits.cpu_s)
        try:
            self._extract()
            end = {"kind": "end", "bytes": bytes_in_use()}
        except UnreadableArticle as error:
            end = self._refusal(str(error))
        except ModuleNotFoundError as error:
            end = self._refusal(
                f"{self._name} needs the package {error.name}, which is not installed. "
                "Run: pip install 'pullquote[formats]'"
            )
        except BaseException as error:  # SystemExit too: this process ends when its parent says so
            end = {"kind": "error", "error": type(error).__name__, "reason": _reason(error)}
        self._send(end)

    def _refusal(self, message: str) -> dict[str, Any]:
        message = message[:_MAX_MESSAGE_CHARS]
        return {"kind": "refused", "message": message, "bytes": bytes_in_use()}

    def _extract(self) -> None:
        module, function = self._request["extractor"].split(":")
        with self._open() as file:
            extract = getattr(import_module(module), function)
            fields = self._request.get("fields")
            more = {"fields": FieldMap(**fields)} if fields else {}
            for found in extract(file, self._name, **more):
                if isinstance(found, BadRecord):
                    self._send({"kind": "bad", "where": found.where, "reason": found.reason})
                else:
                    self._send({"kind": "article", **self._finished(found).to_dict()})

    def _open(self) -> BinaryIO:
        """Open a regular file of a permitted size; no link is followed, no pipe waited for."""
        try:
            descriptor = open_untrusted(self._request["path"])
        except OSError as error:
            raise UnreadableArticle(cannot_open(self._name, error)) from error
        self._check(os.fstat(descriptor))
        is_streamed = self._request["suffix"] in STREAMED_SUFFIXES
        steps = _Steps(descriptor, self._go_on if is_streamed else None)
        return io.BufferedReader(steps, _BUFFER_BYTES)

    def _check(self, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableArticle(
                f"{self._name} is not a regular file. Name a file with text in it."
            )
        suffix = self._request["suffix"]
        limit = max_file_bytes(suffix)
        if status.st_size > limit:
            raise UnreadableArticle(
                f"{self._name} has {status.st_size / _MB:.1f} MB; the limit for {suffix} files is "
                f"{limit // _MB} MB. Split it into smaller files."
            )

    def _go_on(self) -> None:
        self._send({"kind": "reading"})

    def _finished(self, extracted: Extracted) -> Extracted:
        n_bytes = len(extracted.text.encode("utf-8", "replace"))
        if n_bytes > self._limits.text_bytes:
            raise UnreadableArticle(
                f"{self._name} holds {n_bytes / _MB:.1f} MB of text in one article; the limit is "
                f"{self._limits.text_bytes / _MB:.1f} MB. Split it into smaller articles."
            )
        return finish(extracted)

    def _send(self, message: dict[str, Any]) -> None:
        line = json.dumps(_clean(message), ensure_ascii=False).encode() + b"\n"
        if len(line) > self._limits.line_bytes:
            raise UnreadableArticle(
                f"{self._name} holds {len(line) / _MB:.1f} MB of text and marks in one article; "
                f"the limit is {self._limits.line_bytes / _MB:.1f} MB. Split it into smaller "
                "articles."
            )
        self._answers.write(line)
        self._answers.flush()
        allow_processor_time(self._limits.cpu_s)


class _Steps(io.FileIO):
    """A file that says after each long stretch that it is read on, although nothing was found."""

    def __init__(self, descriptor: int, go_on: Callable[[], None] | None) -> None:
        super().__init__(descriptor)
        self._go_on = go_on
        self._next_step = _STRETCH_BYTES

    def readinto(self, buffer: Any, /) -> int | None:
        if self._go_on and self.tell() >= self._next_step:
            self._next_step = self.tell() + _STRETCH_BYTES
            self._go_on()
        return super().readinto(buffer)


def _clean(value: Any) -> Any:
    """Replace what no text may hold, one for one, wherever an extractor has left it."""
    if isinstance(value, str):
        return replace_controls(value)[0]
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def _reason(error: BaseException) -> str:
    try:
        return " ".join(str(error)[:_MAX_MESSAGE_CHARS].split())[:_MAX_REASON_CHARS]
    except Exception:  # an error whose text cannot be had is an error all the same
        return ""


if __name__ == "__main__":
    main()
