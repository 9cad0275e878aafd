"""The OpenAPI document: every route of the API, with models, examples and problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic.json_schema import models_json_schema

from qa.interfaces.rest.access import is_own
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.described import DESCRIBED, further_models
from qa.interfaces.rest.docs_page import docs_page
from qa.interfaces.rest.routes import rest_routes
from qa.interfaces.rest.told import Problem
from qa.interfaces.wall.login import COOKIE

VERSION = "1.0.0"
"""Of the API, not of the program; the first number is that in the paths."""

_DESCRIPTION = (
    "Questions about a collection of articles, answered in the articles’ own words. Every quotation"
    " is `article.text[start:end]`, character for character; offsets count Unicode code points"
    " (in JavaScript: `[...text]`). Every reply carries `X-Request-ID`; every problem is in the"
    " form of RFC 9457. What is read has an `ETag`."
)
_TAGS = [
    {"name": "Questions", "description": "Ask, and find passages."},
    {"name": "Articles", "description": "List, show, add, replace, remove."},
    {"name": "Stories", "description": "Reports that several articles carry."},
    {"name": "Monitoring", "description": "Is it there, is it ready, how is it doing?"},
    {"name": "Description", "description": "This document."},
]
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of `pullquote api-key`; read: ask and look; write: add and remove.",
}
_SESSION = {
    "type": "apiKey",
    "in": "cookie",
    "name": COOKIE,
    "description": "What a browser has whose user has logged in on the page.",
}
_REF = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """What stands beside the API: a page that is asked for articles, too; a login before both."""

    page: bool = False
    login: bool = False


ALONE = Besides()


def document(api: Api, besides: Besides = ALONE) -> dict[str, Any]:
    """Return the document of an API: its own routes and those of articles and health.

    What stands beside the API changes nothing in it but who may call what.
    """
    found = get_openapi(
        title="pullquote",
        version=VERSION,
        description=_DESCRIPTION,
        routes=[*rest_routes(api).routes, *DESCRIBED.routes, *_description_routes({}).routes],
        tags=_TAGS,
        servers=[{"url": api.settings.root_path}] if api.settings.root_path else None,
    )
    components = found.setdefault("components", {})
    _, further = models_json_schema(
        [(model, "validation") for model in (Problem, *further_models())], ref_template=_REF
    )
    schemas = {**components.get("schemas", {}), **further["$defs"]}
    components["schemas"] = dict(sorted(schemas.items()))
    schemes = {"key": _KEY} if api.keys else {}
    if besides.login:
        schemes["session"] = _SESSION
    if schemes:
        components["securitySchemes"] = schemes
    for path, operations in found["paths"].items():
        ways: list[dict[str, Any]] = [{scheme: []} for scheme in schemes]
        if besides.page and not besides.login and not is_own(path):
            ways.append({})  # as open as the page
        for operation in operations.values():
            _finish(operation, ways if schemes else [])
    return found


def description_routes(api: Api, besides: Besides = ALONE) -> APIRouter:
    """Return the routes of the document and of the page that is made of it."""
    return _description_routes(document(api, besides))


def _description_routes(described: dict[str, Any]) -> APIRouter:
    router = APIRouter(generate_unique_id_function=lambda route: route.name)
    page = docs_page(described) if described else ""

    @router.get(
        "/v1/openapi.json",
        tags=["Description"],
        response_class=JSONResponse,
        responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
    )
    async def openapi() -> Response:
        """Return the OpenAPI document."""
        return JSONResponse(described)

    @router.get("/v1/docs", tags=["Description"], response_class=HTMLResponse)
    async def docs() -> Response:
        """Return a page that says the same to people."""
        return HTMLResponse(page, headers={"cache-control": "no-cache"})

    return router


def _finish(operation: dict[str, Any], ways: list[dict[str, Any]]) -> None:
    """Say by which ways one may call, and give every reply its request's id."""
    keyed = "401" in operation["responses"]
    if keyed and not ways:
        del operation["responses"]["401"]
    elif keyed:
        operation["security"] = ways
    for reply in operation["responses"].values():
        headers = reply.setdefault("headers", {})
        headers["X-Request-ID"] = {"schema": {"type": "string"}, "description": "The request’s id."}
