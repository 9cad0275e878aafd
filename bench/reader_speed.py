"""How fast the reader is, and the whole answer, beside the naive way in the same run.

    python -m bench.reader_speed --data FILE.json[.gz] [--passages 2000] [--passages 100000]

`windows_ratio`: windows a second against `transformers` in float32, on the same windows, in batches
sorted by length for both. `answer_ratio`: question to answer against sentence-transformers, an
`IndexFlatIP` and the `transformers` reader over the same number of passages, padded into one batch;
both in turn, question by question, neither having seen a question before. The collection is made of
the file's sentences, recombined to passages of five, with vectors that are noisy copies of real
ones: encoding a hundred thousand passages takes an hour and changes no question's time.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import torch

from bench.grown import RecalledVectors, recombined
from bench.naive import NaivePipeline, PeerModel, shipped_reader
from bench.record import record
from bench.squad import read_squad
from bench.timing import milliseconds, timed
from corpus import Article
from embeddings import load_encoder
from qa import Assistant, Settings, build_index
from qa.span_model import ShippedSpanModel

WINDOWS = 160
ROUNDS = 3
QUESTIONS = 60
SENTENCES_PER_ARTICLE = 5


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--passages", type=int, multiple=True, default=[2000, 100_000], show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, passages: tuple[int, ...], out: Path | None) -> None:
    listed, questions = read_squad(data)
    asked = [question.question for question in questions if question.answers][::7][:QUESTIONS]
    naive_model = PeerModel(shipped_reader())
    model = ShippedSpanModel()
    texts = [article.text for article in listed]
    result = {
        "data": data.name,
        "threads": torch.get_num_threads(),
        **_windows_ratio(model, naive_model, asked, texts),
        "answers": [_answer_ratio(count, listed, asked, model, naive_model) for count in passages],
    }
    record("reader_speed", result, out)


def _windows_ratio(
    model: ShippedSpanModel, peer: PeerModel, questions: Sequence[str], texts: Sequence[str]
) -> dict[str, Any]:
    windower = model.windower
    asked, shown = windower.tokenize(questions), windower.tokenize(texts)
    windows = [windower.windows(asked[i % len(asked)], t)[0] for i, t in enumerate(shown)][:WINDOWS]
    model.logits(windows[:8])
    peer.logits(windows[:8])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: model.logits(windows)))
        theirs.append(timed(lambda: peer.logits(windows)))
    mine, its = statistics.median(ours), statistics.median(theirs)
    return {
        "windows": len(windows),
        "tokens_per_window": round(statistics.mean(len(window) for window in windows)),
        "windows_per_s": round(len(windows) / mine, 1),
        "peer_windows_per_s": round(len(windows) / its, 1),
        "windows_ratio": round(its / mine, 2),
    }


def _answer_ratio(
    count: int,
    listed: Sequence[Article],
    questions: Sequence[str],
    model: ShippedSpanModel,
    peer: PeerModel,
) -> dict[str, Any]:
    encoder = load_encoder()
    articles = list(recombined(listed, count, SENTENCES_PER_ARTICLE))
    recalled = RecalledVectors(encoder, encoder.encode_passages([a.text for a in listed[:200]]))
    with tempfile.TemporaryDirectory() as folder:
        build_index(folder, articles, encoder=recalled)
        every = Settings(sure_from=2.0)  # as many passages as the other reads
        with Assistant.open(folder, encoder=encoder, settings=every) as assistant:
            passages = assistant.stats().passages
            naive = NaivePipeline(model, peer)
            for at in range(0, len(articles), 4096):
                texts = [article.text for article in articles[at : at + 4096]]
                naive.add(texts, recalled.encode_passages(texts))
            assistant.warm_up()
            naive.ask("warm up")
            ours, theirs = [], []
            for question in questions:
                ours.append(timed(lambda q=question: _ask(assistant, q)))  # type: ignore[misc]
                theirs.append(timed(lambda q=question: naive.ask(q)))  # type: ignore[misc]
    return {
        "passages": passages,
        "answer_ms": milliseconds(ours),
        "naive_answer_ms": milliseconds(theirs),
        "answer_ratio": round(statistics.median(theirs) / statistics.median(ours), 2),
    }


def _ask(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    if len(answer.hits) < answer.passages_found:
        raise click.ClickException("the time for reading was over: this machine is too busy")


if __name__ == "__main__":
    main()
