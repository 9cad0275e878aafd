"""Records around an article: lines with a fact each, as databases and reading lists write them."""

from __future__ import annotations

from corpus.facts.date_lines import read_date_line
from corpus.facts.fields import (
    OTHER,
    TITLE,
    Field,
    is_of_something_else,
    is_only_of_records,
    is_spoken,
    read_field,
)
from corpus.furniture.lines import Line

RECORD = "publication details"
_FEWEST_FIELDS, _FEWEST_AT_THE_TOP = 3, 2
_MOST_WORDS_OF_NAME, _PARAGRAPH = 4, 10
_LARGEST_GAP, _MOST_STRANGE_WORDS = 2, 12
_LOOKED_AT_LINES = 60


def mark_records(lines: list[Line]) -> None:
    """Mark runs of fields before and after the prose; a list of facts in an article is left.

    A run needs three fields with labels that are known, of two kinds, or two at the very top. What
    has the shape of a field and stands among them is one too. A line that ends like a sentence and
    has no known label ends a run, since "Coach: We lost." may be an interview.
    """
    n, found = len(lines), False
    for start, end in ((0, min(n, _LOOKED_AT_LINES)), (max(0, n - _LOOKED_AT_LINES), n)):
        run: list[int] = []
        for index in range(start, end):
            if _may_be_field(lines[index]):
                run.append(index)
            elif run and (lines[index].is_sentence or index - run[-1] > _LARGEST_GAP):
                found = _mark_run(lines, run) or found
                run = []
        found = _mark_run(lines, run) or found
    if found:
        _mark_single(lines)


def _mark_single(lines: list[Line]) -> None:
    """Mark single fields and headings of a text that has a record somewhere."""
    paragraphs = [i for i, line in enumerate(lines) if line.is_body and line.n_words >= _PARAGRAPH]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(lines), 0)
    titles = _titles(lines[:first])
    for index, line in enumerate(lines):
        is_beside = index < min(first, _LOOKED_AT_LINES) and not line.is_sentence
        if titles and is_beside and line.reason is None and not _repeats(line, titles):
            line.reason = "page header"
        if line.reason is not None or line.n_words > _MOST_STRANGE_WORDS:
            continue
        is_outer = not first <= index <= last
        is_field = is_outer and _may_be_field(line, needs_label=True)
        is_heading = line.verdict is not None and line.verdict.reason == RECORD
        if is_field or is_heading or is_only_of_records(line.text):
            line.reason = RECORD


def _titles(head: list[Line]) -> list[str]:
    """Return the titles that records in the head state, folded."""
    fields = (read_field(line.text) for line in head if line.reason == RECORD)
    return [_folded(field.value) for field in fields if field and field.kind == TITLE]


def _repeats(line: Line, titles: list[str]) -> bool:
    """Say whether a line is the title again, or a date line, which states a fact itself."""
    folded = _folded(line.text.lstrip("# "))
    is_title = any(folded in title or title in folded for title in titles[:3] if title)
    return is_title or read_date_line(line.text) is not None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _may_be_field(line: Line, *, needs_label: bool = False) -> bool:
    if line.reason == "mail header":
        return False
    field = read_field(line.text)
    is_long = field is not None and len(field.value.split()) > _MOST_WORDS_OF_NAME
    is_sentence = is_long or not line.ends_as_statement or not _is_turned(field)
    if line.ends and is_sentence and is_spoken(line.text):
        return False  # "HOST: The bus will run until June."
    return field is not None and (
        bool(field.kind) or (line.n_words <= _MOST_STRANGE_WORDS and not needs_label)
    )


def _is_turned(field: Field | None) -> bool:
    """Say whether a value is a name, "Holt, Dana." too, and not "Thank you."."""
    words = field.value.rstrip(".").split() if field else []
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _mark_run(lines: list[Line], run: list[int]) -> bool:
    """Mark a run of fields if it is a record, and say whether it is."""
    kinds = [(index, field.kind) for index in run if (field := read_field(lines[index].text))]
    known = [kind for _, kind in kinds if kind]
    is_top = bool(run) and run[0] <= 1
    fewest = _FEWEST_AT_THE_TOP if is_top and set(known) - {OTHER} else _FEWEST_FIELDS
    in_capitals = all(lines[index].text.split(":")[0].isupper() for index in run)
    is_mixed = len(known) * (3 if in_capitals else 2) < len(kinds)
    if len(known) < fewest or len(set(known)) < 2 or is_mixed:
        return False
    if is_of_something_else(lines[index].text for index in run):
        return False
    last = max(index for index, kind in kinds if kind)
    for index, _ in kinds:
        if index <= last:
            lines[index].reason = RECORD
    return True
