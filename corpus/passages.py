"""Articles to passages: whole sentences within a token budget, overlapping by sentences.

The budget belongs to the encoder: what does not fit its window would be cut off silently, so every
passage, together with its heading, is built to fit. A sentence longer than the budget is the one
exception to "whole": it is cut at spaces into pieces that fit, and nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.sentences import split_sentences
from corpus.types import Article, Passage, Span

TokenCounter = Callable[[Sequence[str]], list[int]]
"""Texts to their numbers of tokens, without special tokens; the encoder's own tokenizer."""

CHUNKER_VERSION = "2"
"""Stored with an index; raise it when the same article would give other passages."""

MAX_HEADING_TOKENS = 48
"""A heading is context: at most this much of the budget goes to it, the rest of it is left out."""

MAX_PIECE_CHARS = 2000
"""Upper bound of one sentence piece: WordPiece counts a word of any length as one unknown token."""

_WORD = re.compile(r"\s*\S+\s*|\s+")


def chunk_article(
    article: Article, count_tokens: TokenCounter, *, max_tokens: int, overlap_sentences: int = 1
) -> list[Passage]:
    """Cut an article into passages for the encoder.

    Args:
        article: Its headings start new passages and are left out of them, as its marks are.
        count_tokens: The encoder's token counter.
        max_tokens: Budget for heading and passage together, special tokens not counted.
        overlap_sentences: How many sentences a passage repeats from the one before, where they fit.

    Returns:
        Passages in reading order, ids 0. Their sentences cover every sentence of the article
        outside headings and marks. Empty if the article holds nothing besides.
    """
    passages: list[Passage] = []
    for section, body in _sections(article):
        heading = _fit_heading([article.title, section], count_tokens, max_tokens // 2)
        budget = max_tokens - count_tokens([heading])[0]
        sentences, tokens = _sentences_within(article.text, body, count_tokens, budget)
        for first, last in pack(tokens, budget, overlap_sentences):
            span = Span(sentences[first].start, sentences[last - 1].end)
            passages.append(
                Passage(
                    article_id=article.id,
                    span=span,
                    text=span.of(article.text),
                    heading=heading,
                    sentences=tuple(sentences[first:last]),
                )
            )
    return passages


def pack(tokens: Sequence[int], budget: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Group consecutive sentences greedily into ranges ``[first, last)`` within `budget` tokens.

    Neighbours overlap by up to `overlap` sentences, fewer where the next one needs the room.

    >>> list(pack([4, 4, 4, 4], budget=9, overlap=1))
    [(0, 2), (1, 3), (2, 4)]
    """
    first = 0
    while first < len(tokens):
        last, total = first, 0
        while last < len(tokens) and (last == first or total + tokens[last] <= budget):
            total += tokens[last]
            last += 1
        yield first, last
        if last == len(tokens):
            return
        first = max(first + 1, last - overlap)
        while first < last and sum(tokens[first : last + 1]) > budget:
            first += 1


def _sections(article: Article) -> Iterator[tuple[str, Span]]:
    """Yield (section heading, body) for each stretch of text between headings and marks."""
    marked = [(mark.span, False) for mark in article.marks]
    cuts = sorted(
        [*marked, *((heading, True) for heading in article.headings)],
        key=lambda cut: (cut[0].start, -cut[0].end),
    )
    name, start = "", 0
    for span, is_heading in cuts:
        if span.end <= start:
            continue  # a heading in what is set aside
        yield from _body(article.text, start, span.start, name)
        name = span.of(article.text).strip() if is_heading else name
        start = span.end
    yield from _body(article.text, start, len(article.text), name)


def _body(text: str, start: int, end: int, name: str) -> Iterator[tuple[str, Span]]:
    if start < end and (body := Span(start, end).trimmed(text)):
        yield name, body


def _fit_heading(parts: Sequence[str], count_tokens: TokenCounter, max_tokens: int) -> str:
    """Join title and section, without repeating either, and drop words that do not fit."""
    heading = " — ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
    words = heading[:MAX_PIECE_CHARS].split()
    used, kept = 0, []
    for word, tokens in zip(words, count_tokens(words), strict=True):
        used += tokens
        if used > min(max_tokens, MAX_HEADING_TOKENS):
            break
        kept.append(word)
    return " ".join(kept)


def _sentences_within(
    text: str, body: Span, count_tokens: TokenCounter, budget: int
) -> tuple[list[Span], list[int]]:
    """Split a stretch of text into sentences that fit `budget`, with their token counts."""
    whole = [sentence.shift(body.start) for sentence in split_sentences(body.of(text))]
    spans: list[Span] = []
    counts: list[int] = []
    for span, tokens in zip(whole, count_tokens([s.of(text) for s in whole]), strict=True):
        if tokens <= budget and span.end - span.start <= MAX_PIECE_CHARS:
            pieces = [(span, tokens)]
        else:
            pieces = list(_cut_at_spaces(text, span, count_tokens, budget))
        spans += [piece for piece, _ in pieces]
        counts += [count for _, count in pieces]
    return spans, counts


def _cut_at_spaces(
    text: str, span: Span, count_tokens: TokenCounter, budget: int
) -> Iterator[tuple[Span, int]]:
    """Cut one over-long sentence into pieces of whole words; only a giant word is cut inside."""
    words = list(_words(span.of(text), span.start))
    start, used = span.start, 0
    for word, tokens in zip(words, count_tokens([w.of(text) for w in words]), strict=True):
        if word.start > start and (used + tokens > budget or word.end - start > MAX_PIECE_CHARS):
            yield Span(start, word.start), used
            start, used = word.start, 0
        used += tokens
    yield Span(start, span.end), used


def _words(sentence: str, offset: int) -> Iterator[Span]:
    """Yield word spans that tile the sentence, none longer than a safe number of characters."""
    limit = 80  # no tokenizer makes more tokens than bytes: 80 characters always fit a real budget
    for match in _WORD.finditer(sentence):
        for start in range(match.start(), match.end(), limit):
            yield Span(offset + start, offset + min(start + limit, match.end()))
