"""The questions that an empty page suggests: made behind the visitor's back, kept, served.

Making them takes seconds, so a thread does it, once for each generation of the index.
"""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from corpus import PullquoteError
from qa.suggestions import Suggestion, suggestions
from qa.suggestions.suggesting import Asked

MAX_SUGGESTIONS = 8
RETRY_S = 2

_log = logging.getLogger(__name__)


class _Generation(Protocol):
    @property
    def generation(self) -> int: ...


class Suggesting(Asked, Protocol):
    """The part of `qa.assistant.Assistant` that is needed here."""

    def stats(self) -> _Generation: ...  # noqa: D102


class Suggestions:
    """The suggestions for the newest generation of an index. Safe to use from many threads."""

    def __init__(self, assistant: Suggesting) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._made: tuple[int, tuple[Suggestion, ...]] | None = None
        self._making: threading.Thread | None = None
        self._closed = threading.Event()

    def start(self) -> None:
        """Begin to make suggestions, if there are none for this generation; returns at once."""
        with self._lock:
            if self._closed.is_set() or self._making is not None:
                return
            generation = self._generation()
            if generation is None or (self._made and self._made[0] == generation):
                return
            self._making = threading.Thread(
                target=self._make, args=[generation], name="suggestions", daemon=True
            )
            self._making.start()

    def current(self) -> tuple[Suggestion, ...] | None:
        """Return the suggestions for the index as it is; None while they are being made.

        While those for a changed index are made, those for the one before are not given: what they
        ask about may have been removed.
        """
        self.start()
        with self._lock:
            return None if self._making or not self._made else self._made[1]

    def close(self) -> None:
        """Stop making suggestions; returns when nothing is asked any more."""
        self._closed.set()
        with self._lock:
            making = self._making
        if making is not None:
            making.join()

    def _generation(self) -> int | None:
        try:
            return self._assistant.stats().generation
        except PullquoteError:  # the first question will say what is wrong
            return None

    def _make(self, generation: int) -> None:
        made: list[Suggestion] = []
        try:
            for suggestion in suggestions(self._assistant, most_alike=MAX_SUGGESTIONS // 2):
                made.append(suggestion)
                if self._closed.is_set() or len(made) == MAX_SUGGESTIONS:
                    break
        except PullquoteError:
            _log.info("no more questions can be suggested", exc_info=True)
        except Exception:  # the page does without
            _log.exception("questions could not be suggested")
        with self._lock:
            self._made = generation, tuple(made)
            self._making = None


def suggestion_routes(suggestions: Suggestions) -> APIRouter:
    """Return the route of the suggestions: ``GET /v1/suggestions?count=4``.

    Until they are made the list is empty, and ``Retry-After`` says when to ask again.
    """
    router = APIRouter()

    @router.get("/v1/suggestions")
    def suggested(count: int = Query(4, ge=1, le=MAX_SUGGESTIONS)) -> JSONResponse:
        made = suggestions.current()
        content = [
            {"question": suggestion.question, "article_id": suggestion.article_id}
            for suggestion in (made or ())[:count]
        ]
        headers = {"cache-control": "no-store"}
        if made is None:
            headers["retry-after"] = str(RETRY_S)
        return JSONResponse({"suggestions": content}, headers=headers)

    return router
