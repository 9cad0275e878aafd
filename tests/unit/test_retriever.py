"""Question to passages."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import IndexNotFound, InvalidQuestion, ModelMismatch
from qa import Retriever, Settings, build_index, remove_articles
from qa.fusion import fuse
from qa.index import open_for_writing
from qa.retriever import checked_question
from tests.fakes import HashingEncoder, HashingPartsEncoder, make_article


@pytest.fixture
def retriever(index_folder: Path, encoder: HashingEncoder) -> Iterator[Retriever]:
    with Retriever.open(index_folder, encoder=encoder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "article_id"),
    [
        ("How much did the tidal barrier cost?", "barrier"),
        ("Who was on the ferry in the storm?", "ferry"),
        ("Who won the mayoral election?", "mayor"),
        ("What had fishermen asked for?", "fishing"),
    ],
)
def test_the_passage_a_question_is_about_comes_first(
    retriever: Retriever, question: str, article_id: str
) -> None:
    assert retriever.retrieve(question)[0].passage.article_id == article_id


def test_hits_come_best_first_with_their_fused_score_and_ranks(retriever: Retriever) -> None:
    question = "How often would the gates close?"
    hits = retriever.retrieve(question)
    snapshot = retriever.index.snapshot()
    vector = HashingEncoder().encode_questions([question])[0]
    ids, scores = snapshot.dense.search(vector, 50)
    dense = dict(zip(ids.tolist(), scores.tolist(), strict=True))
    lexical = snapshot.lexical.search(question, 50)
    expected = fuse(dense, lexical, dense_weight=retriever.settings.dense_weight)
    assert [hit.passage.id for hit in hits] == [passage_id for passage_id, _ in expected]
    assert [hit.score for hit in hits] == pytest.approx([score for _, score in expected])
    for hit in hits:
        assert hit.dense_rank == [*dense].index(hit.passage.id) + 1
        rank = [*lexical].index(hit.passage.id) + 1 if hit.passage.id in lexical else None
        assert hit.lexical_rank == rank
    assert hits[0].lexical_rank == 1
    assert hits[-1].lexical_rank is None


@pytest.mark.parametrize(("k", "count"), [(-1, 0), (0, 0), (1, 1), (3, 3), (99, 5)])
def test_as_many_hits_as_asked_for_or_as_there_are(
    retriever: Retriever, k: int, count: int
) -> None:
    everything = retriever.retrieve("gates", 99)
    assert retriever.retrieve("gates", k) == everything[:count]


@pytest.mark.parametrize(
    ("weight", "rank"), [(1.0, "dense_rank"), (0.0, "lexical_rank")], ids=["dense", "lexical"]
)
def test_the_settings_weigh_the_two_searches(
    index_folder: Path, encoder: HashingEncoder, weight: float, rank: str
) -> None:
    settings = Settings(dense_weight=weight)
    with Retriever.open(index_folder, encoder=encoder, settings=settings) as retriever:
        ranks = [getattr(hit, rank) for hit in retriever.retrieve("the gates of the barrier")]
    found = [r for r in ranks if r is not None]
    assert found == sorted(found) != []


def test_each_search_goes_as_deep_as_the_settings_say_or_more_is_asked_for(
    index_folder: Path, encoder: HashingEncoder
) -> None:
    settings = Settings(search_depth=1)
    with Retriever.open(index_folder, encoder=encoder, settings=settings) as retriever:
        found = retriever.search("the gates of the barrier")
        assert (len(found.dense), len(found.lexical)) == (1, 1)
        assert len(retriever.retrieve("the gates of the barrier", 4)) == 4


@pytest.mark.parametrize("k", [1, 2, 5, 10**9])
def test_asking_for_more_changes_nothing_of_what_comes_first(
    index_folder: Path, encoder: HashingEncoder, k: int
) -> None:
    settings = Settings(search_depth=2)
    with Retriever.open(index_folder, encoder=encoder, settings=settings) as retriever:
        question = "How often would the gates of the barrier close?"
        hits, more = (retriever.retrieve(question, n) for n in (k, 10**9))
    assert len(more) == 5
    assert [hit.score for hit in more] == sorted([hit.score for hit in more], reverse=True)
    assert [(hit.passage.id, hit.score) for hit in hits] == [
        (hit.passage.id, hit.score) for hit in more[:k]
    ]


def test_a_passage_found_by_one_search_only_says_so(retriever: Retriever) -> None:
    assert all(hit.lexical_rank is None for hit in retriever.retrieve("zebra"))
    assert all(hit.dense_rank is not None for hit in retriever.retrieve("zebra"))


def test_the_same_question_has_the_same_hits_also_from_many_threads(retriever: Retriever) -> None:
    expected = retriever.retrieve("the gates")
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(retriever.retrieve, ["the gates"] * 32)) == [expected] * 32


def test_an_open_retriever_finds_what_was_added_and_no_more_what_was_removed(
    retriever: Retriever, index_folder: Path, encoder: HashingEncoder
) -> None:
    build_index(index_folder, [make_article("A zebra escaped.", id="zoo")], encoder=encoder)
    assert retriever.retrieve("zebra")[0].passage.article_id == "zoo"
    remove_articles(index_folder, ["zoo"])
    assert "zoo" not in {hit.passage.article_id for hit in retriever.retrieve("zebra", 99)}


def test_what_is_removed_but_not_published_is_left_out(
    retriever: Retriever, index_folder: Path
) -> None:
    retriever.retrieve("gates")
    with open_for_writing(index_folder) as index:
        index.remove(["barrier"])
    hits = retriever.retrieve("gates", 99)
    assert "barrier" not in {hit.passage.article_id for hit in hits}
    assert hits


def test_an_index_without_articles_finds_nothing_and_encodes_nothing(
    index_folder: Path, retriever: Retriever, encoder: HashingEncoder
) -> None:
    remove_articles(index_folder, ["barrier", "fishing", "ferry", "mayor"])
    assert retriever.retrieve("gates") == []
    assert encoder.questions_encoded == []


# -- questions ------------------------------------------------------------------------------------

NO_QUESTIONS = {
    "empty": "",
    "white space": " \n\t ",
    "marks": "?!…",
    "emoji": "😀",
    "NUL": "Who\0?",
    "a surrogate": "Who \ud83d?",
    "too long": "x" * 1001,
}


@pytest.mark.parametrize("question", NO_QUESTIONS.values(), ids=NO_QUESTIONS)
def test_what_is_no_question_is_refused_before_anything_is_searched(
    retriever: Retriever, encoder: HashingEncoder, question: str
) -> None:
    with pytest.raises(InvalidQuestion):
        retriever.retrieve(question)
    assert encoder.questions_encoded == []


@pytest.mark.parametrize("question", ["x" * 1000, "7", "谁?", " Who?\n", "'; DROP TABLE article"])
def test_anything_else_is_a_question(retriever: Retriever, question: str) -> None:
    assert checked_question(question, 1000) == question.strip()
    retriever.retrieve(question)


# -- opening --------------------------------------------------------------------------------------


def test_another_model_is_refused_and_the_index_closed(
    index_folder: Path, encoder: HashingEncoder
) -> None:
    with pytest.raises(ModelMismatch):
        Retriever.open(index_folder, encoder=HashingEncoder("other"))
    build_index(index_folder, [make_article("More.", id="more")], encoder=encoder)


def test_there_must_be_an_index(folder: Path, encoder: HashingEncoder) -> None:
    with pytest.raises(IndexNotFound):
        Retriever.open(folder, encoder=encoder)


def test_passages_are_compared_by_their_best_sentence(folder: Path) -> None:
    encoder = HashingPartsEncoder(max_tokens=200)
    filler = "Nothing of note was said about any other matter on that long grey afternoon. "
    long = make_article(filler * 5 + "Ines Varga runs the harbour.", id="long", title="")
    short = make_article("The harbour runs dry. Varga is a town.", id="short", title="")
    build_index(folder, [long, short], encoder=encoder)
    by_sentence = Settings(sentence_share=1)
    with Retriever.open(folder, encoder=encoder, settings=by_sentence) as retriever:
        question = "Ines Varga runs the harbour"
        found = retriever.search(question)
        hits = retriever.retrieve(question)
    assert [hit.passage.article_id for hit in hits] == ["long", "short"]
    assert hits[0].similarity == pytest.approx(1, abs=0.2)
    assert hits[0].dense_rank == 2  # the passage as a whole is about something else
    assert hits[0].best_sentence
    assert hits[0].best_sentence.of(long.text) == "Ines Varga runs the harbour."
    assert set(found.similarity) == {hit.passage.id for hit in hits}


def test_the_heading_is_no_sentence(folder: Path) -> None:
    encoder = HashingPartsEncoder(max_tokens=200)
    article = make_article("It rained all day. Nobody came.", id="a", title="Ines Varga")
    build_index(folder, [article], encoder=encoder)
    by_sentence = Settings(sentence_share=1)
    with Retriever.open(folder, encoder=encoder, settings=by_sentence) as retriever:
        (hit,) = retriever.retrieve("Ines Varga")
        (other,) = retriever.retrieve("Nobody came")
    assert hit.similarity == pytest.approx(0, abs=0.15)
    assert other.similarity == pytest.approx(1, abs=0.2)
    assert other.best_sentence
    assert other.best_sentence.of(article.text) == "Nobody came."


def test_an_index_without_vectors_of_sentences_is_searched_by_its_passages(
    folder: Path, encoder: HashingEncoder
) -> None:
    article = make_article("It rained all day. Nobody came.", id="a", title="")
    build_index(folder, [article], encoder=encoder)
    with Retriever.open(folder, encoder=HashingPartsEncoder()) as retriever:
        found = retriever.search("Nobody came")
        (hit,) = retriever.retrieve("Nobody came")
    assert hit.similarity == pytest.approx(found.dense[hit.passage.id])
    assert hit.best_sentence is None
