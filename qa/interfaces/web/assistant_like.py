"""The part of `qa.assistant.Assistant` that the page uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus import Article, ArticleFilter, Copy
from qa.answering import Found
from qa.conversation import Turn
from qa.types import Answer


class StatsLike(Protocol):
    """What is indexed, as far as the page shows it."""

    @property
    def articles(self) -> int: ...  # noqa: D102
    @property
    def passages(self) -> int: ...  # noqa: D102
    @property
    def first_published(self) -> str | None: ...  # noqa: D102
    @property
    def last_published(self) -> str | None: ...  # noqa: D102
    @property
    def generation(self) -> int: ...  # noqa: D102


class AssistantLike(Protocol):
    """The part of `qa.assistant.Assistant` that the page uses."""

    def ask(  # noqa: D102
        self,
        question: str,
        *,
        history: Sequence[Turn | str] = (),
        only: ArticleFilter | None = None,
        any_time: bool = False,
        waiting: int = 0,
        found: Found = ...,
    ) -> Answer: ...
    def article(self, article_id: str, *, version: str | None = None) -> Article: ...  # noqa: D102
    def copies(self, article_id: str) -> list[Copy]: ...  # noqa: D102
    def stats(self) -> StatsLike: ...  # noqa: D102
    def warm_up(self) -> object: ...  # noqa: D102
