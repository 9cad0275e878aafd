"""Whoever uses the packages under a type checker finds a type for everything they export."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.conftest import ROOT

PATIENCE_S = 600  # half a minute of work, on a machine that may be busy


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """What Pyright says of the public names of `qa`, as installed with its `py.typed`."""
    options = ["--verifytypes", "qa", "--ignoreexternal", "--outputjson"]
    # It asks the first `python` of the path where packages are, whatever --pythonpath says.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        [sys.executable, "-m", "basedpyright", *options],
        cwd=ROOT, env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}, check=False,
        capture_output=True, text=True, timeout=PATIENCE_S,
    )  # fmt: skip
    assert run.stdout, run.stderr
    return dict(json.loads(run.stdout)["typeCompleteness"])


def test_every_public_name_has_a_type_that_all_checkers_agree_on(report: dict[str, Any]) -> None:
    lacking = {
        f"{symbol['name']}: {each['message'].splitlines()[0]}"
        for symbol in report["symbols"]
        if symbol["isExported"] and not symbol["isTypeKnown"]
        for each in symbol["diagnostics"]
    }
    assert sorted(lacking) == []
    assert report["completenessScore"] == 1
    assert report["exportedSymbolCounts"]["withKnownType"] > 1000
