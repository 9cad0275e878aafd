"""PDF to text: an article's paragraphs and headings, with running heads and page numbers marked.

pypdf reads the file; here its lines are put into the order in which a page of one or more columns
is read and made into paragraphs (`pdf_pieces`, `pdf_furniture`, `pdf_columns`, `pdf_paragraphs`,
`pdf_text`). Words cut at line ends are made whole and ligatures are written out before the text is
final. The dates of a PDF say when the file was made, not when the article was published.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.facts.calendar_words import is_day_first
from corpus.facts.language import language_of
from corpus.formats.pdfs.columns import Line, lines_in_order
from corpus.formats.pdfs.furniture import SortedPage, address_of, sort_pages
from corpus.formats.pdfs.heads import read_head
from corpus.formats.pdfs.paragraphs import Block, Paragraphs
from corpus.formats.pdfs.pieces import Page, read_page
from corpus.formats.pdfs.text import Written, write_blocks
from corpus.formats.properties import plain, said, stated_authors, stated_title

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 1000
"""A newspaper has a hundred, a book may have this many."""

_MAX_CHARS = 10_000_000
_HEADER_BYTES = 1024
_MAX_UNREADABLE_SHARE = 0.3
_WHAT_TO_DO = "Save its text as UTF-8 in a .txt or .md file and add that."

_MADE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?")
_WORD = re.compile(r"\w+")
_HEADLINE_WORDS = 3
_HEADINGS_LOOKED_AT = 4


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Read the article in a PDF.

    Args:
        file: An open PDF.
        name: What it is called in messages.

    Yields:
        One article: paragraphs have a blank line between them; page headers, footers and numbers
        are marked and stand after the paragraph that they would interrupt. If the document says
        when it was made, that is `metadata["created"]`.

    Raises:
        UnreadableArticle: It is no PDF, broken, locked with a password, has no text (scanned
            pictures) or more than 1,000 pages.
    """
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it is outspoken on stderr
    reader = _open(file, name)
    pages, warnings = _read_pages(reader, name)
    sorted_pages = sort_pages(pages)
    blocks = _blocks(sorted_pages)
    language = _language(reader)
    text = " ".join(line.text for block in blocks for line in block.lines)
    head = read_head(blocks, day_first=is_day_first(language, language_of(text)))
    written = write_blocks(blocks)
    _check_text(written, name, len(pages))
    info = _info(reader)
    yield Extracted(
        text=written.text,
        headings=written.headings,
        marks=written.marks,
        title=_title(stated_title(info.get("/Title")), written, blocks),
        outlet=head.outlet,
        published=head.published,
        authors=stated_authors(info.get("/Author")) or head.authors,
        url=address_of(sorted_pages),
        language=language,
        metadata=_metadata(info),
        warnings=tuple(warnings),
    )


def _open(file: BinaryIO, name: str) -> PdfReader:
    from pypdf import PasswordType, PdfReader

    if b"%PDF-" not in file.read(_HEADER_BYTES):
        raise UnreadableArticle(f"{name} is no PDF: it does not begin with %PDF-. {_WHAT_TO_DO}")
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise UnreadableArticle(f"{name} is locked with a password. Add an unlocked copy.")
        n_pages = len(reader.pages)
    except (UnreadableArticle, MemoryError):
        raise
    except Exception as error:  # pypdf raises many kinds for broken files
        raise _broken(name, error) from error
    if not 0 < n_pages <= MAX_PAGES:
        raise UnreadableArticle(
            f"{name} has {n_pages} pages; from 1 to {MAX_PAGES} can be read. Split it."
        )
    return reader


def _read_pages(reader: PdfReader, name: str) -> tuple[list[Page], list[str]]:
    pages: list[Page] = []
    warnings: list[str] = []
    n_chars, empty, error = 0, [], None
    for number in range(len(reader.pages)):
        try:
            pages.append(read_page(reader.pages[number]))
        except MemoryError:
            raise
        except Exception as caught:
            error = caught
            warnings.append(f"Page {number + 1} could not be read: {said(caught)}.")
            continue
        on_page = sum(len(piece.text) for piece in pages[-1].pieces)
        n_chars += on_page
        if not on_page:
            empty.append(number + 1)
        if n_chars > _MAX_CHARS:
            raise UnreadableArticle(f"{name} has more than {_MAX_CHARS} characters. Split it.")
    if not pages:
        raise _broken(name, error)
    if empty and n_chars:
        of = f"{len(empty)} of {len(reader.pages)} pages"
        warnings.append(f"{of} have no text, as page {empty[0]}: they are empty or pictures.")
    return pages, warnings


