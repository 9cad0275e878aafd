"""Who starts the server and speaks with it by its standard input and output?

The client ends the session by closing the input. Nothing but protocol may be on the output.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import anyio
from mcp.server import Server
from mcp.server.stdio import stdio_server

_OUTPUT, _ERRORS = 1, 2


@contextmanager
def quiet_output() -> Iterator[None]:
    """Send to standard error what is printed meanwhile, by native libraries too."""
    sys.stdout.flush()
    kept = os.dup(_OUTPUT)
    os.dup2(_ERRORS, _OUTPUT)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, _OUTPUT)
        os.close(kept)


def serve_stdio(server: Server[Any]) -> None:
    """Speak the protocol until the input is closed; stray prints go to standard error for good.

    Ctrl-C ends the process at once, wherever it is: a thread that waits for input cannot be told
    to stop, and nothing is being written that could be left half done.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    # Not left to the SDK: it begins later, and gives the output back while prints wait in a buffer.
    wire = os.fdopen(os.dup(_OUTPUT), "w", encoding="utf-8")
    os.dup2(_ERRORS, _OUTPUT)
    with wire:
        anyio.run(_speak, server, wire)


async def _speak(server: Server[Any], wire: TextIO) -> None:
    async with stdio_server(stdout=anyio.wrap_file(wire)) as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
