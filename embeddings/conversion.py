"""A sentence-transformers model to a compiled one, if that gives the same vectors and is faster.

The whole model is converted, pooling and all, and then compared with the original on texts of all
lengths, in every precision that this processor computes fast. The fastest one whose vectors are the
original's is taken; where none is, there is no compiled model and the original goes on.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus import ModelError
from embeddings.cache import STAGED
from embeddings.openvino_model import (
    GRAPH,
    MANIFEST,
    TOKENIZER,
    WEIGHTS,
    Manifest,
    OpenVinoModel,
    Precision,
)
from embeddings.openvino_runtime import load_openvino
from embeddings.probe_texts import probe_texts
from embeddings.processor import multiplies_bf16, multiplies_int8
from embeddings.torch_model import TorchModel
from embeddings.vectors import Kind, Vectors

LEAST_COSINE = 0.999
"""Mean cosine to the original's vectors below which a precision is not taken."""

SLOWER = 1.25
"""Among precisions of about the same speed the most faithful one is taken."""

_TIMES = 3

_MODULES = {"Transformer", "Pooling", "Dense", "Normalize", "LayerNorm"}
_KINDS: tuple[Kind, ...] = ("passage", "question")

log = logging.getLogger(__name__)


class NotConvertible(Exception):
    """The original has to run this model; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    model: OpenVinoModel
    folder: Path
    cosine: float
    seconds: float


def convert(original: TorchModel, folder: Path, *, source: str) -> OpenVinoModel:
    """Convert a model, keep the best precision in `folder` and return it, ready to use.

    Args:
        original: What to convert.
        folder: Made by this; it appears with everything in it or not at all.
        source: Names the original's weights in the manifest.

    Raises:
        NotConvertible: the model has parts that cannot be converted, or its vectors change.
        OSError: the folder cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=STAGED) as staged:
        trials = list(_trials(original, Path(staged), source))
        faithful = [trial for trial in trials if trial.cosine >= LEAST_COSINE]
        if not faithful:
            nearest = max((trial.cosine for trial in trials), default=0.0)
            raise NotConvertible(f"its vectors change: cosine {nearest:.4f}")
        fast = SLOWER * min(trial.seconds for trial in faithful)
        best = max((t for t in faithful if t.seconds <= fast), key=lambda trial: trial.cosine)
        manifest = replace(best.model.manifest, cosine=round(best.cosine, 6))
        (best.folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        best.folder.rename(folder)
    return OpenVinoModel(folder)


def _trials(original: TorchModel, staged: Path, source: str) -> Iterator[_Trial]:
    """Convert in every precision that may be fast here, and measure."""
    _check_convertible(original)
    texts = probe_texts(original.max_tokens)
    wanted = [original.encode(texts, kind).vectors for kind in _KINDS]
    graph = _graph(original)
    for number, precision in enumerate(_precisions()):
        part = staged / str(number)
        try:
            _write(original, graph, part, precision, source)
            model = OpenVinoModel(part)
            given = [model.encode(texts, kind).vectors for kind in _KINDS]
            seconds = min(_seconds(model, texts) for _ in range(_TIMES))
        except (RuntimeError, ModelError) as error:  # whatever OpenVINO cannot do with this model
            log.info("%s cannot be run in %s: %s", source, precision.name, error)
            continue
        trial = _Trial(model=model, folder=part, cosine=_cosine(given, wanted), seconds=seconds)
        log.info("%s: cosine %.5f, %.2f s", model.runtime, trial.cosine, trial.seconds)
        yield trial


def _seconds(model: OpenVinoModel, texts: list[str]) -> float:
    began = time.perf_counter()
    model.encode(texts, "passage")
    return time.perf_counter() - began


def _precisions() -> Iterator[Precision]:
    yield Precision(name="float32", arithmetic="f32")
    if multiplies_bf16():
        yield Precision(name="bf16", arithmetic="bf16")
    if multiplies_int8():
        yield Precision(name="int8", arithmetic="f32", group=32)


def _cosine(given: list[Vectors], wanted: list[Vectors]) -> float:
    """Return the mean cosine of rows; 0 where they are not comparable."""
    if any(
        g.shape != w.shape or not np.isfinite(g).all() for g, w in zip(given, wanted, strict=True)
    ):
        return 0.0
    return float(np.mean([(g * w).sum(axis=1) for g, w in zip(given, wanted, strict=True)]))


def _graph(original: TorchModel) -> Any:
    """Return the model, from token ids to unit vectors, as an OpenVINO graph."""
    import torch

    with_states = original.gives_parts

    class Whole(torch.nn.Module):
        def __init__(self, transformer: Any) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor | None = None,
        ) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if token_type_ids is not None:
                features["token_type_ids"] = token_type_ids
            given = self.transformer(features)
            vectors = torch.nn.functional.normalize(given["sentence_embedding"], dim=1)
            return (vectors, given["token_embeddings"]) if with_states else vectors

    ids = torch.tensor(
        original.transformer.tokenizer(["a short text", "another"], padding=True)["input_ids"]
    )
    example = {name: torch.zeros_like(ids) for name in _inputs(original)}
    example |= {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    try:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tracing warns of every branch it takes
            return load_openvino().convert_model(
                Whole(original.transformer).eval(), example_input=example
            )
    except Exception as error:  # whatever a stranger's model makes of being traced
        raise NotConvertible(f"it cannot be traced: {error}") from error


def _check_convertible(original: TorchModel) -> None:
    transformer = original.transformer
    others = {type(module).__name__ for module in transformer} - _MODULES
    if others:
        raise NotConvertible(f"it has modules that are not known: {', '.join(sorted(others))}")
    tokenizer = transformer.tokenizer
    if not getattr(tokenizer, "is_fast", False) or tokenizer.padding_side != "right":
        raise NotConvertible("its tokenizer is not one of the `tokenizers` library, padding right")


def _inputs(original: TorchModel) -> tuple[str, ...]:
    known = ("input_ids", "attention_mask", "token_type_ids")
    return tuple(n for n in known if n in original.transformer.tokenizer.model_input_names)


def _write(
    original: TorchModel, graph: Any, folder: Path, precision: Precision, source: str
) -> None:
    folder.mkdir()
    written = _with_8_bit_weights(graph) if precision.group else graph
    load_openvino().save_model(written, folder / GRAPH, compress_to_fp16=True)
    tokenizer = original.transformer.tokenizer
    (folder / TOKENIZER).write_text(tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    files = (GRAPH, WEIGHTS, TOKENIZER)
    manifest = Manifest(
        source=source,
        precision=precision,
        cosine=0.0,
        dim=original.dim,
        window=original.window,
        max_tokens=original.max_tokens,
        prompts={kind: original.prompt(kind) for kind in _KINDS},
        inputs=_inputs(original),
        pad_id=tokenizer.pad_token_id or 0,
        gives_parts=original.gives_parts,
        lowercase=bool(getattr(original.transformer[0], "do_lower_case", False)),
        sha256={name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
    )
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")


def _with_8_bit_weights(graph: Any) -> Any:
    """Return a graph whose matrices are 8-bit integers, with a scale for each output."""
    from openvino import opset13 as ops

    changed = graph.clone()
    for product in changed.get_ordered_ops():
        if product.get_type_name() != "MatMul":
            continue
        source = product.input(1).get_source_output()
        matrix = source.get_node()
        if matrix.get_type_name() != "Constant" or len(source.get_shape()) != 2:
            continue
        weights = np.asarray(matrix.data, dtype=np.float32)
        axis = 1 if product.get_attributes()["transpose_b"] else 0
        scale = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), 1e-8) / 127
        rounded = ops.constant(np.rint(weights / scale).astype(np.int8))
        restored = ops.multiply(ops.convert(rounded, "f32"), ops.constant(scale))
        product.input(1).replace_source_output(restored.output(0))
    changed.validate_nodes_and_infer_types()
    return changed
