"""Records around an article: lines with a fact each, as databases and reading lists write them."""

from __future__ import annotations

from corpus.facts.fields import OTHER, is_only_of_records, read_field
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
    for index, line in enumerate(lines):
        if line.reason is not None or line.n_words > _MOST_STRANGE_WORDS:
            continue
        is_outer = not first <= index <= last
        is_field = is_outer and _may_be_field(line, needs_label=True)
        is_heading = line.verdict is not None and line.verdict.reason == RECORD
        if is_field or is_heading or is_only_of_records(line.text):
            line.reason = RECORD


def _may_be_field(line: Line, *, needs_label: bool = False) -> bool:
    if line.reason == "mail header":
        return False
    field = read_field(line.text)
    is_long = field is not None and len(field.value.split()) > _MOST_WORDS_OF_NAME
    if line.ends and (is_long or not line.ends_as_statement):
        return False  # "HOST: The bus will run until June."
    return field is not None and (
        bool(field.kind) or (line.n_words <= _MOST_STRANGE_WORDS and not needs_label)
    )


def _mark_run(lines: list[Line], run: list[int]) -> bool:
    """Mark a run of fields if it is a record, and say whether it is."""
    kinds = [(index, field.kind) for index in run if (field := read_field(lines[index].text))]
    known = [kind for _, kind in kinds if kind]
    is_top = bool(run) and run[0] <= 1
    fewest = _FEWEST_AT_THE_TOP if is_top and set(known) - {OTHER} else _FEWEST_FIELDS
    if len(known) < fewest or len(set(known)) < 2 or len(known) * 2 < len(kinds):
        return False
    last = max(index for index, kind in kinds if kind)
    for index, _ in kinds:
        if index <= last:
            lines[index].reason = RECORD
    return True
