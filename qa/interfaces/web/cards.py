"""Answers as HTML: the only Python here that writes markup; pure functions.

A card goes through the Chatbot, which reads Markdown first and sanitises after. So each card is one
line that starts with a block tag (Markdown then leaves it alone), and every ASCII character of data
that is not a letter, a digit or a space becomes a character reference: whatever an article says is
shown, never obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from corpus import Span
from qa.render import UNSURE_FROM, verdict
from qa.types import Answer, Citation

WELL_SUPPORTED_FROM = 0.8
LIKELY_FROM = 0.5

# Embeddings, overrides and isolates can make a quotation read differently from what it says.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SURROGATES = range(0xD800, 0xE000)

_Numbers = dict[tuple[str, Span], int]


def escape(text: str) -> str:
    r"""Return `text` as inert HTML whose text content is `text` again.

    NUL and lone surrogates, which no page can hold, become U+FFFD. Controls of writing direction
    are each wrapped in an element of their own, where they turn nothing around. A line break is
    kept in the text but shown as a space.

    >>> escape("<b>")
    '&#60;b&#62;'
    """
    return "".join(map(_escape_character, text))


def _escape_character(character: str) -> str:
    code = ord(character)
    if code == 0 or code in _SURROGATES:
        return "\ufffd"
    if character in _BIDI_CONTROLS:
        return f'<bdi class="turn">{character}</bdi>'
    if character == "\n":
        return '<span class="newline">&#10;</span>'
    if code > 127 or character.isalnum() or character == " ":
        return character
    return f"&#{code};"


def citation_hash(citation: Citation) -> str:
    """Return the fragment that opens `citation` in the source pane; to be read from the right."""
    span, answer = citation.span, citation.highlight
    article = quote(citation.article_id, safe="")
    version = f".{citation.version}" if citation.version else ""
    return f"#c={article}.{span.start}-{span.end}.{answer.start}-{answer.end}{version}"


def answer_card(answer: Answer, *, asked: str, searched: str) -> str:
    """Return the card of `answer`; `asked` is what was typed, `searched` says in what."""
    numbers: _Numbers = {}
    understood = _understood(answer.question, asked)
    if answer.text is None:
        return _not_found_card(answer, understood, searched, numbers)
    quotes = "".join(_quote(group, numbers) for group in _carriers(answer.citations))
    sources = _sources(answer.citations, numbers)
    foot = f'<p class="foot">{_confidence(answer.confidence)} {_searched(searched)}</p>'
    others = _others(answer.alternatives, numbers)
    return f'<div class="card">{understood}{quotes}{sources}{others}{foot}</div>'


def question(asked: str) -> str:
    """Return a question as it is shown above its card."""
    return f'<p class="asked">{escape(asked)}</p>'


def pending_card(text: str) -> str:
    """Return what stands in an answer's place while it is being looked for."""
    return f'<div class="card pending"><p class="status">{escape(text)}</p></div>'


def notice_card(text: str) -> str:
    """Return a card that says why there is no answer: `text` is a whole sentence for a reader."""
    return f'<div class="card notice"><p class="status">{escape(text)}</p></div>'


def searched_note(articles: int, first: str | None, last: str | None) -> str:
    """Say in words what was searched; `first` and `last` are ISO 8601 dates or None.

    >>> searched_note(64, "2025-01-03", "2026-03-30")
    '64 articles, Jan 2025 – Mar 2026'
    """
    count = "1 article" if articles == 1 else f"{articles:,} articles"
    months = list(dict.fromkeys(month for month in (_month(first), _month(last)) if month))
    return ", ".join([count, " – ".join(months)]) if months else count


def _month(date: str | None) -> str | None:
    found = re.match(r"(\d{4})-(0[1-9]|1[0-2])", date or "")
    return f"{_MONTHS[int(found[2]) - 1]} {found[1]}" if found else None


def _understood(question: str, asked: str) -> str:
    if _plain(question) == _plain(asked):
        return ""
    return f'<p class="understood">As understood: <q>{escape(question)}</q></p>'


