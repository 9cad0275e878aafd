"""The sentence reader: takes each sentence of the passages as a candidate answer, whole."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from corpus import Passage, Span
from embeddings import Encoder, Vectors
from qa.answer_span import AnswerSpan
from qa.calibration import Calibration, load_calibration
from qa.kinds import counts_thing, holds_kind
from qa.lexical import content_terms

SENTENCES_CACHED = 20_000


class SentenceReader:
    """Takes each sentence as a candidate and scores how well it answers the question.

    The score is the logit of a small fitted model over the sentence's closeness to the question,
    the share of the question's words that it holds (of all, and of those that the heading does not
    already say), and whether it has the kind of thing that was asked for.
    """

    name = "sentence"
    passages_at_once: int | None = None  # how rare a word is follows from all of them

    def __init__(self, encoder: Encoder, calibration: Calibration | None = None) -> None:
        self._encoder = encoder
        self.calibration: Calibration = calibration or load_calibration("sentence")
        self._vectors: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Do nothing: what it needs is the encoder's."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        """Return every sentence of the passages with its score, best first."""
        candidates = candidates_in(passages)
        if not candidates:
            return []
        weights = self.calibration.features
        spans = []
        for candidate, features in zip(
            candidates, self.features(question, candidates), strict=True
        ):
            score = weights["intercept"] + sum(weights[k] * v for k, v in features.items())
            passage, span = candidate
            spans.append(AnswerSpan(passage_id=passage.id, span=span, score=score))
        return sorted(spans, key=lambda s: (-s.score, s.passage_id, s.span))

    def features(
        self, question: str, candidates: Sequence[tuple[Passage, Span]]
    ) -> list[dict[str, float]]:
        """Return the named features of each candidate; shared with training."""
        sentences = [passage.slice(span) for passage, span in candidates]
        cosines = self._cosines(question, sentences)
        terms = [frozenset(content_terms(sentence)) for sentence in sentences]
        headings = [frozenset(content_terms(passage.heading)) for passage, _ in candidates]
        asked = frozenset(content_terms(question))
        rarity = _rarity(terms)
        return [
            {
                # Rounded, since its last bits depend on what else was in the batch.
                "cosine": round(float(cosine), 4),
                "coverage": _coverage(asked, found, rarity),
                "focus": _coverage(asked - heading, found, rarity),
                "kind": holds_kind(question, sentence),
                "count": counts_thing(question, sentence),
                "is_question": float(sentence.rstrip("\"'”’ ").endswith("?")),
            }
            for cosine, sentence, found, heading in zip(
                cosines, sentences, terms, headings, strict=True
            )
        ]

    def _cosines(self, question: str, sentences: Sequence[str]) -> Vectors:
        known = self._sentence_vectors(sentences)
        asked = self._encoder.encode_questions([question])[0]
        return np.asarray(np.stack([known[sentence] for sentence in sentences]) @ asked)

    def _sentence_vectors(self, sentences: Sequence[str]) -> dict[str, Vectors]:
        """Return the vector of each sentence, encoding only those not seen lately."""
        with self._lock:
            known = {s: self._vectors[s] for s in sentences if s in self._vectors}
        missing = [s for s in dict.fromkeys(sentences) if s not in known]
        fresh = dict(zip(missing, self._encoder.encode_passages(missing), strict=True))
        with self._lock:
            if len(self._vectors) + len(fresh) > SENTENCES_CACHED:
                self._vectors.clear()
            self._vectors |= fresh
        return known | fresh


def candidates_in(passages: Sequence[Passage]) -> list[tuple[Passage, Span]]:
    """Return each sentence once, trimmed, with the first passage that holds it."""
    found: dict[tuple[str, Span], tuple[Passage, Span]] = {}
    for passage in passages:
        for sentence in passage.sentences:
            local = sentence.shift(-passage.span.start).trimmed(passage.text)
            if local and any(character.isalnum() for character in local.of(passage.text)):
                span = local.shift(passage.span.start)
                found.setdefault((passage.article_id, span), (passage, span))
    return list(found.values())


def _rarity(sentences: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Weigh each word by how few of the candidates hold it (inverse document frequency)."""
    counts = Counter(term for terms in sentences for term in terms)
    return {t: math.log((len(sentences) + 1) / (count + 0.5)) for t, count in counts.items()}


def _coverage(asked: frozenset[str], found: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return the share of the question's words that are found, rare words counting more.

    A word that no candidate holds weighs as much as the rarest: it is asked for and missing. The
    share of nothing is one half: it tells neither way.
    """
    rarest = max(rarity.values(), default=1.0)
    weights = {term: max(0.1, rarity.get(term, rarest)) for term in asked}
    total = sum(weights.values())
    return sum(weights[term] for term in asked & found) / total if total else 0.5
