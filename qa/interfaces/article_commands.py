"""The commands about the articles of an index: articles, show, remove, stats."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from corpus import Article, ArticleNotFound
from corpus.originals import Originals
from qa.assistant import Assistant
from qa.building import remove_articles
from qa.interfaces import terminal
from qa.interfaces.options import article_id_text, index_option, json_option
from qa.interfaces.settings_in_force import answer_settings


@click.command()
@index_option
@json_option
def articles(folder: Path, as_json: bool) -> None:
    """List the articles of an index, newest first."""
    with Assistant.open(folder, settings=answer_settings()) as assistant:
        terminal.warn_if_empty(assistant, folder)
        for summary in assistant.articles():
            if as_json:
                terminal.print_json(asdict(summary))
            else:
                terminal.print_summary(summary)


@click.command()
@click.argument("article_id", metavar="ID", type=article_id_text)
@index_option
@json_option
@click.option("--marked", is_flag=True, help="Show what was set aside as page furniture, and why.")
@click.option("--original", is_flag=True, help="Write the file it was read from, byte for byte.")
def show(article_id: str, folder: Path, as_json: bool, marked: bool, original: bool) -> None:
    """Print one article, without what was set aside as page furniture."""
    if original and as_json:
        raise click.UsageError("--original writes the file itself; leave --json out")
    if original and sys.stdout.isatty():
        raise click.UsageError("what a file holds may steer a terminal; add: > FILE")
    with Assistant.open(folder, settings=answer_settings()) as assistant:
        try:
            article, copies = assistant.article(article_id), assistant.copies(article_id)
        except ArticleNotFound:
            _fail_unknown(article_id, folder)
            sys.exit(1)
    if original:
        _write_original(article, folder)
    elif as_json:
        terminal.print_json(asdict(article) | {"copies": [asdict(copy) for copy in copies]})
    else:
        terminal.print_article(article, marked=marked)
        terminal.print_copies(copies)


def _write_original(article: Article, folder: Path) -> None:
    kept = Originals(folder).of(article.id, article.digest)
    if kept is None:
        how = "index its file again with --keep-originals"
        terminal.fail(f"what {article.id!r} was read from was not kept; {how}")
        sys.exit(1)
    sys.stdout.buffer.write(kept.data)


def _fail_unknown(article_id: str, folder: Path) -> None:
    listing = f"pullquote articles --index {folder}"
    terminal.fail(f"no article {article_id!r} in {folder}; list them with: {listing}")


@click.command()
@click.argument("article_ids", metavar="ID...", nargs=-1, required=True, type=article_id_text)
@index_option
@json_option
def remove(article_ids: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Remove articles, with all their versions."""
    removed = remove_articles(folder, article_ids)
    missing = [article_id for article_id in article_ids if article_id not in removed]
    if as_json:
        terminal.print_json({"index": str(folder), "removed": removed, "missing": missing})
    else:
        click.echo(f"{folder}: {len(removed)} removed")
    for article_id in missing:
        _fail_unknown(article_id, folder)
    if missing:
        sys.exit(1)


@click.command()
@index_option
@json_option
def stats(folder: Path, as_json: bool) -> None:
    """Tell what an index holds."""
    with Assistant.open(folder, settings=answer_settings()) as assistant:
        facts = asdict(assistant.stats())
    if as_json:
        terminal.print_json(facts)
        return
    for name, value in facts.items():
        click.echo(f"{name.replace('_', ' '):20} {'—' if value is None else value}")
