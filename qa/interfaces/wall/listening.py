"""Where is served: the socket, the server that says so, and its end."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from qa.interfaces.logs import server_logging
from qa.interfaces.wall.connections import PatientProtocol

MAX_CONNECTIONS = 1_000
"""Far above `Limits.open_requests`: that answers with a reason, this one does not."""
GRACE_S = 3
ALL_ADDRESSES = frozenset({"0.0.0.0", "::"})
LOCAL_ADDRESSES = frozenset({"127.0.0.1", "::1", "localhost"})


def run_server(
    app: FastAPI, listening: socket.socket, *, ready: Callable[[str], str], grace_s: int = GRACE_S
) -> None:
    """Serve an application at an open socket until Ctrl-C or SIGTERM.

    Args:
        app: The application.
        listening: Where.
        ready: Makes the line to print, once that is true, of the address to reach it at.
        grace_s: How long requests that are being answered may take in the end.
    """
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        limit_concurrency=MAX_CONNECTIONS,
        log_level="warning",
        **server_logging(),
        proxy_headers=False,  # see `wall.proxies`
        server_header=False,
        timeout_graceful_shutdown=grace_s,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_no_farewell)
    with suppress(KeyboardInterrupt):  # the way to stop it
        _Server(config, ready).run(sockets=[listening])


def _is_no_farewell(record: logging.LogRecord) -> bool:
    """Say whether a record is more than that an open page's event stream ended with the server."""
    error = record.exc_info[1] if record.exc_info else None
    return not (
        isinstance(error, asyncio.CancelledError) or "graceful shutdown exceeded" in record.msg
    )


class _Server(uvicorn.Server):
    """A server that says where it can be reached as soon as that is true."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], str]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            seen = "localhost" if host in ALL_ADDRESSES else in_url(host)
            print(self._ready(f"http://{seen}:{port}"), flush=True)  # noqa: T201


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve at.

    Raises:
        SystemExit: the address cannot be used; the message says why and what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends each piece of a reply at once; without it, the second
    # one waits 40 ms for the client's acknowledgement of the first.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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


def own_names(host: str, others: Sequence[str]) -> list[str]:
    """Return the names that a server at `host` may be asked for under, `others` among them."""
    return [*([] if host in ALL_ADDRESSES else [in_url(host)]), *others]


def in_url(host: str) -> str:
    """Return a host as addresses hold it."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
