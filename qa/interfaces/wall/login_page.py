"""What the login page looks like: a form and nothing else, no script."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse

from qa.interfaces.strings import language_of, say

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} – pullquote</title>
<link rel="icon" type="image/svg+xml" href="room/favicon.svg">
<link rel="stylesheet" href="{style}">
</head>
<body>
<main>
<h1>pullquote</h1>
<form method="post" action="login">
<h2>{title}</h2>
{wrong}
<input type="hidden" name="next" value="{then}">
<label for="name">{name_label}</label>
<input id="name" name="name" value="{name}" required maxlength="64" autocomplete="username"
 autocapitalize="none" spellcheck="false" dir="auto"{focus_name}>
<label for="password">{password_label}</label>
<input id="password" name="password" type="password" required maxlength="1000"
 autocomplete="current-password"{focus_password}>
<button>{button}</button>
</form>
</main>
</body>
</html>
"""


def login_page(
    request: Request, *, then: str, name: str = "", wrong: str | None = None, status: int = 200
) -> HTMLResponse:
    """Return the login page in the visitor's language.

    `then` is the path to go to afterwards, `wrong` the key of what went wrong at the last try.
    """
    language = language_of(request.headers.get("accept-language"))
    message = f'<p role="alert">{escape(say(language, wrong))}</p>' if wrong else ""
    page = _PAGE.format(
        language=language,
        title=escape(say(language, "login_title")),
        style="room/login.css",
        wrong=message,
        then=escape(then),
        name_label=escape(say(language, "login_name")),
        name=escape(name),
        password_label=escape(say(language, "login_password")),
        button=escape(say(language, "login_button")),
        focus_name="" if name else " autofocus",
        focus_password=" autofocus" if name else "",
    )
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})
