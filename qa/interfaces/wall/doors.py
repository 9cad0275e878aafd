"""Which of Gradio's routes are open? Those the page needs; what is shut cannot be abused.

Gradio serves files, proxies addresses, takes recordings and reloads code by routes that are there
whether a page uses them or not, and finds new ones with each release.
"""

from __future__ import annotations

import logging
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall.problems import refuse
from qa.interfaces.wall.proxies import route_path

_OPEN = re.compile(
    r"/gradio_api/(?:info|queue/(?:join|data)|(?:run|heartbeat)/.+|cancel|reset/?"
    r"|startup-events|app_id/?|theme\.css)"
)
_SHUT = re.compile(r"/(?:gradio_api|monitoring|svelte|pwa_icon|token|dev)(?:/.*)?", re.DOTALL)


_QUEUE = ("/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset")

_log = logging.getLogger(__name__)


class Doors:
    """ASGI middleware: answer 404 to routes of Gradio that the page has no use for.

    Where Gradio only takes note of a wish and breaks, the wish was malformed: 400 instead of 500.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what the page may ask for."""
        path = route_path(scope) if scope["type"] == "http" else ""
        if _SHUT.fullmatch(path) and not _OPEN.fullmatch(path):
            await refuse(send, 404, "Not Found", "There is nothing at this address.")
        elif path.startswith(_QUEUE) and scope["method"] == "POST":
            await _Unbroken(send).run(self._app, scope, receive)
        else:
            await self._app(scope, receive, send)


class _Unbroken:
    """Holds back that the application broke, and says that the request was malformed."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._broken = False

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive) -> None:
        try:
            await app(scope, receive, self._reply)
        except Exception as error:
            if not self._broken:
                raise
            _log.warning("a malformed request to %s: %r", route_path(scope), error)
        if self._broken:
            detail = "The page has sent no such request; load it anew."
            await refuse(self._send, 400, "Bad Request", detail)

    async def _reply(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 500:
            self._broken = True
        if not self._broken:
            await self._send(message)
