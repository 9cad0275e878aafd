"""The feedback routes: to judge an answer, to see or undo a judgement, to export all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from qa.interfaces.kept.conversations import Conversations
from qa.interfaces.kept.feedback import Feedback
from qa.interfaces.kept.feedback_export import squad
from qa.interfaces.kept.judging import Articles, UnfitJudgement, judgement_of, read_judging
from qa.interfaces.kept.kept_replies import attachment, refused, reply, unless_unusable

Allowed = Callable[[Any], bool]

_NOBODY = "nobody"
"""No visitor's key is this."""


def feedback_routes(
    feedback: Feedback,
    conversations: Conversations,
    visitor_of: Callable[[Any], str | None],
    assistant: Articles,
    *,
    may_write: Allowed = lambda request: True,
    may_export: Allowed = lambda request: False,
) -> APIRouter:
    """Make the routes.

    Args:
        feedback: What is kept.
        conversations: Where the turns are that are judged; each visitor judges their own.
        visitor_of: Returns whose a request is, or None.
        assistant: Knows the articles that sentences are marked in.
        may_write: Whether whoever sent a request may judge here.
        may_export: Whether they may have the judgements of all, with the questions that were asked,
            or only their own.
    """
    router = APIRouter()

    @unless_unusable
    def judge(request: Request, body: bytes) -> Response:
        judging = read_judging(_json(body))
        visitor = visitor_of(request)
        if not visitor or not conversations.owns(visitor, judging.conversation):
            return _unknown()
        record = conversations.turn(judging.conversation, judging.n)
        if record is None:
            return _unknown()
        judgement = judgement_of(judging, record, assistant)
        kept = feedback.put(visitor, judgement)
        return reply(judgement.to_dict()) if kept else _full(feedback.max_rows)

    @router.post("/v1/feedback")
    async def post(request: Request) -> Response:
        if not may_write(request):
            return _closed()
        body = await request.body()
        try:
            return await run_in_threadpool(judge, request, body)
        except UnfitJudgement as error:
            return refused(422, "Unprocessable Content", str(error))

    _add_own(router, feedback, visitor_of, may_write)
    _add_export(router, feedback, visitor_of, assistant, may_export)
    return router


def _add_own(
    router: APIRouter,
    feedback: Feedback,
    visitor_of: Callable[[Any], str | None],
    may_write: Allowed,
) -> None:
    @router.get("/v1/feedback")
    @unless_unusable
    def given(request: Request, conversation: str = "") -> Response:
        if not may_write(request):
            return _closed()  # so that the page does not offer it
        visitor = visitor_of(request)
        found = feedback.given(visitor, conversation) if visitor else {}
        return reply({"feedback": {turn: row.to_dict() for turn, row in found.items()}})

    @router.delete("/v1/feedback")
    @unless_unusable
    def take_back(request: Request, turn: str = "") -> Response:
        if not may_write(request):
            return _closed()
        visitor = visitor_of(request)
        if not visitor or not feedback.take_back(visitor, turn):
            return _unknown()
        return reply({"removed": 1})


def _add_export(
    router: APIRouter,
    feedback: Feedback,
    visitor_of: Callable[[Any], str | None],
    assistant: Articles,
    may_export: Allowed,
) -> None:
    @router.get("/v1/feedback/export")
    @unless_unusable
    def export(request: Request) -> Response:
        whose = None if may_export(request) else visitor_of(request) or _NOBODY
        written = json.dumps(squad(feedback, assistant, visitor=whose), ensure_ascii=False)
        name = f"feedback-{datetime.now(UTC):%Y-%m-%d}.json"
        return attachment(written, "application/json", name)


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise UnfitJudgement("The body is not JSON.") from None


def _unknown() -> Response:
    return refused(404, "Not Found", "No turn of yours has this id; it may have been deleted.")


def _closed() -> Response:
    return refused(403, "Forbidden", "This site takes no feedback.")


def _full(max_rows: int) -> Response:
    detail = f"No more feedback can be kept here; at most {max_rows:,} judgements are."
    return refused(507, "Insufficient Storage", detail)
