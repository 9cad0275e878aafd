"""Serving a room: at which address, until when."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import replace

import gradio as gr

from qa.assistant import Assistant
from qa.interfaces.wall.listening import listen, own_names, run_server
from qa.interfaces.web.app import build_app
from qa.interfaces.web.room import Room, RoomSettings


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
    settings = replace(settings, hosts=own_names(host, settings.hosts))
    with closing(listen(host, port)) as listening, closing(Room(assistant, settings)) as room:
        serve_room(room, listening)


def serve_room(room: Room, listening: socket.socket, *, demo: gr.Blocks | None = None) -> None:
    """Serve a room at an open socket until Ctrl-C; `demo` is its page, if it is built already."""
    run_server(
        build_app(room, demo=demo),
        listening,
        ready=lambda address: f"Open {address}  (Ctrl-C stops it)",
    )
