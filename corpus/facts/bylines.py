"""Bylines: who wrote an article, where a line says nothing else."""

from __future__ import annotations

import re

from corpus.facts.calendar_words import MONTH_NAMES, WEEKDAYS
from corpus.facts.names import (
    MOST_NAME_WORDS,
    NOT_A_NAME,
    PARTICLES,
    is_person,
    readable_name,
)

LONGEST_CHARS = 200
"""A longer line is no byline."""

_BY = re.compile(
    r"\(?(?:(?:story|words|text|written|reported|reporting|posted|published|article|analysis|opinion"
    r"|review|commentary|report|submitted|gespeichert|eingereicht|geschrieben|verfasst|ein bericht"
    r"|soumis|écrit|publié|enviado|escrito|publicado|scritto|pubblicato|geschreven) )?"
    r"(?:by|von|par|por|di|da|door|de la redacción de)(?::| ) ?"
    r"|(?:by-?line|story|words|report|redacción|redaktion|bericht|récit|reportage|authors?|autor(?:en|es)?|auteurs?|autor[ea]s?|text|texte|texto|testo|writer|reporter)\s?:\s?"
    r"|(?:本报|本刊|特派|見習)?(?:记者|作者|記者|撰文|文|采写|通讯员|執筆)\s?[:：/・ ]\s?"
    r"|(?:بقلم|كتبت?|الكاتب|تقرير|автор|текст|материал|लेखक|रिपोर्ट)\s?[:：]?\s",
    re.I,
)
_NAME_ENDS = re.compile(r"\s*[|/•·(\t]\s*|\s[-–—]\s|\s{3,}|\s(?=\d)|\n")
_JOB = re.compile(r"\s*(?:记者|記者|报道|摄影报道)\Z")
_NAMES = re.compile(
    r"\s*(?:,|;|、|，|&| و(?=[\u0620-\u064a])| и | और | and | und | et | y | e | en )\s*", re.I
)
_DATE_WORDS = WEEKDAYS | MONTH_NAMES.keys() | {"on", "at", "am", "le", "el", "updated", "published"}


def byline_authors(line: str) -> tuple[str, ...] | None:
    """Return the people a byline names, none for "By staff"; None if the line is no byline.

    >>> byline_authors("By Jane Roe and JOHN POE | June 1, 2018")
    ('Jane Roe', 'John Poe')
    >>> byline_authors("By Friday the water had gone.") is None
    True
    """
    line = line.strip().lstrip("*_-–— ")
    opening = _BY.match(line) if len(line) <= LONGEST_CHARS else None
    if opening is None:
        return None
    said = _NAME_ENDS.split(line[opening.end() :], maxsplit=1)[0].strip(" .,;:)")
    said = _JOB.sub("", said)
    parts = [name for part in _NAMES.split(said) if (name := _without_date_words(part))]
    if not parts or not _is_credit(parts[0]):
        return None
    if line.rstrip().endswith((".", "!", "?")) and len(line.split()) > len(said.split()) + 4:
        return None
    return tuple(readable_name(part) for part in parts if is_person(part))


def _without_date_words(part: str) -> str:
    """Return a name without the month or weekday before a date that was cut off."""
    words = part.split()
    while words and words[-1].strip(".,").casefold() in _DATE_WORDS:
        words.pop()
    return " ".join(words)


def _is_credit(part: str) -> bool:
    words = part.split()
    if is_person(part):
        return True
    capitals = all(w[0].isupper() or w.casefold() in PARTICLES | {"and", "the"} for w in words)
    known = any(w.casefold().strip(".,") in NOT_A_NAME - {"the", "a", "an", "this"} for w in words)
    return len(words) <= MOST_NAME_WORDS and (known or (len(words) == 1 and part.isupper())) and (
        capitals or known
    )  # fmt: skip
