"""Formats: which module reads which kind of file. Each is imported when a file asks for it.

An extractor is a function (`Extractor`): it reads an open file, yields the articles in it one after
the other, and raises `UnreadableArticle` if nothing can be made of it. `name` is for messages. It
runs in a child process (`corpus.parsing`), under limits of memory, time and output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO

from corpus.extracted import BadRecord, Extracted

Extractor = Callable[[BinaryIO, str], Iterator[Extracted | BadRecord]]

MODULES = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
    ".eml": "mail",
    ".json": "records",
    ".jsonl": "records",
    ".ndjson": "records",
    ".csv": "tables",
    ".tsv": "tables",
    ".rss": "feeds",
    ".atom": "feeds",
    ".xml": "feeds",
    ".warc": "warc",
    ".warc.gz": "warc",
}
"""Suffix to module of this package; the longer suffix wins."""


def load_extractor(suffix: str) -> Extractor:
    """Return the extractor of a kind of file."""
    extract: Extractor = import_module(f"corpus.formats.{MODULES[suffix]}").extract
    return extract
