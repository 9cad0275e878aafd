"""EPUB to text: each document of a book or a magazine issue that has text is one article.

The package names the documents in their reading order; navigation, covers and imprints are left
out. XML is read without entities and without the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.formats.blocks import BlockText, block_text
from corpus.formats.markup import parse_xhtml, parse_xml
from corpus.formats.properties import plain, said
from corpus.formats.zipped import Archive, open_archive

_KIND = "an EPUB book (.epub)"
_CONTAINER = "META-INF/container.xml"
_LOCKS = frozenset(("META-INF/rights.xml", "META-INF/sinf.xml"))
_MIN_CHARS = 200
_MAX_DOCUMENTS = 1000

_DOCUMENTS = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
# What the guide, the landmarks or the documents themselves call what is not an article.
_APART = re.compile(
    r"(?:.*[:\s])?(?:cover|titlepage|title-page|toc|landmarks|page-list|loi|lot|index|colophon"
    r"|copyright-page|imprint|imprimatur|halftitlepage|halftitle|other\.ads|ad)",
    re.I,
)
_IMPRINT = re.compile(
    r"all rights reserved|\bisbn\b|copyright\s+(?:©|\(c\)|\d{4})|©\s*(?:copyright\s*)?\d{4}", re.I
)
_MAX_IMPRINT_CHARS = 2500
_DATE = re.compile(
    r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])"
    r"(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the package says: the facts, and the members of the archive in reading order."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None
    identifier: str | None
    documents: tuple[str, ...]


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Read the documents of an EPUB as articles.

    Args:
        file: An open EPUB.
        name: What it is called in messages.

    Yields:
        One article for each document of the spine that has 200 characters or a heading, and a bad
        record for each that cannot be read. The book's title is `metadata["collection"]`; its date
        is not sure to be the article's.

    Raises:
        UnreadableArticle: It is no EPUB, broken, locked, larger than what is safe, or without text.
    """
    with open_archive(file, name, _KIND) as archive:
        if _LOCKS & archive.names:
            raise UnreadableArticle(f"{name} is protected against copying. Add an unlocked copy.")
        book = _read_package(archive, name)
        found = False
        for member in book.documents:
            result = _read_document(archive, member, book)
            if result is not None:
                found = found or isinstance(result, Extracted)
                yield result
    if not found:
        raise UnreadableArticle(f"{name} has no documents with text in them.")


def _read_document(archive: Archive, member: str, book: _Book) -> Extracted | BadRecord | None:
    try:
        root = parse_xhtml(archive.read(member))
        if _is_apart(root):
            return None
        content = block_text(root)
    except (UnreadableArticle, ValueError) as error:
        return BadRecord(where=plain(member)[:200], reason=said(error))
    if not _is_article(content):
        return None
    return _article(content, member, book)


def _article(content: BlockText, member: str, book: _Book) -> Extracted:
    published = book.published
    return Extracted(
        text=content.text,
        headings=content.headings,
        title=content.title,
        outlet=Stated(value=book.title, origin="document", sure=False) if book.title else None,
        published=Stated(value=published, origin="document", sure=False) if published else None,
        authors=book.authors,
        language=book.language,
        id=f"{book.identifier}#{plain(member)}" if book.identifier else None,
        metadata={"collection": book.title} if book.title else {},
    )


def _is_article(content: BlockText) -> bool:
    text = content.text
    if len(text) < _MAX_IMPRINT_CHARS and len(_IMPRINT.findall(text)) > 1:
        return False
    beyond_headings = len(text) - sum(span.end - span.start for span in content.headings)
    # A heading alone is a part's title page.
    return beyond_headings >= _MIN_CHARS or bool(content.headings and beyond_headings > 20)


def _is_apart(root: Any) -> bool:
    """Say whether a document calls itself a cover, contents or the like."""
    bodies = root.xpath("//*[local-name()='body']")
    body = bodies[0] if bodies else root
    for node in (body, *list(body)[:1]):
        kind = next((value for key, value in node.items() if key.rpartition("}")[2] == "type"), "")
        if any(_APART.fullmatch(word) for word in kind.split()):
            return True
    return any(
        key.rpartition("}")[2] == "type" and "toc" in value.split()
        for nav in root.iter("{*}nav")
        for key, value in nav.items()
    ) and not root.xpath("boolean(//*[local-name()='p'])")


def _read_package(archive: Archive, name: str) -> _Book:
    try:
        container = parse_xml(archive.read(_CONTAINER))
        path = _rootfile(container)
        package = parse_xml(archive.read(path))
    except ValueError as error:
        raise UnreadableArticle(f"{name} is a broken EPUB: {said(error)}.") from error
    facts = {
        tag: _texts(package, tag) for tag in ("title", "creator", "date", "language", "identifier")
    }
    documents = _spine(package, PurePosixPath(path).parent)
    if not documents:
        raise UnreadableArticle(f"{name} is a broken EPUB: its package names no documents.")
    return _Book(
        title=next(iter(facts["title"]), None),
        authors=facts["creator"],
        published=next((date for date in map(_iso_date, facts["date"]) if date), None),
        language=next(iter(facts["language"]), None),
        identifier=next(iter(facts["identifier"]), None),
        documents=documents[:_MAX_DOCUMENTS],
    )


def _rootfile(container: Any) -> str:
    for node in container.iter("{*}rootfile"):
        if path := node.get("full-path"):
            return str(path)
    raise ValueError(f"{_CONTAINER} names no package")


def _spine(package: Any, folder: PurePosixPath) -> tuple[str, ...]:
    """Return the members that hold the book's documents, in order, without those set apart."""
    apart = {
        _member(folder, node.get("href", "").partition("#")[0])
        for node in package.iter("{*}reference")
        if _APART.fullmatch(node.get("type", ""))
    }
    items: dict[str, Mapping[str, str]] = {
        node.get("id", ""): node.attrib for node in package.iter("{*}item")
    }
    members: dict[str, None] = {}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref", ""), {})
        is_document = item.get("media-type") in _DOCUMENTS and item.get("href")
        is_navigation = "nav" in item.get("properties", "").split()
        if is_document and not is_navigation and reference.get("linear") != "no":
            members[_member(folder, item["href"])] = None
    return tuple(member for member in members if member not in apart)


def _member(folder: PurePosixPath, href: str) -> str:
    """Return the member that a reference names; the archive refuses what is not in it."""
    parts: list[str] = []
    for part in (folder / unquote(href.partition("#")[0])).parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _texts(package: Any, tag: str) -> tuple[str, ...]:
    nodes = package.iter(f"{{http://purl.org/dc/elements/1.1/}}{tag}")
    found = (plain("".join(node.itertext())) for node in nodes)
    return tuple(text for text in found if text)


def _iso_date(text: str) -> str | None:
    """Return a date as it stands, if it is one; "0101-01-01" is what a program writes for none."""
    match = _DATE.fullmatch(text)
    return text if match and int(match[1]) > 1000 else None
