"""What a fetch may take, what is remembered between fetches, and what comes of one."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

MEDIA_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/rdf+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/ld+json": ".json",
    "text/csv": ".csv",
    "application/gzip": ".gz",
    "application/x-gzip": ".gz",
}
"""What may be fetched, and the kind of file it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch may take: bytes after unpacking, seconds in all with every redirect."""

    max_bytes: int = 10 * 1024 * 1024
    total_s: float = 15.0
    redirects: int = 5
    delay_s: float = 1.0


@dataclass(slots=True)
class FetchCache:
    """What is remembered between fetches.

    `validators` are the ETag and Last-Modified of an address, worth keeping from run to run: what
    has not changed is not sent again. Rules of robots.txt and times of visits are for one run.
    """

    validators: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    robots: dict[str, Protego | None] = field(default_factory=dict)
    visited_s: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered. `data` is empty where nothing changed since the last time."""

    url: str
    final_url: str
    media_type: str
    data: bytes
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False


def _look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _connect(address: str, port: int, timeout_s: float) -> socket.socket:
    return socket.create_connection((address, port), timeout_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The outside world: looking up names, connecting to a checked address, and the clock."""

    look_up: Callable[[str, int], list[str]] = _look_up
    connect: Callable[[str, int, float], socket.socket] = _connect
    now_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
