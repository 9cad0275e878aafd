"""Every context is an article of one index; ask all answerable questions, with and without them.

    python -m bench.closed_collection --data FILE.json[.gz] [--limit N] [--out FILE]

`--limit` asks the first N questions; the collection stays whole. `em` and `f1` (per cent) are of
the answer that comes first, given or not. Each question is asked a second time with its gold
context out of the index: the confidences of both times together, right or wrong, give AUROC, ECE
and coverage at 5 % risk (an answer is right from F1 0.5 on; none is right where the context is
out). `auroc_answerable` asks less: does confidence tell the two times apart? `ablation` compares,
on the same questions, what each part of the way adds.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from bench.ablation import ablation, outcome_of
from bench.collection import Asked, ask_all, collection
from bench.outcomes import answer_scores, confidence_scores, curves, share
from bench.reader import load_model
from bench.record import record
from bench.squad import read_squad
from corpus import Article
from embeddings import load_encoder
from qa import Answer, Hit
from qa.answers import compose_answer
from qa.reader import own_calibration
from qa.sentence_reader import SentenceReader
from qa.settings import Settings
from qa.span_reader import SpanReader

CUTS = (1, 5, 20)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--limit", type=int, help="Ask the first N answerable questions only.")
@click.option("--reader", type=click.Path(path_type=Path, exists=True), help="Another reader.")
@click.option("--passages", default=10, show_default=True, help="Passages read per question.")
@click.option("--no-ablation", is_flag=True, help="Leave the table out; it takes as long again.")
@click.option("--out", type=click.Path(path_type=Path))
def main(
    data: Path,
    limit: int | None,
    reader: Path | None,
    passages: int,
    no_ablation: bool,
    out: Path | None,
) -> None:
    listed, questions = read_squad(data)
    articles = {article.id: article for article in listed}
    questions = [question for question in questions if question.answers][:limit]
    span_reader = SpanReader(load_model(reader), own_calibration(reader) if reader else None)
    encoder = load_encoder()
    with collection(listed, encoder) as retriever:
        began = time.perf_counter()
        with click.progressbar(length=len(questions), label="asking", width=0) as bar:
            asked = ask_all(
                retriever, span_reader, articles, questions,
                passages_read=passages, progress=lambda _: bar.update(1),
            )  # fmt: skip
        seconds = time.perf_counter() - began
    present = [_answer(span_reader, articles, one, one.hits) for one in asked]
    absent = [_answer(span_reader, articles, one, one.missing) for one in asked]
    outcomes = [outcome_of(*three) for three in zip(asked, present, absent, strict=True)]
    given = [answer.text is not None for answer in present]
    result: dict[str, Any] = {
        "data": data.name,
        "articles": len(articles),
        "questions": len(asked),
        "passages_read": passages,
        "reader": span_reader.name,
        **answer_scores(outcomes),
        **{
            f"recall@{cut}": share([min(a.gold_ranks, default=999) <= cut for a in asked])
            for cut in CUTS
        },
        "reranked_recall@1": share([_gold_first(*two) for two in zip(asked, present, strict=True)]),
        **confidence_scores(outcomes),
        "threshold": span_reader.calibration.threshold,
        "answered": share(given),
        "right_if_given": share([o.right for o, g in zip(outcomes, given, strict=True) if g]),
        "silent_without_gold": share([answer.text is None for answer in absent]),
        "ms_per_question": round(1000 * seconds / len(asked)),
    }
    if not no_ablation:
        sentences = SentenceReader(encoder)
        result["ablation"] = ablation(asked, articles, span_reader, sentences, outcomes)
    record("closed_collection", {**result, **curves(outcomes)}, out)


def _answer(
    reader: SpanReader, articles: Mapping[str, Article], asked: Asked, hits: Sequence[Hit]
) -> Answer:
    """Answer from what was read, as the assistant does."""
    return compose_answer(
        asked.gold.question,
        hits,
        reader.scored(asked.gold.question, asked.found_in(hits)),
        articles,
        calibration=reader.calibration,
        settings=Settings(),
    )


def _gold_first(asked: Asked, answer: Answer) -> bool:
    return any(
        asked.gold.found_in(hit.passage.article_id, hit.passage.span) for hit in answer.hits[:1]
    )


if __name__ == "__main__":
    main()
