"""Single texts that threads bring at the same time, handled in one call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from embeddings.vectors import Vectors

MOST = 16


class Together:
    """Calls `encode` with what has come while it was busy; alone, a text does not wait.

    The thread that finds nobody at work does the work, its own and what waits by then. So there is
    no thread to start or stop, and the next batch is always as large as the last one took long.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        """Take what encodes many texts: ``(n, dim)``, in input order."""
        self._encode = encode
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._waiting: list[tuple[str, Future[Any]]] = []

    def __call__(self, text: str) -> Vectors:
        """Return the vector of one text, ``(dim,)``, which is nobody else's.

        Raises:
            Exception: what `encode` raised for the batch it was in.
        """
        own: Future[Any] = Future()
        with self._lock:
            self._waiting.append((text, own))
        with self._turn:
            # The one before may have taken it. Or there were too many, and turns come in any order.
            while not own.done():
                self._work()
        vector: Vectors = own.result()
        return vector

    def _work(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            vectors = self._encode([text for text, _ in batch])
        except BaseException as error:
            for _, future in batch:
                future.set_exception(error)
        else:
            for (_, future), vector in zip(batch, vectors, strict=True):
                future.set_result(vector.copy())
