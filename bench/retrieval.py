"""Is the passage that holds the answer found? Dense, BM25 and their fusion on SQuAD-format data.

    python -m bench.retrieval --data FILE.json.gz [--limit N] [--tune] [--out FILE]

Every context is an article of one closed collection. With `--tune` the share of the dense score in
the fusion runs from 0 to 1 (only ever on dev data); otherwise the shipped setting is measured.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from bench.record import record
from bench.squad import GoldQuestion, read_squad
from qa import Retriever, build_index
from qa.fusion import fuse
from qa.settings import Settings

CUTS = (1, 5, 20)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--limit", type=int, help="Ask the first N answerable questions only.")
@click.option("--tune", is_flag=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, limit: int | None, tune: bool, out: Path | None) -> None:
    articles, questions = read_squad(data)
    asked = [question for question in questions if question.answers][:limit]
    with tempfile.TemporaryDirectory() as folder:
        build_index(folder, articles)
        with Retriever.open(folder) as retriever:
            shares = [i / 10 for i in range(11)] if tune else [0.0, Settings().dense_weight, 1.0]
            recalls = _recalls(retriever, asked, shares)
            passages = len(retriever.index.snapshot().dense)
    table = [{"dense_weight": share, **recalls[share]} for share in shares]
    best = max(table, key=lambda row: row["recall@1"] + row["recall@5"])
    record(
        "retrieval",
        {
            "data": data.name,
            "articles": len(articles),
            "passages": passages,
            "questions": len(asked),
            "best_dense_weight": best["dense_weight"],
            "table": table,
        },
        out,
    )


def _recalls(
    retriever: Retriever, questions: list[GoldQuestion], shares: list[float]
) -> dict[float, dict[str, float]]:
    found = {share: dict.fromkeys(CUTS, 0) for share in shares}
    snapshot = retriever.index.snapshot()
    depth = retriever.settings.search_depth
    for start in range(0, len(questions), 64):
        batch = questions[start : start + 64]
        vectors = retriever.encoder.encode_questions([q.question for q in batch])
        for question, vector in zip(batch, vectors, strict=True):
            ids, scores = snapshot.dense.search(vector, depth)
            dense = dict(zip(ids.tolist(), scores.tolist(), strict=True))
            lexical = snapshot.lexical.search(question.question, depth)
            gold = _gold_passages(retriever, question, [*dense, *lexical])
            for share in shares:
                ranked = [i for i, _ in fuse(dense, lexical, dense_weight=share)[: max(CUTS)]]
                for cut in CUTS:
                    found[share][cut] += bool(gold.intersection(ranked[:cut]))
    return {
        share: {f"recall@{cut}": round(hits / len(questions), 4) for cut, hits in cuts.items()}
        for share, cuts in found.items()
    }


def _gold_passages(retriever: Retriever, question: GoldQuestion, ids: list[int]) -> set[int]:
    passages = retriever.index.store.passages(list(dict.fromkeys(ids)))
    return {i for i, p in passages.items() if question.found_in(p.article_id, p.span)}


if __name__ == "__main__":
    main()
