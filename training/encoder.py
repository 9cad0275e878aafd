"""Fine-tune the default encoder on questions and the contexts that answer them.

    python -m training.encoder --data FOLDER --out RUNS/NAME [--passes 4]

FOLDER holds `train.json.gz` and `dev_squad_v2.json.gz`. Contrastive: a question's context against
all others of its batch, among them those that our own searches mistake for it. Word and position
embeddings stay as they are. Pages held out of training, and dev, are measured after every pass.
"""

from __future__ import annotations

import json
import logging
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from torch import Tensor
from transformers import BertModel

from corpus import split_sentences
from embeddings import Vectors, load_encoder
from training.encoder_data import Batch, Batches, Pairs, mined, read_pairs
from training.masters import rate, step

BUNDLED = load_encoder().folder
SCALE = 20.0
"""Cosines are multiplied by this before the softmax, as when the encoder was first trained."""

TITLED = 0.5
"""How often a context is seen with its title before it, as passages of titled articles are."""

MAX_CONTEXT, MAX_QUESTION = 208, 40
SUB_BATCH = 16

TITLE_MARK = "\x02"
"""Before a title while texts are put together; the tokenizer drops it."""

log = logging.getLogger("training")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A text's token ids, and which sentence each belongs to; -1 for special tokens and titles."""

    ids: Sequence[int]
    sentence: NDArray[np.int64]


class Tower:
    """The encoder in training: bf16 weights, float32 masters, mean pooling."""

    def __init__(self, *, learning_rate: float, weight_decay: float) -> None:
        self.tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.model = BertModel.from_pretrained(
            BUNDLED,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            add_pooling_layer=False,
        )
        self.model.embeddings.requires_grad_(False)
        self.start = {n: p.detach().clone() for n, p in self.model.named_parameters()}
        self.learnt = [p for p in self.model.parameters() if p.requires_grad]
        self.masters = [p.detach().clone() for p in self.learnt]
        self.model = self.model.to(torch.bfloat16).train()
        self.optimizer = torch.optim.AdamW(
            self.masters, lr=learning_rate, betas=(0.9, 0.98), weight_decay=weight_decay, fused=True
        )

    def rows(self, texts: Sequence[str], most: int, *, sentences: bool = False) -> list[Row]:
        """Tokenise texts, cut to `most` tokens; the first line of a titled one is its title."""
        self.tokenizer.enable_truncation(most)
        encodings = self.tokenizer.encode_batch(list(texts))
        if not sentences:
            return [
                Row(ids=e.ids, sentence=np.zeros(len(e.ids), dtype=np.int64)) for e in encodings
            ]
        return [_row(text, encoding) for text, encoding in zip(texts, encodings, strict=True)]

    def encode(self, rows: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor]:
        """Encode texts.

        Returns:
            Unit vectors of the texts, in input order; those of their sentences; and the place of
            the text of each sentence. In float32.
        """
        # Short and long rows apart.
        order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids))
        whole: list[Tensor] = []
        parts: list[Tensor] = []
        owners: list[Tensor] = []
        for at in range(0, len(order), SUB_BATCH):
            group = [rows[place] for place in order[at : at + SUB_BATCH]]
            longest = max(len(row.ids) for row in group)
            ids, mask = np.zeros((2, len(group), longest), dtype=np.int64)
            sentence = np.full((len(group), longest), -1)
            for number, row in enumerate(group):
                ids[number, : len(row.ids)] = row.ids
                mask[number, : len(row.ids)] = 1
                sentence[number, : len(row.ids)] = row.sentence
            seen = torch.from_numpy(mask)
            states = self.model(input_ids=torch.from_numpy(ids), attention_mask=seen)
            hidden = states.last_hidden_state.float()
            pooled = (hidden * seen[..., None]).sum(1) / seen.sum(1, keepdim=True)
            whole.append(torch.nn.functional.normalize(pooled, dim=1))
            shown = torch.arange(int(sentence.max()) + 1)[None, :, None]
            of_sentence = (torch.from_numpy(sentence)[:, None, :] == shown).float()
            there = of_sentence.sum(2) > 0
            parts.append(torch.nn.functional.normalize((of_sentence @ hidden)[there], dim=1))
            places = torch.tensor(order[at : at + SUB_BATCH])[:, None].expand(there.shape)
            owners.append(places[there])
        back = torch.tensor(order).argsort()
        return torch.cat(whole)[back], torch.cat(parts), torch.cat(owners)

    @torch.no_grad()
    def vectors(self, rows: Sequence[Row]) -> tuple[Vectors, Vectors, NDArray[np.int64]]:
        """Encode many texts, as `encode` does."""
        self.model.eval()
        order = np.argsort([len(row.ids) for row in rows])
        whole: Vectors = np.zeros((len(rows), self.model.config.hidden_size), dtype=np.float32)
        parts, owners = [], []
        for at in range(0, len(order), 64):
            places = order[at : at + 64]
            vectors, of_sentences, owner = self.encode([rows[place] for place in places])
            whole[places] = vectors.numpy()
            parts.append(of_sentences.numpy())
            owners.append(places[owner.numpy()])
        self.model.train()
        return whole, np.concatenate(parts), np.concatenate(owners)

    def step(self, loss: Tensor, learning_rate: float) -> None:
        """Take one step down the loss."""
        loss.backward()  # type: ignore[no-untyped-call]
        step(self.masters, self.learnt, self.optimizer, learning_rate)

    def save(self, path: Path) -> None:
        """Write the learnt weights in float32."""
        names = [n for n, p in self.model.named_parameters() if p.requires_grad]
        torch.save(dict(zip(names, self.masters, strict=True)), path)


