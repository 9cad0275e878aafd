"""An operator's own reader: any folder that `AutoModelForQuestionAnswering` loads, run by torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import ModelError, ModelNotFound
from qa.span_model import Logits, logits_in_batches
from qa.windows import Integers, Window, Windower

_VOCABULARIES = ("tokenizer.json", "vocab.txt", "vocab.json", "spiece.model")
"""Without any of these a tokenizer would be made up, of no words."""


class TransformersSpanModel:
    """A question answering model in Hugging Face format, in float32.

    Raises:
        ModelNotFound: the folder is not there or holds no such model.
        ModelError: it was not trained for this, or its tokenizer gives no places in the text.
    """

    def __init__(self, folder: Path, *, max_tokens: int = 256, stride: int = 64) -> None:
        if not (folder / "config.json").exists():
            raise ModelNotFound(f"{folder} holds no reader (no config.json)")
        if not any((folder / name).exists() for name in _VOCABULARIES):
            raise ModelNotFound(f"{folder} holds no tokenizer (none of {', '.join(_VOCABULARIES)})")
        import torch
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                folder, local_files_only=True, trust_remote_code=False,
                dtype=torch.float32, output_loading_info=True,
            )  # fmt: skip
            tokenizer = AutoTokenizer.from_pretrained(
                folder, local_files_only=True, trust_remote_code=False
            )
        except (OSError, ValueError) as error:
            raise ModelNotFound(f"{folder} is not a question answering model ({error})") from error
        if any("qa_outputs" in name for name in report["missing_keys"]):
            raise ModelError(f"{folder} was never trained to answer: it has no weights for that")
        if not getattr(tokenizer, "is_fast", False):
            raise ModelError(f"the tokenizer of {folder} gives no offsets; it needs tokenizer.json")
        try:
            self.windower: Windower = Windower(
                tokenizer.backend_tokenizer, max_tokens=max_tokens, stride=stride
            )
        except ValueError as error:
            raise ModelError(f"the tokenizer of {folder} does not fit ({error})") from error
        self.name: str = folder.name
        self._pad = tokenizer.pad_token_id or 0
        self._takes_types = getattr(model.config, "type_vocab_size", 0) > 1
        self._model: Any = model.eval()

    def logits(self, windows: Sequence[Window]) -> list[Logits]:
        """Return start and end logits, ``(len(window),)`` each, in input order."""
        return logits_in_batches(windows, self._infer)

    def _infer(self, ids: Integers, types: Integers, mask: Integers) -> Logits:
        import torch

        shown = torch.from_numpy(mask)
        inputs = {
            "input_ids": torch.from_numpy(ids).masked_fill(shown == 0, self._pad),
            "attention_mask": shown,
        }
        if self._takes_types:
            inputs["token_type_ids"] = torch.from_numpy(types)
        with torch.inference_mode():
            output = self._model(**inputs)
        return output.start_logits.numpy(), output.end_logits.numpy()
