"""Texts of any lengths to batches of about equal length, so that little is padding."""

from __future__ import annotations

from collections.abc import Sequence

BATCH_TOKENS = 1024
"""Padded tokens in one pass: what fits a core's cache."""

LENGTH_STEP = 16
"""Rows are padded to multiples of this, so that few shapes have to be compiled and kept."""


def batches(lengths: Sequence[int], *, most_tokens: int = BATCH_TOKENS) -> list[list[int]]:
    """Group places by length into batches of at most `most_tokens` padded tokens.

    A row is padded by less than a quarter of its length and a step. One that alone has more tokens
    is a batch of its own.

    >>> batches([20, 300, 18, 290], most_tokens=1024)
    [[2, 0], [3, 1]]
    """
    groups: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda p: (lengths[p], p)):
        length = padded_length(lengths[place])
        group = groups[-1] if groups else []
        # A short row does not wait for the padding of a much longer one.
        fits = bool(group) and padded_length(lengths[group[0]]) * 1.25 >= length
        if fits and (len(group) + 1) * length <= most_tokens:
            group.append(place)
        else:
            groups.append([place])
    return groups


def padded_length(length: int, step: int = LENGTH_STEP) -> int:
    """Return the next multiple of `step`.

    >>> padded_length(17)
    32
    """
    return -(-length // step) * step
