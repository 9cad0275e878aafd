"""Does memory grow with the number of questions read?

    python -m bench.reader_memory --data FILE.json[.gz] [--questions 10000] [--out FILE]

Every question is read over `--passages` contexts of the file, of all lengths. Resident memory is
noted ten times on the way; `growth_mib` is what the second half added.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from bench.record import record
from bench.squad import read_squad
from corpus import Passage, Span
from qa.span_reader import SpanReader

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--questions", default=10_000, show_default=True)
@click.option("--passages", default=2, show_default=True, help="Contexts read per question.")
@click.option("--out", type=click.Path(path_type=Path))
def main(data: Path, questions: int, passages: int, out: Path | None) -> None:
    articles, asked = read_squad(data)
    shown = [
        Passage(
            id=number,
            article_id=article.id,
            span=Span(0, len(article.text)),
            text=article.text,
            heading="",
            sentences=(Span(0, len(article.text)),),
        )
        for number, article in enumerate(articles, start=1)
    ]
    reader = SpanReader()
    reader.warm_up()
    resident = [_resident_mib()]
    with click.progressbar(range(questions), label="reading", width=0) as bar:
        for number in bar:
            first = number * passages % (len(shown) - passages)
            question = f"{asked[number % len(asked)].question} {number}"
            reader.read(question, shown[first : first + passages])
            if (number + 1) % (questions // 10) == 0:
                resident.append(_resident_mib())
    record(
        "reader_memory",
        {
            "data": data.name,
            "questions": questions,
            "passages_per_question": passages,
            "resident_mib": resident,
            "growth_mib": round(resident[-1] - resident[len(resident) // 2], 1),
        },
        out,
    )


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * PAGE_BYTES / 2**20, 1)


if __name__ == "__main__":
    main()
