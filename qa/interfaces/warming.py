"""Are the models loaded yet? Loading them while requests come in already, and telling of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

_log = logging.getLogger(__name__)


class _Warms(Protocol):
    def warm_up(self) -> None: ...


class Warming:
    """Loads an assistant's models once, in a thread."""

    def __init__(self, assistant: _Warms) -> None:
        self._assistant = assistant
        self._calls: list[Callable[[], None]] = []
        self._thread: threading.Thread | None = None

    def then(self, call: Callable[[], None]) -> None:
        """Have something called once the models are loaded; never, if they cannot be."""
        self._calls.append(call)

    def start(self) -> None:
        """Begin to load the models; returns at once."""
        self._thread = threading.Thread(target=self._warm_up, name="warm-up", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until that has ended."""
        # Compiled code that is still at work when Python ends takes the process down with an abort.
        if self._thread:
            self._thread.join()

    def _warm_up(self) -> None:
        try:
            self._assistant.warm_up()
        except Exception:  # the first question will say what is wrong
            _log.exception("the models could not be loaded ahead")
            return
        for call in self._calls:
            call()
