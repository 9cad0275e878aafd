"""The web app: `python app.py` serves it; `gradio app.py` and a Space look for `demo`.

It is the page that `pullquote serve` opens, with the same settings: `pullquote.toml`, and variables
such as PULLQUOTE_INDEX, PULLQUOTE_READER, PULLQUOTE_HOST, PULLQUOTE_PORT and
PULLQUOTE_ALLOWED_HOSTS (docs/settings.md; `pullquote config` tells which are in force).
Where there is no index yet, one is made from the sample articles, to have something to ask.
"""

from __future__ import annotations

from contextlib import closing

import click

from corpus import IndexNotFound, PullquoteError
from corpus.sample import SAMPLE_ARTICLES
from qa import Assistant
from qa.interfaces.cli import main as commands
from qa.interfaces.filing import index_files
from qa.interfaces.logs import log_settings
from qa.interfaces.settings_in_force import Given, given_to
from qa.interfaces.terminal import prepare_terminal
from qa.interfaces.wall.listening import in_url, listen
from qa.interfaces.web import Room, RoomSettings, build_page, serve_room


def read_settings() -> Given:
    """Return what `pullquote serve` would be run with."""
    try:
        return given_to(commands, "serve")
    except click.ClickException as error:
        raise SystemExit(f"error: {error.format_message()}") from None


def open_assistant(given: Given) -> Assistant:
    """Open the index, made from the sample articles first if there is none."""
    folder, reader = given.params["folder"], given.params["reader"]
    try:
        return Assistant.open(folder, reader=reader, settings=given.answers)
    except IndexNotFound:
        index_files([SAMPLE_ARTICLES], folder, settings=given.answers)
        return Assistant.open(folder, reader=reader, settings=given.answers)
    except PullquoteError as error:
        raise SystemExit(f"error: {error}") from None


def room_settings(given: Given) -> RoomSettings:
    """Return how the page is run, and whom it lets in."""
    serve = given.params
    return RoomSettings(
        hosts=[in_url(serve["host"]), *serve["hosts"]],
        root_path=serve["root_path"],
        trusted_proxies=serve["trusted_proxies"],
        read_only=serve["read_only"],
        keep_history=not serve["no_history"],
        auth_file=serve["auth_file"],
    )


given = read_settings()
prepare_terminal(log_settings(given.group_params))
room = Room(open_assistant(given), room_settings(given))
demo = build_page(room)

if __name__ == "__main__":
    where = given.params["host"], given.params["port"]
    with room.assistant, closing(room), closing(listen(*where)) as listening:
        serve_room(room, listening, demo=demo)
