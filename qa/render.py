"""Answers as plain text for a terminal; marks only where the caller gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from qa.changes import is_over_time
from qa.types import Answer, Citation

Mark = Callable[[str], str]

_QUOTATION_MARKS = "\"'“‘„«"
"""A sentence that begins with one gets no second one around it."""

UNSURE_FROM = 0.2
"""From this confidence on, too little for an answer, the closest sentence may still be one."""


def render_text(answer: Answer, *, mark: Mark = str, quiet: Mark = str) -> str:
    """Render an answer as lines of text.

    Args:
        answer: What `Assistant.ask` returned.
        mark: Applied to the answer's words inside their sentence (bold, say).
        quiet: Applied to what is said beside the quotes.
    """
    if answer.text is None:
        how = ", in order of time" if is_over_time(answer) else ""
        closest = [quiet(f"The closest sentences{how}:")] if answer.alternatives else []
        parts = [verdict(answer), *closest]
    else:
        parts = [_quoted(answer, mark, quiet), quiet(f"confidence {answer.confidence:.0%}")]
        parts += [quiet("Other sentences:")] if answer.alternatives else []
    parts += [_quoted(other, mark, quiet) for other in answer.alternatives]
    return "\n\n".join(parts)


def verdict(answer: Answer) -> str:
    """Return the sentence that stands where no answer was given, as sure as the confidence is."""
    if is_over_time(answer):
        return "No one sentence here says what changed."
    if answer.confidence >= UNSURE_FROM and answer.alternatives:
        return "No sentence here answers this for certain."
    return "The articles here don’t say."


def source_line(citation: Citation) -> str:
    """Return outlet, title and date of a citation in one line."""
    facts = [citation.outlet, citation.title, citation.published]
    return " · ".join(one_line(fact) for fact in facts if fact)


def source_name(source: str) -> str:
    """Return a source without the folders of this machine, which are nobody else's business.

    >>> source_name("/home/ada/news/a.html"), source_name("https://example.org/a")
    ('a.html', 'https://example.org/a')
    """
    return PurePath(source).name if PurePath(source).is_absolute() else source


def one_line(text: str) -> str:
    r"""Return text safe for one terminal line: no line breaks, no control characters.

    >>> one_line("a\n  b\x1b[31m")
    'a b[31m'
    """
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _quoted(answer: Answer, mark: Mark, quiet: Mark) -> str:
    first = answer.citations[0]
    start, end = first.highlight.start - first.span.start, first.highlight.end - first.span.start
    text = first.text
    opened, closed = ("", "") if text[0] in _QUOTATION_MARKS else ("“", "”")
    quote = f"{opened}{one_line(text[:start])}{_gap(text[:start])}{mark(one_line(text[start:end]))}"
    quote += f"{_gap(text[end:], at_end=False)}{one_line(text[end:])}{closed}"
    lines = [
        f"  — {source_line(c)} [{c.article_id} {c.span.start}:{c.span.end}]"
        for c in answer.citations
    ]
    return "\n".join([quote, *(quiet(line) for line in lines)])


def _gap(text: str, *, at_end: bool = True) -> str:
    """Return the blank that `one_line` strips at the side where two pieces meet."""
    edge = text[-1:] if at_end else text[:1]
    return " " if edge.isspace() else ""
