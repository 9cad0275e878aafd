"""Answers as HTML: the only Python here that writes markup; pure functions.

A card goes through the Chatbot, which reads Markdown first and sanitises after. So each card is one
line that starts with a block tag (Markdown then leaves it alone), and all data goes through
`inert.escape`: whatever an article says is shown, never obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from corpus import Article, Span
from qa.changes import is_over_time
from qa.interfaces.inert import escape, escape_name
from qa.interfaces.strings import say
from qa.render import UNSURE_FROM
from qa.types import Answer, Citation, Timeframe

WELL_SUPPORTED_FROM = 0.8
LIKELY_FROM = 0.5

MAX_LISTED = 4


def citation_hash(citation: Citation) -> str:
    """Return the fragment that opens `citation` in the source pane; to be read from the right."""
    span, answer = citation.span, citation.highlight
    article = quote(citation.article_id, safe="")
    version = f".{citation.version}" if citation.version else ""
    return f"#c={article}.{span.start}-{span.end}.{answer.start}-{answer.end}{version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a card needs to know beside its answer.

    `asked` is the question as typed, `searched` says in words in what, `card_id` names a card that
    is kept.
    """

    asked: str
    searched: str
    language: str = "en"
    card_id: str | None = None
    numbers: dict[tuple[str, Span], int] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """Return a string of the page as inert HTML."""
        return escape(say(self.language, f"card_{key}", **values))


def answer_card(answer: Answer, frame: Frame) -> str:
    """Return the card of an answer."""
    head = _understood(answer.question, frame) + _timeframe(answer, frame)
    if answer.text is None:
        return _card("none", head + _not_found(answer, frame), frame.card_id)
    quotes = "".join(_quote(group, frame) for group in _carriers(answer.citations))
    sources = _sources(answer.citations, frame)
    others = _others(answer.alternatives, frame)
    foot = f'<p class="foot">{_confidence(answer.confidence, frame)} {_searched(frame)}</p>'
    return _card("", head + quotes + sources + others + foot, frame.card_id)


def question(asked: str) -> str:
    """Return a question as it is shown above its card."""
    return f'<p class="asked" dir="auto">{escape(asked)}</p>'


def pending_card(text: str, articles: Sequence[Article] = (), *, language: str = "en") -> str:
    """Return what stands in an answer's place: what is done now, and in which articles."""
    listed = "".join(map(_read, articles[:MAX_LISTED]))
    more = len(articles) - MAX_LISTED
    if more > 0:
        listed += f"<li>{escape(say(language, 'card_more_articles', count=more))}</li>"
    reading = f'<ul class="reading">{listed}</ul>' if listed else ""
    return _card("pending", f'<p class="status">{escape(text)}</p>{reading}')


def notice_card(text: str, card_id: str | None = None) -> str:
    """Return a card that says why there is no answer: `text` is a whole sentence for a reader."""
    return _card("notice", f'<p class="status">{escape(text)}</p>', card_id)


def _card(kind: str, content: str, card_id: str | None = None) -> str:
    name = f' id="{escape_name(card_id)}"' if card_id else ""
    return f'<div class="{f"card {kind}".strip()}"{name}>{content}</div>'


def _understood(understood: str, frame: Frame) -> str:
    if _plain(understood) == _plain(frame.asked):
        return ""
    edit = f'<a class="edit" href="#edit">{frame.say("edit")}</a>'
    quoted = f'<q dir="auto">{escape(understood)}</q>'
    return f'<p class="understood">{frame.say("understood")} {quoted} {edit}</p>'


def _plain(question: str) -> str:
    return " ".join(question.split()).casefold().rstrip(" ?.!")


def _timeframe(answer: Answer, frame: Frame) -> str:
    if answer.timeframe:
        chip = (
            f'<a class="period" href="#any-time"><span class="unseen">{frame.say("any_time")} '
            f"</span>{_days(answer.timeframe)}</a>"
        )
        return f'<p class="narrowed">{frame.say("within")} {chip}</p>'
    if answer.outside:
        return f'<p class="narrowed">{frame.say("outside")} {_days(answer.outside)}</p>'
    return ""


def _days(timeframe: Timeframe) -> str:
    """Return the phrase of a question and the days that it means; the script words these."""
    days = [
        f'<time datetime="{day.isoformat()}">{day.isoformat()}</time>' if day else "…"
        for day in dict.fromkeys((timeframe.since, timeframe.until))
    ]
    return f'<span class="phrase">{escape(timeframe.phrase)}</span> ({" – ".join(days)})'


