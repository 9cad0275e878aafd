"""An article that somebody passed on: quoted in a mail, or forwarded in a chat."""

from __future__ import annotations

import re

from corpus.furniture.lines import Line
from corpus.types import Mark, Span

MESSAGE = "message around the article"
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_FEWEST_QUOTED, _QUOTED_SHARE = 4, 0.6
_WROTE = re.compile(r".{4,120}<[^\s<>@]+@[^\s<>@]+>.{0,20}[:：]\Z")
_CHAT = re.compile(
    r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?\]?"
    r"(?: [-–—])? ?(?P<who>[^:\n]{1,40}): ?(?P<said>.*)\Z",
    re.I,
)
_FORWARDED = re.compile(
    r"(?:forwarded (?:from|message)|weitergeleitet(?:e nachricht)?|transféré|reenviado|inoltrato"
    r"|encaminhad[ao]|doorgestuurd|переслано|轉寄自|转发自)\b.{0,80}\Z",
    re.I,
)
_MOST_CHAT_WORDS = 20


def quote_signs(lines: list[Line]) -> list[Mark]:
    """Take the ">" off the lines of a text that is mostly quoted, and mark what is not quoted.

    Returns:
        Marks for the signs. A text in which few lines are quoted is left as it is.
    """
    signs = [(line, sign.end()) for line in lines if (sign := _QUOTE.match(line.text))]
    if len(signs) < max(_FEWEST_QUOTED, _QUOTED_SHARE * len(lines)):
        return []
    quoted = {id(line) for line, _ in signs}
    for line in lines:
        if id(line) not in quoted:
            line.reason = MESSAGE
    return [Mark(Span(line.span.start, line.span.start + n), "quote sign") for line, n in signs]


def without_sign(line: Line) -> Span | None:
    """Return where a quoted line stands without its ">"; None if nothing else is on it."""
    sign = _QUOTE.match(line.text)
    start = line.span.start + (sign.end() if sign else 0)
    return Span(start, line.span.end) if start < line.span.end else None


def mark_messages(lines: list[Line]) -> None:
    """Mark lines of a chat with their time and sender, "Forwarded from", "On … Jane wrote:"."""
    for line in lines:
        if line.reason is not None or len(line.text) > 300:
            continue
        chat = _CHAT.match(line.text)
        is_chat = chat is not None and len(chat["said"].split()) <= _MOST_CHAT_WORDS
        if is_chat or _WROTE.match(line.text) or _FORWARDED.match(line.text):
            line.reason = MESSAGE
