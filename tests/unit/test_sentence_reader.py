"""The sentence reader: every sentence is a candidate, the fitting one comes first."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus import Passage, Span
from qa.sentence_reader import SentenceReader, candidates_in
from tests.fakes import HashingEncoder, chunks, make_article, passage, plain_calibration

ARTICLE = make_article(
    "The tidal barrier opened on Tuesday. It cost 412 million pounds, the city said. "
    "Who will pay? Ines Varga, the engineer, praised the gates.",
    title="Tidal barrier opens",
)


def stored(text_passages: Sequence[Passage]) -> list[Passage]:
    return [dataclasses.replace(p, id=i) for i, p in enumerate(text_passages, start=1)]


PASSAGES = stored(chunks(ARTICLE))


@pytest.fixture
def reader(encoder: HashingEncoder) -> SentenceReader:
    return SentenceReader(encoder, plain_calibration())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did the tidal barrier open?", "The tidal barrier opened on Tuesday."),
        ("How much did it cost?", "It cost 412 million pounds, the city said."),
        ("Who praised the gates?", "Ines Varga, the engineer, praised the gates."),
    ],
)
def test_the_sentence_that_answers_comes_first(
    reader: SentenceReader, question: str, expected: str
) -> None:
    assert reader.read(question, PASSAGES)[0].span.of(ARTICLE.text) == expected


def test_every_sentence_is_a_candidate_inside_its_passage_best_first(
    reader: SentenceReader,
) -> None:
    spans = reader.read("How much did it cost?", PASSAGES)
    assert len(spans) == 4
    assert [s.score for s in spans] == sorted((s.score for s in spans), reverse=True)
    by_id = {p.id: p for p in PASSAGES}
    for span in spans:
        found = by_id[span.passage_id].slice(span.span)
        assert found == found.strip() == span.span.of(ARTICLE.text)


def test_nothing_to_read_gives_no_candidates(
    reader: SentenceReader, encoder: HashingEncoder
) -> None:
    assert reader.read("How much?", []) == []
    assert encoder.questions_encoded == []


def test_a_sentence_in_two_overlapping_passages_is_one_candidate() -> None:
    text = "One two. Three four. Five six."
    first = passage("One two. Three four. ", [Span(0, 9), Span(9, 21)], id=1)
    second = passage("Three four. Five six.", [Span(0, 12), Span(12, 21)], id=2, at=9)
    found = [(p.id, span.of(text)) for p, span in candidates_in([first, second])]
    assert found == [(1, "One two."), (1, "Three four."), (2, "Five six.")]


def test_equal_sentences_at_two_places_are_two_candidates() -> None:
    twice = passage("Yes. Yes.", [Span(0, 5), Span(5, 9)])
    assert [span for _, span in candidates_in([twice])] == [Span(0, 4), Span(5, 9)]


def test_what_holds_no_letter_or_digit_is_no_candidate() -> None:
    blank = passage("* * *\n\n…  Yes.", [Span(0, 7), Span(7, 10), Span(10, 14)])
    assert [span for _, span in candidates_in([blank])] == [Span(10, 14)]


def test_a_sentence_is_encoded_once(reader: SentenceReader, encoder: HashingEncoder) -> None:
    first = reader.read("How much did it cost?", PASSAGES)
    assert len(encoder.passages_encoded) == 4
    assert reader.read("How much did it cost?", PASSAGES) == first
    reader.read("Who praised the gates?", PASSAGES)
    assert len(encoder.passages_encoded) == 4
    assert len(encoder.questions_encoded) == 3


def test_the_cache_forgets_rather_than_grow_without_end(
    reader: SentenceReader, encoder: HashingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.sentence_reader.SENTENCES_CACHED", 6)
    ships = [stored(chunks(make_article(f"Ship {n} sank. Crew {n} lived."))) for n in range(4)]
    first = [reader.read("Who sank?", ship) for ship in ships]
    assert len(encoder.passages_encoded) == 8
    assert reader.read("Who sank?", ships[3]) == first[3]
    assert len(encoder.passages_encoded) == 8
    assert reader.read("Who sank?", ships[0]) == first[0]
    assert len(encoder.passages_encoded) == 10


def test_equal_scores_come_by_passage_and_place(encoder: HashingEncoder) -> None:
    indifferent = dataclasses.replace(plain_calibration(), features=defaultdict(float))
    pieces = [dataclasses.replace(PASSAGES[0], id=9), passage("Yes.", [Span(0, 4)], id=2, at=500)]
    spans = SentenceReader(encoder, indifferent).read("How much?", pieces)
    assert [s.passage_id for s in spans] == [2, 9, 9, 9, 9]
    assert [s.span for s in spans[1:]] == sorted(s.span for s in spans[1:])


@pytest.mark.parametrize(
    ("question", "sentence", "kind"),
    [
        ("How many were saved?", "A lifeboat saved 31 people.", 1),
        ("How many were saved?", "Dozens were saved.", 1),
        ("How many were saved?", "The crew was saved.", -1),
        ("When did it open?", "It opened on Tuesday.", 1),
        ("When did it open?", "It opened in 2031.", 1),
        ("When did it open?", "It opened to applause.", -1),
        ("Who was captain?", "The captain was Ada Lowe.", 1),
        ("Who was captain?", "The captain was a woman.", -1),
        ("Why did it sink?", "It sank because of a wave.", 1),
        ("Why did it sink?", "It sank.", -1),
        ("Did it sink?", "It sank.", 0),
    ],
)
def test_a_sentence_is_judged_by_the_kind_of_thing_asked_for(
    reader: SentenceReader, question: str, sentence: str, kind: float
) -> None:
    (only,) = candidates_in([passage(sentence, [Span(0, len(sentence))])])
    assert reader.features(question, [only])[0]["kind"] == kind


def test_features_are_what_they_are_called(reader: SentenceReader) -> None:
    candidates = candidates_in(PASSAGES)
    features = reader.features("Did the barrier cost the city?", candidates)
    assert [f["is_question"] for f in features] == [0, 0, 1, 0]
    assert all(-1e-6 <= f["cosine"] <= 1 + 1e-6 for f in features)
    # "barrier" is in the first sentence and the heading, "cost" and "city" in the second.
    coverage = [f["coverage"] for f in features]
    assert 1 > coverage[1] > coverage[0] > coverage[2] == coverage[3] == 0
    assert [f["focus"] for f in features] == [0, 1, 0, 0]


def test_the_focus_tells_nothing_where_the_heading_says_all_that_is_asked(
    reader: SentenceReader,
) -> None:
    features = reader.features("When did the tidal barrier open?", candidates_in(PASSAGES))
    assert [f["focus"] for f in features] == [0.5] * 4


@pytest.mark.parametrize(
    ("question", "sentence", "counts"),
    [
        ("How many passengers were saved?", "A lifeboat saved 31 shivering passengers.", 1),
        ("How many passengers were saved?", "Two passengers were saved.", 1),
        ("How many passengers were saved?", "Passengers saw 31 lifeboats.", 0),
        ("Were passengers saved?", "A lifeboat saved 31 passengers.", 0),
    ],
    ids=["a number", "a number word", "a number of something else", "no number asked for"],
)
def test_a_sentence_counts_what_was_asked_for(
    reader: SentenceReader, question: str, sentence: str, counts: float
) -> None:
    (only,) = candidates_in([passage(sentence, [Span(0, len(sentence))])])
    assert reader.features(question, [only])[0]["count"] == counts


def test_many_threads_read_alike(reader: SentenceReader) -> None:
    expected = SentenceReader(HashingEncoder(), plain_calibration()).read("Who paid?", PASSAGES)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: reader.read("Who paid?", PASSAGES), range(32)))
    assert results == [expected] * 32


def test_the_calibration_that_ships_weighs_every_feature(encoder: HashingEncoder) -> None:
    shipped = SentenceReader(encoder)
    (features, *_) = shipped.features("Who paid?", candidates_in(PASSAGES))
    assert set(shipped.calibration.features) == {"intercept", *features}
