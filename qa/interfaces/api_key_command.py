"""The command that makes a key for a program that calls the API."""

from __future__ import annotations

import click

from qa.interfaces import terminal
from qa.interfaces.options import json_option
from qa.interfaces.rest.keys import SCOPES, new_key


@click.command("api-key")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    default=("read",),
    show_default=True,
    help="ask: questions only; read: also look; write: add, remove. May be given often.",
)
@json_option
def api_key(name: str, scopes: tuple[str, ...], as_json: bool) -> None:
    r"""Make a key for a program that calls the API.

    The key of NAME goes to the screen and nowhere else; the line for the file of --api-keys, which
    does not hold it, to the output. With --json, both are in the output.

    \b
      pullquote api-key newsroom --scope read >> keys && chmod 600 keys
    """
    try:
        key, line = new_key(name, scopes)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from None
    if as_json:
        terminal.print_json({"name": name, "scopes": list(scopes), "key": key, "line": line})
        return
    click.echo(f"The key of {name}, shown only now; send it as  Authorization: Bearer …", err=True)
    click.echo(key, err=True)
    click.echo(line)
