"""Was this very change asked for before? Then the first reply is given again, and nothing is done.

A client that lost the reply to a write may send it again with the same ``Idempotency-Key``. What
has changed something is remembered for a day, in this process's memory, as far as there is room;
what was refused has changed nothing and may simply be tried again.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.rest.access import scope_needed
from qa.interfaces.wall.problems import refuse, retry_after
from qa.interfaces.wall.proxies import client_of, route_path
from qa.interfaces.wall.visitors import visitor_of

KEPT_S = 24 * 3600.0
MAX_KEPT = 1_000
MAX_KEPT_BYTES = 16 * 1024 * 1024
KEY = re.compile(r"[!-~]{1,255}")

_BUSY_S = 1.0

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    fingerprint: str
    first: Message
    body: bytes
    until: float


class Replies:
    """Replies to writes: for a day at most, so many and so many bytes; the oldest go first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[Name, _Kept] = {}
        self._bytes = 0

    def get(self, name: Name) -> _Kept | None:
        """Return what was replied, if it is still known."""
        kept = self._kept.get(name)
        if kept and kept.until <= self._clock():
            self._forget(name)
            return None
        return kept

    def put(self, name: Name, fingerprint: str, first: Message, body: bytes) -> None:
        """Remember a reply."""
        if len(body) > MAX_KEPT_BYTES:
            return
        until = self._clock() + KEPT_S
        self._kept[name] = _Kept(fingerprint=fingerprint, first=first, body=body, until=until)
        self._bytes += len(body)
        while len(self._kept) > MAX_KEPT or self._bytes > MAX_KEPT_BYTES:
            self._forget(next(iter(self._kept)))

    def _forget(self, name: Name) -> None:
        self._bytes -= len(self._kept.pop(name).body)


class Idempotent:
    """ASGI middleware: the same write with the same ``Idempotency-Key`` is done once."""

    def __init__(self, app: ASGIApp, *, replies: Replies) -> None:
        self._app = app
        self._replies = replies
        self._at_work: set[Name] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what was not done yet."""
        key = Headers(scope=scope).get("idempotency-key") if scope["type"] == "http" else None
        if key is None or scope_needed(scope["method"], route_path(scope)) != "write":
            await self._app(scope, receive, send)
            return
        name = _name(scope, key)
        if not KEY.fullmatch(key):
            detail = "An Idempotency-Key has 1 to 255 characters of ASCII, without spaces."
            await refuse(send, 400, "Bad Request", detail)
        elif name in self._at_work:
            detail = "The first request with this Idempotency-Key is still at work."
            await refuse(send, 409, "Conflict", detail, retry_after(_BUSY_S))
        elif kept := self._replies.get(name):
            await _replay(kept, scope, receive, send)
        else:
            await self._first_time(name, scope, receive, send)

    async def _first_time(self, name: Name, scope: Scope, receive: Receive, send: Send) -> None:
        body, reply = _Hashed(scope, receive), _Recorded(send)
        self._at_work.add(name)
        try:
            await self._app(scope, body, reply)
        finally:
            self._at_work.discard(name)
            if reply.complete and 200 <= reply.first["status"] < 300:
                self._replies.put(name, body.fingerprint(), reply.first, bytes(reply.body))


class _Hashed:
    """Hashes what a request holds while it is read."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self._reads = scope["method"] != "DELETE"  # whose body nobody looks at
        headers = Headers(scope=scope)
        told = (headers.get("content-type", ""), headers.get("x-file-name", ""))
        self._hash = hashlib.sha256("\n".join(told).encode())

    async def __call__(self) -> Message:
        message = await self._receive()
        if self._reads:
            self._hash.update(message.get("body", b""))
        return message

    async def whole(self) -> bool:
        """Read all there is; False if the sender has gone."""
        while (message := await self())["type"] == "http.request":
            if not message.get("more_body", False):
                return True
        return False

    def fingerprint(self) -> str:
        return self._hash.hexdigest()


class _Recorded:
    """Keeps a copy of a reply."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.first: Message = {}
        self.body = bytearray()
        self.complete = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.first = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            self.complete = not message.get("more_body", False)
        await self._send(message)


async def _replay(kept: _Kept, scope: Scope, receive: Receive, send: Send) -> None:
    body = _Hashed(scope, receive)
    if not await body.whole():
        return
    if body.fingerprint() != kept.fingerprint:
        detail = "This Idempotency-Key was used for another request; take a new one for this."
        await refuse(send, 422, "Unprocessable Content", detail)
        return
    headers = [*kept.first["headers"], (b"idempotency-replayed", b"true")]
    await send({**kept.first, "headers": headers})
    await send({"type": "http.response.body", "body": kept.body})


def _name(scope: Scope, key: str) -> Name:
    who = visitor_of(Request(scope)) or f"address:{client_of(scope)}"
    return who, scope["method"], route_path(scope), scope["query_string"].decode("latin-1"), key
