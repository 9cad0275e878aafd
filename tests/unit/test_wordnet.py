"""WordNet's files say which words are opposites and which are of one kind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.corruption import corrupted
from training.wordnet import WordNet

DATA = """\
  1 This stands for the licence that WordNet's files begin with.
00000010 28 n 01 season 0 002 ~ 00000020 n 0000 ~ 00000030 n 0000 | a time of the year
00000020 28 n 02 summer 0 summertime 0 001 @ 00000010 n 0000 | the warm one
00000030 28 n 01 winter 0 001 @ 00000010 n 0000 | the cold one
00000040 28 n 01 rarity 0 001 @ 00000010 n 0000 | found nowhere
"""
INDEX = """\
  1 This stands for the licence.
season n 1 1 ~ 1 1 00000010
summer n 1 1 @ 1 1 00000020
winter n 1 1 @ 1 1 00000030
"""
VERBS = """\
00000050 30 v 01 open 0 001 ! 00000060 v 0101 02 + 01 00 + 08 00 | make passable
00000060 30 v 01 close 0 001 ! 00000050 v 0101 01 + 08 00 | bar
"""
COUNTS = "winter%1:28:00:: 1 9\nsummer%1:28:00:: 1 7\nopen%2:30:00:: 1 5\nclose%2:30:00:: 1 4\n"


@pytest.fixture(scope="module")
def wordnet(tmp_path_factory: pytest.TempPathFactory) -> WordNet:
    folder: Path = tmp_path_factory.mktemp("wordnet")
    verbs = "open v 1 1 ! 1 1 00000050\nclose v 1 1 ! 1 1 00000060\n"
    files = {
        "data.noun": DATA, "index.noun": INDEX, "data.verb": VERBS, "index.verb": verbs,
        "data.adj": "", "index.adj": "", "cntlist.rev": COUNTS,
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text)
    return WordNet(folder)


def test_sisters_are_common_words_of_the_same_kind(wordnet: WordNet) -> None:
    assert wordnet.sisters("summer") == ["winter"]  # neither a synonym nor a rarity
    assert wordnet.sisters("summer", least=10) == []
    assert wordnet.sisters("nothing") == []


def test_opposites_are_those_of_the_sense_that_is_used_most(wordnet: WordNet) -> None:
    assert wordnet.opposites("open") == ["close"]
    assert wordnet.opposites("summer") == []


def test_a_word_of_the_text_is_swapped_for_one_of_its_kind(wordnet: WordNet) -> None:
    made = {
        corrupted("Who came in the summer?", "Ada came in summer.", [], random.Random(n), wordnet)
        for n in range(20)
    }
    assert made == {"Who came in the winter?"}


def test_without_wordnet_common_words_are_left_alone() -> None:
    assert corrupted("Who came in the summer?", "In summer.", [], random.Random(0)) is None


def test_some_questions_are_negated(wordnet: WordNet) -> None:
    made = [
        corrupted("Who was here?", "Ada was here.", [], random.Random(n), wordnet)
        for n in range(200)
    ]
    assert {text for text in made if text} == {"Who was not here?"}
    assert 10 < sum(text is not None for text in made) < 60


def test_a_name_may_come_from_the_same_text() -> None:
    text = "Ines Varga met Tomas Vrel."
    others = ["Later Ellery Pym came."]
    made = {
        corrupted("Whom did Ines Varga meet?", text, others, random.Random(n)) for n in range(40)
    }
    assert made == {"Whom did Tomas Vrel meet?", "Whom did Ellery Pym meet?"}
