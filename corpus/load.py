"""Files to articles: reading them, and saying clearly what cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from corpus.assembling import LoadedArticle, Place, assembled
from corpus.errors import ArticleError, UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.identity import (
    canonical_url,
    content_identity,
    file_identity,
    may_come_from,
    of_host,
)
from corpus.paths import (
    PLAIN_SUFFIXES,
    FailedPath,
    FoundArticles,
    cannot_open,
    check_suffix,
    display_path,
    file_mode,
    find_articles,
    suffix_of,
)
from corpus.plain import read_plain

if TYPE_CHECKING:
    from corpus.parsing import Parser

__all__ = [
    "MAX_ARTICLE_BYTES",
    "FailedPath",
    "FoundArticles",
    "LoadedArticle",
    "find_articles",
    "may_come_from",
    "read_article",
    "read_articles",
    "read_bytes",
    "read_fetched",
]

MAX_ARTICLE_BYTES = 10 * 1024 * 1024
"""A long article has 100 KB; this much is a book, or not text."""


def read_articles(path: Path, parser: Parser) -> Iterator[LoadedArticle | BadRecord]:
    """Read the articles in a file, whatever its kind, each as soon as it is found.

    Text and Markdown hold one. Other kinds are read in another process under limits
    (`corpus.parsing`); what cannot be read in one of many articles is a `BadRecord` in its place.

    Args:
        path: The file.
        parser: Reads what is not text; one for many files.

    Raises:
        ArticleNotFound: There is no such file.
        UnsupportedFormat: The file name has another suffix than the supported ones.
        UnreadableArticle: Nothing, or nothing more, can be read.
    """
    suffix = suffix_of(path)
    if suffix in PLAIN_SUFFIXES:
        yield read_article(path)
        return
    name = _checked(path)
    real_path = Path(os.path.realpath(path))
    place = _place(real_path, identity=file_identity(real_path), source=display_path(real_path))
    alone, records = _counted(parser.read(path, suffix, name))
    yield from _all_assembled(records, place, alone=alone)


def read_fetched(
    data: bytes, url: str, suffix: str, parser: Parser
) -> Iterator[LoadedArticle | BadRecord]:
    """Read the articles in what an address answered, as `read_articles` does.

    What calls itself by an address or name of another host is not believed: it could take the place
    of that host's article.

    Args:
        data: What came.
        url: The address that answered in the end.
        suffix: The kind of file it is.
        parser: Reads what is not text.

    Raises:
        UnsupportedFormat: No reader for this kind.
        UnreadableArticle: Nothing, or nothing more, can be read.
    """
    place = Place(stem=url, identity=content_identity(url.encode()), source=canonical_url(url))
    if suffix in PLAIN_SUFFIXES:
        yield assembled(of_host(read_plain(data, url, suffix), url, alone=True), place)
        return
    with TemporaryDirectory(prefix="pullquote-") as folder:
        path = Path(folder) / f"fetched{suffix}"
        path.write_bytes(data)
        alone, records = _counted(parser.read(path, suffix, url))
        believed = (
            record if isinstance(record, BadRecord) else of_host(record, url, alone=alone)
            for record in records
        )
        yield from _all_assembled(believed, place, alone=alone)


Records = Iterator[Extracted | BadRecord]


def _counted(records: Records) -> tuple[bool, Records]:
    """Return whether there is no more than one record, and all of them.

    What follows an article may fail: that error comes where the second one would have come.
    """
    first = list(islice(records, 1))
    second, failure = [], None
    try:
        second = list(islice(records, 1))
    except ArticleError as error:
        failure = error

    def all_of_them() -> Records:
        yield from first
        yield from second
        if failure:
            raise failure
        yield from records

    return not second and not failure, all_of_them()


def _all_assembled(
    records: Records, place: Place, *, alone: bool
) -> Iterator[LoadedArticle | BadRecord]:
    for record in records:
        if isinstance(record, BadRecord):
            yield record
        else:
            yield assembled(record, place, alone=alone)


def read_article(path: Path) -> LoadedArticle:
    """Read the one article of a file; text and Markdown quickly, other kinds as untrusted input.

    Its id is the one in its front matter, or made from its address, or from the file's name and its
    whole path: reading a file again gives the same id.

    Raises:
        ArticleNotFound: There is no such file.
        UnsupportedFormat: The file name has another suffix than the supported ones.
        UnreadableArticle: The file is no regular file, empty, binary, too large, closed to this
            user, its front matter is broken, or it holds more than one article.
    """
    name = _checked(path)
    if suffix_of(path) not in PLAIN_SUFFIXES:
        return _only_one(path, name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_ARTICLE_BYTES + 1)
            size = max(len(data), os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise UnreadableArticle(cannot_open(name, error)) from error
    real_path = Path(os.path.realpath(path))
    _check_size(size, name)
    place = _place(real_path, identity=file_identity(real_path), source=display_path(real_path))
    return _load(data, name, real_path, place)


def _only_one(path: Path, name: str) -> LoadedArticle:
    from corpus.parsing import Parser

    with Parser() as parser:
        match list(islice(read_articles(path, parser), 2)):
            case [LoadedArticle() as loaded]:
                return loaded
            case [BadRecord() as bad]:
                raise UnreadableArticle(f"{name}, {bad.where}: {bad.reason}")
    raise UnreadableArticle(f"{name} holds many articles. Read it with read_articles.")


def _checked(path: Path) -> str:
    """Return how to call a file that may be read."""
    name = display_path(path)
    mode = file_mode(path)
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        raise UnreadableArticle(f"{name} is {kind}. Name a file with text in it.")
    check_suffix(path)
    return name


def read_bytes(data: bytes, name: str) -> LoadedArticle:
    """Read one article from the bytes of a text or Markdown file, such as an upload.

    Args:
        data: The content of a file.
        name: The name of the file; only its last part counts. It is the article's source, unless
            the front matter names one.

    Returns:
        The article. Without an id in its front matter it gets one made from the name and the
        content: the same upload again is the same article, another file of that name is not.

    Raises:
        UnsupportedFormat: The name has another suffix than those of text and Markdown.
        UnreadableArticle: The content is empty, binary or too large, or its front matter is broken.
    """
    path = Path(PurePosixPath(name.replace("\\", "/").replace("\0", "")).name)
    check_suffix(path, PLAIN_SUFFIXES)
    shown = display_path(path)
    _check_size(len(data), shown)
    return _load(data, shown, path, _place(path, identity=content_identity(data), source=shown))


def _place(path: Path, *, identity: str, source: str) -> Place:
    return Place(stem=display_path(Path(path.stem)), identity=identity, source=source)


def _load(data: bytes, name: str, path: Path, place: Place) -> LoadedArticle:
    extracted = read_plain(data, name, path.suffix.lower())
    return assembled(extracted, place, named=extracted.id is not None)


def _check_size(n_bytes: int, name: str) -> None:
    if n_bytes > MAX_ARTICLE_BYTES:
        raise UnreadableArticle(
            f"{name} has {n_bytes / 1024 / 1024:.1f} MB; the limit is "
            f"{MAX_ARTICLE_BYTES // 1024 // 1024} MB. Split it into one file for each article."
        )
