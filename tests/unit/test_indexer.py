"""Articles into an index: each once, a batch at a time, and a bad one harms no other."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from corpus import Article, ArticleSummary, ModelError, ModelMismatch, UnreadableArticle
from embeddings import Vectors
from qa import Settings
from qa.index import Index, open_for_writing
from qa.indexer import IndexReport, add_articles, sync_articles
from tests.fakes import HashingEncoder, make_article


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with open_for_writing(folder) as opened:
        yield opened


def add(index: Index, encoder: HashingEncoder, *articles: Article) -> IndexReport:
    return add_articles(index, encoder, articles, settings=Settings())


def texts(index: Index) -> list[str]:
    return [text for _, _, text in index.store.texts()]


ONE = make_article("One ship sank.", id="one")
TWO = make_article("Two ships sank.", id="two")
THREE = make_article("Three ships sank.", id="three")
ONE_CHANGED = make_article("One ship was raised.", id="one")


# -- added, replaced, unchanged -------------------------------------------------------------------


def test_new_articles_are_added_in_their_order(index: Index, encoder: HashingEncoder) -> None:
    report = add(index, encoder, TWO, ONE)
    assert report == IndexReport(added=["two", "one"])
    assert texts(index) == ["Two ships sank.", "One ship sank."]
    assert index.published()


def test_an_unchanged_article_costs_no_encoding_and_no_generation(
    index: Index, encoder: HashingEncoder
) -> None:
    add(index, encoder, ONE, TWO)
    encoded, generation = len(encoder.passages_encoded), index.store.generation()
    moved = dataclasses.replace(TWO, source="elsewhere/two.txt")
    assert add(index, encoder, ONE, moved) == IndexReport(unchanged=["one", "two"])
    assert len(encoder.passages_encoded) == encoded
    assert index.store.generation() == generation


def test_only_what_changed_is_encoded_again(index: Index, encoder: HashingEncoder) -> None:
    add(index, encoder, ONE, TWO)
    encoder.passages_encoded.clear()
    report = add(index, encoder, ONE_CHANGED, TWO, THREE)
    assert report == IndexReport(added=["three"], replaced=["one"], unchanged=["two"])
    assert encoder.passages_encoded == [
        "A title\nOne ship was raised.",
        "A title\nThree ships sank.",
    ]
    assert texts(index) == ["Two ships sank.", "One ship was raised.", "Three ships sank."]


def test_a_new_title_is_a_change(index: Index, encoder: HashingEncoder) -> None:
    add(index, encoder, ONE)
    report = add(index, encoder, dataclasses.replace(ONE, title="Another title"))
    assert report == IndexReport(replaced=["one"])
    assert [heading for _, heading, _ in index.store.texts()] == ["Another title"]


def test_each_passage_has_the_vector_of_its_heading_and_text(
    index: Index, encoder: HashingEncoder
) -> None:
    untitled = make_article("A ferry sank. " * 40, id="long", title="")
    add(index, encoder, ONE, untitled, TWO)
    snapshot = index.snapshot()
    for passage_id, heading, text in index.store.texts():
        vector = HashingEncoder().encode_passages([f"{heading}\n{text}"])[0]
        ids, scores = snapshot.dense.search(vector, 99)
        assert dict(zip(ids, scores, strict=True))[passage_id] == pytest.approx(1, abs=1e-4)


def test_passages_fit_the_encoder_and_the_settings(folder: Path) -> None:
    text = " ".join(f"Ship {n} sank." for n in range(40))
    for number, (window, setting) in enumerate([(12, 200), (200, 12)]):
        encoder = HashingEncoder(max_tokens=window)
        settings = Settings(max_passage_tokens=setting)
        with open_for_writing(folder / str(number)) as index:
            add_articles(index, encoder, [make_article(text)], settings=settings)
        longest = max(encoder.count_tokens(encoder.passages_encoded))
        assert 9 <= longest <= 12


# -- the same id twice ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "run", "last"),
    [
        ([], [ONE, ONE_CHANGED], ONE_CHANGED),
        ([], [ONE, ONE], ONE),
        ([ONE], [ONE_CHANGED, ONE], ONE),
        ([ONE], [ONE, ONE_CHANGED], ONE_CHANGED),
        ([ONE], [ONE_CHANGED, ONE, ONE_CHANGED], ONE_CHANGED),
    ],
    ids=["both new", "equal", "back to what is stored", "first unchanged", "there and back"],
)
def test_the_last_article_wins_where_an_id_comes_twice(
    index: Index,
    encoder: HashingEncoder,
    stored: list[Article],
    run: list[Article],
    last: Article,
) -> None:
    add(index, encoder, *stored)
    add(index, encoder, *run)
    assert index.store.article("one") == last
    assert texts(index) == [last.text]


def test_the_last_article_wins_in_another_batch_too(
    index: Index, encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.encoding.BATCH_PASSAGES", 1)
    report = add(index, encoder, ONE, TWO, ONE_CHANGED)
    assert report == IndexReport(added=["one", "two"], replaced=["one"])
    assert texts(index) == ["Two ships sank.", "One ship was raised."]


# -- articles that cannot be used -----------------------------------------------------------------

UNUSABLE = {
    "NUL": make_article("A\0B.", id="bad"),
    "a lone surrogate": make_article("A \ud800 B.", id="bad"),
    "a surrogate in the title": make_article("A.", id="bad", title="\udfff"),
    "NUL in the outlet": make_article("A.", id="bad", outlet="\0"),
    "a surrogate in the source": make_article("A.", id="bad", source="caf\udce9.txt"),
    "a surrogate in the date": make_article("A.", id="bad", published="\ud800"),
    "NUL in the date": make_article("A.", id="bad", published="2031\0"),
    "no text": make_article("", id="bad"),
    "white space": make_article(" \n ", id="bad"),
    "headings only": make_article("Head", id="bad", headings=["Head"]),
}


@pytest.mark.parametrize("bad", UNUSABLE.values(), ids=UNUSABLE)
def test_an_article_that_cannot_be_used_stops_no_other(
    index: Index, encoder: HashingEncoder, bad: Article
) -> None:
    report = add(index, encoder, ONE, bad, TWO)
    assert (report.added, report.replaced, report.unchanged) == (["one", "two"], [], [])
    ((failed, error),) = report.failed
    assert failed == "bad"
    assert isinstance(error, UnreadableArticle)
    assert texts(index) == ["One ship sank.", "Two ships sank."]
    str(error).encode()


def test_a_new_version_that_cannot_be_used_leaves_the_old_one(
    index: Index, encoder: HashingEncoder
) -> None:
    add(index, encoder, ONE)
    report = add(index, encoder, dataclasses.replace(ONE, text="\0"))
    assert [article_id for article_id, _ in report.failed] == ["one"]
    assert index.store.article("one") == ONE


def test_an_article_that_failed_may_be_mended_in_the_same_run(
    index: Index, encoder: HashingEncoder
) -> None:
    report = add(index, encoder, dataclasses.replace(ONE, text="\0"), ONE)
    assert (report.added, [i for i, _ in report.failed]) == (["one"], ["one"])


def test_nothing_to_add_is_no_change(index: Index, encoder: HashingEncoder) -> None:
    assert add(index, encoder) == IndexReport()
    assert add(index, encoder, UNUSABLE["NUL"]).added == []
    assert (index.store.generation(), index.store.snapshots()) == (0, [])


def test_metadata_may_hold_any_text(index: Index, encoder: HashingEncoder) -> None:
    article = dataclasses.replace(ONE, metadata={"a\0": "\ud800", "é": "😀"})
    assert add(index, encoder, article).added == ["one"]
    assert index.store.article("one") == article


# -- progress and interruption --------------------------------------------------------------------


def test_progress_names_every_article_once_it_is_done_with(
    index: Index, encoder: HashingEncoder
) -> None:
    add(index, encoder, ONE)
    done: list[str] = []
    bad = make_article("\0", id="bad")
    add_articles(index, encoder, [ONE, bad, TWO], settings=Settings(), progress=done.append)
    assert sorted(done) == ["bad", "one", "two"]


def test_an_article_is_durable_when_progress_names_it(
    index: Index, encoder: HashingEncoder, folder: Path
) -> None:
    def check(article_id: str) -> None:
        with closing(Index.open(folder)) as other:
            assert other.store.article(article_id) is not None

    add_articles(index, encoder, [ONE, TWO], settings=Settings(), progress=check)


class Interrupted(BaseException):
    """Like KeyboardInterrupt, which pytest would take for itself."""


def cut_short(*articles: Article) -> Iterator[Article]:
    yield from articles
    raise Interrupted


def test_an_interruption_loses_only_the_batch_it_came_in(
    folder: Path, encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.encoding.BATCH_PASSAGES", 2)
    with pytest.raises(Interrupted), open_for_writing(folder) as index:
        add_articles(index, encoder, cut_short(ONE, TWO, THREE), settings=Settings())
    with open_for_writing(folder) as index:
        assert sorted(index.store.digests(["one", "two", "three"])) == ["one", "two"]
        assert not index.published()
        encoder.passages_encoded.clear()
        report = add(index, encoder, ONE, TWO, THREE)
        assert report == IndexReport(added=["three"], unchanged=["one", "two"])
        assert encoder.passages_encoded == ["A title\nThree ships sank."]
        assert index.published()
        assert len(index.snapshot().dense) == 3


def test_a_run_that_finds_all_done_still_publishes_what_an_interrupted_one_left(
    folder: Path, encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.encoding.BATCH_PASSAGES", 1)
    with pytest.raises(Interrupted), open_for_writing(folder) as index:
        add_articles(index, encoder, cut_short(ONE), settings=Settings())
    with open_for_writing(folder) as index:
        assert add(index, encoder, ONE) == IndexReport(unchanged=["one"])
        assert index.published()


# -- the model ------------------------------------------------------------------------------------


def test_another_model_is_refused_before_anything_is_encoded(
    index: Index, encoder: HashingEncoder
) -> None:
    add(index, encoder, ONE)
    other = HashingEncoder("other")
    with pytest.raises(ModelMismatch):
        add(index, other, TWO)
    assert other.passages_encoded == []
    assert texts(index) == ["One ship sank."]


class BrokenEncoder(HashingEncoder):
    """A model that cannot encode."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise ModelError("this model is broken; use another model")


