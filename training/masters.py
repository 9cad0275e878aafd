"""One optimiser step for weights in half precision with float32 masters, and the rate it takes."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def step(
    masters: Sequence[Tensor],
    learnt: Sequence[Tensor],
    optimizer: torch.optim.Optimizer,
    learning_rate: float,
) -> None:
    """Move the masters down the gradients of what is learnt, and round them into it again.

    Master copies stay float32: a bf16 weight would not feel a small step.
    """
    for master, parameter in zip(masters, learnt, strict=True):
        master.grad = parameter.grad.float() if parameter.grad is not None else None
        parameter.grad = None
    torch.nn.utils.clip_grad_norm_(masters, 1.0)
    for group in optimizer.param_groups:
        group["lr"] = learning_rate
    optimizer.step()
    with torch.no_grad():
        for master, parameter in zip(masters, learnt, strict=True):
            parameter.copy_(master)


def rate(done: float, *, peak: float, warmup: float) -> float:
    """Return the learning rate when a share of the run is done: up to the peak, then down.

    >>> [round(rate(done, peak=1.0, warmup=0.5), 3) for done in (0.25, 0.5, 0.75, 1.0)]
    [0.5, 1.0, 0.5, 0.002]
    """
    slope = done / warmup if done < warmup else (1 - done) / (1 - warmup)
    return peak * max(slope, 0.002)
