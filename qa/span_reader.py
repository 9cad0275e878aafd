"""The span reader: marks the words of a passage that answer, with a trained model."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache

from corpus import Passage, Span
from qa.answer_span import AnswerSpan
from qa.calibration import Calibration, load_calibration
from qa.decode import Candidate, decode_text
from qa.kinds import counts_thing, holds_kind
from qa.lexical import content_terms
from qa.span_model import ShippedSpanModel, SpanModel

SPANS_PER_PASSAGE = 3
NEAR_CHARS = 60
"""About ten words on each side."""

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<=[^.?!] )[A-Z][\w’'-]*|\b\d[\w.,]*\b")


class SpanReader:
    """Reads every passage through a span model and scores its best spans.

    A span's score is a weighted sum: the model's margin over "not here", and how well the sentence
    around it fits the question. The weights are the calibration's.

    Args:
        model: Other than the one that ships; it is loaded by the first question.
        calibration: Other than the one fitted for the model that ships.
    """

    passages_at_once: int | None = 4  # an even number keeps two cores at work to the end

    def __init__(
        self, model: SpanModel | None = None, calibration: Calibration | None = None
    ) -> None:
        self._model = model
        self._warm = False
        self._lock = threading.Lock()
        self.calibration: Calibration = calibration or load_calibration("span")

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def model(self) -> SpanModel:
        """The span model, loaded by the first who asks for it."""
        with self._lock:
            if self._model is None:
                self._model = ShippedSpanModel()
            return self._model

    def warm_up(self) -> None:
        """Load the model and read one window, which makes the runtime compile."""
        if not self._warm:
            text, *_ = self.model.windower.tokenize(["warm up " * 100])
            self.model.logits(self.model.windower.windows(text, text))
            self._warm = True

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        """Return the best spans of each passage with their scores, best first."""
        return self.scored(question, self.candidates(question, passages))

    def scored(
        self, question: str, candidates: Sequence[tuple[Passage, Candidate]]
    ) -> list[AnswerSpan]:
        """Return candidates in article coordinates with their scores, best first."""
        features = [self.features(question, *candidate) for candidate in candidates]
        return weighed(candidates, features, self.calibration)

    def candidates(
        self, question: str, passages: Sequence[Passage]
    ) -> list[tuple[Passage, Candidate]]:
        """Return the best spans of each passage; their spans count from the passage's start."""
        windower = self.model.windower
        asked, *texts = windower.tokenize([question, *(passage.text for passage in passages)])
        windows = [windower.windows(asked, text) for text in texts]
        logits = iter(self.model.logits([window for group in windows for window in group]))
        return [
            (passage, candidate)
            for passage, group in zip(passages, windows, strict=True)
            for candidate in decode_text(
                group, [next(logits) for _ in group], count=SPANS_PER_PASSAGE
            )
        ]

    def features(
        self, question: str, passage: Passage, candidate: Candidate
    ) -> Mapping[str, float]:
        """Return the named features of a candidate; shared with training."""
        sentence = passage.slice(passage.around(candidate.span.shift(passage.span.start)))
        asked = _terms(question)
        heading = _terms(passage.heading)
        answer = candidate.span.of(passage.text)
        whole = _words(f"{passage.heading} {passage.text}")
        return {
            "margin": round(candidate.margin, 3),  # its last bits depend on the rest of the batch
            "fit": _share(asked, heading | _terms(sentence), 0.5),
            "coverage": _share(asked, heading | _terms(passage.text), 0.5),
            "names": _mean([name <= whole for name in _names(question)]),
            "kind": holds_kind(question, sentence),
            "count": counts_thing(question, sentence),
            "answer_kind": holds_kind(question, answer),
            "near": _share(asked, _terms(_around(passage.text, candidate.span)), 0.5),
            "length": math.log1p(len(answer.split())),
            "echo": _share(_terms(answer), asked, 0.0),
        }


def weighed(
    candidates: Sequence[tuple[Passage, Candidate]],
    features: Sequence[Mapping[str, float]],
    calibration: Calibration,
) -> list[AnswerSpan]:
    """Return candidates in article coordinates, scored by their features, best first."""
    weights = calibration.features
    spans = [
        AnswerSpan(
            passage_id=passage.id,
            span=candidate.span.shift(passage.span.start),
            score=sum(weights.get(name, 0.0) * value for name, value in found.items()),
            evidence=found,
        )
        for (passage, candidate), found in zip(candidates, features, strict=True)
    ]
    return sorted(spans, key=lambda s: (-s.score, s.passage_id, s.span))


@lru_cache(maxsize=1024)
def _terms(text: str) -> frozenset[str]:
    return frozenset(content_terms(text))


@lru_cache(maxsize=1024)
def _names(question: str) -> tuple[frozenset[str], ...]:
    """Return the words of the question's names and numbers: what a text about it would hold."""
    return tuple(_words(match[0]) for match in _NAME.finditer(question))


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _around(text: str, span: Span) -> str:
    return text[max(0, span.start - NEAR_CHARS) : span.end + NEAR_CHARS]


def _share(terms: frozenset[str], found: frozenset[str], otherwise: float) -> float:
    return len(terms & found) / len(terms) if terms else otherwise


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 1.0
