"""The commands that look after an index: sync, rebuild, verify, doctor, backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from embeddings import Encoder, load_encoder
from qa.backup import backup_index, restore_index
from qa.building import index_encoder
from qa.doctor import examine
from qa.interfaces import terminal
from qa.interfaces.filing import index_files, watch_folder
from qa.interfaces.options import index_option, model_option, report_option
from qa.interfaces.progress import progress
from qa.rebuild import articles_to_rebuild, rebuild_encoder, rebuild_index
from qa.verify import verify_index


@click.command()
@click.argument("path", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@index_option
@model_option
@report_option
@click.option("--watch", is_flag=True, help="Go on doing so, until stopped with Ctrl-C.")
def sync(path: Path, folder: Path, model: str | None, report_to: Path | None, watch: bool) -> None:
    """Make an index equal to a folder: add, refresh and remove articles.

    What is not in DIR is removed. An article whose file cannot be read stays.
    """

    def load() -> Encoder:
        return load_encoder(model) if model else index_encoder(folder)

    if watch:
        watch_folder(path, folder, load=load)
    elif not index_files([path], folder, encoder=load(), sync=True, report_to=report_to):
        sys.exit(1)


@click.command()
@index_option
@click.option("--model", help="A sentence-transformers model, by name or folder [its own].")
def rebuild(folder: Path, model: str | None) -> None:
    """Encode all articles anew, with another model if you like.

    Readers go on as before until all is done. Stopped, it goes on when started again.
    """
    encoder = load_encoder(model) if model else rebuild_encoder(folder)
    with progress(articles_to_rebuild(folder, encoder)) as bar:
        rebuild_index(folder, encoder=encoder, progress=lambda article_id: bar.advance())
    click.echo(f"{folder}: searched with {encoder.name} from now on")


@click.command()
@index_option
@click.option("--repair", is_flag=True, help="Mend what can be mended.")
def verify(folder: Path, repair: bool) -> None:
    """Check all that an index holds."""
    findings = verify_index(folder, repair=repair)
    terminal.print_findings(folder, findings)
    if not all(finding.mended for finding in findings):
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@index_option
def backup(file: Path, folder: Path) -> None:
    """Save an index to one file; it may be in use meanwhile."""
    generation = backup_index(folder, file)
    click.echo(f"{file}: generation {generation} of {folder}, {file.stat().st_size:,} bytes")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@index_option
def restore(file: Path, folder: Path) -> None:
    """Make a new index from a backup."""
    generation = restore_index(file, folder)
    click.echo(f"{folder}: generation {generation} of {file}")


@click.command()
@index_option
def doctor(folder: Path) -> None:
    """Tell versions, paths, models, sizes and health."""
    facts = examine(folder)
    terminal.print_facts(facts)
    if any(fact.sound is False for fact in facts):
        sys.exit(1)


UPKEEP = (sync, rebuild, verify, doctor, backup, restore)
