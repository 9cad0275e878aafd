"""The API as an application of its own, and as a part of another: routes, and what guards them."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from corpus import PullquoteError
from qa.assistant import Assistant
from qa.interfaces.library.article_routes import article_routes
from qa.interfaces.library.library import Library
from qa.interfaces.library.library_routes import library_routes
from qa.interfaces.rest.access import Bearer, NeedsKey, OnlyLooks
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.beside_page import SharedPaths, api_below
from qa.interfaces.rest.cross_origin import AllowedOrigins
from qa.interfaces.rest.document import description_routes
from qa.interfaces.rest.etags import Tagged
from qa.interfaces.rest.idempotency import Idempotent
from qa.interfaces.rest.observing import Observed, RouteNoted
from qa.interfaces.rest.refusals import ProblemRoute, failed
from qa.interfaces.rest.routes import rest_routes
from qa.interfaces.rest.widget import widget_routes
from qa.interfaces.wall.enclosure import Wall, enclose
from qa.interfaces.wall.visitors import may_write, visitor_of

DATA_FOLDER = "api"
"""Inside the index folder: uploads on their way, and what was removed within the hour."""

_log = logging.getLogger(__name__)


def build_api(assistant: Assistant, settings: ApiSettings | None = None) -> FastAPI:
    """Build the application that serves the API alone.

    Raises:
        PullquoteError: the settings name what cannot be used.
    """
    api = Api(assistant, settings)
    data, lent = _data_folder(assistant.folder)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_life(api, lent))
    app.router.route_class = ProblemRoute
    app.add_exception_handler(HTTPException, _failed)
    app.get("/", include_in_schema=False)(_to_docs)
    app.get("/v1/health")(_health(assistant))
    library = Library(assistant, data)
    app.include_router(library_routes(library, visitor_of=visitor_of, may_write=may_write))
    app.include_router(article_routes(assistant))
    app.include_router(rest_routes(api))
    app.include_router(description_routes(api))
    app.include_router(widget_routes())
    put_inside(app, api)
    enclose(app, _wall(api))
    put_outside(app, api)
    try:
        app.middleware_stack = app.build_middleware_stack()  # now, not with the first request
    except ValueError as error:  # a root path, an origin or an address of a proxy
        raise PullquoteError(str(error)) from None
    return app


def put_inside(app: FastAPI, api: Api, *, beside_page: bool = False) -> None:
    """Put the API's guards around all routes of an application; before the wall is put up."""
    app.add_middleware(RouteNoted)
    app.add_middleware(Tagged)
    app.add_middleware(Idempotent, replies=api.replies)
    if beside_page:
        app.add_middleware(OnlyLooks)
    if api.keys:
        app.add_middleware(NeedsKey, beside_page=beside_page)


def put_outside(app: FastAPI, api: Api, *, beside_page: bool = False) -> None:
    """Put around the wall what must know of its refusals, or let somebody through it."""
    origins, root_path = api.settings.origins, api.settings.root_path
    if api.keys and beside_page:
        app.add_middleware(Bearer, keys=api.keys, opens=api_below(root_path))
    elif api.keys:
        app.add_middleware(Bearer, keys=api.keys)
    if origins and beside_page:
        app.add_middleware(SharedPaths, origins=origins, root_path=root_path)
    elif origins:
        app.add_middleware(AllowedOrigins, origins=origins)
    app.add_middleware(Observed, metrics=api.metrics)


def _wall(api: Api) -> Wall:
    settings = api.settings
    return Wall(
        hosts=settings.hosts,
        root_path=settings.root_path,
        trusted_proxies=settings.trusted_proxies,
        limits=settings.limits,
        waiting=api.places.waiting,
        read_only=settings.read_only,
    )


def _life(api: Api, lent: Path | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        api.start()
        yield
        api.wait()
        if lent:
            shutil.rmtree(lent, ignore_errors=True)

    return life


async def _failed(_: Request, error: Exception) -> Response:
    return failed(error) if isinstance(error, HTTPException) else failed(HTTPException(500))


async def _to_docs() -> Response:
    return RedirectResponse("v1/docs", 307)


def _health(assistant: Assistant) -> Callable[[], dict[str, Any]]:
    def health() -> dict[str, Any]:
        stats = assistant.stats()
        return {"status": "ok", "articles": stats.articles, "passages": stats.passages}

    return health


def _data_folder(index: Path) -> tuple[Path, Path | None]:
    """Return a folder to work in, and the same again if it must be deleted in the end."""
    folder = index / DATA_FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        _log.warning("%s: what is removed can be brought back only until this program ends", error)
        folder = Path(tempfile.mkdtemp(prefix="pullquote-api-"))
        return folder, folder
    return folder, None
