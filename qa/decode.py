"""Logits to answer spans: joint decoding of start and end, the n best, windows put together.

Pure numpy, shared by training's evaluation and serving. A candidate's score is its margin: the
logits of its start and end less those of "not in this window" (token 0) in the same window. Only
margins are comparable between windows; raw logits are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Span
from qa.windows import Window

Floats = NDArray[np.float32]

MAX_ANSWER_TOKENS = 30
"""Longest span; 99 % of SQuAD's answers have at most 25 tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A span of a text with its margin: above 0 the model prefers it to giving no answer.

    `logit` is the sum of its start and end logits alone, where other rules of confidence start.
    """

    span: Span
    margin: float
    logit: float


def decode_window(
    window: Window,
    start: Floats,
    end: Floats,
    *,
    count: int,
    max_answer_tokens: int = MAX_ANSWER_TOKENS,
) -> list[Candidate]:
    """Return a window's best spans that do not overlap, best first, ties by place.

    Legal is a span that starts where a word starts, ends where a word ends, has at most
    `max_answer_tokens` tokens and lies in the text, not in the question.

    Args:
        window: What was read.
        start: ``(len(window),)`` logits; longer by padding is fine.
        end: Likewise.
        count: How many spans at most.
        max_answer_tokens: Longest span.
    """
    shown = slice(window.text_at, window.text_at + len(window.starts))
    null = float(start[0]) + float(end[0])
    scores = _joint(
        np.where(window.opens, start[shown], -np.inf),
        np.where(window.closes, end[shown], -np.inf),
        max_answer_tokens,
    )
    found: list[Candidate] = []
    while scores.size and len(found) < count:
        first, length = np.unravel_index(int(np.argmax(scores)), scores.shape)
        best = float(scores[first, length])
        if best == -np.inf:
            break
        last = int(first + length)
        span = Span(int(window.starts[first]), int(window.ends[last]))
        found.append(Candidate(span=span, margin=best - null, logit=best))
        _strike_overlaps(scores, int(first), last)
    return found


def _joint(start: Floats, end: Floats, longest: int) -> NDArray[np.float64]:
    """Return the sum of start and end logits by (first token, further tokens)."""
    tokens = len(start)
    scores = np.full((tokens, min(longest, tokens)), -np.inf)
    for further in range(scores.shape[1]):
        scores[: tokens - further, further] = start[: tokens - further] + end[further:]
    return scores


def _strike_overlaps(scores: NDArray[np.float64], first: int, last: int) -> None:
    """Rule out every span that shares a token with ``first..last``."""
    scores[first : last + 1] = -np.inf
    for before in range(max(0, first - scores.shape[1] + 1), first):
        scores[before, first - before :] = -np.inf


def merge(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    """Put the candidates of one text's windows together: of those that overlap, the best stays.

    Returns:
        At most `count`, best first, ties by place.
    """
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.margin, c.span)):
        if len(kept) == count:
            break
        if not any(candidate.span.overlaps(other.span) for other in kept):
            kept.append(candidate)
    return kept


def decode_text(
    windows: Sequence[Window],
    logits: Sequence[tuple[Floats, Floats]],
    *,
    count: int,
    max_answer_tokens: int = MAX_ANSWER_TOKENS,
) -> list[Candidate]:
    """Return the best spans of a text that was read through one or more windows."""
    found = [
        candidate
        for window, (start, end) in zip(windows, logits, strict=True)
        for candidate in decode_window(
            window, start, end, count=count, max_answer_tokens=max_answer_tokens
        )
    ]
    return merge(found, count)
