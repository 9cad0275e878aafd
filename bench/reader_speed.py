"""How fast the reader is, and the whole answer, beside the naive way in the same run.

    python -m bench.reader_speed --data FILE.json[.gz] [--passages 2000] [--passages 100000]

`windows_ratio`: windows a second against `transformers` in float32, on the same windows, in batches
sorted by length for both. `answer_ratio`: question to answer against sentence-transformers, an
`IndexFlatIP` and the `transformers` reader over the same number of passages, padded into one batch;
both in turn, question by question, neither having seen a question before. The peer's model has the
shipped reader's shape; `--peer` gives it the very weights the reader was exported from. The
collection is made of the file's sentences, recombined to passages of five, with vectors that are
noisy copies of real ones: encoding a hundred thousand passages takes an hour and changes no
question's time.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import faiss
import torch
from transformers import BertConfig, BertForQuestionAnswering

from bench.grown import RecalledVectors, recombined
from bench.record import record
from bench.squad import read_squad
from bench.timing import milliseconds, timed
from corpus import Article
from embeddings import Encoder, ModelEncoder, load_encoder
from qa import Assistant, build_index
from qa.decode import decode_text
from qa.settings import Settings
from qa.span_model import Logits, ShippedSpanModel, logits_in_batches, padded
from qa.windows import Integers, Window

WINDOWS = 160
ROUNDS = 3
QUESTIONS = 60
SENTENCES_PER_ARTICLE = 5
READ = Settings().passages_to_read


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--passages", type=int, multiple=True, default=[2000, 100_000], show_default=True)
@click.option(
    "--peer", type=click.Path(path_type=Path, exists=True), help="In Hugging Face format."
)
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, passages: tuple[int, ...], peer: Path | None, out: Path | None) -> None:
    listed, questions = read_squad(data)
    asked = [question.question for question in questions if question.answers][::7][:QUESTIONS]
    encoder = load_encoder()
    naive_model = _peer_model(peer, encoder)
    model = ShippedSpanModel()
    texts = [article.text for article in listed]
    result = {
        "data": data.name,
        "threads": torch.get_num_threads(),
        **_windows_ratio(model, naive_model, asked, texts),
        "answers": [_answer_ratio(count, listed, asked, model, naive_model) for count in passages],
    }
    record("reader_speed", result, out)


def _peer_model(folder: Path | None, encoder: ModelEncoder) -> PeerModel:
    if folder:
        return PeerModel(BertForQuestionAnswering.from_pretrained(folder))
    torch.manual_seed(0)
    return PeerModel(BertForQuestionAnswering(BertConfig.from_pretrained(encoder.folder)))


def _windows_ratio(
    model: ShippedSpanModel, peer: PeerModel, questions: Sequence[str], texts: Sequence[str]
) -> dict[str, Any]:
    windower = model.windower
    asked, shown = windower.tokenize(questions), windower.tokenize(texts)
    windows = [windower.windows(asked[i % len(asked)], t)[0] for i, t in enumerate(shown)][:WINDOWS]
    model.logits(windows[:8])
    peer.logits(windows[:8])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: model.logits(windows)))
        theirs.append(timed(lambda: peer.logits(windows)))
    mine, its = statistics.median(ours), statistics.median(theirs)
    return {
        "windows": len(windows),
        "tokens_per_window": round(statistics.mean(len(window) for window in windows)),
        "windows_per_s": round(len(windows) / mine, 1),
        "peer_windows_per_s": round(len(windows) / its, 1),
        "windows_ratio": round(its / mine, 2),
    }


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


def _answer_ratio(
    count: int,
    listed: Sequence[Article],
    questions: Sequence[str],
    model: ShippedSpanModel,
    peer: PeerModel,
) -> dict[str, Any]:
    encoder, its_encoder = load_encoder(), load_encoder()  # each remembers questions for itself
    articles = list(recombined(listed, count, SENTENCES_PER_ARTICLE))
    recalled = RecalledVectors(encoder, encoder.encode_passages([a.text for a in listed[:200]]))
    with tempfile.TemporaryDirectory() as folder:
        build_index(folder, articles, encoder=recalled)
        with Assistant.open(folder, encoder=encoder) as assistant:
            passages = assistant.stats().passages
            naive = NaivePipeline(its_encoder, model, peer, articles, recalled)
            assistant.warm_up()
            naive.ask("warm up")
            ours, theirs = [], []
            for question in questions:
                ours.append(timed(lambda q=question: _ask(assistant, q)))  # type: ignore[misc]
                theirs.append(timed(lambda q=question: naive.ask(q)))  # type: ignore[misc]
    return {
        "passages": passages,
        "answer_ms": milliseconds(ours),
        "naive_answer_ms": milliseconds(theirs),
        "answer_ratio": round(statistics.median(theirs) / statistics.median(ours), 2),
    }


def _ask(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    if len(answer.hits) < answer.passages_found:
        raise click.ClickException("the time for reading was over: this machine is too busy")


class NaivePipeline:
    """What a weekend project does: encode, exact search, read the passages in one padded batch."""

    def __init__(
        self,
        encoder: ModelEncoder,
        model: ShippedSpanModel,
        peer: PeerModel,
        articles: Sequence[Article],
        vectors: Encoder,
    ) -> None:
        self._encoder = encoder
        self._windower = model.windower
        self._peer = peer
        self._texts = [article.text for article in articles]
        self._index = faiss.IndexFlatIP(encoder.dim)
        for at in range(0, len(articles), 4096):
            self._index.add(vectors.encode_passages(self._texts[at : at + 4096]))

    def ask(self, question: str) -> str:
        """Return the span with the largest margin."""
        _, found = self._index.search(self._encoder.encode_questions([question]), READ)
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


if __name__ == "__main__":
    main()