def _broken(name: str, error: Exception | None) -> UnreadableArticle:
    from pypdf.errors import DependencyError

    if isinstance(error, DependencyError):
        return UnreadableArticle(
            f"{name} is encrypted, and what is needed to read it is not installed: {said(error)}. "
            "Install that, or add an unlocked copy."
        )
    return UnreadableArticle(f"{name} is a broken PDF: {said(error)}. {_WHAT_TO_DO}")


def _blocks(pages: list[SortedPage]) -> list[Block]:
    lines: list[list[Line]] = [lines_in_order(page.body, n) for n, page in enumerate(pages)]
    paragraphs = Paragraphs([line for page in lines for line in page])
    for page, body in zip(pages, lines, strict=True):
        for piece, reason in page.above:
            paragraphs.add_furniture(piece.text, reason)
        paragraphs.add_page(body)
        for piece, reason in page.below:
            paragraphs.add_furniture(piece.text, reason)
    return paragraphs.finished()


def _check_text(written: Written, name: str, n_pages: int) -> None:
    text = written.text
    if not any(map(str.isalnum, text)):
        raise UnreadableArticle(
            f"{name} has no text in its {n_pages} pages: they are scanned pictures or empty. "
            "Run a text recognition (OCR) over it and add the result."
        )
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    if odd > _MAX_UNREADABLE_SHARE * len(text):
        raise UnreadableArticle(
            f"{name} has fonts that do not say which characters they show: {odd} of {len(text)} "
            f"cannot be read. {_WHAT_TO_DO}"
        )


def _info(reader: PdfReader) -> dict[str, str]:
    try:
        found: Any = reader.metadata or {}
        items = {key: found.get(key) for key in ("/Title", "/Author", "/CreationDate")}
    except MemoryError:
        raise
    except Exception:
        return {}
    return {key: plain(value) for key, value in items.items() if isinstance(value, str)}


def _title(stated: str | None, written: Written, blocks: list[Block]) -> str | None:
    """Return the stated title if it looks like one, but a headline that it contains sooner."""
    headline = _headline(written, blocks)
    if stated is None:
        return headline
    words = _words(stated)
    if headline and (_words(headline) <= words or words <= _words(headline)):
        return headline
    first_words = _words(written.text[:3000])
    if headline and len(words & first_words) < len(words) / 2 and len(headline.split()) > 2:
        return headline
    return stated


def _headline(written: Written, blocks: list[Block]) -> str | None:
    """Return the largest heading among the first; of the masthead and the headline, the longer."""
    large = [block for block in blocks if block.is_heading][:_HEADINGS_LOOKED_AT]
    texts = [span.of(written.text) for span in written.headings[:_HEADINGS_LOOKED_AT]]
    found = [(block.size, text) for block, text in zip(large, texts, strict=True)]
    found = [pair for pair in found if len(pair[1].split()) >= _HEADLINE_WORDS] or found[:1]
    return max(found, key=lambda pair: round(pair[0], 1))[1] if found else None


def _language(reader: PdfReader) -> str | None:
    try:
        stated = reader.root_object.get("/Lang")
    except MemoryError:
        raise
    except Exception:
        return None
    return plain(stated) or None if isinstance(stated, str) else None


def _metadata(info: dict[str, str]) -> dict[str, str]:
    made = _MADE.match(info.get("/CreationDate", ""))
    if made is None:
        return {}
    year, month, day, hour, minute, second, utc, ahead, minutes = made.groups()
    date = "-".join(part for part in (year, month, day) if part)
    zone = "Z" if utc else f"{ahead}:{minutes or '00'}" if ahead else ""
    created = date if minute is None else f"{date}T{hour}:{minute}:{second or '00'}{zone}"
    try:
        datetime.fromisoformat(created if day else "-".join((year, month or "01", "01")))
    except ValueError:
        return {}
    return {"created": created}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
