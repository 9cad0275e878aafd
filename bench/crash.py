"""Kill writers at random moments; is everything that was acknowledged there, whole, and found?

    python -m bench.crash [--kills 1000] [--seed 1] [--out FILE]

A process of its own adds, replaces and removes articles in an index folder and changes its model,
without end; it is killed (SIGKILL) after a few milliseconds, the folder is looked through, and the
next one goes on in it. Before each change the writer says what it is about to do, and after it that
it is done. Counted are kills after which

* `lost`: an article is not in the state that was acknowledged last, nor in one announced since;
* `torn`: a text, a passage or a vector is not what was written, an article has not all its
  passages, or SQLite finds a page broken;
* `mixed`: what is searched is not exactly the stored passages, one does not find itself, or a
  passage has the number that another one had before.

All must be 0. A killed process tests the order of commits; that data reached the disk it cannot.
`--bug` plants a mistake that the counts must show: a test of the test.
"""

from __future__ import annotations

import multiprocessing
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import click

from bench.crash_writer import BUGS, State, WordEncoder, planted, write
from bench.record import record
from corpus import ArticleStore, PullquoteError, Span, chunk_article
from qa.index import Index
from qa.sentence_vectors import own_vectors
from qa.settings import Settings

LONGEST_LIFE_S = 0.15
DAMAGED_BYTES = 512
DAMAGED_BETWEEN = 0.5
"""How often a search file is damaged between two lives, as by a bad disk: no harm may come."""


@dataclass(slots=True)
class Oracle:
    """What may stand in the index."""

    acknowledged: dict[str, State] = field(default_factory=dict)
    announced: list[dict[str, State]] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)
    """The text of every passage that was ever seen, by its number."""
    done: int = 0

    def hear(self, message: Any) -> None:
        """Take note of what a writer said."""
        kind, states = message
        if kind == "about":
            self.announced.append(states)
        else:
            self.acknowledged |= states
            self.announced.clear()
            self.done += 1

    def settle(self, stored: dict[str, str]) -> list[str]:
        """Return the articles that are in no allowed state; what is stored is the truth then."""
        names = {*self.acknowledged, *stored, *(n for states in self.announced for n in states)}
        wrong = []
        for name in sorted(names):
            allowed = {self.acknowledged.get(name)}
            allowed |= {states[name] for states in self.announced if name in states}
            if stored.get(name) not in allowed:
                wrong.append(name)
        self.acknowledged = dict(stored)
        self.announced.clear()
        return wrong


def inspect(folder: Path, oracle: Oracle) -> dict[str, list[str]]:
    """Look through an index that nobody has open; say what is wrong, by kind."""
    with closing(Index.open(folder)) as index:
        store = index.store
        lost = oracle.settle(store.digests([s.id for s in store.summaries()]))
        torn = [*store.broken_pages(), *map(str, store.damages()), *_incomplete(store)]
        mixed = [*_strangers(index), *_renumbered(store, oracle.numbers)]
    return {"lost": lost, "torn": torn, "mixed": mixed}


def _incomplete(store: ArticleStore) -> Iterator[str]:
    encoder, settings = WordEncoder(), Settings()
    stored: dict[str, list[Span]] = {}
    for passage in store.passages([number for number, _ in store.vectors()]).values():
        stored.setdefault(passage.article_id, []).append(passage.span)
    for summary in store.summaries():
        article = store.article(summary.id)
        assert article is not None
        cut = chunk_article(
            article,
            encoder.count_tokens,
            max_tokens=encoder.max_tokens,
            overlap_sentences=settings.overlap_sentences,
        )
        if sorted(stored.get(article.id, [])) != sorted(passage.span for passage in cut):
            yield f"{article.id} has not all its passages"


def _strangers(index: Index) -> Iterator[str]:
    snapshot, vectors = index.snapshot(), list(index.store.vectors())
    if sorted(snapshot.dense.ids.tolist()) != [number for number, _ in vectors]:
        yield "FAISS holds other passages than the store"
    if len(snapshot.lexical) != len(vectors):
        yield "BM25 holds other passages than the store"
    for number, vector in vectors:
        ids, _ = snapshot.dense.search(own_vectors([vector], snapshot.dense.dim)[0], 1)
        if ids.tolist() != [number]:
            yield f"passage {number} does not find itself"


