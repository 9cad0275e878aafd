"""The API at an address of its own, and a web site at another: two origins for a browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import uvicorn

PATIENCE_S = 30.0


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve an application; gives its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        ends = time.monotonic() + PATIENCE_S
        while not server.started and thread.is_alive() and time.monotonic() < ends:
            time.sleep(0.01)
        assert server.started
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


class Site:
    """A web site that knows nothing of the API: files by their paths, and a header or two."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._files: dict[str, tuple[bytes, Mapping[str, str]]] = {}

    def put(self, path: str, content: str, kind: str = "text/html", **headers: str) -> str:
        """Put a file there; `headers` are named with underscores. Returns its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._files[path] = content.encode(), {"content-type": f"{kind}; charset=utf-8", **named}
        return self.address + path

    def file(self, path: str) -> tuple[bytes, Mapping[str, str]] | None:
        return self._files.get(path)


@contextmanager
def web_site() -> Iterator[Site]:
    """Serve a web site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content, headers = site.file(self.path) or (b"", {})
            self.send_response(200 if content else 204)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
