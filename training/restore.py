"""Turn the shipped reader back into a model that can be trained on.

    python -m training.restore --out FOLDER          # then: training.span_reader --start FOLDER

The matrices come from the shipped 8-bit weights; biases and norms, whose names the shipped form
loses, from `training/vectors.safetensors`, which `training.export` writes beside it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from safetensors.numpy import load_file
from transformers import BertForQuestionAnswering

from embeddings import load_openvino
from qa.span_model import SHIPPED
from training.export import VECTORS
from training.span_reader import BUNDLED, load_model

PREFIX = "self.model."
HALVED = "_compressed"
"""What OpenVINO appends to the name of a matrix in half precision."""


@click.command(help=__doc__)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--weights", type=click.Path(path_type=Path, exists=True), default=SHIPPED)
@click.option("--vectors", type=click.Path(path_type=Path, exists=True), default=VECTORS)
def main(out: Path, weights: Path, vectors: Path) -> None:
    model = load_model(BUNDLED)
    restore(model, matrices(weights) | load_file(vectors))
    model.save_pretrained(out)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(BUNDLED / name, out)
    print(f"restored {out}")


def restore(model: BertForQuestionAnswering, tensors: dict[str, Any]) -> None:
    """Put tensors into a model by name; every one but the shared word embeddings must be there."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "word_embeddings" not in name:
                parameter.copy_(torch.from_numpy(np.array(tensors[name], dtype=np.float32)))


def matrices(folder: Path) -> dict[str, Any]:
    """Return the named matrices of an exported model in float32."""
    model = load_openvino().Core().read_model(folder / "reader.xml")
    constants = {
        op.get_friendly_name().removeprefix(PREFIX).removesuffix(HALVED): op.data
        for op in model.get_ops()
        if op.get_type_name() == "Constant" and op.get_friendly_name().startswith(PREFIX)
    }
    return {
        name: value.astype(np.float32) * constants.get(f"{name}/scale", np.float32(1))
        for name, value in constants.items()
        if name.endswith(".weight")
    }


if __name__ == "__main__":
    main()
