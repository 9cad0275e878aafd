"""The assistant: everything a question and an index need, behind one object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus import (
    Article,
    ArticleFilter,
    ArticleNotFound,
    ArticleSummary,
    ArticleVersion,
    Copy,
    ListPage,
    OutletCount,
    Overview,
    Wanted,
    list_articles,
    list_outlets,
    list_versions,
    overview,
)
from embeddings import Encoder
from qa.answering import Answering, Found
from qa.reader import Reader, load_reader
from qa.retriever import Retriever, checked_question
from qa.settings import Settings
from qa.time_phrases import period_in
from qa.types import Answer

if TYPE_CHECKING:  # its patterns take a while to compile
    from qa.conversation import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
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


class Assistant:
    """Answers questions from an index in the articles' own words. Safe to use from many threads.

    Example::

        with Assistant.open("index") as assistant:
            print(assistant.ask("When will the barrier close?").text)
    """

    def __init__(self, retriever: Retriever, reader: Reader, settings: Settings) -> None:
        self._retriever = retriever
        self._reader = reader
        self._settings = settings
        self._answering = Answering(retriever, reader, settings)
        self._stats: tuple[tuple[object, ...], Stats] | None = None

    @classmethod
    def open(
        cls,
        folder: Path | str,
        *,
        encoder: Encoder | None = None,
        reader: Reader | str | None = None,
        settings: Settings | None = None,
    ) -> Self:
        """Open an index folder to ask it questions.

        Args:
            folder: An index folder (see `build_index`).
            encoder: Other than the model that the index names as its own.
            reader: Other than the one that ships: an object, or what `load_reader` takes.
            settings: Other than the defaults.

        Raises:
            StoreError: the folder holds no index that can be read.
            ModelError: the index's model is not here, or `encoder` is another model.
        """
        settings = settings or Settings()
        retriever = Retriever.open(folder, encoder=encoder, settings=settings)
        try:
            if reader is None or isinstance(reader, str):
                reader = load_reader(reader, retriever.encoder)
        except BaseException:
            retriever.close()
            raise
        return cls(retriever, reader, settings)

    def close(self) -> None:
        """Close the index."""
        self._retriever.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn | str] = (),
        only: ArticleFilter | None = None,
        any_time: bool = False,
        today: date | None = None,
        hurry: bool = False,
        found: Found = lambda hits, articles: None,
    ) -> Answer:
        """Answer a question with exact sentences of the articles.

        A question that names days ("last week", "in March 2025") is asked of the articles of these
        days first, and of all others if they give no answer: see `Answer.timeframe`.

        Args:
            question: In plain words.
            history: Earlier turns of the conversation, oldest first; a question that leans on
                them is completed from them.
            only: The articles to answer from, if not all.
            any_time: Whether to take no notice of days that the question names.
            today: What "last week" counts from, if not today.
            hurry: Whether to read only the best few passages, because others are waiting: half the
                work, and seldom another answer.
            found: Called before passages are read; once more if all dates are asked then.

        Returns:
            An answer; its `text` is None where the articles do not say.

        Raises:
            InvalidQuestion: empty, too long, or not text.
        """
        question = checked_question(question, self._settings.max_question_chars)
        from qa.conversation import understand

        understood = understand(question, history).question[: self._settings.max_question_chars]
        period = None if any_time else period_in(understood, today or date.today())
        return self._answering.answer(
            understood, only=only, period=period, hurry=hurry, found=found
        )

    def ask_many(
        self, questions: Iterable[str], *, only: ArticleFilter | None = None
    ) -> list[Answer]:
        """Answer questions that have nothing to do with each other, in their order."""
        return [self.ask(question, only=only) for question in questions]

    def article(self, article_id: str, *, version: str | None = None) -> Article:
        """Return an article, in its current version or in the one that a citation names.

        Raises:
            ArticleNotFound: no article has this id, or there is no such version of it.
        """
        article = self._retriever.index.store.article(article_id, version)
        if article is None:
            raise ArticleNotFound(
                f"no article {article_id!r} in {self._retriever.index.folder};"
                " `pullquote articles` lists them"
            )
        return article

    def articles(self) -> list[ArticleSummary]:
        """Return a summary of each article, newest first."""
        return self._retriever.index.store.summaries()

    def copies(self, article_id: str) -> list[Copy]:
        """Return the other articles that carry an article's report, by date.

        They are the same text, or one report edited; different reports of one event are none.

        Raises:
            ArticleNotFound: no article has this id.
        """
        self.article(article_id)
        return self._retriever.index.store.copies(article_id)

    def stats(self) -> Stats:
        """Return what the index holds now."""
        index = self._retriever.index
        newest = index.store.snapshots()[:1]
        known = index.store.generation(), index.store, newest
        if self._stats is None or self._stats[0] != known:
            stats = Stats(
                **index.store.counts(),
                generation=known[0],
                encoder=index.encoder_name,
                recall_at_10=newest[0].recall if newest else None,
            )
            self._stats = known, stats  # counting a large index takes seconds
        return self._stats[1]

    def is_empty(self) -> bool:
        """Say whether the index holds no articles, without counting."""
        return self._retriever.index.store.is_empty()

    def warm_up(self) -> None:
        """Load the model and the snapshot, so that the first question does not wait for them."""
        self._retriever.index.snapshot()
        self._retriever.encoder.encode_questions(["warm up"])
        self._reader.warm_up()

    def listing(self, wanted: Wanted | None = None) -> ListPage:
        """Return a page of the list of articles, searched and sorted; the newest ones by default.

        No question waits for it, however long the list is.
        """
        return list_articles(self._retriever.index.store.path, wanted or Wanted())

    def outlets(self) -> list[OutletCount]:
        """Return the outlets with their numbers of articles, those with most first."""
        return list_outlets(self._retriever.index.store.path)

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """Return all versions of an article, the current one first; none of an unknown one."""
        return list_versions(self._retriever.index.store.path, article_id)

    def overview(self) -> Overview:
        """Return what is known of the articles, in numbers."""
        return overview(self._retriever.index.store.path)

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self._retriever.index.folder

    @property
    def encoder(self) -> Encoder:
        """What encodes questions, and articles that are added, as the index was made with it."""
        return self._retriever.encoder
