r"""Bytes to text: the encoding is known, or guessed with a warning, never silently wrong.

Byte order mark, strict UTF-8 and, for what is neither, a guess: UTF-16 by its NUL bytes,
UTF-8 with a few wrong bytes, Windows-1252 where that reads like western text, else what
charset-normalizer says. Newlines become "\n" and control characters U+FFFD here, before any offset
exists.
"""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass

from corpus.errors import UnreadableArticle

logger = logging.getLogger(__name__)

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel, EPUB or OpenDocument file)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x7fELF", "an ELF program"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an XZ archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_WHAT_TO_DO = "Save its text as UTF-8 in a .txt or .md file and add that."

_NEWLINE = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ODD = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")
# Text has next to none of these; of random bytes they are 11 % or more in any encoding. Up to three
# are borne in any text, so that a short one with a stray NUL can be read.
_MAX_ODD_SHARE, _MAX_ODD_BORNE = 0.05, 3

# How much is looked at to find the NUL bytes of UTF-16.
_UTF16_SAMPLE_BYTES = 4096
# charset-normalizer looks at a few stretches of a text only; more does not make it surer.
_GUESS_SAMPLE_BYTES = 64 * 1024
# What text is kept in. Of exotic code pages one or other fits any bytes; UTF-16 without a mark and
# with hardly a NUL is the luck of two bytes.
_GUESSED = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859_2 iso8859_5 iso8859_7 "
    "iso8859_9 iso8859_15 koi8_r koi8_u mac_roman cp437 cp850 cp852 cp866 tis_620 cp932 euc_jp "
    "gb18030 big5 cp949"
).split()

# What western text does not look like when it is read as Windows-1252.
_NOT_WESTERN = re.compile(
    r"""
      [À-ÖØ-öø-ÿŒœŠšŽžŸ]{3}         # a run of accented letters: Greek, Cyrillic, Chinese …
    | [a-zß-öø-ÿœšž][À-ÖØ-ÞŒŠŽŸ]    # a capital inside a word: "cafŽ" from a Mac
    | [A-Za-zÀ-ÖØ-öø-ÿ]             # a sign joined to a word: "caf‚" from DOS, "by³" from Poland
      (?:[‚„‹†‡ˆ‰˜¢¤¥¦¨¬¯¸¹¼½¾¿¡] | [\u00a1-¿](?<![´·\u00ad])[a-zß-öø-ÿ])
    """,
    re.VERBOSE,
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CARON = re.compile("[ŠšŽž]")
_CZECH = re.compile("[èìïòøùÈÌÏÒØÙ]")  # č ě ď ň ř ů, read as Windows-1252
_ACCENTED = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]")
_MAX_CARON_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A decoded text, the encoding it was read in, and what a person should know about that."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode_text(data: bytes, source: str) -> Decoded:
    r"""Decode the bytes of a text file.

    Args:
        data: The whole file.
        source: Its name, for messages.

    Returns:
        The text without byte order mark, with "\n" newlines and without control characters other
        than "\t" and "\n": each of them is now one U+FFFD. Every guess and every replacement is
        named in `warnings`.

    Raises:
        UnreadableArticle: The content is binary.

    >>> decode_text(b"Caf\xc3\xa9\r\nopen", "a.txt").text
    'Café\nopen'
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableArticle(f"{source} is {kind}, not text. {_WHAT_TO_DO}")
    decoded = _decode(data)
    _refuse_binary(decoded, source)
    text, replaced = clean_text(decoded.text)
    warnings = decoded.warnings
    if replaced:
        warnings += (f"{_count(replaced, 'control character')} replaced with U+FFFD.",)
    logger.debug("%s read as %s", source, decoded.encoding)
    return Decoded(text=text, encoding=decoded.encoding, warnings=warnings)


def clean_text(text: str) -> tuple[str, int]:
    r"""Make newlines "\n" and replace control characters.

    Returns:
        The text, and how many characters were replaced with U+FFFD.

    >>> clean_text("a\r\nb\x00c")
    ('a\nb\ufffdc', 1)
    """
    return replace_controls(_NEWLINE.sub("\n", text))


def replace_controls(text: str) -> tuple[str, int]:
    r"""Replace control characters and lone surrogates with U+FFFD, one for one: offsets stay.

    Returns:
        The text, in which "\t" and "\n" are kept, and how many characters were replaced.

    >>> replace_controls("a\r\n\ud800")
    ('a\ufffd\n\ufffd', 2)
    """
    return _CONTROL.subn("\ufffd", text)


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_damaged(data[len(mark) :], encoding)
    guess = _guess_utf16(data)
    if guess is None:
        try:
            return Decoded(text=data.decode("utf-8"), encoding="utf-8")
        except UnicodeDecodeError:
            guess = _guess_encoding(data)
    return _decode_damaged(
        data, guess, f"The encoding is not stated and was guessed to be {guess}: check the text."
    )


def _decode_damaged(data: bytes, encoding: str, *warnings: str) -> Decoded:
    """Decode; what is no text in this encoding becomes U+FFFD and is warned of."""
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding, warnings=warnings)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        lost = _count(text.count("\ufffd"), "character")
        warnings += (f"{lost} could not be read as {encoding} and became U+FFFD.",)
        return Decoded(text=text, encoding=encoding, warnings=warnings)


def _guess_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NUL bytes: western text has one in each pair."""
    sample = data[:_UTF16_SAMPLE_BYTES]
    if b"\0" not in sample or len(data) % 2:
        return None
    evens, odds = sample[::2].count(0), sample[1::2].count(0)
    pairs = len(sample) / 2
    for encoding, many, few in (("utf-16-le", odds, evens), ("utf-16-be", evens, odds)):
        if many >= pairs * 0.4 and few <= pairs * 0.02 and _decodes(data, encoding):
            return encoding
    return None


def _guess_encoding(data: bytes) -> str:
    if _is_damaged_utf8(data):
        return "utf-8"
    # Asked first, because charset-normalizer takes short western text for cp1250 or worse.
    sample = _sample(data)
    if _decodes(data, "cp1252") and _looks_western(sample.decode("cp1252")):
        return "cp1252"
    from charset_normalizer import from_bytes  # slow to import and seldom needed

    best = from_bytes(sample, cp_isolation=_GUESSED).best()
    return best.encoding if best is not None and _decodes(data, best.encoding) else "cp1252"


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a cut or wrong character: no other text has sequences that fit by chance."""
    text = data.decode("utf-8", errors="replace")
    n_bad = text.count("\ufffd")
    n_fitting = len(_BEYOND_ASCII.findall(text)) - n_bad
    return n_fitting > 2 * n_bad


def _looks_western(text: str) -> bool:
    if _NOT_WESTERN.search(text):
        return False
    n_carons = len(_CARON.findall(text))
    is_czech = n_carons and _CZECH.search(text)
    return not is_czech or n_carons < _MAX_CARON_SHARE * len(_ACCENTED.findall(text))


def _sample(data: bytes) -> bytes:
    """Return lines that are not ASCII, whole because a cut may go through a character."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size >= _GUESS_SAMPLE_BYTES:
                break
    return b"".join(lines)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_binary(decoded: Decoded, source: str) -> None:
    odd = len(_ODD.findall(decoded.text))
    if odd > max(_MAX_ODD_BORNE, len(decoded.text) * _MAX_ODD_SHARE):
        raise UnreadableArticle(
            f"{source} does not look like text: {odd} of its {len(decoded.text)} characters are "
            f"control characters or cannot be decoded. {_WHAT_TO_DO}"
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
