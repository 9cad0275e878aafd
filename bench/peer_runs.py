"""Running a peer in its own environment, with weights as folders of files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from bench.naive import shipped_reader
from embeddings import load_encoder
from embeddings.torch_model import TorchModel


def saved_weights(work: Path, model: str | None = None) -> None:
    """Write `work`/encoder and `work`/reader: the weights that ship, or another encoder's."""
    encoder = load_encoder(model)
    TorchModel(encoder.files).transformer.save(str(work / "encoder"))
    shipped_reader().save_pretrained(work / "reader")
    for part in ("tokenizer.json", "tokenizer_config.json"):
        (work / "reader" / part).write_bytes((encoder.folder / part).read_bytes())


def run_peer(peers: Path, peer: str, work: Path) -> None:
    """Run a peer's script in its environment; it reads `work`/task.json and writes beside it.

    Raises:
        CalledProcessError: it failed.
    """
    script = Path(__file__).parent / "peers" / f"{peer}_peer.py"
    subprocess.run(
        [peers / peer / "bin" / "python", script, str(work)],
        check=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": ""},
    )
