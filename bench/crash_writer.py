"""A process that changes an index without end, for `bench.crash` to kill; and mistakes for it."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import qa.search_files
from corpus import Article, ArticleStore
from corpus.store import schema
from embeddings import Vectors
from qa.index import Index, open_for_writing
from qa.indexer import add_articles
from qa.rebuild import rebuild
from qa.settings import Settings

ARTICLES = 40
WORDS = 120
DIM = 32


State = str | None
"""Digest of an article, or None where there is none."""

Change = list[Article] | list[str]
"""Articles to add or replace, or ids to remove; nothing of both means another model."""


class WordEncoder:
    """Hashes words: a model's part in a crash is to take time, and that is not what is tested."""

    dim = DIM
    max_tokens = 60

    def __init__(self, name: str | None = None) -> None:
        """Make an encoder whose vectors are its own; None means the first one."""
        self.name = self.fingerprint = name or "words"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words."""
        return [len(text.split()) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return ``(n, DIM)`` unit rows that differ for different texts."""
        rows = np.stack([_vector(f"{self.name} {text}") for text in texts])
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    encode_questions = encode_passages


def _vector(text: str) -> Vectors:
    seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).standard_normal(DIM, dtype=np.float32)


def changes(seed: int) -> Iterator[Change]:
    """Yield changes without end: articles to add or replace, ids to remove, or another model."""
    rng = random.Random(seed)
    while True:
        if rng.random() < 0.1:
            yield []
            continue
        names = [f"a{rng.randrange(ARTICLES)}" for _ in range(rng.randint(1, 5))]
        if rng.random() < 0.25:
            yield names
        else:
            yield [article(name, rng) for name in dict.fromkeys(names)]


def article(name: str, rng: random.Random) -> Article:
    """Make an article of random words."""
    words = [f"w{rng.randrange(1000)}" for _ in range(rng.randint(5, WORDS))]
    sentences = [" ".join(words[at : at + 9]).capitalize() + "." for at in range(0, len(words), 9)]
    return Article(
        id=name,
        title=f"About {name}",
        text=" ".join(sentences),
        source=f"/news/of/the/day/{name}.txt",
        outlet="The Courier",
    )


@contextmanager
def _no_transaction(store: ArticleStore) -> Iterator[sqlite3.Cursor]:
    yield store._connection.cursor()


def _trusting(digest: str, recorded: str, path: Path) -> None:
    """Take any bytes for what was written."""


BUGS: dict[str, tuple[Any, str, Any]] = {
    "acknowledged before commit": (None, "", None),  # see `write`
    "no transaction": (ArticleStore, "_write", _no_transaction),
    "no checksum": (qa.search_files, "expect", _trusting),
    "reused numbers": (schema, "SCHEMA", schema.SCHEMA.replace("AUTOINCREMENT", "")),
}
"""Mistakes by name: what is replaced, and by what."""


@contextmanager
def planted(bug: str | None) -> Iterator[None]:
    """Make a mistake, for a while."""
    owner, name, wrong = BUGS[bug] if bug else (None, "", None)
    with patch.object(owner, name, wrong) if owner else nullcontext():
        yield


def write(folder: str, seed: int, parent: Connection, bug: str | None = None) -> None:
    """Change an index without end, and tell the parent before and after each change."""
    early = bug == "acknowledged before commit"
    with planted(bug), open_for_writing(folder) as index:
        parent.send("ready")
        for change in changes(seed):
            states = states_after(change)
            parent.send(("about", states))
            if early:
                parent.send(("done", states))
            apply(index, change)
            if not early:
                parent.send(("done", states))


def states_after(change: Change) -> dict[str, State]:
    """Return how a change leaves the articles that it is about."""
    removed: dict[str, State] = {part: None for part in change if isinstance(part, str)}
    return removed | {part.id: part.digest for part in change if isinstance(part, Article)}


def apply(index: Index, change: Change) -> None:
    """Make one change, durable and searchable on return."""
    encoder = WordEncoder(index.encoder_name)
    articles = [a for a in change if isinstance(a, Article)]
    if articles:
        add_articles(index, encoder, articles, settings=Settings())
    elif not change:
        other = "words" if encoder.name != "words" else "other words"
        rebuild(index, WordEncoder(other), settings=Settings())
    elif index.remove([i for i in change if isinstance(i, str)]):
        index.publish()
