"""`pullquote ask`: one question, or many from a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from corpus import ArticleFilter
from qa.assistant import Assistant
from qa.interfaces import terminal
from qa.interfaces.batch import ask_batch
from qa.interfaces.options import filter_options, index_option, json_option, reader_option
from qa.interfaces.settings_in_force import answer_settings


@click.command()
@click.argument("question", required=False)
@index_option
@reader_option
@json_option
@filter_options
@click.option("--any-time", is_flag=True, help="Take no notice of days that the question names.")
@click.option(
    "--after",
    "history",
    metavar="QUESTION",
    multiple=True,
    help="What was asked before, for a follow-up; may be given many times, oldest first.",
)
@click.option(
    "--batch",
    metavar="FILE",
    # A line that is not UTF-8 must not stop the lines after it.
    type=click.File(encoding="utf-8-sig", errors="surrogateescape"),
    help='Answer many: {"question": ...} on each line of FILE ("-": standard input).',
)
def ask(
    question: str | None,
    folder: Path,
    reader: str | None,
    as_json: bool,
    batch: IO[str] | None,
    only: ArticleFilter,
    any_time: bool,
    history: tuple[str, ...],
) -> None:
    """Answer a question with the articles' own sentences."""
    if (question is None) == (batch is None):
        raise click.UsageError("give either a QUESTION or --batch FILE")
    if batch is not None and history:
        raise click.UsageError(
            'with --batch, say it on each line: {"question": "…", "history": ["…"]}'
        )
    with Assistant.open(folder, reader=reader, settings=answer_settings()) as assistant:
        terminal.warn_if_empty(assistant, folder)
        if batch is not None:
            if not ask_batch(assistant, batch, as_json=as_json, only=only, any_time=any_time):
                sys.exit(1)
            return
        answer = assistant.ask(question or "", history=history, only=only, any_time=any_time)
    if not answer.passages_found and not only.fits_all:
        terminal.warn("no article fits --outlet, --since, --until and --article")
    if as_json:
        terminal.print_json(answer.to_dict())
    else:
        terminal.print_answer(answer)
