"""The assistant: everything a question and an index need, behind one object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from corpus import Article, ArticleFilter, ArticleNotFound, ArticleSummary, Copy
from embeddings import Encoder
from qa.answers import compose_answer
from qa.conversation import standalone_question
from qa.reader import Reader, load_reader, read_within
from qa.retriever import Retriever, checked_question
from qa.settings import Settings
from qa.types import Answer, AnswerSpan


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
        self, question: str, *, history: Sequence[str] = (), only: ArticleFilter | None = None
    ) -> Answer:
        """Answer a question with exact sentences of the articles.

        Args:
            question: In plain words.
            history: Earlier questions of the conversation, oldest first; a question that leans on
                them is completed from them.
            only: The articles to answer from, if not all.

        Returns:
            An answer; its `text` is None where the articles do not say.

        Raises:
            InvalidQuestion: empty, too long, or not text.
        """
        question = checked_question(question, self._settings.max_question_chars)
        understood = standalone_question(question, history)[: self._settings.max_question_chars]
        store = self._retriever.index.store
        answer = self._answer(understood, only)
        # Where the folder was restored just now, the numbers of passages mean others.
        return answer if self._retriever.index.store is store else self._answer(understood, only)

    def _answer(self, question: str, only: ArticleFilter | None) -> Answer:
        hits = self._retriever.retrieve(question, self._settings.passages_to_read, only=only)
        # The versions that the passages were cut from: offsets mean nothing in any other.
        articles = self._retriever.index.store.articles_of([hit.passage.id for hit in hits])
        hits = [hit for hit in hits if hit.passage.article_id in articles]

        def answer_from(spans: Sequence[AnswerSpan], read: int) -> Answer:
            return compose_answer(
                question,
                hits[:read],
                spans,
                articles,
                calibration=self._reader.calibration,
                settings=self._settings,
            )

        def is_sure(spans: Sequence[AnswerSpan], read: int) -> bool:
            answer = answer_from(spans, read)
            return answer.text is not None and answer.confidence >= self._settings.sure_from

        spans, read = read_within(
            self._reader,
            question,
            [hit.passage for hit in hits],
            self._settings.reading_seconds,
            enough=is_sure,
        )
        return replace(answer_from(spans, read), passages_found=len(hits))

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
