"""Stops in scripts without capitals: Chinese, Japanese, Arabic, Hindi and their neighbours.

A capital cannot tell there where a sentence begins, so these rules ask for other evidence: marks
that only end sentences, brackets still open, and abbreviations of a few letters. Each looks
at a bounded stretch of text.
"""

from __future__ import annotations

import re

from corpus.sentences.speakers import goes_on_after_quote

FIRST_UNCASED = "\u0590"
"""No script before this character is without capitals."""

_QUOTATION_CHARS = 80
"""A quotation no longer than that is kept whole, with all the sentences in it."""

_PAIRS = tuple(zip("「『（“【｢《", "」』）”】｣》", strict=True))
_BULLETS = "※●■◆▲△○◎★☆→▼□◇・"

_IDEOGRAPHIC = re.compile(
    "[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
_FULL_WIDTH_LETTER = re.compile("[0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_JOINING = re.compile("の(?!ち)|を")  # モーニング娘。の: a name with a mark
_VERSE_NUMBER = re.compile(r"[\d०-९]{1,4}\s{0,2}[।॥]")

_SHORTENED_HINDI = frozenset(
    """
    डॉ डा प्रो रु कि मी पृ सं पं स्व श्री सुश्री इं एड मो ई ए बी सी डी एफ जी एच आई जे के एल एम एन ओ पी क्यू
    आर एस टी यू वी डब्ल्यू एक्स वाई जेड पू अ ब
    """.split()
)
_ARABIC_ERA = re.compile(r"[\d٠-٩]\s{0,3}(?:م|هـ|ه)\Z")
_ARABIC_LETTER = re.compile(r"(?:.*\.)?(?:[\u0621-\u064a]|هـ)\Z")
_LONGEST_SHORTENED_CHARS = 8


def is_unspaced(text: str, match: re.Match[str]) -> bool:
    """Say whether a stop stands right before a Chinese, Japanese or Korean character."""
    return _IDEOGRAPHIC.match(text, match.end()) is not None


def begins_after_wide_mark(
    text: str, match: re.Match[str], begin: int, block_end: int, first: str
) -> bool:
    """Say whether a sentence begins after a mark that is written without a space, such as "。".

    Args:
        text: The whole text.
        match: The stop, as `corpus.sentences.stops.STOP` finds it.
        begin: Where the sentence before it began.
        block_end: Where no sentence goes beyond.
        first: The first character after the stop and the opening quotes behind it; may be "".
    """
    marks, closers, _ = match.groups()
    if not (first.isalnum() or (first and first in _BULLETS)):
        return False
    if marks == "．" and _FULL_WIDTH_LETTER.match(text, max(0, match.start() - 1)):
        return match.end() > match.end("closers")  # "３．１４"
    if marks[-1] in "।॥" and _VERSE_NUMBER.match(text, match.end(), block_end):
        return False
    if marks == "。" and not closers and _JOINING.match(text, match.end(), block_end):
        return False
    if closers and goes_on_after_quote(text, match.end(), block_end):
        return False
    return not _is_inside_quotation(text, match, begin, block_end)


def _is_inside_quotation(text: str, match: re.Match[str], begin: int, block_end: int) -> bool:
    """Say whether a stop stands between two quotes or brackets that are near to each other."""
    position, behind = match.start(), match.end("closers")
    closers = match["closers"]
    for opener, closer in _PAIRS:
        opened = text.rfind(opener, max(begin, position - _QUOTATION_CHARS), position)
        if opened < 0 or closer in closers or text.find(closer, opened, position) >= 0:
            continue
        closed = text.find(closer, behind, min(block_end, opened + _QUOTATION_CHARS))
        if closed >= 0 and text.find(opener, behind, closed) < 0:
            return True
    return False


def shortens(text: str, position: int) -> bool:
    """Say whether the full stop at `position` shortens a word without capitals, as in "د. أحمد".

    >>> shortens("डॉ. राम", 2), shortens("في 2019 م. وقال", 9)
    (True, False)
    """
    if position == 0 or text[position - 1] < FIRST_UNCASED:
        return False
    window = text[max(0, position - _LONGEST_SHORTENED_CHARS - 1) : position]
    word = window.rpartition(" ")[2].lstrip("\"'«“(")
    if _ARABIC_LETTER.match(word):
        return _ARABIC_ERA.search(window) is None
    return word.rpartition(".")[2] in _SHORTENED_HINDI
