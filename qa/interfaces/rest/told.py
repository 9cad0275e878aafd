"""What the API tells of questions: the form of each reply, for its description and its tests.

Replies are made by `Answer.to_dict` and `Hit.to_dict`, not by these models.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

_ARTICLE: dict[str, Any] = {
    "article_id": "barrier",
    "title": "Tidal barrier opens",
    "outlet": "Orme Courier",
    "published": "2031-05-06",
}
_CITATION: dict[str, Any] = {
    **_ARTICLE,
    "source": "barrier.txt",
    "start": 0,
    "end": 44,
    "text": "The tidal barrier at Orme opened on Tuesday.",
    "highlight": {"start": 36, "end": 43},
    "before": "",
    "after": " The barrier cost 412 million pounds.",
    "version": "4f1c0d9e2a7b",
}


class Told(BaseModel):
    """A reply: all members are always there."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class Problem(BaseModel):
    """What was refused or failed, in the form of RFC 9457."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "detail": "body/question: Field required.",
                    "errors": [{"where": "body/question", "reason": "Field required"}],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str = Field(description="What happened, then what to do.")
    errors: list[dict[str, str]] | None = Field(
        default=None, description="Of a malformed request: each place, and what is wrong there."
    )


class Highlight(Told):
    """Where the answer itself stands."""

    start: int
    end: int


class CitationTold(Told):
    """The sentences that hold the answer: `text` is the article's text from `start` to `end`.

    `highlight`, the answer itself, lies within; `before` and `after` are the article's text around
    it. Offsets are code points of the article in its `version`.
    """

    article_id: str
    title: str
    outlet: str | None
    published: str | None = Field(description="ISO 8601, a day or less or more.")
    source: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    highlight: Highlight
    before: str
    after: str
    version: str | None


class TimeframeTold(Told):
    """The days that a question names in `phrase`, both included; null is an open end."""

    phrase: str
    since: str | None
    until: str | None


class Read(Told):
    """How many passages were found, and how many of them read."""

    passages_found: int
    passages_read: int


class AlternativeTold(Told):
    """A further answer or, where there is none, one of the closest sentences."""

    question: str
    text: str | None
    confidence: float = Field(ge=0, le=1)
    citations: list[CitationTold]
    offset_unit: Literal["codepoint"]


class AnswerTold(AlternativeTold):
    """The reply to a question; `text` is null where the articles do not say.

    `confidence` is a calibrated probability that the answer is right. `timeframe` is set if the
    answer comes from the days that the question names, `outside` if these gave none. Where `text`
    is null and `timeframe` is set, the alternatives tell what changed, in order of time.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "When did the tidal barrier open?",
                    "text": "Tuesday",
                    "confidence": 0.93,
                    "citations": [_CITATION],
                    "offset_unit": "codepoint",
                    "timeframe": None,
                    "outside": None,
                    "alternatives": [],
                    "debug": {"passages_found": 4, "passages_read": 4},
                }
            ]
        }
    )

    timeframe: TimeframeTold | None
    outside: TimeframeTold | None
    alternatives: list[AlternativeTold]
    debug: Read


class BestSentence(Told):
    """The sentence of a passage that is most like the question."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)


class HitTold(Told):
    """A passage: `text` is the article's text from `start` to `end`, and why it was found."""

    article_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    heading: str
    score: float = Field(description="Higher is better; comparable within one question only.")
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float | None
    best_sentence: BestSentence | None
    offset_unit: Literal["codepoint"]


class HitsTold(Told):
    """Passages, best first."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "hits": [
                        {
                            "article_id": "barrier",
                            "start": 0,
                            "end": 157,
                            "text": "The tidal barrier at Orme opened on Tuesday. …",
                            "heading": "",
                            "score": 0.97,
                            "dense_rank": 1,
                            "lexical_rank": 1,
                            "similarity": 0.71,
                            "best_sentence": {"start": 0, "end": 45},
                            "offset_unit": "codepoint",
                        }
                    ]
                }
            ]
        }
    )

    hits: list[HitTold]


class Healthy(Told):
    """The server answers, and over how much."""

    status: Literal["ok"]
    articles: int
    passages: int


class Ready(Told):
    """The models are loaded: questions are answered at once."""

    status: Literal["ready"]


def example_of(model: type[BaseModel]) -> Any:
    """Return the first example of a model, or None."""
    extra = model.model_config.get("json_schema_extra")
    found = extra.get("examples") if isinstance(extra, dict) else None
    return found[0] if isinstance(found, list) and found else None
