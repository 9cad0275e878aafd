"""How long something takes, and what many times come to."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds an action takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds."""
    return {
        "p50": round(statistics.median(seconds) * 1000, 1),
        "p95": round(statistics.quantiles(seconds, n=20)[-1] * 1000, 1),
    }
