"""Put an index and a dictionary through the same changes, thousands of times; do they stay equal?

    python -m bench.index_model [--examples 300] [--steps 40] [--out FILE]

Hypothesis chooses the changes: articles come, change, come back and go, alone and by `sync`; the
model changes, or is on its way when that is stopped; all search files are made anew, or are lost or
damaged; a writer does not come to publishing; writer and readers are opened again at any moment.
After each step a reader that has been open since the beginning and the newest one must find exactly
what the dictionary holds, and old versions must still resolve. A sequence that fails is made as
short as it can be.
"""

from __future__ import annotations

import logging
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import click
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import qa.current
import qa.encoding
import qa.snapshots
from bench.crash_writer import Change, WordEncoder, apply
from bench.record import record
from corpus import Article, ArticleError
from embeddings import Vectors
from qa import Settings
from qa.encoding import encoded
from qa.index import Index, open_for_writing
from qa.indexer import sync_articles
from qa.rebuild import rebuild
from qa.sentence_vectors import own_vectors

IDS = st.sampled_from(["a", "b", "ç/é 1", "新聞"])
WORDS = st.lists(st.sampled_from("gates storm ferry mayor bread".split()), min_size=1, max_size=9)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Draw one of a few ids with one of many texts."""
    text = ". ".join(word.capitalize() for word in draw(WORDS)) + "."
    return Article(id=draw(IDS), title="About 😀", text=text * draw(st.integers(1, 3)), source="s")


class _Stopped(Exception):
    """A rebuild was stopped."""


class _Stopping(WordEncoder):
    """Encodes one batch."""

    left = 1

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return rows, once."""
        if not self.left:
            raise _Stopped
        self.left -= 1
        return super().encode_passages(texts)


def _never(article_id: str, error: ArticleError) -> None:
    raise error


