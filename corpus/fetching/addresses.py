"""Which addresses may be fetched: only public hosts, by their usual names and ports."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from corpus.errors import UnreadableArticle

_MAX_URL_CHARS = 2000
PORTS = {"http": 80, "https": 443}
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
        raise refused(shown, "it is too long or has characters that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower().removesuffix(".")
    except (ValueError, UnicodeError):
        raise refused(shown, "it is no address") from None
    if parts.scheme not in PORTS:
        raise refused(shown, "only http and https addresses are fetched")
    if "@" in parts.netloc:
        raise refused(shown, "it has a user name in it")
    if port not in (None, PORTS[parts.scheme]) or parts.netloc.endswith(":"):
        raise refused(shown, "only the ports 80 for http and 443 for https are used")
    if is_literal(host) and not is_public(host):
        raise refused(shown, "its host is not a public address in the usual spelling")
    if not is_literal(host) and not _is_public_name(host):
        raise refused(shown, "its host is no public name")
    target = quote(parts.path or "/", safe=_SAFE)
    target += f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Place(scheme=parts.scheme, host=host, target=target)


def is_literal(host: str) -> bool:
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


def refused(shown: str, reason: str) -> UnreadableArticle:
    """Say that an address is not even asked."""
    return UnreadableArticle(f"{shown} is not fetched: {reason}. Save the page and add the file.")


def failed(place: Place, reason: str) -> UnreadableArticle:
    """Say that an address gave nothing."""
    return UnreadableArticle(f"{place.url} could not be fetched: {reason}. Try later, or save it.")
