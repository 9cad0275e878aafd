"""The commands that look after what readers said about answers on the chat page."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus import MissingExtra
from qa.assistant import Assistant
from qa.interfaces import terminal
from qa.interfaces.options import index_option, json_option
from qa.interfaces.settings_in_force import answer_settings

if TYPE_CHECKING:
    from qa.interfaces.kept.feedback_export import Exported


@click.group()
def feedback() -> None:
    """Look after what readers said about answers."""


@feedback.command()
@index_option
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.",
)
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the page keeps its files  [room/ in the index].",
)
@json_option
def export(folder: Path, out: Path, data: Path | None, as_json: bool) -> None:
    """Write an evaluation set: SQuAD v2.0, made of the feedback."""
    with Assistant.open(folder, settings=answer_settings()) as assistant:
        exported = _exported(folder, data, assistant)
    judged = sum(exported.left_out.values())
    if not exported.items:
        reason = "none says what would be right" if judged else "readers give it on the page"
        _fail(f"there is no feedback to export from {folder}: {reason}")
    try:
        out.write_text(json.dumps(exported.squad, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        _fail(f"{out} cannot be written: {error.strerror}; choose another file")
    if as_json:
        left_out = dict(exported.left_out)
        terminal.print_json({"file": str(out), "questions": exported.items, "left_out": left_out})
        return
    click.echo(f"{out}: {exported.items} questions, {judged} judgements left out")
    for reason, count in exported.left_out.items():
        click.echo(f"{count:6} {reason}", err=True)


def _exported(folder: Path, data: Path | None, assistant: Assistant) -> Exported:
    try:
        from qa.interfaces.kept.feedback import Feedback
        from qa.interfaces.kept.feedback_export import export_squad
    except ModuleNotFoundError as error:
        how = "install it with: pip install 'pullquote[web]'"
        raise MissingExtra(f"feedback needs the package {error.name}; {how}") from error
    file = (data or _data_folder(folder)) / "feedback.db"
    if not file.exists():  # else an empty one would be made
        return export_squad([], assistant)
    kept = Feedback(file)
    try:
        return export_squad(kept.rows(), assistant)
    finally:
        kept.close()


def _data_folder(index: Path) -> Path:
    from qa.interfaces.web.room import DATA_FOLDER

    return index / DATA_FOLDER


def _fail(message: str) -> None:
    terminal.fail(message)
    sys.exit(1)
