"""The files under `snapshots/`: their names, their digests, and which of them nothing needs."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from pathlib import Path

from corpus import ArticleStore, SnapshotRow, StoreError, files

log: logging.Logger = logging.getLogger(__name__)

SNAPSHOTS_KEPT = 2
"""The newest serves; the one before stays for readers that are just opening it."""

_OWN_NAME = re.compile(r"\d{10,}-[0-9a-f]{8}\.(?:faiss|tantivy)")
"""What may be deleted; anything else in these folders is not ours."""


class DamagedFile(StoreError):
    """A file's bytes are not what they were."""


def fits(folder: Path, row: SnapshotRow) -> bool:
    """Say whether a snapshot's bytes fit their digest, without keeping them."""
    try:
        lexical = digest_of(file_of(folder, row.name, ".tantivy"))
    except OSError:
        return False
    return lexical == row.lexical_sha256 and dense_fits(folder, row)


def dense_fits(folder: Path, row: SnapshotRow) -> bool:
    """Say whether the bytes of a snapshot's vectors fit their digest."""
    try:
        return digest_of(file_of(folder, row.dense_name, ".faiss")) == row.dense_sha256
    except OSError:
        return False


def stray_files(store: ArticleStore, folder: Path) -> list[Path]:
    """Return files that a run which was cut short has left behind; what is not ours is not one."""
    rows = store.snapshots()
    named = {f"{row.name}.tantivy" for row in rows} | {f"{row.dense_name}.faiss" for row in rows}
    places = [folder / "snapshots", folder / "tmp"]
    paths = [path for place in places if place.exists() for path in place.iterdir()]
    return [path for path in paths if _OWN_NAME.fullmatch(path.name) and path.name not in named]


def drop_old(store: ArticleStore, folder: Path) -> None:
    """Forget all snapshots but the newest ones, and delete files that nothing names."""
    store.drop_snapshots(row.name for row in store.snapshots()[SNAPSHOTS_KEPT:])
    delete_strays(store, folder)


def delete_strays(store: ArticleStore, folder: Path) -> None:
    """Delete files that nothing names; what cannot be deleted now will be the next time."""
    for path in stray_files(store, folder):
        try:
            files.delete(path)
        except OSError as error:
            log.info("%s is still there, though nothing needs it: %s", path, error)


def link_all(folder: Path, target: Path, digest: str) -> None:
    """Make a second folder of the same files, and see that they are what they should be."""
    target.mkdir(parents=True)
    try:
        for path in folder.iterdir():
            if path.suffix != ".lock":
                files.link(path, target / path.name)
    except FileNotFoundError as error:
        raise DamagedFile(f"{folder} is gone") from error
    expect(digest_of(target), digest, folder)


def write_hashed(path: Path, write_to: Callable[[files.Write], object]) -> str:
    """Write a new file, durable on return, of what `write_to` gives; return its SHA-256."""
    digest = hashlib.sha256()

    def write_both(write: files.Write) -> None:
        def both(part: bytes) -> None:
            digest.update(part)
            write(part)

        write_to(both)

    files.write_synced(path, write_both)
    return digest.hexdigest()


def checked_bytes(folder: Path, row: SnapshotRow) -> bytes:
    """Return a vectors' file. The bytes that were hashed are the bytes that are parsed."""
    path = file_of(folder, row.dense_name, ".faiss")
    data = path.read_bytes()
    expect(hashlib.sha256(data).hexdigest(), row.dense_sha256, path)
    return data


def checked_folder(folder: Path, row: SnapshotRow) -> Path:
    """Return the BM25 folder of a published snapshot, whose bytes are what they were."""
    path = file_of(folder, row.name, ".tantivy")
    expect(digest_of(path), row.lexical_sha256, path)
    return path


def expect(digest: str, recorded: str, path: Path) -> None:
    """Raise `DamagedFile` if a digest is not the recorded one."""
    if digest != recorded:
        raise DamagedFile(f"{path} is damaged")


def file_of(folder: Path, name: str, suffix: str) -> Path:
    """Return where a published file is."""
    return (folder / "snapshots" / name).with_suffix(suffix)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, or over the names and contents of a folder's files but lock files."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    parts = [f"{p.name} {digest_of(p)}" for p in sorted(path.iterdir()) if p.suffix != ".lock"]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
