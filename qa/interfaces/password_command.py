"""The command that makes a line for the file of those who may log in to the web page."""

from __future__ import annotations

import re

import click

from corpus import MissingExtra

MIN_PASSWORD_CHARS = 8
MAX_PASSWORD_CHARS = 1_000
_NAME = re.compile(r"[^\s:#][^\s:]{0,63}")


@click.command()
@click.argument("name")
def password(name: str) -> None:
    r"""Print a line for the file of --auth-file, for NAME and a password that is asked for.

    \b
    Add it to the file:  pullquote password ada >> accounts && chmod 600 accounts
    """
    if not (_NAME.fullmatch(name) and name.isprintable()):
        raise click.BadParameter(
            f"{name!r} is no name: up to 64 characters without spaces and colons",
            param_hint="NAME",
        )
    asked = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if not MIN_PASSWORD_CHARS <= len(asked) <= MAX_PASSWORD_CHARS:
        raise click.ClickException(
            f"the password has {len(asked)} characters; choose one of {MIN_PASSWORD_CHARS} to "
            f"{MAX_PASSWORD_CHARS:,}"
        )
    click.echo(f"{name}:{_hashed(asked)}")


def _hashed(asked: str) -> str:
    try:
        from argon2 import PasswordHasher
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "passwords need the package argon2-cffi; install it with: pip install 'pullquote[web]'"
        ) from error
    return PasswordHasher().hash(asked)
