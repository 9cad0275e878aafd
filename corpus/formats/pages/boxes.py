"""Which lines in an article's element are boxes and notes put between its paragraphs, by shape.

What is built unlike the paragraphs and leads somewhere, speaks to the reader or names the author is
no part of the story, whatever its words. A long paragraph is taken only where two of these agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise

from corpus.formats.pages.blocks import Block
from corpus.formats.pages.evidence import has_sentence, is_prose
from corpus.formats.pages.shapes import IN_ARTICLES, MUCH_LINK, Build
from corpus.formats.pages.tree import Element

BOX = "inserted box"
NOTE = "note"

_CONTROLS = ("button", "input", "form", "textarea", "select")
_PRESSED = ("button", "form")
_QUOTED = re.compile(r"[\"“„«»][^\"”“»«]{0,400}[\"”“«»]")
_READER = re.compile(
    r"\b(?:us|Ihre?[nrm]?|(?i:you|yours?|ours?|deine?[nrm]?|euch|unsere?[nrm]?|vous|votre|vos|"
    r"notre|nos|usted|tus|nuestr[oa]s?|vostr[oaie]|nostr[oaie]|seus?|suas|noss[oa]s?))\b"
)
_CLOSED = re.compile(r"""[.!?…。！？।؟:]["'”’»)\]]*\Z""")
_MAX_BOX_CHARS, _MAX_BOX_SHARE = 900, 0.3
_LONG_CHARS, _SHORT_CHARS, _LINE_CHARS = 280, 250, 120
_LINKS_LOOKED_AT = 3
_FEW_NOTES = 0.25
_NAMED_CHARS = 60
_BUTTON_WORDS = 3


def boxes(
    blocks: Sequence[Block], kept: Sequence[int], *, names: Iterable[str], safe: Set[int]
) -> dict[int, str]:
    """Find what was put between the paragraphs of an article, or after them.

    Args:
        blocks: All of a page.
        kept: Those that are taken for the article so far, in order, without the headline.
        names: The authors, as far as they are known.
        safe: Blocks that the page itself states as the article's text.

    Returns:
        Why they are no article, by their number in `blocks`; empty if there is no paragraph to
        tell how this page builds them.
    """
    build = Build.of(blocks, kept)
    if build is None:
        return {}
    known = tuple(name.casefold() for name in names if len(name.split()) > 1)
    found = _odd(blocks, kept, build, known, safe) if build.has_enough else {}
    left = [number for number in kept if number not in found]
    lines = (
        *_emphasised(blocks, left, build, known),
        *_loose_lines(blocks, left, build),
        *_after_end(blocks, left, build, known),
    )
    return found | {number: NOTE for number in lines if number not in safe}


def _odd(
    blocks: Sequence[Block],
    kept: Sequence[int],
    build: Build,
    names: tuple[str, ...],
    safe: Set[int],
) -> dict[int, str]:
    """Return what stands in elements that are built unlike the paragraphs."""
    held: dict[Element, list[int]] = {}
    for number in kept:
        if (odd := build.odd_element(blocks[number])) is not None:
            held.setdefault(odd, []).append(number)
    return {
        number: why
        for odd, numbers in held.items()
        if safe.isdisjoint(numbers) and (why := _why(odd, numbers, blocks, build, names))
        for number in numbers
    }


def _why(
    odd: Element, numbers: list[int], blocks: Sequence[Block], build: Build, names: tuple[str, ...]
) -> str | None:
    """Say why an element that is built unlike the paragraphs is none of the article's; or None."""
    held = [blocks[number] for number in numbers]
    chars = sum(len(block.text) for block in held)
    is_list = odd.tag in IN_ARTICLES or all(block.tag in IN_ARTICLES for block in held)
    if is_list or chars > min(_MAX_BOX_CHARS, _MAX_BOX_SHARE * build.chars):
        return None
    votes = _speaks_to_reader(held) + _names(held, names)
    if len(held) == 1 and held[0].element is odd:
        is_own = numbers[0] > build.first and build.has_own_class(odd)
        is_told = votes or _ends_in_link(held[0]) or numbers[0] > build.last
        return NOTE if is_own and is_told else None
    # A box that is called one, beside a paragraph in one element, speaks for itself alone.
    is_mixed = has_sentence(held[0].text) and _is_named_beside(odd, numbers, blocks)
    votes += any(_leads_on(b.element, [b]) for b in held) if is_mixed else _leads_on(odd, held)
    if any(is_prose(block) and len(block.text) > _LONG_CHARS for block in held):
        return BOX if votes > 1 else None
    first = _first_in(odd, numbers[0], blocks)
    is_labelled = not is_mixed and first < numbers[-1] and not has_sentence(blocks[first].text)
    is_line = len(held) == 1 and chars <= _LINE_CHARS and not has_sentence(held[0].text)
    return BOX if votes or (is_labelled and chars <= _SHORT_CHARS) or is_line else None


