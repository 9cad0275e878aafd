"""Which request was that, which route has answered it, and how long did it take?

Two ASGI middlewares: the outermost of all gives each request an id and counts what becomes of it,
also of what the wall refuses; the innermost knows the route.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.logs import log_request
from qa.interfaces.rest.metrics import Metrics
from qa.interfaces.wall.problems import refuse

OTHER = "other"
"""The route of what has none, and of the page."""

_SEEN = "pullquote.seen"
_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seen:
    route: str = OTHER


class Observed:
    """ASGI middleware, the outermost: ``X-Request-ID`` in and out, counts, and no bare failure.

    An id that the client sends is kept if it is made of up to 128 letters, digits and ``._:-``.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and watch what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, seen = time.perf_counter(), _Seen()
        reply = _Reply(send, _request_id(scope))
        try:
            await self._app({**scope, _SEEN: seen}, receive, reply)
        except Exception:
            _log.exception("request %s failed", reply.request_id)
            if reply.status is not None:
                raise
            detail = f"The server failed at this; its log says why, under {reply.request_id}."
            await refuse(reply, 500, "Internal Server Error", detail)
        finally:
            seconds = time.perf_counter() - began
            done = scope["method"], seen.route, reply.status or 499, seconds
            self._metrics.count(*done)
            log_request(*done, reply.request_id)


class RouteNoted:
    """ASGI middleware, the innermost: tells `Observed` the template of the route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and note which route has answered."""
        try:
            await self._app(scope, receive, send)
        finally:
            template = getattr(scope.get("route"), "path_format", "")
            if _SEEN in scope and template.startswith(("/v1/", "/metrics")):
                scope[_SEEN].route = template


class _Reply:
    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = (b"x-request-id", self.request_id.encode())
            message = {**message, "headers": [*message.get("headers", ()), own]}
        await self._send(message)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _ID.fullmatch(given) else secrets.token_hex(16)
