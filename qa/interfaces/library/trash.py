"""What was removed, for as long as it can be brought back: files, so that memory stays free."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus import Article, Mark, Span

KEPT_S = 600.0
MAX_KEPT = 200
"""Beyond that, what was removed first is gone first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Removed:
    file: Path
    until: float


class Trash:
    """Keeps removed articles with all versions for ten minutes. Safe to use from many threads.

    Whoever knows the token may have them back. Nothing is left after a restart.
    """

    def __init__(
        self, folder: Path, clock: Callable[[], float] = time.monotonic, *, alone: bool = True
    ) -> None:
        """Take a folder; what is in it is deleted if we are `alone` in it."""
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, _Removed] = {}
        self._timer: threading.Timer | None = None
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left_behind in folder.iterdir() if alone else ():
            left_behind.unlink()

    def put(self, versions: Sequence[Article]) -> str:
        """Keep the versions of an article, oldest first; return the token that they go by."""
        file = self._folder / secrets.token_hex(16)
        file.write_text(json.dumps([asdict(version) for version in versions]), encoding="utf-8")
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._kept[token] = _Removed(file=file, until=self._clock() + KEPT_S)
            while len(self._kept) > MAX_KEPT:
                self._forget(next(iter(self._kept)))
            self._watch()
        return token

    def versions(self, token: str) -> list[Article] | None:
        """Return the versions that a token stands for, oldest first; None if there are none."""
        with self._lock:
            self._empty()
            removed = self._kept.get(token)
            if removed is None:
                return None
            stored = json.loads(removed.file.read_text(encoding="utf-8"))
        return [_article(values) for values in stored]

    def forget(self, token: str) -> None:
        """Delete what a token stands for."""
        with self._lock:
            self._forget(token)

    def _forget(self, token: str) -> None:
        removed = self._kept.pop(token, None)
        if removed:
            removed.file.unlink(missing_ok=True)

    def _empty(self) -> None:
        """Delete what has been kept long enough."""
        now = self._clock()
        for token in [token for token, removed in self._kept.items() if removed.until <= now]:
            self._forget(token)

    def _watch(self) -> None:
        """Have the oldest deleted in time, and so on while there is anything."""
        if self._timer is None and self._kept:
            oldest = min(removed.until for removed in self._kept.values())
            self._timer = threading.Timer(max(1.0, oldest - self._clock()), self._on_time)
            self._timer.daemon = True
            self._timer.start()

    def _on_time(self) -> None:
        with self._lock:
            self._timer = None
            self._empty()
            self._watch()


def _article(values: dict[str, object]) -> Article:
    headings = tuple(Span(**span) for span in values.pop("headings"))  # type: ignore[attr-defined]
    marks = tuple(
        Mark(Span(**mark["span"]), mark["reason"])
        for mark in values.pop("marks")  # type: ignore[attr-defined]
    )
    return Article(**values, headings=headings, marks=marks)  # type: ignore[arg-type]
