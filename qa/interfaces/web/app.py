"""The web application: our own routes and static files, the page behind them, a wall around all.

What else the same server is to offer comes from above (`Beside`): this knows nothing of it.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

# Before Gradio is imported, which reads them then: nothing may leave this machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from corpus import PullquoteError
from qa.interfaces.wall.accounts import Accounts
from qa.interfaces.wall.enclosure import Wall, enclose
from qa.interfaces.wall.login import session_secret
from qa.interfaces.wall.visitors import visitor_of
from qa.interfaces.web.head import STATIC, language_asked, page_head
from qa.interfaces.web.page import I18N, build_demo
from qa.interfaces.web.room import Room


def _nothing(app: FastAPI) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a server offers beside its page.

    Attributes:
        routers: makes further routes for an application; the page's own routes come first.
        inside: puts guards inside the wall, around all routes.
        outside: puts guards around the wall.
        waiting: returns how many questions wait or are at work there.
        open_paths: what is answered without a login.
        takes_keys: programs may bring a key (see `Wall`).
    """

    routers: Callable[[FastAPI], Sequence[APIRouter]] = lambda app: ()
    inside: Callable[[FastAPI], None] = _nothing
    outside: Callable[[FastAPI], None] = _nothing
    waiting: Callable[[], int] = lambda: 0
    open_paths: Collection[str] = ()
    takes_keys: bool = False


ALONE = Beside()


def build_app(room: Room, *, demo: gr.Blocks | None = None, beside: Beside = ALONE) -> FastAPI:
    """Build the whole web application over a room.

    Args:
        room: What there is to be shown.
        demo: Its page, if it is built already.
        beside: What else the server offers.

    Raises:
        PullquoteError: the room's settings name what cannot be used.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_life(room))
    beside.inside(app)
    app.get("/v1/health")(room.health)
    for router in (*room.routers(), *beside.routers(app)):
        app.include_router(router)
    app.mount("/room", StaticFiles(directory=STATIC), name="room")
    page = demo if demo is not None else build_page(room)
    gr.mount_gradio_app(app, page, "/", **_mount_settings())
    login = room.settings.auth_file is not None

    def head(scope: Scope) -> str:
        return page_head(language_asked(scope), login=login)

    try:
        enclose(app, _wall(room, beside), head=head, language=language_asked)
        beside.outside(app)
        app.middleware_stack = app.build_middleware_stack()  # else only the first request would
    except ValueError as error:  # a root path, an origin or an address of a proxy
        raise PullquoteError(str(error)) from None
    return app


def build_page(room: Room) -> gr.Blocks:
    """Build the page of a room."""
    return build_demo(room.talk, room.keeper, visitor_of=visitor_of)


def _wall(room: Room, beside: Beside) -> Wall:
    settings = room.settings
    file = settings.auth_file
    return Wall(
        hosts=settings.hosts,
        root_path=settings.root_path,
        trusted_proxies=settings.trusted_proxies,
        limits=settings.limits,
        waiting=lambda: room.talk.waiting() + beside.waiting(),
        accounts=Accounts(file) if file else None,
        secret=session_secret(room.data) if file else "",
        read_only=settings.read_only,
        open_paths=beside.open_paths,
        takes_keys=beside.takes_keys,
    )


def _life(room: Room) -> Any:
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        room.start()
        yield
        room.wait()

    return life


def _mount_settings() -> dict[str, Any]:
    """What Gradio is told: nothing shared, nothing recorded, nothing fetched."""
    theme = gr.themes.Base(
        font=["Newsreader Variable", "Georgia", "serif"],
        font_mono=["ui-monospace", "monospace"],
        radius_size=gr.themes.sizes.radius_none,
    )
    return {
        "allowed_paths": [],
        "app_kwargs": {"openapi_url": None},
        "enable_monitoring": False,
        "favicon_path": str(STATIC / "favicon.svg"),
        "footer_links": [],
        "i18n": I18N,
        "max_file_size": "1kb",
        "mcp_server": False,
        "run_history": False,
        "show_error": False,
        "ssr_mode": False,
        "theme": theme,
    }
