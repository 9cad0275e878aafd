"""One ranking out of two: scores are brought to [0, 1] and averaged.

Min-max normalised averaging beat reciprocal rank fusion on TREC-NEWS in published runs and on our
dev data (bench/results/retrieval.json).
"""

from __future__ import annotations

from collections.abc import Mapping


def min_max(scores: Mapping[int, float]) -> dict[int, float]:
    """Scale scores linearly to [0, 1]; equal scores all become 1.

    >>> min_max({7: 2.0, 8: 4.0, 9: 3.0})
    {7: 0.0, 8: 1.0, 9: 0.5}
    """
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if low == high:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}


def fuse(
    dense: Mapping[int, float], lexical: Mapping[int, float], *, dense_weight: float
) -> list[tuple[int, float]]:
    """Average two normalised rankings of passage ids; a passage absent from one counts 0 there.

    Returns:
        (passage id, fused score in [0, 1]), best first, equal scores by lower id.
    """
    dense_part, lexical_part = min_max(dense), min_max(lexical)
    fused = {
        key: dense_weight * dense_part.get(key, 0.0)
        + (1.0 - dense_weight) * lexical_part.get(key, 0.0)
        for key in dense_part.keys() | lexical_part.keys()
    }
    return sorted(fused.items(), key=lambda item: (-item[1], item[0]))
