"""Which web pages of other sites may call the API with a browser? Those on a list; by default none.

Such a call is as good as one of a program: it comes without the visitor's cookies, so that no page
can do anything in a visitor's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

METHODS = ("GET", "POST", "DELETE")
_SENT = (
    *("authorization", "content-type", "idempotency-key", "if-none-match", "x-file-name"),
    "x-request-id",
)
_SHOWN = ("etag", "idempotency-replayed", "retry-after", "www-authenticate", "x-request-id")
_MAX_AGE_S = 600
_OF_BROWSERS = {b"cookie", b"origin", b"referer"}


class AllowedOrigins:
    """ASGI middleware, outside the wall: CORS for the origins of a list.

    Raises:
        ValueError: one of them is no origin.
    """

    def __init__(self, app: ASGIApp, *, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = frozenset(map(checked_origin, origins))
        self._shared = CORSMiddleware(
            _AsProgram(app),
            allow_origins=sorted(self._origins),
            allow_methods=METHODS,
            allow_headers=_SENT,
            expose_headers=_SHOWN,
            max_age=_MAX_AGE_S,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pages of these origins see what comes back; others are left to their browsers."""
        listed = scope["type"] == "http" and Headers(scope=scope).get("origin", "") in self._origins
        await (self._shared if listed else self._app)(scope, receive, send)


class _AsProgram:
    """Takes away what a browser adds: the origin was checked, and nobody's cookies count."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = [
            (name, value)
            for name, value in scope["headers"]
            if name not in _OF_BROWSERS and not name.startswith(b"sec-fetch-")
        ]
        await self._app({**scope, "headers": kept}, receive, send)


def checked_origin(origin: str) -> str:
    """Return an origin as browsers write it.

    >>> checked_origin("https://News.example")
    'https://news.example'

    Raises:
        ValueError: it is none.
    """
    parts = urlsplit(origin)
    plain = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in {"http", "https"} or not parts.hostname or plain != origin.rstrip("/"):
        raise ValueError(f"{origin!r} is no origin; give one as https://news.example")
    return plain.lower()
