"""Lines that stand in many different articles of an outlet are its furniture, whatever they say.

Rules know the furniture of the world, this knows that of one outlet: "Our man in the valley", a
paragraph about the paper, a row of its own menu. A line counts where furniture stands: near the
beginning or end, next to furniture, or in the body if it is no sentence.

Repetition is proof only between articles that are otherwise different, since a copied report shares
every line. So lines are counted once for each *story* (a report and its copies), and an article in
which nearly every line is repeated is taken for a copy and left alone.

For a store: for each new story, add 1 to the count of each key in `line_keys`; when an article is
marked, `is_repeated` looks up a key's count and the number of the outlet's stories and asks
`is_enough`. Keys are of one outlet: the outlet's name is part of them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.facts.outlets import outlet_key
from corpus.furniture.lines import Line
from corpus.sentences.lines import split_blocks
from corpus.titles import find_headline
from corpus.types import REPEATED, Article, Mark, Span

REPEATED_FROM = 3
"""In fewer stories a line is no furniture."""

REPEATED_SHARE, SURELY_REPEATED_FROM = 0.02, 50
"""Among many stories a line must stand in this share of them; in 50, it is furniture anyway."""

LONGEST_LINE_CHARS = 200

_HEAD_LINES, _TAIL_LINES = 8, 12
_COPY_SHARE, _FEWEST_SENTENCES = 0.7, 3
_SAME_STORY_SHARE, _MOST_ARTICLES_WITH_LINE = 0.5, 50
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")


def line_keys(
    text: str, marks: Sequence[Mark], outlet: str | None = None
) -> dict[int, tuple[Span, ...]]:
    """Return the keys of an article's lines that could be furniture, with where they stand.

    Args:
        text: The article's text.
        marks: Its furniture that is known already, in order and disjoint.
        outlet: The outlet's name; another outlet's lines have other keys.

    Returns:
        64-bit keys, signed as SQLite has them. Case, white space and numbers make no difference.
        The headline is not among them, nor are sentences inside the body.
    """
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for line in _candidates(text, marks):
        found[_key(line.text, outlet)].append(line.span)
    return {key: tuple(spans) for key, spans in found.items()}


def repeated_marks(
    text: str, marks: Sequence[Mark], is_repeated: Callable[[int], bool], outlet: str | None = None
) -> tuple[Mark, ...]:
    """Return marks for the lines that are repeated, in order; none if the article is a copy.

    Args:
        text: The article's text.
        marks: Its furniture that is known already, in order and disjoint; the new marks lie
            between them.
        is_repeated: Says of a key from `line_keys` if its line stands in enough stories.
        outlet: As given to `line_keys`.
    """
    lines = list(_candidates(text, marks))
    repeated = [line for line in lines if is_repeated(_key(line.text, outlet))]
    sentences = sum(line.is_sentence for line in lines)
    repeated_sentences = sum(line.is_sentence for line in repeated)
    if repeated_sentences >= _FEWEST_SENTENCES and repeated_sentences > _COPY_SHARE * sentences:
        return ()
    return tuple(Mark(line.span, REPEATED) for line in repeated)


def is_enough(n_stories_with_line: int, n_stories: int) -> bool:
    """Say whether a line that stands in so many of an outlet's stories is furniture.

    >>> is_enough(3, 20), is_enough(3, 1000), is_enough(60, 100_000)
    (True, False, True)
    """
    share = min(REPEATED_SHARE * n_stories, SURELY_REPEATED_FROM)
    return n_stories_with_line >= max(REPEATED_FROM, share)


def repeated_in(articles: Iterable[Article]) -> frozenset[int]:
    """Return the keys of the lines that are repeated in these articles, copies counted once."""
    articles = list(articles)
    keys_of: defaultdict[tuple[int, str | None], set[int]] = defaultdict(set)
    for article, story in zip(articles, _stories(articles), strict=True):
        keys = line_keys(article.text, article.marks, article.outlet)
        keys_of[story, article.outlet].update(keys)
    n_stories = Counter(outlet for _, outlet in keys_of)
    counts: Counter[int] = Counter()
    outlet_of: dict[int, str | None] = {}
    for (_, outlet), found in keys_of.items():
        counts.update(found)
        outlet_of.update(dict.fromkeys(found, outlet))
    return frozenset(
        key for key, count in counts.items() if is_enough(count, n_stories[outlet_of[key]])
    )


def _candidates(text: str, marks: Sequence[Mark]) -> Iterator[Line]:
    """Yield the lines that could be furniture by their length, place and shape."""
    headline = find_headline(text, marks)
    lines = list(_free_lines(text, marks))
    for index, (line, is_beside_mark) in enumerate(lines):
        if line.span == headline or line.span.end - line.span.start > LONGEST_LINE_CHARS:
            continue
        is_outer = index < _HEAD_LINES or index >= len(lines) - _TAIL_LINES
        if is_beside_mark or is_outer or _is_label(line):
            yield line


def _is_label(line: Line) -> bool:
    """Say whether a line in the body could be furniture: words that are no sentence or table."""
    return not line.ends and 2 <= line.n_words < 15 and not _DIGITS.search(line.text)


def _free_lines(text: str, marks: Sequence[Mark]) -> Iterator[tuple[Line, bool]]:
    """Yield the lines that no mark touches, and whether one stands right beside."""
    index, was_marked = 0, False
    waiting: Line | None = None
    for block in split_blocks(text):
        while index < len(marks) and marks[index].span.end <= block.start:
            index += 1
        is_marked = index < len(marks) and marks[index].span.overlaps(block)
        if waiting is not None:
            yield waiting, was_marked or is_marked
            was_marked, waiting = False, None
        if is_marked:
            was_marked = True
        elif any(map(str.isalpha, block.of(text))):
            waiting = Line(block, block.of(text), None)
    if waiting is not None:
        yield waiting, was_marked


def _key(line: str, outlet: str | None) -> int:
    folded = _DIGITS.sub("0", " ".join(line.casefold().split()))
    content = f"{outlet_key(outlet or '')}\0{folded}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big", signed=True)


def _stories(articles: Sequence[Article]) -> list[int]:
    """Return the number of each article's story: articles with half their lines in common."""
    lines_of = [_line_set(article) for article in articles]
    articles_with: defaultdict[int, list[int]] = defaultdict(list)
    story = list(range(len(articles)))
    for number, lines in enumerate(lines_of):
        shared: Counter[int] = Counter()
        for key in lines:
            # A line in very many articles is furniture, and says nothing about copies.
            if len(articles_with[key]) < _MOST_ARTICLES_WITH_LINE:
                shared.update(articles_with[key])
                articles_with[key].append(number)
        for other, n_shared in shared.most_common(1):
            if n_shared >= _SAME_STORY_SHARE * min(len(lines), len(lines_of[other])):
                story[number] = story[other]
    return story


def _line_set(article: Article) -> set[int]:
    lines = (line for line, _ in _free_lines(article.text, article.marks))
    return {_key(line.text, article.outlet) for line in lines if line.is_sentence}
