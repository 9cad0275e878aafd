"""Which headings of a page are the article's: those that a part of it follows."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.formats.pages.blocks import HEADINGS, Block
from corpus.formats.pages.boxes import BOX, NOTE
from corpus.formats.pages.evidence import has_sentence

OUTSIDE = "outside the article"
# What may stand between a heading and its first paragraph.
_IN_BETWEEN = frozenset(
    [BOX, NOTE, "advertisement", "caption", "share buttons", "pull quote", "player"]
).union(["newsletter sign-up", "byline", "date", "button", "related links", "embedded post"])


def settle_headings(
    blocks: Sequence[Block], reasons: list[str | None], prose: Sequence[bool], title: int | None
) -> list[int]:
    """Give each heading that no part of the article follows the reason of what follows it.

    Args:
        blocks: All of a page.
        reasons: Why each is no article; those of headings are changed here.
        prose: Which of them read like a paragraph: such a heading is one, made large.
        title: The headline.

    Returns:
        The headings that are kept, and the headline, in order.
    """
    headings = [] if title is None else [title]
    # Where paragraphs are set as headings, the short ones among them are.
    set_as = {b.tag for b, is_paragraph in zip(blocks, prose, strict=True) if is_paragraph}
    after: str | None = OUTSIDE
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        is_paragraph = prose[number] or (block.tag in set_as and has_sentence(block.text))
        is_heading = block.tag in HEADINGS and number != title and not is_paragraph
        if is_heading and reasons[number] is None:
            if after is None:
                headings.append(number)
            reasons[number] = after
        if reasons[number] not in _IN_BETWEEN:
            after = reasons[number]
    return sorted(headings)
