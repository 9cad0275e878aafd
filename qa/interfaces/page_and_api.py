"""What does one server offer that has both the page and the whole API, over one assistant?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import gradio as gr
from fastapi import APIRouter, FastAPI
from starlette.routing import Route

from qa.assistant import Assistant
from qa.interfaces.rest.access import TELLING_PATHS
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.api_settings import API_LIMITS, ApiSettings
from qa.interfaces.rest.app import put_inside, put_outside
from qa.interfaces.rest.beside_page import Unmatched
from qa.interfaces.rest.document import Besides, description_routes
from qa.interfaces.rest.refusals import ProblemRoute
from qa.interfaces.rest.routes import rest_routes
from qa.interfaces.rest.serving import check_guarded
from qa.interfaces.rest.widget import widget_routes
from qa.interfaces.wall.listening import listen, own_names, run_server
from qa.interfaces.web.app import Beside, build_app
from qa.interfaces.web.room import Room, RoomSettings


def build_page_and_api(
    room: Room,
    *,
    keys_file: Path | None = None,
    origins: Sequence[str] = (),
    demo: gr.Blocks | None = None,
) -> FastAPI:
    """Build the application that serves a room's page, and the API over its assistant.

    Args:
        room: Its settings hold for both, its limits too.
        keys_file: Which programs may ask; None lets everybody (see `ApiSettings`).
        origins: The sites whose pages may call the API, and it alone.
        demo: The page, if it is built already.

    Raises:
        PullquoteError: the settings name what cannot be used.
    """
    root_path = room.settings.root_path
    settings = ApiSettings(keys_file=keys_file, origins=origins, root_path=root_path)
    api = Api(room.assistant, settings, also_waiting=room.talk.waiting)
    room.warming.then(api.mark_ready)
    login = room.settings.auth_file is not None
    return build_app(room, demo=demo, beside=_beside(api, Besides(page=True, login=login)))


def serve_page_and_api(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    settings: RoomSettings | None = None,
    keys_file: Path | None = None,
    origins: Sequence[str] = (),
    without_keys: bool = False,
) -> None:
    """Serve both until Ctrl-C or SIGTERM; says where once they answer.

    Args:
        assistant: What answers.
        host: Address to listen on.
        port: Port to listen on; 0 takes any free one.
        settings: Other than the defaults; those of the page, with the rates of the API.
        keys_file: Which programs may ask; None lets everybody.
        origins: The sites whose pages may call the API.
        without_keys: Let all programs ask that can reach the address, although it is no local one.

    Raises:
        SystemExit: the address cannot be used; the message says why and what to do.
        PullquoteError: the settings name what cannot be used, or nothing guards the API.
    """
    check_guarded(host, ApiSettings(keys_file=keys_file), without_keys=without_keys)
    settings = settings or RoomSettings(limits=API_LIMITS)
    settings = replace(settings, hosts=own_names(host, settings.hosts))
    with closing(listen(host, port)) as listening, closing(Room(assistant, settings)) as room:
        run_server(
            build_page_and_api(room, keys_file=keys_file, origins=origins),
            listening,
            ready=lambda address: (
                f"Open {address} – the API answers at {address}/v1/docs  (Ctrl-C stops it)"
            ),
        )


def _beside(api: Api, besides: Besides) -> Beside:
    def routers(app: FastAPI) -> list[APIRouter]:
        rest = APIRouter()
        for path in ("/v1/{rest:path}", "/metrics"):
            rest.routes.append(Route(path, Unmatched(app), include_in_schema=False))
        return [rest_routes(api), description_routes(api, besides), widget_routes(), rest]

    def inside(app: FastAPI) -> None:
        app.router.route_class = ProblemRoute
        put_inside(app, api, beside_page=True)

    return Beside(
        routers=routers,
        inside=inside,
        outside=lambda app: put_outside(app, api, beside_page=True),
        waiting=api.places.waiting,
        open_paths=TELLING_PATHS,
        takes_keys=api.keys is not None,
    )