def _is_named_beside(odd: Element, numbers: list[int], blocks: Sequence[Block]) -> bool:
    """Say whether all else in an element, next to these blocks, is furniture by its name."""
    around = [n for n in (numbers[0] - 1, numbers[-1] + 1) if 0 <= n < len(blocks)]
    beside = [blocks[n] for n in around if _holds(odd, blocks[n])]
    return bool(beside) and all(
        block.container is not None and block.container.reason.words not in _PRESSED
        for block in beside
    )


def _holds(odd: Element, block: Block) -> bool:
    return any(node is odd for node in block.element.iterancestors())


def _first_in(odd: Element, number: int, blocks: Sequence[Block]) -> int:
    """Return the block before this one if it stands in the same box, whatever it was taken for."""
    return number - 1 if number and _holds(odd, blocks[number - 1]) else number


def _leads_on(odd: Element, held: Sequence[Block]) -> bool:
    """Say whether a box has something to press, or a link that is no part of a sentence."""
    if any(True for _ in islice(odd.iter(*_CONTROLS), 1)):
        return True
    if any(block.link_share > MUCH_LINK or _ends_in_link(block) for block in held):
        return True
    return any(_stands_alone(link) for link in islice(odd.iter("a"), _LINKS_LOOKED_AT))


def _stands_alone(link: Element) -> bool:
    around = link.getparent()
    words = (around.text or "") + (link.tail or "")
    return not words.strip() and sum(1 for _ in islice(around, 2)) == 1


def _ends_in_link(block: Block) -> bool:
    return block.link_share > 0 and not _CLOSED.search(block.text)


def _speaks_to_reader(held: Sequence[Block]) -> bool:
    return any(_READER.search(_QUOTED.sub(" ", block.text)) for block in held)


def _names(held: Sequence[Block], names: tuple[str, ...]) -> bool:
    """Say whether a box begins with an author's name, as a note about the author does."""
    start = " ".join(block.text for block in held)[:_NAMED_CHARS].casefold()
    return any(name in start for name in names)


def _emphasised(
    blocks: Sequence[Block], kept: Sequence[int], build: Build, names: tuple[str, ...]
) -> list[int]:
    """Return lines that are italic or small throughout, and at the end or said to the reader."""
    found = [n for n in kept if n > build.first and _is_emphasised(blocks[n])]
    if len(found) > max(1, _FEW_NOTES * len(kept)):
        return []
    return [
        n
        for n in found
        if n == kept[-1]
        or _ends_in_link(blocks[n])
        or _speaks_to_reader([blocks[n]])
        or _names([blocks[n]], names)
    ]


def _is_emphasised(block: Block) -> bool:
    element = block.element
    if block.tag in IN_ARTICLES or (element.text or "").strip() or len(block.text) > _LONG_CHARS:
        return False
    children = list(islice(element, 2))
    if len(children) != 1 or children[0].tag not in ("em", "i", "small"):
        return False
    return not (children[0].tail or "").strip()


def _loose_lines(blocks: Sequence[Block], kept: Sequence[int], build: Build) -> Iterator[int]:
    """Yield lines that are built like paragraphs, and lead nowhere in the story.

    These are a line that ends in a link, several lines in a row without a sentence, and a line of
    two or three words with the appeal to the reader that it ends.
    """
    inner = [n for n in kept if n > build.begin and blocks[n].tag not in IN_ARTICLES]
    for number in inner:
        block = blocks[number]
        if block.link_share > MUCH_LINK and _is_line(block) and _ends_in_link(block):
            yield number
    for before, number in pairwise(inner):
        if number != before + 1 or not _is_open(blocks[number]):
            continue
        is_button = len(blocks[number].text.split()) <= _BUTTON_WORDS
        is_appeal = _is_line(blocks[before]) and _speaks_to_reader([blocks[before]])
        if _is_open(blocks[before]) or (is_button and is_appeal):
            yield from (before, number)


def _after_end(
    blocks: Sequence[Block], kept: Sequence[int], build: Build, names: tuple[str, ...]
) -> Iterator[int]:
    """Yield the lines after the last paragraph that something parts from the article."""
    tail = [n for n in kept if n >= build.last]
    is_parted = False
    for before, number in pairwise(tail):
        is_parted = is_parted or number > before + 1
        is_line = blocks[number].tag not in IN_ARTICLES and _is_line(blocks[number])
        is_told = is_parted and _speaks_to_reader([blocks[number]])
        is_told = is_told or (number == kept[-1] and _names([blocks[number]], names))
        if is_line and (is_told or build.is_around(blocks[number])):
            yield number
    for number in reversed(tail[1:]):
        if not _is_open(blocks[number]):
            break
        if blocks[number].tag not in IN_ARTICLES:
            yield number


def _is_line(block: Block) -> bool:
    return len(block.text) <= _LINE_CHARS


def _is_open(block: Block) -> bool:
    """Say whether a line is short and does not end as a sentence does."""
    return _is_line(block) and not _CLOSED.search(block.text)
