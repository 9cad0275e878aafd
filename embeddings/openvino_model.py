"""A compiled model: a folder that `embeddings.conversion` wrote, run by OpenVINO without torch."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from tokenizers import Encoding, Tokenizer

from corpus import ModelError
from embeddings.batches import batches, padded_length
from embeddings.openvino_runtime import load_openvino
from embeddings.processor import available_cores
from embeddings.vectors import Encoded, Kind, Ranges, Vectors, part_vectors

_MANY = 2
"""So many batches for each core are worth a second compilation, which is kept."""

MANIFEST = "manifest.json"
GRAPH, WEIGHTS, TOKENIZER = "encoder.xml", "encoder.bin", "tokenizer.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How products are computed: the arithmetic, and whether weights are 8-bit integers.

    With 8-bit weights, activations are brought to 8 bits as well, `group` of them to a scale.
    """

    name: str
    arithmetic: str
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a compiled model needs to know of the one it was made from."""

    source: str
    precision: Precision
    cosine: float
    """Mean cosine to the vectors of the model it was made from, on texts of all lengths."""
    dim: int
    window: int
    max_tokens: int
    prompts: dict[str, str]
    inputs: tuple[str, ...]
    pad_id: int
    lowercase: bool
    gives_parts: bool
    """Whether the graph's second output is the tokens' states, whose mean is the text's vector."""
    sha256: dict[str, str]

    def to_json(self) -> str:
        """Return the text that `from_json` reads."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError, TypeError, KeyError: it did not.
        """
        fields = json.loads(text)
        return cls(**fields | {"precision": Precision(**fields["precision"])})


log = logging.getLogger(__name__)

Infer = Callable[[Sequence[Encoding]], Any]


class OpenVinoModel:
    """Safe to use from several threads.

    Raises:
        ModelError: a file is missing or not the one that the manifest names.
    """

    def __init__(self, folder: Path) -> None:
        manifest = _read_manifest(folder)
        contents = {name: _checked(folder / name, of) for name, of in manifest.sha256.items()}
        self.manifest = manifest
        self.dim = manifest.dim
        self.max_tokens = manifest.max_tokens
        self.runtime = f"OpenVINO {manifest.precision.name}"
        self._whole = _tokenizer(contents[TOKENIZER])
        self._cut = _tokenizer(contents[TOKENIZER])
        self._cut.enable_truncation(manifest.window)
        self._folder = folder
        try:
            self._compiled = compiled(contents[GRAPH], contents[WEIGHTS], manifest.precision)
        except RuntimeError as error:
            raise ModelError(f"{folder} cannot be compiled ({error})") from error
        self._requests = threading.local()
        self._lock = threading.Lock()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, without special tokens."""
        encodings = self._whole.encode_batch_fast(self._cased(texts), add_special_tokens=False)
        return [len(encoding) for encoding in encodings]

    def encode(
        self, texts: Sequence[str], kind: Kind, parts: Sequence[Ranges] | None = None
    ) -> Encoded:
        """Encode texts, ``(n, dim)`` float32 unit rows in input order, and parts of them."""
        prompt = self.manifest.prompts[kind]
        wanted = parts if self.manifest.gives_parts else None
        tokenize = self._cut.encode_batch if wanted else self._cut.encode_batch_fast
        rows = tokenize([prompt + text for text in self._cased(texts)])
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        found: dict[int, Vectors] = {}

        def encode_batch(infer: Infer, places: Sequence[int]) -> None:
            outputs = infer([rows[place] for place in places])
            vectors[places] = outputs[0]
            for number, place in enumerate(places):
                if wanted:
                    row = rows[place]
                    shifted = [(s + len(prompt), e + len(prompt)) for s, e in wanted[place]]
                    states = outputs[1][number, : len(row)]
                    found[place] = part_vectors(states, row.offsets, shifted, vectors[place])

        self._spread(encode_batch, batches([len(row) for row in rows]))
        return Encoded(
            vectors=vectors,
            truncated=sum(bool(row.overflowing) for row in rows),
            parts=[found[place] for place in range(len(texts))] if wanted else None,
        )

    def _cased(self, texts: Sequence[str]) -> list[str]:
        return [text.lower() for text in texts] if self.manifest.lowercase else list(texts)

    def _spread(
        self, encode_batch: Callable[[Infer, Sequence[int]], None], groups: Sequence[Sequence[int]]
    ) -> None:
        """Let all cores work on each batch or, where there are many, each core on its own."""
        cores = available_cores()
        if cores > 1 and len(groups) >= _MANY * cores:
            try:
                with self._lock:
                    side_by_side, threads = self._side_by_side
            except (ModelError, RuntimeError) as error:  # the folder was changed, for one
                log.debug("one batch at a time: %s", error)
            else:
                # Long ones first: none is left for one core while the others have nothing to do.
                list(threads.map(lambda at: encode_batch(side_by_side, at), reversed(groups)))
                return
        for places in groups:
            encode_batch(self._infer, places)

    @cached_property
    def _side_by_side(self) -> tuple[Infer, ThreadPoolExecutor]:
        """The model, compiled for a batch on each core, and a thread for each core."""
        graph, weights = (
            _checked(self._folder / name, self.manifest.sha256[name]) for name in (GRAPH, WEIGHTS)
        )
        cores = available_cores()
        many = compiled(graph, weights, self.manifest.precision, streams=cores)
        requests = threading.local()

        def infer(rows: Sequence[Encoding]) -> Any:
            if not hasattr(requests, "request"):
                requests.request = many.create_infer_request()
            return self._inferred(requests.request, rows)

        return infer, ThreadPoolExecutor(cores, thread_name_prefix="encoding")

    def _infer(self, rows: Sequence[Encoding]) -> Any:
        if not hasattr(self._requests, "request"):
            self._requests.request = self._compiled.create_infer_request()
        return self._inferred(self._requests.request, rows)

    def _inferred(self, request: Any, rows: Sequence[Encoding]) -> Any:
        """Return the graph's outputs, which the next call with this request overwrites."""
        longest = padded_length(max(len(row) for row in rows))
        shape = (len(rows), min(longest, self.manifest.window))  # there are no positions after it
        inputs = {
            "input_ids": np.full(shape, self.manifest.pad_id, dtype=np.int64),
            "attention_mask": np.zeros(shape, dtype=np.int64),
            "token_type_ids": np.zeros(shape, dtype=np.int64),
        }
        for number, row in enumerate(rows):
            inputs["input_ids"][number, : len(row)] = row.ids
            inputs["attention_mask"][number, : len(row)] = 1
            inputs["token_type_ids"][number, : len(row)] = row.type_ids
        wanted = {name: inputs[name] for name in self.manifest.inputs}
        return request.infer(wanted, share_inputs=True)


def compiled(graph: bytes, weights: bytes, precision: Precision, *, streams: int = 1) -> Any:
    """Compile a graph for all cores that may be used, shared by so many calls at a time."""
    openvino = load_openvino()
    core = openvino.Core()
    model = core.read_model(graph, openvino.Tensor(np.frombuffer(weights, dtype=np.uint8)))
    options: dict[str, Any] = {
        "NUM_STREAMS": streams,
        "INFERENCE_NUM_THREADS": available_cores(),
        "INFERENCE_PRECISION_HINT": precision.arithmetic,
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": precision.group,
    }
    return core.compile_model(model, "CPU", options)


def _tokenizer(content: bytes) -> Tokenizer:
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _read_manifest(folder: Path) -> Manifest:
    try:
        return Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{folder} holds no compiled model ({error})") from error


def _checked(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error})") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"{path} is damaged")
    return content
