"""Importing is cheap and silent: heavy libraries load when they are first needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import qa

ROOT = Path(__file__).parents[2]
HEAVY = {"torch", "transformers", "sentence_transformers", "faiss", "gradio", "fastapi", "sklearn"}
MAX_IMPORT_S = 0.3
TRIES = 20  # the first that is fast enough ends it: the machine may be busy

# Processor time: other processes on the machine do not count.
# On a machine that is slow just now numpy alone takes more than half of that: see `TIMES_NUMPY`.
TIMED = """
import time; start = time.process_time(); import numpy; numpy = time.process_time() - start
import qa; print(numpy, time.process_time() - start)
"""
TIMES_NUMPY = 3.5
LOADED = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
RETRIEVES = f"""
import sys
from qa import Retriever
with Retriever.open(sys.argv[1]) as retriever:
    print(len(retriever.retrieve("What did the barrier cost?", k=3)))
{LOADED}
"""
HELP = f"""
import sys
from qa.interfaces.cli import main
sys.argv = ["pullquote", "--help"]
try:
    main()
except SystemExit:
    {LOADED}
"""


def python(code: str, *arguments: str | Path) -> str:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert run.stderr == ""
    return run.stdout


def test_importing_qa_takes_under_a_third_of_a_second() -> None:
    def is_cheap() -> bool:
        numpy, whole = map(float, python(TIMED).split())
        return whole <= max(MAX_IMPORT_S, TIMES_NUMPY * numpy)

    assert any(is_cheap() for _ in range(TRIES))


def test_importing_qa_loads_no_heavy_library() -> None:
    loaded = set(python(f"import qa; {LOADED}").split())
    assert "qa" in loaded
    assert loaded & HEAVY == set()


def test_help_loads_no_heavy_library() -> None:
    *shown, loaded = python(HELP).splitlines()
    assert "  ask " in "\n".join(shown)
    assert set(loaded.split()) & HEAVY == set()


def test_finding_passages_loads_neither_torch_nor_a_reader(sample_folder: Path) -> None:
    hits, loaded = python(RETRIEVES, sample_folder / "index").splitlines()
    assert hits == "3"
    unwanted = {"torch", "transformers", "sentence_transformers", "gradio", "fastapi", "mcp"}
    assert set(loaded.split()) & unwanted == set()


def test_what_qa_exports_is_sorted_and_there() -> None:
    assert qa.__all__ == sorted(qa.__all__)
    assert all(getattr(qa, name, None) is not None for name in qa.__all__)
    assert {"Answer", "Article", "Assistant", "Retriever", "build_index"} <= set(qa.__all__)
    with pytest.raises(AttributeError, match="Oracle"):
        qa.Oracle  # noqa: B018
