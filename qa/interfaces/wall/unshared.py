"""May another site's page read what is answered here? Not because the page's framework says so.

Gradio allows every origin to read its replies, in a visitor's name, unless the server is asked for
as localhost. Who may read is decided outside this wall, by a list, or by nobody.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SHARES = b"access-control-"


class Unshared:
    """ASGI middleware: takes the headers away by which a reply is shared with other origins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and let nothing be shared that comes back."""

        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.get("headers", ())
                kept = [pair for pair in headers if not pair[0].lower().startswith(_SHARES)]
                message = {**message, "headers": kept}
            await send(message)

        await self._app(scope, receive, reply if scope["type"] == "http" else send)
