"""The question box for web pages of other sites: one script, made of the files in ``static/``.

``<script src="…/v1/widget.js" async></script>`` is all that a page holds. The files are ES modules,
so that each can be read by itself; a script that says where it stands cannot be a module, so they
are joined here into one function, with the words of every language and the style.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qa.interfaces.strings import LANGUAGES, strings
from qa.render import UNSURE_FROM

STATIC = Path(__file__).parent / "static"
PARTS = (
    "widget_words.js",
    "widget_answer.js",
    "widget_server.js",
    "widget_box.js",
    "widget_start.js",
)
"""In the order in which they are joined: each imports only from those before it."""

_SAID = re.compile(
    r"widget_.+|card_(?:closest|closest_no_answer|closest_over_time|nothing|nothing_close|others"
    r"|others_one|outside|over_time|percent|unsure|within)|library_untitled|talk_busy|talk_too_slow"
)
_BETWEEN = re.compile(r"^import .+;\n|^export ", re.MULTILINE)
_KEPT = "public, max-age=600"


def widget_routes() -> APIRouter:
    """Return the route of the script; any page may load it, and browsers keep it for a while."""
    script = widget_script().encode()
    tag = f'"{hashlib.sha256(script).hexdigest()[:32]}"'
    headers = {
        "etag": tag,
        "cache-control": _KEPT,
        "cross-origin-resource-policy": "cross-origin",
    }
    router = APIRouter()

    @router.api_route("/v1/widget.js", methods=["GET", "HEAD"], include_in_schema=False)
    async def widget(request: Request) -> Response:
        known = request.headers.get("if-none-match", "").split(",")
        if tag in {each.strip().removeprefix("W/") for each in known}:
            return Response(status_code=304, headers=headers)
        return Response(script, media_type="text/javascript", headers=headers)

    return router


def widget_script() -> str:
    """Return the whole script."""
    said = {
        language: {key: text for key, text in strings(language).items() if _SAID.fullmatch(key)}
        for language in LANGUAGES
    }
    style = (STATIC / "widget.css").read_text(encoding="utf-8")
    told = {"strings": said, "style": style, "unsure_from": UNSURE_FROM}
    parts = "\n".join(_BETWEEN.sub("", (STATIC / part).read_text("utf-8")) for part in PARTS)
    return (
        "/*! pullquote’s question box, Apache-2.0 */\n"
        f'(() => {{\n"use strict";\nconst TOLD = {json.dumps(told, ensure_ascii=False)};\n'
        f"{parts}}})();\n"
    )
