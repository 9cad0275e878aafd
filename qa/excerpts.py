"""What of the passages that were found is read: the best ones whole, of the others what is near.

And, once there is an answer, what else of them says the same words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
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
    return _cut(passage, Span(sentences[0].start, sentences[-1].end))


def left_out_with(
    words: str, hits: Sequence[Hit], read: Sequence[Passage], *, cited: Collection[str] = ()
) -> list[Passage]:
    """Return what was left out of passages although it holds an answer's words.

    An article that says the same in another sentence is one more source of the answer.

    Args:
        words: The answer's; case and spacing make no difference.
        hits: The passages that were found.
        read: What was read of each, in the same order; fewer if not all were.
        cited: Articles that are sources of the answer already; these are passed over.

    Returns:
        Of each passage at most one sentence, or the sentences that the words run across.
    """
    found: list[Passage] = []
    if not words.strip():
        return found
    spaced = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){spaced}(?!\w)", re.I)
    for hit, part in zip(hits, read, strict=False):
        passage = hit.passage
        if part.span == passage.span or passage.article_id in cited:
            continue
        for match in pattern.finditer(passage.text):
            said = Span(*match.span()).shift(passage.span.start)
            if not part.span.contains(said):
                found.append(_cut(passage, passage.around(said)))
                break
    return found


def _cut(passage: Passage, span: Span) -> Passage:
    """Return a passage cut down to a run of its sentences."""
    sentences = tuple(sentence for sentence in passage.sentences if span.contains(sentence))
    return replace(passage, span=span, text=passage.slice(span), sentences=sentences)
