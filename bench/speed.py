"""How fast, beside peers in the same run: encoding, indexing, opening, answering.

    python -m bench.speed [--quick] [--data FILE.json[.gz]] [--peers FOLDER] [--out FILE]

The last line is one JSON object. Peer (a) is the naive shape (bench/naive.py), in this process,
with the weights that ship. `--peers` names a folder with virtual environments `txtai` and
`haystack` (bench/peers/README.md); they get the same weights as folders of files, the same
passages and questions, and as many threads. Texts are the sample corpus, cut as it is indexed, or
the contexts of a SQuAD-format file. `--quick` encodes fewer texts and asks fewer questions.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

from bench.naive import NaivePipeline, PeerModel, shipped_reader
from bench.peer_runs import run_peer, saved_weights
from bench.questions import load_questions
from bench.record import record
from bench.squad import read_squad
from bench.timing import milliseconds, timed
from corpus import Article, chunk_article, find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, SAMPLE_QUESTIONS
from embeddings import ModelEncoder, Vectors, available_cores, load_encoder
from qa import Assistant, Retriever, Settings, build_index
from qa.index import Index
from qa.sentence_vectors import own_vectors
from qa.span_model import ShippedSpanModel

ROUNDS = 3
QUICK_TEXTS, QUICK_QUESTIONS = 96, 16
MOST_QUESTIONS = 60
AT_ONCE = 8
PEERS = ("txtai", "haystack")


@click.command(help=__doc__)
@click.option("--quick", is_flag=True)
@click.option("--data", type=click.Path(path_type=Path, exists=True))
@click.option("--peers", type=click.Path(path_type=Path, exists=True))
@click.option("--out", type=click.Path(path_type=Path))
def main(quick: bool, data: Path | None, peers: Path | None, out: Path | None) -> None:
    articles, questions = _squad(data) if data else _sample()
    questions = questions[: QUICK_QUESTIONS if quick else MOST_QUESTIONS]
    encoder = load_encoder()
    load_s = timed(lambda: encoder.dim)
    passages = _passages(articles, encoder)
    texts = passages[:: max(1, len(passages) // QUICK_TEXTS)] if quick else passages
    naive = NaivePipeline(ShippedSpanModel(), PeerModel(shipped_reader()))
    naive.encoder.encode_passages(texts[:4])
    encoder.encode_passages(texts)
    encoding = _encoding(encoder, naive, texts, rounds=1 if quick else ROUNDS)
    result: dict[str, Any] = {
        "data": data.name if data else "sample corpus",
        "threads": {"ours": available_cores(), "torch": torch.get_num_threads()},
        "encoder": encoder.runtime,
        "model_load_s": round(load_s, 2),
        **encoding,
    }
    with tempfile.TemporaryDirectory() as folder:
        index_s = timed(lambda: build_index(folder, articles, encoder=encoder))
        unchanged_s = timed(lambda: build_index(folder, articles, encoder=encoder))
        result |= {
            "articles": len(articles),
            "passages": len(passages),
            "indexed_passages_per_s": round(len(passages) / index_s, 1),
            "unchanged_articles_per_s": round(len(articles) / unchanged_s),
        }
        naive.add(passages, _stored(folder, encoder))
        result |= _answers(folder, naive, questions, sustained=not quick)
        result["new_process_to_answer_s"] = round(
            timed(lambda: _ask_in_new_process(folder, questions[0])), 2
        )
    if peers:
        result["peers"] = _peers(peers, encoder, texts, questions, result)
    record("speed", result, out)


def _sample() -> tuple[list[Article], list[str]]:
    articles = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    asked = [gold["question"] for gold in load_questions(SAMPLE_QUESTIONS) if not gold["history"]]
    return articles, asked


def _squad(path: Path) -> tuple[list[Article], list[str]]:
    articles, questions = read_squad(path)
    return articles, [question.question for question in questions if question.answers][::7]


def _passages(articles: Sequence[Article], encoder: ModelEncoder) -> list[str]:
    settings = Settings()
    return [
        f"{passage.heading}\n{passage.text}" if passage.heading else passage.text
        for article in articles
        for passage in chunk_article(
            article,
            encoder.count_tokens,
            max_tokens=settings.max_passage_tokens,
            overlap_sentences=settings.overlap_sentences,
        )
    ]


def _encoding(
    encoder: ModelEncoder, naive: NaivePipeline, texts: Sequence[str], *, rounds: int
) -> dict[str, Any]:
    """Encode the same texts with both, in turn."""
    ours, theirs = [], []
    vectors: list[Vectors] = []
    for _ in range(rounds):
        ours.append(timed(lambda: vectors.append(encoder.encode_passages(texts))))
        theirs.append(timed(lambda: vectors.append(naive.encoder.encode_passages(texts))))
    tokens = sum(encoder.count_tokens(texts))
    cosines = (vectors[0] * vectors[1]).sum(axis=1)
    mine, its = statistics.median(ours), statistics.median(theirs)
    peak = _peak_flops()
    return {
        "encoding_ratio": round(its / mine, 2),
        "cosine_mean": round(float(cosines.mean()), 6),
        "cosine_min": round(float(cosines.min()), 6),
        "encoded_passages_per_s": round(len(texts) / mine, 1),
        "encoded_tokens_per_s": round(tokens / mine),
        "naive_passages_per_s": round(len(texts) / its, 1),
        "matmul_gflops": {name: round(value / 1e9) for name, value in peak.items()},
        "share_of_peak": {
            name: round(_flops(encoder, tokens, len(texts)) / mine / value, 3)
            for name, value in peak.items()
        },
    }


def _stored(folder: str, encoder: ModelEncoder) -> Vectors:
    """Return the vectors of an index, in the order of its passages."""
    with closing(Index.open(folder)) as index:
        return own_vectors([data for _, data in index.store.vectors()], encoder.dim)


def _flops(encoder: ModelEncoder, tokens: int, texts: int) -> float:
    """Count the multiplications and additions of matrix products: 6 layers, attention with them."""
    width, grown, layers = encoder.dim, 4 * encoder.dim, 6
    each = 2 * (4 * width * width + 2 * width * grown) + 4 * (tokens / texts) * width
    return tokens * layers * each


def _peak_flops() -> dict[str, float]:
    """Measure what matrix products of the encoder's shape reach, by number format."""
    found = {}
    for name, dtype in {"float32": torch.float32, "bf16": torch.bfloat16}.items():
        left, right = torch.ones(2048, 1536, dtype=dtype), torch.ones(1536, 1536, dtype=dtype)
        seconds = min(timed(lambda x=left, y=right: x @ y) for _ in range(8))  # type: ignore[misc]
        found[name] = 2 * 2048 * 1536 * 1536 / seconds
    return found