def _row(text: str, encoding: Encoding) -> Row:
    body = text.index("\n") + 1 if text.startswith(TITLE_MARK) else 0
    starts = np.array([start for start, _ in encoding.offsets])
    ends = np.array([end for _, end in encoding.offsets])
    sentence = np.full(len(starts), -1)
    for number, span in enumerate(split_sentences(text[body:])):
        inside = (starts >= body + span.start) & (ends <= body + span.end) & (ends > starts)
        sentence[inside] = number
    return Row(ids=encoding.ids, sentence=sentence)


def contrastive_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss of finding each question's context among those of the batch.

    Args:
        scores: ``(questions, contexts)``, cosines.
        batch: Tells which is right, and which others hold the answer too.
    """
    logits = (SCALE * scores).masked_fill(torch.from_numpy(batch.also), -1e4)
    return torch.nn.functional.cross_entropy(logits, torch.from_numpy(batch.gold))


def best_sentences(scores: Tensor, owners: Tensor, texts: int) -> Tensor:
    """Return the score of each text's best sentence, ``(questions, texts)``."""
    empty = torch.full((len(scores), texts), -1.0)
    return empty.scatter_reduce(1, owners.expand(len(scores), -1), scores, "amax")


def recalls(tower: Tower, pairs: Pairs, *, titled: bool) -> dict[str, tuple[float, ...]]:
    """Return recall@1 and @5 over these contexts as one collection: by text, by best sentence."""
    texts = [_text(pairs, number, titled) for number in range(len(pairs.contexts))]
    whole, parts, owners = tower.vectors(tower.rows(texts, 256, sentences=True))
    questions, _, _ = tower.vectors(tower.rows([asked.text for asked in pairs.questions], 64))
    by_sentence = np.full((len(questions), len(texts)), -1, dtype=np.float32)
    np.maximum.at(by_sentence.T, owners, (questions @ parts.T).T)
    gold = np.array([asked.context for asked in pairs.questions])
    found = {}
    for name, scores in {"text": questions @ whole.T, "sentence": by_sentence}.items():
        ranks = (scores > scores[np.arange(len(gold)), gold][:, None]).sum(1)
        found[name] = tuple(round(float((ranks < k).mean()), 4) for k in (1, 5))
    return found


