"""The span reader: spans in article coordinates, scored by their margin and their fit."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest

from corpus import Passage, Span
from qa.calibration import Calibration, load_calibration
from qa.decode import Candidate
from qa.span_model import SHIPPED, ShippedSpanModel
from qa.span_reader import SPANS_PER_PASSAGE, SpanReader
from tests.fakes import chunks, make_article, passage

MARGIN_ONLY = Calibration(
    retrieval_weight=0.0, intercept=0.0, total_weight=1.0, lead_weight=0.0, threshold=0.5,
    features={"margin": 1.0},
)  # fmt: skip
ARTICLE = make_article(
    "The tidal barrier opened on Tuesday. It cost 412 million pounds, the city said. "
    "Who will pay? Ines Varga, the engineer, praised the gates.",
    title="Tidal barrier opens",
)
PASSAGES = [dataclasses.replace(p, id=i) for i, p in enumerate(chunks(ARTICLE), start=1)]


@pytest.fixture(scope="module")
def model() -> ShippedSpanModel:
    return ShippedSpanModel()


@pytest.fixture
def reader(model: ShippedSpanModel) -> SpanReader:
    return SpanReader(model, MARGIN_ONLY)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did the tidal barrier open?", "Tuesday"),
        ("How much did the barrier cost?", "412 million pounds"),
        ("Who is the engineer?", "Ines Varga"),
    ],
)
def test_the_words_that_answer_come_first(reader: SpanReader, question: str, expected: str) -> None:
    assert expected in reader.read(question, PASSAGES)[0].span.of(ARTICLE.text)


def test_spans_lie_in_their_passage_best_first_and_whole_words(reader: SpanReader) -> None:
    spans = reader.read("How much did it cost?", PASSAGES)
    assert [s.score for s in spans] == sorted((s.score for s in spans), reverse=True)
    assert 0 < len(spans) <= SPANS_PER_PASSAGE * len(PASSAGES)
    by_id = {p.id: p for p in PASSAGES}
    for span in spans:
        assert by_id[span.passage_id].span.contains(span.span)
        before, after = ARTICLE.text[: span.span.start][-1:], ARTICLE.text[span.span.end :][:1]
        assert not (before + after).isalnum()


def test_a_passage_later_in_its_article_gives_article_coordinates(reader: SpanReader) -> None:
    text = "It cost 412 million pounds."
    (first, *_) = reader.read("What did it cost?", [passage(text, [Span(0, 27)], at=5000)])
    assert first.span.shift(-5000).of(text).startswith("412 million")


def test_what_two_passages_share_is_found_in_both(reader: SpanReader) -> None:
    """Which of them ranks higher, retrieval decides."""
    text = "It cost 412 million pounds."
    twice = [passage(text, [Span(0, 27)], id=number, at=70) for number in (1, 2)]
    first, second, *_ = reader.read("What did it cost?", twice)
    assert first.span == second.span
    assert {first.passage_id, second.passage_id} == {1, 2}


def test_the_weights_of_the_calibration_decide(model: ShippedSpanModel) -> None:
    turned = dataclasses.replace(MARGIN_ONLY, features={"margin": -1.0})
    best = SpanReader(model, MARGIN_ONLY).read("Who praised the gates?", PASSAGES)
    worst = SpanReader(model, turned).read("Who praised the gates?", PASSAGES)
    assert {s.span for s in best} == {s.span for s in worst}
    assert [s.score for s in worst] == sorted(-s.score for s in best)[::-1]


def features(question: str, text: str, answer: str, heading: str = "") -> dict[str, float]:
    start = text.index(answer)
    found = passage(text, [Span(0, len(text))])
    found = dataclasses.replace(found, heading=heading)
    candidate = Candidate(span=Span(start, start + len(answer)), margin=2.0, logit=5.0)
    return dict(SpanReader(_NO_MODEL, MARGIN_ONLY).features(question, found, candidate))


_NO_MODEL: Any = object()  # features come from the words alone


def test_fit_is_the_share_of_the_questions_words_around_the_answer() -> None:
    question = "How many tonnes do the gates weigh?"
    assert features(question, "The gates weigh 940 tonnes.", "940")["fit"] == 0.75
    assert features(question, "It was 940.", "940", heading="Tonnes of gates")["fit"] == 0.5
    assert features("Who?", "It was 940.", "940")["fit"] == 0.5


def test_an_answer_that_repeats_the_question_is_known_by_its_echo() -> None:
    question = "Who praised the gates?"
    assert features(question, "Varga praised the gates.", "gates")["echo"] == 1.0
    assert features(question, "Varga praised the gates.", "Varga")["echo"] == 0.0


@pytest.mark.parametrize("passages", [[], [passage(" … ", [Span(0, 3)])]])
def test_nothing_to_read_gives_no_span_or_no_word(
    reader: SpanReader, passages: Sequence[Passage]
) -> None:
    assert all(span.span.of(" … ").strip() for span in reader.read("Who?", passages))


def test_the_calibration_that_ships_makes_sense() -> None:
    shipped = load_calibration("span")
    assert shipped.features["margin"] > 0
    assert shipped.total_weight > 0
    assert shipped.retrieval_weight > 0
    assert 0 < shipped.threshold < 1
    assert shipped.null_margin != 0


def test_the_calibration_that_ships_was_fitted_to_the_weights_that_ship() -> None:
    fitted = json.loads((files("qa") / "calibration" / "span.json").read_text())
    manifest = json.loads((SHIPPED / "manifest.json").read_text())
    assert fitted["reader_sha256"] == manifest["files"]["reader.bin"]
    assert fitted["crossed"]["askings"] > 1000
