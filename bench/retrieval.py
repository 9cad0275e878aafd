"""Is the passage that holds the answer found? The first stage and the reader, beside others.

    python -m bench.retrieval --data FILE.json.gz [--limit N] [--read N] [--distractors FOLDER]
        [--peers FOLDER] [--tune] [--out FILE]

Every context is an article of one closed collection; with `--distractors` it is added to a copy of
that index (bench.scale makes one). A passage is right if it holds a gold answer in its own article.
Long contexts are several passages; `contexts` counts how far down the right context is, whichever
of its passages is found: that is what is told where contexts are passages.
Beside the first stage as it ships stand its parts (`dense`: passages' vectors alone; `BM25`), their
reciprocal rank fusion, and with `--peers` (bench/peers/README.md) txtai and Haystack over the same
passages, each with all-MiniLM-L6-v2, dense and hybrid. `read` is what the reader makes of the ten
best, for every so-manieth question up to `--read`. Differences in recall@1 come with the 95 %
interval of a paired bootstrap over questions. `--tune` runs through the weights of the fusion
instead: only ever on dev data.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from bench.collection import collection
from bench.peer_runs import run_peer, saved_weights
from bench.record import record
from bench.squad import GoldQuestion, read_squad
from embeddings import load_encoder
from qa import Hit, Retriever, Settings
from qa.excerpts import to_read
from qa.found import Found
from qa.fusion import fuse
from qa.ranking import rank_hits
from qa.reader import Reader, load_reader

CUTS = (1, 5, 20)
DEPTH = 50
RRF_K = 60
RESAMPLED = 2000
PLAIN_MODEL = "all-MiniLM-L6-v2"

Ranks = NDArray[np.int64]
"""For each question the 1-based rank of the first right passage; `DEPTH + 1` if there is none."""


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--limit", type=int, help="Ask the first N answerable questions only.")
@click.option("--read", default=1500, show_default=True, help="Questions that the reader reads.")
@click.option("--distractors", type=click.Path(path_type=Path, exists=True))
@click.option("--peers", type=click.Path(path_type=Path, exists=True))
@click.option("--tune", is_flag=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(
    data: Path,
    limit: int | None,
    read: int,
    distractors: Path | None,
    peers: Path | None,
    tune: bool,
    out: Path | None,
) -> None:
    articles, questions = read_squad(data)
    asked = [question for question in questions if question.answers][:limit]
    with collection(articles, load_encoder(), beside=distractors) as retriever:
        result: dict[str, Any] = {
            "data": data.name,
            "articles": len(articles),
            "passages": len(retriever.index.snapshot().dense),
            "questions": len(asked),
        }
        found = _searched(retriever, asked)
        gold = [_gold_passages(retriever, *pair) for pair in zip(asked, found, strict=True)]
        if tune:
            result["table"] = _tuned(retriever, asked, gold)
        else:
            rankings = _rankings(found, retriever.settings)
            ranks = {name: _ranks(each, gold) for name, each in rankings.items()}
            contexts = _Contexts(retriever, found, asked)
            result["contexts"] = _compared(
                {name: contexts.ranks(each) for name, each in rankings.items()}, "pullquote"
            )
            if peers:
                ranks |= _peer_ranks(peers, retriever, asked)
            result["first_stage"] = _compared(ranks, "pullquote")
            every = range(0, len(asked), max(1, -(-len(asked) // max(1, read))))
            if read:
                result["read"] = _read(retriever, asked, found, gold, contexts, every)
    record("retrieval", result, out)


def _searched(retriever: Retriever, asked: Sequence[GoldQuestion]) -> list[Found]:
    with click.progressbar(asked, label="searching", width=0) as bar:
        return [retriever.search(question.question) for question in bar]


def _gold_passages(retriever: Retriever, question: GoldQuestion, found: Found) -> set[int]:
    passages = retriever.index.store.passages(list(found.similarity))
    return {i for i, p in passages.items() if question.found_in(p.article_id, p.span)}


class _Contexts:
    """Which context each candidate is from, and which one each question is about."""

    def __init__(
        self, retriever: Retriever, found: Sequence[Found], asked: Sequence[GoldQuestion]
    ) -> None:
        ids = {i for one in found for i in (*one.similarity, *one.dense, *one.lexical)}
        passages = retriever.index.store.passages(sorted(ids))
        self._of = {i: passage.article_id for i, passage in passages.items()}
        self._gold = [question.article_id for question in asked]

    def rank(self, number: int, ranking: Sequence[int]) -> int:
        """Return the rank of a question's context among those that its passages are from."""
        distinct = list(dict.fromkeys(self._of[i] for i in ranking))
        return rank_of(distinct, {self._gold[number]})

    def ranks(self, rankings: Sequence[Sequence[int]]) -> Ranks:
        """Return these ranks for all questions."""
        return np.array([self.rank(*pair) for pair in enumerate(rankings)])


def _rankings(found: Sequence[Found], settings: Settings) -> dict[str, list[list[int]]]:
    return {
        "pullquote": [_fused(one, settings) for one in found],
        "dense": [list(one.dense) for one in found],
        "BM25": [list(one.lexical) for one in found],
        "RRF of the two": [_reciprocal(one.dense, one.lexical) for one in found],
        "min-max of the two": [
            [i for i, _ in fuse(one.dense, one.lexical, dense_weight=0.5)] for one in found
        ],
    }


def _ranks(rankings: Sequence[Sequence[int]], gold: Sequence[set[int]]) -> Ranks:
    return np.array([rank_of(*pair) for pair in zip(rankings, gold, strict=True)])


