"""All that is ever done to files beside `store.db`: every step that a power cut may fall between.

A new file is written and synced, then renamed into place, then its folder is synced; a file that
stands somewhere is never written to. SQLite and tantivy write their own files; what tantivy wrote
is synced here again before a row names it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file, its bytes durable on return; the folder is not synced."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Make a file's bytes durable, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Make a folder's files durable, and their names."""
    for path in sorted(folder.iterdir()):
        sync(path)
    sync(folder)


def move(path: Path, target: Path) -> None:
    """Rename a file or folder; durable when the target's folder is synced."""
    path.rename(target)


def place(path: Path, target: Path) -> None:
    """Rename a file, but not over another one.

    Raises:
        FileExistsError: there is one of that name; where the file system has no links, it may still
            be replaced if it came just now.
    """
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        path.rename(target)
    else:
        path.unlink()


def link(path: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the file system has no links."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:
        shutil.copyfile(path, target)


def delete(path: Path) -> None:
    """Delete a file or a folder."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
