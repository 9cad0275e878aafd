"""Snapshots: the search structures of one generation, derived from the store, checked by digest.

A refresh costs what has changed. A new snapshot keeps the vectors' file of the one before and reads
from the store what came and went since; the BM25 files are linked, not copied, and added to. When
much has changed, everything is made anew (compaction), so that searching stays fast.

A snapshot whose bytes do not fit their recorded digest is never parsed: FAISS alone would load
more than half of all damaged files without a word.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from corpus import ArticleFilter, ArticleStore, SnapshotRow, Space, StoreError, files
from embeddings import DenseIndex, Ids, LayeredDenseIndex
from qa.lexical import LexicalIndex
from qa.search_files import (
    DamagedFile,
    checked_bytes,
    checked_folder,
    delete_strays,
    dense_fits,
    digest_of,
    drop_old,
    file_of,
    link_all,
    write_hashed,
)
from qa.stored_vectors import as_ids, dense_index, recall_of

LEAST_CHANGES = 4096
CHANGED_SHARE = 0.125
"""Compaction comes when so many passages and this share of all have come or gone, or when this
share has gone: a snapshot is opened, searched and scored nearly as a compact one is, and a passage
is rewritten a few times in an index's life, however large that grows."""

FILTERS_KEPT = 16
"""Questions come many to a filter, and finding its passages takes longer than searching them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What one generation is searched with; never changed once made."""

    generation: int
    space: Space | None
    """None only while nothing was ever indexed."""
    dense: LayeredDenseIndex
    lexical: LexicalIndex
    store: ArticleStore
    """Holds the passages that it finds."""
    row: SnapshotRow | None = None
    """The published files it comes from; None if made in memory."""
    _chosen: dict[ArticleFilter, Ids] = field(default_factory=dict, init=False, compare=False)
    _choosing: threading.Lock = field(default_factory=threading.Lock, init=False, compare=False)

    def chosen(self, only: ArticleFilter) -> Ids:
        """Return the passages of the articles that fit, sorted."""
        with self._choosing:  # once, however many ask
            ids = self._chosen.pop(only, None)
            if ids is None:
                assert self.space, "an index without a model holds no passages"
                ids = as_ids(self.store.searched(self.space.id, until=self.generation, only=only))
            self._chosen[only] = ids
            if len(self._chosen) > FILTERS_KEPT:
                del self._chosen[next(iter(self._chosen))]
        return ids


def build_snapshot(store: ArticleStore) -> Snapshot:
    """Build the search structures of the newest generation in memory."""
    generation, space = store.generation(), store.space()
    ids = store.searched(space.id, until=generation) if space else []
    dense = dense_index(store, ids, space.dim if space else 1)
    return Snapshot(
        generation=generation,
        space=space,
        dense=LayeredDenseIndex(dense, dense_index(store, [], dense.dim), as_ids([])),
        lexical=LexicalIndex.build(store.texts(ids)),
        store=store,
    )


def publish_snapshot(
    store: ArticleStore, folder: Path, sound_dense: str | None = None, *, anew: bool = False
) -> SnapshotRow:
    """Write a snapshot of the newest generation and name it.

    Args:
        store: Open for writing.
        folder: The index.
        sound_dense: Name of a vectors' file whose bytes this process knows to be right.
        anew: Make everything anew, however little has changed.

    Raises:
        OSError: the files cannot be written; what was published still is.
        StoreError: the store cannot be written.
    """
    space, newest = store.space(), store.snapshots()[:1]
    if space is None:
        raise StoreError(f"{folder} names no model yet")
    delete_strays(store, folder)  # what a failure has left may be what fills the disk
    base = newest[0] if newest and newest[0].space == space.id and not anew else None
    row = None
    if base and _can_be_extended(store, folder, base, sound_dense):
        try:
            row = write_snapshot(store, folder, space, store.generation(), base)
        except DamagedFile:  # noticed before it was extended
            delete_strays(store, folder)
    row = row or write_snapshot(store, folder, space, store.generation(), None)
    store.add_snapshot(row)
    drop_old(store, folder)
    return row


