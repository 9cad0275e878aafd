"""Files and folders to the article files in them; nothing is opened here."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import ArticleError, ArticleNotFound, UnreadableArticle, UnsupportedFormat
from corpus.formats import MODULES

TEXT_SUFFIXES = (".txt", ".text")
MARKDOWN_SUFFIXES = (".md", ".markdown")
PLAIN_SUFFIXES = TEXT_SUFFIXES + MARKDOWN_SUFFIXES
SUPPORTED_SUFFIXES = (*PLAIN_SUFFIXES, *MODULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedPath:
    """A path that cannot be used, and why."""

    path: Path
    error: ArticleError


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticles:
    """The article files found, what failed, and the other files in folders, which were left out."""

    paths: tuple[Path, ...]
    failures: tuple[FailedPath, ...] = ()
    left_out: tuple[Path, ...] = ()


@dataclass(slots=True)
class _Search:
    paths: list[Path] = field(default_factory=list)
    failures: list[FailedPath] = field(default_factory=list)
    left_out: list[Path] = field(default_factory=list)


def find_articles(paths: Sequence[Path]) -> FoundArticles:
    """Find the article files among files and folders; folders are searched with all below them.

    In a folder, hidden files and folders are left out; files of another kind, special files and
    links to folders or to outside of it are left out. A file that is named itself must be
    usable, or is a failure.

    Returns:
        Paths in the order of the arguments, sorted within a folder, each file once even if it is
        reached twice. One failure for each path that cannot be used; it never stops the others.
    """
    search = _Search()
    for path in paths:
        try:
            if stat.S_ISDIR(file_mode(path)):
                _search_folder(path, search)
            else:
                _check_file(path)
                search.paths.append(path)
        except ArticleError as error:
            search.failures.append(FailedPath(path=path, error=error))
    unique = {os.path.realpath(path): path for path in reversed(search.paths)}
    return FoundArticles(
        paths=tuple(reversed(unique.values())),
        failures=tuple(search.failures),
        left_out=tuple(sorted(search.left_out)),
    )


def suffix_of(path: Path) -> str:
    """Return the part of a file's name that tells its kind, in lower case.

    >>> suffix_of(Path("a.PDF")), suffix_of(Path("crawl.warc.gz"))
    ('.pdf', '.warc.gz')
    """
    double = "".join(path.suffixes[-2:]).lower()
    return double if double in SUPPORTED_SUFFIXES else path.suffix.lower()


def check_suffix(path: Path, supported: Sequence[str] = SUPPORTED_SUFFIXES) -> None:
    """Raise UnsupportedFormat, naming the supported suffixes, if `path` has none of them."""
    if suffix_of(path) not in supported:
        raise UnsupportedFormat(
            f"{display_path(path)} is not one of the supported kinds of file: "
            f"{', '.join(supported)}. Save its text as one of them."
        )


def file_mode(path: Path) -> int:
    """Return the mode bits of what is at `path`, links followed.

    Raises:
        ArticleNotFound: Nothing is there.
        UnreadableArticle: It cannot be looked at.
    """
    try:
        return path.stat().st_mode
    except PermissionError as error:
        raise UnreadableArticle(cannot_open(display_path(path), error)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ArticleNotFound(
            f"There is no file or folder {display_path(path)}. Check the spelling."
        ) from error


def display_path(path: Path) -> str:
    """Return a path as text that can be shown and stored, whatever bytes it is made of."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(path))


def cannot_open(name: str, error: OSError) -> str:
    """Say that the system refuses to open something."""
    return f"{name} cannot be opened ({error.strerror}). Check who may read it."


def _check_file(path: Path) -> None:
    if not stat.S_ISREG(file_mode(path)):
        raise UnreadableArticle(
            f"{display_path(path)} is not a regular file. Name a file with text in it."
        )
    check_suffix(path)


def _search_folder(root: Path, search: _Search) -> None:
    found: list[Path] = []
    n_failures = len(search.failures)
    real_root = os.path.realpath(root)
    folders = [root]
    while folders:
        folder = folders.pop()
        for entry in _visible_entries(folder, search):
            if entry.is_dir(follow_symlinks=False):
                folders.append(folder / entry.name)
            elif _is_article(entry, real_root):
                found.append(folder / entry.name)
            else:
                search.left_out.append(folder / entry.name)
    search.paths += sorted(found)
    if not found and len(search.failures) == n_failures:
        raise ArticleNotFound(
            f"The folder {display_path(root)} holds no article. Files with these suffixes are "
            f"looked for: {', '.join(SUPPORTED_SUFFIXES)}."
        )


def open_untrusted(path: str) -> int:
    """Open a file to be read, by its real path; no link is followed, no pipe waited for.

    Raises:
        OSError: it cannot be opened.
    """
    flags = os.O_RDONLY
    for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, flag, 0)
    return os.open(path, flags)


def _visible_entries(folder: Path, search: _Search) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        failure = UnreadableArticle(cannot_open(f"The folder {display_path(folder)}", error))
        search.failures.append(FailedPath(path=folder, error=failure))
        return []


def _is_article(entry: os.DirEntry[str], real_root: str) -> bool:
    if suffix_of(Path(entry.name)) not in SUPPORTED_SUFFIXES:
        return False
    if not entry.is_symlink():
        return entry.is_file()
    target = os.path.realpath(entry.path)
    return os.path.isfile(target) and Path(target).is_relative_to(real_root)  # noqa: PTH113