def test_a_model_that_cannot_encode_does_not_bind_the_index(
    index: Index, encoder: HashingEncoder
) -> None:
    with pytest.raises(ModelError, match="use another model"):
        add(index, BrokenEncoder("broken"), ONE)
    assert add(index, encoder, ONE).added == ["one"]


class LongVectors(HashingEncoder):
    """A model that breaks the protocol: its vectors are not of unit length."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return super().encode_passages(texts) * 2


def test_vectors_that_cannot_be_searched_are_not_committed(
    index: Index, encoder: HashingEncoder
) -> None:
    add(index, encoder, ONE)
    careless = LongVectors("careless", fingerprint=encoder.fingerprint)
    with pytest.raises((ModelError, ValueError), match="unit length"):
        add(index, careless, TWO)
    assert texts(index) == ["One ship sank."]
    assert add(index, encoder, TWO).added == ["two"]


# -- sync -----------------------------------------------------------------------------------------


def sync(
    index: Index, *articles: Article, keeps: Callable[[ArticleSummary], bool] = lambda s: False
) -> IndexReport:
    return sync_articles(index, HashingEncoder(), articles, settings=Settings(), keeps=keeps)


def test_sync_adds_replaces_and_removes(index: Index) -> None:
    add(index, HashingEncoder(), ONE, TWO)
    report = sync(index, ONE_CHANGED, THREE)
    assert (report.added, report.replaced, report.removed) == (["three"], ["one"], ["two"])
    assert report.changed
    assert {s.id for s in index.store.summaries()} == {"one", "three"}
    assert len(index.snapshot().dense) == 2


def test_sync_with_the_same_articles_changes_nothing(index: Index) -> None:
    sync(index, ONE, TWO)
    before = (index.store.generation(), index.store.snapshots())
    report = sync(index, TWO, ONE)
    assert (report.unchanged, report.changed) == (["two", "one"], False)
    assert (index.store.generation(), index.store.snapshots()) == before


def test_sync_leaves_an_article_whose_new_version_fails_as_it_was(index: Index) -> None:
    add(index, HashingEncoder(), ONE, TWO)
    report = sync(index, dataclasses.replace(ONE, text="nul\0"), TWO)
    assert ([i for i, _ in report.failed], report.removed) == (["one"], [])
    assert index.store.article("one") == ONE


def test_sync_keeps_what_it_is_told_to_keep(index: Index) -> None:
    add(index, HashingEncoder(), ONE, TWO, THREE)
    report = sync(index, ONE, keeps=lambda summary: summary.id == "two")
    assert report.removed == ["three"]


def test_an_article_under_another_id_is_never_missing(index: Index) -> None:
    add(index, HashingEncoder(), ONE)
    generation = index.store.generation()
    report = sync(index, dataclasses.replace(ONE, id="renamed"))
    assert (report.added, report.removed) == (["renamed"], ["one"])
    assert index.store.generation() == generation + 2
    assert [row.generation for row in index.store.snapshots()][:2] == [generation + 2, generation]
