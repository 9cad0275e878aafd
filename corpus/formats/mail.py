"""Mails (.eml), above all newsletters, to text: footers, quoted mails and signatures are marked.

The headers say what the article is: subject, sender and date. What the body is decides
`mail_body`, what in it is not the article's `mail_marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, BinaryIO

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.formats.mail_body import read_body
from corpus.formats.mail_marks import mark_lines
from corpus.formats.properties import plain

MAX_BYTES = 25 * 1024 * 1024
"""Mail servers take no more."""

# The parser's time grows with the square of what follows, and its stack with the nesting: of all
# these a mail has a few, and a digest some dozens.
_MAX_NESTED = 100
_MAX_PART_LINES = 5000  # each part begins with such a line; the parser is slow with them
_NESTED = re.compile(rb"\bboundary[\d*]{0,9}\s{0,9}=|^content-type:\s{0,9}message/", re.I | re.M)
_MAX_HEADER_BYTES = 4000
_CONTENT_HEADER = re.compile(
    rb"^(?:content-|mime-)[^\n:]{1,60}:[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M
)

_HEADER = re.compile(rb"[!-9;-~]{1,100}:")
_NEWLINE = re.compile(rb"\r\n?")
_MAIL_HEADERS = ("From", "Sender", "Date", "Message-ID", "Received")
_YEARS = range(1970, 2101)
_WHAT_TO_DO = "Save the mail again as .eml, or its text as UTF-8 in a .txt file."


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Read the article in a mail.

    Args:
        file: An open mail (RFC 5322), as mail programs save it.
        name: What it is called in messages.

    Yields:
        One article: its title is the subject, its outlet the sender's name, which is not sure, its
        date the mail's. Footers, quoted mails and signatures are marked.

    Raises:
        UnreadableArticle: It is no mail, too large, nested too deep, or has no text.
    """
    message = _parse(file, name)
    body = read_body(message, name)
    sender, published = _sender(message), _date(message)
    yield Extracted(
        text=body.text,
        headings=body.headings,
        marks=mark_lines(body.text),
        title=_header(message, "Subject") or body.title,
        outlet=Stated(value=sender, origin="field", sure=False) if sender else None,
        published=Stated(value=published, origin="field") if published else None,
        language=_header(message, "Content-Language"),
        id=(_header(message, "Message-ID") or "").strip("<> ") or None,
        warnings=body.warnings,
    )


def _parse(file: BinaryIO, name: str) -> EmailMessage:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise UnreadableArticle(f"{name} is larger than {limit} MB. Save its text in a .txt file.")
    data = _NEWLINE.sub(b"\n", data.removeprefix(b"\xef\xbb\xbf")).lstrip(b"\n")
    if data.startswith(b"From "):  # the line before each mail of a mailbox
        data = data.partition(b"\n")[2]
    if not _HEADER.match(data):
        raise UnreadableArticle(
            f"{name} is no mail: it does not begin with a header. {_WHAT_TO_DO}"
        )
    _check_nesting(data, name)
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
    except MemoryError:
        raise
    except Exception as error:  # the parser promises to raise nothing, but has its faults
        raise UnreadableArticle(f"{name} is a broken mail. {_WHAT_TO_DO}") from error
    if not any(key in message for key in _MAIL_HEADERS):
        raise UnreadableArticle(f"{name} is no mail: it has no sender and no date. {_WHAT_TO_DO}")
    return message


def _check_nesting(data: bytes, name: str) -> None:
    if sum(1 for _ in islice(_NESTED.finditer(data), _MAX_NESTED + 1)) > _MAX_NESTED:
        raise UnreadableArticle(
            f"{name} has more than {_MAX_NESTED} mails or bodies inside each other. {_WHAT_TO_DO}"
        )
    if _NESTED.search(data) and data.count(b"\n--") > _MAX_PART_LINES:
        raise UnreadableArticle(f"{name} has more than {_MAX_PART_LINES} parts. {_WHAT_TO_DO}")
    for header in _CONTENT_HEADER.finditer(data):
        if header.end() - header.start() > _MAX_HEADER_BYTES:
            raise UnreadableArticle(
                f"{name} has a header of {header.end() - header.start()} bytes; "
                f"the limit is {_MAX_HEADER_BYTES}. {_WHAT_TO_DO}"
            )


def _header(message: EmailMessage, key: str) -> str | None:
    value = _parsed(message, key)
    return plain(str(value)) or None if value is not None else None


def _parsed(message: EmailMessage, key: str) -> Any:
    """Return a header, decoded; None if there is none or it is longer than any is."""
    raw = next((value for name, value in message.raw_items() if name.lower() == key.lower()), None)
    if raw is None or len(raw) > _MAX_HEADER_BYTES:
        return None
    try:
        return message[key]
    except MemoryError:
        raise
    except Exception:  # as above
        return None


def _sender(message: EmailMessage) -> str | None:
    sender = _parsed(message, "From")
    addresses = getattr(sender, "addresses", ())
    return plain(addresses[0].display_name) or None if addresses else None


def _date(message: EmailMessage) -> str | None:
    """Return when the mail was sent, with its zone if it says so."""
    stated = _header(message, "Date")
    if stated is None:
        return None
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat() if moment.year in _YEARS else None
