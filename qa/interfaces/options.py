"""Options and arguments that several commands share; `known_settings` names their variables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from corpus import ArticleFilter, FieldMap

OWN_READERS = ("span", "sentence")


def _checked_folder(_: click.Context, __: click.Parameter, folder: Path) -> Path:
    if not str(folder).isprintable():
        raise click.BadParameter("the folder's name is not text; choose another name")
    return folder


def article_id_text(value: str) -> str:
    """Replace what is not UTF-8: the store could not look it up, and no article has such an id."""
    return value.encode("utf-8", "replace").decode()


def _folders(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="dir")]


def _readers(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    names = [CompletionItem(name) for name in OWN_READERS if name.startswith(incomplete)]
    return names or _folders(ctx, option, incomplete)


def _field_map(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> FieldMap:
    try:
        return FieldMap.of(pairs)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

index_option: _Decorator = click.option(
    "--index",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    callback=_checked_folder,
    default=Path("index"),
    show_default=True,
    shell_complete=_folders,
    help="The index folder.",
)
reader_option: _Decorator = click.option(
    "--reader",
    metavar="NAME|DIR",
    shell_complete=_readers,
    help="span (default), sentence, or the folder of a question answering model.",
)
_model_option: _Decorator = click.option(
    "--model", help="A sentence-transformers model, by name or folder (new index only)."
)
_report_option: _Decorator = click.option(
    "--report",
    "report_to",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write what became of each file to FILE, as JSON lines.",
)
_field_option: _Decorator = click.option(
    "--field",
    "fields",
    metavar="PART=PATH",
    multiple=True,
    callback=_field_map,
    help="Where JSON and tables have a part: text=body.plain (many times).",
)
_keep_option: _Decorator = click.option(
    "--keep-originals", is_flag=True, help="Keep the files' own bytes: show ID --original."
)
json_option: _Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

_day = click.DateTime(["%Y-%m-%d"])
_FILTER_OPTIONS = (
    click.option("--outlet", "outlets", multiple=True, help="Only articles of this outlet."),
    click.option("--since", type=_day, help="Only articles of this day or later."),
    click.option("--until", type=_day, help="Only articles of this day or earlier."),
    click.option(
        "--article",
        "article_ids",
        metavar="ID",
        multiple=True,
        type=article_id_text,
        help="Only this article; may be given many times, as --outlet may.",
    ),
)


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose articles; it gets them as the argument `only`."""

    @wraps(command)
    def with_filter(
        *args: Any,
        outlets: tuple[str, ...],
        since: datetime | None,
        until: datetime | None,
        article_ids: tuple[str, ...],
        **others: Any,
    ) -> None:
        only = ArticleFilter(
            outlets=outlets,
            since=since,
            until=until,
            article_ids=article_ids,
        )
        command(*args, only=only, **others)

    for option in reversed(_FILTER_OPTIONS):
        with_filter = option(with_filter)
    return with_filter


def filing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of reading files into an index."""
    options = (
        index_option,
        _model_option,
        _report_option,
        json_option,
        _field_option,
        _keep_option,
    )
    for option in reversed(options):
        command = option(command)
    return command
