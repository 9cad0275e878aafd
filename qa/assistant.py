"""The assistant: everything a question and an index need, behind one object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus import ArticleFilter
from embeddings import Encoder
from qa.answering import Answering, Found
from qa.open_index import OpenIndex
from qa.questions import checked_question
from qa.reader import Reader, load_reader
from qa.retriever import Retriever
from qa.settings import Settings
from qa.stats import Stats
from qa.time_phrases import period_in
from qa.types import Answer

if TYPE_CHECKING:  # its patterns take a while to compile
    from qa.conversation import Turn

__all__ = ["Assistant", "Stats"]


class Assistant(OpenIndex):
    """Answers questions from an index in the articles' own words. Safe to use from many threads.

    What it finds, reads, lists and changes of the articles is described at `OpenIndex`.

    Example::

        with Assistant.open("index") as assistant:
            print(assistant.ask("When will the barrier close?").text)
    """

    def __init__(self, retriever: Retriever, reader: Reader, settings: Settings) -> None:
        super().__init__(retriever, settings)
        self._reader = reader
        self._answering = Answering(retriever, reader, settings)

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

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn | str] = (),
        only: ArticleFilter | None = None,
        any_time: bool = False,
        today: date | None = None,
        waiting: int = 0,
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
            waiting: How many questions are asked just now, this one too, if the caller knows; of
                more than two, fewer passages are read for each: a fraction of the work, and mostly
                the same answer.
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
            understood, only=only, period=period, waiting=waiting, found=found
        )

    def ask_many(
        self, questions: Iterable[str], *, only: ArticleFilter | None = None
    ) -> list[Answer]:
        """Answer questions that have nothing to do with each other, in their order."""
        return [self.ask(question, only=only) for question in questions]

    def warm_up(self) -> None:
        """Load the model and the snapshot, so that the first question does not wait for them."""
        self._retriever.index.snapshot()
        self._retriever.encoder.encode_questions(["warm up"])
        self._reader.warm_up()
