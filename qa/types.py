"""What retrieving and answering hand on: hits, citations, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from corpus import OFFSET_UNIT, Members, Passage, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A retrieved passage and why it was found.

    `score` is higher for better and comparable within one question only. Ranks are 1-based within
    their own search; None means that search did not return the passage. `similarity` is the cosine
    of question and passage, averaged with that of the passage's best sentence where the index holds
    vectors of sentences; comparable between questions. `best_sentence` is that sentence, in article
    coordinates.
    """

    passage: Passage
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float | None = None
    best_sentence: Span | None = None

    def to_dict(self, *, whole: bool = False) -> dict[str, Any]:
        """Return the JSON form; offsets are code points of the article's text.

        Args:
            whole: With ``passage_id`` and ``sentences``, which interfaces leave out.
        """
        passage = self.passage.to_dict()
        also = {"passage_id": self.passage.id, "sentences": passage["sentences"]}
        return {
            **{name: passage[name] for name in ("article_id", "start", "end", "text", "heading")},
            "score": self.score,
            "dense_rank": self.dense_rank,
            "lexical_rank": self.lexical_rank,
            "similarity": self.similarity,
            "best_sentence": self.best_sentence.to_dict() if self.best_sentence else None,
            "offset_unit": OFFSET_UNIT,
            **(also if whole else {}),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the hit that ``to_dict(whole=True)`` was made from.

        Without ``passage_id`` and ``sentences``, its passage has the id 0 and no sentences.

        Raises:
            ValueError: it is not the JSON form of a hit; the error names the member.
        """
        members = Members(stored, "a hit")
        missing = {"sentences": (), "passage_id": 0}
        passage = {**missing, **stored}
        return cls(
            passage=Passage.from_dict({**passage, "id": passage["passage_id"]}),
            score=members.one("score", float),
            dense_rank=members.maybe("dense_rank", int),
            lexical_rank=members.maybe("lexical_rank", int),
            similarity=members.maybe("similarity", float),
            best_sentence=members.maybe_record("best_sentence", Span.from_dict),
        )


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
            ValueError: it is not the JSON form of a citation; the error names the member.
        """
        members = Members(stored, "a citation")
        return cls(
            article_id=members.one("article_id", str),
            title=members.one("title", str),
            outlet=members.maybe("outlet", str),
            published=members.maybe("published", str),
            source=members.one("source", str),
            span=Span.from_dict(stored),
            text=members.one("text", str),
            highlight=members.record("highlight", Span.from_dict),
            before=members.one("before", str),
            after=members.one("after", str),
            version=members.maybe("version", str),
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
            ValueError: it is not the JSON form of one; the error names the member.
        """
        members = Members(stored, "a timeframe")
        phrase = members.one("phrase", str)
        return cls(phrase=phrase, since=members.day("since"), until=members.day("until"))


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
    With a `timeframe` and no text, the alternatives tell what changed, in order of time.
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

    def to_dict(self, *, whole: bool = False) -> dict[str, Any]:
        """Return the JSON form that every interface speaks.

        Args:
            whole: With the ``hits``, which interfaces leave out.
        """
        also = {"hits": [hit.to_dict(whole=True) for hit in self.hits]}
        return {
            **self._own_dict(),
            "timeframe": self.timeframe.to_dict() if self.timeframe else None,
            "outside": self.outside.to_dict() if self.outside else None,
            "alternatives": [a._own_dict() for a in self.alternatives],
            "debug": {"passages_found": self.passages_found, "passages_read": len(self.hits)},
            **(also if whole else {}),
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
        """Return the answer that `to_dict` was made from; its hits only if they are in it.

        Raises:
            ValueError: it is not the JSON form of an answer; the error names the member.
        """
        members = Members(stored, "an answer")
        debug = Members(members.maybe("debug", dict) or {}, "debug")
        return cls(
            question=members.one("question", str),
            text=members.maybe("text", str),
            confidence=members.one("confidence", float),
            citations=members.records("citations", Citation.from_dict, needed=True),
            alternatives=members.records("alternatives", cls.from_dict),
            hits=members.records("hits", Hit.from_dict),
            passages_found=debug.maybe("passages_found", int) or 0,
            timeframe=members.maybe_record("timeframe", Timeframe.from_dict),
            outside=members.maybe_record("outside", Timeframe.from_dict),
        )
