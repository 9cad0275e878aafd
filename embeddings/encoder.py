"""The Encoder seam, and the encoder that ships: any sentence-transformers model, offline.

A model is converted once, when it is first used, and kept; from then on it is run by OpenVINO and
torch is not imported. What cannot be converted is run by sentence-transformers. Making an encoder
costs only the hash of its files.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import numpy as np

from corpus import ModelError
from embeddings.cache import compiled_folder, converted, kept_conversion
from embeddings.models import DEFAULT_MODEL, ModelFiles, find_model
from embeddings.together import Together
from embeddings.vectors import Encoded, Kind, Model, Ranges, Vectors, are_unit_rows

QUESTIONS_CACHED = 1024

Runtime = Literal["auto", "sentence-transformers"]

log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into unit vectors; the same text always gives the same vector.

    Threads call it at the same time: indexing counts the tokens of one batch while another is
    encoded.
    """

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


@runtime_checkable
class PartsEncoder(Encoder, Protocol):
    """An encoder that can also tell what parts of a passage are about."""

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Ranges]
    ) -> tuple[Vectors, list[Vectors]]:
        """Encode passages, and parts of each in their context.

        Args:
            texts: As for `encode_passages`.
            parts: Of each text; half-open, in code points of it.

        Returns:
            What `encode_passages` does, and for each text ``(parts, dim)`` float32, unit rows;
            ``(0, dim)`` if the model cannot tell.
        """
        ...


def load_encoder(model: str | None = None, *, runtime: Runtime = "auto") -> ModelEncoder:
    """Return the encoder for a model by name or folder; None means the default model.

    Args:
        model: Nothing is downloaded: a name is looked up among the models that installed packages
            carry, then in the local Hugging Face cache.
        runtime: "auto" runs the model compiled, where that gives its vectors and there is no GPU.

    Raises:
        ModelNotFound: the model is not on this machine.
    """
    return ModelEncoder(find_model(model or DEFAULT_MODEL), runtime=runtime)


class ModelEncoder:
    """A sentence-transformers model, with its own prompts, pooling and normalisation.

    `truncated_inputs` counts texts that were longer than the model reads; passages are built to
    fit, so it stays 0 unless a caller encodes something else. Safe to use from several threads.
    """

    def __init__(self, files: ModelFiles, *, runtime: Runtime = "auto") -> None:
        self.files = files
        self.truncated_inputs = 0
        self._wanted = runtime
        self._lock = threading.Lock()
        self._together = Together(self._encode_questions)
        self._one_question = lru_cache(maxsize=QUESTIONS_CACHED)(self._encode_question)

    @property
    def name(self) -> str:
        """The model as it was asked for."""
        return self.files.name

    @property
    def folder(self) -> Path:
        """Where the model's files lie."""
        return self.files.folder

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files."""
        return self.files.fingerprint

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self.model.dim

    @property
    def max_tokens(self) -> int:
        """The model's window less its special tokens and its longest prompt."""
        return self.model.max_tokens

    @property
    def runtime(self) -> str:
        """What runs the model, for people; loads it."""
        return self.model.runtime

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the model's tokens of each text, without special tokens."""
        return self.model.count_tokens(texts) if texts else []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(n, dim)`` float32, unit rows, in input order."""
        return self._encode(texts, "passage")

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Ranges]
    ) -> tuple[Vectors, list[Vectors]]:
        """Encode passages, and parts of each in their context; see `PartsEncoder`."""
        if not texts:
            return self._encode(texts, "passage"), []
        encoded = self._encoded(texts, "passage", parts)
        none = np.zeros((0, self.dim), dtype=np.float32)
        return encoded.vectors, list(encoded.parts or [none] * len(texts))

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(n, dim)`` float32, unit rows, in input order.

        A single question is remembered: searching and reading ask for the same one. Single ones
        that threads ask at the same time are encoded together.
        """
        if len(texts) == 1:
            return self._one_question(texts[0])
        return self._encode_questions(texts)

    def forget_questions(self) -> None:
        """Forget the questions that were asked; the next ones are encoded anew."""
        self._one_question.cache_clear()

    def _encode_question(self, question: str) -> Vectors:
        vector = self._together(question)[None]
        vector.setflags(write=False)  # it is handed out again
        return vector

    def _encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "question")

    def _encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        return self._encoded(texts, kind).vectors

    def _encoded(
        self, texts: Sequence[str], kind: Kind, parts: Sequence[Ranges] | None = None
    ) -> Encoded:
        encoded = self.model.encode(texts, kind, parts)
        if encoded.truncated:
            self.truncated_inputs += encoded.truncated
            log.warning(
                "%d texts are longer than the %d tokens the model reads",
                encoded.truncated,
                self.max_tokens,
            )
        if not are_unit_rows(encoded.vectors):
            raise ModelError(
                f"{self.name} gave vectors that are not of unit length; use another model"
            )
        return encoded

    @property
    def model(self) -> Model:
        """The model, loaded by the first who asks for it."""
        with self._lock:
            return self._loaded_model

    @cached_property
    def _loaded_model(self) -> Model:
        from embeddings.torch_model import TorchModel, sees_gpu

        if self._wanted != "auto" or sees_gpu():
            return TorchModel(self.files)
        folder = compiled_folder(self.files)
        return kept_conversion(folder) or converted(self.files, folder)
