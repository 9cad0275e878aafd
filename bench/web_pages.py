"""Thousands of saved web pages into an index: how fast, where does the time go, is memory flat?

    python -m bench.web_pages [--pages 5000] [--out FILE]

Pages of 19 publishing systems that rules were tuned on (bench/labelled), each with sentences of
the sample articles put together anew, a title and a day of its own. They are read twice: once
alone, in the process for untrusted files, and once on their way into an index. While they are
indexed, passages are encoded in a thread of their own: `encoding_s` runs beside `reading_s`, which
is how long the pages were waited for; the rest is cutting, comparing with other articles and
committing.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import click

from bench.grown import recombined
from bench.labelled.pages import page_of
from bench.labelled.plan import DEV, Page
from bench.labelled.records import Block, Story
from bench.labelled.stories import stories
from bench.record import record
from corpus import Article, BadRecord, find_articles, read_article, read_articles, split_sentences
from corpus.parsing import Parser
from corpus.sample import SAMPLE_ARTICLES
from embeddings import ModelEncoder, Vectors, load_encoder
from qa import build_index

SENTENCES, PARAGRAPH = 24, 3
SAMPLES = 20
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_FIRST_DAY = date(2020, 1, 1)


class TimedEncoder:
    """The encoder, with the time that it took."""

    def __init__(self, encoder: ModelEncoder) -> None:
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.dim, self.max_tokens = encoder.dim, encoder.max_tokens
        self.count_tokens = encoder.count_tokens
        self.encode_questions = encoder.encode_questions
        self.encode_passages = encoder.encode_passages
        self._encoder = encoder
        self.seconds = 0.0

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Vectors, list[Vectors]]:
        """Encode, and add the time up."""
        began = time.perf_counter()
        try:
            return self._encoder.encode_parts(texts, parts)
        finally:
            self.seconds += time.perf_counter() - began


@click.command(help=__doc__)
@click.option("--pages", default=5_000, show_default=True)
@click.option("--out", type=click.Path(path_type=Path))
def main(pages: int, out: Path | None) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "pages"
        folder.mkdir()
        size = sum(_write(folder, *pair) for pair in enumerate(_grown(pages)))
        alone = _Reading(folder, pages)
        articles = sum(1 for _ in alone.articles())
        reading = _Reading(folder, pages)
        encoder = TimedEncoder(load_encoder())
        began = time.perf_counter()
        report = build_index(Path(root) / "index", reading.articles(), encoder=encoder)
        total = time.perf_counter() - began
    record(
        "web_pages",
        {
            "pages": pages,
            "kilobytes_a_page": round(size / pages / 1e3, 1),
            "articles": articles,
            "not_read": alone.not_read,
            "failed": len(report.failed),
            "reading_alone": {
                "seconds": round(alone.seconds, 1),
                "pages_a_second": round(pages / alone.seconds, 1),
            },
            "into_an_index": {
                "seconds": round(total, 1),
                "pages_a_second": round(pages / total, 1),
                "reading_s": round(reading.seconds, 1),
                "encoding_s": round(encoder.seconds, 1),
            },
            "memory_mb": reading.memory,
        },
        out,
    )


# -- pages ----------------------------------------------------------------------------------------


def _grown(count: int) -> Iterator[tuple[Story, Page]]:
    known = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    by_id = {story.id: story for story in stories("dev")}
    plan = [page for page in DEV if by_id[page.story].language == "en" and page.system != "portal"]
    for number, (article, page) in enumerate(
        zip(recombined(known, count, SENTENCES), cycle(plan), strict=False)
    ):
        sentences = [s.of(article.text).strip() for s in split_sentences(article.text)]
        day = _FIRST_DAY + timedelta(days=number % 2_000)
        story = replace(
            by_id[page.story],
            id=f"grown-{number}",
            title=f"{sentences[0][:60]} ({number})",
            published=f"{day}T09:00:00Z",
            updated=f"{day}T15:30:00Z",
            authors=("Marit Sandoval", "Tobias Kerr"),
            dek=sentences[1],
            blocks=tuple(
                Block("p", tuple(sentences[first : first + PARAGRAPH]))
                for first in range(0, len(sentences), PARAGRAPH)
            ),
        )
        yield story, page


def _write(folder: Path, number: int, pair: tuple[Story, Page]) -> int:
    saved = page_of(*pair)
    return (folder / f"{number:05}.html").write_bytes(saved.data)


class _Reading:
    """Reads the pages; notes how long they were waited for, and memory now and then."""

    def __init__(self, folder: Path, pages: int) -> None:
        self._folder = folder
        self._every = max(1, pages // SAMPLES)
        self.seconds = 0.0
        self.not_read = 0
        self.memory: list[dict[str, Any]] = []

    def articles(self) -> Iterator[Article]:
        with Parser() as parser:
            for number, path in enumerate(find_articles([self._folder]).paths, start=1):
                began = time.perf_counter()
                found = list(read_articles(path, parser))
                self.seconds += time.perf_counter() - began
                if number % self._every == 0:
                    self.memory.append(_memory(number, parser))
                for each in found:
                    if isinstance(each, BadRecord):
                        self.not_read += 1
                    else:
                        yield each.article


def _memory(pages: int, parser: Parser) -> dict[str, Any]:
    child = parser.process_id
    return {
        "pages": pages,
        "indexing": _resident_mb("self"),
        "reading": _resident_mb(child) if child else None,
    }


def _resident_mb(process: int | str) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return round(pages * _PAGE_BYTES / 2**20)


if __name__ == "__main__":
    main()
