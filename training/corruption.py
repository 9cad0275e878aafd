"""Questions that look answerable and are not: one detail of a real question is turned into another.

What people do who write unanswerable questions (SQuAD 2.0): swap a name or a number, turn a word
into its opposite or into another of its kind, or say "not". What is swapped in comes from another
text of the same page and does not occur in this one, so the question fits the topic and not the
text; or from this very text, so that what it asks looks as if it were told.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from training.wordnet import WordNet

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


_WORD = re.compile(r"(?<= )[a-z]{3,}\b")
_VERB = re.compile(r"\b(?:is|was|are|were|did|does|do|can|could|has|have|had|will|would)\b")
_NEGATED = 0.15
"""Of the questions that could be: "not" is easily seen, and people wrote few of these."""

Change = tuple[int, int, str]
"""Where to put what."""


def corrupted(
    question: str,
    context: str,
    others: Sequence[str],
    rng: random.Random,
    wordnet: WordNet | None = None,
) -> str | None:
    """Return the question with one detail changed so that the context hardly answers it any more.

    A detail that stands elsewhere in the text may, rarely, make another question that it answers.

    Args:
        question: It is answered by the context.
        context: Its text.
        others: Texts that foreign names and numbers are taken from.
        rng: Decides among what is possible.
        wordnet: Knows words of one kind; without it, common words are left alone.

    Returns:
        None where the question has no detail that can be changed.

    >>> corrupted("Who came after Ada?", "Bo came after her.", [], random.Random(0))
    'Who came before Ada?'
    """
    ways: list[Callable[[], Iterator[Change]]] = [
        lambda: _named(question, context, others, rng),
        lambda: _opposed(question, wordnet),
    ]
    if wordnet:
        ways.append(lambda: _of_a_kind(question, context, wordnet, rng))
        ways.append(lambda: _negated(question, rng))
    rng.shuffle(ways)
    for way in ways:
        for start, end, new in way():
            return question[:start] + new + question[end:]
    return None


def _named(
    question: str, context: str, others: Sequence[str], rng: random.Random
) -> Iterator[Change]:
    found = [
        (match, pattern)
        for pattern in (_NAME, _NUMBER)
        for match in pattern.finditer(question)
        if match[0] in context
    ]
    rng.shuffle(found)
    for match, pattern in found:
        new = _other(pattern, question, context, others, rng)
        if new:
            yield match.start(), match.end(), new


def _other(
    pattern: re.Pattern[str],
    question: str,
    context: str,
    others: Sequence[str],
    rng: random.Random,
) -> str | None:
    """Return a name or number of another text that this one does not hold, or of this one."""
    near = [match[0] for match in pattern.finditer(context) if match[0] not in question]
    if near and others and rng.random() < 0.3:
        return rng.choice(near)
    for text in rng.sample(others, min(3, len(others))):
        found = [match[0] for match in pattern.finditer(text) if match[0] not in context]
        if found:
            return rng.choice(found)
    return None


def _opposed(question: str, wordnet: WordNet | None) -> Iterator[Change]:
    for match in _OPPOSITE.finditer(question):
        yield match.start(), match.end(), _OPPOSITES[match[0]]
    for match in _WORD.finditer(question) if wordnet else ():
        for new in wordnet.opposites(match[0])[:1] if wordnet else ():
            yield match.start(), match.end(), new


def _of_a_kind(
    question: str, context: str, wordnet: WordNet, rng: random.Random
) -> Iterator[Change]:
    """Swap a word that question and text share for another of its kind."""
    words = [match for match in _WORD.finditer(question) if match[0] in context]
    rng.shuffle(words)
    for match in words:
        kin = wordnet.sisters(match[0])
        if kin:
            yield match.start(), match.end(), rng.choice(kin)


def _negated(question: str, rng: random.Random) -> Iterator[Change]:
    match = _VERB.search(question)
    if match and rng.random() < _NEGATED:
        yield match.end(), match.end(), " not"
