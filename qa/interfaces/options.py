"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path

import click


def _checked_folder(_: click.Context, __: click.Parameter, folder: Path) -> Path:
    if not str(folder).isprintable():
        raise click.BadParameter("the folder's name is not text; choose another name")
    return folder


def article_id_text(value: str) -> str:
    """Replace what is not UTF-8: the store could not look it up, and no article has such an id."""
    return value.encode("utf-8", "replace").decode()


index_option = click.option(
    "--index",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    callback=_checked_folder,
    default=Path("index"),
    envvar="PULLQUOTE_INDEX",
    show_default=True,
    help="The index folder.",
)
reader_option = click.option(
    "--reader",
    metavar="NAME|DIR",
    envvar="PULLQUOTE_READER",
    help="span (default), sentence, or the folder of a question answering model.",
)
model_option = click.option(
    "--model", help="A sentence-transformers model, by name or folder (new index only)."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
