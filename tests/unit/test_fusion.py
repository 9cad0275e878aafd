"""One ranking out of two, by hand."""

from __future__ import annotations

import itertools

import pytest

from qa.fusion import fuse, min_max


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, {}),
        ({1: 3.0}, {1: 1.0}),
        ({1: 3.0, 2: 3.0}, {1: 1.0, 2: 1.0}),
        ({1: 2.0, 2: 6.0, 3: 3.0}, {1: 0.0, 2: 1.0, 3: 0.25}),
        ({1: -1.0, 2: 0.0, 3: 1.0}, {1: 0.0, 2: 0.5, 3: 1.0}),
    ],
    ids=["nothing", "one", "equal", "spread", "negative"],
)
def test_scores_are_scaled_to_one(scores: dict[int, float], expected: dict[int, float]) -> None:
    assert min_max(scores) == expected


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        # dense: 1 → 1.0, 2 → 0.5, 3 → 0.0; lexical: 2 → 1.0, 4 → 0.25, 3 → 0.0
        (0.5, [(2, 0.75), (1, 0.5), (4, 0.125), (3, 0.0)]),
        (1.0, [(1, 1.0), (2, 0.5), (3, 0.0), (4, 0.0)]),
        (0.0, [(2, 1.0), (4, 0.25), (1, 0.0), (3, 0.0)]),
        (0.75, [(1, 0.75), (2, 0.625), (4, 0.0625), (3, 0.0)]),
    ],
    ids=["evenly", "dense alone", "lexical alone", "mostly dense"],
)
def test_fused_scores_are_weighted_means(weight: float, expected: list[tuple[int, float]]) -> None:
    dense = {1: 0.9, 2: 0.7, 3: 0.5}
    lexical = {2: 12.0, 4: 6.0, 3: 4.0}
    fused = fuse(dense, lexical, dense_weight=weight)
    assert [key for key, _ in fused] == [key for key, _ in expected]
    assert dict(fused) == pytest.approx(dict(expected))


@pytest.mark.parametrize(
    ("dense", "lexical", "expected"),
    [
        ({}, {}, []),
        ({1: 0.2, 2: 0.1}, {}, [(1, 0.5), (2, 0.0)]),
        ({}, {2: 3.0, 1: 3.0}, [(1, 0.5), (2, 0.5)]),
    ],
    ids=["neither", "dense only", "lexical only, tied"],
)
def test_a_passage_absent_from_one_ranking_counts_nothing_there(
    dense: dict[int, float], lexical: dict[int, float], expected: list[tuple[int, float]]
) -> None:
    assert fuse(dense, lexical, dense_weight=0.5) == expected


def test_the_order_in_which_scores_come_does_not_matter() -> None:
    dense, lexical = {1: 0.9, 2: 0.7, 3: 0.5, 5: 0.7}, {2: 12.0, 4: 6.0, 3: 4.0}
    fused = {
        tuple(fuse(dict(d), dict(x), dense_weight=0.5))
        for d in itertools.permutations(dense.items())
        for x in itertools.permutations(lexical.items())
    }
    assert len(fused) == 1
