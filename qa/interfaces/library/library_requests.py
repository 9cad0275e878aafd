"""Requests of the library, read with care: nonsense is answered with a problem, not guessed at."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import anyio
from fastapi import Request
from starlette.requests import ClientDisconnect

from corpus.store.listing import MAX_PAGE_SIZE, Sort, Wanted
from qa.interfaces.library.upload_reading import clean_file_name
from qa.interfaces.library.uploads import Refused, too_large

JSON_TYPE = "application/json"
LET_COME_S = 2.0


def wanted(request: Request) -> Wanted:
    """Return which part of the list is wanted."""
    asked = request.query_params
    sort: Sort = asked.get("sort") or "published"  # type: ignore[assignment]
    if sort not in get_args(Sort):
        raise _nonsense(f"sort must be one of: {', '.join(get_args(Sort))}.")
    order = asked.get("order") or ("desc" if sort in ("published", "added") else "asc")
    if order not in ("asc", "desc"):
        raise _nonsense("order must be asc or desc.")
    return Wanted(
        query=asked.get("query", ""),
        outlet=asked.get("outlet") or None,
        sort=sort,
        descending=order == "desc",
        page=_number(asked.get("page"), 1, 1_000_000, "page"),
        page_size=_number(asked.get("page_size"), 50, MAX_PAGE_SIZE, "page_size"),
    )


def _number(text: str | None, default: int, most: int, name: str) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= most):
        raise _nonsense(f"{name} must be a number from 1 to {most:,}.")
    return int(text)


def is_json(request: Request) -> bool:
    """Say whether a request holds JSON and no file."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == JSON_TYPE and "x-file-name" not in request.headers


def file_name(request: Request) -> str:
    """Return what an uploaded file is called. No form of another site can send this header."""
    given = request.headers.get("x-file-name")
    if given is None:
        detail = "Send a file with its percent-encoded name in the header x-file-name, or JSON."
        raise Refused(415, "Unsupported Media Type", detail)
    return clean_file_name(unquote(given[:4000], errors="replace"))


def declared_bytes(request: Request) -> int:
    """Return how large a request says that its body is; 0 if it does not."""
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdecimal() else 0


async def receive(request: Request, path: Path, limit: int, name: str) -> int:
    """Write a request's body to a file; return how many bytes it has.

    Raises:
        Refused: there are more than `limit`.
    """
    n_bytes = 0
    async with await anyio.open_file(path, "xb") as file:
        async for chunk in request.stream():
            n_bytes += len(chunk)
            if n_bytes > limit:
                raise too_large(name, limit)
            await file.write(chunk)
    return n_bytes


async def let_come(request: Request) -> None:
    """Let the rest of a refused body come in, for a moment.

    A connection that is closed while its other end still writes loses the answer on its way.
    """
    with suppress(TimeoutError, RuntimeError, ClientDisconnect):
        async with asyncio.timeout(LET_COME_S):
            async for _ in request.stream():
                pass


async def json_object(request: Request, limit: int) -> dict[str, Any]:
    """Return the JSON object that a request holds.

    Raises:
        Refused: it is larger than `limit` bytes, or is none.
    """
    if not is_json(request):  # what a form of another site can send is none
        raise Refused(415, "Unsupported Media Type", f"Send {JSON_TYPE}.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise too_large("The request", limit)
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        raise _nonsense("The body is not JSON.") from None
    if not isinstance(values, dict):
        raise _nonsense("The body is not a JSON object.")
    return values


def text_of(values: dict[str, Any], name: str) -> str:
    """Return a value that is a text, or "" where there is none."""
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _nonsense(f"{name} must be a text.")
    return value


def _nonsense(detail: str) -> Refused:
    return Refused(422, "Unprocessable Content", detail)
