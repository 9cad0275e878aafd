"""What an extractor finds in a file, before it is an article: text, facts, and what is no article.

Records here travel from the child process that parses untrusted files to the one that asked for it,
so each turns into plain JSON values and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from corpus.types import Mark, Span, unmarked

FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A fact about an article, where it stands, and whether it is said in so many words.

    `origin` is one of "front matter", "json-ld", "meta", "feed", "field", "byline", "dateline",
    "copyright", "text", "url", "document" and "file name". `sure` is False where the fact was
    worked out: the year of a copyright line is not a date of publication.
    """

    value: str
    origin: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    r"""One article as found in a file. `text` has "\n" newlines and is final: offsets count in it.

    `published` and `updated` are ISO 8601: a date-time, with its zone where that is known, a date,
    or less ("2019", "2019-06") where no more is known; None where nothing is. `marks` are the
    stretches that are not the article's: menus, banners, notices. `id` is the source's own name for
    the article, such as a feed's guid, if it has one. `metadata` is what else the source says.
    """

    text: str
    headings: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    title: str | None = None
    outlet: Stated | None = None
    published: Stated | None = None
    updated: Stated | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    id: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def stretches(self) -> Iterator[Span]:
        """Yield, in order, the stretches of `text` that are the article's own."""
        return unmarked(self.text, self.marks)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        values: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        values["headings"] = [(h.start, h.end) for h in self.headings]
        values["marks"] = [(m.span.start, m.span.end, m.reason) for m in self.marks]
        for name in ("outlet", "published", "updated"):
            fact: Stated | None = values[name]
            values[name] = fact and (fact.value, fact.origin, fact.sure)
        return values | {"metadata": dict(self.metadata)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return what `to_dict` was made from.

        Raises:
            ValueError, TypeError, KeyError: they are not such values.
        """
        facts: dict[str, Any] = {
            name: Stated(value=str(fact[0]), origin=str(fact[1]), sure=bool(fact[2]))
            for name in ("outlet", "published", "updated")
            if (fact := values[name])
        }
        plain = {name: values[name] for name in ("text", "title", "url", "language", "id")}
        return cls(
            **plain,
            **facts,
            headings=tuple(Span(start, end) for start, end in values["headings"]),
            marks=tuple(Mark(Span(start, end), reason) for start, end, reason in values["marks"]),
            authors=tuple(values["authors"]),
            metadata=dict(values["metadata"]),
            warnings=tuple(values["warnings"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecord:
    """A part of a file that could not be read; the others could. `where` is as in "line 17"."""

    where: str
    reason: str
