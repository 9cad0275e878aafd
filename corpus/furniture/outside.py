"""What is furniture because it stands outside the body of prose, whatever its words are?

The body is the stretch with the most prose, found first: sentences count for it by their words,
short lines against it. Outside, short lines without a final stop are furniture, but for the
headline; sentences are only after a sign that the article is over. Inside, nothing is marked here.
Verse, lists with markers and texts with little prose are left alone.
"""

from __future__ import annotations

import re

from corpus.facts.fields import is_known_field
from corpus.facts.outlets import is_outlet_name
from corpus.furniture.lines import Line
from corpus.furniture.zones import RELATED

PAGE_TITLE = "page title"
"""The title of a web page above the headline: it repeats it and adds the site's name."""

_FEWEST_WORDS = 20
_MOST_COUNTED_WORDS, _SENTENCE_WORDS = 40, 4
_COST_OF_SHORT, _COST_OF_FURNITURE = 2, 4
_LEAST_SHARE_OF_END = 3  # a third
_HEAD_LINES = 80
_HEADLINE_WORDS = range(3, 31)
_STANDFIRST_WORDS, _VERSE_WORDS = 6, 3
_NEAR_BEST, _SIGNED_BONUS = 0.75, 0.3
_ITEM = re.compile(r"[-*+•‣◦▪●–]\s|\d{1,3}[.)]\s|[^\t]*\t[^\t]*\t")
_FIELD = re.compile(r"[^\W\d_][\w /-]{1,24} ?[:：] ?\S")
_SIGNS = re.compile(
    r"https?://|www\.|\S@\S|(?:\S.{0,40} ?[|·•»›] ){2}|(?:\S.{0,40} //? ){2}"
    r"|\d ?(?:/|of) ?\d{1,4}\b"
)
_END = re.compile(
    r"(?P<divider>-{2}|#{3,}|_{5,}|-{5,}|={5,})\Z|(?:-? ?30 ?-|\(?end(?:s|e)?\)?|\(fin\)|-0-"
    r"|[\[(]?end of [\w ]{3,20}[\])]?)\Z",
    re.I,
)
_REMARK = re.compile(r"\([^()\s]+(?: [^()\s]+){2,}\)\Z|\[[^\[\]\s]+(?: [^\[\]\s]+){2,}\]\Z")
_WORD = re.compile(r"[^\W\d_]{5,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUFFIX = re.compile(r"(?P<title>.{8,200}?)\s+(?:[|·•»]|[-–—])\s+(?P<name>[^|·•»]{2,60})\Z")


def page_title_parts(line: str) -> tuple[str, str] | None:
    """Return headline and site's name of "Bridge open again - Orme Courier"."""
    match = _SUFFIX.match(line)
    return (match["title"], match["name"]) if match else None


def mark_outside(lines: list[Line]) -> None:
    """Mark what is furniture by standing before or after the body of prose."""
    body = prose(lines)
    if body is None:
        return
    first, last = body
    words = {word for line in lines[first : last + 1] for word in _words(line)}
    headline = _headline(lines, first, words)
    if headline is not None:
        _mark_before(lines, headline, words)
        # Without any furniture around, a short line may be a formula or the first of a poem.
        if any(line.reason for line in lines[:first]):
            _mark_between(lines[headline + 1 : first], words)
    _mark_after_end(lines, first, last)
    _mark_after(lines[last + 1 :])


def prose(lines: list[Line]) -> tuple[int, int] | None:
    """Return the first and last line of the stretch with the most prose, None if it is little."""
    best, total, start = (0, 0, -1), 0, 0
    for index, line in enumerate(lines):
        gain = _gain(line)
        if total <= 0:
            total, start = 0, index
        total += gain
        if gain > 0 and total > best[0]:
            best = (total, start, index)
    return best[1:] if best[0] >= _FEWEST_WORDS else None


def _gain(line: Line) -> int:
    if line.reason is not None:
        return -_COST_OF_FURNITURE
    if line.is_sentence and line.n_words >= _SENTENCE_WORDS:
        return min(line.n_words, _MOST_COUNTED_WORDS)
    return 0 if line.is_sentence or _ITEM.match(line.text) else -_COST_OF_SHORT


def _words(line: Line) -> set[str]:
    return {word.casefold() for word in _WORD.findall(line.text[:2000])}


def _overlap(line: Line, words: set[str]) -> float:
    own = _words(line)
    return len(own & words) / (len(own) + 1)  # one word in common says little


def _headline(lines: list[Line], first: int, words: set[str]) -> int | None:
    """Return the line before the body that shares most words with it, of like ones the first."""
    scores: dict[int, float] = {}
    for index in range(max(0, first - _HEAD_LINES), first):
        line = lines[index]
        is_free = line.reason is None and not line.is_placed and not line.ends_as_statement
        if is_free and line.n_words in _HEADLINE_WORDS and not _is_strange(line):
            if is_outlet_name(line.text) or is_known_field(line.text):
                continue
            is_signed = lines[index + 1].is_signature
            scores[index] = _overlap(line, words) + _SIGNED_BONUS * is_signed
    best = max(scores.values(), default=0.0)
    if best <= 0.2:
        return None
    near = [index for index, score in scores.items() if score >= _NEAR_BEST * best]
    plain = {lines[index].text for index in near}
    for index in near:
        parts = page_title_parts(lines[index].text)
        if parts is None or parts[0] not in plain:
            return index
        lines[index].reason = PAGE_TITLE
    return near[-1]


def _is_free(line: Line) -> bool:
    """Say whether a line may be marked by its place: it has words, and is no sentence."""
    has_words = any(map(str.isalnum, line.text))
    if line.verdict is None and _REMARK.match(line.text):
        return False
    return line.reason is None and has_words and not (line.is_sentence and line.ends)


def _is_strange(line: Line) -> bool:
    """Say whether a line has the shape of a field, an address, or a row of links."""
    if line.is_sentence and line.ends:
        return False
    letters = sum(map(str.isalpha, line.text[:200]))
    return (
        letters * 2 < len(line.text[:200].replace(" ", ""))
        or _SIGNS.search(line.text) is not None
        or (_FIELD.match(line.text) is not None and line.text.split(":")[0].isupper())
    )


def _mark_before(lines: list[Line], headline: int, words: set[str]) -> None:
    for line in lines[:headline]:
        parts = page_title_parts(line.text) if line.reason is None else None
        if parts and parts[0] == lines[headline].text:
            line.reason = PAGE_TITLE
        elif _is_free(line) and (_is_strange(line) or _overlap(line, words) <= 0.5):
            line.reason = line.verdict.reason if line.verdict else "page header"


def _mark_between(lines: list[Line], words: set[str]) -> None:
    if _is_verse(lines):
        return
    for line in lines:
        if not _is_free(line) or _ITEM.match(line.text):
            continue
        if _is_strange(line) or (line.n_words < _STANDFIRST_WORDS and _overlap(line, words) <= 0.5):
            line.reason = line.verdict.reason if line.verdict else "page control"


def _mark_after_end(lines: list[Line], first: int, last: int) -> None:
    """Mark all after "-30-", if that is not much, and what is no prose after "###" or "--".

    Those may stand between the sections of an article; a signature stands below the last.
    """
    n_words = sum(line.n_words for line in lines[first : last + 1])
    start, n_after = len(lines), 0
    for index in range(len(lines) - 1, first, -1):
        line = lines[index]
        end = _END.match(line.text)
        if end and not (end["divider"] and n_after):
            start = index
        n_after += line.n_words if line.is_sentence else 0
        if n_after * _LEAST_SHARE_OF_END > n_words:
            break
    for line in lines[start:]:
        line.reason = line.reason or "page footer"


def _mark_after(tail: list[Line]) -> None:
    """Mark short lines after the body, if one there is known as furniture, or has its shape.

    What "It was agreed:" opens is the article's, up to the first such line.
    """
    signs = [i for i, line in enumerate(tail) if line.reason is not None or _is_strange(line)]
    if not signs:
        return
    has_list = tail[0].text.endswith((":", "：")) and tail[0].verdict is None
    start = signs[0] if has_list else 0
    if _is_verse([line for line in tail[: signs[0]] if _is_free(line)]):
        start = signs[0]
    for line in tail[start:]:
        if not _is_free(line) or _ITEM.match(line.text):
            continue
        if line.verdict is not None:
            line.reason = line.verdict.reason
        else:
            line.reason = RELATED if line.is_headline_like else "page footer"


def _is_verse(lines: list[Line]) -> bool:
    """Say whether lines end with commas or begin in lower case, as those of poems do.

    One or two words in lower case are a tag.
    """
    long = [line.text for line in lines if line.n_words >= _VERSE_WORDS]
    n_verses = sum(text[-1] in ",;:—" or text[0].islower() for text in long)
    return n_verses * 4 > len(lines) > 1
