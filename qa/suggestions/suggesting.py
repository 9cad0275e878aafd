"""Which questions can be asked of this collection that it surely answers?

They are made from its own sentences (`suggestion_patterns`) and then asked: a question is suggested
only if the answer is sure, quotes the sentence that the question was made from, and names the words
that it was made without. Better few than a bad one; a collection in another language gets none.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from corpus import Article, ArticleFilter, ArticleNotFound, ArticleSummary, Span, split_sentences
from qa.suggestions.english import EnglishArticle
from qa.suggestions.german import german_drafts
from qa.suggestions.patterns import Draft, plain, words_of
from qa.types import Answer

SURE_FROM = 0.5
MAX_ASKED = 40
"""How many drafts are asked at most: two or three seconds of work."""
MAX_ASKED_PER_ARTICLE = 2
MAX_ARTICLES_READ = 300
MAX_CHARS_READ = 20_000
"""How much of an article is looked through: news tells the most at its beginning."""


_RANKS = {"who": 1, "wer": 1, "who is": 2}
"""What happened is asked about first, then who did it, last who somebody is."""


class Asked(Protocol):
    """The part of `qa.assistant.Assistant` that suggesting needs."""

    def ask(self, question: str, *, only: ArticleFilter | None = None) -> Answer: ...  # noqa: D102
    def article(self, article_id: str) -> Article: ...  # noqa: D102
    def articles(self) -> Sequence[ArticleSummary]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question, the article whose sentence answers it, and how sure that answer was."""

    question: str
    article_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A draft and the sentence of an article that it was made from."""

    draft: Draft
    article_id: str
    sentence: Span


def suggest_questions(
    assistant: Asked, *, count: int = 8, only: ArticleFilter | None = None, seed: int = 0
) -> list[Suggestion]:
    """Return up to `count` questions that the articles answer, of the newest articles first.

    There is one question of a report, and no question word makes up more than half of them. The
    same index gives the same questions.

    Args:
        assistant: Asked at most `MAX_ASKED` questions.
        count: How many are wanted; a small collection may give fewer, or none.
        only: The articles to ask about, if not all.
        seed: Another one chooses among the questions of an article anew.
    """
    return list(islice(suggestions(assistant, only=only, seed=seed, most_alike=count // 2), count))


def suggestions(
    assistant: Asked, *, only: ArticleFilter | None = None, seed: int = 0, most_alike: int = 4
) -> Iterator[Suggestion]:
    """Yield questions that the articles answer, as they are found; see `suggest_questions`.

    `most_alike` is how many may begin with the same question word.
    """
    drafts = [d for a in _one_of_each_report(assistant, only) for d in _drafts(a, seed)]
    drafts.sort(key=lambda drafted: _RANKS.get(drafted.draft.kind, 0))  # stable: newest first
    kinds: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    done: set[str] = set()
    for drafted in drafts:
        kind, article_id = drafted.draft.kind, drafted.article_id
        enough = kinds[kind] >= max(most_alike, 1) or tried[article_id] == MAX_ASKED_PER_ARTICLE
        if enough or not done.isdisjoint({article_id, drafted.draft.question}):
            continue
        if tried.total() == MAX_ASKED:
            return
        tried[article_id] += 1
        answer = assistant.ask(drafted.draft.question, only=only)
        if _is_answer(answer, drafted):
            kinds[kind] += 1
            done |= {article_id, drafted.draft.question}
            yield Suggestion(
                question=drafted.draft.question,
                article_id=article_id,
                confidence=answer.confidence,
            )


def _one_of_each_report(assistant: Asked, only: ArticleFilter | None) -> Iterator[Article]:
    """Yield the newest article of each report, newest first."""
    reports: set[str] = set()
    fitting = (summary for summary in assistant.articles() if _may_fit(summary, only))
    for summary in islice(fitting, MAX_ARTICLES_READ):
        if summary.story_id in reports:
            continue
        reports.add(summary.story_id)
        try:
            yield assistant.article(summary.id)
        except ArticleNotFound:  # removed meanwhile
            continue


def _may_fit(summary: ArticleSummary, only: ArticleFilter | None) -> bool:
    """Leave out articles of which no answer can come; dates are left to the asking."""
    if only is None:
        return True
    outlets = {outlet.casefold() for outlet in only.outlets}
    return (not only.article_ids or summary.id in only.article_ids) and (
        not outlets or (summary.outlet or "").casefold() in outlets
    )


def _drafts(article: Article, seed: int) -> list[_Drafted]:
    """Return the questions that an article's sentences answer, in an order of chance."""
    drafted: dict[str, _Drafted] = {}
    english = EnglishArticle(article.text[:MAX_CHARS_READ])
    for sentence, line in _plain_sentences(article):
        for draft in (*english.drafts(line, sentence.start), *german_drafts(line)):
            drafted.setdefault(draft.question, _Drafted(draft, article.id, sentence))
    in_order = list(drafted.values())
    random.Random(f"{seed} {article.id}").shuffle(in_order)
    return in_order


def _plain_sentences(article: Article) -> Iterator[tuple[Span, str]]:
    """Yield the plain sentences of an article's own prose that stand in no quotation."""
    own = list(article.stretches())
    quoted = ""
    sentences = split_sentences(article.text[:MAX_CHARS_READ])
    if len(article.text) > MAX_CHARS_READ:
        del sentences[-1]  # cut off
    for sentence in sentences:
        text = sentence.of(article.text)
        quoted, was_open = _open_after(quoted + text), _open_after(quoted)
        outside = not was_open and not any(h.overlaps(sentence) for h in article.headings)
        if outside and any(stretch.contains(sentence) for stretch in own) and (line := plain(text)):
            yield sentence, line


def _open_after(text: str) -> str:
    """Return the quotation mark that is still open at the end of a text; a paragraph ends it."""
    last = text.rsplit("\n\n", 1)[-1]
    for opening, closing in (("“", "”"), ("„", "“"), ("«", "»")):
        if last.count(opening) > last.count(closing):
            return opening
    return '"' if last.count('"') % 2 else ""


def _is_answer(answer: Answer, drafted: _Drafted) -> bool:
    """Say whether an answer is sure, cites the sentence and names the expected words."""
    if answer.text is None or answer.confidence < SURE_FROM:
        return False
    expected = {word.casefold() for word in words_of(drafted.draft.expected)}
    return any(
        citation.article_id == drafted.article_id
        and citation.span.overlaps(drafted.sentence)
        and _names(citation.text, citation.highlight.shift(-citation.span.start), expected)
        for citation in answer.citations
    )


def _names(sentence: str, highlight: Span, expected: set[str]) -> bool:
    """Say whether the highlighted words are mostly the expected ones, or hold most of them."""
    found = {word.casefold() for word in words_of(highlight.of(sentence))}
    return 2 * len(found & expected) > min(len(found), len(expected))
