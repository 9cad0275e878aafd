"""How much does an index hold?"""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats(Flat):
    """What an index holds. Dates are the oldest and newest published date, ISO 8601.

    `recall_at_10` is the share of the ten nearest passages that the search of vectors finds,
    against comparing all: 1 in a small index, in a large one measured whenever its search files
    are made anew. None where there are none.
    """

    articles: int
    passages: int
    passage_sentences: int
    first_published: str | None
    last_published: str | None
    generation: int
    encoder: str | None
    recall_at_10: float | None
