"""Web archives (.warc, .warc.gz) to articles: the pages in them that were answered with 200.

The archive is read record by record, so that it may be large. Records are told apart here, because
a damaged one must not cost the next; what is in one is parsed by warcio.
"""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.field_values import web_address
from corpus.formats.properties import said

MAX_PAGE_BYTES = 10 * 1024 * 1024
MAX_RATIO = 100
"""Pages are packed to a tenth; what is packed to a hundredth is no page."""

_MAX_RECORD_BYTES = MAX_PAGE_BYTES + 64 * 1024
_MAX_HEAD_BYTES = 64 * 1024
_MAX_DAMAGED = 100
_CHUNK_BYTES = 64 * 1024
_GZIP = b"\x1f\x8b\x08"
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_RESPONSE = re.compile(rb"^warc-type:[ \t]*response[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")


class _Damaged(Exception):
    """A record cannot be read; the message says why, as the rest of a sentence."""


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Yield the pages of an archive, in order; what is no page is skipped.

    An article's address and id are the address the page was fetched from, and the time of that is
    the metadata "archived".

    Args:
        file: It may be packed as a whole or record by record.
        name: Its name, for messages.

    Raises:
        UnreadableArticle: It has no records, or hardly any that is not damaged.
    """
    number = n_damaged = 0
    for number, record in enumerate(_records(file), 1):
        where = f"record {number}"
        try:
            found = _article(record, f"{where} of {name}")
            if found is not None:
                yield found
        except (_Damaged, UnreadableArticle) as error:
            n_damaged += isinstance(error, _Damaged)
            yield BadRecord(where=where, reason=str(error))
        if n_damaged > _MAX_DAMAGED:
            raise UnreadableArticle(f"{name} is damaged in more than {_MAX_DAMAGED} places.")
    if not number:
        raise UnreadableArticle(f"{name} is no web archive: it has no WARC record.")


def _article(record: bytes | _Damaged, name: str) -> Extracted | None:
    from corpus.formats.html import extract_page

    if isinstance(record, _Damaged):
        raise record
    page = _page(record) if record else None
    if page is None:
        return None
    url, archived, data = page
    try:
        found = extract_page(data, name, url=url)
    except (UnreadableArticle, MemoryError):
        raise
    except Exception as error:  # what one page does to a library costs no other page
        raise UnreadableArticle(f"holds a page that cannot be read: {said(error)}.") from error
    metadata = dict(found.metadata)
    if archived:
        metadata["archived"] = archived
    if found.url and found.url != url:
        metadata["canonical"] = found.url
    return replace(found, url=url, id=url, metadata=metadata)


def _page(record: bytes) -> tuple[str, str, bytes] | None:
    """Return the address, the time and the content of a page; None if the record holds none."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        found = next(ArchiveIterator(io.BytesIO(record)), None)
        if found is None or found.http_headers is None:
            return None
        kind = (found.http_headers.get_header("content-type") or "").lower()
        if found.http_headers.get_statuscode() != "200" or not kind.strip().startswith(_PAGES):
            return None
        content = _content(found)
    except _Damaged:
        raise
    except Exception as error:  # whatever the library meets in bytes that anybody may have made
        what = "it cannot be unpacked" if isinstance(error, zlib.error) else said(error)
        raise _Damaged(f"cannot be read as an answer: {what}.") from error
    url = web_address((found.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
    if url is None:
        raise _Damaged("does not say at which address it was fetched.")
    archived = found.rec_headers.get_header("WARC-Date") or ""
    return url, archived[:40], _as_utf8(content, kind)


def _content(record: Any) -> bytes:
    encoding = (record.http_headers.get_header("content-encoding") or "").strip().lower()
    if encoding not in _ENCODINGS:
        raise _Damaged(f'is packed in a way that is not read: "{encoding[:40]}".')
    stream = record.content_stream()
    content = bytearray()
    while len(content) <= MAX_PAGE_BYTES:
        chunk = stream.read(_CHUNK_BYTES)
        if not chunk:
            return bytes(content)
        content += chunk
    raise _Damaged(f"holds a page of more than {MAX_PAGE_BYTES >> 20} MB.")


def _as_utf8(content: bytes, kind: str) -> bytes:
    """Write a page as UTF-8 with a mark if the answer says what it is in: that counts most."""
    charset = _CHARSET.search(kind)
    if charset is None or content.startswith(codecs.BOM_UTF8):
        return content
    try:
        encoding = codecs.lookup(charset[1]).name
        text = content.decode("cp1252" if encoding in ("ascii", "iso8859-1") else encoding)
    except (LookupError, UnicodeError):
        return content
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _records(file: BinaryIO) -> Iterator[bytes | _Damaged]:
    """Yield the records of an archive; b"" for one that holds no answer of a server."""
    head = file.read(len(_GZIP))
    file.seek(0)
    if head != _GZIP:
        yield from _split(file)
        return
    for member in _members(file):
        for record in _split(io.BufferedReader(member, _CHUNK_BYTES)):
            if not (isinstance(record, _Damaged) and member.damage):
                yield record
        if member.damage:
            yield _Damaged(member.damage)


def _split(stream: Any) -> Iterator[bytes | _Damaged]:
    """Split a stream at the lines that begin a record; after a wrong one, from the next of them."""
    is_lost = False
    while line := stream.readline(_MAX_HEAD_BYTES):
        if not line.startswith(b"WARC/"):
            if line.strip() and not is_lost:
                is_lost = True
                yield _Damaged("does not begin as a record.")
            continue
        is_lost = False
        head = line
        while len(head) < _MAX_HEAD_BYTES and line.strip():
            line = stream.readline(_MAX_HEAD_BYTES)
            head += line
        length = _LENGTH.search(head)
        if length is None:
            yield _Damaged("does not say how long it is.")
            continue
        left = int(length[1])
        body = _read(stream, min(left, _MAX_RECORD_BYTES))
        left -= len(body)
        while left and (skipped := stream.read(min(left, _CHUNK_BYTES))):
            left -= len(skipped)
        if left:
            yield _Damaged("is cut off.")
        else:
            yield head + body if _RESPONSE.search(head) else b""


def _read(stream: Any, n_bytes: int) -> bytes:
    content = bytearray()
    while len(content) < n_bytes and (chunk := stream.read(n_bytes - len(content))):
        content += chunk
    return bytes(content)


class _Member(io.RawIOBase):
    """What one member of a gzip file holds; `damage` says why it ended early, if it did."""

    def __init__(self, file: BinaryIO, packed: bytes) -> None:
        super().__init__()
        self._file = file
        self._engine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.packed = packed
        self.damage = ""
        self._n_in = self._n_out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._engine.eof and not self.damage:
            self.packed = self.packed or self._file.read(_CHUNK_BYTES)
            try:
                data = self._engine.decompress(self.packed, len(buffer))
            except zlib.error:
                self.damage = "is damaged: it cannot be unpacked."
                break
            left = self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail
            n_used = len(self.packed) - len(left)
            self._n_in, self._n_out = self._n_in + n_used, self._n_out + len(data)
            self.packed = left
            if self._n_out > max(MAX_PAGE_BYTES, MAX_RATIO * self._n_in):
                self.damage = f"unpacks to more than {MAX_RATIO} times its size."
            elif data:
                buffer[: len(data)] = data
                return len(data)
            elif not n_used and not self._engine.eof:
                self.damage = "is cut off."
        return 0


def _members(file: BinaryIO) -> Iterator[_Member]:
    """Yield the members of a gzip file; after a damaged one, from where the next seems to begin."""
    packed = b""
    while True:
        while (start := packed.find(_GZIP)) < 0:
            chunk = file.read(_CHUNK_BYTES)
            if not chunk:
                return
            packed = packed[-len(_GZIP) :] + chunk
        member = _Member(file, packed[start:])
        yield member
        packed = member.packed[1:] if member.damage else member.packed
