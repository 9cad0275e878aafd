"""How a page builds the paragraphs of its article, and which elements it builds otherwise.

A shape is an element's name with its classes; a path is the shapes from the element that holds the
article down to a block's own. Paths that hold much of the text, or come back, are the usual ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Self

from corpus.formats.pages.blocks import HEADINGS, Block
from corpus.formats.pages.evidence import has_sentence, is_prose
from corpus.formats.pages.tree import Element

IN_ARTICLES = HEADINGS | frozenset("ul ol li dl dt dd table tbody tr td th".split())
IN_ARTICLES |= frozenset(["blockquote", "figure", "pre"])
"""What an article has besides paragraphs; it is built otherwise and still the article's."""

MUCH_LINK = 0.3
_USUAL_SHARE, _USUAL_BLOCKS = 0.2, 3
_ROOT_SHARE = 0.75
_FEW_PARAGRAPHS = 3
_DIGITS = re.compile(r"\d+")
# Classes that say where in the article a paragraph stands.
_PLACE_WORDS = re.compile(
    r"(?:^|[-_])(?:first|last|intro|lead|lede|standfirst|dek|summary|drop|dropcap|initial|question|"
    r"answer|odd|even|quote|indent|align\w*|text|has|bold|left|right|center)(?:$|[-_])"
)

_Shape = tuple[str, frozenset[str]]
_Path = tuple[_Shape, ...]


class Build(NamedTuple):
    """What the paragraphs of an article have in common.

    `begin` is the first block with a sentence, `first` and `last` are the first and last usual
    paragraph. `has_enough` says whether there are so many that what differs is told from them.
    """

    root: Element
    usual: frozenset[_Path]
    told: Mapping[_Path, int]
    is_numbered: bool
    has_enough: bool
    chars: int
    begin: int
    first: int
    last: int

    @classmethod
    def of(cls, blocks: Sequence[Block], kept: Sequence[int]) -> Self | None:
        """Learn from the blocks that are taken for the article; None if no paragraph is among."""
        prose = [number for number in kept if is_prose(blocks[number])]
        root = _root([blocks[number] for number in prose])
        if root is None:
            return None
        told = [
            n for n in kept if blocks[n].link_share < MUCH_LINK and has_sentence(blocks[n].text)
        ]
        usual, is_numbered = _usual([blocks[number] for number in told], root)
        paths = {n: _path(blocks[n].element, root, is_numbered=is_numbered) for n in prose}
        in_usual = [number for number in prose if paths[number] in usual]
        if not in_usual:
            return None
        return cls(
            root=root,
            usual=frozenset(usual),
            told=Counter(_path(blocks[n].element, root, is_numbered=is_numbered) for n in told),
            is_numbered=is_numbered,
            has_enough=len(prose) >= _FEW_PARAGRAPHS,
            chars=sum(len(blocks[number].text) for number in told),
            begin=told[0],
            first=in_usual[0],
            last=in_usual[-1],
        )

    def odd_element(self, block: Block) -> Element | None:
        """Return the outermost element around a block that no usual paragraph has, or None."""
        path = self._path_of(block)
        starts = {usual[:n] for usual in self.usual for n in range(len(usual) + 1)}
        depth = next((n for n in range(1, len(path) + 1) if path[:n] not in starts), None)
        if depth is None:
            return None
        above = len(path) - depth
        return next(islice((block.element, *block.element.iterancestors()), above, None), None)

    def is_around(self, block: Block) -> bool:
        """Say whether a block stands loose in an element that has the paragraphs in others."""
        path = self._path_of(block)
        if path in self.usual or self.told.get(path, 0) > 1:
            return False
        return any(usual[: len(path)] == path for usual in self.usual)

    def has_own_class(self, element: Element) -> bool:
        """Say whether a line has a class that sets it apart, not one that says where it stands."""
        classes = {name for path in self.usual for _, names in path for name in names}
        own = _shape(element, is_numbered=self.is_numbered)[1] - classes
        return any(not _PLACE_WORDS.search(name) for name in own)

    def _path_of(self, block: Block) -> _Path:
        return _path(block.element, self.root, is_numbered=self.is_numbered)


def _root(prose: Sequence[Block]) -> Element | None:
    """Return the smallest element with most of the prose that is not one paragraph's own."""
    held: dict[Element, int] = {}
    for block in prose:
        for node in block.element.iterancestors():
            held[node] = held.get(node, 0) + len(block.text)
    chars = sum(len(block.text) for block in prose)
    enough = [node for node, n in held.items() if n >= _ROOT_SHARE * chars]
    return max(enough, key=lambda node: sum(1 for _ in node.iterancestors()), default=None)


def _usual(told: Sequence[Block], root: Element) -> tuple[set[_Path], bool]:
    """Return how paragraphs are built, and whether that shows only without numbers in classes."""
    chars = sum(len(block.text) for block in told)
    for is_numbered in (False, True):
        held, count = Counter[_Path](), Counter[_Path]()
        for block in told:
            path = _path(block.element, root, is_numbered=is_numbered)
            count[path] += 1
            held[path] += len(block.text)
        often = {path for path in held if count[path] >= _USUAL_BLOCKS}
        usual = often | {path for path in held if held[path] >= _USUAL_SHARE * chars}
        if usual:
            return usual, is_numbered
    return set(), True


def _path(element: Element, root: Element, *, is_numbered: bool) -> _Path:
    """Return the shapes from the root, without it, down to an element; empty outside of it."""
    path: list[_Shape] = []
    node: Element | None = element
    while node is not None and node is not root:
        path.append(_shape(node, is_numbered=is_numbered))
        node = node.getparent()
    return tuple(path[::-1]) if node is not None else ()


def _shape(element: Element, *, is_numbered: bool) -> _Shape:
    names = (element.get("class") or "").lower().split()[:20]
    if is_numbered:
        names = [_DIGITS.sub("#", name) for name in names]
    return element.tag, frozenset(names)
