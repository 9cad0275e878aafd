"""How often may one client ask, and how much may be asked of the server at once?

Counted per client (see `proxies.client_of`) and per kind of request, in this process's memory, by
the sliding windows of the library `limits`. Too often is answered by 429, too much by all together
by 503, both at once and with ``Retry-After``.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall.origins import SAFE_METHODS
from qa.interfaces.wall.problems import refuse, retry_after
from qa.interfaces.wall.proxies import client_of, route_path

_QUESTIONS = ("/gradio_api/queue/join", "/gradio_api/call/", "/v1/ask")
_LOOK_UPS = ("/v1/retrieve",)  # a question too long for an address is posted
_CONTROLS = ("/gradio_api/",)  # what is not queued: Stop, New, loading the page
_FILES = ("/assets/", "/room/", "/static/")
_BUSY_S = 2.0


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a second in the long run, and so many at once."""

    per_second: float
    burst: int

    def item(self) -> RateLimitItem:
        """Return the window in which `burst` requests make `per_second`."""
        window_s = max(1, math.ceil(self.burst / self.per_second))
        return RateLimitItemPerSecond(self.burst, window_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The figures of one server; rates are those of one client.

    `open_requests` and `open_requests_of_one` count those that are being answered, event streams
    among them (each open page has one or two). `questions_waiting` counts questions in the queue
    and at work.
    """

    questions: Rate = Rate(5, 20)
    controls: Rate = Rate(10, 40)
    writes: Rate = Rate(5, 20)
    reads: Rate = Rate(50, 400)
    files: Rate = Rate(500, 5_000)
    open_requests: int = 400
    open_requests_of_one: int = 150
    questions_waiting: int = 32


class Counts:
    """Counts what clients do, and says when one has done it too often."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def wait_s(self, item: RateLimitItem, *who: str) -> float | None:
        """Count once more; return None, or for how many seconds it is too often."""
        if await self._limiter.hit(item, *who):
            return None
        stats = await self._limiter.get_window_stats(item, *who)
        return max(0.0, stats.reset_time - time.time())

    async def forget(self, item: RateLimitItem, *who: str) -> None:
        """Begin anew for one client."""
        await self._limiter.clear(item, *who)


class RateLimit:
    """ASGI middleware: answer 429 to a client that asks too often."""

    def __init__(self, app: ASGIApp, *, limits: Limits | None = None) -> None:
        self._app = app
        self._counts = Counts()
        figures = limits or Limits()
        kinds = ("questions", "controls", "writes", "reads", "files")
        self._rates: dict[str, Rate] = {kind: getattr(figures, kind) for kind in kinds}
        self._items = {kind: rate.item() for kind, rate in self._rates.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what does not come too often."""
        if scope["type"] == "http":
            kind = kind_of(scope)
            wait_s = await self._counts.wait_s(self._items[kind], kind, client_of(scope))
            if wait_s is not None:
                rate = self._rates[kind]
                detail = (
                    f"More than {rate.burst} {kind} came from this address at once, or more than "
                    f"{rate.per_second:g} a second; wait a moment and try again."
                )
                await refuse(send, 429, "Too Many Requests", detail, retry_after(wait_s))
                return
        await self._app(scope, receive, send)


class OpenRequests:
    """ASGI middleware: answer 503 if too many requests are being answered already.

    The server's own limit on connections answers without ``Retry-After``: it should lie above.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits | None = None) -> None:
        self._app = app
        self._limits = limits or Limits()
        self._open: Counter[str] = Counter()
        self._all = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is room for."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        if self._open[client] >= self._limits.open_requests_of_one:
            detail = (
                f"{self._open[client]} requests from this address are open; close some pages or "
                "connections."
            )
            await refuse(send, 429, "Too Many Requests", detail, retry_after(_BUSY_S))
            return
        if self._all >= self._limits.open_requests:
            detail = f"{self._all} requests are open, and there is no room for more; try again."
            await refuse(send, 503, "Service Unavailable", detail, retry_after(_BUSY_S))
            return
        self._all += 1
        self._open[client] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._all -= 1
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]


class Overload:
    """ASGI middleware: answer 503 to a question when enough others are waiting.

    `waiting` returns how many questions wait or are at work. The page is let through up to twice
    that, to say so itself; then it too is told by 503. So is everybody whom Gradio's own queue
    refuses, which says neither when to come back nor why.
    """

    def __init__(
        self, app: ASGIApp, *, waiting: Callable[[], int], limits: Limits | None = None
    ) -> None:
        self._app = app
        self._waiting = waiting
        self._most = (limits or Limits()).questions_waiting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what can be answered soon."""
        if scope["type"] != "http" or kind_of(scope) != "questions":
            await self._app(scope, receive, send)
            return
        of_gradio = route_path(scope).startswith(_CONTROLS)
        from_page = of_gradio and Headers(scope=scope).get("sec-fetch-site") == "same-origin"
        if self._waiting() >= self._most * (2 if from_page else 1):
            await self._refuse(send)
            return
        full = False

        async def reply(message: Message) -> None:
            nonlocal full
            full = full or message.get("status") == 503
            if not full:
                await send(message)

        await self._app(scope, receive, reply)
        if full:
            await self._refuse(send)

    async def _refuse(self, send: Send) -> None:
        detail = f"{self._waiting()} questions are waiting already; ask again in a moment."
        await refuse(send, 503, "Service Unavailable", detail, retry_after(_BUSY_S))


def kind_of(scope: Scope) -> str:
    """Return as what a request is counted: the name of a rate in `Limits`."""
    path = route_path(scope)
    if scope["method"] in SAFE_METHODS:
        return "files" if path.startswith(_FILES) else "reads"
    if path.startswith(_QUESTIONS):
        return "questions"
    if path in _LOOK_UPS:
        return "reads"
    return "controls" if path.startswith(_CONTROLS) else "writes"
