"""SQuAD-format files as articles and questions."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Article, Span

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question with its gold answers, as spans of one article; none where it is unanswerable."""

    question: str
    article_id: str
    answers: tuple[Span, ...]

    def found_in(self, article_id: str, span: Span) -> bool:
        """Say whether a quoted span holds a gold answer whole."""
        return article_id == self.article_id and any(span.contains(gold) for gold in self.answers)


def read_squad(path: Path) -> tuple[list[Article], list[GoldQuestion]]:
    """Read a SQuAD 1.1 or 2.0 file (gzipped if so named); each context is an article of its own."""
    articles: list[Article] = []
    questions: list[GoldQuestion] = []
    for page in squad_pages(path):
        for number, paragraph in enumerate(page["paragraphs"]):
            article_id = f"{page['title'][:150]}/{number}"
            articles.append(
                Article(id=article_id, title="", text=paragraph["context"], source=path.name)
            )
            questions += [_question(asked, article_id, 0) for asked in paragraph["qas"]]
    return articles, questions


def read_squad_pages(path: Path) -> tuple[list[Article], list[GoldQuestion]]:
    """Read a SQuAD-format file; the contexts of one title become one article with that title."""
    articles: list[Article] = []
    questions: list[GoldQuestion] = []
    for page in squad_pages(path):
        text = ""
        for paragraph in page["paragraphs"]:
            questions += [_question(q, page["title"][:200], len(text)) for q in paragraph["qas"]]
            text += paragraph["context"] + SEPARATOR
        title = page["title"].rpartition("/")[2].replace("_", " ")
        articles.append(Article(id=page["title"][:200], title=title, text=text, source=path.name))
    return articles, questions


def squad_pages(path: Path) -> list[dict[str, Any]]:
    """Return the pages of a SQuAD-format file (gzipped if so named)."""
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    pages: list[dict[str, Any]] = json.loads(text)["data"]
    return pages


def _question(asked: dict[str, Any], article_id: str, offset: int) -> GoldQuestion:
    return GoldQuestion(
        question=asked["question"].strip(),
        article_id=article_id,
        answers=tuple(
            Span(offset + gold["answer_start"], offset + gold["answer_start"] + len(gold["text"]))
            for gold in asked["answers"]
        ),
    )
