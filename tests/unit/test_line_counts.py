"""Lines that many articles of an outlet share are set aside, whenever that is seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Article
from corpus.types import REPEATED
from qa import Settings
from qa.index import Index, open_for_writing
from qa.indexer import add_articles
from tests.fakes import HashingEncoder, make_article

SLOGAN = "Our man in the valley since 1902"
HEADLINES = (
    "Northern lock to close for repairs",
    "Choirs sing the spring in again",
    "Bakery opens with rye bread only",
    "Night train to Selby cancelled twice",
    "Fewer storks on the meadows",
)
BODIES = (
    "Divers found cracks in two gates of the northern lock. Repairs will take eleven weeks.",
    "Choirs from nine villages met on the meadow. Rain fell until noon, but nobody went home.",
    "A bakery opened in Wexcombe on Monday. It sells rye bread and nothing else at all.",
    "The night train to Selby was cancelled twice. Its engine had lost a wheel near Orme.",
    "Farmers counted fewer storks this spring. The meadows had been drained in the winter.",
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_for_writing(tmp_path / "index") as opened:
        yield opened


def articles(first: int, last: int, *, outlet: str = "Orme Courier") -> list[Article]:
    return [
        make_article(
            f"{HEADLINES[n]}\n\n{BODIES[n]}\n\n{SLOGAN}", id=f"{outlet}/{n}", outlet=outlet
        )
        for n in range(first, last)
    ]


def add(index: Index, *listed: Article) -> tuple[int, int, int]:
    report = add_articles(index, HashingEncoder(), listed, settings=Settings())
    return len(report.added), len(report.replaced), len(report.unchanged)


def set_aside(index: Index) -> dict[str, list[str]]:
    stored = [index.store.article(summary.id) for summary in index.store.summaries()]
    return {a.id: [m.span.of(a.text) for m in a.marks if m.reason == REPEATED] for a in stored if a}


def test_a_line_of_three_articles_is_set_aside_in_all_of_them(index: Index) -> None:
    assert add(index, *articles(0, 2)) == (2, 0, 0)
    assert list(set_aside(index).values()) == [[], []]
    assert add(index, *articles(2, 3)) == (1, 0, 0)
    assert list(set_aside(index).values()) == [[SLOGAN]] * 3
    texts = [text for _, _, text in index.store.texts()]
    assert len(texts) == 3
    assert not any(SLOGAN in text for text in texts)


def test_an_article_that_comes_later_is_indexed_without_the_line(index: Index) -> None:
    add(index, *articles(0, 3))
    generation = index.store.generation()
    assert add(index, *articles(3, 4)) == (1, 0, 0)
    assert index.store.generation() == generation + 1
    assert set_aside(index)["Orme Courier/3"] == [SLOGAN]


def test_articles_whose_lines_were_set_aside_are_unchanged_when_they_are_read_again(
    index: Index,
) -> None:
    add(index, *articles(0, 5))
    generation = index.store.generation()
    assert add(index, *articles(0, 5)) == (0, 0, 5)
    assert index.store.generation() == generation


def test_an_old_citation_still_names_the_version(index: Index) -> None:
    first = articles(0, 1)[0]
    add(index, *articles(0, 3))
    stored = index.store.article(first.id, first.version)
    assert stored is not None
    assert stored.text == first.text


def test_the_line_of_another_outlet_does_not_count(index: Index) -> None:
    add(index, *articles(0, 2), *articles(2, 4, outlet="Selby Echo"))
    assert list(set_aside(index).values()) == [[]] * 4


def test_copies_of_one_report_do_not_make_its_lines_furniture(index: Index) -> None:
    copies = [
        make_article(f"{' '.join(BODIES)}\n\n{SLOGAN}", id=f"copy{n}", outlet="Orme Courier")
        for n in range(5)
    ]
    add(index, *copies)
    assert list(set_aside(index).values()) == [[]] * 5


def test_short_notices_in_one_form_are_articles_and_not_furniture(index: Index) -> None:
    notices = [
        make_article(f"Bus {n} runs {n % 7} minutes late today.", id=str(n)) for n in range(300)
    ]
    assert add(index, *notices) == (300, 0, 0)
    assert add(index, make_article("Bus 301 runs 2 minutes late today.", id="301")) == (1, 0, 0)
    assert set(map(tuple, set_aside(index).values())) == {()}


def test_removed_articles_do_not_count(index: Index) -> None:
    add(index, *articles(0, 2))
    index.remove([article.id for article in articles(0, 2)])
    assert index.store._rows("SELECT * FROM line_key") == []
    add(index, *articles(2, 4))
    assert list(set_aside(index).values()) == [[], []]


def test_a_mark_that_was_tampered_with_is_found(index: Index, tmp_path: Path) -> None:
    add(index, *articles(0, 3))
    with sqlite3.connect(tmp_path / "index" / "store.db") as vandal:
        vandal.execute("UPDATE article SET marks = '[]'")
    assert {damage.article_id for damage in index.store.damages() if damage.is_current} == {
        article.id for article in articles(0, 3)
    }
