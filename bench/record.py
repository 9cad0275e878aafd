"""What every result carries: the command, the machine and the versions; written as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
_PACKAGES = (
    *("faiss-cpu", "gradio", "numpy", "openvino", "sentence-transformers"),
    *("tantivy", "torch", "transformers"),
)
_FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")


def record(name: str, result: dict[str, Any], out: Path | None) -> None:
    """Print a result as one JSON line, and keep it with its circumstances if `out` is given."""
    if out:
        full = {
            "bench": name,
            "command": " ".join(["python -m", f"bench.{name}", *map(_named, sys.argv[1:])]),
            "machine": machine(),
            "result": result,
        }
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(full, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result, ensure_ascii=False))


def _named(argument: str) -> str:
    """Return an argument as given, but a path outside this project by its name alone."""
    path = Path(argument)
    return path.name if ".." in path.parts or path.is_absolute() else argument


def machine() -> dict[str, Any]:
    """Describe the machine: cores, CPU flags that matter, versions."""
    cpuinfo = Path("/proc/cpuinfo")
    known = cpuinfo.read_text().split() if cpuinfo.exists() else []
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu_flags": [flag for flag in _FLAGS if flag in known],
        "python": platform.python_version(),
        "versions": {package: version(package) for package in _PACKAGES},
    }
