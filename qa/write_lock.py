"""One process at a time may write to an index folder; the system lets go of a dead one's lock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus import IndexLocked


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the writer's lock of a folder.

    Raises:
        IndexLocked: another process is writing.
    """
    lock = acquire_lock(folder)
    try:
        yield
    finally:
        lock.release()


def acquire_lock(folder: Path) -> FileLock:
    """Take the writer's lock of a folder; whoever does releases it.

    Raises:
        IndexLocked: another process is writing.
    """
    lock = FileLock(folder / "LOCK", thread_local=False)  # any thread may close the index
    holder = folder / "LOCK.pid"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        pid = holder.read_text().strip() if holder.exists() else "unknown"
        raise IndexLocked(
            f"{folder} is being written by process {pid}; wait until it has finished"
        ) from error
    holder.write_text(str(os.getpid()))
    return lock
