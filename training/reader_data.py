"""SQuAD-format training files to examples of the span reader: sources, shares and crops."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.squad import squad_pages
from qa.windows import Tokens, Window, Windower
from training.corruption import corrupted
from training.wordnet import WordNet

ANSWERABLE = {"squadshifts_amazon": 0.5, "squadshifts_reddit": 0.5}
MADE = {"squadshifts_amazon": 0.0, "squadshifts_reddit": 0.0}
MADE_OTHERWISE = 0.6
ENCYCLOPAEDIC = frozenset(
    {"squad_train_du", "squad_train_bits", "squad_v2_other_half", "squadshifts_new_wiki"}
)
MINED = "mined"
"""The source of what `training.hard_negatives` wrote."""

UNANSWERABLE = {"squad_v2_other_half": 2.0, "clapnq_noanswer": 2.0, MINED: 0.2}
"""How often a row is seen in a pass, by its source; 1 where nothing is said. A share below 1 takes
other rows in each pass. Negatives that were made by pairing a question with a similar text are
noisier than the real ones, those of the shop and forum texts most."""


TWINS = 2
LEAST_TEXT_TOKENS = 32
"""Shown beside the longest question, even where that exceeds the crop."""

Asked = tuple[str, tuple[int, int] | None, float]
"""A question, the place of its answer or None, and its share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question over a context (both by index), with its first gold answer or none."""

    question: int
    context: int
    answer: tuple[int, int] | None
    share: float
    rivals: tuple[int, ...] = ()
    """Contexts that were retrieved for the question and do not answer it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Tokenised questions and contexts, and the rows that pair them."""

    questions: Sequence[Tokens]
    contexts: Sequence[Tokens]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window and the tokens of it where the answer starts and ends; 0 and 0 mean none."""

    window: Window
    start: int
    end: int
    question: int
    """Windows of one question in one batch are rivals."""


def read_rows(
    paths: Sequence[Path],
    windower: Windower,
    *,
    corrupt: float = 0.0,
    wordnet: WordNet | None = None,
    pair: bool = False,
    seed: int = 0,
) -> Corpus:
    """Read and tokenise SQuAD-format files; a row whose answer has no tokens is left out.

    Args:
        paths: The files.
        windower: Tokenises.
        corrupt: How often a pass sees a corrupted twin of an answerable encyclopaedic question.
        wordnet: Knows more ways to corrupt.
        pair: Mined negatives are rivals of their question's row instead of rows of their own.
        seed: Decides the corruptions.
    """
    questions: list[str] = []
    contexts: list[str] = []
    rows: list[Row] = []
    mined: set[int] = set()
    rng = random.Random(seed)
    for page in (page for path in paths for page in squad_pages(path)):
        source = page["title"].partition("/")[0]
        texts = [paragraph["context"] for paragraph in page["paragraphs"]]
        for paragraph in page["paragraphs"]:
            if source == MINED:
                mined.add(len(contexts))
            contexts.append(paragraph["context"])
            asked = [_asked(gold, source) for gold in paragraph["qas"]]
            if corrupt and source in ENCYCLOPAEDIC:
                twin = partial(
                    corrupted, context=contexts[-1], others=texts, rng=rng, wordnet=wordnet
                )
                asked += _twins(asked, twin, corrupt)
            for question, answer, share in asked:
                row = Row(
                    question=len(questions), context=len(contexts) - 1, answer=answer, share=share
                )
                questions.append(question)
                rows.append(row)
    tokens = windower.tokenize(contexts)
    usable = [row for row in rows if _is_usable(row, tokens[row.context])]
    return Corpus(
        questions=windower.tokenize(questions),
        contexts=tokens,
        rows=_paired(usable, questions, mined) if pair else usable,
    )


def _paired(rows: Sequence[Row], questions: Sequence[str], mined: Set[int]) -> list[Row]:
    """Return the rows that were not mined, with the contexts mined for their questions."""
    rivals: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.context in mined:
            rivals[questions[row.question]].append(row.context)
    return [
        replace(row, rivals=tuple(rivals.get(questions[row.question], ()))) if row.answer else row
        for row in rows
        if row.context not in mined
    ]