def _fused(found: Found, settings: Settings) -> list[int]:
    weight = settings.dense_weight
    return [i for i, _ in fuse(found.similarity, found.lexical, dense_weight=weight)]


def _reciprocal(*rankings: Mapping[int, float]) -> list[int]:
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking, start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda i: (-scores[i], i))


def rank_of(ranking: Sequence[Hashable], gold: Collection[Hashable]) -> int:
    """Return the 1-based rank of the first right passage, `DEPTH + 1` if there is none."""
    return next((at for at, i in enumerate(ranking[:DEPTH], start=1) if i in gold), DEPTH + 1)


def _read(
    retriever: Retriever,
    asked: Sequence[GoldQuestion],
    found: Sequence[Found],
    gold: Sequence[set[int]],
    contexts: _Contexts,
    every: Sequence[int],
) -> dict[str, Any]:
    reader = load_reader(None, retriever.encoder)
    before, after, context = [], [], []
    with click.progressbar(every, label="reading", width=0) as bar:
        for number in bar:
            hits = retriever.hits(found[number], DEPTH)
            order = _reread(reader, asked[number].question, hits, retriever.settings)
            before.append(rank_of([hit.passage.id for hit in hits], gold[number]))
            after.append(rank_of(order, gold[number]))
            context.append(contexts.rank(number, order))
    ranks = {"re-ranked by the reader": np.array(after), "first stage": np.array(before)}
    table = _compared(ranks, "re-ranked by the reader")
    return {"questions": len(every), **table, "contexts": scores(np.array(context))}


def _reread(reader: Reader, question: str, hits: Sequence[Hit], settings: Settings) -> list[int]:
    """Order the best as what was found in them says; the others follow."""
    read, rest = hits[: settings.passages_to_read], hits[settings.passages_to_read :]
    spans = reader.read(question, to_read(read, whole=settings.passages_read_whole))
    return [hit.passage.id for hit in (*rank_hits(read, spans, reader.calibration), *rest)]


# -- figures --------------------------------------------------------------------------------------


def _compared(ranks: Mapping[str, Ranks], ours: str) -> dict[str, Any]:
    table = {}
    for name, found in ranks.items():
        table[name] = scores(found)
        if name != ours:
            table[name]["ours_better_at_1_by"] = difference(ranks[ours] == 1, found == 1)
    return table


def scores(ranks: Ranks) -> dict[str, Any]:
    """Return recall at each cut, and the mean reciprocal rank."""
    recall = {f"recall@{cut}": round(float((ranks <= cut).mean()), 4) for cut in CUTS}
    return {**recall, "MRR@10": round(float(np.where(ranks <= 10, 1 / ranks, 0).mean()), 4)}


def difference(ours: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> dict[str, Any]:
    """Return the mean difference and the 95 % interval of a paired bootstrap."""
    differences = ours.astype(float) - theirs.astype(float)
    rng = np.random.default_rng(0)
    means = [
        differences[rng.integers(len(differences), size=len(differences))].mean()
        for _ in range(RESAMPLED)
    ]
    low, high = np.quantile(means, [0.025, 0.975])
    return {
        "mean": round(float(differences.mean()), 4),
        "interval": [round(float(low), 4), round(float(high), 4)],
    }


def _tuned(
    retriever: Retriever, asked: Sequence[GoldQuestion], gold: Sequence[set[int]]
) -> list[dict[str, Any]]:
    table = []
    for share in (0.0, 0.3, 0.5, 0.6, 0.7, 1.0):
        retriever.settings = replace(retriever.settings, sentence_share=share)
        found = [retriever.search(question.question) for question in asked]
        for weight in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 1.0):
            settings = replace(retriever.settings, dense_weight=weight)
            ranks = [rank_of(_fused(f, settings), g) for f, g in zip(found, gold, strict=True)]
            row = {"sentence_share": share, "dense_weight": weight}
            table.append({**row, **scores(np.array(ranks))})
    return table


# -- peers ----------------------------------------------------------------------------------------


def _peer_ranks(
    peers: Path, retriever: Retriever, asked: Sequence[GoldQuestion]
) -> dict[str, Ranks]:
    """Let peers index the very passages and answer with the numbers of those they find."""
    store = retriever.index.store
    ids = [i for i, _, _ in store.texts()]
    passages = store.passages(ids)
    texts = [passages[i].text for i in ids]
    gold: list[set[int]] = []
    places: dict[str, list[int]] = {}
    for place, i in enumerate(ids):
        places.setdefault(passages[i].article_id, []).append(place)
    for question in asked:
        mine = places.get(question.article_id, [])
        gold.append(
            {p for p in mine if question.found_in(question.article_id, passages[ids[p]].span)}
        )
    found: dict[str, Ranks] = {}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        saved_weights(work, PLAIN_MODEL)
        task = {"texts": texts, "questions": [q.question for q in asked], "retrieve": DEPTH}
        (work / "task.json").write_text(json.dumps(task))
        for peer in ("txtai", "haystack"):
            try:
                run_peer(peers, peer, work)
            except subprocess.CalledProcessError as error:
                raise click.ClickException(f"{peer} failed: {error}") from error
            rankings = json.loads((work / f"{peer}.json").read_text())["rankings"]
            for way, lists in rankings.items():
                pairs = zip(lists, gold, strict=True)
                found[f"{peer}, {way}"] = np.array([rank_of(*pair) for pair in pairs])
    return found


if __name__ == "__main__":
    main()
