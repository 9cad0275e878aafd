"""A few cases of the fuzzing bench: nothing breaks in what it tries here, and it would notice."""

from __future__ import annotations

import io
import random
from unittest.mock import patch

import pytest

from bench import fuzz
from bench.fuzz_inputs import make, mutated, random_text, seeds
from corpus import ArticleError, Span
from corpus.extracted import BadRecord, Extracted
from corpus.formats import load_extractor
from corpus.types import Mark

TEXTS = [name for name in fuzz.targets() if name in fuzz.TEXT_TARGETS]
N_CASES = 25


@pytest.mark.parametrize("name", fuzz.targets())
def test_no_case_breaks_anything(name: str) -> None:
    outcomes = fuzz.run_cases(11, range(N_CASES), [name])
    assert [o["traceback"] for o in outcomes if "error" in o] == []


@pytest.mark.parametrize("name", fuzz.FORMATS)
def test_an_input_is_valid_before_it_is_mutated(name: str) -> None:
    suffix = fuzz.FORMATS[name][0]
    with patch("bench.fuzz_inputs.mutated", lambda data, _: data):
        data = make(suffix, random.Random(1))
    found = list(load_extractor(suffix)(io.BytesIO(data), f"a{suffix}"))
    assert found
    assert all(isinstance(one, Extracted) for one in found)
    assert not any(isinstance(one, BadRecord) for one in found)


def test_a_seed_gives_the_same_cases_again() -> None:
    assert fuzz.make_case(3, 14, TEXTS) == fuzz.make_case(3, 14, TEXTS)
    assert fuzz.make_case(3, 14, TEXTS) != fuzz.make_case(4, 14, TEXTS)


def test_random_text_holds_no_lone_surrogate_and_mutations_change_bytes() -> None:
    rng = random.Random(5)
    assert all(random_text(rng).encode() for _ in range(50))
    seed = seeds(".html")[0]
    assert any(mutated(seed, rng) != seed for _ in range(10))


def broken(data: bytes) -> None:
    raise KeyError(len(data))


def refusing(data: bytes) -> None:
    raise ArticleError(f"{len(data)} bytes cannot be read")


def test_an_error_is_counted_with_its_case_and_a_refusal_is_none() -> None:
    with patch.object(fuzz, "targets", lambda: {"sentences": broken, "terms": refusing}):
        outcomes = fuzz.run_cases(1, range(6), ["sentences", "terms"])
    result = fuzz.summary(outcomes, deaths=[])
    assert (result["cases"], result["errors"]) == (6, 3)
    assert result["targets"]["terms"]["refused"] == 3
    [kind] = result["kinds"]
    assert (kind["case"], kind["times"]) == (0, 3)
    assert kind["error"].startswith("KeyError")


@pytest.mark.parametrize(
    "found",
    [
        Extracted(text="a\rb"),
        Extracted(text="ab", headings=(Span(1, 3),)),
        Extracted(text="abcd", headings=(Span(2, 3), Span(0, 1))),
        Extracted(text="abcd", marks=(Mark(Span(0, 2), "menu"), Mark(Span(1, 3), "menu"))),
        Extracted(text="a\0b"),
    ],
    ids=["carriage return", "outside", "out of order", "overlapping", "NUL"],
)
def test_offsets_that_are_wrong_are_errors(found: Extracted) -> None:
    with pytest.raises(AssertionError):
        fuzz.check(found)
