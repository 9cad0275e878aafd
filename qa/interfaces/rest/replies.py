"""How a route's replies are described: what it answers, and which problems it may tell."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from qa.interfaces.rest.told import example_of
from qa.interfaces.wall.problems import PROBLEM_TYPE

HEALTHY_FOR_S = 2
Responses = dict[int | str, dict[str, Any]]

_PROBLEMS = {
    400: "The body is no JSON, or a header or the host's name is malformed.",
    401: "There is no key, or a wrong one.",
    403: "The key has not the scope, the site is read-only, or another site's page has asked.",
    404: "There is no such article.",
    408: "The body took too long to come.",
    409: "Somebody else is changing the collection, or the first such request is at work.",
    413: "The body is too large.",
    415: "This kind of file cannot be read, or it has no name.",
    422: "The request is not as described here; `errors` says where.",
    429: "Too many requests have come from this address; `Retry-After` says when to come again.",
    431: "There are too many header fields, or they are too large.",
    500: "The server has failed; its log says why, under the request's id.",
    503: "Too many wait, or the index cannot be used; `Retry-After` says when to come again.",
}
_ALWAYS = (400, 422, 429, 431, 500, 503)
_TELL_WHEN = {409, 429, 503}


def answers(model: type[BaseModel] | None, *statuses: int, keyed: bool = False) -> Responses:
    """Describe a route that answers 200 with `model` and may answer with other statuses.

    `keyed` routes refuse who has no key, where keys are used.
    """
    told: Responses = {}
    if model is not None:
        told[200] = {"model": model, "description": _first_line(model)}
        if (example := example_of(model)) is not None:
            told[200]["content"] = {"application/json": {"example": example}}
    wanted = {*statuses, *_ALWAYS, *((401, 403) if keyed else ())}
    for status in sorted(wanted):
        told[status] = (
            {"description": "It is what `If-None-Match` names."}
            if status == 304
            else _problem(status)
        )
    return told


def plain_text() -> Responses:
    """Describe a reply in Prometheus's text format."""
    example = 'pullquote_http_requests_total{method="POST",route="/v1/ask",status="200"} 12.0\n'
    content = {"text/plain": {"schema": {"type": "string"}, "example": example}}
    return {200: {"description": "The figures, in Prometheus's text format.", "content": content}}


def _problem(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": _PROBLEMS[status],
        "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in _TELL_WHEN:
        told["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait, if that is known.",
                "schema": {"type": "integer"},
            }
        }
    return told


def _first_line(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().partition("\n")[0]
