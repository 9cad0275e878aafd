"""The encoder that ships: converted once, the same vectors, without torch from then on."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus import split_sentences
from corpus.sample import SAMPLE_ARTICLES
from embeddings import DEFAULT_MODEL, ModelEncoder, are_unit_rows, load_encoder
from embeddings.cache import CACHE_VARIABLE, compiled_folder
from embeddings.openvino_model import MANIFEST, WEIGHTS

TEXTS = [
    "Who paid for it?",
    "The tidal barrier at Port Hallam cost 612 million crowns. It was closed on 30 March.",
    "港の防潮堤は三月に閉鎖される。 🌊 Größere Überschwemmungen",
    " ".join(
        path.read_text(encoding="utf-8")[:900] for path in sorted(SAMPLE_ARTICLES.glob("*.md"))[:1]
    ),
]


@pytest.fixture(scope="module")
def compiled() -> ModelEncoder:
    return load_encoder()


@pytest.fixture(scope="module")
def original() -> ModelEncoder:
    return load_encoder(runtime="sentence-transformers")


def test_the_compiled_model_gives_the_originals_vectors(
    compiled: ModelEncoder, original: ModelEncoder
) -> None:
    assert compiled.runtime.startswith("OpenVINO ")
    assert original.runtime == "sentence-transformers"
    for ours, theirs in (
        (compiled.encode_passages(TEXTS), original.encode_passages(TEXTS)),
        (compiled.encode_questions(TEXTS), original.encode_questions(TEXTS)),
    ):
        assert ours.shape == theirs.shape == (4, 384)
        assert (ours * theirs).sum(axis=1) == pytest.approx(1, abs=3e-3)
        assert (ours * theirs).sum(axis=1).mean() >= 0.999


def test_both_count_tokens_alike_and_read_as_many(
    compiled: ModelEncoder, original: ModelEncoder
) -> None:
    assert compiled.count_tokens(TEXTS) == original.count_tokens(TEXTS)
    assert compiled.max_tokens == original.max_tokens == 254
    assert compiled.fingerprint == original.fingerprint


def test_both_tell_what_sentences_are_about(compiled: ModelEncoder, original: ModelEncoder) -> None:
    parts = [[(span.start, span.end) for span in split_sentences(text)] for text in TEXTS]
    whole, of_sentences = compiled.encode_parts(TEXTS, parts)
    _, expected = original.encode_parts(TEXTS, parts)
    assert np.allclose(whole, compiled.encode_passages(TEXTS), atol=1e-6)
    for ours, theirs, ranges in zip(of_sentences, expected, parts, strict=True):
        assert ours.shape == (len(ranges), 384)
        assert are_unit_rows(ours)
        assert (ours * theirs).sum(axis=1) == pytest.approx(1, abs=1e-2)


def test_the_sentence_that_answers_is_nearer_than_its_neighbours(compiled: ModelEncoder) -> None:
    text = "The mayor opened the fair. Entry costs four crowns. It rained until noon."
    spans = [(s.start, s.end) for s in split_sentences(text)]
    _, (sentences,) = compiled.encode_parts([text], [spans])
    (question,) = compiled.encode_questions(["How much does it cost to get in?"])
    assert int(np.argmax(sentences @ question)) == 1


def test_a_part_without_a_token_has_the_texts_vector(compiled: ModelEncoder) -> None:
    whole, (parts,) = compiled.encode_parts(["Rain.   "], [[(0, 5), (6, 8)]])
    assert np.allclose(parts[1], whole[0], atol=1e-5)


def test_a_vector_does_not_depend_on_its_batch(compiled: ModelEncoder) -> None:
    together = compiled.encode_passages(TEXTS * 20)
    for number, text in enumerate(TEXTS):
        (alone,) = compiled.encode_passages([text])
        assert (together[number::4] @ alone).min() > 0.9999


def test_a_text_that_is_too_long_is_counted_and_its_beginning_read(compiled: ModelEncoder) -> None:
    before = compiled.truncated_inputs
    long = "harbour " * 400
    vector = compiled.encode_passages([long])
    assert compiled.truncated_inputs == before + 1
    assert vector @ compiled.encode_passages(["harbour " * 250])[0] > 0.99


def test_no_text_gives_no_vector(compiled: ModelEncoder) -> None:
    assert compiled.encode_passages([]).shape == (0, 384)
    assert compiled.encode_questions([]).shape == (0, 384)
    assert compiled.encode_parts([], [])[1] == []
    assert compiled.count_tokens([]) == []


def test_a_question_is_remembered_and_cannot_be_changed(compiled: ModelEncoder) -> None:
    first = compiled.encode_questions(["Who paid for it?"])
    assert compiled.encode_questions(["Who paid for it?"]) is first
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 1


def test_torch_is_not_imported_once_a_model_is_converted(compiled: ModelEncoder) -> None:
    assert compiled.dim
    code = (
        "import sys; from embeddings import load_encoder;"
        "print(load_encoder().encode_questions(['Who?']).shape, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "(1, 384) False\n"


@pytest.mark.parametrize("damage", ["missing", "truncated", "other", "manifest"])
def test_a_damaged_conversion_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_model: Path, damage: str
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    first = load_encoder(str(small_model))
    vectors = first.encode_passages(TEXTS)
    folder = compiled_folder(first.files)
    weights = folder / WEIGHTS
    if damage == "missing":
        weights.unlink()
    elif damage == "truncated":
        weights.write_bytes(weights.read_bytes()[:-100])
    elif damage == "other":
        weights.write_bytes(bytes(len(weights.read_bytes())))
    else:
        (folder / MANIFEST).write_text("{}")
    again = load_encoder(str(small_model))
    assert (again.encode_passages(TEXTS) * vectors).sum(axis=1).min() > 0.995
    assert again.runtime.startswith("OpenVINO ")
    assert json.loads((folder / MANIFEST).read_text())["dim"] == again.dim
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == [folder.name]


def test_a_cache_that_cannot_be_written_costs_speed_only(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_model: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file"))
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder(str(small_model))
        assert encoder.runtime == "sentence-transformers"
    assert are_unit_rows(encoder.encode_passages(TEXTS))
    assert CACHE_VARIABLE in caplog.text


def test_a_model_with_prompts_a_projection_and_another_pooling_is_compiled_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_model: Path
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    ours = load_encoder(str(small_model))
    theirs = load_encoder(str(small_model), runtime="sentence-transformers")
    assert ours.runtime.startswith("OpenVINO ")
    assert (ours.dim, ours.max_tokens) == (theirs.dim, theirs.max_tokens)
    for method in ("encode_passages", "encode_questions"):
        mine, its = getattr(ours, method)(TEXTS), getattr(theirs, method)(TEXTS)
        assert mine.shape == (4, 24)
        assert (mine * its).sum(axis=1) == pytest.approx(1, abs=3e-3)
    assert not np.allclose(ours.encode_passages(TEXTS), ours.encode_questions(TEXTS), atol=0.01)
    none = ours.encode_parts(TEXTS[:1], [[(0, 3)]])[1]
    assert [rows.shape for rows in none] == [(0, 24)]


@pytest.fixture
def refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_model: Path,
    caplog: pytest.LogCaptureFixture,
) -> Path:
    """Try to convert a model whose vectors are never near enough; return the cache."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    with monkeypatch.context() as patch, caplog.at_level(logging.INFO):
        patch.setattr("embeddings.conversion.LEAST_COSINE", 1.1)
        assert load_encoder(str(small_model)).runtime == "sentence-transformers"
    return tmp_path / "cache"


