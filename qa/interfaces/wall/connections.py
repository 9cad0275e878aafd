"""How long may a connection take to say what it wants?

uvicorn waits for ever for the first request of a connection, and for the rest of one that has
begun: a few hundred silent connections, from one machine, would keep everybody else out.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_DEADLINE_S = 15.0
"""For the request line and the headers; `bodies` has the deadlines of what follows."""


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP with a deadline; to be given to it as `http`."""

    deadline_s = REQUEST_DEADLINE_S

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what has come; wait on if it is no whole request yet."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._unwatch()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Keep one deadline from the first byte to the last header, and none after that."""
        if self.conn.their_state is not h11.IDLE:
            self._unwatch()
        elif self._ends is None and not self.transport.is_closing():
            self._ends = self.loop.call_later(self.deadline_s, self._give_up)

    def _unwatch(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _give_up(self) -> None:
        self._ends = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()
