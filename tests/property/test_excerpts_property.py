"""What is read of a passage is a verbatim part of it, and holds what is most like the question."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from qa import Hit
from qa.excerpts import excerpt, left_out_with, to_read
from tests.fakes import HashingEncoder, chunks

SENTENCES = [
    "The barrier opened. ",
    "“Why now?” ",
    "שלום עולם. ",
    "Ça a coûté 9 €.\n\n",
    "👩‍👩‍👧 left. ",
]
ARTICLES = st.builds(
    lambda id, parts: Article(id=f"n{id}", title="T", text="".join(parts), source="s"),
    st.integers(0, 9),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12),
)


@st.composite
def found(draw: st.DrawFn) -> tuple[Article, list[Hit]]:
    """Draw an article with its passages as hits; of some the best sentence is known."""
    article = draw(ARTICLES)
    hits = []
    for number, passage in enumerate(chunks(article, HashingEncoder(max_tokens=40)), start=1):
        best = draw(st.none() | st.sampled_from(passage.sentences))
        stored = replace(passage, id=number)
        hits.append(
            Hit(passage=stored, score=1, dense_rank=1, lexical_rank=None, best_sentence=best)
        )
    return article, hits


@given(found(), st.integers(0, 3))
def test_an_excerpt_is_whole_sentences_of_its_passage(
    case: tuple[Article, list[Hit]], beside: int
) -> None:
    article, hits = case
    for hit in hits:
        part, passage = excerpt(hit, beside=beside), hit.passage
        assert part.text == part.span.of(article.text)
        assert passage.span.contains(part.span)
        assert (part.id, part.article_id) == (passage.id, passage.article_id)
        if hit.best_sentence is None:
            assert part == passage
        else:
            assert hit.best_sentence in part.sentences
            assert len(part.sentences) <= 2 * beside + 1
            assert (part.span.start, part.span.end) == (
                part.sentences[0].start,
                part.sentences[-1].end,
            )


@given(found(), st.integers(0, 4))
def test_the_best_are_read_whole_and_of_the_others_an_excerpt(
    case: tuple[Article, list[Hit]], whole: int
) -> None:
    _, hits = case
    read = to_read(hits, whole=whole)
    assert read[:whole] == [hit.passage for hit in hits[:whole]]
    assert read[whole:] == [excerpt(hit) for hit in hits[whole:]]


@given(
    found(), st.integers(0, 2), st.sampled_from(["barrier", "9 €", "WHY now", "עולם", "left. The"])
)
def test_what_holds_the_words_was_read_or_is_left_out_with_them(
    case: tuple[Article, list[Hit]], whole: int, words: str
) -> None:
    article, hits = case
    read = to_read(hits, whole=whole)
    more = {part.id: part for part in left_out_with(words, hits, read)}
    for hit, part in zip(hits, read, strict=True):
        passage = hit.passage
        outside = passage.text.casefold().count(words.casefold()) > part.text.casefold().count(
            words.casefold()
        )
        assert (passage.id in more) == outside
    for number, part in more.items():
        passage = hits[number - 1].passage
        assert part.text == part.span.of(article.text)
        assert words.casefold() in part.text.casefold()
        assert passage.span.contains(part.span)
        assert set(part.sentences) <= set(passage.sentences)


@given(found(), st.sampled_from(["barrier", "9 €"]))
def test_an_article_that_is_cited_already_is_passed_over(
    case: tuple[Article, list[Hit]], words: str
) -> None:
    article, hits = case
    assert left_out_with(words, hits, to_read(hits, whole=0), cited={article.id}) == []
