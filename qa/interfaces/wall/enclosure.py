"""What does a request pass before anybody reads it? All the middleware, in its order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import Scope

from qa.interfaces.wall.accounts import Accounts
from qa.interfaces.wall.bodies import BodyLimit
from qa.interfaces.wall.doors import Doors
from qa.interfaces.wall.guard import PageGuard
from qa.interfaces.wall.headers import HeaderLimit
from qa.interfaces.wall.limits import Limits, OpenRequests, Overload, RateLimit
from qa.interfaces.wall.login import Login
from qa.interfaces.wall.origins import SameOrigin
from qa.interfaces.wall.plain_data import PlainData
from qa.interfaces.wall.proxies import BehindProxy
from qa.interfaces.wall.unshared import Unshared
from qa.interfaces.wall.visitors import Visitors

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """How a server is guarded.

    Attributes:
        hosts: names it is asked for, beside the local ones; "*" allows every name.
        root_path: the path below which a proxy shows it, as "/news".
        trusted_proxies: addresses or networks of proxies whose headers are believed.
        limits: how much and how often.
        waiting: returns how many questions wait or are at work.
        accounts: who may log in; None lets everybody in.
        secret: what sessions are signed with; needed with `accounts`.
        read_only: nobody adds or removes articles.
        open_paths: what is answered without a login, beside what the login page needs.
        takes_keys: a program's key, which something outside the wall has checked, opens what a
            login does (see `Login`).
    """

    hosts: Sequence[str] = ()
    root_path: str = ""
    trusted_proxies: Sequence[str] = ()
    limits: Limits = field(default_factory=Limits)
    waiting: Callable[[], int] = lambda: 0
    accounts: Accounts | None = None
    secret: str = ""
    read_only: bool = False
    open_paths: Collection[str] = ()
    takes_keys: bool = False


def enclose(
    app: FastAPI,
    wall: Wall,
    *,
    head: str | Callable[[Scope], str] = "",
    language: Callable[[Scope], str] | None = None,
) -> None:
    """Put the wall around an application that has all its routes; `head`: see `PageGuard`.

    Raises:
        ValueError: the root path or the address of a proxy is malformed, or the secret is missing.
    """
    app.add_middleware(Unshared)
    app.add_middleware(Visitors, read_only=wall.read_only)
    app.add_middleware(PlainData)
    app.add_middleware(Doors)
    if wall.accounts:
        if not wall.secret:
            raise ValueError("a login needs a secret; make one with session_secret()")
        app.add_middleware(
            Login,
            accounts=wall.accounts,
            secret=wall.secret,
            open_paths=wall.open_paths,
            takes_keys=wall.takes_keys,
        )
    app.add_middleware(BodyLimit)
    app.add_middleware(Overload, waiting=wall.waiting, limits=wall.limits)
    app.add_middleware(SameOrigin, hosts=wall.hosts)
    app.add_middleware(RateLimit, limits=wall.limits)
    app.add_middleware(OpenRequests, limits=wall.limits)
    app.add_middleware(
        TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *wall.hosts], www_redirect=False
    )
    app.add_middleware(HeaderLimit)
    app.add_middleware(PageGuard, head=head, language=language)
    # Outermost, since all others ask by which path, for which host and by whom.
    app.add_middleware(BehindProxy, root_path=wall.root_path, trusted=wall.trusted_proxies)
