"""How time grows with what is read: measured so that a busy machine does not decide a test.

Processor time is measured, which other processes do not lengthen much; the best of several runs
counts; and before a verdict there is another look, for noise does not come twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable

LOOKS = 3


def best_time_s(action: Callable[[], object], n_runs: int = 2) -> float:
    """Return the least processor time, in seconds, that an action took."""
    times = []
    for _ in range(n_runs):
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return min(times)


def grows_within(
    max_ratio: float, read: Callable[[int], object], few: int, many: int, *, least_s: float
) -> bool:
    """Say whether reading many takes at most so many times as long as reading few.

    Args:
        least_s: What counts as no time: reading few is taken to last as long as this.
    """

    def ratio() -> float:
        once = max(least_s, best_time_s(lambda: read(few)))
        return best_time_s(lambda: read(many)) / once

    return any(ratio() <= max_ratio for _ in range(LOOKS))
