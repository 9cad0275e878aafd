"""Who asks, by which scheme and host, and below which path, if a proxy stands in front?

Only a proxy that is named is believed: anybody can write an ``X-Forwarded-For``. From everybody
else those headers are taken away, since Gradio believes them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_IPV6_NETWORK_BITS = 64  # what one customer gets


class BehindProxy:
    """ASGI middleware, the outermost: the request as it was before a proxy passed it on.

    Args:
        app: the application.
        root_path: the path below which the proxy shows it, as "/news"; a request may come with it
            or without.
        trusted: addresses or networks ("10.0.0.0/8") of proxies whose headers are believed.

    Raises:
        ValueError: an address is none, or the root path is not of the form "/name".
    """

    def __init__(self, app: ASGIApp, *, root_path: str = "", trusted: Sequence[str] = ()) -> None:
        self._root = _checked_root(root_path)
        self._networks = [ipaddress.ip_network(address) for address in trusted]
        inside: Any = _Below(app, self._root)
        self._inside = inside
        self._believing: Any = ProxyHeadersMiddleware(inside, trusted_hosts=list(trusted))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as the client sent it."""
        scope = _unmapped(scope)
        if scope["type"] not in {"http", "websocket"}:
            await self._inside(scope, receive, send)
        elif self._trusts(scope):
            await self._believing(_with_asked_host(scope), receive, send)
        else:
            await self._inside(scope, receive, send)

    def _trusts(self, scope: Scope) -> bool:
        try:
            peer = ipaddress.ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return any(peer in network for network in self._networks)


class _Below:
    """Puts the root path before a path that came without it."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope = _without_forwarding(scope)
        if not self._root:
            await self._app(scope, receive, send)
        elif scope["path"] == self._root and scope["type"] == "http":
            # Without the slash, the page's relative addresses would leave the root path.
            query = scope.get("query_string", b"").decode("latin-1")
            address = f"{self._root}/?{query}" if query else f"{self._root}/"
            await RedirectResponse(address, 308)(scope, receive, send)
        else:
            await self._app(_rooted(scope, self._root), receive, send)


def route_path(scope: Scope) -> str:
    """Return a request's path within the application."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    inside = path[len(root) :]
    return inside if root and path.startswith(root) and inside[:1] in {"", "/"} else path


def client_of(scope: Scope) -> str:
    """Return by whose count a request goes: an address, of IPv6 the network it is in.

    >>> client_of({"client": ("2001:db8::1:2:3:4", 5)}), client_of({"client": ("192.0.2.7", 5)})
    ('2001:db8::/64', '192.0.2.7')
    """
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _IPV6_NETWORK_BITS), strict=False))


def _unmapped(scope: Scope) -> Scope:
    """Return the scope with an IPv4 address as such; a socket for both kinds writes it as IPv6."""
    host, port = (scope.get("client") or ("", 0))[:2]
    mapped = host.startswith("::ffff:") and "." in host
    return {**scope, "client": (host.removeprefix("::ffff:"), port)} if mapped else scope


def _rooted(scope: Scope, root: str) -> Scope:
    path = scope["path"]
    if path.startswith(f"{root}/"):
        return {**scope, "root_path": root}
    raw = root.encode() + scope["raw_path"] if scope.get("raw_path") else None
    return {**scope, "root_path": root, "path": root + path, "raw_path": raw}


def _with_asked_host(scope: Scope) -> Scope:
    """Return the scope with the host name that the client asked the proxy for."""
    asked = [value for name, value in scope["headers"] if name == b"x-forwarded-host"]
    if not asked:
        return dict(scope)
    host = asked[-1].split(b",")[-1].strip()  # what the nearest proxy says
    kept = [pair for pair in scope["headers"] if pair[0] != b"host"]
    return {**scope, "headers": [(b"host", host), *kept]}


def _without_forwarding(scope: Scope) -> Scope:
    kept = [
        pair
        for pair in scope["headers"]
        if not pair[0].startswith(b"x-forwarded-") and pair[0] != b"forwarded"
    ]
    return {**scope, "headers": kept}


def _checked_root(root_path: str) -> str:
    root = root_path.rstrip("/")
    plain = all(part and part.replace("-", "").isalnum() for part in root.split("/")[1:])
    if root and not (root.startswith("/") and root.isascii() and plain):
        raise ValueError(f"the root path {root_path!r} is not of the form /name; give one as /news")
    return root
