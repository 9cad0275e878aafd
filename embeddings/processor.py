"""What this process may use of the machine: cores, and what they compute fast."""

from __future__ import annotations

import os
import platform
from functools import cache
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")


def available_cores() -> int:
    """Return how many cores this process may keep busy: its affinity, and its container's quota."""
    affinity = getattr(os, "sched_getaffinity", None)
    allowed = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(allowed, _quota(CGROUP) or allowed))


def cpu_flags() -> frozenset[str]:
    """Return the processor's features by their names in Linux; empty where nothing tells them."""
    return _flags(Path("/proc/cpuinfo"))


def processor_name() -> str:
    """Name the kind of processor, to tell whether what was measured was measured on this one."""
    kinds = sorted(cpu_flags() & {"avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16"})
    return "+".join([platform.machine() or "unknown", *kinds])


def multiplies_bf16() -> bool:
    """Say whether the processor has instructions for products of bf16 numbers."""
    return bool(cpu_flags() & {"avx512_bf16", "amx_bf16"})


def has_bf16_matrix_units() -> bool:
    """Say whether the processor multiplies whole matrices of bf16 numbers."""
    return "amx_bf16" in cpu_flags()


def multiplies_int8() -> bool:
    """Say whether the processor has instructions for products of 8-bit integers."""
    return bool(cpu_flags() & {"avx512_vnni", "avx_vnni", "amx_int8"})


@cache
def _flags(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    flags = (line.partition(":")[2] for line in lines if line.startswith("flags"))
    return frozenset(next(flags, "").split())


def _quota(root: Path) -> int | None:
    """Return the cores that the container's CPU quota comes to, rounded up; None without one."""
    try:
        if (root / "cpu.max").exists():  # cgroup 2
            quota, period = (root / "cpu.max").read_text().split()
        else:
            quota = (root / "cpu" / "cpu.cfs_quota_us").read_text().strip()
            period = (root / "cpu" / "cpu.cfs_period_us").read_text().strip()
        cores = -(-int(quota) // int(period))
    except (OSError, ValueError):  # no cgroup, or "max"
        return None
    return cores if cores > 0 else None
