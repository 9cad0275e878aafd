"""How fast: indexing, opening, the first answer, and the median answer.

    python -m bench.speed [--articles PATH] [--copies N] [--out FILE]

Articles are the sample corpus; `--copies` repeats it with changed first words, so that a larger
index can be timed. Times are of one process; run it on a quiet machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from bench.questions import load_questions
from bench.record import record
from bench.timing import milliseconds, timed
from corpus import find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, SAMPLE_QUESTIONS
from embeddings import load_encoder
from qa import Article, Assistant, build_index


@click.command(help=__doc__)
@click.option("--articles", type=click.Path(path_type=Path, exists=True), default=SAMPLE_ARTICLES)
@click.option("--copies", default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(articles: Path, copies: int, out: Path | None) -> None:
    originals = [read_article(path).article for path in find_articles([articles]).paths]
    corpus = [_copy(article, number) for number in range(copies) for article in originals]
    encoder = load_encoder()
    load_s = timed(lambda: encoder.encode_questions(["load"]))
    with tempfile.TemporaryDirectory() as folder:
        index_s = timed(lambda: build_index(folder, corpus, encoder=encoder))
        unchanged_s = timed(lambda: build_index(folder, corpus, encoder=encoder))
        with Assistant.open(folder, encoder=encoder) as assistant:
            open_s = timed(assistant.warm_up)
            cold = [timed(lambda q=q: assistant.ask(q)) for q in _questions()]  # type: ignore[misc]
            warm = [timed(lambda q=q: assistant.ask(q)) for q in _questions()]  # type: ignore[misc]
            passages = assistant.stats().passages
        process_s = timed(lambda: _ask_in_new_process(folder))
    record(
        "speed",
        {
            "articles": len(corpus),
            "passages": passages,
            "model_load_s": round(load_s, 2),
            "articles_per_s": round(len(corpus) / index_s, 1),
            "passages_per_s": round(passages / index_s, 1),
            "unchanged_articles_per_s": round(len(corpus) / unchanged_s),
            "open_s": round(open_s, 3),
            "new_process_to_answer_s": round(process_s, 2),
            "question_ms_first_time": milliseconds(cold),
            "question_ms_sentences_cached": milliseconds(warm),
        },
        out,
    )


def _copy(article: Article, number: int) -> Article:
    if not number:
        return article
    text = f"Edition {number}. {article.text}"
    return replace(article, id=f"{article.id}-{number}", text=text, headings=())


def _questions() -> list[str]:
    return [gold["question"] for gold in load_questions(SAMPLE_QUESTIONS) if not gold["history"]]


def _ask_in_new_process(folder: str) -> None:
    command = [sys.executable, "-m", "qa.interfaces.cli", "ask", _questions()[0], "--index", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
