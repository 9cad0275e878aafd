"""A conversation to take along: as Markdown, as HTML, or as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from qa.interfaces.kept.conversation_records import Conversation, TurnRecord
from qa.interfaces.kept.export_html import as_html
from qa.interfaces.kept.export_markdown import as_markdown

__all__ = ["FORMATS", "Writer", "as_html", "as_json", "as_markdown"]


class Writer(Protocol):
    """Writes a conversation in one format; pure."""

    def __call__(  # noqa: D102
        self, conversation: Conversation, *, language: str, exported_at: datetime
    ) -> str: ...


def as_json(conversation: Conversation, *, language: str = "en", exported_at: datetime) -> str:
    """Return a conversation as JSON; the same in every `language`.

    A turn that was answered has `other_answers`, one that was not has `closest_sentences`, which
    are no answers. Offsets are half-open ranges of code points of the article's text.
    """
    written = {
        "format": "pullquote conversation",
        "version": 1,
        "title": conversation.title,
        "exported": exported_at.isoformat(timespec="seconds"),
        "offset_unit": "codepoint",
        "turns": [_turn(number, record) for number, record in enumerate(conversation.turns, 1)],
    }
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def _turn(number: int, record: TurnRecord) -> dict[str, Any]:
    answer = record.answer or {}
    answered = answer.get("text") is not None
    others = [_answer(other) for other in answer.get("alternatives", ())]
    return {
        "number": number,
        "asked": record.asked,
        "asked_at": record.asked_at,
        "understood": answer.get("question"),
        "scope": record.scope,
        "searched": record.searched,
        "notice": record.notice,
        "answered": answered,
        **_answer(answer),
        "other_answers" if answered else "closest_sentences": others,
    }


def _answer(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return answer, confidence and citations; a citation is as the answer contract has it."""
    return {
        "answer": answer.get("text"),
        "confidence": answer.get("confidence"),
        "citations": answer.get("citations", []),
    }


FORMATS: dict[str, tuple[str, Writer]] = {
    "md": ("text/markdown; charset=utf-8", as_markdown),
    "html": ("text/html; charset=utf-8", as_html),
    "json": ("application/json", as_json),
}
"""Media type and writer by the ending of the file."""
