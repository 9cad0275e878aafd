"""Saved web pages: the whole visible text, with what is not the article marked.

A page is one article. What a browser shows is its text, in blocks; menus, banners and teasers stay
in it and are marked. A page of headlines is read too, with a warning.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted
from corpus.formats.pages.authors import clean_authors
from corpus.formats.pages.blocks import HEADINGS, Block, page_blocks
from corpus.formats.pages.byline import read_byline
from corpus.formats.pages.choice import Choice, choose
from corpus.formats.pages.dates import is_later
from corpus.formats.pages.evidence import MOSTLY_LINK, is_prose, shown_title
from corpus.formats.pages.facts import Facts, page_facts
from corpus.formats.pages.tree import Element, Page, read_page
from corpus.formats.pages.visible import hides_paragraphs
from corpus.types import Mark, Span

logger = logging.getLogger(__name__)

MAX_PAGE_BYTES = 10 * 1024 * 1024
MAX_ELEMENTS = 200_000
"""An article's page has some thousands of elements; with this many it is made to take time."""

# trafilatura tries four ways on a page that has no article: on a large one that takes seconds.
_MAX_ELEMENTS_FOR_TRAFILATURA = 20_000
# A hidden part counts if it adds this much to what is seen.
_MUCH_HIDDEN = 0.3
_STUB_CHARS = 600
_LISTED_HEADLINES = 8
_CONSENT_CHARS, _CONSENT_WORDS = 1500, 3
_CONSENT = re.compile(r"\b(?:cookies?|consent|privacy|personal data)\b", re.IGNORECASE)
_WALL = re.compile(
    r"\b(?:subscribe|sign in|log in|register|sign up)\b.{0,40}\bto (?:continue|keep|read)|"
    r"\b(?:for|only for) subscribers\b|\bsubscribers? only\b|\balready a subscriber\b|"
    r"\bto continue reading\b|\bunlock this article\b|\bfree articles? left\b",
    re.IGNORECASE,
)


def extract(file: BinaryIO, name: str) -> Iterator[Extracted | BadRecord]:
    """Read a saved web page.

    Raises:
        UnreadableArticle: It is too large, binary, or holds no article text.
    """
    data = file.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadableArticle(
            f"{name} is larger than {MAX_PAGE_BYTES >> 20} MB. Save the page without its pictures."
        )
    yield extract_page(data, name)


def extract_page(data: bytes, name: str, *, url: str | None = None) -> Extracted:
    """Read a web page from bytes.

    Args:
        data: The page as it was sent or saved.
        name: What it is called in messages.
        url: Where it comes from, if that is known; an address in the page itself counts more.

    Raises:
        UnreadableArticle: It is binary, holds no article text, or far too many elements.
    """
    page = read_page(data, name)
    if (n_elements := _count(page.root)) > MAX_ELEMENTS:
        raise UnreadableArticle(
            f"{name} has {n_elements} elements, more than {MAX_ELEMENTS}: this is no article. "
            "Save its text in a .txt file and add that."
        )
    facts = page_facts(page.root, saved_from=page.saved_from or url)
    blocks, choice, shown = _read(page, facts)
    if not _kept(blocks, choice):
        raise UnreadableArticle(
            f"{name} holds no article text: none of its {len(blocks)} blocks reads like prose. "
            "Save the page again when the article is shown."
        )
    return _extracted(blocks, choice, facts, page.warnings + shown + _doubts(blocks, choice))


def _read(page: Page, facts: Facts) -> tuple[list[Block], Choice, tuple[str, ...]]:
    """Return the blocks and the choice; with hidden elements if much of the article is in them."""
    extracted = _extracted_lines(page.root)
    blocks = page_blocks(page.root)
    choice = _choose(blocks, facts, extracted)
    if hides_paragraphs(page.root):
        all_blocks = page_blocks(page.root, also_hidden=True)
        with_hidden = _choose(all_blocks, facts, extracted)
        if _gained_share(_kept(blocks, choice), _kept(all_blocks, with_hidden)) >= _MUCH_HIDDEN:
            warning = "A part of the article is hidden in the page: check the text."
            return all_blocks, with_hidden, (warning,)
    if not _kept(blocks, choice) and _headlines(blocks) >= _LISTED_HEADLINES:
        choice = _choose(blocks, facts, extracted, with_teasers=True)
    return blocks, choice, ()


def _gained_share(seen: Sequence[Block], both: Sequence[Block]) -> float:
    """Return how much there is besides what is seen, as a share of it; 0 if it repeats that."""
    texts = [block.text for block in both]
    if len(set(texts)) < len(texts):
        return 0.0
    n_seen = sum(len(block.text) for block in seen)
    return (sum(map(len, texts)) - n_seen) / max(1, n_seen)


