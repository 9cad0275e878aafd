"""What holds for the copies of any text, and for the stories of any links."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.copies import compare, may_be_copies
from corpus.copies.groups import Link, Signature, band_keys, signature, stories_of, story_of
from corpus.types import Mark, Span

WORDS = [*"rain fell on Orme the mayor said 1,200 漢字 é".split(), "“", "”", '"', ". ", "\n\n"]
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join)
)
LONG = st.lists(st.sampled_from([f"w{n}" for n in range(60)]), min_size=30, max_size=90)
PARTS = st.floats(0, 1)
NUMBERS = st.integers(0, 12)
LINKS = st.lists(st.builds(Link, NUMBERS, NUMBERS, PARTS, PARTS), max_size=25)


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_order_of_two_texts_makes_no_difference(one: str, other: str) -> None:
    relation, turned = compare(one, other), compare(other, one)
    assert (relation.kind, relation.shared) == (turned.kind, turned.shared)
    assert relation.explanation == turned.explanation
    assert (relation.of_a, relation.of_b) == (turned.of_b, turned.of_a)
    assert all(0 <= part <= 1 for part in (relation.shared, relation.of_a, relation.of_b))


@given(LONG, LONG, st.integers(0, 90), st.integers(0, 90))
def test_what_is_told_apart_quickly_is_no_copy(
    one: list[str], other: list[str], start: int, end: int
) -> None:
    both = " ".join(one), " ".join([*other, *one[start:end]])
    relation = compare(*both)
    if relation.is_copy:
        assert may_be_copies(*both)
    if not may_be_copies(*both):
        assert min(relation.of_a, relation.of_b) < 0.2


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_text_with_words_is_the_same_as_itself(text: str) -> None:
    has_words = bool(band_keys(signature(text)))
    assert compare(text, text).kind == ("same" if has_words else "different")
    assert signature(text) == signature(text.replace(" ", "  "))
    assert Signature.from_bytes(signature(text).to_bytes()) == signature(text)


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_same_words_have_the_same_signature(one: str, other: str) -> None:
    if compare(one, other).kind == "same":
        assert signature(one) == signature(other)


@given(LONG, st.integers(0, 90), st.integers(0, 90))
@settings(max_examples=100, deadline=None)
def test_marked_is_left_out(words: list[str], start: int, end: int) -> None:
    start, end = sorted((min(start, len(words)), min(end, len(words))))
    before, marked, after = (
        "".join(f"{word} " for word in part)
        for part in (words[:start], words[start:end], words[end:])
    )
    if marked:
        mark = Mark(Span(len(before), len(before) + len(marked)), "menu")
        assert signature(before + marked + after, [mark]) == signature(before + after)
        expected = compare(before + after, before + after).kind
        assert compare(before + marked + after, before + after, [mark]).kind == expected


@given(LONG, st.data())
@settings(max_examples=100, deadline=None)
def test_half_of_a_text_is_a_copy_of_it(words: list[str], data: st.DataObject) -> None:
    distinct = [f"{word}x{at}" for at, word in enumerate(words)]
    start = data.draw(st.integers(0, len(words) // 2))
    half = distinct[start : start + len(words) // 2 + 1]
    relation = compare(" ".join(distinct), " ".join(half))
    assert relation.is_copy == (len(half) >= 25 or len(half) >= 0.9 * len(words))


@given(LINKS, st.randoms())
@settings(max_examples=200, deadline=None)
def test_stories_do_not_depend_on_any_order(links: list[Link], random: object) -> None:
    articles = list(range(13))
    expected = stories_of(articles, links)
    turned = [Link(link.b, link.a, link.of_b, link.of_a) for link in links]
    random.shuffle(turned)  # type: ignore[attr-defined]
    random.shuffle(articles)  # type: ignore[attr-defined]
    assert stories_of(articles, turned) == expected
    assert all(expected[story] == story <= article for article, story in expected.items())


@given(LINKS, NUMBERS)
@settings(max_examples=150, deadline=None)
def test_who_is_not_connected_is_not_concerned(links: list[Link], article: int) -> None:
    everything = stories_of(range(13), links)
    reached = {article}
    while (
        more := {end for link in links if reached & {link.a, link.b} for end in (link.a, link.b)}
        - reached
    ):
        reached |= more
    part = stories_of(reached, links)
    assert part == {member: everything[member] for member in reached}


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=25))
@settings(max_examples=150, deadline=None)
def test_adding_one_by_one_comes_to_the_same(pairs: list[tuple[int, int]]) -> None:
    stories: dict[int, int] = {}
    for article in range(13):
        ends = {frozenset(pair) for pair in pairs if article in pair}
        copies = [end for pair in ends for end in pair if end < article]
        joined = story_of(article, copies, stories)
        for member, story in stories.items():
            stories[member] = joined.story if story in joined.absorbed else story
        stories[article] = joined.story
    assert stories == stories_of(range(13), pairs)
