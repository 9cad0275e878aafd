"""What `bench.fuzz` feeds to the readers: small valid files made here, mutated, and random text.

Nothing of the product is imported, so that it can be instrumented afterwards.
"""
# ruff: noqa: E501  (files stand as they would be saved)

from __future__ import annotations

import io
import json
import random
import zipfile
from functools import cache
from pathlib import Path

_SAMPLE = Path(__file__).parents[1] / "corpus" / "sample" / "articles"
_MOST_BYTES = 20_000

_SNIPPETS = [
    "Mr. Kim left. ", "U.S. ", "“We’ll see,” he said. ", "\n", "\n\n", "\r\n", "\t", " ", "# Head\n",
    "- item\n", "1. ", "|a|b|\n|-|-|\n", "```\n", "> ", "[a](b)", "![", "**", "<p>", "</div>", "&amp;",
    "&#0;", "<!--", "]]>", "z. B. ", "am 3. Oktober ", "der die das ", "M. Macron ", "« Oui ! » ",
    "EE. UU. ", "¿Qué? ", "他走了。", "“好。”他说。", "「行く。」と", "３．１４", "．", "。", "漢", "　",
    "قال د. أحمد ", "؟ ", "، ", "ـ", "\u064b", "डॉ. ", "है। ", "॥ १ ॥", "क\u094d", "ไทย", "한국어 ", "Он в г. ",
    "😀", "👩\u200d🚀", "𠮷", "e\u0301", "\u0300" * 5, "\u200f", "\u202e", "\u2066", "\u200b", "\u00ad",
    "\ufeff", "\u2028", "\u0085", "\x00", "\x1b", "\x0b", "\ufffd", "\ufdfa", "İ", "ß", "…", "...", "!?",
    '"', "'", "(", ")", "{", "}", "---\ntitle: a\n---\n", "2024-02-30", "Copyright 2019 ", "By A. Writer\n",
    "https://example.org/a?b=c#d ", "a@b.org ", "x" * 300, "0" * 40, "-", "_", "\\", "%", "@",
]  # fmt: skip
_TOKENS = [
    b"<", b">", b"</", b"/>", b"&", b";", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b'"', b"'", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"1e999", b"-0", b"\\ud800", b"\\u0000",
    b"\r\n", b"\n\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1a", b"=?utf-8?b?", b"?=",
    b"Content-Type: text/html; charset=no-such\n", b"boundary", b"obj", b"endobj", b"stream", b"<<", b">>",
    b"<p>", b"<table>", b"<title>", b"<time datetime='2024-13-45'>", b"http://[", b"data:,", b"9" * 30,
]  # fmt: skip

_PROSE = (
    "The tidal barrier at Orme opened on Tuesday. “It works,” said Ann Vale, who built it. It cost 3.5"
    " million euros, and it will close twice a year."
)
_HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Barrier opens | Orme
Courier</title><meta property="article:published_time" content="2024-03-05T10:00:00+01:00">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Barrier opens",
"datePublished":"2024-03-05","author":{{"name":"Ann Vale"}}}}</script></head><body><nav><ul><li><a
href="/">Home</a></ul></nav><article><h1>Barrier opens</h1><p class="byline">By Ann Vale</p>
<p>{_PROSE}</p><h2>Costs</h2><p>{_PROSE}</p><table><tr><td>a<td>1</table></article><footer>© 2024
Orme Courier</footer></body></html>"""
_RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Orme Courier</title><item><title>Barrier opens</title><link>https://example.org/a</link>
<guid>a1</guid><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>{_PROSE}</description>
<content:encoded><![CDATA[<p>{_PROSE}</p>]]></content:encoded></item></channel></rss>"""
_ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Orme</title><entry>
<title>Barrier</title><id>b</id><updated>2024-03-05T10:00:00Z</updated><content type="html">
&lt;p&gt;{_PROSE}&lt;/p&gt;</content></entry></feed>"""
_SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>https://example.org/a</loc><lastmod>2024-03-05</lastmod></url></urlset>"""
_MAIL = f"""From: Ann Vale <ann@example.org>\r\nSubject: =?utf-8?q?Barrier_opens?=\r\nDate: Tue, 5 Mar
 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b
Content-Type: text/plain; charset=utf-8\r\n\r\n{_PROSE}\r\n--b\r\nContent-Type: text/html\r\n\r\n
<p>{_PROSE}</p>\r\n--b--\r\n"""
_RECORD = {
    "title": "Barrier opens",
    "text": _PROSE,
    "date": "2024-03-05",
    "url": "https://example.org/a",
}
_SQUAD = {
    "version": "2.0",
    "data": [{"title": "Orme", "paragraphs": [{"context": _PROSE, "qas": []}]}],
}
_DOCX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
    f'main"><w:body><w:p><w:r><w:t>{_PROSE}</w:t></w:r></w:p></w:body></w:document>',
}
_EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "c.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/'
    '1.1/"><dc:title>Orme</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application'
    '/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>One</h1><p>{_PROSE}</p></body></html>',
}


