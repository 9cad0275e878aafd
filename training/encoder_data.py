"""SQuAD-format files to batches for the encoder: contexts that are easily mistaken stand together.

A batch holds contexts and questions about them. Every context of a batch that does not hold a
question's answer is a negative for it, and since a batch is made of contexts that retrieval
confuses, many are hard ones. A context is encoded once for all of its questions.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.squad import squad_pages
from embeddings import Vectors
from qa.lexical import LexicalIndex

SHARES = {"squadshifts_amazon": 0.5, "squadshifts_reddit": 0.5}
"""How many of a source's questions a pass sees; all where nothing is said. Shoppers and forum users
often ask what any of their texts would answer."""

HELD_OUT_SOURCES = frozenset({"squad_train_du", "squadshifts_new_wiki"})
MINED_EACH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, the context it was asked about (by index) and the answers given to it."""

    text: str
    context: int
    answers: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Contexts with their titles, and answerable questions about them."""

    contexts: Sequence[str]
    titles: Sequence[str]
    questions: Sequence[Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Contexts and questions, with what is right and what must not count as wrong."""

    contexts: Sequence[int]
    questions: Sequence[int]
    gold: NDArray[np.int64]
    """Place of each question's context in `contexts`."""
    also: NDArray[np.bool_]
    """``(questions, contexts)``: other contexts that hold one of the answers too."""


def is_held_out(title: str, share: float) -> bool:
    """Say whether a page is left out of training, to choose among runs with; decided by its title.

    Only pages of sources whose pages have many contexts.
    """
    if title.partition("/")[0] not in HELD_OUT_SOURCES:
        return False
    return int.from_bytes(sha256(title.encode()).digest()[:4]) < share * 2**32


def read_pairs(paths: Sequence[Path], *, held_out: float, take_held_out: bool = False) -> Pairs:
    """Read SQuAD-format files; pages held out are left out, or they alone are read."""
    contexts: list[str] = []
    titles: list[str] = []
    questions: list[Asked] = []
    for page in (page for path in paths for page in squad_pages(path)):
        if is_held_out(page["title"], held_out) is not take_held_out:
            continue
        source, _, name = page["title"].rpartition("/")
        titled = source in HELD_OUT_SOURCES or source == "squad_v2_other_half"
        for paragraph in page["paragraphs"]:
            questions += [
                Asked(
                    text=asked["question"].strip(),
                    context=len(contexts),
                    answers=tuple({a["text"].casefold() for a in asked["answers"]}),
                    share=SHARES.get(source, 1.0),
                )
                for asked in paragraph["qas"]
                if asked["answers"]
            ]
            contexts.append(paragraph["context"])
            titles.append(name.replace("_", " ") if titled else "")
    return Pairs(contexts=contexts, titles=titles, questions=questions)


def mined(
    pairs: Pairs, context_vectors: Vectors, question_vectors: Vectors, *, depth: int = 12
) -> list[list[int]]:
    """Return for each question the contexts that dense or BM25 search mistakes for its own."""
    lexical = LexicalIndex.build((i, "", text) for i, text in enumerate(pairs.contexts))
    folded = [text.casefold() for text in pairs.contexts]
    found = []
    for number, asked in enumerate(pairs.questions):
        scores = context_vectors @ question_vectors[number]
        nearest = np.argpartition(-scores, depth)[:depth]
        dense = nearest[np.argsort(-scores[nearest])].tolist()
        words = list(lexical.search(asked.text, depth))
        # In turns, so that both kinds of mistake are seen.
        both = dict.fromkeys(i for pair in zip(dense, words, strict=False) for i in pair)
        wrong = [
            i for i in both
            if i != asked.context and not any(answer in folded[i] for answer in asked.answers)
        ]  # fmt: skip
        found.append(wrong[:MINED_EACH])
    return found


class Batches:
    """Makes the batches of passes over the data."""

    def __init__(
        self, pairs: Pairs, negatives: Sequence[Sequence[int]], *, size: int, questions_each: int
    ) -> None:
        """Take what `mined` returned; a batch has `size` contexts."""
        self._pairs = pairs
        self._folded = [text.casefold() for text in pairs.contexts]
        self._size = size
        self._each = questions_each
        self._asked: dict[int, list[int]] = defaultdict(list)
        self._rivals: dict[int, list[int]] = defaultdict(list)
        for number, asked in enumerate(pairs.questions):
            self._asked[asked.context].append(number)
            self._rivals[asked.context] += negatives[number]

    def one_pass(self, rng: random.Random) -> Iterator[Batch]:
        """Yield batches until every context with questions was in one."""
        waiting = list(self._asked)
        rng.shuffle(waiting)
        seen: set[int] = set()
        batch: dict[int, None] = {}
        for seed in waiting:
            if seed in seen:
                continue
            rivals = list(dict.fromkeys(self._rivals[seed]))
            for context in [seed, *rng.sample(rivals, min(3, len(rivals)))]:
                batch[context] = None
                seen.add(context)
            if len(batch) >= self._size:
                yield self._batch(list(batch), rng)
                batch = {}

    def _batch(self, contexts: list[int], rng: random.Random) -> Batch:
        questions: list[int] = []
        for context in contexts:
            asked = [i for i in self._asked[context] if rng.random() < self._share(i)]
            questions += rng.sample(asked, min(self._each, len(asked)))
        places = {context: place for place, context in enumerate(contexts)}
        gold = np.array([places[self._pairs.questions[q].context] for q in questions])
        also = np.array(
            [
                [
                    any(a in self._folded[c] for a in self._pairs.questions[q].answers)
                    for c in contexts
                ]
                for q in questions
            ]
        )
        also[np.arange(len(questions)), gold] = False
        return Batch(contexts=contexts, questions=questions, gold=gold, also=also)

    def _share(self, question: int) -> float:
        return self._pairs.questions[question].share
