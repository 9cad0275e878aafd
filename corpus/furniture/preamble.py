"""What stands before an article by its shape alone: menus, buttons, teasers of other articles."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.facts.bylines import byline_authors
from corpus.facts.date_lines import read_date_line
from corpus.furniture.lines import Line
from corpus.furniture.zones import CONSENT, RELATED, speaks_of_consent

_SHORT_WORDS, _SHORT_CHARS = 4, 35
_SHORTEST_RUN, _MOST_SENTENCES_BEFORE, _FEWEST_SENTENCES_AFTER = 5, 4, 2
_LONGEST_CONTROL_WORDS = 12
_LOOKED_AT_LINES = 120
_ITEM = re.compile(r"[-*+•‣◦▪●–]\s|\d{1,3}[.)]\s")
_AGO = re.compile(r".{2,50} ?[·|•] ?\d{1,3} ?(?:m|min|h|d|w)\Z")


def mark_runs(lines: list[Line]) -> None:
    """Mark runs of short lines near the beginning in which some are known; and banners before."""
    n_after = sum(line.is_body for line in lines)
    n_before, run = 0, list[Line]()
    for index, line in enumerate(lines[:_LOOKED_AT_LINES]):
        if _is_short(line) and not (run == [] and index and lines[index - 1].text.endswith(":")):
            run.append(line)
            continue
        if _is_menu(run) and n_after >= _FEWEST_SENTENCES_AFTER:
            _mark_run(run)
            _mark_banner(lines[: lines.index(run[0])])
        run = []
        n_before, n_after = n_before + line.is_body, n_after - line.is_body
        if n_before > _MOST_SENTENCES_BEFORE:
            return


def mark_teasers(lines: list[Line], first: int) -> None:
    """Mark the headlines of other articles before the last "Orme Courier · 3h" of the head."""
    ages = [index for index, line in enumerate(lines[:first]) if _AGO.match(line.text)]
    for line in lines[: ages[-2] + 1] if len(ages) > 1 else ():
        line.reason = RELATED


def mark_controls(lines: list[Line], headline: int, first: int) -> None:
    """Mark what stands between the byline and the first sentence, but for items of a list.

    Only if one line there is known as furniture: it may be a poem.
    """
    if not any(line.verdict for line in lines[headline + 1 : first]):
        return
    has_facts = False
    for line in lines[headline + 1 : first]:
        has_facts = has_facts or line.reason in ("byline", "date line")
        is_control = line.n_words <= _LONGEST_CONTROL_WORDS and not line.ends
        if has_facts and line.reason is None and is_control and not _ITEM.match(line.text):
            line.reason = "page control"


def _is_short(line: Line) -> bool:
    if line.reason is not None and not line.is_sentence:
        return True
    return (
        line.n_words <= _SHORT_WORDS
        and len(line.text) <= _SHORT_CHARS
        and not line.ends
        and not _ITEM.match(line.text)
    )


def _is_menu(run: list[Line]) -> bool:
    n_known = sum(line.verdict is not None for line in run)
    n_free = sum(line.verdict is None for line in run)
    return len(run) >= _SHORTEST_RUN and n_known >= max(2, n_free / 5)


def _mark_run(run: list[Line]) -> None:
    # The last line may be a short headline, or the name of a section above the text.
    for line, after in pairwise([*run, None]):
        is_last = after is None and line is not None and line.verdict is None
        if line and line.reason is None and not is_last and not _states_facts(line):
            line.reason = line.verdict.reason if line.verdict else "menu"


def _states_facts(line: Line) -> bool:
    return byline_authors(line.text) is not None or read_date_line(line.text) is not None


def _mark_banner(before: list[Line]) -> None:
    for line in before:
        if line.is_body and speaks_of_consent(line):
            line.reason = CONSENT
