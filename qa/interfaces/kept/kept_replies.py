"""How the routes over kept things answer: never stored on the way, and with a reason if refused."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec

from fastapi.responses import JSONResponse, Response

from corpus import StoreError
from qa.interfaces.wall.problems import PROBLEM_TYPE, problem

NO_STORE = {"cache-control": "no-store"}

_log = logging.getLogger(__name__)

Given = ParamSpec("Given")


def reply(content: object) -> Response:
    """Answer with JSON."""
    return JSONResponse(content, headers=NO_STORE)


def attachment(content: str, media_type: str, name: str) -> Response:
    """Answer with a file to be saved; `name` is ours, in ASCII."""
    headers = {"content-disposition": f'attachment; filename="{name}"', **NO_STORE}
    return Response(content, media_type=media_type, headers=headers)


def refused(status: int, title: str, detail: str, **headers: str) -> Response:
    """Answer with a problem."""
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    content = problem(status, title, detail)
    return JSONResponse(content, status, headers=NO_STORE | own, media_type=PROBLEM_TYPE)


def unless_unusable(route: Callable[Given, Response]) -> Callable[Given, Response]:
    """Make a route answer 503 while its file cannot be read or written."""

    @functools.wraps(route)
    def answer(*args: Given.args, **kwargs: Given.kwargs) -> Response:
        try:
            return route(*args, **kwargs)
        except StoreError as error:  # its message names a path of this machine
            _log.warning("%s", error)
            detail = "What is kept here cannot be read or written just now; try again in a moment."
            return refused(503, "Service Unavailable", detail, retry_after="5")

    return answer