def _asked(gold: Mapping[str, Any], source: str) -> Asked:
    answer = gold["answers"][0] if gold["answers"] else None
    start = answer["answer_start"] if answer else 0
    return (
        gold["question"].strip(),
        (start, start + len(answer["text"])) if answer else None,
        _share(source, bool(answer), bool(gold.get("made"))),
    )


def _twins(asked: Sequence[Asked], twin: Callable[[str], str | None], share: float) -> list[Asked]:
    """Return `TWINS` corrupted questions for each answerable one; they share its share."""
    made = (twin(question) for question, answer, _ in asked if answer for _ in range(TWINS))
    return [(question, None, share / TWINS) for question in made if question]


def _is_usable(row: Row, text: Tokens) -> bool:
    return len(text) > 0 and (row.answer is None or token_span(text, row.answer) is not None)


def _share(source: str, answerable: bool, made: bool) -> float:
    if answerable:
        return ANSWERABLE.get(source, 1.0)
    if made:
        return MADE.get(source, MADE_OTHERWISE)
    return UNANSWERABLE.get(source, 1.0)


def token_span(text: Tokens, answer: tuple[int, int]) -> tuple[int, int] | None:
    """Return the first and last token that an answer touches; None if it touches none."""
    first = int(np.searchsorted(text.ends, answer[0], side="right"))
    last = int(np.searchsorted(text.starts, answer[1], side="left")) - 1
    return (first, last) if first <= last else None


def one_pass(corpus: Corpus, rng: random.Random) -> list[Row]:
    """Return the rows of one pass over the data, shuffled; shares decide who is in it."""
    rows = []
    for row in corpus.rows:
        whole, part = divmod(row.share, 1)
        rows += [row] * (int(whole) + (rng.random() < part))
    rng.shuffle(rows)
    return rows


def batches(
    corpus: Corpus,
    windower: Windower,
    rng: random.Random,
    *,
    batch_size: int,
    crop_tokens: int,
    pool: int = 50,
) -> Iterator[list[Example]]:
    """Yield the batches of one pass, each of examples of about the same length.

    Args:
        corpus: What to draw from.
        windower: Cuts the windows.
        rng: Decides order and crops.
        batch_size: Examples in a batch; the last one may be smaller.
        crop_tokens: Longest window; a longer text is cropped at random around the answer.
        pool: How many batches are sorted together.
    """
    rows = one_pass(corpus, rng)
    for at in range(0, len(rows), batch_size * pool):
        together = [
            [example(corpus, each, windower, rng, crop_tokens) for each in _with_a_rival(row, rng)]
            for row in rows[at : at + batch_size * pool]
        ]
        together.sort(key=lambda examples: max(len(e.window) for e in examples))
        cut = list(_full(together, batch_size))
        rng.shuffle(cut)
        yield from cut


def _with_a_rival(row: Row, rng: random.Random) -> list[Row]:
    """Return a row and, if it has rivals, its question over one of them."""
    if not row.rivals:
        return [row]
    return [row, Row(question=row.question, context=rng.choice(row.rivals), answer=None, share=0)]


def _full(together: Sequence[Sequence[Example]], batch_size: int) -> Iterator[list[Example]]:
    """Yield batches of at most `batch_size`, without parting what belongs together."""
    batch: list[Example] = []
    for examples in together:
        if batch and len(batch) + len(examples) > batch_size:
            yield batch
            batch = []
        batch.extend(examples)
    yield batch


def example(
    corpus: Corpus, row: Row, windower: Windower, rng: random.Random, crop_tokens: int
) -> Example:
    """Crop a row's context to one window that holds its answer, and mark the answer."""
    question, text = corpus.questions[row.question], corpus.contexts[row.context]
    room = windower.room(len(question)) - windower.max_tokens + crop_tokens
    room = max(room, LEAST_TEXT_TOKENS)
    gold = token_span(text, row.answer) if row.answer else None
    low, high = gold or (rng.randrange(len(text)),) * 2
    high = min(high, low + room - 1)
    first = rng.randint(max(0, high - room + 1), max(0, min(low, len(text) - room)))
    window = windower.window(question, text, first, min(first + room, len(text)))
    if gold is None:
        return Example(window=window, start=0, end=0, question=row.question)
    return Example(
        window=window,
        start=window.text_at + low - first,
        end=window.text_at + high - first,
        question=row.question,
    )
