"""The command line: a thin layer over the Python API.

Exit codes: 0 done, 1 something failed (said on stderr), 2 wrong usage, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import click

from corpus import ArticleFilter, ArticleNotFound, PullquoteError
from embeddings import load_encoder
from qa.assistant import Assistant
from qa.building import remove_articles
from qa.interfaces import terminal
from qa.interfaces.api_key_command import api_key
from qa.interfaces.batch import ask_batch
from qa.interfaces.feedback_command import feedback
from qa.interfaces.fetching import is_address
from qa.interfaces.filing import index_files
from qa.interfaces.mcp_command import mcp_command
from qa.interfaces.options import (
    article_id_text,
    filter_options,
    index_option,
    json_option,
    model_option,
    reader_option,
    report_option,
)
from qa.interfaces.password_command import password
from qa.interfaces.serve_command import serve
from qa.interfaces.upkeep import UPKEEP


class _Commands(click.Group):
    """Translates once, for all commands, what pullquote raises on purpose."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PullquoteError as error:
            terminal.fail(str(error))
            ctx.exit(1)
        except KeyboardInterrupt:
            terminal.fail("interrupted")
            ctx.exit(terminal.INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pullquote")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Ask questions about articles; get their own sentences back, cited."""
    terminal.prepare_terminal()
    ctx.with_resource(terminal.clean_interrupts())
    if terminal.wants_no_style():
        ctx.color = False


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@index_option
@model_option
@report_option
@click.option(
    "--allow-network", is_flag=True, help="Fetch addresses too: articles, feeds, sitemaps."
)
def index(
    sources: tuple[str, ...],
    folder: Path,
    model: str | None,
    report_to: Path | None,
    allow_network: bool,
) -> None:
    """Add or refresh articles: files, or folders of them."""
    urls = [source for source in sources if is_address(source)]
    if urls and not allow_network:
        raise click.UsageError(f"{urls[0]} is an address; give --allow-network to fetch it")
    sound = index_files(
        [Path(source) for source in sources if not is_address(source)],
        folder,
        encoder=load_encoder(model) if model else None,
        report_to=report_to,
        urls=urls,
    )
    if not sound:
        sys.exit(1)


@main.command()
@click.argument("question", required=False)
@index_option
@reader_option
@json_option
@filter_options
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
) -> None:
    """Answer a question with the articles' own sentences."""
    if (question is None) == (batch is None):
        raise click.UsageError("give either a QUESTION or --batch FILE")
    with Assistant.open(folder, reader=reader) as assistant:
        _warn_if_empty(assistant, folder)
        if batch is not None:
            if not ask_batch(assistant, batch, as_json=as_json, only=only):
                sys.exit(1)
            return
        answer = assistant.ask(question or "", only=only)
    if not answer.passages_found and not only.fits_all:
        terminal.warn("no article fits --outlet, --since, --until and --article")
    if as_json:
        terminal.print_json(answer.to_dict())
    else:
        terminal.print_answer(answer)


@main.command()
@index_option
@json_option
def articles(folder: Path, as_json: bool) -> None:
    """List the articles of an index, newest first."""
    with Assistant.open(folder) as assistant:
        _warn_if_empty(assistant, folder)
        for summary in assistant.articles():
            if as_json:
                terminal.print_json(asdict(summary))
            else:
                terminal.print_summary(summary)


def _warn_if_empty(assistant: Assistant, folder: Path) -> None:
    if assistant.is_empty():
        add = f"pullquote index PATH --index {folder}"
        terminal.warn(f"{folder} holds no articles yet; add some with: {add}")


@main.command()
@click.argument("article_id", metavar="ID", type=article_id_text)
@index_option
@json_option
@click.option("--marked", is_flag=True, help="Show what was set aside as page furniture, and why.")
def show(article_id: str, folder: Path, as_json: bool, marked: bool) -> None:
    """Print one article, without what was set aside as page furniture."""
    with Assistant.open(folder) as assistant:
        try:
            article, copies = assistant.article(article_id), assistant.copies(article_id)
        except ArticleNotFound:
            _fail_unknown(article_id, folder)
            sys.exit(1)
    if as_json:
        terminal.print_json(asdict(article) | {"copies": [asdict(copy) for copy in copies]})
    else:
        terminal.print_article(article, marked=marked)
        terminal.print_copies(copies)


def _fail_unknown(article_id: str, folder: Path) -> None:
    listing = f"pullquote articles --index {folder}"
    terminal.fail(f"no article {article_id!r} in {folder}; list them with: {listing}")


@main.command()
@click.argument("article_ids", metavar="ID...", nargs=-1, required=True, type=article_id_text)
@index_option
def remove(article_ids: tuple[str, ...], folder: Path) -> None:
    """Remove articles, with all their versions."""
    removed = remove_articles(folder, article_ids)
    click.echo(f"{folder}: {len(removed)} removed")
    missing = [article_id for article_id in article_ids if article_id not in removed]
    for article_id in missing:
        _fail_unknown(article_id, folder)
    if missing:
        sys.exit(1)


@main.command()
@index_option
@json_option
def stats(folder: Path, as_json: bool) -> None:
    """Tell what an index holds."""
    with Assistant.open(folder) as assistant:
        facts = asdict(assistant.stats())
    if as_json:
        terminal.print_json(facts)
        return
    for name, value in facts.items():
        click.echo(f"{name.replace('_', ' '):20} {'—' if value is None else value}")


for _command in (serve, mcp_command, feedback, password, api_key, *UPKEEP):
    main.add_command(_command)

if __name__ == "__main__":
    main()
