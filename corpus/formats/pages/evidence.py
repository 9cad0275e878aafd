"""What speaks for a block being part of the article: how it reads, who names it, its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.formats.pages.blocks import HEADINGS, Block, Container
from corpus.formats.pages.tree import Element
from corpus.titles import find_headline

MIN_PROSE_CHARS, MIN_PROSE_CHARS_DENSE = 80, 30
"""A shorter block need not be a paragraph; in Chinese and the like a few signs say as much."""

MOSTLY_LINK = 0.8
PULL_QUOTE = "pull quote"
_SET_OFF = ("blockquote", "figure", "aside", "q")
_MAX_PROSE_LINKS = 0.35
# "19. Juli" ends no sentence.
_SENTENCE_END = re.compile(
    r"""(?:(?<!\b\d)(?<!\b\d\d)\.|[!?…؟।])["'”’»)\]]?\s|[.!?…؟।]["'”’»)\]]*\Z|[。！？]"""
)
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"\w+")
# A heading with this much in it is a paragraph.
_SENTENCES, _LONG_HEADING_CHARS = 2, 200
_LINE_CHARS, _PARAGRAPHS = 60, 3
_SHINGLE_WORDS = 4
_MIN_SHARED = 0.6
# The article's element is the smallest that holds this much of what the witnesses name.
_ROOT_SHARE = 0.75
_LINES_ABOVE = 8
# A teaser without a heading is told by its size and by there being another one.
_CARD_WORDS, _CARD_CHILDREN, _REPEATED = 3, 4, 2
_OVER_TEXT = (None, "outside the article")


def is_prose(block: Block) -> bool:
    """Say whether a block reads like a paragraph: long, with a sentence in it, and few links."""
    text = block.text
    if block.tag in HEADINGS and not _is_paragraph(text):
        return False
    least = MIN_PROSE_CHARS_DENSE if _DENSE.search(text) else MIN_PROSE_CHARS
    return len(text) >= least and block.link_share < _MAX_PROSE_LINKS and has_sentence(text)


def tags_of_paragraphs(blocks: Sequence[Block]) -> set[str]:
    """Return the kinds of heading that a page sets its paragraphs in: several end as they do."""
    counts = Counter(
        block.tag
        for block in blocks
        if block.tag in HEADINGS and len(block.text) >= _LINE_CHARS and _ends_sentence(block.text)
    )
    return {tag for tag, count in counts.items() if count >= _PARAGRAPHS}


def _ends_sentence(text: str) -> bool:
    return text.rstrip("\"'”’»)]")[-1:] in (".", "。", "।")


def _is_paragraph(text: str) -> bool:
    """Say whether a heading is none, but a paragraph that was made one for its looks."""
    n_sentences = sum(1 for _ in islice(_SENTENCE_END.finditer(text), _SENTENCES))
    return n_sentences == _SENTENCES or (n_sentences > 0 and len(text) >= _LONG_HEADING_CHARS)


def has_sentence(text: str) -> bool:
    """Say whether a sentence ends in a text."""
    return _SENTENCE_END.search(text) is not None


class Witness:
    """A text that is said to be the article's: it knows which blocks are in it."""

    def __init__(self, text: str) -> None:
        lines = [words(line) for line in text.split("\n")]
        self._lines = {" ".join(line) for line in lines if line}
        self._shingles = set(shingles([word for line in lines for word in line]))

    def names(self, block: Block) -> bool:
        """Say whether most of a block is in the text; a short one must be a line of it."""
        own = words(block.text)
        if not own or " ".join(own) in self._lines:
            return bool(own)
        return len(own) >= 2 * _SHINGLE_WORDS and is_mostly_in(self._shingles, own)


def words(text: str) -> list[str]:
    """Return the words of a text to compare them; each sign of Chinese or Japanese is one."""
    return _WORD.findall(_DENSE.sub(r" \g<0> ", text.casefold()))


def is_mostly_in(said: set[tuple[str, ...]], own: list[str]) -> bool:
    """Say whether most of these words stand in what was said, in the same order."""
    runs = shingles(own)
    return sum(run in said for run in runs) >= _MIN_SHARED * len(runs)


def shingles(own: list[str]) -> list[tuple[str, ...]]:
    """Return all runs of a few words."""
    starts = range(max(1, len(own) - _SHINGLE_WORDS + 1))
    return [tuple(own[start : start + _SHINGLE_WORDS]) for start in starts]


def find_title(blocks: Sequence[Block], title: str | None) -> int | None:
    """Return the block that is the headline: a heading with its words, else the one <h1>."""
    wanted = words(title or "")
    for tags in (("h1",), HEADINGS, ("p", "div", "td", "tr", "span")):
        for number, block in enumerate(blocks):
            if wanted and block.tag in tags and words(block.text) == wanted:
                return number
    first = [number for number, block in enumerate(blocks) if block.tag == "h1"]
    return first[0] if len(first) == 1 else None


