"""Cut the power after every step that is done to files; does the index open as it was committed?

    python -m bench.power_loss [--out FILE]

An index is filled, changed, compacted, given another model and backed up, while every step of
`corpus.files` is recorded on a model of a disk: what was written is lost until it is synced, and so
is a name until its folder is. After each step the disk is left as a power cut may leave it:

* `synced`: nothing but what was synced;
* `empty`, `half`: all names are there, but of what was not synced, no or half the bytes;
* `all`: everything, as after a kill.

In each of these states the newest snapshot that the store names must be sound, all must be there
that was acknowledged, and a writer must be able to go on. `store.db` stands as its last commit left
it: that a commit is durable when it returns is SQLite's promise (`synchronous=FULL`). What tantivy
writes is taken as not synced until we have synced it.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from bench.crash import Oracle, inspect
from bench.crash_writer import Change, apply, article, states_after
from bench.record import record
from corpus import ArticleStore, PullquoteError, files
from qa.backup import STORE_FILES, backup_index
from qa.index import Index, open_for_writing
from qa.search_files import fits

State = dict[str, bytes]
"""What stands in each file of a disk, by its path."""


@dataclass(eq=False)
class File:
    """Bytes, and those of them that are on the disk; None: not even that it is there."""

    data: bytes
    synced: bytes = b""


@dataclass(eq=False)
class Folder:
    """Names, and those of them that are on the disk."""

    names: dict[str, File | Folder] = field(default_factory=dict)
    synced: dict[str, File | Folder] = field(default_factory=dict)


AFTER: dict[str, tuple[bool, Callable[[File], bytes]]] = {
    "synced": (False, lambda file: file.synced),
    "empty": (True, lambda file: file.synced),
    "half": (True, lambda file: max(file.synced, file.data[: len(file.data) // 2], key=len)),
    "all": (True, lambda file: file.data),
}
"""How a power cut leaves a disk: whether names that were not synced are there, and which bytes."""


class Disk:
    """A model of a folder on a disk, kept beside the real one."""

    def __init__(self, root: Path, step: Callable[[str], None]) -> None:
        self.root = root
        self.top = Folder()
        self._step = step

    def state(self, after: str) -> State:
        """Return what a power cut leaves."""
        all_names, bytes_of = AFTER[after]
        found: State = {}

        def walk(folder: Folder, path: str) -> None:
            for name, node in (folder.names if all_names else folder.synced).items():
                if isinstance(node, Folder):
                    walk(node, f"{path}{name}/")
                else:
                    found[f"{path}{name}"] = bytes_of(node)

        walk(self.top, "")
        return found

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Record the steps of `corpus.files`."""
        with contextlib.ExitStack() as patches:
            for name in ("write", "sync", "rename", "link", "delete"):
                real = getattr(files, f"_{name}")
                patches.enter_context(patch.object(files, f"_{name}", self._watched(name, real)))
            yield

    def _watched(self, name: str, real: Callable[..., None]) -> Callable[..., None]:
        def step(*arguments: Any) -> None:
            paths = [argument for argument in arguments if isinstance(argument, Path)]
            if not all(path.is_relative_to(self.root) for path in paths):
                real(*arguments)  # a state that is being looked at
                return
            for path in filter(Path.exists, paths):
                self._see(path)  # tantivy has made it meanwhile
            real(*arguments)
            getattr(self, name)(*arguments)
            self._step(name)

        return step

    def write(self, path: Path, write_to: object) -> None:
        """Note a new file."""
        self._folder(path).names[path.name] = File(path.read_bytes())

    def sync(self, path: Path) -> None:
        """Note that a file's bytes or a folder's names are on the disk."""
        node = self._node(path)
        if isinstance(node, Folder):
            node.synced = dict(node.names)
        else:
            node.synced = node.data

    def rename(self, path: Path, target: Path) -> None:
        """Note another name."""
        self._folder(target).names[target.name] = self._folder(path).names.pop(path.name)

    def link(self, path: Path, target: Path) -> None:
        """Note a second name."""
        self._folder(target).names[target.name] = self._node(path)

    def delete(self, path: Path) -> None:
        """Note that a name is gone."""
        del self._folder(path).names[path.name]

    def _see(self, path: Path) -> None:
        """Take up what others have made or deleted, as not synced."""
        folder = self._folder(path)
        if path.is_file():
            known, data = folder.names.get(path.name), path.read_bytes()
            if not isinstance(known, File) or known.data != data:  # new, or replaced by a rename
                folder.names[path.name] = File(data)
            return
        node = folder.names.setdefault(path.name, Folder())
        assert isinstance(node, Folder)
        there = {child.name for child in path.iterdir()}
        for name in node.names.keys() - there:
            del node.names[name]
        for name in there:
            self._see(path / name)

    def _folder(self, path: Path) -> Folder:
        node = self.top
        for part in path.relative_to(self.root).parts[:-1]:
            if part not in node.names:
                # Folders are made when an index is: they have been synced long since.
                node.names[part] = node.synced[part] = Folder()
            child = node.names[part]
            assert isinstance(child, Folder)
            node = child
        return node

    def _node(self, path: Path) -> File | Folder:
        if path == self.root:
            return self.top
        return self._folder(path).names[path.name]