def _not_found(answer: Answer, frame: Frame) -> str:
    near = bool(answer.alternatives)
    verdict, how = "nothing", "closest_no_answer"
    if is_over_time(answer):
        verdict, how = "over_time", "closest_over_time"
    elif near and answer.confidence >= UNSURE_FROM:
        verdict, how = "unsure", "closest"
    head = f'<p class="nothing">{frame.say(verdict)}</p>'
    foot = f'<p class="foot">{_searched(frame)}</p>'
    if not near:
        return f'{head}<p class="status">{frame.say("nothing_close")}</p>{foot}'
    label = f'<p class="label">{frame.say(how)}</p>'
    others = "".join(_other(alternative, frame) for alternative in answer.alternatives)
    return head + label + others + foot


def _others(alternatives: Sequence[Answer], frame: Frame) -> str:
    if not alternatives:
        return ""
    summary = frame.say("others", count=len(alternatives))
    others = "".join(_other(alternative, frame) for alternative in alternatives)
    return f'<details class="more"><summary>{summary}</summary>{others}</details>'


def _other(answer: Answer, frame: Frame) -> str:
    quotes = "".join(_quote(group, frame) for group in _carriers(answer.citations))
    return f'<div class="other">{quotes}{_sources(answer.citations, frame)}</div>'


def _carriers(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Put together the citations that carry the very same sentence and answer."""
    groups: dict[tuple[str, int, int], list[Citation]] = {}
    for citation in citations:
        answer = citation.highlight.shift(-citation.span.start)
        groups.setdefault((citation.text, answer.start, answer.end), []).append(citation)
    return list(groups.values())


def _quote(carriers: Sequence[Citation], frame: Frame) -> str:
    first = carriers[0]
    answer = first.highlight.shift(-first.span.start)
    before, after = escape(first.text[: answer.start]), escape(first.text[answer.end :])
    said = f'{before}<em class="answer">{escape(answer.of(first.text))}</em>{after}'
    kind = "said whole" if first.highlight == first.span else "said"
    chips = "".join(_chip(citation, frame) for citation in carriers)
    return (
        f'<blockquote class="quote" dir="auto"><span class="{kind}">{said}</span>{chips}'
        "</blockquote>"
    )


def _chip(citation: Citation, frame: Frame) -> str:
    key = (citation.article_id, citation.span)
    number = frame.numbers.setdefault(key, len(frame.numbers) + 1)
    name = f'<span class="unseen">{frame.say("source")} </span>'
    return f'<a class="chip" href="{citation_hash(citation)}">{name}{number}</a>'


def _sources(citations: Iterable[Citation], frame: Frame) -> str:
    articles: dict[str, list[Citation]] = {}
    for citation in citations:
        articles.setdefault(citation.article_id, []).append(citation)
    items = "".join(map(partial(_source, frame=frame), articles.values()))
    return f'<ul class="sources">{items}</ul>'


def _source(quoted: Sequence[Citation], frame: Frame) -> str:
    chips = "".join(_chip(citation, frame) for citation in quoted)
    return f'<li><span class="chips">{chips}</span> {_origin(quoted[0])}</li>'


def _read(article: Article) -> str:
    return f"<li>{_origin(article)}</li>"


def _origin(of: Citation | Article) -> str:
    parts = [f'<cite class="title">{escape(of.title)}</cite>']
    if of.outlet:
        parts.insert(0, f'<span class="outlet">{escape(of.outlet)}</span>')
    if of.published:
        date = escape(of.published)
        parts.append(f'<time datetime="{date}">{escape(of.published[:10])}</time>')
    return f'<span class="source">{" ".join(parts)}</span>'


def _confidence(confidence: float, frame: Frame) -> str:
    """Return the confidence in words; its number is shown to who points at them."""
    if confidence >= WELL_SUPPORTED_FROM:
        level = "high"
    elif confidence >= LIKELY_FROM:
        level = "middle"
    else:
        level = "low"
    words = (
        f'<span class="confidence {level}" tabindex="0">{frame.say(f"confidence_{level}")}</span>'
    )
    percent = frame.say("percent", percent=round(confidence * 100))
    return f'{words} <span class="percent">{percent}</span>'


def _searched(frame: Frame) -> str:
    return f'<span class="searched">{frame.say("searched", what=frame.searched)}</span>'
