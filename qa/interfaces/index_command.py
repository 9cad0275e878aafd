"""`pullquote index`: files and addresses into an index."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpus import FieldMap
from embeddings import load_encoder
from qa.interfaces.fetching import is_address
from qa.interfaces.filing import index_files
from qa.interfaces.options import filing_options
from qa.interfaces.settings_in_force import answer_settings


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@filing_options
@click.option(
    "--allow-network", is_flag=True, help="Fetch addresses too: articles, feeds, sitemaps."
)
def index(
    sources: tuple[str, ...],
    folder: Path,
    model: str | None,
    report_to: Path | None,
    as_json: bool,
    fields: FieldMap,
    keep_originals: bool,
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
        settings=answer_settings(),
        report_to=report_to,
        urls=urls,
        fields=fields,
        keep_originals=keep_originals,
        as_json=as_json,
    )
    if not sound:
        sys.exit(1)
