"""Which lines of a mail are not the article's: footers, quoted mails, signatures.

Only what is said nowhere but in a mail's footer counts, and never a long line: an article may be
about people who cannot unsubscribe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.types import Mark, Span

FOOTER, QUOTED, SIGNATURE = "mail footer", "quoted mail", "signature"

_MIN_CHARS, _MAX_LINE_CHARS = 6, 2000
_MAX_FOOTER_CHARS = 400
_MAX_LABEL_CHARS = 90
# Lines of a paragraph that is wrapped have this much; those of a list or an address have less.
_MIN_WRAPPED_CHARS = 45
# The end of a mail, from the line with "unsubscribe" in it, is no more than this.
_MAX_TAIL_LINES, _MAX_TAIL_SHARE = 25, 0.5
_MAX_LINES_ABOVE = 6
_MAX_SIGNATURE_LINES = 12
# Marks on more than this of a mail are a mistake: somebody forwarded the article as a quotation.
_MAX_MARKED_SHARE = 0.8

_MAIL = r"(?:e-?mails?|newsletters?|messages?|mails?)"
_PHRASES = (
    rf"you(?:['’]re| are) (?:receiving|getting) (?:this|our|these)\b.{{0,60}}{_MAIL}",
    r"you(?:['’]re| are) (?:currently )?(?:receiving this|subscribed to (?:our|this|the))\b",
    rf"this {_MAIL} was sent (?:to|by)",
    r"(?:click|tap) here to (?:unsubscribe|read (?:it|this) online)",
    r"\Ato unsubscribe|(?:wish|want|like) to unsubscribe,? (?:please|click|from th|reply|here)",
    rf"unsubscribe (?:here|now|at any time|from (?:this|these|our|all) (?:list|{_MAIL}))",
    rf"no longer (?:wish|want) to receive (?:this|these|our|such|{_MAIL})",
    rf"(?:view|read|open|see) (?:this|the) {_MAIL} (?:online )?(?:in|on) (?:your|a|the) (?:web|br)",
    r"view (?:it |this )?(?:online )?in (?:your|a) (?:web ?)?browser",
    rf"(?:trouble|problems) (?:viewing|reading) this {_MAIL}",
    r"add us to your address book",
    r"(?:update|manage|change) (?:your|my) (?:e-?mail )?(?:preferences|subscriptions?)",
    rf"forward (?:this )?(?:{_MAIL} )?to a (?:friend|colleague)",
    r"our (?:mailing|postal) address is",
    r"newsletter (?:abbestellen|abmelden)|im browser (?:ansehen|anzeigen|öffnen)",
    r"ne (?:plus souhaitez|souhaitez plus) recevoir|se désabonner|darse de baja",
)
# Words of which each phrase has one: they are found faster than the phrases.
_HINTS = tuple(
    "receiv subscri sent online browser viewing reading address preferences forward web abbestell "
    "abmeld recevoir désabonn baja".split()
)
# Whole phrases, anywhere in a line.
_PHRASE = re.compile("|".join(rf"(?<!\w)(?:{phrase})" for phrase in _PHRASES), re.I)
_UNSUBSCRIBE = re.compile(r"unsubscribe|abmelden|abbestellen|désabonnement|désinscription", re.I)
# Labels of links: the whole of a short line.
_LABELS = (
    r"unsubscribe|abmelden|abbestellen|désabonnement|désinscription",
    r"(?:manage |e-?mail )?preferences|privacy (?:policy|notice)|terms of (?:use|service)",
    r"terms (?:and|&) conditions|contact us|view online|view in browser|read online",
    r"impressum|datenschutz|facebook|twitter|instagram|linkedin|youtube|advertise with us",
    r"follow us(?: on .{0,40})?|(?:https?://|www\.)\S+|mailto:\S+",
)
_LABEL = re.compile(rf"\W{{0,5}}(?:{'|'.join(_LABELS)})\W{{0,5}}", re.I)
_SEPARATED = re.compile(r"\s[|·•—–/]\s|\t")
_LINK = re.compile(r"[<(\[](?:https?://|mailto:)[^\s<>()\[\]]{1,2000}[>)\]]|https?://\S+")
# Stand above an unsubscribe line, and mean nothing by themselves.
_ABOVE = re.compile(
    r"©|\(c\) ?\d{4}|\bcopyright\b|\ball rights reserved\b|\bfollow us\b|\b\d{1,5} (?:[\w.'’-]+ )"
    r"{1,4}(?:street|st\.|road|rd\.|avenue|ave\.|lane|square|quay|way|drive|boulevard|blvd\.?)",
    re.I,
)
_SIGNATURE_LINE = re.compile(r"-- ?")
_ATTRIBUTION = re.compile(r".{3,200}\b(?:wrote|schrieb|a écrit|escribió)\b.{0,80}:\s*", re.I)
_ORIGINAL = re.compile(
    r"-{3,} ?(?:original message|ursprüngliche nachricht|message d'origine) ?-{3,}", re.I
)


@dataclass(slots=True)
class _Line:
    start: int
    text: str
    reason: str = ""


def mark_lines(text: str) -> tuple[Mark, ...]:
    r"""Return the marks of a mail's text, in order and apart from each other.

    >>> text = "The bridge opens.\n\nUnsubscribe | Privacy policy"
    >>> [mark.span.of(text) for mark in mark_lines(text)]
    ['Unsubscribe | Privacy policy']
    """
    lines: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append(_Line(start, line))
        start += len(line) + 1
    _find_quoted(lines)
    _find_signature(lines)
    n_marked = sum(len(line.text.strip()) for line in lines if line.reason)
    if n_marked > _MAX_MARKED_SHARE * len(text):
        _set_reason(lines, "")
    _find_footer(lines, len(text))
    return _marks(lines, text)


def _find_quoted(lines: Sequence[_Line]) -> None:
    for number, line in enumerate(lines):
        if line.text.startswith(">"):
            line.reason = QUOTED
            for above in reversed(lines[max(0, number - 2) : number]):
                if above.text.strip() and not above.reason:
                    above.reason = QUOTED if _ATTRIBUTION.fullmatch(above.text) else ""
                    break
        elif _ORIGINAL.fullmatch(line.text.strip()):
            _set_reason(lines[number:], QUOTED)
            return


def _find_signature(lines: Sequence[_Line]) -> None:
    for number in range(len(lines) - 1, -1, -1):
        if _SIGNATURE_LINE.fullmatch(lines[number].text):
            below = [line for line in lines[number:] if line.text.strip() and not line.reason]
            # Some newsletters have the same line between their items.
            if len(below) <= _MAX_SIGNATURE_LINES:
                _set_reason(below, SIGNATURE)
            return


def _find_footer(lines: Sequence[_Line], n_chars: int) -> None:
    full = [number for number, line in enumerate(lines) if line.text.strip()][-_MAX_TAIL_LINES:]
    for end in _footer_lines(lines):
        n_rest = sum(len(lines[number].text) for number in full if number >= end)
        if end >= full[0] and n_rest <= _MAX_TAIL_SHARE * n_chars:
            _mark_tail(lines, end)
            return


def _footer_lines(lines: Sequence[_Line]) -> list[int]:
    """Mark what says itself that it is a footer; return where the end of the mail may begin."""
    ends: list[int] = []
    for first, paragraph in _paragraphs(lines):
        if _is_wrapped(paragraph) and _says_footer(" ".join(line.text for line in paragraph)):
            _set_reason(paragraph, FOOTER)
            ends.append(first)
        for number, line in enumerate(paragraph, start=first):
            if line.reason or not (_says_footer(line.text) or _is_labels(line.text)):
                continue
            line.reason = FOOTER
            if _says_footer(line.text) or _UNSUBSCRIBE.search(line.text):
                ends.append(number)
    return ends


def _mark_tail(lines: Sequence[_Line], end: int) -> None:
    for _, paragraph in _paragraphs(lines[end:]):
        if sum(len(line.text) for line in paragraph) <= _MAX_FOOTER_CHARS:
            _set_reason([line for line in paragraph if not line.reason], FOOTER)
    for line in reversed(lines[max(0, end - _MAX_LINES_ABOVE) : end]):
        if line.text.strip() and not line.reason:
            if len(line.text) > _MAX_FOOTER_CHARS // 2 or not _ABOVE.search(line.text):
                return
            line.reason = FOOTER


def _paragraphs(lines: Sequence[_Line]) -> Iterator[tuple[int, Sequence[_Line]]]:
    """Yield the stretches without a blank line, and where each begins."""
    first = 0
    for number in range(len(lines) + 1):
        if number == len(lines) or not lines[number].text.strip():
            if number > first:
                yield first, lines[first:number]
            first = number + 1


def _is_wrapped(paragraph: Sequence[_Line]) -> bool:
    return len(paragraph) > 1 and all(len(p.text) >= _MIN_WRAPPED_CHARS for p in paragraph[:-1])


def _says_footer(text: str) -> bool:
    if not _MIN_CHARS <= len(text) <= _MAX_LINE_CHARS:
        return False
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return False
    shown = " ".join(_LINK.sub("", text).split())
    return len(shown) <= _MAX_FOOTER_CHARS and _PHRASE.search(shown) is not None


def _is_labels(text: str) -> bool:
    """Say whether a line is made of links and the labels that links in footers have."""
    if not _MIN_CHARS <= len(text) <= _MAX_LINE_CHARS or not text.strip():
        return False
    shown = _LINK.sub("", text).strip()
    if len(shown) > _MAX_LABEL_CHARS:
        return False
    labels = [label for label in _SEPARATED.split(shown) if label.strip()]
    return all(map(_LABEL.fullmatch, map(str.strip, labels)))


def _set_reason(lines: Sequence[_Line], reason: str) -> None:
    for line in lines:
        line.reason = reason


def _marks(lines: Sequence[_Line], text: str) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    goes_on = ""  # the reason of the last line, with blank lines passed over
    for line in lines:
        span = Span(line.start, line.start + len(line.text)).trimmed(text) if line.text else None
        if span is None:
            continue
        if line.reason and line.reason == goes_on:
            span = Span(marks.pop().span.start, span.end)
        if line.reason:
            marks.append(Mark(span, line.reason))
        goes_on = line.reason
    return tuple(marks)
