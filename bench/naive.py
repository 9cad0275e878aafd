"""Peer (a), the naive shape: sentence-transformers, `IndexFlatIP` and a `transformers` reader.

The very weights that ship, in float32, as the libraries run them by default.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import faiss
import torch
from transformers import BertForQuestionAnswering

from embeddings import Vectors, load_encoder
from qa.decode import decode_text
from qa.settings import Settings
from qa.span_model import SHIPPED, Logits, ShippedSpanModel, logits_in_batches, padded
from qa.windows import Integers, Window

READ = Settings().passages_to_read


def shipped_reader() -> BertForQuestionAnswering:
    """Return the reader that ships as a model of transformers."""
    from safetensors.numpy import load_file

    from training.export import VECTORS
    from training.restore import matrices, restore
    from training.span_reader import BUNDLED, load_model

    model = load_model(BUNDLED)
    restore(model, matrices(SHIPPED) | load_file(VECTORS))
    return model.eval()


class PeerModel:
    """A question answering model of transformers, in float32."""

    def __init__(self, model: Any) -> None:
        self._model = model.eval()

    def logits(self, windows: Sequence[Window]) -> list[Logits]:
        """Read windows in the same batches as the shipped model."""
        return logits_in_batches(windows, self.infer)

    def infer(self, ids: Integers, types: Integers, mask: Integers) -> Logits:
        """Read one batch."""
        ids_, types_, mask_ = (torch.from_numpy(values) for values in (ids, types, mask))
        with torch.inference_mode():
            output = self._model(input_ids=ids_, token_type_ids=types_, attention_mask=mask_)
        return output.start_logits.numpy(), output.end_logits.numpy()


class NaivePipeline:
    """What a weekend project does: encode, exact search, read the passages in one padded batch."""

    def __init__(self, model: ShippedSpanModel, peer: PeerModel) -> None:
        self.encoder = load_encoder(runtime="sentence-transformers")
        self._windower = model.windower
        self._peer = peer
        self._texts: list[str] = []
        self._index = faiss.IndexFlatIP(self.encoder.dim)

    def add(self, texts: Sequence[str], vectors: Vectors | None = None) -> Vectors:
        """Encode and index texts; with `vectors`, only index them. Return the vectors."""
        found = self.encoder.encode_passages(texts) if vectors is None else vectors
        self._index.add(found)
        self._texts += texts
        return found

    def ask(self, question: str) -> str:
        """Return the span with the largest margin."""
        _, found = self._index.search(self.encoder.encode_questions([question]), READ)
        texts = [self._texts[i] for i in found[0]]
        asked, *shown = self._windower.tokenize([question, *texts])
        windows = [self._windower.windows(asked, text)[0] for text in shown]
        starts, ends = self._peer.infer(*padded(windows))
        best = [
            (candidate.margin, candidate.span.of(text))
            for window, text, start, end in zip(windows, texts, starts, ends, strict=True)
            for candidate in decode_text([window], [(start, end)], count=1)
        ]
        return max(best)[1]
