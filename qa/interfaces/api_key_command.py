"""The command that makes a key for a program that calls the API."""

from __future__ import annotations

import click

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
    help="read: ask, look; write: add, remove. May be given twice.",
)
def api_key(name: str, scopes: tuple[str, ...]) -> None:
    r"""Make a key for the program NAME, and the line for the file of --api-keys.

    The key goes to the screen and nowhere else; the line, which does not hold it, to the output:

    \b
      pullquote api-key newsroom --scope read >> keys && chmod 600 keys
    """
    try:
        key, line = new_key(name, scopes)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from None
    click.echo(f"The key of {name}, shown only now; send it as  Authorization: Bearer …", err=True)
    click.echo(key, err=True)
    click.echo(line)
