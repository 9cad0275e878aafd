"""A sentence-transformers model as its own library runs it: always works, and uses a GPU."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from corpus import ModelNotFound
from embeddings.adapter import adapt, read_adapter
from embeddings.models import ModelFiles, stay_quiet_and_offline
from embeddings.vectors import Encoded, Kind, Ranges, Vectors, part_vectors

_NVIDIA = (Path("/proc/driver/nvidia/version"), Path("/dev/kfd"))


class TorchModel:
    """Loads with its constructor, in seconds; imports torch. Safe to use from several threads."""

    runtime = "sentence-transformers"

    def __init__(self, files: ModelFiles) -> None:
        self.transformer = _load(files.folder)
        """The `SentenceTransformer`."""
        self._lock = threading.RLock()  # a tokenizer's padding and truncation are its state
        if files.adapter:
            adapt(self.transformer[0].auto_model, read_adapter(files.adapter))

    @cached_property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.transformer.get_embedding_dimension())

    @cached_property
    def window(self) -> int:
        """How many tokens the model reads, special tokens and prompt among them."""
        most = self.transformer.tokenizer.model_max_length
        return int(min(self.transformer.max_seq_length or 512, most))

    @cached_property
    def max_tokens(self) -> int:
        """The window less the special tokens and the longest prompt."""
        longest = max(self.count_tokens([p for p in self._prompts() if p]), default=0)
        special = int(self.transformer.tokenizer.num_special_tokens_to_add())
        return self.window - special - longest

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, without special tokens."""
        if not texts:
            return []
        with self._lock:
            encoded = self.transformer.tokenizer(
                list(texts), add_special_tokens=False, truncation=False, verbose=False,
                return_attention_mask=False, return_token_type_ids=False,
            )  # fmt: skip
        return [len(ids) for ids in encoded["input_ids"]]

    def encode(
        self, texts: Sequence[str], kind: Kind, parts: Sequence[Ranges] | None = None
    ) -> Encoded:
        """Encode texts, ``(n, dim)`` float32 unit rows in input order, and parts of them."""
        with self._lock:
            return self._encoded(texts, kind, parts)

    def _encoded(self, texts: Sequence[str], kind: Kind, parts: Sequence[Ranges] | None) -> Encoded:
        method = "encode_query" if kind == "question" else "encode_document"
        encode = getattr(self.transformer, method)
        vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        wanted = parts if self.gives_parts else None
        return Encoded(
            vectors=vectors,
            truncated=sum(count > self.max_tokens for count in self.count_tokens(texts)),
            parts=self._parts(texts, kind, wanted, vectors) if wanted else None,
        )

    def _parts(
        self, texts: Sequence[str], kind: Kind, parts: Sequence[Ranges], vectors: Vectors
    ) -> list[Vectors]:
        prompt = self.prompt(kind)
        prompted = [prompt + text for text in texts]
        states = self.transformer.encode(
            prompted, prompt="", output_value="token_embeddings", show_progress_bar=False
        )
        cut = self.transformer.tokenizer(
            prompted, truncation=True, max_length=self.window, return_offsets_mapping=True
        )
        return [
            part_vectors(
                state.float().cpu().numpy(),
                offsets,
                [(start + len(prompt), end + len(prompt)) for start, end in ranges],
                vector,
            )
            for state, offsets, ranges, vector in zip(
                states, cut["offset_mapping"], parts, vectors, strict=True
            )
        ]

    @cached_property
    def gives_parts(self) -> bool:
        """Whether a text's vector is the mean of its tokens' states, so that a part has one too."""
        names = [type(module).__name__ for module in self.transformer]
        if names[:2] != ["Transformer", "Pooling"] or set(names[2:]) - {"Normalize"}:
            return False
        fast = getattr(self.transformer.tokenizer, "is_fast", False)
        lowercase = getattr(self.transformer[0], "do_lower_case", False)
        pooling = self.transformer[1].get_config_dict()
        return bool(fast and not lowercase and _pools_by_mean(pooling))

    def prompt(self, kind: Kind) -> str:
        """Return what is put before a text of a kind."""
        prompts: dict[str, str] = self.transformer.prompts
        names = ("query",) if kind == "question" else ("document", "passage", "corpus")
        default = self.transformer.default_prompt_name
        named = next((name for name in names if prompts.get(name) is not None), default)
        return prompts.get(named, "") if named else ""

    def _prompts(self) -> list[str]:
        return list(self.transformer.prompts.values())


def sees_gpu() -> bool:
    """Say whether torch sees a GPU; torch is imported only where there may be one."""
    there = any(path.exists() for path in _NVIDIA)
    if not there or not find_spec("torch"):  # an installation that only serves
        return False
    import torch

    return torch.cuda.is_available()


def _load(folder: Path) -> Any:
    stay_quiet_and_offline()
    from huggingface_hub.utils.tqdm import disable_progress_bars
    from transformers.utils.logging import disable_progress_bar

    # Where these were imported before, by Gradio or the embedding app, the variables are late.
    disable_progress_bars()
    disable_progress_bar()
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelNotFound(f"{folder} is not a sentence-transformers model ({error})") from error


def _pools_by_mean(pooling: dict[str, Any]) -> bool:
    if "pooling_mode" in pooling:
        return bool(pooling["pooling_mode"] == "mean")
    modes = {name for name, on in pooling.items() if name.startswith("pooling_mode_") and on}
    return modes == {"pooling_mode_mean_tokens"}
