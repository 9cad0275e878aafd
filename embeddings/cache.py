"""Conversions of models: where they are kept, and how they come there, one process at a time."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from filelock import FileLock

from corpus import ModelError
from embeddings.models import ModelFiles
from embeddings.openvino_model import OpenVinoModel
from embeddings.processor import processor_name
from embeddings.vectors import Model

CACHE_VARIABLE = "PULLQUOTE_CACHE"
CONVERSION = "1"
"""Raise it when `embeddings.conversion` writes something else."""

STAGED = ".converting-"

log = logging.getLogger("embeddings.encoder")


def compiled_folder(files: ModelFiles) -> Path:
    """Return where a model's conversion for this kind of processor is kept.

    Below the user's cache, or the folder that the variable `PULLQUOTE_CACHE` names.
    """
    from platformdirs import user_cache_path

    root = os.environ.get(CACHE_VARIABLE)
    cache = Path(root) if root else user_cache_path("pullquote", appauthor=False)
    return cache / "encoders" / f"{files.fingerprint[:32]}-{CONVERSION}-{processor_name()}"


def kept_conversion(folder: Path) -> OpenVinoModel | None:
    """Return the conversion in a folder; None if there is none that can be used."""
    try:
        return OpenVinoModel(folder)
    except ModelError as error:
        log.debug("no conversion to use: %s", error)
        return None


def converted(files: ModelFiles, folder: Path) -> Model:
    """Convert a model and keep it; return the original where that cannot be."""
    from embeddings.torch_model import TorchModel

    unfit = folder.with_name(folder.name + ".unfit")  # says why, so that it is not tried again
    if unfit.exists():
        return TorchModel(files)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(folder.name + ".lock")):
            # Another process may just have done it.
            return kept_conversion(folder) or _converted(files, folder, unfit)
    except OSError as error:
        log.warning(
            "the converted model cannot be kept in %s (%s), so sentence-transformers runs it, more"
            " slowly; name a folder that can be written in %s", folder, error, CACHE_VARIABLE,
        )  # fmt: skip
        return TorchModel(files)


def _converted(files: ModelFiles, folder: Path, unfit: Path) -> Model:
    from embeddings.conversion import NotConvertible, convert
    from embeddings.torch_model import TorchModel

    log.info("making %s ready for this processor, once: some seconds", files.name)
    for left in (folder, *folder.parent.glob(f"{STAGED}*")):  # damaged, or cut short
        shutil.rmtree(left, ignore_errors=True)
    original = TorchModel(files)
    try:
        return convert(original, folder, source=files.fingerprint)
    except NotConvertible as error:
        log.info("sentence-transformers runs this model: %s", error)
        unfit.write_text(f"{error}\n", encoding="utf-8")
        return original
