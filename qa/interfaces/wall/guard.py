"""What may a browser do with what this server sends? The security headers, and the page's tags.

Pure ASGI and independent of Gradio. Text of an article is made inert twice before (escaped by
`cards`, sanitised by the Chatbot); the policy below is the third layer: a script runs only if it
was in the page as it left this server.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from html import escape

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall.bodies import MAX_BODY_BYTES, BodyLimit
from qa.interfaces.wall.problems import PROBLEM_TYPE, problem
from qa.interfaces.wall.proxies import route_path

__all__ = ["MAX_BODY_BYTES", "PROBLEM_TYPE", "BodyLimit", "PageGuard", "problem"]

# Gradio needs inline styles; it needs no inline script and no eval as long as the page uses neither
# gr.HTML nor js= (both are built on `new Function`).
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_FEATURES = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with "no-referrer" forms come from "null"
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{name}=()" for name in _FEATURES).encode()),
)
# What is made for pages of other sites says so itself; all else stays here.
_SHARED = b"cross-origin-resource-policy"
_LANGUAGE = re.compile(rb"(<html\b[^>]*?\slang=)\"[^\"]*\"")
# Gradio advertises itself, with a picture from another host, to sites where a link is posted.
_ADVERTISEMENT = re.compile(rb"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>")
_FOREVER = b"public, max-age=31536000, immutable"


class PageGuard:
    """ASGI middleware: security headers on every response, a nonce on every script of the page.

    `head` is put right behind ``<head>`` of the page, so that our style is there before the first
    paint; `language` becomes the page's ``lang``. Either may be made for each request. Files under
    ``/assets/``, and those under ``/room/`` with a ``v=`` query, are named by a hash of their
    content: browsers may keep them for ever.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        head: str | Callable[[Scope], str] = "",
        language: Callable[[Scope], str] | None = None,
    ) -> None:
        self._app = app
        self._head = head
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and guard what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        reply = _Reply(send, _headers(scope, nonce))
        if route_path(scope) == "/":
            reply = _PageReply(send, _headers(scope, nonce), self._edit(scope, nonce))
            scope = _without_encoding(scope)
        await self._app(scope, receive, reply)

    def _edit(self, scope: Scope, nonce: str) -> Callable[[bytes], bytes]:
        """Return what puts our tags, the nonces and the language into the page."""
        head = (self._head if isinstance(self._head, str) else self._head(scope)).encode()
        language = escape(self._language(scope)).encode() if self._language else None

        def edited(page: bytes) -> bytes:
            page = _ADVERTISEMENT.sub(b"", page)
            page = page.replace(b"<head>", b"<head>" + head, 1)
            page = page.replace(b"<script", b'<script nonce="%s"' % nonce.encode())
            if language is None:
                return page
            return _LANGUAGE.sub(lambda found: found[1] + b'"%s"' % language, page, count=1)

        return edited


class _Reply:
    """Adds headers to a response on its way out."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self._send = send
        self._headers = headers

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._send(self._start(message))
        else:
            await self._send(message)

    def _start(self, message: Message) -> Message:
        said = {name.lower() for name, _ in message["headers"]}
        own = {
            name
            for name, _ in self._headers
            if (message["status"] == 200 or name != b"cache-control")
            and not (name == _SHARED and name in said)
        }
        kept = [(name, value) for name, value in message["headers"] if name.lower() not in own]
        added = [(name, value) for name, value in self._headers if name in own]
        return {**message, "headers": [*kept, *added]}


class _PageReply(_Reply):
    """Holds the page back until it is complete, to edit it."""

    def __init__(
        self, send: Send, headers: list[tuple[bytes, bytes]], edit: Callable[[bytes], bytes]
    ) -> None:
        super().__init__(send, headers)
        self._edit = edit
        self._first: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._first = self._start(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish()

    async def _finish(self) -> None:
        # A refusal has no tags to edit, but may quote what the client has sent.
        body = self._edit(self._body) if self._first["status"] == 200 else self._body
        headers = [pair for pair in self._first["headers"] if pair[0].lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._first, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _headers(scope: Scope, nonce: str) -> list[tuple[bytes, bytes]]:
    headers = [(b"content-security-policy", _POLICY.format(nonce=nonce).encode()), *_ALWAYS]
    path = route_path(scope)
    hashed = path.startswith("/room/") and scope["query_string"].startswith(b"v=")
    if hashed or path.startswith("/assets/"):
        headers.append((b"cache-control", _FOREVER))
    elif path == "/":
        headers.append((b"cache-control", b"no-store"))  # a nonce is for one use
    elif path.startswith("/room/"):
        headers.append((b"cache-control", b"no-cache"))  # kept, but asked about each time
    return headers


def _without_encoding(scope: Scope) -> Scope:
    """Ask for the page uncompressed, since it is edited."""
    kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    return {**scope, "headers": kept}
