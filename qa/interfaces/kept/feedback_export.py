"""Feedback as an evaluation set: SQuAD v2.0, contexts whole articles, offsets in code points.

A judgement becomes an item if it says what the right answer is: the answer's own words where they
were right, the marked sentence where they were not, none where it was right that there is none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus import Article, ArticleNotFound, Span
from qa.interfaces.kept.feedback import Feedback, Judgement
from qa.interfaces.kept.judging import Articles
from qa.render import one_line

NO_SENTENCE = "were judged wrong, but nobody marked what is right"
NOTHING_CLOSE = "say rightly that there is no answer, but there is no article to go with them"
GONE = "are about an article, or a version of it, that is no longer stored"
CONTRADICTED = "say that there is no answer in an article where somebody marked one"

_TITLE_CHARS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An evaluation set; `left_out` counts, by reason, the judgements that are no item in it.

    Several judgements that say the same are one item.
    """

    squad: dict[str, Any]
    items: int
    left_out: Mapping[str, int]


@dataclass(slots=True)
class _Item:
    question: str
    answers: dict[Span, None] = field(default_factory=dict)
    said_impossible: int = 0


@dataclass(slots=True)
class _Page:
    article: Article
    items: dict[str, _Item] = field(default_factory=dict)


class _LeftOut(Exception):
    """A judgement that is no item; says why."""


def squad(feedback: Feedback, assistant: Articles, *, visitor: str | None = None) -> dict[str, Any]:
    """Return the feedback of a visitor, or of all, as SQuAD v2.0 JSON.

    Raises:
        StoreError: the feedback or the articles cannot be read just now.
    """
    return export_squad(feedback.rows(visitor), assistant).squad


def export_squad(rows: Iterable[Judgement], assistant: Articles) -> Exported:
    """Make an evaluation set of judgements; see `squad`."""
    pages: dict[str, _Page] = {}
    left_out: Counter[str] = Counter()
    for row in rows:
        try:
            _collect(row, pages, assistant)
        except _LeftOut as reason:
            left_out[str(reason)] += 1
    items = [item for page in pages.values() for item in page.items.values()]
    contradicted = sum(item.said_impossible for item in items if item.answers)
    if contradicted:
        left_out[CONTRADICTED] = contradicted
    data = [_page(page) for page in pages.values()]
    return Exported(
        squad={"version": "v2.0", "data": data}, items=len(items), left_out=dict(left_out)
    )


def _collect(row: Judgement, pages: dict[str, _Page], assistant: Articles) -> None:
    place, gold = _gold(row)
    article = _article(place, assistant)
    # The version is a digest of all that was printed: articles that share it share the text.
    page = pages.setdefault(article.version, _Page(article))
    question = " ".join(row.understood.split())
    item = page.items.setdefault(question.casefold(), _Item(question))
    if gold is None:
        item.said_impossible += 1
    else:
        item.answers[gold] = None


def _gold(row: Judgement) -> tuple[Mapping[str, Any], Span | None]:
    """Return a place in an article, and which part of its text answers the question there."""
    if row.verdict != "right":
        if row.sentence is None:
            raise _LeftOut(NO_SENTENCE)
        marked = row.sentence
        place = {
            "article_id": marked.article_id,
            "version": marked.version,
            "start": marked.start,
            "end": marked.end,
            "text": marked.text,
        }
        return place, Span(marked.start, marked.end)
    if row.citation is None:
        raise _LeftOut(NOTHING_CLOSE)
    highlight = row.citation["highlight"]
    return row.citation, Span(highlight["start"], highlight["end"]) if row.answered else None


def _article(place: Mapping[str, Any], assistant: Articles) -> Article:
    """Return the article that a place is in, if it still says there what was seen."""
    try:
        article = assistant.article(place["article_id"], version=place.get("version"))
    except ArticleNotFound:
        raise _LeftOut(GONE) from None
    if article.text[place["start"] : place["end"]] != place["text"]:
        raise _LeftOut(GONE)
    return article


def _page(page: _Page) -> dict[str, Any]:
    article = page.article
    # Two articles may have one title; readers of such files take it for the article's name.
    title = f"{article.version}/{one_line(article.title) or article.id}"[:_TITLE_CHARS]
    questions = [_question(item, article) for item in page.items.values()]
    return {"title": title, "paragraphs": [{"context": article.text, "qas": questions}]}


def _question(item: _Item, article: Article) -> dict[str, Any]:
    name = f"{article.version}\n{item.question.casefold()}"
    answers = [
        {"text": span.of(article.text), "answer_start": span.start} for span in sorted(item.answers)
    ]
    return {
        "id": hashlib.sha256(name.encode()).hexdigest()[:24],
        "question": item.question,
        "answers": answers,
        "is_impossible": not answers,
    }
