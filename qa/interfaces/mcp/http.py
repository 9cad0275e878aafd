"""Who may speak the protocol over HTTP? Only programs of this machine, and no foreign page.

Every request stands alone and is answered with JSON. The server listens on this machine only;
behind a proxy, the names it is asked for under are to be given.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any

import uvicorn
from mcp.server import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from qa.interfaces.logs import server_logging

HOST = "127.0.0.1"
PATH = "/mcp"
MAX_BODY_BYTES = 1_000_000
MAX_CONNECTIONS = 100
GRACE_S = 3


def http_app(server: Server[Any], port: int, *, hosts: Sequence[str] = ()) -> Starlette:
    """Return the application that speaks the protocol at `PATH`.

    Args:
        server: What `build_server` returned.
        port: Where it listens: requests for another one are refused.
        hosts: Further names under which it may be asked for, as behind a proxy.
    """
    own = [f"{name}:{port}" for name in (HOST, "localhost")]
    given = [name for host in hosts for name in (host, f"{host}:*")]
    origins = [f"{scheme}://{name}" for name in own + given for scheme in ("http", "https")]
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MAX_BODY_BYTES,
        transport_security=TransportSecuritySettings(
            allowed_hosts=own + given, allowed_origins=origins
        ),
    )


def serve_http(server: Server[Any], listening: socket.socket, *, hosts: Sequence[str] = ()) -> None:
    """Serve at an open socket until Ctrl-C."""
    config = uvicorn.Config(
        http_app(server, listening.getsockname()[1], hosts=hosts),
        limit_concurrency=MAX_CONNECTIONS,
        log_level="warning",
        **server_logging(),
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    with closing(listening), suppress(KeyboardInterrupt):  # the way to stop it
        uvicorn.Server(config).run(sockets=[listening])
