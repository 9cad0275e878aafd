"""Which articles carry one report, as the store keeps it while articles come and go."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from corpus import Article, ArticleStore, StoredPassage
from corpus.store.stories import MAX_LINKS
from tests.fakes import SPACE, chunks, make_article

REPORT = (
    "The harbour board of Orme voted on Tuesday to close the northern lock for eleven weeks."
    " Divers had found cracks in two of its four gates during the yearly inspection in May."
    " Barges bound for the paper mill will have to take the longer way round through Selby."
    " The mill said that it would hire lorries for the time being and ask the city for help."
    " Repairs are to cost 3.4 million crowns, a third of what the harbour earns in a year."
    " The lock was last closed for so long in 1987, when a ferry had rammed its western wall."
)
EDITED = REPORT.replace("on Tuesday", "late on Tuesday").rpartition(" The lock was")[0]
OTHER = (
    "Choirs from nine villages met on the meadow below the castle to sing the spring in."
    " Rain fell until noon, but hardly anyone of the four hundred singers went home early."
    " The oldest among them has come to the meeting every year since he was a boy of six."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    opened = ArticleStore(tmp_path / "store.db", writable=True)
    opened.open_space(SPACE)
    yield opened
    opened.close()


def add(store: ArticleStore, *articles: Article) -> None:
    for article in articles:
        stored = [StoredPassage(passage=p, vector=b"v") for p in chunks(article)]
        store.add([(article, stored)])


def stories(store: ArticleStore) -> dict[str, tuple[str, int]]:
    return {s.id: (s.story_id, s.copies) for s in store.summaries()}


def ids(store: ArticleStore, article_id: str) -> list[str]:
    return [copy.article_id for copy in store.copies(article_id)]


def articles() -> list[Article]:
    return [
        make_article(REPORT, id="agency", outlet="Agency", published="2031-05-06"),
        make_article(EDITED, id="courier", outlet="Courier", published="2031-05-07"),
        make_article(OTHER, id="choirs"),
    ]


def test_an_edited_report_joins_the_story_of_the_first_one(store: ArticleStore) -> None:
    add(store, *articles())
    assert stories(store) == {
        "agency": ("agency", 1),
        "courier": ("agency", 1),
        "choirs": ("choirs", 0),
    }
    (copy,) = store.copies("agency")
    assert (copy.article_id, copy.outlet, copy.published) == ("courier", "Courier", "2031-05-07")
    assert (copy.shared or 0.0) > 0.9
    assert copy.explanation
    assert store.copies("choirs") == store.copies("nothing") == store.copies("\ud800") == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_stories_are_the_same_in_whatever_order_articles_come(
    store: ArticleStore, order: Sequence[int]
) -> None:
    listed = articles()
    add(store, *(listed[place] for place in order))
    assert (ids(store, "agency"), ids(store, "courier"), ids(store, "choirs")) == (
        ["courier"],
        ["agency"],
        [],
    )


def test_a_version_with_another_text_leaves_the_story_and_may_come_back(
    store: ArticleStore,
) -> None:
    add(store, *articles(), make_article(OTHER, id="agency"))
    assert stories(store)["courier"] == ("courier", 0)
    assert ids(store, "agency") == ["choirs"]
    add(store, make_article(REPORT, id="agency"))
    assert ids(store, "agency") == ["courier"]
    assert ids(store, "choirs") == []


def test_the_story_goes_on_without_an_article_that_is_removed(store: ArticleStore) -> None:
    add(store, *articles(), make_article(REPORT, id="evening"))
    store.remove(["agency"])
    assert stories(store)["evening"] == stories(store)["courier"] == ("courier", 1)
    store.remove(["courier"])
    assert stories(store)["evening"] == ("evening", 0)


def test_copies_by_way_of_a_removed_article_are_no_copies_any_more(store: ArticleStore) -> None:
    first, second = REPORT[: len(REPORT) // 2], REPORT[len(REPORT) // 2 :]
    add(store, make_article(REPORT, id="whole"), make_article(first, id="a"))
    add(store, make_article(second, id="b"))
    by_way = {copy.article_id: copy.explanation for copy in store.copies("a")}
    assert set(by_way) == {"whole", "b"}
    assert by_way["whole"]
    assert by_way["b"] is None
    store.remove(["whole"])
    assert stories(store) == {"a": ("a", 0), "b": ("b", 0)}


def test_a_story_of_many_copies_outlives_those_that_it_was_linked_by(store: ArticleStore) -> None:
    names = [f"copy{number}" for number in range(MAX_LINKS + 3)]
    add(store, *(make_article(REPORT, id=name) for name in names))
    assert stories(store)[names[-1]] == (names[0], len(names) - 1)
    store.remove(names[:MAX_LINKS])
    assert stories(store) == {name: (names[MAX_LINKS], 2) for name in names[MAX_LINKS:]}


def test_what_is_set_aside_makes_no_copies(store: ArticleStore) -> None:
    banner = REPORT
    add(store, make_article(f"{OTHER}\n\n{banner}", id="a", marked=[banner]))
    add(store, make_article(REPORT, id="b"))
    assert ids(store, "b") == []


def test_nothing_of_a_removed_article_is_left(store: ArticleStore, tmp_path: Path) -> None:
    add(store, *articles())
    store.remove([article.id for article in articles()])
    for table in ("story", "copy", "copy_key"):
        assert store._rows(f"SELECT * FROM {table}") == [], table
