"""What this installation and an index are made of, and whether all is there, at a quick look."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shlex import quote

from corpus import IndexNotFound, PullquoteError
from embeddings import available_cores, load_encoder
from qa.index import Index
from qa.span_model import ShippedSpanModel

PACKAGES = (
    *("numpy", "faiss-cpu", "tantivy", "openvino", "sentence-transformers", "torch"),
    *("tokenizers", "gradio"),
)
_OPTIONAL = {"gradio", "sentence-transformers", "torch"}
"""What an installation can be without; a converted encoder needs none of the last two."""
WAL_RESET_MENDED = (3, 51, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the report; `sound` is None where nothing can be wrong."""

    name: str
    value: str
    sound: bool | None = None


def examine(folder: Path | str) -> list[Fact]:
    """Return what there is to know before asking for help; nothing is changed.

    A look at everything that an index holds is `verify_index`.
    """
    return [*_installation(), *_models(Path(folder)), *_index(Path(folder))]


def _installation() -> Iterator[Fact]:
    yield Fact(name="pullquote", value=_version("pullquote") or "run from its folder")
    yield Fact(name="Python", value=f"{platform.python_version()} on {platform.platform()}")
    yield Fact(name="processors", value=str(available_cores()))
    for package in PACKAGES:
        found = _version(package)
        missing = None if found or package in _OPTIONAL else False
        yield Fact(name=package, value=found or "not installed", sound=missing)
    older = sqlite3.sqlite_version_info < WAL_RESET_MENDED
    note = " (older than 3.51.3; its WAL-reset defect needs two writers, there is one)"
    yield Fact(name="SQLite", value=sqlite3.sqlite_version + note * older)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _models(folder: Path) -> Iterator[Fact]:
    def encoder() -> str:
        try:
            with closing(Index.open(folder)) as index:
                found = load_encoder(index.encoder_name)
                index.check_model(found)
        except IndexNotFound:
            found = load_encoder()
        return f"{found.name} in {found.folder}, run by {found.runtime}"

    def reader() -> str:
        model = ShippedSpanModel()
        return f"{model.name}, SHA-256 {model.sha256[:12]}…"

    yield _tried("encoder", encoder)
    yield _tried("reader", reader)


def _index(folder: Path) -> Iterator[Fact]:
    yield Fact(name="index", value=str(folder.absolute()))
    try:
        index = Index.open(folder)
    except PullquoteError as error:
        yield Fact(name="store", value=str(error), sound=False)
        return
    with closing(index):
        yield _tried("store", lambda: _held(index))
        yield from _rebuild(index)
        yield Fact(name="size", value=_sizes(folder))
        try:
            up_to_date = index.published()
        except PullquoteError:
            up_to_date = False
        files = "up to date" if up_to_date else "missing, old or damaged"
        yield Fact(name="search files", value=files, sound=up_to_date)
    writable = os.access(folder, os.W_OK)
    yield Fact(name="folder", value="writable" if writable else "read only")
    yield Fact(name="free space", value=_megabytes(shutil.disk_usage(folder).free))


def _rebuild(index: Index) -> Iterator[Fact]:
    try:
        space = index.store.space_in_building()
        left = index.store.missing_in_space(space.id) if space else 0
    except PullquoteError:  # told of as the store's
        return
    if space:
        where = f"--model {quote(space.encoder)} --index {quote(str(index.folder))}"
        how = f"pullquote rebuild {where}"
        value = f"begun with {space.encoder}, {left} articles left; go on with: {how}"
        yield Fact(name="rebuild", value=value)


def _held(index: Index) -> str:
    counts = index.store.counts()
    return (
        f"generation {index.store.generation()},"
        f" {counts['articles']} articles, {counts['passages']} passages"
    )


def _tried(name: str, what: Callable[[], str]) -> Fact:
    try:
        return Fact(name=name, value=what(), sound=True)
    except PullquoteError as error:
        return Fact(name=name, value=str(error), sound=False)


def _sizes(folder: Path) -> str:
    def size(*patterns: str) -> int:
        files = (path for pattern in patterns for path in folder.glob(pattern))
        return sum(_size(path) for path in files)

    store, search = size("store.db*"), size("snapshots/*", "snapshots/*/*")
    return f"store {_megabytes(store)}, search files {_megabytes(search)}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:  # a writer is just replacing it
        return 0


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
