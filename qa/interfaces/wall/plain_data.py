"""Is what is sent to Gradio's routes plain? Text and numbers, and nothing that means a file.

Gradio takes an object of a certain form, anywhere in what is sent, for a file or an address of
one, and copies or fetches it before any listener is called. Of an application that is mounted, as
this one is, it does not check whether the file was uploaded: it would read whatever it is told to.
"""

from __future__ import annotations

import json

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.interfaces.wall.origins import SAFE_METHODS
from qa.interfaces.wall.problems import refuse
from qa.interfaces.wall.proxies import route_path

_OF_FILES = {"path", "url"}


class PlainData:
    """ASGI middleware: answer 422 to anything but plain JSON for Gradio.

    Stands inside `BodyLimit`: it reads the whole body.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what holds text and numbers only."""
        path = route_path(scope) if scope["type"] == "http" else ""
        if not path.startswith("/gradio_api/") or scope["method"] in SAFE_METHODS:
            await self._app(scope, receive, send)
            return
        try:
            body = await Request(scope, receive).body()
        except ClientDisconnect:
            return
        if is_plain(body):
            await self._app(scope, _again(body, receive), send)
        else:
            detail = "The page sends text and numbers only; this is something else."
            await refuse(send, 422, "Unprocessable Content", detail)


def is_plain(body: bytes) -> bool:
    """Return whether a body is a JSON object of plain values, and of lists of them.

    Only what a listener is told of its event (`event_data`) may be an object, of plain values too,
    and none that has a path or an address.

    >>> is_plain(b'{"data": ["Who?", null], "fn_index": 0}'), is_plain(b'{"data": [{}]}')
    (True, False)
    """
    if not body.strip():
        return True  # some of the routes take none
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(sent, dict) and all(
        _is_flat(list(value.values())) and not value.keys() & _OF_FILES
        if key == "event_data" and isinstance(value, dict)
        else _is_flat(value)
        for key, value in sent.items()
    )


def _is_flat(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return not any(isinstance(item, list | dict) for item in items)


def _again(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again
