"""A conversation as Markdown, in which nothing but our own marks is Markdown.

What articles and people wrote is escaped, so that a reader of CommonMark shows it as it was: no
link, no heading, no HTML comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from qa.interfaces.kept.conversation_records import Conversation
from qa.interfaces.kept.export_words import Finding, Quote, ToldTurn, moment_in_words, told
from qa.interfaces.strings import say

# Only where it could mean something, so that the file is a pleasure to read as it is.
_MEANS_SOMETHING = re.compile(r"[\\`*_{}\[\]<>&#|~$^@]|:(?=/)|(?<=www)\.")
_BEGINS_A_BLOCK = re.compile(r"\A(\d{1,9}(?=[.)])|(?=[-+=:]))")
_EDGES = re.compile(r"\A\s+|\s+\Z")
_UNPRINTABLE = re.compile(r"[\t\r]")


def as_markdown(conversation: Conversation, *, language: str, exported_at: datetime) -> str:
    """Return a conversation with all that was cited, as CommonMark."""
    made = say(language, "export_made", date=moment_in_words(exported_at))
    blocks = [f"# {_inline(conversation.title)}", f"*{_inline(made)}*"]
    if not conversation.turns:
        blocks.append(_inline(say(language, "export_empty")))
    for number, record in enumerate(conversation.turns, 1):
        blocks += _turn(number, told(record, language), language)
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""Return text, of which each line begins a line of Markdown, as Markdown that shows it.

    Line breaks are kept, as are blanks at the edges of lines.

    >>> print(escape("# 1 *b* <i>\n  2. x"))
    \# 1 \*b\* \<i\>\
    &#32;&#32;2. x
    """
    body = text.rstrip("\n")
    last = "&#10;" * (len(text) - len(body))  # at the end, a backslash would break no line
    return "\\\n".join(_line(line) for line in body.split("\n")) + last


def _line(line: str) -> str:
    line = line.replace("\0", "\ufffd")
    escaped = _BEGINS_A_BLOCK.sub(r"\1\\", _MEANS_SOMETHING.sub(r"\\\g<0>", line))
    return _UNPRINTABLE.sub(_references, _EDGES.sub(_references, escaped))


def _references(found: re.Match[str]) -> str:
    """Blanks as references: as they are, they would be dropped or make a block of code."""
    return "".join(f"&#{ord(character)};" for character in found[0])


def _inline(text: str) -> str:
    return escape(" ".join(text.split()))


def _turn(number: int, turn: ToldTurn, language: str) -> Iterator[str]:
    yield f"## {number}. {_inline(turn.asked)}"
    for remark in turn.remarks:
        yield _inline(remark)
    if turn.verdict is not None:
        yield f"**{_inline(turn.verdict)}**"
    if turn.answer is not None:
        yield f"**{_inline(say(language, 'export_answer', text=turn.answer.text))}**"
        yield from _finding(turn.answer)
    if turn.label is not None:
        yield f"### {_inline(turn.label)}"
    for other in turn.others:
        yield from _finding(other)


def _finding(finding: Finding) -> Iterator[str]:
    for quote in finding.quotes:
        yield _quoted(quote)
        yield f"— {_inline(quote.origin)}\\\n{_inline(quote.where)}"
    yield _inline(finding.confidence)


def _quoted(quote: Quote) -> str:
    escaped = escape(quote.before + quote.answer + quote.after)
    return "> " + escaped.replace("\n", "\n> ")
