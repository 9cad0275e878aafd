"""Average the weights of models that were trained one from the other ("model soup").

    python -m training.average RUNS/A/model RUNS/B/model --weight 0.3 --weight 0.7 --out RUNS/AB

Averages lie where the loss is flatter, so that they often read unseen texts better than either. The
folder of a run that is not finished, or a copy of one, stands for what its checkpoint holds.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import click
import torch
from transformers import BertForQuestionAnswering

from training.run import CHECKPOINT
from training.span_reader import BUNDLED, load_model


@click.command(help=__doc__)
@click.argument("models", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--weight", "weights", multiple=True, type=float, help="One each; equal if none.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(models: Sequence[Path], weights: Sequence[float], out: Path) -> None:
    weights = weights or [1.0] * len(models)
    if len(weights) != len(models):
        raise click.UsageError("give as many weights as models, or none")
    average = load_model(BUNDLED)
    shares = [weight / sum(weights) for weight in weights]
    loaded = [dict(_weights(folder).named_parameters()) for folder in models]
    with torch.no_grad():
        for name, parameter in average.named_parameters():
            if parameter.requires_grad:  # what is frozen is the same in all
                mixed = zip(shares, loaded, strict=True)
                parameter.copy_(sum(s * model[name] for s, model in mixed))
    average.save_pretrained(out)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(BUNDLED / name, out)


def _weights(folder: Path) -> BertForQuestionAnswering:
    checkpoint = folder / CHECKPOINT
    if not checkpoint.exists():
        return load_model(folder)
    model = load_model(BUNDLED)
    masters = torch.load(checkpoint, weights_only=True, map_location="cpu")["masters"]
    with torch.no_grad():
        for parameter, master in zip(
            (p for p in model.parameters() if p.requires_grad), masters, strict=True
        ):
            parameter.copy_(master)
    return model


if __name__ == "__main__":
    main()
