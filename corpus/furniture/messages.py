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
    r"(?:forwarded (?:from|message)|weitergeleitete nachricht|weitergeleitet von"
    r"|transféré (?:de|par)|reenviado (?:de|por)|inoltrato da|encaminhad[ao] (?:de|por)"
    r"|doorgestuurd (?:van|door)|переслано от|轉寄自|转发自)\b.{0,80}\Z",
    re.I,
)
_MOST_CHAT_WORDS, _MOST_WORDS_AROUND = 20, 20


def quote_signs(lines: list[Line]) -> list[Mark]:
    """Take the ">" off the lines of a text that is mostly quoted, and mark what is not quoted.

    Returns:
        Marks for the signs. A text in which few lines are quoted is left as it is.
    """
    signs = [(line, sign.end()) for line in lines if (sign := _QUOTE.match(line.text))]
    if len(signs) < max(_FEWEST_QUOTED, _QUOTED_SHARE * len(lines)):
        return []
    quoted = {id(line) for line, _ in signs}
    at = [index for index, line in enumerate(lines) if id(line) in quoted]
    above, below = lines[: at[0]], lines[at[-1] + 1 :]
    # "Jane wrote:" above one stretch; else a headline may stand above answers, questions between.
    is_mail = bool(above) and above[-1].text.endswith((":", "："))
    for line in (*above, *below) if is_mail and len(at) == at[-1] - at[0] + 1 else ():
        if line.n_words <= _MOST_WORDS_AROUND:
            line.reason = MESSAGE
    return [Mark(Span(line.span.start, line.span.start + n), "quote sign") for line, n in signs]


def without_sign(line: Line) -> Span | None:
    """Return where a quoted line stands without its ">"; None if nothing else is on it."""
    sign = _QUOTE.match(line.text)
    start = line.span.start + (sign.end() if sign else 0)
    return Span(start, line.span.end) if start < line.span.end else None


def mark_messages(lines: list[Line]) -> None:
    """Mark lines of a chat with their time and sender, "Forwarded from", "On … Jane wrote:".

    They stand above the first sentence or, those of a chat, below the last. A statement behind a
    time and a name is an entry of a live page, unless the time is in brackets, as chats have it.
    """
    body = [i for i, line in enumerate(lines) if line.is_body and not _is_chat(line)]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    for index, line in enumerate(lines):
        if line.reason is not None or len(line.text) > 300:
            continue
        is_above = index < first and not line.ends_as_statement
        is_head = is_above and _FORWARDED.match(line.text) is not None
        is_outer = bool(body) and not first <= index <= last
        if is_head or (is_outer and _is_chat(line)) or _WROTE.match(line.text):
            line.reason = MESSAGE


def _is_chat(line: Line) -> bool:
    match = _CHAT.match(line.text) if len(line.text) <= 300 else None
    if match is None or len(match["said"].split()) > _MOST_CHAT_WORDS:
        return False
    return line.text.startswith("[") or not line.ends_as_statement
