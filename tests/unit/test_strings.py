"""The page's own words: the same keys and values in each language, and how one is chosen."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from qa.interfaces import web
from qa.interfaces.strings import LANGUAGES, language_of, say, strings

WEB = Path(web.__file__).parent
USED_BY_SCRIPT = re.compile(r"\bsay\(\s*\"([a-z0-9_]+)\"")
USED_BY_GRADIO = re.compile(r"\bI18N\(\"([a-z0-9_]+)\"\)")


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_language_has_the_same_strings_with_the_same_values(language: str) -> None:
    english, other = strings("en"), strings(language)
    assert english.keys() == other.keys()
    for key, text in english.items():
        twin_may_leave_out = {"count"} if key.endswith("_one") else set()
        missing = names_in(text) ^ names_in(other[key])
        assert missing <= twin_may_leave_out, key
        assert bool(text.strip()) == bool(other[key].strip()), key


def test_every_string_that_is_asked_for_is_there() -> None:
    known = set(strings("en"))
    scripts = "".join(path.read_text("utf-8") for path in (WEB / "static").glob("*.js"))
    asked = set(USED_BY_SCRIPT.findall(scripts))
    asked |= set(USED_BY_GRADIO.findall((WEB / "page.py").read_text("utf-8")))
    assert len(asked) > 10
    assert asked - known == set()


def test_numbers_are_grouped_and_counted_as_the_language_does() -> None:
    assert say("en", "searched_articles", count=1) == "1 article"
    assert say("de", "searched_articles", count=4096) == "4.096 Artikel"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("en;q=0.3, de;q=0.4", "de"),
        ("fr, it;q=0.9", "en"),
        ("de;q=0, en;q=0.1", "en"),
        ("de;q=x", "en"),
        ("de;q=nan", "en"),
        ("," * 5000 + "de", "en"),
    ],
)
def test_a_browser_is_answered_in_a_language_it_asks_for(header: str | None, language: str) -> None:
    assert language_of(header) == language


def test_an_unknown_language_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        strings("tlh")
