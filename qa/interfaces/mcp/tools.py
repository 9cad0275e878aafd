"""What does each tool do? It takes checked arguments and gives text for people, JSON for programs.

The functions wait for disk and model: `server` calls them on a thread of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from corpus import OFFSET_UNIT, InvalidQuestion
from qa.adapters.passages import about, find_passages
from qa.assistant import Assistant
from qa.interfaces.logs import log_question
from qa.interfaces.mcp.shapes import (
    MAX_ARTICLE_CHARS,
    AnswerShape,
    ArticleShape,
    AskArguments,
    GetArticleArguments,
    PassagesShape,
    SearchArguments,
)
from qa.render import render_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a tool gives back."""

    text: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool as clients see it, and what it does."""

    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    call: Callable[[Any], Reply]


def tools_of(assistant: Assistant) -> dict[str, Tool]:
    """Return the tools by name."""
    return {
        "ask": Tool(
            title="Ask the articles",
            description=(
                "Answer a question with exact sentences of the articles, cited with their offsets. "
                "A text of null means that the articles do not say; alternatives are then the "
                "closest sentences. Nothing is generated."
            ),
            takes=AskArguments,
            gives=AnswerShape,
            call=lambda given: _ask(assistant, given),
        ),
        "search_articles": Tool(
            title="Search the articles",
            description="Find the passages that fit a question best, with their offsets.",
            takes=SearchArguments,
            gives=PassagesShape,
            call=lambda given: _search(assistant, given),
        ),
        "get_article": Tool(
            title="Read an article",
            description=(
                "Return the text of an article, or the part from start to end. At most "
                f"{MAX_ARTICLE_CHARS:,} characters at once: end tells how far it goes, chars how "
                "long the article is."
            ),
            takes=GetArticleArguments,
            gives=ArticleShape,
            call=lambda given: _article(assistant, given),
        ),
    }


def _ask(assistant: Assistant, given: AskArguments) -> Reply:
    log_question(given.question)
    answer = assistant.ask(
        given.question,
        history=given.turns(),
        only=given.article_filter(),
        any_time=given.any_time,
    )
    return Reply(text=render_text(answer), content=answer.to_dict())


def _search(assistant: Assistant, given: SearchArguments) -> Reply:
    found = find_passages(assistant, given.query, given.k, only=given.article_filter())
    shown = [f"[{p['article_id']} {p['start']}:{p['end']}] {_line(p)}\n{p['text']}" for p in found]
    text = "\n\n".join(shown) or "No article fits."
    return Reply(text=text, content={"passages": found})


def _line(of: dict[str, Any]) -> str:
    return " · ".join(of[name] for name in ("outlet", "title", "published") if of[name])


def _article(assistant: Assistant, given: GetArticleArguments) -> Reply:
    article = assistant.article(given.id, version=given.version)
    chars = len(article.text)
    end = chars if given.end is None else min(given.end, chars)
    if not given.start <= end:
        raise InvalidQuestion(
            f"no text from {given.start} to {end} in article {article.id!r}, which has {chars:,}"
            " characters; start before the end"
        )
    end = min(end, given.start + MAX_ARTICLE_CHARS)
    text = article.text[given.start : end]
    content = {
        "id": article.id,
        **about(article),
        "chars": chars,
        "start": given.start,
        "end": end,
        "text": text,
        "offset_unit": OFFSET_UNIT,
    }
    part = f"{_line(content)} [{article.id} {given.start}:{end} of {chars}]"
    return Reply(text=f"{part}\n\n{text}", content=content)