def script(seed: int) -> list[Change]:
    """Return additions, replacements, removals and another model."""
    rng = random.Random(seed)
    return [
        [article(f"a{number}", rng) for number in range(4)],
        [article("a1", rng), article("new", rng)],
        ["a2"],
        [],
        [article("a3", rng)],
    ]


@dataclass
class Trial:
    """A run whose every state is looked at."""

    folder: Path
    work: Path
    oracle: Oracle = field(default_factory=Oracle)
    seen: set[str] = field(default_factory=set)
    bad: list[str] = field(default_factory=list)
    steps: int = 0
    backup: str | None = None
    """Name of a backup that was acknowledged."""

    def step(self, name: str) -> None:
        """Look at all states that the disk may be in after a step."""
        self.steps += 1
        for after in AFTER:
            state = self.disk.state(after)
            for part in STORE_FILES:
                if (self.folder / "index" / part).exists():
                    state[f"index/{part}"] = (self.folder / "index" / part).read_bytes()
            what = (sorted(state.items()), sorted(self.oracle.acknowledged.items()), self.backup)
            known = hashlib.sha256(repr(what).encode()).hexdigest()
            if known not in self.seen:
                self.seen.add(known)
                self.bad += [
                    f"step {self.steps} ({name}), {after}: {problem}"
                    for problem in self.problems(state)
                ]

    def problems(self, state: State) -> list[str]:
        """Say what is wrong with an index in a state."""
        shutil.rmtree(self.work, ignore_errors=True)
        for path, data in state.items():
            place = self.work / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        try:
            if self.backup:
                with closing(ArticleStore(self.work / self.backup)) as store:
                    store.check()
            return list(_index_problems(self.work / "index", self.oracle))
        except (PullquoteError, ValueError, OSError) as error:
            return [str(error)]

    def run(self, seed: int) -> None:
        """Make the script's changes and a backup."""
        self.disk = Disk(self.folder, self.step)
        with self.disk.watching():
            with open_for_writing(self.folder / "index") as index:
                for number, change in enumerate(script(seed)):
                    self.oracle.hear(("about", states_after(change)))
                    apply(index, change)
                    self.oracle.hear(("done", states_after(change)))
                    if number == 1:
                        index.publish(anew=True)
                    self.step("acknowledged")
            backup_index(self.folder / "index", self.folder / "saved.db")
            self.backup = "saved.db"
            self.step("backup acknowledged")


def _index_problems(folder: Path, oracle: Oracle) -> Iterator[str]:
    allowed = Oracle(acknowledged=dict(oracle.acknowledged), announced=list(oracle.announced))
    with closing(Index.open(folder)) as index:
        newest = index.store.snapshots()[:1]
        if newest and not fits(folder, newest[0]):
            yield "a snapshot that is not whole was named"
    for kind, problems in inspect(folder, allowed).items():
        yield from (f"{kind}: {problem}" for problem in problems)
    with open_for_writing(folder) as index:
        change: Change = [article("next", random.Random(0))]
        apply(index, change)
        if not index.published():
            yield "nobody can go on"


@contextmanager
def renamed_before_synced() -> Iterator[None]:
    """Plant the mistake that this must find: search files are named before they are synced."""
    with (
        patch.object(files, "write_synced", lambda path, write_to: files._write(path, write_to)),
        patch.object(files, "sync_tree", lambda folder: None),
    ):
        yield


def run(seed: int) -> Trial:
    """Go through the script once, with a power cut after each step."""
    with tempfile.TemporaryDirectory() as root:
        trial = Trial(Path(root) / "disk", Path(root) / "after")
        trial.folder.mkdir()
        trial.run(seed)
    return trial


@click.command(help=__doc__)
@click.option("--seed", default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(seed: int, out: Path | None) -> None:
    began = time.monotonic()
    trial = run(seed)
    with renamed_before_synced():
        planted = run(seed)
    result = {
        "steps": trial.steps,
        "states": len(trial.seen),
        "bad": len(trial.bad),
        "examples": trial.bad[:20],
        "planted_rename_before_sync_found": len(planted.bad),
        "seconds": round(time.monotonic() - began),
    }
    record("power_loss", result, out)


if __name__ == "__main__":
    main()
