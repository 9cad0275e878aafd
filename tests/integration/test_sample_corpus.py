"""The sample corpus is what the docs say, and its questions can be trusted as a yardstick."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.questions import load_questions
from corpus import Article, find_articles, read_article, split_sentences
from corpus.sample import SAMPLE_ARTICLES, SAMPLE_QUESTIONS

TWO_SENTENCES = {
    "c-011": "the prosecutor's two sentences in one pair of quotation marks",
}
"""Questions whose evidence is more than one sentence, and why."""


@cache
def paths() -> tuple[Path, ...]:
    return find_articles([SAMPLE_ARTICLES]).paths


@cache
def articles() -> dict[str, Article]:
    return {article.id: article for article in (read_article(path).article for path in paths())}


@cache
def questions() -> list[dict[str, Any]]:
    return load_questions(SAMPLE_QUESTIONS)


def evidence() -> list[tuple[dict[str, Any], Article, str]]:
    return [
        (question, articles()[one["article_id"]], one["sentence"])
        for question in questions()
        for one in question["evidence"]
    ]


def test_there_are_enough_articles_of_a_news_articles_length() -> None:
    assert len(articles()) == len(paths()) >= 60
    lengths = {a.id: len(a.text.split()) for a in articles().values()}
    assert {id: n for id, n in lengths.items() if not 250 <= n <= 600} == {}


def test_articles_spread_over_a_year_many_stories_and_outlets() -> None:
    published = [date.fromisoformat(a.published or "") for a in articles().values()]
    months = {(day.year, day.month) for day in published}
    assert len(months) >= 12
    assert (max(published) - min(published)).days >= 365
    assert len({a.metadata["story"] for a in articles().values()}) >= 12
    assert len({a.outlet for a in articles().values()}) >= 4


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_an_article_is_read_without_a_warning_and_with_its_front_matter(path: Path) -> None:
    loaded = read_article(path)
    written = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    article = loaded.article
    assert loaded.warnings == ()
    assert article.id == written["id"] == path.stem
    assert article.title == written["title"]
    assert article.outlet == written["outlet"]
    assert article.published == str(written["published"])
    assert "---" not in article.text


def test_several_articles_are_near_identical_wire_copies() -> None:
    sentences = {
        a.id: {span.of(a.text).strip() for span in split_sentences(a.text)}
        for a in articles().values()
    }
    copies = [
        (one, other)
        for one, other in combinations(articles().values(), 2)
        if one.outlet != other.outlet
        and len(sentences[one.id] & sentences[other.id])
        >= 0.6 * max(len(sentences[one.id]), len(sentences[other.id]))
    ]
    assert len(copies) >= 3


def test_there_are_enough_questions_of_each_kind() -> None:
    kinds = Counter(question["kind"] for question in questions())
    assert set(kinds) == {"answerable", "follow-up", "unanswerable"}
    assert len(questions()) >= 150
    assert kinds["unanswerable"] >= 40
    assert kinds["follow-up"] >= 30
    assert len({question["id"] for question in questions()}) == len(questions())


def test_each_kind_of_question_has_what_belongs_to_it() -> None:
    for question in questions():
        answerable = question["kind"] != "unanswerable"
        assert bool(question["answers"]) == bool(question["evidence"]) == answerable
        assert question["question"].strip() == question["question"] != ""
        if question["kind"] == "follow-up":
            assert question["history"]


def test_each_evidence_sentence_is_in_its_article_once_and_holds_an_answer() -> None:
    assert len(evidence()) > 300
    for question, article, sentence in evidence():
        assert article.text.count(sentence) == 1, question["id"]
        assert any(answer in sentence for answer in question["answers"]), question["id"]


def test_each_evidence_sentence_lies_inside_one_sentence_of_ours() -> None:
    spans = {a.id: split_sentences(a.text) for a in articles().values()}
    cut = set()
    for question, article, sentence in evidence():
        start = article.text.index(sentence)
        end = start + len(sentence)
        if not any(span.start <= start and end <= span.end for span in spans[article.id]):
            cut.add(question["id"])
    assert cut == set(TWO_SENTENCES)
