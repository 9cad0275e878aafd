"""Small files of every kind, whole and sound: what the hostile ones are made from."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MB = 1024 * 1024

BODY = (
    "The tidal barrier at Orme opened on Tuesday after nine years of work. It cost 412 million "
    "crowns, twice what had been planned.",
    "Ines Varga, the harbour engineer, said the gates would close twice a year. Fishermen had "
    "asked for fewer closures, and the council has promised to count them.",
)
HTML_TYPE = "application/xhtml+xml"


def html(body: str | None = None, head: str = "") -> str:
    """Return a page with an article, or with another body."""
    inner = "".join(f"<p>{text}</p>" for text in BODY) if body is None else body
    return (
        f"<!DOCTYPE html><html><head><title>Barrier opens</title>{head}</head>"
        f"<body><article><h1>Barrier opens</h1>{inner}</article></body></html>"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of an archive as its bytes stand there, honest or not."""

    name: str | bytes
    packed: bytes
    crc: int
    size: int
    method: int = 8
    attributes: int = 0


def packed(name: str, data: str | bytes) -> Member:
    """Return an honest member."""
    raw = data.encode() if isinstance(data, str) else data
    return Member(name=name, packed=deflated(raw), crc=zlib.crc32(raw), size=len(raw))


def repeated(
    name: str, block: bytes, times: int, *, before: bytes = b"", after: bytes = b""
) -> Member:
    """Return a member that unpacks to a block many times over; made without unpacking it."""
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    return Member(
        name=name,
        packed=deflated_many(block, times, before=before, after=after),
        crc=zlib.crc32(after, crc),
        size=len(before) + len(block) * times + len(after),
    )


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def deflated_many(block: bytes, times: int, *, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return a raw deflate stream: after a full flush, the same bytes mean the same again."""
    return _flushed(before) + _flushed(block) * times + _flushed(after) + deflated(b"")


def _flushed(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH) if data else b""


def zlib_many(block: bytes, times: int) -> bytes:
    """Return a zlib stream of a block many times over, with a right checksum."""
    checksum = 1
    for _ in range(times):
        checksum = zlib.adler32(block, checksum)
    return b"\x78\xda" + deflated_many(block, times) + struct.pack(">I", checksum)


def gzip_many(block: bytes, times: int, *, before: bytes = b"") -> bytes:
    """Return a gzip member of a block many times over, with a right checksum."""
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = (len(before) + len(block) * times) % 2**32
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return head + deflated_many(block, times, before=before) + struct.pack("<II", crc, size)


def archive(
    members: Sequence[Member], *, shared: bool = False, claimed: int | None = None
) -> bytes:
    """Write a zip archive; `shared`: all members are the bytes of the first one."""
    out, offsets = bytearray(), list[int]()
    for member in members:
        offsets.append(0 if shared else len(out))
        if not (shared and out):
            name = _raw_name(member)
            out += struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, *_fields(member), len(name), 0)
            out += name + member.packed
    directory = bytearray()
    for member, offset in zip(members, offsets, strict=True):
        name = _raw_name(member)
        directory += struct.pack("<4sHHHHHHIII", b"PK\1\2", 0x314, 20, *_fields(member))
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, member.attributes, offset)
        directory += name
    count = len(members) if claimed is None else claimed
    end = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count % 65536, count % 65536, len(directory), len(out), 0
    )
    return bytes(out + directory + end)


def _raw_name(member: Member) -> bytes:
    return member.name.encode() if isinstance(member.name, str) else member.name


def _fields(member: Member) -> tuple[int, ...]:
    return (0x800, member.method, 0, 0x5A21, member.crc, len(member.packed), member.size)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document(inner: str | None = None, before: str = "") -> str:
    """Return the main part of a Word file."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in BODY)
    return (
        f'<?xml version="1.0"?>{before}<w:document {W}><w:body>'
        f"{paragraphs if inner is None else inner}</w:body></w:document>"
    )


def docx_members(main: str | Member | None = None, relations: str = "") -> list[Member]:
    """Return the members of a Word file."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    top = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    part = main if isinstance(main, Member) else packed("word/document.xml", main or document())
    members = [packed("[Content_Types].xml", types), packed("_rels/.rels", top), part]
    if relations:
        inner = f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        members.append(packed("word/_rels/document.xml.rels", inner))
    return members


def docx(main: str | Member | None = None) -> bytes:
    return archive(docx_members(main))


def container(path: str = "book.opf", before: str = "") -> str:
    """Return the part of an EPUB file that names its book."""
    return (
        f'<?xml version="1.0"?>{before}<container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        f'<rootfile full-path="{path}" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )


def book(items: str, spine: str, before: str = "", title: str = "Barrier opens") -> str:
    """Return the part of an EPUB file that lists the others."""
    return (
        f'<?xml version="1.0"?>{before}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def chapter(inner: str | None = None, before: str = "") -> str:
    """Return a chapter of an EPUB file."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY) if inner is None else inner
    return (
        f'<?xml version="1.0"?>{before}<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>One</title></head><body>{text}</body></html>"
    )


ONE_ITEM = f'<item id="c1" href="c1.xhtml" media-type="{HTML_TYPE}"/>'
ONE_REFERENCE = '<itemref idref="c1"/>'


def epub_members(
    *, first: str | Member | None = None, listed: str | None = None, names: str | None = None
) -> list[Member]:
    """Return the members of an EPUB file."""
    kind = b"application/epub+zip"
    part = first if isinstance(first, Member) else packed("c1.xhtml", first or chapter())
    return [
        Member(name="mimetype", packed=kind, crc=zlib.crc32(kind), size=len(kind), method=0),
        packed("META-INF/container.xml", names or container()),
        packed("book.opf", listed or book(ONE_ITEM, ONE_REFERENCE)),
        part,
    ]


def pdf(objects: Sequence[bytes], trailer: bytes = b"", *, start: int | None = None) -> bytes:
    """Write a PDF file of numbered objects; the first is its catalog."""
    out, offsets = bytearray(b"%PDF-1.7\n"), list[int]()
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % (table if start is None else start))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n" % (len(data), entries) + data + b"\nendstream"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def shown(text: str = BODY[0]) -> bytes:
    """Return a content stream that shows a text."""
    return f"BT /F1 9 Tf 40 700 Td ({text}) Tj ET".encode()


