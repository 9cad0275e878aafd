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
from qa.span_model import multiplies_bf16
from qa.windows import Windower
from training.reader_data import read_rows
from training.run import Plan, Run

BUNDLED = load_encoder().folder
"""Where every run starts: the default encoder, from its package."""
log = logging.getLogger("training")


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--start", type=click.Path(path_type=Path), default=None, help="Another start.")
@click.option("--seed", default=13, show_default=True)
@click.option("--batch-size", default=32, show_default=True)
@click.option("--learning-rate", default=2e-4, show_default=True)
@click.option("--warmup", default=0.03, show_default=True, help="Share of the run.")
@click.option("--weight-decay", default=0.01, show_default=True)
@click.option("--passes", default=3.0, show_default=True, help="Passes over the data.")
@click.option("--corrupt", default=0.0, show_default=True, help="Share of corrupted questions.")
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
    help="auto takes bf16 on CUDA and where the CPU multiplies matrices in it (AMX).",
)
@click.option("--checkpoint-minutes", default=10.0, show_default=True)
def main(
    data: Path,
    out: Path,
    start: Path | None,
    precision: str,
    checkpoint_minutes: float,
    crops: Sequence[tuple[float, int]],
    **options: Any,
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    path = next(data.glob("train*.json.gz"))
    plan = Plan(
        data=path.name,
        start=start.name if start else "all-MiniLM-L6-v2",
        crops=tuple(sorted(crops)),
        precision=_precision(precision),
        **options,
    )
    (out / "plan.json").write_text(json.dumps(asdict(plan), indent=1) + "\n")
    with _logged_to(out / "log.txt"):
        _train(path, out, start or BUNDLED, plan, checkpoint_minutes * 60)


def _train(path: Path, out: Path, start: Path, plan: Plan, checkpoint_seconds: float) -> None:
    windower = Windower(
        Tokenizer.from_file(str(BUNDLED / "tokenizer.json")),
        max_tokens=max(tokens for _, tokens in plan.crops),
        stride=0,  # a row gives one crop, not every window
    )
    corpus = read_rows(path, windower, corrupt=plan.corrupt, seed=plan.seed)
    log.info("%d rows, plan %s", len(corpus.rows), asdict(plan))
    torch.manual_seed(plan.seed)
    run = Run(plan, load_model(start), out)
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


def _precision(asked: str) -> str:
    if asked != "auto":
        return asked
    return "bf16" if torch.cuda.is_available() or multiplies_bf16() else "fp32"


def load_model(folder: Path) -> BertForQuestionAnswering:
    """Return the model in a folder, ready to be trained: no dropout, embeddings frozen."""
    model = BertForQuestionAnswering.from_pretrained(
        folder,
        attn_implementation="sdpa",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model.bert.embeddings.requires_grad_(False)
    return model


if __name__ == "__main__":
    main()
