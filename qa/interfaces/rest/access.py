"""May this program do that? Keys in the header ``Authorization: Bearer …``, and their scopes.

ASGI middlewares: outside the wall, `Bearer` finds out whose key it is, so that a login lets a
program in as it does a person; inside, where the path is known, `NeedsKey` refuses.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.interfaces.rest.keys import Holder, Keys
from qa.interfaces.wall.origins import SAFE_METHODS
from qa.interfaces.wall.problems import refuse
from qa.interfaces.wall.proxies import route_path
from qa.interfaces.wall.visitors import USER

HOLDER = "pullquote.key_holder"
"""Key of the `Holder` in the ASGI scope; None stands there for a wrong key."""

OTHER_SITE = "pullquote.other_site"
"""Key of True in the ASGI scope of a request that an allowed page of another site has sent."""

TELLING_PATHS = frozenset(
    {"/v1/health", "/v1/ready", "/v1/openapi.json", "/v1/docs", "/v1/widget.js"}
)
"""Answered to everybody: what monitors ask, what the API is, the question box for other sites."""
OPEN_PATHS = TELLING_PATHS | {"/"}
"""Answered without a key."""

_ASKING = ("/v1/ask", "/v1/retrieve")
_OWN = (*_ASKING, "/v1/stories", "/metrics")  # what the page has no use for
_SHARED = ("/v1/articles", "/v1/outlets", "/v1/library")  # what the page asks for, too


def is_of_api(path: str) -> bool:
    """Say whether a path within the application is of the API; others are the page's alone.

    >>> is_of_api("/v1/articles/a/b"), is_of_api("/v1/asking"), is_of_api("/v1/conversations")
    (True, False, False)
    """
    return path in TELLING_PATHS or _is_below(path, *_OWN, *_SHARED)


def is_own(path: str) -> bool:
    """Say whether a path is of the API, and the page never asks for it.

    >>> is_own("/v1/stories/a"), is_own("/v1/articles"), is_own("/v1/health")
    (True, False, False)
    """
    return _is_below(path, *_OWN)


def _is_below(path: str, *roots: str) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def _everything(_: Scope) -> bool:
    return True


class Bearer:
    """ASGI middleware: puts the holder of a request's key into the scope; refuses nothing.

    Where `opens` says no, a key is neither used nor looked at.
    """

    def __init__(
        self, app: ASGIApp, *, keys: Keys, opens: Callable[[Scope], bool] = _everything
    ) -> None:
        self._app = app
        self._keys = keys
        self._opens = opens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is known of its key."""
        if scope["type"] == "http" and self._opens(scope):
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
    logged in there needs no key. Another site's page needs one for all it may call.
    """

    def __init__(self, app: ASGIApp, *, beside_page: bool = False) -> None:
        self._app = app
        self._beside_page = beside_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what the key opens."""
        if scope["type"] != "http" or self._is_open(route_path(scope)):
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

    def _is_open(self, path: str) -> bool:
        return path in OPEN_PATHS or (self._beside_page and not is_of_api(path))

    def _is_needed(self, scope: Scope) -> bool:
        if not self._beside_page or OTHER_SITE in scope:
            return True
        return USER not in scope and is_own(route_path(scope))


class OnlyLooks:
    """ASGI middleware, beside a page: without a key, another site's page changes nothing.

    A visitor of the page may add articles without one; in a visitor's name nobody else may.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what changes nothing, or has a key."""
        without_key = OTHER_SITE in scope and not scope.get(HOLDER)
        if without_key and scope_needed(scope["method"], route_path(scope)) == "write":
            detail = "A page of another site changes articles only with a key of the API."
            await refuse(send, 403, "Forbidden", detail)
        else:
            await self._app(scope, receive, send)


def scope_needed(method: str, path: str) -> str:
    """Return the scope that a request needs.

    >>> scope_needed("POST", "/v1/ask"), scope_needed("DELETE", "/v1/articles/a")
    ('ask', 'write')
    """
    if path == "/v1/ask":
        return "ask"
    return "read" if method in SAFE_METHODS or path in _ASKING else "write"
