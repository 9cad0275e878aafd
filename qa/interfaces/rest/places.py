"""How much is worked on at once, and how much may wait for it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

AT_ONCE = 2
"""Searching and reading are bound by the processor: more at once only makes each slower."""
MAX_WAITING = 32
"""Those at work are counted, too; who comes then is asked to come again."""

Result = TypeVar("Result")


class Busy(Exception):
    """There is no place left; says how many wait."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} questions are waiting already; ask again in a moment.")


class Places:
    """Threads for work that blocks: so many at once, so many that wait. For one event loop."""

    def __init__(self, at_once: int = AT_ONCE, most: int = MAX_WAITING) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._most = most
        self._waiting = 0

    def waiting(self) -> int:
        """Return how many wait or are at work."""
        return self._waiting

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do `work` in a thread as soon as there is a place.

        Raises:
            Busy: too many wait already.
        """
        if self._waiting >= self._most:
            raise Busy(self._waiting)
        self._waiting += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._waiting -= 1
