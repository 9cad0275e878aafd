"""Damaged files are noticed or do no harm."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import corruption

TIMES = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("corruption") / "index"
    corruption.build(folder)
    return folder


@pytest.mark.parametrize("what", [corruption.search_file, corruption.store])
def test_no_damage_is_silent(folder: Path, what: corruption.Damager) -> None:
    counts = corruption.count(folder, what, TIMES, seed=3)
    assert (counts["files"], counts["silent"], counts["deaths"]) == (TIMES, 0, 0)
    assert counts["detected"] > TIMES / 2


@given(st.binary(min_size=1, max_size=300), st.integers(0, 10_000))
def test_a_damaged_file_begins_as_it_did(data: bytes, seed: int) -> None:
    assert len(corruption.damaged(data, random.Random(seed))) <= 2 * len(data)