def _warc() -> bytes:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_HTML}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nWARC-Date: "
        "2024-03-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _pdf() -> bytes:
    lines = [_PROSE[i : i + 80].encode("cp1252", "replace") for i in range(0, len(_PROSE), 80)]
    shown = b"\n".join(b"(" + line + b") Tj 0 -14 Td" for line in lines)
    content = b"BT /F1 12 Tf 72 720 Td\n" + shown + b"\nET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Title(Barrier opens)/CreationDate(D:20240305100000Z)>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


@cache
def seeds(suffix: str) -> tuple[bytes, ...]:
    """Return small valid files of a kind; Markdown ones are articles of the sample."""
    record = json.dumps(_RECORD)
    made: dict[str, list[bytes]] = {
        ".html": [_HTML.encode()],
        ".xml": [_RSS.encode(), _ATOM.encode(), _SITEMAP.encode()],
        ".json": [f"[{record}]".encode(), record.encode(), json.dumps(_SQUAD).encode()],
        ".jsonl": [f"{record}\n{record}\n".encode()],
        ".csv": [f'title,text,date\nBarrier,"{_PROSE}",2024-03-05\n'.encode()],
        ".eml": [_MAIL.encode()],
        ".pdf": [_pdf()],
        ".warc": [_warc()],
        ".md": [path.read_bytes()[:4000] for path in sorted(_SAMPLE.glob("*.md"))],
    }
    return tuple(made[suffix])


def make(suffix: str, rng: random.Random) -> bytes:
    """Make a file of a kind: mutated, or now and then whole; of text, random as often."""
    if suffix in (".docx", ".epub"):
        return _packed(dict(_DOCX if suffix == ".docx" else _EPUB), rng)
    if suffix == ".md" and rng.random() < 0.5:
        return random_text(rng).encode()
    return mutated(rng.choice(seeds(suffix)), rng)


def random_text(rng: random.Random) -> str:
    """Make a text of mixed scripts, marks, joiners and markup; no lone surrogates."""
    pieces = rng.choices(_SNIPPETS, k=rng.randrange(1, 60))
    for _ in range(rng.randrange(4)):
        code = rng.choice([rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)])
        pieces.insert(rng.randrange(len(pieces)), chr(code))
    return "".join(pieces)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with up to eight mutations."""
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 8])):
        at = rng.randrange(len(data) + 1)
        length = min(len(data) - at, rng.choice([1, 1, 2, 8, 64, 512]))
        before, part, after = data[:at], data[at : at + length], data[at + length :]
        other = rng.randrange(len(data) + 1)
        new = rng.choice(
            [
                b"",
                part * rng.choice([2, 2, 50]),
                rng.choice(_TOKENS) + part,
                rng.choice(_SNIPPETS).encode() + part,
                data[other : other + length],
                rng.randbytes(length),
                bytes([part[0] ^ 1 << rng.randrange(8)]) + part[1:] if part else b"",
            ]
        )
        data = (before + new + after)[:_MOST_BYTES]
    return data


def _packed(parts: dict[str, str], rng: random.Random) -> bytes:
    """Zip the parts of a document, one of them mutated, or the archive itself."""
    files = {name: part.encode() for name, part in parts.items()}
    chosen = rng.choice([*files, ""])
    if chosen:
        files[chosen] = mutated(files[chosen], rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue() if chosen else mutated(packed.getvalue(), rng)
