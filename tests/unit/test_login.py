"""Logging in: the file of accounts, the form, the session, and what stays shut without one."""

from __future__ import annotations

import asyncio
import html
import logging
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from corpus import PullquoteError
from qa.interfaces.password_command import password as password_command
from qa.interfaces.wall import login
from qa.interfaces.wall.accounts import Accounts
from qa.interfaces.wall.bodies import BodyLimit
from qa.interfaces.wall.guard import PageGuard
from qa.interfaces.wall.limits import Rate
from qa.interfaces.wall.login import Login, local_path, session_secret
from qa.interfaces.wall.visitors import Visitors, visitor_of

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse"
SECRET = "s" * 64


def line(name: str, password: str = PASSWORD) -> str:
    return f"{name}:{QUICK.hash(password)}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts"
    path.write_text("# who may read\n\n" + line("ada") + line("Zoë"), encoding="utf-8")
    path.chmod(0o600)
    return path


def application(file: Path, secret: str = SECRET) -> FastAPI:
    app = FastAPI()

    @app.get("/")
    @app.get("/config")
    @app.get("/v1/health")
    @app.post("/gradio_api/queue/join")
    def who(request: Request) -> str | None:
        return visitor_of(request)

    app.add_middleware(Visitors)
    app.add_middleware(Login, accounts=Accounts(file), secret=secret)
    app.add_middleware(BodyLimit)
    app.add_middleware(PageGuard)
    return app


@pytest.fixture
def client(file: Path) -> Iterator[TestClient]:
    with TestClient(
        application(file), base_url="http://localhost", follow_redirects=False
    ) as opened:
        yield opened


def log_in(client: TestClient, name: str = "ada", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login", data={"name": name, "password": password, **more})


HTML = {"accept": "text/html,*/*"}


# ---- the wall ----


def test_without_a_session_a_visitor_is_led_to_the_form_and_a_program_told(
    client: TestClient,
) -> None:
    reply = client.get("/?c=abc", headers=HTML)
    assert (reply.status_code, reply.headers["location"]) == (303, "/login?next=%2F%3Fc%3Dabc")
    for reply in (client.get("/config"), client.post("/gradio_api/queue/join", headers=HTML)):
        assert reply.status_code == 401
        assert reply.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/health").status_code == 200


def test_what_only_looks_open_is_shut(client: TestClient) -> None:
    for path in ("/v1/healthy/../../config", "/login/x", "/login/", "/room/pane.js", "/token"):
        assert client.get(path).status_code == 401


def test_with_name_and_password_everything_opens_under_that_name(client: TestClient) -> None:
    reply = log_in(client, "Zoë", next="/?c=abc")
    assert (reply.status_code, reply.headers["location"]) == (303, "/?c=abc")
    cookie = reply.headers["set-cookie"]
    assert "; HttpOnly; SameSite=Lax" in cookie
    assert "Path=/;" in cookie
    assert client.get("/").json() == "user:Zoë"
    assert client.post("/gradio_api/queue/join").json() == "user:Zoë"


def test_after_logging_out_it_is_shut_again(client: TestClient) -> None:
    log_in(client)
    reply = client.post("/logout")
    assert (reply.status_code, reply.headers["location"]) == (303, "/login")
    assert client.get("/config").status_code == 401


def test_below_a_root_path_all_addresses_keep_it(file: Path) -> None:
    client = TestClient(
        application(file),
        base_url="https://localhost",
        root_path="/news",
        follow_redirects=False,
    )
    to_login = client.get("/news/?c=a", headers=HTML).headers["location"]
    assert to_login == "/news/login?next=%2F%3Fc%3Da"
    reply = client.post("/news/login", data={"name": "ada", "password": PASSWORD, "next": "/?c=a"})
    assert reply.headers["location"] == "/news/?c=a"
    assert "Path=/news/;" in reply.headers["set-cookie"]
    assert reply.headers["set-cookie"].endswith("; Secure")


# ---- the form ----


def test_the_form_speaks_the_visitors_language_and_runs_no_script(client: TestClient) -> None:
    page = client.get("/login", headers={"accept-language": "de"})
    assert '<html lang="de">' in page.text
    assert "Passwort" in page.text
    assert "<script" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert 'href="room/login.css"' in page.text
    assert '<html lang="en">' in client.get("/login").text


def test_a_wrong_password_and_an_unknown_name_look_the_same(client: TestClient) -> None:
    wrong, unknown = log_in(client, password="wrong"), log_in(client, "eve")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace('"ada"', '"eve"') == unknown.text
    assert "set-cookie" not in wrong.headers


@pytest.mark.parametrize("name", ['"><script>alert(1)</script>', "' onfocus=x", "{title}", "%s"])
def test_the_form_shows_a_name_as_it_was_typed(client: TestClient, name: str) -> None:
    page = log_in(client, name, next='/"><script>').text
    assert "<script" not in page
    assert "' onfocus" not in page
    shown = re.search(r'name="name" value="([^"]*)"', page)
    assert shown
    assert html.unescape(shown[1]) == name


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"name=ada", b"&" * 5_000, b"name=%00&password=%00", b"{}"]
)
def test_nonsense_is_a_wrong_password(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/login", content=body, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/%2fevil.example",
        "/%5cevil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\r\nlocation: https://evil.example",
        "/%0d%0aset-cookie: a=b",
        "javascript:alert(1)",
        "evil",
        "",
        "/" + "x" * 3_000,
    ],
)
def test_logging_in_never_leads_away(client: TestClient, elsewhere: str) -> None:
    assert local_path(elsewhere) == "/"
    assert log_in(client, next=elsewhere).headers["location"] == "/"
    page = client.get("/login", params={"next": elsewhere}).text
    assert 'name="next" value="/"' in page


