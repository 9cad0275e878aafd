"""Exports, mails and office files: JSON in several conventions, CSV, SQuAD, eml, docx, epub."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from xml.sax.saxutils import escape

from bench.labelled.dates import in_utc, rfc822
from bench.labelled.records import Label, Saved, Story
from bench.labelled.stories import stories

_OLD = (2020, 1, 1, 0, 0, 0)
_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def _body(story: Story, end: str = "\n\n") -> str:
    return end.join(story.paragraphs)


def _label(story: Story, **facts: Any) -> Label:
    values: dict[str, Any] = {
        "title": story.title,
        "outlet": story.outlet,
        "authors": list(story.authors),
        "published": story.published,
        "language": None,
        "url": story.url,
        "sentences": story.sentences,
    }
    return Label(story=story.id, **(values | facts))


def crawl_jsonl(group: list[Story]) -> tuple[bytes, list[Label]]:
    """One object a line, as news crawlers write it: maintext, date_publish, source_domain."""
    lines = [
        {
            "title": story.title,
            "maintext": _body(story, "\n"),
            "authors": list(story.authors),
            "date_publish": (story.published or "")[:19].replace("T", " "),
            "date_download": "2025-11-02 03:04:05",
            "source_domain": story.host,
            "url": story.url,
            "language": story.language,
        }
        for story in group
    ]
    labels = [
        _label(
            story,
            outlet=story.host.removeprefix("www."),
            published=(story.published or "")[:19],
            language=story.language,
        )
        for story in group
    ]
    return _json_lines(lines), labels


def snake_jsonl(group: list[Story]) -> tuple[bytes, list[Label]]:
    """One object a line: headline, body, published_at, publisher, byline."""
    lines = [
        {
            "id": f"a-{index}",
            "headline": story.title,
            "body": _body(story),
            "byline": "By " + " and ".join(story.authors) if story.authors else None,
            "published_at": story.published,
            "updated_at": story.updated,
            "publisher": story.outlet,
            "canonical_url": story.url,
        }
        for index, story in enumerate(group, 1)
    ]
    return _json_lines(lines), [_label(story, updated=story.updated) for story in group]


def api_array(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A news API's answer: articles in an object, source as an object, camel case, UTC times."""
    articles = [
        {
            "source": {"id": None, "name": story.outlet},
            "author": ", ".join(story.authors) or None,
            "title": story.title,
            "description": story.dek or None,
            "url": story.url,
            "publishedAt": in_utc(story.published or ""),
            "content": _body(story),
        }
        for story in group
    ]
    text = json.dumps(
        {"status": "ok", "totalResults": len(group), "articles": articles}, ensure_ascii=False
    )
    return text.encode(), [_label(story) for story in group]


def plain_array(group: list[Story]) -> tuple[bytes, list[Label]]:
    """An array of objects: title, text, date, author, outlet, link."""
    rows = [
        {
            "title": story.title,
            "text": _body(story),
            "date": story.published,
            "author": list(story.authors),
            "outlet": story.outlet,
            "link": story.url,
            "lang": story.language,
        }
        for story in group
    ]
    return json.dumps(rows, indent=2).encode(), [
        _label(story, language=story.language) for story in group
    ]


def csv_table(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A CSV with publication, date, year, title and content, and an index column without a name."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["", "id", "title", "publication", "author", "date", "year", "month", "url", "content"]
    )
    for index, story in enumerate(group):
        day = (story.published or "")[:10]
        writer.writerow(
            [
                index,
                17000 + index,
                story.title,
                story.outlet,
                ", ".join(story.authors),
                day,
                f"{day[:4]}.0",
                f"{int(day[5:7])}.0",
                story.url,
                _body(story),
            ]
        )
    return out.getvalue().encode(), [
        _label(story, published=(story.published or "")[:10]) for story in group
    ]


