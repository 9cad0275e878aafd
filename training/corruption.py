"""Questions that look answerable and are not: one detail of a real question is turned into another.

What people do who write unanswerable questions (SQuAD 2.0): swap a name or a number, or turn a word
into its opposite. A swapped-in name or number comes from another text of the same page and does not
occur in this one, so the question fits the topic and not the text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_OPPOSITES = dict(
    pair
    for one, other in (
        ("first", "last"), ("largest", "smallest"), ("highest", "lowest"), ("most", "least"),
        ("before", "after"), ("began", "ended"), ("increase", "decrease"), ("north", "south"),
        ("east", "west"), ("won", "lost"), ("oldest", "youngest"), ("more", "less"),
        ("earliest", "latest"), ("always", "never"), ("allowed", "forbidden"), ("joined", "left"),
        ("larger", "smaller"), ("higher", "lower"), ("start", "end"), ("with", "without"),
        ("bought", "sold"), ("opened", "closed"), ("supported", "opposed"), ("early", "late"),
    )
    for pair in ((one, other), (other, one))
)  # fmt: skip
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b")


def corrupted(question: str, context: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Return the question with one detail changed so that the context does not answer it.

    Args:
        question: It is answered by the context.
        context: Its text.
        others: Texts that foreign names and numbers are taken from.
        rng: Decides among what is possible.

    Returns:
        None where the question has no detail that can be changed.

    >>> corrupted("Who came after Ada?", "Bo came after her.", [], random.Random(0))
    'Who came before Ada?'
    """
    changes = [
        (found, pattern)
        for pattern in (_NAME, _NUMBER)
        for found in pattern.finditer(question)
        if found[0] in context
    ]
    changes += [(found, _OPPOSITE) for found in _OPPOSITE.finditer(question)][:1]
    rng.shuffle(changes)
    for found, pattern in changes:
        if pattern is _OPPOSITE:
            new: str | None = _OPPOSITES[found[0]]
        else:
            new = _foreign(pattern, context, others, rng)
        if new:
            return question[: found.start()] + new + question[found.end() :]
    return None


def _foreign(
    pattern: re.Pattern[str], context: str, others: Sequence[str], rng: random.Random
) -> str | None:
    """Return a name or number of another text that this one does not hold."""
    for text in rng.sample(others, min(3, len(others))):
        found = [match[0] for match in pattern.finditer(text) if match[0] not in context]
        if found:
            return rng.choice(found)
    return None
