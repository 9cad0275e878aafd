"""Where an article is over: sentences after its end are the page's, and so are repeated buttons."""

from __future__ import annotations

import re
from collections import Counter

from corpus.furniture.lines import Line
from corpus.furniture.publisher import speaks_to_reader
from corpus.furniture.zones import AGO, OFFER

# What stands after articles and hardly ever in them.
_AFTER = frozenset(
    {
        "copyright notice", "legal links", "comments", "reader comments", "link", "tags",
        "credits", "about the author", "transcript notice", "archive notice", "colophon",
        "page footer", "publication details", "follow links", "syndication notice",
        "message around the article", "contact notice",
    }
)  # fmt: skip
# An article may hold these among its paragraphs.
_WEAK = frozenset({"link", "contact notice", "message around the article", "tags", "credits"})
_IN_ARTICLES = frozenset({"advertisement", "picture credit", "picture caption", "player"})
_FEWEST_SIGNS, _SHORT_RUN, _HEADLINE_WORDS = 1, 3, 15
_MOST_AFTER_SHARE, _MOST_AFTER_WORDS = 0.2, 80
_FEWEST_REPEATED, _MOST_REPEATED_WORDS = 3, 6
_BUTTON_WORDS, _PARAGRAPH_WORDS = 3, 10
_EDGE_CHARS = 200  # a word without end would take the square of its length
_DIGITS = re.compile(r"\d+")
_AGE = re.compile(AGO, re.I)


def article_body(lines: list[Line]) -> list[int]:
    """Return the indexes of the article's sentences; mark those that stand after its end.

    Sentences at the end are after it if a notice, links or comments stand before them, with more of
    another kind there or any furniture below; or a run of short lines with furniture among them
    that stands after articles. And they are few beside the article.
    """
    body = [index for index, line in enumerate(lines) if line.is_body]
    edges = _page_edges(lines)
    has_more = bool(body) and any(_is_outer(line) for line in lines[body[-1] + 1 :])
    n_words = sum(lines[index].n_words for index in body)
    n_after, end = 0, len(body)
    for position in range(len(body) - 1, 0, -1):
        n_after += lines[body[position]].n_words
        if n_after > min(_MOST_AFTER_WORDS, _MOST_AFTER_SHARE * n_words):
            break
        between = lines[body[position - 1] + 1 : body[position]]
        is_next_page = any(line in edges for line in map(_numbered, between))
        if not is_next_page and _is_end(between, lines[body[position]], has_more=has_more):
            end = position
    for index in body[end:]:
        lines[index].reason = lines[index].doubt or "page footer"
    return body[:end]


def _is_outer(line: Line) -> bool:
    return line.reason is not None and line.reason not in _IN_ARTICLES


def _page_edges(lines: list[Line]) -> set[str]:
    """Return what stands more than once but for its numbers, as on the edges of printed pages."""
    short = (line for line in lines if not line.is_sentence)
    counts = Counter(_numbered(line) for line in short if not _AGE.search(line.text[:_EDGE_CHARS]))
    return {text for text, count in counts.items() if count > 1 and "0" in text}


def _numbered(line: Line) -> str:
    return _DIGITS.sub("0", line.folded())


def _is_end(between: list[Line], first: Line, *, has_more: bool) -> bool:
    """Say whether the article is over before a sentence, `first`, by the lines that stand above it.

    Args:
        between: The lines between the sentence before and this one.
        first: The sentence.
        has_more: Whether furniture follows below too.
    """
    reasons = {line.reason for line in between if line.reason}
    if "page number" in reasons:
        return False  # the article goes on on the next page
    signs = reasons & _AFTER
    if signs - _WEAK and (len(signs) > 1 or has_more or first.doubt):
        return True
    known = sum(_is_outer(line) and line.reason not in _WEAK for line in between)
    # "Who will pay for it?" among other headlines is one of them.
    if known and not first.ends_as_statement and first.n_words <= _HEADLINE_WORDS:
        return True
    headlines = sum(line.is_headline_like and "\t" not in line.text for line in between)
    return headlines >= _SHORT_RUN and known >= _FEWEST_SIGNS


def mark_pleas(lines: list[Line]) -> None:
    """Mark the outlet's own words to its readers among the paragraphs, with the button below."""
    marked = False
    for line in lines:
        if line.reason is None and line.is_body and speaks_to_reader(line, is_after=False):
            line.reason, marked = OFFER, True
            continue
        is_button = line.n_words <= _BUTTON_WORDS and not line.ends
        if marked and line.reason is None and is_button:
            line.reason = "page control"
        marked = False


def mark_repeated(lines: list[Line]) -> None:
    """Mark short lines that stand three times between paragraphs of one article.

    The refrain of a song stands between other short lines.
    """
    short = [index for index, line in enumerate(lines) if _may_be_button(line)]
    counts = Counter(lines[index].folded() for index in short)
    between = Counter(lines[i].folded() for i in short if _is_beside_paragraph(lines, i))
    for index in short:
        line, folded = lines[index], lines[index].folded()
        if counts[folded] >= _FEWEST_REPEATED and between[folded] * 2 > counts[folded]:
            line.reason = line.verdict.reason if line.verdict else "page control"


def _is_beside_paragraph(lines: list[Line], index: int) -> bool:
    beside = (lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines))
    return any(line.is_sentence and line.n_words >= _PARAGRAPH_WORDS for line in beside)


def _may_be_button(line: Line) -> bool:
    is_short = 2 <= line.n_words <= _MOST_REPEATED_WORDS and not line.ends
    return (
        line.reason is None
        and is_short
        and line.text[-1:] not in ",;:：،"
        and "\t" not in line.text
    )
