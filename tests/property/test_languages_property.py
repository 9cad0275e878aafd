"""What holds for texts in any mixture of scripts: the sentences tile, and words are found."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.sentences import split_sentences
from corpus.sentences.language_hint import language_hint
from qa.analysis import index_form, terms
from qa.lexical import LexicalIndex, content_terms

WORDS = [
    "der ", "die ", "und ", "z. B. ", "3. ", "Oktober", "usw. ", "le ", "M. ",
    "p. ex. ", "l’", "EE. UU. ", "Sr. ", "el ", "dhr. ", "’s Avonds", "г. ", "он ",
    "Москва", "他", "走了", "。", "！", "说，", "“", "”", "「", "」", "と", "言った",
    "．", "３", "Ａ",
    "　", "د. ", "قال ", "م. ", "؟ ", "، ", "«", "»", "ـ", "\u064b", "वह ", "।", "॥ ",
    "१", "डॉ. ", "क\u094d", "कहा", "ไทย", "한국", "မြန်မာ", "។ ", "𠮷", "𝒜", "😀",
    "👩\u200d🚀", "e\u0301\u0323", "\u200f", "\u202e", "\u2066", "\u200b", "\u00ad",
    "\ufeff", "\ufe0f", "\u3099", "ﬁ", "ß", "İ", "ı", "\u0345", "\ufdfa", "'", '"', "(",
    ")", "\n", "\n\n", " ", "\u2028", "\u0085", "… ", "x" * 50,
]  # fmt: skip
MIXED = st.lists(st.sampled_from(WORDS), max_size=50).map("".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
TEXTS = st.one_of(MIXED, ANY, st.lists(st.one_of(MIXED, ANY), max_size=4).map("".join))
WORD = st.text(
    st.characters(categories=["L", "Nd"], exclude_characters="ʹ"), min_size=1, max_size=12
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_sentences_tile_a_text_in_any_script(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join(sentence.of(text) for sentence in sentences) == text
    assert not any(sentence.of(text)[0].isspace() for sentence in sentences[1:])


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_white_space_around_a_text_moves_no_boundary(text: str) -> None:
    bare = text.strip()
    if not bare:
        return
    ends = [sentence.end + 2 for sentence in split_sentences(bare)][:-1]
    assert [sentence.end for sentence in split_sentences(f"  {bare} \n")][:-1] == ends
    assert language_hint(f"  {bare} \n") == language_hint(bare)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_has_terms_that_tantivy_keeps(text: str) -> None:
    found = terms(text)
    assert all(term and len(term.encode()) < 40 for term in found)
    assert set(content_terms(text)) <= set(found)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_equivalent_spellings_have_the_same_terms(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(max_codepoint=127), max_size=200))
@settings(max_examples=100, deadline=None)
def test_ascii_text_is_indexed_as_it_is(text: str) -> None:
    assert index_form(text) is text


@given(st.lists(st.one_of(MIXED, WORD), min_size=1, max_size=4), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
@example(["x", "猫"], 1)
def test_a_text_is_found_by_itself(texts: list[str], chosen: int) -> None:
    text = texts[chosen % len(texts)]
    index = LexicalIndex.build((i, "", text) for i, text in enumerate(texts))
    assert bool(terms(text)) == (texts.index(text) in index.search(text, len(texts)))
