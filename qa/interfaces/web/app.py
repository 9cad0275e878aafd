"""The web server: our own routes, the static files, and the page mounted behind them."""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

# Before Gradio is imported, which reads them then: nothing may leave this machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from corpus import ArticleNotFound, PullquoteError
from qa.interfaces.web.guard import PROBLEM_TYPE, BodyLimit, PageGuard, problem
from qa.interfaces.web.page import build_demo
from qa.interfaces.web.talk import AssistantLike

STATIC = Path(__file__).parent / "static"
FONT = "room/fonts/newsreader.woff2"
STYLE_SHEETS = ("room.css", "cards.css", "pane.css")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
MAX_CONNECTIONS = 200
GRACE_S = 3

_log = logging.getLogger(__name__)


def build_app(
    assistant: AssistantLike,
    *,
    demo: gr.Blocks | None = None,
    examples: Sequence[str] = (),
    hosts: Sequence[str] = (),
) -> FastAPI:
    """Build the whole web application over `assistant`.

    `demo` is the page if it is built already (see `build_demo`), else it is built with `examples`.
    Requests are answered only for local host names and those in `hosts`: without that, any web site
    could read the articles through the visitor's browser (DNS rebinding). "*" allows every name.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_warming_up(assistant))
    _add_routes(app, assistant)
    app.mount("/room", StaticFiles(directory=STATIC), name="room")
    page = demo if demo is not None else build_demo(assistant, examples=examples)
    gr.mount_gradio_app(app, page, "/", **_mount_settings())
    app.add_middleware(BodyLimit)
    app.add_middleware(
        TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *hosts], www_redirect=False
    )
    app.add_middleware(PageGuard, head=_head())
    return app


def serve(
    assistant: AssistantLike,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    demo: gr.Blocks | None = None,
    examples: Sequence[str] = (),
    hosts: Sequence[str] = (),
) -> None:
    """Serve the page until Ctrl-C; says where once it is ready.

    Raises:
        SystemExit: the address cannot be used; the message says why and what to do.
    """
    listening = _listen(host, port)
    names = [name for name in (host, *hosts) if name not in {"0.0.0.0", "::"}]
    app = build_app(assistant, demo=demo, examples=examples, hosts=[_in_url(n) for n in names])
    config = uvicorn.Config(
        app,
        limit_concurrency=MAX_CONNECTIONS,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    try:
        _Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # the way to stop it
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """A server that says where it can be reached as soon as that is true."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            seen = "localhost" if host in {"0.0.0.0", "::"} else _in_url(host)
            print(f"Open http://{seen}:{port}  (Ctrl-C stops it)", flush=True)  # noqa: T201


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # here, so that of two servers started at once one is told
    except socket.gaierror as error:
        listening.close()
        raise SystemExit(f"Cannot listen on {host}: {error.strerror}. Check --host.") from None
    except (OSError, OverflowError) as error:
        listening.close()
        raise SystemExit(
            f"Cannot listen on {host}, port {port}: {getattr(error, 'strerror', error)}. "
            "Choose another port with --port (PULLQUOTE_PORT for app.py; 0 takes any free one)."
        ) from None
    return listening


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _warming_up(assistant: AssistantLike) -> Any:
    """Load the models behind the visitor's back, so that the page is there at once."""

    def warm_up() -> None:
        try:
            assistant.warm_up()
        except Exception:  # the first question will say what is wrong
            _log.exception("the models could not be loaded ahead")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warming = threading.Thread(target=warm_up, name="warm-up", daemon=True)
        warming.start()
        yield
        # Compiled code that is still at work when Python ends takes the process down with an abort.
        warming.join()

    return lifespan


def _add_routes(app: FastAPI, assistant: AssistantLike) -> None:
    @app.get("/v1/health")
    def health() -> dict[str, Any]:
        stats = assistant.stats()
        return {"status": "ok", "articles": stats.articles, "passages": stats.passages}

    @app.get("/v1/articles/{article_id:path}")
    def article(article_id: str, version: str | None = None) -> JSONResponse:
        found = assistant.article(article_id, version=version)
        fields = ("id", "title", "outlet", "published", "source", "text", "version")
        content = {field: getattr(found, field) for field in fields}
        content["marks"] = [(mark.span.start, mark.span.end) for mark in found.marks]
        content["updated"] = _newest_version(article_id, found.version) != found.version
        return JSONResponse(content, headers={"cache-control": "no-cache"})

    def _newest_version(article_id: str, otherwise: str) -> str:
        try:
            return assistant.article(article_id).version
        except PullquoteError:  # the version that was asked for is sound and there
            return otherwise

    @app.post("/gradio_api/upload")
    def upload() -> JSONResponse:
        """Stand before Gradio's own route: this page takes no files, so nobody may leave any."""
        detail = "This page takes no files; add articles with: pullquote index"
        return _problem_reply(403, "Forbidden", detail)

    @app.exception_handler(ArticleNotFound)
    def not_found(_: Request, error: ArticleNotFound) -> JSONResponse:
        return _problem_reply(404, "Not Found", str(error))


def _problem_reply(status: int, title: str, detail: str) -> JSONResponse:
    return JSONResponse(problem(status, title, detail), status, media_type=PROBLEM_TYPE)


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
        "max_file_size": "10mb",
        "mcp_server": False,
        "run_history": False,
        "show_error": False,
        "ssr_mode": False,
        "theme": theme,
    }


def _head() -> str:
    """Return the tags of our style and script; the hash makes a changed file a new address."""

    def address(name: str) -> str:
        digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
        return f"room/{name}?v={digest}"

    return (
        f'<link rel="icon" type="image/svg+xml" href="{address("favicon.svg")}">'
        f'<link rel="preload" href="{FONT}" as="font" type="font/woff2" crossorigin>'
        + "".join(f'<link rel="stylesheet" href="{address(sheet)}">' for sheet in STYLE_SHEETS)
        + f'<script type="module" src="{address("room.js")}"></script>'
    )
