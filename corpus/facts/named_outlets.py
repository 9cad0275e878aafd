"""Outlets that the lines around an article name in passing: its post, its colophon, its thanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts.outlets import has_outlet_word, outlet_key, readable_outlet
from corpus.types import Mark

_NAMING = {
    "syndication notice": r"The post .{3,200} (?:appeared first on|first appeared on)"
    r" (?P<name>.{2,60}?)\.?\Z",
    "editorial notice": r".{0,60}(?:originally (?:appeared|published|ran)|appear(?:s|ed) in print)"
    r" (?:in|on|by|at)(?: .{5,60}? Page \w{1,4} of)? (?:the )?"
    r"(?P<name>[A-Z][^,.;|]{2,50}?)(?:\.| and | on | with |,|\Z)",
    "colophon": r"[\w ]{4,30} by (?:the )?(?P<name>[A-Z][^,.;|]{2,60})",
    "message around the article": r"(?:\[.{10,30}\] ?[^:]{1,40}: ?)?(?:Forwarded|Weitergeleitet"
    r"|Transféré|Reenviado|Inoltrato|Encaminhado|Doorgestuurd)\w* (?:from|von|de|da|van)"
    r" (?P<name>[^|\n:]{2,60})(?P<bar>\|)?",
    "byline": r"(?P<name>(?:[A-Z][\w.'’&]*[ -]){1,6})(?<!-)(?:staff|team|reporters?)\b",
}
_PATTERNS = tuple((reason, re.compile(pattern, re.I)) for reason, pattern in _NAMING.items())
# Other outlets are named there: rivals, sisters, those who advertise, those whom readers quote.
_OTHERS = frozenset(
    {
        "related articles", "related links", "reader comments", "advertisement", "menu", "link",
        "picture credit", "picture caption", "credits", "share links", "follow links", "tags",
        "consent notice", "app offer",
    }
)  # fmt: skip
_WORDS = re.compile(r"[^\s|•·»›()\[\]<>\"“”„:;]+|[|•·»›():;]")
_INNER = frozenset("of the and & de la le du der des del di da".split())
_OPENERS = frozenset(
    "(c) a about all an and archived at back broadcast by cite contact copyright courtesy "
    "digital download edited edition end follow for from full get in item join listen mobile "
    "more next of on online our page previous print printed produced published read report "
    "request saved source story subscribe support terms text the this to use via view visit "
    "watch web welcome www your ©".split()
)
# "our newsletter Morning Dispatch", "the Orme Report podcast": not the outlet's own name
_PRODUCT = re.compile(
    r"\b(?:newsletters?|podcasts?|apps?),?:? (?:the )?(?:[A-Z][\w'’]+ ?){1,5}"
    r"|\bthe (?:[A-Z][\w'’]+ ){1,5}(?:newsletter|podcast|app)\b"
)
_PLATFORMS = frozenset("apple google yahoo msn bing local breaking latest world top live".split())
_LONGEST_LINE_CHARS, _MOST_LINES, _MOST_NAME_WORDS = 300, 400, 6


def outlets_named(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the outlets that notices of a known kind name, where those say whose the article is."""
    for reason, pattern in _PATTERNS:
        for mark in marks:
            match = pattern.match(mark.span.of(text)) if mark.reason == reason else None
            name = readable_outlet(match["name"]) if match else None
            # "Forwarded from Orme Courier | News": a channel; without its bar it may be a friend.
            is_named = reason == "syndication notice" or (match and match.groupdict().get("bar"))
            if name and (has_outlet_word(name) or is_named):
                yield name


def only_outlet_named(text: str, marks: Sequence[Mark]) -> str | None:
    r"""Return the outlet that furniture names, if all of it names the same; None if it names two.

    >>> from corpus.types import Span
    >>> text = "It rained.\nThank you for reading Orme Courier today"
    >>> only_outlet_named(text, [Mark(Span(11, len(text)), "page footer")])
    'Orme Courier'
    """
    found: dict[str, str] = {}
    lines = (mark.span.of(text) for mark in marks if mark.reason not in _OTHERS)
    for line, _ in zip(lines, range(_MOST_LINES), strict=False):
        if len(line) <= _LONGEST_LINE_CHARS:
            line = _PRODUCT.sub(" | ", line)
            for name in _names(line):
                found.setdefault(outlet_key(name), name)
    return readable_outlet(next(iter(found.values()))) if len(found) == 1 else None


def _names(line: str) -> Iterator[str]:
    """Yield runs of words with capitals that end in a word of outlets' names."""
    run: list[str] = []
    for word in [*_WORDS.findall(line), "|"]:
        bare = word.strip(".,!?'’")
        if bare[:1].isupper() or (run and bare in _INNER):
            run.append(bare)
        if not (bare[:1].isupper() or bare in _INNER) or bare != word.rstrip("'’"):
            yield from _name_in(run)
            run = []


def _name_in(run: list[str]) -> Iterator[str]:
    while run and (run[0].casefold() in _OPENERS or run[0] in _INNER):
        run = run[1:]
    while run and not has_outlet_word(run[-1]):
        run = run[:-1]
    if 1 < len(run) <= _MOST_NAME_WORDS and run[0].casefold() not in _PLATFORMS:
        yield " ".join(run)
