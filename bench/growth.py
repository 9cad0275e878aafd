"""Does an index slow down as it grows? Adding to a large one, and opening it.

    python -m bench.growth [--articles 20000] [--more 1000] [--out FILE]

The first articles are indexed into an empty folder and the last ones into an index of `--articles`,
both with the real encoder; what lies between gets vectors that were computed before (encoding it
would take hours, and is not what grows). `ratio` is the last's time per article to the first's;
`index_only_ratio` the same without encoding, which hides whatever does not. Then one article is
replaced in the large index, and it is opened: from its snapshot, and from the stored vectors after
its search files are gone. Opening is told with the first search; models are loaded before.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bench.grown import RecalledVectors, recombined
from bench.record import record
from bench.timing import timed
from corpus import Article, find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES
from embeddings import Encoder, load_encoder
from qa import Retriever, build_index
from qa.index import Index

SENTENCES_PER_ARTICLE = 40
QUESTION = "When will the new harbour open?"


@click.command(help=__doc__)
@click.option("--articles", default=20_000, show_default=True)
@click.option("--more", default=1000, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(articles: int, more: int, out: Path | None) -> None:
    originals = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    grown = list(recombined(originals, articles + 3 * more, SENTENCES_PER_ARTICLE))
    first, last = grown[:more], grown[articles : articles + more]
    again = grown[articles + more : articles + 2 * more]
    encoder = load_encoder()
    recalled = RecalledVectors(encoder, encoder.encode_passages([a.text[:800] for a in originals]))
    with tempfile.TemporaryDirectory() as root:
        large = Path(root) / "large"
        first_s = _adding(Path(root) / "small", first, encoder)
        first_index_s = _adding(Path(root) / "bare", first, recalled)
        filling_s = _adding(large, grown[:articles], recalled)
        last_s = _adding(large, last, encoder)
        last_index_s = _adding(large, again, recalled)
        one = replace(grown[0], text="The new harbour opens in May. " + grown[0].text)
        one_s = _adding(large, [one], encoder)
        result = {
            "articles": articles,
            "more": more,
            "first_ms_per_article": round(first_s / more * 1000, 1),
            "last_ms_per_article": round(last_s / more * 1000, 1),
            "ratio": round(last_s / first_s, 3),
            "index_only_first_ms_per_article": round(first_index_s / more * 1000, 2),
            "index_only_last_ms_per_article": round(last_index_s / more * 1000, 2),
            "index_only_ratio": round(last_index_s / first_index_s, 2),
            "filling_s": round(filling_s),
            "one_replaced_s": round(one_s, 2),
            **_opening(large, encoder),
        }
    record("growth", result, out)


def _adding(folder: Path, articles: Sequence[Article], encoder: Encoder) -> float:
    return timed(lambda: build_index(folder, articles, encoder=encoder))


def _opening(folder: Path, encoder: Encoder) -> dict[str, Any]:
    def opened() -> None:
        with Retriever.open(folder, encoder=encoder) as retriever:
            retriever.retrieve(QUESTION)

    encoder.encode_questions([QUESTION])
    from_snapshot = min(timed(opened) for _ in range(3))
    with closing(Index.open(folder)) as index:
        passages = len(index.snapshot().dense)
    shutil.rmtree(folder / "snapshots")
    (folder / "snapshots").mkdir()
    return {
        "passages": passages,
        "open_from_snapshot_s": round(from_snapshot, 2),
        "open_from_vectors_s": round(timed(opened), 2),
    }


if __name__ == "__main__":
    main()
