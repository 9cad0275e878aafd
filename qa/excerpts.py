"""What of the passages that were found is read: the best ones whole, of the others what is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus import Passage, Span
from qa.types import Hit


def to_read(hits: Sequence[Hit], *, whole: int) -> list[Passage]:
    """Return what is read of each hit, in their order.

    Args:
        hits: Best first.
        whole: So many are read whole; of those that follow, what `excerpt` cuts out.
    """
    return [*(hit.passage for hit in hits[:whole]), *map(excerpt, hits[whole:])]


def excerpt(hit: Hit, *, beside: int = 1) -> Passage:
    """Return a hit's passage cut down to the sentence most like the question, and its neighbours.

    `beside` is how many to each side. The excerpt keeps the passage's id, article and
    heading: what is found in it is found in the passage. Where that sentence is not known, it
    is the whole passage.
    """
    passage, best = hit.passage, hit.best_sentence
    if best not in passage.sentences:  # unknown, or made from JSON that leaves sentences out
        return passage
    at = passage.sentences.index(best)
    sentences = passage.sentences[max(0, at - beside) : at + beside + 1]
    span = Span(sentences[0].start, sentences[-1].end)
    return replace(passage, span=span, text=passage.slice(span), sentences=sentences)
