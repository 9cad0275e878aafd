"""Which articles a question is asked of: some outlets', of some days, or some by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from corpus.errors import InvalidQuestion
from corpus.json_form import Members


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

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; days are ISO 8601."""
        return {
            "outlets": sorted(self.outlets),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "article_ids": sorted(self.article_ids),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the filter that `to_dict` was made from; what is missing lets all through.

        Raises:
            ValueError: it is not the JSON form of a filter; the error names the member.
            InvalidQuestion: `until` is before `since`.
        """
        members = Members(stored, "a filter of articles")
        return cls(
            outlets=members.texts("outlets"),
            since=members.day("since"),
            until=members.day("until"),
            article_ids=members.texts("article_ids"),
        )
