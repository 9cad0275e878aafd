"""The commands that look after an index: sync, rebuild, verify, doctor, backup, restore."""

from __future__ import annotations

import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from corpus import FieldMap
from embeddings import Encoder, load_encoder
from qa.backup import backup_index, restore_index
from qa.building import index_encoder
from qa.doctor import examine
from qa.interfaces import terminal
from qa.interfaces.filing import index_files, watch_folder
from qa.interfaces.options import filing_options, index_option, json_option
from qa.interfaces.progress import progress
from qa.interfaces.settings_in_force import answer_settings
from qa.rebuild import articles_to_rebuild, rebuild_encoder, rebuild_index
from qa.verify import verify_index


@click.command()
@click.argument("path", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@filing_options
@click.option("--watch", is_flag=True, help="Go on doing so, until stopped with Ctrl-C.")
def sync(
    path: Path,
    folder: Path,
    model: str | None,
    report_to: Path | None,
    as_json: bool,
    fields: FieldMap,
    keep_originals: bool,
    watch: bool,
) -> None:
    """Make an index equal to a folder: add, refresh, remove articles.

    What is not in DIR is removed. An article whose file cannot be read stays.
    """

    def load() -> Encoder:
        return load_encoder(model) if model else index_encoder(folder)

    file = partial(
        index_files,
        sync=True,
        fields=fields,
        keep_originals=keep_originals,
        settings=answer_settings(),
        as_json=as_json,
    )
    if watch:
        watch_folder(path, folder, load=load, file=file)
    elif not file([path], folder, encoder=load(), report_to=report_to):
        sys.exit(1)


@click.command()
@index_option
@click.option("--model", help="A sentence-transformers model, by name or folder [its own].")
@json_option
def rebuild(folder: Path, model: str | None, as_json: bool) -> None:
    """Encode all articles anew, with another model if you like.

    Readers go on as before until all is done. Stopped, it goes on when started again.
    """
    encoder = load_encoder(model) if model else rebuild_encoder(folder)
    with progress(articles_to_rebuild(folder, encoder)) as bar:
        encoded = rebuild_index(
            folder,
            encoder=encoder,
            settings=answer_settings(),
            progress=lambda article_id: bar.advance(),
        )
    if as_json:
        terminal.print_json({"index": str(folder), "encoder": encoder.name, "encoded": encoded})
    else:
        click.echo(f"{folder}: searched with {encoder.name} from now on")


@click.command()
@index_option
@click.option("--repair", is_flag=True, help="Mend what can be mended.")
@json_option
def verify(folder: Path, repair: bool, as_json: bool) -> None:
    """Check all that an index holds."""
    findings = verify_index(folder, repair=repair)
    sound = all(finding.mended for finding in findings)
    if as_json:
        found = [asdict(finding) for finding in findings]
        terminal.print_json({"index": str(folder), "sound": sound, "findings": found})
    else:
        terminal.print_findings(folder, findings)
    if not sound:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@index_option
@json_option
def backup(file: Path, folder: Path, as_json: bool) -> None:
    """Save an index to one file; it may be in use meanwhile."""
    generation, size = backup_index(folder, file), file.stat().st_size
    if as_json:
        saved = {"file": str(file), "index": str(folder), "generation": generation, "bytes": size}
        terminal.print_json(saved)
    else:
        click.echo(f"{file}: generation {generation} of {folder}, {size:,} bytes")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@index_option
@json_option
def restore(file: Path, folder: Path, as_json: bool) -> None:
    """Make a new index from a backup."""
    generation = restore_index(file, folder)
    if as_json:
        made = {"index": str(folder), "file": str(file), "generation": generation}
        terminal.print_json(made)
    else:
        click.echo(f"{folder}: generation {generation} of {file}")


@click.command()
@index_option
@json_option
def doctor(folder: Path, as_json: bool) -> None:
    """Tell versions, paths, models, sizes and health."""
    facts = examine(folder)
    sound = all(fact.sound is not False for fact in facts)
    if as_json:
        told = [asdict(fact) for fact in facts]
        terminal.print_json({"index": str(folder), "sound": sound, "facts": told})
    else:
        terminal.print_facts(facts)
    if not sound:
        sys.exit(1)