class IndexMachine(RuleBasedStateMachine):
    """An index folder, a writer, two readers, and what they should hold."""

    looks = 0
    """How often everything was compared, by all machines."""

    def __init__(self) -> None:
        super().__init__()
        self.root = tempfile.TemporaryDirectory()
        self.folder = Path(self.root.name) / "index"
        self.model: dict[str, Article] = {}
        self.versions: dict[str, Article] = {}
        """Every version that must still resolve, by its digest."""
        self.warned: list[str] = []
        self._handler = logging.Handler()
        self._handler.emit = lambda record: self.warned.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger("qa.current").addHandler(self._handler)
        self.writer = Index.open(self.folder, writable=True)
        self.first = Index.open(self.folder)
        self.reader = Index.open(self.folder)

    def teardown(self) -> None:
        """Close everything."""
        logging.getLogger("qa.current").removeHandler(self._handler)
        for index in (self.writer, self.first, self.reader):
            index.close()
        self.root.cleanup()

    def _change(self, change: Change) -> None:
        apply(self.writer, change)

    def _hold(self, added: list[Article]) -> None:
        self.model |= {article.id: article for article in added}
        self.versions |= {article.digest: article for article in added}

    def _forget(self, ids: set[str]) -> None:
        for article_id in ids:
            self.model.pop(article_id, None)
        kept = {digest: old for digest, old in self.versions.items() if old.id not in ids}
        self.versions = kept

    @rule(added=st.lists(articles(), min_size=1, max_size=3, unique_by=lambda a: a.id))
    def add(self, added: list[Article]) -> None:
        """Add or replace articles."""
        self._change(list(added))
        self._hold(added)

    @rule(ids=st.sets(IDS, min_size=1, max_size=2))
    def remove(self, ids: set[str]) -> None:
        """Remove articles that may be there."""
        self._change(sorted(ids))
        self._forget(ids)

    @rule(wanted=st.lists(articles(), max_size=3, unique_by=lambda a: a.id))
    def sync(self, wanted: list[Article]) -> None:
        """Make the index hold some articles and no others."""
        encoder = WordEncoder(self.writer.encoder_name)
        sync_articles(self.writer, encoder, wanted, settings=Settings())
        self._hold(wanted)
        self._forget(self.model.keys() - {article.id for article in wanted})

    @rule(added=st.lists(articles(), min_size=1, max_size=2, unique_by=lambda a: a.id))
    def commit_and_not_publish(self, added: list[Article]) -> None:
        """Do what a writer does that is killed after its commit."""
        encoder = WordEncoder(self.writer.encoder_name)
        self.writer.claim_model(encoder)
        for batch in encoded(added, encoder, Settings(), failed=_never):
            self.writer.add(batch)
        self._hold(added)
        for reader in (self.first, self.reader):
            reader.snapshot()  # it is given a moment, of no length here

    @rule()
    def stop_a_rebuild(self) -> None:
        """Begin with another model and stop after a few articles."""
        other = _Stopping("other words" if self.writer.encoder_name == "words" else "words")
        with suppress(_Stopped):
            rebuild(self.writer, other, settings=Settings())

    @rule()
    def change_the_model(self) -> None:
        """Build a space beside the one that serves, and let it serve."""
        self._change([])

    @rule()
    def compact(self) -> None:
        """Make all search files anew."""
        self.writer.publish(anew=True)

    @rule()
    def open_the_writer_again(self) -> None:
        """Close the writer and open it."""
        self.writer.close()
        self.writer = Index.open(self.folder, writable=True)

    @rule()
    def open_the_reader_again(self) -> None:
        """Close the newest reader and open it."""
        self.reader.close()
        self.reader = Index.open(self.folder)

    @rule(seed=st.integers(0, 9))
    def lose_search_files(self, seed: int) -> None:
        """Delete or damage a search file, and let another writer mend it."""
        files = sorted(path for path in (self.folder / "snapshots").rglob("*") if path.is_file())
        if not files:
            return
        rng = random.Random(seed)
        path = rng.choice(files)
        if rng.random() < 0.5:
            path.unlink()
        else:  # in a new file: readers have mapped the old one, and would die of a shorter one
            damaged = self.folder / "damaged"
            damaged.write_bytes(path.read_bytes()[:-1] + b"?")
            damaged.replace(path)
        self.open_the_reader_again()
        self._agrees(self.reader)
        self.warned.clear()
        self.writer.close()
        shutil.rmtree(self.folder / "tmp")
        with open_for_writing(self.folder) as index:
            index.publish()
        self.writer = Index.open(self.folder, writable=True)

    @invariant()
    def readers_find_what_the_model_holds(self) -> None:
        """Compare."""
        IndexMachine.looks += 1
        assert self.warned == []  # nothing had to be made of the stored vectors
        for reader in (self.first, self.reader):
            self._agrees(reader)

    @invariant()
    def old_versions_resolve(self) -> None:
        """Look each of them up."""
        for article in self.versions.values():
            assert self.first.store.article(article.id, article.version) == article

    def _agrees(self, reader: Index) -> None:
        store, snapshot = reader.store, reader.snapshot()
        assert {s.id: store.article(s.id) for s in store.summaries()} == self.model
        vectors = dict(store.vectors())
        assert sorted(snapshot.dense.ids.tolist()) == sorted(vectors)
        assert len(snapshot.lexical) == len(vectors)
        passages = store.passages(list(vectors))
        for passage in passages.values():
            assert passage.text == passage.span.of(self.model[passage.article_id].text)
        assert {p.article_id for p in passages.values()} == set(self.model)
        for number, vector in vectors.items():
            near, scores = snapshot.dense.search(own_vectors([vector], snapshot.dense.dim)[0], 99)
            assert dict(zip(near.tolist(), scores.tolist(), strict=True))[number] > 0.999
        found = set(snapshot.lexical.search("gates", 99))
        assert found == {n for n, p in passages.items() if "gates" in p.text.casefold()}


def run(examples: int, steps: int) -> int:
    """Run so many sequences of so many steps; return how often all was compared.

    Raises:
        AssertionError: index and dictionary differ; says after which changes.
    """
    IndexMachine.looks = 0
    with (
        patch.object(qa.current, "PUBLISHED_WITHIN_S", 0.0),
        patch.object(qa.snapshots, "LEAST_CHANGES", 3),
        patch.object(qa.encoding, "BATCH_PASSAGES", 2),
    ):
        run_state_machine_as_test(
            IndexMachine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
            ),
        )
    return IndexMachine.looks


@click.command(help=__doc__)
@click.option("--examples", default=300, show_default=True)
@click.option("--steps", default=40, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(examples: int, steps: int, out: Path | None) -> None:
    began = time.monotonic()
    looks = run(examples, steps)
    facts = {"examples": examples, "steps": steps, "looks": looks, "bad": 0}
    record("index_model", {**facts, "seconds": round(time.monotonic() - began)}, out)


if __name__ == "__main__":
    main()
