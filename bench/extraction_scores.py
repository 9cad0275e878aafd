"""Score one article as it was read against its label: sentences, furniture, facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bench.labelled.records import Label
from corpus.extracted import Extracted, Stated
from corpus.sentences.lines import is_hard_wrapped

FACTS = ("title", "outlet", "published", "updated", "authors", "url", "language")
SHORT_LINE_CHARS = 25
"""A shorter line of furniture must be a whole line or cell of the text to count as kept."""

_QUOTES = str.maketrans("“”„«»‘’‚`´", "\"\"\"\"\"'''''")
_DROPPED = re.compile(r"[\s\u00ad\u2010\u2011-]+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_CELLS = re.compile(r"[|·»•\t]")


@dataclass(slots=True, kw_only=True)
class Score:
    """How one labelled article fared. Counts are of the label's sentences and furniture lines."""

    file: str
    kind: str
    system: str
    n_sentences: int
    n_furniture: int
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    n_reworded: int = 0
    """Sentences that are there but for their hyphens, ligatures or quotation marks."""

    kept: list[str] = field(default_factory=list)
    wrong: dict[str, tuple[object, object]] = field(default_factory=dict)
    """Facts that are not right: what the label says, what was read."""

    judged: set[str] = field(default_factory=set)
    n_invented_dates: int = 0
    error: str | None = None


def score(found: Extracted, label: Label, *, file: str, kind: str, system: str) -> Score:
    """Compare what was read with the label."""
    out = Score(
        file=file,
        kind=kind,
        system=system,
        n_sentences=len(label.sentences),
        n_furniture=len(label.furniture),
    )
    _score_sentences(out, found, label)
    out.kept = kept_furniture(found, label)
    for name in FACTS:
        judge = _JUDGES[name]
        right = judge(found, label)
        if right is None:
            continue
        out.judged.add(name)
        if not right:
            out.wrong[name] = (getattr(label, name), _value(getattr(found, name)))
    if label.published is None and "published" in out.wrong:
        out.n_invented_dates = 1
    return out


def unread(label: Label, error: str, *, file: str, kind: str, system: str) -> Score:
    """Return the score of an article that was not read at all."""
    return Score(
        file=file,
        kind=kind,
        system=system,
        n_sentences=len(label.sentences),
        n_furniture=len(label.furniture),
        lost=list(label.sentences),
        wrong={name: (getattr(label, name), None) for name in FACTS},
        judged=set(FACTS),
        error=error,
    )


def runs(found: Extracted) -> list[str]:
    """Return the stretches of text between the marks."""
    out, at = [], 0
    for mark in found.marks:
        out.append(found.text[at : mark.span.start])
        at = mark.span.end
    return [*out, found.text[at:]]


def overlap(found: Extracted, label: Label) -> int:
    """Return how many of the label's first sentences the text holds."""
    text = _loose(found.text)
    return sum(_loose(sentence) in text for sentence in label.sentences[:8])


def kept_furniture(found: Extracted, label: Label) -> list[str]:
    """Return the furniture that stands outside the marks.

    A short line counts only as a whole line or cell: "Share" is also a word.
    """
    lines = [_plain(line) for run in runs(found) for line in run.splitlines()]
    whole = "\n".join(_plain(" ".join(run.split())) for run in runs(found))
    cells = {_bare(cell) for line in lines for cell in [line, *_CELLS.split(line)]}
    out = []
    for piece in label.furniture:
        plain = _plain(" ".join(piece.split()))
        if len(plain) < SHORT_LINE_CHARS:
            if _bare(plain) and _bare(plain) in cells:
                out.append(piece)
        elif plain in whole:
            out.append(piece)
    return out


def _score_sentences(out: Score, found: Extracted, label: Label) -> None:
    pieces = list(_segments(found))
    exact = [" ".join(piece.split()) for piece in pieces]
    loose = [_loose(piece) for piece in pieces]
    everything = "".join(loose)
    for sentence in label.sentences:
        key = _loose(sentence)
        if key not in everything:
            out.lost.append(sentence)
        elif not any(key in piece for piece in loose):
            out.broken.append(sentence)
        elif not any(" ".join(sentence.split()) in piece for piece in exact):
            out.n_reworded += 1


def _segments(found: Extracted) -> Iterator[str]:
    """Yield the stretches that a sentence can lie in: no mark and no paragraph end inside."""
    wrapped = is_hard_wrapped(found.text)
    for run in runs(found):
        yield from _BLANK_LINE.split(run) if wrapped else run.split("\n")


def _loose(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))


def _plain(text: str) -> str:
    return text.translate(_QUOTES).strip()


def _bare(text: str) -> str:
    return text.strip(" \t.:-–—[]()*#>").casefold()


def _value(fact: object) -> object:
    return fact.value if isinstance(fact, Stated) else fact


def _right_title(found: Extracted, label: Label) -> bool:
    return _loose_words(found.title or "") == _loose_words(label.title or "")


def _loose_words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).split())


def _right_outlet(found: Extracted, label: Label) -> bool:
    return _outlet(found.outlet.value if found.outlet else "") == _outlet(label.outlet or "")


def _outlet(name: str) -> str:
    plain = _loose_words(name).casefold()
    return plain.removeprefix("the ").removeprefix("www.").removesuffix(".com").strip()


def _right_published(found: Extracted, label: Label) -> bool:
    if label.published is not None:
        return found.published is not None and _same_time(found.published.value, label.published)
    if found.published is None:
        return True
    fact = found.published
    return (fact.value, fact.origin, fact.sure) == (label.published_year, "copyright", False)


def _right_updated(found: Extracted, label: Label) -> bool:
    """Many pages say "updated" with the time of publication; that is no update, and no error."""
    value = found.updated.value if found.updated else None
    if label.updated is not None and (
        label.published is None or not _same_time(label.updated, label.published)
    ):
        return value is not None and _same_time(value, label.updated)
    if value is None:
        return True
    return label.published is not None and _same_time(value, label.published)


def _same_time(value: str, label: str) -> bool:
    """Say whether two ISO times are the same day, and the same minute where both have a zone.

    Where a file states a month only, that is what is to be read.
    """
    if len(label) < len("2021-10-09"):
        return value == label
    try:
        first, second = datetime.fromisoformat(value), datetime.fromisoformat(label)
    except ValueError:
        return False
    if first.tzinfo and second.tzinfo:
        return abs((first - second).total_seconds()) < 60
    return first.date() == second.date()


def _right_authors(found: Extracted, label: Label) -> bool:
    return {a.casefold() for a in found.authors} == {a.casefold() for a in label.authors}


def _right_url(found: Extracted, label: Label) -> bool:
    return (found.url or "").rstrip("/") == (label.url or "").rstrip("/")


def _right_language(found: Extracted, label: Label) -> bool | None:
    if label.language is None:
        return None
    return (found.language or "").split("-")[0].split("_")[0].lower() == label.language


_JUDGES = {
    "title": _right_title,
    "outlet": _right_outlet,
    "published": _right_published,
    "updated": _right_updated,
    "authors": _right_authors,
    "url": _right_url,
    "language": _right_language,
}
