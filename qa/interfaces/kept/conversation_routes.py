"""The history's routes: a visitor's own conversations, to be listed, read, exported and deleted.

Who asks for another's conversation is told that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qa.interfaces.kept.conversation_records import Conversation
from qa.interfaces.kept.conversations import Conversations
from qa.interfaces.kept.exports import FORMATS
from qa.interfaces.kept.kept_replies import attachment, refused, reply, unless_unusable
from qa.interfaces.strings import language_of

VisitorOf = Callable[[Any], str | None]


def conversation_routes(
    conversations: Conversations,
    visitor_of: VisitorOf,
    *,
    removed: Callable[[Sequence[str]], object] = len,
) -> APIRouter:
    """Make the routes.

    Args:
        conversations: What is kept.
        visitor_of: Returns whose a request is, or None.
        removed: Called with the ids of the conversations that a visitor deletes, before they go.
    """
    router = APIRouter()
    _add_reading(router, conversations, visitor_of)
    _add_removing(router, conversations, visitor_of, removed)
    _add_sharing(router, conversations, visitor_of)
    return router


def _add_reading(router: APIRouter, conversations: Conversations, visitor_of: VisitorOf) -> None:
    def own(request: Request, conversation_id: str) -> Conversation | None:
        visitor = visitor_of(request)
        return conversations.load(visitor, conversation_id) if visitor else None

    @router.get("/v1/conversations")
    @unless_unusable
    def listing(request: Request, query: str = "") -> Response:
        visitor = visitor_of(request)
        found = conversations.listed(visitor, query) if visitor else []
        return reply({"conversations": [summary.to_dict() for summary in found]})

    @router.get("/v1/conversations/{conversation_id}")
    @unless_unusable
    def whole(request: Request, conversation_id: str) -> Response:
        found = own(request, conversation_id)
        return reply(found.to_dict()) if found else _unknown()

    @router.get("/v1/conversations/{conversation_id}/export")
    @unless_unusable
    def export(request: Request, conversation_id: str, format: str = "md") -> Response:
        if format not in FORMATS:
            known = ", ".join(FORMATS)
            detail = f"No format is called {format[:20]!r}; choose one of: {known}."
            return refused(422, "Unprocessable Content", detail)
        found = own(request, conversation_id)
        if found is None:
            return _unknown()
        media_type, write = FORMATS[format]
        now = datetime.now(UTC)
        language = language_of(request.headers.get("accept-language"))
        written = write(found, language=language, exported_at=now)
        return attachment(written, media_type, f"conversation-{now:%Y-%m-%d}.{format}")


def _add_removing(
    router: APIRouter,
    conversations: Conversations,
    visitor_of: VisitorOf,
    removed: Callable[[Sequence[str]], object],
) -> None:
    @router.delete("/v1/conversations/{conversation_id}")
    @unless_unusable
    def remove(request: Request, conversation_id: str) -> Response:
        visitor = visitor_of(request)
        if not visitor or not conversations.owns(visitor, conversation_id):
            return _unknown()
        removed([conversation_id])  # first: if it fails, the visitor can try again
        conversations.remove(visitor, conversation_id)
        return reply({"removed": 1})

    @router.delete("/v1/conversations")
    @unless_unusable
    def remove_all(request: Request) -> Response:
        visitor = visitor_of(request)
        if not visitor:
            return _unknown()
        ids = [summary.id for summary in conversations.listed(visitor)]
        removed(ids)
        return reply({"removed": conversations.remove_all(visitor)})


def _add_sharing(router: APIRouter, conversations: Conversations, visitor_of: VisitorOf) -> None:
    @router.post("/v1/conversations/{conversation_id}/share")
    @unless_unusable
    def share(request: Request, conversation_id: str) -> Response:
        visitor = visitor_of(request)
        token = conversations.share(visitor, conversation_id) if visitor else None
        return reply({"shared": token}) if token else _unknown()

    @router.delete("/v1/conversations/{conversation_id}/share")
    @unless_unusable
    def unshare(request: Request, conversation_id: str) -> Response:
        visitor = visitor_of(request)
        if not visitor or not conversations.unshare(visitor, conversation_id):
            return _unknown()
        return reply({"shared": None})


def _unknown() -> Response:
    detail = "No conversation of yours has this address; it may have been deleted."
    return refused(404, "Not Found", detail)
