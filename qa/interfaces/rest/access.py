"""May this program do that? Keys in the header ``Authorization: Bearer …``, and their scopes.

Two ASGI middlewares: outside the wall, `Bearer` finds out whose key it is, so that a login lets a
program in as it does a person; inside, where the path is known, `NeedsKey` refuses.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.interfaces.rest.keys import Holder, Keys
from qa.interfaces.wall.origins import SAFE_METHODS
from qa.interfaces.wall.problems import refuse
from qa.interfaces.wall.proxies import route_path
from qa.interfaces.wall.visitors import USER

HOLDER = "pullquote.key_holder"
"""Key of the `Holder` in the ASGI scope; None stands there for a wrong key."""

OPEN_PATHS = frozenset({"/", "/v1/health", "/v1/ready", "/v1/openapi.json", "/v1/docs"})
"""Answered without a key: what monitors ask, and what the API is."""

_ASKING = ("/v1/ask", "/v1/retrieve")
_OWN = (*_ASKING, "/v1/stories", "/metrics")  # what the page has no use for


class Bearer:
    """ASGI middleware: puts the holder of a request's key into the scope; refuses nothing."""

    def __init__(self, app: ASGIApp, *, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is known of its key."""
        if scope["type"] == "http":
            kind, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
            if kind.lower() == "bearer":
                holder = self._keys.holder(key.strip())
                scope = {**scope, HOLDER: holder}
                if holder:
                    scope[USER] = f"key:{holder.name}"  # no person's name holds a colon
        await self._app(scope, receive, send)


class NeedsKey:
    """ASGI middleware: answer 401 without a valid key, 403 without the scope that is needed.

    With `beside_page`, what the page itself asks for stays as open as the page is, and who has
    logged in there needs no key.
    """

    def __init__(self, app: ASGIApp, *, beside_page: bool = False) -> None:
        self._app = app
        self._beside_page = beside_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what the key opens."""
        if scope["type"] != "http" or route_path(scope) in OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        holder: Holder | None = scope.get(HOLDER)
        needed = scope_needed(scope["method"], route_path(scope))
        if holder is None and (HOLDER in scope or self._is_needed(scope)):
            wrong = HOLDER in scope
            detail = (
                "This key opens nothing here." if wrong else "Send a key: Authorization: Bearer …"
            )
            told = b'Bearer error="invalid_token"' if wrong else b"Bearer"
            await refuse(send, 401, "Unauthorized", detail, ((b"www-authenticate", told),))
        elif holder is not None and needed not in holder.scopes:
            detail = f"The key of {holder.name} does not have the scope “{needed}”."
            told = f'Bearer error="insufficient_scope", scope="{needed}"'.encode()
            await refuse(send, 403, "Forbidden", detail, ((b"www-authenticate", told),))
        else:
            await self._app(scope, receive, send)

    def _is_needed(self, scope: Scope) -> bool:
        if not self._beside_page:
            return True
        return USER not in scope and route_path(scope).startswith(_OWN)


def scope_needed(method: str, path: str) -> str:
    """Return the scope that a request needs.

    >>> scope_needed("POST", "/v1/ask"), scope_needed("DELETE", "/v1/articles/a")
    ('read', 'write')
    """
    return "read" if method in SAFE_METHODS or path in _ASKING else "write"
