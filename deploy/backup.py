"""One backup of all that an installation cannot make again, and the oldest ones deleted.

``python backup.py INDEX DESTINATION --keep 14`` makes DESTINATION/<UTC time>/ with ``index.db``
(what `pullquote backup` writes), the ``originals.db`` of `--keep-originals`, and of what visitors
did ``conversations.db``, ``feedback.db`` and the ``secret`` that sessions are signed with, where
there are any. Index and page may be in use. A backup has its name only when it is whole and on the
disk.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from corpus import PullquoteError
from qa.backup import backup_index

ORIGINALS = "originals.db"
ROOM = "room"
DATABASES = ("conversations.db", "feedback.db")
SECRET = "secret"

_STAMP = "%Y-%m-%dT%H-%M-%SZ"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ")
_PART = ".part-"


def back_up(index: Path, destination: Path, *, keep: int) -> Path:
    """Make one backup, delete all but the newest `keep`, and return the new one.

    Raises:
        PullquoteError, OSError, sqlite3.Error: it could not be made; the older ones are there.
    """
    destination.mkdir(parents=True, exist_ok=True)
    made = destination / f"{datetime.now(UTC):{_STAMP}}"
    for left in destination.glob(f"{_PART}*"):  # cut short
        shutil.rmtree(left)
    part = Path(tempfile.mkdtemp(prefix=_PART, dir=destination))  # for this user's eyes only
    try:
        backup_index(index, part / "index.db")
        _copy_database(index / ORIGINALS, part)
        for name in DATABASES:
            _copy_database(index / ROOM / name, part)
        if (index / ROOM / SECRET).exists():
            shutil.copy2(index / ROOM / SECRET, part / SECRET)
        for path in (*part.iterdir(), part):
            _sync(path)
        part.rename(made)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _sync(destination)
    for old in _backups(destination)[:-keep]:
        shutil.rmtree(old)
    return made


def _copy_database(path: Path, part: Path) -> None:
    if path.exists():
        # The tables alone: what was deleted is in no free page of the copy.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as of:
            of.execute("VACUUM INTO ?", (str(part / path.name),))


def _backups(destination: Path) -> list[Path]:
    """Return the backups, the oldest first; nothing else that lies there."""
    return sorted(path for path in destination.iterdir() if _NAME.fullmatch(path.name))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description="Back an index up, with what visitors did.")
    parser.add_argument("index", type=Path, help="the index folder")
    parser.add_argument("destination", type=Path, help="where backups lie")
    parser.add_argument("--keep", type=int, default=14, help="how many stay (14)")
    wanted = parser.parse_args()
    if wanted.keep < 1:
        parser.error("--keep must be 1 or more")
    os.umask(0o077)
    try:
        made = back_up(wanted.index, wanted.destination, keep=wanted.keep)
    except (PullquoteError, OSError, sqlite3.Error) as error:
        sys.exit(f"no backup was made: {error}")
    sys.stdout.write(f"{made}: {', '.join(sorted(path.name for path in made.iterdir()))}\n")


if __name__ == "__main__":
    main()
