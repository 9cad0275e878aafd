"""Questions that are asked of some articles only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import embeddings.quantised
import qa.lexical
from corpus import Article, ArticleFilter, InvalidQuestion
from qa import Assistant, Retriever, build_index, remove_articles
from qa.interfaces.cli import main
from tests.fakes import HashingEncoder, make_article

OUTLETS = ["Orme Courier", "The Ledger", "Ærø Avis", None]
FIRST = date(2030, 1, 1)


def numbered(number: int) -> Article:
    """Return an article that shares its words with all others; every eighth has no date."""
    return make_article(
        f"The harbour of number {number} floods in winter. Its mayor is called M{number}.",
        id=f"article-{number}",
        title=f"Harbour {number}",
        published=str(FIRST + timedelta(days=number)) if number % 8 else None,
        outlet=OUTLETS[number % 4],
    )


ARTICLES = [numbered(number) for number in range(120)]


@pytest.fixture(params=["exact", "quantised"])
def retriever(
    request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Retriever]:
    if request.param != "exact":
        monkeypatch.setattr(embeddings.quantised, "EXACT_UP_TO", 50)
        monkeypatch.setattr(qa.lexical, "FEW_PASSAGES", 5)
    encoder = HashingEncoder()
    build_index(folder, ARTICLES, encoder=encoder)
    with Retriever.open(folder, encoder=encoder) as opened:
        assert opened.index.snapshot().dense.is_exact == (request.param == "exact")
        yield opened


def fitting(only: ArticleFilter) -> set[str]:
    """Return the ids of the articles that fit, found the plain way."""
    outlets = {outlet.casefold() for outlet in only.outlets}
    return {
        article.id
        for article in ARTICLES
        if (not outlets or (article.outlet or "").casefold() in outlets)
        and (not only.article_ids or article.id in only.article_ids)
        and (not only.since or (article.published or "") >= str(only.since))
        and (not only.until or (article.published or "9999") <= str(only.until))
    }


FILTERS = [
    ArticleFilter(),
    ArticleFilter(outlets=["The Ledger"]),
    ArticleFilter(outlets=["the ledger", "ærø avis"]),
    ArticleFilter(outlets="Orme Courier"),
    ArticleFilter(since=date(2030, 4, 1)),
    ArticleFilter(until=date(2030, 1, 9)),
    ArticleFilter(since=date(2030, 2, 1), until=date(2030, 2, 1)),
    ArticleFilter(article_ids=["article-7", "article-99", "never-there", "\ud800"]),
    ArticleFilter(outlets=["The Ledger"], since=date(2030, 3, 1), article_ids=["article-65"]),
    ArticleFilter(outlets=["No such paper"]),
    ArticleFilter(article_ids=["'); DROP TABLE article; --"]),
]


@pytest.mark.parametrize("only", FILTERS, ids=repr)
@pytest.mark.parametrize("k", [1, 10, 200])
def test_as_many_hits_as_asked_for_and_only_of_articles_that_fit(
    retriever: Retriever, only: ArticleFilter, k: int
) -> None:
    hits = retriever.retrieve("Which harbour floods in winter?", k, only=only)
    fits = fitting(only)
    assert {hit.passage.article_id for hit in hits} <= fits
    assert len(hits) == min(k, len(fits))


@pytest.mark.parametrize("retriever", ["exact"], indirect=True)
def test_the_best_of_those_that_fit_come_in_the_order_they_have_among_all(
    retriever: Retriever,
) -> None:
    question, only = "the mayor M41 of number 41", ArticleFilter(outlets=["The Ledger"])
    snapshot = retriever.index.snapshot()
    vector = HashingEncoder().encode_questions([question])[0]
    ids, _ = snapshot.dense.search(vector, 200)
    chosen = snapshot.chosen(only)
    among, _ = snapshot.dense.search(vector, 200, only=chosen)
    assert among.tolist() == [i for i in ids.tolist() if i in set(chosen.tolist())]
    words = snapshot.lexical.search(question, 200)
    assert list(snapshot.lexical.search(question, 200, only=chosen)) == [
        i for i in words if i in set(chosen.tolist())
    ]


def test_a_filter_is_applied_to_what_the_index_holds_now(folder: Path) -> None:
    encoder, only = HashingEncoder(), ArticleFilter(outlets=["The Ledger"])
    build_index(folder, ARTICLES[:8], encoder=encoder)
    with Retriever.open(folder, encoder=encoder) as retriever:
        before = retriever.retrieve("harbour", only=only)
        remove_articles(folder, ["article-1"])
        build_index(folder, ARTICLES[8:12], encoder=encoder)
        after = retriever.retrieve("harbour", only=only)
    assert {hit.passage.article_id for hit in before} == {"article-1", "article-5"}
    assert {hit.passage.article_id for hit in after} == {"article-5", "article-9"}


def test_an_empty_index_has_nothing_that_fits(folder: Path) -> None:
    build_index(folder, [], encoder=HashingEncoder())
    with Retriever.open(folder, encoder=HashingEncoder()) as retriever:
        assert retriever.retrieve("Who?", only=ArticleFilter(outlets=["The Ledger"])) == []


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(InvalidQuestion, match="exchange the two"):
        ArticleFilter(since=date(2031, 1, 2), until=date(2031, 1, 1))


def test_a_moment_is_taken_as_its_day() -> None:
    moment = datetime(2031, 5, 6, 12)
    assert ArticleFilter(since=moment, until=date(2031, 5, 6)).since == date(2031, 5, 6)


def test_a_time_of_day_counts_as_its_day(folder: Path) -> None:
    article = make_article("It rained.", id="a", published="2031-05-06T23:59:00+02:00")
    build_index(folder, [article], encoder=HashingEncoder())
    day = date(2031, 5, 6)
    with Retriever.open(folder, encoder=HashingEncoder()) as retriever:
        assert retriever.retrieve("rain", only=ArticleFilter(since=day, until=day))
        assert not retriever.retrieve("rain", only=ArticleFilter(since=day + timedelta(days=1)))


@pytest.mark.parametrize(
    ("published", "since", "until", "fits"),
    [
        ("2031", date(2031, 1, 1), date(2031, 12, 31), True),
        ("2031", date(2031, 1, 2), None, False),
        ("2031", None, date(2031, 12, 30), False),
        ("2031-06", date(2031, 6, 1), date(2031, 6, 30), True),
        ("2031-06", None, date(2031, 6, 29), False),
        ("2031-02", None, date(2031, 2, 28), True),
    ],
)
def test_an_article_of_some_month_or_year_fits_if_all_of_that_does(
    folder: Path, published: str, since: date | None, until: date | None, fits: bool
) -> None:
    article = make_article("It rained.", id="a", published=published)
    build_index(folder, [article], encoder=HashingEncoder())
    with Retriever.open(folder, encoder=HashingEncoder()) as retriever:
        found = retriever.retrieve("rain", only=ArticleFilter(since=since, until=until))
    assert bool(found) == fits


def test_the_assistant_answers_from_the_articles_that_fit(
    index_folder: Path, encoder: HashingEncoder
) -> None:
    with Assistant.open(index_folder, encoder=encoder, reader="sentence") as assistant:
        only = ArticleFilter(outlets=["Orme Courier"])
        answers = [
            assistant.ask("Who won the mayoral election?", only=only),
            *assistant.ask_many(["Who won the mayoral election?"], only=only),
        ]
    for answer in answers:
        assert {hit.passage.article_id for hit in answer.hits} == {"barrier"}


@pytest.mark.parametrize(
    ("options", "outcome", "says"),
    [
        (["--outlet", "the ledger"], 0, "54 per cent"),
        (["--outlet", "The Ledger", "--until", "2030-11-01"], 0, "no article fits"),
        (["--article", "mayor", "--since", "2030-11-02"], 0, "54 per cent"),
        (["--since", "yesterday"], 2, "does not match the format"),
        (["--since", "2031-01-02", "--until", "2031-01-01"], 1, "exchange the two"),
    ],
)
def test_the_command_line_takes_the_same_filters(
    index_folder: Path,
    encoder: HashingEncoder,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    outcome: int,
    says: str,
) -> None:
    monkeypatch.setattr("qa.retriever.load_encoder", lambda *_: encoder)
    question = ["ask", "What was the vote in the mayoral election?", "--index", str(index_folder)]
    result = CliRunner().invoke(main, [*question, "--reader", "sentence", *options])
    assert result.exit_code == outcome, result.output
    assert says in result.output
