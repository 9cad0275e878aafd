"""Has the client got this already? An ETag for what is read, and 304 to who names it."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall.proxies import route_path

_TAGGED = ("/v1/articles", "/v1/outlets", "/v1/stories", "/v1/retrieve", "/v1/openapi.json")


class Tagged:
    """ASGI middleware: tags JSON that is asked for by GET, unless its route has done so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and answer 304 where the client has it."""
        reads = scope["type"] == "http" and scope["method"] == "GET"
        if not (reads and route_path(scope).startswith(_TAGGED)):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Tagging(send, Headers(scope=scope)))


class _Tagging:
    """Holds a reply back until it is whole."""

    def __init__(self, send: Send, asked: Headers) -> None:
        self._send = send
        self._known = {
            tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")
        }
        self._first: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] == 200 and "etag" not in Headers(raw=message["headers"]):
                self._first = message
                return
        elif self._first is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._first)
            return
        await self._send(message)

    async def _finish(self, first: Message) -> None:
        tag = f'"{hashlib.sha256(self._body).hexdigest()[:32]}"'
        headers = MutableHeaders(raw=list(first["headers"]))
        headers["etag"] = tag
        headers.setdefault("cache-control", "no-cache")
        if self._known & {tag, "*"}:
            del headers["content-length"]
            del headers["content-type"]
            first, self._body = {**first, "status": 304}, b""
        await self._send({**first, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": self._body})
