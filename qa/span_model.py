"""Windows to start and end logits: the SpanModel seam, and the model that ships, run by OpenVINO.

The shipped weights are the layers above the default encoder's word embeddings, which are taken from
the encoder's own package. What the manifest names is checked by SHA-256: the model and the
tokenizer before they are parsed, the embeddings once they are read. Weights are 8-bit integers;
where the CPU multiplies those (VNNI, AMX), activations are brought to 8 bits as well, group by
group; the rest is computed in bf16 where there are matrix units for it (AMX), else in float32.

Each window is computed by one core, and as many windows at once as there are cores: cores that
share a window wait for each other at every step, and the longer the busier the machine is.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus import ModelError, ModelNotFound
from embeddings import (
    LENGTH_STEP,
    available_cores,
    batches,
    has_bf16_matrix_units,
    load_openvino,
    padded_length,
)
from qa.windows import Integers, Window, Windower

Floats = NDArray[np.float32]
Logits = tuple[Floats, Floats]

SHIPPED = Path(__file__).parent / "weights" / "span"

_BATCH_TOKENS = 1024
"""Padded tokens in one pass: what fits the cores' caches; 2048 were 12 % slower, 3400 40 %."""

_GROUP = 32
"""Activations that share a scale: with 128 the reader is a tenth faster, and half a point worse."""

MANIFEST_KEYS = frozenset(
    {"name", "files", "embeddings", "tokenizer_sha256", "max_tokens", "stride"}
)


class SpanModel(Protocol):
    """Says of each token of a window how well an answer starts and ends there."""

    name: str
    windower: Windower

    def logits(self, windows: Sequence[Window]) -> list[Logits]:
        """Return start and end logits, ``(len(window),)`` each, in input order."""
        ...


class ShippedSpanModel:
    """The model in a folder that `training.export` wrote. Safe to use from several threads.

    Raises:
        ModelNotFound: a file, or the package with the word embeddings, is missing.
        ModelError: a file is not the one that the folder's manifest names.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        manifest = _read_manifest(folder)
        package = _package_folder(manifest["embeddings"]["package"])
        tokenizer = _checked(package / "tokenizer.json", manifest["tokenizer_sha256"])
        self.name: str = manifest["name"]
        self.sha256: str = manifest["files"]["reader.bin"]
        self.windower: Windower = Windower(
            Tokenizer.from_str(tokenizer.decode()),
            max_tokens=manifest["max_tokens"],
            stride=manifest["stride"],
        )
        self._embeddings = _word_embeddings(package, manifest["embeddings"])
        self._at_once = available_cores()
        self._compiled = _compile(folder, manifest["files"], self._at_once)
        self._requests = threading.local()

    def logits(self, windows: Sequence[Window]) -> list[Logits]:
        """Return start and end logits, ``(len(window),)`` each, in input order."""
        found: dict[int, Logits] = {}
        at_work: deque[tuple[int, Any]] = deque()
        free = list(self._own_requests())

        def finish_oldest() -> None:
            place, request = at_work.popleft()
            request.wait()
            length = len(windows[place])
            # The request's next run overwrites what it returns.
            starts, ends = (request.get_output_tensor(i).data[0, :length].copy() for i in (0, 1))
            found[place] = starts, ends
            free.append(request)

        # The longest first, so that no core is left alone with one in the end.
        places = sorted(range(len(windows)), key=lambda place: -len(windows[place]))
        try:
            for place in places:
                if not free:
                    finish_oldest()
                request = free.pop()
                ids, types, mask = padded([windows[place]])
                request.start_async([self._embeddings[ids], types, mask])
                at_work.append((place, request))
        finally:
            while at_work:
                finish_oldest()
        return [found[place] for place in range(len(windows))]

    def _own_requests(self) -> list[Any]:
        """Return this thread's requests: one can be run by one thread at a time."""
        if not hasattr(self._requests, "all"):
            create = self._compiled.create_infer_request
            self._requests.all = [create() for _ in range(self._at_once)]
        own: list[Any] = self._requests.all
        return own


def logits_in_batches(
    windows: Sequence[Window], infer: Callable[[Integers, Integers, Integers], Logits]
) -> list[Logits]:
    """Read windows batch by batch; return each one's own logits, in input order.

    Args:
        windows: Of any lengths.
        infer: Token ids, types and mask of a batch to its logits, ``(windows, longest)`` each. What
            it returns may be overwritten by its next call.
    """
    found: dict[int, Logits] = {}
    lengths = [len(window) for window in windows]
    for places in batches(lengths, most_tokens=_BATCH_TOKENS):
        starts, ends = infer(*padded([windows[place] for place in places]))
        for row, place in enumerate(places):
            length = len(windows[place])
            found[place] = starts[row, :length].copy(), ends[row, :length].copy()
    return [found[place] for place in range(len(windows))]


def padded(
    windows: Sequence[Window], *, step: int = LENGTH_STEP
) -> tuple[Integers, Integers, Integers]:
    """Return token ids, types and mask, ``(windows, longest)`` each, longest a multiple of step."""
    longest = padded_length(max(len(window) for window in windows), step)
    ids, types, mask = (np.zeros((len(windows), longest), dtype=np.int64) for _ in range(3))
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window.input_ids
        types[row, : len(window)] = window.type_ids
        mask[row, : len(window)] = 1
    return ids, types, mask


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ModelNotFound(f"{folder} holds no reader; reinstall pullquote") from None
    except ValueError:
        raise ModelError(f"{path} is damaged; reinstall pullquote") from None
    if not manifest.keys() >= MANIFEST_KEYS:
        raise ModelError(f"{path} is incomplete; reinstall pullquote")
    return manifest


def _package_folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if not found or not found.origin:
        raise ModelNotFound(f"the package {package} is missing; reinstall pullquote")
    return Path(found.origin).parent / "model"


def _checked(path: Path, sha256: str) -> bytes:
    """Return a file's bytes, which nobody has changed."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelNotFound(f"{path} cannot be read ({error}); reinstall pullquote") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"{path} is damaged or was changed; reinstall pullquote")
    return content


def _word_embeddings(package: Path, wanted: dict[str, str]) -> Floats:
    """Return the encoder's word embeddings, ``(vocabulary, width)`` float32."""
    from safetensors import SafetensorError, safe_open

    path = package / "model.safetensors"
    try:
        with safe_open(str(path), framework="numpy") as weights:
            table: Floats = weights.get_tensor(wanted["tensor"])
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be read ({error}); reinstall pullquote") from None
    if hashlib.sha256(np.ascontiguousarray(table).data).hexdigest() != wanted["sha256"]:
        raise ModelError(f"{path} holds other weights than the reader was trained with")
    return table


def _compile(folder: Path, files: dict[str, str], cores: int) -> Any:
    openvino = load_openvino()
    xml, weights = (_checked(folder / name, files[name]) for name in ("reader.xml", "reader.bin"))
    core = openvino.Core()
    model = core.read_model(xml, openvino.Tensor(np.frombuffer(weights, dtype=np.uint8)))
    return core.compile_model(
        model,
        "CPU",
        {
            "NUM_STREAMS": cores,
            "INFERENCE_NUM_THREADS": cores,
            "INFERENCE_PRECISION_HINT": "bf16" if has_bf16_matrix_units() else "f32",
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": _GROUP,
        },
    )
