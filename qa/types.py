"""What retrieving, reading and answering hand on: hits, answer spans, citations, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question; ``text is None`` means the articles do not say.

    `question` is the question as understood (a follow-up is made standalone). `confidence` is a
    calibrated probability that the answer is right. `alternatives` are further answers or, when
    nothing was found, the closest sentences; they carry no alternatives of their own. `hits` are
    the passages that were read, reordered by what the reader found in them; `passages_found` counts
    those that were retrieved, more than were read if the first ones gave a sure answer or the time
    for it was over.
    """

    question: str
    text: str | None
    confidence: float
    citations: tuple[Citation, ...]
    alternatives: tuple[Answer, ...] = ()
    hits: tuple[Hit, ...] = ()
    passages_found: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that every interface speaks."""
        return {
            **self._own_dict(),
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
