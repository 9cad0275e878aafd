"""How much may a request carry, how long may it take to come, how deep may it be nested?

Pure ASGI. Small bodies are read before the application sees them: a declared length can lie, and
what comes too slowly or too deeply nested is known only in the end. Large ones, where they are
allowed at all, are counted while the application reads them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall.json_faults import fault_of
from qa.interfaces.wall.problems import refusal, refuse
from qa.interfaces.wall.proxies import route_path

MAX_BODY_BYTES = 64 * 1024
MAX_UPLOAD_BYTES = 25 * 1024 * 1024
MAX_PASTED_BYTES = 4 * 1024 * 1024
BODY_DEADLINE_S = 30.0
UPLOAD_DEADLINE_S = 300.0
_SPARED_BYTES = 1024 * 1024  # of a refused body, so that the sender comes to read why

_CLOSE = ((b"connection", b"close"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRule:
    """What may be sent to the paths under `prefix` (by their path within the application).

    Of a body that is `streamed`, JSON is still read ahead, up to `max_json_bytes`.
    """

    prefix: str
    max_bytes: int
    deadline_s: float = BODY_DEADLINE_S
    streamed: bool = False
    max_json_bytes: int = MAX_BODY_BYTES


OTHER_BODIES = BodyRule(prefix="/", max_bytes=MAX_BODY_BYTES)
ARTICLE_BODIES = BodyRule(
    prefix="/v1/articles",
    max_bytes=MAX_UPLOAD_BYTES,
    deadline_s=UPLOAD_DEADLINE_S,
    streamed=True,
    max_json_bytes=MAX_PASTED_BYTES,
)


class BodyLimit:
    """ASGI middleware: answer 413, 408 or 400 to a body too large, too slow or nested too deeply.

    The first of `rules` whose prefix fits is applied, else `OTHER_BODIES`.
    """

    def __init__(self, app: ASGIApp, *, rules: Sequence[BodyRule] = (ARTICLE_BODIES,)) -> None:
        self._app = app
        self._rules = (*rules, OTHER_BODIES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within the limits."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        path = route_path(scope)
        rule = next(rule for rule in self._rules if path.startswith(rule.prefix))
        is_json = b"json" in _header(scope, b"content-type").lower()
        most = rule.max_json_bytes if rule.streamed and is_json else rule.max_bytes
        declared = _header(scope, b"content-length")
        if declared.isdigit() and int(declared) > most:
            await _refuse_unread(receive, send, most)
        elif rule.streamed and not is_json:
            await _Counted(receive, send, rule).run(self._app, scope)
        else:
            await self._read_ahead(scope, receive, send, most, rule.deadline_s)

    async def _read_ahead(
        self, scope: Scope, receive: Receive, send: Send, most: int, deadline_s: float
    ) -> None:
        is_json = b"json" in _header(scope, b"content-type").lower()
        try:
            async with asyncio.timeout(deadline_s):
                body = await _body(receive, most)
        except TimeoutError:
            await _refuse_slow(send, deadline_s)
            return
        if body is None:
            return
        if len(body) > most:
            await _refuse_unread(receive, send, most)
        elif wrong := await _fault(body, is_json):
            await refuse(send, 400, "Bad Request", wrong)
        else:
            await self._app(scope, _replay(body, receive), send)


async def _fault(body: bytes, is_json: bool) -> str | None:
    """Return what is wrong with a body, or None; a large one must not hold everybody up."""
    if len(body) <= MAX_BODY_BYTES:
        return fault_of(body, is_json)
    return await asyncio.to_thread(fault_of, body, is_json)


class _TooMuchError(Exception):
    """Stops an application that reads a body beyond its limit or deadline."""


class _Counted:
    """Counts a body while the application reads it, and answers in its place if it is too much."""

    def __init__(self, receive: Receive, send: Send, rule: BodyRule) -> None:
        self._receive = receive
        self._send = send
        self._rule = rule
        self._bytes = 0
        self._ends = asyncio.get_running_loop().time() + rule.deadline_s
        self._complete = False
        self._started = False
        self._wrong: str | None = None

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        try:
            await app(scope, self._next, self._reply)
        except Exception:
            if self._wrong is None:
                raise
        if self._wrong is None or self._started:
            return
        if self._wrong == "slow":
            await _refuse_slow(self._send, self._rule.deadline_s)
        else:
            await _refuse_unread(self._receive, self._send, self._rule.max_bytes)

    async def _next(self) -> Message:
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._receive()
        except TimeoutError:
            self._wrong = "slow"
            raise _TooMuchError from None
        self._bytes += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._bytes > self._rule.max_bytes:
            self._wrong = "large"
            raise _TooMuchError
        return message

    async def _reply(self, message: Message) -> None:
        if self._wrong is None or self._started:
            self._started = True
            await self._send(message)


async def _body(receive: Receive, most: int) -> bytes | None:
    """Return the body, or a little more than `most` of it; None if the sender has gone."""
    body = bytearray()
    while len(body) <= most:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


async def _refuse_unread(receive: Receive, send: Send, most: int) -> None:
    """Answer 413, then let the rest come in for a moment.

    A connection that is closed while its other end still writes loses the answer on its way.
    """
    detail = f"The request is larger than {most:,} bytes; send a shorter one."
    start, body = refusal(413, "Content Too Large", detail, _CLOSE)
    await send(start)
    await send({**body, "more_body": True})
    try:
        async with asyncio.timeout(1.0):
            await _body(receive, _SPARED_BYTES)
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b""})


async def _refuse_slow(send: Send, deadline_s: float) -> None:
    detail = f"The request did not come in whole within {deadline_s:g} seconds; send it again."
    await refuse(send, 408, "Request Timeout", detail, _CLOSE)


def _header(scope: Scope, name: bytes) -> bytes:
    return next((bytes(value) for key, value in scope["headers"] if key == name), b"")