def _answers(
    folder: str, naive: NaivePipeline, questions: Sequence[str], *, sustained: bool
) -> dict[str, Any]:
    """Ask both in turn; neither has seen a question before."""
    encoder = load_encoder()
    with (
        Assistant.open(folder, encoder=encoder) as assistant,
        Assistant.open(folder, encoder=encoder, settings=Settings(sure_from=2.0)) as thorough,
        Retriever.open(folder, encoder=encoder) as retriever,
    ):
        open_s = timed(assistant.warm_up)
        assistant.ask("warm up")
        naive.ask("warm up")
        ours, theirs, found = [], [], []
        for question in questions:
            found.append(timed(lambda q=question: retriever.retrieve(q)))  # type: ignore[misc]
            encoder.forget_questions()
            ours.append(timed(lambda q=question: assistant.ask(q)))  # type: ignore[misc]
            theirs.append(timed(lambda q=question: naive.ask(q)))  # type: ignore[misc]
        result = {
            "open_s": round(open_s, 3),
            "answer_p50_ms": milliseconds(ours)["p50"],
            "answer_ms": milliseconds(ours),
            "naive_answer_ms": milliseconds(theirs),
            "retrieval_ms": milliseconds(found),
            "answer_ratio": round(statistics.median(theirs) / statistics.median(ours), 2),
        }
        if sustained:
            thorough.ask("warm up")
            every = [timed(lambda q=q: thorough.ask(q)) for q in questions]  # type: ignore[misc]
            result["answer_all_read_ms"] = milliseconds(every)
            encoder.forget_questions()
            with ThreadPoolExecutor(AT_ONCE) as threads:
                seconds = timed(lambda: list(threads.map(assistant.ask, questions)))
            result["questions_per_s_8_at_once"] = round(len(questions) / seconds, 1)
        return result


def _ask_in_new_process(folder: str, question: str) -> None:
    command = [sys.executable, "-m", "qa.interfaces.cli", "ask", question, "--index", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _peers(
    folder: Path,
    encoder: ModelEncoder,
    texts: Sequence[str],
    questions: Sequence[str],
    ours: dict[str, Any],
) -> dict[str, Any]:
    """Run each peer in its own environment, with the same weights."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        saved_weights(work)
        (work / "task.json").write_text(json.dumps({"texts": texts, "questions": questions}))
        for peer in PEERS:
            began = time.perf_counter()
            run_peer(folder, peer, work)
            result = json.loads((work / f"{peer}.json").read_text())
            answers = result.pop("answer_s", None)
            vectors = np.load(work / f"{peer}.npy")
            mine = encoder.encode_passages(list(texts[: len(vectors)]))
            found[peer] = {
                **result,
                "cosine_to_ours": round(float((vectors * mine).sum(axis=1).mean()), 5),
                "indexing_ratio": round(
                    ours["encoded_passages_per_s"] / result["passages_per_s"], 2
                ),
                "wall_s": round(time.perf_counter() - began, 1),
            }
            if answers:
                median = statistics.median(answers) * 1000
                found[peer] |= {
                    "answer_ms": milliseconds(answers),
                    "answer_ratio": round(median / ours["answer_p50_ms"], 2),
                }
    return found


if __name__ == "__main__":
    main()
