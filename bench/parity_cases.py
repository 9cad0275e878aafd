"""Which questions is every door asked, so that their answers can be compared?

Those of the sample that stand alone, and others about the same articles: narrowed to outlets and
days, with phrases of time, in other languages, in odd characters, too long, and such as no door may
answer. Then follow-ups and what else only some doors can be told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from corpus import ArticleFilter
from corpus.sample import SAMPLE_ARTICLES

OWN = Path(__file__).parent / "questions" / "parity.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question and all that may be said with it; days are ISO 8601."""

    question: str
    kind: str
    history: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    since: str | None = None
    until: str | None = None
    articles: list[str] = field(default_factory=list)
    any_time: bool = False

    def told(self) -> dict[str, Any]:
        """Return what is said with the question, by name."""
        return {name: value for name, value in asdict(self).items() if value and name != "kind"}

    def needs(self) -> set[str]:
        """Return what a door has to be able to take, apart from the question."""
        return set(self.told()) - {"question"}

    def only(self) -> ArticleFilter | None:
        """Return the articles to answer from, as `Assistant.ask` takes them."""
        days = [date.fromisoformat(day) if day else None for day in (self.since, self.until)]
        only = ArticleFilter(
            outlets=self.outlets, since=days[0], until=days[1], article_ids=self.articles
        )
        return None if only.fits_all else only


def all_cases() -> list[Case]:
    """Return the questions of the sample, then the others."""
    return [*_of_the_sample(), *_own()]


def _of_the_sample() -> Iterator[Case]:
    for file in sorted(SAMPLE_ARTICLES.parent.glob("questions-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            read = json.loads(line)
            yield Case(question=read["question"], kind=read["kind"], history=read["history"])


def _own() -> Iterator[Case]:
    known = {each.name for each in fields(Case)}
    for line in OWN.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        repeated = read.pop("times", 1)
        assert set(read) <= known, read
        yield Case(**{**read, "question": read["question"] * repeated})
