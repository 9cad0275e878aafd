"""An understood question to its answer: retrieve, read until it is sure, compose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from corpus import Article, ArticleFilter, Passage
from qa.answer_span import AnswerSpan
from qa.answers import compose_answer
from qa.changes import asks_for_changes, over_time
from qa.excerpts import left_out_with, to_read
from qa.reader import Reader, read_within
from qa.retriever import Retriever
from qa.settings import Settings
from qa.time_phrases import Period, within
from qa.types import Answer, Hit, Timeframe

Found = Callable[[Sequence[Hit], Mapping[str, Article]], None]
"""Called with the passages that will be read, best first, and their articles by id."""

FEW_WAITING, SOME_WAITING = 2, 6
"""Up to so many questions at once all passages are read for each; up to so many, one group of them;
when there are more, half a group. In a crowd only the best one is read whole."""


class Answering:
    """Answers questions that stand alone. Safe to use from many threads."""

    def __init__(self, retriever: Retriever, reader: Reader, settings: Settings) -> None:
        self._retriever = retriever
        self._reader = reader
        self._settings = settings

    def answer(
        self,
        question: str,
        *,
        only: ArticleFilter | None,
        period: Period | None,
        found: Found,
        waiting: int = 0,
    ) -> Answer:
        """Answer from the articles of the days that a question names, or else from all.

        Args:
            question: As understood.
            only: The articles to answer from, if not all.
            period: The days that the question names; they never widen `only`.
            found: Called before passages are read; once more if all dates are asked then.
            waiting: How many questions are asked just now; see `_to_read`.
        """
        read = partial(self._answer, question, found=found, waiting=waiting)
        store = self._retriever.index.store
        answer = _within(question, period, only, read)
        # Where the folder was restored just now, the numbers of passages mean others.
        if self._retriever.index.store is not store:
            answer = _within(question, period, only, read)
        return answer

    def _answer(
        self, question: str, only: ArticleFilter | None, *, found: Found, waiting: int
    ) -> Answer:
        hits = self._retriever.retrieve(question, self._settings.passages_to_read, only=only)
        # The versions that the passages were cut from: offsets mean nothing in any other.
        articles = self._retriever.index.store.articles_of([hit.passage.id for hit in hits])
        hits = [hit for hit in hits if hit.passage.article_id in articles]
        if hits:
            found(hits, articles)

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

        parts = self._to_read(hits, waiting)
        spans, read = read_within(
            self._reader, question, parts, self._settings.reading_seconds, enough=is_sure
        )
        answer = answer_from(spans, read)
        more = _others_that_say(answer, hits, parts[:read]) if waiting <= FEW_WAITING else []
        if more:
            answer = answer_from([*spans, *self._reader.read(question, more)], read)
        return replace(answer, passages_found=len(hits))

    def _to_read(self, hits: Sequence[Hit], waiting: int) -> list[Passage]:
        """Return what to read while so many questions are asked: less when many are.

        Reading is nearly all the work. Of 58 answerable tuning questions the best sentence is right
        for 35 from ten passages and for 34 from four or two; one of those shown is for 46, 42 and
        39 (bench/excerpts.py).
        """
        group, whole = self._reader.passages_at_once, self._settings.passages_read_whole
        if group is None or waiting <= FEW_WAITING:
            return to_read(hits, whole=whole)
        some = group if waiting <= SOME_WAITING else max(1, group // 2)
        return to_read(hits[:some], whole=min(whole, 1))


def _others_that_say(answer: Answer, hits: Sequence[Hit], read: Sequence[Passage]) -> list[Passage]:
    """Return what other articles say in the words of the best answer, be it given or not."""
    best = next((each for each in (answer, *answer.alternatives) if each.text), None)
    if best is None or best.text is None:
        return []
    cited = {citation.article_id for citation in best.citations}
    return left_out_with(best.text, hits, read, cited=cited)


def _within(
    question: str,
    period: Period | None,
    only: ArticleFilter | None,
    answer: Callable[[ArticleFilter | None], Answer],
) -> Answer:
    """Answer within a period if that gives one, else from all that the reader lets through.

    Where neither gives one to who asks what changed, what comes closest in the period is shown.
    """
    if period is None:
        return answer(only)
    since, until = within(period, None, None) or (None, None)
    timeframe = Timeframe(phrase=period.phrase, since=since, until=until)
    narrowed = _narrowed(only, period)
    found = answer(narrowed) if narrowed else None
    if found and found.text is not None:
        return replace(found, timeframe=timeframe)
    of_all = answer(only)
    if found and found.alternatives and of_all.text is None and asks_for_changes(question):
        return over_time(found, timeframe)
    return replace(of_all, outside=timeframe)


def _narrowed(only: ArticleFilter | None, period: Period) -> ArticleFilter | None:
    """Return the filter within a period; None if no day fits both."""
    only = only or ArticleFilter()
    days = within(period, only.since, only.until)
    return replace(only, since=days[0], until=days[1]) if days else None