# ---- guessing ----


def test_after_five_tries_a_minute_a_name_is_closed_to_that_address(file: Path) -> None:
    with TestClient(application(file), client=("192.0.2.1", 1), follow_redirects=False) as guesser:
        statuses = [log_in(guesser, password="x").status_code for _ in range(8)]
        assert statuses[:5] == [401] * 5
        assert statuses[-1] == 429
        refused = log_in(guesser)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 120
        assert log_in(guesser, "Zoë").status_code == 303


def test_a_guesser_does_not_lock_others_out(file: Path) -> None:
    app = application(file)
    with TestClient(app, client=("192.0.2.1", 1), follow_redirects=False) as guesser:
        assert [log_in(guesser, password="x").status_code for _ in range(8)][-1] == 429
    with TestClient(app, client=("192.0.2.2", 1), follow_redirects=False) as owner:
        assert log_in(owner).status_code == 303


def test_many_names_from_one_address_are_a_guesser_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "TRIES_OF_ONE", Rate(5 / 60, 5))
    with TestClient(application(file), follow_redirects=False) as guesser:
        statuses = [log_in(guesser, f"name{n}").status_code for n in range(8)]
    assert statuses[:5] == [401] * 5
    assert statuses[-1] == 429


def test_an_unknown_name_takes_as_long_as_a_wrong_password(tmp_path: Path) -> None:
    path = tmp_path / "accounts"
    path.write_text(f"ada:{PasswordHasher().hash(PASSWORD)}\n")
    path.chmod(0o600)
    accounts = Accounts(path)

    def seconds(name: str) -> float:
        began = time.perf_counter()
        asyncio.run(accounts.fits(name, "wrong"))
        return time.perf_counter() - began

    known, unknown = (min(seconds(name) for _ in range(5)) for name in ("ada", "eve"))
    assert 0.4 < known / unknown < 2.5


# ---- sessions ----


def session(client: TestClient) -> str:
    return str(client.cookies[login.COOKIE])


def with_session(client: TestClient, value: str) -> int:
    client.cookies.clear()
    reply = client.get("/config", headers={"cookie": f"{login.COOKIE}={value}"})
    return int(reply.status_code)


def test_a_changed_password_ends_all_sessions(client: TestClient, file: Path) -> None:
    log_in(client)
    mine = session(client)
    file.write_text(line("ada", "another one") + line("Zoë"))
    assert with_session(client, mine) == 401
    assert log_in(client).status_code == 401
    assert log_in(client, password="another one").status_code == 303


def test_a_name_that_was_taken_off_is_out_at_once(client: TestClient, file: Path) -> None:
    log_in(client)
    mine = session(client)
    file.write_text(line("Zoë"))
    assert with_session(client, mine) == 401


def _other_first(text: str) -> str:
    """Change a letter that counts: the last ones of base64 may stand for the same bytes."""
    return ("A" if text[0] != "A" else "B") + text[1:]


def test_a_session_cannot_be_forged(client: TestClient, file: Path) -> None:
    log_in(client)
    mine = session(client)
    assert with_session(client, mine) == 200
    payload, stamp, signature = mine.split(".")
    for forged in (
        "",
        "x",
        ".".join((payload, stamp, _other_first(signature))),
        ".".join((_other_first(payload), stamp, signature)),
        ".".join((payload, "zzzz", signature)),
        '["ada","x"]',
        "a" * 4_000,
    ):
        assert with_session(client, forged) == 401
    other = TestClient(application(file, "t" * 64))
    assert with_session(other, mine) == 401


