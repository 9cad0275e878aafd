"""What retrieving, reading and answering hand on: hits, answer spans, citations, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from corpus import Passage, Span

OFFSET_UNIT = "codepoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A retrieved passage and why it was found.

    `score` is higher for better and comparable within one question only. Ranks are 1-based within
    their own search; None means that search did not return the passage. `similarity` is the cosine
    of question and passage, averaged with that of the passage's best sentence where the index holds
    vectors of sentences; comparable between questions.
    """

    passage: Passage
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; offsets are code points of the article's text."""
        passage = self.passage
        return {
            "article_id": passage.article_id,
            "start": passage.span.start,
            "end": passage.span.end,
            "text": passage.text,
            "heading": passage.heading,
            "score": self.score,
            "dense_rank": self.dense_rank,
            "lexical_rank": self.lexical_rank,
            "similarity": self.similarity,
            "offset_unit": OFFSET_UNIT,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSpan:
    """What a Reader returns: a candidate answer in article coordinates, with a score.

    `evidence` is what the score was made from, by name, for the confidence to weigh anew.
    """

    passage_id: int
    span: Span
    score: float
    evidence: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A self-contained reference to the sentences that hold an answer.

    ``text == article.text[span.start:span.end]``; `highlight`, the answer itself, lies inside
    `span`; both are article coordinates. `before` and `after` are the article's text around it.
    `version` names the version of the article that they count in: `Assistant.article` takes it.
    """

    article_id: str
    title: str
    outlet: str | None
    published: str | None
    source: str
    span: Span
    text: str
    highlight: Span
    before: str
    after: str
    version: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of the answer contract."""
        return {
            "article_id": self.article_id,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published,
            "source": self.source,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "highlight": {"start": self.highlight.start, "end": self.highlight.end},
            "before": self.before,
            "after": self.after,
            "version": self.version,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the citation that `to_dict` was made from.

        Raises:
            KeyError, TypeError, ValueError: it is not the JSON form of a citation.
        """
        highlight = stored["highlight"]
        return cls(
            article_id=stored["article_id"],
            title=stored["title"],
            outlet=stored["outlet"],
            published=stored["published"],
            source=stored["source"],
            span=Span(stored["start"], stored["end"]),
            text=stored["text"],
            highlight=Span(highlight["start"], highlight["end"]),
            before=stored["before"],
            after=stored["after"],
            version=stored.get("version"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeframe:
    """The days that a question names in `phrase`, both included; None is an open end."""

    phrase: str
    since: date | None
    until: date | None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; days are ISO 8601."""
        days = {"since": self.since, "until": self.until}
        return {
            "phrase": self.phrase,
            **{name: day.isoformat() if day else None for name, day in days.items()},
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the timeframe that `to_dict` was made from.

        Raises:
            KeyError, TypeError, ValueError: it is not the JSON form of one.
        """
        days = (stored["since"], stored["until"])
        since, until = (date.fromisoformat(day) if day else None for day in days)
        return cls(phrase=stored["phrase"], since=since, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question; ``text is None`` means the articles do not say.

    `question` is the question as understood (a follow-up is made standalone). `confidence` is a
    calibrated probability that the answer is right. `alternatives` are further answers or, when
    nothing was found, the closest sentences; they carry no alternatives of their own. `hits` are
    the passages that were read, reordered by what the reader found in them; `passages_found` counts
    those that were retrieved, more than were read if the first ones gave a sure answer or the time
    for it was over. `timeframe` is set if the question names days and the answer comes from the
    articles of these days; `outside` instead if these gave no answer and all others were asked.
    """

    question: str
    text: str | None
    confidence: float
    citations: tuple[Citation, ...]
    alternatives: tuple[Answer, ...] = ()
    hits: tuple[Hit, ...] = ()
    passages_found: int = 0
    timeframe: Timeframe | None = None
    outside: Timeframe | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that every interface speaks."""
        return {
            **self._own_dict(),
            "timeframe": self.timeframe.to_dict() if self.timeframe else None,
            "outside": self.outside.to_dict() if self.outside else None,
            "alternatives": [a._own_dict() for a in self.alternatives],
            "debug": {"passages_found": self.passages_found, "passages_read": len(self.hits)},
        }

    def _own_dict(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "text": self.text,
            "confidence": self.confidence,
            "citations": [citation.to_dict() for citation in self.citations],
            "offset_unit": OFFSET_UNIT,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the answer that `to_dict` was made from, without its hits.

        Raises:
            KeyError, TypeError, ValueError: it is not the JSON form of an answer.
        """
        timeframe, outside = stored.get("timeframe"), stored.get("outside")
        return cls(
            question=stored["question"],
            text=stored["text"],
            confidence=stored["confidence"],
            citations=tuple(map(Citation.from_dict, stored["citations"])),
            alternatives=tuple(map(cls.from_dict, stored.get("alternatives", ()))),
            passages_found=stored.get("debug", {}).get("passages_found", 0),
            timeframe=Timeframe.from_dict(timeframe) if timeframe else None,
            outside=Timeframe.from_dict(outside) if outside else None,
        )
