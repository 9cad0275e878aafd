"""Does a sentence say what a paper once printed and now takes back, and what is right instead?

A correction repeats the error in the words of a statement: “We said that the barrier cost 586
million crowns. The correct figure is 612 million.” To a reader of spans its first sentence is the
best answer there is. Corrections have a fixed form, in every newspaper, so a few patterns find
them. Not for articles that contradict each other: of those, both are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import Article, Passage, Span
from qa.answer_span import AnswerSpan
from qa.ranking import same_words
from qa.types import Hit

SET_BACK_BY = 6.0
"""Reader's scores are logits: far enough that what is right comes first, if it was read."""

_PARAGRAPH_CHARS = 1_000
"""How far a correction is followed: they are short, a text without line ends may not be."""

_MORE_WORDS = 2
"""“1.4 million crowns in all” may stand for “2.4 million”; a whole clause gives a reason."""

_ANNOUNCED = re.compile(
    r"\W*(?:corrections?|clarifications?|korrektur|berichtigung)\s*[:.–—-]", re.I
)
_PRINTED = re.compile(
    r"\b(?:we|our|report|article|story|version|edition|headline|caption|table|chart)\b.{0,200}?"
    r"\b(?:reported|said|gave|given|stated|misstated|wrote|described|named|quoted|printed)\b"
    r"|\b(?:wir|unser\w*|bericht|artikel|fassung|version|ausgabe)\b.{0,200}?"
    r"\b(?:berichtet|geschrieben|gemeldet|hieß|angegeben|stand)\b",
    re.I | re.S,
)
_TAKEN_BACK = re.compile(
    r"\bcorrect (?:\w+ ){1,3}(?:is|was|are|were)\b|\bshould have (?:been|read|said|stated)\b"
    r"|\bwe (?:apologi[sz]e|regret|are sorry)\b"
    r"|\brichtig (?:ist|sind|war)\b|\bwir (?:bedauern|bitten .{0,30}entschuldig)",
    re.I,
)
_ASKS_FOR_THE_ERROR = re.compile(
    r"\b(?:correct(?:ed|ions?)|errors?|errone\w+|mistak\w+|wrong\w*|misreport\w*|misstat\w+"
    r"|at first|initially|original\w*|korrigiert\w*|korrektur\w*|fehler\w*|falsch\w*|zunächst)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A candidate as it stands in its article."""

    candidate: AnswerSpan
    text: str
    sentence: Span
    words: str

    def is_of_the_form_of(self, other: _Said) -> bool:
        """Say whether both are figures, or neither is, and this one is not much longer."""
        figures = [any(map(str.isdigit, said.words)) for said in (self, other)]
        longer = len(self.words.split()) - len(other.words.split())
        return figures[0] == figures[1] and longer <= _MORE_WORDS


def correct_errors(
    question: str,
    hits: Sequence[Hit],
    spans: Sequence[AnswerSpan],
    articles: Mapping[str, Article],
) -> list[AnswerSpan]:
    """Return the reader's candidates with what is right in the place of what was taken back.

    The best candidate further on in the correction takes over the score of the error. The error
    is set back, there and, in the same words, wherever else it was printed; it is still shown
    below.

    Args:
        question: As understood; if it asks for an error, nothing changes.
        hits: The passages that were read.
        spans: The candidates in them.
        articles: By id, at least those of the hits.
    """
    passages = {hit.passage.id: hit.passage for hit in hits}
    said = [_said(span, passages[span.passage_id], articles) for span in spans]
    errors = [each for each in said if takes_back(each.text, each.sentence)]
    if not errors or asks_for_the_error(question):
        return list(spans)
    wrong = {each.words for each in errors}
    right = [each for each in said if each.words not in wrong]
    places: dict[AnswerSpan, AnswerSpan] = {}
    for error in sorted(errors, key=lambda each: each.candidate.score):  # the best one stays
        if instead := _instead_of(error, right):
            places[instead.candidate] = error.candidate
    return [
        *(_set_back(each.candidate) for each in said if each.words in wrong),
        *(_in_place_of(places.get(each.candidate), each.candidate) for each in right),
    ]


def takes_back(text: str, sentence: Span) -> bool:
    """Say whether a sentence only repeats what its own paragraph goes on to correct.

    Args:
        text: Of the article.
        sentence: In it.

    >>> text = "Our report said it cost 5 crowns. The correct figure was 7 crowns."
    >>> takes_back(text, Span(0, 33)), takes_back(text, Span(34, 66))
    (True, False)
    """
    said = sentence.of(text)[:_PARAGRAPH_CHARS]
    if _TAKEN_BACK.search(said) or not _PRINTED.search(said):
        return False
    rest = text[sentence.end : _paragraph_end(text, sentence.end)]
    return bool(_ANNOUNCED.match(said) or _TAKEN_BACK.search(rest))


def asks_for_the_error(question: str) -> bool:
    """Say whether a question is about an error, so that what was taken back is what it wants.

    >>> asks_for_the_error("Which figure was wrong?"), asks_for_the_error("Is that correct?")
    (True, False)
    """
    return bool(_ASKS_FOR_THE_ERROR.search(question))


def _said(candidate: AnswerSpan, passage: Passage, articles: Mapping[str, Article]) -> _Said:
    text = articles[passage.article_id].text
    return _Said(
        candidate=candidate,
        text=text,
        sentence=passage.around(candidate.span),
        words=same_words(candidate.span.of(text)),
    )


def _set_back(error: AnswerSpan) -> AnswerSpan:
    return replace(error, score=error.score - SET_BACK_BY)


def _in_place_of(error: AnswerSpan | None, right: AnswerSpan) -> AnswerSpan:
    """Return a candidate with the score of the error that it corrects, if that is higher."""
    if error is None or error.score <= right.score:
        return right
    return replace(right, score=error.score, evidence=error.evidence)


def _instead_of(error: _Said, others: Sequence[_Said]) -> _Said | None:
    """Return the best candidate of an error's form that follows it in its paragraph."""
    end = _paragraph_end(error.text, error.sentence.end)
    following = [
        other
        for other in others
        if other.candidate.passage_id == error.candidate.passage_id
        and error.sentence.end <= other.candidate.span.start < end
        and other.is_of_the_form_of(error)
    ]
    return max(following, key=lambda other: other.candidate.score, default=None)


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start, start + _PARAGRAPH_CHARS)
    return end if end >= 0 else min(len(text), start + _PARAGRAPH_CHARS)
