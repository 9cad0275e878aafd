"""What stands between the network and the page: the security headers and the size limit.

Pure ASGI and independent of Gradio, whose own limits are enforced by its browser code only. Text
of an article is made inert twice before (escaped by `cards`, sanitised by the Chatbot); the policy
below is the third layer: a script runs only if it was in the page as it left this server.
"""

from __future__ import annotations

import json
import re
import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 64 * 1024

# Gradio needs inline styles; it needs no inline script and no eval as long as the page uses neither
# gr.HTML nor js= (both are built on `new Function`).
PROBLEM_TYPE = "application/problem+json"
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
# Gradio advertises itself, with a picture from another host, to sites where a link is posted.
_ADVERTISEMENT = re.compile(rb"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>")
_FOREVER = b"public, max-age=31536000, immutable"


class PageGuard:
    """ASGI middleware: security headers on every response, a nonce on every script of the page.

    `head` is put right behind ``<head>`` of the page, so that our style is there before the first
    paint. Paths under ``/assets/`` and addresses with a ``v=`` query name their content by a hash:
    browsers may keep them for ever.
    """

    def __init__(self, app: ASGIApp, *, head: str = "") -> None:
        self._app = app
        self._head = head.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and guard what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        reply = _Reply(send, _headers(scope, nonce))
        if scope["path"] == "/":
            reply = _PageReply(send, _headers(scope, nonce), self._head, nonce.encode())
            scope = _without_encoding(scope)
        await self._app(scope, receive, reply)


def problem(status: int, title: str, detail: str) -> dict[str, object]:
    """Return an error in the form of RFC 9457, to be sent as PROBLEM_TYPE."""
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


class BodyLimit:
    """ASGI middleware: answer 413 to a request body of more than `max_bytes`.

    The body is read before the application sees it: a declared length can lie, and with bodies this
    small there is nothing to gain from streaming.
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int = MAX_BODY_BYTES) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then let the application read it again."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        body = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > self._max_bytes:
                await _refuse(send, self._max_bytes)
                return
            if not message.get("more_body", False):
                break
        await self._app(scope, _replay(body, receive), send)


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
        own = {
            name
            for name, _ in self._headers
            if message["status"] == 200 or name != b"cache-control"
        }
        kept = [(name, value) for name, value in message["headers"] if name.lower() not in own]
        added = [(name, value) for name, value in self._headers if name in own]
        return {**message, "headers": [*kept, *added]}


class _PageReply(_Reply):
    """Holds the page back until it is complete, to put in our tags and the nonces."""

    def __init__(
        self, send: Send, headers: list[tuple[bytes, bytes]], head: bytes, nonce: bytes
    ) -> None:
        super().__init__(send, headers)
        self._head = head
        self._nonce = nonce
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
        body = _ADVERTISEMENT.sub(b"", self._body)
        body = body.replace(b"<head>", b"<head>" + self._head, 1)
        body = body.replace(b"<script", b'<script nonce="%s"' % self._nonce)
        headers = [pair for pair in self._first["headers"] if pair[0].lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._first, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _headers(scope: Scope, nonce: str) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-security-policy", _POLICY.format(nonce=nonce).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    ]
    if scope["path"].startswith("/assets/") or b"v=" in scope["query_string"]:
        headers.append((b"cache-control", _FOREVER))
    elif scope["path"] == "/":
        headers.append((b"cache-control", b"no-store"))  # a nonce is for one use
    elif scope["path"].startswith("/room/"):
        headers.append((b"cache-control", b"no-cache"))  # kept, but asked about each time
    return headers


def _without_encoding(scope: Scope) -> Scope:
    """Ask for the page uncompressed, since it is edited."""
    kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    return {**scope, "headers": kept}


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


async def _refuse(send: Send, max_bytes: int) -> None:
    detail = f"The request is larger than {max_bytes:,} bytes; send a shorter one."
    body = json.dumps(problem(413, "Content Too Large", detail)).encode()
    headers = [(b"content-type", PROBLEM_TYPE.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
