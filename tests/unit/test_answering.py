"""A time in the question: asked within it, else of all that the reader lets through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from corpus import ArticleFilter, Passage, Span
from qa import AnswerSpan, Assistant, Settings, build_index
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, HashingPartsEncoder, make_article, plain_calibration

TODAY = date(2026, 11, 25)
OLD = make_article("The bridge cost 5 million euros.", id="old", published="2025-05-10")
NEW = make_article("The bridge cost 9 million euros.", id="new", published="2026-11-20")
COST = "How much did the bridge cost"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    encoder = HashingEncoder()
    build_index(tmp_path / "index", [OLD, NEW], encoder=encoder)
    reader = SentenceReader(encoder, plain_calibration())
    with Assistant.open(tmp_path / "index", encoder=encoder, reader=reader) as opened:
        yield opened


def cited(assistant: Assistant, question: str, **given: object) -> set[str]:
    answer = assistant.ask(question, today=TODAY, **given)  # type: ignore[arg-type]
    return {citation.article_id for citation in answer.citations}


def test_a_time_in_the_question_chooses_the_articles_of_that_time(assistant: Assistant) -> None:
    answer = assistant.ask(f"{COST} in May 2025?", today=TODAY)
    assert {c.article_id for c in answer.citations} == {"old"}
    assert answer.timeframe
    assert answer.timeframe.phrase == "in May 2025"
    assert (answer.timeframe.since, answer.timeframe.until) == (date(2025, 5, 1), date(2025, 5, 31))
    assert cited(assistant, f"{COST} last week?") == {"new"}


def test_without_an_answer_in_that_time_all_others_are_asked_and_it_says_so(
    assistant: Assistant,
) -> None:
    answer = assistant.ask(f"{COST} in 1987?", today=TODAY)
    assert {hit.passage.article_id for hit in answer.hits} == {"old", "new"}
    assert answer.timeframe is None
    assert answer.outside
    assert answer.outside.phrase == "in 1987"


def test_the_readers_own_days_are_never_widened(assistant: Assistant) -> None:
    only = ArticleFilter(until=date(2025, 12, 31))
    answer = assistant.ask(f"{COST} last week?", today=TODAY, only=only)
    assert {c.article_id for c in answer.citations} == {"old"}
    assert answer.outside
    assert answer.outside.phrase == "last week"


def test_an_open_end_has_no_day(assistant: Assistant) -> None:
    answer = assistant.ask(f"{COST} since January 2026?", today=TODAY)
    assert answer.timeframe
    assert (answer.timeframe.since, answer.timeframe.until) == (date(2026, 1, 1), None)


def test_any_time_takes_no_notice_of_it(assistant: Assistant) -> None:
    answer = assistant.ask(f"{COST} last week?", today=TODAY, any_time=True)
    assert (answer.timeframe, answer.outside) == (None, None)


def test_what_will_be_read_is_told_before_and_again_if_all_dates_are_asked(
    assistant: Assistant,
) -> None:
    told: list[set[str]] = []
    assistant.ask(
        f"{COST} in May 1987 or in May 2025?",
        today=TODAY,
        any_time=True,
        found=lambda hits, articles: told.append(set(articles)),
    )
    assert told == [{"old", "new"}]


class Noting(SentenceReader):
    """Notes what it is given to read."""

    def __init__(self, encoder: HashingEncoder) -> None:
        super().__init__(encoder, plain_calibration())
        self.texts: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        self.texts += [passage.text for passage in passages]
        return super().read(question, passages)


def test_of_the_best_passages_all_is_read_of_others_less_and_quotes_stay_exact(
    tmp_path: Path,
) -> None:
    rain = "It rained. Nobody came. The bridge cost {} million euros. All went home. It was dark."
    articles = [make_article(rain.format(number), id=f"n{number}", title="") for number in range(3)]
    encoder = HashingPartsEncoder(max_tokens=200)
    build_index(tmp_path / "index", articles, encoder=encoder)
    reader = Noting(encoder)
    settings = Settings(passages_read_whole=1)
    with Assistant.open(
        tmp_path / "index", encoder=encoder, reader=reader, settings=settings
    ) as assistant:
        answer = assistant.ask(COST)
    assert [len(text.strip().split(". ")) for text in reader.texts] == [5, 3, 3]
    for candidate in (answer, *answer.alternatives):
        for cited in candidate.citations:
            text = next(a.text for a in articles if a.id == cited.article_id)
            assert cited.text == cited.span.of(text)
    assert answer.alternatives[0].citations[0].text.startswith("The bridge cost")


class Spotting(SentenceReader):
    """Finds a price wherever it stands in what is read."""

    passages_at_once: int | None = 4

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        price = "5 million euros"
        return [
            AnswerSpan(passage_id=passage.id, span=Span(at, at + len(price)), score=1.0)
            for passage in passages
            if (at := passage.text.find(price) + passage.span.start) >= passage.span.start
        ]


def test_an_article_that_says_the_answer_in_another_sentence_is_cited_too(tmp_path: Path) -> None:
    first = f"The bridge cost 5 million euros: {COST} It rained."
    second = "What did the bridge cost? Nobody came. It was dark. All say 5 million euros."
    articles = [make_article(text, id=text[:3], title="") for text in (first, second)]
    encoder = HashingPartsEncoder(max_tokens=200)
    build_index(tmp_path / "index", articles, encoder=encoder)
    reader, settings = Spotting(encoder, plain_calibration()), Settings(passages_read_whole=0)
    with Assistant.open(
        tmp_path / "index", encoder=encoder, reader=reader, settings=settings
    ) as assistant:
        cited = assistant.ask(COST).citations
        of_a_crowd = assistant.ask(COST, waiting=3).citations
    assert {each.article_id for each in cited} == {"The", "Wha"}
    assert {each.text.strip() for each in cited} >= {"All say 5 million euros."}
    assert [each.article_id for each in of_a_crowd] == ["The"]
