"""How much a file may ask for while it is read: size, memory, time and output."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024

STREAMED_SUFFIXES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".warc", ".warc.gz"})
"""Kinds of file that are read record by record, never as a whole."""

OUT_OF_MEMORY = 12
"""The exit status of a process that had no memory left to say so."""

_MAX_STREAMED_BYTES = 2048 * _MB
_MAX_PDF_BYTES = 25 * _MB
_MAX_FILE_BYTES = 10 * _MB


def max_file_bytes(suffix: str) -> int:
    """Return how large a file of a kind may be.

    >>> max_file_bytes(".pdf") // 2**20
    25
    """
    if suffix in STREAMED_SUFFIXES:
        return _MAX_STREAMED_BYTES
    return _MAX_PDF_BYTES if suffix == ".pdf" else _MAX_FILE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the process that reads files is held to, beside the size of a file.

    `cpu_s` is processor time for one article (in a streamed file: for one, or for a stretch of the
    file). `wait_s` is how long it may be silent; `file_s` and `file_s_per_mb` are what a whole file
    may take. `text_bytes` is one article's text as UTF-8, `line_bytes` one message with all that
    belongs to an article, `records` what one file may hold, `bad_records` how many of them may be
    unreadable before the rest is left. After `files` files, or when
    `kept_bytes` of memory are in use, a process is replaced by a new one.
    """

    memory_bytes: int = 1024 * _MB
    cpu_s: int = 20
    wait_s: float = 30
    file_s: float = 120
    file_s_per_mb: float = 60
    text_bytes: int = 10 * _MB
    line_bytes: int = 40 * _MB
    records: int = 1_000_000
    bad_records: int = 1000
    files: int = 200
    kept_bytes: int = 400 * _MB
