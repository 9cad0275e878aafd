"""The page's own words, in the languages it speaks; each language is one file of this folder.

What articles say is never translated. A string may hold ``{names}`` of values. Of a string that
has a twin called ``…_one`` that one is taken where the value `count` is 1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de")
"""The first one is spoken to whoever asks for none of them."""


@cache
def strings(language: str) -> Mapping[str, str]:
    """Return all strings of a language, by key.

    Raises:
        KeyError: the page does not speak it.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    found: dict[str, str] = json.loads(
        files(__name__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    )
    return found


def say(language: str, key: str, **values: object) -> str:
    """Return a string with its values put in; whole numbers are grouped as the language does.

    >>> say("en", "searched_articles", count=1), say("en", "searched_articles", count=1200)
    ('1 article', '1,200 articles')
    """
    words = strings(language)
    text = words.get(f"{key}_one", words[key]) if values.get("count") == 1 else words[key]
    shown = {
        name: _grouped(language, value) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return text.format(**shown)


def language_of(accepted: str | None) -> str:
    """Return the language to speak to a browser, by its ``Accept-Language`` header.

    >>> language_of("fr-FR,fr;q=0.9,de;q=0.8,en;q=0.7"), language_of(None), language_of("de;q=0")
    ('de', 'en', 'en')
    """
    wanted: list[tuple[float, str]] = []
    for part in (accepted or "")[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        name = tag.split("-")[0].lower()
        if name in LANGUAGES and (weight := _weight(quality)) > 0:
            wanted.append((-weight, name))
    return min(wanted, key=lambda pair: pair[0])[1] if wanted else LANGUAGES[0]


def _weight(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0


def _grouped(language: str, number: int) -> str:
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if language == "de" else grouped
