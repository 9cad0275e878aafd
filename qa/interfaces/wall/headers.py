"""How much may a request say before its body? A server parses all of it before anybody is asked."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from qa.interfaces.wall.problems import refuse

MAX_HEADERS = 100
MAX_HEADER_BYTES = 32 * 1024
"""Of all header fields and the address together."""


class HeaderLimit:
    """ASGI middleware: answer 431 to too many header fields, or too large ones.

    uvicorn's own limit holds only for what arrives in several pieces.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is of a usual size."""
        if scope["type"] == "http":
            fields = scope["headers"]
            size = sum(len(name) + len(value) for name, value in fields)
            size += len(scope.get("raw_path") or b"") + len(scope["query_string"])
            if len(fields) > MAX_HEADERS or size > MAX_HEADER_BYTES:
                detail = f"{len(fields)} header fields of {size:,} bytes are too many; send fewer."
                close = ((b"connection", b"close"),)
                await refuse(send, 431, "Request Header Fields Too Large", detail, close)
                return
        await self._app(scope, receive, send)
