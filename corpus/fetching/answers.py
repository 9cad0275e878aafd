"""What a host sends, read under limits of time and size."""

from __future__ import annotations

import io
import socket
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import Any
from urllib.parse import urljoin

from corpus.errors import UnreadableArticle

_GZIP = 16 + zlib.MAX_WBITS
_FIRST_BYTE = 0x1F  # of each member of a gzip body
_CHUNK_BYTES = 64 * 1024


class Unpacker:
    """Collects a body, unpacked if it is packed, up to a number of bytes.

    A gzip body may have several members, one after the other (RFC 1952); what follows the last of
    them is padding.
    """

    def __init__(self, encoding: str, max_bytes: int, name: str) -> None:
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise UnreadableArticle(f"{name} was sent in a way that is not read: {encoding[:40]}.")
        self._engine = zlib.decompressobj(_GZIP) if "gzip" in encoding else None
        self._is_padding = False
        self._max_bytes = max_bytes
        self._name = name
        self._data = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take in what came."""
        if self._engine is None:
            self._data += chunk
            self._check_size()
        while chunk and self._engine and not self._is_padding:
            if self._engine.eof:
                if chunk[0] != _FIRST_BYTE:
                    self._is_padding = True
                    return
                self._engine = zlib.decompressobj(_GZIP)
            self._data += self._engine.decompress(chunk, self._max_bytes + 1 - len(self._data))
            self._check_size()
            chunk = self._engine.unused_data

    def _check_size(self) -> None:
        if len(self._data) > self._max_bytes:
            limit = self._max_bytes / 1024 / 1024
            raise UnreadableArticle(f"{self._name} has more than {limit:g} MB. It is not read.")

    def all_of(self, data: bytes) -> bytes:
        """Return a whole body, unpacked."""
        try:
            for start in range(0, len(data), _CHUNK_BYTES):  # of all at once, each member copies
                self.add(data[start : start + _CHUNK_BYTES])
        except zlib.error as error:
            message = f"{self._name} is damaged: it cannot be unpacked. Try again later."
            raise UnreadableArticle(message) from error
        return self.finished()

    def finished(self) -> bytes:
        """Return the body when all has come."""
        if self._engine and not self._engine.eof:
            raise UnreadableArticle(f"{self._name} is cut off. Try again later.")
        return bytes(self._data)


class _TimedReader(io.RawIOBase):
    """Reads from a socket; each wait is at most the time that is left for everything."""

    def __init__(self, sock: socket.socket, left_s: Callable[[], float]) -> None:
        super().__init__()
        self._sock = sock
        self._left_s = left_s

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._left_s())
        return self._sock.recv_into(buffer)


class TimedSocket:
    """What `HTTPConnection` needs of a socket; it is closed by whoever opened it."""

    def __init__(self, sock: socket.socket, left_s: Callable[[], float]) -> None:
        self._sock = sock
        self._left_s = left_s

    def makefile(self, *_: Any) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(_TimedReader(self._sock, self._left_s))

    def sendall(self, data: bytes) -> None:
        """Send all of a request."""
        self._sock.settimeout(self._left_s())
        self._sock.sendall(data)

    def close(self) -> None:
        """Leave the socket open."""
        pass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered."""

    status: int
    headers: HTTPMessage
    data: bytes

    @property
    def media_type(self) -> str:
        """Return the kind of file that was sent."""
        return (self.headers["Content-Type"] or "").partition(";")[0].strip().lower()


def header(answer: Answer, name: str) -> str | None:
    """Return a header if it is short and printable."""
    value = (answer.headers[name] or "").strip()
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= 200 else None


def joined(url: str, leads_to: str) -> str:
    """Return where a redirect leads."""
    try:
        return urljoin(url, leads_to)
    except ValueError:
        return leads_to  # to be refused


def as_utf8(header: str) -> str:
    """Read a header as UTF-8; the library takes all for Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
