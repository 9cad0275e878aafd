"""An index in one file, and back.

A backup is the store alone, compacted: the search files are derived from it. It is taken in one
read transaction, so an index may be asked and written meanwhile.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus import ArticleStore, StoreError, files, is_text
from qa.index import Index, open_for_writing
from qa.write_lock import write_lock

STORE_FILES = ("store.db", "store.db-wal", "store.db-shm")
"""A log without its store is none of a restored one's: SQLite would play it into it."""


def backup_index(folder: Path | str, file: Path | str) -> int:
    """Write everything an index holds to a new file, durable on return.

    Returns:
        The generation that was saved.

    Raises:
        IndexNotFound, IndexCorrupt: there is no index, or it is damaged.
        StoreError: the file is there already, or cannot be written.
    """
    file = Path(file).absolute()
    with _writing(file), closing(Index.open(folder)) as index:
        _check_new(file)
        return _copy(index.store, file)


def restore_index(file: Path | str, folder: Path | str) -> int:
    """Make an index folder from a backup, search files and all; nothing is encoded.

    Returns:
        The generation that was restored.

    Raises:
        IndexNotFound, IndexVersionMismatch, IndexCorrupt: `file` is not a sound backup.
        IndexLocked: another process is writing to the folder.
        StoreError: there is an index in the folder already, or it cannot be written.
    """
    folder = Path(folder)
    with closing(ArticleStore(Path(file))) as backup:
        backup.check()
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with write_lock(folder):
                if any((folder / name).exists() for name in STORE_FILES):
                    raise StoreError(f"{folder} holds an index already; restore into a new folder")
                generation = _copy(backup, folder / "store.db")
    with open_for_writing(folder) as index:
        index.publish()
    return generation


def _copy(store: ArticleStore, file: Path) -> int:
    """Write a store to a file that is not there yet: whole, checked and synced, or not at all."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".pullquote-") as staging:
        part = Path(staging) / "store.db"
        store.copy_to(part)
        with closing(ArticleStore(part)) as copy:
            copy.check()
            generation = copy.generation()
        files.sync(part)
        try:
            files.place(part, file)
        except FileExistsError:
            raise StoreError(f"{file} is there already; give another name") from None
    files.sync(file.parent)
    return generation


def _check_new(file: Path) -> None:
    if not file.name or not is_text(str(file)):
        raise StoreError(f"{str(file)!r} cannot be the name of a backup; give another name")
    if file.exists():
        raise StoreError(f"{file} is there already; give another name")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
