"""Snapshots: the search structures of one generation, derived from the store, checked by digest.

A snapshot whose bytes do not fit their recorded digest is never parsed: FAISS alone would load
more than half of all damaged files without a word.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import ArticleStore, SnapshotRow, StoreError
from embeddings import DenseIndex, Vectors
from qa.lexical import LexicalIndex

SNAPSHOTS_KEPT = 2
"""The newest serves; the one before stays for readers that are just opening it."""


_OWN_NAME = re.compile(r"\d{10,}-[0-9a-f]{8}\.(?:faiss|tantivy)")
"""What may be deleted; anything else in these folders is not ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What one generation is searched with; never changed once made."""

    generation: int
    dense: DenseIndex
    lexical: LexicalIndex


def build_snapshot(store: ArticleStore, lexical_folder: Path | None = None) -> Snapshot:
    """Build the search structures of the newest generation; BM25 in memory if without folder."""
    generation = store.generation()
    rows = list(store.vectors())
    dim = int(store.meta().get("dim", "1"))
    vectors = np.frombuffer(b"".join(vector for _, vector in rows), dtype="<f4")
    ids = np.array([passage_id for passage_id, _ in rows], dtype=np.int64)
    return Snapshot(
        generation=generation,
        dense=DenseIndex.build(ids, vectors.reshape(-1, dim)),
        lexical=LexicalIndex.build(store.texts(), lexical_folder),
    )


def publish_snapshot(store: ArticleStore, folder: Path) -> SnapshotRow:
    """Write a snapshot of the newest generation: staged, synced, renamed into place, then named."""
    name = f"{store.generation():010d}-{secrets.token_hex(4)}"
    staged = folder / "tmp" / name
    snapshot = build_snapshot(store, staged.with_suffix(".tantivy"))
    _write_synced(staged.with_suffix(".faiss"), snapshot.dense.to_bytes())
    row = SnapshotRow(
        generation=snapshot.generation,
        name=name,
        dense_sha256=_digest(staged.with_suffix(".faiss")),
        lexical_sha256=_digest(staged.with_suffix(".tantivy")),
        passages=len(snapshot.dense),
    )
    for suffix in (".faiss", ".tantivy"):
        staged.with_suffix(suffix).rename(_file(folder, name, suffix))
    sync_folder(folder / "snapshots")
    store.add_snapshot(row)
    _drop_old(store, folder)
    return row


def load_snapshot(folder: Path, row: SnapshotRow) -> Snapshot:
    """Read a published snapshot.

    Raises:
        StoreError: its bytes do not fit their digest.
        OSError: its files are not there.
        ValueError: tantivy cannot read its part.
    """
    dense, lexical = read_checked(folder, row)
    return Snapshot(
        generation=row.generation,
        dense=DenseIndex.from_bytes(dense),
        lexical=LexicalIndex.open(lexical),
    )


def read_checked(folder: Path, row: SnapshotRow) -> tuple[bytes, Path]:
    """Return the FAISS bytes and the BM25 folder of a published snapshot, parsing neither.

    The bytes that were hashed are the bytes that are parsed.

    Raises:
        StoreError: its bytes do not fit their digest.
        OSError: its files are not there.
    """
    dense = _file(folder, row.name, ".faiss").read_bytes()
    lexical = _file(folder, row.name, ".tantivy")
    if hashlib.sha256(dense).hexdigest() != row.dense_sha256:
        raise StoreError(f"{_file(folder, row.name, '.faiss')} is damaged")
    if _digest(lexical) != row.lexical_sha256:
        raise StoreError(f"{lexical} is damaged")
    return dense, lexical


def fits(folder: Path, row: SnapshotRow) -> bool:
    """Say whether a snapshot's bytes fit their digest, without keeping them."""
    try:
        return (
            _digest(_file(folder, row.name, ".faiss")) == row.dense_sha256
            and _digest(_file(folder, row.name, ".tantivy")) == row.lexical_sha256
        )
    except OSError:
        return False


def vector_bytes(vectors: Vectors) -> list[bytes]:
    """Return each row as little-endian float32 bytes, the form the store keeps."""
    return [row.astype("<f4").tobytes() for row in vectors]


def stray_files(store: ArticleStore, folder: Path) -> list[Path]:
    """Return files that a run which was cut short has left behind; what is not ours is not one."""
    named = {row.name for row in store.snapshots()}
    places = [folder / "snapshots", folder / "tmp"]
    paths = [path for place in places if place.exists() for path in place.iterdir()]
    return [path for path in paths if _OWN_NAME.fullmatch(path.name) and path.stem not in named]


def _drop_old(store: ArticleStore, folder: Path) -> None:
    store.drop_snapshots(row.name for row in store.snapshots()[SNAPSHOTS_KEPT:])
    for path in stray_files(store, folder):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _file(folder: Path, name: str, suffix: str) -> Path:
    return (folder / "snapshots" / name).with_suffix(suffix)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(path: Path) -> str:
    """SHA-256 of a file, or over the names and contents of a folder's files but lock files."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    parts = [f"{p.name} {_digest(p)}" for p in sorted(path.iterdir()) if p.suffix != ".lock"]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
