"""The assistant: everything a question and an index need, behind one object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from corpus import Article, ArticleNotFound, ArticleSummary, IndexNotFound
from embeddings import Encoder, load_encoder
from qa.answers import compose_answer
from qa.conversation import standalone_question
from qa.index import Index, open_for_writing
from qa.indexer import IndexReport, Keeps, Progress, add_articles, sync_articles
from qa.reader import Reader, load_reader, read_within
from qa.retriever import Retriever, checked_question
from qa.settings import Settings
from qa.types import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What an index holds. Dates are the oldest and newest published date, ISO 8601."""

    articles: int
    passages: int
    passage_sentences: int
    first_published: str | None
    last_published: str | None
    generation: int
    encoder: str | None


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

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer:
        """Answer a question with exact sentences of the articles.

        Args:
            question: In plain words.
            history: Earlier questions of the conversation, oldest first; a question that leans on
                them is completed from them.

        Returns:
            An answer; its `text` is None where the articles do not say.

        Raises:
            InvalidQuestion: empty, too long, or not text.
        """
        question = checked_question(question, self._settings.max_question_chars)
        understood = standalone_question(question, history)[: self._settings.max_question_chars]
        hits = self._retriever.retrieve(understood, self._settings.passages_to_read)
        # The versions that the passages were cut from: offsets mean nothing in any other.
        articles = self._retriever.index.store.articles_of([hit.passage.id for hit in hits])
        hits = [hit for hit in hits if hit.passage.article_id in articles]
        spans, read = read_within(
            self._reader,
            understood,
            [hit.passage for hit in hits],
            self._settings.reading_seconds,
        )
        answer = compose_answer(
            understood,
            hits[:read],
            spans,
            articles,
            calibration=self._reader.calibration,
            settings=self._settings,
        )
        return replace(answer, passages_found=len(hits))

    def ask_many(self, questions: Iterable[str]) -> list[Answer]:
        """Answer questions that have nothing to do with each other, in their order."""
        return [self.ask(question) for question in questions]

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

    def stats(self) -> Stats:
        """Return what the index holds now."""
        index = self._retriever.index
        counts = index.store.counts()
        return Stats(**counts, generation=index.store.generation(), encoder=index.encoder_name)

    def warm_up(self) -> None:
        """Load the model and the snapshot, so that the first question does not wait for them."""
        self._retriever.index.snapshot()
        self._retriever.encoder.encode_questions(["warm up"])
        self._reader.warm_up()


def index_encoder(folder: Path | str) -> Encoder:
    """Return the encoder of an index; the default one where there is none yet.

    Raises:
        StoreError, ModelError: the index or its model cannot be read.
    """
    try:
        with closing(Index.open(folder)) as index:
            return _encoder_of(index)
    except IndexNotFound:
        return load_encoder()


def _encoder_of(index: Index) -> Encoder:
    """Return the encoder that an index names; the default one if it names none yet."""
    return load_encoder(index.encoder_name)


def build_index(
    folder: Path | str,
    articles: Iterable[Article],
    *,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Add articles to an index folder, making it if need be; readers pick the change up.

    Args:
        folder: Where the index is or shall be.
        articles: New, changed or unchanged; the last one wins where an id comes twice.
        encoder: None means the index's own model, or the default model for a new one.
        settings: Other than the defaults.
        progress: Called with each article's id when it is done with.

    Raises:
        IndexLocked: another process is writing.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    with open_for_writing(folder) as index:
        chosen, settings = encoder or _encoder_of(index), settings or Settings()
        return add_articles(index, chosen, articles, settings=settings, progress=progress)


def sync_index(
    folder: Path | str,
    articles: Iterable[Article],
    *,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
    keeps: Keeps = lambda summary: False,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Make an index folder hold these articles and no others: add, replace, remove.

    Args:
        folder: Where the index is or shall be.
        articles: All that there shall be; one that fails stays as it was.
        encoder: As for `build_index`.
        settings: Other than the defaults.
        keeps: Says of an article that was not among them that it stays all the same.
        progress: Called with each article's id when it is done with.

    Raises:
        IndexLocked: another process is writing.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    with open_for_writing(folder) as index:
        chosen, settings = encoder or _encoder_of(index), settings or Settings()
        return sync_articles(
            index, chosen, articles, settings=settings, keeps=keeps, progress=progress
        )


def remove_articles(folder: Path | str, article_ids: Iterable[str]) -> list[str]:
    """Remove articles from an index folder; return the ids that were there.

    Raises:
        IndexNotFound: there is no index.
        IndexLocked: another process is writing.
    """
    Index.open(folder).close()  # writing would make a new index
    with open_for_writing(folder) as index:
        removed = index.remove(article_ids)
        if removed:
            index.publish()
    return removed