def _plain(question: str) -> str:
    return " ".join(question.split()).casefold().rstrip(" ?.!")


def _not_found_card(answer: Answer, understood: str, searched: str, numbers: _Numbers) -> str:
    head = f'<p class="nothing">{escape(verdict(answer))}</p>'
    foot = f'<p class="foot">{_searched(searched)}</p>'
    if answer.alternatives:
        but = ", but they are not an answer" if answer.confidence < UNSURE_FROM else ""
        label = f'<p class="label">These sentences come closest{but}:</p>'
        near = "".join(_other(alternative, numbers) for alternative in answer.alternatives)
    else:
        label, near = "", '<p class="status">Nothing in them comes close. Other words may help.</p>'
    return f'<div class="card none">{understood}{head}{label}{near}{foot}</div>'


def _others(alternatives: Sequence[Answer], numbers: _Numbers) -> str:
    if not alternatives:
        return ""
    count = len(alternatives)
    summary = "1 other sentence" if count == 1 else f"{count} other sentences"
    others = "".join(_other(alternative, numbers) for alternative in alternatives)
    return f'<details class="more"><summary>{summary}</summary>{others}</details>'


def _other(answer: Answer, numbers: _Numbers) -> str:
    quotes = "".join(_quote(group, numbers) for group in _carriers(answer.citations))
    return f'<div class="other">{quotes}{_sources(answer.citations, numbers)}</div>'


def _carriers(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Put together the citations that carry the very same sentence and answer."""
    groups: dict[tuple[str, int, int], list[Citation]] = {}
    for citation in citations:
        answer = citation.highlight.shift(-citation.span.start)
        groups.setdefault((citation.text, answer.start, answer.end), []).append(citation)
    return list(groups.values())


def _quote(carriers: Sequence[Citation], numbers: _Numbers) -> str:
    first = carriers[0]
    answer = first.highlight.shift(-first.span.start)
    before, after = escape(first.text[: answer.start]), escape(first.text[answer.end :])
    said = f'{before}<em class="answer">{escape(answer.of(first.text))}</em>{after}'
    kind = "said whole" if first.highlight == first.span else "said"
    chips = "".join(_chip(citation, numbers) for citation in carriers)
    return f'<blockquote class="quote"><span class="{kind}">{said}</span>{chips}</blockquote>'


def _chip(citation: Citation, numbers: _Numbers) -> str:
    number = numbers.setdefault((citation.article_id, citation.span), len(numbers) + 1)
    name = '<span class="unseen">Source </span>'
    return f'<a class="chip" href="{citation_hash(citation)}">{name}{number}</a>'


def _sources(citations: Iterable[Citation], numbers: _Numbers) -> str:
    articles: dict[str, list[Citation]] = {}
    for citation in citations:
        articles.setdefault(citation.article_id, []).append(citation)
    items = "".join(_source(quoted, numbers) for quoted in articles.values())
    return f'<ul class="sources">{items}</ul>'


def _source(quoted: Sequence[Citation], numbers: _Numbers) -> str:
    first = quoted[0]
    chips = "".join(_chip(citation, numbers) for citation in quoted)
    parts = [f'<cite class="title">{escape(first.title)}</cite>']
    if first.outlet:
        parts.insert(0, f'<span class="outlet">{escape(first.outlet)}</span>')
    if first.published:
        date = escape(first.published)
        parts.append(f'<time datetime="{date}">{escape(first.published[:10])}</time>')
    return (
        f'<li><span class="chips">{chips}</span> <span class="source">{" ".join(parts)}</span></li>'
    )


def _confidence(confidence: float) -> str:
    percent = f"{round(confidence * 100)}%"
    if confidence >= WELL_SUPPORTED_FROM:
        word, level = "Well supported", "high"
    elif confidence >= LIKELY_FROM:
        word, level = "Likely", "middle"
    else:
        word, level = "Uncertain", "low"
    return f'<span class="confidence {level}">{word}</span> <span class="percent">{percent}</span>'


def _searched(searched: str) -> str:
    return f'<span class="searched">Searched {escape(searched)}</span>'
