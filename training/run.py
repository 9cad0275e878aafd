"""One training run: a model, its optimiser, its place in the plan, its checkpoints."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from transformers import BertForQuestionAnswering

from qa.span_model import padded
from qa.windows import Windower
from training.masters import rate, step
from training.reader_data import Corpus, Example, batches

CHECKPOINT = "checkpoint.pt"

log = logging.getLogger("training")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that decides a run, written beside its result."""

    data: Sequence[str]
    start: str
    seed: int
    batch_size: int
    learning_rate: float
    warmup: float
    weight_decay: float
    passes: float
    minutes: float | None
    corrupt: float
    wordnet: bool
    crops: tuple[tuple[float, int], ...]
    precision: str
    shared: float


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a run is; kept in its checkpoint."""

    step: int = 0
    examples: int = 0
    done: float = 0.0
    """Share of the run, 0 to 1."""
    seconds: float = 0.0


class Run:
    """A model in training: its optimiser, its place in the plan, its checkpoints."""

    def __init__(self, plan: Plan, model: BertForQuestionAnswering, out: Path) -> None:
        self.plan = plan
        self.out = out
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.dtype = torch.bfloat16 if plan.precision == "bf16" else torch.float32
        self.progress = Progress()
        self.learnt = [p for p in model.parameters() if p.requires_grad]
        self.masters = [p.detach().float().clone().to(self.device) for p in self.learnt]
        self._frozen = {
            name: parameter.detach().clone()
            for name, parameter in model.named_parameters()
            if not parameter.requires_grad
        }
        self.model = model.to(self.device, self.dtype).train()
        groups: list[dict[str, Any]] = [
            {"params": [m for m in self.masters if m.dim() > 1], "weight_decay": plan.weight_decay},
            {"params": [m for m in self.masters if m.dim() <= 1]},
        ]
        self.optimizer = torch.optim.AdamW(
            groups,
            lr=plan.learning_rate,
            betas=(0.9, 0.98),
            weight_decay=0.0,
            fused=True,
        )

    def train(self, corpus: Corpus, windower: Windower, *, checkpoint_seconds: float) -> None:
        """Train to the end of the plan."""
        saved = reported = time.monotonic()
        losses: list[float] = []
        a_pass = sum(row.share * (1 + bool(row.rivals)) for row in corpus.rows)
        total = self.plan.passes * a_pass
        for batch in self._batches(corpus, windower):
            began = time.monotonic()
            losses.append(self._step(batch))
            now = time.monotonic()
            progress = self.progress
            progress.step += 1
            progress.examples += len(batch)
            progress.seconds += now - began
            progress.done = min(1.0, self._share_done(total))
            if now - reported > 60:
                log.info(
                    "step %d · %.1f %% · %d examples · %.1f/s · loss %.3f",
                    progress.step,
                    100 * progress.done,
                    progress.examples,
                    progress.examples / progress.seconds,
                    np.mean(losses),
                )
                reported, losses = now, []
            if now - saved > checkpoint_seconds:
                self.save()
                saved = now
            if progress.done >= 1.0:
                break
        self.save()

    def _share_done(self, total: float) -> float:
        if self.plan.minutes:
            return self.progress.seconds / (60 * self.plan.minutes)
        return self.progress.examples / total

    def _batches(self, corpus: Corpus, windower: Windower) -> Iterator[list[Example]]:
        """Yield batches without end; a resumed run begins a pass of its own."""
        rng = random.Random(self.plan.seed + self.progress.step)
        while True:
            crop = self._crop()
            stream = batches(
                corpus, windower, rng, batch_size=self.plan.batch_size, crop_tokens=crop
            )
            for batch in stream:
                yield batch
                if self._crop() != crop:
                    break

    def _crop(self) -> int:
        return next(
            (tokens for until, tokens in self.plan.crops if self.progress.done < until),
            self.plan.crops[-1][1],
        )

    def _step(self, batch: Sequence[Example]) -> float:
        inputs, starts, ends, asked = (_to(x, self.device) for x in _collate(batch))
        output = self.model(**inputs)
        text = inputs["token_type_ids"] == 1
        start, end = (
            _loss(logits.float(), gold, text, asked, self.plan.shared)
            for logits, gold in ((output.start_logits, starts), (output.end_logits, ends))
        )
        loss = (start + end) / 2
        loss.backward()  # type: ignore[no-untyped-call]
        self._update()
        return float(loss.detach())

    def _update(self) -> None:
        plan = self.plan
        now = rate(self.progress.done, peak=plan.learning_rate, warmup=plan.warmup)
        step(self.masters, self.learnt, self.optimizer, now)

    def finished(self) -> BertForQuestionAnswering:
        """Return the model in float32: what was learnt unrounded, what was frozen untouched."""
        self.model.float().cpu()
        with torch.no_grad():
            for master, parameter in zip(self.masters, self.learnt, strict=True):
                parameter.copy_(master)
            for name, parameter in self.model.named_parameters():
                if name in self._frozen:
                    parameter.copy_(self._frozen[name])
        return self.model

    def save(self) -> None:
        """Write the checkpoint; the old one stays until the new one is whole."""
        part = self.out / (CHECKPOINT + ".part")
        torch.save(
            {
                "masters": self.masters,
                "optimizer": self.optimizer.state_dict(),
                "progress": asdict(self.progress),
            },
            part,
        )
        part.replace(self.out / CHECKPOINT)

    def resume(self) -> None:
        """Go on from the checkpoint if there is one."""
        path = self.out / CHECKPOINT
        if not path.exists():
            return
        state = torch.load(path, map_location=self.device, weights_only=True)
        with torch.no_grad():
            for master, saved in zip(self.masters, state["masters"], strict=True):
                master.copy_(saved)
            for master, parameter in zip(self.masters, self.learnt, strict=True):
                parameter.copy_(master)
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])
        log.info("going on from %s", self.progress)


def _loss(logits: Tensor, gold: Tensor, text: Tensor, asked: Tensor, shared: float) -> Tensor:
    """Return the loss of one end of the span, mean over the batch.

    Each window by itself: its gold token against all others and against "not here". And with the
    weight `shared`, the windows of one question together: the gold token against the tokens of its
    rivals too, so that scores can be compared between passages (Clark and Gardner 2018).
    """
    legal = text.clone()
    legal[:, 0] = True
    alone = cross_entropy(logits.masked_fill(~legal, -1e4), gold)
    return alone + shared * shared_loss(logits.masked_fill(~text, -1e4), gold, asked)


def shared_loss(logits: Tensor, gold: Tensor, asked: Tensor) -> Tensor:
    """Return the mean negative log-likelihood of gold tokens among all windows of their questions.

    Args:
        logits: (windows, tokens), very low where a token is not of the text.
        gold: (windows,), the gold token; 0 in a window without an answer.
        asked: (windows,), which question a window belongs to.
    """
    totals = logits.logsumexp(dim=1)
    together = asked[:, None] == asked[None, :]
    totals = totals.expand(len(totals), -1).masked_fill(~together, -1e4).logsumexp(dim=1)
    answered = (gold > 0) & (together.sum(dim=1) > 1)
    losses = totals - logits.gather(1, gold[:, None]).squeeze(1)
    return losses[answered].sum() / max(int(answered.sum()), 1)


def _to(value: Any, device: torch.device) -> Any:
    if isinstance(value, dict):
        return {name: tensor.to(device) for name, tensor in value.items()}
    return value.to(device)


def _collate(batch: Sequence[Example]) -> tuple[dict[str, Tensor], Tensor, Tensor, Tensor]:
    ids, types, mask = padded([example.window for example in batch], step=1)
    return (
        {
            "input_ids": torch.from_numpy(ids),
            "token_type_ids": torch.from_numpy(types),
            "attention_mask": torch.from_numpy(mask),
        },
        torch.tensor([example.start for example in batch]),
        torch.tensor([example.end for example in batch]),
        torch.tensor([example.question for example in batch]),
    )
