"""Reading a source, and keeping its bytes: those that were read, or none.

A file is read by a process of its own, so its bytes are read a second time here. That is done only
if it is still the same file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from corpus.assembling import LoadedArticle
from corpus.errors import ArticleError
from corpus.extracted import BadRecord
from corpus.originals import Originals, Version
from corpus.paths import display_path, open_untrusted

MAX_ORIGINAL_BYTES = 64 * 1024 * 1024
"""An archive of thousands of pages would be copied whole; each of its pages is in the index."""


class NotKept(Exception):
    """The bytes of a source are not to be had, or too many; the text goes on after its name."""


class FileBytes:
    """The bytes of a file, as long as it is the one that it was when this was made."""

    def __init__(self, path: Path) -> None:
        """Look at the file, before it is read by anybody."""
        self._path = os.path.realpath(path)
        self._before: tuple[int, ...] | None = None
        with suppress(OSError):  # who reads it will say so
            self._before = _identity(Path(self._path).stat())

    def read(self) -> bytes:
        """Return its bytes; no link is followed, no pipe waited for.

        Raises:
            NotKept: it is another file by now, or too large.
            OSError: it cannot be read.
        """
        with os.fdopen(open_untrusted(self._path), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or _identity(status) != self._before:
                raise NotKept("it was changed while it was read; run the same command again")
            _check_size(status.st_size)
            return file.read(MAX_ORIGINAL_BYTES + 1)


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _check_size(n_bytes: int) -> None:
    if n_bytes > MAX_ORIGINAL_BYTES:
        limit = f"the limit for originals is {MAX_ORIGINAL_BYTES // 2**20} MB"
        raise NotKept(f"it has {n_bytes / 2**20:.0f} MB, {limit}")


def keeping(
    originals: Originals,
    name: str,
    read: Callable[[], bytes],
    found: Iterable[LoadedArticle | BadRecord],
    *,
    warn: Callable[[str], object],
) -> Iterator[LoadedArticle | BadRecord]:
    """Yield what a source holds; keep the source's bytes if there was an article in it.

    Args:
        originals: Where to.
        name: The source's path or address.
        read: Gives its bytes, when all was read; raises `NotKept` or OSError if it cannot.
        found: What was read from it.
        warn: Called with a sentence if they are not kept: the articles are indexed all the same.
    """
    versions: list[Version] = []
    try:
        for each in found:
            if isinstance(each, LoadedArticle):
                versions.append((each.article.id, each.article.digest))
            yield each
    except ArticleError:  # what came before the fault is indexed
        _keep(originals, name, read, versions, warn)
        raise
    _keep(originals, name, read, versions, warn)


def keeping_file(
    originals: Originals | None,
    path: Path,
    found: Iterator[LoadedArticle | BadRecord],
    *,
    warn: Callable[[str], object],
) -> Iterator[LoadedArticle | BadRecord]:
    """Yield what a file holds, as `keeping` does; without `originals` nothing is kept."""
    if originals is None:
        return found
    return keeping(originals, display_path(path), FileBytes(path).read, found, warn=warn)


def _keep(
    originals: Originals,
    name: str,
    read: Callable[[], bytes],
    versions: Sequence[Version],
    warn: Callable[[str], object],
) -> None:
    if not versions:
        return
    try:
        data = read()
        _check_size(len(data))
    except (NotKept, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        warn(f"{name} was read but is not kept: {why}")
    else:
        originals.keep(name, data, versions)
