"""One visit to a host: redirects, robots.txt and the connection, all on one clock."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import zlib
from dataclasses import replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from protego import Protego

from corpus.errors import UnreadableArticle
from corpus.fetching.addresses import (
    PORTS,
    Place,
    check_url,
    failed,
    is_literal,
    is_public,
    refused,
)
from corpus.fetching.answers import Answer, TimedSocket, Unpacker, as_utf8, header, joined
from corpus.fetching.limits import (
    MEDIA_SUFFIXES,
    FetchCache,
    Fetched,
    FetchLimits,
    Network,
)

_MAX_ROBOTS_BYTES = 512 * 1024
_MAX_CRAWL_DELAY_S = 30
_MAX_ADDRESSES_TRIED = 4
_CHUNK_BYTES = 64 * 1024
_AGENT = "pullquote"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Visit:
    """One fetch: an address, its redirects and their robots.txt, all on one clock."""

    def __init__(self, cache: FetchCache, limits: FetchLimits, network: Network) -> None:
        self._cache = cache
        self._limits = limits
        self._network = network
        self._end_s = 0.0

    def fetch(self, url: str) -> Fetched:
        """Return what is at an address."""
        place = check_url(url)
        self._wait_for_turn(place)
        self._end_s = self._network.now_s() + self._limits.total_s
        place, answer = self._follow(place, is_page=True)
        kept = self._cache.validators.get(place.url)
        if answer.status == 304 and kept:
            etag, last_modified = kept
        elif answer.status == 200:
            etag, last_modified = (header(answer, name) for name in ("ETag", "Last-Modified"))
            self._cache.validators[place.url] = (etag, last_modified)
        else:
            raise failed(place, f"the host answered {answer.status}")
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

    def _follow(self, place: Place, *, is_page: bool) -> tuple[Place, Answer]:
        """Ask, and go where the answer leads; every address on the way is checked as the first."""
        for _ in range(self._limits.redirects + 1):
            if is_page:
                self._obey_robots(place)
            answer = self._ask(place, is_page=is_page)
            leads_to = answer.headers["Location"]
            if answer.status not in _REDIRECTS or not leads_to:
                return place, answer
            place = check_url(joined(place.url, as_utf8(leads_to)))
        raise failed(place, f"it is redirected more than {self._limits.redirects} times")

    def _obey_robots(self, place: Place) -> None:
        if place.origin not in self._cache.robots:
            self._cache.robots[place.origin] = None
            self._cache.robots[place.origin] = self._robots(place)
        rules = self._cache.robots[place.origin]
        if rules is None:
            raise failed(
                place, "the robots.txt of its host, which must be read first, was not there"
            )
        if not rules.can_fetch(place.url, _AGENT):
            raise refused(place.url, "the robots.txt of its host does not allow it")

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

    def _ask(self, place: Place, *, is_page: bool) -> Answer:
        headers = {"Host": place.authority, "User-Agent": user_agent(), "Connection": "close"}
        headers |= {"Accept": ", ".join(MEDIA_SUFFIXES), "Accept-Encoding": "gzip"}
        if is_page:
            etag, last_modified = self._cache.validators.get(place.url, (None, None))
            headers |= {"If-None-Match": etag} if etag else {}
            headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        try:
            with contextlib.closing(self._connected(place)) as sock:
                connection: Any = HTTPConnection(place.host)
                connection.sock = TimedSocket(sock, self._left_s)
                connection.request("GET", place.target, headers=headers)
                with connection.getresponse() as response:
                    return self._answer(place, response, is_page=is_page)
        except TimeoutError:
            raise failed(place, f"it took more than {self._limits.total_s:g} s") from None
        except zlib.error as error:
            raise failed(place, "the answer cannot be unpacked") from error
        except (OSError, HTTPException, ValueError) as error:
            reason = ascii(" ".join(str(error).split())[:200])[1:-1] or type(error).__name__
            raise failed(place, reason) from error

    def _answer(self, place: Place, response: HTTPResponse, *, is_page: bool) -> Answer:
        answer = Answer(response.status, response.headers, b"")
        if answer.status != 200:
            return answer
        if is_page and answer.media_type not in MEDIA_SUFFIXES:
            kind = ascii(answer.media_type[:60])
            raise refused(place.url, f"it is of a kind that is not read: {kind}")
        encoding = (response.headers["Content-Encoding"] or "").strip().lower()
        body = Unpacker(encoding, self._limits.max_bytes, place.url)
        while chunk := response.read(_CHUNK_BYTES):
            body.add(chunk)
        if response.length:
            raise failed(place, "the answer is cut off")
        return replace(answer, data=body.finished())

    def _connected(self, place: Place) -> socket.socket:
        """Connect to an address of the host that was checked, and to no other."""
        addresses = self._checked_addresses(place)[:_MAX_ADDRESSES_TRIED]
        for number, address in enumerate(addresses, 1):
            try:
                wait_s = self._left_s() / (len(addresses) - number + 1)
                sock = self._network.connect(address, PORTS[place.scheme], wait_s)
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
        addresses = [place.host] if is_literal(place.host) else self._look_up(place)
        if not addresses:
            raise failed(place, "its host has no address")
        for address in addresses:
            if not is_public(address):
                reason = f"its host is at {ascii(address)[1:-1]}, which is not public"
                raise refused(place.url, reason)
        return addresses

    def _look_up(self, place: Place) -> list[str]:
        """Look up a name, in a thread because the system's call knows no time limit."""
        found: list[list[str] | Exception] = []

        def look_up() -> None:
            try:
                found.append(self._network.look_up(place.host, PORTS[place.scheme]))
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
