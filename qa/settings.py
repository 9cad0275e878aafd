"""Every number that may be changed, with its default, its range and the reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self, get_type_hints

from corpus import Flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The least and the greatest value that a file or a variable may give."""

    least: float
    most: float

    def __contains__(self, value: float) -> bool:
        return self.least <= value <= self.most

    def __str__(self) -> str:
        return f"{self.least:g} to {self.most:,g}"


_Share = Annotated[float, Between(least=0, most=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Flat):
    """How articles are cut, passages found and answers composed."""

    max_passage_tokens: Annotated[int, Between(least=16, most=8192)] = 200
    """Passage and heading together; the encoder's own window is the upper bound."""

    overlap_sentences: Annotated[int, Between(least=0, most=5)] = 1
    """Sentences that a passage repeats from the one before it."""

    search_depth: Annotated[int, Between(least=1, most=1000)] = 50
    """How many passages each search hands to fusion."""

    sentence_share: _Share = 0.6
    """Share of its best sentence in how similar a passage is; the rest is the passage as a whole,
    which tells more where articles repeat each other, as news does."""

    dense_weight: _Share = 0.7
    """Share of similarity in fusion, the rest is BM25's; chosen on dev data (bench/)."""

    passages_to_read: Annotated[int, Between(least=1, most=100)] = 10
    """How many retrieved passages the reader sees."""

    passages_read_whole: Annotated[int, Between(least=0, most=100)] = 3
    """So many of the best passages are read whole; of the others the sentence most like the
    question and its neighbours. That is three fifths of the reading, and finds nearly as much
    (bench/excerpts.py)."""

    reading_seconds: Annotated[float, Between(least=0.1, most=600)] = 2.0
    """When this would be over, the reader stops and answers from the passages read so far."""

    sure_from: Annotated[float, Between(least=0, most=2)] = 0.5
    """Once the first passages give an answer with this confidence, the others are not read; above
    1, all are. Of 18 choices tried on 500 dev questions none moved F1 by more than 0.1 points."""

    max_alternatives: Annotated[int, Between(least=0, most=50)] = 4
    """How many further answers, or closest sentences, an answer carries."""

    context_chars: Annotated[int, Between(least=0, most=10_000)] = 240
    """How much of the article a citation shows before and after its sentence."""

    max_question_chars: Annotated[int, Between(least=1, most=10_000)] = 1000
    """Longer questions are refused: the encoder would not read their end."""

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the settings that `to_dict` was made from; what is missing has its default.

        Raises:
            ValueError: a number is of another kind or out of range; the error names it.
        """
        # Named: a class with slots is another one than the one that is written here.
        settings = super(Settings, cls).from_dict({**cls().to_dict(), **stored})
        hints = get_type_hints(cls, include_extras=True)
        for name in settings.to_dict():
            (allowed,) = hints[name].__metadata__
            if getattr(settings, name) not in allowed:
                raise ValueError(f"{name}: must be {allowed}, not {getattr(settings, name)}")
        return settings
