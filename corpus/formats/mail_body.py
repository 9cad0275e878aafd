"""What the text of a mail is: one of its plain and HTML parts, without attachments.

The plain part is taken if it is nearly as full as the HTML part, for it has no layout in it; in
many newsletters it only says where to read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from corpus.decoding import clean_text, decode_text
from corpus.errors import UnreadableArticle
from corpus.formats.blocks import BlockText, block_text
from corpus.formats.markup import parse_html
from corpus.formats.properties import plain, said
from corpus.types import Span

_TEXTS = ("text/plain", "text/html")
_MAX_PARTS = 1000
_MAX_CHARS = 2_000_000
_SUBSTANTIAL_SHARE = 0.6
_LISTED_NAMES = 5
_WORD_CHARS = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://\S+")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a mail; `title` is the first heading in it."""

    text: str
    headings: tuple[Span, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()


def read_body(message: EmailMessage, name: str) -> Body:
    """Return the text of a parsed mail.

    Raises:
        UnreadableArticle: It has no text, or more than 1,000 parts.
    """
    plains: list[str] = []
    pages: list[BlockText] = []
    attached: list[str] = []
    warnings: list[str] = []
    for part in _leaves(message, name):
        kind = _kind(part)
        try:
            text, found = _decoded(part, name) if kind in _TEXTS else ("", ())
        except UnreadableArticle:  # it is called text and is none
            kind, text, found = "", "", ()
        if kind not in _TEXTS:
            attached.append(_shown_name(part))
            continue
        warnings += found
        if kind == "text/html":
            pages.append(_from_html(text, name))
        else:
            plains.append(_unflowed(text) if _is_flowed(part) else text)
    if attached:
        warnings.append(_left_out(attached))
    body = _choose("\n\n".join(plains), [page for page in pages if page.text])
    if not any(map(str.isalnum, body.text)):
        raise UnreadableArticle(
            f"{name} has no text in it. Add what is attached to it, if it is text."
        )
    if len(body.text) > _MAX_CHARS:
        raise UnreadableArticle(
            f"{name} has {len(body.text)} characters of text; the limit is {_MAX_CHARS}. Split it."
        )
    return Body(text=body.text, headings=body.headings, title=body.title, warnings=tuple(warnings))


def _choose(plain_text: str, pages: list[BlockText]) -> Body:
    # The addresses of links, which the plain part has to spell out, are no text.
    n_plain = _n_word_chars(_ADDRESS.sub(" ", plain_text))
    n_html = sum(_n_word_chars(page.text) for page in pages)
    if not pages or (n_plain and n_plain >= _SUBSTANTIAL_SHARE * n_html):
        return Body(text=_EMPTY_LINES.sub("\n\n", plain_text).strip())
    text, headings = "", []
    for page in pages:
        text += "\n\n" if text else ""
        headings += [heading.shift(len(text)) for heading in page.headings]
        text += page.text
    title = next((page.title for page in pages if page.title), None)
    return Body(text=text, headings=tuple(headings), title=title)


def _leaves(message: EmailMessage, name: str) -> Iterator[Any]:
    """Yield the parts that have no parts; mails in the mail count as attached."""
    waiting: list[Any] = [message]
    n_parts = 0
    while waiting:
        part = waiting.pop()
        n_parts += 1
        if n_parts > _MAX_PARTS:
            raise UnreadableArticle(f"{name} has more than {_MAX_PARTS} parts. Save its text.")
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(part.get_payload())
        else:
            yield part


def _kind(part: Any) -> str:
    """Return the media type of a part; "" if it is attached, or its headers are too odd to say."""
    try:
        attached = part.get_content_disposition() == "attachment"
        return "" if attached else str(part.get_content_type())
    except MemoryError:
        raise
    except Exception:  # the header parser has its faults
        return ""


def _decoded(part: Any, name: str) -> tuple[str, tuple[str, ...]]:
    data = part.get_payload(decode=True) or b""
    try:
        return clean_text(data.decode(part.get_content_charset() or "utf-8"))[0], ()
    except (LookupError, ValueError):  # no such encoding, or another than stated
        decoded = decode_text(data, name)
        return decoded.text, decoded.warnings


def _from_html(text: str, name: str) -> BlockText:
    if not text.strip():
        return BlockText(text="")
    try:
        return block_text(parse_html(text.encode("utf-8", "replace"), "utf-8"))
    except ValueError as error:
        raise UnreadableArticle(f"The HTML of {name} cannot be read: {said(error)}.") from error


def _is_flowed(part: Any) -> bool:
    return str(part.get_param("format", "")).lower() == "flowed"


def _unflowed(text: str) -> str:
    """Join the lines of which "format=flowed" (RFC 3676) says by a final space that they go on."""
    parts: list[str] = []
    for line in text.split("\n"):
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
        parts += [line] if goes_on else [line, "\n"]
    return "".join(parts)


def _shown_name(part: Any) -> str:
    try:
        return plain(part.get_filename() or part.get_content_type())[:80]
    except MemoryError:
        raise
    except Exception:  # as above
        return "without a name"


def _left_out(attached: list[str]) -> str:
    names = ", ".join(attached[:_LISTED_NAMES]) + (", …" if len(attached) > _LISTED_NAMES else "")
    count = "1 attachment" if len(attached) == 1 else f"{len(attached)} attachments"
    return f"{count} left out: {names}."


def _n_word_chars(text: str) -> int:
    return sum(map(len, _WORD_CHARS.findall(text)))
