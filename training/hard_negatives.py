"""Mine hard negatives: texts that our own retriever returns for a question and that do not answer.

    python -m training.hard_negatives --data FOLDER/train.json.gz --out runs/negatives.json.gz

Every context of the encyclopaedic sources is an article of one index. Each of their answerable
questions is asked there; the best passages whose context holds none of its answer strings are its
hard negatives. The result is a SQuAD-format file of unanswerable questions, which
`training.span_reader --also` takes beside its data. Being right about such texts is what ranks
passages: a reader that has only seen texts with the answer trusts any place of the right kind.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path

import click

from bench.collection import collection
from bench.squad import read_squad
from corpus import Article
from embeddings import load_encoder
from qa import Hit
from training.reader_data import ENCYCLOPAEDIC, MINED


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--each", default=3, show_default=True, help="Negatives per question.")
@click.option("--depth", default=10, show_default=True, help="Passages looked at per question.")
def main(data: Path, out: Path, each: int, depth: int) -> None:
    listed, questions = read_squad(data)
    listed = [article for article in listed if _source(article.id) in ENCYCLOPAEDIC]
    articles = {article.id: article for article in listed}
    asked = [q for q in questions if q.answers and q.article_id in articles]
    found: dict[str, list[str]] = defaultdict(list)
    with collection(listed, load_encoder()) as retriever, click.progressbar(asked, width=0) as bar:
        for gold in bar:
            text = articles[gold.article_id].text
            answers = [answer.of(text).casefold() for answer in gold.answers]
            hits = retriever.retrieve(gold.question, depth)
            for article_id in _unanswering(hits, answers, articles)[:each]:
                found[article_id].append(gold.question)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(gzip.compress(json.dumps({"data": _pages(found, articles)}).encode(), mtime=0))
    click.echo(f"{sum(map(len, found.values()))} negatives for {len(asked)} questions: {out}")


def _source(article_id: str) -> str:
    return article_id.partition("/")[0]


def _unanswering(hits: list[Hit], answers: list[str], articles: dict[str, Article]) -> list[str]:
    """Return the articles of hits, best first, that hold none of the answers."""
    ids = dict.fromkeys(hit.passage.article_id for hit in hits)
    return [
        article_id
        for article_id in ids
        if not any(answer in articles[article_id].text.casefold() for answer in answers)
    ]


def _pages(found: dict[str, list[str]], articles: dict[str, Article]) -> list[dict[str, object]]:
    return [
        {
            "title": f"{MINED}/{article_id}",
            "paragraphs": [
                {
                    "context": articles[article_id].text,
                    "qas": [
                        {"id": f"{MINED}:{article_id}:{number}", "question": question,
                         "answers": [], "is_impossible": True}
                        for number, question in enumerate(questions)
                    ],
                }
            ],
        }
        for article_id, questions in found.items()
    ]  # fmt: skip


if __name__ == "__main__":
    main()
