"""Text to the terms it is found by, in any script: what index and question must do alike.

Plain ASCII text goes to tantivy as it is. Other text is first put into a search form, word by word
and whatever the language around it, which tantivy's English analysis then cuts as it stands: it is
derived, searched and thrown away, and no offset counts in it.

- Variants of one letter become one: full-width forms, accents, Arabic vowel signs, digits.
- Scripts without spaces between words, and Hangul, become overlapping pairs of characters; what is
  indexed also holds the single Chinese characters and Hangul syllables, which may be words.
- Russian, Arabic, Greek, Tamil and Hindi words lose their endings; words in Latin script get the
  English stemmer, whatever their language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_LONGEST_TERM_BYTES = 39  # tantivy's en_stem drops the words that are longer

_IDEOGRAPHS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SYLLABLES = "\u1100-\u11ff\uac00-\ud7a3"
_UNSPACED = (
    _IDEOGRAPHS
    + _SYLLABLES
    + "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # kana
    + "\u0e01-\u0e4f\u0e80-\u0ecf\u0edc-\u0edf"  # Thai, Lao
    + "\u1000-\u103f\u104e-\u108f\u1780-\u17d3"  # Burmese, Khmer
)
_RUN = re.compile(f"[{_UNSPACED}]+")
_SINGLE = re.compile(f"[{_IDEOGRAPHS}{_SYLLABLES}]")
_LONG_WORD = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]{14,}")

_STEMMED = re.compile(
    "(?P<russian>[\u0400-\u052f]+)|(?P<arabic>[\u0620-\u06ff]+)|(?P<greek>[\u0370-\u03ff]+)"
    "|(?P<tamil>[\u0b80-\u0bff]+)|(?P<hindi>[\u0900-\u097f]+)"
)
# The endings of case, number and tense, after the long vowels have become short.
_HINDI_ENDING = re.compile("(?<=..)(?:ियों|ियां|ाओं|ाएं|ुओं|ुएं|ओं|एं|ों|ें|िं|[ािुेोै])\\Z")
_HINDI_NASAL = re.compile("[ङञणनम]\u094d(?=[क-ह])")

_LETTERS = str.maketrans(
    "ßẞøØłŁđĐðÐþÞæÆœŒıŋς" + "ёЁ" + "أإآٱىیکۀە" + "ँॅॉईऊीू\u0972ऍऑ",
    "sSoOlLdDdDtTaAoOinσ" + "еЕ" + "اااايي\u0643هه" + "ंेोइउिुअएओ",
)
_PAIRS = {ord("ß"): "ss", ord("ẞ"): "SS", ord("æ"): "ae", ord("Æ"): "AE", ord("œ"): "oe"}
_PAIRS |= {ord("Œ"): "OE", ord("þ"): "th", ord("Þ"): "Th"}
_FOLDED = _LETTERS | _PAIRS
_ACCENTED = range(0x00C0, 0x0250), range(0x1E00, 0x2000), range(0x0370, 0x0400)
# Thai, Lao and Tibetan vowels have a combining class too; marks of these classes are no accents.
_VOWEL_CLASSES = frozenset([0, 103, 118, 129, 130, 132])


def index_form(text: str) -> str:
    """Return what tantivy is given to index; ASCII text as it is.

    >>> index_form("Straße"), index_form("猫の本")
    ('Strasse', ' 猫の の本 猫 本 ')
    """
    return _search_form(text, with_singles=True)


def terms(text: str) -> list[str]:
    """Return the terms of a text, in order: words by their stems, and pairs of characters.

    >>> terms("Café barriers"), terms("東京都 港"), terms("हिन्दी") == terms("हिंदी")
    (['cafe', 'barrier'], ['東京', '京都', '港'], True)
    """
    return _english().analyze(_search_form(text, with_singles=False))


def is_pair(term: str) -> bool:
    """Say whether a term is a pair of characters and not a word: it says about half as much.

    >>> is_pair("東京"), is_pair("港"), is_pair("uk")
    (True, False, False)
    """
    return len(term) == 2 and _RUN.fullmatch(term) is not None


def _search_form(text: str, *, with_singles: bool) -> str:
    if text.isascii():
        return text
    form = unicodedata.normalize("NFKC", text).translate(_Folding.of_every_character())
    form = _STEMMED.sub(_stemmed, form)
    form = _RUN.sub(_pairs_and_singles if with_singles else _pairs, form)
    return _LONG_WORD.sub(_shortened, form)


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded

    @staticmethod
    @cache
    def of_every_character() -> _Folding:
        return _Folding()


def _fold(character: str) -> str:
    code, category = ord(character), unicodedata.category(character)
    if code < 0x80:
        return character
    if category[0] in "PSZ" or category == "Cs" or character == "\u200b":
        return " "
    if category == "Cf" or character == "\u0640":  # soft hyphens, joiners, direction; tatweel
        return ""
    if category[0] == "M":
        return _fold_mark(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if any(code in accented for accented in _ACCENTED):
        base = unicodedata.normalize("NFD", character)[0]
        character = base if base.isalpha() else character
    return character.translate(_FOLDED)


def _fold_mark(mark: str) -> str:
    """Drop accents and vowel points, and whatever the tokenizer would end a word at."""
    is_sign = unicodedata.combining(mark) not in _VOWEL_CLASSES
    if is_sign or len(_english().analyze(f"a{mark}a")) > 1:
        return "" if mark != "\u094d" else mark
    return mark.translate(_FOLDED)


def _stemmed(match: re.Match[str]) -> str:
    return _stem(match[0], match.lastgroup or "")


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    if language == "hindi":
        nasal = _HINDI_NASAL.sub("\u0902", word)
        return _HINDI_ENDING.sub("", nasal.replace("\u094d", ""))
    return "".join(_stemmer(language).analyze(word)) or word


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    pairs = " ".join(map("".join, pairwise(run)))
    return f" {pairs or run} "


def _pairs_and_singles(match: re.Match[str]) -> str:
    run = match[0]
    return f"{_pairs(match)}{' '.join(_SINGLE.findall(run))} " if len(run) > 1 else f" {run} "


def _shortened(match: re.Match[str]) -> str:
    """Cut a word that tantivy would drop; one in ASCII alone is dropped, as in English text."""
    word = match[0]
    if word.isascii():
        return word
    return word.encode()[:_LONGEST_TERM_BYTES].decode(errors="ignore")


@cache
def _english() -> TextAnalyzer:
    """The field's own analysis (tantivy's en_stem): what is searched must be cut like the index."""
    tokens = TextAnalyzerBuilder(Tokenizer.simple())
    return tokens.filter(Filter.remove_long(40)).filter(Filter.lowercase()).filter(
        Filter.stemmer("english")
    ).build()  # fmt: skip


@cache
def _stemmer(language: str) -> TextAnalyzer:
    words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    return words.filter(Filter.stemmer(language)).build()
