"""The list of the collection: searched, sorted and paged by the store itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Article, ArticleStore, IndexCorrupt, IndexNotFound
from corpus.store.listing import (
    MAX_PAGE_SIZE,
    ListPage,
    OutletCount,
    Wanted,
    list_articles,
    list_outlets,
    list_versions,
    overview,
)
from tests.fakes import SPACE, entry, make_article

ARTICLES = [
    make_article("One.", id="a", title="Zebra crossing", published="2025-03", outlet="Courier"),
    make_article("Two.", id="b", title="“Élan” fades", published="2025-03-02", outlet="Ärzteblatt"),
    make_article("Three.", id="c", title="apple harvest", outlet="Courier"),
    make_article("Four.", id="d", title="STRASSE gesperrt", published="2024-12-31"),
    make_article("Five.", id="e", title="100% _sure_", published="2026-01-01", outlet="Blick"),
]


def stored(path: Path, articles: Sequence[Article] = ARTICLES) -> ArticleStore:
    store = ArticleStore(path, writable=True)
    store.open_space(SPACE)
    store.add([entry(article) for article in articles])
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with closing(stored(tmp_path / "store.db")) as opened:
        yield opened


def ids(page: ListPage) -> str:
    return "".join(article.id for article in page.articles)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "ebadc"),
        (Wanted(descending=False), "dabec"),  # without a date still last
        (Wanted(sort="title", descending=False), "ecbda"),  # accents and quotation marks aside
        (Wanted(sort="title"), "adbce"),
        (Wanted(sort="outlet", descending=False), "beacd"),
        (Wanted(sort="outlet"), "acebd"),
        (Wanted(sort="added"), "edcba"),  # in one batch as they came
        (Wanted(sort="added", descending=False), "abcde"),
    ],
)
def test_articles_are_sorted_and_what_is_missing_comes_last(
    store: ArticleStore, wanted: Wanted, expected: str
) -> None:
    assert ids(list_articles(store.path, wanted)) == expected


def test_what_was_added_last_is_first_also_without_a_date(store: ArticleStore) -> None:
    store.add([entry(make_article("Six.", id="f")), entry(make_article("New.", id="b"))])
    assert ids(list_articles(store.path, Wanted(sort="added"))) == "bfedca"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ZEBRA", "a"),
        ("straße", "d"),  # however it is written
        ("courier apple", "c"),  # every word, in whichever fact
        ("élan", "b"),
        ("e\u0301lan", "b"),  # the accent apart
        ("ÄRZTE", "b"),
        ("100%", "e"),
        ("%", "e"),  # data, no pattern
        ("_sure_", "e"),
        ("' OR 1=1 --", ""),
        ("d.txt", "d"),  # the source
        ("no\0thing", ""),
        ("\ud800", ""),
        ("", "ebadc"),
    ],
)
def test_a_search_finds_articles_by_what_they_are_called(
    store: ArticleStore, query: str, expected: str
) -> None:
    page = list_articles(store.path, Wanted(query=query))
    assert (ids(page), page.total) == (expected, len(expected))


def test_an_outlet_narrows_the_list(store: ArticleStore) -> None:
    assert ids(list_articles(store.path, Wanted(outlet="Courier"))) == "ac"
    assert ids(list_articles(store.path, Wanted(outlet="courier'; --"))) == ""
    assert ids(list_articles(store.path, Wanted(outlet="\ud800"))) == ""


def test_pages_tell_where_they_stand(store: ArticleStore) -> None:
    second = list_articles(store.path, Wanted(page=2, page_size=2))
    assert (ids(second), second.total, second.page, second.pages) == ("ad", 5, 2, 3)
    assert ids(list_articles(store.path, Wanted(page=3, page_size=2))) == "c"
    assert list_articles(store.path, Wanted(page=99, page_size=2)).page == 3
    assert ids(list_articles(store.path, Wanted(page=-4, page_size=0))) == "e"


def test_a_page_is_never_longer_than_it_may_be(tmp_path: Path) -> None:
    many = [make_article(f"Text {n}.", id=f"n{n:03}") for n in range(MAX_PAGE_SIZE + 5)]
    with closing(stored(tmp_path / "store.db", many)) as store:
        page = list_articles(store.path, Wanted(page_size=10**9))
    assert (len(page.articles), page.pages) == (MAX_PAGE_SIZE, 2)


def test_a_page_says_of_an_article_what_the_whole_list_says(store: ArticleStore) -> None:
    store.add([entry(replace(ARTICLES[0], text="A new text, of two sentences. Here it is."))])
    store.remove(["b"])
    assert list(list_articles(store.path, Wanted()).articles) == store.summaries()


def test_an_empty_index_has_one_empty_page(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    ArticleStore(path, writable=True).close()
    page = list_articles(path, Wanted())
    assert (page.articles, page.total, page.page, page.pages) == ((), 0, 1, 1)
    assert list_outlets(path) == []
    assert overview(path).changed is None


def test_outlets_are_counted_and_those_with_most_come_first(store: ArticleStore) -> None:
    store.add([entry(replace(ARTICLES[0], text="Of this there are two versions."))])
    counted = [("Courier", 2), ("Ärzteblatt", 1), ("Blick", 1)]
    assert list_outlets(store.path) == [OutletCount(name=n, articles=k) for n, k in counted]


def test_versions_are_told_newest_first(store: ArticleStore) -> None:
    newer = replace(ARTICLES[0], title="Zebra crossing closed")
    store.add([entry(newer)])
    new, old = list_versions(store.path, "a")
    assert (new.version, new.title, new.replaced) == (newer.version, newer.title, None)
    assert (old.version, old.chars, old.replaced) == (ARTICLES[0].version, 4, new.added)
    assert list_versions(store.path, "nobody") == list_versions(store.path, "\0") == []


def test_an_overview_counts_what_is_missing(store: ArticleStore) -> None:
    text = "The ferry sank in a storm on Friday night, and a lifeboat saved all the passengers. "
    copies = [make_article(text * 3, id=f"copy{n}", title="") for n in range(2)]
    store.add([entry(copy) for copy in copies])
    store.add([entry(replace(ARTICLES[0], text="Another text."))])
    seen = overview(store.path)
    assert (seen.articles, seen.outlets, seen.old_versions) == (7, 3, 1)
    assert (seen.without_date, seen.without_outlet, seen.without_title) == (3, 3, 2)
    assert (seen.stories, seen.copies) == (1, 2)
    assert seen.changed


def test_what_cannot_be_read_is_said(tmp_path: Path, store: ArticleStore) -> None:
    with pytest.raises(IndexNotFound):
        list_articles(tmp_path / "none" / "store.db", Wanted())
    store.close()
    size = store.path.stat().st_size
    store.path.write_bytes(store.path.read_bytes()[:4096] + b"\xff" * (size - 4096))
    with pytest.raises(IndexCorrupt):
        list_articles(store.path, Wanted())
