"""What the API tells of articles and stories: the form of each reply."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from qa.interfaces.rest.told import Told


class ArticleRow(Told):
    """One line of the list. `copies` counts the other articles that carry the same report."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    source: str
    chars: int
    passages: int
    story_id: str
    copies: int


class ArticleList(Told):
    """A page of the list; after the last page comes the last one again."""

    articles: list[ArticleRow]
    total: int
    page: int
    pages: int


class OutletRow(Told):
    """An outlet, and how many articles it has."""

    name: str
    articles: int


class OutletList(Told):
    """All outlets, those with most articles first."""

    outlets: list[OutletRow]


class Finding(Told):
    """What deserves attention; of some kinds, with numbers."""

    kind: str
    text: str
    count: int = 0
    stories: int = 0


class UploadLimitsTold(Told):
    """What one file may hold, and the kinds of file."""

    file_bytes: int
    articles: int
    suffixes: list[str]


class LibraryTold(Told):
    """How the collection is. Dates are the oldest and newest published, `changed` is in UTC.

    `recall_at_10` is the share of the ten nearest passages that the search by meaning finds.
    """

    articles: int
    passages: int
    passage_sentences: int
    first_published: str | None
    last_published: str | None
    generation: int
    encoder: str | None
    recall_at_10: float | None
    outlets: int
    without_date: int
    without_outlet: int
    without_title: int
    old_versions: int
    stories: int
    copies: int
    changed: str | None
    bytes: int
    writable: bool
    why: str | None
    why_text: str | None
    busy: bool
    findings: list[Finding]
    limits: UploadLimitsTold


class VersionRow(Told):
    """One version of an article; `added` is a time in UTC."""

    version: str
    current: bool
    added: str


class CopyRow(Told):
    """Another article that carries the same report.

    `shared` is the part of the shorter one's prose that stands in the longer one, 0 to 1; null
    where the two are copies only by way of a third.
    """

    article_id: str
    title: str
    outlet: str | None
    published: str | None
    shared: float | None
    explanation: str | None


class ArticleTold(Told):
    """An article whole. `headings` and `marks` (page furniture) are ranges of code points."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    source: str
    text: str
    version: str
    address: str | None = Field(description="Where its publisher has it.")
    language: str | None
    authors: list[str]
    headings: list[tuple[int, int]]
    marks: list[tuple[int, int, str]]
    updated: bool = Field(description="Whether there is a newer version.")
    versions: list[VersionRow]
    copies: list[CopyRow]
    story_id: str

    # Ranges come as arrays, which are no tuples to a strict reader.
    model_config: ClassVar[ConfigDict] = ConfigDict(strict=False)


class PasteRequest(Told):
    """A text as it is, and what is to be said of it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "text": "The tidal barrier at Orme opened on Tuesday.",
                    "title": "Tidal barrier opens",
                    "outlet": "Orme Courier",
                    "published": "2031-05-06",
                }
            ]
        },
    )

    text: str = Field(min_length=1)
    title: str | None = None
    outlet: str | None = None
    published: str | None = Field(default=None, description="A day, as 2031-05-06.")


class AddedRow(Told):
    """What became of an article; it is in the index when this is said."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    status: Literal["added", "replaced", "unchanged"]


class ReadingProblem(Told):
    """What could not be read; `where` is empty for the whole."""

    where: str
    reason: str


class AddedTold(Told):
    """What became of a file or text."""

    name: str
    articles: list[AddedRow]
    warnings: list[str]
    problems: list[ReadingProblem]


class RemovedTold(Told):
    """What brings a removed article back, for ten minutes."""

    undo: str
    title: str


class UndoRequest(Told):
    """What `DELETE` has told."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="ignore", json_schema_extra={"examples": [{"undo": "vT1qXZ0yT0q2g0n5d6b7cA"}]}
    )

    undo: str


class RestoredRow(Told):
    """An article that is there again."""

    id: str
    title: str
    status: Literal["added"]


class RestoredTold(Told):
    """What was brought back."""

    articles: list[RestoredRow]


class StoryRow(Told):
    """A report that several articles carry; its id is that of the first one that was added."""

    id: str
    title: str
    articles: int
    outlets: list[str]
    first_published: str | None
    last_published: str | None


class StoryList(Told):
    """A page of the list, those with most articles first."""

    stories: list[StoryRow]
    total: int
    page: int
    pages: int


class StoryTold(StoryRow):
    """A story, and how the other articles compare with its first one."""

    copies: list[CopyRow]
