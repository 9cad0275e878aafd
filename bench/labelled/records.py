"""What the labelled set is made of: stories, the facts a file states of them, and its label."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a story: `kind` is p, h, list, table, q, a or entry; `lines` are its sentences.

    A heading has one line; a list, one for each item; a table, one for each row (cells parted by
    " | "); q and a are an interview's; an entry of a live blog has its time and its headline.
    """

    kind: str
    lines: tuple[str, ...]

    @property
    def rows(self) -> list[list[str]]:
        """Return the cells of a table."""
        return [line.split(" | ") for line in self.lines]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article written for this set. `published` and `updated` are ISO 8601 or None."""

    id: str
    part: str
    title: str
    outlet: str
    authors: tuple[str, ...]
    published: str | None
    updated: str | None
    language: str
    section: str
    dek: str
    blocks: tuple[Block, ...]

    @property
    def gap(self) -> str:
        """Return what stands between two sentences of a paragraph in this language."""
        return "" if self.language in ("zh", "ja") else " "

    @property
    def host(self) -> str:
        """Return the outlet's invented host name."""
        plain = "".join(c for c in self.outlet.lower() if c.isascii() and c.isalnum())
        return f"www.{plain or self.id.replace('-', '')}.example"

    @property
    def path(self) -> str:
        """Return the path of the story's page: section, year if it is known, and name."""
        year = f"{self.published[:4]}/" if self.published else ""
        section = "".join(c for c in self.section.lower() if c.isascii() and c.isalpha())
        return f"{section or 'news'}/{year}{self.id}"

    @property
    def url(self) -> str:
        """Return the canonical address of the story."""
        return f"https://{self.host}/{self.path}"

    @property
    def sentences(self) -> list[str]:
        """Return every sentence that can be quoted, in order."""
        return [
            line
            for block in self.blocks
            if block.kind in ("p", "list", "q", "a")
            for line in block.lines
        ]

    @property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs, headings and rows as plain lines."""
        out = []
        for block in self.blocks:
            if block.kind in ("p", "q", "a"):
                said = {"q": "Q: ", "a": "A: "}.get(block.kind, "")
                out.append(said + self.gap.join(block.lines))
            elif block.kind == "entry":
                out.append(" ".join(block.lines))
            else:
                out += [line.replace(" | ", "\t") for line in block.lines]
        return out


@dataclass(slots=True, kw_only=True)
class Label:
    """What a reader should find of one article in a file, and what it must never quote."""

    story: str
    title: str | None = None
    outlet: str | None = None
    authors: list[str] = field(default_factory=list)
    published: str | None = None
    published_year: str | None = None
    updated: str | None = None
    language: str | None = None
    url: str | None = None
    sentences: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Saved:
    """One file of the set: its bytes, and the labels of the articles in it."""

    name: str
    kind: str
    system: str
    data: bytes
    articles: list[Label]
    encoding: str = "utf-8"

    def to_dict(self) -> dict[str, Any]:
        """Return the label file's entry for this file."""
        return {
            "file": self.name,
            "kind": self.kind,
            "system": self.system,
            "encoding": self.encoding,
            "articles": [
                {name: getattr(label, name) for name in Label.__slots__} for label in self.articles
            ],
        }


def as_precise(moment: str | None, precision: str) -> str | None:
    """Return a time as a file states it: "instant" (with zone), "minute", "day", "month", "none".

    >>> as_precise("2021-03-16T21:42:00-04:00", "minute"), as_precise("2021-03-16", "instant")
    ('2021-03-16T21:42', '2021-03-16')
    """
    if moment is None or precision in ("none", "year"):
        return None
    return moment[: {"instant": None, "minute": 16, "day": 10, "month": 7}[precision]]
