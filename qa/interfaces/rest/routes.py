"""The routes for questions, passages and stories, and those for monitors.

Everything that blocks is done in threads: questions and passages in the API's places, two at once;
lists in a few of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Body, Query
from fastapi.responses import JSONResponse, Response

from qa.interfaces.logs import log_question
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.asked import (
    AskRequest,
    RetrieveQuery,
    RetrieveRequest,
    StoriesQuery,
    article_filter,
)
from qa.interfaces.rest.metrics import METRICS_TYPE
from qa.interfaces.rest.refusals import ProblemRoute, refused
from qa.interfaces.rest.replies import HEALTHY_FOR_S, answers, plain_text
from qa.interfaces.rest.told import AnswerTold, HitsTold, Ready
from qa.interfaces.rest.told_of_articles import StoryList, StoryTold

LISTS_AT_ONCE = 2
_NO_STORE = {"cache-control": "no-store"}

Result = TypeVar("Result")


def rest_routes(api: Api) -> APIRouter:
    """Return the routes of an API that are its own: not those of articles, health and docs."""
    routes = _Routes(api)
    router = APIRouter(route_class=ProblemRoute)
    questions, lists, monitors = ["Questions"], ["Stories"], ["Monitoring"]
    ok: Callable[..., Any] = partial(answers, keyed=True)
    for method, path, endpoint, tags, responses in (
        ("POST", "/v1/ask", routes.ask, questions, ok(AnswerTold, 400, 408, 413, 503)),
        ("POST", "/v1/retrieve", routes.retrieve, questions, ok(HitsTold, 400, 408, 413, 503)),
        ("GET", "/v1/retrieve", routes.retrieve_by_address, questions, ok(HitsTold, 304, 503)),
        ("GET", "/v1/stories", routes.stories, lists, ok(StoryList, 304, 503)),
        ("GET", "/v1/stories/{article_id:path}", routes.story, lists, ok(StoryTold, 304, 404, 503)),
        ("GET", "/v1/ready", routes.ready, monitors, answers(Ready, 503)),
        ("GET", "/metrics", routes.metrics, monitors, {**ok(None, 503), **plain_text()}),
    ):
        router.add_api_route(
            path,
            endpoint,
            methods=[method],
            tags=list(tags),
            responses=responses,
            response_model=None,
            operation_id=f"{endpoint.__name__}",
        )
    return router


class _Routes:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._lists = anyio.CapacityLimiter(LISTS_AT_ONCE)

    async def ask(self, asked: Annotated[AskRequest, Body()]) -> Response:
        """Answer a question with the articles' own sentences.

        A question that names days ("last week", "in March 2025") is asked of the articles of these
        days first. Where the articles do not say, `text` is null and `alternatives` holds the
        closest sentences. Two questions are answered at once, while others wait from fewer passages
        each; of more than 32, the last ones are answered 503.
        """
        assistant = self._api.assistant
        log_question(asked.question)

        def answer() -> dict[str, Any]:
            return assistant.ask(
                asked.question,
                history=asked.turns(),
                only=article_filter(asked, assistant),
                any_time=asked.any_time,
                waiting=self._api.waiting(),
            ).to_dict()

        return JSONResponse(await self._api.places.run(answer), headers=_NO_STORE)

    async def retrieve(self, asked: Annotated[RetrieveRequest, Body()]) -> Response:
        """Find the passages that fit a question best."""
        return await self._retrieved(asked)

    async def retrieve_by_address(self, asked: Annotated[RetrieveQuery, Query()]) -> Response:
        """Find the passages that fit a question best; lists are given by naming them repeatedly."""
        return await self._retrieved(asked)

    async def stories(self, asked: Annotated[StoriesQuery, Query()]) -> Response:
        """List the reports that several articles carry, those with most articles first."""
        listing = partial(self._api.stories.listing, asked.page, asked.page_size)
        return JSONResponse(await self._listed(listing))

    async def story(self, article_id: str) -> Response:
        """Show the story that an article carries, and the other articles that carry it."""
        return JSONResponse(await self._listed(partial(self._api.stories.story, article_id)))

    async def ready(self) -> Response:
        """Say whether the models are loaded; until then, the first questions would wait."""
        if self._api.is_ready():
            return JSONResponse({"status": "ready"}, headers=_NO_STORE)
        detail = "The models are being loaded; ask again in a moment."
        return refused(503, "Service Unavailable", detail, retry_after=HEALTHY_FOR_S)

    async def metrics(self) -> Response:
        """Tell the server's figures to Prometheus."""
        text = await self._listed(self._api.metrics.text)
        return Response(text, media_type=METRICS_TYPE, headers=_NO_STORE)

    async def _retrieved(self, asked: RetrieveRequest) -> Response:
        api = self._api

        def retrieve() -> dict[str, Any]:
            only = article_filter(asked, api.assistant)
            hits = api.assistant.retrieve(asked.question, asked.k, only=only)
            return {"hits": [hit.to_dict() for hit in hits]}

        return JSONResponse(await api.places.run(retrieve))

    async def _listed(self, work: Callable[[], Result]) -> Result:
        return await anyio.to_thread.run_sync(work, limiter=self._lists)
