"""Which articles a question is asked of: some outlets', of some days, or some by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from corpus.errors import InvalidQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Articles that fit all that is given; what is empty lets every article through.

    `outlets` are compared without regard to case. `since` and `until` are days, both included;
    an article without a date fits neither. Where only the month or year is known, all of that must
    fit.

    Raises:
        InvalidQuestion: `until` is before `since`.

    >>> ArticleFilter(outlets=["Orme Courier"]) == ArticleFilter(outlets=("Orme Courier",))
    True
    """

    outlets: Collection[str] = ()
    since: date | None = None
    until: date | None = None
    article_ids: Collection[str] = ()

    def __post_init__(self) -> None:
        for name in ("outlets", "article_ids"):
            given = getattr(self, name)
            # A single name is meant as one, not as its letters.
            names = frozenset([given] if isinstance(given, str) else given)
            object.__setattr__(self, name, names)
        for name in ("since", "until"):
            if isinstance(day := getattr(self, name), datetime):
                object.__setattr__(self, name, day.date())
        if self.since and self.until and self.until < self.since:
            raise InvalidQuestion(
                f"no day is both since {self.since:%Y-%m-%d} and until {self.until:%Y-%m-%d};"
                " exchange the two"
            )

    @property
    def fits_all(self) -> bool:
        """Whether every article fits."""
        return self == ArticleFilter()
