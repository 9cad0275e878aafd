"""The model that ships and an operator's own: checked before use, batched without a trace."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import ModelError, ModelNotFound, Span
from embeddings import batches, load_encoder
from qa.decode import decode_text
from qa.span_model import SHIPPED, ShippedSpanModel, padded
from qa.span_reader import SpanReader
from qa.transformers_model import TransformersSpanModel
from qa.windows import Integers, Window
from tests.fakes import passage, plain_calibration

QUESTION = "How much did the tidal barrier cost?"
TEXTS = [
    "The tidal barrier cost 412 million crowns.",
    "Fishermen had asked for fewer closures. " * 12,
    "The gates weigh 940 tonnes each, said Ines Varga, the harbour engineer.",
]


@pytest.fixture(scope="module")
def shipped() -> ShippedSpanModel:
    return ShippedSpanModel()


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small untrained model in Hugging Face format, with the encoder's tokenizer."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    folder = tmp_path_factory.mktemp("own")
    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertForQuestionAnswering(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(load_encoder().folder / name, folder)
    return folder


def windows_of(model: ShippedSpanModel | TransformersSpanModel) -> list[Window]:
    question, *texts = model.windower.tokenize([QUESTION, *TEXTS])
    return [window for text in texts for window in model.windower.windows(question, text)]


def test_the_model_marks_the_words_that_answer(shipped: ShippedSpanModel) -> None:
    window = windows_of(shipped)[0]
    (best,) = decode_text([window], shipped.logits([window]), count=1)
    assert best.span.of(TEXTS[0]).startswith("412 million")
    assert best.margin > 0


def test_a_window_is_read_the_same_alone_and_among_others(shipped: ShippedSpanModel) -> None:
    windows = windows_of(shipped)
    together = shipped.logits(windows * 3)
    for window, (start, end) in zip(windows * 3, together, strict=True):
        (alone,) = shipped.logits([window])
        assert start.shape == end.shape == (len(window),)
        # To the last bit: what is found does not depend on what else is read.
        assert np.array_equal(alone[0], start)
        assert np.array_equal(alone[1], end)


def test_a_reading_that_is_broken_off_leaves_the_model_usable(
    shipped: ShippedSpanModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = windows_of(shipped) * 3
    expected = shipped.logits(windows)
    made = iter(range(len(windows)))

    def padded_once(parts: Sequence[Window]) -> tuple[Integers, Integers, Integers]:
        if next(made) == 2:
            raise KeyboardInterrupt
        return padded(parts)

    with monkeypatch.context() as patched:
        patched.setattr("qa.span_model.padded", padded_once)
        with pytest.raises(KeyboardInterrupt):
            shipped.logits(windows)
    for (start, _), (same, _) in zip(shipped.logits(windows), expected, strict=True):
        assert np.array_equal(start, same)


def test_many_threads_read_at_once(shipped: ShippedSpanModel) -> None:
    windows = windows_of(shipped)
    expected = shipped.logits(windows)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: shipped.logits(windows), range(12)):
            for (start, end), (same_start, same_end) in zip(found, expected, strict=True):
                assert np.allclose(start, same_start, atol=1e-4)
                assert np.allclose(end, same_end, atol=1e-4)


def test_nothing_to_read_gives_nothing(shipped: ShippedSpanModel) -> None:
    assert shipped.logits([]) == []


@pytest.mark.parametrize("name", ["reader.xml", "reader.bin"])
def test_a_flipped_byte_is_refused_before_it_is_parsed(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "weights")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(bytes(content))
    with pytest.raises(ModelError, match="damaged"):
        ShippedSpanModel(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "weights")
    (folder / "reader.bin").unlink()
    with pytest.raises(ModelNotFound, match=r"reader\.bin"):
        ShippedSpanModel(folder)
    with pytest.raises(ModelNotFound, match="holds no reader"):
        ShippedSpanModel(tmp_path)


@pytest.mark.parametrize("content", ["{", "{}", '{"name": "x"}'])
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ModelError, match="manifest"):
        ShippedSpanModel(tmp_path)


def test_openvino_does_not_call_its_maker() -> None:
    """On import it reports to its maker, from a fork, unless its telemetry package is hidden."""
    code = (
        "import socket, os\n"
        "from qa.span_model import ShippedSpanModel\n"
        "def refuse(*_, **__): raise AssertionError('a connection')\n"
        "socket.socket.connect = refuse; os.fork = refuse\n"
        "ShippedSpanModel()\n"
        "import sys; print(sys.modules['openvino_telemetry'])\n"
        "print([m for m in sys.modules if m.startswith('openvino_telemetry.')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "[]"]


@pytest.mark.parametrize("field", ["embeddings", "tokenizer_sha256"])
def test_another_encoders_words_are_refused(tmp_path: Path, field: str) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "weights")
    manifest = json.loads((folder / "manifest.json").read_text())
    if field == "embeddings":
        manifest["embeddings"]["sha256"] = "0" * 64
    else:
        manifest[field] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError):
        ShippedSpanModel(folder)


def test_the_weights_that_ship_are_small_and_hold_no_pickle() -> None:
    files = {file.name: file.stat().st_size for file in SHIPPED.iterdir()}
    assert set(files) == {"reader.xml", "reader.bin", "manifest.json", "README.md"}
    assert sum(files.values()) <= 25_000_000


def test_an_operators_own_model_reads_too(own_folder: Path) -> None:
    model = TransformersSpanModel(own_folder)
    windows = windows_of(model)
    for window, (start, _) in zip(windows, model.logits(windows), strict=True):
        (alone,) = model.logits([window])
        assert start.shape == (len(window),)
        assert np.allclose(alone[0], start, atol=1e-4)
    reader = SpanReader(model, plain_calibration())
    text = TEXTS[0]
    (first, *_) = reader.read(QUESTION, [passage(text, [Span(0, len(text))])])
    assert first.span.of(text) == first.span.of(text).strip() != ""


def test_a_model_folder_without_a_tokenizer_is_refused(own_folder: Path, tmp_path: Path) -> None:
    """Transformers would make up a tokenizer that knows no word, and every answer would be none."""
    folder = shutil.copytree(own_folder, tmp_path / "bare")
    for file in folder.glob("tokenizer*"):
        file.unlink()
    with pytest.raises(ModelNotFound, match="no tokenizer"):
        TransformersSpanModel(folder)


def test_a_model_that_was_never_trained_to_answer_is_refused() -> None:
    """Transformers would load it with random weights for the answer."""
    with pytest.raises(ModelError, match="never trained to answer"):
        TransformersSpanModel(load_encoder().folder)


def test_a_model_in_half_precision_is_read_in_float32(own_folder: Path, tmp_path: Path) -> None:
    import torch
    from transformers import BertForQuestionAnswering

    folder = shutil.copytree(own_folder, tmp_path / "half")
    half = BertForQuestionAnswering.from_pretrained(own_folder).to(torch.bfloat16)
    half.save_pretrained(folder)
    model = TransformersSpanModel(folder)
    assert model.logits(windows_of(model))[0][0].dtype == np.float32


def test_a_folder_with_another_kind_of_model_is_refused(own_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(own_folder, tmp_path / "other")
    (folder / "config.json").write_text('{"model_type": "spam"}')
    with pytest.raises(ModelNotFound, match="not a question answering model"):
        TransformersSpanModel(folder)


@given(st.lists(st.integers(1, 400), max_size=60))
def test_every_window_is_in_one_batch_of_bounded_size(lengths: list[int]) -> None:
    groups = batches(lengths, most_tokens=1024)
    assert sorted(place for group in groups for place in group) == list(range(len(lengths)))
    for group in groups:
        longest = max(lengths[place] for place in group)
        assert len(group) == 1 or len(group) * longest <= 1024
        assert min(lengths[place] for place in group) * 1.25 + 16 >= longest - 16
    ends = [max(lengths[place] for place in group) for group in groups]
    assert all(before <= after for before, after in pairwise(ends))


def test_padding_is_masked(shipped: ShippedSpanModel) -> None:
    windows = windows_of(shipped)
    ids, types, mask = padded(windows)
    assert ids.shape == types.shape == mask.shape
    assert mask.sum(axis=1).tolist() == [len(window) for window in windows]
    assert not ids[mask == 0].any()