def spreadsheet_csv(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A spreadsheet's export: byte order mark, semicolons, headings with capitals and spaces."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Headline", "Article Text", "Publish Date", "Author", "Source", "URL"])
    for story in group:
        writer.writerow(
            [
                story.title,
                _body(story, "\n"),
                (story.published or "")[:10],
                ", ".join(story.authors),
                story.outlet,
                story.url,
            ]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode(), [
        _label(story, published=(story.published or "")[:10]) for story in group
    ]


def squad(group: list[Story]) -> tuple[bytes, list[Label]]:
    """SQuAD-style: one title, its paragraphs as contexts with questions, no other facts."""
    data = [
        {
            "title": story.title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": f"{story.id}-{index}",
                            "question": "What happened?",
                            "answers": [{"text": text[:12], "answer_start": 0}],
                            "is_impossible": False,
                        }
                    ],
                }
                for index, text in enumerate(story.paragraphs)
            ],
        }
        for story in group
    ]
    text = json.dumps({"version": "v2.0", "data": data}, ensure_ascii=False)
    facts: dict[str, Any] = {"outlet": None, "authors": [], "published": None, "url": None}
    return text.encode(), [_label(story, **facts) for story in group]


def meta_jsonl(group: list[Story]) -> tuple[bytes, list[Label]]:
    """One object a line, as text collections write it: text, and everything else in "meta"."""
    rows = [
        {
            "text": _body(story),
            "meta": {
                "title": story.title,
                "url": story.url,
                "date": story.published,
                "publisher": story.outlet,
                "language": story.language,
            },
        }
        for story in group
    ]
    return _json_lines(rows), [
        _label(story, authors=[], language=story.language) for story in group
    ]


