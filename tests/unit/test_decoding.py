"""Bytes to text: known encodings are silent, guesses are named, binary files are refused."""

from __future__ import annotations

import codecs
import random

import pytest

from corpus.decoding import clean_text, decode_text, replace_controls
from corpus.errors import UnreadableArticle

TEXT = "Kim – “Ну, привет” – 金正恩 😀\nleft."
FRENCH = "Le café est très agréable, déjà vu à Noël."
RUSSIAN = "Привет, мир. Это новости из Москвы сегодня утром."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy."
POLISH = "Zażółć gęślą jaźń. Polska jest krajem w Europie, położonym nad Wisłą."
JAPANESE = "日本の首相は今日、東京で記者会見を開いた。"
WESTERN = {
    "one word": "café",
    "french": FRENCH,
    "german": "Die Straße führt über schöne Hügel nach München.",
    "spanish": "El niño comió en España, ¿verdad? ¡Sí!",
    "portuguese": "São Paulo não tem ações",
    "swedish": "Smörgåsbord på öarna är gott",
    "english quotes": "“We’ll see,” he said – it’s the café’s £5 menu…",
    "english with one word": "The talks go on and on, says the naïve envoy. " * 9,
    "signs": "It was 20°C at 5½ km², and m³ are not l’été: «oui».",
    "one czech name": "Slavoj Žižek, très chic, à la carte, déjà vu, naïve: " + "é " * 20,
}


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_a_byte_order_mark_is_believed_and_removed(mark: bytes, encoding: str) -> None:
    decoded = decode_text(mark + TEXT.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.warnings) == (TEXT, encoding, ())


def test_utf_8_needs_no_mark_and_no_warning() -> None:
    decoded = decode_text(TEXT.encode(), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.warnings) == (TEXT, "utf-8", ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_guessed_with_a_warning(encoding: str) -> None:
    decoded = decode_text(FRENCH.encode(encoding), "a.txt")
    assert decoded.text == FRENCH
    assert len(decoded.warnings) == 1
    assert encoding in decoded.warnings[0]


@pytest.mark.parametrize("text", WESTERN.values(), ids=WESTERN.keys())
def test_western_text_is_read_as_cp1252_however_short(text: str) -> None:
    decoded = decode_text(text.encode("cp1252"), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "cp1252")
    assert "cp1252" in decoded.warnings[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (CZECH, "cp1250"),
        (POLISH, "cp1250"),
        ("Καλημέρα κόσμε, αυτό είναι ένα νέο", "cp1253"),
        ("안녕하세요 서울에서 전합니다", "euc_kr"),
    ],
    ids=["russian", "japanese", "czech", "polish", "greek", "korean"],
)
def test_other_encodings_are_guessed_with_a_warning_that_names_them(
    text: str, encoding: str
) -> None:
    decoded = decode_text(text.encode(encoding), "a.txt")
    assert decoded.text == text
    assert decoded.encoding in decoded.warnings[0]


def test_what_no_encoding_fits_is_read_as_cp1252_with_two_warnings() -> None:
    noise = b"A\x81B\x8dC\x8fD\x90E\x9d " * 9
    decoded = decode_text(noise + b"\n" + b"The talks go on. " * 90, "a.txt")
    assert decoded.text.startswith("A\ufffdB\ufffdC\ufffdD\ufffdE\ufffd ")
    assert "guessed to be cp1252" in decoded.warnings[0]
    assert "45 characters could not be read as cp1252" in decoded.warnings[1]


def test_utf_8_with_a_cut_character_stays_utf_8() -> None:
    decoded = decode_text(TEXT.encode() + "é".encode()[:1], "a.txt")
    assert (decoded.text, decoded.encoding) == (TEXT + "\ufffd", "utf-8")
    assert "1 character could not be read as utf-8" in decoded.warnings[1]


def test_damage_behind_a_mark_is_replaced_and_counted() -> None:
    decoded = decode_text(codecs.BOM_UTF8 + b"Kim \xff left the talks.", "a.txt")
    assert decoded.text == "Kim \ufffd left the talks."
    assert decoded.warnings == ("1 character could not be read as utf-8 and became U+FFFD.",)


@pytest.mark.parametrize("raw", ["a\r\nb\rc\n", "a\nb\nc\n", "a\rb\r\nc\r"])
def test_every_newline_becomes_a_line_feed(raw: str) -> None:
    assert decode_text(raw.encode(), "a.txt").text == "a\nb\nc\n"


def test_control_characters_are_replaced_one_for_one_with_a_warning() -> None:
    decoded = decode_text(b"Kim\x00 left\x0c the\ttalks", "a.txt")
    assert decoded.text == "Kim\ufffd left\ufffd the\ttalks"
    assert decoded.warnings == ("2 control characters replaced with U+FFFD.",)


def test_cleaning_replaces_c1_controls_and_surrogates_but_keeps_the_length() -> None:
    assert replace_controls("a\x85b\ud800c\x7fd\re") == ("a\ufffdb\ufffdc\ufffdd\ufffde", 4)
    assert clean_text("tab\tline\n") == ("tab\tline\n", 0)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x7fELF", "ELF"),
        (b"{\\rtf1 Hello}", "RTF"),
    ],
    ids=["pdf", "zip", "png", "elf", "rtf"],
)
def test_a_known_kind_of_file_is_named_and_what_to_do(head: bytes, kind: str) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^b\.txt is .*{kind}.*Save its text as UTF-8"):
        decode_text(head + b"more", "b.txt")


def test_random_bytes_are_refused() -> None:
    data = random.Random(7).randbytes(4000)
    with pytest.raises(UnreadableArticle, match=r"b\.txt does not look like text"):
        decode_text(data, "b.txt")


def test_many_nul_bytes_are_refused() -> None:
    with pytest.raises(UnreadableArticle, match="does not look like text: 60 of its 100"):
        decode_text(b"\0\0\0ab" * 20, "b.txt")


def test_an_empty_file_is_empty_text() -> None:
    assert decode_text(b"", "a.txt").text == ""