def write_snapshot(
    store: ArticleStore, folder: Path, space: Space, generation: int, base: SnapshotRow | None
) -> SnapshotRow:
    """Write the search files of a generation: staged, synced, renamed into place.

    Args:
        store: What to search.
        folder: The index.
        space: The vectors to search.
        generation: The newest one, or the one that is about to be committed.
        base: A sound snapshot of the same space to go on from; None to make everything anew.

    Returns:
        What `ArticleStore` shall name.
    """
    name = f"{generation:010d}-{secrets.token_hex(4)}"
    staged = folder / "tmp" / name
    ids = store.searched(space.id, since=base.generation if base else 0)
    lexical_folder = staged.with_suffix(".tantivy")
    if base:
        link_all(file_of(folder, base.name, ".tantivy"), lexical_folder, base.lexical_sha256)
        gone = store.gone(base.generation)
        lexical = LexicalIndex.extend(lexical_folder, store.texts(ids), gone)
        dense_name, dense_generation = base.dense_name, base.dense_generation
        dense_sha256, recall = base.dense_sha256, base.recall
    else:
        lexical = LexicalIndex.build(store.texts(ids), lexical_folder)
        dense = dense_index(store, ids, space.dim)
        recall = recall_of(store, dense)
        dense_sha256 = write_hashed(staged.with_suffix(".faiss"), dense.write)
        files.move(staged.with_suffix(".faiss"), file_of(folder, name, ".faiss"))
        dense_name, dense_generation = name, generation
    files.sync_tree(lexical_folder)
    digest = digest_of(lexical_folder)
    files.move(lexical_folder, file_of(folder, name, ".tantivy"))
    files.sync(folder / "snapshots")
    return SnapshotRow(
        generation=generation,
        space=space.id,
        name=name,
        dense_name=dense_name,
        dense_generation=dense_generation,
        dense_sha256=dense_sha256,
        lexical_sha256=digest,
        passages=len(lexical),
        recall=recall,
    )


def load_snapshot(
    store: ArticleStore, folder: Path, row: SnapshotRow, loaded: Snapshot | None = None
) -> Snapshot:
    """Read a published snapshot; what `loaded` has of it already is not read again.

    Raises:
        StoreError: its bytes do not fit their digest, or it does not hold what it should.
        OSError: its files are not there.
        ValueError: tantivy cannot read its part.
    """
    if loaded and loaded.row and loaded.row.dense_name == row.dense_name:
        base = loaded.dense.base
    else:
        base = DenseIndex.from_bytes(checked_bytes(folder, row))
    lexical_folder = checked_folder(folder, row)
    lexical = LexicalIndex.open(lexical_folder)
    dense = _layered(store, base, row, row.generation)
    removed_since = len(store.gone(row.generation))  # their vectors may have left the store
    if len(lexical) != row.passages or not 0 <= row.passages - len(dense) <= removed_since:
        raise StoreError(f"{lexical_folder} and the vectors do not hold the same passages")
    return Snapshot(
        generation=row.generation,
        space=store.space_of(row),
        dense=dense,
        lexical=lexical,
        store=store,
        row=row,
    )


def extend_snapshot(store: ArticleStore, folder: Path, old: Snapshot) -> Snapshot:
    """Bring a published snapshot up to the newest generation, for this process.

    Raises:
        StoreError, OSError, ValueError: it cannot be.
    """
    generation, row = store.generation(), old.row
    if row is None or old.space != store.space():
        raise StoreError("these search files cannot be extended")
    # What is mapped can be read when its names are gone, so nothing is left behind by a kill.
    with tempfile.TemporaryDirectory(prefix="pullquote-") as private:
        copy = Path(private) / "tantivy"
        link_all(file_of(folder, row.name, ".tantivy"), copy, row.lexical_sha256)
        texts = store.texts(store.searched(row.space, since=row.generation, until=generation))
        lexical = LexicalIndex.extend(copy, texts, store.gone(row.generation, generation))
    dense = _layered(store, old.dense.base, row, generation)
    if len(dense) != len(lexical) and store.generation() == generation:
        raise StoreError("the search files and the vectors do not hold the same passages")
    return replace(old, generation=generation, dense=dense, lexical=lexical)


def _can_be_extended(
    store: ArticleStore, folder: Path, base: SnapshotRow, sound_dense: str | None
) -> bool:
    came = len(store.searched(base.space, since=base.dense_generation))
    went = len(store.gone(base.dense_generation))
    share = CHANGED_SHARE * base.passages
    # What went still counts for BM25's idea of how rare a word is.
    much = came + went > LEAST_CHANGES + share or went > share
    return not much and (base.dense_name == sound_dense or dense_fits(folder, base))


def _layered(
    store: ArticleStore, base: DenseIndex, row: SnapshotRow, generation: int
) -> LayeredDenseIndex:
    """Lay over a vectors' file what has changed between its generation and another."""
    added = store.searched(row.space, since=row.dense_generation, until=generation)
    gone = np.intersect1d(base.ids, as_ids(store.gone(row.dense_generation, generation)))
    return LayeredDenseIndex(base, dense_index(store, added, base.dim), gone)
