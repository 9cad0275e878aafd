"""Answers inside any WSGI app: POST a question as JSON, get the answer's JSON form.

For Flask, Django, Bottle and their like; it needs no package. An ASGI app mounts the REST API.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from corpus import InvalidQuestion, PullquoteError
from qa.assistant import Assistant
from qa.questions import Asked, asked_in

MAX_BODY_BYTES = 100_000
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def answering_app(assistant: Assistant) -> WsgiApp:
    """Return a WSGI application: POST ``{"question": …}`` where it is mounted.

    Beside it, as needed: `history`, the questions asked before, oldest first, and `any_time`.

    What cannot be answered is told as problem+json (RFC 9457). Who may ask is the outer app's
    business.
    """

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        try:
            asked = _asked(environ)
            answer = assistant.ask(asked.question, history=asked.history, any_time=asked.any_time)
            status, reply = HTTPStatus.OK, answer.to_dict()
        except InvalidQuestion as error:
            status, reply = HTTPStatus.UNPROCESSABLE_ENTITY, {"detail": str(error)}
        except PullquoteError as error:
            status, reply = HTTPStatus.SERVICE_UNAVAILABLE, {"detail": str(error)}
        kind = "application/json"
        if status is not HTTPStatus.OK:
            kind = "application/problem+json"
            reply |= {"type": "about:blank", "title": status.phrase, "status": status.value}
        body = json.dumps(reply, ensure_ascii=False).encode()
        start_response(
            f"{status.value} {status.phrase}",
            [("Content-Type", kind), ("Content-Length", str(len(body)))],
        )
        return [body]

    return app


def _asked(environ: dict[str, Any]) -> Asked:
    """Read the question and what comes with it.

    Raises:
        InvalidQuestion: the request holds none.
    """
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if environ["REQUEST_METHOD"] != "POST" or not 0 < length <= MAX_BODY_BYTES:
            raise ValueError(length)
        return asked_in(environ["wsgi.input"].read(length))
    except (ValueError, InvalidQuestion):
        raise InvalidQuestion(
            'no question was sent; POST {"question": "…", "history": ["…"], "any_time": false}'
            f" as JSON, at most {MAX_BODY_BYTES:,} bytes"
        ) from None
