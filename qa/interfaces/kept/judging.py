"""Is this a judgement that can be kept? Reads what the page sent, against what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from corpus import Article, ArticleNotFound, Span
from qa.interfaces.kept.conversation_records import TurnRecord, read_turn_id
from qa.interfaces.kept.feedback import VERDICTS, Judgement, MarkedSentence

MAX_SENTENCE_CHARS = 2_000
MAX_VERSION_CHARS = 64


class Articles(Protocol):
    """The part of `qa.assistant.Assistant` that judging needs."""

    def article(self, article_id: str, *, version: str | None = None) -> Article: ...  # noqa: D102


class UnfitJudgement(ValueError):
    """What was sent is no judgement; the message says why, to whoever sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What the page sent, of the right types and no more: nothing is looked up yet."""

    turn: str
    conversation: str
    n: int
    verdict: str
    sentence: Mapping[str, Any] | None


def read_judging(sent: object) -> Judging:
    """Read the JSON body of a judgement.

    Raises:
        UnfitJudgement: it is none.
    """
    if not isinstance(sent, dict):
        raise UnfitJudgement('Send a JSON object: {"turn", "verdict", "sentence"}.')
    turn, verdict, sentence = (sent.get(name) for name in ("turn", "verdict", "sentence"))
    place = read_turn_id(turn) if isinstance(turn, str) else None
    if place is None:
        raise UnfitJudgement("“turn” is not the id of a turn on the page.")
    if verdict not in VERDICTS:
        raise UnfitJudgement(f"“verdict” must be one of: {', '.join(VERDICTS)}.")
    if sentence is not None and (not isinstance(sentence, dict) or verdict == "right"):
        raise UnfitJudgement("“sentence” may be an object, where the answer was not right.")
    return Judging(
        turn=str(turn), conversation=place[0], n=place[1], verdict=verdict, sentence=sentence
    )


def judgement_of(judging: Judging, record: TurnRecord, articles: Articles) -> Judgement:
    """Return the row to keep: all it says of question, answer and articles is the server's own.

    Raises:
        UnfitJudgement: the turn has no answer, or the sentence is not in the article.
        StoreError: the articles cannot be read just now.
    """
    answer = record.answer
    if answer is None:
        raise UnfitJudgement("This turn has no answer that could be right or wrong.")
    return Judgement(
        turn=judging.turn,
        verdict=judging.verdict,
        asked=record.asked,
        understood=answer.get("question", record.asked),
        answered=answer.get("text") is not None,
        citation=_judged(answer),
        sentence=None if judging.sentence is None else _marked(judging.sentence, articles),
        given_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _judged(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    for one in (answer, *answer.get("alternatives", ())):
        for citation in one.get("citations", ()):
            found: Mapping[str, Any] = citation
            return found
    return None


def _marked(given: Mapping[str, Any], articles: Articles) -> MarkedSentence:
    """Return the sentence at the place that was given, in the words of the article."""
    article = _article(given, articles)
    start, end = given.get("start"), given.get("end")
    # type(): True and False are integers to isinstance.
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(article.text):
        raise UnfitJudgement(f"“start” and “end” must lie within 0 and {len(article.text)}.")
    span = Span(start, end).trimmed(article.text)
    if span is None or span.end - span.start > MAX_SENTENCE_CHARS:
        raise UnfitJudgement(f"Mark words, and at most {MAX_SENTENCE_CHARS:,} characters of them.")
    return MarkedSentence(
        article_id=article.id,
        version=article.version,
        start=span.start,
        end=span.end,
        text=span.of(article.text),
    )


def _article(given: Mapping[str, Any], articles: Articles) -> Article:
    article_id, version = given.get("article_id"), given.get("version")
    if not isinstance(article_id, str) or not isinstance(version, str | None):
        raise UnfitJudgement("“sentence” needs the text “article_id”, and “version” as text.")
    try:
        return articles.article(article_id, version=(version or "")[:MAX_VERSION_CHARS] or None)
    except ArticleNotFound:
        raise UnfitJudgement("There is no such article, or no such version of it.") from None
