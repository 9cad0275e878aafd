"""Text and Markdown that nobody vouches for: read like any other format, in the other process.

Files of one's own are read without it (`corpus.load`): it is quicker, and nothing can go wrong that
would not be one's own doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from corpus.extracted import Extracted
from corpus.paths import suffix_of
from corpus.plain import read_plain


def extract(file: BinaryIO, name: str) -> Iterator[Extracted]:
    """Yield the article of a text or Markdown file; the suffix of `name` tells which it is.

    Raises:
        UnreadableArticle: It is empty or binary, or its front matter is broken.
    """
    yield read_plain(file.read(), name, suffix_of(Path(name)))
