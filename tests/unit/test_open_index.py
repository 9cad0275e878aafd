"""An open assistant that finds passages and changes its articles, seen by the next question."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import (
    Article,
    ArticleFilter,
    ArticleNotFound,
    IndexLocked,
    ModelNotFound,
    UnreadableArticle,
)
from qa import (
    Answer,
    Assistant,
    FieldMap,
    Hit,
    Retriever,
    build_index,
    rebuild_index,
    remove_articles,
)
from qa.index import open_for_writing
from qa.sentence_reader import SentenceReader
from qa.snapshots import load_snapshot
from tests.fakes import HashingEncoder, make_article, plain_calibration

COST = "How much did the barrier cost?"
OLD = "The barrier cost 412 million pounds."
BAKERY = make_article("A new bakery opened in Wexcombe. It sells rye bread.", id="bakery")
BREAD = "Which bread does the bakery sell?"


def cited_is_verbatim(assistant: Assistant, answer: Answer) -> int:
    """Check every quote against the version that it names; return how many there were."""
    parts = [answer, *answer.alternatives]
    citations = [citation for part in parts for citation in part.citations]
    checked = 0
    for citation in citations:
        try:
            article = assistant.article(citation.article_id, version=citation.version)
        except ArticleNotFound:  # removed since: nothing is left to compare with
            continue
        assert citation.span.of(article.text) == citation.text
        assert citation.span.contains(citation.highlight)
        checked += 1
    return checked


def hits_are_verbatim(assistant: Assistant, hits: list[Hit]) -> int:
    """Check every passage against its article; return how many there were."""
    checked = 0
    for hit in hits:
        try:
            article = assistant.article_of(hit)
        except ArticleNotFound:
            continue
        assert hit.passage.span.of(article.text) == hit.passage.text
        checked += 1
    return checked


# -- passages -------------------------------------------------------------------------------------


def test_an_assistant_finds_what_its_retriever_finds(
    assistant: Assistant, index_folder: Path, encoder: HashingEncoder
) -> None:
    only = ArticleFilter(outlets=["Orme Courier"])
    with Retriever.open(index_folder, encoder=encoder) as retriever:
        assert assistant.retrieve(COST) == retriever.retrieve(COST)
        assert assistant.retrieve(COST, 2) == retriever.retrieve(COST, k=2)
        narrowed = assistant.retrieve(COST, only=only)
        assert narrowed == retriever.retrieve(COST, only=only)
    assert {hit.passage.article_id for hit in narrowed} == {"barrier"}


def test_a_hit_leads_to_the_text_that_its_offsets_count_in(
    assistant: Assistant, index_folder: Path, encoder: HashingEncoder
) -> None:
    hits = assistant.retrieve(COST)
    assert len(hits) == 5
    with Retriever.open(index_folder, encoder=encoder) as retriever:
        for hit in hits:
            article = retriever.article_of(hit)
            assert article.id == hit.passage.article_id
            assert hit.passage.span.of(article.text) == hit.passage.text
            assert article == assistant.article_of(hit)


def test_a_hit_of_an_article_that_was_replaced_leads_to_what_it_was(assistant: Assistant) -> None:
    hit = next(hit for hit in assistant.retrieve(COST) if hit.passage.article_id == "barrier")
    assistant.add([make_article("Now something else stands here instead.", id="barrier")])
    assert hit.passage.span.of(assistant.article_of(hit).text) == hit.passage.text
    assert assistant.article_of(hit) != assistant.article("barrier")
    assistant.remove(["barrier"])
    with pytest.raises(ArticleNotFound, match=r"'barrier' was removed .* after it was"):
        assistant.article_of(hit)


# -- changes --------------------------------------------------------------------------------------


def test_what_was_added_is_found_by_the_next_question(assistant: Assistant) -> None:
    done: list[str] = []
    report = assistant.add([BAKERY, make_article(" ", id="blank")], progress=done.append)
    assert (report.added, [name for name, _ in report.failed]) == (["bakery"], ["blank"])
    assert sorted(done) == ["bakery", "blank"]
    assert assistant.ask(BREAD).text == "It sells rye bread."
    assert assistant.retrieve(BREAD, 1)[0].passage.article_id == "bakery"
    assert assistant.add([BAKERY]).unchanged == ["bakery"]


def test_what_was_replaced_or_removed_is_not_found_any_more(assistant: Assistant) -> None:
    assert assistant.ask(COST).text == OLD
    new = make_article("The barrier cost 9 million pounds.", id="barrier")
    assert assistant.add([new]).replaced == ["barrier"]
    assert assistant.ask(COST).text == new.text
    assert assistant.remove(["barrier", "nobody"]) == ["barrier"]
    assert assistant.ask(COST).text not in (OLD, new.text)
    assert assistant.stats().articles == 3


def test_one_name_is_one_article_and_not_its_letters(assistant: Assistant) -> None:
    assistant.add([make_article("A short one about the letter f.", id="f")])
    assert assistant.remove("ferry") == ["ferry"]
    assert assistant.article("f")


def test_a_sync_makes_the_index_hold_these_articles_and_no_others(assistant: Assistant) -> None:
    done: list[str] = []
    changed = make_article("The mayor resigned on Sunday.", id="mayor")
    report = assistant.sync([BAKERY, changed, assistant.article("ferry")], progress=done.append)
    assert (report.added, report.replaced) == (["bakery"], ["mayor"])
    assert (report.unchanged, sorted(report.removed)) == (["ferry"], ["barrier", "fishing"])
    assert sorted(done) == ["bakery", "ferry", "mayor"]
    assert {summary.id for summary in assistant.articles()} == {"bakery", "mayor", "ferry"}
    assert assistant.ask(COST).text != OLD


def test_a_callback_that_fails_ends_the_run_and_keeps_what_was_committed(
    assistant: Assistant,
) -> None:
    def fail(article_id: str) -> None:
        raise RuntimeError(article_id)

    with pytest.raises(RuntimeError, match="bakery"):
        assistant.sync([BAKERY], progress=fail)
    assert assistant.article("bakery") == BAKERY
    assert assistant.article("barrier")  # nothing was removed
    assert assistant.add([BAKERY]).unchanged == ["bakery"]
    assert assistant.ask(BREAD).text == "It sells rye bread."


def test_articles_that_fail_to_come_end_the_run(assistant: Assistant) -> None:
    def come() -> Iterator[Article]:
        yield BAKERY
        raise OSError("the database is gone")

    with pytest.raises(OSError, match="the database is gone"):
        assistant.sync(come())
    assert assistant.article("barrier")
    assert assistant.ask(COST).text == OLD


def test_while_somebody_else_writes_a_change_is_refused(
    assistant: Assistant, index_folder: Path
) -> None:
    with open_for_writing(index_folder):
        for change in (lambda: assistant.add([BAKERY]), lambda: assistant.remove(["ferry"])):
            with pytest.raises(IndexLocked):
                change()
        assert assistant.ask(COST).text == OLD
    assert assistant.add([BAKERY]).added == ["bakery"]


def test_a_callback_that_writes_is_refused_and_not_stuck(assistant: Assistant) -> None:
    with pytest.raises(IndexLocked):
        assistant.add([BAKERY], progress=assistant.remove)  # type: ignore[arg-type]
    assert assistant.article("ferry")


def test_an_index_that_was_rebuilt_with_another_model_takes_articles(
    assistant: Assistant, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = HashingEncoder("other", dim=32)
    rebuild_index(index_folder, encoder=other)
    with pytest.raises(ModelNotFound):  # it is asked for by name
        assistant.add([BAKERY])
    monkeypatch.setattr("qa.open_index.index_encoder", lambda folder: other)
    assert assistant.add([BAKERY]).added == ["bakery"]


# -- a folder of files ----------------------------------------------------------------------------


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bakery.txt").write_text(BAKERY.text)
    (folder / "mill.md").write_text("# Mill burns\n\nThe old mill burned down on Friday.\n")
    return folder


def texts(assistant: Assistant) -> set[str]:
    return {assistant.article(summary.id).text for summary in assistant.articles()}


def test_the_index_is_made_equal_to_a_folder(assistant: Assistant, news: Path) -> None:
    done: list[str] = []
    report = assistant.sync(news, progress=done.append)
    assert (len(report.added), len(report.removed), report.failed) == (2, 4, [])
    assert done == report.added
    assert assistant.ask(BREAD).text == "It sells rye bread."
    (news / "mill.md").unlink()
    again = assistant.sync(str(news))
    assert (len(again.unchanged), len(again.removed)) == (1, 1)


def test_a_folder_is_read_with_fields_by_other_names(assistant: Assistant, news: Path) -> None:
    (news / "export.json").write_text('[{"prose": {"plain": "The organ was sold."}}]')
    assert len(assistant.sync(news).failed) == 1
    assert assistant.sync(news, fields=FieldMap(text="prose.plain")).failed == []
    assert "The organ was sold." in texts(assistant)


def test_what_came_from_a_file_that_cannot_be_read_now_stays(
    assistant: Assistant, news: Path
) -> None:
    assistant.sync(news)
    before = texts(assistant)
    (news / "bakery.txt").write_bytes(b"")
    report = assistant.sync(news)
    ((name, error),) = report.failed
    assert name == str(news / "bakery.txt")
    assert isinstance(error, UnreadableArticle)
    assert report.removed == []
    assert texts(assistant) == before


def test_a_folder_that_is_empty_or_not_there_empties_nothing(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "nowhere"):
        with pytest.raises(ArticleNotFound, match=name):
            assistant.sync(tmp_path / name)
    assert assistant.stats().articles == 4


# -- many threads ---------------------------------------------------------------------------------


def test_a_change_is_seen_though_another_thread_is_taking_up_an_earlier_one(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one thread opens search files, others go on with the ones before."""
    assistant.ask(COST)
    load, held, go = load_snapshot, threading.Event(), threading.Event()

    def slow(*arguments: object) -> object:
        held.set()
        assert go.wait(30)
        return load(*arguments)  # type: ignore[arg-type]

    build_index(assistant.folder, [make_article("Hail fell.", id="h")], encoder=assistant.encoder)
    with ThreadPoolExecutor(2) as pool:
        monkeypatch.setattr("qa.current.load_snapshot", slow)
        asking = pool.submit(assistant.ask, COST)
        assert held.wait(30)
        monkeypatch.setattr("qa.current.load_snapshot", load)
        adding = pool.submit(assistant.add, [BAKERY])
        while "bakery" not in {summary.id for summary in assistant.articles()}:
            pass
        assert not adding.done()
        go.set()
        adding.result()
        assert assistant.ask(BREAD).text == "It sells rye bread."
        assert asking.result().text == OLD


