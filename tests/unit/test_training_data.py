"""Training rows to windows: the marked tokens are the answer, whatever is cropped away."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from embeddings import load_encoder
from qa.windows import Windower
from training.reader_data import MINED, Corpus, Row, batches, example, one_pass, read_rows
from training.run import shared_loss

CONTEXT = " ".join(f"Number {n} of the gates weighs {n * 7} tonnes, they say." for n in range(30))


@pytest.fixture(scope="module")
def windower() -> Windower:
    tokenizer = Tokenizer.from_file(str(load_encoder().folder / "tokenizer.json"))
    return Windower(tokenizer, max_tokens=200, stride=64)


def question(text: str, answer: str | None, **more: Any) -> dict[str, Any]:
    at = CONTEXT.index(answer) if answer else 0
    answers = [{"text": answer, "answer_start": at}] if answer else []
    return {"id": text, "question": text, "answers": answers, "is_impossible": not answer, **more}


@pytest.fixture(scope="module")
def corpus(windower: Windower, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    asked = [question(f"Heavy {n}?", f"{n * 7} tonnes") for n in range(2, 30)]
    pages = [
        {"title": "squad_train_du/x", "paragraphs": [{"context": CONTEXT, "qas": asked}]},
        {
            "title": "squad_v2_other_half/y",
            "paragraphs": [{"context": CONTEXT, "qas": [question("Why?", None)]}],
        },
        {
            "title": "squadshifts_reddit/z",
            "paragraphs": [{"context": CONTEXT, "qas": [question("Where?", None, made=True)]}],
        },
    ]
    path = tmp_path_factory.mktemp("data") / "train.json"
    path.write_text(json.dumps({"data": pages}))
    return read_rows([path], windower)


@given(st.integers(0, 27), st.integers(0, 2**32), st.integers(90, 200))
def test_the_marked_tokens_are_the_answer(
    windower: Windower, corpus: Corpus, row: int, seed: int, crop: int
) -> None:
    made = example(corpus, corpus.rows[row], windower, random.Random(seed), crop)
    window = made.window
    assert len(window) <= crop
    first, last = made.start - window.text_at, made.end - window.text_at
    answer = CONTEXT[window.starts[first] : window.ends[last]]
    assert answer == f"{(row + 2) * 7} tonnes"


def test_a_question_without_an_answer_is_marked_at_token_0(
    windower: Windower, corpus: Corpus
) -> None:
    (row,) = [r for r in corpus.rows if r.answer is None and r.share == 2.0]
    made = example(corpus, row, windower, random.Random(0), 120)
    assert (made.start, made.end) == (0, 0)


def test_shares_decide_how_often_a_row_is_seen(corpus: Corpus) -> None:
    rows = one_pass(corpus, random.Random(0))
    assert sum(row.answer is not None for row in rows) == 28
    assert sum(row.answer is None for row in rows) == 2  # the written one twice, the made one never


def test_batches_hold_every_row_of_a_pass_once_and_are_alike_in_length(
    windower: Windower, corpus: Corpus
) -> None:
    made = list(batches(corpus, windower, random.Random(1), batch_size=4, crop_tokens=120))
    assert sum(len(batch) for batch in made) == 30
    assert all(len(batch) <= 4 for batch in made)


def test_corrupted_twins_are_rows_without_an_answer(windower: Windower, tmp_path: Path) -> None:
    asked = [question("What is heavier than number 3 before noon?", "21 tonnes")]
    pages = [{"title": "squad_train_du/x", "paragraphs": [{"context": CONTEXT, "qas": asked}]}]
    path = tmp_path / "train.json"
    path.write_text(json.dumps({"data": pages}))
    plain, more = read_rows([path], windower), read_rows([path], windower, corrupt=0.25)
    assert len(plain.rows) == 1
    _, *twins = more.rows
    assert [(twin.answer, twin.share) for twin in twins] == [(None, 0.125)] * 2
    assert all(len(more.questions[t.question]) == len(plain.questions[0]) for t in twins)


def test_mined_negatives_stand_beside_the_question_they_were_mined_for(
    windower: Windower, tmp_path: Path
) -> None:
    asked = question("What is heavier than number 3 before noon?", "21 tonnes")
    other = "Nobody weighed anything on that day, as far as the records of the port can tell."
    pages = [
        {"title": "squad_train_du/x", "paragraphs": [{"context": CONTEXT, "qas": [asked]}]},
        {
            "title": f"{MINED}/y",
            "paragraphs": [{"context": other, "qas": [question(asked["question"], None)]}],
        },
    ]
    path = tmp_path / "train.json"
    path.write_text(json.dumps({"data": pages}))
    paired = read_rows([path], windower, pair=True)
    assert [row.rivals for row in paired.rows] == [(1,)]
    ((answered, rival),) = batches(
        paired, windower, random.Random(0), batch_size=2, crop_tokens=120
    )
    assert answered.question == rival.question
    assert answered.start > 0
    assert (rival.start, rival.end) == (0, 0)


def test_batches_do_not_part_a_question_from_its_rival(windower: Windower) -> None:
    tokens = windower.tokenize([CONTEXT])[0]
    row = Row(question=0, context=0, answer=(0, 5), share=1.0, rivals=(0,))
    corpus = Corpus(questions=[tokens], contexts=[tokens], rows=[row] * 5)
    made = list(batches(corpus, windower, random.Random(0), batch_size=3, crop_tokens=60))
    assert [len(batch) for batch in made] == [2] * 5


def test_the_shared_loss_asks_for_the_gold_token_among_all_windows_of_a_question() -> None:
    never = -1e4
    logits = torch.tensor(
        [
            [never, 2.0, 1.0],  # question 7, gold token 1
            [never, 0.5, 3.0],  # its rival
            [never, 9.0, 9.0],  # another question's window, not a rival
        ]
    )
    loss = shared_loss(logits, torch.tensor([1, 0, 2]), torch.tensor([7, 7, 8]))
    together = torch.tensor([2.0, 1.0, 0.5, 3.0])
    assert float(loss) == pytest.approx(float(together.logsumexp(0) - 2.0), abs=1e-5)
    assert float(shared_loss(logits[2:], torch.tensor([2]), torch.tensor([8]))) == 0.0
