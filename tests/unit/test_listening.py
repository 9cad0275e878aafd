"""The sockets that servers listen at."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing

from qa.interfaces.mcp_command import _listen
from qa.interfaces.wall.listening import listen


def sends_at_once(listening: socket.socket) -> bool:
    """Say whether a connection to a socket, served by asyncio, sends without waiting."""

    async def accepted() -> bool:
        told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            raw = writer.get_extra_info("socket")
            told.set_result(bool(raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        async with await asyncio.start_server(connected, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            try:
                return await told
            finally:
                writer.close()
                await writer.wait_closed()

    return asyncio.run(accepted())


def test_no_reply_waits_40_ms_for_an_acknowledgement() -> None:
    for open_socket in (listen, _listen):
        with closing(open_socket("127.0.0.1", 0)) as listening:
            assert sends_at_once(listening)
    with closing(socket.create_server(("127.0.0.1", 0))) as plain:
        assert not sends_at_once(plain)