def blog_api(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A blog's own API: rendered HTML for title and content, local and UTC times, numbers for people."""
    rows = [
        {
            "id": 4100 + index,
            "date": f"{(story.published or '')[:10]}T11:00:00",
            "date_gmt": f"{(story.published or '')[:10]}T16:00:00",
            "slug": story.id,
            "status": "publish",
            "link": story.url,
            "title": {"rendered": escape(story.title)},
            "content": {
                "rendered": "".join(f"<p>{escape(text)}</p>\n" for text in story.paragraphs),
                "protected": False,
            },
            "excerpt": {"rendered": f"<p>{escape(story.sentences[0])} [&hellip;]</p>\n"},
            "author": 3,
        }
        for index, story in enumerate(group)
    ]
    labels = [
        _label(story, outlet=None, authors=[], published=(story.published or "")[:10])
        for story in group
    ]
    return json.dumps(rows).encode(), labels


def newsletter(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A newsletter mail with text and HTML parts: one story and what mails add to it."""
    story = group[0]
    top = [
        "View this email in your browser",
        f"You are receiving this because you subscribed to {story.outlet}.",
    ]
    foot = [
        "Was this email forwarded to you? Sign up here.",
        f"{story.outlet}, 14 Quay Street, Orme",
        "Unsubscribe | Update your preferences",
    ]
    mail = _mail(story, story.title)
    mail.set_content(
        "\n\n".join([*top, story.title, *story.paragraphs, "--", *foot]), cte="quoted-printable"
    )
    parts = [f"<p style='font-size:10px'>{escape(line)}</p>" for line in top]
    parts += [
        f"<h1>{escape(story.title)}</h1>",
        *(f"<p>{escape(text)}</p>" for text in story.paragraphs),
    ]
    parts += [f"<td style='font-size:9px'>{escape(line)}</td>" for line in foot]
    mail.add_alternative(
        f"<html><body><table>{''.join(f'<tr><td>{part}</td></tr>' for part in parts)}</table></body></html>",
        subtype="html",
        cte="base64",
    )
    mail.set_boundary("=-=-labelled-=-=")
    furniture = [piece for line in (*top, *foot) for piece in line.replace("? ", "?\n").split("\n")]
    return mail.as_bytes(policy=SMTP), [_label(story, url=None, authors=[], furniture=furniture)]


def plain_mail(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A plain-text mail alert, format flowed by hand, with a signature."""
    story = group[0]
    foot = [
        "Sent by the alerts desk. Reply STOP to end these messages.",
        f"Copyright {(story.published or '')[:4]} {story.outlet}. All rights reserved.",
    ]
    mail = _mail(story, story.title)
    mail.set_content("\n\n".join([*story.paragraphs, "-- \n" + "\n".join(foot)]), cte="8bit")
    furniture = [piece for line in foot for piece in line.replace(". ", ".\n").split("\n")]
    return mail.as_bytes(policy=SMTP.clone(cte_type="8bit")), [
        _label(story, url=None, authors=[], furniture=furniture)
    ]


def _mail(story: Story, subject: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = (
        f'"{story.outlet}" <newsletter@{story.host}>'
        if story.outlet.isascii()
        else f"newsletter@{story.host}"
    )
    mail["To"] = "reader@home.example"
    mail["Subject"] = subject
    mail["Date"] = rfc822(story.published or "")
    mail["Message-ID"] = f"<{story.id}@{story.host}>"
    return mail


def office_document(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A Word document with title, by-line, headings, head and foot."""
    import docx

    story = group[0]
    document = docx.Document()
    document.core_properties.title = story.title
    document.core_properties.author = ", ".join(story.authors)
    document.sections[0].header.paragraphs[0].text = f"{story.outlet} - internal copy"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_heading(story.title, 0)
    for block in story.blocks:
        if block.kind in ("h", "entry"):
            document.add_heading(" ".join(block.lines), 2)
        elif block.kind == "list":
            for line in block.lines:
                document.add_paragraph(line, style="List Bullet")
        elif block.kind == "table":
            _add_table(document, block.rows)
        else:
            document.add_paragraph(story.gap.join(block.lines))
    out = io.BytesIO()
    document.save(out)
    furniture = [f"{story.outlet} - internal copy", "Page 1"]
    # The document's own dates are those of the template: they say nothing about publication.
    label = _label(story, outlet=None, published=None, url=None, furniture=furniture)
    return _stable_zip(out.getvalue()), [label]


def typed_document(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A Word document typed without styles: a bold line for a title, by-line and date below it."""
    import docx

    story = group[0]
    document = docx.Document()
    document.core_properties.title = ""
    document.core_properties.author = "python-docx"
    document.add_paragraph().add_run(story.title).bold = True
    head = [f"By {' and '.join(story.authors)}"] if story.authors else []
    head.append(f"{story.outlet}, {(story.published or '')[:10]}")
    for line in head:
        document.add_paragraph(line)
    for text in story.paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    label = _label(story, published=(story.published or "")[:10], url=None, furniture=head)
    return _stable_zip(out.getvalue()), [label]


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _stable_zip(data: bytes) -> bytes:
    """Return the same archive with fixed times, so that the set is the same each time."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _OLD), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ebook(group: list[Story]) -> tuple[bytes, list[Label]]:
    """A paper's special issue as EPUB 3: one story, and a page of rights."""
    story = group[0]
    creators = "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in story.authors)
    rights = f"Copyright {story.outlet}. All rights reserved."
    pages = {
        "text/story.xhtml": f"<h1>{escape(story.title)}</h1>"
        + "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs),
        "text/rights.xhtml": f"<p>{escape(rights)}</p>",
    }
    items = "".join(
        f'<item id="i{i}" href="{name}" media-type="application/xhtml+xml"/>'
        for i, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{i}"/>' for i in range(len(pages)))
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="u"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="u">urn:x:{story.id}</dc:identifier><dc:title>{escape(story.outlet)}</dc:title>{creators}<dc:publisher>{escape(story.outlet)}</dc:publisher>'
        f"<dc:date>{(story.published or '')[:10]}</dc:date><dc:language>{story.language}</dc:language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", _OLD), "application/epub+zip")
        book.writestr(
            zipfile.ZipInfo("META-INF/container.xml", _OLD), _CONTAINER.format("OPS/book.opf")
        )
        book.writestr(zipfile.ZipInfo("OPS/book.opf", _OLD), opf)
        for name, body in pages.items():
            page = f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(story.title)}</title></head><body>{body}</body></html>'
            book.writestr(zipfile.ZipInfo(f"OPS/{name}", _OLD), page)
    label = _label(
        story,
        published=(story.published or "")[:10],
        language=story.language,
        url=None,
        furniture=[rights],
    )
    return out.getvalue(), [label]


def paper_ebook(group: list[Story]) -> tuple[bytes, list[Label]]:
    """An e-paper, EPUB 2: the book is the outlet's issue, each chapter an article with by-line."""
    paper = group[0]
    names = [f"article{index}.html" for index in range(len(group))]
    contents = "".join(
        f'<li><a href="{name}">{escape(story.title)}</a></li>'
        for name, story in zip(names, group, strict=True)
    )
    pages = {"contents.html": f"<h1>Contents</h1><ul>{contents}</ul>"}
    for name, story in zip(names, group, strict=True):
        text = "".join(f"<p>{escape(line)}</p>" for line in story.paragraphs)
        pages[name] = (
            f"<h1>{escape(story.title)}</h1><p class='by'>By {escape(' and '.join(story.authors))}</p>{text}"
        )
    items = "".join(
        f'<item id="i{i}" href="{name}" media-type="application/xhtml+xml"/>'
        for i, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{i}"/>' for i in range(len(pages)))
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="u"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<dc:identifier id="u">x-{paper.id}</dc:identifier><dc:title>{escape(paper.outlet)}</dc:title><dc:publisher>{escape(paper.outlet)}</dc:publisher>'
        f'<dc:date opf:event="publication">{(paper.published or "")[:10]}</dc:date><dc:language>{paper.language}</dc:language></metadata>'
        f'<manifest>{items}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">{spine}</spine></package>'
    )
    points = "".join(
        f'<navPoint id="p{i}" playOrder="{i + 1}"><navLabel><text>{escape(story.title)}</text></navLabel><content src="{name}"/></navPoint>'
        for i, (name, story) in enumerate(zip(names, group, strict=True))
    )
    ncx = f'<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/><docTitle><text>{escape(paper.outlet)}</text></docTitle><navMap>{points}</navMap></ncx>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", _OLD), "application/epub+zip")
        book.writestr(
            zipfile.ZipInfo("META-INF/container.xml", _OLD), _CONTAINER.format("content.opf")
        )
        book.writestr(zipfile.ZipInfo("content.opf", _OLD), opf)
        book.writestr(zipfile.ZipInfo("toc.ncx", _OLD), ncx)
        for name, body in pages.items():
            page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(paper.outlet)}</title></head><body>{body}</body></html>'
            book.writestr(zipfile.ZipInfo(name, _OLD), page)
    day = (paper.published or "")[:10]
    return out.getvalue(), [
        _label(
            story,
            published=day,
            language=story.language,
            url=None,
            furniture=[f"By {' and '.join(story.authors)}"],
        )
        for story in group
    ]


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


Maker = Callable[[list[Story]], tuple[bytes, list[Label]]]
EXPORTS: dict[str, list[tuple[Maker, str, str, list[str]]]] = {
    "dev": [
        (crawl_jsonl, "export", "jsonl", ["ferry-engine", "pool-lifeguards", "seed-vault"]),
        (api_array, "export", "json", ["orchestra-bus", "harbour-vote", "night-market"]),
        (csv_table, "export", "csv", ["toll-booths", "glacier-core", "de-faehre"]),
        (squad, "export", "json", ["brandt-verdict", "lynx-study"]),
        (meta_jsonl, "export", "jsonl", ["transit-strike", "school-budget"]),
        (newsletter, "mail", "eml", ["night-market"]),
        (newsletter, "mail", "eml", ["fr-horloge"]),
        (office_document, "docx", "docx", ["derby-match"]),
        (office_document, "docx", "docx", ["listicle-gardens"]),
        (ebook, "epub", "epub", ["bakery-profile"]),
    ],
    "test": [
        (snake_jsonl, "export", "jsonl", ["bridge-paint", "chess-bus", "meteor-barn"]),
        (plain_array, "export", "json", ["wind-farm", "soup-kitchen", "es-campana", "ja-train"]),
        (spreadsheet_csv, "export", "csv", ["library-goat", "de-imker"]),
        (blog_api, "export", "json", ["bees-roof", "soup-kitchen"]),
        (plain_mail, "mail", "eml", ["strike-hospital"]),
        (plain_mail, "mail", "eml", ["chip-factory"]),
        (typed_document, "docx", "docx", ["quarry-ruling"]),
        (typed_document, "docx", "docx", ["fr-chouette"]),
        (paper_ebook, "epub", "epub", ["hockey-final", "mayor-recount"]),
    ],
}


def exports(part: str) -> list[Saved]:
    """Return the exports, mails and office files of a part."""
    by_id = {story.id: story for story in stories(part)}
    out = []
    for maker, kind, suffix, names in EXPORTS[part]:
        data, labels = maker([by_id[name] for name in names])
        name = f"{kind}/{maker.__name__}-{names[0]}.{suffix}"
        out.append(Saved(name=name, kind=kind, system=maker.__name__, data=data, articles=labels))
    return out
