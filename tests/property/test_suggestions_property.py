"""Whatever an article says: no question breaks a rule, and drafting never takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import split_sentences
from qa.suggestions.english import EnglishArticle
from qa.suggestions.german import german_drafts
from qa.suggestions.patterns import MAX_CHARS, MAX_WORDS, MIN_WORDS, Draft, plain, words_of

PIECES = (
    "the The a An barrier barrier's Orme Nasrin Toft, Dr. was were had will be cost 5 million"
    " euros in on 3 March 2024 Monday who found said that because and , . “ ” ( ) – 's’ der Der"
    " wurde am 3. März eröffnet kostet Euro in Ulm he it No. 4 \n \n\n 😀 é ß İ $5 ... ; :"
).split(" ")
LEANING = {"he", "she", "it", "they", "his", "her", "this", "that", "there", "er", "es"}


def drafts_of(text: str) -> list[Draft]:
    article = EnglishArticle(text)
    found = []
    for sentence in split_sentences(text):
        if line := plain(sentence.of(text)):
            found += [*article.drafts(line, sentence.start), *german_drafts(line)]
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=300))
def test_every_draft_keeps_the_rules(text: str) -> None:
    for draft in drafts_of(text):
        words = words_of(draft.question)
        assert draft.question.endswith("?")
        assert draft.question[0].isupper()
        assert MIN_WORDS <= len(words) <= MAX_WORDS + 3  # a few set phrases count for less
        assert not LEANING & {word.lower() for word in words[1:]}
        assert not set('“”"()\n;:,') & set(draft.question)
        assert words_of(draft.expected)


@pytest.mark.parametrize(
    "unit",
    [
        "Aa ",
        "the a ",
        "Aa, ",
        "the Aa of ",
        "a-",
        "in 2024 ",
        "was ",
        "Aa was aed ",
        "5 ",
        "’",
        "Der Aa in ",
    ],
)
def test_drafting_from_a_hostile_article_is_quick(unit: str) -> None:
    sentence = "The " + unit * (MAX_CHARS // len(unit) - 3)
    text = (sentence[: MAX_CHARS - 10] + ". ") * 66  # as much of an article as is read
    started = time.perf_counter()
    drafts_of(text)
    assert time.perf_counter() - started < 5
