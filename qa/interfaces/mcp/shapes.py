"""What do the tools take, and what do they give back? Clients read it as JSON schemas.

What they give is the JSON form of `qa.types`; the models here only describe it.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from corpus import ArticleFilter
from qa.conversation import Turn

MAX_K = 50
MAX_NAMES = 50
MAX_NAME_CHARS = 400
MAX_HISTORY = 50
MAX_TURN_CHARS = 10_000
MAX_ARTICLE_CHARS = 50_000
"""So much of an article is handed out at once; the rest is a further call."""


def _as_list(given: Any) -> Any:
    """Take a single name as a list of one, and a list that was sent as JSON text for a list."""
    if not isinstance(given, str):
        return given
    try:
        read = json.loads(given)
    except (ValueError, RecursionError):
        return [given]
    return read if isinstance(read, list) else [given]


Name = Annotated[str, Field(max_length=MAX_NAME_CHARS)]
Names = Annotated[list[Name], BeforeValidator(_as_list), Field(max_length=MAX_NAMES)]
Question = Annotated[str, Field(description="A question in plain words.")]
ArticleId = Annotated[Name, Field(description="The article_id of a citation or passage.")]


class Arguments(BaseModel):
    """What a tool takes; a name that it does not know is refused, not ignored."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


class EarlierTurn(Arguments):
    """A question asked before, and the answer to it."""

    question: Annotated[str, Field(max_length=MAX_TURN_CHARS)]
    answer: Annotated[str | None, Field(max_length=MAX_TURN_CHARS)] = None


PlainQuestion = Annotated[str, Field(max_length=MAX_TURN_CHARS)]
History = Annotated[
    list[PlainQuestion | EarlierTurn], BeforeValidator(_as_list), Field(max_length=MAX_HISTORY)
]


class Narrowed(Arguments):
    """What narrows a question to some articles; what is left out narrows nothing."""

    outlets: Annotated[Names, Field(description="Only articles of these outlets.")] = []
    since: Annotated[date | None, Field(description="Only articles of this day or later.")] = None
    until: Annotated[date | None, Field(description="Only articles of this day or earlier.")] = None
    articles: Annotated[Names, Field(description="Only the articles with these ids.")] = []

    def article_filter(self) -> ArticleFilter | None:
        """Return the articles that are left; None for all.

        Raises:
            InvalidQuestion: `until` is before `since`.
        """
        only = ArticleFilter(
            outlets=self.outlets, since=self.since, until=self.until, article_ids=self.articles
        )
        return None if only.fits_all else only


class AskArguments(Narrowed):
    """What `ask` takes."""

    question: Question
    history: Annotated[
        History,
        Field(description="Earlier questions of the conversation, oldest first; a follow-up is "
              "completed from them."),
    ] = []  # fmt: skip
    any_time: Annotated[
        bool, Field(description="Take no notice of days that the question names.")
    ] = False

    def turns(self) -> list[Turn | str]:
        """Return the history as `Assistant.ask` takes it."""
        return [
            turn if isinstance(turn, str) else Turn(question=turn.question, answer=turn.answer)
            for turn in self.history
        ]


class SearchArguments(Narrowed):
    """What `search_articles` takes."""

    query: Question
    k: Annotated[int, Field(ge=1, le=MAX_K, description="How many passages.")] = 10


class GetArticleArguments(Arguments):
    """What `get_article` takes."""

    id: ArticleId
    version: Annotated[
        Name | None, Field(description="The version that a citation names; the newest without.")
    ] = None
    start: Annotated[int, Field(ge=0, description="Offset of the first character.")] = 0
    end: Annotated[int | None, Field(ge=0, description="Offset behind the last one.")] = None


class Range(BaseModel):
    """A half-open range of Unicode code points of the article's text."""

    start: int
    end: int


class CitationShape(Range):
    """The cited sentences: `text` is the article's text from `start` to `end`."""

    article_id: str
    title: str
    outlet: str | None
    published: str | None
    source: str
    text: str
    highlight: Range
    before: str
    after: str
    version: str | None


class TimeframeShape(BaseModel):
    """Days that a question names."""

    phrase: str
    since: str | None
    until: str | None


class AlternativeShape(BaseModel):
    """Another answer, or the closest sentences where there is none."""

    question: str
    text: str | None
    confidence: float
    citations: list[CitationShape]
    offset_unit: Literal["codepoint"]


class ReadCounts(BaseModel):
    """How many passages were found and read."""

    passages_found: int
    passages_read: int


class AnswerShape(AlternativeShape):
    """The reply to a question; `text` is null where the articles do not say."""

    timeframe: TimeframeShape | None
    outside: TimeframeShape | None
    alternatives: list[AlternativeShape]
    debug: ReadCounts


class PassageShape(Range):
    """A passage that was found: `text` is the article's text from `start` to `end`."""

    article_id: str
    text: str
    heading: str
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float | None
    best_sentence: Range | None
    offset_unit: Literal["codepoint"]
    title: str
    outlet: str | None
    published: str | None
    source: str
    version: str


class PassagesShape(BaseModel):
    """The passages that were found, best first."""

    passages: list[PassageShape]


class ArticleShape(Range):
    """An article, or the part of it from `start` to `end`; all of it has `chars` characters."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    source: str
    version: str
    chars: int
    text: str
    offset_unit: Literal["codepoint"]