def test_a_session_ends_after_two_weeks(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(client)
    mine = session(client)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + login.SESSION_S + 60)
    assert with_session(client, mine) == 401


def test_a_session_outlives_the_server(client: TestClient, file: Path) -> None:
    log_in(client)
    mine = session(client)
    assert with_session(TestClient(application(file)), mine) == 200


# ---- the file ----


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nobody may log in"),
        ("# only this\n", "nobody may log in"),
        ("ada:secret\n", "line 1"),
        ("ada\n", "line 1"),
        (":$argon2id$x\n", "line 1"),
        ("\nada:$2b$12$KIXabcdefghijklmnopqrstuv\n", "line 2"),
        ("ada:$argon2id$v=19$m=x,t=1,p=1$a$b\n", "line 1"),
        ("ada:$argon2id$\n", "line 1"),
        ("ada:$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaA\n", "line 1"),
        (line("ada") + line("ada"), "twice"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "accounts"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(PullquoteError, match=says):
        Accounts(path)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="cannot be read"):
        Accounts(tmp_path / "none")
    path = tmp_path / "accounts"
    path.write_bytes(b"\xff\xfe")
    path.chmod(0o600)
    with pytest.raises(PullquoteError, match="cannot be read"):
        Accounts(path)


def test_a_file_that_others_write_is_refused_and_one_they_read_warned_of(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        Accounts(file)
    assert "chmod 600" in caplog.text
    file.chmod(0o666)
    with pytest.raises(PullquoteError, match="chmod 600"):
        Accounts(file)


def test_a_file_broken_later_locks_nobody_out_and_is_logged_once(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    accounts = Accounts(file)
    before = accounts.mark("ada")
    file.write_text("nonsense")
    assert [accounts.mark("ada") for _ in range(3)] == [before] * 3
    file.unlink()
    assert [accounts.mark("ada") for _ in range(3)] == [before] * 3
    assert len(caplog.records) == 2
    file.write_text(line("eve"))
    file.chmod(0o600)
    assert accounts.mark("ada") is None
    assert accounts.mark("eve")


def test_the_log_names_no_password(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        log_in(client)
        log_in(client, password="wrong horse")
    assert "horse" not in caplog.text


# ---- the secret ----


def test_the_secret_is_made_once_for_the_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    secret = session_secret(data)
    assert re.fullmatch("[0-9a-f]{64}", secret)
    assert session_secret(data) == secret
    assert (data / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [("", 0o600, "not whole"), ("abc", 0o600, "not whole"), ("s" * 64, 0o640, "others can read")],
)
def test_a_secret_that_is_none_is_refused(
    tmp_path: Path, content: str, mode: int, says: str
) -> None:
    path = tmp_path / "secret"
    path.write_text(content)
    path.chmod(mode)
    with pytest.raises(PullquoteError, match=says):
        session_secret(tmp_path)


def test_a_folder_that_cannot_hold_the_secret_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(PullquoteError, match="cannot be made"):
        session_secret(tmp_path / "data")


# ---- the command ----


def test_the_command_makes_a_line_that_the_file_takes(tmp_path: Path) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    result = CliRunner().invoke(password_command, ["ada"], input=typed)
    assert result.exit_code == 0, result.output
    path = tmp_path / "accounts"
    path.write_text(result.stdout)
    path.chmod(0o600)
    assert PASSWORD not in result.output
    assert len(result.stdout.splitlines()) == 1
    assert asyncio.run(Accounts(path).fits("ada", PASSWORD))
    assert not asyncio.run(Accounts(path).fits("ada", PASSWORD + "x"))


@pytest.mark.parametrize("name", ["", "a b", "a:b", "#a", "a\nb", "x" * 65, "a\u202eb"])
def test_the_command_takes_only_names_that_the_file_takes(name: str) -> None:
    result = CliRunner().invoke(password_command, [name], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 2
    assert "argon2" not in result.output


def test_the_command_wants_a_password_of_some_length() -> None:
    result = CliRunner().invoke(password_command, ["ada"], input="short\nshort\n")
    assert result.exit_code == 1
    assert "8" in result.output


def test_two_servers_started_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(session_secret, [tmp_path] * 32))
    assert len(secrets) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
