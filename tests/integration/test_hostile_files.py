"""A file of every hostile family is read or refused, soon, and the next good one is read.

The whole of it is `python -m bench.hostile_files`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import hostile_files
from bench.hostile_makers import FAMILIES, Bait
from corpus.parsing import Parser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the limits are the system's")

CHOSEN = {
    "zip_bombs": ["spaces-60.docx", "words-60.epub"],
    "zip_nesting": ["nested.docx", "itself.epub"],
    "zip_overlaps": ["shared-1000.docx", "shared-1000.epub"],
    "zip_names": ["name0.docx", "name0.epub"],
    "xml_entities": ["laughs.rss", "laughs.docx", "file.xhtml", "fetch.atom"],
    "xml_inclusion": ["include-file.rss", "include-file.epub"],
    "json_nesting": ["arrays.json", "arrays.jsonl"],
    "json_values": ["integer.json", "nan.jsonl", "surrogate.json"],
    "jsonl_lines": ["returns-only.jsonl"],
    "warc_lies": ["length0.warc", "length0.warc.gz", "length1.warc"],
    "warc_bombs": ["record-50.warc.gz"],
    "pdf_streams": ["spaces-100.pdf"],
    "pdf_loops": ["previous-itself.pdf", "kids.pdf", "form-itself.pdf"],
    "pdf_structures": ["count1000000.pdf", "arrays.pdf"],
    "html_depth": ["div-10000.html", "b-10000.html"],
    "html_width": ["comments.html"],
    "patterns": ["spaces.html", "letters.json"],
    "charsets": ["utf-7.html", "utf-7.eml", "utf-7.rss", "utf-7.warc"],
    "truncated": ["50.pdf", "50.docx", "50.warc.gz"],
    "damaged": ["0.epub", "1.pdf"],
    "wrong_suffixes": ["program.pdf", "picture.docx", "page.epub"],
    "nothing": ["empty.html", "nul.json", "empty.warc.gz"],
    "noise": ["100.pdf", "headed.docx"],
    "dates": ["0.html", "0.rss", "0.jsonl", "0.eml"],
    "mails": ["multipart.eml", "messages.eml"],
    "tables": ["quotes.csv", "nul.csv"],
    "feeds": ["deep-tags.rss", "itself.xml"],
    "epub_structures": ["same-chapter.epub"],
    "word_structures": ["tables-200.docx", "linked-file.docx"],
}
NO_DOCUMENT = {
    "program.pdf",
    "picture.docx",
    "empty.html",
    "nul.json",
    "empty.warc.gz",
    "arrays.json",
}


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as parser:
        yield parser


def test_a_sound_file_of_each_kind_is_read(parser: Parser, tmp_path: Path) -> None:
    assert hostile_files.try_whole_files(parser, tmp_path) == {}


def test_every_family_has_a_chosen_file() -> None:
    assert set(CHOSEN) == set(FAMILIES)


@pytest.mark.parametrize("family", sorted(CHOSEN))
def test_a_hostile_file_ends_soon_and_harms_nothing(
    parser: Parser, tmp_path: Path, family: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(hostile_files.MARKER)
    with hostile_files.server() as (address, came):
        bait = Bait(secret=str(secret), server=address)
        tried = list(hostile_files.try_family(parser, tmp_path, family, bait, CHOSEN[family]))
    assert {outcome.name for outcome in tried} == set(CHOSEN[family])
    assert came == [0]
    for outcome in tried:
        assert outcome.kind in ("read", "refused"), outcome
        assert outcome.silent_s <= hostile_files.SILENCE_S, outcome
        assert not outcome.leaked, outcome
        assert outcome.peak_mb <= hostile_files.MOST_MB, outcome
        assert "\n" not in outcome.reason
        if outcome.name in NO_DOCUMENT:
            assert outcome.kind == "refused", outcome
            assert outcome.name in outcome.reason
    assert hostile_files.try_good_file(parser, tmp_path) == ""


def test_special_files_are_neither_found_nor_read(parser: Parser, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(hostile_files.MARKER)
    tried = hostile_files.try_special_files(parser, tmp_path / "news", secret)
    assert len(tried) > 20
    for outcome in tried:
        good = outcome.name in ("find_articles", "news.html") or outcome.name.startswith("odd")
        assert outcome.kind == ("read" if good else "refused"), outcome
        assert outcome.seconds < hostile_files.SILENCE_S


def test_the_count_names_what_is_bad(tmp_path: Path) -> None:
    good = hostile_files.Outcome(family="a", name="x", kind="read", peak_mb=5)
    bad = hostile_files.Outcome(family="b", name="y", kind="crash", silent_s=40, leaked=True)
    sound = {"lost": {}, "fetched": 0}
    result = hostile_files.summary([good]) | sound
    assert (result["files"], result["families"], result["read"]) == (1, 1, 1)
    assert not hostile_files.is_bad(result | {"child_peak_mb": 5})
    assert hostile_files.is_bad(result | {"child_peak_mb": 5000})
    result = hostile_files.summary([good, bad]) | sound
    assert result["hangs"] == result["crashes"] == result["leaks"] == ["b/y"]
    assert hostile_files.is_bad(result)
