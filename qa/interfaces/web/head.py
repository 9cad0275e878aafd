"""What the page's <head> gets of ours: style, script, and the page's words in its language."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import Scope

from qa.interfaces.strings import language_of, strings

STATIC = Path(__file__).parent / "static"
FONT = "room/fonts/newsreader.woff2"
STYLE_SHEETS = (
    "room.css",
    "nav.css",
    "cards.css",
    "pane.css",
    "filters.css",
    "suggestions.css",
    "feedback.css",
    "history.css",
    "library.css",
)


def language_asked(scope: Scope) -> str:
    """Return the language to answer an ASGI request in."""
    return language_of(Headers(scope=scope).get("accept-language"))


@cache
def page_head(language: str, *, login: bool = False) -> str:
    """Return the tags; the hash in an address makes a changed file a new one."""
    told = {"language": language, "strings": dict(strings(language)), "login": login}
    # "<" in a string must not end the script that holds it.
    words = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<link rel="icon" type="image/svg+xml" href="{_address("favicon.svg")}">'
        f'<link rel="preload" href="{FONT}" as="font" type="font/woff2" crossorigin>'
        + "".join(f'<link rel="stylesheet" href="{_address(sheet)}">' for sheet in STYLE_SHEETS)
        + f'<script type="application/json" id="strings">{words}</script>'
        + f'<script type="module" src="{_address("room.js")}"></script>'
    )


def _address(name: str) -> str:
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"room/{name}?v={digest}"
