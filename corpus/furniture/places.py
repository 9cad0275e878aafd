"""Where furniture stands: before the headline, around the byline, after the last sentence."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from corpus.facts.bylines import byline_authors
from corpus.facts.date_lines import is_folio, read_date_line
from corpus.facts.outlets import has_outlet_word, is_outlet_name
from corpus.facts.signed import are_names, signed_authors
from corpus.furniture.endings import article_body, mark_pleas, mark_repeated
from corpus.furniture.lines import Line
from corpus.furniture.messages import mark_messages
from corpus.furniture.outside import mark_outside, prose
from corpus.furniture.preamble import mark_controls, mark_runs, mark_teasers
from corpus.furniture.records import RECORD, mark_records
from corpus.furniture.teasers import mark_between, mark_by_sequence, mark_pairs
from corpus.furniture.zones import (
    RELATED,
    mark_banners,
    mark_comments,
    mark_lists,
    mark_mail_head,
    mark_offers_at_the_end,
)

_TOP_SENTENCES, _TOP_LINES = 3, 40
_HEAD_LINES = 80
_SENTENCES_BEFORE_OTHERS = 2
_MENU_WORDS, _MENU_CHARS = 3, 30
_SITE_NAME_WORDS = 5
_LONGEST_FACT_CHARS = 200
# What may stand among the last lines of an article too: it does not say that the article is over.
_IN_ARTICLES = frozenset(
    {"picture credit", "picture caption", "advertisement", "player", "page number", "date line"}
)
_KEEPERS = frozenset(
    {"archive notice", "publication details", "page control", "transcript notice", "colophon"}
)
_NAMED_BESIDE = frozenset({"byline", "date line", "site name", "reading time"})
_OCCASION = re.compile(
    r"(?:time|where|place|venue|location|price|admission|tickets|zeit|uhrzeit|ort|wo|eintritt|heure"
    r"|lieu|prix|hora|lugar|precio|ora|luogo|tijd|plaats|время|место) ?: ?\S",
    re.I,
)
_SOURCE = re.compile(r"(?:source|quelle|fuente|fonte|bron) ?: ?\S.*\d{4}", re.I)
_WITH_NETWORKS = frozenset({"share links", "follow links", "page control", "comments"})
_WHEN = re.compile(
    r"(?:last |first )?(?:updated|published|posted|modified|aktualisiert|veröffentlicht|publié"
    r"|mis à|mise à|publicado|actualizado|pubblicato|aggiornato|atualizado|gepubliceerd"
    r"|bijgewerkt)\b",
    re.I,
)


def place(lines: list[Line]) -> None:
    """Give lines their `reason` by where they stand; without any sentence, only by their words."""
    mark_mail_head(lines)
    mark_messages(lines)
    mark_records(lines)
    mark_comments(lines)
    mark_offers_at_the_end(lines)
    mark_runs(lines)
    mark_banners(lines)
    mark_pleas(lines)
    mark_repeated(lines)
    start = _below_first_paragraphs(lines)
    mark_by_sequence(lines, start)
    body = article_body(lines)
    while len(body) > 1 and _is_run_together(lines, body[-1]):
        body.pop()
    if not body:
        return
    _mark_bylines(lines, body)
    mark_lists(lines, body)
    mark_teasers(lines, body[0])
    _mark_head(lines, body[0])
    _mark_tail(lines, body[-1])
    _mark_neighbours(lines)
    mark_outside(lines)
    mark_between(lines, start)
    mark_pairs(lines, start)


def _below_first_paragraphs(lines: list[Line]) -> int:
    """Return the index below the second paragraph of the article, or the number of lines."""
    first = (prose(lines) or (len(lines), 0))[0]
    body = (index for index in range(first, len(lines)) if lines[index].is_body)
    second = next(islice(body, _SENTENCES_BEFORE_OTHERS - 1, None), None)
    return len(lines) if second is None else second + 1


def _is_run_together(lines: list[Line], index: int) -> bool:
    """Say whether a long line is headlines of other articles that lost their line ends."""
    before = lines[index - 1].verdict if index else None
    return not lines[index].ends and before is not None and before.reason == RELATED


def _mark_bylines(lines: list[Line], body: list[int]) -> None:
    top = body[min(len(body), _TOP_SENTENCES) - 1]
    near_top = range(max(0, body[0] - _TOP_LINES), min(top, body[0] + _TOP_LINES))
    near_end = range(body[-1] + 1, body[-1] + _TOP_LINES)
    for index, line in enumerate(lines):
        is_free = line.reason is None or _SOURCE.match(line.text)
        if index + 1 < len(lines) and _OCCASION.match(lines[index + 1].text):
            continue  # when something takes place
        if is_free and len(line.text) <= _LONGEST_FACT_CHARS:
            is_labelled = _WHEN.match(line.text) is not None or is_folio(line.text)
            if index in near_top or index in near_end or is_labelled:
                line.reason = _fact_line(line, is_top=index in near_top) or line.reason
    _mark_beside_facts(lines[: top + 1])


def _mark_beside_facts(head: list[Line]) -> None:
    """Mark names of people and outlets on lines of their own beside a byline or date line.

    Below one, a name needs a headline above it: "Storm Ragnhild" may be the headline.
    """
    for ordered, is_downward in ((head, True), (head[::-1], False)):
        has_headline = not is_downward
        for beside, line in pairwise(ordered):
            has_headline = has_headline or beside.is_headline_like
            if line.reason is not None or line.is_placed or beside.reason not in _NAMED_BESIDE:
                continue
            if is_outlet_name(line.text):
                line.reason = "site name"
            elif are_names(line.text):
                is_byline = has_headline or line.text.isupper()
                line.reason = "byline" if is_byline else None


def _fact_line(line: Line, *, is_top: bool) -> str | None:
    """Say whether a line is a byline or date line; outside the top only if it says that it is."""
    if is_top and byline_authors(line.text) is not None:
        return "byline"
    if is_top and not line.is_sentence and signed_authors(line.text) is not None:
        return "byline"
    found = read_date_line(line.text)
    # Among sentences a bare date may be the heading of a chronicle.
    if found is None or not (
        is_top or found.is_labelled or found.names_outlet or is_folio(line.text)
    ):
        return None
    return "date line" if found.dates or not line.is_sentence else None


def _mark_head(lines: list[Line], first: int) -> None:
    """Mark menus before the headline, and the site's name."""
    headline = _headline(lines, first)
    before = lines[:headline]
    head = [line for line in before[-_HEAD_LINES:] if line.reason is None]
    short = [line for line in head if _is_short(line)]
    n_known = sum(line.is_placed or line.reason is not None for line in before)
    is_menu = len(short) >= 5 or (len(short) >= 3 and n_known > 0)
    for line in head:
        if line.verdict and line.is_placed:
            line.reason = line.verdict.reason
        elif _is_site_name(line):
            line.reason = "site name"
        elif is_menu and line in short:
            line.reason = "menu"
    for line in lines[headline + 1 : first]:
        if line.verdict and line.is_placed:
            line.reason = line.reason or line.verdict.reason
        elif line.reason is None and is_outlet_name(line.text) and n_known:
            line.reason = "site name"
    mark_controls(lines, headline, first)


