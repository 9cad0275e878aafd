"""What is the API's where a page is served beside it, and what remains the page's own?

The two share an origin, so neither a browser nor a cookie tells them apart: only the path does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.interfaces.rest.access import OTHER_SITE, is_of_api
from qa.interfaces.rest.cross_origin import AllowedOrigins, checked_origin
from qa.interfaces.rest.refusals import failed
from qa.interfaces.wall.proxies import route_path


def api_below(root_path: str) -> Callable[[Scope], bool]:
    """Return what says, outside the wall, whether a request is for the API.

    Inside the wall `route_path` knows where the application begins, outside nothing does yet.
    """
    root = root_path.rstrip("/")

    def is_for_api(scope: Scope) -> bool:
        return is_of_api(route_path({**scope, "root_path": root}))

    return is_for_api


class SharedPaths:
    """ASGI middleware, outside the wall: CORS for the origins of a list, on the API's paths only.

    To those pages all else is as shut as to the pages of any other site. What they send is marked
    (`OTHER_SITE`), since it may do less than what the page sends.

    Raises:
        ValueError: one of them is no origin.
    """

    def __init__(self, app: ASGIApp, *, origins: Sequence[str], root_path: str = "") -> None:
        self._app = app
        self._origins = frozenset(map(checked_origin, origins))
        self._shared = AllowedOrigins(app, origins=origins)
        self._is_for_api = api_below(root_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pages of these origins call the API."""
        if scope["type"] == "http" and self._is_shared(scope):
            await self._shared({**scope, OTHER_SITE: True}, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_shared(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if headers.get("sec-fetch-site") == "same-origin":  # the page itself, listed by oversight
            return False
        return headers.get("origin") in self._origins and self._is_for_api(scope)


class Unmatched:
    """ASGI application: a problem for what no route has taken; the page knows no problems.

    To be reached by a route of its own behind all others of `app`, and before the page.
    """

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say that there is nothing here, or nothing by this method."""
        scope["route"] = None  # counted with all else that has none
        await failed(await self._why(scope, receive, send))(scope, receive, send)

    async def _why(self, scope: Scope, receive: Receive, send: Send) -> HTTPException:
        for route in self._app.routes:
            match, found = route.matches(scope)
            if match is Match.PARTIAL:
                try:
                    await route.handle({**scope, **found}, receive, send)
                except HTTPException as error:
                    return error
        return HTTPException(404)
