"""Which blocks of a page are its article, and why the others are not.

Three witnesses are heard: what trafilatura takes for the article, the text that the page itself
states in its JSON-LD, and where the paragraphs stand. What the first two miss, such as the part
after an advertisement, is found as a neighbour of what they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.formats.pages.authors import are_names
from corpus.formats.pages.blocks import HEADINGS, Block
from corpus.formats.pages.boxes import boxes
from corpus.formats.pages.evidence import (
    MIN_PROSE_CHARS_DENSE,
    MOSTLY_LINK,
    PULL_QUOTE,
    Witness,
    article_elements,
    cards,
    containers,
    find_title,
    has_ancestor,
    has_sentence,
    is_inside,
    is_prose,
    repeated_quotes,
    tags_of_paragraphs,
    words,
)
from corpus.formats.pages.headings import OUTSIDE, settle_headings
from corpus.formats.pages.headline_lines import Times, may_be_standfirst, signed, states_date
from corpus.formats.pages.lines import line_reason
from corpus.formats.pages.tree import Element

_MIN_EVIDENCE_CHARS = 250
_HALF = 0.5
_SENTENCE_WORDS = 3
# A row stands in a table body in a table in the element of the paragraphs.
_LIST_DEPTH = 3
_ENOUGH = 2
_ROWS = frozenset(["li", "tr", "dt", "dd"])


@dataclass(frozen=True, slots=True)
class Choice:
    """For each block why it is no article, or None where it is.

    `title` is the block that is the headline and `headings` are those that are headings of the
    article, the headline too. `is_doubtful` says that the witnesses named too little.
    """

    reasons: list[str | None]
    title: int | None
    headings: list[int]
    is_doubtful: bool


def choose(
    blocks: Sequence[Block],
    *,
    title: str | None,
    extracted: str,
    stated: str | None,
    names: Sequence[str] = (),
    with_teasers: bool = False,
) -> Choice:
    """Tell the article's blocks from the others.

    Args:
        blocks: All of a page, in order.
        title: The headline, if it is known.
        extracted: What an extractor takes for the article, one block a line.
        stated: The article's text as the page's metadata has it.
        names: The authors, as far as the page's head says.
        with_teasers: Take teasers of other articles for text, as on a page that has nothing else.
    """
    chooser = _Chooser(blocks, title, Witness(extracted), Witness(stated or ""), names)
    if with_teasers:
        chooser.cards.clear()
    return chooser.choice()


class _Chooser:
    """The steps of `choose`; each uses what the ones before found out about the blocks."""

    def __init__(
        self,
        blocks: Sequence[Block],
        title: str | None,
        extracted: Witness,
        stated: Witness,
        names: Sequence[str],
    ) -> None:
        self.blocks = blocks
        self.names = names
        set_as = tags_of_paragraphs(blocks)
        self.prose = [is_prose(b) or (b.tag in set_as and has_sentence(b.text)) for b in blocks]
        self.stated = [stated.names(block) for block in blocks]
        self.named = [
            known or extracted.names(block)
            for known, block in zip(self.stated, blocks, strict=True)
        ]
        self.title = find_title(blocks, title)
        self.mistaken = self._mistaken_containers()
        self.cards = cards(blocks, self.title)
        self.times = Times()
        self.evidence: list[int] = []
        self.homes: set[Element] = set()

    def choice(self) -> Choice:
        numbers = range(len(self.blocks))
        furniture = [self._furniture(number) for number in numbers]
        free = [n for n in numbers if furniture[n] is None and n != self.title]
        if not any(self.prose[n] for n in free):
            self._take_sentences_for_prose()
        is_doubtful = self._weigh([n for n in free if self.prose[n]])
        inside = self._inside()
        reasons = [furniture[n] or self._reason_by_place(n, inside=inside[n]) for n in numbers]
        kept = [n for n in numbers if reasons[n] is None and n != self.title]
        for number, why in self._boxes(kept, furniture).items():
            reasons[number] = why
        for number in repeated_quotes(self.blocks, [n for n in kept if reasons[n] is None]):
            reasons[number] = PULL_QUOTE
        headings = settle_headings(self.blocks, reasons, self.prose, self.title)
        return Choice(reasons, self.title, headings, is_doubtful)

    def _boxes(self, kept: list[int], furniture: list[str | None]) -> dict[int, str]:
        """Return what was put between the paragraphs; never what the page states as its text."""
        lines = (b.text for b, why in zip(self.blocks, furniture, strict=True) if why == "byline")
        safe = {number for number in kept if self.stated[number]}
        return boxes(self.blocks, kept, names=self.names or signed(lines), safe=safe)

    def _mistaken_containers(self) -> set[int]:
        """Return the containers that hold the headline or most of what a witness names."""
        held: dict[int, int] = {}
        total = 0
        for number, block in enumerate(self.blocks):
            if self.prose[number] and self.named[number]:
                total += len(block.text)
                for container in containers(block.container):
                    held[id(container)] = held.get(id(container), 0) + len(block.text)
        is_enough = total >= _MIN_EVIDENCE_CHARS
        mistaken = {key for key, chars in held.items() if is_enough and chars > _HALF * total}
        if self.title is not None:
            mistaken.update(map(id, containers(self.blocks[self.title].container)))
        return mistaken

    def _furniture(self, number: int) -> str | None:
        """Say why a block is furniture by what it is called and by its words."""
        block = self.blocks[number]
        if number == self.title:
            return None
        is_stated = self.stated[number] and len(block.text) >= MIN_PROSE_CHARS_DENSE
        for container in containers(block.container):
            reason = container.reason
            is_open = is_stated or id(container) in self.mistaken or reason.words == PULL_QUOTE
            if reason.is_sure or not is_open:
                return reason.words
        if is_stated:
            return None
        if number in self.cards:
            return "related links"
        by_words = line_reason(block.text, block.link_share)
        return by_words or ("date" if self.times.are_shown_in(block) else None)

    def _weigh(self, free: list[int]) -> bool:
        """Collect the paragraphs that are evidence, of those that are free; say if it is weak."""
        evidence = [number for number in free if self.named[number]]
        pool = self._in_articles(free)
        named, found = self._chars(evidence), self._chars(pool)
        is_weak = named < min(_MIN_EVIDENCE_CHARS, found) or named < _HALF * found
        self.evidence = sorted({*evidence, *pool}) if is_weak else evidence
        for number in self.evidence:
            element = self.blocks[number].element
            self.homes.update((element, element.getparent()))
        return is_weak

    def _take_sentences_for_prose(self) -> None:
        """Do without long paragraphs where a page has none: any line with a sentence is one."""
        for number, block in enumerate(self.blocks):
            is_line = block.tag not in HEADINGS and block.link_share < _HALF
            is_sentence = has_sentence(block.text) and len(words(block.text)) >= _SENTENCE_WORDS
            self.prose[number] = is_line and is_sentence

    def _chars(self, numbers: Iterable[int]) -> int:
        return sum(len(self.blocks[number].text) for number in numbers)

    def _in_articles(self, free: list[int]) -> list[int]:
        """Return the paragraphs in the page's articles, else its main part, else all of them."""
        for tag in ("article", "main"):
            found = [n for n in free if has_ancestor(self.blocks[n].element, (tag,))]
            if self._chars(found) >= _MIN_EVIDENCE_CHARS:
                return found
        return free

    def _inside(self) -> list[bool]:
        """Say of each block whether it stands in the element of the article."""
        known: dict[Element, bool] = {
            element: True
            for element in article_elements([self.blocks[number] for number in self.evidence])
        }
        return [is_inside(block.element, known) for block in self.blocks]

    def _reason_by_place(self, number: int, *, inside: bool) -> str | None:
        first = self.evidence[0] if self.evidence else len(self.blocks)
        if number == self.title:
            return None
        if self._is_part(number, first) if inside else self._is_standfirst(number, first):
            return None
        if states_date(self.blocks[number].text):
            return "date"
        if self.blocks[number].link_share > _HALF:
            return "menu" if number < first else "related links"
        return OUTSIDE

    def _is_part(self, number: int, first: int) -> bool:
        """Say whether a block in the article's element is a part of the article."""
        block = self.blocks[number]
        if self.prose[number] or block.tag in HEADINGS:
            return True
        if block.link_share >= MOSTLY_LINK:
            return False
        is_after = number > first
        if is_after and block.tag in _ROWS:
            return not self.homes.isdisjoint(islice(block.element.iterancestors(), _LIST_DEPTH))
        if are_names(block.text):
            return False
        is_backed = self.named[number] or (is_after and number < self.evidence[-1])
        is_neighbour = block.element in self.homes or block.element.getparent() in self.homes
        is_sentence = has_sentence(block.text) and len(words(block.text)) >= _SENTENCE_WORDS
        # Two of three speak for a short line; one that ends with a colon leads to what follows.
        is_sentence = is_sentence or (is_backed and block.text.endswith((":", "：")))
        return is_backed + is_neighbour + is_sentence >= _ENOUGH

    def _is_standfirst(self, number: int, first: int) -> bool:
        """Say whether a block stands between the headline and the article and reads like it."""
        if self.title is None or not self.title < number <= first:
            return False
        return may_be_standfirst(self.blocks[number])
