"""Export what `training.encoder` learnt: the low-rank difference that the package ships.

python -m training.adapter RUNS/NAME/pass2.pt [--rank 32] [--out FILE]
"""

from __future__ import annotations

from pathlib import Path

import click
import torch
from safetensors.torch import save_file

from embeddings.adapter import ADDED, LEFT, RIGHT
from embeddings.models import ADAPTERS, DEFAULT_MODEL
from training.encoder import Tower


@click.command(help=__doc__)
@click.argument("learnt", type=click.Path(path_type=Path, exists=True))
@click.option("--rank", default=32, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=ADAPTERS[DEFAULT_MODEL])
def main(learnt: Path, rank: int, out: Path) -> None:
    start = Tower(learning_rate=0.0, weight_decay=0.0).start
    weights = torch.load(learnt, weights_only=True)
    tensors = {}
    for name, weight in weights.items():
        difference = weight - start[name]
        if difference.dim() == 1:
            tensors[name + ADDED] = difference.half()
            continue
        left, sizes, right = torch.linalg.svd(difference, full_matrices=False)
        tensors[name + LEFT] = (left[:, :rank] * sizes[:rank].sqrt()).half().contiguous()
        tensors[name + RIGHT] = (sizes[:rank].sqrt()[:, None] * right[:rank]).half().contiguous()
    out.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out)
    print(f"{out}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
