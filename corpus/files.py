"""All that is ever done to files beside `store.db`: every step that a power cut may fall between.

A new file is written and synced, then renamed into place, then its folder is synced; a file that
stands somewhere is never written to. SQLite and tantivy write their own files; what tantivy wrote
is synced here again before a row names it.

The steps that the system knows are the functions at the end. `bench.power_loss` records them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

Write = Callable[[bytes], object]


def write_synced(path: Path, write_to: Callable[[Write], object]) -> None:
    """Write a new file, its bytes durable on return; its name is when its folder is synced.

    Args:
        path: Where nothing is.
        write_to: Gives the file's bytes to what it is called with, part by part.
    """
    _write(path, write_to)
    _sync(path)


def sync(path: Path) -> None:
    """Make a file's bytes durable, or a folder's names."""
    _sync(path)


def sync_tree(folder: Path) -> None:
    """Make the bytes and the names of a folder's files durable."""
    for path in sorted(folder.iterdir()):
        _sync(path)
    _sync(folder)


def move(path: Path, target: Path) -> None:
    """Rename a file or folder; durable when the target's folder is synced."""
    _rename(path, target)


def place(path: Path, target: Path) -> None:
    """Rename a file, but not over another one.

    Raises:
        FileExistsError: there is one of that name; where the file system has no links, it may still
            be replaced if it came just now.
    """
    try:
        _link(path, target)
    except FileExistsError:
        raise
    except OSError:
        _rename(path, target)


def link(path: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the file system has no links."""
    try:
        _link(path, target)
    except FileExistsError:
        raise
    except OSError:
        _write(target, lambda write: write(path.read_bytes()))


def delete(path: Path) -> None:
    """Delete a file or a folder."""
    _delete(path)


def _write(path: Path, write_to: Callable[[Write], object]) -> None:
    with path.open("xb") as file:
        write_to(file.write)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename(path: Path, target: Path) -> None:
    path.rename(target)


def _link(path: Path, target: Path) -> None:
    os.link(path, target)


def _delete(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()