def _is_site_name(line: Line) -> bool:
    is_short = line.n_words <= _SITE_NAME_WORDS and not line.ends and has_outlet_word(line.text)
    return is_short or is_outlet_name(line.text)


def _is_short(line: Line) -> bool:
    return line.n_words <= _MENU_WORDS and len(line.text) <= _MENU_CHARS and not line.ends


def _headline(lines: list[Line], first: int) -> int:
    """Return the index of the line before the first sentence that is the headline, or may be."""
    indexes = range(first - 1, max(-1, first - _HEAD_LINES), -1)
    facts = [i for i in indexes if lines[i].is_signature or lines[i].reason == RECORD]
    possible = [i for i in indexes if lines[i].reason is None and not lines[i].is_placed]
    likely = [i for i in possible if lines[i].is_headline_like]
    likely = [i for i in likely if not is_outlet_name(lines[i].text)]
    above_facts = [index for index in likely if facts and index < facts[0]]
    likely = above_facts or likely
    return (likely or possible or [first])[0]


def _mark_tail(lines: list[Line], last: int) -> None:
    """Mark what follows the last sentence, from the first line on that is furniture."""
    tail = lines[last + 1 :]
    anchors = [i for i, line in enumerate(tail) if line.reason and line.reason not in _IN_ARTICLES]
    placed = [i for i, line in enumerate(tail) if line.is_placed]
    keepers = [tail[i] for i in placed if tail[i].verdict_reason in _KEEPERS]
    # One sentence that speaks of an archive may be the article's last.
    is_surrounded = any(line.reason for line in tail)
    is_kept = any(is_surrounded or not line.is_sentence for line in keepers) or len(keepers) > 1
    if len(placed) >= 3 or is_kept:
        anchors.append(placed[0])
    if not anchors:
        return
    start = min(anchors)
    while start > 0 and tail[start - 1].is_placed:
        start -= 1
    for line in tail[start:]:
        line.reason = line.reason or (line.verdict.reason if line.verdict else "page footer")


def _mark_neighbours(lines: list[Line]) -> None:
    """Mark words of menus and names of networks that stand next to their like."""
    for ordered in (lines, lines[::-1]):
        for before, line in pairwise(ordered):
            if line.verdict is None or line.reason is not None:
                continue
            is_like = before.reason == line.verdict.reason or before.reason in _WITH_NETWORKS
            if line.is_placed and before.reason and is_like:
                line.reason = line.verdict.reason
