"""What of the passages that were found is read: the further down a passage is, the less of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus import Passage, Span
from qa.settings import Settings
from qa.types import Hit


def to_read(hits: Sequence[Hit], settings: Settings) -> list[Passage]:
    """Return what is read of each hit, in their order.

    The first are read whole; of those that follow, the sentence most like the question and those
    beside it; of the rest that sentence. Where it is not known, the whole passage.

    Args:
        hits: Best first.
        settings: How many are read in which way.
    """
    whole = settings.passages_read_whole
    around = whole + settings.passages_read_around
    return [
        *(hit.passage for hit in hits[:whole]),
        *(excerpt(hit, beside=1) for hit in hits[whole:around]),
        *(excerpt(hit, beside=0) for hit in hits[around:]),
    ]


def excerpt(hit: Hit, *, beside: int) -> Passage:
    """Return a hit's passage cut down to its best sentence and `beside` more to each side.

    It keeps the passage's id, article and heading: what is found in it is found in the passage.
    """
    passage, best = hit.passage, hit.best_sentence
    if best not in passage.sentences:  # unknown, or made from JSON that leaves sentences out
        return passage
    at = passage.sentences.index(best)
    sentences = passage.sentences[max(0, at - beside) : at + beside + 1]
    span = Span(sentences[0].start, sentences[-1].end)
    return replace(passage, span=span, text=passage.slice(span), sentences=sentences)
