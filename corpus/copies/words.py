"""An article's own words, folded so that only letters and digits matter, and which are quoted.

In scripts without spaces each sign is taken for a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.sentences import split_sentences
from corpus.types import Mark, Span

_RUN_WORDS, _RUN_SIGNS = 5, 9
"""How many words, or signs of a script without spaces, make a run that is looked for."""

# Thai, Lao, Tibetan, Burmese, Khmer, kana and Han: each sign is taken for a word.
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
# Apostrophes, joiners and soft hyphens are no stops: they are dropped inside a word.
_STOPS = (
    "!-&(-/:-@\\[-`{-~\u00a1-\u00ac\u00ae-\u00bf\u2000-\u200b\u200e-\u2018\u201a-\u206f"
    "\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u060c\u061b\u061f\u06d4"
    "\u0964\u0965\ufffd"
)
_NUMBER = r"\d{1,3}(?:[.,’'\u00a0\u202f]\d{3})+(?!\d)"
_WORD = re.compile(f"[{_UNSPACED}]|{_NUMBER}|[^\\s{_UNSPACED}{_STOPS}]+")
_UNSPACED_SIGN = re.compile(f"[{_UNSPACED}]")
# Longer "words" are no words; and normalising a run of combining marks is not linear.
_MAX_WORD_CHARS = 64

_QUOTE_OR_LINE = re.compile(r'["“”„«»「」『』\n]|(?<!\w)‘|’(?!\w)')
_CLOSING = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "‘": "’",
    '"': '"',
}
_KEPT, _MAX_KEPT_CHARS = 8, 100_000
"""So many texts are kept as words, of at most so many characters: a new article's, above all, which
is compared with one after the other."""

_MAX_OPEN_QUOTE_CHARS = 1000
"""A quotation may stay open at the end of its paragraph, but a stray mark is no quotation."""


@dataclass(frozen=True)
class Words:
    """The words of an article's own text: folded, so that only letters and digits matter.

    `text` is the article's, with line ends where marks stood. What is found in it is kept: an
    article is compared with many others.
    """

    text: str
    folded: list[str]

    @cached_property
    def starts(self) -> list[int]:
        """Where in the text each word starts."""
        found = _WORD.finditer(self.text)
        return [word.start() for word in found if _fold(word[0][:_MAX_WORD_CHARS])]

    @cached_property
    def run_size(self) -> int:
        """How many words a run has: more where each sign counts as a word."""
        signs = sum(_UNSPACED_SIGN.match(word) is not None for word in self.folded)
        return _RUN_SIGNS if 2 * signs > len(self.folded) else _RUN_WORDS

    def runs(self, size: int) -> Iterator[tuple[str, ...]]:
        """Yield the run of `size` words from each word on; one, if there are no more words."""
        for start in range(max(1, len(self.folded) - size + 1) if self.folded else 0):
            yield tuple(self.folded[start : start + size])

    @cached_property
    def _hashes(self) -> dict[int, list[int]]:
        return {}

    def hashes(self, size: int) -> list[int]:
        """Return a number for each of `runs`, the same for the same words."""
        if size not in self._hashes:
            self._hashes[size] = [hash(run) for run in self.runs(size)]
        return self._hashes[size]

    def index(self, offset: int) -> int:
        """Return the number of the first word that starts at an offset or after it."""
        return bisect_left(self.starts, offset)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The first word of each sentence that has words, and the one after its last."""
        edges = [self.index(sentence.start) for sentence in split_sentences(self.text)]
        pairs = pairwise([*edges, len(self.folded)])
        return [(start, end) for start, end in pairs if start < end]

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each word stands in quotation marks."""
        quoted = [False] * len(self.folded)
        for span in _quotations(self.text):
            for word in range(self.index(span.start), self.index(span.end)):
                quoted[word] = True
        return quoted


def read_words(text: str, marks: Sequence[Mark] = ()) -> Words:
    """Return the words of a text without what is marked.

    >>> read_words("The CAFÉ’s 1,200 guests").folded
    ['the', 'cafes', '1200', 'guests']
    """
    read = _recent if len(text) <= _MAX_KEPT_CHARS else _words
    return read(text, tuple(marks))


def _words(text: str, marks: tuple[Mark, ...]) -> Words:
    text = _without(text, marks)
    folded = (_fold(word[:_MAX_WORD_CHARS]) for word in _WORD.findall(text))
    return Words(text, [word for word in folded if word])


_recent = lru_cache(maxsize=_KEPT)(_words)


def _quotations(text: str) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    for match in _QUOTE_OR_LINE.finditer(text):
        if opened is None:
            opened = match if match[0] in _CLOSING else None
        elif match[0] == "\n":
            if match.start() - opened.start() <= _MAX_OPEN_QUOTE_CHARS:
                yield Span(opened.start(), match.start())
            opened = None
        elif match[0] in _CLOSING[opened[0]]:
            yield Span(opened.start(), match.end())
            opened = None


def _without(text: str, marks: Sequence[Mark]) -> str:
    """Return a text of the same length with line ends for what is marked."""
    pieces, end = [], 0
    for mark in sorted(marks):
        start = max(end, mark.span.start)
        pieces.append(text[end:start])
        end = max(end, mark.span.end)
        pieces.append("\n" * (end - start))
    return "".join([*pieces, text[end:]])


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    """Return letters and digits without case and accents, as agencies do write names without."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word)
    return "".join(filter(str.isalnum, word.casefold()))
