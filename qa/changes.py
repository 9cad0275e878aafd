"""Does a question ask what changed over days that it names, and how is that shown?

No one sentence says what changed between two dates: one tells how it was, another how it is. So
where nothing answers, the sentences of these days that come closest are shown in order of time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.types import Answer, Timeframe

_ASKS = re.compile(
    r"\bwhat\b.*"
    r"\b(?:chang(?:es?|ed|ing)|happen(?:s|ed|ing)?|(?:became|become) of)\b"
    r"|\bwhat(?:['’]s| is| was| has been) (?:new|different)\b"
    r"|\b(?:which|were there any|are there any|any) (?:\w+ )?changes\b"
    r"|\b(?:has|have|did) (?:anything|something|much|a lot) (?:changed?|happen(?:ed)?)\b"
    r"|\bhow much has changed\b"
    r"|\bhow (?:has|have|had|did|does|do|is|was|were)\b.*"
    r"\b(?:chang(?:ed?|ing)|develop(?:ed|ing)?|evolv(?:ed?|ing)|unfold(?:ed|ing)?|differ)\b"
    r"|\bwas (?:hat|haben|ist|sind|war|geschah|passierte)\b.*"
    r"\b(?:(?:ge|ver)ändert|passiert|geschehen|ereignet)\b"
    r"|\bwas (?:geschah|passierte|änderte|veränderte)\b|\bwas (?:ist|gibt es|gab es) neue?s?\b"
    r"|\bwelche (?:\w+ )?(?:ver)?änderungen\b"
    r"|\bwie (?:hat|haben|ist|sind)\b.*\b(?:(?:ge|ver)ändert|entwickelt)\b",
    re.I | re.S,
)


def asks_for_changes(question: str) -> bool:
    """Say whether a question asks what changed, or what happened.

    >>> asks_for_changes("What has changed about the barrier since January?")
    True
    >>> asks_for_changes("How much did the fare change?")
    False
    """
    return _ASKS.search(question) is not None


def over_time(closest: Answer, timeframe: Timeframe) -> Answer:
    """Return the sentences of these days that come closest, in order of time, undated ones last.

    Of two that overlap, the one that comes closer is kept.
    """
    kept: list[Answer] = []
    for answer in closest.alternatives:
        if not any(_overlap(answer, other) for other in kept):
            kept.append(answer)
    return replace(closest, alternatives=tuple(sorted(kept, key=_when)), timeframe=timeframe)


def is_over_time(answer: Answer) -> bool:
    """Say whether an answer is one of `over_time`: only these name days and give no answer."""
    return answer.text is None and answer.timeframe is not None and bool(answer.alternatives)


def _when(answer: Answer) -> tuple[bool, str]:
    published: Sequence[str] = [c.published for c in answer.citations if c.published]
    return not published, min(published, default="")


def _overlap(answer: Answer, other: Answer) -> bool:
    return any(
        a.article_id == b.article_id and a.span.overlaps(b.span)
        for a in answer.citations
        for b in other.citations
    )
