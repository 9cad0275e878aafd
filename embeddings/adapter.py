"""What a fine-tuned model has learnt beyond the one it started from: a low-rank difference.

A file of a few megabytes beside weights that a package carries. A matrix's difference is a product
of two thin ones, ``left @ right``; biases and norms differ by a vector.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import ModelError

LEFT, RIGHT, ADDED = ".left", ".right", ".added"

Floats = NDArray[np.float32]


def read_adapter(path: Path) -> dict[str, Floats]:
    """Return the differences by the names of the weights they are added to.

    Raises:
        ModelError: the file is missing or damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = {name: t.astype(np.float32) for name, t in load_file(path).items()}
        return dict(_differences(tensors))
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be read ({error}); reinstall pullquote") from error


def adapt(module: Any, differences: dict[str, Floats]) -> None:
    """Add differences to a torch module's weights.

    Raises:
        ModelError: they are another model's.
    """
    import torch

    weights = dict(module.named_parameters())
    for name, difference in differences.items():
        if name not in weights or weights[name].shape != difference.shape:
            raise ModelError(f"the adapter was made for another model: {name} does not fit")
        with torch.no_grad():
            weights[name].add_(torch.from_numpy(difference))


def _differences(tensors: dict[str, Floats]) -> Iterator[tuple[str, Floats]]:
    for name, tensor in tensors.items():
        if name.endswith(LEFT):
            matrix = name.removesuffix(LEFT)
            yield matrix, tensor @ tensors[matrix + RIGHT]
        elif name.endswith(ADDED):
            yield name.removesuffix(ADDED), tensor