def test_a_model_whose_vectors_change_is_left_to_its_own_library(
    refused: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said = "\n".join(record.getMessage() for record in caplog.get_records("setup"))
    assert "its vectors change: cosine 0.9" in said or "cosine 1.0" in said
    left = (refused / "encoders").iterdir()
    assert not [path for path in left if path.is_dir()]


@pytest.mark.usefixtures("refused")
def test_a_model_that_is_left_to_its_own_library_is_not_tried_again(
    small_model: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="embeddings"):
        assert load_encoder(str(small_model)).runtime == "sentence-transformers"
    assert "ready for this processor" not in caplog.text


def test_what_openvino_cannot_run_is_left_to_its_own_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_model: Path
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no such operation")

    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr("embeddings.conversion._write", fails)
    assert load_encoder(str(small_model)).runtime == "sentence-transformers"


def test_a_conversion_that_went_away_costs_speed_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    encoder = load_encoder()
    texts = [f"Ship {number} sank off port {number % 7}. " * 20 for number in range(60)]
    before = encoder.encode_passages(texts[:1])
    shutil.rmtree(tmp_path / "cache")
    vectors = encoder.encode_passages(texts)
    assert vectors[:1] @ before[0] == pytest.approx([1], abs=1e-4)


def test_a_model_run_by_torch_counts_tokens_while_it_encodes(original: ModelEncoder) -> None:
    texts = [f"Ship {number} sank off port {number % 7}. " * 8 for number in range(16)]
    counts = original.count_tokens(texts)
    vectors = original.encode_passages(texts)
    with ThreadPoolExecutor(3) as threads:
        encoding = [threads.submit(original.encode_passages, texts) for _ in range(2)]
        while not all(one.done() for one in encoding):
            assert original.count_tokens(texts) == counts
        for one in encoding:
            assert np.allclose(one.result(), vectors, atol=1e-5)


def test_the_adapter_is_part_of_the_fingerprint() -> None:
    base = load_encoder("all-MiniLM-L6-v2")
    assert base.folder == load_encoder(DEFAULT_MODEL).folder
    assert base.fingerprint != load_encoder(DEFAULT_MODEL).fingerprint


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of random weights: pools the first token, projects to 24, has prompts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = tmp_path_factory.mktemp("models")
    bert = BertModel(
        BertConfig(
            hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
            max_position_embeddings=64, initializer_range=0.3,
        )
    )  # fmt: skip
    bert.save_pretrained(folder / "bert")
    AutoTokenizer.from_pretrained(load_encoder().folder).save_pretrained(folder / "bert")
    model = SentenceTransformer(
        modules=[
            Transformer(str(folder / "bert"), max_seq_length=48),
            Pooling(32, pooling_mode="cls"),
            Dense(in_features=32, out_features=24),
        ],
        prompts={"query": "question: ", "document": "passage: "},
        device="cpu",
    )
    model.save(str(folder / "small"))
    return folder / "small"
