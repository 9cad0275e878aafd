"""Where conversions are kept."""

from __future__ import annotations

import os
from pathlib import Path

from embeddings.models import ModelFiles
from embeddings.processor import processor_name

CACHE_VARIABLE = "PULLQUOTE_CACHE"
CONVERSION = "1"
"""Raise it when `embeddings.conversion` writes something else."""


def compiled_folder(files: ModelFiles) -> Path:
    """Return where a model's conversion for this kind of processor is kept.

    Below the user's cache, or the folder that the variable `PULLQUOTE_CACHE` names.
    """
    from platformdirs import user_cache_path

    root = os.environ.get(CACHE_VARIABLE)
    cache = Path(root) if root else user_cache_path("pullquote", appauthor=False)
    return cache / "encoders" / f"{files.fingerprint[:32]}-{CONVERSION}-{processor_name()}"
