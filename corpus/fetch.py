"""Pages and feeds from the web, when a person asked for it: only public hosts, politely, bounded.

Nothing here is imported, let alone run, without --allow-network. A host's addresses are looked up
once and all checked; the connection goes to a checked address, not to the name, so that no second
look-up can lead elsewhere. Each redirect is checked like the first address. No proxy is used.
"""

from __future__ import annotations

import contextlib
import io
import ipaddress
import logging
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from protego import Protego

from corpus.errors import UnreadableArticle
from corpus.formats.feeds import feed_urls, is_sitemap, sitemap_urls

logger = logging.getLogger(__name__)

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

MAX_URLS = 1000
_MAX_SITEMAPS = 50
_MAX_URL_CHARS = 2000
_MAX_ROBOTS_BYTES = 512 * 1024
_MAX_CRAWL_DELAY_S = 30
_MAX_ADDRESSES_TRIED = 4
_CHUNK_BYTES = 64 * 1024
_AGENT = "pullquote"
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_IN_URLS = frozenset(' \\"<>`')
_SAFE = "/%:=&?~+!$,;'@()*[]"

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-)){1,20}")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_LOCAL_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "arpa",
    "onion",
)
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NO_HOSTS = [
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # Teredo and other assignments
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: any IPv4 address may be inside
        "3fff::/20",  # documentation
    )
]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A checked address: `host` is plain ASCII, `target` what is asked for there."""

    scheme: str
    host: str
    target: str

    @property
    def authority(self) -> str:
        """The host as it is written in an address."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def origin(self) -> str:
        """The address of the host, as in "https://orme.example"."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.target


def check_url(url: str) -> Place:
    """Return the parts of an address that may be fetched, as far as its spelling tells.

    Raises:
        UnreadableArticle: It is no http or https address, has a user name or password, another port
            than 80 or 443, or a host that is not public.
    """
    shown = ascii(url[:200])[1:-1]
    if len(url) > _MAX_URL_CHARS or not url.isprintable() or _NOT_IN_URLS & set(url):
        raise _refused(shown, "it is too long or has characters that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower().removesuffix(".")
    except (ValueError, UnicodeError):
        raise _refused(shown, "it is no address") from None
    if parts.scheme not in _PORTS:
        raise _refused(shown, "only http and https addresses are fetched")
    if "@" in parts.netloc:
        raise _refused(shown, "it has a user name in it")
    if port not in (None, _PORTS[parts.scheme]) or parts.netloc.endswith(":"):
        raise _refused(shown, "only the ports 80 for http and 443 for https are used")
    if _is_literal(host) and not is_public(host):
        raise _refused(shown, "its host is not a public address in the usual spelling")
    if not _is_literal(host) and not _is_public_name(host):
        raise _refused(shown, "its host is no public name")
    target = quote(parts.path or "/", safe=_SAFE)
    target += f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Place(scheme=parts.scheme, host=host, target=target)


def _is_literal(host: str) -> bool:
    """Say whether a host is a number, in whatever spelling, and not a name."""
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def _is_public_name(host: str) -> bool:
    is_name = len(host) <= 253 and _NAME.fullmatch(host)
    return bool(is_name) and host.rpartition(".")[2] not in _LOCAL_NAMES


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet's, and a single host's.

    >>> is_public("9.9.9.9"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip.ipv4_mapped is not None or ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(ip.packed[-4:])))
        if ip not in _GLOBAL_IPV6:
            return False
    in_no_use = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback
    return ip.is_global and not in_no_use and not any(ip in network for network in _NO_HOSTS)


_LIMITS = FetchLimits()
_NETWORK = Network()


def fetch(
    url: str,
    *,
    cache: FetchCache | None = None,
    limits: FetchLimits = _LIMITS,
    network: Network = _NETWORK,
) -> Fetched:
    """Fetch what is at an address, if robots.txt allows it.

    Args:
        url: An http or https address of a public host.
        cache: What earlier fetches found; keep one for a run, so that hosts are asked politely.
        limits: Bounds on size, time and redirects.
        network: The world outside; for tests.

    Raises:
        UnreadableArticle: The address may not be fetched, or could not be; the message says why.
    """
    return _Visit(cache if cache is not None else FetchCache(), limits, network).fetch(url)


def expand(
    url: str,
    *,
    cache: FetchCache | None = None,
    limits: FetchLimits = _LIMITS,
    network: Network = _NETWORK,
) -> Iterator[str]:
    """Yield the addresses that a feed or a sitemap lists, each once, at most `MAX_URLS`.

    A sitemap that others list and that cannot be read is left out, with a warning in the log.

    Raises:
        UnreadableArticle: The first address cannot be fetched, or is no feed and no sitemap.
    """
    cache = cache if cache is not None else FetchCache()
    sitemaps, found = [url], set[str]()
    for number, address in enumerate(sitemaps):
        try:
            fetched = fetch(address, cache=cache, limits=limits, network=network)
            articles, more = _listed(fetched, limits.max_bytes)
        except UnreadableArticle as error:
            if number == 0:
                raise
            logger.warning("%s", error)
            continue
        if more:  # that the list of sitemaps has not changed says nothing of the sitemaps
            cache.validators.pop(fetched.final_url, None)
        sitemaps += [new for new in more if new not in sitemaps][: _MAX_SITEMAPS - len(sitemaps)]
        for article in articles:
            if article not in found and len(found) < MAX_URLS:
                found.add(article)
                yield article


def _listed(fetched: Fetched, max_bytes: int) -> tuple[list[str], list[str]]:
    """Return the addresses of articles and those of sitemaps that a feed or sitemap lists."""
    if fetched.not_modified:
        return [], []
    data, name = fetched.data, fetched.final_url
    if data.startswith(b"\x1f\x8b"):
        data = _Unpacker("gzip", max_bytes, name).all_of(data)
    if not is_sitemap(data):
        return feed_urls(data, name, base=name), []
    entries = sitemap_urls(data, name)
    articles = [entry.loc for entry in entries if not entry.is_sitemap]
    return articles, [entry.loc for entry in entries if entry.is_sitemap]


def _refused(shown: str, reason: str) -> UnreadableArticle:
    return UnreadableArticle(f"{shown} is not fetched: {reason}. Save the page and add the file.")


def _failed(place: Place, reason: str) -> UnreadableArticle:
    return UnreadableArticle(f"{place.url} could not be fetched: {reason}. Try later, or save it.")


class _Unpacker:
    """Collects a body, unpacked if it is packed, up to a number of bytes."""

    def __init__(self, encoding: str, max_bytes: int, name: str) -> None:
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise UnreadableArticle(f"{name} was sent in a way that is not read: {encoding[:40]}.")
        self._engine = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
        self._max_bytes = max_bytes
        self._name = name
        self._data = bytearray()

    def add(self, chunk: bytes) -> None:
        room = self._max_bytes + 1 - len(self._data)
        self._data += self._engine.decompress(chunk, room) if self._engine else chunk
        if len(self._data) > self._max_bytes:
            limit = self._max_bytes / 1024 / 1024
            raise UnreadableArticle(f"{self._name} has more than {limit:g} MB. It is not read.")

    def all_of(self, data: bytes) -> bytes:
        try:
            self.add(data)
        except zlib.error as error:
            raise UnreadableArticle(f"{self._name} is damaged: {error}.") from error
        return self.finished()

    def finished(self) -> bytes:
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


class _TimedSocket:
    """What `HTTPConnection` needs of a socket; it is closed by whoever opened it."""

    def __init__(self, sock: socket.socket, left_s: Callable[[], float]) -> None:
        self._sock = sock
        self._left_s = left_s

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._left_s))

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._left_s())
        self._sock.sendall(data)

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: HTTPMessage
    data: bytes

    @property
    def media_type(self) -> str:
        return (self.headers["Content-Type"] or "").partition(";")[0].strip().lower()


class _Visit:
    """One fetch: an address, its redirects and their robots.txt, all on one clock."""

    def __init__(self, cache: FetchCache, limits: FetchLimits, network: Network) -> None:
        self._cache = cache
        self._limits = limits
        self._network = network
        self._end_s = 0.0

    def fetch(self, url: str) -> Fetched:
        place = check_url(url)
        self._wait_for_turn(place)
        self._end_s = self._network.now_s() + self._limits.total_s
        place, answer = self._follow(place, is_page=True)
        kept = self._cache.validators.get(place.url)
        if answer.status == 304 and kept:
            etag, last_modified = kept
        elif answer.status == 200:
            etag, last_modified = (_header(answer, name) for name in ("ETag", "Last-Modified"))
            self._cache.validators[place.url] = (etag, last_modified)
        else:
            raise _failed(place, f"the host answered {answer.status}")
        return Fetched(
            url=url,
            final_url=place.url,
            media_type=answer.media_type,
            data=answer.data,
            etag=etag,
            last_modified=last_modified,
            not_modified=answer.status == 304,
        )

    def _wait_for_turn(self, place: Place) -> None:
        rules = self._cache.robots.get(place.origin)
        asked_s = (rules.crawl_delay(_AGENT) if rules else None) or 0
        delay_s = max(self._limits.delay_s, min(asked_s, _MAX_CRAWL_DELAY_S))
        before_s = self._cache.visited_s.get(place.host)
        if before_s is not None and (wait_s := before_s + delay_s - self._network.now_s()) > 0:
            self._network.sleep(wait_s)
        self._cache.visited_s[place.host] = self._network.now_s()

    def _follow(self, place: Place, *, is_page: bool) -> tuple[Place, _Answer]:
        """Ask, and go where the answer leads; every address on the way is checked as the first."""
        for _ in range(self._limits.redirects + 1):
            if is_page:
                self._obey_robots(place)
            answer = self._ask(place, is_page=is_page)
            leads_to = answer.headers["Location"]
            if answer.status not in _REDIRECTS or not leads_to:
                return place, answer
            place = check_url(_joined(place.url, _as_utf8(leads_to)))
        raise _failed(place, f"it is redirected more than {self._limits.redirects} times")

    def _obey_robots(self, place: Place) -> None:
        if place.origin not in self._cache.robots:
            self._cache.robots[place.origin] = None
            self._cache.robots[place.origin] = self._robots(place)
        rules = self._cache.robots[place.origin]
        if rules is None:
            raise _failed(
                place, "the robots.txt of its host, which must be read first, was not there"
            )
        if not rules.can_fetch(place.url, _AGENT):
            raise _refused(place.url, "the robots.txt of its host does not allow it")

    def _robots(self, place: Place) -> Protego | None:
        """Return a host's rules; None where the host does not work, so that it is left alone."""
        try:
            _, answer = self._follow(replace(place, target="/robots.txt"), is_page=False)
        except UnreadableArticle as error:
            message = f"{place.url} is not fetched, for robots.txt must be read first. {error}"
            raise UnreadableArticle(message) from error
        if answer.status == 200:
            return Protego.parse(answer.data[:_MAX_ROBOTS_BYTES].decode("utf-8", "replace"))
        return Protego.parse("") if 400 <= answer.status < 500 else None

    def _ask(self, place: Place, *, is_page: bool) -> _Answer:
        headers = {"Host": place.authority, "User-Agent": user_agent(), "Connection": "close"}
        headers |= {"Accept": ", ".join(MEDIA_SUFFIXES), "Accept-Encoding": "gzip"}
        if is_page:
            etag, last_modified = self._cache.validators.get(place.url, (None, None))
            headers |= {"If-None-Match": etag} if etag else {}
            headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        try:
            with contextlib.closing(self._connected(place)) as sock:
                connection: Any = HTTPConnection(place.host)
                connection.sock = _TimedSocket(sock, self._left_s)
                connection.request("GET", place.target, headers=headers)
                with connection.getresponse() as response:
                    return self._answer(place, response, is_page=is_page)
        except TimeoutError:
            raise _failed(place, f"it took more than {self._limits.total_s:g} s") from None
        except (OSError, HTTPException, zlib.error, ValueError) as error:
            reason = ascii(" ".join(str(error).split())[:200])[1:-1] or type(error).__name__
            raise _failed(place, reason) from error

    def _answer(self, place: Place, response: HTTPResponse, *, is_page: bool) -> _Answer:
        answer = _Answer(response.status, response.headers, b"")
        if answer.status != 200:
            return answer
        if is_page and answer.media_type not in MEDIA_SUFFIXES:
            kind = ascii(answer.media_type[:60])
            raise _refused(place.url, f"it is of a kind that is not read: {kind}")
        encoding = (response.headers["Content-Encoding"] or "").strip().lower()
        body = _Unpacker(encoding, self._limits.max_bytes, place.url)
        while chunk := response.read(_CHUNK_BYTES):
            body.add(chunk)
        if response.length:
            raise _failed(place, "the answer is cut off")
        return replace(answer, data=body.finished())

    def _connected(self, place: Place) -> socket.socket:
        """Connect to an address of the host that was checked, and to no other."""
        addresses = self._checked_addresses(place)[:_MAX_ADDRESSES_TRIED]
        for number, address in enumerate(addresses, 1):
            try:
                wait_s = self._left_s() / (len(addresses) - number + 1)
                sock = self._network.connect(address, _PORTS[place.scheme], wait_s)
                break
            except OSError:
                if number == len(addresses):
                    raise
        if place.scheme == "http":
            return sock
        try:
            sock.settimeout(self._left_s())
            return ssl.create_default_context().wrap_socket(sock, server_hostname=place.host)
        except BaseException:
            sock.close()
            raise

    def _checked_addresses(self, place: Place) -> list[str]:
        is_literal = _is_literal(place.host)
        addresses = [place.host] if is_literal else self._look_up(place)
        if not addresses:
            raise _failed(place, "its host has no address")
        for address in addresses:
            if not is_public(address):
                reason = f"its host is at {ascii(address)[1:-1]}, which is not public"
                raise _refused(place.url, reason)
        return addresses

    def _look_up(self, place: Place) -> list[str]:
        """Look up a name, in a thread because the system's call knows no time limit."""
        found: list[list[str] | Exception] = []

        def look_up() -> None:
            try:
                found.append(self._network.look_up(place.host, _PORTS[place.scheme]))
            except (OSError, UnicodeError) as error:
                found.append(error)

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self._left_s())
        if not found:
            raise TimeoutError
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    def _left_s(self) -> float:
        left_s = self._end_s - self._network.now_s()
        if left_s <= 0:
            raise TimeoutError
        return left_s


def user_agent() -> str:
    """Return what this program calls itself, as in "pullquote/0.1.0"."""
    try:
        return f"{_AGENT}/{version(_AGENT)}"
    except PackageNotFoundError:
        return f"{_AGENT}/0"


def _header(answer: _Answer, name: str) -> str | None:
    value = (answer.headers[name] or "").strip()
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= 200 else None


def _joined(url: str, leads_to: str) -> str:
    try:
        return urljoin(url, leads_to)
    except ValueError:
        return leads_to  # to be refused


def _as_utf8(header: str) -> str:
    """Read a header as UTF-8; the library takes all for Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
