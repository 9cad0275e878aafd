"""Train the span reader: the default encoder's layers, taught to mark the answer in a text.

    python -m training.span_reader --data FOLDER --out RUNS/NAME [--minutes 100]

FOLDER holds `train*.json.gz` in SQuAD format. The same command trains on CPU or CUDA. It writes a
checkpoint now and then and goes on from it when started again; the result is a folder in Hugging
Face format. Word and position embeddings stay as the encoder has them, so that the reader can share
them: only the layers above are learnt, and only they have to be shipped.

Whoever gives `--minutes` gets a learning rate that falls along the clock, so that a run on a
machine of unknown speed ends well and in time; without it, it falls along `--passes`.
"""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import torch
from tokenizers import Tokenizer
from transformers import BertForQuestionAnswering

from embeddings import load_encoder
from qa.windows import Windower
from training.reader_data import read_rows
from training.run import Plan, Run
from training.wordnet import WordNet

BUNDLED = load_encoder().folder
"""Where every run starts: the default encoder, from its package."""
log = logging.getLogger("training")


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option(
    "--also",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More training files, as from training.hard_negatives.",
)
@click.option("--start", type=click.Path(path_type=Path), default=None, help="Another start.")
@click.option("--seed", default=13, show_default=True)
@click.option("--batch-size", default=32, show_default=True)
@click.option("--learning-rate", default=2e-4, show_default=True)
@click.option("--warmup", default=0.03, show_default=True, help="Share of the run.")
@click.option("--weight-decay", default=0.01, show_default=True)
@click.option("--passes", default=3.0, show_default=True, help="Passes over the data.")
@click.option("--corrupt", default=0.0, show_default=True, help="Share of corrupted questions.")
@click.option(
    "--wordnet",
    type=click.Path(path_type=Path, exists=True),
    help="WordNet's folder: more ways to corrupt.",
)
@click.option(
    "--shared",
    default=0.0,
    show_default=True,
    help="Weight of the loss shared by a question's windows; above 0, mined negatives are paired.",
)
@click.option("--minutes", type=float, help="End after this time instead.")
@click.option(
    "--crop",
    "crops",
    type=(float, int),
    multiple=True,
    default=[(0.55, 128), (1.0, 256)],
    show_default=True,
    help="Until this share of the run, windows of at most so many tokens.",
)
@click.option(
    "--precision",
    type=click.Choice(["auto", "fp32", "bf16"]),
    default="auto",
    show_default=True,
    help="auto takes what is faster here; it tries both.",
)
@click.option("--checkpoint-minutes", default=10.0, show_default=True)
def main(
    data: Path,
    also: Sequence[Path],
    wordnet: Path | None,
    out: Path,
    start: Path | None,
    precision: str,
    checkpoint_minutes: float,
    crops: Sequence[tuple[float, int]],
    **options: Any,
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    paths = [*sorted(data.glob("train*.json.gz")), *also]
    if len(paths) == len(also):
        raise click.UsageError(f"{data} holds no train*.json.gz")
    plan = Plan(
        data=[path.name for path in paths],
        wordnet=wordnet is not None,
        start=start.name if start else "all-MiniLM-L6-v2",
        crops=tuple(sorted(crops)),
        precision=_precision(precision, out / "plan.json"),
        **options,
    )
    (out / "plan.json").write_text(json.dumps(asdict(plan), indent=1) + "\n")
    with _logged_to(out / "log.txt"):
        _train(
            paths,
            out,
            start or BUNDLED,
            WordNet(wordnet) if wordnet else None,
            plan,
            checkpoint_minutes * 60,
        )


def _train(
    paths: Sequence[Path],
    out: Path,
    start: Path,
    wordnet: WordNet | None,
    plan: Plan,
    checkpoint_seconds: float,
) -> None:
    windower = Windower(
        Tokenizer.from_file(str(BUNDLED / "tokenizer.json")),
        max_tokens=max(tokens for _, tokens in plan.crops),
        stride=0,  # a row gives one crop, not every window
    )
    corpus = read_rows(
        paths,
        windower,
        corrupt=plan.corrupt,
        wordnet=wordnet,
        pair=plan.shared > 0,
        seed=plan.seed,
    )
    log.info("%d rows, plan %s", len(corpus.rows), asdict(plan))
    torch.manual_seed(plan.seed)
    run = Run(plan, load_model(start, plan.precision), out)
    run.resume()
    run.train(corpus, windower, checkpoint_seconds=checkpoint_seconds)
    run.finished().save_pretrained(out / "model")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(BUNDLED / name, out / "model")
    log.info("saved %s", out / "model")


@contextmanager
def _logged_to(path: Path) -> Iterator[None]:
    """Write the log to the terminal and to a file, which grows with every resumed run."""
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(path)]
    log.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()


def load_model(folder: Path, precision: str = "fp32") -> BertForQuestionAnswering:
    """Return the model in a folder, ready to be trained: no dropout, embeddings frozen."""
    # On a CPU, plain matrix products are what bf16 instructions speed up most.
    eager = precision == "bf16" and not torch.cuda.is_available()
    model = BertForQuestionAnswering.from_pretrained(
        folder,
        attn_implementation="eager" if eager else "sdpa",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model.bert.embeddings.requires_grad_(False)
    return model


def _precision(asked: str, plan: Path) -> str:
    """Return what was asked for; a run that goes on keeps what it began with."""
    if asked != "auto":
        return asked
    if plan.exists():
        return str(json.loads(plan.read_text())["precision"])
    return fastest_precision()


def fastest_precision() -> str:
    """Return the precision that a step takes least time in, on this machine."""
    return min(("fp32", "bf16"), key=_seconds_a_step)


def _seconds_a_step(precision: str) -> float:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    model = load_model(BUNDLED, precision).to(device, dtype)
    ids = torch.randint(1000, 20_000, (16, 128), device=device)
    seconds = []
    for _ in range(4):  # the first ones pay for allocations
        began = time.perf_counter()
        model(input_ids=ids).start_logits.float().logsumexp(-1).sum().backward()
        if device == "cuda":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


if __name__ == "__main__":
    main()
