"""The whole path from a question to its answer, with a fake encoder and everything else real."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import (
    Article,
    ArticleFilter,
    ArticleNotFound,
    IndexLocked,
    IndexNotFound,
    InvalidQuestion,
    ModelMismatch,
    Passage,
)
from qa import Answer, AnswerSpan, Assistant, Hit, Retriever, Settings, build_index, remove_articles
from qa.calibration import Calibration
from qa.index import open_for_writing
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, entry, make_article, plain_calibration

COST = "How much did the barrier cost?"
OLD = "The barrier cost 412 million pounds."
NEW = "The barrier cost nothing at all, they say now."


def test_an_answer_is_a_sentence_of_an_article(assistant: Assistant) -> None:
    answer = assistant.ask(COST)
    assert answer.text == OLD
    (citation,) = answer.citations
    article = assistant.article(citation.article_id)
    assert citation.span.of(article.text) == citation.text == answer.text
    assert (article.id, citation.outlet) == ("barrier", "Orme Courier")
    assert 0.5 <= answer.confidence <= 1


def test_what_the_articles_do_not_say_has_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Which zebra ate chemistry?")
    assert (answer.text, answer.citations) == (None, ())
    assert answer.alternatives
    assert answer.confidence < 0.5


def test_a_sentence_in_two_articles_is_one_answer_with_two_citations(assistant: Assistant) -> None:
    answer = assistant.ask("How often would the gates close?")
    assert {c.article_id for c in answer.citations} >= {"fishing"}
    articles = {c.article_id: assistant.article(c.article_id) for c in answer.citations}
    assert all(c.span.of(articles[c.article_id].text) == c.text for c in answer.citations)


def test_a_follow_up_is_completed_from_the_conversation(assistant: Assistant) -> None:
    alone = assistant.ask("Who was the last to leave it?")
    assert alone.question == "Who was the last to leave it?"
    follow_up = assistant.ask("And how much did it cost?", history=["When did the barrier open?"])
    assert "barrier" in follow_up.question
    assert follow_up.text == OLD


def test_a_long_conversation_does_not_make_a_question_too_long(assistant: Assistant) -> None:
    history = ["Tell me of " + "x" * 990, "y" * 1000]
    answer = assistant.ask("Who paid for it? " + "z" * 980, history=history)
    assert len(answer.question) <= Settings().max_question_chars


@pytest.mark.parametrize(
    "question",
    ["", "  \n", "?", "x" * 1001, "Who\0?", "Who \ud83d?"],
    ids=["empty", "white space", "a mark", "too long", "NUL", "surrogate"],
)
def test_what_is_no_question_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(InvalidQuestion):
        assistant.ask(question)
    with pytest.raises(InvalidQuestion):
        assistant.ask(question, history=[COST])


def test_many_questions_are_answered_in_their_order(assistant: Assistant) -> None:
    questions = ["Who won the mayoral election?", COST]
    assert assistant.ask_many(questions) == [assistant.ask(question) for question in questions]


def test_the_settings_decide_how_much_is_read_and_shown(
    index_folder: Path, encoder: HashingEncoder
) -> None:
    settings = Settings(passages_to_read=1, max_alternatives=1, context_chars=3)
    reader = SentenceReader(encoder, plain_calibration())
    with Assistant.open(index_folder, encoder=encoder, reader=reader, settings=settings) as small:
        answer = small.ask(COST)
    assert (len(answer.hits), len(answer.alternatives)) == (1, 1)
    assert len(answer.citations[0].before) == 3


def test_an_answer_says_when_not_all_that_was_found_was_read(
    index_folder: Path, encoder: HashingEncoder
) -> None:
    class Hurried(SentenceReader):
        passages_at_once = 1

    reader = Hurried(encoder, plain_calibration())
    settings = Settings(reading_seconds=0.0)
    with Assistant.open(index_folder, encoder=encoder, reader=reader, settings=settings) as slow:
        answer = slow.ask(COST)
    assert len(answer.hits) == 1 < answer.passages_found
    assert answer.to_dict()["debug"] == {
        "passages_found": answer.passages_found,
        "passages_read": 1,
    }


@pytest.mark.parametrize(("sure_from", "reads_all"), [(0.0, False), (1.1, True)])
def test_where_the_first_passages_are_sure_the_others_are_not_read(
    index_folder: Path, encoder: HashingEncoder, sure_from: float, reads_all: bool
) -> None:
    class OneByOne(SentenceReader):
        passages_at_once = 1

    reader = OneByOne(encoder, plain_calibration(threshold=0.0))
    settings = Settings(sure_from=sure_from)
    with Assistant.open(index_folder, encoder=encoder, reader=reader, settings=settings) as eager:
        answer = eager.ask(COST)
    assert answer.text is not None
    assert (len(answer.hits) == answer.passages_found) == reads_all
    assert len(answer.hits) == (answer.passages_found if reads_all else 1)


# -- what the index holds -------------------------------------------------------------------------


def test_articles_are_listed_newest_first_and_read_by_id(
    assistant: Assistant, articles: list[Article]
) -> None:
    assert [summary.id for summary in assistant.articles()] == [
        "fishing",
        "barrier",
        "mayor",
        "ferry",
    ]
    assert [assistant.article(article.id) for article in articles] == articles
    with pytest.raises(ArticleNotFound, match="no article 'nobody'"):
        assistant.article("nobody")


def test_stats_tell_what_the_index_holds(assistant: Assistant) -> None:
    stats = assistant.stats()
    assert (stats.articles, stats.passages, stats.generation) == (4, 5, 1)
    assert (stats.first_published, stats.last_published) == ("2030-11-02", "2031-05-07")
    assert (stats.encoder, stats.passage_sentences) == ("hashing", 9)
    assert stats.recall_at_10 == 1  # so few are compared exactly


def test_warming_up_loads_what_the_first_question_needs(
    assistant: Assistant, encoder: HashingEncoder
) -> None:
    assistant.warm_up()
    assert len(encoder.questions_encoded) == 1


# -- changes --------------------------------------------------------------------------------------


def test_removing_articles_takes_them_out_of_answers(
    assistant: Assistant, index_folder: Path
) -> None:
    assert remove_articles(index_folder, ["barrier", "nobody"]) == ["barrier"]
    assert assistant.ask(COST).text != OLD
    assert "barrier" not in {summary.id for summary in assistant.articles()}


def test_removing_everything_leaves_an_assistant_that_says_so(
    assistant: Assistant, index_folder: Path
) -> None:
    remove_articles(index_folder, [summary.id for summary in assistant.articles()])
    answer = assistant.ask(COST)
    assert (answer.text, answer.confidence, answer.alternatives, answer.hits) == (None, 0, (), ())
    assert assistant.stats().articles == 0


def test_removing_what_is_not_there_changes_nothing(
    assistant: Assistant, index_folder: Path
) -> None:
    before = assistant.stats()
    assert remove_articles(index_folder, ["nobody"]) == []
    assert assistant.stats() == before
    with open_for_writing(index_folder) as index:
        assert index.published()


def test_there_must_be_an_index_to_remove_from_or_ask(
    folder: Path, encoder: HashingEncoder
) -> None:
    with pytest.raises(IndexNotFound):
        remove_articles(folder, ["a"])
    with pytest.raises(IndexNotFound):
        Assistant.open(folder, encoder=encoder)
    assert not folder.exists()


def test_an_index_made_of_nothing_answers_nothing(folder: Path, encoder: HashingEncoder) -> None:
    build_index(folder, [], encoder=encoder)
    reader = SentenceReader(encoder, plain_calibration())
    with Assistant.open(folder, encoder=encoder, reader=reader) as assistant:
        assert assistant.ask(COST).text is None
        build_index(folder, [make_article("The tidal barrier cost 9 pounds.")], encoder=encoder)
        assert assistant.ask(COST).text == "The tidal barrier cost 9 pounds."


def test_only_one_may_write(index_folder: Path, encoder: HashingEncoder) -> None:
    with open_for_writing(index_folder):
        with pytest.raises(IndexLocked):
            build_index(index_folder, [], encoder=encoder)
        with pytest.raises(IndexLocked):
            remove_articles(index_folder, ["barrier"])


def test_another_model_is_refused(index_folder: Path) -> None:
    with pytest.raises(ModelMismatch):
        Assistant.open(index_folder, encoder=HashingEncoder("other"))
    with pytest.raises(ModelMismatch):
        build_index(index_folder, [], encoder=HashingEncoder("other"))


# -- changes while a question is being answered ---------------------------------------------------


class MeanwhileReader:
    """A reader during whose reading something happens."""

    name = "meanwhile"
    passages_at_once = None

    def __init__(self, reader: SentenceReader, meanwhile: Callable[[], object]) -> None:
        self._reader = reader
        self._meanwhile = meanwhile

    @property
    def calibration(self) -> Calibration:
        return self._reader.calibration

    def warm_up(self) -> None:
        self._reader.warm_up()

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        self._meanwhile()
        return self._reader.read(question, passages)


class MeanwhileRetriever(Retriever):
    """A retriever after whose retrieval something happens."""

    meanwhile: Callable[[], object]

    def retrieve(
        self, question: str, k: int = 10, *, only: ArticleFilter | None = None
    ) -> list[Hit]:
        hits = super().retrieve(question, k, only=only)
        self.meanwhile()
        return hits


NEW_VERSION = make_article(f"Corrected. {NEW} Nobody knows more. Ask again.", id="barrier")


def remove_it(folder: Path, encoder: HashingEncoder) -> None:
    remove_articles(folder, ["barrier"])


def replace_it(folder: Path, encoder: HashingEncoder) -> None:
    build_index(folder, [NEW_VERSION], encoder=encoder)


Change = Callable[[Path, HashingEncoder], None]
CHANGES = pytest.mark.parametrize("change", [remove_it, replace_it], ids=["removed", "replaced"])


def assert_old_or_new(answer: Answer) -> None:
    """Every quote is from one version of its article, and says what that version says."""
    assert answer.text in (None, OLD, NEW)
    for part in (answer, *answer.alternatives):
        for citation in part.citations:
            start = citation.highlight.start - citation.span.start
            end = citation.highlight.end - citation.span.start
            assert citation.text[start:end].casefold() == (part.text or "").casefold()
            assert citation.text[-1] in ".?!"
            assert citation.text[0].isupper()


@CHANGES
def test_an_article_that_changes_while_it_is_read_is_quoted_as_it_was_read(
    index_folder: Path, encoder: HashingEncoder, change: Change
) -> None:
    reader = SentenceReader(encoder, plain_calibration())
    meanwhile = MeanwhileReader(reader, lambda: change(index_folder, encoder))
    with Assistant.open(index_folder, encoder=encoder, reader=meanwhile) as assistant:
        answer = assistant.ask(COST)
    assert answer.text == OLD
    assert_old_or_new(answer)


@CHANGES
def test_an_article_that_changes_after_it_was_retrieved_is_never_misquoted(
    index_folder: Path, encoder: HashingEncoder, change: Change
) -> None:
    with MeanwhileRetriever.open(index_folder, encoder=encoder) as retriever:
        retriever.meanwhile = lambda: change(index_folder, encoder)
        reader = SentenceReader(encoder, plain_calibration())
        answer = Assistant(retriever, reader, Settings()).ask(COST)
    assert_old_or_new(answer)


def test_a_new_version_that_is_not_yet_published_does_not_silence_the_old_one(
    assistant: Assistant, index_folder: Path
) -> None:
    assert assistant.ask(COST).text == OLD
    with open_for_writing(index_folder) as index:
        index.add([entry(NEW_VERSION)])
        assert assistant.ask(COST).text in (OLD, NEW)
        index.publish()
    assert assistant.ask(COST).text == NEW


def test_eight_threads_ask_while_another_changes_the_articles(
    assistant: Assistant, index_folder: Path, encoder: HashingEncoder, articles: list[Article]
) -> None:
    done = threading.Event()

    def change() -> int:
        try:
            for number in range(4):
                added = make_article(f"Ship {number} sank in a storm.", id=f"ship{number}")
                barrier = NEW_VERSION if number % 2 else articles[0]
                build_index(index_folder, [added, barrier], encoder=encoder)
                remove_articles(index_folder, [f"ship{number - 1}"])
        finally:
            done.set()
        return number

    def ask(question: str) -> list[Answer]:
        answers = []
        while not done.is_set():
            answers.append(assistant.ask(question))
        return answers

    with ThreadPoolExecutor(9) as pool:
        changing = pool.submit(change)
        asking = [pool.submit(ask, "Who won the mayoral election?") for _ in range(4)]
        costing = [pool.submit(ask, COST) for _ in range(4)]
        assert changing.result() == 3
        elections = [answer for future in asking for answer in future.result()]
        costs = [answer for future in costing for answer in future.result()]
    assert len(elections) > 4
    assert {answer.text for answer in elections} == {
        "Sofia Hallam won the mayoral election with 54 per cent of the vote."
    }
    for answer in costs:
        assert_old_or_new(answer)
    assert assistant.ask("Which ship sank in a storm?").text == "Ship 3 sank in a storm."


def test_the_more_questions_wait_the_fewer_passages_are_read(
    index_folder: Path, encoder: HashingEncoder
) -> None:
    class TwoByTwo(SentenceReader):
        passages_at_once = 2

    settings = Settings(sure_from=1.1)
    reader = TwoByTwo(encoder, plain_calibration())
    with Assistant.open(index_folder, encoder=encoder, reader=reader, settings=settings) as busy:
        read = [len(busy.ask(COST, waiting=waiting).hits) for waiting in (0, 2, 3, 6, 7, 64)]
        found = busy.ask(COST, waiting=64).passages_found
    assert read[0] == read[1] == found > 2
    assert read[2:] == [2, 2, 1, 1]