def _text(pairs: Pairs, context: int, titled: bool) -> str:
    title = pairs.titles[context] if titled else ""
    return f"{TITLE_MARK}{title}\n{pairs.contexts[context]}" if title else pairs.contexts[context]


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--passes", default=4.0, show_default=True)
@click.option("--learning-rate", default=1e-4, show_default=True)
@click.option("--weight-decay", default=0.01, show_default=True)
@click.option("--warmup", default=0.05, show_default=True)
@click.option("--contexts", default=48, show_default=True, help="Contexts in a batch.")
@click.option(
    "--questions", default=3, show_default=True, help="Questions of a context in a batch."
)
@click.option("--hold-out", default=0.15, show_default=True)
@click.option("--seed", default=17, show_default=True)
def main(
    data: Path,
    out: Path,
    passes: float,
    learning_rate: float,
    weight_decay: float,
    warmup: float,
    contexts: int,
    questions: int,
    hold_out: float,
    seed: int,
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(out / "log.txt")],
    )
    torch.manual_seed(seed)
    rng = random.Random(seed)
    train = [data / "train.json.gz"]
    pairs = read_pairs(train, held_out=hold_out)
    watched = {
        "held out": read_pairs(train, held_out=hold_out, take_held_out=True),
        "dev": read_pairs([data / "dev_squad_v2.json.gz"], held_out=0.0),
    }
    tower = Tower(learning_rate=learning_rate, weight_decay=weight_decay)
    _log_recalls(tower, watched)
    log.info("%d contexts, %d questions", len(pairs.contexts), len(pairs.questions))
    batches = Batches(pairs, _negatives(tower, pairs, out), size=contexts, questions_each=questions)
    texts = tower.rows(pairs.contexts, MAX_CONTEXT, sentences=True)
    titled = [_text(pairs, number, titled=True) for number in range(len(pairs.contexts))]
    with_title = tower.rows(titled, MAX_CONTEXT, sentences=True)
    asked = tower.rows([question.text for question in pairs.questions], MAX_QUESTION)
    done, losses, began = 0.0, [], time.monotonic()
    reported = began
    steps_a_pass = sum(1 for _ in batches.one_pass(random.Random(seed)))
    for number in range(math.ceil(passes)):
        for batch in batches.one_pass(rng):
            shown = [(with_title if rng.random() < TITLED else texts)[i] for i in batch.contexts]
            questioned, _, _ = tower.encode([asked[i] for i in batch.questions])
            whole, parts, owners = tower.encode(shown)
            by_sentence = best_sentences(questioned @ parts.T, owners, len(shown))
            loss = 0.5 * contrastive_loss(questioned @ whole.T, batch)
            loss = loss + 0.5 * contrastive_loss(by_sentence, batch)
            tower.step(loss, rate(done, peak=learning_rate, warmup=warmup))
            losses.append(float(loss.detach()))
            done = min(1.0, done + 1 / (passes * steps_a_pass))
            if time.monotonic() - reported > 60:
                minutes = (time.monotonic() - began) / 60
                log.info("%.1f %% · %.1f min · loss %.3f", 100 * done, minutes, np.mean(losses))
                reported, losses = time.monotonic(), []
            if done >= 1.0:
                break
        log.info("pass %d done", number + 1)
        tower.save(out / f"pass{number + 1}.pt")
        _log_recalls(tower, watched)


def _log_recalls(tower: Tower, watched: dict[str, Pairs]) -> None:
    for name, pairs in watched.items():
        log.info(
            "%s: %d contexts, %d questions: %s, titled %s",
            name,
            len(pairs.contexts),
            len(pairs.questions),
            recalls(tower, pairs, titled=False),
            recalls(tower, pairs, titled=True),
        )


def _negatives(tower: Tower, pairs: Pairs, out: Path) -> list[list[int]]:
    """Mine negatives with the encoder as it is, once for a run's folder."""
    path = out / "negatives.json"
    if not path.exists():
        contexts, _, _ = tower.vectors(tower.rows(pairs.contexts, MAX_CONTEXT))
        asked = [asked.text for asked in pairs.questions]
        questions, _, _ = tower.vectors(tower.rows(asked, MAX_QUESTION))
        path.write_text(json.dumps(mined(pairs, contexts, questions)))
        log.info("mined negatives")
    found: list[list[int]] = json.loads(path.read_text())
    return found


if __name__ == "__main__":
    main()