def pdf_page(content: bytes, *more: bytes) -> bytes:
    """Write a PDF file of one page; `content` is a whole stream object."""
    return pdf([CATALOG, PAGES, PAGE, content, FONT, *more])


def rss(items: str | None = None, before: str = "", title: str = "Orme Courier") -> str:
    """Return an RSS feed."""
    one = (
        "<item><title>Barrier opens</title><link>http://example.org/a</link><guid>a</guid>"
        "<pubDate>Tue, 06 May 2031 09:00:00 +0200</pubDate>"
        f"<description>{' '.join(BODY)}</description></item>"
    )
    return (
        f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>{title}</title>'
        f"{one if items is None else items}</channel></rss>"
    )


def atom(content: str | None = None, before: str = "") -> str:
    """Return an Atom feed."""
    return (
        f'<?xml version="1.0"?>{before}<feed xmlns="http://www.w3.org/2005/Atom">'
        "<title>Orme Courier</title><id>f</id><updated>2031-05-06T09:00:00Z</updated><entry>"
        "<title>Barrier opens</title><id>a</id><updated>2031-05-06T09:00:00Z</updated>"
        f'<content type="html">{" ".join(BODY) if content is None else content}</content>'
        "</entry></feed>"
    )


def sitemap(inner: str | None = None, before: str = "") -> str:
    """Return a sitemap."""
    one = "<url><loc>http://example.org/a</loc><lastmod>2031-05-06</lastmod></url>"
    return (
        f'<?xml version="1.0"?>{before}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{one if inner is None else inner}</urlset>"
    )


def mail(body: str | None = None, headers: Iterable[str] = ("Content-Type: text/plain",)) -> str:
    """Return an e-mail message."""
    top = (
        *("From: Orme Courier <news@example.org>", "Subject: Barrier opens"),
        *("Date: Tue, 06 May 2031 09:00:00 +0200", "MIME-Version: 1.0", *headers),
    )
    return "\r\n".join(top) + "\r\n\r\n" + ("\r\n\r\n".join(BODY) if body is None else body)


def warc_record(
    payload: bytes, *, kind: str = "response", length: int | str | None = None, more: str = ""
) -> bytes:
    """Return one record of a web archive; its length may be a lie."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.org/a\r\n"
        "WARC-Date: 2031-05-06T09:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        "WARC-Record-ID: <urn:uuid:1cb0a2b4-0000-4000-8000-000000000001>\r\n"
        f"{more}Content-Length: {len(payload) if length is None else length}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def http(body: bytes, *headers: str) -> bytes:
    """Return an HTTP response."""
    top = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers]
    return "\r\n".join(top).encode() + b"\r\n\r\n" + body


RECORD = {"title": "Barrier opens", "text": "\n\n".join(BODY), "date": "2031-05-06"}


def whole_files() -> dict[str, bytes]:
    """Return one sound file of each kind, by suffix."""
    page, line = html().encode(), json.dumps(RECORD).encode()
    cells = f'title,text,date\nBarrier opens,"{BODY[0]} {BODY[1]}",2031-05-06\n'.encode()
    record = warc_record(http(page))
    return {
        **dict.fromkeys((".html", ".htm"), page),
        ".xhtml": chapter().encode(),
        ".pdf": pdf_page(stream(shown())),
        ".docx": docx(),
        ".epub": archive(epub_members()),
        ".eml": mail().encode(),
        ".json": line,
        **dict.fromkeys((".jsonl", ".ndjson"), line + b"\n"),
        ".csv": cells,
        ".tsv": "\n".join(("title\ttext\tdate", f"Opens\t{' '.join(BODY)}\t2031-05-06")).encode(),
        ".rss": rss().encode(),
        ".atom": atom().encode(),
        ".xml": rss().encode(),
        ".warc": record,
        ".warc.gz": gzip.compress(record, mtime=0),
    }
