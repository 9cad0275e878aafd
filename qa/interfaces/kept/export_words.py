"""What an export says of a turn and of a citation, before it is written in any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qa.interfaces.kept.conversation_records import TurnRecord
from qa.interfaces.strings import say
from qa.render import UNSURE_FROM

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A cited sentence in three pieces, which together are its exact text; `answer` may be empty.

    `origin` names the publication, `where` the article, its version and the offsets.
    """

    before: str
    answer: str
    after: str
    origin: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer, or one of the closest sentences: its quotes, and how sure it was."""

    text: str
    confidence: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTurn:
    """A turn in words. `label` names what `others` are; `remarks` stand below the question."""

    asked: str
    remarks: tuple[str, ...]
    verdict: str | None
    answer: Finding | None
    label: str | None
    others: tuple[Finding, ...]


def told(record: TurnRecord, language: str) -> ToldTurn:
    """Return a turn in the words of a language."""
    answer = record.answer or {}
    others = tuple(_finding(other, language) for other in answer.get("alternatives", ()))
    answered = answer.get("text") is not None
    return ToldTurn(
        asked=record.asked,
        remarks=tuple(_remarks(record, answer, language)),
        verdict=None if answered else _verdict(record, answer, language),
        answer=_finding(answer, language) if answered else None,
        label=_label(answer, len(others), answered, language) if others else None,
        others=others,
    )


def moment_in_words(time: datetime) -> str:
    """Return a time as people and programs read it alike.

    >>> moment_in_words(datetime(2026, 3, 1, 14, 5))
    '2026-03-01, 14:05'
    """
    return f"{time:%Y-%m-%d, %H:%M}"


def _remarks(record: TurnRecord, answer: Fields, language: str) -> list[str]:
    remarks = []
    understood = answer.get("question", record.asked)
    if _plain(understood) != _plain(record.asked):
        remarks.append(f"{say(language, 'card_understood')} {understood}")
    try:
        time = moment_in_words(datetime.fromisoformat(record.asked_at))
        remarks.append(say(language, "export_asked", time=time))
    except ValueError:
        pass  # a turn that was damaged on the disk
    if record.searched:
        remarks.append(say(language, "card_searched", what=record.searched))
    return remarks


def _plain(question: str) -> str:
    return " ".join(question.split()).casefold().rstrip(" ?.!")


def _verdict(record: TurnRecord, answer: Fields, language: str) -> str:
    if not answer:
        return record.notice or say(language, "export_nothing_kept")
    if answer.get("timeframe") and answer["alternatives"]:
        return say(language, "card_over_time")
    unsure = answer["confidence"] >= UNSURE_FROM and answer["alternatives"]
    return say(language, "card_unsure" if unsure else "card_nothing")


def _label(answer: Fields, count: int, answered: bool, language: str) -> str:
    if answered:
        return say(language, "card_others", count=count)
    if answer.get("timeframe"):
        return say(language, "card_closest_over_time")
    unsure = answer["confidence"] >= UNSURE_FROM
    return say(language, "card_closest" if unsure else "card_closest_no_answer")


def _finding(answer: Fields, language: str) -> Finding:
    percent = str(round(100 * answer["confidence"]))
    return Finding(
        text=answer["text"],
        confidence=say(language, "export_confidence", percent=percent),
        quotes=tuple(_quote(citation, language) for citation in answer["citations"]),
    )


def _quote(citation: Fields, language: str) -> Quote:
    text, at = citation["text"], citation["start"]
    first, last = (citation["highlight"][edge] - at for edge in ("start", "end"))
    return Quote(
        before=text[:first],
        answer=text[first:last],
        after=text[last:],
        origin=_origin(citation, language),
        where=_where(citation, language),
    )


def _origin(citation: Fields, language: str) -> str:
    published = citation["published"] or say(language, "export_undated")
    title = f"“{citation['title']}”" if citation["title"] else None
    facts = [citation["outlet"], title, published]
    return ", ".join(" ".join(fact.split()) for fact in facts if fact)


def _where(citation: Fields, language: str) -> str:
    highlight = citation["highlight"]
    return say(
        language,
        "export_where",
        article=citation["article_id"],
        version=citation.get("version") or say(language, "export_unversioned"),
        # As text: a number that counts characters is looked up, so it is not grouped.
        start=str(citation["start"]),
        end=str(citation["end"]),
        first=str(highlight["start"]),
        last=str(highlight["end"]),
        source=citation["source"],
    )
