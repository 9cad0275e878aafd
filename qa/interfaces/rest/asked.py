"""What may be asked of the API: the form of each request, read strictly."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)

from corpus import ArticleFilter, is_text
from qa.conversation import Turn
from qa.interfaces.narrowing import KnowsCopies, narrowed, read_day

MAX_QUESTION_CHARS = 1_000
MAX_HISTORY = 20
MAX_OUTLETS = 20
MAX_ARTICLES = 50
MAX_NAME_CHARS = 200
MAX_ID_CHARS = 2_000
MAX_PASSAGES = 100


def _text(value: str) -> str:
    if not is_text(value):
        raise ValueError("it holds characters that are not text")
    return value


def _day(value: Any) -> Any:
    if value is None or isinstance(value, date):
        return value
    return read_day(value if isinstance(value, str) else "")


def _form(value: Any) -> str:
    return "text" if isinstance(value, str) else "turn"


_Text = AfterValidator(_text)
Question = Annotated[str, StringConstraints(min_length=1, max_length=MAX_QUESTION_CHARS), _Text]
Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME_CHARS), _Text]
ArticleId = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID_CHARS), _Text]
Words = Annotated[str, StringConstraints(max_length=MAX_QUESTION_CHARS), _Text]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class _Asked(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class HistoryTurn(_Asked):
    """An earlier turn: the question as it was typed, and what came back."""

    question: Question
    answer: Words | None = Field(
        default=None, description="The words that were given as the answer."
    )
    titles: list[Name] = Field(
        default_factory=list, max_length=MAX_OUTLETS, description="Of the cited articles."
    )


EarlierTurn = Annotated[
    Annotated[Question, Tag("text")] | Annotated[HistoryTurn, Tag("turn")], Discriminator(_form)
]


class _Chosen(_Asked):
    outlets: list[Name] = Field(
        default_factory=list,
        max_length=MAX_OUTLETS,
        description="Only articles of one of these outlets.",
    )
    since: Day | None = Field(default=None, description="Only articles of this day or later.")
    until: Day | None = Field(default=None, description="Only articles of this day or earlier.")
    articles: list[ArticleId] = Field(
        default_factory=list, max_length=MAX_ARTICLES, description="Only these articles, by id."
    )
    story: ArticleId | None = Field(
        default=None, description="Only the articles that carry the report of this article."
    )


class AskRequest(_Chosen):
    """A question, what was said before it, and what to answer it from."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "When will the barrier close?"},
                {
                    "question": "And what did it cost?",
                    "history": ["When will the barrier close?"],
                    "outlets": ["Orme Courier"],
                    "since": "2026-01-01",
                },
            ]
        }
    )

    question: Question = Field(description="In plain words.")
    history: list[EarlierTurn] = Field(
        default_factory=list,
        max_length=MAX_HISTORY,
        description="Earlier turns, oldest first; a question that leans on them is completed.",
    )
    any_time: bool = Field(
        default=False, description="Take no notice of days that the question names."
    )

    def turns(self) -> list[Turn | str]:
        """Return the history as the assistant takes it."""
        return [
            turn
            if isinstance(turn, str)
            else Turn(question=turn.question, answer=turn.answer, titles=tuple(turn.titles))
            for turn in self.history
        ]


class RetrieveRequest(_Chosen):
    """A question, how many passages, and of which articles."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra={"examples": [{"question": "When will the barrier close?", "k": 5}]}
    )

    question: Question = Field(description="In plain words.")
    k: int = Field(default=10, ge=1, le=MAX_PASSAGES, description="How many passages.")


class RetrieveQuery(RetrieveRequest):
    """The same in an address, where everything is text."""

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=False)


class StoriesQuery(BaseModel):
    """Which page of the list of stories."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    page: int = Field(default=1, ge=1, le=1_000_000)
    page_size: int = Field(default=50, ge=1, le=MAX_PASSAGES)


def article_filter(chosen: _Chosen, assistant: KnowsCopies) -> ArticleFilter | None:
    """Return the articles that a request is narrowed to; None for all.

    Raises:
        InvalidQuestion: `until` is before `since`.
    """
    return narrowed(
        assistant,
        outlets=chosen.outlets,
        since=chosen.since,
        until=chosen.until,
        articles=chosen.articles,
        story=chosen.story,
    )