def shown_title(blocks: Sequence[Block], reasons: Sequence[str | None]) -> str | None:
    """Return what stands over the first paragraph like a headline, on a page that names none."""
    first = next(
        (n for n, reason in enumerate(reasons) if reason is None and is_prose(blocks[n])), 0
    )
    for number in range(first - 1, max(-1, first - 1 - _LINES_ABOVE), -1):
        block = blocks[number]
        is_line = reasons[number] in _OVER_TEXT and block.link_share < _MAX_PROSE_LINKS
        if is_line and find_headline(block.text) is not None:
            return " ".join(block.text.split())
    return None


def cards(blocks: Sequence[Block], title: int | None) -> set[int]:
    """Return the blocks of teasers: what stands in one element with a heading that is all link."""
    found: set[int] = set()
    linked = [n for n, b in enumerate(blocks) if n != title and _is_linked_heading(b)]
    listed = Counter(blocks[number].element.getparent() for number in linked)
    paragraphs = Counter(b.element.getparent() for b in blocks if is_prose(b))
    for number in linked:
        found.add(number)
        around = blocks[number].element.getparent()
        # One linked heading among many paragraphs is a promotion; what follows is the article.
        if paragraphs[around] > listed[around]:
            continue
        for later in range(number + 1, min(number + 4, len(blocks))):
            other = blocks[later]
            if other.tag in HEADINGS or other.element.getparent() is not around:
                break
            found.add(later)
    plain = [card for n in range(len(blocks)) if (card := _plain_card(blocks, n))]
    return found.union(*plain) if len(plain) >= _REPEATED else found


def _is_linked_heading(block: Block) -> bool:
    return block.tag in HEADINGS and block.tag != "h1" and block.link_share >= MOSTLY_LINK


def _plain_card(blocks: Sequence[Block], number: int) -> tuple[int, ...]:
    """Return the blocks of a small element that is a linked line and a text; often none."""
    block = blocks[number]
    is_line = block.link_share >= MOSTLY_LINK and len(block.text.split()) >= _CARD_WORDS
    if not is_line or has_sentence(block.text) or number + 1 == len(blocks):
        return ()
    around = block.element.getparent()
    # Not len(): lxml counts the children each time, and there may be many.
    n_children = 0 if around is None else sum(1 for _ in islice(around, _CARD_CHILDREN + 1))
    is_small = 1 < n_children <= _CARD_CHILDREN
    after = blocks[number + 1]
    if is_small and after.tag not in HEADINGS and after.element.getparent() is around:
        return number, number + 1
    return ()


def repeated_quotes(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Return which of the kept blocks are set off and only repeat the others' words."""
    quotes = [number for number in kept if _is_set_off(blocks[number])]
    others = set(kept).difference(quotes)
    said = {run for number in others for run in shingles(words(blocks[number].text))}
    return [number for number in quotes if is_mostly_in(said, words(blocks[number].text))]


def _is_set_off(block: Block) -> bool:
    is_called_so = any(c.reason.words == PULL_QUOTE for c in containers(block.container))
    return is_called_so or block.tag in HEADINGS or has_ancestor(block.element, _SET_OFF)


def has_ancestor(element: Element, tags: tuple[str, ...]) -> bool:
    """Say whether an element is one of these, or stands in one."""
    return element.tag in tags or any(True for _ in element.iterancestors(*tags))


def article_elements(evidence: Sequence[Block]) -> set[Element]:
    """Return the elements that hold the article: the smallest with most of it, and its like."""
    chars: dict[Element, int] = {}
    held_blocks = Counter(block.element for block in evidence)
    for block in evidence:
        # One element holds several where lines end with <br>.
        is_holder = held_blocks[block.element] > 1
        node = block.element if is_holder else block.element.getparent()
        while node is not None:
            chars[node] = chars.get(node, 0) + len(block.text)
            node = node.getparent()
    least = _ROOT_SHARE * sum(len(block.text) for block in evidence)
    enough = [node for node, held in chars.items() if held >= least]
    if not enough:
        return set()
    root = max(enough, key=lambda node: sum(1 for _ in node.iterancestors()))
    roots = {root}
    roots.update(node for node in root.itersiblings() if _alike(node, root))
    roots.update(node for node in root.itersiblings(preceding=True) if _alike(node, root))
    around = next((n for n in (root, *root.iterancestors()) if _is_article(n)), None)
    return roots | ({around} if around is not None else set())


def _alike(node: Element, root: Element) -> bool:
    return bool(
        node.tag == root.tag and node.get("class") and node.get("class") == root.get("class")
    )


def _is_article(node: Element) -> bool:
    return node.tag == "article" or "articleBody" in (node.get("itemprop") or "")


def containers(container: Container | None) -> Iterator[Container]:
    """Yield a container and those around it, innermost first."""
    while container is not None:
        yield container
        container = container.outer


def is_inside(element: Element, known: dict[Element, bool]) -> bool:
    """Say whether an element stands in one of those known to be inside, and remember it."""
    path = []
    node: Element | None = element
    while node is not None and node not in known:
        path.append(node)
        node = node.getparent()
    found = node is not None and known[node]
    known.update((node, found) for node in path)
    return found
