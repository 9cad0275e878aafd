"""Has the person who asks logged in? Without, only the login page and the health check answer.

A session is a signed cookie that names the person and holds a mark of the password: with another
password, or another secret, it is worth nothing. Sessions end after two weeks.
"""

from __future__ import annotations

import logging
import os
import secrets
import stat
from collections.abc import Collection
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus import PullquoteError
from qa.interfaces.wall.accounts import Accounts
from qa.interfaces.wall.limits import Counts, Rate
from qa.interfaces.wall.login_page import login_page
from qa.interfaces.wall.problems import refuse, retry_after
from qa.interfaces.wall.proxies import client_of, route_path
from qa.interfaces.wall.visitors import USER, cookies_of, set_cookie

COOKIE = "pullquote_session"
SESSION_S = 14 * 24 * 3600
TRIES = Rate(5 / 60, 5)
"""How often one name may be tried from one address."""
TRIES_OF_ONE = Rate(30 / 60, 30)
"""How often all names together may be tried from one address."""

_OPEN = ("/room/login.css", "/room/fonts/", "/room/favicon.svg", "/v1/health")
_SECRET_BYTES = 32
_FORM_FIELDS = 10

_log = logging.getLogger(__name__)


class Login:
    """ASGI middleware: shows the login page to whoever has not logged in, 401 to a program.

    Stands inside `RateLimit`, `SameOrigin` and `BodyLimit`, outside of all else. Whom something
    farther out has found to be a program that may come in (by `USER` in the scope) needs no login;
    with `takes_keys`, who is refused is told of keys. `open_paths` need neither.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        accounts: Accounts,
        secret: str,
        open_paths: Collection[str] = (),
        takes_keys: bool = False,
    ) -> None:
        self._app = app
        self._open = frozenset(open_paths)
        self._takes_keys = takes_keys
        self._accounts = accounts
        self._signer = URLSafeTimedSerializer(secret, salt="pullquote.session")
        self._counts = Counts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who has logged in, with the name in the scope."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # there are no web sockets here
        path = route_path(scope)
        request = Request(scope, receive)
        if path == "/login" and scope["method"] in {"GET", "HEAD", "POST"}:
            await (await self._login(request))(scope, receive, send)
        elif path == "/logout" and scope["method"] == "POST":
            await self._logged_out(scope)(scope, receive, send)
        elif path.startswith(_OPEN) or path in self._open:
            await self._app(scope, receive, send)
        elif name := self._who(scope):
            await self._app({**scope, USER: name}, receive, send)
        elif _is_visit(request):
            await _to_login(scope, path)(scope, receive, send)
        else:
            await self._refuse(send)

    async def _refuse(self, send: Send) -> None:
        if self._takes_keys:
            detail = "Log in first, or send a key of the API: Authorization: Bearer …"
            told = ((b"www-authenticate", b"Bearer"),)
            await refuse(send, 401, "Unauthorized", detail, told)
        else:
            await refuse(send, 401, "Unauthorized", "Log in first; the page shows where.")

    def _who(self, scope: Scope) -> str | None:
        """Return whose request it is: a person's, who has logged in, or a program's with a key."""
        return self._person(scope) or scope.get(USER)

    def _person(self, scope: Scope) -> str | None:
        try:
            name, mark = self._signer.loads(cookies_of(scope).get(COOKIE, ""), max_age=SESSION_S)
        except (BadData, ValueError, TypeError):
            return None
        known = self._accounts.mark(name)
        return name if known and secrets.compare_digest(known, mark) else None

    async def _login(self, request: Request) -> Response:
        if request.method != "POST":
            return login_page(request, then=local_path(request.query_params.get("next", "")))
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)
        name, password, then = _fields(body)
        wait_s = await self._too_often(request, name)
        if wait_s is not None:
            page = login_page(request, then=then, name=name, wrong="login_too_often", status=429)
            page.raw_headers.extend(retry_after(wait_s))
            return page
        if not await self._accounts.fits(name, password):
            return login_page(request, then=then, name=name, wrong="login_wrong", status=401)
        await self._counts.forget(TRIES.item(), "name", client_of(request.scope), name)
        return self._logged_in(request.scope, name, then)

    async def _too_often(self, request: Request, name: str) -> float | None:
        client = client_of(request.scope)
        waits = [
            await self._counts.wait_s(TRIES_OF_ONE.item(), "address", client),
            await self._counts.wait_s(TRIES.item(), "name", client, name),
        ]
        return max((wait for wait in waits if wait is not None), default=None)

    def _logged_in(self, scope: Scope, name: str, then: str) -> Response:
        _log.info("%s has logged in", name)
        reply = RedirectResponse(scope.get("root_path", "") + then, 303)
        session = self._signer.dumps([name, self._accounts.mark(name)])
        reply.raw_headers.append((b"set-cookie", set_cookie(scope, COOKIE, session, SESSION_S)))
        return reply

    def _logged_out(self, scope: Scope) -> Response:
        reply = RedirectResponse(f"{scope.get('root_path', '')}/login", 303)
        reply.raw_headers.append((b"set-cookie", set_cookie(scope, COOKIE, "", 0)))
        return reply


def local_path(wanted: str) -> str:
    r"""Return a path within this site; "/" for what would lead, or might be read to lead, away.

    >>> local_path("/?c=abc"), local_path("//evil.example"), local_path("/\\evil.example")
    ('/?c=abc', '/', '/')
    """
    plain = unquote(wanted)
    whole = plain.isprintable() and "\\" not in plain and len(wanted) <= 2_000
    return wanted if whole and plain[:1] == "/" and plain[:2] != "//" else "/"


def session_secret(data: Path) -> str:
    """Return the secret that sessions are signed with; it is made once, for the owner's eyes only.

    Raises:
        PullquoteError: the file cannot be made or read, is not whole, or others can read it.
    """
    path = data / "secret"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_secret(path)
        secret = path.read_text(encoding="ascii").strip()
        mode = stat.S_IMODE(path.stat().st_mode)
    except (OSError, UnicodeDecodeError) as error:
        raise PullquoteError(f"{path}: the secret cannot be made or read: {error}") from None
    if mode & 0o077:
        raise PullquoteError(f"{path}: others can read the secret; delete it, a new one is made")
    if len(secret) < _SECRET_BYTES:
        raise PullquoteError(f"{path}: the secret is not whole; delete it, a new one is made")
    return secret


def _make_secret(path: Path) -> None:
    """Write the secret under its name only when it is whole; of two makers, the first one wins."""
    unfinished = path.with_name(f"secret.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(_SECRET_BYTES))
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def _fields(body: bytes) -> tuple[str, str, str]:
    """Return name, password and the path to go to; empty for what the form does not hold."""
    try:
        form = parse_qs(body.decode(), max_num_fields=_FORM_FIELDS)
    except ValueError:
        form = {}
    name, password, then = (form.get(key, [""])[-1] for key in ("name", "password", "next"))
    return name[:64], password, local_path(then)


def _is_visit(request: Request) -> bool:
    return request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", "")


def _to_login(scope: Scope, path: str) -> Response:
    asked = quote(path)
    if query := scope["query_string"].decode("latin-1"):
        asked += f"?{query}"
    root = scope.get("root_path", "")
    return RedirectResponse(f"{root}/login?next={quote(local_path(asked), safe='')}", 303)
