"""How building, memory, disk and question time grow with a collection, up to a million passages.

    python -m bench.scale --data FILE.json.gz [--passages N ...] [--encoded-up-to N]
        [--keep FOLDER] [--out FILE]

Articles are real sentences of the data's contexts, put together anew, ten to an article. Up to
`--encoded-up-to` passages every one is encoded; larger collections get noisy copies of the vectors
of the largest one that was, sentences' too, and `build_with_encoding_s` is extrapolated from its
rate.
Each size is built in a process of its own and asked in another, so that peaks of memory are theirs;
`serving_mb` is what opening the index and asking takes beside the models. Questions are the data's;
recall@10 compares the dense search with all stored vectors. With `--keep` the indexes stay, as
FOLDER/PASSAGES, and those that are there are not built again.
"""

from __future__ import annotations

import json
import resource
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import numpy as np

from bench.grown import RecalledParts, recombined
from bench.record import record
from bench.squad import read_squad
from bench.timing import milliseconds, timed
from corpus import Article
from embeddings import ModelEncoder, Vectors, load_encoder
from qa import Assistant, Retriever, build_index
from qa.index import Index
from qa.sentence_vectors import own_vectors, sentence_vectors

SIZES = (10_000, 100_000, 1_000_000)
SENTENCES_PER_ARTICLE = 10
QUESTIONS, ANSWERED = 300, 60
KNOWN_SENTENCES = 20_000
NEAREST = 10


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--passages", "sizes", type=int, multiple=True, default=SIZES, show_default=True)
@click.option("--encoded-up-to", default=100_000, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path))
def main(
    data: Path, sizes: Sequence[int], encoded_up_to: int, keep: Path | None, out: Path | None
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = keep or Path(temporary)
        table: list[dict[str, Any]] = []
        known: Path | None = None
        for size in sorted(sizes):
            folder = root / str(size)
            encoded = size <= encoded_up_to
            known = folder if encoded else known
            built = _built(data, folder, size, None if encoded else known)
            disk = {"disk_bytes_per_passage": _disk(folder, built["passages"])}
            table.append({**built, **disk, **_alone(_asked, data, folder)})
            click.echo(json.dumps(table[-1]), err=True)
    record("scale", {"data": data.name, "sizes": table, **_growth(table)}, out)


def _growth(table: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Compare the two largest sizes; say how long building takes at the rate with encoding."""
    measured = [row for row in table if row["encoded"]]
    rate = measured[-1]["passages"] / measured[-1]["build_s"] if measured else 0.0
    for row in table:
        if not row["encoded"] and rate:
            row["build_with_encoding_s"] = round(row["passages"] / rate)
    if len(table) < 2:
        return {}
    before, last = (row["retrieval_ms"]["p50"] for row in table[-2:])
    return {"retrieval_growth": round(last / before, 2)}


def _alone(action: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
    """Run something in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(action, *given).result()


# -- building -------------------------------------------------------------------------------------


def _built(data: Path, folder: Path, size: int, known: Path | None) -> dict[str, Any]:
    """Return how it went, from when it was done if it is there already."""
    noted = folder / "bench.json"
    if not noted.exists():
        shutil.rmtree(folder, ignore_errors=True)
        result = _alone(_build, data, folder, size, known)
        noted.write_text(json.dumps(result))
    found: dict[str, Any] = json.loads(noted.read_text())
    return found


def _build(data: Path, folder: Path, size: int, known: Path | None) -> dict[str, Any]:
    listed, _ = read_squad(data)
    encoder: Any = load_encoder()
    if known:
        encoder = _recalled(encoder, known)
    per_article = _passages_per_article(folder, listed)
    articles = recombined(listed, round(size / per_article), SENTENCES_PER_ARTICLE)
    before = _resident_mb("VmRSS")
    seconds = timed(lambda: build_index(folder, articles, encoder=encoder))
    with closing(Index.open(folder)) as index:
        passages = index.store.counts()["passages"]
    return {
        "passages": passages,
        "encoded": known is None,
        "build_s": round(seconds, 1),
        "passages_per_s": round(passages / seconds, 1),
        "building_mb": round(_peak_mb()),
        "building_mb_before": round(before),
    }


def _recalled(encoder: ModelEncoder, known: Path) -> RecalledParts:
    """Return what gives noisy copies of an index's vectors."""
    with closing(Index.open(known)) as index:
        stored = [data for _, data in index.store.vectors()]
    sentences = [sentence_vectors(data, encoder.dim)[:1] for data in stored[:KNOWN_SENTENCES]]
    return RecalledParts(encoder, own_vectors(stored, encoder.dim), np.concatenate(sentences))


def _passages_per_article(folder: Path, listed: Sequence[Article]) -> float:
    """Build a small index to see how many passages so many sentences come to."""
    trial = folder.with_name(folder.name + ".trial")
    articles = list(recombined(listed, 100, SENTENCES_PER_ARTICLE))
    build_index(trial, articles)
    with closing(Index.open(trial)) as index:
        passages = int(index.store.counts()["passages"])
    shutil.rmtree(trial)
    return passages / len(articles)


def _disk(folder: Path, passages: int) -> dict[str, int]:
    with closing(Index.open(folder)) as index:
        row = index.store.snapshots()[0]
    parts = {
        "store": [folder / "store.db"],
        "vectors": [folder / "snapshots" / f"{row.dense_name}.faiss"],
        "words": list((folder / "snapshots" / f"{row.name}.tantivy").iterdir()),
    }
    sizes = {
        name: round(sum(path.stat().st_size for path in paths) / passages)
        for name, paths in parts.items()
    }
    return {**sizes, "all": sum(sizes.values())}


# -- asking ---------------------------------------------------------------------------------------


def _asked(data: Path, folder: Path) -> dict[str, Any]:
    _, golds = read_squad(data)
    step = max(1, len(golds) // QUESTIONS)
    questions = [gold.question for gold in golds[::step]][:QUESTIONS]
    encoder = load_encoder()
    encoder.encode_questions(["warm up"])
    with Assistant.open(folder, encoder=encoder) as assistant:
        assistant._reader.warm_up()  # the models are not the index's
        before = _resident_mb("VmRSS"), _resident_mb("RssAnon")
        open_s = timed(lambda: assistant.ask("When was the new harbour opened?"))
        retriever = assistant._retriever
        retrieval = [timed(lambda q=q: retriever.retrieve(q)) for q in questions]  # type: ignore[misc]
        answers = []
        for question in questions[:ANSWERED]:
            encoder.forget_questions()
            answers.append(timed(lambda q=question: assistant.ask(q)))  # type: ignore[misc]
        after = _resident_mb("VmRSS"), _resident_mb("RssAnon")
        return {
            "first_answer_s": round(open_s, 2),
            "retrieval_ms": milliseconds(retrieval),
            **_parts(retriever, questions),
            "answer_ms": milliseconds(answers),
            "serving_mb": round(after[0] - before[0]),
            "serving_anonymous_mb": round(after[1] - before[1]),
            "recall@10": _recall(retriever, questions),
        }


def _parts(retriever: Retriever, questions: Sequence[str]) -> dict[str, Any]:
    """Time the two searches alone."""
    snapshot = retriever.index.snapshot()
    vectors = retriever.encoder.encode_questions(questions)
    dense, lexical = [], []
    for question, vector in zip(questions, vectors, strict=True):
        dense.append(timed(lambda v=vector: snapshot.dense.search(v, 50)))  # type: ignore[misc]
        lexical.append(timed(lambda q=question: snapshot.lexical.search(q, 50)))  # type: ignore[misc]
    return {"dense_ms": milliseconds(dense), "lexical_ms": milliseconds(lexical)}


def _recall(retriever: Retriever, questions: Sequence[str]) -> float:
    """Compare the dense search's best with the best of all vectors that are stored."""
    snapshot = retriever.index.snapshot()
    asked = retriever.encoder.encode_questions(questions)
    best: list[list[tuple[float, int]]] = [[] for _ in questions]
    block: list[tuple[int, bytes]] = []

    def compare() -> None:
        vectors: Vectors = own_vectors([data for _, data in block], snapshot.dense.dim)
        products = asked @ vectors.T
        at = np.argpartition(-products, min(NEAREST, len(block) - 1), axis=1)[:, :NEAREST]
        for number, (row, places) in enumerate(zip(products, at, strict=True)):
            both = [*best[number], *((float(row[p]), block[p][0]) for p in places)]
            best[number] = sorted(both, reverse=True)[:NEAREST]
        block.clear()

    for pair in snapshot.store.vectors():
        block.append(pair)
        if len(block) == 20_000:
            compare()
    if block:
        compare()
    shares = []
    for vector, nearest in zip(asked, best, strict=True):
        found, _ = snapshot.dense.search(vector, retriever.settings.search_depth)
        shares.append(len({i for _, i in nearest} & set(found.tolist())) / len(nearest))
    return round(float(np.mean(shares)), 4)


def _resident_mb(field: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field + ":"))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
