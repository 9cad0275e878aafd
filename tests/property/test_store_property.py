"""Whatever is stored comes back, and a history of changes leaves what a dictionary would hold."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from corpus import Article, ArticleStore, Passage, Span, StoredPassage
from tests.fakes import SPACE, entry

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
IDS = st.sampled_from(["a", "b", "ç/é 1", "新聞"])
NASTY = (
    " \n👩‍👩‍👧 e\u0301 \u202eשלום\u202c '); DROP TABLE article;-- \ufeff\ufffe\x1f\r\n\U0010ffff\t "
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(TEXT)
    heading = [Span(0, draw(st.integers(1, len(text))))] if text and draw(st.booleans()) else []
    return Article(
        id=draw(IDS),
        title=draw(TEXT),
        text=text,
        source=draw(TEXT),
        published=draw(st.none() | TEXT),
        outlet=draw(st.none() | TEXT),
        metadata=draw(st.dictionaries(TEXT, TEXT, max_size=3)),
        headings=tuple(heading),
    )


@contextmanager
def new_store() -> Iterator[ArticleStore]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        with closing(ArticleStore(path, writable=True)) as store:
            store.open_space(SPACE)
            yield store


def contents(store: ArticleStore) -> dict[str, Any]:
    """Return all that a reader can see, but for the numbers of passages and generations."""
    return {
        "articles": [store.article(summary.id) for summary in store.summaries()],
        "summaries": store.summaries(),
        "texts": sorted((heading, text) for _, heading, text in store.texts()),
        "vectors": sorted(vector for _, vector in store.vectors()),
        "counts": store.counts(),
    }


@settings(max_examples=30)
@given(article=articles(), vector=st.binary(max_size=9))
@example(
    article=Article(
        id="a", title=NASTY, text=NASTY, source=NASTY, outlet=NASTY, metadata={NASTY: NASTY}
    ),
    vector=b"\0\xff",
)
def test_any_article_and_passage_comes_back_as_it_was(article: Article, vector: bytes) -> None:
    whole = Span(0, max(1, len(article.text)))
    passage = Passage(
        article_id=article.id,
        span=whole,
        text=article.text,
        heading=article.title,
        sentences=(whole, Span(3, 4)),
    )
    with new_store() as store:
        store.add([(article, [StoredPassage(passage=passage, vector=vector)])])
        assert store.article(article.id) == article
        assert store.digests([article.id]) == {article.id: article.digest}
        ((passage_id, stored),) = store.vectors()
        assert stored == vector
        assert store.passages([passage_id]) == {
            passage_id: dataclasses.replace(passage, id=passage_id)
        }


@settings(max_examples=15)
@given(before=st.lists(articles(), max_size=3), article=articles())
def test_adding_then_removing_leaves_all_as_before(before: list[Article], article: Article) -> None:
    with new_store() as store:
        store.add([entry(a) for a in before if a.id != article.id])
        held = contents(store)
        store.add([entry(article)])
        assert contents(store) != held
        assert store.remove([article.id]) == [article.id]
        assert contents(store) == held


@settings(max_examples=15)
@given(before=st.lists(articles(), max_size=3), article=articles())
def test_adding_twice_is_adding_once(before: list[Article], article: Article) -> None:
    with new_store() as store:
        store.add([entry(a) for a in before])
        store.add([entry(article)])
        once = contents(store)
        store.add([entry(article)])
        assert contents(store) == once


class StoreMachine(RuleBasedStateMachine):
    """A store and a dictionary go through the same changes; a reader watches."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "store.db"
        self.store = ArticleStore(path, writable=True)
        self.store.open_space(SPACE)
        self.reader = ArticleStore(path)
        self.model: dict[str, Article] = {}
        self.changes = 0

    def teardown(self) -> None:
        self.reader.close()
        self.store.close()
        self.folder.cleanup()

    @rule(added=st.lists(articles(), min_size=1, max_size=3))
    def add(self, added: list[Article]) -> None:
        self.store.add([entry(article) for article in added])
        self.model |= {article.id: article for article in added}
        self.changes += 1

    @rule(ids=st.lists(IDS, max_size=3))
    def remove(self, ids: list[str]) -> None:
        expected = [article_id for article_id in dict.fromkeys(ids) if article_id in self.model]
        assert self.store.remove(ids) == expected
        for article_id in expected:
            del self.model[article_id]
        self.changes += bool(expected)

    @rule(good=articles(), bad=articles())
    def fail(self, good: Article, bad: Article) -> None:
        broken = dataclasses.replace(bad, text="\ud800")
        try:
            self.store.add([entry(good), (broken, [])])
        except UnicodeEncodeError:
            return
        raise AssertionError("a lone surrogate was stored")

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = ArticleStore(self.store.path, writable=True)

    @invariant()
    def the_store_holds_what_the_dictionary_holds(self) -> None:
        for store in (self.store, self.reader):
            assert {s.id: store.article(s.id) for s in store.summaries()} == self.model
            assert store.digests(["a", "b", "ç/é 1", "新聞"]) == {
                article_id: article.digest for article_id, article in self.model.items()
            }
            assert store.generation() == self.changes

    @invariant()
    def every_passage_belongs_to_a_current_article(self) -> None:
        passages = self.reader.passages([passage_id for passage_id, _ in self.reader.vectors()])
        for passage in passages.values():
            assert passage.text == passage.span.of(self.model[passage.article_id].text)
        expected = [p.passage.text for article in self.model.values() for p in entry(article)[1]]
        assert sorted(p.text for p in passages.values()) == sorted(expected)


StoreMachine.TestCase.settings = settings(max_examples=10, stateful_step_count=10)
TestStoreMachine = StoreMachine.TestCase
