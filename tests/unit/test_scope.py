"""What narrows a question: read from anyone, so nothing in it may raise or widen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import ArticleFilter, ArticleNotFound, Copy
from qa import Assistant
from qa.interfaces.web.scope import (
    MAX_ARTICLES,
    MAX_NAME_CHARS,
    MAX_OUTLETS,
    MAX_SCOPE_CHARS,
    Scope,
    read_scope,
)

FULL = Scope(
    outlets=("Orme Courier", "Ærø Avis"),
    since=date(2025, 1, 1),
    until=date(2025, 3, 31),
    articles=("a", "b/c d"),
    story="a",
    any_time=True,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


class Carriers:
    """Knows one report, carried by "a", "b" and "c"."""

    def copies(self, article_id: str) -> Sequence[Copy]:
        if article_id not in "abc":
            raise ArticleNotFound(article_id)
        return [
            Copy(article_id=other, title="", outlet=None, published=None, shared=None,
                 explanation=None)
            for other in "abc"
            if other != article_id
        ]  # fmt: skip


def test_a_scope_survives_the_way_to_the_page_and_back() -> None:
    assert read_scope(json.dumps(FULL.to_dict())) == FULL
    assert read_scope(FULL.to_dict()) == FULL
    assert read_scope(json.dumps(Scope().to_dict())) == Scope()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '"x"',
        "[" * 100_000,
        "{}" + " " * MAX_SCOPE_CHARS,
        None,
        5,
        b"{}",
    ],
)
def test_nonsense_narrows_nothing(text: object) -> None:
    assert read_scope(text) == Scope()


@given(st.dictionaries(st.sampled_from([*FULL.to_dict(), "other"]), JSON))
def test_no_value_of_any_key_raises(given: dict[str, object]) -> None:
    scope = read_scope(json.dumps(given))
    assert read_scope(given) == scope
    assert read_scope(scope.to_dict()) == scope
    scope.words("de")
    scope.article_filter(Carriers())


@pytest.mark.parametrize(
    "day", ["2025-13-01", "2025-02-30", "1 Jan 2025", "2025-1-1", "20250101", "٢٠٢٥-٠١-٠١", 2025]
)
def test_only_iso_days_are_dates(day: object) -> None:
    assert read_scope({"since": day, "until": "2025-03-31"}) == Scope(until=date(2025, 3, 31))


def test_days_in_the_wrong_order_are_exchanged() -> None:
    scope = read_scope({"since": "2025-03-31", "until": "2025-01-01"})
    assert (scope.since, scope.until) == (date(2025, 1, 1), date(2025, 3, 31))


def test_names_are_limited_in_number_and_length() -> None:
    scope = read_scope(
        {
            "outlets": [*map(str, range(99)), "0"],
            "articles": [*map(str, range(99))],
            "story": "x" * (MAX_NAME_CHARS + 1),
        }
    )
    assert (len(scope.outlets), len(scope.articles), scope.story) == (
        MAX_OUTLETS,
        MAX_ARTICLES,
        None,
    )
    assert read_scope(
        {"outlets": ["", "  ", "a\0", "\ud800", "x" * 201, " Ledger ", "Ledger", 5]}
    ) == Scope(outlets=("Ledger",))
    assert read_scope({"outlets": "Ledger", "articles": {"a": 1}}) == Scope()


def test_any_time_is_only_what_is_true() -> None:
    assert read_scope({"any_time": True}).any_time
    assert not read_scope({"any_time": "yes"}).any_time
    assert not read_scope({"any_time": 1}).any_time


def test_an_empty_scope_is_no_filter() -> None:
    assert Scope().article_filter(Carriers()) is None
    assert Scope(any_time=True).article_filter(Carriers()) is None


def test_a_report_means_all_articles_that_carry_it() -> None:
    assert Scope(story="b").article_filter(Carriers()) == ArticleFilter(article_ids=[*"abc"])
    assert Scope(story="b", articles=("c", "x")).article_filter(Carriers()) == ArticleFilter(
        article_ids="c"
    )


@pytest.mark.parametrize("scope", [Scope(story="gone"), Scope(story="a", articles=("x",))])
def test_a_report_that_is_gone_does_not_open_all_articles(
    scope: Scope, assistant: Assistant
) -> None:
    only = scope.article_filter(Carriers())
    assert only is not None
    assert not only.fits_all
    answer = assistant.ask("What did the tidal barrier at Orme cost?", only=only)
    assert answer.text is None
    assert answer.alternatives == ()


def test_a_scope_narrows_what_a_real_assistant_answers_from(assistant: Assistant) -> None:
    question = "Who won the mayoral election?"
    inside = read_scope({"outlets": ["the ledger"], "since": "2030-01-01"})
    outside = read_scope({"outlets": ["the ledger"], "since": "2031-01-01"})
    assert assistant.ask(question, only=inside.article_filter(assistant)).text
    assert not assistant.ask(question, only=outside.article_filter(assistant)).text


def test_what_was_chosen_in_words() -> None:
    assert FULL.words("en") == [
        "Orme Courier",
        "Ærø Avis",
        "1 Jan 2025 – 31 Mar 2025",
        "2 chosen articles",
        "one report",
    ]
    assert Scope(outlets=("a", "b", "c"), until=date(2025, 3, 1)).words("de") == [
        "3 Medien",
        "bis 1. März 2025",
    ]
    day = date(2025, 12, 24)
    assert Scope(since=day, until=day).words("de") == ["24. Dez. 2025"]
    assert Scope().words("en") == []
