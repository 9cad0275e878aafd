"""Copies of a report are told from other reports, and grouped into stories."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import count, permutations

import pytest

from corpus.copies import compare
from corpus.copies.groups import (
    MIN_SHARED_KEYS,
    Joined,
    Link,
    Signature,
    band_keys,
    signature,
    stories_of,
    story_of,
)
from corpus.copies.words import read_words
from corpus.types import Mark, Span
from tests.timing import grows_within

REPORT = """\
A burst main left 3,400 homes in Pellworth without water for most of Monday.
The pipe, which was laid in 1931, broke at five in the morning under the market square.

"It sounded like a train going through the cellar," said Nora Quist, who keeps the chemist's shop.
Firefighters pumped out nineteen basements, among them the archive of the parish church.
Its registers, some of them from 1640, were carried to the upper floor in time.

The waterworks sent six tankers and asked people to boil what came from the tap until Thursday.
Repairs will cost an estimated 210,000 pounds, because the square has to be paved again.
The council had put off replacing the main three times since 2014.
Traders are to be paid for the days on which they cannot open.
Schools stayed closed, to the delight of pupils who were sledging on the ice below the church.
"""
SENTENCES = REPORT.replace("\n\n", "\n").splitlines()
OTHER_REPORT = """\
Nora Quist was counting boxes of plasters when the floor began to tremble.
"It sounded like a train going through the cellar," said the chemist, and the water was gone.
Some 3,400 households had nothing to wash with, since a pipe dating from 1931 had given way.
Nineteen cellars were flooded; old books of baptisms escaped because the sexton is an early riser.
How could it come to this?
Three times, critics say, a new line was taken off the list of works, most recently two years ago.
Now it is going to be expensive: 210,000 pounds is the figure mentioned at the town hall.
Children did not mind, as lessons were cancelled and there was ice.
"""
CHINESE = (
    "本市东部三个街区周一因水管破裂停水近十个小时，三千四百户居民受到影响。"
    "供水公司说，这条水管铺设于1931年，清晨五时在集市广场下面突然断裂。"
    "消防员抽干了十九个地下室，其中包括教区档案馆。"
    "维修费用预计为二十一万元，因为整个广场都要重新铺设。"
)


def test_the_same_text_in_another_setting_is_the_same() -> None:
    relation = compare(REPORT, REPORT.upper().replace("\n\n", "  ").replace(",", ""))
    assert (relation.kind, relation.shared, relation.explanation) == ("same", 1, "the same text")
    assert relation.is_copy


def test_a_few_changed_sentences_are_counted() -> None:
    changed = REPORT.replace(SENTENCES[8], "Nobody is paid.")
    relation = compare(REPORT, changed)
    assert relation.kind == "near"
    assert relation.explanation == "the same report, 1 of 10 sentences changed or added"


def test_changed_letters_change_no_sentence() -> None:
    relation = compare(REPORT, REPORT.replace("nineteen basements", "19 basements"))
    assert relation.explanation == "the same report, a few words changed"


def test_a_report_cut_to_its_first_third_is_the_report() -> None:
    relation = compare(REPORT, "\n".join(SENTENCES[:4]))
    assert relation.kind == "edited"
    assert relation.shared == 1
    assert (
        relation.explanation
        == "shortened: all of its 4 sentences stand in the longer text, which has 10"
    )


def test_a_cut_report_with_a_paragraph_of_its_own_is_the_report() -> None:
    own = "Our own town has pipes of the same age, as the mayor admitted when we rang her up."
    relation = compare(REPORT, "\n".join([*SENTENCES[:5], own]))
    assert relation.kind == "edited"
    assert "5 of its 6 sentences stand" in relation.explanation


def test_paragraphs_in_another_order_are_the_report() -> None:
    assert compare(REPORT, "\n".join(reversed(SENTENCES))).is_copy


def test_another_report_of_the_event_is_none() -> None:
    relation = compare(REPORT, OTHER_REPORT)
    assert relation.kind == "different"
    assert relation.explanation == "another report: no sentence in common"


@pytest.mark.parametrize("marks", ["“”", "«»", "„“", "‘’", '""'])
def test_what_was_said_is_no_evidence(marks: str) -> None:
    said = " ".join(SENTENCES[5:9])
    one = f"The mayor spoke first. {marks[0]}{said}{marks[1]} That was all he had to say on Monday."
    other = f"This is what we heard: {marks[0]}{said}{marks[1]} Then all went home to bed."
    own_one, own_other = SENTENCES[0], "Nobody in the hall believed a word of it, as they told us."
    assert compare(f"{one}\n{own_one}", f"{other}\n{own_other}").kind == "different"
    bare_one, bare_other = (re.sub('[“”«»„‘’"]', "", text) for text in (one, other))
    assert compare(f"{bare_one}\n{own_one}", f"{bare_other}\n{own_other}").is_copy


def test_a_quotation_in_one_text_is_none_of_the_prose_of_the_other() -> None:
    said = "we shall dig up the whole of the square and lay a pipe that lasts for a hundred years"
    one = (
        f"“{said}”, the engineer promised at the meeting of residents on Monday night in the hall."
    )
    other = f"In her words {said}, which many doubted, and some of them said so in plain language."
    assert compare(one, other).kind == "different"


def test_marked_furniture_does_not_count() -> None:
    footer = " ".join(
        f"This is line {n} of what stands below every page of ours." for n in "abcdef"
    )
    one, other = "\n".join(SENTENCES[:3]), "\n".join(OTHER_REPORT.splitlines()[3:6])
    texts = f"{one}\n{footer}", f"{other}\n{footer}"
    marks = [[Mark(Span(text.index(footer), len(text)), "footer")] for text in texts]
    assert compare(*texts).is_copy
    assert compare(*texts, *marks).explanation == "another report: no sentence in common"
    assert signature(texts[0], marks[0]) == signature(one)


def test_an_issue_of_a_series_is_no_copy_of_the_last_one() -> None:
    form = (
        "The level of the Carrow at Tarn was {} centimetres at six in the morning on Monday. "
        "At Corrin the gauge showed {} centimetres, which is {} more than a day before. "
        "The reservoir was {} percent full and released {} cubic metres a second to the river."
    )
    one, other = form.format(212, 180, 14, 71, 9), form.format(305, 244, 92, 88, 17)
    relation = compare(one, other)
    assert relation.kind == "different"
    assert "other figures" in relation.explanation
    assert compare(one, one.replace("212", "213")).is_copy


def test_a_corrected_figure_makes_no_other_report() -> None:
    assert compare(REPORT, REPORT.replace("3,400", "4,300").replace("1640", "1604")).is_copy


def test_one_report_of_a_digest_is_not_the_digest() -> None:
    digest = "\n".join([*SENTENCES[:2], *OTHER_REPORT.splitlines(), CHINESE, CHINESE[::-1]])
    assert not compare(REPORT, digest).is_copy


def test_languages_without_spaces_are_compared_by_their_signs() -> None:
    assert compare(CHINESE, CHINESE[: len(CHINESE) // 2]).kind == "edited"
    assert compare(CHINESE, CHINESE[::-1]).kind == "different"


@pytest.mark.parametrize("empty", ["", "  \n", "!?", "…"])
def test_nothing_is_no_copy_of_nothing(empty: str) -> None:
    assert compare(empty, "").kind == "different"
    assert compare(empty, REPORT).kind == "different"
    assert band_keys(signature(empty)) == ()


def test_the_parts_in_common_belong_to_their_texts() -> None:
    third = "\n".join(SENTENCES[:3])
    relation, turned = compare(REPORT, third), compare(third, REPORT)
    assert (relation.of_a, relation.of_b) == (turned.of_b, turned.of_a)
    assert relation.of_a < 0.4 < relation.of_b == 1


def test_words_are_folded() -> None:
    words = "İstanbul STRASSE straße ﬁnal naïve nai\u0308ve don’t don't ２０ 1,200 क्या 漢字"
    assert read_words(words).folded == [
        *("istanbul", "strasse", "strasse", "final", "naive", "naive", "dont", "dont"),
        *("20", "1200", "कय", "漢", "字"),
    ]


def test_signatures_survive_storage() -> None:
    signed = signature(REPORT)
    data = signed.to_bytes()
    assert len(data) <= 600
    assert Signature.from_bytes(data) == signed
    for wrong in (b"", data[:-1], b"\x09" + data[1:], data + b"0"):
        with pytest.raises(ValueError, match="not a signature"):
            Signature.from_bytes(wrong)


def test_signatures_are_the_same_in_every_process() -> None:
    code = f"from corpus.copies.groups import *; print(band_keys(signature({REPORT!r})))"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == str(band_keys(signature(REPORT)))
    # What is stored today must be found tomorrow, whatever the library is then.
    assert band_keys(signature("Rain fell on Orme and Kester all day."))[:3] == KEYS_OF_RAIN


KEYS_OF_RAIN = (722186971, 5873342156, 9059287079)


def test_likeness_is_estimated() -> None:
    whole = signature(REPORT)
    assert whole.likeness(whole) == 1
    assert whole.likeness(signature(OTHER_REPORT)) < 0.1
    assert 0.2 < whole.likeness(signature("\n".join(SENTENCES[:4]))) < 0.6
    assert whole.likeness(signature("")) == 0


def test_keys_find_what_was_cut_and_not_what_is_new() -> None:
    whole = set(band_keys(signature(REPORT)))
    cut = set(band_keys(signature("\n".join(SENTENCES[:4]))))
    assert len(whole & cut) >= MIN_SHARED_KEYS
    assert len(whole & set(band_keys(signature(OTHER_REPORT)))) < MIN_SHARED_KEYS
    assert all(-(2**63) <= key < 2**63 for key in whole)


def test_an_article_joins_its_copies_story() -> None:
    assert story_of(5, [], {}) == Joined(5)
    assert story_of(5, [3], {3: 2}) == Joined(2)
    assert story_of(5, [3, 4], {3: 1, 4: 4}) == Joined(1, (4,))
    assert story_of(2, [7], {7: 7}) == Joined(2, (7,))


def test_a_removed_bridge_parts_a_story() -> None:
    links = [Link(1, 2, 0.9, 0.9), Link(2, 3, 0.9, 0.9), Link(1, 4, 1.0, 0.3)]
    assert stories_of([1, 2, 3, 4], links) == {1: 1, 2: 1, 3: 1, 4: 1}
    assert stories_of([1, 3, 4], links) == {1: 1, 3: 3, 4: 1}
    assert stories_of([2, 3], [(3, 2), (2, 1)]) == {2: 2, 3: 2}


def test_a_digest_does_not_make_one_story_of_several() -> None:
    links = [
        *(Link(1, 2, 0.9, 0.9), Link(3, 4, 0.9, 0.9)),
        *(Link(9, 1, 0.2, 1.0), Link(9, 2, 0.2, 1.0), Link(9, 3, 0.25, 0.9)),
    ]
    for order in permutations(links):
        assert stories_of([9, 4, 3, 2, 1], order) == {1: 1, 2: 1, 3: 3, 4: 3, 9: 9}


def test_two_cuts_of_one_report_meet_in_it() -> None:
    links = [Link(1, 2, 0.3, 1.0), Link(1, 3, 0.4, 1.0), Link(2, 3, 1.0, 0.75)]
    assert set(stories_of([1, 2, 3], links).values()) == {1}


HOSTILE = {
    "one word": "a",
    "quotation marks": "“",
    "straight quotes": '" a ',
    "figures": "1,000",
    "combining marks": "\u0301\u0327",
    "signs": "漢字",
    "lines": "a\n",
    "one run": "a b c d e f ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(piece: str) -> None:
    numbers = count()

    def read(n_chars: int) -> None:
        text = f"{next(numbers)} {piece * (n_chars // len(piece))}"  # else it is known already
        signature(text)
        compare(text, text[: n_chars // 2])

    assert grows_within(9, read, 40_000, 160_000, least_s=0.01)
