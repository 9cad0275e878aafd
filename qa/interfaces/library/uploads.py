"""Who may add how much? Every limit of an upload, and the gate that keeps to them."""

from __future__ import annotations

import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_MB = 1024 * 1024
_HOUR_S = 3600
_BUSY_S = 5
_NO_SPACE_S = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """What one request, one visitor and all of them may ask for.

    `file_bytes` is the largest file, of whatever kind (a kind may have a lower limit of its own);
    `articles` and `text_chars` are what one file may hold, `paste_bytes` what one pasted text may
    have. `visitor_bytes` and `all_bytes` are counted over an hour. `free_bytes` of the disk stay
    free. `receive_s` is how long a file may take to arrive.
    """

    file_bytes: int = 25 * _MB
    articles: int = 100
    text_chars: int = 20_000_000
    paste_bytes: int = 2 * _MB
    visitor_bytes: int = 100 * _MB
    all_bytes: int = 1000 * _MB
    free_bytes: int = 500 * _MB
    at_once: int = 2
    receive_s: float = 120.0


class Refused(Exception):
    """A request that is not carried out: an HTTP status, why, and when to try again (seconds)."""

    def __init__(
        self, status: int, title: str, detail: str, *, retry_after: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.retry_after = retry_after


def too_large(what: str, limit: int) -> Refused:
    """Return the refusal of more bytes than there may be."""
    return Refused(
        413,
        "Content Too Large",
        f"{what} is larger than {limit / _MB:.0f} MB. Split it into smaller files.",
    )


class Gate:
    """Lets uploads in: one at a time of each visitor, a few in all, so many bytes an hour.

    It forgets after an hour and at every start: what it guards is the next hour's disk and
    processor. Safe to use from many threads.
    """

    def __init__(
        self, folder: Path, limits: UploadLimits, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._inside: set[str] = set()
        self._spent: deque[tuple[float, str, int]] = deque()

    @contextmanager
    def let_in(self, visitor: str, n_bytes: int) -> Iterator[None]:
        """Hold a place while a visitor's upload is at work.

        Args:
            visitor: Who it is.
            n_bytes: What the request says it is going to send.

        Raises:
            Refused: there is no place, no space or no allowance left.
        """
        with self._lock:
            self._check_place(visitor)
            self.check_space()
            self._check_allowance(visitor, n_bytes)
            self._inside.add(visitor)
        try:
            yield
        finally:
            with self._lock:
                self._inside.discard(visitor)

    def count(self, visitor: str, n_bytes: int) -> None:
        """Note what has arrived, whatever becomes of it."""
        with self._lock:
            self._spent.append((self._clock(), visitor, n_bytes))

    def check_space(self) -> None:
        """Raise Refused if the disk is nearly full."""
        free = shutil.disk_usage(self._folder).free
        if free < self._limits.free_bytes:
            raise Refused(
                503,
                "Service Unavailable",
                f"The disk has {free / _MB:,.0f} MB left, and {self._limits.free_bytes / _MB:,.0f}"
                " MB are kept free. Make room, then try again.",
                retry_after=_NO_SPACE_S,
            )

    def _check_place(self, visitor: str) -> None:
        if visitor in self._inside:
            detail = "Another file of yours is being added. Wait until that is done."
            raise Refused(429, "Too Many Requests", detail, retry_after=_BUSY_S)
        if len(self._inside) >= self._limits.at_once:
            detail = f"{len(self._inside)} files are being added just now. Try again in a moment."
            raise Refused(503, "Service Unavailable", detail, retry_after=_BUSY_S)

    def _check_allowance(self, visitor: str, n_bytes: int) -> None:
        now = self._clock()
        while self._spent and self._spent[0][0] <= now - _HOUR_S:
            self._spent.popleft()
        own = [(when, size) for when, who, size in self._spent if who == visitor]
        of_all = [(when, size) for when, _, size in self._spent]
        for spent, limit in ((own, self._limits.visitor_bytes), (of_all, self._limits.all_bytes)):
            if spent and sum(size for _, size in spent) + n_bytes > limit:
                detail = f"No more than {limit / _MB:,.0f} MB can be added in an hour."
                wait = max(1, int(spent[0][0] + _HOUR_S - now))
                raise Refused(429, "Too Many Requests", detail, retry_after=wait)
