"""Whose request is it? A browser is known by a cookie, a person by having logged in.

The cookie names nobody: it is random, and what is kept under it is kept under its SHA-256. It is
`SameSite=Lax`: with `Strict`, who follows a link to the page would come without it, be given
another one, and have lost all conversations.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall.origins import SAFE_METHODS
from qa.interfaces.wall.problems import refuse
from qa.interfaces.wall.proxies import route_path

COOKIE = "pullquote_visitor"
USER = "pullquote.user"
"""Key of the name of whoever has logged in, in the ASGI scope."""
_VISITOR = "pullquote.visitor"
_READ_ONLY = "pullquote.read_only"
_BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR_S = 365 * 24 * 3600


class Visitors:
    """ASGI middleware: gives each browser a cookie with the page, and knows it again.

    With `read_only`, nobody changes articles: what would is answered 403, and `may_write` is False.
    """

    def __init__(self, app: ASGIApp, *, read_only: bool = False) -> None:
        self._app = app
        self._read_only = read_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is known of who sent it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = route_path(scope)
        writes = scope["method"] not in SAFE_METHODS
        if self._read_only and writes and path.startswith("/v1/articles"):
            detail = "This site is read-only: articles are neither added nor removed here."
            await refuse(send, 403, "Forbidden", detail)
            return
        known = _cookie_value(scope)
        scope = {**scope, _READ_ONLY: self._read_only}
        if path == "/" and not writes:
            known = known or secrets.token_urlsafe(_BYTES)
            send = _with_cookie(send, set_cookie(scope, COOKIE, known, _YEAR_S))
        scope[_VISITOR] = known
        await self._app(scope, receive, send)


def visitor_of(request: Any) -> str | None:
    """Return the key under which things of whoever sent a request are kept.

    `request` is Starlette's, FastAPI's or Gradio's. "user:<name>" where people log in, else "v:"
    and a SHA-256 in hexadecimal; None for a browser that has not loaded the page yet.
    """
    scope = _scope_of(request)
    if user := scope.get(USER):
        return f"user:{user}"
    value = scope.get(_VISITOR) or _cookie_value(scope)
    return f"v:{hashlib.sha256(value.encode()).hexdigest()}" if value else None


def may_write(request: Any) -> bool:
    """Return whether articles may be added and removed; False on a read-only site."""
    return not _scope_of(request).get(_READ_ONLY, False)


def set_cookie(scope: Scope, name: str, value: str, max_age_s: int) -> bytes:
    """Return the value of a ``Set-Cookie`` header; a `max_age_s` of 0 takes the cookie away."""
    path = f"{scope.get('root_path', '')}/"
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    kept = f"; Max-Age={max_age_s}; Path={path}; HttpOnly; SameSite=Lax{secure}"
    return f"{name}={value}{kept}".encode("latin-1")


def cookies_of(scope: Scope) -> dict[str, str]:
    """Return the cookies of a request; of several with one name, the last one."""
    found: dict[str, str] = {}
    for name, value in scope.get("headers", ()):
        if name == b"cookie":
            found.update(cookie_parser(value.decode("latin-1")))
    return found


def _cookie_value(scope: Scope) -> str | None:
    value = cookies_of(scope).get(COOKIE, "")
    return value if _SHAPE.fullmatch(value) else None


def _scope_of(request: Any) -> Scope:
    inner = getattr(request, "request", None)  # Gradio's wraps FastAPI's
    scope: Scope = (inner if inner is not None else request).scope
    return scope


def _with_cookie(send: Send, cookie: bytes) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", []), (b"set-cookie", cookie)]
            message = {**message, "headers": headers}
        await send(message)

    return sending
