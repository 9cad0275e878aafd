"""How well the reader finds an answer in the text that a question belongs to (SQuAD's own task).

    python -m bench.reader --data FILE.json[.gz] [--limit N] [--reader FOLDER] [--out FILE]

`em` and `f1` in per cent, by the official normalisation. Where a file has unanswerable questions
(SQuAD 2.0), an answer is given if its margin reaches the calibration's `null_margin`, which
`training.span_calibration` chose on dev data; otherwise every question is answered. `evidence`: the
share of answerable questions whose cited sentence and a gold answer's place have more than half of
the shorter in common, `evidence_held` whole; `evidence_by_chance` is what any sentence would reach.
Where gold answers are passages of evidence and not short answers, only these three mean something.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from bench.answer_metrics import exact_match, f1
from bench.record import record
from bench.squad import GoldQuestion, read_squad
from corpus import Article, Span, split_sentences
from qa.calibration import load_calibration
from qa.decode import Candidate, decode_text
from qa.span_model import ShippedSpanModel, SpanModel
from qa.transformers_model import TransformersSpanModel

ASKED_AT_ONCE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A question and the best span found for it; None in a text without words."""

    gold: GoldQuestion
    article: Article
    best: Candidate | None


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--limit", type=int, help="Ask the first N questions only.")
@click.option("--reader", type=click.Path(path_type=Path, exists=True), help="Another reader.")
@click.option("--null-margin", type=float, help="Instead of the calibration's.")
@click.option("--out", type=click.Path(path_type=Path))
def main(
    data: Path, limit: int | None, reader: Path | None, null_margin: float | None, out: Path | None
) -> None:
    model: SpanModel = load_model(reader)
    articles, questions = read_squad(data)
    began = time.perf_counter()
    reads = read_all(model, articles, questions[:limit])
    seconds = time.perf_counter() - began
    if null_margin is None:
        null_margin = load_calibration("span").null_margin
    answerable_only = all(read.gold.answers for read in reads)
    result = scores(reads, -np.inf if answerable_only else null_margin)
    record(
        "reader",
        {
            "data": data.name,
            "reader": model.name,
            **result,
            "null_margin": None if answerable_only else null_margin,
            "questions_per_s": round(len(reads) / seconds, 1),
        },
        out,
    )


def load_model(folder: Path | None) -> SpanModel:
    """Return the shipped model, or one in a folder of either format."""
    if folder is None:
        return ShippedSpanModel()
    if (folder / "manifest.json").exists():
        return ShippedSpanModel(folder)
    return TransformersSpanModel(folder)


def read_all(
    model: SpanModel, articles: Sequence[Article], questions: Sequence[GoldQuestion]
) -> list[Read]:
    """Read the one text of each question."""
    texts = {article.id: article for article in articles}
    reads: list[Read] = []
    for at in range(0, len(questions), ASKED_AT_ONCE):
        group = questions[at : at + ASKED_AT_ONCE]
        asked = model.windower.tokenize([question.question for question in group])
        shown = model.windower.tokenize([texts[question.article_id].text for question in group])
        windows = [model.windower.windows(q, t) for q, t in zip(asked, shown, strict=True)]
        logits = iter(model.logits([window for one in windows for window in one]))
        for question, one in zip(group, windows, strict=True):
            best = decode_text(one, [next(logits) for _ in one], count=1)
            article = texts[question.article_id]
            reads.append(Read(gold=question, article=article, best=best[0] if best else None))
    return reads


def scores(reads: Sequence[Read], null_margin: float) -> dict[str, Any]:
    """Score answers; below the margin the answer is none."""
    rows = [(_has_answer(read), *_marks(read, null_margin)) for read in reads]
    table = np.array(rows, dtype=np.float64)
    has = table[:, 0] > 0
    result: dict[str, Any] = {
        "questions": len(table),
        "em": _per_cent(table[:, 1]),
        "f1": _per_cent(table[:, 2]),
    }
    for name, mask in (("has_answer", has), ("no_answer", ~has)):
        if mask.any():
            result[f"{name}_em"] = _per_cent(table[mask, 1])
            result[f"{name}_f1"] = _per_cent(table[mask, 2])
    if has.any():
        for place, name in enumerate(("evidence", "evidence_held", "evidence_by_chance"), start=3):
            result[name] = _per_cent(table[has, place])
    return result


def best_null_margin(reads: Sequence[Read]) -> float:
    """Return the margin from which on to answer so that F1 is best; for dev data only."""
    margins = np.array([read.best.margin if read.best else -np.inf for read in reads])
    answered = np.array([_marks(read, -np.inf)[1] for read in reads])
    silent = np.array([float(not read.gold.answers) for read in reads])
    order = np.argsort(-margins)
    gain = np.cumsum(answered[order] - silent[order])
    return float(margins[order[int(np.argmax(gain))]])


def _has_answer(read: Read) -> bool:
    return bool(read.gold.answers)


def _marks(read: Read, null_margin: float) -> tuple[float, float, float, float, float]:
    """Return exact match, F1, and how the cited sentence meets the evidence."""
    given = read.best is not None and read.best.margin >= null_margin
    span = read.best.span if read.best and given else None
    text = read.article.text
    answer = span.of(text) if span else ""
    golds = [gold.of(text) for gold in read.gold.answers]
    sentences = split_sentences(text)
    touched = [s for s in sentences if span and s.overlaps(span)]
    cited = [Span(touched[0].start, touched[-1].end)] if touched else []
    return (
        exact_match(answer, golds),
        f1(answer, golds),
        _share_meeting(cited, read.gold.answers),
        float(any(c.contains(gold) for c in cited for gold in read.gold.answers)),
        _share_meeting(sentences, read.gold.answers),
    )


def _share_meeting(sentences: Sequence[Span], golds: Sequence[Span]) -> float:
    met = [any(_meets(sentence, gold) for gold in golds) for sentence in sentences]
    return sum(met) / len(met) if met else 0.0


def _meets(sentence: Span, gold: Span) -> bool:
    common = min(sentence.end, gold.end) - max(sentence.start, gold.start)
    return 2 * common > min(sentence.end - sentence.start, gold.end - gold.start)


def _per_cent(values: Any) -> float:
    return round(100 * float(np.mean(values)), 2)


if __name__ == "__main__":
    main()
