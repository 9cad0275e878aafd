"""An uploaded file or a pasted text to articles; whatever is in it is parsed in another process."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from corpus import Article, ArticleError, BadRecord, UnreadableArticle, UnsupportedFormat
from corpus.assembling import Place, assembled
from corpus.extracted import FRONT_MATTER, Extracted, Stated
from corpus.formats import MODULES
from corpus.identity import content_identity
from corpus.parsing import Parser
from corpus.paths import PLAIN_SUFFIXES, suffix_of
from qa.interfaces.library.uploads import UploadLimits

MAX_NAME_CHARS = 150
MAX_TITLE_CHARS = 500
MAX_OUTLET_CHARS = 200
PASTED = "pasted text"
"""What the source of a pasted text is called."""

_EXTRACTORS = {
    **{
        suffix: f"corpus.formats.{module}:extract"
        for suffix, module in MODULES.items()
        if module != "warc"  # a whole crawl is for the command line
    },
    **dict.fromkeys(PLAIN_SUFFIXES, "corpus.formats.plain:extract"),
}
SUFFIXES = tuple(_EXTRACTORS)
"""The kinds of file that can be uploaded."""

# Controls and separators, and what turns the direction of writing around.
_UNSHOWN = {"Cc", "Cs", "Zl", "Zp"}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A text that a person typed or pasted, with what they say of it; dates are ISO 8601."""

    text: str
    title: str = ""
    outlet: str = ""
    published: str = ""


@dataclass(slots=True)
class ReadUpload:
    """The articles that were read, what a person should know of them, and what failed.

    A problem is (where, why); `where` is "" for the file as a whole.
    """

    articles: list[Article] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def clean_line(text: str, max_chars: int) -> str:
    """Return a name as it can be stored and shown in one line: without what is not seen."""
    shown = (
        " " if unicodedata.category(char) in _UNSHOWN else char
        for char in text
        if char not in _BIDI
    )
    return " ".join("".join(shown).split())[:max_chars].strip()


def clean_file_name(name: str) -> str:
    r"""Return the last part of a file's name, to be shown; it is never used as a path.

    >>> clean_file_name("../../etc/\u202epasswd.txt"), clean_file_name("C:\\a\\b.md")
    ('passwd.txt', 'b.md')
    """
    last = clean_line(PurePosixPath(name.replace("\\", "/").replace("\0", "")).name, len(name))
    suffix = suffix_of(Path(last)) if last else ""
    if len(last) > MAX_NAME_CHARS and len(suffix) < MAX_NAME_CHARS:
        last = last[: MAX_NAME_CHARS - len(suffix)] + suffix
    return last[:MAX_NAME_CHARS] or "upload"


def checked_suffix(name: str) -> str:
    """Return the kind of a file by its name.

    Raises:
        UnsupportedFormat: it is none that can be read.
    """
    suffix = suffix_of(Path(name))
    if suffix not in _EXTRACTORS:
        raise UnsupportedFormat(
            f"{name} is not one of the kinds of file that can be added here: "
            f"{', '.join(SUFFIXES)}. Save its text as one of them, or paste it."
        )
    return suffix


def checked_paste(pasted: Pasted) -> Pasted:
    """Return a pasted text with its facts in order.

    Raises:
        UnreadableArticle: there is no text, or the date is none.
    """
    if not pasted.text.strip():
        raise UnreadableArticle("There is no text. Paste the article's text.")
    published = pasted.published.strip()
    if published and not _is_day(published):
        raise UnreadableArticle(f"{published[:40]!r} is not a date. Write it as 2026-03-17.")
    return replace(
        pasted,
        title=clean_line(pasted.title, MAX_TITLE_CHARS),
        outlet=clean_line(pasted.outlet, MAX_OUTLET_CHARS),
        published=published,
    )


def read_upload(path: Path, name: str, limits: UploadLimits) -> ReadUpload:
    """Read the articles of an uploaded file.

    An article without an address or name of its own gets an id made from the file's name and its
    content: the same upload again is the same article, another file of that name is not.

    Args:
        path: Where its bytes are.
        name: What its owner calls it, cleaned: the source of articles that name none.
        limits: How much it may hold.
    """
    suffix = checked_suffix(name)
    read = ReadUpload()
    records = _records(path, suffix, name, limits, read)
    place = Place(
        stem=name[: -len(suffix)] or name, identity=content_identity(path.read_bytes()), source=name
    )
    alone = len(records) == 1 and not read.problems
    for record in records:
        named = suffix in PLAIN_SUFFIXES and record.id is not None
        try:
            loaded = assembled(record, place, alone=alone, named=named)
        except ValueError as error:  # an id of its own that can be none
            read.problems.append(("", str(error)))
            continue
        read.articles.append(loaded.article)
        read.warnings += loaded.warnings
    return read


def read_pasted(path: Path, pasted: Pasted, limits: UploadLimits) -> ReadUpload:
    """Read a pasted text, whose bytes are at `path`; what is said of it goes before its own words.

    The same text again is the same article.
    """
    read = ReadUpload()
    for record in _records(path, ".txt", f"{PASTED}.txt", limits, read):
        told = replace(
            record,
            title=pasted.title or record.title,
            outlet=_stated(pasted.outlet) or record.outlet,
            published=_stated(pasted.published) or record.published,
        )
        identity = content_identity(pasted.text.encode("utf-8", "replace"))
        loaded = assembled(told, Place(stem=told.title or PASTED, identity=identity, source=PASTED))
        read.articles.append(loaded.article)
        read.warnings += loaded.warnings
    return read


def _records(
    path: Path, suffix: str, name: str, limits: UploadLimits, read: ReadUpload
) -> list[Extracted]:
    """Return what a file holds, as far as the limits go; note what cannot be read."""
    records: list[Extracted] = []
    n_chars = 0
    with Parser(_EXTRACTORS) as parser:
        for record in _sound(parser.read(path, suffix, name), read):
            n_chars += len(record.text)
            if len(records) == limits.articles or n_chars > limits.text_chars:
                read.problems.append(("", _too_many(limits)))
                break
            records.append(record)
    return records


def _sound(found: Iterator[Extracted | BadRecord], read: ReadUpload) -> Iterator[Extracted]:
    try:
        for record in found:
            if isinstance(record, BadRecord):
                read.problems.append((record.where, record.reason))
            else:
                yield record
    except ArticleError as error:
        read.problems.append(("", str(error)))


def _too_many(limits: UploadLimits) -> str:
    return (
        f"It holds more than {limits.articles:,} articles, or {limits.text_chars:,} characters;"
        " the others are left out. Index large files with: pullquote index"
    )


def _stated(value: str) -> Stated | None:
    return Stated(value=value, origin=FRONT_MATTER) if value else None


def _is_day(published: str) -> bool:
    try:
        date.fromisoformat(published)
    except ValueError:
        return False
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", published))