def _renumbered(store: ArticleStore, known: dict[int, str]) -> Iterator[str]:
    for number, _, text in store.texts():
        if known.setdefault(number, text) != text:
            yield f"{number} was another passage before"


def damage(folder: Path, rng: random.Random) -> None:
    """Overwrite a part of a search file."""
    vectors = sorted((folder / "snapshots").glob("*.faiss"))
    words = sorted((folder / "snapshots").glob("*.tantivy/*"))
    files = rng.choice([vectors[-1:], words])
    if not files or rng.random() > DAMAGED_BETWEEN:
        return
    path = rng.choice(files)
    data = bytearray(path.read_bytes())
    at = rng.randrange(max(1, len(data)))
    data[at : at + DAMAGED_BYTES] = rng.randbytes(len(data[at : at + DAMAGED_BYTES]))
    path.write_bytes(data)


@click.command(help=__doc__)
@click.option("--kills", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--bug", type=click.Choice(list(BUGS)), help="Plant a mistake.")
@click.option("--until-found", is_flag=True, help="Stop at the first problem.")
@click.option("--out", type=click.Path(path_type=Path))
def main(kills: int, seed: int, bug: str | None, until_found: bool, out: Path | None) -> None:
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        click.progressbar(length=kills, label="killing", width=0) as bar,
    ):
        result = run(
            Path(folder) / "index",
            kills,
            seed,
            bug=bug,
            until_found=until_found,
            progress=lambda: bar.update(1),
        )
    record("crash", {**result, "seed": seed, "seconds": round(time.monotonic() - began)}, out)


def run(
    folder: Path,
    kills: int,
    seed: int,
    *,
    bug: str | None = None,
    until_found: bool = False,
    progress: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Kill `kills` writers and return the counts; stop at the first problem if so wished."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.crash"])
    rng = random.Random(seed)
    oracle = Oracle()
    counts = {"lost": 0, "torn": 0, "mixed": 0}
    examples: list[str] = []
    mid_change = 0
    for number in range(kills):
        ours, theirs = context.Pipe()
        arguments = (str(folder), seed * 1_000_003 + number, theirs, bug)
        writer = context.Process(target=write, args=arguments, daemon=True)
        writer.start()
        theirs.close()
        # Every other one gets something done first, on a slow or busy machine too.
        changes = number % 2
        _let_live(writer, ours, oracle, changes, rng.uniform(0.0, LONGEST_LIFE_S))
        mid_change += bool(oracle.announced)
        damage(folder, rng)
        try:
            with planted(bug):
                found = inspect(folder, oracle)
        except (PullquoteError, ValueError) as error:
            found = {"torn": [str(error)]}
        for kind, problems in found.items():
            counts[kind] += bool(problems)
            examples += [f"kill {number}: {kind}: {problem}" for problem in problems]
        progress()
        if until_found and examples:
            break
    return {
        "kills": number + 1,
        **counts,
        "killed_mid_change": mid_change,
        "changes_acknowledged": oracle.done,
        "examples": examples[:20],
    }


def _let_live(writer: Any, ours: Connection, oracle: Oracle, changes: int, seconds: float) -> None:
    """Kill a writer so long after it has made so many changes; hear all it has said."""
    if ours.recv() != "ready":
        raise RuntimeError("the writer did not begin")
    until = oracle.done + changes
    while oracle.done < until:
        oracle.hear(ours.recv())
    time.sleep(seconds)
    writer.kill()
    writer.join()
    if writer.exitcode != -signal.SIGKILL:
        raise RuntimeError(f"the writer ended by itself ({writer.exitcode})")
    try:
        while True:
            oracle.hear(ours.recv())
    except (EOFError, OSError):  # a message may be cut short
        ours.close()


if __name__ == "__main__":
    main()
