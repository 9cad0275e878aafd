"""The library over HTTP: what each route takes and answers, and how refusals are put."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from corpus import (
    ArticleNotFound,
    IndexLocked,
    PullquoteError,
    UnreadableArticle,
    UnsupportedFormat,
)
from corpus.parsing.limits import max_file_bytes
from qa.interfaces.library.library import Library
from qa.interfaces.library.library_requests import (
    declared_bytes,
    file_name,
    is_json,
    json_object,
    let_come,
    receive,
    text_of,
    wanted,
)
from qa.interfaces.library.upload_reading import Pasted, checked_suffix
from qa.interfaces.library.uploads import Refused, too_large
from qa.interfaces.wall.problems import PROBLEM_TYPE, problem

VisitorOf = Callable[[Request], str | None]
MayWrite = Callable[[Request], bool]

MAX_JSON_BYTES = 10_000
LISTS_AT_ONCE = 2
"""A long list keeps a processor busy: more at once would only make each slower."""

_RETRY_S = 5
_READ_ONLY = "This site is for reading only: articles can be neither added nor removed."

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def library_routes(library: Library, *, visitor_of: VisitorOf, may_write: MayWrite) -> APIRouter:
    """Return the routes of the library.

    Args:
        library: The collection.
        visitor_of: Says whose request it is, for the allowance of uploads.
        may_write: Says whether a request may change the collection.
    """
    routes = _Routes(library, visitor_of, may_write)
    router = APIRouter()
    for method, path, endpoint in (
        ("GET", "/v1/articles", routes.listing),
        ("GET", "/v1/outlets", routes.outlets),
        ("GET", "/v1/library", routes.health),
        ("POST", "/v1/articles", routes.add),
        ("POST", "/v1/articles/undo", routes.undo),
        ("DELETE", "/v1/articles/{article_id:path}", routes.remove),
    ):
        router.add_api_route(path, _answered(endpoint), methods=[method], response_model=None)
    return router


Endpoint = Callable[[Request], Awaitable[dict[str, Any]]]


def _answered(endpoint: Endpoint) -> Callable[[Request], Awaitable[JSONResponse]]:
    """Answer with what a route returns, or with the problem that it raises."""

    @wraps(endpoint)
    async def answer(request: Request) -> JSONResponse:
        try:
            return JSONResponse(await endpoint(request), headers={"cache-control": "no-store"})
        except Refused as refused:
            await let_come(request)
            return _problem(refused.status, refused.title, str(refused), refused.retry_after)
        except PullquoteError as error:
            await let_come(request)
            return _translated(error)
        except ClientDisconnect:
            return _problem(400, "Bad Request", "The request ended before it was complete.")
        except TimeoutError:
            return _problem(408, "Request Timeout", "The file took too long to arrive.")
        except OSError:
            _log.exception("an upload could not be kept")
            detail = "The server cannot store anything just now. Try again later."
            return _problem(503, "Service Unavailable", detail, 60)

    answer.__annotations__ = {"request": Request, "return": JSONResponse}
    return answer


class _Routes:
    def __init__(self, library: Library, visitor_of: VisitorOf, may_write: MayWrite) -> None:
        self._library = library
        self._visitor_of = visitor_of
        self._may_write = may_write
        self._listing = anyio.CapacityLimiter(LISTS_AT_ONCE)
        # Threads of their own: those that wait for the writer are not missed by other routes.
        self._working = anyio.CapacityLimiter(library.limits.at_once + 2)

    async def listing(self, request: Request) -> dict[str, Any]:
        return await self._listed(self._library.listing, wanted(request))

    async def outlets(self, request: Request) -> dict[str, Any]:
        return await self._listed(self._library.outlets)

    async def health(self, request: Request) -> dict[str, Any]:
        look = partial(self._library.health, may_write=self._may_write(request))
        return await self._listed(look)

    async def add(self, request: Request) -> dict[str, Any]:
        self._check_may_write(request)
        if is_json(request):
            return await self._add_pasted(request)
        return await self._add_file(request)

    async def remove(self, request: Request) -> dict[str, Any]:
        self._check_may_write(request)
        return await self._worked(self._library.remove, request.path_params["article_id"])

    async def undo(self, request: Request) -> dict[str, Any]:
        self._check_may_write(request)
        values = await json_object(request, MAX_JSON_BYTES)
        return await self._worked(self._library.undo, text_of(values, "undo"))

    async def _add_file(self, request: Request) -> dict[str, Any]:
        name = file_name(request)
        suffix = checked_suffix(name)
        limit = min(self._library.limits.file_bytes, max_file_bytes(suffix))
        declared = declared_bytes(request)
        if declared > limit:
            raise too_large(name, limit)
        visitor = self._visitor(request)
        gate = self._library.gate
        with gate.let_in(visitor, declared), self._library.incoming_file(suffix) as path:
            async with asyncio.timeout(self._library.limits.receive_s):
                gate.count(visitor, await receive(request, path, limit, name))
            added = await self._worked(self._library.add_file, path, name)
        return added.to_dict()

    async def _add_pasted(self, request: Request) -> dict[str, Any]:
        visitor, limit = self._visitor(request), self._library.limits.paste_bytes
        gate = self._library.gate
        with gate.let_in(visitor, declared_bytes(request)):
            async with asyncio.timeout(self._library.limits.receive_s):
                values = await json_object(request, limit)
            text = text_of(values, "text")
            gate.count(visitor, len(text))
            facts = {name: text_of(values, name) for name in ("title", "outlet", "published")}
            added = await self._worked(self._library.add_pasted, Pasted(text=text, **facts))
        return added.to_dict()

    def _check_may_write(self, request: Request) -> None:
        if not self._may_write(request):
            raise Refused(403, "Forbidden", _READ_ONLY)

    def _visitor(self, request: Request) -> str:
        """Return whose upload it is: without a cookie, that of the machine it comes from."""
        host = request.client.host if request.client else ""
        return self._visitor_of(request) or f"address:{host}"

    async def _listed(self, work: Callable[P, T], *arguments: P.args, **names: P.kwargs) -> T:
        call = partial(work, *arguments, **names)
        return await anyio.to_thread.run_sync(call, limiter=self._listing)

    async def _worked(self, work: Callable[P, T], *arguments: P.args, **names: P.kwargs) -> T:
        call = partial(work, *arguments, **names)
        return await anyio.to_thread.run_sync(call, limiter=self._working)


def _translated(error: PullquoteError) -> JSONResponse:
    """Put what pullquote raises on purpose as a problem."""
    detail = str(error)
    if isinstance(error, ArticleNotFound):
        return _problem(404, "Not Found", detail)
    if isinstance(error, UnsupportedFormat):
        return _problem(415, "Unsupported Media Type", detail)
    if isinstance(error, UnreadableArticle):
        return _problem(422, "Unprocessable Content", detail)
    if isinstance(error, IndexLocked):
        detail = "The collection is being changed by somebody else. Try again in a moment."
        return _problem(409, "Conflict", detail, _RETRY_S)
    _log.error("the library failed: %s", error)  # it may name a path of this machine
    detail = "The collection cannot be read or written just now. Try again later."
    return _problem(503, "Service Unavailable", detail, 60)


def _problem(status: int, title: str, detail: str, retry_after: int | None = None) -> JSONResponse:
    headers = {"retry-after": str(retry_after)} if retry_after else {}
    return JSONResponse(
        problem(status, title, detail), status, headers=headers, media_type=PROBLEM_TYPE
    )