def _choose(
    blocks: list[Block], facts: Facts, extracted: str, *, with_teasers: bool = False
) -> Choice:
    """Choose, and again with a headline in hand if the page names none but shows one."""
    choice = choose(
        blocks,
        title=facts.title,
        extracted=extracted,
        stated=facts.stated_text,
        names=facts.authors,
        with_teasers=with_teasers,
    )
    if facts.title is None:
        facts.title = shown_title(blocks, choice.reasons)
        if facts.title is not None:
            return _choose(blocks, facts, extracted, with_teasers=with_teasers)
    return choice


def _extracted_lines(root: Element) -> str:
    """Return what trafilatura takes for the article; nothing if it gives up."""
    if _count(root) > _MAX_ELEMENTS_FOR_TRAFILATURA:
        return ""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(root, fast=True, favor_recall=True, include_comments=False)
    except Exception as error:  # no reason to lose a page that can be read without it
        logger.warning("trafilatura failed: %s: %s", type(error).__name__, error)
        return ""
    return str(getattr(document, "text", None) or "")


def _count(root: Element) -> int:
    return sum(1 for _ in root.iter())


def _kept(blocks: Sequence[Block], choice: Choice) -> list[Block]:
    """Return the blocks that are the article's, without the headline."""
    places = zip(blocks, choice.reasons, strict=True)
    return [b for n, (b, reason) in enumerate(places) if reason is None and n != choice.title]


def _headlines(blocks: Sequence[Block]) -> int:
    """Count the headings that lead to other articles."""
    return sum(block.tag in HEADINGS and block.link_share > MOSTLY_LINK for block in blocks)


def _doubts(blocks: Sequence[Block], choice: Choice) -> tuple[str, ...]:
    """Return what a person should know about how sure the choice is."""
    kept = _kept(blocks, choice)
    text = "\n".join(block.text for block in kept)
    headlines = _headlines(blocks)
    if headlines >= _LISTED_HEADLINES and headlines >= sum(map(is_prose, kept)):
        return ("This looks like a list of headlines, not like an article: check the text.",)
    if len(text) < _STUB_CHARS and any(map(_is_wall, (block.text for block in blocks))):
        return ("Only the beginning of the article seems to be here: the rest is for subscribers.",)
    if len(text) < _CONSENT_CHARS and len(_CONSENT.findall(text)) >= _CONSENT_WORDS:
        return ("This looks like a page that asks for consent, not like an article.",)
    if choice.is_doubtful:
        return ("The article was hard to tell from the rest of the page: check the text.",)
    return ()


def _is_wall(line: str) -> bool:
    return len(line) < _STUB_CHARS and _WALL.search(line) is not None


def _extracted(
    blocks: Sequence[Block], choice: Choice, facts: Facts, warnings: tuple[str, ...]
) -> Extracted:
    byline = read_byline(blocks, choice, day_first=facts.day_first)
    outlet = facts.outlet.value if facts.outlet else None
    published = facts.published
    if byline.published and (published is None or not published.sure):
        published = byline.published
    updated = facts.updated or byline.updated
    if updated and published and not is_later(updated.value, published.value):
        updated = None
    text, spans = _joined(blocks)
    return Extracted(
        text=text,
        headings=tuple(spans[number] for number in choice.headings),
        marks=_marks(choice.reasons, spans),
        title=facts.title,
        outlet=facts.outlet,
        published=published,
        updated=updated,
        authors=facts.authors or clean_authors([byline.author or ""], outlet),
        url=facts.url or byline.url,
        language=facts.language,
        metadata=facts.metadata,
        warnings=warnings,
    )


def _joined(blocks: Sequence[Block]) -> tuple[str, list[Span]]:
    """Return the blocks as one text, and where each of them stands in it."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for block in blocks:
        gap = block.gap if parts else ""
        parts += [gap, block.text]
        length += len(gap)
        spans.append(Span(length, length + len(block.text)))
        length += len(block.text)
    return "".join(parts), spans


def _marks(reasons: Sequence[str | None], spans: Sequence[Span]) -> tuple[Mark, ...]:
    """Mark what is set aside; neighbours with the same reason share a mark."""
    marks: list[Mark] = []
    previous: str | None = None
    for reason, span in zip(reasons, spans, strict=True):
        if reason is not None and reason == previous:
            marks[-1] = Mark(Span(marks[-1].span.start, span.end), reason)
        elif reason is not None:
            marks.append(Mark(span, reason))
        previous = reason
    return tuple(marks)
