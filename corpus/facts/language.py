"""The language of a text, by its script and its commonest words; None where they do not tell."""

from __future__ import annotations

import re
from collections import Counter

CHARS_LOOKED_AT = 6000
_FEWEST_WORDS, _FEWEST_LETTERS = 12, 12
_SMALLEST_SHARE, _SMALLEST_LEAD = 0.12, 1.25
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
}
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_NAMED = frozenset({"ja", "zh", "ar", "hi", "ru"})
# Signs that other languages of a script have: Persian, Urdu; Ukrainian, Serbian …; Marathi, Nepali.
_OTHERS = {
    "ar": re.compile(r"[پچژگکیےںٹڈ]"),
    "ru": re.compile(r"[іїєґўјљњћђџқғүұһөә]", re.I),
    "hi": re.compile(r"[ळऱ]|आहे|छन्|हुन्"),
}
_STOP_WORDS = {
    "en": "the of and to in is was that for on with he she it as at by from were are his her has"
    " have had not be this they said who but which an will would",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es"
    " an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über",
    "fr": "le la les de des et en un une du dans que qui est pour par sur au il pas plus ne ce se"
    " avec son sont a été aux mais ont cette leur l'on d'un d'une",
    "es": "el la los las de y en que un una del se por con para su al es no lo como más pero fue"
    " sus este ha entre años sobre desde también",
    "it": "il la le di e che in un una del della per con non è si sono da gli dei nel alla al ha"
    " come più ma anche delle nella questo i lo",
    "pt": "o a os as de e que em um uma do da dos das no na por com para se não mais foi ao como"
    " mas é são pela pelo seu sua também",
    "nl": "de het een en van in is dat op te met voor niet zijn die er aan om ook als bij maar door"
    " naar uit werd heeft over wordt worden deze nog",
}
_STOP_SETS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}


def language_of(text: str) -> str | None:
    """Return the code of the language a text is written in: en de fr es it pt nl zh ja ar hi ru.

    Args:
        text: Some sentences; of a long text only the beginning is looked at.

    Returns:
        An ISO 639-1 code, or None for too little text, a mixture or another language.

    >>> language_of("Der Rat sagte, dass die Brücke nach dem Hochwasser nicht sicher ist.")
    'de'
    >>> language_of("Orme 3, Leeds 1") is None
    True
    """
    text = text[:CHARS_LOOKED_AT]
    counts = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    latin = len(_LATIN.findall(text))
    if sum(counts.values()) > latin:
        return _by_script(text, counts)
    return _by_words(text)


def _by_script(text: str, counts: dict[str, int]) -> str | None:
    total = sum(counts.values())
    if total < _FEWEST_LETTERS:
        return None
    # Japanese is written with Chinese characters among its own.
    both = counts["ja"] + counts["zh"]
    if counts["ja"] > 0.1 * both and both > 0.8 * total:
        return "ja"
    name = max(counts, key=lambda language: counts[language])
    if name not in _NAMED or counts[name] < 0.8 * total:
        return None
    others = _OTHERS.get(name)
    n_others = len(others.findall(text)) if others else 0
    return name if n_others <= 0.005 * total else None


def _by_words(text: str) -> str | None:
    words = Counter(word.replace("’", "'").casefold() for word in _WORD.findall(text))
    total = words.total()
    if total < _FEWEST_WORDS:
        return None
    shares = sorted(
        ((sum(words[w] for w in stops) / total, name) for name, stops in _STOP_SETS.items()),
        reverse=True,
    )
    (best, name), (second, _) = shares[0], shares[1]
    return name if best >= _SMALLEST_SHARE and best >= _SMALLEST_LEAD * second else None