def test_changes_of_many_threads_are_made_one_after_the_other(assistant: Assistant) -> None:
    def change(number: int) -> list[str]:
        article = make_article(f"Ship {number} sank in a storm.", id=f"ship{number}")
        assistant.add([article])
        assert assistant.retrieve(article.text, 1)[0].passage.text == article.text
        return assistant.remove([article.id]) if number % 2 else []

    with ThreadPoolExecutor(6) as pool:
        removed = list(pool.map(change, range(12)))
    assert removed == [[f"ship{number}"] * (number % 2) for number in range(12)]
    ids = {summary.id for summary in assistant.articles()}
    assert {each for each in ids if each.startswith("ship")} == {
        f"ship{n}" for n in range(0, 12, 2)
    }


def test_eight_threads_ask_and_retrieve_while_one_adds_and_removes(
    index_folder: Path, encoder: HashingEncoder, articles: list[Article]
) -> None:
    done = threading.Event()
    reader = SentenceReader(encoder, plain_calibration())

    def change(assistant: Assistant) -> int:
        try:
            for number in range(6):
                barrier = make_article(
                    f"{'Correction follows. ' * number}The barrier cost {number} pounds.",
                    id="barrier",
                )
                assistant.add([barrier, make_article(f"Ship {number} sank.", id=f"ship{number}")])
                assert assistant.ask(COST).text == f"The barrier cost {number} pounds."
                assistant.remove([f"ship{number - 1}"])
                assistant.sync([*articles[1:], barrier])
        finally:
            done.set()
        return number

    def asks(assistant: Assistant) -> int:
        return cited_is_verbatim(assistant, assistant.ask(COST))

    def finds(assistant: Assistant) -> int:
        return hits_are_verbatim(assistant, assistant.retrieve("ship barrier"))

    def until_done(look: Callable[[Assistant], int], assistant: Assistant) -> int:
        checked = 0
        while not done.is_set():
            checked += look(assistant)
        return checked

    with (
        Assistant.open(index_folder, encoder=encoder, reader=reader) as assistant,
        ThreadPoolExecutor(9) as pool,
    ):
        changing = pool.submit(change, assistant)
        looks = [asks, finds] * 4
        asking = [pool.submit(until_done, look, assistant) for look in looks]
        assert changing.result() == 5
        assert all(future.result() > 0 for future in asking)


def test_two_assistants_of_one_folder_see_each_other(
    assistant: Assistant, index_folder: Path, encoder: HashingEncoder
) -> None:
    reader = SentenceReader(encoder, plain_calibration())
    with Assistant.open(index_folder, encoder=encoder, reader=reader) as other:
        assistant.add([BAKERY])
        assert other.ask(BREAD).text == "It sells rye bread."
        remove_articles(index_folder, ["bakery"])
        assert assistant.ask(BREAD).text != "It sells rye bread."
