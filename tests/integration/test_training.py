"""Training end to end, on a handful of rows: it learns, it goes on after a stop, it exports."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from safetensors.numpy import load_file

from embeddings import load_encoder
from qa.span_model import ShippedSpanModel
from qa.transformers_model import TransformersSpanModel
from training import average, export, restore, span_reader
from training.run import CHECKPOINT

ROWS = 8
COMMON = ["--batch-size", "4", "--crop", "1.0", "140"]
WORDS = "bert.embeddings.word_embeddings.weight"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    text = "The gates weigh 940 tonnes each. Ines Varga praised them on Tuesday."
    golds = ["940 tonnes", "Ines Varga", "Tuesday", None] * (ROWS // 4)
    asked = [
        {
            "id": str(n),
            "question": f"Which is number {n}?",
            "answers": [{"text": g, "answer_start": text.index(g)}] if g else [],
        }
        for n, g in enumerate(golds)
    ]
    pages = [{"title": "made/up", "paragraphs": [{"context": text, "qas": asked}]}]
    with gzip.open(folder / "train.json.gz", "wt") as file:
        json.dump({"data": pages}, file)
    return folder


def train(data: Path, out: Path, *options: str) -> str:
    arguments = ["--data", str(data), "--out", str(out), *COMMON, *options]
    result = CliRunner().invoke(span_reader.main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return (out / "log.txt").read_text()


@pytest.fixture(scope="module", params=["fp32", "bf16"])
def run(
    request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out: Path = tmp_path_factory.mktemp("runs") / str(request.param)
    train(data, out, "--passes", "2", "--precision", str(request.param))
    return out


def test_a_run_writes_its_plan_its_checkpoint_and_a_model(run: Path) -> None:
    plan = json.loads((run / "plan.json").read_text())
    assert (plan["passes"], plan["batch_size"], plan["data"]) == (2.0, 4, ["train.json.gz"])
    assert (run / CHECKPOINT).exists()
    assert not list(run.glob("*.part"))
    assert (run / "model" / "tokenizer.json").exists()


def test_the_layers_learn_and_the_word_embeddings_do_not(run: Path) -> None:
    before = load_file(load_encoder().folder / "model.safetensors")
    after = load_file(run / "model" / "model.safetensors")
    assert np.array_equal(after[WORDS], before[WORDS.removeprefix("bert.")])
    layer = "encoder.layer.0.output.dense.weight"
    assert not np.array_equal(after[f"bert.{layer}"], before[layer])


def test_a_run_that_was_stopped_goes_on_where_it_was(run: Path, data: Path) -> None:
    log = train(data, run, "--passes", "4", "--precision", run.name)
    assert "going on from Progress(step=4, examples=16" in log


# The converter walks over whatever torch and transformers are about to drop.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_exported_model_says_what_the_trained_one_says(run: Path, tmp_path: Path) -> None:
    vectors = tmp_path / "vectors.safetensors"
    arguments = [str(run / "model"), "--out", str(tmp_path / "weights"), "--bits", "16"]
    arguments += ["--vectors", str(vectors)]
    result = CliRunner().invoke(export.main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    exported, trained = ShippedSpanModel(tmp_path / "weights"), TransformersSpanModel(run / "model")
    question, text = exported.windower.tokenize(["Who?", "Ines Varga praised the gates. " * 5])
    windows = exported.windower.windows(question, text) * 2
    for ours, theirs in zip(exported.logits(windows), trained.logits(windows), strict=True):
        assert np.abs(ours[0] - theirs[0]).max() < 0.05
        assert np.abs(ours[1] - theirs[1]).max() < 0.05
    where = ["--weights", str(tmp_path / "weights"), "--vectors", str(vectors)]
    restored = tmp_path / "restored"
    result = CliRunner().invoke(restore.main, ["--out", str(restored), *where])
    assert result.exit_code == 0, result.output
    for again, first in zip(
        TransformersSpanModel(restored).logits(windows), trained.logits(windows), strict=True
    ):
        assert np.abs(again[0] - first[0]).max() < 0.05


def test_a_reader_with_words_of_its_own_is_not_exported(run: Path, tmp_path: Path) -> None:
    from transformers import BertForQuestionAnswering

    model = BertForQuestionAnswering.from_pretrained(run / "model")
    model.bert.embeddings.word_embeddings.weight.data += 0.01
    model.save_pretrained(tmp_path / "other")
    result = CliRunner().invoke(
        export.main,
        [str(tmp_path / "other"), "--out", str(tmp_path / "w"), "--vectors", str(tmp_path / "v")],
    )
    assert result.exit_code == 1
    assert "word embeddings were trained" in result.output


def test_weights_are_averaged_by_their_shares(run: Path, data: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "other", tmp_path / "average"
    train(data, other, "--passes", "1", "--precision", "fp32", "--start", str(run / "model"))
    arguments = [str(run / "model"), str(other / "model"), "--out", str(out)]
    result = CliRunner().invoke(
        average.main, [*arguments, "--weight", "3", "--weight", "1"], catch_exceptions=False
    )
    assert result.exit_code == 0
    one, two, mixed = (
        load_file(folder / "model.safetensors") for folder in (run / "model", other / "model", out)
    )
    layer = "bert.encoder.layer.0.output.dense.weight"
    assert not np.array_equal(one[layer], two[layer])
    assert np.abs(mixed[layer] - (0.75 * one[layer] + 0.25 * two[layer])).max() < 1e-6
    assert np.array_equal(mixed[WORDS], one[WORDS])
    assert CliRunner().invoke(average.main, [*arguments, "--weight", "1"]).exit_code == 2


def test_a_checkpoint_stands_for_a_model(run: Path, tmp_path: Path) -> None:
    arguments = [str(run), "--out", str(tmp_path / "same")]
    assert CliRunner().invoke(average.main, arguments, catch_exceptions=False).exit_code == 0
    same = load_file(tmp_path / "same" / "model.safetensors")
    for name, values in load_file(run / "model" / "model.safetensors").items():
        assert np.array_equal(same[name], values)


def test_the_faster_precision_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert span_reader.fastest_precision() in {"fp32", "bf16"}
    monkeypatch.setattr(span_reader, "_seconds_a_step", {"fp32": 2.0, "bf16": 1.0}.__getitem__)
    assert span_reader.fastest_precision() == "bf16"
