"""The splitter's time grows with the length of the text and not faster, whatever the text is.

Processor time is measured, which other processes do not lengthen much, and the best of several runs
counts. Four times the text may take six times as long; a quadratic step would take sixteen times.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from corpus.decoding import decode_text
from corpus.sentences import split_sentences
from tests.timing import best_time_s

MAX_RATIO = 6
FEWEST_CHARS, MOST_CHARS = 8_000, 250_000
# Long enough that the clock's grain and a stray interrupt do not matter.
MEASURABLE_S = 0.003

FAMILIES = {
    "dots": ".",
    "spaced dots": ". ",
    "quotes": '"',
    "dots and quotes": "'.\".\".'",
    "quoted stops": '." ',
    "newlines": "\n",
    "short lines": "a\n",
    "wrapped lines": "the talks went on for hours and hours\n",
    "list items": "1. a\n",
    "one word": "x",
    "initials": "A. ",
    "acronyms": "U.S.",
    "acronyms and starters": "U.S. The ",
    "titles": "Mr. ",
    "clock": "5 p.m. Officers ",
    "spaces": " ",
    "brackets": ".) ",
    "open brackets": "(",
    "spaced closers": ". »",
    "speakers": '?" Smith, ',
    "ellipses": "… ",
    "mixed scripts": "Ж。é…“”漢! ",
    "marks": "?!",
    "wide stops": "。",
    "wide stops and letters": "。漢",
    "open quotation": "「。漢",
    "quotations": "「行く。」漢",
    "chinese quotations": "“走。”他",
    "danda": "क।",
    "arabic letters": "د. ",
    "arabic speakers": "«د.» قال ",
    "ordinals": "der das 3. Haus ",
    "spaced abbreviations": "der das z. B. ",
    "marks without space": "?漢",
    "prose": "President Trump met Mr. Kim in the U.S. on Friday. “We’ll see,” he said.\n\n",
}


@pytest.fixture(autouse=True)
def no_garbage_collection() -> Iterator[None]:
    """Keep the collector's pauses, which depend on what other tests left, out of the measure."""
    gc.disable()
    yield
    gc.enable()


def split_time_s(unit: str, n_chars: int, n_runs: int) -> float:
    text = unit * (n_chars // len(unit))
    return best_time_s(lambda: split_sentences(text), n_runs)


def ratio(unit: str) -> float:
    """Return t(4n) / t(n), for an n at which t(n) can be measured."""
    n_chars = FEWEST_CHARS
    while split_time_s(unit, n_chars, 1) < MEASURABLE_S and n_chars < MOST_CHARS:
        n_chars *= 2
    once = max(split_time_s(unit, n_chars, 3), MEASURABLE_S / 2)
    return split_time_s(unit, 4 * n_chars, 2) / once


@pytest.mark.parametrize("unit", FAMILIES.values(), ids=FAMILIES.keys())
def test_four_times_the_text_takes_at_most_six_times_as_long(unit: str) -> None:
    # A second look before the verdict: noise does not come twice, a quadratic step does.
    assert ratio(unit) <= MAX_RATIO or ratio(unit) <= MAX_RATIO


def test_a_megabyte_of_news_is_split_in_less_than_a_second() -> None:
    text = FAMILIES["prose"] * (1_000_000 // len(FAMILIES["prose"]))
    assert best_time_s(lambda: split_sentences(text), 3) < 1


def test_a_megabyte_in_an_unknown_encoding_is_decoded_in_less_than_two_seconds() -> None:
    data = "café ".encode("cp1252") * 200_000
    assert best_time_s(lambda: decode_text(data, "a.txt"), 2) < 2
