"""Average the weights of models that were trained one from the other ("model soup").

    python -m training.average RUNS/A/model RUNS/B/model --weight 0.3 --weight 0.7 --out RUNS/AB

Averages lie where the loss is flatter, so that they often read unseen texts better than either.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import click
import torch

from training.span_reader import load_model


@click.command(help=__doc__)
@click.argument("models", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--weight", "weights", multiple=True, type=float, help="One each; equal if none.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(models: Sequence[Path], weights: Sequence[float], out: Path) -> None:
    weights = weights or [1.0] * len(models)
    if len(weights) != len(models):
        raise click.UsageError("give as many weights as models, or none")
    average = load_model(models[0])
    shares = [weight / sum(weights) for weight in weights]
    loaded = [dict(load_model(folder).named_parameters()) for folder in models]
    with torch.no_grad():
        for name, parameter in average.named_parameters():
            if parameter.requires_grad:  # what is frozen is the same in all
                mixed = zip(shares, loaded, strict=True)
                parameter.copy_(sum(s * model[name] for s, model in mixed))
    average.save_pretrained(out)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(models[0] / name, out)


if __name__ == "__main__":
    main()
