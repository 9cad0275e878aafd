"""Reading within a time, and choosing a reader."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus import ModelNotFound, Passage, Span
from qa.answer_span import AnswerSpan
from qa.calibration import Calibration
from qa.reader import load_reader, read_within
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, passage, plain_calibration

TEXTS = [f"Passage number {number} says so." for number in range(12)]
PASSAGES = [
    passage(text, [Span(0, len(text))], id=number, at=1000 * number)
    for number, text in enumerate(TEXTS)
]


class SlowReader:
    """Takes its time for every passage and finds its first word."""

    name = "slow"

    def __init__(self, seconds: float, passages_at_once: int | None = 3) -> None:
        self.passages_at_once = passages_at_once
        self.calls: list[int] = []
        self._seconds = seconds

    @property
    def calibration(self) -> Calibration:
        return plain_calibration()

    def warm_up(self) -> None:
        """Nothing to load."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        self.calls.append(len(passages))
        time.sleep(self._seconds * len(passages))
        return [
            AnswerSpan(passage_id=p.id, span=Span(p.span.start, p.span.start + 7), score=p.id % 5)
            for p in passages
        ]


def test_with_time_enough_all_passages_are_read_in_groups() -> None:
    reader = SlowReader(0)
    spans, read = read_within(reader, "Who?", PASSAGES, 60)
    assert read == len(PASSAGES)
    assert reader.calls == [3, 3, 3, 3]
    assert [span.score for span in spans] == sorted((s.score for s in spans), reverse=True)


def test_reading_stops_before_the_time_is_over_and_says_how_much_was_read() -> None:
    reader = SlowReader(0.02)
    spans, read = read_within(reader, "Who?", PASSAGES, 0.15)
    assert 3 <= read < len(PASSAGES)
    assert {span.passage_id for span in spans} == set(range(read))


@pytest.mark.parametrize("enough_from", [3, 6, 12, 99])
def test_reading_stops_where_enough_was_found(enough_from: int) -> None:
    asked: list[int] = []

    def enough(spans: Sequence[AnswerSpan], read: int) -> bool:
        asked.append(read)
        assert {span.passage_id for span in spans} == set(range(read))
        return read >= enough_from

    _, read = read_within(SlowReader(0), "Who?", PASSAGES, 60, enough=enough)
    assert read == min(enough_from, 12)
    assert asked == [n for n in (3, 6, 9) if n <= read]  # of all, there is nothing to decide


def test_the_first_passages_are_read_however_little_time_there_is() -> None:
    _, read = read_within(SlowReader(0.001), "Who?", PASSAGES, 0.0)
    assert read == 3


def test_a_reader_that_weighs_all_passages_against_each_other_gets_them_in_one_call() -> None:
    reader = SlowReader(0, passages_at_once=None)
    _, read = read_within(reader, "Who?", PASSAGES, 0.0)
    assert reader.calls == [12]
    assert read == 12


def test_without_passages_nothing_is_read() -> None:
    assert read_within(SlowReader(0), "Who?", [], 1.0) == ([], 0)


def test_loading_the_model_is_not_charged_to_the_reading() -> None:
    class Late(SlowReader):
        def warm_up(self) -> None:
            time.sleep(0.2)

    _, read = read_within(Late(0), "Who?", PASSAGES, 0.15)
    assert read == len(PASSAGES)


def test_the_sentence_reader_is_there_by_name() -> None:
    assert isinstance(load_reader("sentence", HashingEncoder()), SentenceReader)


def test_an_unknown_reader_is_refused_with_what_can_be_given(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="`span`, `sentence` or the path"):
        load_reader("spam", HashingEncoder())
    with pytest.raises(ModelNotFound, match=r"no config\.json"):
        load_reader(str(tmp_path), HashingEncoder())
