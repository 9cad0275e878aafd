"""Every number that may be changed, with its default and the reason for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How articles are cut, passages found and answers composed."""

    max_passage_tokens: int = 200
    """Passage and heading together; the encoder's own window is the upper bound."""

    overlap_sentences: int = 1
    """Sentences that a passage repeats from the one before it."""

    search_depth: int = 50
    """How many passages each search hands to fusion."""

    sentence_share: float = 0.6
    """Share of its best sentence in how similar a passage is; the rest is the passage as a whole,
    which tells more where articles repeat each other, as news does."""

    dense_weight: float = 0.7
    """Share of similarity in fusion, the rest is BM25's; chosen on dev data (bench/)."""

    passages_to_read: int = 10
    """How many retrieved passages the reader sees."""

    reading_seconds: float = 2.0
    """When this would be over, the reader stops and answers from the passages read so far."""

    sure_from: float = 0.5
    """Once the first passages give an answer with this confidence, the others are not read; above
    1, all are. Of 18 choices tried on 500 dev questions none moved F1 by more than 0.1 points."""

    max_alternatives: int = 4
    """How many further answers, or closest sentences, an answer carries."""

    context_chars: int = 240
    """How much of the article a citation shows before and after its sentence."""

    max_question_chars: int = 1000
    """Longer questions are refused: the encoder would not read their end."""
