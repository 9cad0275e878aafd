"""Every error of a route as a problem (RFC 9457): what was wrong, where, and what to do."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from corpus import ArticleNotFound, IndexLocked, InvalidQuestion, PullquoteError
from qa.interfaces.rest.places import Busy
from qa.interfaces.wall.problems import PROBLEM_TYPE, problem

MAX_ERRORS = 20
_MAX_CHARS = 200
_BUSY_S = 2
_BROKEN_S = 60

_log = logging.getLogger(__name__)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ProblemRoute(APIRoute):
    """A route that answers with a problem whatever is refused or fails on purpose."""

    def get_route_handler(self) -> Handler:
        """Return what answers a request."""
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except RequestValidationError as error:
                return invalid(error.errors())
            except Busy as error:
                return refused(503, "Service Unavailable", str(error), retry_after=_BUSY_S)
            except PullquoteError as error:
                return translated(error)
            except HTTPException as error:
                return failed(error)

        return answer


def refused(
    status: int, title: str, detail: str, *, retry_after: int | None = None, **more: object
) -> Response:
    """Answer with a problem; `more` are further members of it."""
    headers = {"retry-after": str(retry_after)} if retry_after else {}
    body = json.dumps(problem(status, title, detail) | more).encode()
    return Response(body, status, headers=headers, media_type=PROBLEM_TYPE)


def translated(error: PullquoteError) -> Response:
    """Put what pullquote raises on purpose as a problem."""
    if isinstance(error, InvalidQuestion):
        return refused(422, "Unprocessable Content", str(error))
    if isinstance(error, ArticleNotFound):
        return refused(404, "Not Found", "There is no article with this id.")
    if isinstance(error, IndexLocked):
        detail = "The collection is being changed by somebody else; try again in a moment."
        return refused(409, "Conflict", detail, retry_after=_BUSY_S)
    _log.error("the index cannot be asked: %s", error)  # its message may name paths
    detail = "The articles cannot be searched just now; the server's log says why."
    return refused(503, "Service Unavailable", detail, retry_after=_BROKEN_S)


def failed(error: HTTPException) -> Response:
    """Put what no route has taken as a problem."""
    titles = {404: "Not Found", 405: "Method Not Allowed"}
    details = {
        404: "There is nothing at this address; /v1/docs lists what there is.",
        405: "This address does not take that method; /v1/docs says which it takes.",
    }
    status = error.status_code
    reply = refused(status, titles.get(status, "Error"), details.get(status, str(error.detail)))
    reply.headers.update(error.headers or {})
    return reply


def invalid(errors: Sequence[Any]) -> Response:
    """Say what is wrong with a request, and where; never what was sent."""
    told = [
        {"where": _where(error["loc"]), "reason": _reason(error)} for error in errors[:MAX_ERRORS]
    ]
    detail = "; ".join(f"{each['where']}: {each['reason']}" for each in told[:3]) + "."
    return refused(422, "Unprocessable Content", detail, errors=told)


def _where(place: Sequence[str | int]) -> str:
    r"""Return a place in a request.

    >>> _where(("body", "history", 0, "question")), _where(("query", "k"))
    ('body/history/0/question', 'query/k')
    """
    return "/".join(map(str, place))[:_MAX_CHARS]


def _reason(error: Any) -> str:
    if error["type"] == "json_invalid":
        return "this is no JSON"
    return str(error["msg"]).removeprefix("Value error, ")[:_MAX_CHARS]
