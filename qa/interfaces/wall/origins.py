"""May another web site send this request with a visitor's browser? Never one that changes things.

Cookies are `SameSite`, but that counts all ports of a host as one site, and a page without login
asks for no cookie at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.interfaces.wall.problems import refuse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS = {"http": 80, "https": 443}


class SameOrigin:
    """ASGI middleware: answer 403 to an unsafe method that another origin has sent.

    An `Origin` is ours if it is the host that was asked, or one of `hosts` (names as for
    TrustedHostMiddleware; "*" stands for no name here). A request without `Origin` comes from no
    browser, or from an old one that is protected by the cookies being `SameSite`.
    """

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str] = ()) -> None:
        self._app = app
        self._hosts = tuple(host.lower() for host in hosts if host != "*")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is safe or comes from our own page."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            if self._is_foreign(scope["scheme"], headers):
                origin = headers.get("origin", "another site")[:200]
                detail = f"This request was sent by {origin}; only the page itself may send it."
                await refuse(send, 403, "Forbidden", detail)
                return
        await self._app(scope, receive, send)

    def _is_foreign(self, scheme: str, headers: Headers) -> bool:
        if headers.get("sec-fetch-site") == "cross-site":
            return True
        origin = headers.get("origin")
        if origin is None:
            return False
        try:
            sent_by, asked = _host_port(origin), _host_port(f"{scheme}://{headers.get('host', '')}")
        except ValueError:
            return True
        return sent_by != asked and not self._is_listed(origin)

    def _is_listed(self, origin: str) -> bool:
        parts = urlsplit(origin)
        if parts.scheme not in _DEFAULT_PORTS or parts.port is not None or not parts.hostname:
            return False
        return any(
            parts.hostname == host or (host.startswith("*.") and parts.hostname.endswith(host[1:]))
            for host in self._hosts
        )


def _host_port(origin: str) -> tuple[str, int | None]:
    """Return host and port; the scheme may differ, since a proxy often speaks https for us.

    Raises:
        ValueError: it is no origin, as "null".
    """
    parts = urlsplit(origin)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(origin)
    port = parts.port
    return parts.hostname, None if port == _DEFAULT_PORTS[parts.scheme] else port
