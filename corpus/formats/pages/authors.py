"""Who wrote the article of a page: names of people, taken apart and cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from corpus.extracted import Stated
from corpus.facts.names import is_name
from corpus.facts.outlets import has_outlet_word
from corpus.facts.written_dates import written_dates
from corpus.formats.pages.dates import PUBLISHED, UPDATED
from corpus.formats.pages.json import Values, texts_of
from corpus.formats.pages.names import Meta, is_elsewhere, short, web_address, words_of
from corpus.formats.pages.tree import Element

_AUTHORS = (
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl".split()
)
_MAX_AUTHORS = 20
_MAX_NAME_CHARS = 80
_NAME_WORDS, _WORDS_BEFORE_BY = 5, 3
_BY_WORDS = frozenset("by von par por di text: texte: texto: story: words: autor: auteur:".split())
_ACCOUNTS = frozenset("admin administrator user super root webmaster web site system guest".split())
_JOINERS = frozenset("and und et y e & de da van der den la del bin al ibn".split())
_DAYS = frozenset(
    "mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday "
    "published updated posted montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
)

_BETWEEN_NAMES = re.compile(r"\s*(?:;|\||,| and | & | und | et | y )\s*")
_LISTED = re.compile(r"\s*(?:;|,|\|| and | & | und | et | y )\s*")
_FOR = re.compile(r"\s(?:for|für|pour|para|per)\s(?=(?:the |The )?[A-ZÀ-Þ])")
_PLACE = re.compile(r"\s(?:in|aus|à|en)\s(?:[A-ZÀ-Þ][\w’'-]*\s?){1,3}\Z")
_CELLS = re.compile(r"\s*[|·•;/]\s*|\s[-–—]+\s")
_LABELLED = re.compile(
    r"\A\W*(?:\w+ ){0,2}(?:by|von|par|por|di|text|texte|texto|words|story)[:\s]\s*", re.IGNORECASE
)
_BEFORE_DATES = frozenset("on am le el il at".split())
_MAX_SIGNED_CHARS = 160
_SIGNS = " ,;|·•–—-(/"
_SIGNED_HERE = re.compile(
    r"(?:記者|记者|撰文|作者|文)\s?[・:：／/ ]\s?([\u3040-\u30ff\u3400-\u9fff]{2,8})"
)
_BY = re.compile(
    r"\A(?:(?:written |words |story |text |report )?by|von|par|por|di|text)[:\s]\s*", re.IGNORECASE
)


def page_authors(
    root: Element, linked: Values, meta: Meta, outlet: Stated | None
) -> tuple[str, ...]:
    """Return who wrote the article, by JSON-LD, meta elements, or elements marked as authors."""
    site = outlet.value if outlet else None
    for names in (
        texts_of(linked.get("author")),
        [name for key in _AUTHORS for name in meta.get(key, [])],
        [words_of(element) for element in _bylines(root)],
    ):
        authors = tuple(filter(_is_person, clean_authors(names, site)))
        if authors:
            return authors
    return ()


def _is_person(name: str) -> bool:
    """Say whether a name is that of a person: not "admin", "Super User" or a newspaper's.

    In scripts without capitals nothing tells, and a name of one word there may be a person's.
    """
    if not name[0].islower() and not name[0].isupper():
        return not has_outlet_word(name)
    words = {word.casefold() for word in name.split()}
    return is_name(name) and words.isdisjoint(_ACCOUNTS) and not has_outlet_word(name)


def clean_authors(names: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """Return the names of people in bylines; the outlet is none of them.

    >>> clean_authors(["By Ada Orme and Bo Lund, Orme Courier"], "Orme Courier")
    ('Ada Orme', 'Bo Lund')
    """
    authors: dict[str, None] = {}
    for name in names:
        if web_address(name) or len(name) > 200:
            continue
        for part in _BETWEEN_NAMES.split(_BY.sub("", name)):
            is_name = 2 < len(part) <= _MAX_NAME_CHARS and part[0].isalpha()
            if is_name and part != outlet and not any(c.isdigit() or c in "@:" for c in part):
                authors[short(part)] = None
    return tuple(authors)[:_MAX_AUTHORS]


def named_author(line: str, *, is_marked: bool) -> str | None:
    """Return the names in a line near the headline, those after "by" or, if it is marked, alone.

    >>> named_author("Posted by Ada Orme and Bo Lund Monday 3 June", is_marked=False)
    'Ada Orme and Bo Lund'
    """
    line = line.split("\n")[0]
    if signed := signed_names(line):
        return signed
    if found := _SIGNED_HERE.search(line):
        return found[1]
    words = line.replace(" :", ":").split()
    by = (n for n, word in enumerate(words) if {word.lower(), word.rstrip(":").lower()} & _BY_WORDS)
    at = next(by, None)
    if at is None:
        if is_marked and are_names(line):
            return _PLACE.sub("", line).strip()
        is_name = 2 <= len(words) <= _NAME_WORDS and all(map(_is_name_word, words))
        return " ".join(words) if is_marked and is_name else None
    names = list(takewhile(_is_name_word, words[at + 1 :]))
    return " ".join(names) if at <= _WORDS_BEFORE_BY and len(names) > 1 else None


def are_names(line: str) -> bool:
    """Say whether a line is nothing but the names of people, and perhaps where they are.

    >>> are_names("Ada Orme and Bo Lund"), are_names("Bo Lund in Harrow"), are_names("Orme Courier")
    (True, True, False)
    """
    if len(line) > _MAX_SIGNED_CHARS:
        return False
    parts = [part for part in _LISTED.split(_PLACE.sub("", line)) if part]
    return bool(parts) and all(map(is_name, parts)) and not any(map(has_outlet_word, parts))


def signed_names(line: str) -> str | None:
    """Return the names of a line that is people, and a date or "for" an outlet; None for others.

    >>> signed_names("Ada Orme and Bo Lund · 3 June 2018"), signed_names("Bo Lund for Orme Courier")
    ('Ada Orme and Bo Lund', 'Bo Lund')
    """
    if len(line) > _MAX_SIGNED_CHARS or line[-1] in ".?!":
        return None
    dates = written_dates(line) if any(map(str.isdigit, line)) else []
    for date in reversed(dates):
        line = f"{line[: date.span.start]} | {line[date.span.end :]}"
    said, *outlet = [line] if dates else _FOR.split(line, maxsplit=1)
    if not dates and not outlet:
        return None
    names = map(_without_labels, _CELLS.split(said))
    return next((_PLACE.sub("", name) for name in names if are_names(name)), None)


def _without_labels(cell: str) -> str:
    """Return a cell of a byline without "Posted by", "Updated" and a weekday."""
    cell = _LABELLED.sub("", UPDATED.split(PUBLISHED.sub("", cell), maxsplit=1)[0]).strip(_SIGNS)
    words = cell.split()
    while words and (words[-1].strip(_SIGNS).lower() in _DAYS or words[-1] in _BEFORE_DATES):
        words.pop()
    return " ".join(words).strip(_SIGNS)


def _is_name_word(word: str) -> bool:
    """Say whether a word may stand in a list of names, and is no date."""
    bare = word.strip(",;|")
    is_name = bare[:1].isupper() and bare.rstrip(".").lower() not in _DAYS
    is_name = is_name and not UPDATED.fullmatch(bare) and not PUBLISHED.fullmatch(bare)
    return (is_name or bare in _JOINERS) and not any(char.isdigit() for char in bare)


def _bylines(root: Element) -> Iterator[Element]:
    """Yield elements that are marked as an author's name, those of comments and links aside."""
    for element in root.iter("a", "span", "p", "div", "address", "strong", "em"):
        marks = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".split()
        if "author" in marks and not is_elsewhere(element):
            yield element
