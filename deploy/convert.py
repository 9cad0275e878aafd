"""Which conversions of the default encoder does an image hold? One for each kind of processor.

A conversion is kept by the kind of processor it was measured on, and an image does not know where
it will run. So the encoder is converted twice, into what is fastest here and into float32, which
runs everywhere, and each kind gets the one that suits it. Needs PyTorch, and writes to the folder
that the variable `PULLQUOTE_CACHE` names.
"""

from __future__ import annotations

import itertools
import logging
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from embeddings import load_encoder, processor
from embeddings.cache import compiled_folder
from embeddings.openvino_model import MANIFEST, WEIGHTS, Manifest

KINDS = ("amx_bf16", "avx2", "avx512_bf16", "avx512_vnni", "avx512f")
"""What `processor.processor_name` tells kinds apart by."""

FAST_WITH = {
    "float32": frozenset[str](),
    "bf16": frozenset({"amx_bf16", "avx512_bf16"}),
    "int8": frozenset({"amx_int8", "avx512_vnni", "avx_vnni"}),
}
"""For each precision the features of which one must be there; float32 asks for none."""

log = logging.getLogger("convert")


def convert_for_all() -> None:
    """Convert the default encoder for this processor and for any, and name both for all kinds."""
    own = processor.cpu_flags()
    best = _converted(own)
    anywhere = _converted(frozenset())
    _share_weights(best, anywhere)
    needed = FAST_WITH[_precision(best)]
    for flags in _kinds():
        folder = _folder(flags)
        if not folder.exists():
            chosen = best if flags & needed else anywhere
            folder.symlink_to(chosen.name)
    log.info("%s where it is fast, %s elsewhere", _precision(best), _precision(anywhere))


def _kinds() -> Iterator[frozenset[str]]:
    if platform.machine() in {"x86_64", "AMD64"}:  # elsewhere no features are told
        for number in range(len(KINDS) + 1):
            yield from map(frozenset, itertools.combinations(KINDS, number))


def _converted(flags: frozenset[str]) -> Path:
    """Convert as a processor with these features would, and return where."""
    folder = _folder(flags)
    load_encoder().encode_questions(["Is this model ready?"])
    if not folder.exists():
        raise SystemExit(f"the encoder was not converted: {folder} is missing")
    return folder


def _share_weights(one: Path, other: Path) -> None:
    """Keep the weights once where two precisions have the same: an image is large enough."""
    if one != other and (one / WEIGHTS).read_bytes() == (other / WEIGHTS).read_bytes():
        (other / WEIGHTS).unlink()
        (other / WEIGHTS).symlink_to(Path("..", one.name, WEIGHTS))


def _folder(flags: frozenset[str]) -> Path:
    processor.cpu_flags = lambda: flags
    return compiled_folder(load_encoder().files)


def _precision(folder: Path) -> str:
    return Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8")).precision.name


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    os.umask(0o022)
    convert_for_all()
