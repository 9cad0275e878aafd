"""An index in one file, and back.

A backup is the store alone, compacted: the search files are derived from it. It is taken in one
read transaction, so an index may be asked and written meanwhile.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from corpus import ArticleStore, StoreError
from qa.index import Index, open_for_writing
from qa.snapshots import sync_folder


def backup_index(folder: Path | str, file: Path | str) -> int:
    """Write everything an index holds to a new file, durable on return.

    Returns:
        The generation that was saved.

    Raises:
        IndexNotFound, IndexCorrupt: there is no index, or it is damaged.
        StoreError: the file is there already, or cannot be written.
    """
    file = Path(file)
    part = file.with_name(f"{file.name}.part")
    if file.exists():
        raise StoreError(f"{file} is there already; give the backup another name")
    index = Index.open(folder)
    try:
        part.unlink(missing_ok=True)
        index.store.copy_to(part)
        generation = _check(part)
        _sync_file(part)
        part.rename(file)
        sync_folder(file.absolute().parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"cannot write {file}: {error.strerror}") from error
    except StoreError:
        part.unlink(missing_ok=True)
        raise
    finally:
        index.close()
    return generation


def restore_index(file: Path | str, folder: Path | str) -> int:
    """Make an index folder from a backup, search files and all; nothing is encoded.

    Returns:
        The generation that was restored.

    Raises:
        IndexNotFound, IndexVersionMismatch, IndexCorrupt: `file` is not a sound backup.
        StoreError: there is an index in the folder already, or it cannot be written.
    """
    file, folder = Path(file), Path(folder)
    generation = _check(file)
    if (folder / "store.db").exists():
        raise StoreError(f"{folder} holds an index already; restore into a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / "store.db.part"
        shutil.copyfile(file, part)
        _sync_file(part)
        part.rename(folder / "store.db")
        sync_folder(folder)
    except OSError as error:
        raise StoreError(f"cannot write to {folder}: {error.strerror}") from error
    with open_for_writing(folder) as index:
        index.publish()
    return generation


def _check(file: Path) -> int:
    """Return the generation of a store in which every page and every article is sound."""
    store = ArticleStore(file)
    try:
        store.check()
        return store.generation()
    finally:
        store.close()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
