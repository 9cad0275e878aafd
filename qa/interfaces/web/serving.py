"""Serving a room: the address, the server, and its end."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import closing, suppress
from dataclasses import replace

import gradio as gr
import uvicorn

from qa.assistant import Assistant
from qa.interfaces.wall.connections import PatientProtocol
from qa.interfaces.web.app import build_app
from qa.interfaces.web.room import Room, RoomSettings

MAX_CONNECTIONS = 1_000
"""Far above `Limits.open_requests`: that answers with a reason, this one does not."""
GRACE_S = 3


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    settings: RoomSettings | None = None,
) -> None:
    """Serve the page until Ctrl-C; says where once it is ready.

    Raises:
        SystemExit: the address cannot be used; the message says why and what to do.
        PullquoteError: the settings name what cannot be used.
    """
    settings = settings or RoomSettings()
    if host not in {"0.0.0.0", "::"}:
        settings = replace(settings, hosts=[in_url(host), *settings.hosts])
    with closing(listen(host, port)) as listening, closing(Room(assistant, settings)) as room:
        serve_room(room, listening)


def serve_room(room: Room, listening: socket.socket, *, demo: gr.Blocks | None = None) -> None:
    """Serve a room at an open socket until Ctrl-C; `demo` is its page, if it is built already."""
    config = uvicorn.Config(
        build_app(room, demo=demo),
        http=PatientProtocol,
        limit_concurrency=MAX_CONNECTIONS,
        log_level="warning",
        proxy_headers=False,  # see `proxies`
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_no_farewell)
    with suppress(KeyboardInterrupt):  # the way to stop it
        _Server(config).run(sockets=[listening])


def _is_no_farewell(record: logging.LogRecord) -> bool:
    """Say whether a record is more than that an open page's event stream ended with the server."""
    error = record.exc_info[1] if record.exc_info else None
    return not (
        isinstance(error, asyncio.CancelledError) or "graceful shutdown exceeded" in record.msg
    )


class _Server(uvicorn.Server):
    """A server that says where it can be reached as soon as that is true."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            seen = "localhost" if host in {"0.0.0.0", "::"} else in_url(host)
            print(f"Open http://{seen}:{port}  (Ctrl-C stops it)", flush=True)  # noqa: T201


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve at.

    Raises:
        SystemExit: the address cannot be used; the message says why and what to do.
    """
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


def in_url(host: str) -> str:
    """Return a host as addresses hold it."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
