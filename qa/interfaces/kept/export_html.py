"""A conversation as one HTML document that needs nothing else, runs nothing and prints well."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime

from qa.interfaces.inert import escape
from qa.interfaces.kept.conversation_records import Conversation
from qa.interfaces.kept.export_words import Finding, Quote, ToldTurn, moment_in_words, told
from qa.interfaces.strings import say
from qa.render import one_line

_STYLE = """
:root { color-scheme: light dark;
  --paper: light-dark(#faf7f0, #171613); --ink: light-dark(#1d1b18, #ece7db);
  --quiet: light-dark(#5d574d, #b3ab9b); --rule: light-dark(#d6cfc0, #3c3931);
  --accent: light-dark(#8a1c1c, #f0a29a); --answer: light-dark(#f6d667, #6f590f); }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; font-weight: 500; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .5rem; padding-top: 1.25rem;
  border-top: 1px solid var(--rule); font-weight: 600; }
h3 { font-size: 1rem; font-style: italic; font-weight: 400; margin: 1.5rem 0 .5rem; }
p { margin: .35rem 0; }
.quiet { color: var(--quiet); font: .85rem/1.5 system-ui, sans-serif; }
.verdict { font-style: italic; font-size: 1.15rem; }
figure { margin: 1rem 0; break-inside: avoid; }
blockquote { margin: 0 0 .4rem; padding-left: 1rem; border-left: 3px solid var(--accent);
  font-size: 1.15rem; white-space: pre-wrap; }
mark { background: var(--answer); color: inherit; }
.turn::before { content: "\\21C4"; color: var(--accent); }
@media print {
  :root { color-scheme: light; }
  body { background: none; font-size: 11pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  mark { print-color-adjust: exact; }
}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


def as_html(conversation: Conversation, *, language: str, exported_at: datetime) -> str:
    """Return a conversation with all that was cited, as an HTML document.

    Text of articles and people is inert, and the text content of each blockquote is the exact
    quote. Should anything be overlooked here, the document's policy still runs and loads nothing.
    """
    made = say(language, "export_made", date=moment_in_words(exported_at))
    turns = "".join(_turn(told(record, language), language) for record in conversation.turns)
    empty = "" if turns else f"<p>{escape(say(language, 'export_empty'))}</p>"
    return (
        f'<!doctype html><html lang="{language}">{_head(conversation.title)}<body><main>'
        f'<h1 dir="auto">{escape(conversation.title)}</h1>'
        f'<p class="quiet">{escape(made)}</p>{turns}{empty}</main></body></html>\n'
    )


def _head(title: str) -> str:
    policy = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'"
    return (
        '<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="generator" content="pullquote">'
        # No element may stand in a title: `one_line` takes out what would be wrapped in one.
        f"<title>{escape(one_line(title))}</title><style>{_STYLE}</style></head>"
    )


def _turn(turn: ToldTurn, language: str) -> str:
    return "".join(["<section>", *_parts(turn, language), "</section>"])


def _parts(turn: ToldTurn, language: str) -> Iterator[str]:
    yield f'<h2 dir="auto">{escape(turn.asked)}</h2>'
    for remark in turn.remarks:
        yield f'<p class="quiet" dir="auto">{escape(remark)}</p>'
    if turn.verdict is not None:
        yield f'<p class="verdict">{escape(turn.verdict)}</p>'
    if turn.answer is not None:
        told_answer = say(language, "export_answer", text=turn.answer.text)
        yield f'<p class="answer" dir="auto">{escape(told_answer)}</p>{_finding(turn.answer)}'
    if turn.label is not None:
        yield f"<h3>{escape(turn.label)}</h3>"
    for other in turn.others:
        yield _finding(other)


def _finding(finding: Finding) -> str:
    quotes = "".join(_quote(quote) for quote in finding.quotes)
    return f'{quotes}<p class="quiet">{escape(finding.confidence)}</p>'


def _quote(quote: Quote) -> str:
    answer = f"<mark>{escape(quote.answer)}</mark>" if quote.answer else ""
    return (
        f'<figure><blockquote dir="auto">{escape(quote.before)}{answer}{escape(quote.after)}'
        f'</blockquote><figcaption><p dir="auto">— {escape(quote.origin)}</p>'
        f'<p class="quiet" dir="auto">{escape(quote.where)}</p></figcaption></figure>'
    )
