"""Power cuts and disks that fail: the index opens as it was committed, and the user is told."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import pytest

from bench import disk_errors, index_model, power_loss
from corpus import files
from qa.current import Current


def test_after_a_power_cut_at_any_step_the_index_opens_as_committed() -> None:
    trial = power_loss.run(seed=3)
    assert trial.bad == []
    assert trial.steps > 100
    assert len(trial.seen) > 100


def test_names_before_bytes_would_be_found() -> None:
    with power_loss.renamed_before_synced():
        trial = power_loss.run(seed=3)
    assert any("not whole was named" in problem for problem in trial.bad)


def test_a_backup_that_was_not_synced_would_be_found() -> None:
    with patch.object(files, "sync", lambda path: None):
        trial = power_loss.run(seed=3)
    assert any("(backup acknowledged)" in problem for problem in trial.bad)


def test_whatever_fails_on_the_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    result = disk_errors.run(tmp_path, every=4)
    assert result["examples"] == []
    assert result["tried"] > 100
    assert result["told"] > result["tried"] / 4


def test_an_error_that_nobody_translates_would_be_found(tmp_path: Path) -> None:
    with patch("qa.lexical._os_errors", nullcontext):  # tantivy calls a full disk a ValueError
        result = disk_errors.run(tmp_path, every=20)
    assert result["bad"] > 0
    assert "not told: ValueError" in result["examples"][0]


def test_an_index_stays_equal_to_a_dictionary() -> None:
    assert index_model.run(examples=15, steps=25) > 100


def test_a_reader_that_stays_behind_would_be_found() -> None:
    with (
        patch.object(Current, "_is_behind", lambda self, current: False),
        pytest.raises(AssertionError),
    ):
        index_model.run(examples=10, steps=10)
