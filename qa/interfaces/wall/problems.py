"""How an error is told to a program: RFC 9457 problem+json, also from outside any route."""

from __future__ import annotations

import json

from starlette.types import Message, Send

PROBLEM_TYPE = "application/problem+json"

Headers = tuple[tuple[bytes, bytes], ...]


def problem(status: int, title: str, detail: str) -> dict[str, object]:
    """Return an error in the form of RFC 9457, to be sent as PROBLEM_TYPE."""
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


async def refuse(send: Send, status: int, title: str, detail: str, headers: Headers = ()) -> None:
    """Answer a request with a problem, from an ASGI middleware."""
    start, body = refusal(status, title, detail, headers)
    await send(start)
    await send(body)


def refusal(status: int, title: str, detail: str, headers: Headers = ()) -> tuple[Message, Message]:
    """Return the two ASGI messages of a problem."""
    body = json.dumps(problem(status, title, detail)).encode()
    own = [(b"content-type", PROBLEM_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    start = {"type": "http.response.start", "status": status, "headers": [*own, *headers]}
    return start, {"type": "http.response.body", "body": body}


def retry_after(seconds: float) -> Headers:
    """Return the header that says when it is worth asking again; at least a second from now.

    >>> retry_after(0.2), retry_after(2.5)
    (((b'retry-after', b'1'),), ((b'retry-after', b'3'),))
    """
    return ((b"retry-after", str(max(1, -int(-seconds // 1))).encode()),)
